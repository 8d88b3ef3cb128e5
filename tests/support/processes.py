"""What other processes do, as Linux tells it in `/proc`, and waiting for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from cpu import HANGING


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something is true, which may take long on a busy machine."""
    end = time.monotonic() + HANGING
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.005)


def children_of(pid: int) -> list[int]:
    """The process ids of the children of a process."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def living_in_group(group: int) -> list[int]:
    """The processes of a process group that are not mere zombies."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def is_running(pid: int) -> bool:
    """Whether a process is computing, not waiting."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    except (FileNotFoundError, ProcessLookupError):
        return False


def cpu_seconds(pid: int) -> float:
    """How long a process has computed."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
