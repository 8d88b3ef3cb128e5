"""The installed command, run as people run it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpu import HANGING
from forks import EXECUTABLE, SERVER, can_fork
from paths import ROOT


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Standard output as the JSON report."""
        findings: list[dict[str, Any]] = json.loads(self.out)
        return findings

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """Code, line and column of each finding of the JSON report."""
        return [
            (each["code"], each["location"]["row"], each["location"]["column"])
            for each in self.findings
        ]


def seedlint(
    *arguments: str | os.PathLike[str],
    cwd: Path = ROOT,
    stdin: bytes | None = None,
    env: dict[str, str] | None = None,
) -> Result:
    """Run `seedlint` with a scrubbed environment, in a fork if nobody can tell the difference."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), **(env or {})}
    if can_fork(clean):
        ended = SERVER.run(arguments, cwd=cwd, env=clean, stdin=stdin or b"", timeout=HANGING)
        return Result(ended.code, _text(ended.out), _text(ended.err))
    done = subprocess.run(
        [EXECUTABLE, *arguments],
        cwd=cwd,
        input=stdin,
        env=clean,
        capture_output=True,
        timeout=HANGING,
        check=False,
    )
    return Result(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(stream: bytes) -> str:
    return stream.decode("utf-8", "surrogateescape")


def check_json(*arguments: str | os.PathLike[str], cwd: Path = ROOT) -> Result:
    """`seedlint check --isolated --output-format json --quiet`."""
    return seedlint(
        "check", "--isolated", "--output-format", "json", "--quiet", *arguments, cwd=cwd
    )
