"""Which files of a repository are seeds."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.discover import Target, find_targets, read_target
from seedlint.errors import InputError
from seedlint.named_tuple import NamedTuple
from seedlint.settings import Settings
from seedlint.text.marks import BOM, FENCE, JSON_FENCE

# A folder is that of the seeds if this part of them is below it.
_MOST = 0.9
# Files that people write beside seeds, by the beginnings of their names.
_ABOUT = ("changelog", "code_of_conduct", "contributing", "license", "readme", "security")
# What front matter begins with: a fence, or an object of JSON. Templates begin with a brace, too.
_OPENING = re.compile(rf'{FENCE}|{JSON_FENCE}\s|\{{\s*"'.encode())
_LONGEST_OPENING = 64
# What means something else in a pattern than in a path.
_NOT_PLAIN = re.compile(r"[][{}\\*!]")


class SeedFiles(NamedTuple):
    """Where seeds are, as the settings say it, and the folder that they have in common.

    `folder` is "" for the root. `elsewhere` counts other files that look like seeds.
    """

    folder: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    elsewhere: int = 0


def find_seeds(paths: Sequence[str]) -> SeedFiles:
    """The seeds below the working directory: in some folders, or wherever most of them are.

    A seed is a Markdown file that begins with front matter. Raises InputError if there are none, if
    a path is not a folder here, and if several folders have seeds that may have nothing in common.
    """
    for path in paths:
        if not os.path.isdir(path):
            raise InputError("not a folder: name folders with seeds", path=path)
        if os.path.relpath(path).split(os.sep)[0] == os.pardir:
            raise InputError("not below the working directory", path=path)
    found = find_targets(paths, Settings())
    if found.errors:
        raise found.errors[0]
    seeds = [target.shown for target in found.files if _begins_with_fence(target)]
    if not seeds:
        where = ", ".join(paths) or "this folder"
        advice = "seeds are Markdown files that begin with `---`, or with `{` in JSON"
        raise InputError(f"no seeds found in {where[:200]}", help=advice)
    folders = [_folder(path) for path in paths] or [_common_folder(seeds)]
    if folders == [""] and not paths:
        _refuse_several(seeds)
    endings = sorted({os.path.splitext(seed)[1].lower() for seed in seeds})
    include = [_below(_pattern(each), f"**/*{end}") for each in folders for end in endings]
    others = {target.shown for target in found.files}.difference(seeds)
    exclude = [
        _pattern(each if "/" in each else f"/{each}")
        for each in sorted(others)
        if os.path.basename(each).lower().startswith(_ABOUT)
        and any(_is_below(each, folder) for folder in folders)
    ]
    common = folders[0] if len(folders) == 1 else ""
    elsewhere = sum(not any(_is_below(seed, each) for each in folders) for seed in seeds)
    return SeedFiles(common, tuple(include), tuple(exclude), elsewhere)


def _begins_with_fence(target: Target) -> bool:
    try:
        beginning = read_target(target, _LONGEST_OPENING).removeprefix(BOM)
        return _OPENING.match(beginning) is not None
    except OSError:
        return False


def _folder(path: str) -> str:
    shown = os.path.relpath(path).replace(os.sep, "/")
    return "" if shown == "." else shown


def _below(folder: str, pattern: str) -> str:
    return f"{folder}/{pattern}" if folder else pattern


def _pattern(path: str) -> str:
    """A pattern for a path; what no pattern or no text file can have in it is any character."""
    plain = _NOT_PLAIN.sub("?", path)
    return "".join(each if each.isprintable() else "?" for each in plain)


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _common_folder(seeds: Sequence[str]) -> str:
    """The folder that nearly all seeds are below, and the deepest one with all of these.

    "" for the root. A folder of a year or another number is one of several to come.
    """
    folder = ""
    most = _MOST * len(seeds)
    while True:
        counts = Counter(_steps_below(seeds, folder))
        step, count = max(counts.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        if count < most or not step or step[0].isdigit():
            return folder
        folder = _below(folder, step)
        most = count


def _steps_below(seeds: Sequence[str], folder: str) -> Iterator[str]:
    """The folder directly below `folder` that each seed is in, if it is in one."""
    start = len(folder) + 1 if folder else 0
    for seed in seeds:
        if _is_below(seed, folder):
            step, slash, _ = seed[start:].partition("/")
            if slash:
                yield step


def _refuse_several(seeds: Sequence[str]) -> None:
    """Raise InputError if seeds are in several folders, and few beside these."""
    counts = Counter(_steps_below(seeds, ""))
    if len(counts) < 2 or counts.total() < (1 - _MOST) * len(seeds):
        return
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    listed = ", ".join(f"{folder} ({count:,})" for folder, count in most[:10])
    advice = f"name those that have one contract, as in `seedlint init {most[0][0]}`"
    raise InputError(f"there are seeds in several folders: {listed}", help=advice)
