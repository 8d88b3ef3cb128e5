"""Writes a fixed file in the place of the old one: at any moment there is one or the other, whole.

The new bytes go to a file of their own in the same folder, whose name has the number of the
process; it takes the old one's place when everything is on the disk. What a killed process has
left is removed by the next run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress

from seedlint.files import NO_FOLLOW, copy_owner_and_mode, read_regular_file

_NAME = re.compile(r"\.seedlint-fix-([0-9]{1,10})-[0-9a-f]{16}\.tmp")


class NotWritten(OSError):
    """The file stays as it is, for a reason that is not a failure."""


def replace_file(path: str, old: bytes, new: bytes) -> None:
    """Write `new` in the place of a regular file that holds `old`, and keep its mode.

    Raises NotWritten for a link, for a file with several names and for one that has changed in the
    meantime; OSError if it cannot be written.
    """
    before = _check(path, old)
    temporary = os.path.join(
        os.path.dirname(path), f".seedlint-fix-{os.getpid()}-{os.urandom(8).hex()}.tmp"
    )
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o600)
        try:
            _write(descriptor, new)
            copy_owner_and_mode(before, descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _check(path, old)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(os.path.dirname(path) or os.curdir)


def _check(path: str, old: bytes) -> os.stat_result:
    """The status of a file that can be replaced. Raises NotWritten or OSError."""
    if not os.access(path, os.W_OK):
        raise NotWritten("it may not be written to")
    data, status = read_regular_file(path, len(old))
    if status.st_nlink > 1:
        raise NotWritten("it has another name (a hard link), which would keep the old text")
    if data != old:
        raise NotWritten("it has changed in the meantime")
    return status


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _sync_folder(folder: str) -> None:
    # Windows opens no folders, and some file systems sync none.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_leftovers(folders: Iterable[str]) -> None:
    """Remove the temporary files of processes that are gone from some folders."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder or os.curdir) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                if name and entry.is_file(follow_symlinks=False) and not _is_alive(int(name[1])):
                    with suppress(OSError):
                        os.unlink(entry.path)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        # There is no harmless signal: a file that is open cannot be removed, anyway.
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
