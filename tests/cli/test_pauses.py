"""A run that is paused says what an undisturbed one says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from command import EXECUTABLE, seedlint
from cpu import HANGING
from processes import children_of, cpu_seconds, wait_until

pytestmark = pytest.mark.slow

COUNT = 120
# A tenth of a second each, on the full path because of the anchor; more than the limit only if the
# pause counts.
SEED = "---\ntitle: &anchor {number}\nnumbers: [{numbers}]\n---\n"
CONTRACT = {
    "properties": {
        "title": {"type": "string"},
        "numbers": {"uniqueItems": True, "items": {"type": ["integer", "string"], "maximum": 1}},
        "slow": {"pattern": "^(a+)+$"},
    }
}
ARGUMENTS = ("check", "--config", "seedlint.toml", "--no-cache", "--output-format", "json", "s")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    numbers = ", ".join(f'"{number}"' for number in range(15_000))
    (tmp_path / "s").mkdir()
    for number in range(COUNT):
        text = SEED.format(number=number, numbers=numbers)
        (tmp_path / "s" / f"{number:03}.md").write_text(text, "utf-8")
    (tmp_path / "c.json").write_text(json.dumps(CONTRACT), "utf-8")
    (tmp_path / "seedlint.toml").write_text('schema = "c.json"\n[limits]\nseconds = 2\n', "utf-8")
    return tmp_path


def test_a_pause_costs_no_file(folder: Path) -> None:
    wanted = seedlint(*ARGUMENTS, cwd=folder)
    assert [code for code, _, _ in wanted.places] == ["SCH003"] * COUNT
    with subprocess.Popen(
        [EXECUTABLE, *ARGUMENTS, "-j", "2"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            # On the full path: no other worker lives so long.
            wait_until(
                lambda: (
                    process.poll() is not None
                    or any(cpu_seconds(pid) > 1 for pid in children_of(process.pid))
                )
            )
            assert process.poll() is None
            os.killpg(process.pid, signal.SIGSTOP)
            time.sleep(5)
            os.killpg(process.pid, signal.SIGCONT)
            out, err = process.communicate(timeout=HANGING)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (wanted.code, wanted.out, wanted.err)


def test_a_file_that_hangs_ends_and_costs_itself(folder: Path) -> None:
    slow = f"---\ntitle: x\nslow: {'a' * 60}!\n---\n"
    (folder / "s" / "slow.md").write_text(slow, "utf-8")
    found = {each["filename"]: each for each in seedlint(*ARGUMENTS, cwd=folder).findings}
    assert len(found) == COUNT + 1
    assert found["s/slow.md"]["code"] == "SEED006"
    assert found["s/slow.md"]["message"] == "not checked within 2 s, so it was given up"
    assert {each["code"] for name, each in found.items() if name != "s/slow.md"} == {"SCH003"}
