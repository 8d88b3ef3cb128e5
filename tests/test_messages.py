"""docs/messages.md is executed: each finding is what it says, and each way out works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from command import seedlint
from paths import ROOT

PAGE = (ROOT / "docs" / "messages.md").read_text("utf-8")


class Section(NamedTuple):
    title: str
    broken: str
    said: str
    mended: str


SECTIONS = [
    Section(*found)
    for found in re.findall(
        r"^## (.+?)\n.*?^```markdown\n(.*?)^```\n\n^```text\n(.*?)^```\n\n^```markdown\n(.*?)^```$",
        PAGE,
        re.MULTILINE | re.DOTALL,
    )
]


def lint(folder: Path, text: str) -> tuple[int, str, str]:
    contract = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert contract is not None
    (folder / "contract.json").write_text(contract[1], "utf-8")
    (folder / "example.md").write_text(text, "utf-8", newline="\n")
    done = seedlint(
        *("check", "--isolated", "--no-cache", "--schema", "contract.json"),
        *("--output-format", "full", "example.md"),
        cwd=folder,
    )
    return done.code, done.out, done.err


def test_there_are_twenty() -> None:
    assert len(SECTIONS) == PAGE.count("\n## ") == 20


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_section(section: Section, tmp_path: Path) -> None:
    _, out, _ = lint(tmp_path, section.broken)
    assert out.rstrip() == section.said.rstrip()
    code, out, err = lint(tmp_path, section.mended)
    assert (code, out) == (0, ""), out
    assert err.startswith("OK: 1 seed checked")
