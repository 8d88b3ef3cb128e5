"""Front matter of the usual shape, read line by line.

What people write by hand and tools write for them is a small part of YAML: mappings and lists in
block style, plain and quoted scalars that end on their line, comments. For that part the meaning of
a line depends only on its indentation, and this module vouches for it. Whatever else there is
(block and flow collections, anchors, tags, text over several lines, tabs, unusual characters,
several documents), and whatever is wrong, is not read at all: the answer is None, and the exact
path decides.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from seedlint.document.limits import Limits
from seedlint.document.scalars import NULL_AND_BOOLEANS, resolve_plain

# Plain scalars here start with a character that is no indicator anywhere in YAML, or with a minus
# sign before a digit; `: ` and ` #` would end them, so neither may occur.
_PLAIN = r"(?:[^\W_]|[/.(+$]|-(?=[0-9]))[^\n:#]*(?:(?::(?=[^\s])|(?<=[^\s])\#)[^\n:#]*)*"
_HEAD = r"(\ *)(-\ +)?([A-Za-z][A-Za-z0-9_-]{0,99})"
_WHOLE_LINE = re.compile(
    rf"""(?:{_HEAD}:(?:\ +|\Z)|(\ *)(-\ +)?)
    ("[^"\\\n]*(?:\\["\\/nrt][^"\\\n]*)*"
    |'[^'\n]*(?:''[^'\n]*)*'
    |{_PLAIN}
    |\[\]|\{{\}})?
    (?:(?:(?<=\ )|\A)\#.*)?\ *""",
    re.VERBOSE,
)
# Most plain text that is not short.
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
_ESCAPE = re.compile(r"\\(.)")
_MEANING = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F)) + b"\n\r"
# What a comment to seedlint begins with: `suppress.MARKER`.
_MARKER = b"seedlint:"
# Deeper seeds are read by the exact path; real ones have 5 levels.
_DEPTH = 16
# Longer integers are left to the exact path, so that no limit on digits can be passed.
_DIGITS = 15
# How many lines, and how many beginnings of lines, are remembered, and up to which length: three
# of four lines of a seed are in other seeds as well.
_REMEMBERED = 10_000
_SHORT = 100


class _Unsure(Exception):
    """A line that this reader does not vouch for."""


class _Line(NamedTuple):
    """The column of a line, the width of its dash, its key, its value; 0, "" and None if none.

    `waiting` is the key if it has no value yet. `plain` is the column again if all there is to do
    with the line is to put its value under its key in the open mapping, else -1.
    """

    plain: int
    key: str
    data: Any
    waiting: str
    column: int
    dash: int


class Reader:
    """Reads the front matter of many files under the same limits."""

    def __init__(self, limits: Limits) -> None:
        self._most_characters = limits.front_matter_bytes
        self._depth = min(_DEPTH, limits.depth)
        self._digits = min(_DIGITS, limits.integer_digits)
        # A line holds at most a list, an item, its mapping, a key and a value.
        self._lines = limits.nodes // 5
        self._known: dict[str, _Line] = {}
        # By what stands before the colon of a line with a value: `plain`, key, column and dash.
        self._heads: dict[str, tuple[int, str, int, int]] = {}

    def read(self, data: bytes) -> dict[str, Any] | None:
        """The JSON data of the front matter of a file, None when it is not certain.

        Linear in the length of the front matter. What is returned is what
        `document.read_document` makes of the same bytes, and it finds no problem in them.
        """
        if data[:4] != b"---\n" and data[:5] != b"---\r\n":
            return None
        start = data.index(b"\n")
        end = data.find(b"\n---", start)
        after = data[end + 4 : end + 5]
        if end <= start or after not in (b"", b"\n", b"\r"):
            return None
        front_matter = data[start + 1 : end + 1]
        if len(front_matter) > self._most_characters or _MARKER in front_matter:
            return None
        try:
            text = front_matter.decode()
            # Not printable are controls, joiners, direction marks and unusual line breaks alike.
            unusual = front_matter.translate(None, _PRINTABLE_ASCII)
            if unusual and not unusual.decode().replace("\xa0", "").isprintable():
                return None
        except UnicodeDecodeError:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                return None
        lines = text.split("\n")
        if len(lines) > self._lines:
            return None
        try:
            return self._build(lines)
        except _Unsure:
            return None

    def _build(self, lines: list[str]) -> dict[str, Any] | None:
        """The mapping that the lines stand for. Raises _Unsure."""
        root: dict[str, Any] = {}
        # The innermost open collection, the column of its entries, and the same of those around it.
        top: Any = root
        top_column = 0
        around: list[tuple[Any, int]] = []
        # The key of `top` that has no value yet: null, unless deeper lines follow. "" for none.
        waiting = ""
        # The column of `top` if it is a mapping, else -2.
        plain_column = 0
        known, heads = self._known, self._heads
        for line in lines:
            if line in known:
                plain, key, data, after, column, dash = known[line]
            else:
                written, _, value = line.partition(": ")
                head = heads.get(written) if value else None
                if head is None:
                    if not line:
                        continue
                    plain, key, data, after, column, dash = self._line(line)
                    if not (dash or key):
                        continue
                else:
                    plain, key, column, dash = head
                    after = ""
                    data = value
                    if value[0] == '"':
                        data = value[1:-1]
                        # A quotation mark alone does not end with a second one.
                        if '"' in data or "\\" in data or not value.endswith('"', 1):
                            data = self._line(line).data
                    elif not _TIMESTAMP.fullmatch(value):
                        plain, key, data, after, column, dash = self._line(line)

            if plain != plain_column:
                while column < top_column:
                    top, top_column = around.pop()
                    waiting = ""
                if dash:
                    if waiting:
                        # The list may stand in the column of its key.
                        around.append((top, top_column))
                        top[waiting] = top = []
                        top_column = column
                    if column != top_column or top.__class__ is not list:
                        return None
                    if key:
                        around.append((top, top_column))
                        mapping: dict[str, Any] = {}
                        top.append(mapping)
                        top = mapping
                        top_column = column + dash
                elif column > top_column:
                    if not waiting:
                        return None
                    around.append((top, top_column))
                    top[waiting] = top = {}
                    top_column = column
                elif top.__class__ is list:
                    # The end of a list in the column of its key.
                    top, top_column = around.pop()
                    if column != top_column or top.__class__ is list:
                        return None
                # An empty collection is one level more.
                is_empty = data.__class__ is list or data.__class__ is dict
                if len(around) + is_empty >= self._depth:
                    return None
                if not key:
                    top.append(data)
                    waiting = ""
                    plain_column = -2
                    continue
                plain_column = top_column

            if key in top:
                return None
            top[key] = data
            waiting = after
        return root or None

    def _line(self, line: str) -> _Line:
        """Any line of the subset. Raises _Unsure."""
        match = _WHOLE_LINE.fullmatch(line)
        if match is None:
            raise _Unsure
        indentation, dash, key, bare_indentation, bare_dash, value = match.groups()
        has_value = value is not None
        data = self._scalar(value) if has_value else None
        is_scalar = data.__class__ is not list and data.__class__ is not dict
        if key is None:
            if has_value is not (bare_dash is not None):
                raise _Unsure
            read = _Line(-1, "", data, "", len(bare_indentation), len(bare_dash or ""))
        else:
            if key in NULL_AND_BOOLEANS:
                raise _Unsure
            column, width = len(indentation), len(dash or "")
            plain = -1 if dash else column
            if has_value and len(self._heads) < _REMEMBERED:
                self._heads[line[: match.end(3)]] = plain, key, column, width
            if not is_scalar:
                # Its depth has to be looked at.
                plain = -1
            read = _Line(plain, key, data, "" if has_value else key, column, width)
        # A list or a mapping would be in two seeds at once.
        is_entry = read.dash or read.key
        if is_entry and is_scalar and len(line) < _SHORT and len(self._known) < _REMEMBERED:
            self._known[line] = read
        return read

    def _scalar(self, written: str) -> Any:
        """The data of a scalar of the subset."""
        if written[0] == '"':
            return _ESCAPE.sub(lambda escape: _MEANING[escape[1]], written[1:-1])
        if written[0] == "'":
            return written[1:-1].replace("''", "'")
        return self._resolve(written)

    def _resolve(self, written: str) -> Any:
        """The data of a plain scalar, or of an empty collection."""
        if written[0] == "[":
            return []
        if written[0] == "{":
            return {}
        data, problem = resolve_plain(written.rstrip(" "), self._digits)
        if problem is not None:
            raise _Unsure
        return data
