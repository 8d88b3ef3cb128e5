"""What a run over 150,000 findings takes of memory, in every format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, check_json

SEEDS = 1_485
# A hundred and the note that there are more.
PER_SEED = 101
MOST_MIB = 250
# A child begins with the peak of the process it was made from, so one without a past makes it.
MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_long_key_is_not_repeated_by_every_finding_below_it(tmp_path: Path) -> None:
    for length in (900, 200_000):
        below = "".join(f"  k{number}: 1\n" for number in range(3))
        seed = f"---\n? {'a' * length}\n:\n{below}---\n"
        (tmp_path / f"{length}.md").write_text(seed, "utf-8")
    nested = {"additionalProperties": {"additionalProperties": {"type": "string"}}}
    (tmp_path / "c.json").write_text(json.dumps(nested), "utf-8")
    found = check_json("--schema", "c.json", "900.md", "200000.md", cwd=tmp_path)
    assert found.places == [("SCH003", line, 7) for line in (4, 5, 6)] * 2
    pointers = {(each["filename"], each["pointer"]) for each in found.findings}
    assert ("900.md", f"/{'a' * 900}/k0") in pointers
    assert len(pointers) == 4
    assert ("200000.md", None) in pointers


@pytest.mark.slow
def test_a_hundred_and_fifty_thousand_findings(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(SEEDS):
        # Long names that take four bytes a character, far down: no number or text is shared.
        keys = "\n".join(f"{'😀' * 50}{number}{key}: 1" for key in range(110))
        text = "---\n" + "# far down\n" * 300 + keys + "\n---\n"
        (seeds / f"{number:05}.md").write_text(text, "utf-8")
    cache = str(tmp_path_factory.mktemp("cache"))
    baseline = tmp_path / "baseline.json"
    baseline.write_text('{"version": 1, "findings": []}')
    # The first run finds, the others are told by the index.
    for options in (
        ("--output-format", "json"),
        ("--output-format", "json"),
        ("--output-format", "concise"),
        ("--output-format", "full"),
        ("--output-format", "github"),
        ("--output-format", "gitlab"),
        ("--output-format", "junit"),
        ("--output-format", "markdown"),
        ("--output-format", "sarif"),
        ("--statistics",),
        ("--output-format", "concise", "--baseline", str(baseline)),
    ):
        arguments = ("check", "--isolated", "--cache-dir", cache, "-j", "2", *options)
        report = tmp_path / "report"
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, EXECUTABLE, *arguments, "-o", report, "seeds"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=600,
            check=True,
        )
        code, peak = map(int, done.stdout.split())
        assert (code, done.stderr.split()[:2]) == (1, [f"{SEEDS * PER_SEED:,}", "errors"])
        assert peak < MOST_MIB * 1024, f"{options}: {peak // 1024} MiB"
        with report.open(encoding="utf-8") as lines:
            if "json" in options:
                assert sum(line.startswith('    "code": ') for line in lines) == SEEDS * PER_SEED
            elif "concise" in options:
                assert sum(1 for _ in lines) == SEEDS * PER_SEED
