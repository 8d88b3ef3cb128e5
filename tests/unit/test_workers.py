"""The watchdog of the workers: what hangs ends, what is paused or starved does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

# Two workers, each file of which takes what its name says; the limit is two seconds.
PROGRAM = """
import os, pickle, signal, sys, time
from seedlint.workers import map_in_workers

def check(item):
    kind, seconds = item.split()
    if kind == "work":
        end = time.thread_time() + float(seconds)
        while time.thread_time() < end:
            pass
    elif kind == "read":
        os.read(os.pipe()[0], 1)
    elif kind == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    return "checked"

print("begun", flush=True)
results = map_in_workers(
    check,
    sys.argv[1:],
    2,
    on_crash=lambda item, reason: reason,
    on_timeout=lambda item: "hung",
    timeout=2,
    codec=pickle,
)
for item, result in zip(sys.argv[1:], results, strict=True):
    print(f"{item}: {result}", flush=True)
"""


@contextmanager
def started(*items: str) -> Iterator[subprocess.Popen[str]]:
    """The program on these items, in a process group of its own, when it has begun."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *items],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "begun\n"
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def results(process: subprocess.Popen[str]) -> list[str]:
    out, _ = process.communicate(timeout=120)
    return [line.split(": ")[1] for line in out.splitlines()]


@pytest.mark.slow
def test_what_hangs_ends() -> None:
    items = ["work 0", "work 3600", "work 0", "read 0", "stop 0", "work 0"]
    with started(*items) as process:
        found = results(process)
    assert found == ["checked", "hung", "checked", "hung", "hung", "checked"]


@pytest.mark.slow
def test_a_pause_of_them_all_is_not_held_against_a_file() -> None:
    with started(*["work 0.5"] * 8) as process:
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(4)
        os.killpg(process.pid, signal.SIGCONT)
        assert results(process) == ["checked"] * 8


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs a core to share")
def test_a_busy_machine_is_not_held_against_a_file() -> None:
    """A file that works for a second on a core that it shares with six others."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(6)]
        try:
            with started("work 1", "work 1") as process:
                assert results(process) == ["checked"] * 2
        finally:
            for each in busy:
                each.kill()
                each.wait()
    finally:
        os.sched_setaffinity(0, allowed)
