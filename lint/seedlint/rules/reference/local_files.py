"""Which file a text names, inside the folders where it may be.

Seeds are strangers' data: nothing outside of these folders is opened or listed, whatever a text or
a link says. Case counts even on a file system that ignores it, because that of the server may not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from seedlint.disk import Disk
from seedlint.files import is_inside
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import either, quote
from seedlint.rules.binding import UnusableOption
from seedlint.text.nearest import Lexicon, nearest

# One letter and a colon begin a path of Windows.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
# Longer than the path of any file.
_LONGEST = 4096
_ONLY_UP = re.compile(r"(?:\.{0,2}/)*")
# What a reader of addresses would not take for a part of a name.
_SPECIAL = "%?#"


class Place(NamedTuple):
    """What a text leads to: a regular file, or why it does not lead to one.

    `path` is where the file is. Of a file that is not there `at` is the step that is missing, and
    `beside` has the names where it should be, but for hidden ones; `is_not_in_git` says that it is
    on the disk, which does not count.
    """

    path: str | None = None
    problem: str | None = None
    at: int | None = None
    beside: Lexicon | None = None
    is_not_in_git: bool = False


def is_address(text: str) -> bool:
    """Whether a text names something by its address, such as `https://example.com/a.jpg`."""
    return _ADDRESS.match(text) is not None


def steps_of(text: str) -> list[str]:
    """The steps of the path in a text, as they are written; query and fragment are cut off."""
    return re.split(r"[?#]", text[: _LONGEST + 1], maxsplit=1)[0].split("/")


class Roots:
    """Folders in which local files are looked for. What is seen is remembered, for one run."""

    def __init__(self, folders: Mapping[str, str | None], disk: Disk) -> None:
        """`folders` are their real paths, by the names that people have for them.

        None is for one that must not be looked into.
        """
        self._disk = disk
        self._folders = tuple(folders.values())
        self.names = tuple(folders)
        self._names: dict[tuple[str, str], Mapping[str, None] | None] = {}
        self._lexicons: dict[str, Lexicon] = {}
        self.shown = either([quote(name) for name in folders])

    def find(self, text: str) -> Place:
        """The file that a text names in the first of the folders that has it."""
        written = steps_of(text)
        steps = _resolve(written)
        if steps is None:
            return Place(problem="leads out of")
        if len(text) > _LONGEST:
            return Place(problem="is too long for a file in")
        if not steps:
            return Place(problem="names no file in")
        found = [self._find_in(root, steps) for root in self._folders]
        # The one that came nearest says most.
        best = min(
            found, key=lambda each: (each.path is None, each.problem is None, -(each.at or 0))
        )
        if best.path is not None and written[-1] in ("", ".", ".."):
            return Place(problem="is written like a folder, and is a file in")
        return best

    def _find_in(self, root: str | None, steps: Sequence[tuple[int, str]]) -> Place:
        if root is None:
            return Place(problem="leads through a link out of")
        path = root
        for number, name in steps:
            names = self._names_in(path, root)
            if names is None:
                return Place(problem="leads through a link out of")
            if name not in names:
                is_not_in_git = self._disk.is_not_in_git(os.path.join(path, name))
                beside = self._lexicon_of(path, names)
                return Place(at=number, beside=beside, is_not_in_git=is_not_in_git)
            path = os.path.join(path, name)
        path = self._disk.real_path(path)
        if not is_inside(path, root):
            return Place(problem="leads through a link out of")
        kind = self._disk.kind_of(path)
        if kind is None:
            return Place(problem="is a link that leads nowhere in")
        if kind == "file":
            return Place(path)
        return Place(problem="is a folder in" if kind == "folder" else "is not a regular file in")

    def read(self, path: str, limit: int) -> bytes:
        """At most `limit` + 1 bytes of a file that has been found. Raises OSError."""
        return self._disk.read(path, limit)

    def _lexicon_of(self, folder: str, names: Iterable[str]) -> Lexicon:
        if folder not in self._lexicons:
            # Nobody has misspelt a name into a hidden one.
            visible = sorted(each for each in names if not each.startswith("."))
            self._lexicons[folder] = Lexicon(visible)
        return self._lexicons[folder]

    def _names_in(self, folder: str, root: str) -> Mapping[str, None] | None:
        """The names in a folder; none where there is no folder, None outside of `root`."""
        key = folder, root
        if key not in self._names:
            real = self._disk.real_path(folder)
            names = self._disk.names_in(real) if is_inside(real, root) else None
            self._names[key] = None if names is None else dict.fromkeys(names)
        return self._names[key]


def find_roots(names: Sequence[str], top: str, disk: Disk) -> Roots:
    """The folders with these paths from the folder `top`, on `disk`.

    Raises UnusableOption for a path that would lead out of it. In a root that is a link out of it
    there are no files.
    """
    top = disk.real_path(os.path.abspath(top))
    folders: dict[str, str | None] = {}
    for index, name in enumerate(names):
        steps = name.split("/")
        if os.path.isabs(name) or ".." in steps or "\\" in name or "\0" in name or not name:
            words = "a root is a path from the folder of the configuration, without `..`"
            raise UnusableOption(words, ("roots", index))
        real = disk.real_path(os.path.join(top, *steps))
        folders[name] = real if is_inside(real, top) else None
    return Roots(folders, disk)


class Proposal(NamedTuple):
    """A text that may be meant; `is_certain` says that it differs from the other in case only."""

    text: str
    is_certain: bool


def propose(text: str, place: Place, roots: Roots) -> Proposal | None:
    """The text with another name for the step that is missing, if that leads to a file."""
    from urllib.parse import quote as encode
    from urllib.parse import unquote

    if meant := _from_inside(text, roots):
        return Proposal(meant, is_certain=False)
    if place.at is None or place.beside is None:
        return None
    steps = steps_of(text)
    rest = text[len("/".join(steps)) :]
    wrong = unquote(steps[place.at])
    names = place.beside.like(wrong)
    near = nearest(wrong, names)
    if near is None or not near.isprintable():
        return None
    is_encoded = "%" in steps[place.at] or any(each in near for each in _SPECIAL)
    steps[place.at] = encode(near) if is_encoded else near
    meant = "/".join(steps) + rest
    if roots.find(meant).path is None:
        return None
    twins = [each for each in names if each.casefold() == near.casefold()]
    return Proposal(meant, wrong.casefold() == near.casefold() and len(twins) == 1)


def _from_inside(text: str, roots: Roots) -> str | None:
    """The text with slashes, and without the way to a root, if that leads to a file."""
    text = text.replace("\\", "/")
    meant = [text]
    for name in roots.names:
        # The whole way, or the last folder of it.
        for way in (name.strip("/"), name.strip("/").rpartition("/")[2]):
            before, found, rest = text.partition(f"{way}/")
            if found and _ONLY_UP.fullmatch(before):
                meant.append(before[: before.startswith("/")] + rest)
    return next((each for each in meant if roots.find(each).path is not None), None)


def _resolve(written: Sequence[str]) -> list[tuple[int, str]] | None:
    """The names on the way to a file, each with the number of its step; None for a way out."""
    from urllib.parse import unquote

    steps: list[tuple[int, str]] = []
    for number, each in enumerate(written):
        for name in unquote(each).split("/"):
            if name == "..":
                if not steps:
                    return None
                steps.pop()
            elif name not in ("", "."):
                steps.append((number, name))
    return steps
