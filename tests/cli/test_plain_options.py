"""A command line of flags and paths means the same with and without click."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from seedlint.cli import check_command
from seedlint.cli.options import OPTIONS, Options, parse_plain, spellings


def parsed(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Options:
    """What click makes of the arguments."""
    given: list[Options] = []
    monkeypatch.setattr(check_command, "check", lambda options: given.append(options))
    check_command.command.main(arguments, standalone_mode=False)
    return given[0]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEEDLINT_NO_CACHE", raising=False)
    monkeypatch.delenv("SEEDLINT_CACHE_DIR", raising=False)


PIECES = [
    *(spelling for name in OPTIONS for spelling in spellings(name)),
    "--schema=x",
    "--config=",
    "-oq",
    "-o=q",
    "--jobs=2",
    "--select=a, b,",
    "--collection=a, b,",
    "json",
    "error",
    "16",
    "a.md",
    "b c.md",
    "-",
    "",
    "--",
    "-x",
    "--x",
]


def lines(length: int) -> Iterator[list[str]]:
    """All lines of so many pieces, or 3,000 of them."""
    if length <= 2:
        yield from map(list, itertools.product(PIECES, repeat=length))
    else:
        rng = random.Random(length)
        yield from (rng.choices(PIECES, k=length) for _ in range(3000))


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5])
def test_the_same_as_click(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: Counter[str] = Counter()
    for arguments in lines(length):
        options = parse_plain(arguments)
        if options is not None:
            taken.update(arguments or ["nothing"])
            assert options == parsed(arguments, monkeypatch), arguments
    if length > 1:
        assert not {spelling for name in OPTIONS for spelling in spellings(name)} - taken.keys()
    assert taken


def test_whether_a_number_is_one_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in ("1", "256"):
        assert parse_plain(["-j", number]) == parsed(["-j", number], monkeypatch)
    for number in ("0", "257", "0000000019999", " 2", "+2", "²", "9" * 5000):
        assert parse_plain(["-j", number]) is None


def test_the_hooks_need_no_click(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["--force-exclude", "--", "-x.md", "--jobs"], []):
        assert parse_plain(arguments) == parsed(arguments, monkeypatch)


@pytest.mark.parametrize(
    "argument",
    [
        "-nq",
        "--quie",
        "--quiet=1",
        "--schem",
        "--jobs=many",
        "--jobs",
        "-j2",
        "--output-format=sarf",
        "--fail-on",
        "--help",
        "-h",
        "--no",
    ],
)
def test_what_is_left_to_click(argument: str) -> None:
    assert parse_plain(["a.md", argument, "b.md"]) is None


@pytest.mark.parametrize("folder", ["", " ", "/x"])
def test_the_environment(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDLINT_CACHE_DIR", folder)
    for arguments in (["a.md"], ["--cache-dir", "y"], ["--cache-dir="]):
        assert parse_plain(arguments) == parsed(arguments, monkeypatch)
    monkeypatch.setenv("SEEDLINT_NO_CACHE", "1")
    assert parse_plain(["a.md"]) is None


def test_every_option_is_in_the_table() -> None:
    assert {"paths", *OPTIONS} == set(Options._fields)
    assert {each.name for each in check_command.command.params} == set(Options._fields)
