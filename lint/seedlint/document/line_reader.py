"""Front matter of the usual shape, read line by line.

What people write by hand and tools write for them is a small part of YAML: mappings and lists in
block style, scalars on one line, block scalars, flow collections of scalars on one line, comments.
For that part the meaning of a line depends only on its indentation. Whatever else there is
(anchors, tags, plain text over several lines, tabs, unusual characters, several documents), and
whatever is wrong, is not read at all: the answer is None, and the YAML reader decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice
from operator import length_hint

from seedlint.document.limits import Limits
from seedlint.document.scalars import cuts_text, is_ambiguous, resolve_plain
from seedlint.named_tuple import NamedTuple
from seedlint.text.marks import BOM, FENCE, INVISIBLE, NAME, TAGS
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Plain scalars here start with a character that is not an indicator anywhere in YAML, or with a
# minus sign before a digit; `: ` and ` #` would end them, so neither may occur.
_START = r"(?:[\w/.(+$~]|[^\x00-\x7f\xa0]|-(?=[0-9]))"
_PLAIN = rf"{_START}[^\r\n:#]*(?:(?::(?=[^\s])|(?<=[^\s])\#)[^\r\n:#]*)*"
_FLOW_PLAIN = (
    rf"{_START}[^\r\n:#,\[\]{{}}]*"
    r"(?:(?::(?=[^\s,\[\]{}])|(?<=[^\s])\#)[^\r\n:#,\[\]{}]*)*"
)
_DOUBLE_QUOTED = r'"[^"\\\r\n]*(?:\\["\\/nrt][^"\\\r\n]*)*"'
_SINGLE_QUOTED = r"'[^'\r\n]*(?:''[^'\r\n]*)*'"
_KEY = (
    r"[\w.](?:[\w .@/+-]{0,98}[\w.@/+-])?"
    r'|"[^"\\\r\n]{1,100}"'
    r"|'[^'\r\n]{1,100}'"
)
# Blanks behind a value, if it has not taken them itself. The look back keeps the time linear: a
# value that gives back one blank after another is not asked at each how many follow.
_TRAILING = r"(?:(?<!\ )\ +)?"
_HEAD = rf"(\ *)(-\ +)?({_KEY})"
_WHOLE_LINE = re.compile(
    rf"""(?:{_HEAD}:(?:\ +|\Z)|(\ *)(-\ +|-\Z)?)
    ({_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|{_PLAIN}|[\[{{].*|[|>][-+1-9]{{0,2}}(?=\ |\Z))?
    {_TRAILING}(?:(?:(?<=\ )|\A)(\#.*))?""",
    re.VERBOSE,
)
_SCALAR = rf"{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|{_PLAIN}"
_FLOW_ITEM = rf"\ *({_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|{_FLOW_PLAIN}){_TRAILING}([,\]])"
_FLOW_PAIR = rf"\ *({_KEY}):\ +({_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|{_FLOW_PLAIN}){_TRAILING}([,}}])"
_EMPTY_FLOW = r"\[\ *\]|\{\ *\}"
_BEHIND_FLOW = r"\ *(?:(?<=\ )\#.*)?"
_BLOCK_HEADER = r"([|>])(?:([-+])([1-9])?|([1-9])([-+])?)?"
# Most plain text that is not short.
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
_ESCAPE = re.compile(r"\\(.)")
_MEANING = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
# What YAML takes for text, though nobody sees it: `document.characters` has something to say.
_INVISIBLE = f"[{INVISIBLE}{TAGS}]+"
_OPENINGS = (f"{FENCE}\n".encode(), f"{FENCE}\r\n".encode())
_CLOSING = f"\n{FENCE}".encode()
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F)) + b"\n\r"
_NAME = NAME.encode()
# Deeper front matter is left to the YAML reader; that of real seeds has 5 levels.
_DEPTH = 16
# Longer integers are left to the YAML reader, so that no limit on digits can be passed.
_DIGITS = 15
# How many lines, and how many beginnings of lines, are remembered, and up to which length: three
# of four lines of a seed are in other seeds as well.
_REMEMBERED = 10_000
_SHORT = 100


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Patterns of forms that few files have are compiled when they are met."""
    return re.compile(pattern)


def scalar_end(text: str, at: int) -> int:
    """Where the quoted or plain scalar of one line that begins at `at` ends."""
    match = _compiled(_SCALAR).match(text, at)
    assert match is not None
    return at + len(match[0].rstrip(" "))


FlowEntry = tuple[tuple[int, int] | None, int, int]
"""Offsets of one entry of a flow collection: those of its key, if it has one, and of its value."""


def scan_flow(text: str, at: int) -> tuple[list[FlowEntry], int] | None:
    """The entries of the flow collection that begins at `at`, and where it ends.

    None for one that is not a plain collection of scalars on one line.
    """
    if empty := _compiled(_EMPTY_FLOW).match(text, at):
        return [], empty.end()
    has_keys = text[at] == "{"
    pattern = _compiled(_FLOW_PAIR if has_keys else _FLOW_ITEM)
    entries: list[FlowEntry] = []
    at += 1
    while match := pattern.match(text, at):
        value = 1 + has_keys
        start = match.start(value)
        # Blanks before the comma are not part of plain text.
        end = start + len(match[value].rstrip(" "))
        entries.append((match.span(1) if has_keys else None, start, end))
        at = match.end()
        if match[value + 1] != ",":
            return entries, at
    return None


def block_scalar_indentation(
    header: str, parent: int, leading_blank: int, first_text: int | None
) -> int | None:
    """The column that the text of a block scalar begins in.

    `parent` is the column of the entries around it, `leading_blank` the length of the longest blank
    line before its text, `first_text` the column of the first line of text, if there is one. None
    if blank lines would decide.
    """
    match = _compiled(_BLOCK_HEADER).fullmatch(header)
    if match is None:
        return None
    if increment := match[3] or match[4]:
        return parent + int(increment)
    if first_text is None:
        first_text = parent + 1
    return None if leading_blank > first_text else max(first_text, parent + 1)


# What a plain key begins with that is text whatever follows.
_PLAIN_TEXT_STARTS = frozenset("abcdeghijklmpqrsuvwxzABCDEGHIJKLMPQRSUVWXZ_")


class _Unsure(Exception):
    """A line that this reader does not vouch for."""


class _Line(NamedTuple):
    """A line: its key ("" if none), the data of its value (None if none), its column and the width
    of its dash (0 if none).

    `waiting` is the key if it has no value yet. `plain` is the column again if all there is to do
    with the line is to put its value under its key in the open mapping, else -1.
    """

    plain: int
    key: str
    data: Any
    waiting: str
    column: int
    dash: int


class Content(NamedTuple):
    """What front matter says, where it is, and whether it holds characters that cannot be seen.

    `yaml` is everything between the fences, in code points of the file.
    """

    data: dict[str, Any]
    yaml: Span
    has_invisible: bool


class LineReader:
    """Reads the front matter of many files under the same limits."""

    def __init__(self, limits: Limits) -> None:
        self._most_characters = limits.front_matter_bytes
        # One level is left for a flow collection.
        self._depth = min(_DEPTH, limits.depth) - 1
        self._digits = min(_DIGITS, limits.integer_digits)
        # A line holds at most a list, an item, its mapping, a key and a value, and what is counted
        # in `_flow_nodes`.
        self._nodes = limits.nodes
        self._flow_nodes = 0
        self._known: dict[str, _Line] = {}
        # By what stands before the colon of a line with a value: `plain`, key, column and dash.
        self._heads: dict[str, tuple[int, str, int, int]] = {}

    def read(self, data: bytes) -> Content | None:
        """The front matter of a file, None when it is not certain.

        Linear in the length of the front matter. What is returned is what
        `document.read_document` makes of the same bytes, and it finds no problem in them but
        invisible characters.
        """
        begin = 3 if data[:3] == BOM else 0
        if not data.startswith(_OPENINGS, begin):
            return None
        start = data.index(b"\n")
        end = data.find(_CLOSING, start)
        after = data[end + 4 : end + 5]
        if end <= start or after not in (b"", b"\n", b"\r"):
            return None
        return self._read_yaml(data[start + 1 : end + 1], start - begin + 1)

    def is_sound(self, yaml: str) -> bool:
        """Whether it is certain that front matter, given without its fences, has no mistake."""
        return self._read_yaml(yaml.encode("utf-8", "surrogateescape"), 0) is not None

    def _read_yaml(self, front_matter: bytes, at: int) -> Content | None:
        """What stands between the fences, at the code point `at` of the file."""
        if len(front_matter) > self._most_characters:
            return None
        if b"#" in front_matter and _NAME in front_matter.lower():
            # There may be a comment to us, and only the YAML reader tells comments from text.
            return None
        try:
            text = front_matter.decode()
            # Not printable are controls, joiners, direction marks and unusual line breaks alike.
            unusual = front_matter.translate(None, _PRINTABLE_ASCII)
            invisible = False
            if unusual and not (strange := unusual.decode().replace("\xa0", "")).isprintable():
                if _compiled(_INVISIBLE).sub("", strange).isprintable():
                    invisible = True
                else:
                    return None
        except UnicodeDecodeError:
            return None
        yaml = Span(at, at + len(text))
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                return None
        lines = text.split("\n")
        if 5 * len(lines) > self._nodes or self._depth < 1:
            return None
        self._flow_nodes = 0
        try:
            content = self._build(lines)
        except _Unsure:
            return None
        if content is None or 5 * len(lines) + self._flow_nodes > self._nodes:
            return None
        return Content(content, yaml, invisible)

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
        rest = iter(lines)
        for line in rest:
            if line in known:
                plain, key, data, after, column, dash = known[line]
            else:
                written, _, value = line.partition(": ")
                head = heads.get(written) if value else None
                if head is None:
                    if not line:
                        continue
                    plain, key, data, after, column, dash = self._line(line, lines, rest)
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
                            data = self._line(line, lines, rest).data
                    elif not _TIMESTAMP.fullmatch(value):
                        plain, key, data, after, column, dash = self._line(line, lines, rest)

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
                if len(around) >= self._depth:
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

    def _line(self, line: str, lines: list[str], rest: Iterator[str]) -> _Line:
        """Any line of the subset; `rest` are those of `lines` after it.

        The lines of a block scalar are taken from `rest`. Raises _Unsure.
        """
        match = _WHOLE_LINE.fullmatch(line)
        if match is None:
            raise _Unsure
        indentation, dash, written_key, bare_indentation, bare_dash, value, comment = match.groups()
        has_value = value is not None
        if written_key is None:
            if has_value and bare_dash is None:
                raise _Unsure
            column, width, key = len(bare_indentation), len(bare_dash or ""), ""
            plain = -1
        else:
            column, width, key = len(indentation), len(dash or ""), self._key(written_key)
            plain = -1 if dash else column
        if not has_value:
            data = None
        elif value[0] in "[{":
            data = self._flow(value)
        elif value[0] in "|>":
            data = self._block_scalar(value, column + (width if key else 0), lines, rest)
        else:
            data = self._scalar(value)
            if comment and value[0] not in "\"'" and cuts_text(data, comment):
                raise _Unsure
        read = _Line(plain, key, data, "" if has_value else key, column, width)
        # Keys are short, the blanks before them need not be.
        is_short = match.end(3) <= 2 * _SHORT
        if key and has_value and is_short and len(self._heads) < _REMEMBERED:
            self._heads[line[: match.end(3)]] = plain, key, column, width
        # A line is the same wherever it is, unless it goes on below or holds what can be changed.
        is_whole = not has_value or value[0] not in "[{|>"
        is_entry = width or key
        if is_entry and is_whole and len(line) < _SHORT and len(self._known) < _REMEMBERED:
            self._known[line] = read
        return read

    def _key(self, written: str) -> str:
        """The text of a key. Raises _Unsure for one that is not text."""
        if written[0] in "\"'":
            return written[1:-1]
        if written[0] in _PLAIN_TEXT_STARTS:
            return written
        data, problem = resolve_plain(written, self._digits)
        # A key like `on` is text to everybody who reads it by name.
        if data.__class__ is not str or (problem and not is_ambiguous(problem)):
            raise _Unsure
        return written

    def _flow(self, value: str) -> Any:
        """The data of a flow collection, `value` being the rest of its line."""
        found = scan_flow(value, 0)
        if found is None or not _compiled(_BEHIND_FLOW).fullmatch(value, found[1]):
            raise _Unsure
        entries = found[0]
        self._flow_nodes += 2 * len(entries)
        if value[0] == "[":
            return [self._scalar(value[start:end]) for _, start, end in entries]
        data: dict[str, Any] = {}
        for written, start, end in entries:
            assert written is not None
            key = self._key(value[slice(*written)])
            if key in data:
                raise _Unsure
            data[key] = self._scalar(value[start:end])
        return data

    def _block_scalar(self, header: str, parent: int, lines: list[str], rest: Iterator[str]) -> str:
        """The text of a block scalar, as libyaml reads it (`yaml_parser_scan_block_scalar`).

        `parent` is the column of the entries around it. Its lines are taken from `rest`.
        """
        begin = len(lines) - length_hint(rest)
        # Behind the last line break there is no line.
        end = len(lines) - 1
        at, blank = begin, 0
        while at < end and not lines[at].strip(" "):
            blank = max(blank, len(lines[at]))
            at += 1
        first = _column(lines[at]) if at < end else None
        indent = block_scalar_indentation(header, parent, blank, first)
        if indent is None:
            raise _Unsure
        parts: list[str] = []
        # The line break behind the last text, and those of the blank lines that follow it.
        line_break = blank_breaks = ""
        was_indented = False
        at = begin
        while at < end:
            line = lines[at]
            text = line[indent:]
            if not text and not line.strip(" "):
                blank_breaks += "\n"
            elif line[:indent].strip(" "):
                break
            else:
                is_indented = text[0] == " "
                if header[0] == ">" and line_break and not was_indented and not is_indented:
                    line_break = "" if blank_breaks else " "
                parts += (line_break, blank_breaks, text)
                line_break, blank_breaks = "\n", ""
                was_indented = is_indented
            at += 1
        for _ in islice(rest, at - begin):
            pass
        if "-" in header:
            return "".join(parts)
        return "".join(parts) + line_break + (blank_breaks if "+" in header else "")

    def _scalar(self, written: str) -> Any:
        """The data of a scalar of the subset."""
        if written[0] == '"':
            return _ESCAPE.sub(lambda escape: _MEANING[escape[1]], written[1:-1])
        if written[0] == "'":
            return written[1:-1].replace("''", "'")
        data, problem = resolve_plain(written.rstrip(" "), self._digits)
        if problem is not None:
            raise _Unsure
        return data


class TargetLineReader(LineReader):
    """Leaves to the YAML reader, besides, what one site generator reads otherwise.

    It is a class of its own, so that nobody else pays for it.
    """

    def __init__(self, limits: Limits, target: str) -> None:
        from seedlint.document.targets import other_reading

        super().__init__(limits)
        self._other_reading = partial(other_reading, target)

    def _scalar(self, written: str) -> Any:
        data = super()._scalar(written)
        if written[0] not in "\"'" and self._other_reading(written.rstrip(" "), data):
            raise _Unsure
        return data


def open_line_reader(limits: Limits, target: str) -> LineReader:
    """The line reader for seeds that are meant for a target; "" for none."""
    return TargetLineReader(limits, target) if target else LineReader(limits)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
