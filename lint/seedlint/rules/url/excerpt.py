"""The characters around a defect, for a message that must stay short."""

from __future__ import annotations

from seedlint.rules.base import quote

_BEFORE, _AFTER, _INSIDE = 24, 20, 12


def excerpt(text: str, start: int, end: int) -> str:
    """`text[start:end]` in backticks, with a few characters on either side."""
    first, last = max(0, start - _BEFORE), min(len(text), min(end, start + _INSIDE) + _AFTER)
    return quote(("…" if first else "") + text[first:last] + ("…" if last < len(text) else ""))
