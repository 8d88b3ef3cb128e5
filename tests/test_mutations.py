"""Known defects put into real and invented seeds at known places, found there and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import check_json
from mutations import MUTATIONS, Mutation, mutants
from paths import CORPUS, SEEDS


def seed_files() -> list[Path]:
    """Clean seeds: ours, and real ones where they are at hand."""
    real = sorted((CORPUS / "powerapps" / "news").glob("*.md"))[::12] if CORPUS.exists() else []
    return [*sorted(SEEDS.glob("*.md")), *real]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_found_at_its_place_and_nothing_else(mutation: Mutation, tmp_path: Path) -> None:
    expected = sorted(mutants(tmp_path, mutation, seed_files()))
    assert len(expected) >= 10
    # Several seeds of one site share a title; that is no part of this test, nor are the warnings
    # that a seed had before.
    result = check_json(
        ".", "--ignore", "DUP,IMG005,URL012,FM010,REL002,REL004,TXT001", cwd=tmp_path
    )
    found = [
        (each["filename"], (each["code"], each["location"]["row"], each["location"]["column"]))
        for each in result.findings
    ]
    assert sorted(found) == expected
