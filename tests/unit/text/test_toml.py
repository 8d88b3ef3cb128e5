"""Where the keys and list items of a TOML text are."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.text.toml import find_places, loads_toml


def paths(data: Any, at: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every key and item of TOML data."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    found = set()
    for step, value in entries:
        found.add((*at, step))
        if isinstance(value, (dict, list)):
            found |= paths(value, (*at, step))
    return found


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a = 1", ("a",), 0),
        ("# a = 1\n\n  a = 1", ("a",), 11),
        ('"a.b" = 1', ("a.b",), 0),
        ("a.b.c = 1", ("a", "b", "c"), 4),
        ("'a' . \"b\" = 1", ("a", "b"), 6),
        ('"\\u0061" = 1', ("a",), 0),
        ("[t]\na = 1", ("t", "a"), 4),
        ("[ t . u ]\na = 1", ("t", "u"), 6),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1, "a"), 18),
        ("[[t]]\n[t.u]\na = 2\n[[t]]\n[t.u]\na = 1", ("t", 1, "u", "a"), 30),
        ("a = [1, 2.5, 3]", ("a", 2), 13),
        ("a = [\n  1, # 2\n  2,\n]", ("a", 1), 17),
        ("a = [[1], [2, 3]]", ("a", 1, 1), 14),
        ("a = [ [ ] , [ 2 ] ]", ("a", 1, 0), 14),
        ("a = { b = 1, c = { d = 2 } }", ("a", "c", "d"), 19),
        ("a = [{ b = 1 }, { b = 2 }]", ("a", 1, "b"), 18),
        ('a = """\nb = 1\n"""\nb = 2', ("b",), 18),
        ("a = '''\nb = 1''''\nb = 2", ("b",), 18),
        ('a = "]"\nb = "\\""\nc = 1', ("c",), 17),
        ("a = 1979-05-27 07:32:00Z\nb = 1", ("b",), 25),
        ("a = 1979-05-27T07:32:00.999-07:00 # c\nb = 1", ("b",), 38),
        ("a = +1e-3\r\nb = inf\r\nc = 1", ("c",), 20),
    ],
)
def test_places(text: str, path: tuple[str | int, ...], place: int) -> None:
    places = find_places(text)
    assert places[path] == place
    # Everything that is there has a place; tables of an array have those of their keys.
    missing = paths(loads_toml(text)) - set(places)
    assert all(isinstance(each[-1], int) and each[0] == "t" for each in missing)


@pytest.mark.parametrize("text", ["", "=", "[", "[[", "a", "a =", "a = [", "a = {", "a.", '"', "]"])
def test_what_is_not_toml(text: str) -> None:
    find_places(text)
