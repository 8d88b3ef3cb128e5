"""How far a long run has come, on a terminal.

It is one line of standard error that is written over and erased before anything else is written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO, TypeVar

    Item = TypeVar("Item")

# Shorter runs show nothing, and the line is not written more often than this, in seconds.
_DELAY = 0.5
_INTERVAL = 0.1
_BAR = 20


class Progress:
    """The line. A context: on leaving it the line is gone."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock() + _DELAY
        self._width = 0

    def __call__(self, items: Iterable[Item], total: int) -> Iterator[Item]:
        """The same items, counted as they come."""
        for number, item in enumerate(items):
            if self._clock() >= self._next:
                self._show(number, total)
            yield item

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        self._write("")

    def _show(self, done: int, total: int) -> None:
        filled = "=" * (_BAR * done // total)
        self._write(f"[{filled:<{_BAR}}] {done:,} of {total:,} files")
        self._next = self._clock() + _INTERVAL

    def _write(self, line: str) -> None:
        # Longer lines would go on in the next one, where nothing erases them.
        line = line[: _columns(self._stream) - 1]
        if line or self._width:
            # Blanks, because not every terminal knows sequences.
            text = f"\r{line:<{self._width}}" + ("" if line else "\r")
            self._width = len(line)
            with suppress(OSError, ValueError):
                self._stream.write(text)
                self._stream.flush()


def _columns(stream: TextIO) -> int:
    with suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or 80
    return 80
