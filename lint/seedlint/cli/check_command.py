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
    help="The JSON Schema to check against.  [default: the article contract]",
)
@click.option("--config", type=click.Path(), help="The configuration file to use.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option(
    "--root",
    type=click.Path(),
    help="The folder that patterns start from.  "
    "[default: the folder of the configuration that was found, else the working directory]",
)
@click.option(
    "--select", multiple=True, callback=_split, help="Rules to check: codes, prefixes, names, ALL."
)
@click.option(
    "--ignore", multiple=True, callback=_split, help="Rules to leave out: codes, prefixes, names."
)
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    help="The format of the report.  [default: full]",
)
@click.option("-o", "--output-file", type=click.Path(), help="Write the report to this file.")
@click.option("--statistics", is_flag=True, help="Count findings per rule instead of listing them.")
@click.option("--stdin-filename", help="Check standard input, under this name.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="The mildest findings that fail the run.  [default: error]",
)
@click.option(
    "--ignore-suppressions", is_flag=True, help="Also report what comments in seeds suppress."
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Apply `include` and `exclude` to the files in PATHS, too.",
)
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
    help="Do not use the cache.",
)
@click.option(
    "--cache-dir",
    type=click.Path(),
    envvar="SEEDLINT_CACHE_DIR",
    help="The cache folder.  [default: the user's cache folder; none in CI]",
)
@click.option("-q", "--quiet", is_flag=True, help="Write no summary, only findings.")
def command(**options: Any) -> int:
    """Check seeds: files, or folders with Markdown files in them; `-` is standard input.

    Without PATHS, what the configuration includes. Exit code 0: everything was checked and
    nothing at error level was found; 1: findings; 2: the run could not be trusted.
    """
    return check(Options(**options))
