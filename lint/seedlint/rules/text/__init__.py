"""TXT: what makes a text hard to believe, such as HTML or half a pair of quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from seedlint.rules.binding import Binding
from seedlint.text.quotes import DOUBLE_MARKS

# What a date begins with, and what may be half a pair at either end of a text.
_DIGITS = frozenset("0123456789")


class BoundText(NamedTuple):
    """A text, and what the contract asks of it.

    `looks_for_entities` and `looks_for_quotes` say whether HTML entities and quotation marks
    without a partner are looked for; `least` and `most` are bounds of its length in code points.
    """

    text: str
    looks_for_entities: bool
    looks_for_quotes: bool
    least: int | None
    most: int | None


def _parse(value: str, options: Mapping[str, Any]) -> BoundText:
    return BoundText(
        value,
        options.get("entities", True),
        options.get("quotes", True),
        options.get("minLength"),
        options.get("maxLength"),
    )


def _quick_accept(options: Mapping[str, Any]) -> Callable[[str], object]:
    """Whether a text has no entity, no quotation mark at an end, no date, and the right length."""
    least, most = options.get("minLength", 0), options.get("maxLength", float("inf"))
    least = max(least, 1)
    suspect_starts = _DIGITS | DOUBLE_MARKS

    def accepts(value: str) -> bool:
        return (
            least <= len(value) <= most
            and value[0] not in suspect_starts
            and value[-1] not in DOUBLE_MARKS
            and ("&" not in value or ";" not in value)
        )

    return accepts


BINDING = Binding(
    name="text",
    applies_to=str,
    options={
        "type": "object",
        "properties": {
            "entities": {
                "description": "Whether HTML entities such as `&amp;` are looked for (true).",
                "type": "boolean",
            },
            "quotes": {
                "description": "Whether quotation marks without a partner are looked for (true).",
                "type": "boolean",
            },
            "minLength": {
                "description": "The least plausible length in characters (code points).",
                "type": "integer",
                "minimum": 0,
            },
            "maxLength": {
                "description": "The greatest plausible length in characters (code points).",
                "type": "integer",
                "minimum": 0,
            },
        },
        "additionalProperties": False,
    },
    parse=_parse,
    quick_accept=_quick_accept,
    summary="Plain text that people read, such as a headline: no HTML, no date.",
)
