"""Where front matter is: YAML between two fences, as nearly all files have it.

It opens at the very first line of the file with `---` and closes at the next line that is `---`.
Spaces and tabs may follow the dashes on either line, as in Jekyll; nothing else may. All else is
for `fences.py`.
"""

from __future__ import annotations

import re
from typing import Literal

from seedlint.named_tuple import NamedTuple
from seedlint.text.marks import FENCE, FENCE_END
from seedlint.text.span import Span, match_end

FENCE_LINE = re.compile(FENCE + FENCE_END)
"""A fence, at the start of a line."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
"""A line, with its line break."""

_DOTS = re.compile(rf"\.\.\.{FENCE_END}")
_LINE_START = re.compile(rf"[\r\n](?={FENCE}|\.\.\.)")


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
        """The YAML in file coordinates: all before it is blanked, line breaks kept."""
        head = text[: self.content.start]
        return re.sub(r"[^\r\n]", " ", head) + text[self.content.start : self.content.end]


def find_yaml(text: str) -> FrontMatter | None:
    """The YAML between two fences that `text` begins with; None if there is none."""
    opening = FENCE_LINE.match(text)
    if opening is None:
        return None
    open_span = Span(0, len(FENCE))
    yaml_start = match_end(LINE, text, 0)
    dots: int | None = None
    # The break that ends the opening line is searched too, so `---` on line 2 closes at once.
    position = opening.end()
    while match := _LINE_START.search(text, position):
        start = match.end()
        if FENCE_LINE.match(text, start):
            if start == yaml_start:
                return None
            closing = Span(start, start + len(FENCE))
            return FrontMatter(open_span, Span(yaml_start, start), closing)
        if dots is None and _DOTS.match(text, start):
            dots = start
        position = start
    if dots is None:
        return None
    return FrontMatter(open_span, Span(yaml_start, dots), Span(dots, dots + len(FENCE)), dots=True)
