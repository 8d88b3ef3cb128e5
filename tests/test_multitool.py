"""Microsoft's SARIF Multitool, an independent reader, has nothing to remark on our reports.

It ends with 0 whatever it finds, so what it writes is read. npm brings it (100 MB); without npm or
an index the test is skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from command import seedlint
from cpu import HANGING
from paths import CORPUS

VERSION = "5.7.0"
NPM = shutil.which("npm")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NPM is None, reason="npm is not here"),
]


@pytest.fixture(scope="module")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("multitool")
    assert NPM is not None
    options = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder))
    done = subprocess.run(
        [NPM, "install", *options, f"@microsoft/sarif-multitool@{VERSION}"],
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"npm cannot install it: {done.stderr[-300:]}")
    programs = folder / "node_modules" / "@microsoft"
    (program,) = programs.glob("sarif-multitool-*/Sarif.Multitool")
    program.chmod(0o755)
    return program


def remarks(multitool: Path, report: Path) -> list[dict[str, Any]]:
    """What the tool has to say of a report, as results of its own rules."""
    out = report.with_suffix(".remarks.json")
    # Kinds of rules: those of the standard, and those of GitHub's uploader.
    kinds = ("--rule-kind", "Sarif;Gh", "--level", "Error;Warning")
    done = subprocess.run(
        [multitool, "validate", report, *kinds, "--output", out, "--log", "ForceOverwrite"],
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    assert out.exists(), done.stdout + done.stderr
    (run,) = json.loads(out.read_text("utf-8-sig"))["runs"]
    found: list[dict[str, Any]] = run.get("results", [])
    return found


def hostile(folder: Path) -> None:
    contract = {"properties": {"title": {"type": "string", "maxLength": 3}, "n": {"enum": [1]}}}
    (folder / "s.json").write_text(json.dumps(contract))
    titles = ["::error::x", "{0} [a](b)", "]]>", "\\x1b[31m", "<script>", "|x|", "😀 emoji"]
    for number, title in enumerate(titles):
        name = f"a b%é{number}[1].md"
        (folder / name).write_text(f"---\ntitle: '{title}'\nn: {title[0]!r}\n---\n", "utf-8")


@pytest.mark.parametrize("kind", ["hostile", "clean", "corpus"])
def test_it_has_no_remark(kind: str, multitool: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.sarif"
    options = ["check", "--isolated", "--no-cache", "--output-format", "sarif"]
    if kind == "corpus":
        if not CORPUS.exists():
            pytest.skip(f"{CORPUS} is not here")
        shutil.copytree(CORPUS / "diablo4" / "news", tmp_path / "news")
        paths = ["news"]
    else:
        hostile(tmp_path)
        paths = (
            ["--schema", "s.json", "."] if kind == "hostile" else ["--schema", "s.json", "ok.md"]
        )
        (tmp_path / "ok.md").write_text("---\ntitle: abc\n---\n")
    done = seedlint(*options, "--output-file", "report.sarif", *paths, cwd=tmp_path)
    assert done.code == (0 if kind == "clean" else 1), done.err
    assert remarks(multitool, report) == []


def test_it_finds_what_is_broken(multitool: Path, tmp_path: Path) -> None:
    """The test above can fail."""
    hostile(tmp_path)
    options = ("--isolated", "--no-cache", "--schema", "s.json", "--output-format", "sarif")
    log = json.loads(seedlint("check", *options, cwd=tmp_path).out)
    log["runs"][0]["results"][0]["ruleIndex"] = 99
    report = tmp_path / "report.sarif"
    report.write_text(json.dumps(log))
    assert "SARIF1009" in {each["ruleId"] for each in remarks(multitool, report)}
