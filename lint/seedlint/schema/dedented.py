"""Mappings whose keys were not indented: one mistake, but one failure per key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from seedlint.document.pointer import Pointer, value_at
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, quote
from seedlint.schema.folding import UNKNOWN

_UNIONS = ("anyOf", "oneOf")
_WRONG_TYPE = "SCH003"


class Dedented(NamedTuple):
    """What is said of a mapping that has no value, and the failures of the keys outside it."""

    finding: Finding
    keys: tuple[Failure, ...]


def find_dedented(
    data: object, failures: Sequence[Failure]
) -> tuple[Sequence[Failure], list[Dedented]]:
    """The failures, and those that are left to one that says which keys are not indented.

    If `name: …` follows `provider:` at the same indentation, `provider` has no value, and `name` is
    unknown where it is although `provider` knows it.
    """
    unknown = {
        (*failure.pointer, failure.key): failure
        for failure in failures
        if failure.keyword in UNKNOWN and failure.said is None
    }
    if not unknown:
        return failures, []
    kept: list[Failure] = []
    dedented: list[Dedented] = []
    for failure in failures:
        keys = _keys_below(data, failure, unknown)
        if keys:
            failure = _reworded(failure, keys)
            assert failure.said is not None
            outside = tuple(unknown[(*failure.pointer[:-1], key)] for key in keys)
            dedented.append(Dedented(failure.said[1], outside))
        kept.append(failure)
    left = {id(key) for each in dedented for key in each.keys}
    return [failure for failure in kept if id(failure) not in left], dedented


def _keys_below(data: object, failure: Failure, unknown: Mapping[Pointer, Failure]) -> list[str]:
    """The keys right after one without a value that belong in its mapping."""
    if failure.instance is not None or not failure.pointer:
        return []
    known = _keys_of_mapping(failure)
    if not known:
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


def _keys_of_mapping(failure: Failure) -> set[str]:
    """The keys of the mapping that a value should be, or that one of its alternatives is."""
    schemas = [failure.schema]
    if failure.keyword in _UNIONS:
        schemas = [each for each in failure.expected if isinstance(each, dict)]
    elif failure.keyword != "type":
        return set()
    return {
        key
        for schema in schemas
        if "object" in schema.get("type", ()) and isinstance(schema.get("properties"), dict)
        for key in schema["properties"]
    }


def _reworded(failure: Failure, keys: Sequence[str]) -> Failure:
    """The failure with a finding that says where the keys of the mapping are."""
    holder = quote(str(failure.pointer[-1]))
    those = quote(keys[0]) if len(keys) == 1 else f"{quote(keys[0])} to {quote(keys[-1])}"
    finding = Finding(
        f"{holder} is empty, because what belongs to it is not indented",
        help=f"indent the lines of {those} below it by 2 more spaces",
    )
    return Failure(
        "type",
        "object",
        failure.instance,
        failure.site,
        pointer=failure.pointer,
        said=(all_rules()[_WRONG_TYPE], finding),
    )
