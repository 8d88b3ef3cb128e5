"""Runs that are watched or disturbed while they go, and names that are weapons."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpu import HANGING
from harness import (
    EXECUTABLE,
    MEMORY_KIB,
    Ran,
    as_bytes,
    check_streams,
    cpu_of_children,
    run,
    write,
)
from processes import children_of, wait_until

NO_ANNOTATIONS = "the GitHub and SARIF formats do not exist yet"

RUNAWAY = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "slow": {"type": "string", "pattern": "^(a+)+$"}},
}
"""A contract with a pattern that takes for ever on `SLOW_SEED`, and is a plain one elsewhere."""
SLOW_SEED = b"---\nslow: " + b"a" * 60 + b"!\n---\n"
CLEAN_SEED = b"---\nname: fine\n---\n"
WRONG_SEED = b"---\nname: 5\n---\n"

CLOSED = {"properties": {"name": {}, "more": {}}, "additionalProperties": False}
"""A contract without other keys: `FIXABLE_SEED` has one that is misspelt, `FIXED_SEED` has not."""
FIXABLE_SEED = b"---\nnaem: fine\nmore: [\n  # kept\n]\n---\nBody\r\n"
FIXED_SEED = FIXABLE_SEED.replace(b"naem", b"name")

HOSTILE = {
    "newline": "\n::error file=x::pwn",
    "return": "\r::stop-commands::t",
    "both": "\r\n::error::x",
    "older": "x ##[add-mask]true",
    "azure": "x ##vso[task.setvariable variable=a]b",
    "start": "::error::x",
    "indented": "   ::warning::x",
    "next-line": "\x85::error::x",
    "separator": "\u2028::error::x",
    "percent": "%0A::error::x",
    "clear": "\x1b[2J",
    "title": "\x1b]0;title\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\text\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "bell": "\x07",
    "c1": "\x9b31m",
    "bidi": "\u202egnp.exe\u2066x\u2069",
    "zero-width": "a\u200bb\u200d\ufeffc",
    "delete": "a\x7fb\x08\x08",
    "tag": "a\U000e0041b",
}
"""Texts that a runner, a terminal or a reader could be fooled by."""


def waits(reason: str) -> pytest.MarkDecorator:
    """A row of the table that cannot be tested yet."""
    return pytest.mark.skip(reason=f"waits: {reason}")


def check(
    folder: Path,
    *arguments: str,
    schema: str | None = "case.schema.json",
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Ran:
    """`seedlint check --isolated` as JSON, held against what must be true of every run."""
    contract = ("--schema", schema) if schema else ()
    options = ("check", "--isolated", *contract, "--output-format", "json")
    ran = run(folder, *options, *arguments, stdin=stdin, env=env)
    check_streams(ran)
    return ran


def codes(ran: Ran) -> dict[str, list[str]]:
    """The codes of a JSON report by file."""
    found: dict[str, list[str]] = {}
    for each in json.loads(ran.out):
        found.setdefault(each["filename"], []).append(each["code"])
    return found


def lay(folder: Path, files: Mapping[str, bytes], schema: object = RUNAWAY) -> None:
    """Write files, and the contract."""
    for name, data in files.items():
        write(folder / name, data)
    write(folder / "case.schema.json", as_bytes(schema))


@dataclass
class Watched:
    """A run that goes on."""

    process: subprocess.Popen[bytes]
    cpu_before: float

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        return children_of(self.process.pid)

    def catches(self, signum: signal.Signals) -> bool:
        """Whether it has installed a handler for a signal."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = int(status.partition("\nSigCgt:")[2].split()[0], 16)
        return bool(caught >> (signum - 1) & 1)

    def wait_for(self, true: Callable[[], bool]) -> None:
        """Wait until something is true of the run, which must not have ended before."""

        def is_true() -> bool:
            assert self.process.poll() is None, self.process.communicate()
            return true()

        wait_until(is_true)

    def finish(self) -> Ran:
        """What it leaves behind; hanging is a failure."""
        out, err = self.process.communicate(timeout=HANGING)
        cpu = cpu_of_children() - self.cpu_before
        return Ran(self.process.returncode, out.decode(), err.decode(), cpu)


@contextmanager
def watched(folder: Path, *arguments: str) -> Iterator[Watched]:
    """A run in a process group of its own; nothing of the group survives the test."""
    before = cpu_of_children()
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'ulimit -v {MEMORY_KIB} && exec "$0" "$@"', EXECUTABLE, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield Watched(process, before)
    finally:
        kill_group(process.pid)
        process.communicate()


def kill_group(group: int) -> None:
    """End what is left of a process group of ours."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


# A child begins with the peak of the process it was made from, so one without a past makes it.
_MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as stream:
    cpu = usage.ru_utime + usage.ru_stime
    print(usage.ru_maxrss, os.waitstatus_to_exitcode(status), cpu, file=stream)
"""


def peak_kib(folder: Path, *arguments: str) -> tuple[int, Ran]:
    """The peak of resident memory of a run on one process, and the run."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        subprocess.run(
            [sys.executable, "-c", _MEASURE, "peak", EXECUTABLE, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            timeout=HANGING,
            check=True,
        )
    peak, code, cpu = (folder / "peak").read_text().split()
    (folder / "peak").unlink()
    ran = Ran(int(code), (folder / "out").read_text(), (folder / "err").read_text(), float(cpu))
    check_streams(ran)
    return int(peak), ran
