"""The index of git: what the next commit would hold."""

from __future__ import annotations

import os
from functools import cached_property

from seedlint.disk import InGit, Snapshot
from seedlint.named_tuple import NamedTuple
from seedlint.work_tree import Change, WorkTree

# What a listing of names says of every file whose state on the disk git looks at.
_IS_WATCHED = "H"
# How many commits of a merge are looked at; git itself stops at a few dozen.
_MOST_MERGED = 50


class StagedFile(NamedTuple):
    """A file of the index: its path from the work tree, and what git has there.

    `is_changed` says that it is another one than in HEAD, or new; in a merge, also another one than
    in what is merged.
    """

    path: str
    in_git: InGit
    is_changed: bool


class Index:
    """The index of one work tree; in a hook, the one that is being committed."""

    def __init__(self, folder: str) -> None:
        """`folder` is one in the work tree. Raises InputError."""
        self.tree = WorkTree(folder, "--staged", keeps_index=True)

    @cached_property
    def files(self) -> dict[str, StagedFile]:
        """The files by their path from the work tree, in its order. Raises InputError.

        Submodules are none: what they hold is staged in a repository of their own. Nor are files
        with a merge conflict.
        """
        changed = {change.path for change in self.changes if change.now}
        for head in self.tree.commits_in("MERGE_HEAD")[:_MOST_MERGED]:
            # What comes from there as it is was committed by somebody else.
            merged = self.tree.changes("--cached", head)
            changed &= {change.path for change in merged if change.now}
        found: dict[str, StagedFile] = {}
        for _, in_git, stage, path in self._entries:
            if stage == "0" and not in_git.is_submodule:
                found[path] = StagedFile(path, in_git, path in changed)
        return found

    @cached_property
    def unmerged(self) -> dict[str, None]:
        """The files with a merge conflict, by their path from the work tree. Raises InputError."""
        return {path: None for _, _, stage, path in self._entries if stage != "0"}

    @cached_property
    def changes(self) -> list[Change]:
        """The differences between HEAD and the index. Raises InputError."""
        return self.tree.changes("--cached")

    def snapshot(self) -> Snapshot:
        """The disk, with the files of the index. Raises InputError.

        A file that is not in the index is not there, whatever is on the disk, unless git ignores
        it, because a program makes it.
        """
        deleted = {
            change.path
            for change in self.changes
            if not change.now and not change.removes_submodule
        }
        kept = [path for path in deleted if os.path.lexists(os.path.join(self.tree.folder, path))]
        if kept:
            given = b"".join(os.fsencode(path) + b"\0" for path in kept)
            ignored = self.tree.ask("check-ignore", "-z", "--stdin", given=given) or b""
            deleted -= {os.fsdecode(name) for name in ignored.split(b"\0")}
        files: dict[str, InGit | None] = dict.fromkeys(deleted)
        files |= dict.fromkeys(self.tree.untracked())
        files |= self.not_on_disk()
        removed = (change.path for change in self.changes if change.removes_submodule)
        # What was a submodule may be a folder like others now.
        gone = [
            path for path in removed if not any(each.startswith(f"{path}/") for each in self.files)
        ]
        return Snapshot(self.tree.folder, files, self.tree.beginning, gone)

    def not_on_disk(self) -> dict[str, InGit | None]:
        """What git has staged for the files that may differ on the disk."""
        staged = ((path, self.files.get(path)) for path in self.differing)
        return {path: file.in_git for path, file in staged if file}

    @cached_property
    def differing(self) -> set[str]:
        """The files that may differ on the disk from what is staged. Raises InputError."""
        # The plumbing command goes by sizes and times: it asks no filter for contents.
        differing = self.tree.paths("diff-files", "--name-only", "-z", "--ignore-submodules=all")
        # Git has been told to take the others for unchanged.
        return differing | {path for tag, _, _, path in self._entries if tag != _IS_WATCHED}

    @cached_property
    def _entries(self) -> list[tuple[str, InGit, str, str]]:
        """The tag, content, stage and path of each entry. Raises InputError."""
        entries = []
        for line in self.tree.must("ls-files", "-z", "--stage", "-v").split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            tag, mode, blob, stage = about.decode().split()
            entries.append((tag, InGit(mode, blob), stage, os.fsdecode(name)))
        return entries
