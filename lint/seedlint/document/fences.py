"""Lines that look like a fence but are not one, and the fences of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from seedlint.document.front_matter import FENCE_LINE, LINE, FrontMatter, find_front_matter
from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.edit import Edit
from seedlint.text.marks import FENCE, FENCE_END, JSON_OPENING
from seedlint.text.quotes import quote
from seedlint.text.span import Span, match_end

_LINE_REST = re.compile(r"[^\r\n]*")
_BLANKS = re.compile(r"[ \t]*")
# Patterns that are not compiled here are for rare files.
_NEAR_JSON_CLOSING = rf"(?<=[\r\n])[ \t]*;{{2,}}{FENCE_END}"
# An object, or what was meant as one; templates and attributes begin with a brace, too.
_OBJECT = r"\{(?=\s*(?:[\"'}“]|//|/\*|<{7}|\w+\s*:|\Z))"
_ODD_FENCES = r"\+{4,}|;{4,}"

_NEAR_FENCE = (
    r"(?:[ \t]*(?:-{2,}|[\u2013\u2014]+-?)[ \t]*"
    r"|---[ \t]*(?:#|<!--)[^\r\n]*"
    r"|---[ \t]*[A-Za-z]\w*[ \t]*)"
    r"(?=[\r\n]|\Z)"
)
_TAGGED_FENCE = rf"{FENCE}[ \t]*([A-Za-z][\w+.]*)[ \t]*\Z"
_TEXT_BEHIND = rf"{FENCE}[ \t]+(?=[^\s#<])"
# Rules as in Markdown and other formats.
_OTHER_RULE = r"(?:[=*_~]{3,}|(?:[-*_] ){2,}[-*_]|`{3,}[ \t]*[A-Za-z]*)[ \t]*\Z"
# The same below keys, where seven equals signs are what a merge has left.
_CLOSING_RULE = r"(?!={7}[ \t]*\Z)(?:[=*_~]{3,}|(?:[-*_] ){2,}[-*_])[ \t]*\Z"
# How such a line begins, which hardly any does, and which is found sooner.
_RULE_BEGINS = r"[=*_~]{3}|[-*_] [-*_] "
_CODE_BLOCK = r"`{3,}[ \t]*[A-Za-z]*[ \t]*(?=[\r\n])"
_CODE_END = r"`{3,}[ \t]*(?:\r\n|\n|\Z)"
_KEY_LINE = re.compile(r"[A-Za-z_][\w.-]*[ \t]*:(?=[ \t\r\n]|\Z)")
_KEY_AT_START = r"(?m)^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n]|\Z)"
_LONGEST_BELOW = 20_000
# Dashes that somebody or an editor has made too many, too few or too long.
_DASHES = r"[-\u2013\u2014]+"
_WAYS_OUT = "write exactly three dashes, at the start of the line, and nothing else"
_COMMENT_OR_BLANK = r"[ \t]*(?:<!--.*|#.*)?\Z"
_FOREIGN_OPENERS = {"+++": "TOML"}
_AS_SEMICOLONS = "write exactly three semicolons, at the start of the line, and nothing else"
_LONGEST_SHOWN = 61
_AS_YAML = "write the keys as YAML between two lines `---`"
# How many blank and comment lines before a fence are looked past to call it misplaced.
_LINES_SEARCHED = 100
# In code points; patterns of rules take memory for each mark of a line.
_LONGEST_FENCE = 1_000
_YAML_TAGS = frozenset({"yaml", "yml"})


def keys_below(text: str, matter: FrontMatter) -> dict[str, int]:
    """The keys between the closing fence and another one below it, with their offsets.

    There are none if most of the lines are text.
    """
    start = match_end(LINE, text, matter.closing.end)
    below = text[start : start + _LONGEST_BELOW]
    lines = _lines_until(FENCE_LINE, below)
    if not _mostly_keys(lines):
        return {}
    fence = next(islice(_lines(below), len(lines) - 1, None))
    end = start + fence.start
    return {key[1]: key.start() for key in re.compile(_KEY_AT_START).finditer(text, start, end)}


def opening_twice(text: str, start: int) -> Problem | None:
    """A second opening fence at `start`, right below the first, with the keys after it."""
    below = match_end(LINE, text, start)
    if not _KEY_LINE.match(text, below) or not _mostly_keys(_lines_until(FENCE_LINE, text[below:])):
        return None
    return Problem(
        ProblemKind.MALFORMED_FENCE,
        Span(start, start + len(FENCE)),
        "the opening fence is there twice",
        Span(0, len(FENCE)),
        advice="remove one of the two",
        edits=(Edit(start, below, ""),),
        # To a site generator the front matter is empty, and the keys are text.
        is_safe=False,
    )


def find_json(text: str) -> FrontMatter | Problem | None:
    """Find front matter in JSON; None if the file does not begin with any."""
    if opening := re.match(JSON_OPENING, text):
        mark = opening[0][: len(FENCE)]
        place = Span(0, len(opening[0].rstrip()))
        start = match_end(LINE, text, 0)
        if closing := re.compile(rf"[\r\n]({mark}){FENCE_END}").search(text, opening.end()):
            content = Span(start, max(start, closing.start(1)))
            return FrontMatter(place, content, Span(*closing.span(1)), language="JSON")
        if mark == FENCE:
            problem = explain_unclosed(text, start, place)
            return problem if problem.advice else problem._replace(advice=_close(text, start, mark))
        if near := re.compile(_NEAR_JSON_CLOSING).search(text, start):
            line = Span(*near.span())
            return _odd_fence(near[0].strip(), line, _AS_SEMICOLONS)._replace(related=place)
        advice = _close(text, start, mark)
        return Problem(ProblemKind.UNCLOSED_FRONT_MATTER, place, advice=advice)
    if not re.match(_OBJECT, text):
        return None
    # Few seeds are JSON.
    from seedlint.document.json_reader import find_object_end

    end = find_object_end(text)
    brace = Span(0, 1)
    if end is None:
        end = len(text)
        return FrontMatter(brace, Span(0, end), Span(end, end), language="JSON")
    if not re.compile(FENCE_END).match(text, end):
        start = match_end(_BLANKS, text, end)
        message, advice = "text after the closing brace", "begin a new line before it"
        edits = (Edit(end, start, _line_break(text)),)
        place = Span(start, match_end(_LINE_REST, text, start))
        kind = ProblemKind.MALFORMED_FENCE
        return Problem(kind, place, message, brace, advice=advice, edits=edits)
    return FrontMatter(brace, Span(0, end), Span(end - 1, end), language="JSON")


def _close(text: str, start: int, mark: str) -> str:
    """What to add to JSON that begins at `start` and has no closing fence."""
    last = "closing brace" if text[start:].lstrip().startswith("{") else "last key"
    return f"add a line `{mark}` after the {last}"


def _odd_fence(written: str, line: Span, advice: str) -> Problem:
    message = f"{quote(written, _LONGEST_SHOWN)} is not a fence"
    return Problem(ProblemKind.MALFORMED_FENCE, line, message, advice=advice)


def explain_unclosed(text: str, yaml_start: int, opening: Span) -> Problem:
    """Point at the line that was meant as the closing fence, else at the opening one."""
    if near := _find_line(_NEAR_FENCE, text, yaml_start):
        return _malformed(text, near, "closing", related=opening)
    if rule := _rule_below_keys(text):
        return _malformed(text, rule, "closing", related=opening)
    return Problem(ProblemKind.UNCLOSED_FRONT_MATTER, opening)


def _find_line(pattern: str, text: str, start: int) -> Span | None:
    """What matches a pattern at the beginning of a line, the first that begins at `start`."""
    # One character is found sooner than one of two.
    line_break = "[\r\n]" if "\r" in text else "\n"
    found = re.compile(f"{line_break}({pattern})").search(text, start - 1)
    return Span(*found.span(1)) if found else None


def explain_missing(text: str) -> Problem:
    """Say why line 1 opens nothing: another format, a near miss, or plainly no front matter."""
    first: Span | None = None
    for line in islice(_lines(text), _LINES_SEARCHED):
        first = first or line
        content = text[line.start : line.end]
        stripped = content.strip()
        if language := _FOREIGN_OPENERS.get(stripped):
            return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail=language)
        if re.fullmatch(_ODD_FENCES, stripped):
            advice = _AS_SEMICOLONS if stripped[0] == ";" else _AS_YAML
            return _odd_fence(stripped, line, advice)
        if tag := re.match(_TAGGED_FENCE, content):
            if tag[1].lower() in _YAML_TAGS:
                return _malformed(text, line, "opening")
            if tag[1].lower() == "json" and line.start == 0:
                return _odd_fence(stripped, line, "write `---json`")
            if tag[1].lower() != "json":
                return Problem(ProblemKind.FOREIGN_FRONT_MATTER, line, detail=tag[1])
        is_json = re.match(JSON_OPENING, content) or stripped.startswith('{"')
        if line.start and (is_json or FENCE_LINE.match(content)):
            message = "the opening fence is not on line 1"
            advice = "remove what is before it"
            edits = () if text[: line.start].strip() else (Edit(0, line.start, ""),)
            return Problem(ProblemKind.MALFORMED_FENCE, line, message, advice=advice, edits=edits)
        if re.match(_NEAR_FENCE, content):
            return _malformed(text, line, "opening", closing=_same_below(text, line))
        if line.start == 0 and (behind := re.match(_TEXT_BEHIND, content)):
            place = Span(behind.end(), line.end)
            message, advice = "text after the opening fence", "begin a new line before it"
            edits = (Edit(len(FENCE), place.start, _line_break(text)),)
            return Problem(ProblemKind.MALFORMED_FENCE, place, message, advice=advice, edits=edits)
        if line.start == 0 and (block := _block_around(text, line)):
            return block
        is_short = len(content) < _LONGEST_FENCE
        if (
            line.start == 0
            and is_short
            and re.match(_OTHER_RULE, content)
            and _keys_follow(text, line.end)
        ):
            return _malformed(text, line, "opening", closing=_same_below(text, line))
        if line.start == 0 and _KEY_LINE.match(content) and _keys_until_fence(text):
            advice = "write a line `---` before this one"
            message = "the opening fence is missing"
            # To Markdown a text above such a line is a heading.
            edits = (Edit(0, 0, FENCE + _line_break(text)),)
            kind = ProblemKind.MISSING_FRONT_MATTER
            return Problem(kind, line, message, advice=advice, edits=edits, is_safe=False)
        if not re.match(_COMMENT_OR_BLANK, content):
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
        message, advice = f"{quote(written, _LONGEST_SHOWN)} is not a fence", _WAYS_OUT
    places = [place]
    if closing:
        number, below = closing
        advice += f", and the same on line {number}"
        places.append(below)
    # What is behind it would be lost. Before line 1 there would still be something.
    is_fixable = re.fullmatch(_DASHES, written) or not re.search(r"[#<]", written)
    edits = tuple(Edit(*each, FENCE) for each in places) if is_fixable else ()
    if which == "opening" and start:
        edits = ()
    is_safe = bool(re.fullmatch(_DASHES, written) or re.match(_TAGGED_FENCE, written))
    return Problem(kind, place, message, related, advice=advice, edits=edits, is_safe=is_safe)


def _line_break(text: str) -> str:
    """The line break of the first line of a text."""
    return "\r\n" if text[text.find("\n") - 1 :].startswith("\r") else "\n"


def _keys_until_fence(text: str) -> bool:
    """Whether the file begins with lines like those of front matter, up to a closing fence."""
    lines = _lines_until(FENCE_LINE, text)
    return bool(lines) and all(map(_may_be_of_keys, lines[:-1]))


def _lines_until(end: re.Pattern[str], text: str) -> list[str]:
    """The lines of a text up to the first that matches `end`, that included; none without one."""
    found = []
    for line in islice(_lines(text), _LINES_SEARCHED):
        length = line.end - line.start
        # What is longer than a fence can be is only looked at for what it begins with.
        found.append(text[line.start : line.start + min(length, _LONGEST_FENCE)])
        if length < _LONGEST_FENCE and end.match(found[-1]):
            return found
    return []


def _mostly_keys(lines: list[str]) -> bool:
    """Whether lines up to a fence look like front matter; some of them may have other mistakes."""
    others = [line for line in lines[:-1] if not _may_be_of_keys(line)]
    keys = [line for line in lines[:-1] if _KEY_LINE.match(line)]
    return len(keys) > len(others)


def _rule_below_keys(text: str) -> Span | None:
    """A rule of another kind in place of the closing fence, below lines that look like keys."""
    start = match_end(LINE, text, 0)
    if not _find_line(_RULE_BEGINS, text, start):
        return None
    lines = _lines_until(re.compile(_CLOSING_RULE), text[start:])
    if not _mostly_keys(lines):
        return None
    line = next(islice(_lines(text), len(lines), None))
    return Span(line.start, line.end)


def _may_be_of_keys(line: str) -> bool:
    """Whether a line is a key, or what may be between keys."""
    return _KEY_LINE.match(line) is not None or line[:1] in ("", " ", "-", "#")


def _block_around(text: str, line: Span) -> Problem | None:
    """The first line of a code block that holds the front matter, or all of the file."""
    start = match_end(LINE, text, line.end)
    if not re.compile(_CODE_BLOCK).match(text, line.start) or not FENCE_LINE.match(text, start):
        return None
    found = find_front_matter(text[start:])
    if isinstance(found, Problem):
        return None
    edits = [Edit(line.start, start, "")]
    below = match_end(LINE, text, start + found.closing.start)
    block_end = re.compile(_CODE_END)
    end = block_end.match(text, below) or block_end.match(text, text.rstrip().rfind("\n") + 1)
    advice = "remove this line"
    if end and end.start() >= below:
        number = text.count("\n", 0, end.start()) + 1
        advice = f"remove this line, and line {number}, where the block ends"
        edits.append(Edit(end.start(), end.end(), ""))
    kind, message = ProblemKind.MALFORMED_FENCE, "a code block begins before the front matter"
    place = Span(line.start, line.end)
    return Problem(kind, place, message, advice=advice, edits=tuple(edits), is_safe=False)


def _keys_follow(text: str, end: int) -> bool:
    """Whether the line after the one that ends at `end` begins with a key."""
    following = LINE.match(text, end)
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
        if FENCE_LINE.match(content):
            return None
        if not found and content.strip() == written:
            found = number, below
    return found


def _lines(text: str) -> Iterator[Span]:
    """The lines of `text`, line breaks excluded."""
    position = 0
    while position < len(text):
        match = LINE.match(text, position)
        assert match is not None
        yield Span(position, position + len(match[0].rstrip("\r\n")))
        position = match.end()
