"""Characters by code and name."""

from __future__ import annotations

from unicodedata import name


def name_character(character: str) -> str:
    """`U+200B (zero width space)`; control characters have no name in Unicode."""
    known = name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({known})" if known else "")
