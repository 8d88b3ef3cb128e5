"""Many files that are fixed or edited, on several processes."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence

from seedlint.discover import Target, read_target
from seedlint.document.limits import Limits
from seedlint.files import reason_of
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers, resume_collection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias, TypeVar

    Result = TypeVar("Result")

Work: TypeAlias = "tuple[Callable[[Target], Result], Target]"
"""What is done with a file, and the file."""

# Starting a process pays off from this many files on.
_WORTH_A_WORKER = 8
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10


class GivenUp(Exception):
    """The file stays as it is; says why."""


def attempt(
    do: Callable[[Target, bytes], Result],
    target: Target,
    limits: Limits,
    give_up: Callable[[str], Result],
) -> Result:
    """Read one file and do something about it. Whatever goes wrong, that is the result."""
    try:
        data = read_target(target, limits.file_bytes)
        if len(data) > limits.file_bytes:
            # A long body does not keep a seed from being checked, but it is not read.
            raise GivenUp(f"it has more than {limits.file_bytes:,} bytes")
        with time_limit(limits.seconds):
            return do(target, data)
    except GivenUp as error:
        return give_up(str(error))
    except OSError as error:
        return give_up(reason_of(error))
    except TimeLimitExceeded:
        return give_up("it takes too long")
    except Exception as error:
        return give_up(f"seedlint failed: {type(error).__name__}")


def do_each(
    work: Sequence[Work[Result]], jobs: int, seconds: float, give_up: Callable[[str], Result]
) -> Iterator[Result]:
    """What comes of each file, in order; nothing is written.

    Uses at most `jobs` processes, and at least one, so that no file can end the run; with 0 or
    without fork, this process does the work. `seconds` is what one file may take, and `give_up`
    makes a result of a reason.
    """
    resume_collection()

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
