"""Where front matter is: YAML between two fences, as nearly all files have it.

It opens at the very first line of the file with `---` and closes at the next line that is `---`.
Spaces and tabs may follow the dashes on either line, as in Jekyll; nothing else may. All else is
for `fences.py`.
"""

from __future__ import annotations

import re

from seedlint.named_tuple import NamedTuple
from seedlint.text.marks import FENCE, FENCE_END
from seedlint.text.span import Span, match_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

FENCE_LINE = re.compile(FENCE + FENCE_END)
"""A fence, at the start of a line."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
"""A line, with its line break."""

_REST = re.compile(FENCE_END)
_DOTS = "..."


class FrontMatter(NamedTuple):
    """The three parts of a front matter block, in file offsets.

    `opening` and `closing` are the three dashes or semicolons of each fence; `content` is
    everything between the two fence lines. `dots` says that the block was closed by `...` instead
    of `---`. Of an object without fences `content` is all of it, and the others are its braces;
    `closing` is empty if it does not end.
    """

    opening: Span
    content: Span
    closing: Span
    dots: bool = False
    language: Literal["YAML", "JSON"] = "YAML"

    def view(self, text: str) -> str:
        """The YAML in file coordinates: the line before it is blanked, its line break kept."""
        blanked = len(text[: self.content.start].rstrip("\r\n"))
        return " " * blanked + text[blanked : self.content.end]


def find_yaml(text: str) -> FrontMatter | None:
    """The YAML between two fences that `text` begins with; None if there is none."""
    opening = FENCE_LINE.match(text)
    if opening is None:
        return None
    open_span = Span(0, len(FENCE))
    yaml_start = match_end(LINE, text, 0)
    # The break that ends the opening line is searched too, so `---` on line 2 closes at once.
    start = _find_line(FENCE, text, opening.end())
    if start is not None:
        if start == yaml_start:
            return None
        closing = Span(start, start + len(FENCE))
        return FrontMatter(open_span, Span(yaml_start, start), closing)
    dots = _find_line(_DOTS, text, opening.end())
    if dots is None:
        return None
    return FrontMatter(open_span, Span(yaml_start, dots), Span(dots, dots + len(_DOTS)), dots=True)


def _find_line(mark: str, text: str, position: int) -> int | None:
    """Where the first line below `position` begins that is `mark` and perhaps blanks."""
    found: int | None = None
    for line_break in "\n\r":
        # A text is found sooner than a pattern.
        at = text.find(line_break + mark, position, found)
        while at >= 0 and not _REST.match(text, at + 1 + len(mark)):
            at = text.find(line_break + mark, at + 1, found)
        if at >= 0:
            found = at + 1
    return found
