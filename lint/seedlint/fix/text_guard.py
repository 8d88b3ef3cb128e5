"""The guard for fixes that change the text without naming data.

They mend what cannot be read, or what reads otherwise than it was meant, so the old data are no
measure. No such fix changes a letter or a digit: it is about blanks, quotes and other signs. What
else is compared depends on what it changes:

- values: a plain word takes the place of the value of each mended line. Nothing else may differ
  from the text with these words, and the values must be what stands in their lines;
- characters that nobody sees: the same, with a word in the place of each;
- layout: all that the rest of the text says without the mended lines must still be said, and what
  looks like a key in them must be one;
- a fence: there is nothing to compare with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from seedlint.diagnostic import Diagnostic
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.document.scalars import resolve_plain
from seedlint.document.slips.line import WORD_KEY
from seedlint.fix.reading import Read, Reading, why_worse
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.marks import INVISIBLE, ODD_SPACES, TAGS
from seedlint.text.quotes import TYPOGRAPHIC_CLOSINGS
from seedlint.text.span import line_before, line_end, line_start, match_end

# A line with a value, and what is before it.
_LINE = re.compile(
    r"(?P<before> *(?:- +)*(?:[\w.$@/+ -]{1,60}|\"[^\"\r\n]{1,60}\"|'[^'\r\n]{1,60}') *:"
    r"| *(?:- +)+)(?P<value>(?=.*\S).*)"
)
_KEY = re.compile(rf"^[ \t{ODD_SPACES}]*(?:- +)*({WORD_KEY}):(?=\s|\Z)", re.MULTILINE)
_BLANKS = re.compile(rf"[ \t{ODD_SPACES}]*")
_NOT_A_BREAK = re.compile(r"[^\r\n]")
_COMMENT = re.compile(r"[ \t]#.*")
_DIGITS = Limits().integer_digits
_MARKS = re.compile(
    f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff{INVISIBLE}{TAGS}]+"
)
# What may stand between a key and its value where the colon is wrong.
_SIGNS = re.compile(rf"(?:[\s{ODD_SPACES}:=;\uff1a\ufe55\ufe13\u2236\ua789\"']|[-=]>)*")
_BULLETS = re.compile(rf"[\s{ODD_SPACES}*+\u2022\u00b7\u25cf\u2013\u2014\u2212-]*")
_QUOTES = "\"'"
# What says no word: blanks, quotes and backslashes.
_SILENT = re.compile(
    rf"[\s{ODD_SPACES}\"'\\{''.join(TYPOGRAPHIC_CLOSINGS)}\u201d\u2019\u00bb\u203a]"
)
# What a mended line may say behind its value: surplus signs, or a comment.
_BEHIND = re.compile(r"[\],;.}]*(?:(?:#|//|/\*|<!--|--|;).*)?")

_OTHER = "it would change other data"
# How far up the lines are looked for that mended lines belong to.
_MOST_PARENTS = 4


def why_text_differs(
    old: Reading, new: Reading, fixed: Sequence[Diagnostic], edits: Sequence[Edit], read: Read
) -> str | None:
    """Why the edits that made `new` of `old` must not be made; None if they are sound."""
    if old.document.front_matter is None:
        return None
    if any(_letters(old.text[start:end]) != _letters(text) for start, end, text in edits):
        return _OTHER
    if all(_MARKS.fullmatch(old.text, edit.start, edit.end) for edit in edits):
        return _why_marks_differ(old, new, fixed, edits, read)
    compared = _compare_values(old, new, edits, read)
    if compared is None:
        compared = _compare_layout(old, new, edits, read)
    reason, before = compared
    if reason is not None:
        return reason
    if old.document.is_checkable:
        return why_worse(old.result.diagnostics, new, fixed)
    return why_worse(before, new, ())


_Compared = tuple[str | None, Sequence[Diagnostic]]
"""Why the mended text must not be written, and the findings that were there before."""


def _compare_values(
    old: Reading, new: Reading, edits: Sequence[Edit], read: Read
) -> _Compared | None:
    """Compare with the text that has a word for the value of each mended line.

    None if a line has no value on it, or if the text with the words cannot be read.
    """
    lines = _mended_lines(old.text, new.text, edits)
    if lines is None:
        return None
    words = _words(old.text, len(lines))
    reference = read(
        apply_edits(
            new.text,
            [
                Edit(start + len(match["before"]), start + match.end(), f" {word}")
                for (start, match, _), word in zip(lines, words, strict=True)
            ],
        )
    )
    if not reference.document.is_checkable:
        return None
    places = {word: place for place, word in _places_of(reference.document.data, set(words))}
    if len(places) < len(words):
        return None
    expected = repr(reference.document.data)
    for word, (_, match, written) in zip(words, lines, strict=True):
        value = value_at(new.document.data, places[word])
        if not _says(value, written, match["value"]):
            return "the value would not be the text that stands there", ()
        expected = expected.replace(repr(word), repr(value))
    if expected != repr(new.document.data):
        return _OTHER, ()
    mended = {format_pointer(place) for place in places.values()}
    return None, [each for each in reference.result.diagnostics if each.pointer not in mended]


def _mended_lines(
    old: str, new: str, edits: Sequence[Edit]
) -> list[tuple[int, re.Match[str], str]] | None:
    """Where each mended line begins, its parts, and the value that was written there before.

    None if one of them has no value, or is not one line.
    """
    lines: dict[int, tuple[int, re.Match[str], str]] = {}
    moved = 0
    for edit in edits:
        at = edit.start + moved
        moved += len(edit.text) - (edit.end - edit.start)
        start, end = line_start(new, at), line_end(new, at)
        match = _LINE.fullmatch(new[start:end])
        before = old[line_start(old, edit.start) : line_end(old, edit.start)]
        is_one_line = edit.end <= line_end(old, edit.start) and at + len(edit.text) <= end
        if match is None or not is_one_line:
            return None
        lines[start] = start, match, _behind(before, _letters(match["before"]))
    return [lines[start] for start in sorted(lines)]


def _behind(line: str, key: str) -> str:
    """What stands in a line behind the letters of its key, and the signs between."""
    left = len(key)
    at = 0
    while left and at < len(line):
        left -= line[at].isalnum()
        at += 1
    if not key:
        return line[match_end(_BULLETS, line, 0) :].rstrip()
    signs = _SIGNS.match(line, at)
    return line[signs.end() if signs else at :].rstrip()


def _says(value: Any, written: str, mended: str) -> bool:
    """Whether a value is what was written in a line, which now has the value `mended`."""
    if isinstance(value, str):
        if written.lstrip(_QUOTES) == mended.strip().lstrip(_QUOTES):
            return True
        said, stands = _SILENT.sub("", value), _SILENT.sub("", written)
        if said[:1] in (":", "=", ";"):
            stands = said[0] + stands
        return stands.startswith(said) and bool(_BEHIND.fullmatch(stands, len(said)))
    for text in (mended, _COMMENT.sub("", mended)):
        if not isinstance(value, (dict, list)):
            if repr(resolve_plain(text.strip(), _DIGITS)[0]) == repr(value):
                return True
        elif "".join(_scalars(value)) == _letters(text):
            return True
    return False


def _scalars(value: Any) -> Iterator[str]:
    """The letters of the keys and values in a collection, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield _letters(key)
            yield from _scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner)
    elif value is not None:
        yield _letters(str(value).lower() if isinstance(value, bool) else str(value))


def _why_marks_differ(
    old: Reading, new: Reading, fixed: Sequence[Diagnostic], edits: Sequence[Edit], read: Read
) -> str | None:
    """Compare with the text that has a word in the place of each mark."""
    texts = sorted({edit.text for edit in edits})
    words = dict(zip(texts, _words(old.text, len(texts)), strict=True))
    reference = read(
        apply_edits(old.text, [each._replace(text=words[each.text]) for each in edits])
    )
    if not reference.document.is_checkable:
        return "the rest of the seed cannot be read"
    instead = {word: text for text, word in words.items()}
    if repr(_with_marks(reference.document.data, instead)) != repr(new.document.data):
        return _OTHER
    if old.document.is_checkable:
        return why_worse(old.result.diagnostics, new, fixed)
    return why_worse(reference.result.diagnostics, new, ())


def _with_marks(value: Any, instead: dict[str, str]) -> Any:
    """Data with a text for each word in them; what is a number without the word is one."""
    if isinstance(value, dict):
        return {
            _replaced(key, instead): _with_marks(inner, instead) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_marks(inner, instead) for inner in value]
    if not isinstance(value, str):
        return value
    text = _replaced(value, instead)
    return text if text == value else resolve_plain(text, _DIGITS)[0]


def _replaced(text: str, instead: dict[str, str]) -> str:
    for word, mark in instead.items():
        text = text.replace(word, mark)
    return text


def _compare_layout(old: Reading, new: Reading, edits: Sequence[Edit], read: Read) -> _Compared:
    """Compare with the text without the mended lines, and those between them."""
    matter = old.document.front_matter
    assert matter is not None
    # Without the body, which may be long and is looked through for line breaks.
    for start, end in _blocks(old.text[: matter.content.end], edits):
        without = _NOT_A_BREAK.sub("", old.text[start:end])
        reference = read(old.text[:start] + without + old.text[end:])
        if reference.document.is_checkable:
            break
    else:
        return "the rest of the seed cannot be read", ()
    if Counter(_KEY.findall(old.text, start, end)) - Counter(_keys(new.document.data)):
        # A key would become text.
        return _OTHER, ()
    said = Counter(_leaves(new.document.data))
    before = Counter(_leaves(reference.document.data))
    more = said - before
    for place, value in before - said:
        # A text may go on in the mended lines.
        longer = next((each for each in more if each[0] == place and _begins(each[1], value)), None)
        if longer is None:
            return _OTHER, ()
        more[longer] -= 1
        more += Counter()
    return None, reference.result.diagnostics


def _blocks(text: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """The mended lines, those between, and those that belong to them by indentation.

    Then these with the lines above that they belong to.
    """
    start, end = line_start(text, edits[0].start), line_end(text, edits[-1].end)
    for _ in range(_MOST_PARENTS):
        column = _column(text, start)
        while end < len(text):
            below = end + (2 if text.startswith("\r\n", end) else 1)
            is_item = text.startswith("-", below + column) and not text.startswith("---", below)
            is_blank = not text[below : line_end(text, below)].strip()
            if below >= len(text) or not (_column(text, below) > column or is_item or is_blank):
                break
            end = line_end(text, below)
        yield start, end
        if not column or text.startswith("---", line_before(text, start)):
            return
        while start and _column(text, start) >= column:
            start = line_before(text, start)


def _column(text: str, start: int) -> int:
    """How many blanks a line begins with."""
    return match_end(_BLANKS, text, start) - start


def _begins(longer: Any, value: Any) -> bool:
    return isinstance(longer, str) and isinstance(value, str) and longer.startswith(value)


def _leaves(value: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """The places of the scalars, without indices, and what they are; nothing says nothing."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, (*at, "*"))
    elif value is not None and value != "":
        # True and 1 are equal to Python.
        yield at, value if isinstance(value, str) else (repr(value),)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from _keys(inner)


def _places_of(data: Any, words: set[str], at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    if isinstance(data, str) and data in words:
        yield at, data
    elif isinstance(data, (dict, list)):
        steps = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in steps:
            yield from _places_of(value, words, (*at, step))


def _words(text: str, count: int) -> list[str]:
    """Words that are nowhere in `text`."""
    word = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return [f"x{word}x{number}x" for number in range(count)]


def _letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))
