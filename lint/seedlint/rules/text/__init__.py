"""TXT: what makes a text hard to believe, such as HTML or half a pair of quotation marks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from seedlint.rules.binding import Binding
from seedlint.text.quotes import DOUBLE_MARKS, find_stray_quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.text.subject import BoundText

# A date begins with a digit; blanks at the ends hide marks.
_DIGITS = frozenset("0123456789")
_BLANKS = frozenset(" \t\n")


def _parse(value: str, options: Mapping[str, Any]) -> BoundText:
    # Most seeds do not need it.
    from seedlint.rules.text.subject import BoundText

    return BoundText(
        value,
        options.get("entities", True),
        options.get("quotes", True),
        options.get("minLength"),
        options.get("maxLength"),
    )


def _quick_accept(options: Mapping[str, Any]) -> Callable[[str], object]:
    """Whether a text has the right length, no entity, no mark at an end, and is not a date."""
    least, most = max(options.get("minLength", 1), 1), options.get("maxLength", sys.maxsize)
    suspect_ends = DOUBLE_MARKS | _BLANKS
    suspect_starts = suspect_ends | _DIGITS

    def accepts(value: str) -> bool:
        if not least <= len(value) <= most:
            return False
        if value[0] not in suspect_starts and value[-1] not in suspect_ends and ";" not in value:
            return True
        return (
            value[4:5] != "-"
            and (";" not in value or "&" not in value)
            and find_stray_quote(value.strip()) is None
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
