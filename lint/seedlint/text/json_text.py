"""Escapes in the strings of a JSON text, found without reading it."""

from __future__ import annotations

import re

ESCAPE = r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
"""The pattern of an escape in a string."""

PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
"""The pattern of two escapes that make one character."""


def without_escapes(text: str) -> str:
    """The text, as long as it was, so that every quotation mark begins or ends a string."""
    return re.sub(ESCAPE, lambda escape: "__" if len(escape[0]) == 2 else "______", text)
