"""`full`: each finding with the lines it is about and carets under the characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, east_asian_width

from seedlint.diagnostic import Diagnostic, Fix, Label, Region
from seedlint.report.sanitize import sanitize, sanitize_characters
from seedlint.severity import Severity
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.source import ReadSource, SourceFile
from seedlint.text.span import Position

_WIDTH = 100
_LEFT_CONTEXT = 30
_TAB = "    "

_COLORS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_BLUE, _BOLD, _RESET = "\x1b[1;34m", "\x1b[1m", "\x1b[0m"
_RED, _GREEN = "\x1b[31m", "\x1b[32m"
# How many lines of a fix are shown, before it and after it.
_MOST_CHANGED = 6


def render(
    diagnostics: Iterable[Diagnostic], read: ReadSource, *, color: bool, links: bool = False
) -> Iterator[str]:
    """The lines of the report; ANSI colours only with `color`, hyperlinks only with `links`."""
    source: SourceFile | None = None
    path: str | None = None
    for diagnostic in diagnostics:
        if diagnostic.path != path:
            path, source = diagnostic.path, read(diagnostic.path)
        yield from _render_one(diagnostic, source, read, _Paint(color), links)
        yield ""


class _Paint:
    """Colours, or none. What it wraps must be sanitized already."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._enabled and text else text


def _render_one(
    diagnostic: Diagnostic,
    source: SourceFile | None,
    read: ReadSource,
    paint: _Paint,
    links: bool,
) -> Iterator[str]:
    style = _COLORS[diagnostic.severity]
    rule = f"{diagnostic.code} {diagnostic.name}"
    if links and diagnostic.url:
        rule = _link(rule, diagnostic.url)
    head = f"{diagnostic.severity.value}[{rule}]"
    yield paint(style, head) + paint(_BOLD, sanitize(f": {diagnostic.message}"))
    regions = [diagnostic.region, *(label.region for label in diagnostic.labels)]
    margin = len(str(max(region.start.line for region in regions) + 1))
    inner = _inner_label(diagnostic)
    yield from _frame(
        diagnostic.region, source, margin, paint, style, "^", context=True, inner=inner
    )
    for label in diagnostic.labels:
        if label is inner:
            continue
        text = sanitize(f" {label.message}")
        yield " " * margin + paint(_BLUE, " = ") + paint(_BOLD, "note:") + text
        other = source if label.region.path == diagnostic.path else read(label.region.path)
        yield from _frame(label.region, other, margin, paint, _BLUE, "-", context=False)
    if diagnostic.help:
        text = sanitize(f" {diagnostic.help}")
        yield " " * margin + paint(_BLUE, " = ") + paint(_BOLD, "help:") + text
    if diagnostic.fix and source is not None:
        yield from _fix(diagnostic, diagnostic.fix, source, margin, paint)


def _link(text: str, address: str) -> str:
    """A hyperlink of a terminal: `OSC 8 ; ; address ST text OSC 8 ; ; ST`."""
    return f"\x1b]8;;{sanitize(address)}\x1b\\{text}\x1b]8;;\x1b\\"


def _fix(
    diagnostic: Diagnostic, fix: Fix, source: SourceFile, margin: int, paint: _Paint
) -> Iterator[str]:
    """What makes the fix, and the lines that it changes, before and after."""
    first, last = fix.edits[0].start.line, fix.edits[-1].end.line
    lines = source.lines
    if not lines.has_line(last):
        # The file has changed since.
        return
    edits = [
        Edit(_offset(source, each.start), _offset(source, each.end), each.content)
        for each in fix.edits
    ]
    start, end = lines.line_span(first).start, lines.line_span(last).end
    if edits[-1].end == lines.line_span(last).start and last > first:
        # The last line stays as it is.
        end = edits[-1].end
    old = source.text[start:end]
    shifted = [Edit(each.start - start, each.end - start, each.text) for each in edits]
    switch = "--fix" if fix.applicability == "safe" else "--unsafe-fixes"
    said = "" if fix.message in (diagnostic.help or "") else f": {fix.message}"
    yield " " * margin + paint(_BLUE, " = ") + paint(_BOLD, f"fix with {switch}") + sanitize(said)
    column = fix.edits[0].start.column - 1
    yield from _changed(old, first, margin, "-", column, paint)
    yield from _changed(apply_edits(old, shifted), first, margin, "+", column, paint)


def _offset(source: SourceFile, position: Position) -> int:
    return source.lines.line_span(position.line).start + position.column - 1


def _changed(
    text: str, first: int, margin: int, sign: str, column: int, paint: _Paint
) -> Iterator[str]:
    """The lines of a text that begins at the line `first`, each behind a sign."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    style = _RED if sign == "-" else _GREEN
    for number, line in enumerate(lines[:_MOST_CHANGED]):
        shown, _, _ = _crop(line, column, column, column, column)
        where = f"{first + number:>{margin}}" if sign == "-" else " " * margin
        yield paint(_BLUE, f"{where} ") + paint(style, f"{sign} {shown}".rstrip())
        column = 0
    if more := len(lines[_MOST_CHANGED:]):
        yield " " * margin + f" {sign} … {more:,} more {'line' if more == 1 else 'lines'}"


def _inner_label(diagnostic: Diagnostic) -> Label | None:
    """The first label of some characters in the first line of what the finding is about."""
    whole = diagnostic.region
    for label in diagnostic.labels:
        part = label.region
        if (
            part.path == whole.path
            and part.start.line == part.end.line == whole.start.line
            and whole.start <= part.start < part.end <= whole.end
            and part != whole
        ):
            return label
    return None


def _frame(
    region: Region,
    source: SourceFile | None,
    margin: int,
    paint: _Paint,
    style: str,
    mark: str,
    *,
    context: bool,
    inner: Label | None = None,
) -> Iterator[str]:
    """The place, the line of `region` and marks below it; with `context` the lines around.

    With an inner label the mark is below the characters of that, and the rest has a fainter one.
    """
    line = region.start.line
    place = sanitize(f"{region.path}:{line}:{region.start.column}")
    yield " " * margin + paint(_BLUE, "--> ") + place
    if source is None or not source.lines.has_line(line):
        return
    bar = " " * margin + paint(_BLUE, " |")
    text = source.lines.line_text(line)
    if not text and region.start == region.end:
        return
    yield bar
    start = region.start.column - 1
    end = region.end.column - 1 if region.end.line == line else len(text)
    end = max(end, start)
    first, last = start, end
    if inner is not None:
        first, last = inner.region.start.column - 1, inner.region.end.column - 1
    shown, before, (left, marked, right) = _crop(text, start, end, first, last)
    if context and line > 1:
        yield _numbered(line - 1, source.lines.line_text(line - 1), margin, paint)
    yield paint(_BLUE, f"{line:>{margin}} | ") + shown
    marks = "~" * left + mark * max(marked, 1) + "~" * right
    if inner is not None:
        marks += sanitize(f" {inner.message}")
    yield bar + " " * (before + 1) + paint(style, marks)
    if context and source.lines.has_line(line + 1):
        below = source.lines.line_text(line + 1)
        if below.strip():
            yield _numbered(line + 1, below, margin, paint)


def _numbered(line: int, text: str, margin: int, paint: _Paint) -> str:
    shown = _joined(_displayed(text)[:_WIDTH]) + ("…" if len(text) > _WIDTH else "")
    return (paint(_BLUE, f"{line:>{margin}} | ") + shown).rstrip()


def _crop(
    text: str, start: int, end: int, first: int, last: int
) -> tuple[str, int, tuple[int, int, int]]:
    """The part of a line to show, and the display columns before and under the marks.

    What is marked goes from `start` to `end`, and what matters in it from `first` to `last`; the
    columns under the marks are those to the left of that, its own, and those to the right. Short
    lines are shown whole, of a long one what matters with some text to its left.
    """
    characters = _displayed(text)
    opening = 0
    lead = ""
    if len(text) > _WIDTH and first > _WIDTH - _LEFT_CONTEXT:
        opening = first - _LEFT_CONTEXT
        lead = "…"
    closing = opening + _WIDTH
    tail = "…" if len(text) > closing else ""
    start = max(start, opening)

    def width(begin: int, stop: int) -> int:
        stop = min(stop, closing)
        return display_width(_joined(characters[begin:stop])) if begin < stop else 0

    shown = lead + _joined(characters[opening:closing]) + tail
    before = len(lead) + width(opening, start)
    return shown, before, (width(start, first), width(first, last), width(last, end))


def _displayed(text: str) -> Sequence[str]:
    """The code points of a line as they are shown, harmless and each of known width."""
    shown = sanitize_characters(text)
    if "\t" not in text:
        return shown
    return [_TAB if old == "\t" else new for old, new in zip(text, shown, strict=True)]


def _joined(characters: Sequence[str]) -> str:
    return characters if isinstance(characters, str) else "".join(characters)


def display_width(text: str) -> int:
    """Terminal columns of printable text: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
