"""From pointers into the data back to characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from seedlint.document.limits import Limits
from seedlint.document.scalars import key_text
from seedlint.document.yaml_tree import event_span, is_merge_key, scalar_value
from seedlint.text.span import Span

Pointer = tuple[str | int, ...]
"""A path into JSON data, unescaped: `("related", 1, "webUrl")`."""

Part = Literal["key", "value", "mapping"]
"""Which characters of a pointer are meant.

`value` is the value as written, quotes included (for nothing written at all, what stands for it:
the key, or the dash of a list item); `key` the key that holds it; `mapping` the place of a mapping
that lacks something: the key that holds it, in a list its first key.
"""


@dataclass(slots=True)
class _Node:
    value: Span
    key: Span | None
    first_key: Span | None = None
    is_null: bool = False
    anchor: str | None = None
    merge: _Node | None = None


def format_pointer(pointer: Pointer) -> str:
    """The pointer as RFC 6901 text: `/related/1/webUrl`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


class SourceMap:
    """Key and value spans of every node of one YAML document."""

    def __init__(self, text: str, events: Sequence[Event], root: Span) -> None:
        """Map `events` of `text`; `root` is the place of the document as a whole."""
        self._text = text
        self._root = root
        self._nodes: dict[Pointer, _Node] = {}
        self._anchors: dict[str, Span] = {}
        self._read(events)

    def span(self, pointer: Pointer, part: Part) -> Span:
        """The characters of `pointer`, or of its nearest ancestor that has any. Never raises.

        Data that came through an alias or a merge key has no characters of its own; the alias
        has.
        """
        depth = len(pointer)
        while depth and pointer[:depth] not in self._nodes:
            depth -= 1
        node = self._nodes.get(pointer[:depth])
        if node and node.merge and depth < len(pointer):
            return node.merge.value
        if node is None or (depth == 0 and part != "value"):
            return self._root
        if depth < len(pointer):
            part = "value"
        if part == "mapping":
            in_mapping = isinstance(pointer[depth - 1], str)
            return (node.key if in_mapping else node.first_key) or node.value
        if part == "key" or node.is_null:
            return node.key or self._visible(node.value)
        return self._visible(node.value)

    def anchor(self, pointer: Pointer) -> Span | None:
        """Where the data at `pointer` was written, when it stands there through an alias."""
        for depth in range(len(pointer), -1, -1):
            node = self._nodes.get(pointer[:depth])
            if node:
                if node.merge and depth < len(pointer):
                    node = node.merge
                return self._anchors.get(node.anchor) if node.anchor else None
        return None

    def _visible(self, span: Span) -> Span:
        """A span that shows something: an empty list item is its dash."""
        if span.start < span.end:
            return span
        before = self._text.rfind("-", 0, span.start)
        if before >= 0 and not self._text[before + 1 : span.start].strip():
            return Span(before, before + 1)
        return span

    def _read(self, events: Sequence[Any]) -> None:
        nodes = self._nodes
        limits = Limits()
        anchored_texts: dict[str, str] = {}
        # Each open collection: its pointer, its node, the next index (None: a mapping), the
        # pending key, and where its content ends so far.
        stack: list[_Open] = []
        for event in events:
            kind = event.__class__
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = stack.pop()
                end = closed.end
                if closed.flow:
                    end = event.end_mark.index
                closed.node.value = Span(closed.node.value.start, max(end, closed.node.value.start))
                if stack:
                    stack[-1].end = closed.node.value.end
                continue

            span = event_span(event)
            if kind is ScalarEvent and event.style in ("|", ">"):
                content = self._text[span.start : span.end].rstrip()
                span = Span(span.start, span.start + len(content))
            parent = stack[-1] if stack else None
            if kind is ScalarEvent and event.anchor:
                anchored_texts[event.anchor] = key_text(scalar_value(event, limits)[0])

            if parent and parent.index is None and parent.key_span is None:
                # A mapping key.
                parent.key_span = span
                parent.key = None
                parent.merges = is_merge_key(event)
                if kind is ScalarEvent and not parent.merges:
                    parent.key = key_text(scalar_value(event, limits)[0])
                    if event.anchor:
                        self._anchors[event.anchor] = span
                elif kind is AliasEvent:
                    parent.key = anchored_texts.get(event.anchor)
                parent.node.first_key = parent.node.first_key or span
                parent.end = max(parent.end, span.end)
                if kind is ScalarEvent or kind is AliasEvent:
                    continue
                # A collection as a key is not data: read past it.
                stack.append(_Open((), _Node(span, None), 0, span.end, event.flow_style))
                continue

            node = _Node(span, None)
            pointer: Pointer = ()
            if parent:
                if parent.index is None:
                    node.key = parent.key_span
                    step: str | int = parent.key if parent.key is not None else _NOWHERE
                    if parent.merges:
                        parent.node.merge = node
                    parent.key = parent.key_span = None
                else:
                    step = parent.index
                    parent.index += 1
                pointer = (*parent.pointer, step)
                parent.end = max(parent.end, span.end)
            if not (pointer and _NOWHERE in pointer):
                nodes[pointer] = node
            if kind is ScalarEvent:
                node.is_null = not event.style and scalar_value(event, limits)[0] is None
            elif kind is AliasEvent:
                node.anchor = event.anchor
            if kind is not AliasEvent and event.anchor:
                self._anchors[event.anchor] = Span(span.start, span.start + 1 + len(event.anchor))
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                index = 0 if kind is SequenceStartEvent else None
                stack.append(_Open(pointer, node, index, span.end, event.flow_style))


# The step of a value whose key is no data: nothing below it can be pointed at.
_NOWHERE = "\x00"


@dataclass(slots=True)
class _Open:
    pointer: Pointer
    node: _Node
    index: int | None
    end: int
    flow: bool
    key: str | None = None
    key_span: Span | None = None
    merges: bool = False
