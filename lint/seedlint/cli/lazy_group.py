"""Groups of subcommands that are imported when they are run."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar, NamedTuple

import click


class Subcommand(NamedTuple):
    """A subcommand: the module that has it as `command`, and its help in one line."""

    module: str
    help: str


class LazyGroup(click.Group):
    """A group that imports the module of a subcommand when it is asked for it."""

    subcommands: ClassVar[Mapping[str, Subcommand]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(self.subcommands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand with this name."""
        if cmd_name not in self.subcommands:
            return None
        command: click.Command = import_module(self.subcommands[cmd_name].module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of subcommands, none of which is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.help) for name, each in self.subcommands.items()])
