"""The options of `seedlint check`."""

from __future__ import annotations

from typing import Any

import click

from seedlint.cli.check import Options, check


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
    "--root",
    type=click.Path(),
    help="The folder that patterns start from.  "
    "[default: that of the configuration that was found, else the working directory]",
)
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
@click.option("--statistics", is_flag=True, help="Count findings per rule.")
@click.option("--stdin-filename", help="Check the seed on standard input, called this.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
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
def command(**options: Any) -> int:
    """Check seeds: files, or folders with Markdown files in them; `-` is standard input.

    Without PATHS, what the configuration includes. Exit code 0: everything was checked and
    nothing at error level was found; 1: findings; 2: the run could not be trusted.
    """
    return check(Options(**options))
