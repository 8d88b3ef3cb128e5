"""Colons and question marks in the plain scalars of flow collections, hidden from the parser.

YAML 1.2.2 (section 7.3.3) takes the colons of `[https://a.example/x, 10:30]` and the question mark
of `[Who won?]` for text. libyaml 0.1.7, which ruamel.yaml.clib bundles, refuses them. So they are
replaced, one for one, by characters that the document does not hold, and put back in the scalars.

Only a scanner can tell such a scalar from a quoted one, a comment or a block scalar. This one
tracks what decides that (the columns of block collections, the nesting of brackets) and knows no
errors: where the parser stops it does not matter what is found after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from seedlint.named_tuple import NamedTuple
from seedlint.text.marks import YAML_BREAKS
from seedlint.text.span import match_end

_BLANK = rf" \t{YAML_BREAKS}"
# What ends a plain scalar in a flow collection, or turns the colon before it into an indicator.
_FLOW_END = rf"{_BLANK},\[\]{{}}"

_LINE_BREAK = re.compile(rf"\r\n|[{YAML_BREAKS}]")
_GAP = re.compile(rf"[{_BLANK}]*(?:#[^{YAML_BREAKS}]*[{_BLANK}]*)*")
_SPACE = re.compile(rf"[{_BLANK}]*")
_SPACES = re.compile(" *")
_LINE = re.compile(rf"[^{YAML_BREAKS}]*(?:\r\n|[{YAML_BREAKS}])?")

_MARKER = re.compile(rf"(?:---|\.\.\.)(?=[{_BLANK}]|\Z)")
_INDICATOR = re.compile(rf"[-?:](?=[{_BLANK}]|\Z)")
_FLOW_INDICATOR = re.compile(rf"[?:](?=[{_FLOW_END}]|\Z)")
_QUOTED = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*'""", re.DOTALL)
# An anchor, an alias or a tag.
_PROPERTY = re.compile(rf"[&*][^{_FLOW_END}]*|![^{_BLANK}]*")

_WORD = rf"(?:[^{_BLANK}:]|:(?=[^{_BLANK}]))+"
_PLAIN_LINE = re.compile(rf"{_WORD}(?:[ \t]+(?!#){_WORD})*")
_FLOW_WORD = rf"(?:[^{_FLOW_END}:]|:(?=[^{_FLOW_END}]))+"
_FLOW_PLAIN = re.compile(rf"{_FLOW_WORD}(?:[{_BLANK}]+(?!#){_FLOW_WORD})*")


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
    if not spans:
        return None
    used = set(view)
    unused = (char for code in range(0x10FFFF, 0xFFFF, -1) if (char := chr(code)) not in used)
    colon, question_mark = next(unused, None), next(unused, None)
    if colon is None or question_mark is None:
        return None
    masks = {ord(":"): colon, ord("?"): question_mark}
    parts, end = [], 0
    for start, stop in spans:
        parts += [view[end:start], view[start:stop].translate(masks)]
        end = stop
    parts.append(view[end:])
    return MaskedText("".join(parts), {ord(colon): ":", ord(question_mark): "?"})


class _Scanner:
    """Finds the plain scalars in flow collections that hold a colon or a question mark."""

    def __init__(self, view: str) -> None:
        self._view = view
        self._line_starts = [0, *(match.end() for match in _LINE_BREAK.finditer(view))]
        # The columns of the open block collections.
        self._indents = [-1]
        # Line and column of the last token that may begin a key: the first of its line that is no
        # indicator.
        self._key = -1, -1
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
        position = match_end(_GAP, view, position)
        if position == len(view):
            return None
        line = self._line(position)
        column = position - self._line_starts[line]
        while self._indents[-1] > column:
            self._indents.pop()
        first = view[position]
        if column == 0 and (marker := _MARKER.match(view, position)):
            self._indents = [-1]
            return marker.end()
        key_line, key_column = self._key
        if _INDICATOR.match(view, position):
            collection = key_column if first == ":" and key_line == line else column
            if self._indents[-1] < collection:
                self._indents.append(collection)
            return position + 1
        if first in "|>":
            return self._block_scalar_end(position)
        if key_line != line:
            self._key = line, column
        if first in "[{":
            return self._flow_end(position)
        if first in "\"'":
            quoted = _QUOTED.match(view, position)
            return quoted.end() if quoted else None
        if first in "&*!":
            return match_end(_PROPERTY, view, position)
        return self._plain_end(position)

    def _plain_end(self, position: int) -> int:
        """The end of a plain scalar in block context: of its last line that is indented enough."""
        while text := _PLAIN_LINE.match(self._view, position):
            position = match_end(_SPACE, self._view, text.end())
            line = self._line(position)
            if line == self._line(text.end()):
                break
            column = position - self._line_starts[line]
            if column <= self._indents[-1] or self._view.startswith("#", position):
                break
        return position

    def _block_scalar_end(self, position: int) -> int:
        """The end of a block scalar: the next line that is not indented deeper than its parent.

        The parser refuses a line that is, but not as deep as the text.
        """
        view = self._view
        start = match_end(_LINE, view, position)
        while start < len(view):
            text = match_end(_SPACES, view, start)
            if text - start <= self._indents[-1] and view[text : text + 1] not in YAML_BREAKS:
                break
            start = match_end(_LINE, view, text)
        return start

    def _flow_end(self, position: int) -> int | None:
        """The end of the flow collection that begins at `position`; None if it has none."""
        view = self._view
        depth = 0
        # Whether a colon is an indicator whatever follows it, as in `{"a":1}`.
        is_key = False
        while (position := match_end(_GAP, view, position)) < len(view):
            first = view[position]
            was_key, is_key = is_key, False
            if first in "[{]},":
                depth += (first in "[{") - (first in "]}")
                is_key = first in "]}"
                position += 1
                if not depth:
                    return position
            elif first in "\"'":
                quoted = _QUOTED.match(view, position)
                if quoted is None:
                    return None
                is_key = True
                position = quoted.end()
            elif first in "&*!":
                is_key = first == "*"
                position = match_end(_PROPERTY, view, position)
            elif _FLOW_INDICATOR.match(view, position) or (first == ":" and was_key):
                position += 1
            else:
                end = match_end(_FLOW_PLAIN, view, position)
                if not {":", "?"}.isdisjoint(view[position:end]):
                    self._found.append((position, end))
                position = end
        return None

    def _line(self, position: int) -> int:
        return bisect_right(self._line_starts, position) - 1
