"""The fence grammar: where front matter begins and ends.

Front matter opens at the very first line of the file with `---` and closes at the next line that
is `---`. Spaces and tabs may follow the dashes on either line, as in Jekyll; nothing else may.

JSON opens with `---json` (gray-matter, Eleventy) or `;;;` (Hexo, Middleman) and closes at the next
line `---` or `;;;`; or it is an object that the file begins with, and ends with it (Hugo).

What looks like a fence and is not one is a `Problem`, never silently "no front matter": site
generators disagree about such lines, so a seed could say one thing to the linter and another to
the site. See `document/fences.py`.
"""

from __future__ import annotations

import re

from seedlint.document.problem import Problem, ProblemKind
from seedlint.named_tuple import NamedTuple
from seedlint.text.marks import FENCE, FENCE_END
from seedlint.text.span import Span

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


def find_front_matter(text: str) -> FrontMatter | Problem:
    """Find the front matter of `text` (no byte order mark). Linear in the length; never raises."""
    opening = FENCE_LINE.match(text)
    if opening is None:
        # Nearly all files begin with a fence, and the patterns take 2 ms.
        from seedlint.document.fences import explain_missing, find_json

        return find_json(text) or explain_missing(text)
    open_span = Span(0, 3)
    first_line = LINE.match(text)
    assert first_line is not None
    yaml_start = first_line.end()
    if yaml_start == opening.end():
        return Problem(ProblemKind.UNCLOSED_FRONT_MATTER, open_span)

    # The break that ends the opening line is searched too, so `---` on line 2 closes at once.
    start = _find_line(FENCE, text, opening.end())
    if start is not None:
        if start == yaml_start:
            from seedlint.document.fences import opening_twice

            if twice := opening_twice(text, start):
                return twice
        return FrontMatter(open_span, Span(yaml_start, start), Span(start, start + 3))
    dots = _find_line(_DOTS, text, opening.end())
    if dots is not None:
        return FrontMatter(open_span, Span(yaml_start, dots), Span(dots, dots + 3), dots=True)
    from seedlint.document.fences import explain_unclosed

    return explain_unclosed(text, yaml_start, open_span)


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
