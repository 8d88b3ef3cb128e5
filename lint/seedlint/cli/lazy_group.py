"""Groups of subcommands that are imported when they are run."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from seedlint.named_tuple import NamedTuple
from seedlint.text.nearest import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments; without any, say what there is, and not in a page of help."""
        if not args and not ctx.resilient_parsing:
            raise click.UsageError(f"no subcommand: name {self._named()}", ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that is named."""
        if not ctx.resilient_parsing and args[0] not in self.subcommands and args[0][:1] != "-":
            hint = did_you_mean(args[0], self.subcommands) or f": name {self._named()}"
            raise click.UsageError(f"no subcommand is called `{args[0]}`{hint}", ctx)
        return super().resolve_command(ctx, args)

    def _named(self) -> str:
        *others, last = (f"`{name}`" for name in self.subcommands)
        return f"{', '.join(others)} or {last}"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of subcommands, none of which is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.help) for name, each in self.subcommands.items()])
