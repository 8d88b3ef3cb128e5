"""Many items, which are files or groups of files, on several processes that cannot hurt the run.

Each worker has its own pipes and gets a few items at a time. A worker that dies costs exactly the
item it was working on: that item is reported, and a new worker gets the rest of its batch. A worker
that hangs is killed. The timeout counts the time that a worker works, and the time that it is
blocked while the parent is awake, so neither a pause of all processes nor a busy machine counts
against an item.

`multiprocessing.Pool` waits forever for a worker that was killed, `ProcessPoolExecutor` loses the
items of the other workers with it, and importing either takes 5 ms. Workers are forked and inherit
the compiled contract and the list of files; without fork, a run uses one process.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

try:
    # Here and not where it is used, so that each worker need not import it.
    import resource
except ImportError:
    # Windows has none.
    resource = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Item = TypeVar("Item")
    Result = TypeVar("Result")

_SHARE = 32
_MEMORY = 1024**3
_STOPS = (signal.SIGINT, signal.SIGTERM)
# Before each result its length in bytes; items are sent as their numbers.
_LENGTH = struct.Struct("<I")
_NUMBER = struct.Struct("<I")
_CHUNK = 1024 * 1024
# How often the parent looks at its workers; a longer interval means that it was paused.
_TICK_SECONDS = 1.0
# A worker that has worked for less than this part of a tick is blocked or stopped. One that shares
# its core, even with a hundred others, gets more.
_STANDS_STILL = 0.001


class _Worker:
    def __init__(self, pid: int, inlet: int, outlet: int, codec: Any) -> None:
        self.pid = pid
        # The ends of its pipes that are the parent's: numbers go in, results come out.
        self.inlet = inlet
        self.outlet = outlet
        self.codec = codec
        # The numbers of the items it was given and has not answered yet, in order.
        self.pending: deque[int] = deque()
        self.received = bytearray()
        self.begin()

    def begin(self) -> None:
        """Start the clock of its next item."""
        # How long it has been busy with the item, in seconds, and its CPU time up to now.
        self.spent = 0.0
        self.worked = _cpu_time(self.pid)

    def count_tick(self) -> None:
        """Count a tick of the parent: the time it worked, or all of it if it was blocked."""
        before, self.worked = self.worked, _cpu_time(self.pid)
        work = self.worked - before
        self.spent += work if work > _STANDS_STILL * _TICK_SECONDS else _TICK_SECONDS

    def send(self, numbers: Sequence[int]) -> None:
        """Send it these numbers. Raises OSError if it is gone."""
        data = b"".join(map(_NUMBER.pack, numbers))
        os.write(self.inlet, _LENGTH.pack(len(data)) + data)

    def receive(self) -> list[Any]:
        """The results that have arrived in full; never waits for the rest of one.

        Raises EOFError if it is gone.
        """
        data = os.read(self.outlet, _CHUNK)
        if not data:
            raise EOFError
        self.received += data
        results = []
        start = 0
        while len(self.received) - start >= _LENGTH.size:
            end = start + _LENGTH.size + _LENGTH.unpack_from(self.received, start)[0]
            if len(self.received) < end:
                break
            results.append(self.codec.loads(bytes(self.received[start + _LENGTH.size : end])))
            start = end
        del self.received[:start]
        return results

    def end(self) -> int:
        """Kill it if it is alive, and return its exit code, negative for a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.inlet)
        os.close(self.outlet)
        return os.waitstatus_to_exitcode(status)


def map_in_workers(
    check: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    on_crash: Callable[..., Result],
    on_timeout: Callable[[Item], Result],
    timeout: float,
    codec: Any,
) -> Iterator[Result]:
    """Yield `check(item)` for every item, in order, computed by `jobs` processes.

    `on_crash(item, reason=text)` replaces the result of an item whose worker died,
    `on_timeout(item)` that of one that took longer than `timeout` seconds, working or blocked.
    `codec` is the module that serializes results: `pickle`, `seedlint.result` or, for plain data,
    `marshal`. However the iteration ends, no process is left behind.
    """
    todo = deque(range(len(items)))
    workers: list[_Worker] = []
    done: dict[int, Result] = {}
    next_out = 0
    # How much of a tick the parent has been awake for, and until when that is counted.
    awake = 0.0
    last = time.monotonic()

    def spawn() -> None:
        with _signals_held():
            workers.append(_start(check, items, workers, codec))

    def assign(worker: _Worker) -> None:
        # Smaller and smaller batches, so that all workers finish at about the same time.
        share = max(1, min(_SHARE, len(todo) // (jobs * 4)))
        numbers = [todo.popleft() for _ in range(share)]
        worker.pending.extend(numbers)
        worker.begin()
        try:
            worker.send(numbers)
        except OSError:
            # It died while idle, so no file is to blame.
            reap(worker)

    def reap(worker: _Worker, stand_in: Callable[[Item, int], Result] | None = None) -> None:
        workers.remove(worker)
        code = worker.end()
        if stand_in is not None:
            number = worker.pending.popleft()
            done[number] = stand_in(items[number], code)
        todo.extendleft(reversed(worker.pending))

    try:
        while next_out < len(items):
            try:
                while len(workers) < min(jobs, len(workers) + len(todo)):
                    spawn()
            except OSError:
                # No more processes or descriptors: go on with fewer workers, or with none.
                if not workers:
                    number = todo.popleft()
                    done[number] = check(items[number])
            for worker in [each for each in workers if not each.pending]:
                if todo:
                    assign(worker)
            busy = {worker.outlet: worker for worker in workers if worker.pending}
            for outlet in _wait(list(busy)) if busy else ():
                worker = busy[outlet]
                try:
                    for result in worker.receive():
                        done[worker.pending.popleft()] = result
                        worker.begin()
                except EOFError:
                    reap(worker, lambda item, code: on_crash(item, reason=_say_exit(code)))
            now = time.monotonic()
            awake += min(now - last, _TICK_SECONDS)
            last = now
            if awake >= _TICK_SECONDS:
                awake = 0.0
                for worker in [each for each in workers if each.pending]:
                    worker.count_tick()
                    if worker.spent > timeout:
                        reap(worker, lambda item, code: on_timeout(item))
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        for worker in workers:
            worker.end()


def resume_collection() -> None:
    """Collect garbage again if the command has switched that off: exceptions make cycles.

    What exists by now stays, so that collecting costs little.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _start(
    check: Callable[[Item], Result],
    items: Sequence[Item],
    others: Sequence[_Worker],
    codec: Any,
) -> _Worker:
    """Fork a worker. Raises OSError if no more processes or descriptors are allowed."""
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        pid = os.fork()
    except OSError:
        for end in ends:
            os.close(end)
        raise
    numbers, inlet, outlet, results = ends
    if pid:
        os.close(numbers)
        os.close(results)
        return _Worker(pid, inlet, outlet, codec)
    # Whatever happens, this process must not go on as if it were its parent.
    try:
        # A forked copy of another worker's pipe would keep that worker from seeing the parent go.
        for other in others:
            os.close(other.inlet)
            os.close(other.outlet)
        os.close(inlet)
        os.close(outlet)
        _work(check, items, numbers, results, codec)
    finally:
        os._exit(1)


def _wait(outlets: list[int]) -> list[int]:
    """The pipes that have something to read; waits for a tick at most."""
    poll = select.poll()
    for outlet in outlets:
        poll.register(outlet, select.POLLIN)
    return [outlet for outlet, _ in poll.poll(1000 * _TICK_SECONDS)]


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold signals back until a new worker is registered.

    In the worker, until it has dropped the parent's handlers.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    check: Callable[[Item], Result],
    items: Sequence[Item],
    numbers: int,
    results: int,
    codec: Any,
) -> None:
    """The main loop of a worker: numbers in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    _limit_memory()
    # The collector would write to every object of the parent, and so copy it.
    gc.freeze()
    with open(numbers, "rb") as share, open(results, "wb") as answers:
        try:
            while length := share.read(_LENGTH.size):
                data = share.read(_LENGTH.unpack(length)[0])
                for (number,) in _NUMBER.iter_unpack(data):
                    result = codec.dumps(check(items[number]))
                    answers.write(_LENGTH.pack(len(result)) + result)
                    answers.flush()
        except (EOFError, OSError):
            pass
    os._exit(0)


def _limit_memory() -> None:
    """Allow 1 GiB more than now, so that a runaway file ends in a MemoryError here."""
    if resource is None:
        return
    try:
        with open("/proc/self/statm", "rb") as stream:
            now = int(stream.read().split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, hard))
    except (OSError, ValueError):
        return


def _cpu_time(pid: int) -> float:
    """The CPU time of a process; always 0 if the system does not tell (macOS)."""
    if sys.platform == "linux":
        with suppress(OSError):
            # What clock_getcpuclockid(3) gives, which Python does not have.
            return time.clock_gettime(~pid << 3 | 2)
    return 0.0


def _say_exit(code: int) -> str:
    if code < 0:
        try:
            return f"its process was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"its process was ended by signal {-code}"
    return f"its process ended with code {code}"
