"""What the seeds were at an earlier commit, as git tells it.

The commit is the merge base of a revision and HEAD: what both sides had in common, so that what the
other side has done since is nobody's fault here. Git runs no program that the repository names, and
fetches nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from seedlint.errors import InputError
from seedlint.files import work_tree_of
from seedlint.git import ENVIRONMENT, find_git, foreign_variables

_SECONDS = 120
# What one listing of git may be, and all old seeds together, in bytes.
_MOST_LISTED = 256 * 1024 * 1024
_MOST_READ = 512 * 1024 * 1024
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_FETCH = "fetch it, and the commits that lead to it: in GitHub Actions `fetch-depth: 0`"


class OldFile(NamedTuple):
    """A file of the old commit: its path from the work tree, and the name of its content in git.

    `now` is the path that it has today, the same unless it was renamed, None if it is gone;
    `is_changed` says that the file on the disk is another one, or is not there.
    """

    path: str
    blob: str
    now: str | None
    is_changed: bool


class History:
    """One work tree and its git."""

    def __init__(self, folder: str) -> None:
        """`folder` is one in the work tree. Raises InputError."""
        tree, program = work_tree_of(os.path.realpath(folder)), find_git()
        if tree is None or program is None:
            missing = "there is no git" if program is None else "this is not in a git work tree"
            raise InputError(f"--since: {missing}")
        self.tree = tree
        self._program = program

    def merge_bases(self, revision: str) -> list[str]:
        """The commits that `revision` and HEAD have in common. Raises InputError."""
        commit = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options",
                           f"{revision}^{{commit}}")  # fmt: skip
        if commit is None:
            raise InputError(f"--since: git knows no commit `{revision[:60]}`", help=_FETCH)
        bases = self._ask("merge-base", "--all", commit.decode().strip(), "HEAD")
        found = (bases or b"").decode().split()
        if not found:
            message = f"--since: `{revision[:60]}` and HEAD have no commit in common here"
            raise InputError(message, help=_FETCH)
        if set(found) & self._ends_of_history():
            # Beyond the end of a shallow clone there may be a later merge base.
            message = f"--since: the history ends where `{revision[:60]}` and HEAD meet"
            raise InputError(message, help=_FETCH)
        return found

    def files(self, commit: str) -> Iterator[OldFile]:
        """The regular files of a commit, and what became of them. Raises InputError."""
        renamed: dict[str, str | None] = {}
        changed: set[str] = set()
        listed = self._must("diff", "--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv",
                            "--no-color", "--ignore-submodules=all", commit, "--")  # fmt: skip
        names = iter(listed.split(b"\0")[:-1])
        for status in names:
            old = os.fsdecode(next(names))
            changed.add(old)
            if status[:1] == b"R":
                renamed[old] = os.fsdecode(next(names))
            elif status[:1] == b"D":
                renamed[old] = None
            elif status[:1] == b"C":
                next(names)
        for line in self._must("ls-tree", "-r", "-z", commit).split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            path = os.fsdecode(name)
            if mode.startswith("100"):
                is_changed = path in changed or not os.path.lexists(os.path.join(self.tree, path))
                yield OldFile(path, blob, renamed.get(path, path), is_changed)

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """What these blobs hold, in order. Raises InputError."""
        names = "".join(f"{blob}\n" for blob in blobs).encode()
        listed = self._must("cat-file", "--batch-check", given=names)
        sizes = [int(line.split()[2]) for line in listed.splitlines() if b" blob " in line]
        if len(sizes) != len(blobs):
            raise InputError("--since: git lacks old seeds, as in a partial clone", help=_FETCH)
        if sum(sizes) > _MOST_READ:
            raise InputError(f"--since: the seeds that changed were more than {_MOST_READ:,} bytes")
        data = self._must("cat-file", "--batch", given=names)
        at = 0
        for size in sizes:
            at = data.index(b"\n", at) + 1
            yield data[at : at + size]
            at += size + 1

    def _ends_of_history(self) -> set[str]:
        """The commits whose parents a shallow clone lacks."""
        path = self._ask("rev-parse", "--git-path", "shallow")
        try:
            with open(os.path.join(self.tree, os.fsdecode(path or b"").strip()), "rb") as stream:
                return set(stream.read().decode("ascii", "replace").split())
        except OSError:
            return set()

    def _must(self, *arguments: str, given: bytes = b"") -> bytes:
        found = self._ask(*arguments, given=given)
        if found is None or len(found) > _MOST_LISTED + _MOST_READ:
            raise InputError(f"--since: git {arguments[0]} failed")
        return found

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What a command of git says, None if it fails. Raises InputError if it cannot be run."""
        env = {name: each for name, each in os.environ.items() if name not in foreign_variables()}
        try:
            done = subprocess.run(
                [self._program, "-C", self.tree, *_SETTINGS, *arguments],
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                env={**env, **ENVIRONMENT},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise InputError(f"--since: git {arguments[0]} took more than {_SECONDS} s") from None
        except OSError as error:
            raise InputError(f"--since: git cannot be run: {error.strerror}") from None
        if b"dubious ownership" in done.stderr:
            raise InputError(
                "--since: git refuses to read this repository, which somebody else owns",
                help=f"git config --global --add safe.directory {self.tree}",
            )
        return None if done.returncode else done.stdout


def old_contents(
    history: History, files: Iterable[OldFile], is_wanted: Callable[[OldFile], bool]
) -> Iterator[tuple[OldFile, bytes | None]]:
    """The wanted files, with their old content where it is not that on the disk."""
    wanted = [file for file in files if is_wanted(file)]
    changed = [file.blob for file in wanted if file.is_changed]
    contents: Mapping[str, bytes] = dict(zip(changed, history.contents(changed), strict=True))
    for file in wanted:
        yield file, contents[file.blob] if file.is_changed else None
