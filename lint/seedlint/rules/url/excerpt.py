"""The words around a defect, for a message that must stay short."""

from __future__ import annotations

from seedlint.rules.base import quote

_BEFORE, _AFTER, _INSIDE = 24, 20, 12
_LONGEST_HELP = 1000


def around(text: str, start: int, end: int) -> str:
    """`text[start:end]` in backticks, with a few characters on either side."""
    first, last = max(0, start - _BEFORE), min(len(text), min(end, start + _INSIDE) + _AFTER)
    return quote(("…" if first else "") + text[first:last] + ("…" if last < len(text) else ""))


def write(corrected: str | None, otherwise: str) -> str:
    """Help that gives the corrected URL whole, or words where there is none that fits a line."""
    if corrected is None or len(corrected) > _LONGEST_HELP:
        return otherwise
    return f"write {quote(corrected, _LONGEST_HELP)}"
