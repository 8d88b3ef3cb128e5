"""Trees of invented seeds for the article contract, large enough for an index."""

from __future__ import annotations

from pathlib import Path

SEED = """---
category: news
title: "The harbour reports on day {number}"
excerpt: "What happened in the harbour on day {number}."
publishedDateTime: 2021-05-08T05:00:00Z
originalUrl: "https://www.harbour-times.example/day/{number}"
webUrl: "https://www.harbour-times.example/day/{number}"
type: article
provider:
  name: Harbour Times
  domain: harbour-times.example
topics:
  - Harbour
secured: "a/b+;c="
---
"""


def seed(number: int) -> str:
    """A clean seed that shares nothing with those of other numbers."""
    return SEED.format(number=number)


def lay_tree(folder: Path) -> None:
    """110 clean seeds, but for one with an error, one with a warning and one that is no YAML."""
    for number in range(110):
        path = folder / f"{number % 3}" / f"{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seed(number), "utf-8")
    (folder / "wrong.md").write_text(seed(5000).replace("type: article", "type: aritcle"))
    (folder / "doubtful.md").write_text(seed(5001).replace('excerpt: "W', 'excerpt: "\u200bW'))
    (folder / "broken.md").write_text(seed(5002).replace('"The', "'The"))


def write(tree: Path, name: str, text: str) -> None:
    """A file of a tree, and the folders that it is in."""
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
