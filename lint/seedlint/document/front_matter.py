"""The fence grammar: where front matter begins and ends.

Front matter opens at the very first line of the file with `---` and closes at the next line that
is `---`. Spaces and tabs may follow the dashes on either line, as in Jekyll; nothing else may.
What looks like a fence and is not one is a `Problem`, never silently "no front matter": site
generators disagree about such lines, so a seed could say one thing to the linter and another to
the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.edit import Edit
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
_TEXT_BEHIND = re.compile(rf"{FENCE}[ \t]+(?=[^\s#<])")
# Rules as in Markdown and other formats.
_OTHER_RULE = re.compile(r"(?:[=*_~]{3,}|(?:[-*_] ){2,}[-*_]|`{3,}[ \t]*[A-Za-z]*)[ \t]*\Z")
_KEY_LINE = re.compile(r"[A-Za-z_][\w.-]*[ \t]*:(?=[ \t\r\n]|\Z)")
# Dashes that somebody or an editor has made too many, too few or too long.
_IS_DASHES = re.compile(r"[-\u2013\u2014]+")
_WAYS_OUT = "write exactly three dashes, at the start of the line, and nothing else"
_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:<!--.*|#.*)?\Z")
_FOREIGN_OPENERS = {"+++": "TOML", ";;;": "JSON"}
_LONGEST_SHOWN = 60
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
        return _malformed(text, Span(*near.span()), "closing", related=opening)
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
                return _malformed(text, line, "opening")
            return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail=tag[1])
        if line.start and _FENCE.match(content):
            message = "the opening fence is not on line 1"
            advice = "remove what is before it"
            edits = () if text[: line.start].strip() else (Edit(0, line.start, ""),)
            return Problem(ProblemKind.MALFORMED_FENCE, line, message, advice=advice, edits=edits)
        if _NEAR_OPENING.match(content):
            return _malformed(text, line, "opening", closing=_same_below(text, line))
        if line.start == 0 and (behind := _TEXT_BEHIND.match(content)):
            place = Span(behind.end(), line.end)
            message, advice = "text behind the opening fence", "begin a new line before it"
            edits = (Edit(len(FENCE), place.start, _line_break(text)),)
            return Problem(ProblemKind.MALFORMED_FENCE, place, message, advice=advice, edits=edits)
        if line.start == 0 and _OTHER_RULE.match(content) and _keys_follow(text, line.end):
            return _malformed(text, line, "opening", closing=_same_below(text, line))
        if line.start == 0 and _KEY_LINE.match(content) and _keys_until_fence(text):
            advice = "write a line `---` before this one"
            message = "the opening fence is missing"
            # To Markdown a text above such a line is a heading.
            edits = (Edit(0, 0, FENCE + _line_break(text)),)
            kind = ProblemKind.MISSING_FRONT_MATTER
            return Problem(kind, line, message, advice=advice, edits=edits, is_safe=False)
        if not _COMMENT_OR_BLANK.match(content):
            break
    return Problem(ProblemKind.MISSING_FRONT_MATTER, first or Span(0, 0))


def _malformed(
    text: str,
    line: Span,
    which: str,
    *,
    related: Span | None = None,
    closing: tuple[int, Span] | None = None,
) -> Problem:
    """A line that is nearly the `which` fence; `closing` is one like it below, with its number."""
    kind, start = ProblemKind.MALFORMED_FENCE, line.start
    content = text[line.start : line.end]
    written = content.strip()
    if written == FENCE:
        indentation = Span(start, start + content.index(FENCE))
        message = f"the {which} fence is indented"
        advice = "remove the blanks before it"
        edit = Edit(*indentation, "")
        return Problem(kind, indentation, message, related, advice=advice, edits=(edit,))
    place = Span(start, start + len(content.rstrip("\r\n")))
    if written.startswith("`"):
        message, advice = "a code block, not front matter", "write `---`"
    else:
        shown = written if len(written) <= _LONGEST_SHOWN else written[:_LONGEST_SHOWN] + "…"
        message, advice = f"`{shown.replace('`', '’')}` is not a fence", _WAYS_OUT
    places = [place]
    if closing:
        number, below = closing
        advice += f", and the same on line {number}"
        places.append(below)
    # What is behind it would be lost. Before line 1 there would still be something.
    is_fixable = _IS_DASHES.fullmatch(written) or not re.search(r"[#<]", written)
    edits = tuple(Edit(*each, FENCE) for each in places) if is_fixable else ()
    if which == "opening" and start:
        edits = ()
    is_safe = bool(_IS_DASHES.fullmatch(written) or _TAGGED_FENCE.match(written))
    return Problem(kind, place, message, related, advice=advice, edits=edits, is_safe=is_safe)


def _line_break(text: str) -> str:
    """The line break of the first line of a text."""
    return "\r\n" if text[text.find("\n") - 1 :].startswith("\r") else "\n"


def _keys_until_fence(text: str) -> bool:
    """Whether the file begins with lines like those of front matter, up to a closing fence."""
    for line in islice(_lines(text), _LINES_SEARCHED):
        content = text[line.start : line.end]
        if _FENCE.match(content):
            return True
        if not (_KEY_LINE.match(content) or content[:1] in ("", " ", "-", "#")):
            return False
    return False


def _keys_follow(text: str, end: int) -> bool:
    """Whether the line after the one that ends at `end` begins with a key."""
    following = _LINE.match(text, end)
    assert following is not None
    return _KEY_LINE.match(text, following.end()) is not None


def _same_below(text: str, line: Span) -> tuple[int, Span] | None:
    """A line like `line` below it, which was meant as the closing fence, and its number.

    None if there is a fence below, or no such line.
    """
    written = text[line.start : line.end].strip()
    if written.startswith("`"):
        written = written.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \t")
    found: tuple[int, Span] | None = None
    for number, below in enumerate(islice(_lines(text), 10 * _LINES_SEARCHED), 1):
        content = text[below.start : below.end]
        if below.start <= line.start:
            continue
        if _FENCE.match(content):
            return None
        if not found and content.strip() == written:
            found = number, below
    return found


def _lines(text: str) -> Iterator[Span]:
    """The lines of `text`, line breaks excluded."""
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None
        yield Span(position, position + len(match[0].rstrip("\r\n")))
        position = match.end()
