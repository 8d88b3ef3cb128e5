"""From paths to the files of a run.

A folder is walked for files that the settings include, in order of path, links not followed; a
file named by hand is taken whatever it is called. What was asked for and cannot be is an error.
What is left out all the same is counted.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import lru_cache

from seedlint.errors import InputError
from seedlint.files import has_submodules, read_regular_file, reason_of
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileIdentity, identify
from seedlint.settings import CONFIG_FILE, PYPROJECT, Settings, StrPath, compile_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import overload

STDIN = "-"
_CONFIGURATIONS = frozenset({CONFIG_FILE, PYPROJECT})
_WILDCARDS = frozenset("*?")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
# How many names a note or help lists.
_MOST_NAMES = 5


class Target(NamedTuple):
    """One file to check: where it is, and its name as shown to people (`/` as separator).

    `data` is its content if it does not come from the disk.
    """

    path: str
    shown: str
    data: bytes | None = None


class Files(Sequence[Target]):
    """A sequence of files with unique display names.

    The path of nearly every file is its name as shown, so a name is all that is kept of it: a
    hundred thousand targets would take five times the memory, and each worker its own copy.
    """

    def __init__(self, targets: Iterable[Target] = ()) -> None:
        self._shown: list[str] = []
        # Those that are more than a name, by their name.
        self._kept: dict[str, Target] = {}
        for target in targets:
            self.add(*target)

    def add(self, path: str, shown: str, data: bytes | None = None) -> None:
        """Put one more at the end."""
        self._shown.append(shown)
        if path != shown or data is not None:
            self._kept[shown] = Target(path, shown, data)

    def extend(self, others: Files) -> None:
        """Put `others` at the end."""
        self._shown += others._shown
        self._kept |= others._kept

    def drop(self, paths: Container[str]) -> int:
        """Take out those with these paths; how many there were."""
        before = len(self)
        kept = self._kept
        self._shown = [
            shown
            for shown in self._shown
            if (kept[shown].path if shown in kept else shown) not in paths
        ]
        return before - len(self)

    def sort(self) -> None:
        """Order them by the name shown."""
        self._shown.sort()

    def named(self, shown: str) -> Target:
        """The file that is shown as `shown`."""
        return self._kept.get(shown) or Target(shown, shown)

    def __len__(self) -> int:
        return len(self._shown)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, number: int) -> Target: ...
        @overload
        def __getitem__(self, number: slice) -> list[Target]: ...

    def __getitem__(self, number: int | slice) -> Target | list[Target]:
        if isinstance(number, slice):
            return [self.named(shown) for shown in self._shown[number]]
        return self.named(self._shown[number])


class LeftOut:
    """What lies in the folders of a run, or was named by hand, and is not checked.

    `linked_folders` are links to folders in which there may be seeds; `named_excluded` and
    `named_unmatched` are files named by hand that `exclude` matches or `include` does not.
    `excluded_files` and `excluded_folders`, by their paths from the root, are what `exclude` alone
    keeps from being looked at. `git_ignored` counts the files that git ignores; in the folders
    `git_silent` it did not say which. `configurations` are files below the root that look like one
    and are passed over. `without_seeds` are folders that were named and have no seeds in them.
    `missing_folders`, by their paths from the root, are folders that patterns of `include` begin
    with and that do not exist. `empty_submodules` are not checked out.
    """

    # Not a dataclass: importing `dataclasses` takes 4 ms.
    __slots__ = (
        "configurations",
        "empty_submodules",
        "excluded_files",
        "excluded_folders",
        "git_ignored",
        "git_silent",
        "linked_folders",
        "missing_folders",
        "named_excluded",
        "named_unmatched",
        "without_seeds",
    )

    def __init__(self) -> None:
        self.linked_folders: set[str] = set()
        self.named_excluded: list[str] = []
        self.named_unmatched: list[str] = []
        self.excluded_files: set[str] = set()
        self.excluded_folders: set[str] = set()
        self.git_ignored = 0
        self.git_silent: set[str] = set()
        self.configurations: set[str] = set()
        self.without_seeds: list[str] = []
        self.missing_folders: list[str] = []
        self.empty_submodules: list[str] = []

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


class Targets(NamedTuple):
    """The files of a run, what is left out of it, and what was asked for and cannot be checked."""

    files: Files
    left_out: LeftOut
    errors: list[InputError]


class _Include(NamedTuple):
    """A pattern of files to look for: a test of paths from the root, and its segments.

    The first segment of one that matches at any depth is `**`.
    """

    matches: Callable[[str], object]
    segments: tuple[str, ...]


def find_targets(
    paths: Sequence[str], settings: Settings, *, force_exclude: bool = False
) -> Targets:
    """The files that `paths` (none: the settings' root) stand for, without repetition.

    A path that does not exist and a folder that cannot be read are among the errors. Raises
    InputError when there is nothing to check otherwise.
    """
    files = Files()
    left_out = LeftOut()
    errors: list[InputError] = []
    # By the path from the root, because several of `paths` may lead to one file.
    known: set[str] = set()
    folders: list[str] = []
    # The folders, from the root, of files that were named.
    above: set[str] = set()
    if not (paths or settings.collections):
        # A collection without files is an error of its own.
        left_out.missing_folders += dict.fromkeys(_missing_folders(settings))
    paths = paths or [_relative(settings.root)]
    for path in paths:
        try:
            mode = os.lstat(path).st_mode
        except (OSError, ValueError):
            errors.append(_not_there(path))
            continue
        if stat.S_ISDIR(mode):
            folders.append(path)
        elif stat.S_ISLNK(mode) and os.path.isdir(path):
            advice = "name the folder that it leads to"
            errors.append(InputError("a linked folder is not looked into", path=path, help=advice))
            continue
        elif not (force_exclude and is_left_out(path, settings, left_out)):
            from_root = settings.from_root(path)
            if from_root not in known:
                known.add(from_root)
                files.add(path, _shown(path))
                above.update(_folders_below_root(from_root))
    for folder in above:
        for name in _CONFIGURATIONS:
            path = os.path.join(settings.root, folder, name)
            if os.path.lexists(path):
                left_out.configurations.add(_shown(_relative(path)))
    if folders:
        files.extend(_find_in(folders, settings, left_out, errors, known))
        if empty := left_out.empty_submodules:
            # So far these are all empty folders.
            left_out.empty_submodules = _find_submodules_in(empty, settings)
    if not (files or errors or left_out.named_excluded or left_out.named_unmatched):
        where = ", ".join(paths)
        advice = f"files that are looked for: {', '.join(settings.include)}"
        if not settings.include:
            advice = "`include` is empty, so no files are looked for"
        if settings.exclude:
            advice += f"; left out by `exclude`: {', '.join(settings.exclude)}"
        if left_out.git_ignored:
            advice += f"; ignored by git: {left_out.git_ignored:,}"
        if left_out.empty_submodules:
            names = first_names(left_out.empty_submodules)
            advice += f"; submodules that are not checked out: {names}"
        if left_out.linked_folders:
            advice += "; linked folders are not looked into"
        start = _shown(_relative(settings.root))
        if start != ".":
            advice += f"; patterns start from {start}, --root names another folder"
        raise InputError(f"no seeds found in {where[:200]}", help=advice)
    files.sort()
    return Targets(files, left_out, errors)


def _find_submodules_in(empty: Sequence[str], settings: Settings) -> list[str]:
    """Those of some empty folders that are submodules, in order."""
    if not has_submodules(settings.root):
        return []
    from seedlint.git import find_empty_submodules

    return find_empty_submodules(empty)


def first_names(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _missing_folders(settings: Settings) -> Iterator[str]:
    """The folders that patterns of `include` begin with and that are not there."""
    for pattern in settings.include:
        segments = pattern.strip("/").split("/")[:-1]
        wild = next((at for at, each in enumerate(segments) if _WILDCARDS & {*each}), None)
        folder = "/".join(segments[:wild])
        if folder and not os.path.isdir(os.path.join(settings.root, folder)):
            yield folder


def _folders_below_root(path: str) -> Iterator[str]:
    """The folders that a path from the root leads through; none if it leads out of it."""
    folder = path.rpartition("/")[0]
    while folder and not path.startswith((os.pardir, "/")):
        yield folder
        folder = folder.rpartition("/")[0]


def is_left_out(path: str, settings: Settings, left_out: LeftOut) -> bool:
    """Whether `include` or `exclude` leave out a file that was named; if so, it is noted."""
    from_root = settings.from_root(path)
    if _matches(from_root, settings.exclude):
        left_out.named_excluded.append(path)
    elif not _matches(from_root, settings.include):
        left_out.named_unmatched.append(path)
    else:
        return False
    return True


def _not_there(path: str) -> InputError:
    advice = None
    if path == "-":
        advice = "`-` is standard input only where it is the one path of the command line"
    elif path.startswith("-"):
        advice = (
            "everything after `--` is a path; pre-commit puts `args` there, "
            "so its options belong in `entry`"
        )
    elif path[:1] == path[-1:] == '"':
        advice = "git quotes names that are not plain ASCII; with `-z` it does not"
    return InputError("no such file or folder", path=path, help=advice)


def is_looked_for(from_root: str, settings: Settings, named: int = 0) -> bool:
    """Whether a walk finds a file, given by its path from the root.

    The first `named` folders of the path lead to where the walk begins.
    """
    if _matches(from_root, settings.exclude):
        return False
    folder = from_root.rpartition("/")[0]
    leading = _all_leading_into(folder, named, settings.include)
    return any(include.matches(from_root) for include in leading)


@lru_cache(maxsize=1024)
def _all_leading_into(folder: str, named: int, patterns: tuple[str, ...]) -> Sequence[_Include]:
    """Those of some patterns that lead into a folder and all that it is in."""
    includes: Sequence[_Include] = [_include(pattern) for pattern in patterns]
    names = folder.split("/") if folder else []
    for count in range(named + 1, len(names) + 1):
        includes = _leading_into("/".join(names[:count]), named, includes)
    return includes


def find_context_files(targets: Sequence[Target], settings: Settings) -> Files:
    """The other files that the settings include, in order of path.

    Raises InputError when a folder cannot be read.
    """
    known = {settings.from_root(target.path) for target in targets}
    errors: list[InputError] = []
    others = _find_in([_relative(settings.root)], settings, LeftOut(), errors, known)
    if errors:
        raise errors[0]
    others.sort()
    return others


def read_target(target: Target, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a regular file.

    Raises OSError, with a text for people, for what is not a regular file: links are not followed
    and nothing is opened that could block.
    """
    return _read(target, limit)[0]


def read_with_identity(target: Target, limit: int) -> tuple[bytes, FileIdentity | None]:
    """The same, and which bytes they are; None if they come from no file."""
    data, status = _read(target, limit)
    return data, identify(data, status) if status is not None else None


def _read(target: Target, limit: int) -> tuple[bytes, os.stat_result | None]:
    if target.data is not None:
        return target.data[: limit + 1], None
    return read_regular_file(target.path, limit)


def _find_in(
    folders: Sequence[str],
    settings: Settings,
    left_out: LeftOut,
    errors: list[InputError],
    known: set[str],
) -> Files:
    """The seeds in folders and below, but for those that are known, and those that git ignores."""
    found = Files()
    # Files that are named need none of it.
    from seedlint.git import GitQuestion

    with GitQuestion(folders if settings.respect_gitignore else ()) as question:
        for folder in folders:
            is_empty = True
            for from_root, path, shown in _walk(folder, settings, left_out, errors):
                is_empty = False
                if from_root not in known:
                    if len(folders) > 1:
                        known.add(from_root)
                    found.add(path, shown)
            if is_empty:
                left_out.without_seeds.append(_shown(folder))
        ignored, silent = question.answer()
        left_out.git_silent.update(map(_shown, silent))
        if ignored:
            left_out.git_ignored = found.drop(ignored)
    return found


def _walk(
    top: str, settings: Settings, left_out: LeftOut, errors: list[InputError]
) -> Iterator[tuple[str, str, str]]:
    """The seeds in a folder and below, in no order; folders that cannot be read go to `errors`.

    Of each the path from the root of the settings, the path to open, and the name to show. A folder
    is looked into for those patterns only that lead into it: see `_leading_into`.
    """
    excluded = [compile_glob(pattern).fullmatch for pattern in settings.exclude]
    # A folder as it was named and from the root, each to be followed by a name: taking paths apart
    # for every file would be most of the work.
    start = "" if top == "." else os.path.join(top, "")
    top_from_root = prefix_of(settings.from_root(top))
    named = top_from_root.count("/")
    every = [_include(pattern) for pattern in settings.include]
    # Patterns that lead into every folder but hidden ones, as by default, need not be asked.
    anywhere = all(include.segments[0] == "**" for include in every)
    pending = [(start, top_from_root, every)]
    while pending:
        folder, from_root, includes = pending.pop()
        wanted = [include.matches for include in includes]
        try:
            with os.scandir(folder or ".") as entries:
                listed = list(entries)
        except OSError as error:
            message = f"cannot read the folder: {reason_of(error)}"
            errors.append(InputError(message, path=folder or "."))
            continue
        # Up and down again may lead back into the working directory.
        shown = os.path.relpath(folder) if folder.startswith(os.pardir) else folder or "."
        prefix = prefix_of(_shown(shown))
        if not listed:
            left_out.empty_submodules.append(prefix.rstrip("/") or ".")
        for entry in listed:
            name = entry.name
            below_root = from_root + name
            if excluded and any(matches(below_root) for matches in excluded):
                if not entry.is_dir(follow_symlinks=False):
                    if any(matches(below_root) for matches in wanted):
                        left_out.excluded_files.add(below_root)
                elif _leading_into(below_root, named, includes):
                    left_out.excluded_folders.add(below_root)
                continue
            if entry.is_dir(follow_symlinks=False):
                inside = includes
                if _is_passed_over(name) or not anywhere:
                    inside = _leading_into(below_root, named, includes)
                if inside:
                    pending.append((folder + name + os.sep, f"{below_root}/", inside))
                continue
            for matches in wanted:
                if matches(below_root):
                    # One text where they are the same.
                    path = below_root if folder == from_root else folder + name
                    yield below_root, path, path if folder == prefix else prefix + name
                    break
            else:
                if name in _CONFIGURATIONS and from_root:
                    left_out.configurations.add(prefix + name)
                if _is_linked_folder(entry) and _leading_into(below_root, named, includes):
                    left_out.linked_folders.add(prefix + name)


def _include(pattern: str) -> _Include:
    segments = pattern.strip("/").split("/")
    if "/" not in pattern.rstrip("/"):
        segments.insert(0, "**")
    return _Include(compile_glob(pattern).fullmatch, tuple(segments))


def _is_passed_over(folder: str) -> bool:
    """Whether wildcards do not match a folder of this name."""
    return folder[0] == "." or folder in _SKIPPED_FOLDERS


def _leading_into(folder: str, named: int, includes: Sequence[_Include]) -> list[_Include]:
    """The patterns by which there may be seeds in a folder, given by its path from the root.

    As in a shell a wildcard does not match a hidden folder: the pattern must write its dot. The
    first `named` folders of the path were named by hand, so nothing is asked of them.
    """
    names = folder.split("/")
    return [include for include in includes if _leads(include.segments, names, named)]


def _leads(segments: tuple[str, ...], names: Sequence[str], named: int) -> bool:
    # How many segments the names so far may use up.
    used = {0}
    for number, name in enumerate(names):
        hidden = number >= named and _is_passed_over(name)
        used = {after for place in used for after in _used_up(segments, place, name, hidden)}
    return bool(used)


def _used_up(segments: tuple[str, ...], place: int, name: str, hidden: bool) -> Iterator[int]:
    """How many segments are used up after a folder called `name` if it was `place` before."""
    while segments[place : place + 1] == ("**",):
        if not hidden:
            yield place
        place += 1
    if place == len(segments):
        # A pattern that matches a folder matches everything below it.
        if not hidden:
            yield place
        return
    segment = segments[place]
    if hidden and segment != name and not (segment[:1] == name[0] == "."):
        return
    if compile_glob(segment).fullmatch(name):
        yield place + 1


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        # The link leads round in a circle, or where nobody may look.
        return False


def prefix_of(folder: str) -> str:
    """What the paths of files in a folder, written with `/`, begin with: `seeds/`, or nothing."""
    return "" if folder == "." else folder.rstrip("/") + "/"


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(compile_glob(pattern).fullmatch(path) for pattern in patterns)


def _relative(folder: StrPath) -> str:
    return os.path.relpath(folder)


def _shown(path: str) -> str:
    """The path as it was given, without `./`, and with `/`."""
    return os.path.normpath(path).replace(os.sep, "/")
