"""Which characters a URL may hold, and how the others are written."""

from __future__ import annotations

import re
from unicodedata import category

_ASCII = r'\x00-\x20\x7f<>"{}|\\^`'
FORBIDDEN_IN_ASCII = re.compile(f"[{_ASCII}]")
"""Matches a character of ASCII that no part of a URL may hold."""

_FORBIDDEN = re.compile(f"[{_ASCII}]|[^\x00-\x7f]")
# Codes of bytes in a row, which are characters together.
_CODES = re.compile("(?:%[0-9A-Fa-f]{2})+")
# Joiners are part of how some scripts and emoji are spelt.
_JOINERS = "\u200c\u200d"
# Tabs, line breaks, control and formatting characters come with copying and mean nothing.
_MEANINGLESS = frozenset({"Cc", "Cf", "Zl", "Zp"})


def forbidden(text: str, non_ascii: bool) -> re.Pattern[str]:
    """Matches one character that may not be in `text` as it is.

    With `non_ascii`, letters and signs of every script may; blanks, control characters, private
    and unassigned code points may not.
    """
    if not non_ascii:
        return _FORBIDDEN
    if text.isascii():
        return FORBIDDEN_IN_ASCII
    bad = "".join(c for c in sorted(set(text)) if c > "\x7f" and _is_forbidden_in_iri(c))
    return re.compile(f"[{_ASCII}{re.escape(bad)}]")


def strip_invisible(text: str) -> str:
    """The text without invisible characters, and without blanks at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return text.translate({ord(c): None for c in set(text) if is_meaningless(c)}).strip()


def is_meaningless(character: str) -> bool:
    """Whether a character is best removed; others are encoded."""
    return category(character) in _MEANINGLESS and character not in _JOINERS


def encode(text: str) -> str:
    """The text as `%` codes of UTF-8. Raises UnicodeEncodeError for a lone surrogate."""
    return "".join([f"%{byte:02X}" for byte in text.encode()])


def decode(text: str) -> str:
    """The text with its `%` codes read as UTF-8; what is not UTF-8 becomes U+FFFD.

    As `urllib.parse.unquote`, whose import takes 3 ms.
    """
    return _CODES.sub(_decode, text) if "%" in text else text


def _decode(codes: re.Match[str]) -> str:
    return bytes.fromhex(codes[0].replace("%", "")).decode("utf-8", "replace")


def _is_forbidden_in_iri(character: str) -> bool:
    if character in _JOINERS:
        return False
    return category(character)[0] in "CZ"
