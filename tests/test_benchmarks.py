"""The benchmarks: their seeds are what they say, and the measuring runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from command import check_json, seedlint
from cpu import HANGING
from paths import CONTRACT, GOLDEN, ROOT, SEEDS

BENCHMARKS = ROOT / "benchmarks"
COUNT = 200


def python(
    script: str, *arguments: str | os.PathLike[str], environment: dict[str, str] | None = None
) -> str:
    """Run one of the scripts; what it printed."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    done = subprocess.run(
        [sys.executable, BENCHMARKS / script, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**ours, **(environment or {})},
        timeout=HANGING,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def generate(folder: Path, *options: str) -> list[dict[str, str]]:
    """Seeds in `folder / "seeds"`; the defects planted in them."""
    manifest = folder / "manifest.json"
    python("generate.py", folder / "seeds", "--count", str(COUNT), "--manifest", manifest, *options)
    planted: list[dict[str, str]] = json.loads(manifest.read_text("utf-8"))
    return planted


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.md")}


def codes(findings: list[dict[str, Any]]) -> dict[str, list[str]]:
    """File → codes of its findings."""
    found: dict[str, list[str]] = {}
    for each in findings:
        found.setdefault(Path(each["filename"]).name, []).append(each["code"])
    return found


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for name, options in {"a": ("--jobs", "1"), "b": (), "c": ("--seed", "2")}.items():
        (tmp_path / name).mkdir()
        generate(tmp_path / name, *options)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert len(first) == COUNT
    assert first == again
    assert not set(first.values()) & set(other.values())


def test_larger_count_begins_with_the_smaller(tmp_path: Path) -> None:
    python("generate.py", tmp_path / "small", "--count", "1010")
    python("generate.py", tmp_path / "large", "--count", "1020")
    small, large = contents(tmp_path / "small"), contents(tmp_path / "large")
    assert small.items() <= large.items()
    assert len(large) == 1020
    assert len(list((tmp_path / "large").iterdir())) == 2


def test_clean_seeds_are_clean(tmp_path: Path) -> None:
    assert generate(tmp_path) == []
    result = seedlint("check", "--isolated", "--schema", CONTRACT, tmp_path / "seeds")
    assert result.code == 0, result.out
    assert "OK: 200 seeds" in result.out + result.err


@pytest.mark.parametrize("rate", [0.1, 1.0])
def test_every_planted_defect_is_found_and_nothing_else(tmp_path: Path, rate: float) -> None:
    planted = generate(tmp_path, "--defects", str(rate))
    assert len(planted) == round(COUNT * rate)
    result = check_json("--schema", CONTRACT, tmp_path / "seeds")
    assert result.code == 1
    assert codes(result.findings) == {Path(each["path"]).name: [each["code"]] for each in planted}


def test_every_kind_of_defect_is_planted(tmp_path: Path) -> None:
    planted = generate(tmp_path, "--defects", "1")
    kinds = {each["kind"] for each in planted}
    assert len(kinds) == (BENCHMARKS / "generate.py").read_text("utf-8").count('\n    ("')


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What a small measuring without a package index printed, and its results."""
    folder = tmp_path_factory.mktemp("measured")
    results = folder / "results.json"
    printed = python(
        "peers.py",
        *("--quick", "--only", "clean", "single", "--peers", "ryl"),
        *("--work", folder / "work", "--json", results),
        environment={"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "CI": "true"},
    )
    return printed, results


@pytest.mark.slow
def test_measuring_goes_on_without_other_tools(measured: tuple[str, Path]) -> None:
    printed, results = measured
    assert "ryl: LEFT OUT. pip could not install ryl" in printed
    found = json.loads(results.read_text("utf-8"))
    assert list(found["left out"]) == ["ryl"]
    assert found["count"] == 110
    pairs = {(row["own"], row["peer"]): row for row in found["rows"]}
    assert {("cold", "seedlint one"), ("cold", "python -c pass")} <= pairs.keys()
    for row in pairs.values():
        assert 0 < row["lowest"] <= row["ratio"] <= row["highest"]
        assert re.search(rf"seedlint {row['own']} .* × [0-9.]+ \(", printed)
        assert row["ours"]["mib"] > 0


@pytest.mark.slow
def test_results_become_a_page_and_a_picture(tmp_path: Path, measured: tuple[str, Path]) -> None:
    page, picture = tmp_path / "benchmarks.md", tmp_path / "benchmarks.svg"
    before = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    page.write_text(before, "utf-8")
    python("plot.py", measured[1], "--docs", tmp_path)
    once = page.read_text("utf-8")
    assert once.partition("## Results")[0] == before.partition("## Results")[0]
    assert "### 110 clean seeds" in once
    assert "| python -c pass |" in once
    assert str(tmp_path.parent) not in once
    python("plot.py", measured[1], "--docs", tmp_path)
    assert page.read_text("utf-8") == once
    texts = [each.text for each in ElementTree.parse(picture).iter() if each.tag.endswith("text")]
    assert {"seedlint cold", "seedlint one"} <= set(texts)


@pytest.mark.slow
def test_ratios_are_measured(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(SEEDS, corpus)
    shutil.copytree(GOLDEN / "err", corpus / "err")
    done = subprocess.run(
        [
            *(sys.executable, BENCHMARKS / "ratios.py", "--corpus", corpus),
            *("--work", tmp_path, "--runs", "1", "--count", "20"),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANGING,
        check=False,
    )
    # How fast this machine is at the moment decides nothing here.
    assert (done.stderr, done.returncode in (0, 1)) == ("", True)
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert all(re.match(r" *-?[0-9.]+  at most [0-9.]+  \S", line) for line in lines)
