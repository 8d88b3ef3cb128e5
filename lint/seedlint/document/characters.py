"""Characters that are not allowed in front matter, found before anything is parsed.

YAML parsers, editors and git disagree about them: one tool's comment is another tool's key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from seedlint.document.limits import LARGEST
from seedlint.document.problem import Problem, ProblemKind
from seedlint.named_tuple import NamedTuple
from seedlint.text.edit import Edit
from seedlint.text.marks import INVISIBLE, TAGS
from seedlint.text.span import Span

# What nearly all front matter consists of.
_USUAL = bytes(range(0x20, 0x7F)) + b"\n\t"
# Everything that needs a second look. The patterns are compiled when there is some, because each
# takes as long as a seed.
_SUSPECT = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    "|\r(?!\n)"
    f"|[{INVISIBLE}]+|[{TAGS}]+"
)
_BAD_BYTE = "[\udc80-\udcff]"
_OTHER_LETTER = "[\x80-\ud7ff\ue000-\U0010ffff]"
_NONSTANDARD_BREAKS = frozenset("\x85\u2028\u2029\r")
# Joiners and direction marks belong to the spelling of Persian, Indic, Arabic and Hebrew text and
# of emoji; inside ASCII they have no business.
_ORTHOGRAPHIC = frozenset("\u200c\u200d\u200e\u200f\u061c")
# The flags of England, Scotland and Wales are a black flag and invisible letters.
_BLACK_FLAG = "\U0001f3f4"
_FIRST_TAG = TAGS[0]
# A vertical tab and a form feed part words.
_BREAKS_OF_OLD = "\x0b\x0c"
_BOM = "\ufeff"
_CONTROL = frozenset("\ufeff\ufffe\uffff")
# A file of nothing but bad bytes has millions of them, and no run reports more.
_MOST_OF_A_KIND = LARGEST["findings"]


class CharacterProblems(NamedTuple):
    """Problems in the order of their places, and how many more of each kind there are."""

    problems: list[Problem]
    more: Mapping[ProblemKind, int]


def find_character_problems(text: str, span: Span) -> CharacterProblems:
    """Find the characters of `span` that are not allowed or cannot be seen, each a problem.

    Invisible characters in a row are one problem. Of lone carriage returns and of bytes that are
    not UTF-8 only the first is named: a file that has one is written with them. Of each kind the
    first 10,000 are listed and the others counted.
    """
    listed: list[Problem] = []
    if _is_usual(text[span.start : span.end]):
        return CharacterProblems(listed, {})
    seen: Counter[ProblemKind] = Counter()
    for problem in _problems(text, span):
        seen[problem.kind] += 1
        if seen[problem.kind] <= _MOST_OF_A_KIND:
            listed.append(problem)
    more = {kind: count - _MOST_OF_A_KIND for kind, count in seen.items()}
    return CharacterProblems(listed, {kind: count for kind, count in more.items() if count > 0})


def _is_usual(front_matter: str) -> bool:
    """Whether nothing needs a second look, which takes a fraction of the time that looking does."""
    if "\r" in front_matter:
        front_matter = front_matter.replace("\r\n", "")
    try:
        unusual = front_matter.encode().translate(None, _USUAL)
    except UnicodeEncodeError:
        return False
    # Nothing that needs a second look is printable.
    return not unusual or unusual.decode().isprintable()


def _problems(text: str, span: Span) -> Iterator[Problem]:
    lone_cr_seen = bad_byte_seen = False
    for match in re.compile(_SUSPECT).finditer(text, span.start, span.end):
        found, place = match[0], Span(match.start(), match.end())
        code = ord(found[0])
        if 0xDC80 <= code <= 0xDCFF:
            if not bad_byte_seen:
                yield _not_utf8(text, span, place)
            bad_byte_seen = True
        elif found == "\r" and lone_cr_seen:
            continue
        elif found in _NONSTANDARD_BREAKS:
            lone_cr_seen = lone_cr_seen or found == "\r"
            # A file with lone carriage returns has them in its body, too.
            edits = () if found == "\r" else (Edit(*place, " "),)
            kind = ProblemKind.NONSTANDARD_LINE_BREAK
            yield Problem(kind, place, found, edits=edits, is_safe=False)
        elif code < 0xA0 or found in _CONTROL or 0xD800 <= code <= 0xDFFF:
            # The controls above 0x7F are letters of another encoding.
            is_fixable = code < 0x80 or found in _CONTROL
            instead = " " if found in _BREAKS_OF_OLD and _is_between_words(text, place) else ""
            edits = (Edit(*place, instead),) if is_fixable else ()
            kind, is_safe = ProblemKind.CONTROL_CHARACTER, found == _BOM
            yield Problem(kind, place, found, edits=edits, is_safe=is_safe)
        elif not _belongs_to_spelling(text, place):
            edits = (Edit(*place, ""),)
            yield Problem(ProblemKind.INVISIBLE_CHARACTER, place, found, edits=edits)


def _is_between_words(text: str, place: Span) -> bool:
    around = text[place.start - 1 : place.start], text[place.end : place.end + 1]
    return not any(each.isspace() for each in around)


def _not_utf8(text: str, span: Span, place: Span) -> Problem:
    """The first byte that is not UTF-8, and what encoding the file seems to have instead."""
    byte = ord(text[place.start]) - 0xDC00
    found = re.findall(_BAD_BYTE, text[span.start : span.end])
    count = len(found) - 1
    others = f", nor {'are' if count > 1 else 'is'} {count} more" if count else ""
    message = f"byte 0x{byte:02x} is not UTF-8{others}"
    if not _may_be_windows_1252(text, span):
        advice = "write the character again, and save the file as UTF-8"
        return Problem(ProblemKind.NOT_UTF8, place, message, advice=advice)
    meant = bytes([byte]).decode("cp1252")
    message = f"{message}; in Windows-1252 it is `{meant}`"
    if re.search(_OTHER_LETTER, text[span.start : span.end]):
        # Part of the file is UTF-8: to read all of it as something else would spoil that.
        advice = f"write `{meant}` again" + (", and the others likewise" if others else "")
    else:
        advice = "open the file as Windows-1252, and save it as UTF-8"
    return Problem(ProblemKind.NOT_UTF8, place, message, advice=advice)


def _may_be_windows_1252(text: str, span: Span) -> bool:
    """Whether the bytes that are not UTF-8 are letters or punctuation of Windows-1252.

    A capital letter within a word is not: it is the first byte of a character that was cut.
    """
    for match in re.compile(_BAD_BYTE).finditer(text, span.start, span.end):
        try:
            meant = bytes([ord(match[0]) - 0xDC00]).decode("cp1252")
        except UnicodeDecodeError:
            return False
        before = text[match.start() - 1 : match.start()]
        if (meant.isupper() and before.islower()) or not (meant.isprintable() or meant == "\xa0"):
            return False
    return True


def _belongs_to_spelling(text: str, place: Span) -> bool:
    """Whether the invisible characters at `place` are part of how their neighbours are written."""
    found = text[place.start : place.end]
    before, after = text[place.start - 1 : place.start], text[place.end : place.end + 1]
    if before == _BLACK_FLAG:
        return found[0] >= _FIRST_TAG or _ORTHOGRAPHIC.issuperset(found)
    return _ORTHOGRAPHIC.issuperset(found) and not (before.isascii() and after.isascii())
