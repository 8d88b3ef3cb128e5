"""Every seed of groups A, B, C and E in one folder and one run.

All limits are as they are, but for the wall time per file, which a busy machine would exceed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import test_a_bytes
import test_b_fences
import test_c_yaml
import test_e_instance
from harness import (
    ANYTHING,
    CONFIG,
    GOOD_SEED,
    SCHEMA,
    as_bytes,
    check_streams,
    places,
    run,
    snapshot,
    write,
)

CASES = [
    case
    for module in (test_a_bytes, test_b_fences, test_c_yaml, test_e_instance)
    for case in module.CASES
    if not case.config
]
CPU_SECONDS = 120
# What does not depend on the contract or on settings: the file, its fences, its YAML.
FAMILIES = ("FM", "YML", "SEED")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases' files, two good seeds before, between and after them."""
    top = tmp_path_factory.mktemp("list")
    for number, case in enumerate(CASES):
        for name, (data, _) in case.seeds.items():
            write(top / f"{case.id.lower()}-{number:03}-{name}", data)
        write(top / f"{case.id.lower()}-{number:03}-good.md", GOOD_SEED)
    write(top / "0-first.md", GOOD_SEED)
    write(top / "z-last.md", GOOD_SEED)
    write(top / SCHEMA, as_bytes(ANYTHING))
    write(top / CONFIG, b"[limits]\nseconds = 60\n")
    return top


@pytest.mark.slow
@pytest.mark.torture("I1", "groups A, B, C and E in one folder, one run, 120 s and 2 GB")
def test_whole_list(folder: Path) -> None:
    before = snapshot(folder)
    report = run_all(folder, "json", jobs=1)
    assert run_all(folder, "json", jobs=4) == report, "the report depends on the number of workers"
    run_all(folder, "full", jobs=4)
    found = places(report, "json")

    for number, case in enumerate(CASES):
        for name, (_, expected) in case.seeds.items():
            shown = f"{case.id.lower()}-{number:03}-{name}"
            wanted = [place for place in expected if place[0].startswith(FAMILIES)]
            got = [place for place in found.get(shown, []) if place[0].startswith(FAMILIES)]
            assert [place for place in wanted if place not in got] == [], shown
    good = {name for name in found if name.endswith(("-good.md", "-first.md", "-last.md"))}
    assert not good
    assert not any(each["code"].startswith("INT") for each in json.loads(report))
    assert snapshot(folder) == before


def run_all(folder: Path, output_format: str, jobs: int) -> str:
    """The report of one run over the folder, with a bound on CPU time and on memory."""
    ran = run(
        folder,
        *("check", "--config", CONFIG, "--schema", SCHEMA, "--jobs", str(jobs)),
        *("--output-format", output_format, "."),
        cpu_seconds=CPU_SECONDS,
    )
    check_streams(ran)
    assert ran.code == 1, ran.err
    return ran.out
