"""`full`: each finding with the lines it is about and carets under the characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, east_asian_width

from seedlint.diagnostic import Diagnostic, Region
from seedlint.report.sanitize import sanitize, sanitize_characters
from seedlint.severity import Severity
from seedlint.text.source import ReadSource, SourceFile

_WIDTH = 100
_LEFT_CONTEXT = 30
_TAB = "    "

_COLORS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_BLUE, _BOLD, _RESET = "\x1b[1;34m", "\x1b[1m", "\x1b[0m"


def render(diagnostics: Iterable[Diagnostic], read: ReadSource, *, color: bool) -> Iterator[str]:
    """The lines of the report; ANSI colours only with `color`."""
    source: SourceFile | None = None
    path: str | None = None
    for diagnostic in diagnostics:
        if diagnostic.path != path:
            path, source = diagnostic.path, read(diagnostic.path)
        yield from _render_one(diagnostic, source, read, _Paint(color))
        yield ""


class _Paint:
    """Colours, or none. What it wraps must be sanitized already."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._enabled and text else text


def _render_one(
    diagnostic: Diagnostic, source: SourceFile | None, read: ReadSource, paint: _Paint
) -> Iterator[str]:
    style = _COLORS[diagnostic.severity]
    head = f"{diagnostic.severity.value}[{diagnostic.code} {diagnostic.name}]"
    yield paint(style, head) + paint(_BOLD, sanitize(f": {diagnostic.message}"))
    regions = [diagnostic.region, *(label.region for label in diagnostic.labels)]
    margin = len(str(max(region.start.line for region in regions) + 1))
    yield from _frame(diagnostic.region, source, margin, paint, style, "^", context=True)
    for label in diagnostic.labels:
        text = sanitize(f" {label.message}")
        yield " " * margin + paint(_BLUE, " = ") + paint(_BOLD, "note:") + text
        other = source if label.region.path == diagnostic.path else read(label.region.path)
        yield from _frame(label.region, other, margin, paint, _BLUE, "-", context=False)
    if diagnostic.help:
        text = sanitize(f" {diagnostic.help}")
        yield " " * margin + paint(_BLUE, " = ") + paint(_BOLD, "help:") + text


def _frame(
    region: Region,
    source: SourceFile | None,
    margin: int,
    paint: _Paint,
    style: str,
    mark: str,
    *,
    context: bool,
) -> Iterator[str]:
    """The place, the line of `region` and marks below it; with `context` the lines around."""
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
    shown, before, marked = _crop(text, start, max(end, start))
    if context and line > 1:
        yield _numbered(line - 1, source, margin, paint)
    yield paint(_BLUE, f"{line:>{margin}} | ") + shown
    yield bar + " " * (before + 1) + paint(style, mark * max(marked, 1))
    if context and source.lines.has_line(line + 1) and source.lines.line_text(line + 1).strip():
        yield _numbered(line + 1, source, margin, paint)


def _numbered(line: int, source: SourceFile, margin: int, paint: _Paint) -> str:
    shown, _, _ = _crop(source.lines.line_text(line), 0, 0)
    return (paint(_BLUE, f"{line:>{margin}} | ") + shown).rstrip()


def _crop(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a line to show, and the display columns before and under the marks.

    Short lines are shown whole. Of a long one the key stays, then an ellipsis, then what is marked
    with some text to its left.
    """
    characters = _displayed(text)
    first = 0
    lead = ""
    if len(text) > _WIDTH and start > _WIDTH - _LEFT_CONTEXT:
        first = start - _LEFT_CONTEXT
        lead = "…"
    shown = lead + "".join(characters[first:start])
    before = display_width(shown)
    rest = "".join(characters[start : first + _WIDTH])
    marked = "".join(characters[start : min(end, first + _WIDTH)])
    tail = "…" if len(text) > first + _WIDTH else ""
    return shown + rest + tail, before, display_width(marked)


def _displayed(text: str) -> Sequence[str]:
    """The code points of a line as they are shown, harmless and each of known width."""
    shown = sanitize_characters(text)
    if "\t" not in text:
        return shown
    return [_TAB if old == "\t" else new for old, new in zip(text, shown, strict=True)]


def display_width(text: str) -> int:
    """Terminal columns of a printable text: wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
