"""Findings within a bound of memory: the same whether they are kept or stored."""

from __future__ import annotations

import random

import pytest

from seedlint import findings
from seedlint.diagnostic import Diagnostic, Label, Region, gravest_first
from seedlint.findings import Findings
from seedlint.severity import Severity
from seedlint.text.span import Position


def diagnostic(path: str, line: int, number: int = 0) -> Diagnostic:
    place = Position(line, 1)
    region = Region(path, place, place)
    severity = list(Severity)[number % 3]
    return Diagnostic(region, "SCH003", "wrong-type", severity, f"{number} \ud800 😀", "/a", "help",
                      (Label(region, "here"),), "x")  # fmt: skip


@pytest.mark.parametrize("most", [0, 1, 7, 1000])
def test_they_are_in_order_wherever_they_are(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(findings, "_MOST_KEPT", most)
    chosen = random.Random(most)
    every = [
        diagnostic(chosen.choice("abc") + ".md", chosen.randrange(1, 5), number)
        for number in range(100)
    ]
    found = Findings()
    done = 0
    while done < len(every):
        size = chosen.randrange(1, 9)
        found.add(every[done : done + size])
        done += size
        # A pass between two additions changes nothing.
        assert len(list(found)) == len(found) == min(done, len(every))
    # What ties stays in the order in which it was found.
    expected = sorted(every, key=Diagnostic.sort_key)
    assert list(found) == expected
    assert found == expected
    assert found != expected[1:]
    assert found[0] == expected[0]
    assert found[-3:] == expected[-3:]
    # Two passes at once do not disturb each other.
    assert [first == second for first, second in zip(found, found, strict=True)] == [True] * 100
    by_rank = sorted(expected, key=lambda each: each.severity.rank)
    assert list(gravest_first(found)) == by_rank


def test_none() -> None:
    assert not Findings()
    assert Findings() == []
    found = Findings()
    found.add(())
    assert list(found) == []


def test_nothing_is_stored_that_need_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Findings([diagnostic("a.md", 1)] * 100)
    assert found._file is None
    monkeypatch.setattr(findings, "_MOST_KEPT", 50)
    found.add([diagnostic("b.md", 1)])
    assert found._file is not None
    assert len(found) == len(list(found)) == 101


def test_one_long_addition_is_bounded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_MOST_KEPT", 50)
    found = Findings(diagnostic(f"{number}.md", 1) for number in range(100))
    assert sum(map(len, found._kept.values())) <= 50
    assert len(found) == len(list(found)) == 100
