"""The reports of a run: which format goes where."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from seedlint import discover
from seedlint.cli.options import FORMATS, Options
from seedlint.errors import ConfigError, OutputError, OutputRefused
from seedlint.report.stream import discard_report, write_report
from seedlint.run import Outcome
from seedlint.settings import Settings
from seedlint.text.nearest import did_you_mean

# Formats in which nothing to report is an empty file.
_EMPTY_WHEN_CLEAN = frozenset(["full", "concise", "github", "json-lines"])


class Report(NamedTuple):
    """A format, and the file that it goes to; None is standard output."""

    format: str
    file: str | None


def reports_of(options: Options) -> list[Report]:
    """The reports that the options ask for, that of standard output last. Raises ConfigError."""
    reports = [_parse(text) for text in options.report or ()]
    reports.append(Report(options.output_format or _usual_format(options), options.output_file))
    names = [os.path.realpath(report.file) for report in reports if report.file is not None]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ConfigError("two reports cannot go to one file", path=reports[number].file)
    return reports


def _parse(text: str) -> Report:
    name, equals, file = text.partition("=")
    if not equals or not file:
        raise ConfigError(f"--report takes FORMAT=FILE, as in `sarif=seedlint.sarif`: {text[:60]}")
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"; there are {', '.join(FORMATS)}"
        raise ConfigError(f"--report: there is no format `{name[:60]}`{hint}")
    return Report(name, file)


def _usual_format(options: Options) -> str:
    """What standard output gets when nobody has said it."""
    in_github = os.environ.get("GITHUB_ACTIONS") == "true" and options.output_file is None
    return "github" if in_github else "full"


def write_reports(
    reports: Sequence[Report],
    outcome: Outcome,
    settings: Settings,
    inputs: Iterable[str | os.PathLike[str]],
    *,
    statistics: bool,
) -> None:
    """Write all of them, whatever becomes of one. `inputs` are the files that the run reads.

    `statistics` counts findings instead, in the last one. Raises OutputError.
    """
    errors: list[OutputError] = []
    inputs = list(inputs) if len(reports) > 1 else inputs
    for report in reports:
        counted = statistics and report is reports[-1]
        lines = _statistics(report, outcome) if counted else _lines(report, outcome, settings)
        try:
            write_report(lines, report.file, inputs)
        except OutputRefused as error:
            errors.append(error)
        except OutputError as error:
            discard_report(report.file)
            errors.append(error)
    if errors:
        raise errors[0]


def _statistics(report: Report, outcome: Outcome) -> Iterator[str]:
    from seedlint.report import statistics

    as_json = report.format == "json"
    return (statistics.render_json if as_json else statistics.render)(outcome.diagnostics)


def _lines(report: Report, outcome: Outcome, settings: Settings) -> Iterator[str]:
    """A report, line by line. Most runs have nothing to report, so formats are imported late."""
    found = outcome.diagnostics
    if not found and report.format in _EMPTY_WHEN_CLEAN:
        return iter(())
    if report.format == "json":
        from seedlint.report import json

        return json.render(found)
    if report.format == "json-lines":
        from seedlint.report import json

        return json.render_lines(found)
    if report.format == "concise":
        from seedlint.report import concise

        return concise.render(found)

    from seedlint.text.source import SourceFile

    def read(path: str) -> SourceFile | None:
        # A finding may also point into a seed that was only compared with.
        try:
            data = discover.read_target(outcome.files.named(path), settings.limits.file_bytes)
        except OSError:
            return None
        return SourceFile.from_bytes(path, data)

    if report.format == "full":
        from seedlint.report import full

        return full.render(found, read, color=report.file is None and _use_color())

    from seedlint.report.repository import repository_paths

    in_repository = repository_paths(os.getcwd(), os.environ)
    if report.format == "github":
        from seedlint.report import github

        return github.render(found, in_repository)
    if report.format == "gitlab":
        from seedlint.report import gitlab

        return gitlab.render(found, in_repository)
    if report.format == "junit":
        from seedlint.report import junit

        return junit.render(found, in_repository)
    if report.format == "markdown":
        from seedlint.report import markdown

        return markdown.render(found, in_repository)
    if report.format == "rdjson":
        from seedlint.report import rdjson

        return rdjson.render(found, in_repository, read)

    import seedlint
    from seedlint.report import sarif
    from seedlint.rules import all_rules

    def rule_texts(code: str) -> sarif.RuleTexts:
        rule = all_rules()[code]
        return sarif.RuleTexts(rule.severity, rule.summary, rule.doc.strip())

    return sarif.render(found, in_repository, rule_texts, seedlint.__version__)


def _use_color() -> bool:
    """On a terminal, unless https://no-color.org or a dumb terminal says otherwise."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(sys.stdout and sys.stdout.isatty()) or bool(os.environ.get("FORCE_COLOR"))
