"""The installed command, run as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpu import HANGING
from paths import ROOT

EXECUTABLE = Path(sys.executable).with_name("seedlint")


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
    """Run `seedlint` with a scrubbed environment."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), **(env or {})}
    done = subprocess.run(
        [EXECUTABLE, *arguments],
        cwd=cwd,
        input=stdin,
        env=clean,
        capture_output=True,
        timeout=HANGING,
        check=False,
    )
    return Result(
        done.returncode,
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
    )


def check_json(*arguments: str | os.PathLike[str], cwd: Path = ROOT) -> Result:
    """`seedlint check --isolated --output-format json --quiet`."""
    return seedlint(
        "check", "--isolated", "--output-format", "json", "--quiet", *arguments, cwd=cwd
    )
