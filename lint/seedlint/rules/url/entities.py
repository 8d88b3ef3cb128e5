"""HTML character references, such as `&#038;` and `&amp;`, in text that is no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS = 3  # Text that went through three escapers; nothing more was ever seen.


def find_entity(text: str) -> re.Match[str] | None:
    """The first entity. `&lang=en` is none: only the semicolon tells it from a parameter."""
    return next(find_entities(text), None)


def find_entities(text: str) -> Iterator[re.Match[str]]:
    """All entities, in order."""
    return (match for match in _REFERENCE.finditer(text) if _is_entity(match[0]))


def decode_entities(text: str) -> str:
    """The text with its entities replaced by what they stand for, doubly escaped ones included."""
    for _ in range(_ROUNDS):
        if "&" not in text:
            break
        decoded = _REFERENCE.sub(_decode, text)
        if decoded == text:
            break
        text = decoded
    return text


def _is_entity(reference: str) -> bool:
    # The table takes a millisecond, and few URLs have any.
    from html.entities import html5

    return reference[1] == "#" or reference[1:] in html5


def _decode(match: re.Match[str]) -> str:
    from html import unescape

    return unescape(match[0]) if _is_entity(match[0]) else match[0]
