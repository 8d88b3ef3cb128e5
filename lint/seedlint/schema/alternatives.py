"""Which alternative of `anyOf`, `oneOf` or conditions was meant, and what to say if none was.

It is recognised by the key that differs between the alternatives (by its value, then by its type),
then by the keys that are there. If such a value is misspelt, that is the mistake, and the failure
has the values of all alternatives; otherwise only what is wrong inside the alternative is reported.
If nothing was clearly meant, one failure says what the alternatives are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from seedlint.document.pointer import Pointer, value_at
from seedlint.rules.base import About, Failure, either, quote, show
from seedlint.rules.json_types import json_type
from seedlint.schema.equality import identity
from seedlint.schema.evaluate import FALSE_SCHEMA, site_of
from seedlint.schema.outline import (
    Asked,
    asked,
    example_of,
    in_words,
    named_keys,
    nodes_below,
    required_keys,
    sites_of,
)
from seedlint.text.nearest import nearest, nearest_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.evaluate import Node, Site

# How many alternatives, nested ones included, are compared, and at how many places.
_MOST_ALTERNATIVES = 100
_MOST_PLACES = 12


class Alternative:
    """One alternative for a value: its schemas, and its failures, with pointers from the value.

    `applies` is False if a condition decides and is not met. Answers are kept, because the same
    questions are asked several times.
    """

    def __init__(
        self,
        value: Any,
        nodes: tuple[Node, ...],
        failures: Sequence[Failure],
        *,
        applies: bool = True,
    ) -> None:
        self.value = value
        self.nodes = nodes
        self.failures = failures
        self.applies = applies
        self._sites: dict[Pointer, list[Site]] = {}
        self._asks: dict[Pointer, Asked] = {}

    @cached_property
    def plain(self) -> list[Failure]:
        """Its failures, including those inside conditions."""
        return list(_without_conditions(self.failures))

    def sites(self, pointer: Pointer = ()) -> list[Site]:
        """The schemas that look at what is at `pointer` in the value."""
        found = self._sites.get(pointer)
        if found is None:
            nodes: Sequence[Node] = self.nodes
            if pointer:
                above = self.sites(pointer[:-1])
                nodes = [inner for site in above for inner in nodes_below(site, pointer[-1])]
            found = self._sites[pointer] = sites_of(nodes, value_at(self.value, pointer))
        return found

    def asks(self, pointer: Pointer = ()) -> Asked:
        """What it asks of the value at `pointer`."""
        found = self._asks.get(pointer)
        if found is None:
            found = self._asks[pointer] = asked(self.sites(pointer))
        return found


def is_refused(failure: Failure) -> bool:
    """Whether it is a chain of conditions that ends in `else: false`, none of which is met."""
    if failure.keyword != "if" or not failure.branches[1] or len(failure.branches[0]) != 1:
        return False
    (inner,) = failure.branches[0]
    return not inner.pointer and (inner.keyword == FALSE_SCHEMA or is_refused(inner))


def resolve(failure: Failure) -> Sequence[Failure]:
    """What to report in place of a failure of alternatives; pointers start at its value."""
    return _explain(failure, _alternatives_of(failure))


def _alternatives_of(failure: Failure) -> list[Alternative]:
    """The alternatives of a failure, nested ones included."""
    value = failure.instance
    found: list[Alternative] = []
    # Two ways to one schema are one alternative: they have the same failures.
    seen: set[tuple[int, ...]] = set()
    waiting: list[tuple[tuple[Node, ...], Failure]] = [((), failure)]
    while waiting:
        outer, failure = waiting.pop(0)
        for node, branch in _branches_of(failure):
            same = tuple(map(id, branch))
            if same in seen:
                continue
            seen.add(same)
            inner = branch[0] if len(branch) == 1 and not branch[0].pointer else None
            is_union = inner is not None and inner.keyword in ("anyOf", "oneOf") and inner.branches
            nodes = (*outer, node)
            if inner is not None and is_union and len(seen) < _MOST_ALTERNATIVES:
                waiting.append((nodes, inner))
            elif inner is not None and is_refused(inner):
                conditions = list(_branches_of(inner))
                for condition, failures in conditions:
                    # In a chain each condition is an alternative of its own.
                    chosen = (*outer, condition) if len(conditions) > 1 else nodes
                    found.append(Alternative(value, chosen, failures, applies=False))
            else:
                is_condition = failure.keyword == "if"
                found.append(Alternative(value, nodes, branch, applies=not is_condition))
    return found


def _branches_of(failure: Failure) -> Iterator[tuple[Node, Sequence[Failure]]]:
    """The schema of each alternative, or of each condition of a chain, with its failures."""
    site = site_of(failure)
    if failure.keyword != "if":
        yield from zip(map(site.node, failure.expected), failure.branches, strict=True)
        return
    chain: Failure | None = failure
    while chain is not None and chain.keyword == "if":
        yield site_of(chain).node(chain.expected), chain.branches[1]
        chain = chain.branches[0][0]


def _explain(failure: Failure, alternatives: list[Alternative]) -> Sequence[Failure]:
    value = failure.instance
    left = [each for each in alternatives if each.applies and not _is_nothing(each)]
    left = left or [each for each in alternatives if not _is_nothing(each)] or alternatives
    of_kind = [each for each in left if _fits_kind(each.asks(), value)]
    if not of_kind:
        return [_list_alternatives(failure, left)]
    if not isinstance(value, (dict, list)):
        return _explain_scalar(failure, of_kind, left)
    left = _narrow(of_kind, value, _fits_stated_value)
    if len(left) > 1 and (misspelt := _find_misspelt(failure, left)):
        return [misspelt]
    left = _narrow(left, value, _fits_stated_kind)
    if isinstance(value, dict):
        left = _narrow_by_keys(left, value)
    if len(left) == 1:
        return left[0].failures
    return _explain_common(failure, left) or [_list_alternatives(failure, left)]


def _is_nothing(alternative: Alternative) -> bool:
    return any(each.keyword == FALSE_SCHEMA and not each.pointer for each in alternative.failures)


def _fits_kind(ask: Asked, value: Any) -> bool:
    return ask.kinds is None or json_type(value) in ask.kinds


def _fits_stated_kind(ask: Asked, value: Any) -> bool | None:
    return None if ask.kinds is None else _fits_kind(ask, value)


def _fits_stated_value(ask: Asked, value: Any) -> bool | None:
    if ask.values is None:
        return None
    own = identity(value)
    return any(identity(each) == own for each in ask.values)


def _list_alternatives(failure: Failure, left: Sequence[Alternative]) -> Failure:
    """One failure that lists the alternatives, if they can be described in a few words."""
    words = [in_words(each.nodes[-1]) for each in left]
    wanted = tuple(word for word in words if word) if all(words) else ()
    values = [value for each in left for value in each.asks().values or ()]
    near = nearest_text(failure.instance, values)
    known = tuple(quote(each) for each in values if isinstance(each, str))
    about = About(wanted=tuple(dict.fromkeys(wanted)), known=known, meant=near)
    return Failure("anyOf", failure.expected, failure.instance, failure.site, about=about)


def _explain_scalar(
    failure: Failure, of_kind: list[Alternative], left: list[Alternative]
) -> Sequence[Failure]:
    """What to report about a value that is not a collection."""
    asks = [each.asks() for each in left]
    if all(ask.values is not None for ask in asks):
        return [_of_values(failure, asks, failure.instance, ())]
    if len(of_kind) == 1 and of_kind[0].asks().values is None:
        return of_kind[0].failures
    return [_list_alternatives(failure, left)]


def _of_values(failure: Failure, asks: Iterable[Asked], value: Any, at: Pointer) -> Failure:
    """The failure of a value that is none of those that alternatives ask for."""
    merged = {identity(each): each for ask in asks for each in ask.values or ()}
    return Failure("enum", list(merged.values()), value, failure.site, pointer=at)


def _places(left: Sequence[Alternative]) -> list[Pointer]:
    """Where alternatives ask for other values or types than there are, the outermost first."""
    found = {
        each.pointer: None
        for alternative in left
        for each in alternative.plain
        if each.pointer and each.keyword in ("const", "enum", "type")
    }
    return sorted(found, key=len)[:_MOST_PLACES]


def _narrow(
    left: list[Alternative], value: Any, fits: Callable[[Asked, Any], bool | None]
) -> list[Alternative]:
    """The alternatives that fit the value at the place where most of them differ.

    `fits` compares what an alternative asks with a value; None if the alternative does not ask.
    """
    places = _places(left)
    while len(left) > 1:
        best: list[Alternative] = []
        most = 1
        for place in places:
            inner = value_at(value, place)
            answers = [fits(each.asks(place), inner) for each in left]
            saying = sum(answer is not None for answer in answers)
            if True in answers and False in answers and saying > most:
                most = saying
                best = [each for each, is_it in zip(left, answers, strict=True) if is_it]
        if not best:
            break
        left = best
    return left


def _find_misspelt(failure: Failure, left: Sequence[Alternative]) -> Failure | None:
    """The failure of the key that tells the alternatives apart, if its value is in none of them."""
    found: list[Failure] = []
    for place in _places(left):
        inner = value_at(failure.instance, place)
        asks = [each.asks(place) for each in left]
        values = {tuple(map(identity, ask.values)) if ask.values else None for ask in asks}
        if None in values or len(values) < 2 or any(_fits_stated_value(ask, inner) for ask in asks):
            continue
        misspelt = _of_values(failure, asks, inner, place)
        # All addresses are similar to each other.
        is_address = isinstance(inner, str) and "://" in inner
        if not is_address and nearest_text(inner, misspelt.expected):
            return misspelt
        found.append(misspelt)
    return found[0] if found else None


def _narrow_by_keys(left: list[Alternative], value: dict[str, Any]) -> list[Alternative]:
    """The alternatives with the most keys in common with the mapping, beside those of all."""
    sites = [each.sites() for each in left]
    required = [set(required_keys(each)) for each in sites]
    named = [set(named_keys(each)) | keys for each, keys in zip(sites, required, strict=True)]
    for groups in (required, named):
        common = groups[0].intersection(*groups)
        scores = [len((keys & value.keys()) - common) for keys in groups]
        if max(scores) > min(scores):
            kept = [score == max(scores) for score in scores]
            return _narrow_by_keys(
                [each for each, keep in zip(left, kept, strict=True) if keep], value
            )
    # An unknown key may be a misspelling of one that decides.
    wanted = required[0].union(*required) - required[0].intersection(*required) - value.keys()
    for key in value:
        if not any(key in keys for keys in named) and (near := nearest(key, sorted(wanted))):
            return [each for each, keys in zip(left, required, strict=True) if near in keys]
    return left


def _explain_common(failure: Failure, left: Sequence[Alternative]) -> list[Failure]:
    """What is wrong in all of the alternatives: missing keys, or a value."""
    value = failure.instance
    plain = [each.plain for each in left]
    missing = [
        tuple(dict.fromkeys(each.key for each in failures if _is_missing(each)))
        for failures in plain
    ]
    in_all = [key for key in missing[0] if all(key in keys for keys in missing)]
    if in_all:
        return [
            each.at((), each.about._replace(example=_examples(left, each.key)))
            for each in {each.key: each for each in plain[0] if _is_missing(each)}.values()
            if each.key in in_all
        ]
    if all(missing):
        about = About(keys=tuple(dict.fromkeys(missing)))
        surplus = [
            key
            for key in value
            if all(any(_is_unknown(each, key) for each in failures) for failures in plain)
        ]
        if surplus:
            return [
                Failure("anyOf", failure.expected, value, failure.site, key=surplus[0], about=about)
            ]
        return [Failure("required", (), value, failure.site, key=missing[0][0], about=about)]
    shared = set.intersection(*(set(map(_what, failures)) for failures in plain))
    if shared:
        return [each for each in plain[0] if _what(each) in shared]
    shortest = sorted(left, key=lambda each: len(each.failures))
    if len(shortest[0].failures) < len(shortest[1].failures):
        return list(shortest[0].failures)
    return []


def _is_missing(failure: Failure) -> bool:
    return failure.keyword == "required" and not failure.pointer


def _is_unknown(failure: Failure, key: str) -> bool:
    return (
        failure.keyword in ("additionalProperties", "unevaluatedProperties")
        and not failure.pointer
        and failure.key == key
    )


def _what(failure: Failure) -> tuple[Any, ...]:
    return failure.keyword, failure.pointer, failure.key, failure.item, show(failure.expected)


def _examples(left: Sequence[Alternative], key: str) -> str | None:
    """What a missing key may say, if each alternative has one value for it."""
    examples = [example_of(each.sites(), key) for each in left]
    return either([f"`{key}: {each}`" for each in examples]) if all(examples) else None


def _without_conditions(failures: Iterable[Failure], base: Pointer = ()) -> Iterator[Failure]:
    for failure in failures:
        pointer = (*base, *failure.pointer)
        if failure.keyword == "if":
            yield from _without_conditions(failure.branches[0], pointer)
        else:
            yield failure.at(pointer) if base else failure
