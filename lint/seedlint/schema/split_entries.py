"""An entry of a list that is split by surplus dashes: one mistake, but a failure per key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seedlint.document.pointer import Pointer
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, both, quote

_MISSING_KEY = "SCH001"
_MOST_NAMED = 4
_MOST_PARTS = 20


class SplitEntry(NamedTuple):
    """What is said of an entry in parts, and the failures of keys that other parts have."""

    finding: Finding
    missing: tuple[Failure, ...]


def find_split_entries(
    failures: Sequence[Failure],
) -> tuple[Sequence[Failure], list[SplitEntry]]:
    """The failures, and those that are left to one that says which dash is too many.

    In `- name: …` and, at the same indentation, `- price: …`, each entry lacks what the other has.
    """
    lacking: dict[Pointer, list[Failure]] = {}
    for failure in failures:
        pointer = failure.pointer
        if failure.keyword == "required" and pointer and isinstance(pointer[-1], int):
            lacking.setdefault(pointer, []).append(failure)
    if len(lacking) < 2:
        return failures, []
    said: dict[int, Failure] = {}
    left: set[int] = set()
    split: list[SplitEntry] = []
    pointers = list(lacking)
    at = 0
    while at < len(pointers):
        parts = _parts_of_entry(pointers[at : at + _MOST_PARTS], lacking)
        at += len(parts)
        if len(parts) < 2:
            continue
        finding = _say(parts, lacking)
        chief = lacking[parts[1]][0]
        said[id(chief)] = Failure(
            chief.keyword,
            chief.expected,
            chief.instance,
            chief.site,
            pointer=parts[1],
            said=(all_rules()[_MISSING_KEY], finding),
        )
        missing = tuple(failure for part in parts for failure in lacking[part])
        left.update(map(id, missing))
        split.append(SplitEntry(finding, missing))
    kept = [
        said.get(id(failure), failure)
        for failure in failures
        if id(failure) in said or id(failure) not in left
    ]
    return kept, split


def _parts_of_entry(
    pointers: Sequence[Pointer], lacking: Mapping[Pointer, Sequence[Failure]]
) -> Sequence[Pointer]:
    """The first of the entries, and those after it that have what it lacks and nothing twice.

    It is alone if they do not make one entry that lacks nothing.
    """
    whole: dict[str, object] = {}
    most = 1
    wanting: set[str] = set()
    for count, pointer in enumerate(pointers, 1):
        first, entry = pointers[0], lacking[pointer][0].instance
        is_next = pointer[:-1] == first[:-1] and pointer[-1] == int(first[-1]) + count - 1
        if not is_next or whole.keys() & entry:
            break
        whole |= entry
        wanting.update(failure.key for failure in lacking[pointer])
        if wanting <= whole.keys():
            most = count
            break
    return pointers[:most]


def _say(parts: Sequence[Pointer], lacking: Mapping[Pointer, Sequence[Failure]]) -> Finding:
    keys = [quote(str(next(iter(lacking[part][0].instance)))) for part in parts[1:]]
    if len(keys) == 1:
        way_out = f"if {keys[0]} belongs to the entry above, replace its dash by a space"
    else:
        names = both(keys if len(keys) <= _MOST_NAMED else [*keys[:_MOST_NAMED], "the next ones"])
        way_out = f"if {names} belong to the entry above, replace their dashes by spaces"
    message = f"{keys[0]} begins another entry of the list, because it has a dash of its own"
    return Finding(message, part="mapping", help=way_out)
