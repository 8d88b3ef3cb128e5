"""Run commands and take their time and memory. Needs `os.wait4`: Linux or macOS."""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LAUNCHER = Path(__file__).resolve().with_name("launch.py")
# What changes how tools behave or how fast they start.
UNWANTED = ("CI", "GITHUB_ACTIONS", "FORCE_COLOR", "NODE_OPTIONS", "PYTHONDEVMODE", "PYTHONPATH")


@dataclass(frozen=True)
class Command:
    """A command to measure."""

    name: str
    arguments: list[str]
    folder: Path
    """Where it runs."""
    exits: tuple[int, ...] = (0,)
    """Exit codes that mean it did its work."""
    environment: dict[str, str] = field(default_factory=dict)
    """Variables it gets besides ours."""
    remove: Path | None = None
    """A folder that must not exist when it starts: the index of a first run."""


@dataclass(frozen=True)
class Sample:
    """One run: seconds by the clock, CPU seconds and MiB of the largest process."""

    wall: float
    cpu: float
    mib: float


def environment(command: Command) -> dict[str, str]:
    """Our variables without those that change what is measured."""
    kept = {key: value for key, value in os.environ.items() if key not in UNWANTED}
    return {**kept, "NO_COLOR": "1", **command.environment}


def start(command: Command, output: int) -> subprocess.Popen[bytes]:
    """Start the command, its output going to the file descriptor `output`."""
    if command.remove is not None:
        shutil.rmtree(command.remove, ignore_errors=True)
    return subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=environment(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )


def run(command: Command) -> Sample:
    """Run the command once; RuntimeError when its exit code says that it failed."""
    if command.remove is not None:
        shutil.rmtree(command.remove, ignore_errors=True)
    reading, writing = os.pipe()
    subprocess.run(
        [sys.executable, "-I", "-S", LAUNCHER, str(writing), *command.arguments],
        cwd=command.folder,
        env=environment(command),
        pass_fds=[writing],
        check=True,
    )
    os.close(writing)
    with open(reading, encoding="ascii") as report:
        code, wall, cpu, largest = map(float, report.read().split())
    if code not in command.exits:
        raise RuntimeError(f"{command.name} left with exit code {code:.0f}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Sample(wall, cpu, largest / unit)


def output_of(command: Command) -> tuple[int, str]:
    """Exit code, and standard output and error together."""
    with tempfile.TemporaryFile() as file:
        code = start(command, file.fileno()).wait()
        file.seek(0)
        return code, file.read().decode("utf-8", "replace")


def in_turn(commands: Sequence[Command], runs: int) -> list[list[Sample]]:
    """`runs` samples of each command: A B C A B C …, so that the same troubles meet all of them."""
    rounds = [[run(command) for command in commands] for _ in range(runs)]
    return [list(samples) for samples in zip(*rounds, strict=True)]


def ratios(above: Sequence[Sample], below: Sequence[Sample]) -> list[float]:
    """Wall times of `above` by those of `below`, run by run."""
    return [first.wall / second.wall for first, second in zip(above, below, strict=True)]


def median_sample(samples: Sequence[Sample]) -> Sample:
    """The median of each quantity."""
    return Sample(
        statistics.median(each.wall for each in samples),
        statistics.median(each.cpu for each in samples),
        statistics.median(each.mib for each in samples),
    )


def three_digits(value: float) -> str:
    """A positive number as people write it, with three digits that count."""
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}"


def memory_of_all(command: Command) -> float | None:
    """The most MiB that the command and its children had at one time; None but on Linux.

    Memory that processes share is counted once. Looked at every few milliseconds, so what a very
    short run needs can be missed, and the run is not fit for taking its time.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process = start(command, subprocess.DEVNULL)
    over = threading.Event()
    most = 0

    def watch() -> None:
        nonlocal most
        while not over.wait(0.003):
            most = max(most, sum(kib_of(pid) for pid in with_children(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    over.set()
    watcher.join()
    if process.returncode not in command.exits:
        raise RuntimeError(f"{command.name} left with exit code {process.returncode}")
    return most / 2**10


def with_children(pid: int) -> list[int]:
    """The process, its children, their children and so on."""
    found = [pid]
    for parent in found:
        try:
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def kib_of(pid: int) -> int:
    """KiB of a process, shared memory in proportion; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
