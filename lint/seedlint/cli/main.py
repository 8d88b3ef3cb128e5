"""`seedlint`: picks the subcommand and turns whatever happens into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from seedlint.cli.check import check
from seedlint.cli.options import parse_plain
from seedlint.errors import InputError, SeedlintError
from seedlint.files import reason_of
from seedlint.report.stream import echo_err, echo_error, prepare_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_STOPS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
_SAME_STOP_SECONDS = 1.0
_SUBCOMMANDS = ("check", "edit", "init", "rule", "schema")
# What comes first on a command line that is not about checking.
_NOT_CHECK = frozenset([*_SUBCOMMANDS[1:], "-h", "--help", "-V", "--version"])
# Asks click to write completions for a shell.
_COMPLETE = "_SEEDLINT_COMPLETE"


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
        # Anything that matters was flushed earlier, and errors were reported then.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    # Shutting the interpreter down takes 2 ms.
    os._exit(code)


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of the command with these arguments; it takes over signals and streams."""
    prepare_streams()
    stop = _Stop()
    for signum in _STOPS:
        # Leave SIGINT ignored if it was ignored when we were started.
        if signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, stop)
    try:
        return _run(arguments)
    except _Stopped as stopped:
        echo_err(f"seedlint: {_STOPS[stopped.signal]}")
        return 128 + stopped.signal
    except SeedlintError as error:
        echo_error(error)
        return 2
    except ImportError as error:
        echo_err(f"seedlint: the module `{error.name}` is missing: install seedlint again")
        if error.name == "_ruamel_yaml":
            echo_err("  help: it is the C parser that the package ruamel.yaml.clib brings")
        return 2
    except OSError as error:
        place = f"{error.filename}: " if error.filename is not None else ""
        echo_err(f"seedlint: {place}{reason_of(error)}")
        return 2
    except Exception as error:
        echo_err(f"seedlint: internal error, please report it: {_describe(error)}")
        return 2


def _run(arguments: Sequence[str]) -> int:
    """Run the command, by click only where that is needed. Raises what goes wrong."""
    if not arguments or arguments[0] not in _NOT_CHECK:
        given = arguments[1:] if arguments[:1] == ["check"] else arguments
        if _COMPLETE not in os.environ:
            if arguments:
                _refuse_misspelt_subcommand(arguments[0])
            options = parse_plain(given)
            if options is not None:
                return check(options)
        arguments = ["check", *given]
    from seedlint.cli.commands import run_click

    return run_click(arguments)


def _refuse_misspelt_subcommand(argument: str) -> None:
    """Raise InputError if the first argument is not a path and nearly a subcommand."""
    if not argument.isalpha() or argument == "check" or os.path.lexists(argument):
        return
    from seedlint.text.nearest import nearest

    if similar := nearest(argument, _SUBCOMMANDS):
        advice = f"a similar subcommand exists: `{similar}`"
        raise InputError("no such file or folder", path=argument, help=advice)


def _describe(error: Exception) -> str:
    """What was raised and by which line of the program, without what it says about the input."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f" at {last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{place}"
