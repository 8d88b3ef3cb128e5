"""One mistake, one finding: which findings are left out because another says the same.

Nothing is dropped here. A finding only names those that say the same more plainly. Whether one of
them is reported is decided at the end, when suppressions are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seedlint.document.pointer import Pointer
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import ITEMS_IN_A_TEXT, Failure, Finding, Rule
from seedlint.schema.evaluate import SeverityOf, site_of
from seedlint.text.nearest import nearest_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MISSING = ("required", "dependentRequired", "dependencies")
"""Keywords that say that a key is missing."""

UNKNOWN = ("additionalProperties", "unevaluatedProperties")
"""Keywords that say that a key is unknown."""

_VALUES = ("enum", "const")
_SIZES = ("width", "height")
# Under how many graver findings of the same defect one is folded at most.
_MOST_ABOVE = 8
# In which order findings about one value are looked at for one that says it all.
_PLAINEST = ("enum", "const", "type", "minLength", "pattern", "format")


class Explained:
    """A finding, its rule, and the pointer of the value that it is about.

    `under` are findings that say the same more plainly: this one is left out if one of them is
    reported and is as grave. `conditions` are the places whose values decide that it applies.
    """

    __slots__ = ("conditions", "finding", "pointer", "rule", "under")

    def __init__(
        self,
        rule: Rule,
        pointer: Pointer,
        finding: Finding,
        conditions: tuple[Pointer, ...] = (),
    ) -> None:
        self.rule = rule
        self.pointer = pointer
        self.finding = finding
        self.conditions = conditions
        self.under: list[Explained] = []

    def fold_under(self, other: Explained) -> None:
        """Leave this finding out in favour of another, unless that one is already left to this."""
        waiting, seen = [other], {id(other)}
        while waiting:
            each = waiting.pop()
            if each is self:
                return
            waiting += [above for above in each.under if id(above) not in seen]
            seen.update(map(id, each.under))
        self.under.append(other)


class Reportable(NamedTuple):
    """A failure to report, with an absolute pointer.

    `conditions` are the places whose values decide that it applies; `wholes` the numbers of the
    failures of alternatives that it is reported in place of.
    """

    failure: Failure
    conditions: tuple[Pointer, ...] = ()
    wholes: tuple[int, ...] = ()

    @property
    def places(self) -> list[Pointer]:
        """The pointers of the values at fault; of a missing key, the pointer it would have."""
        failure = self.failure
        if failure.keyword in MISSING:
            return [(*failure.pointer, key) for key in missing_keys(failure)]
        return [failure.pointer]


Found = Sequence[tuple[Reportable, Sequence[Explained]]]
"""Failures, and the findings of their rules."""


def missing_keys(failure: Failure) -> list[str]:
    """The keys that are missing, in any of the alternatives."""
    if failure.keyword != "required":
        return [failure.needs]
    return [key for keys in failure.about.keys for key in keys] or [failure.key]


def fold(found: Found, severity_of: SeverityOf) -> None:
    """Fold findings under those that say the same more plainly."""
    _fold_by_place(found)
    _fold_defects(found, severity_of)
    _fold_misspelt_items(found)
    _fold_unsplit(found)
    _fold_sizes(found)
    _fold_nested(found)
    _fold_empty_items(found)


def _fold_by_place(found: Found) -> None:
    """Fold consequences under their causes, which are at the same place.

    An unknown key makes a similar key missing; a value that is not allowed may have the wrong type
    as well; a wrong value that a condition looks at decides what the condition asks for.
    """
    at: dict[Pointer, list[tuple[Reportable, Sequence[Explained]]]] = {}
    for each in found:
        reported = each[0]
        failure = reported.failure
        if failure.said is not None:
            continue
        if failure.keyword in UNKNOWN and failure.about.meant:
            at.setdefault((*failure.pointer, failure.about.meant), []).append(each)
        elif failure.keyword in MISSING:
            for place in reported.places:
                at.setdefault(place, []).append(each)
        elif failure.keyword in _PLAINEST:
            at.setdefault(failure.pointer, []).append(each)
    for reported, of_one in found:
        for place in reported.conditions:
            for above, causes in at.get(place, ()):
                if len(above.conditions) < len(reported.conditions):
                    leave(of_one, causes)
    for group in at.values():
        # What is already folded under a condition may not be reported, so it comes last.
        order = sorted(group, key=lambda each: (_plainness(each[0].failure), _is_left(each[1])))
        (chief, causes), *others = order
        for reported, of_one in others:
            if _is_consequence(chief.failure, reported.failure) and (
                _is_left(of_one) or not _is_left(causes)
            ):
                leave(of_one, causes)


def _is_left(of_one: Iterable[Explained]) -> bool:
    return any(each.under for each in of_one)


def _plainness(failure: Failure) -> int:
    if failure.keyword in UNKNOWN:
        return -1
    if failure.keyword in _PLAINEST:
        # Of two lists of values the shorter one is nearer to what is allowed.
        values = len(failure.expected) if failure.keyword == "enum" else 1
        return _PLAINEST.index(failure.keyword) * 1000 + min(values, 999)
    return len(failure.about.keys)


def _is_consequence(chief: Failure, other: Failure) -> bool:
    """Whether `chief` is the mistake and `other`, at the same place, only follows from it."""
    if chief.keyword in UNKNOWN:
        return other.keyword in MISSING
    if chief.keyword in MISSING:
        # Adding the key also satisfies the keys that need it.
        return not chief.needs and not chief.about.keys
    if chief.keyword in (*_VALUES, "type"):
        return True
    return bool(chief.instance == "")


def leave(findings: Iterable[Explained], under: Sequence[Explained]) -> None:
    """Fold findings under others."""
    for one in findings:
        for other in under:
            one.fold_under(other)


def _fold_defects(found: Found, severity_of: SeverityOf) -> None:
    """Fold findings about one value that name the same defect under all that are as grave."""
    groups: dict[Any, list[Explained]] = {}
    for reported, of_one in found:
        for each in of_one:
            if each.finding.defect is not None:
                key = (reported.failure.pointer, each.finding.defect)
                groups.setdefault(key, []).append(each)
    for group in groups.values():
        group.sort(key=lambda each: (each.finding.consequence, each.rule.code))
        group.sort(key=lambda each: (severity_of(each.rule) or each.rule.severity).rank)
        # The gravest may be suppressed, and then the next one says enough.
        for number, each in enumerate(group):
            for above in group[: min(number, _MOST_ABOVE)]:
                each.fold_under(above)


def _fold_empty_items(found: Found) -> None:
    """Fold "is in the list already" under what is said of an item that has no value."""
    empty = {each[0].failure.pointer: each[1] for each in found if each[0].failure.instance is None}
    for reported, of_list in found:
        failure = reported.failure
        if empty and failure.keyword == "uniqueItems" and failure.item is not None:
            leave(of_list, empty.get((*failure.pointer, failure.item), ()))


def _fold_misspelt_items(found: Found) -> None:
    """Fold "the list lacks an item" under the finding on an item that is misspelt."""
    items: dict[Pointer, list[tuple[Reportable, Sequence[Explained]]]] = {}
    for each in found:
        if each[0].failure.keyword in _VALUES and each[0].failure.pointer:
            items.setdefault(each[0].failure.pointer[:-1], []).append(each)
    for reported, of_list in found:
        failure = reported.failure
        if failure.keyword not in ("contains", "minContains") or not of_list:
            continue
        site = site_of(failure)
        wanted = site.node(site.get("contains", True))
        for other, of_item in items.get(failure.pointer, ()):
            inner = other.failure
            allowed = inner.expected if inner.keyword == "enum" else [inner.expected]
            near = nearest_text(inner.instance, allowed)
            if near is not None and wanted.is_valid(near):
                leave(of_list, of_item)


def _fold_sizes(found: Found) -> None:
    """Fold "missing key `height`" under what is said of `width: 640x480` or `size: 640x480`."""
    sizes: dict[Pointer, Sequence[Explained]] = {}
    for each, causes in found:
        failure = each.failure
        place, value = failure.pointer[:-1], failure.instance
        if failure.keyword in UNKNOWN and value.keys().isdisjoint(_SIZES):
            place, value = failure.pointer, value[failure.key]
        elif failure.keyword != "type":
            continue
        if isinstance(value, str) and value[:1].isdigit():
            # Few values need it.
            from seedlint.rules.meant import size_in

            if size_in(value):
                sizes[place] = causes
    for reported, of_one in found if sizes else ():
        failure = reported.failure
        if failure.keyword == "required" and failure.key in _SIZES and not failure.about.keys:
            leave(of_one, sizes.get(failure.pointer, ()))


def _fold_nested(found: Found) -> None:
    """Fold that `provider` is missing, empty or lacks `name` under what `provider.name` gets."""
    nested: dict[Pointer, list[Explained]] = {}
    firsts: dict[Pointer, Sequence[Explained]] = {}
    for each, causes in found:
        steps = each.failure.about.nested
        if steps:
            # The first key names the others of the same mapping.
            first = firsts.setdefault((*each.failure.pointer, *steps[:-1]), causes)
            leave(causes, first if first is not causes else ())
        for depth in range(1, len(steps) + 1):
            nested.setdefault((*each.failure.pointer, *steps[:depth]), []).extend(causes)
    for reported, of_one in found if nested else ():
        failure = reported.failure
        if failure.keyword == "required" and not failure.about.keys:
            leave(of_one, nested.get((*failure.pointer, failure.key), ()))
        elif failure.keyword == "type" and failure.instance is None:
            leave(of_one, nested.get(failure.pointer, ()))


def _fold_unsplit(found: Found) -> None:
    """Fold "not in the vocabulary", of a text with several terms, under "expected a list"."""
    wrong = {
        each.failure.pointer: causes for each, causes in found if each.failure.keyword == "type"
    }
    for reported, of_one in found:
        if any(each.finding.defect == ITEMS_IN_A_TEXT for each in of_one):
            leave(of_one, wrong.get(reported.failure.pointer, ()))
