"""What `seedlint check` does with its options."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING

from seedlint import discover
from seedlint.cli.options import Options
from seedlint.cli.reports import Report, reports_of, write_reports
from seedlint.config_file import find_config, named_settings, read_settings
from seedlint.errors import ConfigError, InputError, OutputError
from seedlint.files import read_regular_file, reason_of
from seedlint.outcome import Outcome
from seedlint.report.sanitize import sanitize
from seedlint.report.stream import discard_report, echo_err, echo_error, write_bytes, write_report
from seedlint.run import OpenedSchemas, run
from seedlint.settings import ALL, Settings, choose_rules
from seedlint.severity import Severity

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from seedlint.cli.baseline import Baseline
    from seedlint.cli.fix import Fixed
    from seedlint.cli.progress import Progress
    from seedlint.cli.staged import Staged

# How long a list of files may be, in bytes.
_MOST_NAMES = 64 * 1024 * 1024
# How many paths that cannot be checked are listed.
_MOST_ERRORS = 20


def check(options: Options) -> int:
    """Check seeds and report; the exit code."""
    return with_reports(options, _check)


def with_reports(options: Options, act: Callable[[Options, Sequence[Report]], int]) -> int:
    """What `act` does with the options and the reports that they ask for; the exit code.

    If it fails, no report of an earlier run is left.
    """
    reports = reports_of(options)
    try:
        return act(options, reports)
    except OutputError:
        # The others are complete.
        raise
    except BaseException:
        for _, file in reports:
            discard_report(file)
        raise


def _check(options: Options, reports: Sequence[Report]) -> int:
    settings = settings_of(options)
    _check_combinations(options, settings)
    if options.show_settings is not None:
        from seedlint.cli.show_settings import describe

        lines = describe(options.show_settings, options, settings)
        write_report(map(sanitize, lines), options.output_file)
        return 0
    staged = _staged(options, settings)
    targets, left_out, errors = _find_targets(options, settings, staged)
    outside = 0
    if options.collection:
        from seedlint.cli.collections import keep_collections

        others = keep_collections(targets, options.collection, settings)
        outside = others if _names_paths(options) else 0
    if options.show_files:
        if settings.collections and not _names_paths(options):
            from seedlint.cli.collections import count_files, find_empty

            errors += find_empty(count_files(targets, settings), options.collection, settings)
        write_report((sanitize(target.shown) for target in targets), options.output_file)
        echo_errors(errors)
        return 2 if errors else 0
    # Without a configuration nobody has said which other seeds there are.
    has_config, names_paths = settings.config is not None, _names_paths(options)
    is_whole_corpus = not (has_config and (names_paths or options.collection))
    knows_others = has_config or not names_paths or _names_folders(options)

    opened: OpenedSchemas = {}

    def check_files(files: discover.Files) -> Outcome:
        with _progress(options) as progress:
            return run(
                files,
                settings,
                options.jobs or cores(),
                is_whole_corpus=is_whole_corpus,
                knows_others=knows_others,
                find_others=staged.others if staged else discover.find_context_files,
                track=progress,
                opened=opened,
                disk=staged.disk if staged else None,
            )

    outcome = check_files(targets)
    fixed = _fix(options, settings, outcome, opened) if _asks_for_fixes(options) else None
    if fixed is not None:
        errors += fixed.errors
        if fixed.files and not options.diff:
            if fixed.standard_input is not None:
                targets = discover.Files(
                    each._replace(data=fixed.standard_input) for each in targets
                )
            if options.fix_only:
                # What is written can be checked, and nothing else is asked.
                outcome.unchecked_paths -= fixed.files
            else:
                outcome = check_files(targets)
        if fixed.standard_input is not None:
            reports = [(form, file or "/dev/stderr") for form, file in reports]
    if not names_paths and not options.collection:
        _report_unused(outcome, settings)
    if settings.collections and not names_paths:
        from seedlint.cli.collections import find_empty

        errors += find_empty(outcome.taken, options.collection, settings)
    _say_notes(options, settings, outcome, left_out, outside)
    if staged is not None:
        outcome.warnings += staged.remarks(_files_of_settings(settings, outcome))
    for warning in outcome.warnings:
        echo_err(f"warning: {warning}")
    if fixed is not None and (options.diff or options.fix_only):
        echo_errors(errors)
        return _code_of_fixes(options, outcome, fixed, errors)
    if staged is not None and has_config and not options.paths and options.files_from is None:
        from seedlint.cli.lost import add_broken_by_losses

        chosen = options.collection or ()
        jobs = options.jobs or cores()
        broken = add_broken_by_losses(outcome, staged, settings, jobs, opened, chosen)
        if broken and not options.quiet:
            what = "seeds that are not staged and name what the next commit takes away"
            echo_err(f"note: {what}: {broken:,}")
    baseline_passes = True
    if options.since is not None:
        from seedlint.cli.since import keep_new_since

        jobs = options.jobs or cores()
        keep_new_since(
            options.since,
            outcome,
            settings,
            jobs,
            opened,
            knows_others=knows_others,
            folders=() if has_config else options.paths,
            index=staged.index if staged else None,
        )
    elif baseline := _baseline(options, outcome, settings):
        if options.update_baseline:
            return _update(baseline, outcome, errors)
        baseline_passes = baseline.subtract(
            prune=options.prune_baseline, strict=options.strict_baseline
        )
    if options.add_ignores:
        from seedlint.cli.add_ignores import add_ignores

        errors += add_ignores(outcome, settings, opened)
    write_reports(
        reports,
        outcome,
        settings,
        chain(
            _files_of_settings(settings, outcome),
            (file.path for file in outcome.files),
        ),
        statistics=options.statistics,
        collections=options.collection or (),
    )
    echo_errors(errors)
    if not options.quiet:
        echo_err(summarize(outcome) + _fixable(outcome, was_fixed=fixed is not None))
        if outcome.diagnostics and _is_watched():
            from seedlint.cli.next_step import next_step

            if advice := next_step(reports[-1], outcome, options):
                echo_err(advice)
    passes = has_few_warnings(outcome, options.max_warnings) and baseline_passes
    passes = passes and not (options.exit_non_zero_on_fix and fixed and fixed.files)
    code = 2 if errors else outcome.exit_code(settings.fail_on) or int(not passes)
    return 0 if options.exit_zero and code == 1 else code


def _say_notes(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    left_out: discover.LeftOut,
    outside: int,
) -> None:
    """Say what was left out; `outside` files are outside of the chosen collections."""
    if settings.collections and not options.quiet:
        from seedlint.cli.collections import notes_on_collections

        for note in notes_on_collections(outcome.unmatched, outside, settings):
            echo_err(f"note: {note}")
    if left_out or settings.ignore or settings.per_file_ignores or settings.collections:
        from seedlint.cli.notes import notes_on

        for note in notes_on(left_out, settings, quiet=options.quiet):
            echo_err(f"note: {note}")


def _report_unused(outcome: Outcome, settings: Settings) -> None:
    """Report the entries of `ignore-at` that a run over everything did not need."""
    if settings.ignores_places:
        from seedlint.cli.unused_ignores import report_unused

        report_unused(outcome, settings)


def _is_watched() -> bool:
    """Whether standard error is a terminal that somebody may look at."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return is_terminal and os.environ.get("TERM") != "dumb" and not is_ci()


def _progress(options: Options) -> AbstractContextManager[Progress | None]:
    """What shows how far a run has come, if anybody looks."""
    if options.quiet or not _is_watched():
        return nullcontext()
    from seedlint.cli.progress import Progress

    return Progress(sys.stderr)


def _files_of_settings(settings: Settings, outcome: Outcome) -> Sequence[str | os.PathLike[str]]:
    """The configuration and the contract."""
    config = [settings.config] if settings.config is not None else []
    return [*config, *outcome.schema_files]


def has_few_warnings(outcome: Outcome, most: int | None) -> bool:
    """Whether there are at most so many warnings; if not, it is said."""
    count = sum(each.severity is Severity.WARNING for each in outcome.diagnostics)
    if most is None or count <= most:
        return True
    echo_err(f"seedlint: {plural(count, 'warning')}, and --max-warnings allows {most:,}")
    return False


def _asks_for_fixes(options: Options) -> bool:
    return options.fix or options.fix_only or options.diff


def _fix(options: Options, settings: Settings, outcome: Outcome, opened: OpenedSchemas) -> Fixed:
    """Make the fixes, or show them; what came of it is said."""
    from seedlint.cli.fix import make_fixes, summarize_fixes

    fixed = make_fixes(outcome, settings, opened, options, options.jobs or cores())
    summary = summarize_fixes(fixed, options)
    if summary and not options.quiet:
        echo_err(summary)
    if fixed.standard_input is not None and not options.diff:
        # An editor takes what comes back for the text.
        write_bytes([fixed.standard_input])
    return fixed


def _code_of_fixes(
    options: Options, outcome: Outcome, fixed: Fixed, errors: Sequence[InputError]
) -> int:
    """The exit code of a run that reports no findings."""
    if errors or outcome.failures:
        return 2
    asks = options.diff or options.exit_non_zero_on_fix
    code = int(bool(outcome.unchecked or (asks and fixed.files)))
    return 0 if options.exit_zero else code


def _fixable(outcome: Outcome, *, was_fixed: bool) -> str:
    """How many findings have a fix, for the end of the summary."""
    counts = Counter(each.fix.applicability for each in outcome.diagnostics if each.fix)
    unsafe = counts["unsafe"]
    # What is left after safe fixes was refused.
    safe = 0 if was_fixed else counts["safe"]
    if not safe and not unsafe:
        return ""
    if not safe:
        return f"; {unsafe:,} fixable with --fix --unsafe-fixes"
    more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
    return f"; {safe:,} fixable with --fix{more}"


def _names_paths(options: Options) -> bool:
    """Whether the run is about some files, not about all that the settings include."""
    takes_stdin = options.stdin_filename is not None
    names_files = bool(options.paths) or options.files_from is not None
    return names_files or options.staged or takes_stdin


def _names_folders(options: Options) -> bool:
    """Whether all that the run is about are folders."""
    paths = options.paths if not (options.staged or options.files_from is not None) else ()
    return bool(paths) and all(map(os.path.isdir, paths))


def _check_combinations(options: Options, settings: Settings) -> None:
    """Refuse options that contradict each other."""
    if _asks_for_fixes(options):
        from seedlint.cli.fix import check_combinations

        check_combinations(options)
    takes_stdin = discover.STDIN in options.paths or options.stdin_filename is not None
    if takes_stdin and (len(options.paths) > 1 or options.files_from is not None):
        raise InputError("`-` (standard input) cannot be combined with paths")
    if options.stdin_filename is not None and options.paths not in ((), (discover.STDIN,)):
        raise InputError("--stdin-filename cannot be combined with paths")
    if options.since is not None and (
        takes_stdin or options.baseline or any(_about_baseline(options))
    ):
        raise ConfigError("--since cannot be combined with a baseline or standard input")
    if options.staged and takes_stdin:
        raise ConfigError("--staged cannot be combined with standard input")
    if options.add_ignores:
        if takes_stdin or options.staged or options.update_baseline:
            others = "--staged, --update-baseline or standard input"
            raise ConfigError(f"--add-ignores cannot be combined with {others}")
        if not settings.suppressions:
            raise ConfigError("--add-ignores is in vain where comments suppress nothing")


def _staged(options: Options, settings: Settings) -> Staged | None:
    """The index of git, if the run is about it. Raises InputError."""
    if not options.staged:
        return None
    from seedlint.cli.staged import Staged

    return Staged(settings)


def _find_targets(options: Options, settings: Settings, staged: Staged | None) -> discover.Targets:
    """The files of the run. Raises InputError."""
    if discover.STDIN in options.paths or options.stdin_filename is not None:
        name = options.stdin_filename
        data = read_stdin(settings.limits.file_bytes)
        targets, left_out = discover.Files(), discover.LeftOut()
        if not (name and options.force_exclude and discover.is_left_out(name, settings, left_out)):
            targets.add(name or "<stdin>", name or "<stdin>", data)
        return discover.Targets(targets, left_out, [])
    paths = options.paths
    if options.files_from is not None:
        paths += _read_names(options.files_from)
        if not paths:
            # Nothing has changed, say: that is not a run over everything.
            echo_err(f"note: {options.files_from} names no files")
            return discover.Targets(discover.Files(), discover.LeftOut(), [])
    _check_in_root(paths, options, settings)
    if staged is not None:
        found = staged.targets(paths, force_exclude=options.force_exclude)
        if not found.files and not found.errors:
            echo_err("note: nothing that would be checked is staged")
        return found
    found = discover.find_targets(paths, settings, force_exclude=options.force_exclude)
    if found.errors and not found.files:
        echo_errors(found.errors[:-1])
        raise found.errors[-1]
    return found


def _read_names(file: str) -> tuple[str, ...]:
    """The paths that a file lists, or standard input: between NULs if it has any, else on lines."""
    if file == discover.STDIN:
        data = read_stdin(_MOST_NAMES)
    else:
        try:
            data, _ = read_regular_file(file, _MOST_NAMES, follow_links=True)
        except (OSError, ValueError) as error:
            message = f"cannot read the list of files: {reason_of(error)}"
            raise InputError(message, path=file) from None
    if len(data) > _MOST_NAMES:
        raise InputError(f"a list of more than {_MOST_NAMES:,} bytes is not read", path=file)
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return tuple(os.fsdecode(name) for name in names if name)


def _about_baseline(options: Options) -> tuple[bool, ...]:
    return options.update_baseline, options.prune_baseline, options.strict_baseline


def _baseline(options: Options, outcome: Outcome, settings: Settings) -> Baseline | None:
    """The baseline of the run. Raises ConfigError."""
    if settings.baseline is None and not any(_about_baseline(options)):
        return None
    from seedlint.cli.baseline import open_baseline

    return open_baseline(
        options, outcome, settings, is_whole=not (_names_paths(options) or options.collection)
    )


def _update(baseline: Baseline, outcome: Outcome, errors: Sequence[InputError]) -> int:
    """Update the baseline instead of reporting; the exit code."""
    echo_errors(errors)
    if errors or outcome.failures:
        raise ConfigError("the baseline is not updated, because not all could be checked")
    baseline.update()
    return 0


def echo_errors(errors: Sequence[InputError]) -> None:
    """Report the paths that cannot be checked; of many, the first ones."""
    for error in errors[:_MOST_ERRORS]:
        echo_error(error)
    if more := len(errors[_MOST_ERRORS:]):
        echo_err(f"seedlint: {plural(more, 'more path')} cannot be checked")


def read_stdin(limit: int) -> bytes:
    """At most `limit` + 1 bytes of standard input."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot read standard input: {reason_of(error)}") from None


def settings_of(
    options: Options, *, needs_schema: bool = True, about_contracts: bool = False
) -> Settings:
    """The configuration file's settings under those of the command line.

    They must leave a rule to check, one about seeds or one about contracts. The schema that they
    name must be there if it `needs_schema`, unless an option names another; a run about contracts
    needs none in the configuration.
    """
    if options.config is not None and options.isolated:
        raise ConfigError("--config and --isolated cannot be combined")
    try:
        here = os.getcwd()
    except OSError:
        raise ConfigError("the working directory does not exist") from None
    settings = Settings()
    needs_schema = needs_schema and options.schema is None and not about_contracts
    if options.config is not None:
        settings = named_settings(options.config, needs_schema=needs_schema)
    elif not options.isolated and (file := find_config(here)):
        settings = Settings(**read_settings(file, needs_schema=needs_schema), config=file.path)
    if options.root is not None:
        if not os.path.isdir(options.root):
            raise InputError("--root: no such folder", path=options.root)
        settings = settings._replace(root=options.root)
    if options.schema is not None:
        if "://" in options.schema:
            raise ConfigError("--schema takes a file; nothing is fetched", path=options.schema)
        settings = settings.with_schema(options.schema)
    if about_contracts and not settings.selects_any(about_contracts=True):
        # What the configuration selects is about seeds.
        settings = settings.everywhere(select=(ALL,))
    settings = choose_rules(
        settings, options.select, options.ignore, prefix="--", about_contracts=about_contracts
    )
    if options.fail_on is not None:
        settings = settings.everywhere(fail_on=Severity(options.fail_on))
    if options.ignore_suppressions:
        settings = settings.everywhere(suppressions=False)
    return settings._replace(
        use_cache=not options.no_cache and bool(options.cache_dir or not is_ci()),
        cache_dir=options.cache_dir or None,
        baseline=options.baseline or settings.baseline,
    )


def _check_in_root(paths: Sequence[str], options: Options, settings: Settings) -> None:
    """Refuse paths that no pattern can mean because they lie outside of --root."""
    if options.root is None:
        return
    for path in paths:
        if settings.from_root(path).split("/")[0] == os.pardir:
            raise InputError(f"it lies outside of --root {options.root}", path=path)


def is_ci() -> bool:
    """Whether this is a CI job, where others may have had a hand in what is kept between runs."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def summarize(outcome: Outcome) -> str:
    """One line: what was found, in how many seeds, against which contract."""
    text = f"{count_findings(outcome)} {plural(outcome.seeds, 'seed')}"
    checked = outcome.seeds - outcome.unchecked
    against = f" checked against {outcome.schema}" if outcome.schema else " checked"
    if not outcome.unchecked:
        text += against
    elif not checked:
        text += f" that could not be{against}"
    else:
        text += f": {checked:,}{against}"
        text += f", {outcome.unchecked:,} could not be checked"
    if outcome.unmatched:
        text += f"; {plural(len(outcome.unmatched), 'seed')} in no collection"
    if outcome.uncompared:
        text += f"; {plural(outcome.uncompared, 'other seed')} could not be compared with"
    if outcome.suppressed:
        text += f"; {plural(outcome.suppressed, 'finding')} suppressed"
    if outcome.older:
        were = "was" if outcome.older == 1 else "were"
        text += f"; {plural(outcome.older, 'finding')} {were} there before"
    if outcome.held:
        text += f"; {plural(outcome.held, 'finding')} in the baseline"
    return text


def count_findings(outcome: Outcome) -> str:
    """The findings by severity, as the beginning of a summary: `2 errors and 1 warning in`."""
    counts = Counter(diagnostic.severity for diagnostic in outcome.diagnostics)
    found = [plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
    if not found:
        return "no findings in" if outcome.unchecked or outcome.uncompared else "OK:"
    return f"{' and '.join(found) if len(found) < 3 else ', '.join(found)} in"


def plural(count: int, noun: str) -> str:
    """`1 seed`, `1,024 seeds`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
