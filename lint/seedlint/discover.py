"""From paths to the files of a run.

A folder is walked for files that the settings include, in order of path, links not followed; a
file named by hand is taken whatever it is called. What was asked for and cannot be is an error,
never skipped in silence.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from errno import ELOOP
from typing import NamedTuple, overload

from seedlint.checked import Seen, see
from seedlint.errors import InputError
from seedlint.settings import Settings, StrPath, compile_glob

STDIN = "-"
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
_CHUNK = 1024 * 1024
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FLAGS = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_IS_LINK = "it is a symbolic link"


class Target(NamedTuple):
    """One file to check: where it is, and its name as shown to people (`/` as separator).

    `data` is what stands, or would stand, there, if it does not come from the disk.
    """

    path: str
    shown: str
    data: bytes | None = None


class Files(Sequence[Target]):
    """Files by number, no two of which are shown by the same name.

    The path of nearly every file is its name as shown, so a name is all that is kept of it: a
    hundred thousand targets would take five times the memory, and each worker its own copy.
    """

    def __init__(self, targets: Iterable[Target] = ()) -> None:
        self._shown: list[str] = []
        # Those that are more than a name, by their name.
        self._kept: dict[str, Target] = {}
        for target in targets:
            self.add(*target)

    def add(self, path: str, shown: str, data: bytes | None = None) -> None:
        """Put one more at the end."""
        self._shown.append(shown)
        if path != shown or data is not None:
            self._kept[shown] = Target(path, shown, data)

    def extend(self, others: Files) -> None:
        """Put `others` at the end."""
        self._shown += others._shown
        self._kept |= others._kept

    def sort(self) -> None:
        """Order them by the name shown."""
        self._shown.sort()

    def named(self, shown: str) -> Target:
        """The file that is shown as `shown`."""
        return self._kept.get(shown) or Target(shown, shown)

    def __len__(self) -> int:
        return len(self._shown)

    @overload
    def __getitem__(self, number: int) -> Target: ...
    @overload
    def __getitem__(self, number: slice) -> list[Target]: ...
    def __getitem__(self, number: int | slice) -> Target | list[Target]:
        if isinstance(number, slice):
            return [self.named(shown) for shown in self._shown[number]]
        return self.named(self._shown[number])


class Targets(NamedTuple):
    """The files of a run, and those named by hand that the settings exclude."""

    files: Files
    excluded: tuple[str, ...] = ()


def find_targets(
    paths: Sequence[str], settings: Settings, *, force_exclude: bool = False
) -> Targets:
    """The files that `paths` (none: the settings' root) stand for, without repetition.

    Raises InputError for a path that does not exist, and when nothing is left to check.
    """
    files = Files()
    excluded: list[str] = []
    # By the path from the root, because several of `paths` may lead to one file.
    known: set[str] = set()
    paths = paths or [_relative(settings.root)]
    for path in paths:
        try:
            mode = os.lstat(path).st_mode
        except (OSError, ValueError):
            raise InputError("no such file or folder", path=path) from None
        if stat.S_ISDIR(mode):
            found = _walk(path, settings)
        elif force_exclude and not _is_wanted(settings.from_root(path), settings):
            excluded.append(path)
            continue
        else:
            found = iter([(settings.from_root(path), path, _shown(path))])
        for from_root, name, shown in found:
            if len(paths) > 1:
                if from_root in known:
                    continue
                known.add(from_root)
            files.add(name, shown)
    if not files and not excluded:
        where = ", ".join(paths)
        advice = f"files that are looked for: {', '.join(settings.include)}"
        if settings.exclude:
            advice += f"; left out by `exclude`: {', '.join(settings.exclude)}"
        start = _shown(_relative(settings.root))
        if start != ".":
            advice += f"; patterns start from {start}, --root names another folder"
        raise InputError(f"no seeds found in {where[:200]}", help=advice)
    files.sort()
    return Targets(files, tuple(excluded))


def find_others(targets: Sequence[Target], settings: Settings) -> Files:
    """The other files that the settings include, in order of path.

    Raises InputError when a folder cannot be read.
    """
    known = {settings.from_root(target.path) for target in targets}
    others = Files()
    for from_root, path, shown in _walk(_relative(settings.root), settings):
        if from_root not in known:
            others.add(path, shown)
    others.sort()
    return others


def read_target(target: Target, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a regular file.

    Raises OSError, with a text for people, for what is no regular file: links are not followed
    and nothing is opened that could block.
    """
    return _read(target, limit)[0]


def read_and_see(target: Target, limit: int) -> tuple[bytes, Seen | None]:
    """The same, and which bytes they are; None if they come from no file."""
    data, status = _read(target, limit)
    return data, see(data, status) if status is not None else None


def _read(target: Target, limit: int) -> tuple[bytes, os.stat_result | None]:
    if target.data is not None:
        return target.data[: limit + 1], None
    if not _NO_FOLLOW and os.path.islink(target.path):
        raise OSError(_IS_LINK)
    try:
        descriptor = os.open(target.path, _FLAGS)
    except OSError as error:
        if error.errno == ELOOP and os.path.islink(target.path):
            raise OSError(_IS_LINK) from None
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("it is not a regular file")
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


def _walk(top: str, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """The seeds in a folder and below, in no order.

    Of each the path from the root of the settings, the path to open, and the name to show.
    """
    wanted = [compile_glob(pattern).fullmatch for pattern in settings.include]
    excluded = [compile_glob(pattern).fullmatch for pattern in settings.exclude]
    # A folder as it was named and from the root, each to be followed by a name: taking paths apart
    # for every file would be most of the work.
    start = "" if top == "." else os.path.join(top, "")
    pending = [(start, _opening(settings.from_root(top)))]
    while pending:
        folder, from_root = pending.pop()
        try:
            with os.scandir(folder or ".") as entries:
                listed = list(entries)
        except OSError as error:
            reason = (error.strerror or "error").lower()
            raise InputError(f"cannot read the folder: {reason}", path=folder or ".") from None
        opening = _opening(_shown(folder or "."))
        for entry in listed:
            name = entry.name
            below_root = from_root + name
            if excluded and any(matches(below_root) for matches in excluded):
                continue
            if entry.is_dir(follow_symlinks=False):
                if name[0] != "." and name not in _SKIPPED_FOLDERS:
                    pending.append((folder + name + os.sep, f"{below_root}/"))
                continue
            for matches in wanted:
                if matches(below_root):
                    # One text where they are the same.
                    path = below_root if folder == from_root else folder + name
                    yield below_root, path, path if folder == opening else opening + name
                    break


def _opening(folder: str) -> str:
    """What paths of files in a folder, itself written with `/`, begin with."""
    return "" if folder == "." else folder.rstrip("/") + "/"


def _is_wanted(path: str, settings: Settings) -> bool:
    """Whether the settings include and do not exclude a path relative to their root."""
    return _matches(path, settings.include) and not _matches(path, settings.exclude)


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(compile_glob(pattern).fullmatch(path) for pattern in patterns)


def _relative(folder: StrPath) -> str:
    return os.path.relpath(folder)


def _shown(path: str) -> str:
    """The path as people write it: relative where it lies below here, no `./`, with `/`."""
    return os.path.normpath(path).replace(os.sep, "/")
