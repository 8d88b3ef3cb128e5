"""Where the characters of a text are, as YAML or JSON writes it.

The text is plain, in single or double quotes, or behind `|` or `>`, on one line or on several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.named_tuple import NamedTuple
from seedlint.text.json_text import PAIR
from seedlint.text.span import Span, line_start, match_end

# An anchor and a tag before the text.
_PROPERTIES = re.compile(r"(?:[&!][^ \t\r\n]*[ \t\r\n]+){0,2}")
_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_BLANK_START = re.compile(r"[ \r\n]*")
_LINE_FEEDS = re.compile("\n*")
_BLANK_END = re.compile(r"\s*")
_ESCAPE = rf"\\[\r\n][ \t\r\n]*|{PAIR}|\\(?:x..|u.{{4}}|U.{{8}}|.)"
# Blanks at the end of a line are not part of the text.
_BLANKS = r"[ \t\r\n]+"
# What a text consists of, by the mark that it begins with, "" for none.
_TOKENS = {
    '"': re.compile(
        rf"(?P<escape>{_ESCAPE})|(?P<as_is>[^\\\r\n]*[^\\ \t\r\n])|{_BLANKS}", re.DOTALL
    ),
    "'": re.compile(rf"(?P<apostrophe>'')|(?P<as_is>[^'\r\n]*[^' \t\r\n])|{_BLANKS}"),
    "": re.compile(rf"(?P<as_is>[^\r\n]*[^ \t\r\n])|{_BLANKS}"),
}


class Run(NamedTuple):
    """Characters of a text, from one offset to another, and where they are written.

    If they are written `as_is`, each has a place of its own; else `place` is that of all of them:
    of an escape, or of a line break with the blanks around it.
    """

    start: int
    end: int
    place: Span
    as_is: bool


def place_within(source: str, place: Span, text: str, start: int, end: int) -> Span | None:
    """The place of some characters of `text`, from one offset to another.

    `source` has the text at `place`. An offset beyond the text means its end. None if the text is
    not written there, as for an alias.
    """
    end = min(end, len(text))
    begin = stop = behind = place.start
    known = 0
    for run in read_runs(source, place, text):
        known, behind = run.end, run.place.end
        if run.start <= start < run.end:
            begin = run.place.start + (start - run.start if run.as_is else 0)
        if run.start < end <= run.end:
            stop = behind - (run.end - end if run.as_is else 0)
    if known < len(text):
        return None
    if start >= known:
        begin = behind
    return Span(begin, max(begin, stop))


def places_of(source: str, place: Span, text: str) -> dict[int, int]:
    """The places of the characters of `text` by their offsets, except line breaks and blanks there.

    `source` has the text at `place`. The result is empty if the text is written with escapes, or
    is not written there.
    """
    places: dict[int, int] = {}
    known = 0
    for run in read_runs(source, place, text):
        known = run.end
        if run.as_is:
            places |= zip(range(run.start, run.end), range(*run.place), strict=True)
        elif source[run.place.start : run.place.end].strip():
            return {}
    return places if known == len(text) else {}


def read_runs(source: str, place: Span, text: str) -> Iterator[Run]:
    """The runs of `text` in order. They end where it is not written so at `place`."""
    at = min(match_end(_PROPERTIES, source, place.start), place.end)
    is_block = source.startswith(("|", ">"), at)
    return (_in_block if is_block else _in_lines)(source, Span(at, place.end), text)


def _in_lines(source: str, place: Span, text: str) -> Iterator[Run]:
    """The runs of a plain text or one in quotes."""
    start, end = place
    mark = source[start] if source.startswith(('"', "'"), start) else ""
    known = 0
    for token in _TOKENS[mark].finditer(source, start + len(mark), end - len(mark)):
        kind, said = token.lastgroup, token[0]
        breaks = len(_BREAK.findall(said)) if kind != "as_is" else 0
        if kind == "escape":
            # A backslash takes away the first line break after it.
            said = "\n" * (breaks - 1) if breaks else text[known : known + 1]
        elif kind == "apostrophe":
            said = "'"
        elif breaks:
            said = " " if breaks == 1 else "\n" * (breaks - 1)
        if not text.startswith(said, known):
            return
        yield Run(known, known + len(said), Span(*token.span()), said == token[0])
        known += len(said)


def _in_block(source: str, place: Span, text: str) -> Iterator[Run]:
    """The runs of a text behind `|` or `>`."""
    is_folded = source[place.start] == ">"
    behind = min(match_end(_LINE, source, place.start), place.end)
    # Spaces beyond the indentation are part of the text.
    indent = _indentation(source, behind) - _indentation(text, 0)
    known = 0
    for line in _LINE.finditer(source, behind, place.end) if indent >= 0 else ():
        said = line[1][indent:]
        if not said:
            continue
        start = line.start() + indent
        is_space = is_folded and text.startswith(" ", known) and said[0] not in " \t"
        end = known + 1 if is_space else match_end(_LINE_FEEDS, text, known)
        if not text.startswith(said, end):
            # It may be a comment below the text.
            break
        yield Run(known, end, Span(behind, start), as_is=False)
        known, behind = end + len(said), start + len(said)
        yield Run(end, known, Span(start, behind), as_is=True)
    # Blanks and line breaks at the end need not be in what is written.
    yield Run(known, match_end(_BLANK_END, text, known), Span(behind, behind), as_is=False)


def _indentation(text: str, at: int) -> int:
    """How many spaces the first line from `at` on that is not blank begins with."""
    filled = match_end(_BLANK_START, text, at)
    return filled - line_start(text, filled)
