"""The reports of a run: which format goes where."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from importlib import import_module
from itertools import islice

from seedlint import discover
from seedlint.cli.options import FORMATS, Options
from seedlint.errors import ConfigError, OutputError, OutputRefused
from seedlint.files import shown_path
from seedlint.outcome import Outcome
from seedlint.report.stream import discard_report, echo_error, write_report
from seedlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic

# In these formats a report without findings is empty.
_EMPTY_WHEN_CLEAN = frozenset(["full", "concise", "github", "json-lines"])

# Laying out a finding with its lines takes 50 microseconds. How many are worth several processes,
# how many one of these gets at a time, and how many there are in memory.
_WORTH_A_WORKER = 300
_SHARE = 50
_BLOCK = 5_000
_TIMEOUT_SECONDS = 20

_NO_FOLDERS = ("", os.curdir, os.pardir)

# Not a named tuple: making its class takes a quarter of a millisecond.
Report = tuple[str, str | None]
"""A format, and the file that it goes to; None is standard output."""


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


def reports_of(options: Options) -> list[Report]:
    """The reports that the options ask for; the last is that of `--output-format`.

    Raises ConfigError.
    """
    reports = [_parse(text) for text in options.report or ()]
    reports.append((options.output_format or _usual_format(options), options.output_file))
    files = [file for _, file in reports if file is not None]
    if "-" in files:
        advice = "`/dev/stdout` is standard output; a file of this name is `./-`"
        raise ConfigError("`-` is not the name of a report", help=advice)
    names = [os.path.realpath(file) for file in files]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ConfigError("two reports cannot go to one file", path=files[number])
    return reports


def _parse(text: str) -> Report:
    name, equals, file = text.partition("=")
    if not equals or not file:
        raise ConfigError(
            f"--report: `{text[:60]}` is not FORMAT=FILE, such as `sarif=seedlint.sarif`"
        )
    if name not in FORMATS:
        from seedlint.text.nearest import did_you_mean

        hint = did_you_mean(name, FORMATS) or f"; the formats are {', '.join(FORMATS)}"
        raise ConfigError(f"--report: there is no format `{name[:60]}`{hint}")
    return name, file


def _usual_format(options: Options) -> str:
    """The format where `--output-format` is not given."""
    in_github = os.environ.get("GITHUB_ACTIONS") == "true" and options.output_file is None
    return "github" if in_github else "full"


def write_reports(
    reports: Sequence[Report],
    outcome: Outcome,
    settings: Settings,
    inputs: Iterable[str | os.PathLike[str]],
    *,
    statistics: bool,
    about: str = "",
    jobs: int = 1,
) -> None:
    """Write every report, even if one fails. `inputs` are the files that the run reads.

    With `statistics` the last one counts the findings instead. `about` names what the run looks at
    in its folder, unless that is everything; `jobs` is the number of processes to use. Raises
    OutputError.
    """
    errors: list[OutputError] = []
    inputs = list(inputs) if len(reports) > 1 else inputs
    for report in reports:
        form, file = report
        counted = statistics and report is reports[-1]
        lines = (
            _statistics(form, outcome)
            if counted
            else _lines(report, outcome, settings, about, jobs)
        )
        try:
            write_report(lines, file, inputs)
        except OutputRefused as error:
            errors.append(error)
        except OutputError as error:
            discard_report(file)
            errors.append(error)
    if errors:
        for each in errors[:-1]:
            echo_error(each)
        raise errors[-1]


def _statistics(form: str, outcome: Outcome) -> Iterator[str]:
    from seedlint.report import statistics

    as_json = form == "json"
    return (statistics.render_json if as_json else statistics.render)(outcome.diagnostics)


def _lines(
    report: Report,
    outcome: Outcome,
    settings: Settings,
    about: str,
    jobs: int,
) -> Iterator[str]:
    """The lines of a report.

    Formats are imported here because most runs have nothing to report.
    """
    found = outcome.diagnostics
    form, file = report
    if not found and form in _EMPTY_WHEN_CLEAN:
        return iter(())
    if form == "json":
        from seedlint.report import json

        return json.render(found)
    if form == "json-lines":
        from seedlint.report import json

        return json.render_lines(found)
    if form == "concise":
        from seedlint.report import concise

        return concise.render(found)

    from seedlint.text.source import SourceFile

    # Findings of many files may point into one or two others, which may be large.
    @lru_cache(maxsize=3)
    def read(path: str) -> SourceFile | None:
        # A finding may also point into a seed that was only compared with.
        try:
            data = discover.read_target(outcome.files.named(path), settings.limits.file_bytes)
        except OSError:
            return None
        return SourceFile.from_bytes(path, data)

    if form == "full":
        from seedlint.report import full

        color, links = (_use_color(), _use_links()) if file is None else (False, False)
        render = partial(full.render, read=read, color=color, links=links)
        return _in_workers(render, found, jobs)

    from seedlint.report.repository import repository_paths

    in_repository = repository_paths(os.getcwd(), os.environ)
    if form == "html":
        from seedlint.report import html

        return html.render(found, in_repository, read, outcome.seeds)
    if form == "rdjson":
        from seedlint.report import rdjson

        return rdjson.render(found, in_repository, read)
    if form == "sarif":
        import seedlint
        from seedlint.report import sarif
        from seedlint.rules import all_rules

        def rule_texts(code: str) -> sarif.RuleTexts:
            rule = all_rules()[code]
            return sarif.RuleTexts(rule.severity, rule.summary, rule.doc.strip())

        # Code hosts keep the results of several folders apart, as of several collections.
        folder = in_repository(shown_path(settings.root))
        is_part = not os.path.isabs(folder) and folder.partition("/")[0] not in _NO_FOLDERS
        parts = [folder, about] if is_part else [about]
        return sarif.render(
            found, in_repository, rule_texts, seedlint.__version__, list(filter(None, parts))
        )
    module = import_module(f"seedlint.report.{form}")
    lines: Iterator[str] = module.render(found, in_repository)
    return lines


def _in_workers(
    render: Callable[[Sequence[Diagnostic]], Iterator[str]],
    found: Iterable[Diagnostic],
    jobs: int,
) -> Iterator[str]:
    """What `render` makes of all findings, many lines at a time.

    If there are many findings, several processes do it.
    """

    def lay_out(share: Sequence[Diagnostic]) -> str:
        return "\n".join(render(share))

    findings = iter(found)
    while block := list(islice(findings, _BLOCK)):
        if jobs < 2 or len(block) < _WORTH_A_WORKER or not hasattr(os, "fork"):
            yield from render(block)
            continue
        import marshal

        from seedlint.workers import map_in_workers

        shares = [block[at : at + _SHARE] for at in range(0, len(block), _SHARE)]
        # What no worker can do, this process does.
        yield from map_in_workers(
            lay_out,
            shares,
            min(jobs, len(shares)),
            on_crash=lambda share, reason: lay_out(share),
            on_timeout=lay_out,
            timeout=_TIMEOUT_SECONDS,
            codec=marshal,
        )


def _use_color() -> bool:
    """On a terminal, unless https://no-color.org or a dumb terminal says otherwise."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(sys.stdout and sys.stdout.isatty()) or bool(os.environ.get("FORCE_COLOR"))


# Terminals that show OSC 8 hyperlinks, by what they set (https://github.com/Alhadis/OSC8-Adoption).
_LINKING_PROGRAMS = {"ghostty", "Hyper", "iTerm.app", "rio", "Tabby", "vscode", "WezTerm", "zed"}
_LINKING_TERMS = {"alacritty", "foot", "xterm-ghostty", "xterm-kitty"}


def _use_links() -> bool:
    """On a terminal that is known to show hyperlinks, or as `FORCE_HYPERLINK` says (0: never)."""
    given = os.environ.get
    if forced := given("FORCE_HYPERLINK"):
        return forced != "0"
    if not (sys.stdout and sys.stdout.isatty() and _use_color()):
        return False
    if given("CI") or given("TERM", "").startswith(("screen", "tmux")):
        return False
    vte = given("VTE_VERSION", "")
    return (
        given("TERM_PROGRAM") in _LINKING_PROGRAMS
        or given("TERM") in _LINKING_TERMS
        or any(given(name) for name in ("DOMTERM", "KONSOLE_VERSION", "WT_SESSION"))
        # The first release of the library behind GNOME's terminals that does not crash on them.
        or (vte.isdecimal() and int(vte) >= 5002)
    )
