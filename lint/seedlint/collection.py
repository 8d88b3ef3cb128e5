"""Collections: sets of files, each with a schema and settings of its own.

The first collection with a pattern that matches a file takes it, and no other says anything about
it. This is the one look-up: for folders and for files that are named, for the cache, the baseline,
an earlier commit and programs.
"""

from __future__ import annotations

import os
import posixpath
import re
from array import array
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from seedlint.discover import Target, read_target
from seedlint.files import is_inside
from seedlint.named_tuple import NamedTuple
from seedlint.settings import Settings, compile_glob
from seedlint.text.marks import BOM, FENCE, FENCE_END, JSON_FENCE, JSON_OPENING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# How much of a file is looked at for a schema that it names, in bytes.
_LONGEST_HEAD = 64 * 1024
_FENCE = re.compile(f"^{FENCE}{FENCE_END}".encode(), re.MULTILINE)
# A path alone on its line, in quotes or not.
_NAMED = re.compile(
    rb"^\$schema:[ \t]+(?:\"([\w./ -]{1,500})\"|'([\w./ -]{1,500})'|([\w./-]{1,500}))[ \t]*\r?$",
    re.MULTILINE,
)
# The first key of JSON, which nothing can be above.
_NAMED_IN_JSON = re.compile(
    rb"(?:(?:%b\s*)?\{|%b)" % (JSON_OPENING.encode(), f"{JSON_FENCE}{FENCE_END}".encode())
    + rb"\s*\"\$schema\"\s*:\s*\"([\w./ -]{1,500})\""
)


class Collection(NamedTuple):
    """One set of files: those that a pattern in `files` matches.

    `own` has the fields of `Settings` that it sets.
    """

    name: str
    files: tuple[str, ...]
    own: Mapping[str, Any]

    def without(self, fields: Container[str]) -> Collection:
        """The same without settings of its own for these fields."""
        return self._replace(own={key: each for key, each in self.own.items() if key not in fields})

    def ignoring(self, selectors: Iterable[str]) -> Collection:
        """The same with more rules to ignore, if it has a list of its own."""
        if "ignore" not in self.own:
            return self
        return self._replace(own={**self.own, "ignore": (*self.own["ignore"], *selectors)})


Group = tuple[str, str]
"""Files that are checked in the same way: the name of their collection, "" for none, and the path
of the schema that they name themselves, "" for none."""


class Lookup:
    """Says which collection takes a file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._patterns: list[tuple[Collection, str, Callable[[str], object]]] = [
            (collection, pattern, compile_glob(pattern).fullmatch)
            for collection in settings.collections
            for pattern in collection.files
        ]
        # From a folder as it was named to the prefix of the paths from the root in it.
        self._folders: dict[str, str] = {}

    def of(self, path: str) -> Collection | None:
        """The collection of the file at `path`."""
        return self.of_path_from_root(self._from_root(path))

    def of_path_from_root(self, path: str) -> Collection | None:
        """The collection of a file by its path from the root."""
        for collection, _, matches in self._patterns:
            if matches(path):
                return collection
        return None

    def group_of(self, target: Target) -> Group | None:
        """How a file is checked; None if it is not, because no collection takes it."""
        settings = self._settings
        collection = self.of(target.path)
        schema = in_file_schema(target, settings) if settings.allow_in_file_schema else ""
        if collection is None and not schema and settings.collections:
            return None
        return (collection.name if collection else "", schema)

    def matches(self, path: str) -> list[tuple[Collection, str]]:
        """Each collection that a path from the root matches, with its pattern that does.

        The first one takes the file.
        """
        found: dict[str, tuple[Collection, str]] = {}
        for collection, pattern, matches in self._patterns:
            if matches(path):
                found.setdefault(collection.name, (collection, pattern))
        return list(found.values())

    def _from_root(self, path: str) -> str:
        # Taking paths apart for every file would be most of the work.
        folder, name = os.path.split(path)
        opening = self._folders.get(folder)
        if opening is None:
            from_root = self._settings.from_root(folder or os.curdir)
            opening = self._folders[folder] = "" if from_root == "." else f"{from_root}/"
        return opening + name


def group_files(targets: Sequence[Target], settings: Settings) -> dict[Group | None, Sequence[int]]:
    """The numbers of the files of each group, in order; of None those that no collection takes."""
    lookup = Lookup(settings)
    found: dict[Group | None, array[int]] = {}
    for number, target in enumerate(targets):
        found.setdefault(lookup.group_of(target), array("I")).append(number)
    return dict(found)


def in_file_schema(target: Target, settings: Settings) -> str:
    """The path of the schema that a file names in a line `$schema: PATH`; "" if it may not.

    In JSON it is the first key. The path is relative to the file. It must match
    `allow-in-file-schema`, and the schema is the one at that place below the folder of the
    configuration, even if another checkout is judged: a pull request cannot bring its own.
    """
    try:
        head = read_target(target, _LONGEST_HEAD).removeprefix(BOM)
    except OSError:
        return ""
    found = _NAMED_IN_JSON.match(head)
    if found is None and (opening := _FENCE.match(head)):
        end = _FENCE.search(head, opening.end())
        found = _NAMED.search(head, opening.end(), end.start() if end else len(head))
    if found is None or settings.config is None:
        return ""
    named = next(filter(None, found.groups())).decode("utf-8", "replace")
    folder = posixpath.dirname(settings.from_root(target.path))
    path = posixpath.normpath(posixpath.join(folder, named))
    if path.startswith(("/", "..")) or not any(
        compile_glob(pattern).fullmatch(path) for pattern in settings.allow_in_file_schema
    ):
        return ""
    top = os.path.realpath(os.path.dirname(os.path.abspath(settings.config)))
    file = os.path.join(top, path)
    return file if os.path.isfile(file) and is_inside(os.path.realpath(file), top) else ""
