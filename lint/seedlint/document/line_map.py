"""From pointers into the data of a line reader back to characters.

Nothing is kept while lines are read. The place of a pointer is found from that of its parent: the
entries of a block collection are the lines that begin in its column, and the data says which of
them exist, so the first line that fits is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from seedlint.document.entry import Entry
from seedlint.document.line_reader import block_scalar_indentation, scalar_end, scan_flow
from seedlint.document.pointer import Part, Pointer
from seedlint.text.span import Span, match_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BLANKS = re.compile(" *")
# Blanks, and the second group if there is nothing else on the line but a comment.
_TO_VALUE = re.compile(r"( *)((?:#[^\r\n]*)?(?=[\r\n]|\Z))?")
_BLANK_LINE = re.compile(r"( *)\r?$", re.MULTILINE)
_HEADER = re.compile(r"[|>][-+1-9]*")
_NOTHING = re.compile(r"(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
# Lines without an entry, and the indentation of the first line that has one.
_TO_ENTRY = re.compile(r"(?:[^\r\n]*\r?\n *(?=[#\r\n]))*[^\r\n]*\r?\n *")


# For how many columns patterns are kept.
_COLUMNS = 64
# How many keys of a document are searched for by name, which takes the length of the text for each.
_SEARCHES = 16
_QUOTES = ('"', "'")


class _Place:
    """Where a value is.

    `start` is its first character; of nothing at all, the offset after the colon or the dash.
    `column` is that of the entries of a block collection, -1 for any other value; `parent` that of
    the entries around the value, -1 in a flow collection. `end` is known of a flow collection that
    was read, of what is in it, and of another scalar once somebody has asked. `keys` says where
    keys of a block mapping begin, from the first to one that was asked for, and `further` goes on
    with those after them.
    """

    __slots__ = (
        "children",
        "column",
        "dash",
        "data",
        "end",
        "further",
        "key",
        "keys",
        "parent",
        "start",
    )

    def __init__(
        self,
        data: Any,
        start: int,
        column: int,
        parent: int,
        key: Span | None = None,
        dash: int | None = None,
        end: int = -1,
    ) -> None:
        self.data = data
        self.end = end
        self.start = start
        self.column = column
        self.parent = parent
        self.key = key
        self.dash = dash
        # Those of a flow collection, and those of a block collection that were asked for.
        self.children: dict[str | int, _Place] = {}
        self.keys: dict[str, int] = {}
        self.further: Iterator[tuple[str, int]] | None = None


class LineMap:
    """The source map of a document that was read by lines. See `SourceMap` for what it answers."""

    def __init__(self, text: str, data: dict[str, Any], yaml: Span, opening: Span) -> None:
        """`data` was read from `yaml`, a part of `text`; `opening` is the opening fence."""
        self._text = text
        self._opening = opening
        start = _TO_ENTRY.match(text, yaml.start - 1)
        assert start is not None
        self._stop = yaml.end
        self._searches = _SEARCHES
        self._top = _Place(data, start.end(), 0, 0)

    def span(self, pointer: Pointer, part: Part) -> Span:
        """The characters of `pointer`, or of its nearest ancestor that has any. Never raises."""
        place, depth = self._find(pointer)
        if depth == 0 and part != "value":
            return self._opening
        if depth < len(pointer):
            part = "value"
        if part == "mapping" and place.dash is not None:
            return self._first_key(place) or Span(place.start, self._end(place))
        if place.key is not None and (part != "value" or place.data is None):
            return place.key
        end = self._end(place)
        if end == place.start and place.dash is not None:
            # An empty list item is its dash.
            return Span(place.dash, place.dash + 1)
        return Span(place.start, end)

    def anchor(self, pointer: Pointer) -> Span | None:
        """Where the data at `pointer` was written: no line reader reads an alias."""
        return None

    def entry(self, pointer: Pointer) -> Entry | None:
        """The entry that `pointer` leads to. See `SourceMap.entry`."""
        place, depth = self._find(pointer)
        if not pointer or depth < len(pointer):
            return None
        end = self._end(place)
        start = place.start if place.dash is None else place.dash
        if place.key is not None:
            start = place.key.start
        return Entry(start, end, place.key, Span(place.start, end), place.parent < 0)

    def _find(self, pointer: Pointer) -> tuple[_Place, int]:
        """The value at `pointer` or its nearest ancestor, and how far that is from the root."""
        place = self._top
        for depth, step in enumerate(pointer):
            child = place.children.get(step) or self._child(place, step)
            if child is None:
                return place, depth
            place = child
        return place, len(pointer)

    def _child(self, place: _Place, step: str | int) -> _Place | None:
        data = place.data
        if step in place.children:
            return place.children[step]
        if data.__class__ is dict:
            exists = step.__class__ is str and step in data
        else:
            is_index = data.__class__ is list and step.__class__ is int
            exists = is_index and 0 <= int(step) < len(data)
        if not exists:
            return None
        if place.column < 0:
            self._read_flow(place)
        elif data.__class__ is dict:
            self._read_key(place, str(step))
        else:
            self._read_items(place, int(step))
        return place.children[step]

    def _read_key(self, mapping: _Place, key: str) -> None:
        """Find the value of a key of a block mapping."""
        if self._searches and key[:1] not in _QUOTES:
            self._searches -= 1
            start = self._search_key(mapping, key)
        else:
            start = self._find_key(mapping, key)
        span = Span(start, start + len(key) + 2 * (self._text[start] in _QUOTES))
        data = mapping.data[key]
        mapping.children[key] = self._value(data, span.end + 1, mapping.column, key=span)

    def _search_key(self, mapping: _Place, key: str) -> int:
        """Where a key of a block mapping begins, in a third of the time of `_find_key`.

        No other line of the mapping begins in its column with the name of the key and a colon.
        """
        if key == next(iter(mapping.data)):
            return mapping.start
        indent = "\n" + " " * mapping.column
        first = self._stop
        for quote in ("", *_QUOTES):
            # What is behind the mapping may have the key in another spelling.
            at = self._text.find(f"{indent}{quote}{key}{quote}:", mapping.start, first)
            if at >= 0:
                first = at
        return first + len(indent)

    def _find_key(self, mapping: _Place, key: str) -> int:
        """Where a key of a block mapping begins, found after all keys before it."""
        if mapping.further is None:
            mapping.further = zip(mapping.data, self._key_starts(mapping), strict=False)
        if key not in mapping.keys:
            for name, start in mapping.further:
                mapping.keys[name] = start
                if name == key:
                    break
        return mapping.keys[key]

    def _key_starts(self, mapping: _Place) -> Iterator[int]:
        """Where each key of a block mapping begins, in time linear in the length of the mapping.

        They are the lines in its column; comments and the lists of keys are the only others.
        """
        further = _keys_in(mapping.column).finditer(self._text, mapping.start, self._stop)
        return chain((mapping.start,), map(re.Match.end, further))

    def _read_items(self, items: _Place, last: int) -> None:
        """Find the items of a block list up to an index."""
        text = self._text
        indent = "\n" + " " * items.column + "-"
        known = len(items.children)
        while known <= last:
            if known:
                dash = items.children[known - 1].dash
                assert dash is not None
                dash = text.index(indent, dash) + len(indent) - 1
            else:
                dash = items.start
            items.children[known] = self._value(
                items.data[known], dash + 1, items.column, dash=dash
            )
            known += 1

    def _value(
        self,
        data: Any,
        behind: int,
        parent: int,
        key: Span | None = None,
        dash: int | None = None,
    ) -> _Place:
        """The value after the colon or the dash that ends at `behind`."""
        text = self._text
        match = _TO_VALUE.match(text, behind)
        assert match is not None
        start = match.end(1)
        if match[2] is not None:
            if data is None:
                return _Place(data, behind, -1, parent, key, dash)
            start = match_end(_TO_ENTRY, text, start)
        elif data.__class__ not in (dict, list) or text[start] in "[{":
            return _Place(data, start, -1, parent, key, dash)
        column = start - text.rfind("\n", 0, start) - 1
        return _Place(data, start, column, parent, key, dash)

    def _read_flow(self, place: _Place) -> None:
        """The entries of a flow collection, and its end."""
        found = scan_flow(self._text, place.start)
        assert found is not None
        entries, place.end = found
        for (step, data), (written, start, end) in zip(
            enumerate(place.data) if place.data.__class__ is list else place.data.items(),
            entries,
            strict=True,
        ):
            key = Span(*written) if written else None
            place.children[step] = _Place(data, start, -1, -1, key, end=end)

    def _first_key(self, place: _Place) -> Span | None:
        """The first key of a mapping that has one."""
        if place.data.__class__ is not dict or not place.data:
            return None
        first = self._child(place, next(iter(place.data)))
        return first.key if first else None

    def _end(self, place: _Place) -> int:
        """Where a value ends."""
        data = place.data
        while place.column >= 0:
            # A block collection ends where its last entry does.
            child = self._child(place, len(data) - 1 if data.__class__ is list else _last(data))
            assert child is not None
            place, data = child, child.data
        text = self._text
        if place.end < 0 and (data.__class__ is dict or data.__class__ is list):
            self._read_flow(place)
        if place.end >= 0:
            return place.end
        if data is None and _NOTHING.match(text, match_end(_BLANKS, text, place.start)):
            return place.start
        if text[place.start] in "|>":
            return self._block_scalar_end(place)
        place.end = scalar_end(text, place.start)
        return place.end

    def _block_scalar_end(self, place: _Place) -> int:
        """Where the text of a block scalar ends, line breaks after it excluded."""
        text = self._text
        header = match_end(_HEADER, text, place.start)
        begin = text.index("\n", header) + 1
        at, blank = begin, 0
        while at < self._stop and (match := _BLANK_LINE.match(text, at)):
            blank = max(blank, len(match[1]))
            at = text.index("\n", at) + 1
        first = match_end(_BLANKS, text, at) - at if at < self._stop else None
        indent = block_scalar_indentation(text[place.start : header], place.parent, blank, first)
        assert indent is not None
        at = begin
        while at < self._stop and (
            _BLANK_LINE.match(text, at) or not text[at : at + indent].strip(" ")
        ):
            at = text.index("\n", at) + 1
        return place.start + len(text[place.start : at].rstrip())


@lru_cache(_COLUMNS)
def _keys_in(column: int) -> re.Pattern[str]:
    """Matches the line break and the blanks before a key that begins in a column."""
    return re.compile(rf"\n {{{column}}}(?=[^\s#-])")


def _last(data: dict[str, Any]) -> str:
    return next(reversed(data))
