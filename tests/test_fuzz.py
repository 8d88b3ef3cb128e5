"""Mutated seeds for some seconds: no exception, every law kept.

`SEEDLINT_FUZZ_SECONDS` makes it longer; `python tools/fuzz.py` is the long run.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

import fuzz
from paths import CORPUS, SEEDS

SECONDS = float(os.environ.get("SEEDLINT_FUZZ_SECONDS", "10"))


@pytest.mark.parametrize("seed", [1, 2])
def test_no_mutant_gets_an_exception_out_of_it(seed: int) -> None:
    folders: list[Path] = [SEEDS, *([CORPUS] if CORPUS.exists() else [])]
    pool = [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.md"))]
    done, taken = fuzz.fuzz(pool, random.Random(seed), 10**9, SECONDS)
    print(f"{done} mutants of {len(pool)} seeds, random seed {seed}")
    assert done > 100
    # A mutation that changes nothing any more tests nothing.
    idle = {each.__name__ for each in fuzz.BYTE_MUTATIONS + fuzz.EVENT_MUTATIONS} - set(+taken)
    assert not idle
