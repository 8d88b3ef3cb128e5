"""Valid YAML that loses text, or that readers disagree about.

All of it is found in the events of the YAML reader, and the data stays as it is. The line reader
leaves front matter with any of it to the YAML reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.scalars import cuts_text, resolve_plain
from seedlint.text.edit import Edit
from seedlint.text.quotes import quoted
from seedlint.text.span import Span, line_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Most documents match none of these. Each begins with a literal character, which is fast. Those
# that are not compiled here are looked for only where one of these is found.
_SUSPECT_COMMENT = re.compile(r"#(?:(?<=\S#)|[^\s#])")
_SUSPECT_ESCAPE = re.compile(r"\\[0abvfexuUN]")
_SUSPECT_ANCHOR = re.compile(r"&(?=[0-9A-Za-z_-])(?<![^\s\[\]{},:]&)")
_SUSPECT_DASH = re.compile(r"-(?=[,\]}])(?<![^\s\[\]{},:]-)")
_COMMENT_BEHIND = r"[ \t]+(#[^\r\n]*)"
_COMMENT = r"#[^\r\n]*"
_HASHTAG = r"#[^\s#!]"
_DASHED_LINE = r"[\r\n][ \t]*(-[ \t][^\r\n]*)"
_ESCAPE = r"(?s)\\(?:x..|u.{4}|U.{8}|.)"
_CONTROL_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "v": "\v",
    "f": "\f",
    "e": "\x1b",
    "N": "\x85",
}
_GLUED_HEADER = r"[|>][-+0-9]*(#[^\r\n]*)"
# The first character of each line that is not blank.
_LINE = r"\n([ \t]*)(?=[^ \t\r\n])"

DASH, COMMENT, BLOCK_COMMENT, UNINDENTED, ALIAS_KEY = (
    "dash",
    "comment",
    "block comment",
    "unindented",
    "alias key",
)
"""The `detail` of a problem `UNPORTABLE_SYNTAX`."""


def find_losses(view: str, events: Sequence[Event], integer_digits: int) -> list[Problem]:
    """The problems of a whole document; linear in the length of `view`."""
    problems: list[Problem] = []
    of_several_lines = [
        event
        for event in events
        if event.__class__ is ScalarEvent and event.start_mark.line != event.end_mark.line
    ]
    for event in of_several_lines:
        if not event.style:
            problems += _swallowed_items(view, event)
    if of_several_lines or "[" in view or "{" in view:
        problems += _unindented_lines(view, events)
    has_comment = _SUSPECT_COMMENT.search(view)
    if has_comment or _SUSPECT_ESCAPE.search(view) or _SUSPECT_DASH.search(view):
        problems += _of_scalars(view, events, integer_digits)
    if has_comment:
        problems += _glued_comments(view, events)
    if _SUSPECT_ANCHOR.search(view):
        problems += _unused_anchors(view, events, integer_digits)
    return problems


def _swallowed_items(view: str, event: Any) -> Iterator[Problem]:
    """The first line of plain text that looks like a list item."""
    start, end = event.start_mark.index, event.end_mark.index
    if line := re.compile(_DASHED_LINE).search(view, start, end):
        detail = " ".join(event.value.split())
        place = Span(*line.span(1))
        yield Problem(ProblemKind.SWALLOWED_ITEM, place, detail, Span(start, end))


def _of_scalars(view: str, events: Sequence[Any], digits: int) -> Iterator[Problem]:
    """The problems of single scalars, and of comments right after them."""
    # How many brackets are open.
    flow = 0
    comment_behind = re.compile(_COMMENT_BEHIND)
    for event in events:
        if event.__class__ is not ScalarEvent:
            flow += _flow_step(event, flow)
            continue
        start, end = event.start_mark.index, event.end_mark.index
        if event.style == '"':
            yield from control_escapes(view, start, end)
        elif not event.style:
            if flow and event.value == "-" and event.tag is None:
                yield _unportable(DASH, Span(start, end))
            if comment := comment_behind.match(view, end):
                value = resolve_plain(event.value, digits)[0]
                if event.tag is None and cuts_text(value, comment[1]):
                    place = Span(comment.start(1), comment.start(1) + len(comment[1].rstrip()))
                    detail = f"{event.value} {comment[1].rstrip()}"
                    edits = _quotes(view, Span(start, place.end), detail)
                    # What is written otherwise than it is read has several lines, or a name.
                    is_whole = view[start:end].split() == event.value.split()
                    edits = edits if is_whole else ()
                    yield Problem(ProblemKind.TEXT_CUT_BY_COMMENT, place, detail, edits=edits)


def _quotes(view: str, place: Span, text: str) -> tuple[Edit, ...]:
    """Put all of a text in quotes, which is written at `place`, perhaps on several lines."""
    written = view[place.start : place.end]
    if written == text:
        return (Edit(*place, quoted(text)),)
    mark = quoted(written)[0]
    if mark == "'" and "'" in written:
        return ()
    return (Edit(place.start, place.start, mark), Edit(place.end, place.end, mark))


def _flow_step(event: Any, flow: int) -> int:
    """How an event changes the number of open brackets, of which there are `flow`."""
    if event.__class__ in (MappingStartEvent, SequenceStartEvent):
        return 1 if event.flow_style else 0
    return -1 if flow and event.__class__ in (MappingEndEvent, SequenceEndEvent) else 0


def control_escapes(view: str, start: int, end: int) -> Iterator[Problem]:
    """One problem for all escapes of a quoted text that make control characters."""
    if view.find("\\", start, end) < 0:
        return
    place: Span | None = None
    escapes: dict[str, None] = {}
    for escape in re.compile(_ESCAPE).finditer(view, start + 1, end - 1):
        character = escaped_control(escape[0])
        if character is not None and character not in "\t\n\r":
            place = place or Span(*escape.span())
            escapes[escape[0]] = None
    if place:
        yield Problem(ProblemKind.ESCAPED_CONTROL_CHARACTER, place, "".join(escapes))


def escaped_control(escape: str) -> str | None:
    """The control character that an escape of a quoted text makes, if it makes one."""
    name = escape[1]
    if name in "xuU":
        code = int(escape[2:], 16)
        return chr(code) if code < 0x20 or 0x7F <= code < 0xA0 else None
    return _CONTROL_ESCAPES.get(name)


def _unused_anchors(view: str, events: Sequence[Any], digits: int) -> Iterator[Problem]:
    """Anchors of plain text that no alias uses: words that were meant as text."""
    used = {event.anchor for event in events if event.__class__ is AliasEvent}
    for event in events:
        if event.__class__ is ScalarEvent and event.anchor and event.anchor not in used:
            value = resolve_plain(event.value, digits)[0]
            if not event.style and event.tag is None and isinstance(value, str):
                start = event.start_mark.index
                place = Span(start, start + 1 + len(event.anchor))
                detail = f"&{event.anchor} {event.value}"
                end = event.end_mark.index
                edits = (Edit(start, end, quoted(detail)),) if view[start:end] == detail else ()
                yield Problem(ProblemKind.UNUSED_ANCHOR, place, detail, edits=edits)


def _glued_comments(view: str, events: Sequence[Any]) -> Iterator[Problem]:
    """Comments that begin right after a quote, a bracket, a comma, or the `|` of a block."""
    # The parser lets block collections begin and end elsewhere than where they are written.
    flow, end = 0, 0
    for event in events:
        step = _flow_step(event, flow)
        is_written = step or event.__class__ in (ScalarEvent, AliasEvent)
        flow += step
        if is_written:
            yield from _glued_between(view, end, event.start_mark.index)
            end = event.end_mark.index
            is_block = event.__class__ is ScalarEvent and event.style in ("|", ">")
            if is_block and (header := _header(view, event)):
                yield _unportable(BLOCK_COMMENT, Span(*header.span(1)))
    yield from _glued_between(view, end, len(view))


def _header(view: str, event: Any) -> re.Match[str] | None:
    start = event.start_mark.index
    if event.anchor or event.tag is not None:
        start = view.find(event.style, start)
    return re.compile(_GLUED_HEADER).match(view, start)


def _glued_between(view: str, start: int, end: int) -> Iterator[Problem]:
    """The comments without a blank before them in a part of `view` that holds no scalar."""
    if view.find("#", start, end) < 0:
        return
    for comment in re.compile(_COMMENT).finditer(view, start, end):
        before = view[comment.start() - 1 : comment.start()]
        if before and before not in " \t\r\n":
            # A hashtag was hardly meant as a comment.
            is_safe = not re.match(_HASHTAG, comment[0])
            yield _unportable(COMMENT, Span(*comment.span()))._replace(is_safe=is_safe)


def _unindented_lines(view: str, events: Sequence[Any]) -> Iterator[Problem]:
    """The first line of quoted text or brackets that is not indented deeper than its collection.

    A closing bracket alone may be as deep. Each value is looked at once, however deep brackets are
    nested.
    """
    columns = [-1]
    flow = 0
    for number, event in enumerate(events):
        step = _flow_step(event, flow)
        if step > 0 and not flow:
            opening = event
        flow += step
        kind = event.__class__
        if step < 0 and not flow:
            yield from _first_unindented(view, opening, event, columns[-1])
        elif flow or step:
            continue
        elif kind is MappingStartEvent:
            columns.append(events[number + 1].start_mark.column)
        elif kind is SequenceStartEvent:
            # One with a name or a tag begins where that is written.
            has_properties = event.anchor or event.tag is not None
            columns.append(columns[-1] if has_properties else event.start_mark.column)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            columns.pop()
        elif kind is ScalarEvent and event.style in ("'", '"'):
            yield from _first_unindented(view, event, event, columns[-1])


def _first_unindented(view: str, first: Any, last: Any, column: int) -> Iterator[Problem]:
    """The first line from one event to another that begins in `column` or before it."""
    if first.start_mark.line == last.end_mark.line:
        return
    end = last.end_mark.index
    for line in re.compile(_LINE).finditer(view, first.start_mark.index, end):
        if _width(line[1]) > column:
            continue
        at = line.end()
        is_last_bracket = at == end - 1 and last is not first
        if is_last_bracket and _width(line[1]) == column:
            continue
        if last is not first and view[at] == "#":
            continue
        stop = min(end, line_end(view, at))
        yield _unportable(UNINDENTED, Span(at, stop))
        return


def _width(indentation: str) -> int:
    """How many spaces an indentation begins with; tabs do not count."""
    return len(indentation) - len(indentation.lstrip(" "))


def _unportable(form: str, place: Span) -> Problem:
    return Problem(ProblemKind.UNPORTABLE_SYNTAX, place, form)
