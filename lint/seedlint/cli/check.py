"""`seedlint check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from seedlint import discover
from seedlint.errors import ConfigError, InputError
from seedlint.report.stream import say, write_report
from seedlint.run import Outcome, run
from seedlint.settings import Settings, check_selectors, find_config, load_config
from seedlint.severity import Severity


def _split(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Any:
    return tuple(part.strip() for each in value for part in each.split(",")) if value else None


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--schema",
    type=click.Path(),
    help="The contract, a JSON Schema. Default: the article contract.",
)
@click.option("--config", type=click.Path(), help="A configuration file to use.")
@click.option("--isolated", is_flag=True, help="Look for no configuration file.")
@click.option(
    "--select", multiple=True, callback=_split, help="Rules to run: codes, prefixes, names, ALL."
)
@click.option(
    "--ignore", multiple=True, callback=_split, help="Rules to leave out: codes, prefixes, names."
)
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    help="How findings are written.  [default: full]",
)
@click.option("-o", "--output-file", type=click.Path(), help="Write findings to a file.")
@click.option("--statistics", "show_statistics", is_flag=True, help="Count findings per rule.")
@click.option("--stdin-filename", help="What to call the seed on standard input.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="The mildest findings that fail the run.  [default: error]",
)
@click.option(
    "--ignore-suppressions", is_flag=True, help="Report also what comments in seeds suppress."
)
@click.option("--force-exclude", is_flag=True, help="Leave out also files named by hand.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes to use.  [default: the number of cores]",
)
@click.option(
    "-n",
    "--no-cache",
    is_flag=True,
    envvar="SEEDLINT_NO_CACHE",
    help="Neither read nor keep what is known of unchanged seeds.",
)
@click.option(
    "--cache-dir",
    type=click.Path(),
    envvar="SEEDLINT_CACHE_DIR",
    help="Where to keep it.  [default: the platform's folder; in CI nowhere]",
)
@click.option("-q", "--quiet", is_flag=True, help="Write findings only, no summary.")
def command(
    paths: tuple[str, ...],
    schema: str | None,
    config: str | None,
    isolated: bool,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    output_format: str,
    output_file: str | None,
    show_statistics: bool,
    stdin_filename: str | None,
    exit_zero: bool,
    fail_on: str | None,
    ignore_suppressions: bool,
    force_exclude: bool,
    jobs: int | None,
    no_cache: bool,
    cache_dir: str | None,
    quiet: bool,
) -> int:
    """Check seeds: files, or folders with Markdown files in them; `-` is standard input.

    Without PATHS, what the configuration includes. Exit code 0: everything was checked and
    nothing at error level was found; 1: findings; 2: the run could not be trusted.
    """
    settings = _settings(schema, config, isolated, select, ignore, fail_on)
    settings = settings._replace(
        suppressions=not ignore_suppressions,
        use_index=not no_cache and bool(cache_dir or not _is_ci()),
        index_folder=cache_dir or None,
    )
    stdin = discover.STDIN in paths
    if stdin and len(paths) > 1:
        raise InputError("`-` (standard input) cannot be combined with paths")
    if stdin:
        name = stdin_filename or "<stdin>"
        data = _read_stdin(settings.limits.file_bytes)
        targets = discover.Files([discover.Target(name, name, data)])
    else:
        found = discover.find_targets(paths, settings, force_exclude=force_exclude)
        for path in found.excluded:
            say(f"note: {path} is left out by the configuration and was not checked")
        targets = found.files
    # Without a configuration nobody has said which other seeds there are.
    complete = settings.config is None or not paths
    outcome = run(targets, settings, jobs or _cores(), complete=complete)
    for warning in outcome.warnings:
        say(f"warning: {warning}")
    lines = _lines(outcome, targets, settings, output_format, output_file, show_statistics)
    write_report(lines, output_file)
    if not quiet:
        say(summarize(outcome))
    code = outcome.exit_code(settings.fail_on)
    return 0 if exit_zero and code == 1 else code


def _read_stdin(limit: int) -> bytes:
    """At most `limit` + 1 bytes of standard input."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise InputError(f"cannot read standard input: {reason}") from None


def _settings(
    schema: str | None,
    config: str | None,
    isolated: bool,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str | None,
) -> Settings:
    """The configuration file's settings under those of the command line."""
    if config is not None and isolated:
        raise ConfigError("--config and --isolated exclude each other")
    try:
        here = os.getcwd()
    except OSError:
        raise ConfigError("the working directory does not exist") from None
    path = config
    if path is None and not isolated:
        path = find_config(here)
    settings = Settings()
    if path is not None:
        shown = os.path.relpath(path).replace(os.sep, "/")
        settings = Settings(**load_config(path, shown), config=path)
    if schema is not None:
        settings = settings._replace(schema=schema)
    if select is not None:
        check_selectors(select, "--select")
        settings = settings._replace(select=select)
    if ignore is not None:
        check_selectors(ignore, "--ignore")
        settings = settings._replace(ignore=(*settings.ignore, *ignore))
    if fail_on is not None:
        settings = settings._replace(fail_on=Severity(fail_on))
    return settings


def _lines(
    outcome: Outcome,
    targets: discover.Files,
    settings: Settings,
    output_format: str,
    output_file: str | None,
    show_statistics: bool,
) -> Iterator[str]:
    """The report, line by line. Most runs have nothing to report, so formats are imported late."""
    if show_statistics:
        from seedlint.report import statistics

        return statistics.render(outcome.diagnostics)
    if output_format == "json":
        from seedlint.report import json

        return json.render(outcome.diagnostics)
    if not outcome.diagnostics:
        return iter(())
    if output_format == "concise":
        from seedlint.report import concise

        return concise.render(outcome.diagnostics)
    from seedlint.report import full
    from seedlint.text.source import SourceFile

    def read(path: str) -> SourceFile | None:
        # A finding may also point into a seed that was only compared with.
        try:
            data = discover.read_target(targets.named(path), settings.limits.file_bytes)
        except OSError:
            return None
        return SourceFile.from_bytes(path, data)

    return full.render(outcome.diagnostics, read, color=output_file is None and _use_color())


def _is_ci() -> bool:
    """Whether this is a CI job, where others may have had a hand in what is kept between runs."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _use_color() -> bool:
    """On a terminal, unless https://no-color.org or a dumb terminal says otherwise."""
    if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    return bool(sys.stdout and sys.stdout.isatty()) or bool(os.environ.get("FORCE_COLOR"))


def summarize(outcome: Outcome) -> str:
    """One line: what was found, in how many seeds, against which contract."""
    seeds = _plural(outcome.seeds, "seed")
    against = f"checked against {outcome.contract}"
    found = [
        _plural(count, severity.value)
        for severity in Severity
        if (count := outcome.count(severity))
    ]
    text = (
        f"{' and '.join(found) if len(found) < 3 else ', '.join(found)} in"
        if found
        else ("no findings in" if outcome.unchecked else "OK:")
    )
    text += f" {seeds} {against}"
    if outcome.unchecked:
        text += f"; {_plural(outcome.unchecked, 'seed')} could not be checked"
    return text


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
