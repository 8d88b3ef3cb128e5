"""The cache folder, outside the tree: where it is, whether it can be trusted, when it is stale."""

from __future__ import annotations

import os
import sys
from functools import cache
from stat import S_ISREG

from seedlint.files import is_inside, reason_of

# The libraries that findings depend on.
_LIBRARIES = (
    "idna",
    "jsonschema",
    "jsonschema_specifications",
    "publicsuffixlist",
    "ruamel.yaml",
    "_ruamel_yaml",
)
# https://bford.info/cachedir/
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# What seedlint remembers of unchanged files; it may be deleted.\n"
)


class CacheUnusable(Exception):
    """Nothing can be cached; the text, in one line, says why."""


def _default_folder() -> str:
    """The user's cache folder on this platform."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
        return os.path.join(local, "seedlint", "Cache")
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):
        default = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
        home = os.path.expanduser(default)
    return os.path.join(home, "seedlint")


def ensure_cache_dir(named: str | None, root: str | os.PathLike[str]) -> str:
    """The folder that was `named`, or the default one; created if it does not exist.

    `root` is that of the tree that is checked. Raises CacheUnusable if others can write to it.
    """
    folder = os.path.realpath(named or _default_folder())
    root = os.path.realpath(root)
    if is_inside(folder, root):
        raise CacheUnusable(f"the cache folder is in the tree that is checked: {folder}")
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, mode=0o700)
            with open(os.path.join(folder, "CACHEDIR.TAG"), "x", encoding="ascii") as stream:
                stream.write(_TAG)
        status = os.lstat(folder)
    except FileExistsError:
        # Another run was faster.
        status = os.lstat(folder)
    except OSError as error:
        raise CacheUnusable(
            f"the cache folder cannot be made: {reason_of(error)}: {folder}"
        ) from None
    if not _is_ours(status):
        raise CacheUnusable(f"others can write to the cache folder: {folder}")
    return folder


def _is_ours(status: os.stat_result) -> bool:
    """Whether the current user owns it and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def is_own_file(path: str) -> bool:
    """Whether this is a file that nobody else can have written.

    It is not enough that nobody else can write to the folder now: it may have been open before.
    """
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return S_ISREG(status.st_mode) and _is_ours(status)


def make_own_file(path: str) -> None:
    """Create such a file, empty. Raises FileExistsError if the path exists."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@cache
def code_fingerprint() -> list[tuple[str, int, int]]:
    """Path, size and modification time of all code that findings depend on."""
    from importlib.util import find_spec

    found = []
    own = os.path.dirname(os.path.dirname(__file__))
    for folder, _, names in os.walk(own):
        for name in names:
            if name.endswith(".py"):
                found.append(_described(os.path.join(folder, name)))
    for library in _LIBRARIES:
        spec = find_spec(library)
        if spec is not None and spec.origin is not None:
            found.append(_described(spec.origin))
    return sorted(found)


def _described(path: str) -> tuple[str, int, int]:
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns
