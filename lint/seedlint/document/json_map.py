"""From pointers into JSON data back to characters. See `SourceMap` for what it answers."""

from __future__ import annotations

from seedlint.document.entry import Entry
from seedlint.document.json_reader import JsonNode
from seedlint.document.pointer import Part, Pointer
from seedlint.text.span import Span


class JsonMap:
    """Key and value spans of the nodes of one JSON text."""

    def __init__(self, text: str, root: JsonNode | None, opening: Span) -> None:
        """`opening` is the place of the text as a whole."""
        self._text = text
        self._top = root
        self._opening = opening

    def span(self, pointer: Pointer, part: Part) -> Span:
        """The characters of `pointer`, or of its nearest ancestor that has any. Never raises."""
        node, depth = self._find(pointer)
        if node is None or (depth == 0 and part != "value"):
            return self._opening
        if depth < len(pointer):
            part = "value"
        if part == "mapping" and isinstance(pointer[depth - 1], int):
            first = next(iter((node.children or {}).values()), None)
            return (first.key if first else None) or Span(node.start, node.end)
        if node.key is not None and (part != "value" or self._is_null(node)):
            return node.key
        return Span(node.start, node.end)

    def anchor(self, pointer: Pointer) -> Span | None:
        """Where the data at `pointer` was written: JSON has no aliases."""
        return None

    def entry(self, pointer: Pointer) -> Entry | None:
        """The entry that `pointer` leads to; None of the root."""
        node, depth = self._find(pointer)
        if node is None or not pointer or depth < len(pointer):
            return None
        start = node.start if node.key is None else node.key.start
        return Entry(start, node.end, node.key, Span(node.start, node.end), in_flow=True)

    def _find(self, pointer: Pointer) -> tuple[JsonNode | None, int]:
        """The node at `pointer` or its nearest ancestor, and how far that is from the root."""
        node = self._top
        if node is None:
            return None, 0
        for depth, step in enumerate(pointer):
            child = (node.children or {}).get(step)
            if child is None:
                return node, depth
            node = child
        return node, len(pointer)

    def _is_null(self, node: JsonNode) -> bool:
        return node.end - node.start == 4 and self._text.startswith("null", node.start)
