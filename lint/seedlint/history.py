"""What the seeds and their local files were at an earlier commit.

The commit is the merge base of a revision and HEAD: what both sides had in common. What the other
side has done since does not count against this one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from seedlint.disk import InGit, Snapshot
from seedlint.errors import InputError
from seedlint.named_tuple import NamedTuple
from seedlint.staged import Index
from seedlint.text.nearest import nearest
from seedlint.text.quotes import quote
from seedlint.work_tree import FETCH, WorkTree

# Among how many names of branches and tags a misspelt one is looked for.
_MOST_NAMES = 1_000
# Git checks nothing out over a broken submodule. What it holds may not be committed.
_MOVE_AWAY = "move its folder away, then run `git submodule update --init --recursive`"
# What begins the way from one commit to another, as in `HEAD~1`.
_STEPS = re.compile(r"[~^@]")


class OldFile(NamedTuple):
    """A file of the old commit: its path from the work tree, and the name of its content in git.

    `now` is the path that it has today, the same unless it was renamed, None if it is gone;
    `is_changed` says that the file on the disk is another one, or is not there. `submodule` is the
    path of the submodule that it is in, "" if it is in none.
    """

    path: str
    blob: str
    now: str | None
    is_changed: bool
    submodule: str = ""


class History:
    """The commits of one work tree."""

    def __init__(self, folder: str, index: Index | None) -> None:
        """`folder` is one in the work tree. Raises InputError.

        Today's files are those of the index if there is one, else those on the disk.
        """
        self._tree = WorkTree(folder, "--since") if index is None else index.tree
        # By their paths from the work tree; the work tree itself has none.
        self._submodules = {"": self._tree}
        self._index = index
        self.tree = self._tree.folder
        self.snapshot: Callable[[str], Snapshot] = cache(self._snapshot)

    def merge_bases(self, revision: str) -> list[str]:
        """The commits that `revision` and HEAD have in common. Raises InputError.

        The list is empty for HEAD in a repository without commits.
        """
        commit = self._tree.ask("rev-parse", "--verify", "--quiet", "--end-of-options",
                                f"{revision}^{{commit}}")  # fmt: skip
        if commit is None:
            if not self._tree.is_repository():
                raise InputError("--since: git cannot open the repository that this is in")
            if self._is_without_commits():
                if revision == "HEAD":
                    return []
                advice = (
                    "there is no commit yet; until there is one, use `--since HEAD`, "
                    "which reports everything"
                )
                raise InputError(f"--since: git knows no commit `{revision[:60]}`", help=advice)
            raise InputError(
                f"--since: git knows no commit `{revision[:60]}`",
                help=self._remote_branch(revision)
                or self._ancestor(revision)
                or self._similar(revision)
                or FETCH,
            )
        name = commit.decode().strip()
        bases = self._tree.ask("merge-base", "--all", name, "HEAD")
        found = (bases or b"").decode().split()
        if not found:
            message = f"--since: `{revision[:60]}` and HEAD have no commit in common here"
            raise InputError(message, help=FETCH)
        if self._ends_of_history() & {*found} and not self._is_one_end(found, name):
            # Beyond the end of a shallow clone there may be a later merge base.
            message = f"--since: the history ends where `{revision[:60]}` and HEAD meet"
            raise InputError(message, help=FETCH)
        return found

    def _is_one_end(self, bases: list[str], commit: str) -> bool:
        """Whether a commit and HEAD meet in one of the two, so that nothing can lie between."""
        return bases in ([commit], [self._tree.must("rev-parse", "HEAD").decode().strip()])

    def _is_without_commits(self) -> bool:
        """Whether the first commit of the branch is still to be made."""
        head = self._tree.ask("rev-parse", "--verify", "--quiet", "HEAD")
        # Outside a repository git knows no branch either.
        return head is None and self._tree.ask("symbolic-ref", "--quiet", "HEAD") is not None

    def _remote_branch(self, revision: str) -> str | None:
        """Help for a branch that is here only as that of a remote, as in a checkout of CI."""
        remote = f"origin/{revision}"
        name = f"refs/remotes/{remote}"
        if self._tree.ask("show-ref", "--verify", "--quiet", name) is None:
            return None
        return f"write `--since {remote}`: this checkout has the branch only as that of the remote"

    def _ancestor(self, revision: str) -> str | None:
        """Help for `HEAD~1` and the like, if `HEAD` is a commit."""
        start = _STEPS.split(revision, maxsplit=1)[0]
        if start == revision or self._tree.ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{start}^{{commit}}"
        ) is None:  # fmt: skip
            return None
        return FETCH if self._ends_of_history() else f"{quote(start)} has no such ancestor"

    def _similar(self, revision: str) -> str | None:
        """Help for a misspelt name of a branch, here or of a remote, or of a tag."""
        kinds = ("refs/heads", "refs/remotes", "refs/tags")
        listed = self._tree.ask(
            "for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname)", *kinds
        )
        names: dict[str, str] = {}
        # Of a branch of a remote that is here only the rest of the name can be wrong.
        of_remote: dict[str, str] = {}
        for line in (listed or b"").splitlines():
            _, kind, name = os.fsdecode(line).split("/", 2)
            remote, _, branch = name.partition("/")
            if kind != "remotes":
                names |= {name: name}
            elif branch != "HEAD":
                # It is known by its own name, too, unless there is one of that name.
                names.setdefault(name, name)
                names.setdefault(branch, name)
                if revision.startswith(f"{remote}/"):
                    of_remote[branch] = name
        if of_remote:
            names, revision = of_remote, revision.partition("/")[2]
        near = nearest(revision, filter(None, names))
        return f"a similar name exists: {quote(names[near])}" if near else None

    def files(
        self, commit: str, holds_seeds: Callable[[str], bool] = lambda submodule: False
    ) -> Iterator[OldFile]:
        """The regular files of a commit, and what became of them. Raises InputError.

        Those that a sparse checkout leaves out are none, unless today's files are in the index: the
        run of today does not know them either. Of submodules those are looked into whose path
        `holds_seeds`; in the index they hold none.
        """
        return self._files_in("", commit, holds_seeds)

    def _files_in(
        self, submodule: str, commit: str, holds_seeds: Callable[[str], bool]
    ) -> Iterator[OldFile]:
        """The files of a commit of the work tree, or of one of its submodules."""
        tree = self._submodules[submodule]
        below = f"{submodule}/" if submodule else ""
        renamed: dict[str, str | None] = {}
        changed = set[str]() if self._index is None else {*self._index.differing}
        cached = [] if self._index is None else ["--cached"]
        fields = tree.diff(*cached, "--name-status", "-M", commit, "--")
        for status in fields:
            old = os.fsdecode(next(fields))
            changed.add(old)
            if status[:1] == b"R":
                renamed[old] = os.fsdecode(next(fields))
            elif status[:1] == b"D":
                renamed[old] = None
            elif status[:1] == b"C":
                next(fields)
        for line in tree.must("ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            path = os.fsdecode(name)
            in_git = InGit(mode, blob)
            if in_git.is_submodule and self._index is None and holds_seeds(below + path):
                if self._has_submodule(tree, path, below + path, blob):
                    yield from self._files_in(below + path, blob, holds_seeds)
            elif in_git.is_regular:
                is_changed = path in changed
                if not (is_changed or os.path.lexists(os.path.join(tree.folder, path))):
                    if self._index is None:
                        continue
                    is_changed = True
                now = renamed.get(path, path)
                now = None if now is None else below + now
                yield OldFile(below + path, blob, now, is_changed, submodule)

    def _has_submodule(self, tree: WorkTree, path: str, shown: str, commit: str) -> bool:
        """Whether a submodule of a work tree is here. Raises InputError if it lacks the commit."""
        submodule = tree.submodule(path)
        if submodule is None:
            return False
        if submodule.ask("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}") is None:
            if not submodule.is_repository():
                message = f"--since: git cannot open the repository of the submodule {quote(shown)}"
                raise InputError(message, help=_MOVE_AWAY)
            message = f"--since: the submodule {quote(shown)} lacks its commit {commit[:12]}"
            raise InputError(message, help=FETCH)
        self._submodules[shown] = submodule
        return True

    def _snapshot(self, commit: str) -> Snapshot:
        """The disk, with the files of a commit. Raises InputError.

        What git ignores is as it is on the disk: git does not know how it was.
        """
        files: dict[str, InGit | None] = {}
        for path in self._tree.untracked():
            files[path] = None
        cached = []
        if self._index is not None:
            cached = ["--cached"]
            files |= self._index.not_on_disk()
        for change in self._tree.changes(*cached, commit, "--"):
            if change.before is None or not change.before.is_submodule:
                files[change.path] = change.before
            elif change.removes_submodule and not os.path.lexists(
                os.path.join(self.tree, change.path)
            ):
                files.update(self._tree.files_of_submodule(commit, change))
        return Snapshot(self.tree, files, self._tree.beginning)

    def content(self, commit: str, path: str) -> bytes | None:
        """What a file of a commit held, by its path from the work tree; None if there is none."""
        return self._tree.ask("cat-file", "blob", f"{commit}:{path}")

    def old_contents(
        self, files: Iterable[OldFile], is_wanted: Callable[[OldFile], bool]
    ) -> Iterator[tuple[OldFile, bytes | None]]:
        """The wanted files, with their old content where it is not that on the disk."""
        wanted = [file for file in files if is_wanted(file)]
        contents: dict[str, bytes] = {}
        for submodule, tree in self._submodules.items():
            changed = [
                file.blob for file in wanted if file.is_changed and file.submodule == submodule
            ]
            contents.update(zip(changed, tree.contents(changed), strict=True))
        for file in wanted:
            yield file, contents[file.blob] if file.is_changed else None

    def _ends_of_history(self) -> set[str]:
        """The commits whose parents a shallow clone lacks."""
        return set(self._tree.commits_in("shallow"))
