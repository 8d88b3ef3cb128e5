"""What the rules on lists of entries are given, and how they look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seedlint.fix.operation import ProposedFix, RemoveItem
from seedlint.named_tuple import NamedTuple
from seedlint.rules.related.normalization import Normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Entries(NamedTuple):
    """A list of mappings and the keys that identify an entry."""

    values: Sequence[Any]
    links: tuple[str, ...]
    titles: tuple[str, ...]


class Repetition(NamedTuple):
    """An entry that says what an earlier one says under `key`."""

    at: int
    first: int
    key: str
    text: str


def find_repetitions(
    values: Sequence[Any], keys: Sequence[str], normalize: Normalize
) -> Iterator[Repetition]:
    """Each entry that has a normalized text in common with an earlier one, with the earliest."""
    seen: dict[tuple[str, str], int] = {}
    for index, value in enumerate(values):
        found = None
        for key, text, identity in _identities(value, keys, normalize):
            first = seen.setdefault((key, identity), index)
            if first != index and found is None:
                found = Repetition(index, first, key, text)
        if found is not None:
            yield found


def remove_repetition(entries: Entries, found: Repetition) -> ProposedFix:
    """Remove the later entry, or the first one if the later one says all of it and more.

    It is safe if they are the same.
    """
    first, later = entries.values[found.first], entries.values[found.at]
    if repr(first) == repr(later):
        return ProposedFix("remove the later entry", (RemoveItem((found.at,)),))
    if all(key in later and repr(later[key]) == repr(value) for key, value in first.items()):
        message = "remove the first entry, which says less"
        return ProposedFix(message, (RemoveItem((found.first,)),), is_safe=False)
    return ProposedFix("remove the later entry", (RemoveItem((found.at,)),), is_safe=False)


class SeedWithEntries(NamedTuple):
    """A mapping, the entries listed under one of its keys, and the keys that identify both."""

    seed: Mapping[str, Any]
    entries_key: str
    entries: Sequence[Any]
    links: tuple[str, ...]
    titles: tuple[str, ...]


class SelfReference(NamedTuple):
    """An entry that says what the seed itself says under `key`."""

    at: int
    key: str
    text: str


def find_self_references(
    subject: SeedWithEntries, keys: Sequence[str], normalize: Normalize
) -> Iterator[SelfReference]:
    """Each entry that has a normalized text in common with the seed, under the same key."""
    own = {(key, identity) for key, _, identity in _identities(subject.seed, keys, normalize)}
    for index, value in enumerate(subject.entries):
        for key, text, identity in _identities(value, keys, normalize):
            if (key, identity) in own:
                yield SelfReference(index, key, text)
                break


def remove_self_reference(subject: SeedWithEntries, found: SelfReference) -> ProposedFix:
    """Remove the entry: a guess, because the link or the title alone may be the wrong one."""
    entry = RemoveItem((subject.entries_key, found.at))
    return ProposedFix("remove the entry", (entry,), is_safe=False)


def _identities(
    value: Any, keys: Sequence[str], normalize: Normalize
) -> Iterator[tuple[str, str, str]]:
    for key in keys:
        text = value.get(key) if isinstance(value, dict) else None
        if isinstance(text, str) and (identity := normalize(text)):
            yield key, text, identity
