"""A limit on work: what counts against it and what does not."""

from __future__ import annotations

import hashlib
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from seedlint.time_limit import TimeLimitExceeded, time_limit

pytestmark = [
    pytest.mark.usefixtures("no_gc_callbacks"),
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer here"),
]


@pytest.fixture(autouse=True)
def _untouched() -> Iterator[None]:
    """The handler of the signal and the timer are afterwards what they were before."""
    before = signal.getsignal(signal.SIGPROF)
    yield
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def work(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def match_for_ever() -> None:
    re.match("^(a+)+$", "a" * 60 + "!")


@pytest.mark.parametrize("body", [lambda: work(3600), match_for_ever])
def test_work_is_interrupted(body: Callable[[], None]) -> None:
    before = time.thread_time()
    with pytest.raises(TimeLimitExceeded), time_limit(0.2):
        body()
    assert time.thread_time() - before >= 0.2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_lost_in_a_finalizer_is_repeated() -> None:
    lost: list[BaseException] = []

    class Slow:
        def __del__(self) -> None:
            try:
                work(3600)
            except TimeLimitExceeded as interrupt:
                lost.append(interrupt)
                raise

    def body() -> None:
        Slow()
        work(3600)

    with pytest.raises(TimeLimitExceeded) as raised, time_limit(0.1):
        body()
    assert len(lost) == 1
    assert raised.value is not lost[0]


def test_less_work_is_not() -> None:
    with time_limit(10):
        work(0.05)


def test_waiting_is_no_work() -> None:
    with time_limit(0.05):
        time.sleep(0.5)


def test_the_work_of_other_threads_does_not_count() -> None:
    # Without the lock of the interpreter, as compiled extensions work.
    worked: list[float] = []

    def elsewhere() -> None:
        hashlib.pbkdf2_hmac("sha256", b"x", b"y", 2_000_000)
        worked.append(time.thread_time())

    thread = threading.Thread(target=elsewhere)
    thread.start()
    with time_limit(0.1):
        thread.join()
        # The process has been interrupted; the limit is still the thread's.
        work(0.02)
    assert worked[0] > 0.2
    with pytest.raises(TimeLimitExceeded), time_limit(0.1):
        work(3600)


def test_in_another_thread_there_is_no_limit() -> None:
    done: list[bool] = []

    def body() -> None:
        with time_limit(0.01):
            work(0.1)
        done.append(True)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert done == [True]


def test_the_timer_of_a_profiler_is_left_alone() -> None:
    ticks: list[int] = []
    before = signal.signal(signal.SIGPROF, lambda signum, frame: ticks.append(signum))
    signal.setitimer(signal.ITIMER_PROF, 0.02, 0.02)

    def ticks_again() -> bool:
        # How many ticks come in a time is up to the system.
        seen = len(ticks)
        end = time.thread_time() + 5
        while len(ticks) == seen and time.thread_time() < end:
            work(0.05)
        return len(ticks) > seen

    try:
        with time_limit(0.01):
            assert ticks_again()
        assert ticks_again()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def test_a_limit_that_is_over_at_once_leaves_no_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the collector runs, or the machine stands still, just after the timer was set."""
    setitimer = signal.setitimer

    def slowly(which: int, seconds: float, interval: float = 0.0) -> tuple[float, float]:
        before = setitimer(which, seconds, interval)
        if seconds == 0.01:
            work(0.1)
        return before

    monkeypatch.setattr(signal, "setitimer", slowly)
    with pytest.raises(TimeLimitExceeded), time_limit(0.01):
        pytest.fail("the body was reached")
