"""Offsets into a text, and their translation to lines and columns."""

from __future__ import annotations

import re
from array import array
from itertools import islice

from seedlint.named_tuple import NamedTuple

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LINE_FEED = re.compile("\n")
# How many lines more than are asked for are looked for: the end of a line is the start of the next.
_MORE = 2
# How many lines are looked for at a time on the way to an offset.
_AT_ONCE = 32
# Counting line breaks up to an offset takes a tenth of the time that finding them all takes, so it
# is quicker for a few places.
_FEW = 8


class Span(NamedTuple):
    """A half-open range of code-point offsets into a file's text (byte order mark not counted)."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


class LineIndex:
    """The line starts of one text.

    A line ends at LF, CR LF or a lone CR, as in git and in YAML 1.2; `str.splitlines` would also
    break at form feeds, NEL, LS and PS and so count other lines than an editor does.
    """

    __slots__ = ("_few", "_further", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        has_cr = "\r" in text
        # For how many places more line breaks are counted.
        self._few = 0 if has_cr else _FEW
        # Four bytes per line: a file of nothing but line breaks has millions.
        self._starts = array("I", (0,))
        # Without a CR every line ends with LF, which is found sooner.
        line_break = _LINE_BREAK if has_cr else _LINE_FEED
        # The starts of the lines after those: most are below the front matter, and nobody asks.
        self._further = map(re.Match.end, line_break.finditer(text))

    @property
    def line_count(self) -> int:
        """How many lines the text has; a text that ends in a line break has an empty last one."""
        self._starts.extend(self._further)
        return len(self._starts)

    def has_line(self, line: int) -> bool:
        """Whether the text has a line with this number, from 1."""
        starts = self._starts
        if line > len(starts):
            starts.extend(islice(self._further, line - len(starts) + _MORE))
        return line <= len(starts)

    def position(self, offset: int) -> Position:
        """The line and column of `offset`; an offset past the end counts as the end."""
        text = self._text
        if not 0 <= offset <= len(text):
            offset = min(max(offset, 0), len(text))
        if self._few:
            self._few -= 1
            start = text.rfind("\n", 0, offset) + 1
            return Position(text.count("\n", 0, start) + 1, offset - start + 1)
        from bisect import bisect_right

        while self._starts[-1] <= offset and self.has_line(len(self._starts) + _AT_ONCE):
            pass
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def positions(self, start: int, end: int) -> tuple[Position, Position]:
        """The lines and columns of two offsets, which are mostly on one line."""
        first, text = self.position(start), self._text
        if 0 <= start <= end <= len(text) and not (
            text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0
        ):
            return first, Position(first.line, first.column + end - start)
        return first, self.position(end)

    def line_span(self, line: int) -> Span:
        """The characters of the 1-based `line`, its line break excluded."""
        starts, text = self._starts, self._text
        has_next = line < len(starts) or self.has_line(line + 1)
        start = starts[line - 1]
        end = starts[line] if has_next else len(text)
        if end > start and text[end - 1] == "\n":
            end -= 1
        if end > start and text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def offset(self, position: Position) -> int:
        """The offset of a place on a line that the text has."""
        line, column = position
        if line > len(self._starts):
            self.has_line(line)
        return self._starts[line - 1] + column - 1

    def line_text(self, line: int) -> str:
        """The text of the 1-based `line` without its line break."""
        start, end = self.line_span(line)
        return self._text[start:end]


def line_start(text: str, offset: int) -> int:
    """Where the line that `offset` is on begins."""
    start = text.rfind("\n", 0, offset) + 1
    return max(text.rfind("\r", start, offset) + 1, start)


def line_before(text: str, start: int) -> int:
    """Where the line above that which begins at `start` begins."""
    return line_start(text, start - 1 - text.startswith("\r\n", start - 2))


def line_end(text: str, offset: int) -> int:
    """Where the line that `offset` is on ends, its line break excluded."""
    end = text.find("\n", offset)
    if end < 0:
        end = len(text)
    before = text.find("\r", offset, end)
    return before if before >= 0 else end


def match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the match of a pattern that always matches at `at` ends."""
    match = pattern.match(text, at)
    assert match is not None
    return match.end()
