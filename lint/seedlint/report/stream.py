"""Where a report goes, and what happens when it cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from seedlint.errors import OutputError
from seedlint.report.neutral import neutral


def write_report(lines: Iterable[str], output_file: str | None) -> None:
    """Write lines to standard output, or to a file in UTF-8.

    Raises OutputError when they could not all be written. A reader that has seen enough and
    closed the pipe is no failure: what it asked for it got.
    """
    if output_file is None and sys.stdout is None:
        raise OutputError("the report could not be written: standard output is closed")
    try:
        if output_file is not None:
            with open(output_file, "w", encoding="utf-8", newline="\n") as stream:
                _write(lines, stream)
        else:
            _write(lines, sys.stdout)
    except BrokenPipeError:
        # Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if output_file is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = (error.strerror or "error").lower()
        raise OutputError(
            f"the report could not be written: {reason}",
            path=output_file,
        ) from None


def _write(lines: Iterable[str], stream: TextIO) -> None:
    for line in lines:
        stream.write(line + "\n")
    stream.flush()


def say(message: str) -> None:
    """One line for people on standard error; a closed or full one is not worth failing for."""
    if sys.stderr is None:
        # `print` would take standard output instead.
        return
    try:
        print(neutral(message), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def prepare_streams() -> None:
    """Make both streams take any text: what an encoding lacks is shown as an escape.

    Streams that are closed are filled, so that no file opened later is taken for one.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
