"""What a run is asked to do: frozen, and read strictly."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.severity import Severity

if TYPE_CHECKING:
    from seedlint.rules.base import Rule
from seedlint.document.limits import Limits
from seedlint.errors import ConfigError
from seedlint.rules import all_rules

# `pathlib` takes longer to import than a seed to check.
StrPath = str | os.PathLike[str]

CONFIG_FILE = "seedlint.toml"
PYPROJECT = "pyproject.toml"
ALL = "ALL"
_MAX_LIMIT = {
    "file_bytes": 100 * 1024 * 1024,
    "front_matter_bytes": 32 * 1024 * 1024,
    "depth": 500,
    "nodes": 1_000_000,
    "aliased_nodes": 1_000_000,
    "integer_digits": 4000,
    "findings": 10_000,
    "seconds": 3600,
}
_MAX_CONFIG_BYTES = 1024 * 1024


class Settings(NamedTuple):
    """The settings of one run.

    `schema` is None for the article contract that seedlint brings; `root` the folder that
    relative patterns start from (that of the configuration file, else the working directory);
    `suppressions` whether comments in seeds can answer findings; `use_index` whether what is found
    is remembered, in `index_folder` (None: where the platform keeps such things).
    """

    schema: StrPath | None = None
    root: StrPath = os.curdir
    config: StrPath | None = None
    include: tuple[str, ...] = ("**/*.md", "**/*.markdown")
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    fail_on: Severity = Severity.ERROR
    limits: Limits = Limits()
    suppressions: bool = True
    use_index: bool = False
    index_folder: str | None = None

    def severity_of(self, rule: Rule) -> Severity | None:
        """The severity of `rule` in this run, None when it is not selected.

        The most specific selector decides: a name or whole code before a prefix before `ALL`; of
        equally specific ones, `ignore`.
        """
        if rule.family == "INT":
            return rule.severity
        if _specificity(rule, self.select) <= _specificity(rule, self.ignore):
            return None
        chosen = max(
            (
                (_specificity(rule, (selector,)), index, severity)
                for index, (selector, severity) in enumerate(self.severity)
            ),
            key=lambda entry: entry[:2],
            default=(0, 0, rule.severity),
        )
        return chosen[2] if chosen[0] else rule.severity

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The selectors that `per-file-ignores` lists for a path relative to `root`."""
        return tuple(
            selector
            for pattern, selectors in self.per_file_ignores
            if compile_glob(pattern).fullmatch(path)
            for selector in selectors
        )


def selects(selector: str, rule: Rule) -> bool:
    """Whether a code, a prefix of one, a name or `ALL` means `rule`."""
    return selector == ALL or selector == rule.name or rule.code.startswith(selector)


def _specificity(rule: Rule, selectors: Iterable[str]) -> int:
    """How closely the closest of `selectors` means `rule`: 0 not at all, 1 by `ALL`."""
    best = 0
    for selector in selectors:
        if selector in (rule.name, rule.code):
            return 100
        if selector == ALL:
            best = max(best, 1)
        elif rule.code.startswith(selector):
            best = max(best, 1 + len(selector))
    return best


def check_selectors(selectors: Iterable[str], origin: str) -> None:
    """Raise ConfigError for a selector that means no rule; `origin` says where it came from."""
    rules = all_rules().values()
    for selector in selectors:
        if not selector or not any(selects(selector, rule) for rule in rules):
            from difflib import get_close_matches

            known = [name for rule in rules for name in (rule.code, rule.name)]
            near = get_close_matches(selector, known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise ConfigError(f"{origin}: no rule is called `{selector[:60]}`{hint}")


@cache
def compile_glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over a path with `/`: `*`, `?`, `**` and literal text.

    As in .gitignore a pattern without a slash matches at any depth, and one that names a folder
    matches everything below it. What follows a star is looked for at the first place only, which
    is enough for a glob, so no pattern and no file name can make matching slow.
    """
    anchored = "/" in pattern.rstrip("/")
    runs: list[list[str]] = [[]] if anchored else [[], []]
    for segment in pattern.strip("/").split("/"):
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(segment)
    names = map("g{}".format, count())

    def once(text: str) -> str:
        """A group that is not tried again once it has matched."""
        name = next(names)
        return f"(?=(?P<{name}>{text}))(?P={name})"

    def of_segment(segment: str) -> str:
        first, *others = (
            "".join("[^/]" if char == "?" else re.escape(char) for char in piece)
            for piece in re.split(r"\*+", segment)
        )
        if not others:
            return first
        middle = "".join(once(f"[^/]*?{piece}") for piece in others[:-1])
        return f"{first}{middle}[^/]*{others[-1]}"

    text = "/".join(map(of_segment, runs[0]))
    for run in filter(None, runs[1:]):
        body = "/".join(map(of_segment, run))
        text += ("/" if text else "") + once(rf"(?:[^/]*/)*?{body}(?=/|\Z)")
    if len(runs) > 1 and not runs[-1]:
        text += "/.*" if text else ".*"
    return re.compile(text + r"(?:/.*)?", re.DOTALL)


def _loads_toml(text: str) -> dict[str, Any]:
    # Most runs have no configuration file to read.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    return tomllib.loads(text)


def find_config(start: StrPath) -> str | None:
    """The nearest `seedlint.toml`, or `pyproject.toml` with a `[tool.seedlint]`, from `start` up.

    The search ends at the root of a git checkout.
    """
    folder, below = os.path.abspath(start), None
    while folder != below:
        own, pyproject = os.path.join(folder, CONFIG_FILE), os.path.join(folder, PYPROJECT)
        if os.path.isfile(own):
            return own
        if os.path.isfile(pyproject) and _has_table(pyproject):
            return pyproject
        if os.path.exists(os.path.join(folder, ".git")):
            return None
        folder, below = os.path.dirname(folder), folder
    return None


def _has_table(path: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError:
        return False
    if "seedlint" not in text:
        return False
    try:
        tools = _loads_toml(text).get("tool")
        return isinstance(tools, dict) and "seedlint" in tools
    except (ValueError, RecursionError):
        # Whether it is broken in our table cannot be known: reading it says where.
        return "[tool.seedlint" in text


def load_config(path: StrPath, shown: str) -> dict[str, Any]:
    """The settings that the file at `path` makes, as arguments of `Settings`.

    Raises ConfigError, with a position, for anything that is no setting or of the wrong type.
    """
    try:
        if not os.path.isfile(path):
            raise ConfigError("no such configuration file", path=shown)
        with open(path, "rb") as stream:
            data = stream.read(_MAX_CONFIG_BYTES + 1)
        if len(data) > _MAX_CONFIG_BYTES:
            raise ConfigError("larger than 1 MiB", path=shown)
        text = data.decode("utf-8")
    except OSError as error:
        raise ConfigError(f"cannot read: {error.strerror}", path=shown) from None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        raise ConfigError("not UTF-8", path=shown, line=line, column=column) from None
    try:
        content: Any = _loads_toml(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of 5,000 digits is too much for `int`.
        raise _toml_error(str(error), shown, text) from None
    prefix = ""
    if os.path.basename(path) == PYPROJECT:
        prefix = "tool.seedlint"
        tools = content.get("tool", {})
        content = tools.get("seedlint", {}) if isinstance(tools, dict) else tools
    return _Reader(text, shown, prefix).read(content, os.path.dirname(os.path.realpath(path)))


def _toml_error(message: str, shown: str, text: str) -> ConfigError:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if place is None:
        if number := re.search(r"[0-9_]{4000}", text):
            line, column = _position(text, number.start())
            return ConfigError("a number that is too long", path=shown, line=line, column=column)
        return ConfigError("nested too deeply", path=shown)
    reason = message[: place.start()]
    line, column = _position(text, len(text.rstrip("\r\n")))
    if place[1]:
        line, column = int(place[1]), int(place[2])
    return ConfigError(
        f"not TOML: {reason[:1].lower()}{reason[1:]}", path=shown, line=line, column=column
    )


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset into a TOML file, whose lines end in LF."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Reader:
    """Checks a table of settings, key by key."""

    def __init__(self, text: str, shown: str, prefix: str) -> None:
        self._text = text
        self._shown = shown
        self._prefix = prefix

    def read(self, table: Any, folder: str) -> dict[str, Any]:
        readers = {
            "schema": lambda key, value: self._schema(key, value, folder),
            "include": self._texts,
            "exclude": self._texts,
            "select": self._selectors,
            "ignore": self._selectors,
            "fail-on": self._severity,
            "per-file-ignores": self._per_file_ignores,
            "severity": self._severities,
            "limits": self._limits,
        }
        if not isinstance(table, dict):
            raise self._error("expected a table of settings", ())
        settings: dict[str, Any] = {"root": folder}
        for key, value in table.items():
            if key not in readers:
                raise self._unknown(key, readers, ())
            settings[key.replace("-", "_")] = readers[key]((key,), value)
        return settings

    def _text_value(self, key: tuple[str, ...], value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self._error(f"`{key[-1]}` must be text", key)
        return value

    def _schema(self, key: tuple[str, ...], value: Any, folder: str) -> str:
        """The path of the contract, which must lie in the folder of the configuration.

        Both may come from a pull request. Only the command line is the maintainer's own.
        """
        from pathlib import PureWindowsPath

        name = self._text_value(key, value)
        try:
            if "://" not in name and not PureWindowsPath(name).anchor:
                path = os.path.join(folder, name)
                if os.path.realpath(path).startswith(os.path.join(folder, "")):
                    return path
        except (OSError, ValueError, RuntimeError):
            raise self._error("`schema` is no path", key) from None
        raise self._error(
            "`schema` must be the path of a file in this folder or below; "
            "any other can be given by --schema",
            key,
        )

    def _texts(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(f"`{key[-1]}` must be a list of texts", key)
        return tuple(value)

    def _selectors(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        selectors = self._texts(key, value)
        try:
            check_selectors(selectors, f"`{key[-1]}`")
        except ConfigError as error:
            raise self._error(error.message, key) from None
        return selectors

    def _severity(self, key: tuple[str, ...], value: Any) -> Severity:
        try:
            return Severity(value)
        except ValueError:
            raise self._error(f"`{key[-1]}` must be `error`, `warning` or `info`", key) from None

    def _per_file_ignores(self, key: tuple[str, ...], value: Any) -> Any:
        table = self._table(key, value)
        return tuple(
            (pattern, self._selectors((*key, pattern), selectors))
            for pattern, selectors in table.items()
        )

    def _severities(self, key: tuple[str, ...], value: Any) -> Any:
        table = self._table(key, value)
        for selector in table:
            self._selectors((*key, selector), [selector])
        return tuple(
            (selector, self._severity((*key, selector), level)) for selector, level in table.items()
        )

    def _limits(self, key: tuple[str, ...], value: Any) -> Limits:
        known = {name.replace("_", "-"): name for name in Limits._fields}
        chosen: dict[str, int] = {}
        for name, number in self._table(key, value).items():
            if name not in known:
                raise self._unknown(name, known, key)
            most = _MAX_LIMIT[known[name]]
            if type(number) is not int or not 1 <= number <= most:
                raise self._error(
                    f"`{name}` must be a whole number of at least 1 and at most {most}",
                    (*key, name),
                )
            chosen[known[name]] = number
        return Limits(**chosen)

    def _table(self, key: tuple[str, ...], value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._error(f"`{key[-1]}` must be a table", key)
        return value

    def _unknown(self, name: str, known: Iterable[str], key: tuple[str, ...]) -> ConfigError:
        from difflib import get_close_matches

        near = get_close_matches(name, list(known), n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return self._error(f"unknown setting `{name[:60]}`{hint}", (*key, name))

    def _error(self, message: str, key: tuple[str, ...]) -> ConfigError:
        line, column = self._find(key)
        return ConfigError(message, path=self._shown, line=line, column=column)

    def _find(self, key: tuple[str, ...]) -> tuple[int | None, int | None]:
        """The place of a key; TOML readers give none, so it is looked for as it is usually written.

        Under the header of its table, or of a table above it as a dotted or inline key.
        """
        table = ""
        best: tuple[int, int] | None = None
        if not key:
            found = re.search(r"\b(seedlint)\b[\"']?\s*(?:=|\]\])", self._text)
            return _position(self._text, found.start(1)) if found else (None, None)
        wanted_tables = {
            ".".join(filter(None, (self._prefix, *key[:depth]))) for depth in range(len(key) + 1)
        }
        for number, line in enumerate(self._text.split("\n"), 1):
            if header := re.match(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$", line):
                table = header[1].replace(" ", "").replace('"', "")
                if table == ".".join(filter(None, (self._prefix, *key))):
                    return number, line.index("[") + 1
            elif table in wanted_tables:
                name = re.escape(key[-1])
                if found := re.search(rf"""(?:^|[\s.{{,"'])({name})["']?\s*[=.]""", line):
                    return number, found.start(1) + 1
                if best is None and re.match(rf"\s*[\"']?{re.escape(key[0])}[\"']?\s*[=.]", line):
                    best = number, len(line) - len(line.lstrip()) + 1
        return best or (None, None)
