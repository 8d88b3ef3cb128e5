"""An entry of a list that a second dash parts in two: one mistake, and a failure for each key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from seedlint.document.pointer import Pointer
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, quote

_MISSING_KEY = "SCH001"


class SplitEntry(NamedTuple):
    """What is said of an entry in two parts, and the failures of keys that the other part has."""

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
    for pointer, of_second in lacking.items():
        of_first = lacking.get((*pointer[:-1], int(pointer[-1]) - 1), [])
        second = of_second[0].instance
        if not of_first or id(of_first[0]) in said or id(of_first[0]) in left:
            continue
        first = of_first[0].instance
        if not (_has(second, of_first) and _has(first, of_second) and not first.keys() & second):
            continue
        key = quote(str(next(iter(second))))
        finding = Finding(
            f"{key} begins another entry of the list, because it has a dash of its own",
            part="mapping",
            help=f"if {key} belongs to the entry above, replace its dash by a space",
        )
        chief = of_second[0]
        said[id(chief)] = Failure(
            chief.keyword,
            chief.expected,
            chief.instance,
            chief.site,
            pointer=pointer,
            said=(all_rules()[_MISSING_KEY], finding),
        )
        left.update(map(id, (*of_first, *of_second)))
        split.append(SplitEntry(finding, (*of_first, *of_second)))
    kept = [
        said.get(id(failure), failure)
        for failure in failures
        if id(failure) in said or id(failure) not in left
    ]
    return kept, split


def _has(entry: dict[str, object], missing: Sequence[Failure]) -> bool:
    return all(failure.key in entry for failure in missing)
