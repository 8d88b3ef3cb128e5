"""`seedlint schema check`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from seedlint import discover
from seedlint.cli.check import (
    INCOMPLETE,
    count_findings,
    echo_errors,
    exit_code,
    plural,
    raise_if_nothing,
    settings_of,
)
from seedlint.cli.check_command import parameter
from seedlint.cli.options import Options
from seedlint.cli.reports import Report, with_reports, write_reports
from seedlint.cli.stdin import read_stdin
from seedlint.contracts import Contract, check_contract
from seedlint.discover import Target
from seedlint.errors import InputError
from seedlint.files import shown_path
from seedlint.outcome import Outcome
from seedlint.report.stream import echo_err
from seedlint.schema.files import split_fragment
from seedlint.schema.json_source import MOST_BYTES
from seedlint.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HELP = """Check contracts: JSON Schemas in JSON or YAML, FILE or FILE#/POINTER; `-` is stdin.

Without FILES, those that the configuration names. Exit code 0: nothing at error level was
found; 1: findings; 2: the run could not be trusted.
"""
_UNNAMED = "<stdin>"
_IS_JSON = "standard input is read as JSON; with YAML in it, --stdin-filename contract.yaml says so"
# Those options of `check` that are not about seeds.
_OPTIONS = (
    "config",
    "isolated",
    "root",
    "select",
    "ignore",
    "output_format",
    "output_file",
    "report",
    "statistics",
    "stdin_filename",
    "exit_zero",
    "fail_on",
    "max_warnings",
    "quiet",
)


def _check(options: Options, reports: Sequence[Report]) -> int:
    settings = settings_of(options, about_contracts=True)
    if contract := _standard_input(options):
        contracts, errors = [contract], list[InputError]()
    else:
        contracts, errors = _find(options.paths or tuple(_configured(settings)))
    raise_if_nothing(contracts, errors)
    if not contracts:
        advice = "name one, as in `seedlint schema check post.schema.json`"
        raise InputError("no contract is named, and the configuration names none", help=advice)
    outcome = Outcome(len(contracts))
    named = {os.path.realpath(each.target.path) for each in contracts}
    for contract in contracts:
        checked = check_contract(contract, settings, leave_out=named)
        for target in (contract.target, *checked.others):
            outcome.files.add(*target)
        outcome.add(checked.result, settings)
    files = [each.path for each in outcome.files]
    config = [] if settings.config is None else [settings.config]
    write_reports(
        reports,
        outcome,
        settings,
        [*config, *files],
        statistics=options.statistics,
        about="schema-check",
    )
    echo_errors(errors)
    if not options.quiet:
        first = contracts[0].target
        if outcome.unchecked and first.path == _UNNAMED and not _begins_as_json(first.data):
            echo_err(f"note: {_IS_JSON}")
        found = count_findings(outcome, is_complete=not errors)
        text = f"{found} {plural(len(contracts), 'contract')}"
        if outcome.suppressed:
            text += f"; {plural(outcome.suppressed, 'finding')} suppressed"
        echo_err(text + (INCOMPLETE if errors else ""))
    return exit_code(options, settings, outcome, errors)


def _configured(settings: Settings) -> Iterator[str]:
    """The contracts that the configuration names."""
    for each in settings.of_each():
        if each.schema is not None:
            yield os.fspath(each.schema)


def _standard_input(options: Options) -> Contract | None:
    """The contract in standard input, if the run is about it. Raises InputError."""
    name, takes_dash = options.stdin_filename, discover.STDIN in options.paths
    if name is None and not takes_dash:
        return None
    if options.paths not in ((), (discover.STDIN,)):
        what = "`-` (standard input)" if takes_dash else "--stdin-filename"
        raise InputError(f"{what} cannot be combined with files")
    path, fragment = split_fragment(name or _UNNAMED)
    path = path or _UNNAMED
    return Contract(Target(path, shown_path(path), read_stdin(MOST_BYTES)), fragment)


def _begins_as_json(data: bytes | None) -> bool:
    return data is not None and data.lstrip().startswith(b"{")


def _find(names: Sequence[str]) -> tuple[list[Contract], list[InputError]]:
    """The contracts with these names, each once, and what is wrong with other names."""
    found: dict[tuple[str, str], Contract] = {}
    errors: list[InputError] = []
    for name in names:
        path, fragment = split_fragment(name)
        if not os.path.lexists(path):
            errors.append(InputError("no such file", path=name))
        elif os.path.isdir(path):
            errors.append(InputError("it is a folder; name the files", path=name))
        else:
            shown = shown_path(path)
            found.setdefault((shown, fragment), Contract(Target(path, shown), fragment))
    return list(found.values()), errors


def _run(files: tuple[str, ...], **options: Any) -> int:
    return with_reports(Options(files, **options), _check)


command = click.Command(
    "check",
    callback=_run,
    params=[
        click.Argument(["files"], nargs=-1, type=click.Path()),
        *(parameter(name) for name in _OPTIONS),
    ],
    help=_HELP,
)
