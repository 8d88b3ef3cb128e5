"""The index: what would be committed, as git tells it."""

from __future__ import annotations

import os
from functools import cached_property
from typing import NamedTuple

from seedlint.disk import InGit
from seedlint.errors import InputError
from seedlint.work_tree import WorkTree

# What a listing of names says of every file whose state on the disk git looks at.
_IS_WATCHED = "H"
LINK, SUBMODULE = "120000", "160000"
"""The modes of entries that are no regular files."""


class StagedFile(NamedTuple):
    """A file of the index: its path from the work tree, and the name of its content in git.

    `is_changed` says that it is another one than in HEAD, or new; `is_link` that it is a symbolic
    link.
    """

    path: str
    blob: str
    is_changed: bool
    is_link: bool


class Index:
    """The index of one work tree; in a hook, the one that is being committed."""

    def __init__(self, folder: str) -> None:
        """`folder` is one in the work tree. Raises InputError."""
        self.tree = WorkTree(folder, "--staged", keeps_index=True)

    @cached_property
    def files(self) -> dict[str, StagedFile]:
        """The files by their path from the work tree, in its order. Raises InputError.

        Submodules are none: what they hold is staged in a repository of their own.
        """
        changed = self.tree.paths(
            *("diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=AMT"),
            *("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all"),
        )
        found: dict[str, StagedFile] = {}
        for _, mode, blob, stage, path in self._entries:
            if stage != "0":
                advice = "resolve the conflict and stage the file"
                raise InputError("--staged: it has a merge conflict", path=path, help=advice)
            if mode != SUBMODULE:
                found[path] = StagedFile(path, blob, path in changed, mode == LINK)
        return found

    def not_on_disk(self) -> dict[str, InGit | None]:
        """The files that the disk may not have as they are staged, as git has them."""
        staged = ((path, self.files.get(path)) for path in self.differing())
        return {path: InGit(file.blob, file.is_link) for path, file in staged if file}

    def differing(self) -> set[str]:
        """The files that the disk may not have as they are staged. Raises InputError."""
        # The plumbing command goes by sizes and times: it asks no filter for contents.
        differing = self.tree.paths("diff-files", "--name-only", "-z", "--ignore-submodules=all")
        # Git has been told to take the others for unchanged.
        return differing | {path for tag, _, _, _, path in self._entries if tag != _IS_WATCHED}

    @cached_property
    def _entries(self) -> list[tuple[str, str, str, str, str]]:
        """Tag, mode, blob, stage and path of each entry."""
        entries = []
        for line in self.tree.must("ls-files", "-z", "--stage", "-v").split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            tag, mode, blob, stage = about.decode().split()
            entries.append((tag, mode, blob, stage, os.fsdecode(name)))
        return entries
