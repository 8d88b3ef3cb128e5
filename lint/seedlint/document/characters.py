"""Characters that must not stand in front matter, found before anything is parsed.

YAML parsers, editors and git disagree about them: one tool's comment is another tool's key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.span import Span

# Everything that needs a second look, as one class: nearly all seeds have none of these.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
    "|\r(?!\n)"
)
_EXOTIC_BREAKS = frozenset("\x85\u2028\u2029\r")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Joiners and direction marks belong to the spelling of Persian, Indic, Arabic and Hebrew text and
# of emoji; inside ASCII they have no business.
_ORTHOGRAPHIC = frozenset("\u200c\u200d\u200e\u200f\u061c")
_BLACK_FLAG = "\U0001f3f4"
_TAG_RUN = re.compile("[\U000e0000-\U000e007f]+")


def find_character_problems(text: str, span: Span) -> Iterator[Problem]:
    """Yield a problem per character of `span` that is not allowed or cannot be seen.

    Of lone carriage returns only the first is named: a file that has one is written with them.
    """
    lone_cr_seen = False
    for match in _SUSPECT.finditer(text, span.start, span.end):
        character, place = match[0], Span(match.start(), match.end())
        code = ord(character)
        if 0xDC80 <= code <= 0xDCFF:
            yield Problem(ProblemKind.NOT_UTF8, place, f"0x{code - 0xDC00:02x}")
        elif character == "\r" and lone_cr_seen:
            continue
        elif character in _EXOTIC_BREAKS:
            lone_cr_seen = lone_cr_seen or character == "\r"
            yield Problem(ProblemKind.EXOTIC_LINE_BREAK, place, character)
        elif code < 0xA0 or 0xD800 <= code <= 0xDFFF or character in "\ufeff\ufffe\uffff":
            yield Problem(ProblemKind.CONTROL_CHARACTER, place, character)
        elif not _belongs_to_spelling(text, place.start):
            yield Problem(ProblemKind.INVISIBLE_CHARACTER, place, character)


def _belongs_to_spelling(text: str, offset: int) -> bool:
    """Whether the invisible character at `offset` is part of how its neighbours are written."""
    character = text[offset]
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    if character in _ORTHOGRAPHIC:
        return not (before.isascii() and after.isascii())
    if _TAG_RUN.match(character):
        start = offset
        while start and _TAG_RUN.match(text[start]):
            start -= 1
        return text[start] == _BLACK_FLAG
    return False
