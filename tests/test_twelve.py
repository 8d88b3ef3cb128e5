"""Twelve common defects, one at a time in one good seed, each at its exact line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import check_json

SEED = """---
category: news
title: "The ferry runs again"
excerpt: "After a winter in the yard the ferry is back."
publishedDateTime: 2024-04-02T08:00:00Z
originalUrl: "https://www.harbour-times.example/ferry"
webUrl: "https://www.harbour-times.example/ferry"
type: article
quality: 61
heat: 12
published: true

provider:
  name: Harbour Times
  domain: harbour-times.example

topics:
  - Ferries
  - Harbour

images:
  - url: "https://images.example.com/ferry.jpg"
    width: 1200
    height: 675

related:
  - title: "A new engine for the ferry"
    excerpt: "It burns less."
    publishedDateTime: 2024-01-10T08:00:00Z
    webUrl: "https://www.harbour-times.example/engine"
    type: article
    provider:
      name: Harbour Times
      domain: harbour-times.example
    quality: 40
  - title: "The timetable for spring"
    excerpt: "Every hour from seven."
    publishedDateTime: 2024-03-01T08:00:00Z
    webUrl: "https://www.harbour-times.example/timetable"
    type: article
    provider:
      name: Harbour Times
      domain: harbour-times.example
    quality: 44

secured: "c2VjcmV0;a2V5"
---
"""
# name: (old text, new text, code, line, column)
DEFECTS = {
    "missing key": ('title: "The ferry runs again"\n', "", "SCH001", 1, 1),
    "nested type": ("    width: 1200", '    width: "1200"', "SCH003", 23, 12),
    "enum": ("type: article\nquality: 61", "type: articel\nquality: 61", "SCH004", 8, 7),
    "key typo": ("heat: 12", "heet: 12", "SCH002", 10, 1),
    "duplicate key": ("heat: 12", "heat: 12\nquality: 3", "YML008", 11, 1),
    "tab": ("  name: Harbour Times\n  domain", "\tname: Harbour Times\n  domain", "YML003", 14, 1),
    "open quote": ('again"\n', "again\n", "YML004", 3, 8),
    "no closing fence": ('a2V5"\n---\n', 'a2V5"\n', "FM002", 1, 1),
    "empty related URL": ('"https://www.harbour-times.example/engine"', '""', "URL001", 30, 13),
    "duplicate related": ("example/timetable", "example/engine", "REL001", 39, 13),
    "null topic": ("  - Harbour\n", "  -\n", "SCH003", 19, 3),
    "bad date": ("2024-04-02T08:00:00Z", "2024-04-31T08:00:00Z", "SCH006", 5, 20),
}


def lint(folder: Path, text: str) -> list[tuple[str, int, int]]:
    (folder / "seed.md").write_text(text, "utf-8", newline="")
    return check_json("seed.md", cwd=folder).places


def test_the_seed_itself_is_clean(tmp_path: Path) -> None:
    assert lint(tmp_path, SEED) == []


@pytest.mark.parametrize("name", DEFECTS)
def test_defect_is_found_at_its_place_and_nothing_else(name: str, tmp_path: Path) -> None:
    old, new, code, line, column = DEFECTS[name]
    assert SEED.count(old) == 1
    assert lint(tmp_path, SEED.replace(old, new)) == [(code, line, column)]
