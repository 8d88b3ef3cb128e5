"""Configuration files: found, and read within bounds.

In a pull request they are a stranger's. One that was found must be a regular file of at most 1 MiB,
not a symbolic link, so it can neither block nor lead out of the tree. One that is there and cannot
be read is an error, never passed over. `config_settings.py` checks what they say.
"""

from __future__ import annotations

import os
import re

from seedlint.errors import ConfigError
from seedlint.files import read_regular_file, reason_of, shown_path
from seedlint.named_tuple import NamedTuple
from seedlint.settings import CONFIG_FILE, PYPROJECT, StrPath
from seedlint.text.marks import BOM
from seedlint.text.span import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_CONFIG = 1024 * 1024
"""How large a configuration can be, in bytes."""

# The time and memory that the TOML reader takes grow with the square of the parts of a key: 40 KB
# of dots took 1.6 GB. With this many, 1 MiB takes 2 s and 150 MB at worst.
_MAX_KEY_PARTS = 32
# A code or the name of a rule as TOML has it.
_QUOTED = r"([\"'])[^\"'\n]*\1"
# What can be seen of keys without a TOML reader: strings and comments, dots, and what ends a key.
# A string that is not closed goes on to the end, so there is nothing to go back to.
_TOKEN = (
    r'"""(?:[^"\\]+|\\.|"{1,2}(?!"))*(?:"{3,5})?'
    r"|'''(?:[^']+|'{1,2}(?!'))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]+|\\[^\n])*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|(?P<dot>\.)"
    r"|(?P<end>[][{}=,\n])"
)


class ConfigFile(NamedTuple):
    """A file of settings that could be read; `shown` is its name as shown to people.

    `content` is what it says of seedlint, whatever its type.
    """

    path: str
    shown: str
    text: str
    content: Any

    @property
    def folder(self) -> str:
        """The folder that it lies in, even if it is a link to a file elsewhere."""
        return os.path.realpath(os.path.dirname(os.path.abspath(self.path)))


def find_config(start: StrPath) -> ConfigFile | None:
    """The nearest `seedlint.toml`, or `pyproject.toml` with a `[tool.seedlint]`, from `start` up.

    The search ends at the root of a git checkout. Raises ConfigError for one that cannot be read.
    """
    folder, below = os.path.abspath(start), None
    while folder != below:
        for name in (CONFIG_FILE, PYPROJECT):
            path = os.path.join(folder, name)
            if os.path.lexists(path):
                data = read_config(path, shown_path(path))
                # Most projects have a pyproject.toml that says nothing of seedlint.
                if name == CONFIG_FILE or b"seedlint" in data:
                    file = parse_config(path, data)
                    if file is not None:
                        return file
        if os.path.exists(os.path.join(folder, ".git")):
            return None
        folder, below = os.path.dirname(folder), folder
    return None


def open_config(path: str) -> ConfigFile:
    """The configuration file that was named, which may be a link. Raises ConfigError."""
    # Resolved first, because reading follows no links; an empty path would become this folder.
    data = read_config(os.path.realpath(path) if path else path, shown_path(path))
    file = parse_config(path, data)
    if file is None:
        raise ConfigError("it has no table `[tool.seedlint]`", path=shown_path(path))
    return file


def read_config(path: str, shown: str) -> bytes:
    try:
        data, _ = read_regular_file(path, LARGEST_CONFIG)
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError("no such configuration file", path=shown) from None
    except OSError as error:
        raise ConfigError(
            f"cannot read: {reason_of(error)}",
            path=shown,
            help="--config names another configuration file, --isolated does without",
        ) from None
    if len(data) > LARGEST_CONFIG:
        raise ConfigError("larger than 1 MiB", path=shown)
    return data


def parse_config(path: str, data: bytes) -> ConfigFile | None:
    """The file with these bytes; None for a `pyproject.toml` without our table."""
    shown = shown_path(path)
    data = data.removeprefix(BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = position_in(before, len(before))
        raise ConfigError("not UTF-8", path=shown, line=line, column=column) from None
    content: Any = _parse_toml(text, shown)
    if os.path.basename(path) == PYPROJECT:
        tools = content.get("tool", {})
        if not isinstance(tools, dict):
            content = tools
        elif "seedlint" in tools:
            content = tools["seedlint"]
        else:
            return None
    return ConfigFile(path, shown, text, content)


def _parse_toml(text: str, shown: str) -> dict[str, Any]:
    # Many runs have no configuration.
    from seedlint.text.toml import loads_toml

    _check_keys(text, shown)
    try:
        return loads_toml(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of 5,000 digits is too much for `int`.
        raise _toml_error(str(error), shown, text) from None


def _check_keys(text: str, shown: str) -> None:
    """Raise ConfigError for a key that would cost the TOML reader too much."""

    dots = 0
    for token in re.finditer(_TOKEN, text, re.DOTALL):
        if token["dot"]:
            dots += 1
            if dots >= _MAX_KEY_PARTS:
                line, column = position_in(text, token.start())
                raise ConfigError(
                    f"a key of more than {_MAX_KEY_PARTS} parts",
                    path=shown,
                    line=line,
                    column=column,
                )
        elif token["end"]:
            dots = 0


_TYPOGRAPHIC = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"


def _toml_error(message: str, shown: str, text: str) -> ConfigError:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if place is None:
        if number := re.search(r"[0-9_]{4000}", text):
            line, column = position_in(text, number.start())
            return ConfigError("a number that is too long", path=shown, line=line, column=column)
        return ConfigError("nested too deeply", path=shown)
    reason = message[: place.start()]
    line, column = position_in(text, len(text.rstrip("\r\n")))
    if place[1]:
        line, column = int(place[1]), int(place[2])
        written = text.split("\n")[line - 1][column - 1 : column]
        if written and written in _TYPOGRAPHIC:
            reason = f'`{written}` is a typographic quote, write `"`'
    return ConfigError(
        f"not TOML: {reason[:1].lower()}{reason[1:]}", path=shown, line=line, column=column
    )


def position_in(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset into a TOML file, whose lines end in LF."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def place_of_key(shown: str, key: tuple[str | int, ...]) -> tuple[Position, Position]:
    """Where a text is that a list in a configuration file has; line 1 if it is not there now."""
    from seedlint.text.toml import find_places

    start = end = Position(1, 1)
    try:
        text = read_config(os.path.realpath(shown), shown).removeprefix(BOM).decode("utf-8")
        offset = find_places(text).get(key)
    except (ConfigError, UnicodeDecodeError):
        return start, end
    if offset is not None and (written := re.compile(_QUOTED).match(text, offset)):
        start, end = (Position(*position_in(text, at)) for at in written.span())
    return start, end
