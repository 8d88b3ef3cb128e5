"""Reading seeds to count them: what goes wrong with one costs no other."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.discover import Target
from seedlint.document.limits import Limits
from seedlint.infer import survey as module
from seedlint.infer.contract import load_text, text_of
from seedlint.infer.draft import Wishes, draft
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


@pytest.mark.slow
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


def drafted(found: Survey) -> str:
    text = text_of(draft(found, Wishes()).schema)
    load_text(text)
    return text


def test_deep_nesting() -> None:
    """As deep as a configuration may allow."""
    limits = Limits(depth=400)
    seeds = [
        Target(name, name, f"---\na: {'[{a: ' * 190}{number}{'}]' * 190}\n---\n".encode())
        for number in range(60)
        for name in [f"{number}.md"]
    ]
    found = survey(seeds, limits, 0)
    assert (found.seeds, found.unread) == (60, ())
    # It is looked into as far as seeds of people go, and nothing is said of what is below.
    text = drafted(found)
    assert text.count('"properties"') == 12
    assert text.count('"additionalProperties": false') == 12


WIDE = {
    "distinct keys": lambda number: "\n".join(f"k{number}-{key}: 1" for key in range(9000)),
    "small mappings": lambda number: (
        "list:\n" + "\n".join(f"  - k{number % 7}{key % 60}: x" for key in range(9000))
    ),
    "wide mappings": lambda number: "\n".join(f"k{key}: x" for key in range(number % 8, 480)),
    "distinct texts": lambda number: (
        "list:\n" + "\n".join(f"  - https://example.com/{number}/{key}?a=%" for key in range(5000))
    ),
    "distinct lengths": lambda number: (
        "list:\n" + "\n".join(f"  - {'x' * (key % 50)}{number}" for key in range(5000))
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", WIDE)
def test_many_keys_and_values_take_linear_time(kind: str) -> None:
    seeds = [
        Target(name, name, f"---\n{WIDE[kind](number)}\n---\n{number}".encode())
        for number in range(60)
        for name in [f"{number}.md"]
    ]
    with cpu_limit():
        found = survey(seeds, Limits(), 0)
        assert (found.seeds, found.unread) == (60, ())
        assert len(drafted(found)) < 500_000


def test_a_table_is_one_schema() -> None:
    seeds = [
        Target(name, name, f"---\ntitle: T{number}\nwords:\n  w{number}: {number}\n---\n".encode())
        for number in range(100)
        for name in [f"{number}.md"]
    ]
    words = json.loads(drafted(survey(seeds, Limits(), 0)))["properties"]["words"]
    assert words == {
        "$comment": "in all 100; 100 keys in 100: a table, whose keys are data",
        "type": "object",
        "additionalProperties": {"type": "integer"},
    }


def test_no_seeds() -> None:
    found = survey([], LIMITS, 2)
    assert (found.root, found.seeds, found.unread) == (None, 0, ())
