"""The line reader and the YAML reader answer alike: data, problems and every span.

`tools/compare_readers.py` runs the same for as long as one likes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compare_readers import cases, compare
from paths import CORPUS, SEEDS


def agree(folders: list[Path], count: int, seed: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for data in cases(folders, count, seed):
        problem = compare(data, counts)
        assert problem is None, problem
    return counts


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_random_front_matter(seed: int) -> None:
    counts = agree([], 3000, seed)
    assert counts["read by lines"] > 300
    assert counts["spans"] > 6_000


def test_own_files() -> None:
    counts = agree([SEEDS, Path(__file__).parents[1]], 0, 0)
    assert counts["read by lines"] > 100


@pytest.mark.parametrize("folder", ["powerapps/samples", pytest.param("", marks=pytest.mark.slow)])
def test_real_files(folder: str) -> None:
    if not CORPUS.exists():
        pytest.skip("no corpus of real seeds beside the checkout")
    counts = agree([CORPUS / folder], 0, 0)
    # A reader that declines everything would be right, and useless.
    assert counts["read by lines"] > 0.98 * counts["sound"]
