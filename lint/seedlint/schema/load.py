"""Loads the contract of a run, and checks it unless a note says that it has passed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable

from seedlint.cache.schemas import Note, digest_of, find_note, write_note
from seedlint.errors import SchemaError
from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import UnusableOption
from seedlint.schema.bundled import is_bundled
from seedlint.schema.files import SchemaFiles, split_fragment
from seedlint.schema.json_source import JsonSource, is_plain_json, parse_source, read_text
from seedlint.schema.references import References, Unresolvable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.disk import Disk


class LoadedSchema(NamedTuple):
    """A contract that has passed every check.

    `path` is its name as shown to people; `text` is all that it consists of: of a contract of one
    file, what is in the file; `files` are the paths of its files; `warnings` are remarks about it,
    each one line with a place. `bindings` are the names of its bindings; not of the contract that
    comes with seedlint, which has none that are judged across seeds.
    """

    path: str
    text: str
    references: References
    files: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    bindings: frozenset[str] = frozenset()

    @property
    def root(self) -> Any:
        """The JSON Schema itself, as data."""
        return self.references.start.schema

    def with_disk(self, disk: Disk) -> LoadedSchema:
        """The same contract, whose bindings look for local files on `disk`."""
        return self._replace(references=self.references.with_disk(disk))


def load_schema(
    path: str | os.PathLike[str],
    shown: str | None = None,
    cache_folder: Callable[[], str | None] = lambda: None,
    formats_unchecked: tuple[str, ...] = (),
    collections: tuple[str, ...] | None = None,
    top: str = os.curdir,
) -> LoadedSchema:
    """Open the JSON Schema at `path`, shown to people as `shown`.

    A path may end in `#` and a pointer, `#/$defs/article`, to a schema inside the file. The schema
    is checked unless the cache folder has a note that it has passed; such a note is written when
    it passes. `cache_folder` is called only if needed. `formats_unchecked` are names of formats
    that need no check, `collections` those of the collections that there are, if that is known,
    `top` is the folder of the settings. Raises SchemaError, with a position if there is one, for a
    schema that is not valid, a reference that leads nowhere or out of the folder, and a pattern, a
    format or a binding that cannot be checked.
    """
    name, fragment = split_fragment(os.fspath(path))
    shown = shown or os.fspath(path)
    opened = _Opened(name, shown.removesuffix(f"#{fragment}"), fragment)
    text = read_text(name, opened.shown)
    # All that the checks, and what remarks say, depend on beside the text.
    about = repr(
        (os.path.basename(name), opened.shown, fragment, sorted(formats_unchecked), collections)
    )
    if not fragment and is_bundled(text):
        folder: str | None = None
        note: Note | None = Note()
    else:
        folder = cache_folder()
        note = find_note(folder, about, text)
    if note is not None and (loaded := _from_note(opened, text, note, top)):
        return loaded
    from seedlint.schema.check import ParsedSchema, check_schema

    source = parse_source(text, opened.shown)
    parsed = ParsedSchema(name, source, fragment, formats_unchecked, collections, top)
    files, warnings, bindings = check_schema(parsed)
    others, data_files = _digests(files.others()), _digests(files.data_files())
    note = Note(others, warnings, data_files, bindings)
    write_note(folder, about, text, note)
    return _loaded(files, fragment, note)


class _Opened(NamedTuple):
    """Where a contract is: its file, as shown to people too, and the place inside it."""

    path: str
    shown: str
    fragment: str


def _from_note(opened: _Opened, text: str, note: Note, top: str) -> LoadedSchema | None:
    """The contract that has passed, if all its files are unchanged since."""
    try:
        if is_plain_json(opened.shown):
            # It has been found to be strict JSON.
            source = JsonSource(opened.shown, text, json.loads(text))
        else:
            source = parse_source(text, opened.shown)
        files = SchemaFiles(opened.path, source, opened.fragment, top=top)
        for address, digest in note.files:
            if digest_of(files.read(address).text) != digest:
                return None
        for path, digest in note.data_files:
            if digest_of(files.read_data(path).text) != digest:
                return None
    except (SchemaError, Unresolvable, UnusableOption):
        return None
    return _loaded(files, opened.fragment, note)


def _digests(files: Iterable[tuple[str, JsonSource]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, digest_of(each.text)) for name, each in files)


def _all_but_root(files: SchemaFiles) -> list[tuple[str, JsonSource]]:
    return files.others() + files.data_files()


def _loaded(files: SchemaFiles, fragment: str, note: Note) -> LoadedSchema:
    # A contract begins with itself; what it refers to follows.
    others = (f"{address}\0{each.text}" for address, each in _all_but_root(files))
    text = "\0".join((files.root.text, *([f"#{fragment}"] if fragment else []), *others))
    name = files.root.path + (f"#{fragment}" if fragment else "")
    return LoadedSchema(
        name,
        text,
        files.references,
        tuple(files.paths),
        note.warnings,
        frozenset(note.bindings),
    )
