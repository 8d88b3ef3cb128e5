"""A bound on the time that one file may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitExceeded(BaseException):
    """The time is up. Not an Exception, so that no handler on the way takes it for its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitExceeded in the body once it has run for `seconds` of wall time.

    An interval timer interrupts regular expressions, the YAML parser and the validator alike.
    Where there is none (Windows, or outside the main thread) the body runs unbounded, and the
    watchdog of `workers` is the only bound.
    """
    with alarm_handled() as is_handled:
        if not is_handled:
            yield
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def alarm_handled() -> Iterator[bool]:
    """Prepare for many limits in the body: each of them then costs a tenth. Says if there are any.

    Changing a handler takes longer than reading a seed.
    """
    global _is_handled
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield False
        return
    if _is_handled:
        yield True
        return
    previous = signal.signal(signal.SIGALRM, _raise)
    _is_handled = True
    try:
        yield True
    finally:
        _is_handled = False
        signal.signal(signal.SIGALRM, previous)


_is_handled = False


def _raise(signum: int, frame: FrameType | None) -> None:
    raise TimeLimitExceeded
