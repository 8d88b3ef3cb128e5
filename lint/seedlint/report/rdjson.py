"""`rdjson`: Reviewdog Diagnostic Format, whose columns count bytes of UTF-8.

See https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seedlint.diagnostic import Diagnostic, Region
from seedlint.report.json import render_array
from seedlint.report.repository import InRepository
from seedlint.text.edit import apply_edits
from seedlint.text.source import ReadSource, SourceFile
from seedlint.text.span import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_LINES = 100


def render(
    diagnostics: Sequence[Diagnostic], in_repository: InRepository, read: ReadSource
) -> Iterator[str]:
    """The lines of one JSON object."""
    places = _Places(in_repository, read)
    yield '{"source": {"name": "seedlint"}, "diagnostics":'
    yield from render_array(_entry(diagnostic, places) for diagnostic in diagnostics)
    yield "}"


def _entry(diagnostic: Diagnostic, places: _Places) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": diagnostic.message,
        "location": places.of(diagnostic.region),
        "severity": diagnostic.severity.value.upper(),
        "code": {"value": diagnostic.code, **({"url": diagnostic.url} if diagnostic.url else {})},
    }
    suggestion = places.suggestion(diagnostic)
    if suggestion is not None:
        found["suggestions"] = [suggestion]
    if diagnostic.labels:
        found["related_locations"] = [
            {"message": label.message, "location": places.of(label.region)}
            for label in diagnostic.labels
        ]
    return found


class _Places:
    """Turns regions into locations."""

    def __init__(self, in_repository: InRepository, read: ReadSource) -> None:
        self._in_repository = in_repository
        self._read = read

    def of(self, region: Region) -> dict[str, Any]:
        """The location of a region."""
        source = self._read(region.path)
        return {
            "path": self._in_repository(region.path),
            "range": _range(region.start, region.end, source),
        }

    def suggestion(self, diagnostic: Diagnostic) -> dict[str, Any] | None:
        """What a fix puts in place of everything from its first change to its last."""
        if diagnostic.fix is None:
            return None
        first, last = diagnostic.fix.edits[0].start, diagnostic.fix.edits[-1].end
        source = self._read(diagnostic.path)
        # Nobody looks through a suggestion of more lines, and the file may have changed since.
        if source is None or last.line - first.line > _MOST_LINES or not _has(source, last):
            return None
        edits = diagnostic.fix.edits_in(source.lines)
        start = edits[0].start
        text = apply_edits(source.text[start : edits[-1].end], edits, start)
        return {"range": _range(first, last, source), "text": text}


def _range(start: Position, end: Position, source: SourceFile | None) -> dict[str, Any]:
    return {"start": _position(start, source), "end": _position(end, source)}


def _has(source: SourceFile, position: Position) -> bool:
    return source.lines.has_line(position.line)


def _position(position: Position, source: SourceFile | None) -> dict[str, int]:
    if source is None or not _has(source, position):
        # Without the text nobody knows how many bytes its characters take.
        return {"line": position.line}
    before = source.lines.line_text(position.line)[: position.column - 1]
    column = len(before.encode("utf-8", "surrogateescape")) + 1
    return {"line": position.line, "column": column}
