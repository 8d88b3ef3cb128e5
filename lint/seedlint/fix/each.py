"""Many files that are fixed or edited, on several processes."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from seedlint.discover import Target
from seedlint.workers import map_in_workers

Result = TypeVar("Result")
Work = tuple[Callable[[Target], Result], Target]
"""What is done with a file, and the file."""

# Starting a process pays off from this many files on.
_WORTH_A_WORKER = 8
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10


def do_each(
    work: Sequence[Work[Result]], jobs: int, seconds: float, give_up: Callable[[str], Result]
) -> Iterator[Result]:
    """What comes of each file, in order; nothing is written.

    Uses at most `jobs` processes, and at least one, so that no file can end the run; with 0 or
    without fork, this process does the work. `seconds` is what one file may take, and `give_up`
    makes a result of a reason.
    """
    if not gc.isenabled():
        # As on the full path: exceptions make reference cycles.
        gc.freeze()
        gc.enable()

    def do(each: Work[Result]) -> Result:
        what, target = each
        return what(target)

    if not jobs or not hasattr(os, "fork"):
        yield from map(do, work)
        return
    yield from map_in_workers(
        do,
        work,
        max(1, min(jobs, len(work) // _WORTH_A_WORKER)),
        on_crash=lambda each, reason: give_up(f"seedlint failed: {reason}"),
        on_timeout=lambda each: give_up("it takes too long"),
        timeout=seconds + _WATCHDOG_SECONDS,
        codec=pickle,
    )
