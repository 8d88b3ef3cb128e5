"""One work tree of git, and the commands that are run in it.

Git does not run a program that the repository names and fetches nothing. Its output and its time
are limited.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from threading import Timer
from weakref import finalize

from seedlint.disk import InGit
from seedlint.errors import InputError
from seedlint.files import read_regular_file, work_tree_of
from seedlint.git import ENVIRONMENT, NO_PROGRAMS, find_git, foreign_variables
from seedlint.named_tuple import NamedTuple

FETCH = (
    "fetch it, and the commits that lead to it: "
    "in GitHub Actions `fetch-depth: 0`, in GitLab `GIT_DEPTH: 0`"
)
"""What helps where git lacks commits."""
WITHOUT_FILTER = "in a partial clone they are missing: clone without `--filter`"
"""What helps where git lacks contents."""

_SECONDS = 120
# What one listing of git may be, and the contents of all files together, in bytes.
_MOST_LISTED = 256 * 1024 * 1024
_MOST_READ = 512 * 1024 * 1024
# How much of a blob is read to get to the next one, in bytes.
_MOST_SKIPPED = 4 * 1024 * 1024
# The repository may name another folder as its work tree.
_SETTINGS = (*NO_PROGRAMS, "-c", "core.quotePath=false", "--work-tree=.")
# What git says of what is not there, and of a merge conflict.
_NOTHING, _UNMERGED = "000000", "U"
# A line with the name of a commit: a SHA-1 or a SHA-256.
_COMMIT = re.compile(rb"(?m)^([0-9a-f]{40}|[0-9a-f]{64})$")
_PROMISES = r"^remote\..*\.promisor$"
_PATHS = r"^submodule\..*\.path$"
# What a listing of names says of a file that a sparse checkout leaves out.
_SKIPPED = "S"
_NO_STEPS = ("", os.curdir, os.pardir)
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
        """Whether what was there is gone, unless a file or submodule has only a new content."""
        if self.before is None:
            return False
        if self.now is None:
            return True
        both = (self.before, self.now)
        return not (
            all(each.is_regular for each in both)
            # What the commits of a submodule hold is not looked at.
            or all(each.is_submodule for each in both)
        )

    @property
    def removes_submodule(self) -> bool:
        """Whether there was a submodule, and nothing is there now."""
        return self.before is not None and self.before.is_submodule and self.now is None

    @property
    def is_of_link(self) -> bool:
        """Whether there was a symbolic link, or is one now."""
        return any(each is not None and each.is_link for each in (self.before, self.now))


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
        # Where `.git` leads nowhere, a repository around it is not meant.
        self._env["GIT_CEILING_DIRECTORIES"] = os.path.dirname(tree)
        self._env |= self._without_filters()
        self._blobs = _Blobs(self._command("cat-file", "--batch"), self._env)
        self.beginning = self._blobs.beginning

    def submodule(self, path: str) -> WorkTree | None:
        """The work tree of a submodule, by its path; None if it is not checked out."""
        if not self._has_submodule(path):
            return None
        return WorkTree(os.path.join(self.folder, path), self.option)

    def _has_submodule(self, path: str) -> bool:
        folder = os.path.join(self.folder, path)
        # Where a link has taken its place, another repository would be read.
        return os.path.realpath(folder) == folder and work_tree_of(folder) == folder

    def is_repository(self) -> bool:
        """Whether `.git` leads to a repository that git can open. Raises InputError."""
        return self.ask("rev-parse", "--git-dir") is not None

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """What these blobs hold, in order. Raises InputError."""
        if not blobs:
            return
        names = "".join(f"{blob}\n" for blob in blobs).encode()
        listed = self.must("cat-file", "--batch-check", given=names)
        sizes = [int(line.split()[2]) for line in listed.splitlines() if b" blob " in line]
        if len(sizes) != len(blobs):
            raise InputError(f"{self.option}: git lacks contents of seeds", help=WITHOUT_FILTER)
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

    def must(self, *arguments: str, given: bytes = b"") -> bytes:
        """The output of a git command. Raises InputError if it fails."""
        found = self.ask(*arguments, given=given)
        if found is None or len(found) > _MOST_LISTED + _MOST_READ:
            # Some commands do not say that somebody else owns the repository. This one does.
            self.ask("rev-parse", "--git-dir")
            lacks = found is None and self.ask("config", "--get-regexp", _PROMISES)
            advice = f"git lacks contents, and nothing is fetched; {WITHOUT_FILTER}"
            message = f"{self.option}: git {arguments[0]} failed"
            raise InputError(message, help=advice if lacks else None)
        return found

    def paths(self, *arguments: str) -> set[str]:
        """The paths that a git command lists, separated by NULs. Raises InputError."""
        return {os.fsdecode(name) for name in self.must(*arguments).split(b"\0")[:-1]}

    def commits_in(self, name: str) -> list[str]:
        """The commits that a file in git's own folder lists, such as `shallow`.

        Who packs a repository can write what he likes there: other lines do not count.
        """
        path = os.fsdecode(self.ask("rev-parse", "--git-path", name) or b"").strip()
        try:
            listed, _ = read_regular_file(os.path.join(self.folder, path), _MOST_LISTED)
        except OSError:
            return []
        return [found.decode() for found in _COMMIT.findall(listed)]

    def not_checked_out(self) -> Iterator[str]:
        """What the index has and a checkout leaves out. Raises InputError.

        Files that are not in a sparse checkout, and empty submodules, whose paths end in a slash.
        """
        for line in self.must("ls-files", "-z", "--stage", "-t").split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            tag, mode, blob, _ = about.decode().split()
            path = os.fsdecode(name)
            if tag == _SKIPPED:
                yield path
            elif InGit(mode, blob).is_submodule and not self._has_submodule(path):
                yield f"{path}/"

    def untracked(self) -> set[str]:
        """The files that are neither in the index nor ignored. Raises InputError."""
        return self.paths("ls-files", "-z", "--others", "--exclude-standard")

    def diff(self, *arguments: str) -> Iterator[bytes]:
        """The fields of what `git diff` lists for these arguments. Raises InputError."""
        # Between a commit and the index git compares submodules by their entries, without a look.
        ignored = "none" if "--cached" in arguments else "all"
        listed = self.must(
            *("diff", "-z", "--no-ext-diff", "--no-textconv", "--no-color"),
            f"--ignore-submodules={ignored}",
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

    def files_of_submodule(self, commit: str, change: Change) -> Iterator[tuple[str, InGit]]:
        """What a submodule that is gone from `commit` held, by paths from the work tree.

        Git keeps the repositories of submodules; without that of this one there is nothing.
        """
        names = {}
        listed = self.ask("config", "-z", "--blob", f"{commit}:.gitmodules", "--get-regexp", _PATHS)
        for key, _, path in (each.partition(b"\n") for each in (listed or b"").split(b"\0")[:-1]):
            names[os.fsdecode(path)] = os.fsdecode(key)[len("submodule.") : -len(".path")]
        name = names.get(change.path, "")
        kept = self.ask("rev-parse", "--git-common-dir")
        if change.before is None or kept is None or not {*name.split("/")}.isdisjoint(_NO_STEPS):
            return
        repository = os.path.join(self.folder, os.fsdecode(kept.rstrip(b"\n")), "modules", name)
        found = (
            self.ask(f"--git-dir={repository}", "ls-tree", "-r", "-z", change.before.blob) or b""
        )
        for line in found.split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, blob = about.decode().split()
            yield f"{change.path}/{os.fsdecode(path)}", InGit(mode, blob)

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


class _Blobs:
    """Reads blobs, one after the other, from one git process; each process of a run has its own."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._command = command
        self._env = env
        # By the process that started it: after a fork the pipes of the other are not ours.
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        finalize(self, _end, self._running)

    def beginning(self, blob: str, most: int) -> bytes:
        """At most `most` bytes of a blob, however large it is. Raises OSError."""
        git = self._running.get(os.getpid())
        if git is None:
            git = self._running[os.getpid()] = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._env,
            )
        assert git.stdin is not None
        assert git.stdout is not None
        timer = Timer(_SECONDS, git.kill)
        timer.start()
        is_through = False
        try:
            git.stdin.write(f"{blob}\n".encode())
            git.stdin.flush()
            _, *about = git.stdout.readline().split()
            is_through = about == [b"missing"]
            if about[:1] != [b"blob"]:
                raise FileNotFoundError(f"git lacks {blob}")
            size = int(about[1])
            data = git.stdout.read(min(size, most))
            if len(data) < min(size, most):
                raise OSError("git has ended")
            rest = size - len(data) + 1
            is_through = rest <= _MOST_SKIPPED and len(git.stdout.read(rest)) == rest
        except ValueError:
            raise OSError("git has ended") from None
        finally:
            timer.cancel()
            if not is_through:
                # What is left of a large blob is not waited for.
                _end(self._running)
        return data


def _end(running: dict[int, subprocess.Popen[bytes]]) -> None:
    """End the git that this process has started."""
    git = running.pop(os.getpid(), None)
    if git is not None:
        git.kill()
        with git:
            pass


def _in_git(mode: str, blob: str) -> InGit | None:
    return None if mode == _NOTHING else InGit(mode, blob)
