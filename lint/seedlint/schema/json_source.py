"""A JSON file as strict data with positions."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from seedlint.document.limits import Limits
from seedlint.document.source_map import Part, Pointer, SourceMap
from seedlint.document.yaml_tree import parse_yaml
from seedlint.errors import SchemaError
from seedlint.text.span import LineIndex, Span

_MAX_BYTES = 5 * 1024 * 1024
_MAX_DEPTH = 200


@dataclass(frozen=True)
class JsonSource:
    """A schema file: its path as shown to people, its text and its data."""

    path: str
    text: str
    data: Any

    def error(
        self,
        message: str,
        pointer: Pointer = (),
        part: Part = "value",
        *,
        help: str | None = None,
        shift: int = 0,
    ) -> SchemaError:
        """An error at the place of `pointer`, `shift` code points into it."""
        offset = 0
        if self._source_map and pointer:
            offset = self._source_map.span(pointer, part).start + shift
        position = LineIndex(self.text).position(offset)
        return SchemaError(
            message, path=self.path, line=position.line, column=position.column, help=help
        )

    @cached_property
    def _source_map(self) -> SourceMap | None:
        """JSON is YAML, near enough to reuse the one position machinery there is."""
        limits = Limits(nodes=1_000_000, depth=2 * _MAX_DEPTH)
        tree = parse_yaml(self.text, limits)
        return SourceMap(self.text, tree.events, Span(0, 0)) if tree.complete else None


def read_json(path: Path, shown: str) -> JsonSource:
    """Read a JSON file, refusing what JSON readers disagree about.

    Raises SchemaError with a position for anything that is not plain JSON of bounded size: not a
    regular file, over 5 MiB, not UTF-8, a byte order mark, repeated keys, NaN, nesting over 200.
    """
    text = _read_text(path, shown)
    if text.startswith("\ufeff"):
        raise SchemaError("begins with a byte order mark: save it as UTF-8 without", path=shown)
    try:
        data = json.loads(text, object_pairs_hook=_refuse_repeats, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise SchemaError(
            f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            path=shown,
            line=error.lineno,
            column=error.colno,
        ) from None
    except _Repeated as error:
        raise _at_second_key(text, shown, error.key) from None
    except RecursionError:
        raise SchemaError("nested too deeply", path=shown) from None
    except ValueError as error:
        # From `parse_constant`, or from a number of thousands of digits.
        raise SchemaError(f"not JSON: {error}", path=shown) from None
    source = JsonSource(shown, text, data)
    if _depth(data) > _MAX_DEPTH:
        raise SchemaError(f"nested deeper than {_MAX_DEPTH}", path=shown)
    return source


def _read_text(path: Path, shown: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise SchemaError(
            f"cannot read the file: {(error.strerror or 'error').lower()}", path=shown
        ) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SchemaError("not a regular file", path=shown)
        data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise SchemaError(f"larger than {_MAX_BYTES} bytes", path=shown)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SchemaError(
            f"not UTF-8 at byte {error.start}", path=shown, help="save the file as UTF-8"
        ) from None


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


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _at_second_key(text: str, shown: str, key: str) -> SchemaError:
    limits = Limits(nodes=1_000_000, depth=2 * _MAX_DEPTH)
    position = None
    for problem in parse_yaml(text, limits).problems:
        if problem.detail == key and problem.related:
            position = LineIndex(text).position(problem.span.start)
            break
    return SchemaError(
        f"the key `{key[:60]}` stands twice in one object",
        path=shown,
        line=position.line if position else None,
        column=position.column if position else None,
    )


def _depth(data: Any) -> int:
    deepest, pending = 0, [(data, 1)]
    while pending:
        value, depth = pending.pop()
        deepest = max(deepest, depth)
        if isinstance(value, dict):
            pending += [(child, depth + 1) for child in value.values()]
        elif isinstance(value, list):
            pending += [(child, depth + 1) for child in value]
    return deepest
