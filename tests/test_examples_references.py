"""The examples of bindings to other files and seeds, each linted as its expected.txt says."""

from __future__ import annotations

import pytest

from command import seedlint
from paths import ROOT

EXAMPLES = ROOT / "examples"
NAMES = ["file", "refers-to", "vocabulary"]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_has_the_findings_that_it_lists(name: str) -> None:
    folder = EXAMPLES / name
    done = seedlint("check", "--output-format", "concise", "--quiet", "--no-cache", cwd=folder)
    found = [" ".join(line.split()[:2]) for line in done.out.splitlines()]
    assert found == ((folder / "expected.txt").read_text().splitlines()), done.out + done.err
