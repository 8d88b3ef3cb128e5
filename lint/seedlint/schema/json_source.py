"""A schema file as strict JSON data with positions.

A file is JSON unless its ending says that it is JSON with comments or YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property

from seedlint.errors import SchemaError
from seedlint.files import NotRegularFile, read_regular_file, reason_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.document.json_map import JsonMap
    from seedlint.document.json_reader import JsonTree
    from seedlint.document.pointer import Part, Pointer
    from seedlint.document.problem import Problem
    from seedlint.document.source_map import SourceMap
    from seedlint.document.yaml_tree import YamlTree
    from seedlint.text.span import LineIndex, Span

    Tree = YamlTree | JsonTree

_WITH_COMMENTS = ".jsonc"
_YAML = (".yaml", ".yml")
MOST_BYTES = 5 * 1024 * 1024
"""How large a schema file may be."""
# The library that says what does not fit the metaschema recurses, and fails from 120 on.
_MAX_DEPTH = 100
_MAX_DIGITS = 4000
# The tokens of JSON that matter here, escapes apart; a string that is not closed goes on to the
# end. No group is repeated, because `re` keeps state for every repetition.
_TOKEN = r'"[^"]*"?|[][{}]|[-+.\w]+'
# A comment, one that is not closed, a string, a value or a mark, escapes apart.
_WITH_COMMENT = r'//[^\r\n]*|/\*[\s\S]*?\*/|/\*|"[^"\r\n]*"?|[-+.\w]+|[][{},:]'


class JsonSource:
    """A schema file: its path as shown to people, its text and its data.

    The readers are imported only when there is a place to report, because that takes 30 ms.
    """

    def __init__(
        self, path: str, text: str, data: Any, read_tree: Callable[[], Tree] | None = None
    ) -> None:
        """`read_tree` reads the file with places; of a file of plain JSON it is not needed."""
        self.path = path
        self.text = text
        self.data = data
        self._read_tree = read_tree or (lambda: _read_tree(text))

    def error(
        self,
        message: str,
        pointer: Pointer = (),
        part: Part = "value",
        *,
        help: str | None = None,
        within: tuple[int, int] | None = None,
    ) -> SchemaError:
        """An error at the place of `pointer`, or of the characters `within` the text there."""
        start = self.span(pointer, part, within).start
        position = self.lines.position(start)
        return SchemaError(
            message, path=self.path, line=position.line, column=position.column, help=help
        )

    def span(
        self, pointer: Pointer, part: Part = "value", within: tuple[int, int] | None = None
    ) -> Span:
        """The characters at `pointer`, or those `within` the text there, counted as data.

        They are all of them where it is not certain which those `within` are.
        """
        from seedlint.text.span import Span

        if not self._source_map or not pointer:
            return Span(0, 0)
        span = self._source_map.span(pointer, part)
        if within is None:
            return span
        from seedlint.document.pointer import value_at
        from seedlint.text.places import place_within

        text = str(pointer[-1] if part == "key" else value_at(self.data, pointer))
        return place_within(self.text, span, text, *within) or span

    @cached_property
    def lines(self) -> LineIndex:
        """The line starts of the text."""
        from seedlint.text.span import LineIndex

        return LineIndex(self.text)

    @cached_property
    def _source_map(self) -> SourceMap | JsonMap | None:
        from seedlint.document.json_reader import JsonTree
        from seedlint.text.span import Span

        tree = self._read_tree()
        if isinstance(tree, JsonTree):
            from seedlint.document.json_map import JsonMap

            return JsonMap(self.text, tree.root, Span(0, 0))
        from seedlint.document.source_map import SourceMap

        return SourceMap(self.text, tree.events, Span(0, 0)) if tree.complete else None


def _error_at(
    text: str, offset: int, message: str, path: str, help: str | None = None
) -> SchemaError:
    from seedlint.text.span import LineIndex

    position = LineIndex(text).position(offset)
    return SchemaError(message, path=path, line=position.line, column=position.column, help=help)


def is_plain_json(path: str) -> bool:
    """Whether the file of this name is JSON and nothing more."""
    return not path.lower().endswith((_WITH_COMMENTS, *_YAML))


def parse_source(text: str, shown: str, *, quote: bool = True) -> JsonSource:
    """The data in a schema file, in the language that its name says.

    Raises SchemaError with a position. Without `quote` the messages quote nothing of the file.
    """
    if is_plain_json(shown):
        return parse_json(text, shown, quote=quote)
    if shown.lower().endswith(_WITH_COMMENTS):
        plain = _without_comments(text, shown)
        data = parse_json(plain, shown, quote=quote).data
        return JsonSource(shown, text, data, lambda: _read_tree(plain))
    from seedlint.schema.yaml_source import parse_yaml_source

    data, tree = parse_yaml_source(text, _refuse_at(text, shown), quote=quote)
    return JsonSource(shown, text, data, lambda: tree)


def _refuse_at(text: str, shown: str) -> Callable[[str, int, str | None], SchemaError]:
    return lambda message, offset, help: _error_at(text, offset, message, shown, help)


def _without_comments(text: str, shown: str) -> str:
    """The JSON in a text that may have comments and commas at the end, every character in place."""
    pieces: list[str] = []
    end = 0
    # The token before, comments aside, and the last comma that may be one at the end.
    before = "{"
    comma = 0
    for match in re.finditer(_WITH_COMMENT, _without_escapes(text)):
        token = match[0]
        if token == "/*":
            raise _error_at(text, match.start(), "a comment that is not closed", shown)
        is_comment = token.startswith(("//", "/*"))
        written = text[match.start() : match.end()]
        pieces += [
            text[end : match.start()],
            re.sub(r"[^\r\n]", " ", written) if is_comment else written,
        ]
        end = match.end()
        if is_comment:
            continue
        if token in ("]", "}") and before == "," and comma:
            pieces[comma] = " "
        if token == ",":
            comma = 0 if before in ("{", "[", ",") else len(pieces) - 1
        before = token
    pieces.append(text[end:])
    return "".join(pieces)


def parse_json(text: str, shown: str, *, quote: bool = True) -> JsonSource:
    """The data in a JSON text, refusing what JSON readers disagree about.

    Raises SchemaError with a position for anything that is not plain JSON: a byte order mark,
    repeated keys, NaN, nesting over 100. Without `quote` the messages quote nothing of the file.
    """

    def error(message: str, offset: int) -> SchemaError:
        # Of most contracts it is known that they pass.
        from seedlint.document.json_reader import NO_COMMENTS

        help = None
        if message.endswith(NO_COMMENTS):
            help = f"remove the comments, or give the file a name that ends in `{_WITH_COMMENTS}`"
        return _error_at(text, offset, message, shown, help)

    if text.startswith("\ufeff"):
        raise error("begins with a byte order mark: save it as UTF-8 without", 0)
    if (deep := _find_too_deep(text)) is not None:
        raise error(f"nested deeper than {_MAX_DEPTH}", deep)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_refuse_repeats,
            parse_constant=_refuse_constant,
            parse_int=_read_integer,
            parse_float=_read_float,
        )
    except json.JSONDecodeError:
        # What it says, and of which place, depends on the version of Python.
        fault = _find_fault(text)
        raise error(f"not JSON: {fault.detail}", fault.span.start) from None
    except _Repeated as repeated:
        name = f"the key `{repeated.key[:60]}`" if quote else "a key"
        offset = _find_repeat(text, repeated.key)
        raise error(f"{name} appears twice in one object", offset) from None
    except _Refused as refused:
        raise error(f"not JSON: {refused}", _find_token(text, refused.token)) from None
    except RecursionError:
        raise error("nested too deeply", 0) from None
    return JsonSource(shown, text, data)


def read_text(path: str, shown: str) -> str:
    """The text of a schema file.

    Raises SchemaError for what is not a regular file, is over 5 MiB or is not UTF-8.
    """
    try:
        data, _ = read_regular_file(path, MOST_BYTES, follow_links=True)
    except NotRegularFile:
        raise SchemaError("not a regular file", path=shown) from None
    except (OSError, ValueError) as error:
        raise SchemaError(f"cannot read the file: {reason_of(error)}", path=shown) from None
    return decode(data, shown)


def decode(data: bytes, shown: str) -> str:
    """The text of a schema file with these bytes, or of its beginning if it is too large.

    Raises SchemaError for what is over 5 MiB or is not UTF-8.
    """
    if len(data) > MOST_BYTES:
        raise SchemaError(f"larger than {MOST_BYTES:,} bytes", path=shown)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"not UTF-8: the byte 0x{data[error.start]:02x}"
        help = "save the file as UTF-8"
        raise _error_at(before, len(before), message, shown, help) from None


class _Repeated(Exception):
    def __init__(self, key: str) -> None:
        self.key = key


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _Repeated(key)
        result[key] = value
    return result


class _Refused(Exception):
    def __init__(self, message: str, token: str) -> None:
        super().__init__(message)
        self.token = token


def _refuse_constant(name: str) -> Any:
    raise _Refused(f"{name} is not a JSON value", name)


def _read_integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise _Refused(f"a number of more than {_MAX_DIGITS} digits", text)
    return int(text)


def _read_float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _Refused("a number that is too large", text)
    return value


def _without_escapes(text: str) -> str:
    # Of most contracts it is known that they pass.
    from seedlint.text.json_text import without_escapes

    return without_escapes(text)


def _read_tree(text: str) -> JsonTree:
    """The JSON of a schema file with places."""
    from seedlint.document.json_reader import read_json
    from seedlint.document.limits import Limits
    from seedlint.text.span import Span

    limits = Limits(nodes=1_000_000, depth=2 * _MAX_DEPTH, integer_digits=_MAX_DIGITS)
    return read_json(text, Span(0, len(text)), limits)


def _find_fault(text: str) -> Problem:
    """What is wrong with a text that is no JSON, and where.

    Its sentence quotes nothing of the text.
    """
    from seedlint.document.problem import Problem, ProblemKind
    from seedlint.text.span import Span

    kind = ProblemKind.INVALID_JSON
    faults = [each for each in _read_tree(text).problems if each.kind is kind]
    return faults[-1] if faults else Problem(kind, Span(0, 0), "too many values to be read")


def _find_token(text: str, token: str) -> int:
    """Where a number or a word is, outside strings, whatever is glued to it."""
    tokens = re.finditer(_TOKEN, _without_escapes(text))
    return next(match.start() for match in tokens if match[0].startswith(token))


def _find_repeat(text: str, key: str) -> int:
    """Where `key` appears for the second time in one object."""
    for problem in _read_tree(text).problems:
        if problem.detail == key and problem.related:
            return problem.span.start
    return 0


def _find_too_deep(text: str) -> int | None:
    """Where an array or object is opened inside more than `_MAX_DEPTH` others."""
    depth = 0
    for match in re.finditer(_TOKEN, _without_escapes(text)):
        token = match[0]
        if token in "[{":
            depth += 1
            if depth > _MAX_DEPTH:
                return match.start()
        elif token in "]}":
            depth -= 1
    return None
