"""From characters to the pointer that leads to them: a source map read backwards.

What the readers report has a place in the text, and only `ignore-at` asks which value that is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from seedlint.document.pointer import Part, Pointer
from seedlint.text.span import LineIndex, Position, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class _SourceMap(Protocol):
        def span(self, pointer: Pointer, part: Part) -> Span: ...

        def anchor(self, pointer: Pointer) -> Span | None: ...


class PointerMap:
    """The pointers of one document by the places where their keys and items begin."""

    def __init__(self, data: Any, source_map: _SourceMap, lines: LineIndex) -> None:
        self._source_map = source_map
        self._lines = lines
        # What is inside a list item or a value may begin where it does, and comes behind it.
        found = sorted(
            ((source_map.span(each, "key").start, each) for each in self._pointers(data)),
            key=lambda entry: (entry[0], len(entry[1])),
        )
        self._starts = [lines.position(start) for start, _ in found]
        self._found = [pointer for _, pointer in found]

    def pointer_at(self, position: Position) -> Pointer:
        """The pointer to the innermost value whose key or characters are at a position."""
        before = bisect_right(self._starts, position)
        pointer = self._found[before - 1] if before else ()
        while pointer and not self._reaches(pointer, position):
            pointer = pointer[:-1]
        return pointer

    def _reaches(self, pointer: Pointer, position: Position) -> bool:
        """Whether a value goes on to a position, or nothing but blanks is between them."""
        end = self._lines.position(self._source_map.span(pointer, "value").end)
        if position.line > end.line:
            return False
        between = self._lines.line_text(end.line)[end.column - 1 : position.column - 1]
        return position < end or not between.strip()

    def _pointers(self, data: Any) -> Iterator[Pointer]:
        """The pointers to all values that have characters of their own."""
        pending: list[tuple[Pointer, Any]] = [((), data)]
        while pending:
            above, value = pending.pop()
            steps: Any = ()
            if isinstance(value, dict):
                steps = value
            elif isinstance(value, list):
                steps = range(len(value))
            for step in steps:
                pointer = (*above, step)
                if self._source_map.anchor(pointer) is None:
                    pending.append((pointer, value[step]))
                    yield pointer
                elif not self._is_merged(pointer):
                    # What an alias brings is written elsewhere.
                    yield pointer

    def _is_merged(self, pointer: Pointer) -> bool:
        """Whether a key that came through an alias is one of a mapping that was merged."""
        span = self._source_map.span
        return isinstance(pointer[-1], str) and span(pointer, "key") == span(pointer, "value")
