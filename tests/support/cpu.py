"""Bounds on work. They count CPU time, which a busy machine hardly changes, never wall time."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CPU_SECONDS = 30
"""Many times what linear work on the inputs of these tests takes, a fraction of quadratic work."""
HANGING = 400
"""Wall seconds after which a process that we wait for is taken to hang. No verdict on speed."""


@contextmanager
def cpu_limit() -> Iterator[None]:
    """Fail once the body has computed for `CPU_SECONDS`; unbounded without interval timers."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    previous = signal.signal(signal.SIGPROF, _fail)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _fail(signum: int, frame: FrameType | None) -> None:
    raise AssertionError("the work takes far longer than linear work would")
