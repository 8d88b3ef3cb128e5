"""One work tree of git, and the commands that are run in it.

Git does not run a program that the repository names and fetches nothing. Its output and its time
are limited.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from threading import Timer

from seedlint.disk import InGit
from seedlint.errors import InputError
from seedlint.files import work_tree_of
from seedlint.git import ENVIRONMENT, NO_MONITOR, find_git, foreign_variables
from seedlint.named_tuple import NamedTuple

FETCH = "fetch it, and the commits that lead to it: in GitHub Actions `fetch-depth: 0`"
"""What helps where git lacks something."""

_SECONDS = 120
# What one listing of git may be, and the contents of all files together, in bytes.
_MOST_LISTED = 256 * 1024 * 1024
_MOST_READ = 512 * 1024 * 1024
_SETTINGS = (*NO_MONITOR, "-c", "core.quotePath=false")
# What git says of what is not there, and of a merge conflict.
_NOTHING, _UNMERGED = "000000", "U"
_FILTERS = r"^filter\..*\.(clean|process|required|smudge)$"
# The index that a hook is about, where it is not the usual one: that of `git commit FILE`.
_INDEX_FILE = "GIT_INDEX_FILE"


class Change(NamedTuple):
    """What git had at a path from the work tree, and what it has now; None means nothing."""

    path: str
    before: InGit | None
    now: InGit | None

    @property
    def takes_away(self) -> bool:
        """Whether what was there is gone, unless a regular file has only a new content."""
        has_new_content = self.now is not None and self.now.is_regular and self._was_regular
        return self.before is not None and not has_new_content

    @property
    def is_of_link(self) -> bool:
        """Whether there was a symbolic link, or is one now."""
        return any(each is not None and each.is_link for each in (self.before, self.now))

    @property
    def _was_regular(self) -> bool:
        return self.before is not None and self.before.is_regular


class WorkTree:
    """One work tree and its git. Errors name the option of the command that needs it."""

    def __init__(self, folder: str, option: str, *, keeps_index: bool = False) -> None:
        """`folder` is one in the work tree. Raises InputError.

        `keeps_index` says that the index is the one that a hook is about.
        """
        self.option = option
        tree, program = work_tree_of(os.path.realpath(folder)), find_git()
        if tree is None or program is None:
            missing = "there is no git" if program is None else "this is not in a git work tree"
            raise InputError(f"{option}: {missing}")
        self.folder = tree
        self._program = program
        dropped = foreign_variables() - ({_INDEX_FILE} if keeps_index else set())
        self._env = {name: each for name, each in os.environ.items() if name not in dropped}
        self._env |= ENVIRONMENT
        self._env |= self._without_filters()

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """What these blobs hold, in order. Raises InputError."""
        names = "".join(f"{blob}\n" for blob in blobs).encode()
        listed = self.must("cat-file", "--batch-check", given=names)
        sizes = [int(line.split()[2]) for line in listed.splitlines() if b" blob " in line]
        if len(sizes) != len(blobs):
            message = f"{self.option}: git lacks contents of seeds, as in a partial clone"
            raise InputError(message, help=FETCH)
        if sum(sizes) > _MOST_READ:
            raise InputError(f"{self.option}: seeds of more than {_MOST_READ:,} bytes in git")
        data = self.must("cat-file", "--batch", given=names)
        at = 0
        for size in sizes:
            at = data.index(b"\n", at) + 1
            yield data[at : at + size]
            at += size + 1

    def _command(self, *arguments: str) -> list[str]:
        return [self._program, "-C", self.folder, *_SETTINGS, *arguments]

    def beginning(self, blob: str, most: int) -> bytes:
        """At most `most` bytes of a blob, however large it is. Raises OSError."""
        with subprocess.Popen(
            self._command("cat-file", "blob", blob),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._env,
        ) as process:
            timer = Timer(_SECONDS, process.kill)
            timer.start()
            try:
                assert process.stdout is not None
                data = process.stdout.read(most)
            finally:
                timer.cancel()
                process.kill()
        return data

    def must(self, *arguments: str, given: bytes = b"") -> bytes:
        """The output of a git command. Raises InputError if it fails."""
        found = self.ask(*arguments, given=given)
        if found is None or len(found) > _MOST_LISTED + _MOST_READ:
            raise InputError(f"{self.option}: git {arguments[0]} failed")
        return found

    def paths(self, *arguments: str) -> set[str]:
        """The paths that a git command lists, separated by NULs. Raises InputError."""
        return {os.fsdecode(name) for name in self.must(*arguments).split(b"\0")[:-1]}

    def diff(self, *arguments: str) -> Iterator[bytes]:
        """The fields of what `git diff` lists for these arguments. Raises InputError."""
        listed = self.must(
            *("diff", "-z", "--no-ext-diff", "--no-textconv", "--no-color"),
            "--ignore-submodules=all",
            *arguments,
        )
        return iter(listed.split(b"\0")[:-1])

    def changes(self, *arguments: str) -> list[Change]:
        """What `git diff` lists for these arguments, without renames. Raises InputError."""
        entries = self.diff("--raw", "--no-abbrev", "--no-renames", *arguments)
        found = []
        for about, name in zip(entries, entries, strict=True):
            before, now, old, new, status = about.decode().lstrip(":").split()
            if status != _UNMERGED:
                found.append(Change(os.fsdecode(name), _in_git(before, old), _in_git(now, new)))
        return found

    def _without_filters(self) -> dict[str, str]:
        """Variables that unset the filters by which git would convert what is on the disk."""
        listed = self.ask("config", "-z", "--name-only", "--get-regexp", _FILTERS) or b""
        given = os.environ.get("GIT_CONFIG_COUNT", "")
        first = int(given) if given.isdecimal() else 0
        names = [os.fsdecode(name) for name in dict.fromkeys(listed.split(b"\0")[:-1])]
        found = {"GIT_CONFIG_COUNT": str(first + len(names))} if names else {}
        for number, name in enumerate(names, first):
            found |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": ""}
        return found

    def ask(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """The output of a git command; None if it fails. Raises InputError if it cannot be run."""
        try:
            done = subprocess.run(
                self._command(*arguments),
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                env=self._env,
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = f"{self.option}: git {arguments[0]} took more than {_SECONDS} s"
            raise InputError(message) from None
        except OSError as error:
            raise InputError(f"{self.option}: git cannot be run: {error.strerror}") from None
        if b"dubious ownership" in done.stderr:
            raise InputError(
                f"{self.option}: git refuses to read this repository, which somebody else owns",
                help=f"git config --global --add safe.directory {self.folder}",
            )
        return None if done.returncode else done.stdout


def _in_git(mode: str, blob: str) -> InGit | None:
    return None if mode == _NOTHING else InGit(mode, blob)
