"""Entries that repeat each other or the seed, through the bindings that find them."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.document.pointer import Pointer
from seedlint.rules import all_rules
from seedlint.rules.related import NOT_SELF, UNIQUE_BY

KEYS = {"links": ["link"], "titles": ["title"]}
Place = tuple[str, Pointer, Pointer]


def run(binding: Any, value: Any, options: dict[str, Any]) -> list[Place]:
    subject = binding.parse(value, options)
    if subject is None:
        return []
    found = []
    for rule in all_rules().values():
        if binding.name in rule.on.names:
            for finding in rule.check(subject):
                assert len(finding.message) <= 300
                [related] = finding.related
                found.append((rule.code, finding.pointer, related.pointer))
    return found


def repeated(entries: list[Any], **options: Any) -> list[Place]:
    return run(UNIQUE_BY, entries, KEYS | options)


def about_itself(seed: dict[str, Any], **options: Any) -> list[Place]:
    return run(NOT_SELF, seed, {"entries": "related", **KEYS} | options)


A, B = "https://example.com/a", "https://example.com/b"


def test_repetitions_name_the_first() -> None:
    entries = [{"link": B}, {"link": A}, {"link": A + "/"}, {"link": "http://EXAMPLE.com/a#b"}]
    assert repeated(entries) == [
        ("REL001", (2, "link"), (1, "link")),
        ("REL001", (3, "link"), (1, "link")),
    ]


def test_link_and_title_are_counted_apart() -> None:
    entries = [{"link": A, "title": "Ferry"}, {"link": A, "title": "FERRY!"}]
    assert repeated(entries) == [
        ("REL001", (1, "link"), (0, "link")),
        ("REL002", (1, "title"), (0, "title")),
    ]


def test_an_entry_is_named_once_per_rule() -> None:
    entries = [{"link": A, "amp": B}, {"link": A, "amp": B}, {"link": "x", "amp": B}]
    assert repeated(entries, links=["link", "amp"]) == [
        ("REL001", (1, "link"), (0, "link")),
        ("REL001", (2, "amp"), (0, "amp")),
    ]


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [{"link": A}],
        [{"link": A}, {"link": B}],
        [{"link": ""}, {"link": ""}, {"title": "…"}, {"title": "!"}],
        [{"link": 1}, {"link": 1}, {"link": None}, {"link": None}],
        [A, A, None, None, 7, [A], [A]],
        [{"link": A}, {"title": A}],
        [{"other": A}, {"other": A}],
    ],
)
def test_no_repetition(entries: list[Any]) -> None:
    assert repeated(entries) == []


def test_without_keys_nothing_is_compared() -> None:
    assert run(UNIQUE_BY, [{"link": A}, {"link": A}], {}) == []


def test_seed_among_its_entries() -> None:
    seed = {
        "link": A,
        "title": "Ferry sails",
        "related": [
            {"link": B, "title": "Boat"},
            {"link": A + "/", "title": "ferry: sails"},
            {"link": B, "title": "FERRY SAILS"},
        ],
    }
    assert about_itself(seed) == [
        ("REL003", ("related", 1, "link"), ("link",)),
        # Said of an entry found by its link as well: the titles are counted apart.
        ("REL004", ("related", 1, "title"), ("title",)),
        ("REL004", ("related", 2, "title"), ("title",)),
    ]


@pytest.mark.parametrize(
    "seed",
    [
        {"link": A},
        {"link": A, "related": []},
        {"link": A, "related": {"link": A}},
        {"link": A, "related": [A, None, {"link": None}, {"title": A}]},
        {"link": "", "title": "", "related": [{"link": "", "title": ""}]},
        {"link": 7, "related": [{"link": 7}]},
        # The same key only: a reader is sent to webUrl, wherever the item was found.
        {"originalLink": A, "link": B, "related": [{"link": A}]},
    ],
)
def test_not_about_itself(seed: dict[str, Any]) -> None:
    assert about_itself(seed) == []


def test_many_entries_take_linear_time() -> None:
    entries = [{"link": f"{A}{index % 50_000}", "title": str(index)} for index in range(100_000)]
    assert len(repeated(entries)) == 50_000
