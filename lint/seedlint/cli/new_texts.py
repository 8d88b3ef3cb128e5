"""New texts of seeds: written into their files, or shown as patches."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from types import TracebackType

from seedlint.cli.check import is_ci, plural
from seedlint.discover import Target
from seedlint.errors import InputError
from seedlint.files import reason_of
from seedlint.fix.patch import patch_of
from seedlint.fix.write import NotWritten, replace_file
from seedlint.report.sanitize import sanitize, sanitize_patch
from seedlint.report.stream import echo_err, write_bytes

# How many notes of one kind are listed.
_MOST_NOTES = 20


class NewTexts:
    """The new texts of a run, one after the other. A context.

    `done` and `left` are what is said of files that have one, and of those that stay as they are.
    `files` counts the former; `notes` say why the latter do, `errors` what could not be written.
    """

    def __init__(self, *, diff: bool, done: str, left: str) -> None:
        self._diff = diff
        self._done = done
        self._left = left
        self.files = 0
        self.notes: list[str] = []
        self.errors: list[InputError] = []

    def put(self, target: Target, old: bytes, new: bytes) -> bool:
        """Write the text of a file, or show its patch; True if that was done.

        Standard input is only counted: its text is written when all is done.
        """
        try:
            if self._diff:
                show_patch(target.shown, old, new)
            elif target.data is None:
                replace_file(target.path, old, new)
        except NotWritten as error:
            self.notes.append(f"{target.shown} was {self._left}: {reason_of(error)}")
            return False
        except OSError as error:
            message = f"not {self._done}: {reason_of(error)}"
            self.errors.append(InputError(message, path=target.path))
            return False
        self.files += 1
        return True

    def __enter__(self) -> NewTexts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exception is not None and self.files and not self._diff:
            echo_err(f"note: {plural(self.files, 'file')} had been {self._done} by then")


def echo_notes(notes: Sequence[str], done: str) -> None:
    """Say the first of some notes, and how many more there are."""
    for text in notes[:_MOST_NOTES]:
        echo_err(f"note: {text}")
    if more := len(notes[_MOST_NOTES:]):
        echo_err(f"note: {more:,} more {done}")


def show_patch(shown: str, old: bytes | None, new: bytes) -> None:
    """Write the patch of a file to standard output; `old` is None if there is no file yet."""
    lines = patch_of(os.fsencode(shown), old, new)
    if sys.stdout is not None and sys.stdout.isatty():
        # For people only: a terminal would obey what a stranger has written.
        harmless = (sanitize(line[:-1].decode("utf-8", "replace")) for line in lines)
        lines = (f"{line}\n".encode() for line in harmless)
    elif is_ci() and not _writes_to_file():
        lines = map(sanitize_patch, lines)
    write_bytes(lines)


def _writes_to_file() -> bool:
    """Whether standard output is a file, which no CI runner reads."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError):
        return False
