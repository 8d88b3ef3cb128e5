"""Notes on contracts that have passed every check, so that the next run need not check them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from seedlint.cache.folder import code_fingerprint, is_own_file, make_own_file
from seedlint.files import read_regular_file
from seedlint.named_tuple import NamedTuple

# How many contracts have a note, and how long a note may be in bytes.
_NOTES = 100
_MAX_NOTE = 1024 * 1024
_ENDING = ".contract"


class Note(NamedTuple):
    """The result of checking a contract that has passed.

    `files` are the addresses of its other files, each with the digest of its text; `warnings` the
    remarks about it; `data_files` are the paths of the files that its bindings read values from,
    with digests, too, and `bindings` the names of these.
    """

    files: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    data_files: tuple[tuple[str, str], ...] = ()
    bindings: tuple[str, ...] = ()


def digest_of(text: str) -> str:
    """A digest of the text of a schema file."""
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def find_note(folder: str | None, about: str, text: str) -> Note | None:
    """The note on the contract that has this text, if there is one.

    `about` says what else the checks depend on. Never raises: what has no note is checked.
    """
    if folder is None:
        return None
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        place = _place(folder, about, text)
        if not is_own_file(place):
            return None
        found = json.loads(read_regular_file(place, _MAX_NOTE)[0])
        return Note(
            _pairs(found["files"]),
            tuple(map(str, found["warnings"])),
            _pairs(found["data_files"]),
            tuple(map(str, found["bindings"])),
        )
    return None


def _pairs(found: Sequence[Sequence[object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(digest)) for name, digest in found)


def write_note(folder: str | None, about: str, text: str, note: Note) -> None:
    """Write a note that a contract has passed; without one it is checked again next time."""
    if folder is None:
        return
    with suppress(OSError):
        written = json.dumps(note._asdict())
        place = _place(folder, about, text)
        # Another run may be reading the note that this one replaces.
        unfinished = f"{place}.{os.getpid()}"
        make_own_file(unfinished)
        with open(unfinished, "w", encoding="utf-8") as stream:
            stream.write(written)
        os.replace(unfinished, place)
        with os.scandir(folder) as entries:
            notes = [entry for entry in entries if entry.name.endswith(_ENDING)]
        _forget(sorted(notes, key=lambda entry: entry.stat().st_mtime_ns, reverse=True)[_NOTES:])


def _forget(entries: Sequence[os.DirEntry[str]]) -> None:
    for entry in entries:
        os.unlink(entry.path)


def _place(folder: str, about: str, text: str) -> str:
    """Where the note on a contract is: under a digest of all that the checks depend on.

    Its name is part of that, because a contract may refer to itself by name.
    """
    all_about = repr((about, sys.version_info, code_fingerprint()))
    return os.path.join(folder, digest_of(all_about + text) + _ENDING)
