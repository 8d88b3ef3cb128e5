"""REL: entries of a list that repeat each other or the seed itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seedlint.rules.base import Binding
from seedlint.rules.related.folding import fold_link, fold_title

Fold = Callable[[str], str]
_KEYS = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of mappings and the keys that identify an entry."""

    values: Sequence[Any]
    links: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repetition:
    """An entry that says what an earlier one says under `key`."""

    index: int
    first: int
    key: str
    text: str


def find_repetitions(
    values: Sequence[Any], keys: Sequence[str], fold: Fold
) -> Iterator[Repetition]:
    """Each entry that has a folded text in common with an earlier one, with the earliest."""
    seen: dict[tuple[str, str], int] = {}
    for index, value in enumerate(values):
        found = None
        for key, text, identity in _identities(value, keys, fold):
            first = seen.setdefault((key, identity), index)
            if first != index and found is None:
                found = Repetition(index, first, key, text)
        if found is not None:
            yield found


@dataclass(frozen=True, slots=True)
class SeedWithEntries:
    """A mapping, the entries listed under one of its keys, and the keys that identify both."""

    seed: Mapping[str, Any]
    entries_key: str
    entries: Sequence[Any]
    links: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelfReference:
    """An entry that says what the seed itself says under `key`."""

    index: int
    key: str
    text: str


def find_self_references(
    subject: SeedWithEntries, keys: Sequence[str], fold: Fold
) -> Iterator[SelfReference]:
    """Each entry that has a folded text in common with the seed, under the same key."""
    own = {(key, identity) for key, _, identity in _identities(subject.seed, keys, fold)}
    for index, value in enumerate(subject.entries):
        for key, text, identity in _identities(value, keys, fold):
            if (key, identity) in own:
                yield SelfReference(index, key, text)
                break


def _identities(value: Any, keys: Sequence[str], fold: Fold) -> Iterator[tuple[str, str, str]]:
    for key in keys:
        if identity := _identity(value, key, fold):
            yield key, value[key], identity


def _identity(value: Any, key: str, fold: Fold) -> str:
    """What is compared of the text under `key` of a mapping; "" where there is none."""
    text = value.get(key) if isinstance(value, dict) else None
    return fold(text) if isinstance(text, str) else ""


def _prepare_entries(value: Sequence[Any], options: Mapping[str, Any]) -> Entries | None:
    """None where no two entries have anything in common, as in nearly all seeds."""
    links, titles = options.get("links", ()), options.get("titles", ())
    for keys, fold in ((links, fold_link), (titles, fold_title)):
        for key in keys:
            found = [identity for entry in value if (identity := _identity(entry, key, fold))]
            if len(set(found)) < len(found):
                return Entries(value, tuple(links), tuple(titles))
    return None


UNIQUE_BY = Binding(
    name="unique-by",
    applies_to=list,
    options={
        "type": "object",
        "properties": {
            "links": {"description": "Keys with a link that no two entries share.", **_KEYS},
            "titles": {"description": "Keys with a title that no two entries share.", **_KEYS},
        },
        "additionalProperties": False,
    },
    prepare=_prepare_entries,
    summary="Links and titles that no two entries of a list share.",
)


def _prepare_seed(value: Mapping[str, Any], options: Mapping[str, Any]) -> SeedWithEntries | None:
    """None where no entry has anything in common with the seed, as in nearly all of them."""
    entries = value.get(options["entries"])
    if not isinstance(entries, list):
        return None
    links, titles = options.get("links", ()), options.get("titles", ())
    for keys, fold in ((links, fold_link), (titles, fold_title)):
        for key in keys:
            own = _identity(value, key, fold)
            if own and any(_identity(entry, key, fold) == own for entry in entries):
                name = options["entries"]
                return SeedWithEntries(value, name, entries, tuple(links), tuple(titles))
    return None


NOT_SELF = Binding(
    name="not-self",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "entries": {"description": "The key of the list of entries.", "type": "string"},
            "links": {"description": "Keys with a link of seed and entries.", **_KEYS},
            "titles": {"description": "Keys with a title of seed and entries.", **_KEYS},
        },
        "required": ["entries"],
        "additionalProperties": False,
    },
    prepare=_prepare_seed,
    summary="A list whose entries must not be the mapping that holds it.",
)

__all__ = [
    "NOT_SELF",
    "UNIQUE_BY",
    "Entries",
    "SeedWithEntries",
    "find_repetitions",
    "find_self_references",
    "fold_link",
    "fold_title",
]
