"""A line of YAML as people see it, and a mistake in it that somebody may have made.

The modules beside this one recognise mistakes. A recogniser yields slips: the characters to change,
a sentence, and the edits that mend it. It may guess wrong: `diagnosis` makes the edits, and takes
the slip only if the result can be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from seedlint.document.problem import ProblemKind
from seedlint.named_tuple import NamedTuple
from seedlint.text.edit import Edit
from seedlint.text.quotes import quote
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_KEY = r"[\w.$@/+-]{1,60}|\"[^\"\r\n]{1,60}\"|'[^'\r\n]{1,60}'"
_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)*)"
    rf"(?:(?P<key>{_KEY})(?P<colon> *:)(?=[ \t]|\Z)[ \t]*)?(?P<value>[^\r\n]*)"
)
COMMENT = re.compile(r"(?<=[ \t])#.*|\A#.*", re.DOTALL)
"""A comment after a value, or instead of one."""

WORD_KEY = r"[A-Za-z_][\w.$-]{0,59}"
"""A key that is a plain word, as a pattern."""

SECOND_KEY = re.compile(r"(?<![ ,;])[,;]? +([a-z][\w-]{0,59}):(?= |\Z)")
"""Another key behind the value of a line, perhaps after a comma or a semicolon."""


class Slip(NamedTuple):
    """A mistake that somebody may have made.

    `message` is the finding, `advice` what to do, and `edits`, in order, do it. With `shows_line`
    the help shows the mended line.

    Provided that the mended text can be read, the edits are a `fix`: a safe one if there is one
    reading of what was meant, None if they lose text or make some up. `in_each_line` says that each
    edit mends the same mistake in another line.
    """

    span: Span
    message: str
    advice: str
    edits: tuple[Edit, ...]
    kind: ProblemKind = ProblemKind.SYNTAX
    shows_line: bool = True
    fix: Literal["safe", "unsafe"] | None = "unsafe"
    in_each_line: bool = False


class Line:
    """A line with content, and its parts as a person sees them.

    `start` and `end` are offsets; `column` is the column of its first character, from 0.
    """

    # Many lines are looked at, and the parts of few are asked for.
    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.column = len(text) - len(text.lstrip(" "))

    @cached_property
    def _parts(self) -> re.Match[str]:
        match = _LINE.match(self.text)
        assert match is not None
        return match

    @cached_property
    def _is_bare_dash(self) -> bool:
        parts = self._parts
        return not (parts["dash"] or parts["key"]) and parts["value"].strip(" \t") == "-"

    @property
    def entry(self) -> int:
        """The column of what follows its dashes."""
        return self.column + len(self._parts["dash"])

    @property
    def has_dash(self) -> bool:
        """Whether it begins with a dash."""
        return bool(self._parts["dash"]) or self._is_bare_dash

    @property
    def is_bare(self) -> bool:
        """Whether it has neither a key nor a dash."""
        return not self.key and not self.has_dash

    @cached_property
    def key(self) -> str:
        """Its key without quotes; "" if there is none."""
        return (self._parts["key"] or "").strip("\"'")

    @property
    def name(self) -> str:
        """Its key inside a message."""
        return quote(self.key)

    @cached_property
    def value(self) -> str:
        """What follows the key or the dashes, without blanks around it."""
        return "" if self._is_bare_dash else self._parts["value"].strip(" \t")

    @property
    def value_at(self) -> int:
        """The offset that the value begins at."""
        written = self._parts["value"]
        return self.start + self._parts.end("value") - len(written.lstrip(" \t"))

    @property
    def first(self) -> int:
        """The offset of the first character that is not blank."""
        return self.start + self.column

    @property
    def is_cut(self) -> bool:
        """Whether the comment after the value begins like a hashtag, which may be text."""
        if "#" not in self.value:
            return False
        return re.match(r"#+[^\s#!]", self.value[len(self.plain_value) :].lstrip()) is not None

    @property
    def plain_value(self) -> str:
        """The value without the comment after it."""
        return (COMMENT.sub("", self.value) if "#" in self.value else self.value).rstrip()


def read_line(view: str, start: int, end: int) -> Line:
    """The line that takes up `view[start:end]`, without its line break."""
    return Line(start, end, view[start:end])


def last_below(lines: Sequence[Line], index: int) -> int:
    """The index of the last line that is indented below a line; its own if none is."""
    last = index
    while last + 1 < len(lines) and lines[last + 1].column > lines[index].entry:
        last += 1
    return last


def is_apart(lines: Sequence[Line], index: int) -> bool:
    """Whether something is between a line and the one above it: blank lines, or comments."""
    gaps = [below.start - above.end for above, below in pairwise(lines)]
    # Of the lines that follow each other it is the line break, of one or two characters.
    return index > 0 and gaps[index - 1] > min(gaps)


def spaces(count: int) -> str:
    """A number of spaces in words: `1 space`, `no spaces`."""
    return "1 space" if count == 1 else f"{count or 'no'} spaces"


def is_whole(text: str) -> bool:
    """Whether a text is certainly all of a value: a number, a word like `true`, or quoted."""
    return re.fullmatch(r"[-+]?[0-9.]+|true|false|\"[^\"]*\"|'[^']*'", text.strip()) is not None
