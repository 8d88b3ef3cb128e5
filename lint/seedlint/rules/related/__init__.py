"""REL: entries of a list that repeat each other or the seed itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from seedlint.rules.binding import ITEMS, KEYS, Binding, Lookup, look_up_listed
from seedlint.rules.related.normalization import identifying_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.related.subject import Entries, SeedWithEntries

_LISTED = ("links", "titles")


def _quick_accept(options: Mapping[str, Any]) -> Callable[[Sequence[Any]], object]:
    """Whether no two entries have anything in common."""
    identifying = identifying_keys(options)

    def accepts(entries: Sequence[Any]) -> bool:
        if len(entries) < 2:
            return True
        for key, normalize in identifying:
            found = [
                normalize(entry[key])
                for entry in entries
                if entry.__class__ is dict and key in entry and entry[key].__class__ is str
            ]
            if len(set(found)) < len(found):
                return False
        return True

    return accepts


def _parse_entries(value: Sequence[Any], options: Mapping[str, Any]) -> Entries:
    from seedlint.rules.related.subject import Entries

    return Entries(value, tuple(options.get("links", ())), tuple(options.get("titles", ())))


UNIQUE_BY = Binding(
    name="unique-by",
    applies_to=list,
    options={
        "type": "object",
        "properties": {
            "links": {"description": "Keys with a link that no two entries share.", **KEYS},
            "titles": {"description": "Keys with a title that no two entries share.", **KEYS},
        },
        "additionalProperties": False,
    },
    parse=_parse_entries,
    quick_accept=_quick_accept,
    summary="Links and titles that no two entries of a list share.",
    look_up=lambda options: look_up_listed(options, _LISTED, ITEMS),
)


def _quick_accept_one(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    """Whether no entry has anything in common with the seed."""
    identifying = identifying_keys(options)
    entries_key = options["entries"]

    def accepts(value: Mapping[str, Any]) -> bool:
        entries = value.get(entries_key)
        if entries.__class__ is not list or not entries:
            return True
        for key, normalize in identifying:
            if value.get(key).__class__ is not str:
                continue
            own = normalize(value[key])
            for entry in entries:
                if (
                    entry.__class__ is dict
                    and key in entry
                    and entry[key].__class__ is str
                    and normalize(entry[key]) == own
                ):
                    return False
        return True

    return accepts


def _parse_seed(value: Mapping[str, Any], options: Mapping[str, Any]) -> SeedWithEntries | None:
    name = options["entries"]
    entries = value.get(name)
    if not isinstance(entries, list):
        return None
    from seedlint.rules.related.subject import SeedWithEntries

    links, titles = options.get("links", ()), options.get("titles", ())
    return SeedWithEntries(value, name, entries, tuple(links), tuple(titles))


def _look_up_both(options: Mapping[str, Any]) -> Iterator[Lookup]:
    entries = options["entries"]
    yield Lookup(("entries",), ((entries,),))
    yield from look_up_listed(options, _LISTED)
    yield from look_up_listed(options, _LISTED, entries, ITEMS)


NOT_SELF = Binding(
    name="not-self",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "entries": {"description": "The key of the list of entries.", "type": "string"},
            "links": {"description": "Keys with a link of seed and entries.", **KEYS},
            "titles": {"description": "Keys with a title of seed and entries.", **KEYS},
        },
        "required": ["entries"],
        "additionalProperties": False,
    },
    parse=_parse_seed,
    quick_accept=_quick_accept_one,
    summary="A list whose entries must not be the mapping that holds it.",
    look_up=_look_up_both,
)
