"""Which files git ignores: asked of git itself, about a repository that may be a stranger's.

The configuration of a repository can name programs for git to run, and its files can keep git busy.
So git is told not to run any and to reach no other machine, what it says is bounded, and so is the
time that it gets. Where it cannot say anything no file is left out.
"""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache

from seedlint.files import read_regular_file, work_tree_of

# From when the answer is needed.
_SECONDS = 10
_MOST_BYTES = 16 * 1024 * 1024
# How many submodules of one work tree are asked.
_MOST_SUBMODULES = 100
# A path may be as long as systems allow.
_SUBMODULE = re.compile(rb"(?m)^[ \t]*path[ \t]*=[ \t]*\"?([^\s\"\0][^\"\r\n\0]{,4095})")
NO_PROGRAMS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""Keeps git from asking a program which files have changed, and from running hooks.

Even `git diff` runs one, when it writes the index because the time of a file has changed.
"""
_COMMAND = (
    *NO_PROGRAMS,
    # The repository may name another folder as its work tree.
    "--work-tree=.",
    "--literal-pathspecs",
    "ls-files",
    *("-z", "--others", "--ignored", "--exclude-standard", "--directory"),
    "--",
)
ENVIRONMENT = {
    # Nothing is fetched, not even objects that a partial clone lacks.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
"""What keeps git from reaching other machines, waiting for people and writing."""


class _GitSilent(Exception):
    """Git has failed or not answered in time, or its answer is too long."""


class IgnoredPaths:
    """Paths of files that git ignores; they begin with the folder that was asked about."""

    def __init__(self, paths: Iterable[str]) -> None:
        """`paths` are those of files and, ending in a slash, of folders."""
        self._paths = frozenset(paths)
        self._folders: dict[str, bool] = {"": False}

    def __bool__(self) -> bool:
        return bool(self._paths)

    def __contains__(self, path: object) -> bool:
        assert isinstance(path, str)
        return path in self._paths or self._has_folder(path.rpartition("/")[0])

    def _has_folder(self, folder: str) -> bool:
        """Whether a folder, or one around it, is ignored."""
        unknown = []
        while folder not in self._folders:
            unknown.append(folder)
            if f"{folder}/" in self._paths:
                self._folders[folder] = True
                break
            folder = folder.rpartition("/")[0]
        found = self._folders[folder]
        self._folders |= dict.fromkeys(unknown, found)
        return found


class GitQuestion:
    """Asks git which untracked files below some folders it ignores. Git works in the background.

    A context: on leaving it no git is left running.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        """Start git once for each work tree that some of the folders are in or around."""
        # With each process the path of its submodule, and the folders that it is asked about.
        self._asked: list[tuple[_Process, str, dict[str, str]]] = []
        trees: dict[str, dict[str, str]] = {}
        for folder in folders:
            real = os.path.realpath(folder)
            if (tree := work_tree_of(real)) and _has_repository(tree):
                inside = os.path.relpath(real, tree)
                trees.setdefault(tree, {})[folder] = "" if inside == os.curdir else f"{inside}/"
        program = find_git() if trees else None
        if program is None:
            return
        for tree, asked in trees.items():
            pathspecs = [] if "" in asked.values() else list(asked.values())
            with suppress(OSError):
                self._asked.append((_Process(program, tree, pathspecs), "", asked))
            # Git does not ask submodules by itself.
            for path in _checked_out_in(tree):
                below = f"{path}/"
                around = {
                    folder: inside for folder, inside in asked.items() if below.startswith(inside)
                }
                if around:
                    with suppress(OSError):
                        process = _Process(program, os.path.join(tree, path), [])
                        self._asked.append((process, below, around))

    def answer(self) -> tuple[IgnoredPaths, set[str]]:
        """The answer of git, and the folders that it says nothing about."""
        deadline = time.monotonic() + _SECONDS
        ignored: list[str] = []
        silent: set[str] = set()
        # A submodule that uses up the time takes it from no work tree.
        for process, submodule, asked in sorted(self._asked, key=lambda each: each[1]):
            try:
                listed = process.output(deadline).split(b"\0")
            except _GitSilent:
                silent.update(_below([os.fsencode(submodule)], "", asked) if submodule else asked)
            else:
                ignored += _below(listed, submodule, asked)
        return IgnoredPaths(ignored), silent

    def __enter__(self) -> GitQuestion:
        return self

    def __exit__(self, *exception: object) -> None:
        for process, *_ in self._asked:
            process.end()


def _has_repository(tree: str) -> bool:
    """Whether what is called `.git` in a folder looks like a repository, or leads to one."""
    path = os.path.join(tree, ".git")
    return os.path.lexists(os.path.join(path, "HEAD")) or os.path.isfile(path)


def find_empty_submodules(folders: Iterable[str]) -> list[str]:
    """Those of some empty folders that are submodules, which are not checked out, in order."""
    named = cache(
        lambda tree: {os.path.normpath(os.path.join(tree, path)) for path in _submodules_of(tree)}
    )
    found = []
    for folder in sorted({*folders}):
        real = os.path.realpath(folder)
        if (tree := work_tree_of(real)) and real in named(tree):
            found.append(folder)
    return found


def _submodules_of(tree: str) -> list[str]:
    """The paths of the submodules that the `.gitmodules` of a work tree names."""
    try:
        data, _ = read_regular_file(os.path.join(tree, ".gitmodules"), _MOST_BYTES)
    except OSError:
        return []
    return list(dict.fromkeys(os.fsdecode(found).rstrip() for found in _SUBMODULE.findall(data)))


def _checked_out_in(tree: str) -> Iterator[str]:
    """The paths of the submodules of a work tree that are checked out."""
    for path in _submodules_of(tree)[:_MOST_SUBMODULES]:
        folder = os.path.join(tree, path)
        # One that leads out of the tree, or through a link, is none of ours.
        if os.path.realpath(folder) == folder and work_tree_of(folder) == folder != tree:
            yield path


def _below(listed: Iterable[bytes], submodule: str, asked: Mapping[str, str]) -> Iterator[str]:
    """The paths from the folders that were asked about of what lies below them.

    `asked` has the path of each of these folders from the work tree, and `listed` are from its
    `submodule`, or from the tree itself.
    """
    for name in (submodule + each for each in map(os.fsdecode, listed) if each):
        for folder, inside in asked.items():
            if len(name) > len(inside) and name.startswith(inside):
                yield os.path.join("" if folder == os.curdir else folder, name[len(inside) :])


class _Process:
    """A git process that lists what it ignores in one work tree."""

    def __init__(self, program: str, tree: str, pathspecs: Sequence[str]) -> None:
        # What a caller has set for its own repository is not about this one.
        foreign = foreign_variables()
        env = {name: value for name, value in os.environ.items() if name not in foreign}
        env.update(ENVIRONMENT)
        env["GIT_CEILING_DIRECTORIES"] = os.path.dirname(tree)
        self._output, output = os.pipe()
        try:
            self._pid = os.posix_spawn(
                program,
                [program, "-C", tree, *_COMMAND, *pathspecs],
                env,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, output, 1),
                    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                ],
                setsigdef=[signal.SIGPIPE],
            )
        except BaseException:
            os.close(self._output)
            raise
        finally:
            os.close(output)

    def output(self, deadline: float) -> bytes:
        """All of its output. Raises _GitSilent."""
        parts: list[bytes] = []
        left = _MOST_BYTES
        while True:
            seconds = deadline - time.monotonic()
            if seconds <= 0 or not select.select([self._output], [], [], seconds)[0]:
                raise _GitSilent
            part = os.read(self._output, 1 << 16)
            if not part:
                _, status = os.waitpid(self._pid, 0)
                self._pid = 0
                if status:
                    # Somebody else may own the repository, as in a container of CI.
                    raise _GitSilent
                return b"".join(parts)
            parts.append(part)
            left -= len(part)
            if left < 0:
                raise _GitSilent

    def end(self) -> None:
        """Kill the process if it is still running, and close its output."""
        os.close(self._output)
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)


def foreign_variables() -> set[str]:
    """Variables by which a caller, a hook for example, tells git about a repository of its own."""
    return {
        name for name in os.environ if name.startswith("GIT_") and not name.startswith("GIT_CONFIG")
    }


def find_git() -> str | None:
    """The git in an absolute folder of PATH; None if there is none."""
    if not hasattr(os, "posix_spawn"):
        return None
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = os.path.join(folder, "git")
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None
