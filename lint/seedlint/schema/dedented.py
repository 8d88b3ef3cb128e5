"""Mappings whose keys were not indented: one mistake, but one failure per key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from seedlint.document.pointer import Pointer, value_at
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, quote
from seedlint.schema.evaluate import SeverityOf
from seedlint.schema.folding import UNKNOWN

_WRONG_TYPE, _UNKNOWN_KEY = "SCH003", "SCH002"


def fold_dedented(
    data: object, failures: Sequence[Failure], severity_of: SeverityOf
) -> Sequence[Failure]:
    """The failures, with only one for each mapping whose keys were not indented.

    If `name: …` follows `provider:` at the same indentation, `provider` has no value, and `name` is
    unknown where it is although `provider` knows it.
    """
    wrong_type = severity_of(all_rules()[_WRONG_TYPE])
    unknown_key = severity_of(all_rules()[_UNKNOWN_KEY])
    if wrong_type is None or (unknown_key is not None and unknown_key.rank < wrong_type.rank):
        return failures
    unknown = {
        (*failure.pointer, failure.key): failure
        for failure in failures
        if failure.keyword in UNKNOWN and failure.said is None
    }
    if not unknown:
        return failures
    kept = []
    folded: set[Pointer] = set()
    for failure in failures:
        keys = _keys_below(data, failure, unknown)
        if keys:
            folded.update((*failure.pointer[:-1], key) for key in keys)
            failure = _reworded(failure, keys)
        kept.append(failure)
    return [
        failure
        for failure in kept
        if not (
            failure.keyword in UNKNOWN
            and failure.said is None
            and (*failure.pointer, failure.key) in folded
        )
    ]


def _keys_below(data: object, failure: Failure, unknown: Mapping[Pointer, Failure]) -> list[str]:
    """The keys right after one without a value that belong in its mapping."""
    if failure.keyword != "type" or failure.instance is not None or not failure.pointer:
        return []
    known = failure.schema.get("properties")
    expected = failure.expected
    if not isinstance(known, dict) or not (expected == "object" or "object" in expected):
        return []
    *outer, key = failure.pointer
    holder = value_at(data, tuple(outer))
    if not isinstance(holder, dict):
        return []
    names: Iterable[str] = iter(holder)
    for name in names:
        if name == key:
            break
    return list(takewhile(lambda name: name in known and (*outer, name) in unknown, names))


def _reworded(failure: Failure, keys: Sequence[str]) -> Failure:
    """The failure with a finding that says where the keys of the mapping are."""
    holder = quote(str(failure.pointer[-1]))
    those = quote(keys[0]) if len(keys) == 1 else f"{quote(keys[0])} to {quote(keys[-1])}"
    finding = Finding(
        f"{holder} is empty, because what belongs to it is not indented",
        help=f"indent the lines of {those} below it by 2 spaces more",
    )
    return Failure(
        failure.keyword,
        failure.expected,
        failure.instance,
        failure.site,
        pointer=failure.pointer,
        said=(all_rules()[_WRONG_TYPE], finding),
    )
