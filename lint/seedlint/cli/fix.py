"""`--fix`, `--diff` and their companions: which files, what is written, what is said."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from seedlint.cli.check import plural
from seedlint.cli.new_texts import NewTexts, echo_notes
from seedlint.cli.options import Options
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target
from seedlint.errors import ConfigError, InputError
from seedlint.findings import Findings
from seedlint.fix.choice import is_applicable
from seedlint.fix.fixer import FixedFile, Refusal, fix_each
from seedlint.fix.write import remove_leftovers
from seedlint.named_tuple import NamedTuple
from seedlint.outcome import Outcome
from seedlint.report.stream import echo_err, write_bytes
from seedlint.rules import all_rules
from seedlint.run import OpenedSchemas, open_checkers
from seedlint.settings import Settings


class Fixed(NamedTuple):
    """What the fixes of a run came to: findings, paths of files, and what could not be written.

    `refused` are the paths of files with fixes that were refused, `standard_input` is the text that
    came from there, with its fixes.
    """

    findings: int
    files: frozenset[str]
    refused: frozenset[str]
    errors: list[InputError]
    standard_input: bytes | None = None

    def exit_code(self, options: Options, outcome: Outcome, errors: Sequence[InputError]) -> int:
        """The exit code of a run that reports no findings, after `errors`."""
        if errors or outcome.failures:
            return 2
        asks = options.diff or options.exit_non_zero_on_fix
        code = int(bool(outcome.unchecked or (asks and self.files)))
        return 0 if options.exit_zero else code


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


def fix(
    outcome: Outcome, settings: Settings, opened: OpenedSchemas, options: Options, jobs: int
) -> Fixed:
    """Make the fixes of what was found, or show them with `--diff`; says what came of it.

    `opened` are the contracts that the run has opened. Raises InputError for standard input that is
    too long.
    """
    fixed = _make_fixes(outcome, settings, opened, options, jobs)
    if fixed.files and not options.quiet:
        done = "would fix" if options.diff else "fixed"
        findings, files = plural(fixed.findings, "finding"), plural(len(fixed.files), "seed")
        echo_err(f"{done} {findings} in {files}")
    if fixed.standard_input is not None and not options.diff:
        # An editor replaces its text with whatever comes back.
        write_bytes([fixed.standard_input])
    return fixed


def check_again(
    options: Options,
    outcome: Outcome,
    fixed: Fixed,
    targets: Files,
    check_files: Callable[[Files], Outcome],
) -> Outcome:
    """What is left when fixes have been made; `outcome` is that of the run before."""
    if options.diff or not fixed.files:
        return outcome
    if options.fix_only:
        # A file that was fixed has passed the guard, so it can be checked.
        outcome.unchecked_paths -= fixed.files
        return outcome
    if fixed.standard_input is not None:
        targets = Files(each._replace(data=fixed.standard_input) for each in targets)
    return check_files(targets)


def _make_fixes(
    outcome: Outcome, settings: Settings, opened: OpenedSchemas, options: Options, jobs: int
) -> Fixed:
    targets = Files(_with_fixes(outcome, unsafe=options.unsafe_fixes))
    text = next((each.data for each in outcome.checked_files() if each.data is not None), None)
    if text is not None and len(text) > settings.limits.file_bytes:
        # The rest was not read, so the whole text cannot be given back.
        most = settings.limits.file_bytes
        raise InputError(f"standard input has more than {most:,} bytes, and is not fixed")
    if not options.diff:
        remove_leftovers({os.path.dirname(each.path) for each in outcome.checked_files()})
    findings, paths, refused = 0, set(), set()
    fixed_files: Iterator[FixedFile] = iter(())
    if targets:
        checker_of = open_checkers(settings, opened)
        fixed_files = fix_each(
            targets,
            checker_of,
            jobs,
            settings.limits.seconds,
            unsafe=options.unsafe_fixes,
            across=_across(outcome),
        )
    with NewTexts(diff=options.diff, done="fixed", left="not fixed") as new_texts:
        for target, fixed in zip(targets, fixed_files, strict=True):
            new_texts.notes += [_refusal(target, each) for each in fixed.refused]
            if fixed.refused:
                refused.add(target.shown)
            if fixed.is_changed and new_texts.put(target, fixed.old, fixed.new):
                findings += sum(count for _, count in fixed.fixed)
                paths.add(target.shown)
                if target.data is not None:
                    text = fixed.new
    echo_notes(new_texts.notes, "were not fixed")
    return Fixed(findings, frozenset(paths), frozenset(refused), new_texts.errors, text)


def take_refused_back(outcome: Outcome, fixed: Fixed, options: Options) -> None:
    """Leave the fixes that were refused out of the findings: no report offers them again."""
    if not fixed.refused:
        return
    outcome.diagnostics = Findings(
        each._replace(fix=None)
        if each.path in fixed.refused and is_applicable(each, unsafe=options.unsafe_fixes)
        else each
        for each in outcome.diagnostics
    )


def _with_fixes(outcome: Outcome, *, unsafe: bool) -> Iterator[Target]:
    paths = dict.fromkeys(
        each.path for each in outcome.diagnostics if is_applicable(each, unsafe=unsafe)
    )
    for target in outcome.checked_files():
        if target.shown in paths:
            yield target


def _across(outcome: Outcome) -> dict[str, list[Diagnostic]]:
    """The findings with a fix that files have only beside others, by file."""
    found: dict[str, list[Diagnostic]] = {}
    for each in outcome.diagnostics:
        if each.fix and all_rules()[each.code].on.kind == "cross-file":
            found.setdefault(each.path, []).append(each)
    return found


def _refusal(target: Target, refusal: Refusal) -> str:
    if not refusal.code:
        return f"{target.shown} was not fixed: {refusal.reason}"
    return f"{target.shown}:{refusal.line}: {refusal.code} was not fixed: {refusal.reason}"
