"""Many files on several processes, none of which can hurt the run.

Each worker has a pipe of its own and is given a few files at a time. One that dies costs exactly
the file it was on: the file is named, the rest of its share goes to a new worker. One that hangs
is killed. `multiprocessing.Pool` waits for ever for a worker that was killed, and
`ProcessPoolExecutor` loses the other workers' files with it. Workers are forked: they inherit the
compiled contract, which cannot be sent; where there is no fork a run has one process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_SHARE = 32
_MEMORY = 1024**3
_STOPS = (signal.SIGINT, signal.SIGTERM)


@dataclass(eq=False)
class _Worker(Generic[Item]):
    process: BaseProcess
    pipe: Connection
    # The numbers of the items it was given and has not answered yet, in order.
    pending: deque[int] = field(default_factory=deque)
    since: float = 0.0


def map_in_workers(
    check: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    lost: Callable[..., Result],
    hung: Callable[[Item], Result],
    patience: float,
) -> Iterator[Result]:
    """Yield `check(item)` for every item, in order, computed by `jobs` processes.

    `lost(item, reason=text)` stands in for an item whose worker died, `hung(item)` for one that
    took longer than `patience` seconds. However the iteration ends, no process stays behind.
    """
    context = multiprocessing.get_context("fork")
    todo = deque(range(len(items)))
    share = max(1, min(_SHARE, len(items) // (jobs * 4)))
    workers: list[_Worker[Item]] = []
    done: dict[int, Result] = {}
    next_out = 0

    def hire() -> None:
        ours, theirs = context.Pipe()
        others = [worker.pipe for worker in workers] + [ours]
        process: BaseProcess = context.Process(
            target=_work, args=(check, theirs, others), daemon=True
        )
        try:
            with _signals_held():
                process.start()
                workers.append(_Worker(process, ours))
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()

    def employ(worker: _Worker[Item]) -> None:
        numbers = [todo.popleft() for _ in range(min(share, len(todo)))]
        worker.pending.extend(numbers)
        worker.since = time.monotonic()
        try:
            worker.pipe.send([items[number] for number in numbers])
        except OSError:
            # It died idle, so no file is to blame.
            dismiss(worker)

    def dismiss(worker: _Worker[Item], stand_in: Callable[[Item], Result] | None = None) -> None:
        workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        if stand_in is not None:
            number = worker.pending.popleft()
            done[number] = stand_in(items[number])
        todo.extendleft(reversed(worker.pending))

    try:
        while next_out < len(items):
            try:
                while len(workers) < min(jobs, len(workers) + len(todo)):
                    hire()
            except OSError:
                # No more processes or files are allowed: with fewer workers then, or with none.
                if not workers:
                    number = todo.popleft()
                    done[number] = check(items[number])
            for worker in [idle for idle in workers if not idle.pending and todo]:
                employ(worker)
            busy = {worker.pipe: worker for worker in workers if worker.pending}
            for pipe in wait(list(busy), timeout=1.0) if busy else ():
                worker = busy[pipe]  # type: ignore[index]
                try:
                    result: Result = worker.pipe.recv()
                except (EOFError, OSError):
                    worker.process.join()
                    dismiss(worker, partial(lost, reason=_say_exit(worker.process.exitcode)))
                    continue
                done[worker.pending.popleft()] = result
                worker.since = time.monotonic()
            now = time.monotonic()
            for worker in [each for each in workers if each.pending]:
                if now - worker.since > patience:
                    dismiss(worker, hung)
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let no signal end the run between the start of a worker and the note of it.

    Nor in a new worker before it has forgotten the parent's handlers.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    check: Callable[[Item], Result], pipe: Connection, inherited: Sequence[Connection]
) -> None:
    """The life of a worker: shares in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    _limit_memory()
    # A forked copy of another worker's pipe would keep that worker from seeing the parent go.
    for other in inherited:
        other.close()
    try:
        while True:
            for item in pipe.recv():
                pipe.send(check(item))
    except (EOFError, OSError):
        os._exit(0)


def _limit_memory() -> None:
    """1 GiB more than now: a runaway file ends as MemoryError here, not as a dead machine."""
    try:
        import resource

        with open("/proc/self/statm", "rb") as stream:
            now = int(stream.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, hard))
    except (ImportError, OSError, ValueError):
        return


def _say_exit(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"its process was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"its process was ended by signal {-code}"
    return f"its process ended with code {code}"
