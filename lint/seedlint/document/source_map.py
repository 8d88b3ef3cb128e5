"""From pointers into the data back to characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from seedlint.document.entry import Entry
from seedlint.document.limits import Limits
from seedlint.document.pointer import Part, Pointer
from seedlint.document.scalars import key_text
from seedlint.document.yaml_tree import event_span, is_merge_key, scalar_value
from seedlint.named_tuple import NamedTuple
from seedlint.text.span import Span, line_before, line_start, match_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LIMITS = Limits()
# Tags and anchors before a value, and the colon behind a key.
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_COLON = re.compile(r"[ \t]*:")


class _Node:
    """A node by the numbers of the events that it and the key that holds it begin with.

    `children` and `merge`, the value of a merge key, are found when something inside is asked for.
    """

    __slots__ = ("children", "key", "merge", "value")

    def __init__(self, value: int, key: int | None = None) -> None:
        self.value = value
        self.key = key
        self.children: dict[str | int, _Node] | None = None
        self.merge: _Node | None = None


class SourceMap:
    """Key and value spans of the nodes of one YAML document, each found when it is asked for."""

    def __init__(self, text: str, events: Sequence[Event], root: Span) -> None:
        """Map `events`, all of `text`; `root` is the place of the document as a whole."""
        self._text = text
        self._events: Sequence[Any] = events
        self._root = root
        self._top = _Node(0) if events else None
        self._other_ends = _match_ends(events)
        self._collections: dict[int, Span] = {}

    def span(self, pointer: Pointer, part: Part) -> Span:
        """The characters of `pointer`, or of its nearest ancestor that has any. Never raises.

        Data that came through an alias or a merge key has no characters of its own; the alias
        has.
        """
        node, depth = self._find(pointer)
        if node and node.merge and depth < len(pointer):
            return self._written(node.merge.value)
        if node is None or (depth == 0 and part != "value"):
            return self._root
        if depth < len(pointer):
            part = "value"
        if part == "mapping" and isinstance(pointer[depth - 1], int):
            return self._first_key(node.value) or self._written(node.value)
        if node.key is not None and (part != "value" or self._is_null(node.value)):
            return self._written_scalar(node.key)
        return self._visible(self._written(node.value))

    def anchor(self, pointer: Pointer) -> Span | None:
        """Where the data at `pointer` was written, if it is there through an alias."""
        node, depth = self._find(pointer)
        if node and node.merge and depth < len(pointer):
            node = node.merge
        if node is None or self._events[node.value].__class__ is not AliasEvent:
            return None
        return self._anchors.places.get(self._events[node.value].anchor)

    def entry(self, pointer: Pointer) -> Entry | None:
        """The entry that `pointer` leads to, as characters that an edit may change.

        None if it has none of its own: the root, and what came through an alias or a merge key or
        is beside one. None as well where no edit is certain to be right: at a key behind `?` and at
        the pair of `[a: b]`.
        """
        node, depth = self._find(pointer)
        holder, _ = self._find(pointer[:-1])
        if node is None or holder is None or not pointer or depth < len(pointer):
            return None
        event = self._events[node.value]
        if holder.merge or event.__class__ is AliasEvent:
            return None
        in_flow = bool(self._events[holder.value].flow_style)
        if in_flow and self._has_no_brackets(holder.value):
            return None
        written = self._written(node.value)
        value = written
        if event.__class__ is ScalarEvent and (event.anchor or event.tag is not None):
            start = match_end(_PROPERTIES, self._text, written.start)
            if start >= written.end or self._text[start] in "&!":
                # It is not certain where the tag ends.
                return None
            value = Span(start, written.end)
        first = node.value if node.key is None else node.key
        key = None if node.key is None else self._key_without_properties(first)
        begin = self._first(node, holder, written)
        if begin is None or (node.key is not None and key is None):
            return None
        return Entry(begin, written.end, key, value, in_flow, self._is_shared(first, node.value))

    def _has_no_brackets(self, at: int) -> bool:
        """Whether a collection in brackets has none of its own: `[a: b]`."""
        start = match_end(_PROPERTIES, self._text, self._events[at].start_mark.index)
        return self._text[start : start + 1] not in ("[", "{")

    def _first(self, node: _Node, holder: _Node, value: Span) -> int | None:
        """Where an entry begins: with its dash, its key, or inside brackets with the item."""
        opening = self._events[holder.value]
        if node.key is not None:
            return int(self._events[node.key].start_mark.index)
        if opening.flow_style:
            return value.start
        if opening.anchor or opening.tag is not None:
            return None
        column = int(opening.start_mark.column)
        at = line_start(self._text, value.start)
        while at > 0 and self._text[at + column : at + column + 1] != "-":
            at = line_before(self._text, at)
        return at + column

    def _key_without_properties(self, at: int) -> Span | None:
        """The characters of a key; None if it is not certain where it begins."""
        event = self._events[at]
        if event.__class__ is not ScalarEvent:
            return None
        start, end = self._written_scalar(at)
        before = self._text[line_start(self._text, start) : start].rstrip(" \t")
        if before.endswith(("?", "[")) or not _COLON.match(self._text, end):
            return None
        if event.anchor or event.tag is not None:
            start = match_end(_PROPERTIES, self._text, start)
        return Span(start, end) if start < end and self._text[start] not in "&!" else None

    def _is_shared(self, first: int, value: int) -> bool:
        """Whether there is an anchor or an alias in the nodes from `first` to `value`."""
        last = self._other_ends.get(value, value)
        return any(getattr(self._events[at], "anchor", None) for at in range(first, last + 1))

    def _find(self, pointer: Pointer) -> tuple[_Node | None, int]:
        """The node at `pointer` or its nearest ancestor, and how far that is from the root."""
        node = self._top
        if node is None:
            return None, 0
        for depth, step in enumerate(pointer):
            if node.children is None:
                node.children = self._read_children(node)
            child = node.children.get(step)
            if child is None:
                return node, depth
            node = child
        return node, len(pointer)

    def _read_children(self, node: _Node) -> dict[str | int, _Node]:
        """The nodes in a collection, by key or index; of equal keys the last, as in the data."""
        children: dict[str | int, _Node] = {}
        kind = self._events[node.value].__class__
        if kind is SequenceStartEvent:
            for index, at in enumerate(self._inside(node.value)):
                children[index] = _Node(at)
        elif kind is MappingStartEvent:
            inside = self._inside(node.value)
            for at, value in zip(inside, inside, strict=True):
                child = _Node(value, at)
                if is_merge_key(self._events[at]):
                    node.merge = child
                elif (key := self._key(at)) is not None:
                    children[key] = child
        return children

    def _inside(self, at: int) -> Iterator[int]:
        """The first event of each node in the collection that begins at an event."""
        end = self._other_ends[at]
        at += 1
        while at < end:
            yield at
            at = self._other_ends.get(at, at) + 1

    def _key(self, at: int) -> str | None:
        """The JSON key of a key node; None for a collection, which cannot be a key in JSON."""
        event = self._events[at]
        if event.__class__ is ScalarEvent:
            return key_text(scalar_value(event, _LIMITS)[0])
        return self._anchors.texts.get(at)

    def _is_null(self, at: int) -> bool:
        event = self._events[at]
        if event.__class__ is not ScalarEvent or event.style:
            return False
        return scalar_value(event, _LIMITS)[0] is None

    def _first_key(self, at: int) -> Span | None:
        """The first key of a mapping that has one."""
        is_mapping = self._events[at].__class__ is MappingStartEvent
        return (
            self._written_scalar(at + 1) if is_mapping and self._other_ends[at] > at + 1 else None
        )

    def _written(self, at: int) -> Span:
        """The characters of a node without the blanks that the parser counts in."""
        if at not in self._other_ends:
            return self._written_scalar(at)
        if at not in self._collections:
            start = self._events[at].start_mark.index
            self._collections[at] = Span(start, max(start, self._end(at)))
        return self._collections[at]

    def _written_scalar(self, at: int) -> Span:
        """The characters of a node that is one event; of a collection, those of its opening."""
        event = self._events[at]
        span = event_span(event)
        if event.__class__ is ScalarEvent and event.style in ("|", ">"):
            content = self._text[span.start : span.end].rstrip()
            return Span(span.start, span.start + len(content))
        return span

    def _end(self, at: int) -> int:
        """Where a collection ends: the parser lets one without brackets end where the next begins.

        So its end is that of its last collection, or of a scalar behind that.
        """
        last = self._other_ends[at]
        if self._events[at].flow_style:
            return int(self._events[last].end_mark.index)
        end = int(self._events[at].end_mark.index)
        for inner in range(last - 1, at, -1):
            if inner in self._other_ends:
                return max(end, self._written(self._other_ends[inner]).end)
            end = max(end, self._written_scalar(inner).end)
        return end

    def _visible(self, span: Span) -> Span:
        """A span that shows something: an empty list item is its dash."""
        if span.start < span.end:
            return span
        before = self._text.rfind("-", 0, span.start)
        if before >= 0 and not self._text[before + 1 : span.start].strip():
            return Span(before, before + 1)
        return span

    @cached_property
    def _anchors(self) -> _Anchors:
        """All anchors, for few documents have any; what an alias means depends on its place."""
        anchors = _Anchors({}, {})
        texts: dict[str, str] = {}
        # For each open collection whether a key comes next; None of a list.
        stack: list[bool | None] = [None]
        for at, event in enumerate(self._events):
            kind = event.__class__
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
                continue
            is_key = stack[-1]
            if is_key is not None:
                stack[-1] = not is_key
            if kind is AliasEvent:
                if event.anchor in texts:
                    anchors.texts[at] = texts[event.anchor]
                continue
            if event.anchor:
                span = self._written_scalar(at)
                if kind is ScalarEvent:
                    texts[event.anchor] = key_text(scalar_value(event, _LIMITS)[0])
                if not is_key:
                    span = Span(span.start, span.start + 1 + len(event.anchor))
                if kind is ScalarEvent or not is_key:
                    anchors.places[event.anchor] = span
            if kind is not ScalarEvent:
                # A collection as a key is not data, whatever is in it.
                stack.append(True if kind is MappingStartEvent and not is_key else None)
        return anchors


class _Anchors(NamedTuple):
    """Where each anchor is, and the text of each alias by the number of its event."""

    places: dict[str, Span]
    texts: dict[int, str]


def _match_ends(events: Sequence[Event]) -> dict[int, int]:
    """The number of the last event of each collection by that of its first, and the reverse."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, event in enumerate(events):
        kind = event.__class__
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            opened.append(at)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            start = opened.pop()
            ends[start], ends[at] = at, start
    return ends
