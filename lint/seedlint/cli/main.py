"""`seedlint`: picks the subcommand and turns whatever happens into an exit code."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import Any

import click

import seedlint
from seedlint.errors import SeedlintError
from seedlint.report.stream import prepare_streams, say

_COMMANDS = {
    "check": "Check seeds (the default).",
    "rule": "Explain a rule, or list all.",
}
_INTERRUPTED = 130
_TERMINATED = 143


class _Commands(click.Group):
    """Subcommands that are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"seedlint.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`seedlint PATH...` is short for `seedlint check PATH...`.",
)
@click.version_option(seedlint.__version__, "-V", "--version", message="%(prog)s %(version)s")
def _cli() -> None:
    """Lint the front matter of Markdown seeds against a JSON Schema, to the character."""


class _Terminated(BaseException):
    """SIGTERM has come."""


def _on_sigterm(signum: int, frame: FrameType | None) -> None:
    raise _Terminated


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 clean, 1 findings, 2 failure, 130 and 143 on signals."""
    prepare_streams()
    signal.signal(signal.SIGTERM, _on_sigterm)
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or arguments[0] not in {*_COMMANDS, "-h", "--help", "-V", "--version"}:
        arguments.insert(0, "check")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str]) -> int:
    try:
        result: Any = _cli.main(arguments, prog_name="seedlint", standalone_mode=False)
    except click.ClickException as error:
        say(f"seedlint: {error.format_message()}")
        if isinstance(error, click.UsageError):
            say("Try `seedlint --help`.")
        return 2
    except (click.Abort, KeyboardInterrupt):
        say("seedlint: interrupted")
        return _INTERRUPTED
    except _Terminated:
        say("seedlint: terminated")
        return _TERMINATED
    except SeedlintError as error:
        say(f"seedlint: {error}")
        if error.help:
            say(f"  help: {error.help}")
        return 2
    except OSError as error:
        # Help and version texts are written by click: a full disk or a closed pipe.
        say(f"seedlint: output could not be written: {error.strerror or error}")
        return 2
    return result if isinstance(result, int) else 0
