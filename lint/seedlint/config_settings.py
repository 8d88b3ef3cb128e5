"""What a configuration file says: every setting read strictly, by one table.

An unknown key and an invalid value are errors, with a position and what was probably meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from seedlint.config_file import (
    LARGEST_CONFIG,
    ConfigFile,
    open_config,
    parse_config,
    position_in,
    read_config,
)
from seedlint.document.limits import LARGEST, Limits
from seedlint.errors import ConfigError
from seedlint.files import shown_path
from seedlint.named_tuple import NamedTuple
from seedlint.schema.files import split_fragment
from seedlint.settings import (
    ALL,
    IGNORE,
    PYPROJECT,
    REPORT,
    TARGETS,
    Settings,
    check_ignored,
    check_pattern,
    check_selectors,
)
from seedlint.severity import Severity
from seedlint.text.nearest import did_you_mean
from seedlint.text.toml import find_places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.collection import Collection
    from seedlint.ignore_at import IgnoredAt

# How many files one configuration can consist of, by `extend`.
_MAX_EXTENDED = 10
# What a collection can be called.
_NAME = "[A-Za-z][A-Za-z0-9._-]{0,59}"


def read_settings(file: ConfigFile, *, needs_schema: bool = True) -> dict[str, Any]:
    """The settings that a file makes, as arguments of `Settings`; its folder is the root.

    With `extend` they are put over those of another file. Raises ConfigError, with a position, for
    an unknown setting, for a value of the wrong type, and for a schema that is not there unless
    another is used.
    """
    settings = _read_extended(file, [file], needs_schema)
    if collections := settings.get("collections"):
        settings["collections"] = [_resolved(each, settings) for each in collections]
        include = settings.get("include", Settings().include)
        patterns = (each for collection in collections for each in collection.files)
        settings["include"] = tuple(dict.fromkeys([*include, *filter(_names_files, patterns)]))
    return {**settings, "root": file.folder}


def _names_files(pattern: str) -> bool:
    """Whether a pattern says which files it means, by an ending: `news/*.html`, not `news/**`.

    There are also pictures and data in folders of seeds.
    """
    ending = os.path.splitext(pattern)[1]
    return ending not in ("", ".") and not pattern.endswith("/")


def _is_in_empty_submodule(path: str) -> bool:
    """Whether a path leads into a submodule that is not checked out."""
    folder = os.path.dirname(path)
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    folder = folder or os.curdir
    try:
        if os.listdir(folder):
            return False
    except OSError:
        return False
    # Most runs need none of it.
    from seedlint.git import find_empty_submodules

    return bool(find_empty_submodules([folder]))


def _read_extended(file: ConfigFile, chain: list[ConfigFile], needs_schema: bool) -> dict[str, Any]:
    """The settings of a file over those that it extends; `chain` are the files up to this one."""
    reader = _Reader(file, top=chain[0].folder, needs_schema=needs_schema)
    own = reader.read(file.content)
    base: dict[str, Any] = {}
    if path := own.pop("extend", None):
        extended = reader.open_extended(path, chain)
        needs_schema = needs_schema and "schema" not in own
        base = _read_extended(extended, [*chain, extended], needs_schema)
    own.pop("required_version", None)
    _extend_select(own, base)
    return {**base, **own}


def _resolved(collection: Collection, settings: Mapping[str, Any]) -> Collection:
    """A collection with `extend-select` added to its own `select`, or to that of the top level."""
    own = dict(collection.own)
    _extend_select(own, settings)
    return collection._replace(own=own)


def _extend_select(own: dict[str, Any], base: Mapping[str, Any]) -> None:
    if more := own.pop("extend_select", None):
        own["select"] = (*own.get("select", base.get("select", (ALL,))), *more)


def named_settings(path: str, *, needs_schema: bool = True) -> Settings:
    """The settings of a file that was named, not found; raises ConfigError.

    It may be in another checkout. Paths of files that it names start from its own folder, but its
    patterns start from the working directory, whose files are checked. `.gitignore` files of the
    working directory leave out nothing, unless the file says so.
    """
    file = open_config(path)
    found = read_settings(file, needs_schema=needs_schema)
    return Settings(**{"respect_gitignore": False, **found, "root": os.curdir, "config": file.path})


def earlier_settings(now: Settings, data: bytes) -> Settings | None:
    """What the file that made the settings `now` said when it had these bytes.

    None if it was not a valid configuration. What it extends is read as it is today.
    """
    if now.config is None or len(data) > LARGEST_CONFIG:
        return None
    try:
        file = parse_config(os.fspath(now.config), data)
        found = read_settings(file, needs_schema=False) if file else None
    except ConfigError:
        return None
    return Settings(**{**found, "root": now.root, "config": now.config}) if found else None


class _Reader:
    """Checks a table of settings, key by key."""

    def __init__(self, file: ConfigFile, *, top: str, needs_schema: bool) -> None:
        """`top` is the folder in which all files that the table names must be."""
        self._text = file.text
        self._shown = file.shown
        self._folder = file.folder
        self._top = top
        self._name = os.path.basename(file.path)
        self._prefix = "tool.seedlint" if self._name == PYPROJECT else ""
        self._needs_schema = needs_schema

    def read(self, table: Any) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._error("expected a table of settings", ())
        if "required-version" in table:
            # What another version knows may be unknown to this one.
            self._required_version(("required-version",), table["required-version"])
        if "tool" in table and not self._prefix:
            message = f"in {self._name} settings are written without `[tool.seedlint]`"
            raise self._error(message, ("tool",))
        return self._settings((), table, SETTINGS)

    def _settings(
        self, place: tuple[Any, ...], table: Mapping[str, Any], known: Iterable[str]
    ) -> dict[str, Any]:
        """The settings in a table; `known` are those that it can hold."""
        settings: dict[str, Any] = {}
        for key, value in table.items():
            if key not in known:
                raise self._unknown(key, known, place)
            settings[key.replace("-", "_")] = SETTINGS[key].read(self, (*place, key), value)
        return settings

    def open_extended(self, path: str, chain: Sequence[ConfigFile]) -> ConfigFile:
        """The file at `path`, which `extend` names. Raises ConfigError."""
        places = [os.path.realpath(file.path) for file in chain]
        if os.path.realpath(path) in places:
            raise self._error("`extend` leads back to this configuration", ("extend",))
        if len(chain) == _MAX_EXTENDED:
            raise self._error(
                f"more than {_MAX_EXTENDED} files that extend one another", ("extend",)
            )
        shown = shown_path(path)
        try:
            file = parse_config(path, read_config(path, shown))
        except ConfigError as error:
            if error.line is None:
                raise self._error(f"`extend`: {error.path}: {error.message}", ("extend",)) from None
            raise
        if file is None:
            message = f"`extend`: {shown} has no table `[tool.seedlint]`"
            raise self._error(message, ("extend",))
        return file

    def _required_version(self, key: tuple[str, ...], value: Any) -> str:
        from seedlint.versions import is_version_in

        required = self._text_value(key, value)
        try:
            is_met = is_version_in(required)
        except ValueError as error:
            raise self._error(f"`{key[-1]}`: {error}", key) from None
        if not is_met:
            import seedlint

            this = seedlint.__version__
            message = f"this configuration requires seedlint {required[:60]}, this is {this}"
            raise self._error(message, key)
        return required

    def _unmatched(self, key: tuple[str, ...], value: Any) -> str:
        if value not in (REPORT, IGNORE):
            raise self._error(f"`{key[-1]}` must be `{REPORT}` or `{IGNORE}`", key)
        return str(value)

    def _collections(self, key: tuple[str, ...], value: Any) -> tuple[Collection, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._error(f"`{key[-1]}` must be tables, `[[{key[-1]}]]`", key)
        found: dict[str, Collection] = {}
        for index, table in enumerate(value):
            collection = self._collection((*key, index), table)
            if collection.name in found:
                message = f"two collections are called `{collection.name}`"
                raise self._error(message, (*key, index, "name"))
            found[collection.name] = collection
        return tuple(found.values())

    def _collection(self, place: tuple[Any, ...], table: Mapping[str, Any]) -> Collection:
        from seedlint.collection import Collection

        for needed in ("name", "files"):
            if needed not in table:
                raise self._error(f"a collection needs `{needed}`", place)
        name = table["name"]
        if not isinstance(name, str) or not re.fullmatch(_NAME, name):
            message = "`name` must be 1 to 60 letters, digits, `-`, `_` or `.`, first a letter"
            raise self._error(message, (*place, "name"))
        try:
            files = self._patterns((*place, "files"), table["files"])
            if not files:
                raise self._error("`files` is empty", (*place, "files"))
            own = {key: each for key, each in table.items() if key not in COLLECTION_ALONE}
            return Collection(name, files, self._settings(place, own, OF_COLLECTIONS))
        except ConfigError as error:
            error.args = (f"collection `{name}`: {error.message}",)
            (error.message,) = error.args
            raise

    def _text_value(self, key: tuple[str, ...], value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self._error(f"`{key[-1]}` must be text", key)
        return value

    def _bool(self, key: tuple[str, ...], value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._error(f"`{key[-1]}` must be `true` or `false`", key)
        return value

    def _schema(self, key: tuple[str, ...], value: Any) -> str:
        """The path of the contract."""
        path = self._file(key, value)
        if self._needs_schema and not os.path.exists(split_fragment(path)[0]):
            error = self._error(f"`schema`: no such file: `{value[:60]}`", key)
            if _is_in_empty_submodule(path):
                error.help = "check out the submodule that it is in"
            raise error
        return path

    def _file(self, key: tuple[str, ...], value: Any) -> str:
        """The path of a file, which must lie in the folder of the configuration.

        Both may come from a pull request. Only the command line is the maintainer's own.
        """
        from pathlib import PureWindowsPath

        name = self._text_value(key, value)
        try:
            if "://" not in name and not PureWindowsPath(name).anchor:
                path = os.path.join(self._folder, name)
                file, _ = split_fragment(path)
                if os.path.realpath(file).startswith(os.path.join(self._top, "")):
                    return path
        except (OSError, ValueError, RuntimeError):
            raise self._error(f"`{key[-1]}` is not a path", key) from None
        message = f"`{key[-1]}` must be the path of a file in this folder or below"
        if key[-1] != "extend":
            message += f"; any other can be given by --{key[-1]}"
        raise self._error(message, key)

    def _texts(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._error(f"`{key[-1]}` must be a list of texts", key)
        for index, item in enumerate(value):
            if not isinstance(item, str):
                raise self._error(f"`{key[-1]}` must be a list of texts", (*key, index))
        return tuple(value)

    def _formats(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        # Few configurations have any.
        from seedlint.text.formats import FORMATS

        names = self._texts(key, value)
        for index, name in enumerate(names):
            if name in FORMATS:
                raise self._error(f"`{name}` is a format that seedlint checks", (*key, index))
        return names

    def _patterns(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        patterns = self._texts(key, value)
        for index, pattern in enumerate(patterns):
            self._check_pattern((*key, index), pattern)
        return patterns

    def _check_pattern(self, key: tuple[str | int, ...], pattern: str) -> None:
        try:
            check_pattern(pattern)
        except ConfigError as error:
            raise self._error(f"`{pattern[:60]}`: {error.message}", key) from None

    def _selectors(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        return self._selectors_that(check_selectors, key, value)

    def _ignored(self, key: tuple[str, ...], value: Any) -> tuple[str, ...]:
        return self._selectors_that(check_ignored, key, value)

    def _selectors_that(
        self, check: Callable[[list[str], str], None], key: tuple[str, ...], value: Any
    ) -> tuple[str, ...]:
        selectors = self._texts(key, value)
        for index, selector in enumerate(selectors):
            try:
                check([selector], f"`{key[-1]}`")
            except ConfigError as error:
                raise self._error(error.message, (*key, index)) from None
        return selectors

    def _severity(self, key: tuple[str, ...], value: Any) -> Severity:
        try:
            return Severity(value)
        except ValueError:
            raise self._error(f"`{key[-1]}` must be `error`, `warning` or `info`", key) from None

    def _per_file_ignores(self, key: tuple[str, ...], value: Any) -> Any:
        table = self._table(key, value)
        for pattern in table:
            self._check_pattern((*key, pattern), pattern)
        return tuple(
            (pattern, self._ignored((*key, pattern), selectors))
            for pattern, selectors in table.items()
        )

    def _target(self, key: tuple[str, ...], value: Any) -> str:
        if value not in TARGETS:
            *others, last = (f"`{name}`" for name in TARGETS)
            hint = did_you_mean(value, TARGETS) if isinstance(value, str) else ""
            message = f"`{key[-1]}` must be {', '.join(others)} or {last}{hint}"
            raise self._error(message, key)
        return str(value)

    def _ignore_at(self, key: tuple[str, ...], value: Any) -> tuple[IgnoredAt, ...]:
        # Few configurations have any.
        from seedlint.ignore_at import IgnoredAt, check_ignored_at, check_pointer_pattern

        def check(selectors: list[str], origin: str) -> None:
            check_ignored(selectors, origin)
            for selector in selectors:
                check_ignored_at(selector)

        found: list[IgnoredAt] = []
        for pattern, selectors in self._table(key, value).items():
            place = (*key, pattern)
            try:
                check_pointer_pattern(pattern)
            except ConfigError as error:
                raise self._error(f"`{pattern[:60]}`: {error.message}", place) from None
            found += (
                IgnoredAt(pattern, selector, self._shown, self._from_top((*place, index)))
                for index, selector in enumerate(self._selectors_that(check, place, selectors))
            )
        return tuple(found)

    def _severities(self, key: tuple[str, ...], value: Any) -> Any:
        table = self._table(key, value)
        for selector in table:
            try:
                check_selectors([selector], f"`{key[-1]}`")
            except ConfigError as error:
                raise self._error(error.message, (*key, selector)) from None
        return tuple(
            (selector, self._severity((*key, selector), level)) for selector, level in table.items()
        )

    def _limits(self, key: tuple[str, ...], value: Any) -> Limits:
        known = {name.replace("_", "-"): name for name in Limits._fields}
        chosen: dict[str, int] = {}
        for name, number in self._table(key, value).items():
            if name not in known:
                raise self._unknown(name, known, key)
            most = LARGEST[known[name]]
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
        hint = did_you_mean(name, known)
        return self._error(f"unknown setting `{name[:60]}`{hint}", (*key, name))

    def _error(self, message: str, key: tuple[str | int, ...]) -> ConfigError:
        line, column = self._find(key)
        return ConfigError(message, path=self._shown, line=line, column=column)

    def _find(self, key: tuple[str | int, ...]) -> tuple[int | None, int | None]:
        """The place of a key or of a list item, or of the nearest table around it that has one."""
        places = find_places(self._text)
        path = self._from_top(key)
        while path:
            if path in places:
                return position_in(self._text, places[path])
            path = path[:-1]
        return None, None

    def _from_top(self, key: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """The way to a key from the top of the file."""
        return (*filter(None, self._prefix.split(".")), *key)


class Setting(NamedTuple):
    """A setting: how it is read, what it is for, and the JSON Schema of its value."""

    read: Callable[[_Reader, tuple[Any, ...], Any], Any]
    description: str
    schema: Mapping[str, Any]


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_LEVEL = {"enum": [level.value for level in Severity]}

SETTINGS: Mapping[str, Setting] = {
    "schema": Setting(_Reader._schema, "the contract, relative to this file", {"type": "string"}),
    "formats-unchecked": Setting(
        _Reader._formats, "formats of the contract that seedlint does not know and need not", _TEXTS
    ),
    "extend": Setting(
        _Reader._file, "another configuration, whose settings count unless set here", _TEXT
    ),
    "required-version": Setting(
        _Reader._required_version, "the versions of seedlint that can use this file", _TEXT
    ),
    "collections": Setting(
        _Reader._collections, "sets of files with a schema and settings of their own", {}
    ),
    "unmatched": Setting(
        _Reader._unmatched,
        "what a file is that no collection takes",
        {"enum": [REPORT, IGNORE], "default": REPORT},
    ),
    "allow-in-file-schema": Setting(
        _Reader._patterns, "globs of the schemas that files may name themselves", _TEXTS
    ),
    "compare-across": Setting(
        _Reader._bool,
        "whether files are compared with those of other collections that say so, too",
        {"type": "boolean", "default": False},
    ),
    "include": Setting(_Reader._patterns, "globs of the files to look for in folders", _TEXTS),
    "exclude": Setting(_Reader._patterns, "globs of files and folders to leave out", _TEXTS),
    "respect-gitignore": Setting(
        _Reader._bool,
        "whether untracked files that git ignores are left out; with --config not by default",
        {"type": "boolean", "default": True},
    ),
    "select": Setting(_Reader._selectors, "codes, prefixes or names of rules, or ALL", _TEXTS),
    "extend-select": Setting(_Reader._selectors, "rules to check beside those of `select`", _TEXTS),
    "ignore": Setting(_Reader._ignored, "rules to leave out", _TEXTS),
    "suppressions": Setting(
        _Reader._bool,
        "whether comments in files can suppress findings",
        {"type": "boolean", "default": True},
    ),
    "fail-on": Setting(_Reader._severity, "the mildest findings that fail a run", _LEVEL),
    "per-file-ignores": Setting(
        _Reader._per_file_ignores,
        "globs, and the rules that do not count in files they match",
        {"type": "object", "additionalProperties": _TEXTS},
    ),
    "target": Setting(
        _Reader._target,
        "the site generator that values without quotes must mean the same to",
        {"enum": [*TARGETS]},
    ),
    "ignore-at": Setting(
        _Reader._ignore_at,
        "JSON Pointers with `*` and `**`, and the rules that do not count where they lead",
        {
            "type": "object",
            "propertyNames": {"pattern": "^(?:/.*)?$"},
            "additionalProperties": _TEXTS,
        },
    ),
    "baseline": Setting(
        _Reader._file, "the file of findings that are not reported", {"type": "string"}
    ),
    "severity": Setting(
        _Reader._severities,
        "rules, and the severity they have instead of their own",
        {"type": "object", "additionalProperties": _LEVEL},
    ),
    "fixable": Setting(_Reader._selectors, "rules whose fixes are made", _TEXTS),
    "unfixable": Setting(_Reader._selectors, "rules whose fixes are not made", _TEXTS),
    "extend-safe-fixes": Setting(
        _Reader._selectors, "rules whose unsafe fixes are made like safe ones", _TEXTS
    ),
    "limits": Setting(
        _Reader._limits,
        "what one file may cost",
        {
            "type": "object",
            "properties": {
                name.replace("_", "-"): {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST[name],
                    "default": default,
                }
                for name, default in Limits()._asdict().items()
            },
            "additionalProperties": False,
        },
    ),
}
"""What a configuration can say, by name: for the reader and for schemas/config.schema.json."""

COLLECTION_ALONE: Mapping[str, Mapping[str, Any]] = {
    "name": {
        "type": "string",
        "pattern": f"^{_NAME}$",
        "description": "what reports and --collection call it",
    },
    "files": {**_TEXTS, "minItems": 1, "description": "globs of its files"},
}
"""What only a collection can say, and the JSON Schema of its value."""

OF_COLLECTIONS = (
    "schema",
    "formats-unchecked",
    "select",
    "extend-select",
    "ignore",
    "ignore-at",
    "severity",
    "target",
    "suppressions",
    "fail-on",
    "compare-across",
)
"""The settings that a collection can have of its own."""
