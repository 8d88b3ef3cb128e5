"""The one bounded read of a regular file, and questions about paths."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from errno import ELOOP

_CHUNK = 1024 * 1024
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
"""The flag that refuses symbolic links; 0 on Windows, which has no such flag."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Read, write and execute. A set-user-ID bit was set for another content.
_PERMISSIONS = 0o777
_IS_LINK = "it is a symbolic link"


class NotRegularFile(OSError):
    """There is a folder, a device, a pipe or a socket where a file was expected."""


def read_regular_file(
    path: str, limit: int, *, follow_links: bool = False
) -> tuple[bytes, os.stat_result]:
    """At most `limit` + 1 bytes of a regular file, and its status just before they were read.

    Nothing is opened that could block. Raises OSError, with a text for people, for a symbolic link
    (unless links are followed) and for what is not a regular file; ValueError for a path that no
    file can have.
    """
    if not follow_links and not NO_FOLLOW and os.path.islink(path):
        raise OSError(_IS_LINK)
    try:
        descriptor = os.open(path, _FLAGS if follow_links else _FLAGS | NO_FOLLOW)
    except OSError as error:
        if not follow_links and error.errno == ELOOP and os.path.islink(path):
            raise OSError(_IS_LINK) from None
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularFile("it is not a regular file")
        # One more than it has, to see its end in one reading.
        expected = min(status.st_size, limit) + 1
        data = os.read(descriptor, expected)
        if len(data) < expected:
            return data, status
        parts = [data]
        left = limit + 1 - len(data)
        while left and (part := os.read(descriptor, min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts), status
    finally:
        os.close(descriptor)


def copy_owner_and_mode(before: os.stat_result, descriptor: int) -> None:
    """Give a new file, open for writing, the owner and the mode of the one that it replaces.

    The owner stays as it is where the system does not let this process change it, and both do on
    Windows.
    """
    if hasattr(os, "fchown"):
        # Only root may give a file away.
        with suppress(OSError):
            os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, before.st_mode & _PERMISSIONS)


def reason_of(error: OSError | ValueError) -> str:
    """Why a file cannot be used, for the middle of a sentence."""
    said = getattr(error, "strerror", None) or str(error)
    return said.lower() or "error"


def is_inside(path: str, folder: str) -> bool:
    """Whether a path is that of a folder or of something below it.

    Both must be real paths, without links and `..`, or files of strangers could lead out.
    """
    return path == folder or path.startswith(os.path.join(folder, ""))


def resolve_folder(path: str | os.PathLike[str]) -> str:
    """The absolute path whose folder is reached by no link; it may be one itself."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path as shown to people: from the working directory, if there is a way, with `/`."""
    # On Windows there is no way from one drive to another.
    with suppress(ValueError):
        path = os.path.relpath(path)
    return os.fspath(path).replace(os.sep, "/")


def work_tree_of(folder: str) -> str | None:
    """The work tree of git that a folder, given by its absolute path, is in; None if in none."""
    below = None
    while folder != below:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        folder, below = os.path.dirname(folder), folder
    return None


def has_submodules(folder: str | os.PathLike[str]) -> bool:
    """Whether the work tree of git that a folder is in has submodules."""
    tree = work_tree_of(os.path.realpath(folder))
    return tree is not None and os.path.lexists(os.path.join(tree, ".gitmodules"))
