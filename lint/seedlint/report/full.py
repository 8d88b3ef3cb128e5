"""`full`: each finding with the lines it is about and carets under the characters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from seedlint.diagnostic import Applicability, Diagnostic, Fix, Label, Region
from seedlint.report.sanitize import is_harmless, sanitize, sanitize_characters
from seedlint.severity import Severity
from seedlint.text.edit import apply_edits
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
_RED, _GREEN = "\x1b[31m", "\x1b[32m"
# How many lines of a fix are shown, before it and after it.
_MOST_CHANGED = 6


def render(
    diagnostics: Iterable[Diagnostic], read: ReadSource, *, color: bool, links: bool = False
) -> Iterator[str]:
    """The lines of the report; ANSI colours only with `color`, hyperlinks only with `links`."""
    source: SourceFile | None = None
    path: str | None = None
    paint = _Paint(color)
    for diagnostic in diagnostics:
        if diagnostic.path != path:
            path, source = diagnostic.path, read(diagnostic.path)
        lines: list[str] = []
        _render_one(lines, diagnostic, source, read, paint, links)
        lines.append("")
        yield from lines


class _Paint:
    """Colours, or none. What it wraps must be sanitized already.

    `arrow`, `bar`, `note`, `help` and `fix` are what lines begin with, painted once.
    """

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self.arrow = self(_BLUE, "--> ")
        self.bar = self(_BLUE, " |")
        self.note = self(_BLUE, " = ") + self(_BOLD, "note:")
        self.help = self(_BLUE, " = ") + self(_BOLD, "help:")
        self.fix: dict[Applicability, str] = {
            "safe": self(_BLUE, " = ") + self(_BOLD, "fix with --fix"),
            "unsafe": self(_BLUE, " = ") + self(_BOLD, "fix with --unsafe-fixes"),
        }

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self._enabled and text else text


def _render_one(
    lines: list[str],
    diagnostic: Diagnostic,
    source: SourceFile | None,
    read: ReadSource,
    paint: _Paint,
    links: bool,
) -> None:
    """Add the lines of one finding to `lines`."""
    style = _COLORS[diagnostic.severity]
    rule = f"{diagnostic.code} {diagnostic.name}"
    if links and diagnostic.url:
        rule = _link(rule, diagnostic.url)
    head = f"{diagnostic.severity.value}[{rule}]"
    lines.append(paint(style, head) + paint(_BOLD, sanitize(f": {diagnostic.message}")))
    region, labels = diagnostic.region, diagnostic.labels
    last_line = region.start.line
    for label in labels:
        last_line = max(last_line, label.region.start.line)
    blanks = " " * len(str(last_line + 1))
    inner = _inner_label(diagnostic) if labels else None
    _frame(lines, region, source, blanks, paint, style, "^", context=True, inner=inner)
    for label in labels:
        if label is inner:
            continue
        lines.append(blanks + paint.note + sanitize(f" {label.message}"))
        other = source if label.region.path == diagnostic.path else read(label.region.path)
        _frame(lines, label.region, other, blanks, paint, _BLUE, "-", context=False)
    if diagnostic.help:
        lines.append(blanks + paint.help + sanitize(f" {diagnostic.help}"))
    if diagnostic.fix and source is not None:
        _fix(lines, diagnostic, diagnostic.fix, source, blanks, paint)


def _link(text: str, address: str) -> str:
    """A hyperlink of a terminal: `OSC 8 ; ; address ST text OSC 8 ; ; ST`."""
    return f"\x1b]8;;{sanitize(address)}\x1b\\{text}\x1b]8;;\x1b\\"


def _fix(
    lines: list[str],
    diagnostic: Diagnostic,
    fix: Fix,
    source: SourceFile,
    blanks: str,
    paint: _Paint,
) -> None:
    """Add what makes the fix, and the lines that it changes, before and after."""
    first, last = fix.edits[0].start.line, fix.edits[-1].end.line
    index = source.lines
    if not index.has_line(last):
        # The file has changed since.
        return
    start = index.line_span(first).start
    old = source.text[start : index.line_span(last).end]
    new = apply_edits(old, fix.edits_in(index), start)
    said = "" if fix.message in (diagnostic.help or "") else sanitize(f": {fix.message}")
    lines.append(blanks + paint.fix[fix.applicability] + said)
    stay, before, after = _differing(_lines_of(old), _lines_of(new))
    first += stay
    shown = zip_longest(before[:_MOST_CHANGED], after[:_MOST_CHANGED], fillvalue="")
    openings = [_opening_of_change(was, becomes) for was, becomes in shown]
    numbers = [str(first + at).rjust(len(blanks)) for at in range(len(openings))]
    _changed(lines, before, openings, numbers, "-", paint)
    _changed(lines, after, openings, [blanks] * len(openings), "+", paint)


def _lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []


def _differing(before: list[str], after: list[str]) -> tuple[int, list[str], list[str]]:
    """How many lines both begin with, and both without these and the lines that both end with.

    Where only line breaks differ, all lines are left.
    """
    most = min(len(before), len(after))
    head = tail = 0
    while head < most and before[head] == after[head]:
        head += 1
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    shorter = before[head : len(before) - tail], after[head : len(after) - tail]
    return (head, *shorter) if any(shorter) else (0, before, after)


def _changed(
    lines: list[str],
    changed: Sequence[str],
    openings: Sequence[int],
    margins: Sequence[str],
    sign: str,
    paint: _Paint,
) -> None:
    """Add the lines before or after a fix, each from where it opens, after a margin and a sign."""
    style = _RED if sign == "-" else _GREEN
    for line, opening, margin in zip(changed, openings, margins, strict=False):
        shown = _part(line, opening)
        lines.append(paint(_BLUE, f"{margin} ") + paint(style, f"{sign} {shown}".rstrip()))
    more = len(changed) - _MOST_CHANGED
    if more > 0:
        blanks = " " * len(margins[0])
        lines.append(f"{blanks} {sign} … {more:,} more {'line' if more == 1 else 'lines'}")


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
    lines: list[str],
    region: Region,
    source: SourceFile | None,
    blanks: str,
    paint: _Paint,
    style: str,
    mark: str,
    *,
    context: bool,
    inner: Label | None = None,
) -> None:
    """Add the place, the line of `region` and marks below it; with `context` the lines around.

    With an inner label the mark is below the characters of that, and the rest has a fainter one.
    """
    line, column = region.start
    place = sanitize(f"{region.path}:{line}:{column}")
    lines.append(f"{blanks}{paint.arrow}{place}")
    if source is None:
        return
    index = source.lines
    if not index.has_line(line):
        return
    bar = blanks + paint.bar
    text = index.line_text(line)
    if not text and region.start == region.end:
        return
    lines.append(bar)
    start = column - 1
    end = region.end.column - 1 if region.end.line == line else len(text)
    end = max(end, start)
    first, last = start, end
    if inner is not None:
        first, last = inner.region.start.column - 1, inner.region.end.column - 1
    shown, before, (left, marked, right) = _crop(text, start, end, first, last)
    if context and line > 1:
        above = index.line_text(line - 1)
        lines.append(_numbered(line - 1, above, blanks, paint))
    lines.append(f"{_number(line, blanks, paint)}{shown}")
    marks = "~" * left + mark * max(marked, 1) + "~" * right
    if inner is not None:
        marks += sanitize(f" {inner.message}")
    lines.append(bar + " " * (before + 1) + paint(style, marks))
    if context and index.has_line(line + 1):
        below = index.line_text(line + 1)
        if below.strip():
            lines.append(_numbered(line + 1, below, blanks, paint))


def _number(line: int, blanks: str, paint: _Paint) -> str:
    return paint(_BLUE, f"{str(line).rjust(len(blanks))} | ")


def _numbered(line: int, text: str, blanks: str, paint: _Paint) -> str:
    return (_number(line, blanks, paint) + _part(text, 0)).rstrip()


def _crop(
    text: str, start: int, end: int, first: int, last: int
) -> tuple[str, int, tuple[int, int, int]]:
    """The part of a line to show, and the display columns before and under the marks.

    What is marked goes from `start` to `end`, and what matters in it from `first` to `last`; the
    columns under the marks are those to the left of that, its own, and those to the right. Short
    lines are shown whole, of a long one what matters with some text to its left.
    """
    opening = _opening(len(text), first)
    characters = _displayed(text, opening)
    start = max(start, opening)
    # Of printable ASCII each character takes one column.
    is_narrow = isinstance(characters, str) and characters.isascii()

    def width(begin: int, stop: int) -> int:
        stop = min(stop, opening + _WIDTH)
        if begin >= stop:
            return 0
        if is_narrow:
            return stop - begin
        return display_width(_joined(characters[begin - opening : stop - opening]))

    before = bool(opening) + width(opening, start)
    marks = 0, width(first, last), 0
    if (first, last) != (start, end):
        marks = width(start, first), marks[1], width(last, end)
    return _with_ellipses(characters, opening, len(text)), before, marks


def _opening(length: int, first: int) -> int:
    """Where the part of a line to show begins, if what matters begins at `first`."""
    if length <= _WIDTH or first <= _WIDTH - _LEFT_CONTEXT:
        return 0
    # Of the end of a line, as much as there is room for is shown to the left.
    return min(first - _LEFT_CONTEXT, length - _WIDTH)


def _opening_of_change(old: str, new: str) -> int:
    """Where the part to show begins of a line, before and after it is changed."""
    length = max(len(old), len(new))
    if length <= _WIDTH:
        return 0
    common = range(min(len(old), len(new)))
    first = bisect_left(common, True, key=lambda at: old[: at + 1] != new[: at + 1])
    return _opening(length, first)


def _part(text: str, opening: int) -> str:
    """The part of a line that is shown."""
    if len(text) <= _WIDTH and not opening and is_harmless(text):
        return text
    return _with_ellipses(_displayed(text, opening), opening, len(text))


def _with_ellipses(characters: Sequence[str], opening: int, length: int) -> str:
    """The part of a line of this length that is shown, with ellipses for the rest."""
    lead = "…" if opening else ""
    tail = "…" if length > opening + _WIDTH else ""
    return lead + _joined(characters) + tail


def _displayed(text: str, opening: int) -> Sequence[str]:
    """The code points of a line from `opening` on, as they are shown: harmless, of known width.

    No more than are shown, because of one long line there may be many findings.
    """
    part = text[opening : opening + _WIDTH]
    shown = sanitize_characters(part)
    if "\t" not in part:
        return shown
    return [_TAB if old == "\t" else new for old, new in zip(part, shown, strict=True)]


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
