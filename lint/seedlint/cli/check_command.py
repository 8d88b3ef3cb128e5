"""`seedlint check` for click, made from the table of options. What it does is in `check.py`."""

from __future__ import annotations

import click

from seedlint.cli.check import check
from seedlint.cli.completion import complete_selectors
from seedlint.cli.options import OPTIONS, Options, spellings, split_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The options that take rules.
_SELECTORS = ("select", "ignore")
_HELP = """Check seeds: files, or folders with Markdown files in them; `-` is standard input.

Without PATHS, what the configuration includes. Exit code 0: everything was checked and
nothing at error level was found; 1: findings; 2: the run could not be trusted.
"""


def _split(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Any:
    return split_list(value)


def _tuple(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Any:
    return value or None


def _once(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> str | None:
    if len(value) > 1:
        raise click.UsageError(f"{parameter.opts[0]} can be given only once", ctx)
    return value[0] if value else None


def parameter(name: str) -> click.Option:
    """The option of `check` with this name in `OPTIONS`."""
    option = OPTIONS[name]
    types = {
        "path": click.Path(),
        "choice": click.Choice(option.choices),
        "number": click.IntRange(option.least, option.most),
    }
    takes_list = option.takes == "list"
    several = takes_list or option.takes == "texts"
    return click.Option(
        [*spellings(name), name],
        type=types.get(option.takes),
        is_flag=option.takes == "nothing",
        multiple=several or option.once,
        callback=_split if takes_list else _once if option.once else _tuple if several else None,
        default=None if several or option.once else Options._field_defaults[name],
        envvar=option.variable,
        help=option.help,
        shell_complete=complete_selectors if name in _SELECTORS else None,
    )


command = click.Command(
    "check",
    callback=lambda **options: check(Options(**options)),
    params=[
        click.Argument(["paths"], nargs=-1, type=click.Path()),
        *(parameter(name) for name in OPTIONS),
    ],
    help=_HELP,
)
