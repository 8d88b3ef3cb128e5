"""`--fix`, `--diff` and their companions: which files, what is written, what is said."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedlint.cli.check import is_ci, plural
from seedlint.cli.options import Options
from seedlint.discover import Files, Target
from seedlint.errors import ConfigError, InputError
from seedlint.files import reason_of
from seedlint.fix.choice import is_applicable
from seedlint.fix.fixer import FixedFile, Refusal, fix_each
from seedlint.fix.patch import patch_of
from seedlint.fix.write import NotWritten, remove_leftovers, replace_file
from seedlint.report.sanitize import sanitize, sanitize_patch
from seedlint.report.stream import echo_err, write_bytes
from seedlint.run import Outcome, open_checkers
from seedlint.settings import Settings

# How many notes of a kind are listed.
_MOST_NOTES = 20


class Fixed(NamedTuple):
    """What the fixes of a run came to: findings and files, and what could not be written.

    `standard_input` is the text that came from there, with its fixes.
    """

    findings: int
    files: int
    errors: list[InputError]
    standard_input: bytes | None = None


def check_combinations(options: Options) -> None:
    """Refuse options that contradict fixes. Raises ConfigError."""
    writes_files = options.fix or options.fix_only
    name = "--diff" if options.diff else "--fix"
    if options.since is not None:
        raise ConfigError(f"{name} cannot be combined with --since: it fixes all that is found")
    for others, text in (
        (options.update_baseline, "--update-baseline"),
        (options.staged, "--staged: fixes are made in files, not in the index"),
        (options.add_ignores, "--add-ignores"),
    ):
        if others:
            raise ConfigError(f"{name} cannot be combined with {text}")
    if options.diff and writes_files:
        raise ConfigError("--diff shows what would be fixed; --fix fixes it: take one of them")
    if options.diff or options.fix_only:
        no_report = "--diff" if options.diff else "--fix-only"
        if options.output_file or options.report or options.statistics:
            raise ConfigError(f"{no_report} writes no report")


def make_fixes(outcome: Outcome, settings: Settings, options: Options, jobs: int) -> Fixed:
    """Make the fixes of what was found, or show them with `--diff`; refusals are said.

    Raises InputError for standard input that is too long.
    """
    targets = Files(_with_fixes(outcome, unsafe=options.unsafe_fixes))
    text = next((each.data for each in outcome.checked_files() if each.data is not None), None)
    if text is not None and len(text) > settings.limits.file_bytes:
        # No more was read, so there is nothing whole to give back.
        most = settings.limits.file_bytes
        raise InputError(f"standard input has more than {most:,} bytes, and is not fixed")
    if not options.diff:
        remove_leftovers({os.path.dirname(each.path) for each in outcome.checked_files()})
    errors: list[InputError] = []
    refusals: list[str] = []
    findings = files = 0
    fixed_files: Iterator[FixedFile] = iter(())
    if targets:
        checker_of = open_checkers(settings)
        fixed_files = fix_each(
            targets, checker_of, jobs, settings.limits.seconds, unsafe=options.unsafe_fixes
        )
    try:
        for target, fixed in zip(targets, fixed_files, strict=True):
            refusals += [_refusal(target, each) for each in fixed.refused]
            if not fixed.is_changed:
                continue
            try:
                if options.diff:
                    show_patch(target, fixed.old, fixed.new)
                elif target.data is not None:
                    text = fixed.new
                else:
                    replace_file(target.path, fixed.old, fixed.new)
            except NotWritten as error:
                refusals.append(f"{target.shown} was not fixed: {reason_of(error)}")
            except OSError as error:
                errors.append(InputError(f"not fixed: {reason_of(error)}", path=target.path))
            else:
                findings += sum(count for _, count in fixed.fixed)
                files += 1
    except BaseException:
        if files and not options.diff:
            echo_err(f"note: {plural(files, 'file')} had been fixed by then")
        raise
    echo_notes(refusals, "were not fixed")
    return Fixed(findings, files, errors, text)


def summarize_fixes(fixed: Fixed, options: Options) -> str | None:
    """One line about what was fixed, or would be; None if there is nothing to say."""
    if not fixed.files:
        return None
    done = "would fix" if options.diff else "fixed"
    return f"{done} {plural(fixed.findings, 'finding')} in {plural(fixed.files, 'seed')}"


def _with_fixes(outcome: Outcome, *, unsafe: bool) -> Iterator[Target]:
    paths = dict.fromkeys(
        each.path for each in outcome.diagnostics if is_applicable(each, unsafe=unsafe)
    )
    for target in outcome.checked_files():
        if target.shown in paths:
            yield target


def show_patch(target: Target, old: bytes, new: bytes) -> None:
    """Show the patch of a file."""
    lines = patch_of(os.fsencode(target.shown), old, new)
    if sys.stdout is not None and sys.stdout.isatty():
        # For people only: a terminal would obey what a stranger has written.
        shown = (sanitize(line[:-1].decode("utf-8", "replace")) for line in lines)
        lines = (f"{line}\n".encode() for line in shown)
    elif is_ci() and not _writes_to_file():
        lines = map(sanitize_patch, lines)
    write_bytes(lines)


def _writes_to_file() -> bool:
    """Whether standard output is a file, which no CI runner reads."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError):
        return False


def _refusal(target: Target, refusal: Refusal) -> str:
    if not refusal.code:
        return f"{target.shown} was not fixed: {refusal.reason}"
    return f"{target.shown}:{refusal.line}: {refusal.code} was not fixed: {refusal.reason}"


def echo_notes(notes: Sequence[str], done: str) -> None:
    """Say the first of some notes, and how many more there are."""
    for text in notes[:_MOST_NOTES]:
        echo_err(f"note: {text}")
    if more := len(notes[_MOST_NOTES:]):
        echo_err(f"note: {more:,} more {done}")
