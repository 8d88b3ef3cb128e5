"""The line reader and the YAML reader answer alike: data, problems and every span.

`tools/compare_readers.py` runs the same for as long as one likes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compare_readers import cases, compare
from paths import CORPUS, SEEDS
from seedlint.document import line_map


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


# Keys that are spelt otherwise than one behind their mapping, or are the name of another in quotes.
KEYS = """---
'list': 1
'b': 2
"'b'": 3
b c: 4
list of:
- "a": 1
  "b": 2
- a: 3
  b: 4
- 'b': {b: 5, "a": 6}
  a:
    "b": |
      b: 7
    a: 8
  # b: 9
below:
  b: 10
  a: 11
a: 12
last:
---
"""


@pytest.mark.parametrize("searches", [0, 10_000])
def test_keys_are_found_one_after_the_other_as_by_name(
    searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_map, "_SEARCHES", searches)
    counts: Counter[str] = Counter()
    assert compare(KEYS.encode(), counts) is None
    assert counts["spans"] > 50
    agree([], 600, 2)


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
