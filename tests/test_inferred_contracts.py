"""Contracts drafted from real seeds: what they accept, and which defects they catch."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from mutations import MUTATIONS, mutants
from paths import CORPUS, needs
from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.document.limits import Limits
from seedlint.infer.contract import load_text, text_of
from seedlint.infer.draft import Wishes, draft
from seedlint.infer.survey import survey
from seedlint.settings import Settings

FOLDERS = ["diablo4/news", "powerapps/learning-videos", "powerapps/samples", "powerapps/news"]
Seed = tuple[str, bytes]


@cache
def seeds_of(folder: str) -> Sequence[Seed]:
    return [(path.name, path.read_bytes()) for path in sorted((CORPUS / folder).glob("*.md"))]


def drafted(seeds: Sequence[Seed], jobs: int = 0) -> str:
    found = survey([Target(name, name, data) for name, data in seeds], Limits(), jobs)
    assert not found.unread
    return text_of(draft(found, Wishes()).schema)


def checker_of(text: str) -> Checker:
    return Checker(load_text(text), Settings(suppressions=False))


def findings(checker: Checker, seed: Seed) -> Counter[tuple[str, int]]:
    """Code and line of each finding of a seed."""
    found = checker.check(checker.read(*seed)).diagnostics
    return Counter((each.code, each.region.start.line) for each in found)


def departs(checker: Checker, seed: Seed) -> bool:
    return any(code.startswith("SCH") for code, _ in findings(checker, seed))


@needs(CORPUS)
@pytest.mark.parametrize("folder", [*FOLDERS, "powerapps/learning-courses", "powerapps/people"])
def test_no_seed_departs_from_the_contract_of_all(folder: str) -> None:
    checker = checker_of(drafted(seeds_of(folder)))
    assert not [name for name, data in seeds_of(folder) if departs(checker, (name, data))]


@needs(CORPUS)
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("split", range(4))
def test_each_half_accepts_the_other(folder: str, split: int) -> None:
    halves: tuple[list[Seed], list[Seed]] = ([], [])
    for name, data in seeds_of(folder):
        digest = blake2b(f"{split} {name}".encode(), digest_size=1).digest()
        halves[digest[0] % 2].append((name, data))
    refused = [
        name
        for learnt, unseen in (halves, halves[::-1])
        for checker in [checker_of(drafted(learnt))]
        for name, data in unseen
        if departs(checker, (name, data))
    ]
    assert 100 * len(refused) <= len(seeds_of(folder)), refused


@pytest.mark.slow
@needs(CORPUS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_defects_are_caught(folder: str, tmp_path: Path) -> None:
    """The defects of the mutation test, under a contract that nobody has written by hand."""
    checker = checker_of(drafted(seeds_of(folder)))
    chosen = sorted((CORPUS / folder).glob("*.md"))[::5]
    before = {path.name: findings(checker, (path.name, path.read_bytes())) for path in chosen}
    caught = total = 0
    for mutation in MUTATIONS:
        for name, (_, line, _) in mutants(tmp_path, mutation, chosen):
            found = findings(checker, (name, (tmp_path / name).read_bytes()))
            total += 1
            caught += any(at == line for _, at in found - before[name.partition("-")[2]])
    assert total >= 7 * len(chosen) // 2
    assert caught >= 0.98 * total


Change = Callable[[Any, random.Random], Any]
# What a value may become by mistake, by its type.
CHANGES: dict[type, list[Change]] = {
    str: [
        lambda text, rng: None,
        lambda text, rng: "",
        lambda text, rng: 17,
        lambda text, rng: [text],
        lambda text, rng: text[:-1] + "~ ",
    ],
    int: [lambda number, rng: str(number), lambda number, rng: None, lambda number, rng: 0.5],
    bool: [lambda flag, rng: str(flag), lambda flag, rng: None],
    list: [lambda items, rng: [], lambda items, rng: None, lambda items, rng: "none"],
    dict: [lambda pairs, rng: {}, lambda pairs, rng: [pairs], lambda pairs, rng: None],
}


def changed(data: Any, rng: random.Random) -> Any:
    """The data with a defect: a value that is another, a key that is gone, misspelt or new."""
    data = json.loads(json.dumps(data))
    holders = [each for each in _mappings(data) if each]
    holder = rng.choice(holders)
    key = rng.choice(list(holder))
    kind = rng.randrange(5)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key[:-1] + "x"] = holder.pop(key)
    else:
        holder[key] = rng.choice(CHANGES[type(holder[key])])(holder[key], rng)
    return data


def _mappings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _mappings(value)
    elif isinstance(data, list):
        for item in data:
            yield from _mappings(item)


@needs(CORPUS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_most_random_changes_are_caught(folder: str) -> None:
    """Changes that know nothing of the contract: deleting an optional key is one, too."""
    checker = checker_of(drafted(seeds_of(folder)))
    rng = random.Random(19)
    caught = total = 0
    for name, data in seeds_of(folder)[:200]:
        before = checker.read(name, data).data
        known = len(checker.evaluator.failures(before))
        for _ in range(3):
            total += 1
            caught += len(checker.evaluator.failures(changed(before, rng))) > known
    assert caught >= 0.85 * total, f"{caught} of {total}"


@needs(CORPUS)
def test_bytes_do_not_depend_on_order_or_processes() -> None:
    seeds = list(seeds_of("diablo4/news"))
    expected = drafted(seeds)
    random.Random(0).shuffle(seeds)
    assert drafted(seeds) == expected
    assert drafted(seeds, jobs=2) == expected
    assert drafted(seeds, jobs=3) == expected


@needs(CORPUS)
def test_copies_change_a_count_only() -> None:
    seeds = seeds_of("powerapps/news")
    copies = [(f"z{number}-{name}", data) for name, data in seeds[:3] for number in range(40)]
    expected = drafted(seeds).splitlines()
    found = drafted([*seeds, *copies], jobs=2).splitlines()
    assert len(found) == len(expected)
    different = [line for line, before in zip(found, expected, strict=True) if line != before]
    assert len(different) == 1
    assert "; 120 copies of them do not count" in different[0]
