"""REL: entries of a list that repeat each other or the seed itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from seedlint.rules.binding import Binding
from seedlint.rules.related.folding import fold_link, fold_title, identity_of

if TYPE_CHECKING:
    from seedlint.rules.related.subject import Entries, SeedWithEntries

_KEYS = {"type": "array", "items": {"type": "string"}}


def _prepare_entries(value: Sequence[Any], options: Mapping[str, Any]) -> Entries | None:
    """None where no two entries have anything in common, as in nearly all seeds."""
    links, titles = options.get("links", ()), options.get("titles", ())
    for keys, fold in ((links, fold_link), (titles, fold_title)):
        for key in keys:
            found = [identity for entry in value if (identity := identity_of(entry, key, fold))]
            if len(set(found)) < len(found):
                from seedlint.rules.related.subject import Entries

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
            own = identity_of(value, key, fold)
            if own and any(identity_of(entry, key, fold) == own for entry in entries):
                from seedlint.rules.related.subject import SeedWithEntries

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
