"""Words for the evidence that a draft is based on, for its comments and for people."""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.rules.base import quote

ITEMS = "[]"
"""The step that leads to every entry of a list."""


def share(count: int, total: int) -> str:
    """`all 334`, or `3 of 334`."""
    return f"all {total:,}" if count == total else f"{count:,} of {total:,}"


def listed(seeds: Sequence[str], count: int) -> str:
    """The names of the first of so many seeds."""
    names = ", ".join(seeds)
    return f"{names} and others" if count > len(seeds) else names


def place(steps: Sequence[str]) -> str:
    """A place in the seeds, for people: `related[].webUrl`."""
    path = ""
    for step in steps:
        path += "[]" if step == ITEMS else f".{step}" if path else step
    return quote(path or "the front matter")


def counted(count: int, one: str, many: str = "") -> str:
    """`1 text`, `1,024 texts`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def copies(count: int) -> str:
    """What is said of files that are the same as others."""
    verb = "does" if count == 1 else "do"
    return f"{counted(count, 'copy', 'copies')} of them {verb} not count"
