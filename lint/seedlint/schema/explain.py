"""From the failures of the contract to findings: the rule of each, and what each is a part of.

Alternatives come down to what was meant (`schema/alternatives.py`), and what a sentence needs
besides is looked up in the contract (`schema/outline.py`).

One mistake may show in several failures. Nothing is dropped for that: each finding names those that
say the same more plainly (`under`), and whether one of them is reported is decided at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from seedlint.document.pointer import Pointer
from seedlint.rules import all_rules
from seedlint.rules.base import About, Failure, Finding, Rule, quote
from seedlint.rules.json_types import json_type
from seedlint.schema.alternatives import is_refused, resolve, value_at
from seedlint.schema.evaluate import FALSE_SCHEMA, SeverityOf
from seedlint.schema.keywords.unevaluated import in_place
from seedlint.schema.outline import (
    Reach,
    example_of,
    in_words,
    named_keys,
    needed_keys,
    nodes_at,
    patterns_of_keys,
    required_keys,
    sites_of,
)
from seedlint.text.nearest import nearest

if TYPE_CHECKING:
    from seedlint.schema.evaluate import Node, Site

_MOST_OTHERS = 50
_UNIONS = ("anyOf", "oneOf")
_VALUES = ("enum", "const")
_MISSING = ("required", "dependentRequired", "dependencies")
_UNKNOWN = ("additionalProperties", "unevaluatedProperties")
# In which order findings about one value are looked at for one that says it all.
_PLAINEST = ("enum", "const", "type", "minLength", "pattern", "format")


class Explained:
    """A finding, the rule that it is of, and the pointer of the value it is about.

    `under` are findings that say the same more plainly: as long as one of them is reported, and is
    as grave, this one need not be.
    """

    __slots__ = ("finding", "pointer", "rule", "under")

    def __init__(self, rule: Rule, pointer: Pointer, finding: Finding) -> None:
        self.rule = rule
        self.pointer = pointer
        self.finding = finding
        self.under: list[Explained] = []

    def fold_under(self, other: Explained) -> None:
        """Leave it to another finding, unless that one is left to this."""
        waiting, seen = [other], {id(other)}
        while waiting:
            each = waiting.pop()
            if each is self:
                return
            waiting += [above for above in each.under if id(above) not in seen]
            seen.update(map(id, each.under))
        self.under.append(other)


class Seed(NamedTuple):
    """The data, the root of the contract it was held against, and how its numbers are written."""

    data: Any
    root: Node
    written: Callable[[Pointer], str | None]


class _Told(NamedTuple):
    """A failure to be told, with an absolute pointer.

    `conditions` are the places whose values decide that it applies; `wholes` the numbers of the
    failures that it is told instead of.
    """

    failure: Failure
    conditions: tuple[Pointer, ...] = ()
    wholes: tuple[int, ...] = ()

    @property
    def places(self) -> list[Pointer]:
        """The pointer of the value at fault; of a missing key, that which it would have."""
        failure = self.failure
        if failure.keyword in _MISSING:
            return [(*failure.pointer, key) for key in _missing_keys(failure)]
        return [failure.pointer]


def explain(
    failures: Sequence[Failure], severity_of: SeverityOf, seed: Seed | None = None
) -> list[Explained]:
    """What the rules say of failures; those that are not selected say nothing."""
    wholes: list[_Told] = []
    told = list(_come_down(failures, _Told(Failure("", None, None, None)), wholes))
    told = _pair_keys(told)
    found: list[tuple[_Told, list[Explained]]] = [
        (each, _ask(each.failure, severity_of, seed)) for each in told
    ]
    _fold_by_place(found)
    _fold_defects(found, severity_of)
    _fold_misspelt_items(found)
    explained = [each for _, of_one in found for each in of_one]
    # The last come first: a whole may be inside another.
    parts: list[list[Explained]] = [[] for _ in wholes]
    for each, of_one in found:
        for number in each.wholes:
            parts[number] += of_one
    for number in reversed(range(len(wholes))):
        of_whole = _ask(wholes[number].failure, severity_of, seed)
        for one in of_whole:
            for part in parts[number]:
                one.fold_under(part)
        for outer in wholes[number].wholes:
            parts[outer] += of_whole
        explained += of_whole
    return explained


def _come_down(failures: Iterable[Failure], above: _Told, wholes: list[_Told]) -> Iterator[_Told]:
    """The failures that are to be told: of alternatives those of the one that was meant."""
    for relative in failures:
        failure = relative.at((*above.failure.pointer, *relative.pointer))
        here = above._replace(failure=failure)
        if failure.keyword == "if" and not is_refused(failure):
            first = failure.branches[0][0]
            if first.keyword == FALSE_SCHEMA and not first.pointer and not failure.branches[1]:
                yield from _forbidden(here)
                continue
            unmet = _come_down(failure.branches[1], above._replace(failure=failure), [])
            places = tuple(place for each in unmet for place in each.places)
            inside = here._replace(conditions=(*above.conditions, *places))
            yield from _come_down(failure.branches[0], inside, wholes)
        elif failure.keyword == "if" or (failure.branches and failure.keyword in _UNIONS):
            meant = resolve(failure)
            whole = failure
            if failure.keyword == "if":
                whole = Failure(
                    "anyOf", (), failure.instance, failure.site, pointer=failure.pointer
                )
            if len(meant) != 1 or meant[0].keyword != "anyOf" or meant[0].branches:
                here = here._replace(wholes=(*above.wholes, len(wholes)))
                wholes.append(above._replace(failure=whole))
            yield from _come_down(meant, here, wholes)
        elif failure.keyword == "oneOf":
            yield here._replace(failure=_exclusive(failure))
        elif failure.keyword == "not":
            yield from _forbidden(here)
        else:
            yield here


def _exclusive(failure: Failure) -> Failure:
    """A value that fits several alternatives of `oneOf`: which keys exclude each other."""
    site, value = cast("Site", failure.site), failure.instance
    fitting = [node for node in map(site.node, failure.expected) if node.is_valid(value)]
    groups = [required_keys(sites_of([node], value)) for node in fitting]
    common = set(groups[0]).intersection(*groups[1:])
    keys = [tuple(key for key in group if key not in common) for group in groups]
    if not isinstance(value, dict) or not all(keys):
        return failure
    return failure.at(failure.pointer, About(keys=tuple(dict.fromkeys(keys))))


def _forbidden(told: _Told) -> Iterator[_Told]:
    """A value that fits what it must not: which keys and values that is about."""
    failure = told.failure
    site, value = cast("Site", failure.site), failure.instance
    node = site.node(failure.expected)
    nodes = [node]
    inner = node.site
    if inner is not None and not {"required", "properties"} & inner.schema.keys():
        # Each of several things that must not be is told on its own.
        listed = map(inner.node, inner.get("anyOf", ()))
        nodes = [each for each in listed if each.is_valid(value)] or nodes
    for each in nodes:
        yield told._replace(failure=_forbidden_by(each, failure))


def _forbidden_by(node: Node, failure: Failure) -> Failure:
    value = failure.instance
    about = About(why=_description(node))
    if isinstance(value, dict):
        sites = sites_of([node], value)
        given = [
            key
            for key in named_keys(sites)
            if key in value
            and any(each.schema is not True for each in nodes_at([node], value, (key,)))
        ]
        free = [key for key in required_keys(sites) if key in value and key not in given]
        order = list(value)
        about = about._replace(
            keys=(tuple(sorted(free, key=order.index)),),
            wanted=tuple(sorted(given, key=order.index)),
        )
        absent = [key for key in named_keys(sites) if key not in value]
        if absent and not free and not given:
            # Without the key a value fits that asks something of it.
            return Failure(
                "required", (), value, failure.site, pointer=failure.pointer, key=absent[0]
            )
    return Failure(
        "not", failure.expected, value, failure.site, pointer=failure.pointer, about=about
    )


def _description(node: Node) -> str | None:
    schema = node.schema if isinstance(node.schema, dict) else {}
    text = schema.get("description", schema.get("title"))
    return text if isinstance(text, str) else None


def _pair_keys(told: list[_Told]) -> list[_Told]:
    """Give each unknown key the known one that was probably meant, each of them once.

    Two keys that were both renamed to one would be one key twice.
    """
    by_mapping: dict[Pointer, list[int]] = {}
    for number, each in enumerate(told):
        if each.failure.keyword in (*_UNKNOWN, *_MISSING):
            by_mapping.setdefault(each.failure.pointer, []).append(number)
    told = list(told)
    for numbers in by_mapping.values():
        taken: set[str] = set()
        looked_up: dict[int, tuple[list[str], tuple[str, ...]]] = {}
        for number in numbers:
            failure = told[number].failure
            if failure.keyword not in _UNKNOWN:
                told[number] = told[number]._replace(failure=_with_slip(failure))
                continue
            if id(failure.site) not in looked_up:
                looked_up[id(failure.site)] = _known_keys(failure)
            known, words = looked_up[id(failure.site)]
            free = [key for key in known if key not in taken]
            near = nearest(failure.key, free)
            if near:
                taken.add(near)
            about = About(known=words, meant=near)
            told[number] = told[number]._replace(failure=failure.at(failure.pointer, about))
    return told


def _missing_keys(failure: Failure) -> list[str]:
    if failure.keyword != "required":
        return [failure.needs]
    return [key for keys in failure.about.keys for key in keys] or [failure.key]


def _known_keys(failure: Failure) -> tuple[list[str], tuple[str, ...]]:
    """The keys that a mapping may have but has not, and those it may have in words."""
    site = cast("Site", failure.site)
    sites = [site]
    if failure.keyword == "unevaluatedProperties":
        # `additionalProperties` knows only what is beside it.
        beside = list(in_place(site, failure.instance, unfitting=True))
        sites = [site, *sites_of(beside, failure.instance)]
    names = named_keys(sites)
    words = [f"`{name}`" for name in names]
    words += [f"those that match {quote(each)}" for each in patterns_of_keys(sites)]
    return [name for name in names if name not in failure.instance], tuple(words)


def _with_slip(failure: Failure) -> Failure:
    """A missing key with what it may say, and the key that may be a misspelt one of it."""
    about, value = failure.about, failure.instance
    if failure.keyword != "required" or about.keys:
        return failure
    site = cast("Site", failure.site)
    sites = [site, *sites_of(list(in_place(site, value)), value)]
    names = set(named_keys(sites))
    # A mapping that has more of them is no mapping of misspelt keys.
    others = list(islice((key for key in value if key not in names), _MOST_OTHERS))
    return failure.at(
        failure.pointer,
        about._replace(
            meant=nearest(failure.key, others) if others else None,
            example=about.example or _pair(sites, failure.key),
        ),
    )


def _pair(sites: Sequence[Site], key: str) -> str | None:
    example = example_of(sites, key)
    return f"`{key}: {example}`" if example else None


def _ask(failure: Failure, severity_of: SeverityOf, seed: Seed | None) -> list[Explained]:
    """What the rule of a failure says of it; nothing if it is not selected."""
    pointer = failure.pointer
    if failure.said is not None:
        return [Explained(failure.said[0], pointer, failure.said[1])]
    rule = _rule_of(failure.keyword)
    if severity_of(rule) is None:
        return []
    value = failure.instance
    about = failure.about
    if seed is not None and json_type(value) in ("integer", "number"):
        about = about._replace(written=seed.written(pointer))
    if seed is not None and value is None and pointer and isinstance(pointer[-1], str):
        about = about._replace(is_required=pointer[-1] in _needed(seed, pointer[:-1], "every"))
    elif seed is not None and failure.keyword in ("dependentRequired", "dependencies"):
        about = about._replace(is_required=failure.key in _needed(seed, pointer, "every"))
    elif seed is not None and failure.keyword in ("not", "oneOf") and about.keys:
        # Which of them goes is open, but for those that must be there.
        certain = _needed(seed, pointer, "certain")
        about = about._replace(
            surplus=tuple(key for keys in about.keys for key in keys if key not in certain)
        )
    if failure.keyword in ("contains", "minContains", "maxContains"):
        site = cast("Site", failure.site)
        words = in_words(site.node(site.get("contains", True)))
        about = about._replace(wanted=(words,) if words else ())
    if about is not failure.about:
        failure = failure.at(pointer, about)
    return [Explained(rule, pointer, finding) for finding in rule.check(failure)]


def _needed(seed: Seed, pointer: Pointer, reach: Reach) -> set[str]:
    """The keys that the contract asks for in the mapping at `pointer`."""
    nodes = nodes_at([seed.root], seed.data, pointer, reach)
    mapping = value_at(seed.data, pointer)
    return needed_keys(sites_of(nodes, mapping, reach), mapping)


Found = list[tuple[_Told, list[Explained]]]


def _fold_by_place(found: Found) -> None:
    """Leave consequences to what they are consequences of.

    That is, at one place: of an unknown key, that a key which is like it is missing; of a value
    that is not an allowed one, that its type is wrong as well; and of a value that a condition
    looks at, what applies because of it.
    """
    at: dict[Pointer, list[tuple[_Told, list[Explained]]]] = {}
    for each in found:
        told = each[0]
        failure = told.failure
        if failure.said is not None:
            continue
        if failure.keyword in _UNKNOWN and failure.about.meant:
            at.setdefault((*failure.pointer, failure.about.meant), []).append(each)
        elif failure.keyword in _MISSING:
            for place in told.places:
                at.setdefault(place, []).append(each)
        elif failure.keyword in _PLAINEST:
            at.setdefault(failure.pointer, []).append(each)
    for told, of_one in found:
        for place in told.conditions:
            for above, causes in at.get(place, ()):
                if len(above.conditions) < len(told.conditions):
                    _fold(of_one, causes)
    for group in at.values():
        # What is left to a condition already may not be reported, so it comes last.
        order = sorted(group, key=lambda each: (_plainness(each[0].failure), _is_left(each[1])))
        (chief, causes), *others = order
        for told, of_one in others:
            if _is_consequence(chief.failure, told.failure) and (
                _is_left(of_one) or not _is_left(causes)
            ):
                _fold(of_one, causes)


def _is_left(of_one: Iterable[Explained]) -> bool:
    return any(each.under for each in of_one)


def _plainness(failure: Failure) -> int:
    if failure.keyword in _UNKNOWN:
        return -1
    if failure.keyword in _PLAINEST:
        # Of two lists of values the shorter one is nearer to what is allowed.
        values = len(failure.expected) if failure.keyword == "enum" else 1
        return _PLAINEST.index(failure.keyword) * 1000 + min(values, 999)
    return len(failure.about.keys)


def _is_consequence(chief: Failure, other: Failure) -> bool:
    """Whether the mistake that one failure tells is the other's as well, at the same place."""
    if chief.keyword in _UNKNOWN:
        return other.keyword in _MISSING
    if chief.keyword in _MISSING:
        # With the key there, others that need it have it, too.
        return not chief.needs and not chief.about.keys
    if chief.keyword in (*_VALUES, "type"):
        return True
    return bool(chief.instance == "")


def _fold(each: Iterable[Explained], under: Sequence[Explained]) -> None:
    for one in each:
        for other in under:
            one.fold_under(other)


def _fold_defects(found: Found, severity_of: SeverityOf) -> None:
    """Of findings about one value that name the same defect, leave all to the gravest."""
    groups: dict[Any, list[Explained]] = {}
    for told, of_one in found:
        for each in of_one:
            if each.finding.defect is not None:
                key = (told.failure.pointer, each.finding.defect)
                groups.setdefault(key, []).append(each)
    for group in groups.values():
        group.sort(key=lambda each: each.rule.code)
        group.sort(key=lambda each: (severity_of(each.rule) or each.rule.severity).rank)
        for each in group[1:]:
            each.fold_under(group[0])


def _fold_misspelt_items(found: Found) -> None:
    """Leave it to a misspelt item that the list lacks the item which was meant."""
    items: dict[Pointer, list[tuple[_Told, list[Explained]]]] = {}
    for each in found:
        if each[0].failure.keyword in _VALUES and each[0].failure.pointer:
            items.setdefault(each[0].failure.pointer[:-1], []).append(each)
    for told, of_list in found:
        failure = told.failure
        if failure.keyword not in ("contains", "minContains") or not of_list:
            continue
        site = cast("Site", failure.site)
        wanted = site.node(site.get("contains", True))
        for other, of_item in items.get(failure.pointer, ()):
            inner = other.failure
            allowed = inner.expected if inner.keyword == "enum" else [inner.expected]
            texts = [each for each in allowed if isinstance(each, str)]
            near = nearest(inner.instance, texts) if isinstance(inner.instance, str) else None
            if near is not None and wanted.is_valid(near):
                _fold(of_list, of_item)


@cache
def _rules_by_keyword() -> Mapping[str, Rule]:
    return {
        name: rule
        for rule in all_rules().values()
        if rule.on.kind == "keyword"
        for name in rule.on.names
    }


def _rule_of(keyword: str) -> Rule:
    return _rules_by_keyword()[keyword]
