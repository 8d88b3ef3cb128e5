"""The command for click: its subcommands, and what is said when they are called wrongly."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click
from click.shell_completion import CompletionItem

import seedlint
from seedlint.cli.lazy_group import LazyGroup, Subcommand
from seedlint.report.stream import echo_err

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

_OWN_OPTIONS = frozenset(["-h", "--help", "-V", "--version"])


class _Commands(LazyGroup):
    subcommands: ClassVar[Mapping[str, Subcommand]] = {
        "check": Subcommand("seedlint.cli.check_command", "Check seeds (the default)."),
        "edit": Subcommand("seedlint.cli.edit", "Rename, set or delete a key in many seeds."),
        "init": Subcommand("seedlint.cli.init", "Set up seedlint in a repository."),
        "rule": Subcommand("seedlint.cli.rule", "Explain a rule, or list all."),
        "schema": Subcommand("seedlint.cli.schema", "Check or draft a contract."),
    }

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.subcommands and args[0] not in _OWN_OPTIONS:
            # As `main` does, so that a shell completes what `check` takes.
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Subcommands and what `check` takes, which is the default."""
        items = super().shell_complete(ctx, incomplete)
        check = self.get_command(ctx, "check")
        assert check is not None
        with check.make_context("check", [], parent=ctx, resilient_parsing=True) as checking:
            more = check.shell_complete(checking, incomplete)
        items += [each for each in more if each.value not in {item.value for item in items}]
        return items or [CompletionItem(incomplete, type="file")]


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`seedlint PATH...` is short for `seedlint check PATH...`, "
    "and `seedlint check --help` lists its options.",
)
@click.version_option(seedlint.__version__, "-V", "--version", message="%(prog)s %(version)s")
def _cli() -> None:
    """Lint the front matter of Markdown seeds against a JSON Schema, to the character."""


def run_click(arguments: Sequence[str]) -> int:
    """The exit code of the command with these arguments."""
    stdout = sys.stdout
    try:
        result: Any = _cli.main(list(arguments), prog_name="seedlint", standalone_mode=False)
    except click.ClickException as error:
        echo_err(f"seedlint: {error.format_message()}")
        if isinstance(error, click.UsageError):
            # click does not say whose option lacks its value.
            command = error.ctx.command_path if error.ctx else f"seedlint {arguments[0]}"
            echo_err(f"Try `{command} --help`.")
        return 2
    except SystemExit:
        # click replaces the stream when the reader of its help has seen enough.
        if sys.stdout is not stdout:
            return 0
        raise
    return result if isinstance(result, int) else 0
