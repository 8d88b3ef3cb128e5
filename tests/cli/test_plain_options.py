"""A command line of flags and paths means the same with and without click."""

from __future__ import annotations

import itertools

import click
import pytest

from seedlint.cli import check_command
from seedlint.cli.check import _FLAGS, _VALUE_OPTIONS, Options, parse_simple


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
    *_FLAGS,
    *_VALUE_OPTIONS,
    "--schema=x",
    "--config=",
    "a.md",
    "b c.md",
    "-",
    "",
    "--",
    "-x",
    "--x",
]


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_the_same_as_click(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    for arguments in itertools.islice(map(list, itertools.product(PIECES, repeat=length)), 5000):
        options = parse_simple(arguments)
        if options is not None:
            taken += 1
            assert options == parsed(arguments, monkeypatch), arguments
    assert taken >= len(PIECES) ** length // 2 or taken > 1000


def test_the_hooks_need_no_click(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["--force-exclude", "--", "-x.md", "--jobs"], []):
        assert parse_simple(arguments) == parsed(arguments, monkeypatch)


@pytest.mark.parametrize(
    "argument",
    [
        "-q",
        "-n",
        "-nq",
        "--quie",
        "--quiet=1",
        "--schem",
        "--select",
        "--jobs=2",
        "--jobs",
        "-j2",
        "--help",
        "-h",
        "--no",
    ],
)
def test_what_is_left_to_click(argument: str) -> None:
    assert parse_simple(["a.md", argument, "b.md"]) is None


@pytest.mark.parametrize("folder", ["", " ", "/x"])
def test_the_environment(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDLINT_CACHE_DIR", folder)
    for arguments in (["a.md"], ["--cache-dir", "y"], ["--cache-dir="]):
        assert parse_simple(arguments) == parsed(arguments, monkeypatch)
    monkeypatch.setenv("SEEDLINT_NO_CACHE", "1")
    assert parse_simple(["a.md"]) is None


def test_every_flag_is_known() -> None:
    options = [each for each in check_command.command.params if isinstance(each, click.Option)]
    flags = {name for each in options if each.is_flag for name in each.opts if name[:2] == "--"}
    assert flags == set(_FLAGS)
    assert {each.name for each in check_command.command.params} == set(Options._fields)
