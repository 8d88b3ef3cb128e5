"""A bound on the time that one file may take.

What is bounded is work: the CPU time of the thread. A process that is stopped (Ctrl-Z, `docker
pause`), that waits for a disk or shares its cores with many others does none, so how busy a machine
is never changes a verdict. Whatever blocks without working is left to the watchdog of `workers`.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The system may count a moment more than the thread's own clock.
_MOMENT = 0.001
# An exception that is raised in a finalizer or a callback of the garbage collector goes no further:
# the body is interrupted again, unless it ended within this time.
_AGAIN = 0.05


class TimeLimitExceeded(BaseException):
    """The time is up. Not an Exception, so that no handler on the way takes it for its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in the body once it has worked for `seconds` of CPU time.

    The profiling timer interrupts regular expressions, the YAML parser and the validator alike. It
    counts the work of all threads of a program, so the thread's own clock has the last word. Where
    there is no such timer (Windows, a thread that is not the main one), or the program uses it for
    something else, the body runs unbounded but for the watchdog of `workers`, where there are any.
    """
    end = time.thread_time() + seconds
    is_over = False

    def interrupt(signum: int, frame: FrameType | None) -> None:
        left = end - time.thread_time()
        if is_over:
            return
        signal.setitimer(signal.ITIMER_PROF, max(left, _MOMENT) if left > 0 else _AGAIN)
        if left > 0:
            return
        raise TimeLimitExceeded

    previous = _take_over_timer(interrupt)
    if previous is None:
        yield
        return
    try:
        # Within, so that the timer ends however little time there is.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _take_over_timer(interrupt: Callable[[int, FrameType | None], None]) -> Any:
    """Handle the profiling timer's signal; the handler before, None if it cannot be done."""
    if not hasattr(signal, "ITIMER_PROF") or signal.getitimer(signal.ITIMER_PROF)[0] != 0:
        return None
    if signal.getsignal(signal.SIGPROF) is None:
        # The handler of a profiler that is not written in Python.
        return None
    try:
        return signal.signal(signal.SIGPROF, interrupt)
    except ValueError:
        # This is not the main thread.
        return None
