"""`seedlint check`, from the options to the exit code: `_check` is one run, step by step.

Most runs need few of the steps, so each imports what only it needs. At the end is what the other
subcommands share with it; in a module of its own it would cost every run the time to import it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import chain

from seedlint import discover
from seedlint.cli.options import Options
from seedlint.cli.reports import Report, with_reports, write_reports
from seedlint.config_file import find_config
from seedlint.errors import ConfigError, InputError
from seedlint.outcome import Outcome
from seedlint.report.sanitize import sanitize
from seedlint.report.stream import echo_err, echo_error, write_report
from seedlint.run import OpenedSchemas, run
from seedlint.settings import ALL, Settings, choose_rules
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from seedlint.cli.progress import Progress
    from seedlint.cli.staged import Staged

INCOMPLETE = "; the run is not complete"
"""The end of a summary where something that was asked for could not be done."""

# How many paths that cannot be checked are listed.
_MOST_ERRORS = 20


def check(options: Options) -> int:
    """Check seeds and report; the exit code."""
    return with_reports(options, _check)


def _check(options: Options, reports: Sequence[Report]) -> int:
    """One run, step by step; the exit code."""
    settings = settings_of(options)
    _refuse_contradictions(options, settings)
    if options.show_settings is not None:
        return _show_settings(options, settings)

    staged = _open_staged(options, settings)
    targets, left_out, errors = _find_targets(options, settings, staged)
    outside = _keep_collections(options, settings, targets)
    if options.show_files:
        return _show_files(options, settings, targets, errors)

    opened: OpenedSchemas = {}
    check_files = partial(_check_files, options, settings, staged, opened)
    outcome = check_files(targets)
    fixed = None
    if _asks_for_fixes(options):
        from seedlint.cli.fix import check_again, fix, take_refused_back

        fixed = fix(outcome, settings, opened, options, options.jobs or cores())
        errors += fixed.errors
        outcome = check_again(options, outcome, fixed, targets, check_files)
        take_refused_back(outcome, fixed, options)
    _report_unused_ignores(options, settings, outcome)
    errors += _find_empty_collections(options, settings, outcome.taken)
    errors += _find_nothing_included(options, settings, outcome, staged)

    _echo_notes(options, settings, outcome, left_out, outside)
    _echo_warnings(settings, outcome, staged)
    if fixed is not None and (options.diff or options.fix_only):
        echo_errors(errors)
        return fixed.exit_code(options, outcome, errors)

    _add_broken_by_losses(options, settings, outcome, opened, staged)
    if options.update_baseline:
        from seedlint.cli.baseline import update_baseline

        update_baseline(options, outcome, settings, errors, is_whole=_is_whole(options))
        return 0
    passes = _keep_new(options, settings, outcome, opened, staged)
    if options.add_ignores:
        errors += _add_ignores(settings, outcome, opened)
    if fixed is not None and fixed.standard_input is not None:
        # The fixed text went to standard output.
        reports = [(form, file or "/dev/stderr") for form, file in reports]
    _write_reports(reports, options, settings, outcome)
    echo_errors(errors)
    _echo_summary(options, settings, outcome, errors, reports[-1], was_fixed=fixed is not None)
    if options.exit_non_zero_on_fix and fixed is not None:
        passes = passes and not fixed.files
    return exit_code(options, settings, outcome, errors, passes=passes)


# ---------------------------------------------------------------- what the run is about


def _refuse_contradictions(options: Options, settings: Settings) -> None:
    """Raise ConfigError or InputError for options that contradict each other."""
    if _asks_for_fixes(options):
        from seedlint.cli.fix import check_combinations

        check_combinations(options)
    takes_stdin = _takes_stdin(options)
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
            raise ConfigError("--add-ignores has no effect where comments suppress nothing")


def _show_settings(options: Options, settings: Settings) -> int:
    """Show what applies to a file instead of checking it; the exit code."""
    from seedlint.cli.show_settings import describe

    assert options.show_settings is not None
    lines = describe(options.show_settings, options, settings)
    write_report(map(sanitize, lines), options.output_file)
    return 0


def _open_staged(options: Options, settings: Settings) -> Staged | None:
    """The index of git, if the run is about it. Raises InputError."""
    if not options.staged:
        return None
    from seedlint.cli.staged import Staged

    return Staged(settings)


def _find_targets(options: Options, settings: Settings, staged: Staged | None) -> discover.Targets:
    """The files of the run. Raises InputError."""
    if _takes_stdin(options):
        from seedlint.cli.stdin import find_stdin

        return find_stdin(options, settings)
    paths = options.paths
    if options.files_from is not None:
        from seedlint.cli.stdin import read_names

        exists = staged.has if staged is not None else os.path.lexists
        paths += read_names(options.files_from, exists)
        if not paths:
            # An empty list, as of files that have changed, does not ask for a run over everything.
            echo_err(f"note: {options.files_from} names no files")
            return discover.Targets(discover.Files(), discover.LeftOut(), [])
    _check_in_root(paths, options, settings)
    if staged is not None:
        found = staged.targets(paths, force_exclude=options.force_exclude)
        if not found.files and not found.errors:
            echo_err("note: no seeds are staged")
        return found
    found = discover.find_targets(paths, settings, force_exclude=options.force_exclude)
    raise_if_nothing(found.files, found.errors)
    return found


def _check_in_root(paths: Sequence[str], options: Options, settings: Settings) -> None:
    """Refuse paths that no pattern can mean because they lie outside of --root."""
    if options.root is None:
        return
    for path in paths:
        if settings.from_root(path).split("/")[0] == os.pardir:
            raise InputError(f"it lies outside of --root {options.root}", path=path)


def _keep_collections(options: Options, settings: Settings, targets: discover.Files) -> int:
    """Leave only the files of the chosen collections; how many files that were named are others."""
    if not options.collection:
        return 0
    from seedlint.cli.collections import keep_collections

    others = keep_collections(targets, options.collection, settings)
    return others if _names_paths(options) else 0


def _show_files(
    options: Options, settings: Settings, targets: discover.Files, errors: list[InputError]
) -> int:
    """List the files of the run instead of checking them; the exit code."""
    if settings.collections and not _names_paths(options):
        from seedlint.cli.collections import count_files

        counts = count_files(targets, settings)
        errors = errors + _find_empty_collections(options, settings, counts)
    write_report((sanitize(target.shown) for target in targets), options.output_file)
    echo_errors(errors)
    return 2 if errors else 0


def _takes_stdin(options: Options) -> bool:
    """Whether the run is about standard input."""
    return discover.STDIN in options.paths or options.stdin_filename is not None


def _names_paths(options: Options) -> bool:
    """Whether the run is about some files, not about all that the settings include."""
    takes_stdin = options.stdin_filename is not None
    names_files = bool(options.paths) or options.files_from is not None
    return names_files or options.staged or takes_stdin


def _names_folders(options: Options) -> bool:
    """Whether all that the run is about are folders."""
    paths = options.paths if not (options.staged or options.files_from is not None) else ()
    return bool(paths) and all(map(os.path.isdir, paths))


def _is_whole(options: Options) -> bool:
    """Whether the run is about all that the settings include."""
    return not (_names_paths(options) or options.collection)


# ---------------------------------------------------------------- what is checked and fixed


def _check_files(
    options: Options,
    settings: Settings,
    staged: Staged | None,
    opened: OpenedSchemas,
    files: discover.Files,
) -> Outcome:
    """Check the files, with others from the configuration to compare; show how far the run is."""
    with _progress(options) as progress:
        return run(
            files,
            settings,
            options.jobs or cores(),
            # Without a configuration nobody has said which other seeds there are.
            is_whole_corpus=settings.config is None or _is_whole(options),
            knows_others=_knows_others(options, settings),
            find_others=staged.others if staged else discover.find_context_files,
            track=progress,
            opened=opened,
            disk=staged.disk if staged else None,
        )


def _knows_others(options: Options, settings: Settings) -> bool:
    """Whether all seeds that others may refer to are known."""
    return settings.config is not None or not _names_paths(options) or _names_folders(options)


def _progress(options: Options) -> AbstractContextManager[Progress | None]:
    """What shows how far a run has come, if anybody looks."""
    if options.quiet or not _is_watched():
        return nullcontext()
    from seedlint.cli.progress import Progress

    return Progress(sys.stderr)


def _asks_for_fixes(options: Options) -> bool:
    return options.fix or options.fix_only or options.diff


def _report_unused_ignores(options: Options, settings: Settings, outcome: Outcome) -> None:
    """Report the entries of `ignore-at` that a run over everything did not need."""
    if settings.ignores_places and _is_whole(options):
        from seedlint.cli.unused_ignores import report_unused

        report_unused(outcome, settings)


def _find_empty_collections(
    options: Options, settings: Settings, counts: Mapping[str, int]
) -> list[InputError]:
    """The collections without a file, of a run that names none; `counts` are those of each."""
    if not settings.collections or _names_paths(options):
        return []
    from seedlint.cli.collections import find_empty

    return find_empty(counts, options.collection, settings)


def _find_nothing_included(
    options: Options, settings: Settings, outcome: Outcome, staged: Staged | None
) -> list[InputError]:
    """The error that the configuration matches no file at all, if nothing was checked."""
    if outcome.seeds or settings.config is None or _takes_stdin(options):
        return []
    from seedlint.cli.nothing_included import find_nothing_included

    return find_nothing_included(settings, staged) if _names_paths(options) else []


# ---------------------------------------------------------------- what is said and written


def _echo_notes(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    left_out: discover.LeftOut,
    outside: int,
) -> None:
    """Say what was left out; `outside` files are outside of the chosen collections."""
    if left_out or settings.ignore or settings.per_file_ignores or settings.collections:
        from seedlint.cli.notes import notes_on

        for note in notes_on(left_out, outcome.unmatched, outside, settings, quiet=options.quiet):
            echo_err(f"note: {note}")


def _echo_warnings(settings: Settings, outcome: Outcome, staged: Staged | None) -> None:
    """Warn of the contract, of the cache, and of files that differ from what is staged."""
    if staged is not None:
        outcome.warnings += staged.remarks(_files_of_settings(settings, outcome))
    for warning in outcome.warnings:
        echo_err(f"warning: {warning}")


def _files_of_settings(settings: Settings, outcome: Outcome) -> Sequence[str | os.PathLike[str]]:
    """The configuration and the contract."""
    config = [settings.config] if settings.config is not None else []
    return [*config, *outcome.schema_files]


def _add_broken_by_losses(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    opened: OpenedSchemas,
    staged: Staged | None,
) -> None:
    """Add what the commit breaks in seeds that are not part of it, by what it takes away."""
    names_files = bool(options.paths) or options.files_from is not None
    if staged is None or settings.config is None or names_files:
        return
    from seedlint.cli.lost import add_broken_by_losses

    chosen = options.collection or ()
    jobs = options.jobs or cores()
    broken = add_broken_by_losses(outcome, staged, settings, jobs, opened, chosen)
    if broken and not options.quiet:
        what = "seeds that are not staged and name what the next commit takes away"
        echo_err(f"note: {what}: {broken:,}")


def _keep_new(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    opened: OpenedSchemas,
    staged: Staged | None,
) -> bool:
    """Leave only what is new since a commit or the baseline; False if that fails the run."""
    if options.since is not None:
        from seedlint.cli.since import keep_new_since

        keep_new_since(
            options.since,
            outcome,
            settings,
            options.jobs or cores(),
            opened,
            knows_others=_knows_others(options, settings),
            folders=() if settings.config is not None else options.paths,
            index=staged.index if staged else None,
        )
        return True
    if settings.baseline is None and not any(_about_baseline(options)):
        return True
    from seedlint.cli.baseline import open_baseline

    baseline = open_baseline(options, outcome, settings, is_whole=_is_whole(options))
    return baseline.subtract(prune=options.prune_baseline, strict=options.strict_baseline)


def _about_baseline(options: Options) -> tuple[bool, ...]:
    return options.update_baseline, options.prune_baseline, options.strict_baseline


def _add_ignores(settings: Settings, outcome: Outcome, opened: OpenedSchemas) -> list[InputError]:
    """Write comments that suppress the findings; the files that could not be written."""
    from seedlint.cli.add_ignores import add_ignores

    return add_ignores(outcome, settings, opened)


def _write_reports(
    reports: Sequence[Report], options: Options, settings: Settings, outcome: Outcome
) -> None:
    """Write every report. Raises OutputError."""
    write_reports(
        reports,
        outcome,
        settings,
        chain(_files_of_settings(settings, outcome), (file.path for file in outcome.files)),
        statistics=options.statistics,
        about="+".join(sorted(options.collection or ())),
        jobs=options.jobs or cores(),
    )


def _echo_summary(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    errors: Sequence[InputError],
    report: Report,
    *,
    was_fixed: bool,
) -> None:
    """Sum the run up in one line, and say at a terminal what to run next."""
    if options.quiet:
        return
    summary = summarize(outcome, is_complete=not errors)
    echo_err(summary + _fixable(outcome, was_fixed=was_fixed) + (INCOMPLETE if errors else ""))
    if outcome.diagnostics and _is_watched():
        from seedlint.cli.next_step import next_step

        if advice := next_step(report, outcome, options, settings):
            echo_err(advice)


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


def _is_watched() -> bool:
    """Whether standard error is a terminal that somebody may look at."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    return is_terminal and os.environ.get("TERM") != "dumb" and not is_ci()


# ---------------------------------------------------------------- what others use as well


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
        from seedlint.config_settings import named_settings

        settings = named_settings(options.config, needs_schema=needs_schema)
    elif not options.isolated and (file := find_config(here)):
        from seedlint.config_settings import read_settings

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
        # The rules that the configuration selects are all about seeds.
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


def summarize(outcome: Outcome, *, is_complete: bool = True) -> str:
    """One line: what was found, in how many seeds, against which contract.

    Never `OK` unless there was something to check, all of it could be, and the run `is_complete`.
    """
    against = f" checked against {outcome.schema}" if outcome.schema else " checked"
    checked = outcome.seeds - outcome.unchecked
    text = f"{count_findings(outcome, is_complete=is_complete)} {plural(outcome.seeds, 'seed')}"
    if not (outcome.seeds or outcome.diagnostics):
        text = "no seeds to check"
    elif not outcome.unchecked:
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


def count_findings(outcome: Outcome, *, is_complete: bool) -> str:
    """The findings by severity, as the beginning of a summary: `2 errors and 1 warning in`."""
    counts = Counter(diagnostic.severity for diagnostic in outcome.diagnostics)
    found = [plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
    if not found:
        is_ok = is_complete and not (outcome.unchecked or outcome.uncompared)
        return "OK:" if is_ok else "no findings in"
    return f"{' and '.join(found) if len(found) < 3 else ', '.join(found)} in"


def plural(count: int, noun: str) -> str:
    """`1 seed`, `1,024 seeds`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def echo_errors(errors: Sequence[InputError]) -> None:
    """Report what went wrong with some paths, at most `_MOST_ERRORS` of them."""
    for error in errors[:_MOST_ERRORS]:
        echo_error(error)
    if more := len(errors[_MOST_ERRORS:]):
        echo_err(f"seedlint: {plural(more, 'more path')} with errors")


def raise_if_nothing(found: Sequence[object], errors: Sequence[InputError]) -> None:
    """Report the errors and raise the last one if nothing was found beside them."""
    if errors and not found:
        echo_errors(errors[:-1])
        raise errors[-1]


def exit_code(
    options: Options,
    settings: Settings,
    outcome: Outcome,
    errors: Sequence[InputError],
    *,
    passes: bool = True,
) -> int:
    """The exit code of a run that has reported; says so if there are too many warnings.

    2 if there were `errors`, and 1 at least unless the run `passes` otherwise.
    """
    passes = _has_few_warnings(outcome, options.max_warnings) and passes
    code = 2 if errors else outcome.exit_code(settings.fail_on) or int(not passes)
    return 0 if options.exit_zero and code == 1 else code


def _has_few_warnings(outcome: Outcome, most: int | None) -> bool:
    """Whether there are at most `most` warnings; reports it if there are more."""
    if most is None:
        return True
    count = sum(each.severity is Severity.WARNING for each in outcome.diagnostics)
    if count <= most:
        return True
    echo_err(f"seedlint: {plural(count, 'warning')}, and --max-warnings allows {most:,}")
    return False


def is_ci() -> bool:
    """Whether this is a CI job, where others may have written what is kept between runs."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
