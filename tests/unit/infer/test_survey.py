"""Reading seeds to count them: what goes wrong with one costs no other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from seedlint.discover import Target
from seedlint.document.limits import Limits
from seedlint.infer import survey as module
from seedlint.infer.statistics import Mappings
from seedlint.infer.survey import Survey, survey

LIMITS = Limits(seconds=1)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no workers")


def targets(count: int) -> list[Target]:
    """So many different seeds, each of another size."""
    return [
        Target(name, name, f"---\ntitle: {'x' * number}y\n---\n".encode())
        for number in range(count)
        for name in [f"{number:04}.md"]
    ]


def poisoned(poison: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make reading the seed `0300.md` do something else."""
    read = module._read

    def read_or_fail(shown: str, *arguments: Any) -> dict[str, Any]:
        if shown == "0300.md":
            poison()
        return read(shown, *arguments)

    monkeypatch.setattr(module, "_read", read_or_fail)


def titles(found: Survey) -> int:
    root = found.root
    assert isinstance(root, Mappings)
    assert root.keys is not None
    return root.keys["title"].count


@needs_fork
def test_a_seed_that_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    poisoned(lambda: os._exit(3), monkeypatch)
    found = survey(targets(600), LIMITS, 2)
    assert [each[:2] for each in found.unread] == [("0300.md", "its process ended with code 3")]
    assert found.seeds == titles(found) == 599


@needs_fork
def test_a_seed_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PART_SECONDS", 0)
    monkeypatch.setattr(module, "_WATCHDOG_SECONDS", 1)
    poisoned(lambda: time.sleep(1000), monkeypatch)
    found = survey(targets(600), LIMITS, 2)
    assert [each.shown for each in found.unread] == ["0300.md"]
    assert "not read within 1 s" in found.unread[0].reason
    assert found.seeds == titles(found) == 599


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_what_cannot_be_read(jobs: int) -> None:
    bad = [
        Target("absent.md", "absent.md"),
        Target("list.md", "list.md", b"---\n- a\n---\n"),
        Target("long.md", "long.md", b"---\na: 1\n---\n" + b"x" * LIMITS.file_bytes),
        Target("cut.md", "cut.md", b"---\ntitle: 'a\n---\n"),
        Target("bytes.md", "bytes.md", b"---\ntitle: \xff\n---\n"),
    ]
    found = survey([*targets(300), *bad], LIMITS, jobs)
    assert [(each.shown, each.place) for each in found.unread] == [
        ("absent.md", ""),
        ("bytes.md", ":2:8"),
        ("cut.md", ":2:8"),
        ("list.md", ":2:1"),
        ("long.md", ""),
    ]
    assert found.seeds == titles(found) == 300


def test_no_seeds() -> None:
    found = survey([], LIMITS, 2)
    assert (found.root, found.seeds, found.unread) == (None, 0, ())
