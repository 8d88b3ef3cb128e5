"""UTF-8 that was read as Windows-1252 or Latin-1: finding it and undoing it."""

from __future__ import annotations

import re
from functools import cache

_BYTE = {chr(byte): byte for byte in range(0x80, 0x100)}
for _byte in range(0x80, 0xA0):
    try:
        _BYTE[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:
        continue  # Five bytes mean nothing in Windows-1252; software passes them through.

_NEXT = "[" + "".join(map(re.escape, (c for c, byte in _BYTE.items() if byte < 0xC0))) + "]"
# The garbled forms of U+0080 to U+00FF and of everything above U+07FF are unlike any word. Two
# characters of another alphabet (`É–` could be `ɖ`) may be a word's end and a dash; several in a
# row are not.
_GARBLED = (
    f"(?:[\\u00c2\\u00c3]{_NEXT}"
    f"|[\\u00e0-\\u00ef]{_NEXT}{{2}}"
    f"|[\\u00f0-\\u00f4]{_NEXT}{{3}}"
    f"|(?:[\\u00c4-\\u00df]{_NEXT}){{2,}})+"
)


@cache
def _garbled() -> re.Pattern[str]:
    """Compiling it takes 0.7 ms, and nearly all URLs are ASCII."""
    return re.compile(_GARBLED)


def find_mojibake(text: str) -> tuple[re.Match[str], str] | None:
    """The first garbled passage, and what it was."""
    if text.isascii():
        return None
    for match in _garbled().finditer(text):
        original = _undo(match[0])
        if original != match[0]:
            return match, original
    return None


def undo_mojibake(text: str) -> str:
    """The text with its garbled passages read as they were meant."""
    return text if text.isascii() else _garbled().sub(lambda match: _undo(match[0]), text)


def mask_mojibake(text: str) -> str:
    """The text with a letter for every character of a garbled passage; all places stay."""
    if text.isascii():
        return text
    return _garbled().sub(
        lambda match: match[0] if _undo(match[0]) == match[0] else "x" * len(match[0]), text
    )


def _undo(garbled: str) -> str:
    try:
        return bytes(_BYTE[character] for character in garbled).decode("utf-8")
    except UnicodeDecodeError:
        return garbled
