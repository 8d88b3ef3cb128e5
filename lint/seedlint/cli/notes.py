"""Notes on standard error: what a run leaves out, and what it refuses to leave out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain

from seedlint.cli.check import plural
from seedlint.config_file import LARGEST_CONFIG
from seedlint.discover import LeftOut, first_names
from seedlint.rules import all_rules
from seedlint.settings import CONFIG_FILE, IGNORE, Settings, selects


def notes_on(
    left_out: LeftOut, unmatched: Sequence[str], outside: int, settings: Settings, *, quiet: bool
) -> Iterator[str]:
    """One line per kind of file or rule.

    No collection takes the files that are `unmatched`, and those `outside` are in other collections
    than the chosen ones. With `quiet`, notes are left out about collections and rules, and about
    what git ignores or `exclude` leaves out of folders.
    """
    if not quiet:
        yield from _on_collections(unmatched, outside, settings)
    if left_out:
        yield from _on_files(left_out, settings, quiet)
    if not quiet:
        yield from _on_rules(settings)


def _on_rules(settings: Settings) -> Iterator[str]:
    """A note on each selector that cannot leave out all of its rules, as some are always on."""
    of_files = (each for _, ignored in settings.per_file_ignores for each in ignored)
    ignored = chain.from_iterable(each.ignore for each in settings.of_each())
    for selector in dict.fromkeys([*ignored, *of_files]):
        codes = [
            rule.code
            for rule in all_rules().values()
            if rule.is_required and selects(selector, rule)
        ]
        if codes:
            yield (
                f"`{selector}` does not leave out {first_names(codes)}, about files that cannot be "
                "checked; `exclude` leaves out files"
            )


def _on_collections(unmatched: Sequence[str], outside: int, settings: Settings) -> Iterator[str]:
    if unmatched and settings.unmatched == IGNORE:
        files = plural(len(unmatched), "file")
        yield f"no collection takes {files}; not checked: {first_names(unmatched)}"
    if outside:
        yield f"{plural(outside, 'file')} outside of the chosen collections left out"


def _on_files(left_out: LeftOut, settings: Settings, quiet: bool) -> Iterator[str]:
    files = left_out.named_excluded
    if files:
        yield f"{_not_checked(files)}, because `exclude` matches: {first_names(files)}"
    files = left_out.named_unmatched
    if files:
        patterns = "no pattern of `include` matches"
        if settings.config is None:
            patterns = f"none of {', '.join(f'`{each}`' for each in settings.include)} matches"
        yield f"{_not_checked(files)}, because {patterns}: {first_names(files)}"
    if left_out.without_seeds:
        yield f"no seeds found in {first_names(left_out.without_seeds)}"
    if left_out.missing_folders:
        yield (
            "no folder of this name, so `include` finds nothing there: "
            f"{first_names(left_out.missing_folders)}"
        )
    if left_out.empty_submodules and not quiet:
        yield (
            "nothing is checked in submodules that are not checked out: "
            f"{first_names(left_out.empty_submodules)}"
        )
    folders = left_out.linked_folders
    if folders:
        were = "linked folder was" if len(folders) == 1 else "linked folders were"
        yield f"{len(folders):,} {were} not looked into: {first_names(sorted(folders))}"
    if "." in left_out.git_silent:
        yield "git did not say which files it ignores, so none was left out for that"
    elif left_out.git_silent:
        names = first_names(sorted(left_out.git_silent))
        yield f"git did not say which files it ignores in {names}, so none was left out there"
    if left_out.git_ignored and not quiet:
        yield f"git ignores {plural(left_out.git_ignored, 'file')}; not checked"
    if left_out.configurations and not quiet:
        nested = [path for path in sorted(left_out.configurations) if _is_nested(path, settings)]
        if nested:
            were = "configuration" if len(nested) == 1 else "configurations"
            # Other tools take the one beside each file.
            advice = "" if settings.config else "; to use one, run in its folder"
            yield f"{len(nested):,} nested {were} passed over: {first_names(nested)}{advice}"
    excluded = [
        plural(len(paths), noun)
        for paths, noun in (
            (left_out.excluded_files, "file"),
            (left_out.excluded_folders, "folder"),
        )
        if paths
    ]
    if excluded and not quiet:
        yield f"`exclude` leaves out {' and '.join(excluded)}"


def _is_nested(path: str, settings: Settings) -> bool:
    """Whether a file is a configuration, and not that of the run."""
    from seedlint.files import read_regular_file

    if settings.config is not None and os.path.realpath(path) == os.path.realpath(settings.config):
        return False
    if os.path.basename(path) == CONFIG_FILE:
        return True
    try:
        return b"[tool.seedlint" in read_regular_file(path, LARGEST_CONFIG)[0]
    except OSError:
        return False


def _not_checked(files: Sequence[str]) -> str:
    return f"{len(files):,} {'file was' if len(files) == 1 else 'files were'} not checked"
