"""`--staged`: checks files as they are in the index of git, not on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache

from seedlint import discover
from seedlint.disk import Snapshot
from seedlint.errors import InputError
from seedlint.files import read_regular_file, resolve_folder
from seedlint.settings import Settings
from seedlint.staged import Index, StagedFile

# How large a contract or a configuration may be, in bytes, to be compared with what is staged.
_MOST_BYTES = 16 * 1024 * 1024


class Staged:
    """The files of an index, as those of a run."""

    def __init__(self, settings: Settings) -> None:
        """Read the index around the root of the settings. Raises InputError if there is none."""
        self._settings = settings
        self.index = Index(os.fspath(settings.root))
        tree = self.index.tree.folder
        # Where the root and the working directory are in the work tree, as prefixes of paths.
        self._root = _prefix_of(settings.root, tree)
        self._here = _prefix_of(os.curdir, tree)
        self.disk: Callable[[], Snapshot] = cache(self.index.snapshot)

    def targets(self, paths: Sequence[str], *, force_exclude: bool) -> discover.Targets:
        """The files that differ from HEAD, at or below `paths` (none: the settings' root).

        A file that is named is taken whatever it is called. Raises InputError.
        """
        wanted: list[StagedFile] = []
        left_out = discover.LeftOut()
        errors: list[InputError] = []
        folders = [] if paths else [self._root]
        staged = self.index.files
        named = set(map(self._inside, paths))
        for path in self.index.unmerged:
            if path in named or self.included(path) is not None:
                advice = "resolve the conflict and stage the file"
                raise InputError(
                    "--staged: it has a merge conflict", path=self._shown(path), help=advice
                )
        for path in paths:
            inside = self._inside(path)
            if inside in staged:
                shown = self._shown(inside)
                if not (force_exclude and discover.is_left_out(shown, self._settings, left_out)):
                    wanted.append(staged[inside])
            elif not self._has_folder(discover.prefix_of(inside)):
                errors.append(InputError("nothing of this name is in the index", path=path))
            else:
                folders.append(discover.prefix_of(inside))
        for folder in folders:
            wanted += self._looked_for(folder)
        changed = {file.path: file for file in wanted if file.is_changed}
        errors += [
            InputError("it is a symbolic link", path=self._shown(file.path))
            for file in changed.values()
            if file.in_git.is_link
        ]
        regular = [file for file in changed.values() if not file.in_git.is_link]
        return discover.Targets(self._files(regular, regular), left_out, errors)

    def others(self, targets: Sequence[discover.Target], settings: Settings) -> discover.Files:
        """The other files of the index that the settings include. Raises InputError."""
        known = {target.shown for target in targets}
        others = [
            file
            for file in self._looked_for(self._root)
            if not file.in_git.is_link and self._shown(file.path) not in known
        ]
        differing = self.index.differing
        tree = self.index.tree.folder
        return self._files(
            others,
            [
                file
                for file in others
                if file.path in differing or not os.path.lexists(os.path.join(tree, file.path))
            ],
        )

    def has(self, path: str) -> bool:
        """Whether a file or a folder of this name is in the index."""
        inside = self._inside(path)
        return inside in self.index.files or self._has_folder(discover.prefix_of(inside))

    def included(self, path: str) -> str | None:
        """What a path from the work tree is shown as, if the settings include the file."""
        from_root = path.removeprefix(self._root)
        is_included = path.startswith(self._root) and discover.is_looked_for(
            from_root, self._settings
        )
        return self._shown(path) if is_included else None

    def remarks(self, inputs: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
        """The contracts and configurations that differ on the disk from what is staged."""
        for path in inputs:
            file = self.index.files.get(self._inside(os.fspath(path)))
            if file is None or file.in_git.is_link or file.path not in self.index.differing:
                continue
            with suppress(OSError):
                data, _ = read_regular_file(os.fspath(path), _MOST_BYTES, follow_links=True)
                staged = self.index.tree.beginning(file.in_git.blob, _MOST_BYTES + 1)
                # Git may have changed line breaks.
                if data.replace(b"\r\n", b"\n") != staged.replace(b"\r\n", b"\n"):
                    yield (
                        f"{self._shown(file.path)} differs from what is staged: "
                        "the one on the disk is used"
                    )

    def _files(self, files: Sequence[StagedFile], from_git: Sequence[StagedFile]) -> discover.Files:
        """Some files, in order of path, with the content of those that git must be asked for."""
        contents = self.index.tree.contents([file.in_git.blob for file in from_git])
        data = dict(zip((file.path for file in from_git), contents, strict=True))
        found = discover.Files()
        for file in files:
            shown = self._shown(file.path)
            found.add(shown, shown, data.get(file.path))
        found.sort()
        return found

    def _looked_for(self, folder: str) -> Iterator[StagedFile]:
        """The files below a folder that a walk would find."""
        # A folder that lies around the root is looked into from the root on.
        named = 0
        if folder.startswith(self._root):
            named = folder[len(self._root) :].count("/")
        for path, file in self.index.files.items():
            if path.startswith(folder) and path.startswith(self._root):
                from_root = path[len(self._root) :]
                if discover.is_looked_for(from_root, self._settings, named):
                    yield file

    def _has_folder(self, prefix: str) -> bool:
        return not prefix or any(path.startswith(prefix) for path in self.index.files)

    def _inside(self, path: str) -> str:
        """A path of the command line from the work tree, itself not followed if it is a link."""
        return os.path.relpath(resolve_folder(path), self.index.tree.folder).replace(os.sep, "/")

    def _shown(self, path: str) -> str:
        """A path from the work tree, from the working directory."""
        if path.startswith(self._here):
            return path[len(self._here) :]
        return os.path.relpath(os.path.join(self.index.tree.folder, path)).replace(os.sep, "/")


def _prefix_of(folder: str | os.PathLike[str], tree: str) -> str:
    """The prefix that the files of a folder have in paths from the work tree."""
    inside = os.path.relpath(os.path.realpath(folder), tree)
    return discover.prefix_of(inside.replace(os.sep, "/"))
