"""Some thousands of mutated seeds: no exception, every law kept.

`python tools/fuzz.py` is the long run.
"""

from __future__ import annotations

import random

import pytest

import fuzz
from paths import CORPUS, SEEDS, seeds_in


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 1000), pytest.param(2, 15_000, marks=pytest.mark.slow)]
)
def test_no_mutant_gets_an_exception_out_of_it(seed: int, count: int) -> None:
    pool = list(seeds_in(SEEDS, CORPUS))
    done, taken = fuzz.fuzz(pool, random.Random(seed), count)
    assert done == count
    # A mutation that changes nothing any more tests nothing.
    idle = {each.__name__ for each in fuzz.BYTE_MUTATIONS + fuzz.EVENT_MUTATIONS} - set(+taken)
    assert not idle
