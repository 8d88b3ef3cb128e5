"""Colons and question marks in the plain scalars of flow collections, hidden from the parser.

YAML 1.2.2 (section 7.3.3) takes the colons of `[https://a.example/x, 10:30]` and the question mark
of `[Who won?]` for text. libyaml 0.1.7, which ruamel.yaml.clib bundles, refuses them. So they are
replaced, one for one, by characters that the document does not hold, and put back in the scalars.

Only a scanner can tell such a scalar from a quoted one, a comment or a block scalar. This one
tracks what libyaml's tracks (indentation, simple keys) and knows no errors: where libyaml stops it
does not matter what is found behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_BREAK = "\r\n\x85\u2028\u2029"
_BLANK = rf" \t{_BREAK}"
# What ends a plain scalar in a flow collection, or turns the colon before it into an indicator.
_FLOW_END = rf"{_BLANK},\[\]{{}}"

_LINE_BREAK = re.compile(rf"\r\n|[{_BREAK}]")
_GAP = re.compile(rf"[{_BLANK}]*(?:#[^{_BREAK}]*[{_BLANK}]*)*")
_MARKER = re.compile(rf"(?:---|\.\.\.)(?=[{_BLANK}]|\Z)")
_INDICATOR = re.compile(rf"[-?:](?=[{_BLANK}]|\Z)")
_REST_OF_LINE = re.compile(rf"[^{_BREAK}]*")
_QUOTED = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*'""", re.DOTALL)
# An anchor or an alias as libyaml reads it, or a tag.
_PROPERTY = re.compile(rf"[&*][0-9A-Za-z_-]*|![^{_BLANK}]*")

_WORD = rf"(?:[^{_BLANK}:]|:(?=[^{_BLANK}]))+"
_PLAIN_LINE = re.compile(rf"{_WORD}(?:[ \t]+(?!#){_WORD})*")
_SPACE = re.compile(rf"[{_BLANK}]*")

_FLOW_WORD = rf"(?:[^{_FLOW_END}:]|:(?=[^{_FLOW_END}]))+"
_FLOW_PLAIN = re.compile(rf"{_FLOW_WORD}(?:[{_BLANK}]+(?!#){_FLOW_WORD})*")
_FLOW_INDICATOR = re.compile(rf"[?:](?=[{_FLOW_END}]|\Z)")

_LINE = re.compile(rf"[^{_BREAK}]*(?:\r\n|[{_BREAK}])?")
_BLOCK_HEADER = re.compile(rf"[|>][-+]?([1-9])?{_LINE.pattern}")
_LEADING_LINES = re.compile(rf"(?: *[{_BREAK}])* *")
_SPACES = re.compile(" *")

# YAML 1.2.2, section 7.4.2.
_LONGEST_KEY = 1024


class MaskedText(NamedTuple):
    """A text without the characters that the parser must not see, and how to put them back."""

    text: str
    originals: dict[int, str]

    def restore(self, value: str) -> str:
        """The plain scalar that was written where the parser read `value`."""
        return value.translate(self.originals)


def mask_flow_scalars(view: str) -> MaskedText | None:
    """Replace the colons and question marks that are text in flow collections; None if none are.

    Offsets stay what they are. Linear in the length of `view`; never raises.
    """
    spans = _Scanner(view).scan()
    used = set(view)
    unused = (char for code in range(0x10FFFF, 0xFFFF, -1) if (char := chr(code)) not in used)
    colon, question_mark = next(unused, None), next(unused, None)
    if not spans or colon is None or question_mark is None:
        return None
    masks = {ord(":"): colon, ord("?"): question_mark}
    parts, end = [], 0
    for start, stop in spans:
        parts += [view[end:start], view[start:stop].translate(masks)]
        end = stop
    parts.append(view[end:])
    return MaskedText("".join(parts), {ord(colon): ":", ord(question_mark): "?"})


class _Key(NamedTuple):
    """Where something began that is a key if a colon follows on the same line."""

    start: int
    line: int
    column: int


class _Scanner:
    """Finds the plain scalars in flow collections that hold a colon or a question mark."""

    def __init__(self, view: str) -> None:
        self._view = view
        self._line_starts = [0, *(match.end() for match in _LINE_BREAK.finditer(view))]
        # The columns of the open block collections.
        self._indents = [-1]
        self._key: _Key | None = None
        self._key_allowed = True
        self._found: list[tuple[int, int]] = []

    def scan(self) -> list[tuple[int, int]]:
        """Start and end of each such scalar."""
        position: int | None = 0
        while position is not None and position < len(self._view):
            position = self._next_token(position)
        return self._found

    def _next_token(self, position: int) -> int | None:
        """Read one token in block context, and a flow collection as one; None at the end."""
        view = self._view
        line = self._line(position)
        position = _match_end(_GAP, view, position)
        if position == len(view):
            return None
        if self._line(position) > line:
            line = self._line(position)
            self._key_allowed = True
        column = position - self._line_starts[line]
        while self._indents[-1] > column:
            self._indents.pop()
        first = view[position]
        if column == 0 and first == "%":
            return _match_end(_REST_OF_LINE, view, position)
        if column == 0 and (marker := _MARKER.match(view, position)):
            self._indents = [-1]
            self._key, self._key_allowed = None, False
            return marker.end()
        if _INDICATOR.match(view, position):
            self._indicate(first, _Key(position, line, column))
            return position + 1
        if first in "|>":
            self._key, self._key_allowed = None, True
            return self._block_scalar_end(position)
        if self._key_allowed:
            self._key = _Key(position, line, column)
        self._key_allowed = False
        if first in "[{":
            return self._flow_end(position)
        if first in "\"'":
            quoted = _QUOTED.match(view, position)
            return quoted.end() if quoted else None
        if first in "&*!":
            return _match_end(_PROPERTY, view, position)
        return self._plain_end(position)

    def _indicate(self, indicator: str, place: _Key) -> None:
        """Open a block collection where `indicator` begins one."""
        key, self._key = self._key, None
        is_value = (
            indicator == ":"
            and key is not None
            and key.line == place.line
            and place.start - key.start <= _LONGEST_KEY
        )
        column = key.column if is_value and key else place.column
        if self._indents[-1] < column:
            self._indents.append(column)
        self._key_allowed = not is_value

    def _plain_end(self, position: int) -> int | None:
        """The end of a plain scalar in block context: of its last line that is indented enough."""
        while text := _PLAIN_LINE.match(self._view, position):
            position = _match_end(_SPACE, self._view, text.end())
            line = self._line(position)
            if line == self._line(text.end()):
                return position
            self._key_allowed = True
            column = position - self._line_starts[line]
            if (
                column <= self._indents[-1]
                or self._view.startswith("#", position)
                or (column == 0 and _MARKER.match(self._view, position))
            ):
                return position
            self._key_allowed = False
        self._key_allowed = True
        return position

    def _block_scalar_end(self, position: int) -> int:
        """The first line that is indented less than the text of a block scalar."""
        view = self._view
        header = _BLOCK_HEADER.match(view, position)
        assert header is not None
        if header[1]:
            indent = max(self._indents[-1], 0) + int(header[1])
        else:
            leading = view[header.end() : _match_end(_LEADING_LINES, view, header.end())]
            longest = max(len(line) for line in _LINE_BREAK.split(leading))
            indent = max(longest, self._indents[-1] + 1, 1)
        start = header.end()
        while start < len(view):
            text = _match_end(_SPACES, view, start)
            if text - start < indent and view[text : text + 1] not in _BREAK:
                return start
            start = _match_end(_LINE, view, text)
        return start

    def _flow_end(self, position: int) -> int | None:
        """The end of the flow collection that begins at `position`; None if it has none."""
        view = self._view
        depth = 0
        # Whether a colon is an indicator whatever follows it, as in `{"a":1}`.
        after_json = False
        while (position := _match_end(_GAP, view, position)) < len(view):
            first = view[position]
            if first in "[{]},":
                depth += (first in "[{") - (first in "]}")
                after_json = first in "]}"
                position += 1
                if not depth:
                    return position
            elif first in "\"'":
                quoted = _QUOTED.match(view, position)
                if quoted is None:
                    return None
                after_json = True
                position = quoted.end()
            elif first in "&*!":
                position = _match_end(_PROPERTY, view, position)
                # libyaml ends a name before such a character, and takes it for an indicator.
                is_glued = first != "!" and view[position : position + 1] in (":", "?")
                after_json = first == "*" and not is_glued
                position += is_glued
            elif _FLOW_INDICATOR.match(view, position) or (first == ":" and after_json):
                after_json = False
                position += 1
            else:
                end = _match_end(_FLOW_PLAIN, view, position)
                if not {":", "?"}.isdisjoint(view[position:end]):
                    self._found.append((position, end))
                after_json = False
                position = end
        return None

    def _line(self, position: int) -> int:
        return bisect_right(self._line_starts, position) - 1


def _match_end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where the match of a pattern that always matches at `position` ends."""
    match = pattern.match(text, position)
    assert match is not None
    return match.end()
