"""Keywords about mappings: their keys, and the value of each key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from operator import ge, le

from seedlint.rules.base import Failure
from seedlint.schema.drafts import DRAFT_6, DRAFT_7, DRAFT_2019
from seedlint.schema.keywords.keyword import Explain, Keyword, plain, size
from seedlint.schema.predicates import Accepts, Predicate, Question, on
from seedlint.text.patterns import compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.evaluate import Node, Site

# How many shapes of one object are remembered, up to how many keys, of how many characters in all.
_SHAPES = 1_000
_WIDE = 50
_LONG = 2_000


def _object(site: Site, _: Any) -> Predicate:
    """All keywords that look at every key, because one look at each key is enough for them."""
    of_key = {name: site.node(each) for name, each in site.get("properties", {}).items()}
    additional = site.node(site.get("additionalProperties", True))
    required = frozenset(site.get("required", ()))
    patterns = [
        (compile_pattern(pattern).search, site.node(each))
        for pattern, each in site.get("patternProperties", {}).items()
    ]
    names = site.node(site.get("propertyNames", True))
    nodes = [*of_key.values(), additional, names, *(node for _, node in patterns)]
    exact = all(node.predicate.exact for node in nodes)
    if patterns or names.schema is not True:
        accepts = _accepts_patterns(of_key, patterns, additional, names, required)
    else:
        accepts = _accepts_shapes(site, of_key, additional, required)
    return on(accepts, dict, exact=exact)


def _accepts_shapes(
    site: Site, of_key: Mapping[str, Node], additional: Node, required: frozenset[str]
) -> Accepts:
    """Keys and types make the shape of a mapping, and seeds have few shapes.

    Of a shape it is remembered what there is to ask of which value.
    """
    shapes: dict[tuple[Any, ...], tuple[tuple[str, Accepts, Accepts], ...]] = {}
    predicates = {name: node.predicate for name, node in of_key.items()}
    of_others = additional.predicate

    def accepts(value: Any) -> bool:
        shape = (*value, *map(type, value.values()))
        questions = shapes.get(shape)
        if questions is None:
            if not value.keys() >= required:
                return False
            found: list[tuple[str, Accepts, Accepts]] = []
            for name, item in value.items():
                asked: tuple[Question, ...] | None = predicates.get(name, of_others).questions(
                    item.__class__
                )
                if asked is None:
                    return False
                found += [(name, *each) for each in asked]
            questions = tuple(found)
            is_small = len(value) < _WIDE and sum(map(len, value)) < _LONG
            if is_small and len(shapes) < _SHAPES:
                shapes[shape] = questions
        for name, quick, full in questions:
            item = value[name]
            if not quick(item) and not full(item):
                site.stop(value, name)
                return False
        return True

    return accepts


def _accepts_patterns(
    of_key: Mapping[str, Node],
    patterns: Sequence[tuple[Callable[[str], object], Node]],
    additional: Node,
    names: Node,
    required: frozenset[str],
) -> Accepts:
    def accepts(value: Any) -> bool:
        if not value.keys() >= required:
            return False
        for name, item in value.items():
            nodes = [node for search, node in patterns if search(name)]
            if name in of_key:
                nodes.append(of_key[name])
            if not all(node.accepts(item) for node in nodes or [additional]):
                return False
            if not names.accepts(name):
                return False
        return True

    return accepts


def additional_keys(schema: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    """The keys of `value` that neither `properties` nor `patternProperties` of `schema` know."""
    properties = schema.get("properties", {})
    patterns = [compile_pattern(pattern) for pattern in schema.get("patternProperties", ())]
    for key in value:
        if key not in properties and not any(pattern.search(key) for pattern in patterns):
            yield key


def _explain_required(site: Site, required: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is dict:
        found += [
            Failure("required", required, value, site, key=key)
            for key in required
            if key not in value
        ]


def _explain_properties(site: Site, properties: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not dict:
        return
    stop = site.stop_of(value)
    accepted = set(takewhile(lambda key: key != stop, value)) if stop is not None else ()
    for key, node in site.nodes(properties):
        if key in value and key not in accepted:
            item = value[key]
            if key == stop or not node.accepts(item):
                found += node.explain_at(key, item)


def _explain_additional(site: Site, additional: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not dict:
        return
    for key in additional_keys(site.schema, value):
        if additional is False:
            found.append(Failure("additionalProperties", False, value, site, key=key))
        else:
            found += site.node(additional).failures_at(key, value[key])


def _explain_patterns(site: Site, patterns: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not dict:
        return
    for pattern, subschema in patterns.items():
        search = compile_pattern(pattern).search
        for key, item in value.items():
            if search(key):
                found += site.node(subschema).failures_at(key, item)


def _explain_names(site: Site, names: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is dict:
        for key in value:
            inner = site.node(names).failures(key)
            if inner:
                branches = (tuple(inner),)
                found.append(
                    Failure("propertyNames", names, value, site, key=key, branches=branches)
                )


def _dependent_required(site: Site, dependencies: Any) -> Predicate:
    pairs = [(key, needed) for key, names in dependencies.items() for needed in names]

    def accepts(value: Any) -> bool:
        # A loop, because a generator for `all` costs as much as two tests.
        for key, needed in pairs:  # noqa: SIM110
            if key in value and needed not in value:
                return False
        return True

    return on(accepts, dict)


def _dependencies(site: Site, dependencies: Any) -> Predicate:
    """`dependencies` and `dependentSchemas`: keys that require other keys or apply a schema."""
    lists = {key: each for key, each in dependencies.items() if isinstance(each, list)}
    nodes = {
        key: site.node(each) for key, each in dependencies.items() if not isinstance(each, list)
    }
    has_keys = _dependent_required(site, lists).compile()

    def accepts(value: Any) -> bool:
        return bool(has_keys(value)) and all(
            node.accepts(value) for key, node in nodes.items() if key in value
        )

    return on(accepts, dict, exact=all(node.predicate.exact for node in nodes.values()))


def _explain_dependencies(keyword: str) -> Explain:
    def explain(site: Site, dependencies: Any, value: Any, found: list[Failure]) -> None:
        if value.__class__ is not dict:
            return
        for key, dependency in dependencies.items():
            if key not in value:
                continue
            if isinstance(dependency, list):
                found += [
                    Failure(keyword, dependencies, value, site, key=key, needs=needed)
                    for needed in dependency
                    if needed not in value
                ]
            elif dependency is False:
                # The key is what may not be there.
                found += site.node(dependency).failures_at(key, value[key])
            else:
                found += site.node(dependency).failures(value)

    return explain


KEYWORDS = (
    Keyword("properties", "schemas", predicate=_object, explain=_explain_properties),
    Keyword("patternProperties", "schemas", predicate=_object, explain=_explain_patterns),
    Keyword("additionalProperties", "schema", predicate=_object, explain=_explain_additional),
    Keyword("required", predicate=_object, explain=_explain_required),
    Keyword("propertyNames", "schema", since=DRAFT_6, predicate=_object, explain=_explain_names),
    plain("maxProperties", size(le, dict)),
    plain("minProperties", size(ge, dict)),
    Keyword(
        "dependencies",
        "schemas",
        in_place=True,
        until=DRAFT_7,
        predicate=_dependencies,
        explain=_explain_dependencies("dependencies"),
    ),
    Keyword(
        "dependentRequired",
        since=DRAFT_2019,
        predicate=_dependent_required,
        explain=_explain_dependencies("dependentRequired"),
    ),
    Keyword(
        "dependentSchemas",
        "schemas",
        in_place=True,
        since=DRAFT_2019,
        predicate=_dependencies,
        explain=_explain_dependencies("dependentSchemas"),
    ),
)
