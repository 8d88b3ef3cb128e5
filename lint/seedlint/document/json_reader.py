"""JSON text to data, with the place of every value, within bounds.

Front matter in JSON and contracts are read by it. What JSON readers disagree about is a problem:
repeated keys, numbers beyond a double, half characters. The first thing that is no JSON ends the
reading, and the problem says where and what to write instead.
"""

from __future__ import annotations

import json
import re

from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.scalars import is_ambiguous, resolve_plain
from seedlint.named_tuple import NamedTuple
from seedlint.text.json_text import PAIR, without_escapes
from seedlint.text.marks import NAME
from seedlint.text.quotes import quote
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

_STRING = r'"[^"\\\x00-\x1f]*'
# One token of JSON behind white space, escapes apart. No group is repeated, because `re` keeps
# state for every repetition.
_TOKEN = rf"""[\ \t\n\r]*(?:
    (?P<string>{_STRING}")
    |(?P<value>(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![-+.\w]))
    |(?P<mark>[][{{}}:,])
    |(?P<end>\Z)
    |(?P<other>.)
    )"""
_WORDS = {"true": True, "false": False, "null": None}
# What other languages have for them.
_FOREIGN_WORDS = {
    "True": "true",
    "TRUE": "true",
    "yes": "true",
    "False": "false",
    "FALSE": "false",
    "no": "false",
    "None": "null",
    "NULL": "null",
    "Null": "null",
    "nil": "null",
    "undefined": "null",
    "NaN": "null",
    "Infinity": "null",
    "-Infinity": "null",
}
_NUMBER_START = re.compile(r"[-+.]?[0-9]")
_BARE_KEY = re.compile(r"[A-Za-z_$][\w$-]*")
_BARE_VALUE = re.compile(r"[^\s,:{}\[\]\"'][^,{}\[\]\"\r\n]*")
_SINGLE_QUOTED = re.compile(r"'([^'\r\n]*)'")
_TYPOGRAPHIC = re.compile('[“”„«»]([^\r\n,]*?)[“”„«»"]')
_LINE_COMMENT = re.compile(r"(?://|#)[^\r\n]*")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?![<=>|])")
# Escapes that may make a control character, and those of half a character, of which two make one.
_MAYBE_CONTROL = re.compile(r"\\(?:[bf]|u00[0189])")
_HALVES = re.compile(rf"\\\\|{PAIR}|(\\u[dD][89a-fA-F][0-9a-fA-F]{{2}})")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A number in a form of other languages, and the one of JSON.
_OTHER_NUMBERS = (
    (re.compile(r"\+(0|[1-9][0-9]*(?:\.[0-9]+)?)"), r"\1"),
    (re.compile(r"(-?)0+([1-9][0-9]*(?:\.[0-9]+)?)"), r"\1\2"),
    (re.compile(r"([-+]?)\.([0-9]+)"), r"\g<1>0.\2"),
    (re.compile(r"(-?(?:0|[1-9][0-9]*))\."), r"\1"),
    (re.compile(r"(-?[1-9][0-9]{0,2})[_']([0-9]{3})"), r"\1\2"),
)


class JsonNode:
    """A value and its place; `children` are those of an object by key or of an array by index.

    `key` is the place of the key that holds the value, quotes included.
    """

    __slots__ = ("children", "end", "key", "start")

    def __init__(self, start: int, end: int, key: Span | None) -> None:
        self.start = start
        self.end = end
        self.key = key
        self.children: dict[str | int, JsonNode] | None = None


class JsonTree(NamedTuple):
    """What a block of JSON says.

    `root` has the places of what was read. `complete` is False if not all of it was, or if it is
    no JSON: then `data` is of no use and `problems` says why.
    """

    data: Any
    root: JsonNode | None
    problems: list[Problem]
    complete: bool


def read_json(text: str, span: Span, limits: Limits, *, is_object: bool = False) -> JsonTree:
    """Read the JSON that a part of a text consists of; never raises for anything it may hold.

    With `is_object` it is the inside of an object, without its braces.
    """
    reader = _Reader(text, span, limits, is_object=is_object)
    try:
        reader.read()
    except _Stop:
        complete = False
    else:
        complete = all(each.kind is not ProblemKind.INVALID_JSON for each in reader.problems)
    return JsonTree(reader.data, reader.root, reader.problems, complete)


def find_object_end(text: str) -> int | None:
    """Where the object ends that a text begins with, after its brace, whatever is in it.

    What comes after it is not looked at.
    """
    depth = 0
    # A string that is not closed ends with its line, because JSON has none over several.
    for line in re.finditer(r"[^\r\n]+", text):
        for token in re.finditer(r'"[^"]*"?|[{}]', without_escapes(line[0])):
            if token[0] == "{":
                depth += 1
            elif token[0] == "}":
                depth -= 1
                if not depth:
                    return line.start() + token.end()
    return None


class _Stop(Exception):
    """What comes after cannot be trusted, or not afforded; the problem is on record."""


class _Frame:
    """An open object or array; `key` is the key whose value comes next, `keys` where each is."""

    __slots__ = ("at", "closer", "data", "key", "key_span", "keys", "node")

    def __init__(self, node: JsonNode, closer: str, at: Span) -> None:
        self.node = node
        node.children = {}
        self.data: Any = {} if closer == "}" else []
        self.closer = closer
        self.at = at
        self.key = ""
        self.key_span: Span | None = None
        self.keys: dict[str, Span] = {}


class _Reader:
    """Reads tokens with a stack of its own."""

    def __init__(self, text: str, span: Span, limits: Limits, *, is_object: bool) -> None:
        self._text = text
        self._span = span
        self._limits = limits
        self._is_object = is_object
        self._nodes = 0
        self._open: list[_Frame] = []
        # What may come next: a value, a key, a colon, or what follows a value.
        self._wanted = "value"
        # The token before: its text as far as it matters, and its place.
        self._before = ""
        self._place_before = Span(span.start, span.start)
        self.data: Any = None
        self.root: JsonNode | None = None
        self.problems: list[Problem] = []

    def read(self) -> None:
        start, end = self._span
        block = without_escapes(self._text[start:end])
        if self._is_object:
            self._begin("}", Span(start, start), is_written=False)
        for match in re.finditer(_TOKEN, block, re.VERBOSE | re.DOTALL):
            kind = match.lastgroup or ""
            place = Span(start + match.start(kind), start + match.end(kind))
            token = match["mark"] or kind
            if kind == "other":
                self._refuse_other(place, block[place.start - start :])
            elif kind == "end":
                self._end(place)
                return
            elif kind == "mark":
                self._mark(token, place)
            elif self._wanted == "value":
                written = self._text[place.start : place.end]
                value = self._string(written, place) if kind == "string" else None
                self._add(value if kind == "string" else self._scalar(written, place), place)
            elif self._wanted == "key" and kind == "string":
                self._key(self._string(self._text[place.start : place.end], place), place)
            else:
                self._refuse_token(token, place)
            self._before, self._place_before = token, place

    # ------------------------------------------------------------ what is read

    def _mark(self, mark: str, place: Span) -> None:
        frame = self._open[-1] if self._open else None
        if mark in "{[" and self._wanted == "value":
            self._begin("}" if mark == "{" else "]", place)
        elif (
            frame
            and mark == frame.closer
            and (self._wanted == "next" or self._before in ("{", "["))
            and not self._is_inside_fences()
        ):
            self._close(place.end)
        elif mark == ":" and self._wanted == "colon":
            self._wanted = "value"
        elif mark == "," and self._wanted == "next" and frame:
            self._wanted = "key" if frame.closer == "}" else "value"
        else:
            self._refuse_token(mark, place)

    def _end(self, place: Span) -> None:
        if self._is_object and len(self._open) == 1:
            if self._wanted == "next" or not self._before:
                self._close(self._place_before.end)
                return
        elif not self._open and self._wanted == "next":
            return
        self._refuse_end(place)

    def _begin(self, closer: str, place: Span, *, is_written: bool = True) -> None:
        if len(self._open) >= self._limits.depth:
            self._stop(ProblemKind.TOO_DEEP, place, limit=self._limits.depth)
        node = JsonNode(place.start, place.end, self._open[-1].key_span if self._open else None)
        self._count(place)
        self._open.append(_Frame(node, closer, place))
        self._wanted = "key" if closer == "}" else "value"
        if not is_written:
            self.root = node

    def _close(self, end: int) -> None:
        frame = self._open.pop()
        frame.node.end = end
        if self._is_object and not self._open:
            self.data = frame.data
        else:
            self._put(frame.data, frame.node)

    def _add(self, value: Any, place: Span) -> None:
        self._count(place)
        key = self._open[-1].key_span if self._open else None
        self._put(value, JsonNode(place.start, place.end, key))

    def _put(self, value: Any, node: JsonNode) -> None:
        """Put a finished value where it belongs."""
        self._wanted = "next"
        if not self._open:
            self.data, self.root = value, node
            return
        frame = self._open[-1]
        assert frame.node.children is not None
        if frame.closer == "]":
            frame.node.children[len(frame.data)] = node
            frame.data.append(value)
        else:
            frame.node.children[frame.key] = node
            frame.data[frame.key] = value

    def _key(self, key: str, place: Span) -> None:
        frame = self._open[-1]
        self._count(place)
        frame.key, frame.key_span = key, place
        earlier = frame.keys.setdefault(key, place)
        if earlier is not place:
            problem = Problem(ProblemKind.DUPLICATE_KEY, place, key, related=earlier)
            self.problems.append(problem)
        self._wanted = "colon"

    def _count(self, place: Span) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            self._stop(ProblemKind.TOO_MANY_NODES, place, limit=self._limits.nodes)

    def _scalar(self, written: str, place: Span) -> Any:
        """The data of a number or a word, by the table that YAML has as well."""
        if written in _WORDS:
            return _WORDS[written]
        value, problem = resolve_plain(written, self._limits.integer_digits)
        if problem is not None and not is_ambiguous(problem):
            self.problems.append(Problem(problem, place, written))
        return value

    def _string(self, written: str, place: Span) -> str:
        if "\\" not in written:
            return written[1:-1]
        value: str = json.loads(written)
        if _MAYBE_CONTROL.search(written):
            # Few texts have any.
            from seedlint.document.losses import control_escapes

            self.problems += control_escapes(self._text, place.start, place.end)
        if _SURROGATE.search(value):
            # The first one is enough.
            half = next(each for each in _HALVES.finditer(written) if each[1])
            at = place.start + half.start(1)
            said, advice = "an escape that is half of a character", "write the character itself"
            self._note(said, Span(at, at + len(half[1])), advice)
        return value

    # ------------------------------------------------------------ what is refused

    def _refuse_end(self, place: Span) -> NoReturn:
        frame = self._open[-1] if self._open else None
        if self._before == "," and self._is_inside_fences():
            self._refuse("a comma at the end", self._place_before, "remove it")
        if frame and frame.at.end > frame.at.start:
            opening, what = ("{", "key") if frame.closer == "}" else ("[", "item")
            advice = f"write `{frame.closer}` after its last {what}"
            self._refuse(f"`{opening}` is not closed", frame.at, advice)
        if self._wanted in ("colon", "value") and self._before:
            key = self._text[self._place_before.start : self._place_before.end]
            advice = "write a value after it" if self._before == ":" else _write(f"{key}: …")
            self._refuse(self._expected(), self._place_before, advice)
        self._refuse(self._expected(), place, _IN_BRACES)

    def _refuse_token(self, token: str, place: Span) -> NoReturn:
        """Refuse a token of JSON that cannot be where it is."""
        frame = self._open[-1] if self._open else None
        wanted, before, said = self._wanted, self._before, self._expected()
        closes = token in ("]", "}")
        if closes and self._is_inside_fences():
            self._refuse(said, place, "remove it")
        if closes and before == "," and frame and token == frame.closer:
            self._refuse(f"a comma before `{token}`", self._place_before, "remove the comma")
        if wanted == "next" and frame is None:
            is_bare = token == ":" and before == "string"
            self._refuse(said, place, _ADD_BRACES if is_bare else _NOTHING_BEHIND)
        if token == before == ":" or (token == "," and before in (",", "{", "[", "")):
            self._refuse(said, place, "remove it")
        if wanted == "next" and token in ("string", "value", "{", "["):
            touches = before == token == "string" and self._place_before.end == place.start
            advice = _ESCAPE_QUOTES if touches else "write a comma after the value before it"
            self._refuse(said, place, advice)
        if wanted == "colon":
            key = self._text[self._place_before.start : self._place_before.end]
            self._refuse(said, place, f"write a colon after {quote(key)}")
        if wanted == "value" and (closes or token in (",", ":")):
            self._refuse(said, place, "write a value, or `null`")
        if closes and frame:
            self._refuse(said, place, f"write `{frame.closer}`")
        if wanted == "key" and token in ("value", "string"):
            written = self._text[place.start : place.end]
            self._refuse(said, place, _write(json.dumps(written)))
        self._refuse(said, place, "remove it")

    def _refuse_other(self, place: Span, rest: str) -> NoReturn:
        """Refuse a character that begins no token, or a broken one; `rest` begins with it.

        Escapes are not in `rest`, which is as long as the text.
        """
        text, at, said = self._text, place.start, self._expected()
        marker = _CONFLICT.match(text, at)
        if marker and (at == 0 or text[at - 1] in "\r\n"):
            self._stop(ProblemKind.MERGE_CONFLICT, Span(*marker.span()), marker[1])
        if rest[0] == '"':
            self._refuse_string(at, rest)
        is_colour = self._before == ":" and rest[0] == "#"
        if (comment := _LINE_COMMENT.match(text, at)) and not is_colour:
            advice = "remove it"
            if NAME in comment[0].lower():
                advice += "; `ignore-at` in the configuration suppresses findings here"
            self._refuse(NO_COMMENTS, Span(at, at + len(comment[0].rstrip())), advice)
        if rest.startswith("/*"):
            end = text.find("*/", at, self._span.end)
            place = Span(at, end + 2 if end >= 0 else at + 2)
            self._refuse(NO_COMMENTS, place, "remove it")
        if not self._open and self._wanted == "value":
            self._refuse(said, place, _IN_BRACES)
        quoted = _SINGLE_QUOTED.match(text, at) or _TYPOGRAPHIC.match(text, at)
        if quoted and self._wanted in ("key", "value"):
            written = _write(json.dumps(quoted[1], ensure_ascii=False))
            advice = f"{written}; all keys and texts need straight double quotes"
            self._refuse(said, Span(*quoted.span()), advice)
        if self._wanted == "key" and (key := _BARE_KEY.match(text, at)):
            self._refuse(said, Span(*key.span()), _write(f'"{key[0]}"'))
        if self._wanted == "value" and (value := _BARE_VALUE.match(text, at)):
            self._refuse_bare(value[0].rstrip(), at)
        if self._wanted == "colon" and rest[0] == "=":
            self._refuse(said, place, "write `:`")
        if self._wanted == "next" and self._before == "string" and self._place_before.end == at:
            self._refuse(said, place, _ESCAPE_QUOTES)
        self._refuse(said, place, "remove it")

    def _refuse_string(self, at: int, rest: str) -> NoReturn:
        string = re.match(_STRING, rest)
        assert string is not None
        end = at + string.end()
        following = rest[string.end() : string.end() + 1]
        if following in ("", "\n", "\r"):
            place = Span(at, at + len(string[0].rstrip()))
            advice = 'write `"` at the end of the text; a line break in it is `\\n`'
            self._refuse("a string without a closing quotation mark", place, advice)
        if following == "\\":
            advice = "write `\\\\` if a backslash is meant"
            place = Span(end, min(end + 2, self._span.end))
            self._refuse("an escape that JSON does not have", place, advice)
        advice = "write `\\t`" if following == "\t" else "remove it"
        self._refuse("a control character in a string", Span(end, end + 1), advice)

    def _refuse_bare(self, written: str, at: int) -> NoReturn:
        """Refuse a value without quotes that is not a number or a word of JSON."""
        place = Span(at, at + len(written))
        text_advice = f"{_write(json.dumps(written, ensure_ascii=False))} if it is text"
        if written in _FOREIGN_WORDS:
            advice = f"write `{_FOREIGN_WORDS[written]}`, or put it in double quotes if it is text"
            self._refuse("expected a value", place, advice)
        if _NUMBER_START.match(written):
            for form, instead in _OTHER_NUMBERS:
                if form.fullmatch(written):
                    number = form.sub(instead, written).lstrip("+")
                    text_advice = f"write `{number}`; {text_advice}"
                    break
            self._refuse("a number in a form that JSON does not have", place, text_advice)
        self._refuse("expected a value", place, _write(json.dumps(written, ensure_ascii=False)))

    def _is_inside_fences(self) -> bool:
        """Whether the next token is right inside an object without braces."""
        return self._is_object and len(self._open) == 1

    def _expected(self) -> str:
        """What may come next, in words."""
        if self._wanted != "next":
            return _EXPECTED[self._wanted]
        if self._is_inside_fences():
            return "expected a comma"
        if self._open:
            return f"expected a comma or `{self._open[-1].closer}`"
        return "expected the end of the JSON"

    def _refuse(self, sentence: str, place: Span, advice: str) -> NoReturn:
        self._note(sentence, place, advice)
        raise _Stop

    def _note(self, sentence: str, place: Span, advice: str) -> None:
        problem = Problem(ProblemKind.INVALID_JSON, place, sentence, advice=advice)
        self.problems.append(problem)

    def _stop(self, kind: ProblemKind, span: Span, detail: str = "", limit: int = 0) -> NoReturn:
        self.problems.append(Problem(kind, span, detail, limit=limit))
        raise _Stop


NO_COMMENTS = "JSON has no comments"
_IN_BRACES = 'write the keys in braces, as in `{"title": "…"}`'
_ADD_BRACES = "write `{` before the first key and `}` after the last one"
_NOTHING_BEHIND = "remove what is after the closing brace"
_EXPECTED = {
    "key": "expected a key in double quotes",
    "colon": "expected a colon after the key",
    "value": "expected a value",
}
_ESCAPE_QUOTES = 'write `\\"` for a quotation mark inside of a text'


def _write(text: str) -> str:
    return f"write {quote(text)}"
