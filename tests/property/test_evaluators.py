"""Our evaluator and `jsonschema` call the same values valid.

`tools/compare_evaluators.py` runs the same for as long as one likes.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from compare_evaluators import compare

PAIRS = 4000


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("seed", range(4))
def test_random_schemas_and_values(seed: int) -> None:
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    while counts["pairs"] < PAIRS:
        assert compare(rng, counts) is None
    assert counts["valid"] > PAIRS // 3
    assert sum(counts.values()) - counts["pairs"] - counts["valid"] < PAIRS // 10, counts
