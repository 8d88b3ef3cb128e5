"""TOML, and where its keys and list items are, which no library for Python says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Path = tuple[str | int, ...]

_STRING = (
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_TOKEN = (
    rf"(?P<string>{_STRING})"
    r"|(?P<mark>[][{}=,.\n])"
    # A date and a time may have a blank between them.
    r"|(?P<word>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]+|[^][{}=,.\s#\"']+)"
    r"|[ \t\r]+|\#[^\n]*"
)


def loads_toml(text: str) -> dict[str, Any]:
    """The data in a TOML text. Raises ValueError, or RecursionError, for any other text."""
    # Most runs have no configuration file to read.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    return tomllib.loads(text)


class _End(Exception):
    """The text ends, or is not TOML."""


def find_places(text: str) -> dict[Path, int]:
    """The offset of each key by its path, and of each list item by that of its list and its index.

    A table has the place of the header or of the key that first names it. `text` is TOML; of any
    other text some places may be missing. Grammar: TOML 1.0.0.
    """
    return _Scanner(text).places


class _Scanner:
    """Goes over the tokens of a text once."""

    def __init__(self, text: str) -> None:
        self.places: dict[Path, int] = {}
        self._tokens = _tokens(text)
        self._kind, self._token, self._at = "", "", 0
        # How many tables each array of tables has.
        self._counts: dict[Path, int] = {}
        try:
            self._next()
            table: Path = ()
            while True:
                if self._token == "\n":
                    self._next()
                elif self._token == "[":
                    table = self._header()
                else:
                    self._pair(table)
        except (_End, RecursionError):
            pass

    def _next(self) -> None:
        found = next(self._tokens, None)
        if found is None:
            raise _End
        self._kind, self._token, self._at = found

    def _header(self) -> Path:
        at = self._at
        self._next()
        is_array = self._token == "["
        if is_array:
            self._next()
        path = self._key(())
        if is_array:
            count = self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, count - 1)
            self.places[path] = at
            self._next()
        self._next()
        return path

    def _key(self, table: Path) -> Path:
        """Read a dotted key inside `table`; its path."""
        path = table
        while True:
            if self._kind == "mark":
                raise _End
            path = (*path, _unquoted(self._token) if self._kind == "string" else self._token)
            self.places.setdefault(path, self._at)
            self._next()
            if self._token != ".":
                return path
            if path in self._counts:
                # What follows is in the last table of the array.
                path = (*path, self._counts[path] - 1)
            self._next()

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        if self._token != "=":
            raise _End
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._token == "[":
            self._next()
            index = 0
            while self._token != "]":
                if self._token in (",", "\n"):
                    self._next()
                    continue
                self.places[(*path, index)] = self._at
                self._value((*path, index))
                index += 1
            self._next()
        elif self._token == "{":
            self._next()
            while self._token != "}":
                if self._token in (",", "\n"):
                    self._next()
                else:
                    self._pair(path)
            self._next()
        else:
            # A number with a point is more than one token.
            self._next()
            while self._kind == "word" or self._token == ".":
                self._next()


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The kind, the text and the offset of each token, blanks and comments left out."""
    position = 0
    while match := _token().match(text, position):
        position = match.end()
        if match.lastgroup is not None:
            yield match.lastgroup, match[0], match.start()


@cache
def _token() -> re.Pattern[str]:
    return re.compile(_TOKEN, re.DOTALL)


def _unquoted(written: str) -> str:
    """The key that a string stands for."""
    found: str = loads_toml(f"key = {written}")["key"]
    return found
