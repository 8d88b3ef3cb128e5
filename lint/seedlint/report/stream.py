"""Where a report goes, and what happens when it cannot."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress

from seedlint.errors import OutputError, OutputRefused, SeedlintError
from seedlint.files import NO_FOLLOW, copy_owner_and_mode, read_regular_file, reason_of
from seedlint.report.sanitize import sanitize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# Other names of an open file. They are links, and what they lead to is the caller's choice.
_DESCRIPTOR = r"/dev/(?:stdout|stderr)|/(?:dev|proc/self)/fd/([0-9]{1,9})"
_STANDARD = {"/dev/stdout": 1, "/dev/stderr": 2}
# How a report begins, by format; the first two lines are `json`, `concise` and `full`. That of a
# clean run is empty in some of them.
_BEGINNING = (
    rb"\[\]\s*\Z|\[\r?\n +\{\r?\n +\"code\": "
    rb"|[^\r\n]+:[0-9]+:[0-9]+: [A-Z]+[0-9]{3} "
    rb"|(?:error|warning|info)\[[A-Z]+[0-9]{3} [a-z0-9-]+\]: "
    rb"| *[0-9]+  [A-Z]+[0-9]{3} +[a-z0-9-]+(?: \([0-9]+ fixable\))?\r?\n"
    rb"|\{\"code\": \"[A-Z]+[0-9]{3}\""
    rb"|::(?:error|warning|notice) title=[A-Z]+[0-9]{3} "
    rb"|\[\r?\n +\{\r?\n +\"description\": \"[A-Z]+[0-9]{3}: "
    rb"|<\?xml version=\"1\.0\" encoding=\"utf-8\"\?>\r?\n<testsuites name=\"seedlint\""
    rb"|## seedlint\r?\n"
    rb"|<!doctype html>\r?\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>seedlint<"
    rb"|\{\"source\": \{\"name\": \"seedlint\"\}"
    rb"|\{[^{]+, \"runs\": \[\{\r?\n\"tool\": \{\"driver\": \{\"name\": \"seedlint\""
    rb"|\Z"
)
_LONGEST_BEGINNING = 64 * 1024


def write_report(
    lines: Iterable[str],
    output_file: str | None,
    inputs: Iterable[str | os.PathLike[str]] = (),
    *,
    what: str = "report",
) -> None:
    """Write lines to standard output, or to a file in UTF-8; `what` errors call them.

    A file takes the place of the one before when it is complete. Raises OutputError when not all
    could be written; OutputRefused, before anything is written, for a symbolic link and for one of
    `inputs`, the files that the run reads. A reader that has seen enough and closed the pipe is not
    a failure: it got what it asked for.
    """
    if output_file is None and sys.stdout is None:
        raise OutputError(f"the {what} could not be written: standard output is closed")
    try:
        if output_file is None:
            _write(lines, sys.stdout)
        else:
            with _opened(output_file, inputs, what) as stream:
                _write(lines, stream)
    except OSError as error:
        _give_up(error, output_file, what)


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write to standard output, as it is. Raises OutputError; a closed pipe is not a failure."""
    if sys.stdout is None:
        raise OutputError("the text could not be written: standard output is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up(error, None, "text")


def _give_up(error: OSError, output_file: str | None, what: str) -> None:
    """Say that not all could be written, unless nobody reads on. Raises OutputError."""
    if output_file is None:
        # Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return
    message = f"the {what} could not be written: {reason_of(error)}"
    raise OutputError(message, path=output_file) from None


def _write(lines: Iterable[str], stream: TextIO) -> None:
    try:
        stream.writelines(f"{line}\n" for line in lines)
        stream.flush()
    finally:
        if isinstance(lines, Generator):
            # The processes that lay them out end with it.
            lines.close()


@contextmanager
def _opened(
    output_file: str, inputs: Iterable[str | os.PathLike[str]], what: str
) -> Iterator[TextIO]:
    """The stream of a report. Raises OSError where there can be none."""
    if name := re.fullmatch(_DESCRIPTOR, output_file):
        with _stream(_duplicate(int(name[1] or _STANDARD[output_file]))) as stream:
            yield stream
        return
    try:
        before = os.lstat(output_file)
    except FileNotFoundError:
        with _replacing(output_file) as stream:
            yield stream
        return
    if stat.S_ISLNK(before.st_mode):
        raise _refusal(output_file, what, "it is a symbolic link")
    if not stat.S_ISREG(before.st_mode):
        # A device or a pipe; opening a folder fails.
        with _stream(os.open(output_file, os.O_WRONLY | NO_FOLLOW)) as stream:
            yield stream
        return
    if any(_is(before, path) for path in inputs):
        raise _refusal(output_file, what, "this run reads the file")
    if not os.access(output_file, os.W_OK):
        raise _refusal(output_file, what, "permission denied")
    with _replacing(output_file) as stream:
        copy_owner_and_mode(before, stream.fileno())
        yield stream


def _duplicate(descriptor: int) -> int:
    if (descriptor, None) in ((1, sys.stdout), (2, sys.stderr)):
        # What is there now `prepare_streams` has opened.
        raise OSError("it is closed")
    return os.dup(descriptor)


def _is(status: os.stat_result, path: str | os.PathLike[str]) -> bool:
    """Whether `path` leads to the file of this status, whatever its name."""
    try:
        return os.path.samestat(os.stat(path), status)
    except (OSError, ValueError):
        return False


def _refusal(output_file: str, what: str, reason: str) -> OutputRefused:
    return OutputRefused(f"the {what} could not be written: {reason}", path=output_file)


@contextmanager
def _replacing(output_file: str) -> Iterator[TextIO]:
    """A new file that takes the place of `output_file`, unless the body raises."""
    # In the same folder, under a name of its own: the report's may be as long as a name can be.
    temporary = os.path.join(os.path.dirname(output_file), f".seedlint-{os.urandom(8).hex()}.tmp")
    try:
        with _stream(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)) as stream:
            yield stream
        os.replace(temporary, output_file)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _stream(descriptor: int) -> TextIO:
    return open(descriptor, "w", encoding="utf-8", newline="\n")


def discard_report(output_file: str | None) -> None:
    """Remove the report of an earlier run, which would pass for that of a run that has failed.

    What does not begin like a report stays: a run that fails early does not know its inputs, and
    one of them may have been named by mistake.
    """
    if not output_file:
        return
    with suppress(OSError):
        beginning, _ = read_regular_file(output_file, _LONGEST_BEGINNING)
        if re.match(_BEGINNING, beginning):
            os.unlink(output_file)


def echo_err(message: str) -> None:
    """One line for people on standard error; a closed or full one is not worth failing for."""
    if sys.stderr is None:
        # `print` would take standard output instead.
        return
    try:
        print(sanitize(message), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def echo_error(error: SeedlintError) -> None:
    """A failure on standard error, with what to do about it."""
    echo_err(f"seedlint: {error}")
    if error.help:
        echo_err(f"  help: {error.help}")


def prepare_streams() -> None:
    """Make both streams take any text: what an encoding lacks is shown as an escape.

    Streams that are closed are opened, so that no file opened later is taken for one.
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
