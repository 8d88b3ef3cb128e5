"""`seedlint schema infer`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from seedlint.cli.check import cores, echo_errors, plural, raise_if_nothing, settings_of
from seedlint.cli.check_command import same_option
from seedlint.cli.options import Options
from seedlint.discover import Files, find_targets
from seedlint.errors import InputError
from seedlint.infer.contract import find_departures, load_text, text_of
from seedlint.infer.draft import ENOUGH_SEEDS, Wishes, draft
from seedlint.infer.evidence import copies
from seedlint.infer.survey import Survey, survey
from seedlint.report.stream import echo_err, write_report
from seedlint.settings import Settings

# How many lines of one kind are listed.
_MOST_LISTED = 50
_HELP = """Draft a contract from seeds: files, or folders with Markdown files in them.

The contract, a JSON Schema, goes to standard output; what people should look at goes to standard
error: rare keys and values, and seeds that cannot be read.

Exit code 0: done; 1: a seed could not be read, or, with a threshold, departs from the contract; 2:
there is no contract.
"""


@click.command("infer", help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--required-threshold",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="SHARE",
    default=1.0,
    help="Require keys that this part of the seeds has, and list the others.  [default: 1]",
)
@click.option("--ranges", is_flag=True, help="Allow only numbers and lengths as seen.")
@same_option("config")
@same_option("isolated")
@same_option("root")
@same_option("jobs")
@click.option("-q", "--quiet", is_flag=True, help="Write no notes and no summary.")
def command(
    paths: tuple[str, ...],
    required_threshold: float,
    ranges: bool,
    config: str | None,
    isolated: bool,
    root: str | None,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Run the command; the exit code."""
    settings = settings_of(Options(config=config, isolated=isolated, root=root), needs_schema=False)
    targets, _, errors = find_targets(paths, settings)
    raise_if_nothing(targets, errors)
    if settings.collections and not paths:
        # What they have in common is hardly what anybody wants to know.
        echo_err("warning: the files of all collections are taken together; name those of one")
    wishes = Wishes(required_threshold, ranges)
    found = survey(targets, settings.limits, jobs or cores())
    text, notes = draft_text(found, wishes)
    departures: Sequence[str] = ()
    if required_threshold < 1:
        departures = _departures(text, targets, found, settings)
    write_report(text.splitlines(), None)
    if not quiet:
        echo_listed("note", notes)
    echo_unread(found)
    echo_listed("departs", departures)
    echo_errors(errors)
    if not quiet:
        echo_err(f"drafted from {plural(found.seeds, 'seed')}{_copies(found)}")
    return 2 if errors else int(bool(found.unread or departures))


def draft_text(found: Survey, wishes: Wishes) -> tuple[str, list[str]]:
    """The contract of the seeds that were read, as text, and what to know of it.

    Raises InputError if there were none.
    """
    if found.root is None:
        echo_unread(found)
        raise InputError("no seed could be read, so there is nothing to draft a contract from")
    drafted = draft(found, wishes)
    text = text_of(drafted.schema)
    # A draft that does not pass is our own mistake, and says so.
    load_text(text)
    if found.seeds < ENOUGH_SEEDS:
        echo_err(
            "warning: "
            f"{plural(found.seeds, 'seed')}, fewer than {ENOUGH_SEEDS}: the contract lists no "
            "values and accepts any further key, and many new seeds may still depart from it"
        )
    return text, drafted.notes


def echo_unread(found: Survey) -> None:
    """Name the seeds that could not be read."""
    for each in found.unread:
        echo_err(f"seedlint: cannot read {each.shown}{each.place}: {each.reason}")


def echo_listed(word: str, lines: Sequence[str]) -> None:
    """Say the first of some things, and how many more there are."""
    for line in lines[:_MOST_LISTED]:
        echo_err(f"{word}: {line}")
    if more := len(lines[_MOST_LISTED:]):
        echo_err(f"{word}: {more:,} more")


def _departures(text: str, targets: Files, found: Survey, settings: Settings) -> Sequence[str]:
    """Where the seeds that were read depart from the contract, each in one line."""
    unread = {each.shown for each in found.unread}
    read = [target for target in targets if target.shown not in unread]
    return [
        f"{each.path}:{each.region.start.line}: {each.message}"
        for each in find_departures(read, load_text(text), settings.limits)
    ]


def _copies(found: Survey) -> str:
    return f"; {copies(found.copies)}" if found.copies else ""
