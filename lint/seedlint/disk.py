"""Where local files are looked for: on the disk, or as git has them in a commit or in the index."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping

from seedlint.files import read_regular_file
from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Kind: TypeAlias = 'Literal["file", "folder", "other"]'

# How many symbolic links are followed on the way to one file, as Linux does.
_MOST_LINKS = 40
# How long the path in a link may be, in bytes.
_LONGEST_LINK = 4096
# What git has in place of a file that Git LFS keeps: https://git-lfs.com/spec
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*"
    rb"oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,15})\n"
)
# Larger files that have the size of a pointer are taken for what it leads to.
_MOST_HASHED = 16 * 1024 * 1024


class Disk:
    """The files on the disk. All paths are absolute."""

    def real_path(self, path: str) -> str:
        """The path with links followed; its last steps need not be there."""
        return os.path.realpath(path)

    def names_in(self, folder: str) -> Iterable[str]:
        """The names in the folder at a real path; none if it is not a folder."""
        try:
            return os.listdir(folder)
        except OSError:
            return ()

    def kind_of(self, path: str) -> Kind | None:
        """What is at a real path; None if nothing is."""
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            return None
        if stat.S_ISREG(mode):
            return "file"
        return "folder" if stat.S_ISDIR(mode) else "other"

    def read(self, path: str, limit: int) -> bytes:
        """At most `limit` + 1 bytes of the file at a real path. Raises OSError."""
        return read_regular_file(path, limit)[0]

    def is_not_in_git(self, path: str) -> bool:
        """Whether a regular file is at a real path, and does not count because git lacks it."""
        return False


class InGit(NamedTuple):
    """What git has under a path: its mode, and the name of its content."""

    mode: str
    blob: str

    @property
    def is_regular(self) -> bool:
        """Whether it is a regular file."""
        return self.mode.startswith("100")

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == "120000"

    @property
    def is_submodule(self) -> bool:
        """Whether it is a repository of its own."""
        return self.mode == "160000"


class Snapshot(Disk):
    """The disk, except that some files of a work tree are as git has them."""

    def __init__(
        self,
        tree: str,
        files: Mapping[str, InGit | None],
        read_blob: Callable[[str, int], bytes],
        gone: Iterable[str] = (),
    ) -> None:
        """`files` maps paths from the work tree `tree` to what git has there; None means nothing.

        Nothing is in the folders `gone`, or at the path of one. `read_blob` takes the name of a
        content and how many bytes are wanted; it raises OSError.
        """
        paths = ((os.path.join(tree, path), file) for path, file in files.items())
        # Where a file was, there may be a folder now.
        self._files = {
            path: file for path, file in paths if file or Disk.kind_of(self, path) != "folder"
        }
        self._read_blob = read_blob
        self._added: dict[str, set[str]] = {}
        self._removed: dict[str, set[str]] = {}
        self._links: dict[str, str] = {}
        self._pointed_to: dict[str, bool] = {}
        for path, file in self._files.items():
            folder, name = os.path.split(path)
            if file is None:
                self._removed.setdefault(folder, set()).add(name)
            # A folder that is known is in those around it already.
            while file is not None and name not in self._added.setdefault(folder, set()):
                self._added[folder].add(name)
                if folder == tree:
                    break
                folder, name = os.path.split(folder)
        # Where links are on the disk in place of folders. What they lead to was never there.
        replaced = [folder for folder in self._added if os.path.islink(folder)]
        for name in gone:
            folder = os.path.join(tree, name)
            self._removed.setdefault(os.path.dirname(folder), set()).add(os.path.basename(folder))
            replaced.append(folder)
        self._replaced = tuple(os.path.join(folder, "") for folder in replaced)

    def real_path(self, path: str) -> str:
        """The path with links followed, as git has them."""
        here, followed = os.sep, 0
        pending = path.split(os.sep)[::-1]
        while pending:
            name = pending.pop()
            if name == os.pardir:
                here = os.path.dirname(here)
            elif name not in ("", os.curdir):
                there = os.path.join(here, name)
                target = self._target_of(there)
                if target is None or followed == _MOST_LINKS:
                    here = there
                    continue
                followed += 1
                if os.path.isabs(target):
                    here = os.sep
                pending += target.split(os.sep)[::-1]
        return here

    def _target_of(self, path: str) -> str | None:
        """What the link at a real path says; None if it is not a link."""
        if path in self._files:
            file = self._files[path]
            if file is None or not file.is_link:
                return None
            if path not in self._links:
                try:
                    self._links[path] = os.fsdecode(self._read_blob(file.blob, _LONGEST_LINK))
                except OSError:
                    self._links[path] = ""
            return self._links[path]
        if path in self._added or path.startswith(self._replaced):
            return None
        try:
            return os.readlink(path)
        except OSError:
            return None

    def names_in(self, folder: str) -> Iterable[str]:
        """The names in the folder at a real path, as git has it."""
        is_replaced = os.path.join(folder, "").startswith(self._replaced)
        names = () if is_replaced else super().names_in(folder)
        if folder in self._removed or folder in self._added:
            return {*names} - self._removed.get(folder, set()) | self._added.get(folder, set())
        return names

    def kind_of(self, path: str) -> Kind | None:
        """What git has at a real path; None if nothing is there."""
        if file := self._files.get(path):
            return "other" if file.is_link else "file"
        if path in self._added:
            return "folder"
        is_gone = path in self._files or path.startswith(self._replaced)
        return None if is_gone else super().kind_of(path)

    def is_not_in_git(self, path: str) -> bool:
        """Whether a regular file is at a real path, and does not count because git lacks it."""
        is_known = path in self._files or path.startswith(self._replaced)
        return is_known and self.kind_of(path) is None and super().kind_of(path) == "file"

    def _points_to(self, data: bytes, path: str) -> bool:
        """Whether git has a pointer of Git LFS, with `data`, to the content that is on the disk.

        Git runs no filters here, so it takes such a file for another one than that on the disk as
        soon as the times differ.
        """
        pointer = _POINTER.match(data)
        # Where a link is on the disk in place of a folder, the file is another one.
        if pointer is None or os.path.realpath(path) != path or super().kind_of(path) != "file":
            return False
        size = int(pointer[2])
        if size != os.path.getsize(path):
            return False
        if size > _MOST_HASHED:
            return True
        from hashlib import sha256

        return sha256(super().read(path, size)).hexdigest().encode() == pointer[1]

    def read(self, path: str, limit: int) -> bytes:
        """The beginning of the file as git has it. Raises OSError."""
        if file := self._files.get(path):
            data = self._read_blob(file.blob, limit + 1)
            if path not in self._pointed_to:
                # Many seeds may show one picture.
                self._pointed_to[path] = self._points_to(data, path)
            return super().read(path, limit) if self._pointed_to[path] else data
        if self.kind_of(path) is None:
            raise FileNotFoundError(path)
        return super().read(path, limit)
