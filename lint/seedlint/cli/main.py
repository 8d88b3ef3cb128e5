"""`seedlint`: picks the subcommand and turns whatever happens into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

import seedlint
from seedlint.errors import SeedlintError
from seedlint.report.stream import prepare_streams, say

_COMMANDS = {
    "check": "Check seeds (the default).",
    "rule": "Explain a rule, or list all.",
}
_STOPS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
_SAME_STOP_SECONDS = 1.0


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


class _Stopped(BaseException):
    """SIGINT or SIGTERM has come."""

    def __init__(self, signum: int) -> None:
        self.signal = signal.Signals(signum)


class _Stop:
    """The handler of both signals.

    `timeout` and impatient people send them twice; the second must not disturb what the first
    has set in motion.
    """

    def __init__(self) -> None:
        self._last = -_SAME_STOP_SECONDS

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._last >= _SAME_STOP_SECONDS:
            self._last = now
            raise _Stopped(signum)


def main() -> NoReturn:
    """Run the command and end the process: 0 clean, 1 findings, 2 failure, 130, 143 on signals."""
    code = run_command(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        # What is of importance has been flushed before, and its failure reported.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    # Taking the interpreter apart takes as long as checking fifty seeds.
    os._exit(code)


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of the command with these arguments; it takes over signals and streams."""
    prepare_streams()
    stop = _Stop()
    for signum in _STOPS:
        # Who starts seedlint in the background may have it ignore SIGINT.
        if signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, stop)
    arguments = list(arguments)
    if not arguments or arguments[0] not in {*_COMMANDS, "-h", "--help", "-V", "--version"}:
        arguments.insert(0, "check")
    return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    stdout = sys.stdout
    try:
        result: Any = _cli.main(arguments, prog_name="seedlint", standalone_mode=False)
    except click.ClickException as error:
        say(f"seedlint: {error.format_message()}")
        if isinstance(error, click.UsageError):
            say("Try `seedlint --help`.")
        return 2
    except _Stopped as stopped:
        say(f"seedlint: {_STOPS[stopped.signal]}")
        return 128 + stopped.signal
    except SeedlintError as error:
        say(f"seedlint: {error}")
        if error.help:
            say(f"  help: {error.help}")
        return 2
    except SystemExit:
        # click replaces the stream when the reader of its help has seen enough.
        if sys.stdout is not stdout:
            return 0
        raise
    except ImportError as error:
        say(f"seedlint: the module `{error.name}` is missing: install seedlint again")
        if error.name == "_ruamel_yaml":
            say("  help: it is the C parser that the package ruamel.yaml.clib brings")
        return 2
    except OSError as error:
        place = f"{error.filename}: " if error.filename is not None else ""
        say(f"seedlint: {place}{(error.strerror or str(error)).lower()}")
        return 2
    except Exception as error:
        say(f"seedlint: internal error, please report it: {_describe(error)}")
        return 2
    return result if isinstance(result, int) else 0


def _describe(error: Exception) -> str:
    """What was raised and by which line of the program, without what it says about the input."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f" at {last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{place}"
