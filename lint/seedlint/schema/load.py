"""Loads the contract of a run, and checks it unless a note says that it has passed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from seedlint.cache.schemas import Note, digest_of, find_note, write_note
from seedlint.errors import SchemaError
from seedlint.schema.bundled import is_bundled
from seedlint.schema.dialects import DEFAULT_DIALECT, dialect_named
from seedlint.schema.files import SchemaFiles
from seedlint.schema.json_source import JsonSource, parse_json, read_text
from seedlint.schema.references import References, Unresolvable


class LoadedSchema(NamedTuple):
    """A contract that has passed every check.

    `path` is its name as shown to people; `text` is all that it consists of: of a contract of one
    file, what is in the file; `files` are the paths of its files; `warnings` are remarks about it,
    each one line with a place.
    """

    path: str
    text: str
    references: References
    files: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def root(self) -> Any:
        """The JSON Schema itself, as data."""
        return self.references.root.schema


def load_schema(
    path: str | os.PathLike[str],
    shown: str | None = None,
    cache_folder: Callable[[], str | None] = lambda: None,
) -> LoadedSchema:
    """Open the JSON Schema at `path`, shown to people as `shown`.

    It is checked unless the cache folder has a note that it has passed; such a note is written when
    it passes. `cache_folder` is called only if needed. Raises SchemaError, with a position if there
    is one, for a schema that is not valid, a reference that leads nowhere or out of the folder, and
    a pattern, a format or a binding that cannot be checked.
    """
    path = os.fspath(path)
    shown = shown or path
    text = read_text(path, shown)
    name = os.path.basename(path)
    if is_bundled(text):
        folder: str | None = None
        note: Note | None = Note()
    else:
        folder = cache_folder()
        note = find_note(folder, name, text)
    if note is not None and (loaded := _from_note(path, shown, text, note)):
        return loaded
    from seedlint.schema.check import check_schema

    source = parse_json(text, shown)
    files, warnings = check_schema(path, source)
    read = tuple((address, digest_of(each.text)) for address, each in files.others())
    write_note(folder, name, text, Note(read, warnings))
    return _loaded(files, warnings)


def _from_note(path: str, shown: str, text: str, note: Note) -> LoadedSchema | None:
    """The contract that has passed, if all its files are unchanged since."""
    data = json.loads(text)
    declared = data.get("$schema") if isinstance(data, dict) else None
    source = JsonSource(shown, text, data)
    files = SchemaFiles(path, source, dialect_named(declared) or DEFAULT_DIALECT)
    try:
        for address, digest in note.files:
            if digest_of(files.read(address).text) != digest:
                return None
    except (SchemaError, Unresolvable):
        return None
    return _loaded(files, note.warnings)


def _loaded(files: SchemaFiles, warnings: tuple[str, ...]) -> LoadedSchema:
    # A contract begins with itself; what it refers to follows.
    others = (f"{address}\0{each.text}" for address, each in files.others())
    text = "\0".join((files.root.text, *others))
    return LoadedSchema(files.root.path, text, files.references, tuple(files.paths), warnings)
