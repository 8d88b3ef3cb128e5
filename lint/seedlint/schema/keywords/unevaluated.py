"""Keywords about what no other keyword has looked at: `unevaluatedProperties`, `…Items`.

JSON Schema Core 2020-12, section 11. A subschema that a value does not fit looks at nothing, but
one that applies without a choice (`$ref`, `then`) is taken to have looked at what it names, and so
is each of several alternatives none of which fits: their failures are reported, and the keys would
only be reported twice.
"""

from __future__ import annotations

from seedlint.rules.base import Failure
from seedlint.schema.drafts import DRAFT_2019, DRAFT_2020
from seedlint.schema.keywords.keyword import REFERENCES, Keyword
from seedlint.schema.keywords.objects import additional_keys
from seedlint.schema.predicates import Predicate, on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from seedlint.schema.evaluate import Node, Site


def references_of(site: Site) -> Iterator[Node]:
    """The nodes that references beside a keyword lead to."""
    for keyword in REFERENCES:
        if site.get(keyword, None) is not None:
            yield site.target(keyword)


def in_place(site: Site, value: Any, *, unfitting: bool = False) -> Iterator[Node]:
    """The nodes of the schemas beside a keyword that look at the same value.

    With `unfitting`, all alternatives where the value fits none of them.
    """
    yield from references_of(site)
    yield from map(site.node, site.get("allOf", ()))
    for keyword in ("anyOf", "oneOf"):
        nodes = list(map(site.node, site.get(keyword, ())))
        fitting = [node for node in nodes if node.is_valid(value)]
        yield from fitting or (nodes if unfitting else ())
    condition = site.get("if", None)
    if condition is not None:
        if site.node(condition).is_valid(value):
            yield site.node(condition)
            yield site.node(site.get("then", True))
        else:
            yield site.node(site.get("else", True))
    if value.__class__ is dict:
        for key, schema in site.get("dependentSchemas", {}).items():
            if key in value:
                yield site.node(schema)


def _evaluated_keys(site: Site, value: dict[str, Any]) -> set[str]:
    """The keys that the schema of `site` has looked at, its `unevaluatedProperties` aside."""
    if site.get("additionalProperties", None) is not None:
        return set(value)
    keys = set(value).difference(additional_keys(site.schema, value))
    for node in in_place(site, value, unfitting=True):
        if node.site is None:
            continue
        if node.site.get("unevaluatedProperties", None) is not None:
            # It has looked at all that was left over there.
            return set(value)
        keys |= _evaluated_keys(node.site, value)
    return keys


def _evaluated_items(site: Site, value: list[Any]) -> set[int]:
    """The indices that the schema of `site` has looked at, its `unevaluatedItems` aside."""
    every = set(range(len(value)))
    items = site.get("items", None)
    leading = site.get("prefixItems", ())
    if isinstance(items, list):
        leading, items = items, site.get("additionalItems", None)
    if items is not None:
        return every
    found = set(range(len(leading)))
    contains = site.get("contains", None)
    # Before draft 2020-12 `contains` counts, and looks at nothing.
    if contains is not None and site.draft is DRAFT_2020:
        is_valid = site.node(contains).is_valid
        found.update(index for index, item in enumerate(value) if is_valid(item))
    for node in in_place(site, value, unfitting=True):
        if node.site is None:
            continue
        if node.site.get("unevaluatedItems", None) is not None:
            return every
        found |= _evaluated_items(node.site, value)
    return found


def _unevaluated_keys(site: Site, value: dict[str, Any]) -> list[str]:
    evaluated = _evaluated_keys(site, value)
    return [key for key in value if key not in evaluated]


def knows_renamed(site: Site, value: dict[str, Any], key: str, name: str) -> bool:
    """Whether a mapping may have an unknown key under another name.

    An alternative or a condition may only apply when the key has that name.
    """
    renamed = {name if each == key else each: item for each, item in value.items()}
    with site.apart():
        return name not in _unevaluated_keys(site, renamed)


def _unevaluated_properties(site: Site, schema: Any) -> Predicate:
    node = site.node(schema)
    return on(
        lambda value: all(node.accepts(value[key]) for key in _unevaluated_keys(site, value)),
        dict,
        exact=node.predicate.exact,
    )


def _explain_properties(site: Site, schema: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not dict:
        return
    for key in _unevaluated_keys(site, value):
        if schema is False:
            found.append(Failure("unevaluatedProperties", False, value, site, key=key))
        else:
            found += site.node(schema).failures_at(key, value[key])


def _unevaluated_items(site: Site, schema: Any) -> Predicate:
    node = site.node(schema)

    def accepts(value: Any) -> bool:
        evaluated = _evaluated_items(site, value)
        return all(node.accepts(item) for index, item in enumerate(value) if index not in evaluated)

    return on(accepts, list, exact=node.predicate.exact)


def _explain_items(site: Site, schema: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not list:
        return
    evaluated = _evaluated_items(site, value)
    node = site.node(schema)
    for index, item in enumerate(value):
        if index in evaluated:
            continue
        if schema is False:
            # One failure stands for all items that follow.
            found.append(Failure("unevaluatedItems", False, value, site, item=index))
            return
        found += node.failures_at(index, item)


KEYWORDS = (
    Keyword(
        "unevaluatedProperties",
        "schema",
        since=DRAFT_2019,
        predicate=_unevaluated_properties,
        explain=_explain_properties,
    ),
    Keyword(
        "unevaluatedItems",
        "schema",
        since=DRAFT_2019,
        predicate=_unevaluated_items,
        explain=_explain_items,
    ),
)
