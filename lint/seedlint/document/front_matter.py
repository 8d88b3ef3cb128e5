"""The fence grammar: where front matter begins and ends.

Front matter opens at the very first line of the file with `---` and closes at the next line that
is `---`. Spaces and tabs may follow the dashes on either line, as in Jekyll; nothing else may.
What looks like a fence and is none is a `Problem`, never silently "no front matter": site
generators disagree about such lines, so a seed could say one thing to the linter and another to
the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.marks import FENCE
from seedlint.text.span import Span

_FENCE = re.compile(rf"{FENCE}[ \t]*(?=[\r\n]|\Z)")
_DOTS = re.compile(r"\.\.\.[ \t]*(?=[\r\n]|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_LINE_START = re.compile(rf"[\r\n](?={FENCE}|\.\.\.)")

_NEAR_FENCE = (
    r"(?:[ \t]*(?:-{2,}|[\u2013\u2014]+-?)[ \t]*"
    r"|---[ \t]*(?:#|<!--)[^\r\n]*"
    r"|---[ \t]*[A-Za-z]\w*[ \t]*)"
    r"(?=[\r\n]|\Z)"
)
_NEAR_OPENING = re.compile(_NEAR_FENCE)
_NEAR_CLOSING = re.compile(r"(?<=[\r\n])" + _NEAR_FENCE)
_TAGGED_FENCE = re.compile(rf"{FENCE}[ \t]*([A-Za-z][\w+.]*)[ \t]*\Z")
_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:<!--.*|#.*)?\Z")
_FOREIGN_OPENERS = {"+++": "TOML", ";;;": "JSON"}
# How many blank and comment lines before a fence are looked past to call it misplaced.
_LINES_SEARCHED = 100
_YAML_TAGS = frozenset({"yaml", "yml"})


class FrontMatter(NamedTuple):
    """The three parts of a front matter block, in file offsets.

    `opening` and `closing` are the three dashes of each fence; `yaml` is everything between the
    two fence lines. `dots` says that the block was closed by `...` instead of `---`.
    """

    opening: Span
    yaml: Span
    closing: Span
    dots: bool = False

    def view(self, text: str) -> str:
        """The YAML in file coordinates: all before it is blanked, line breaks kept."""
        head = text[: self.yaml.start]
        return re.sub(r"[^\r\n]", " ", head) + text[self.yaml.start : self.yaml.end]


def find_front_matter(text: str) -> FrontMatter | Problem:
    """Find the front matter of `text` (no byte order mark). Linear in the length; never raises."""
    opening = _FENCE.match(text)
    if opening is None:
        return _explain_missing(text)
    open_span = Span(0, 3)
    first_line = _LINE.match(text)
    assert first_line is not None
    yaml_start = first_line.end()
    if yaml_start == opening.end():
        return Problem(ProblemKind.UNCLOSED_FRONT_MATTER, open_span)

    dots: int | None = None
    # The break that ends the opening line is searched too, so `---` on line 2 closes at once.
    position = opening.end()
    while match := _LINE_START.search(text, position):
        start = match.end()
        if _FENCE.match(text, start):
            return FrontMatter(open_span, Span(yaml_start, start), Span(start, start + 3))
        if dots is None and _DOTS.match(text, start):
            dots = start
        position = start
    if dots is not None:
        return FrontMatter(open_span, Span(yaml_start, dots), Span(dots, dots + 3), dots=True)
    return _explain_unclosed(text, yaml_start, open_span)


def _explain_unclosed(text: str, yaml_start: int, opening: Span) -> Problem:
    """Point at the line that was meant as the closing fence, else at the opening one."""
    if near := _NEAR_CLOSING.search(text, yaml_start):
        line = Span(near.start(), near.end())
        return Problem(ProblemKind.MALFORMED_FENCE, line, detail=near[0].strip(), related=opening)
    return Problem(ProblemKind.UNCLOSED_FRONT_MATTER, opening)


def _explain_missing(text: str) -> Problem:
    """Say why line 1 opens nothing: another format, a near miss, or plainly no front matter."""
    first: Span | None = None
    for line in islice(_lines(text), _LINES_SEARCHED):
        first = first or line
        content = text[line.start : line.end]
        stripped = content.strip()
        if language := _FOREIGN_OPENERS.get(stripped):
            return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail=language)
        if (line.start == 0 and stripped in ("{", "{}")) or stripped.startswith('{"'):
            return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail="JSON")
        if tag := _TAGGED_FENCE.match(content):
            if tag[1].lower() in _YAML_TAGS:
                return Problem(ProblemKind.MALFORMED_FENCE, line, detail=stripped)
            return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail=tag[1])
        if _NEAR_OPENING.match(content) or _FENCE.match(content):
            return Problem(ProblemKind.MALFORMED_FENCE, line, detail=stripped)
        if not _COMMENT_OR_BLANK.match(content):
            break
    return Problem(ProblemKind.MISSING_FRONT_MATTER, first or Span(0, 0))


def _lines(text: str) -> Iterator[Span]:
    """The lines of `text`, line breaks excluded."""
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        yield Span(position, position + len(match[0].rstrip("\r\n")))
        position = match.end()
