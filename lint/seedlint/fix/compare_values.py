"""Checks fixes of values on one line each: the value is what is written there, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.document.scalars import resolve_plain
from seedlint.fix.compare_marks import MARKS
from seedlint.fix.reading import OTHER_DATA, Read, Reading, Reference, words_not_in
from seedlint.named_tuple import NamedTuple
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.letters import letters
from seedlint.text.marks import ODD_SPACES
from seedlint.text.quotes import TYPOGRAPHIC_CLOSINGS
from seedlint.text.span import line_end, line_start, match_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# A line with a value, and what is before it.
_LINE = re.compile(
    r"(?P<before> *(?:- +)*(?:[\w.$@/+ -]{1,60}|\"[^\"\r\n]{1,60}\"|'[^'\r\n]{1,60}') *:"
    r"| *(?:- +)+)(?P<value>(?=.*\S).*)"
)
_COMMENT = re.compile(r"[ \t]#.*")
_DIGITS = Limits().integer_digits
# What may be between a key and its value where the colon is wrong.
_SIGNS = re.compile(rf"(?:[\s{ODD_SPACES}:=;\uff1a\ufe55\ufe13\u2236\ua789\"']|[-=]>)*")
_BULLETS = re.compile(rf"[\s{ODD_SPACES}*+\u2022\u00b7\u25cf\u2013\u2014\u2212-]*")
_QUOTES = "\"'"
# What says no word: blanks, quotes and backslashes.
_SILENT = re.compile(
    rf"[\s{ODD_SPACES}\"'\\{''.join(TYPOGRAPHIC_CLOSINGS)}\u201d\u2019\u00bb\u203a]"
)
# What a mended line may say behind its value: surplus signs, or a comment.
_BEHIND = re.compile(r"[\],;.}]*(?:(?:#|//|/\*|<!--|--|;).*)?")


class _Value(NamedTuple):
    """A value in the new text that is written at `start` to `end`.

    `written` is what was after the key of the line before; `keeps_key` says whether the key and
    its indentation are the same.
    """

    start: int
    end: int
    mended: str
    written: str
    keeps_key: bool


class Values(NamedTuple):
    """The values of the lines that were mended."""

    values: tuple[_Value, ...]

    @property
    def keep_keys(self) -> bool:
        """Whether only the values were mended."""
        return all(value.keeps_key for value in self.values)

    @classmethod
    def of(cls, old: str, new: str, edits: Sequence[Edit]) -> Values | None:
        """The values of the lines that edits of `old` have mended in `new`.

        None if one of them has no value, or is not one line.
        """
        values: dict[int, _Value] = {}
        moved = 0
        for edit in edits:
            at = edit.start + moved
            moved += len(edit.text) - (edit.end - edit.start)
            start, end = line_start(new, at), line_end(new, at)
            match = _LINE.fullmatch(new[start:end])
            line = old[line_start(old, edit.start) : line_end(old, edit.start)]
            is_one_line = edit.end <= line_end(old, edit.start) and at + len(edit.text) <= end
            if match is None or not is_one_line:
                return None
            written = _behind(MARKS.sub("", line), letters(match["before"]))
            keeps_key = line.startswith(match["before"])
            place = start + match.start("value"), start + match.end()
            values[start] = _Value(*place, match["value"], written, keeps_key)
        return cls(tuple(values[start] for start in sorted(values)))


def compare_values(
    old: Reading, new: Reading, mended: Values, read: Read
) -> Reference | str | None:
    """Compare with the text that has a word for the value of each mended line.

    Nothing else may differ, and the values must be what is written in their lines. None if the text
    with the words cannot be read.
    """
    words = words_not_in(old.text, len(mended.values))
    reference = read(
        apply_edits(
            new.text,
            [
                Edit(each.start, each.end, f" {word}")
                for each, word in zip(mended.values, words, strict=True)
            ],
        )
    )
    if not reference.document.is_checkable:
        return None
    places = {word: place for place, word in _places_of(reference.document.data, set(words))}
    if len(places) < len(words):
        return None
    expected = repr(reference.document.data)
    for word, each in zip(words, mended.values, strict=True):
        value = value_at(new.document.data, places[word])
        if not _says(value, each.written, each.mended):
            return "the value would not be the text that is written there"
        expected = expected.replace(repr(word), repr(value))
    if expected != repr(new.document.data):
        return OTHER_DATA
    return Reference(reference, frozenset(map(format_pointer, places.values())))


def _behind(line: str, key: str) -> str:
    """The part of a line after its key and the punctuation that follows it."""
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
    """Whether a value says what was `written` in a line, whose value is `mended` now."""
    if isinstance(value, str):
        if written.lstrip(_QUOTES) == mended.strip().lstrip(_QUOTES):
            return True
        said, all_said = _SILENT.sub("", value), _SILENT.sub("", written)
        if said[:1] in (":", "=", ";"):
            all_said = said[0] + all_said
        return all_said.startswith(said) and bool(_BEHIND.fullmatch(all_said, len(said)))
    for text in (mended, _COMMENT.sub("", mended)):
        if not isinstance(value, (dict, list)):
            if repr(resolve_plain(text.strip(), _DIGITS)[0]) == repr(value):
                return True
        elif "".join(_scalars(value)) == letters(text):
            return True
    return False


def _scalars(value: Any) -> Iterator[str]:
    """The letters of the keys and values in a collection, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield letters(key)
            yield from _scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner)
    elif value is not None:
        yield letters(str(value).lower() if isinstance(value, bool) else str(value))


def _places_of(data: Any, words: set[str], at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    if isinstance(data, str) and data in words:
        yield at, data
    elif isinstance(data, (dict, list)):
        steps = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in steps:
            yield from _places_of(value, words, (*at, step))
