"""What a value of the wrong type was meant to be: only where one reading is certain."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from seedlint.rules.json_types import advise
from seedlint.rules.meant import (
    advise_number,
    advise_text,
    in_brackets,
    meant_list,
    meant_number,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", "1200"),
        ("1.200.000", "1200000"),
        ("1'200", "1200"),
        ("1 200", "1200"),
        ("1\u202f200", "1200"),
        ("1_200", "1200"),
        ("-1,200", "-1200"),
        ("+5", "5"),
        ("1200px", "1200"),
        ("1200 PX", "1200"),
        ("12 %", "12"),
        ("1200,", "1200"),
        ("1200 // wide", "1200"),
        ("“1200”", "1200"),
        # A decimal point or a thousands separator: nobody knows.
        ("1.200", None),
        ("1,20", None),
        ("1,2000", None),
        ("1.5", None),
        ("0123", None),
        ("12 apples", None),
        ("", None),
        ("px", None),
        ("1200 x 675", None),
        ("1" * 400, None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert meant_number(text, whole=True) == number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Harbour", "[Harbour]"),
        ("Harbour, Ferries", "[Harbour, Ferries]"),
        ("Harbour,Ferries", "[Harbour, Ferries]"),
        ("Harbour; Ferries", "[Harbour, Ferries]"),
        ("Harbour, Ferries]", "[Harbour, Ferries]"),
        ("Harbour - Ferries", "[Harbour, Ferries]"),
        ("yes, 12, @ada", '["yes", "12", "@ada"]'),
        ({"Harbour": None, "Ferries": None}, "[Harbour, Ferries]"),
        ({"title": "Two"}, None),
        ({}, None),
        ("", None),
        ("a,,b", None),
        ("x" * 400, None),
        ("a, " * 60 + "b", None),
        ('"say" x, y', None),
        (12, None),
    ],
)
def test_lists(value: Any, shown: str | None) -> None:
    assert meant_list(value) == shown


@pytest.mark.parametrize(
    "items", [["a", "b c"], ["no", "1e3", "0x1"], ["#a", "b: c", "d:"], ["it's"], ["ü", "-"]]
)
def test_what_is_put_in_brackets_is_read_back(items: list[str]) -> None:
    shown = in_brackets(items)
    assert shown is not None
    for version in ((1, 1), (1, 2)):
        yaml = YAML(typ="safe", pure=True)
        yaml.version = version
        assert yaml.load(shown) == items


@pytest.mark.parametrize(
    ("kinds", "value", "words"),
    [
        (["string"], ["One"], "only item"),
        (["string"], ["One", "Two"], None),
        (["object"], [{"a": 1}], "only item"),
        (["array"], {"title": "Two"}, "`- title: …`"),
        (["array"], "-Harbour -Ferries", "write `- Harbour`"),
        (["array"], "• Harbour • Ferries", "write `- Harbour`"),
        (["integer"], "1200px", "write `1200`"),
        (["integer", "array"], "Harbour", "write `[Harbour]`"),
        (["boolean"], "maybe", "write `true` or `false` without quotes"),
    ],
)
def test_advice(kinds: list[str], value: Any, words: str | None) -> None:
    advice = advise(kinds, value)
    assert advice is None if words is None else words in str(advice)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12,50", "12.50"),
        ("\u20ac12.50", "12.50"),
        ("12.50 EUR", "12.50"),
        ("1,200.50", "1200.50"),
        ("1.200,50", None),
        ("180\u00b0C", "180"),
        ("12.5.3", None),
    ],
)
def test_numbers_with_decimals(text: str, meant: str | None) -> None:
    assert meant_number(text, whole=False) == meant
    if meant and "." in meant:
        assert meant_number(text, whole=True) is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("forty", "write a whole number in digits"),
        ("about 40", "write a whole number and nothing else, such as `40`"),
        ("84/100", "write a whole number and nothing else"),
        ("007", "write a whole number and nothing else"),
    ],
)
def test_advice_on_other_texts(text: str, advice: str) -> None:
    assert advise_number(text, whole=True) == advice


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (
            {"Harbour": "north"},
            'put all of it in quotes: write `"Harbour: north"`; '
            "or `north` alone if that is the text",
        ),
        ({"Boil": 20}, 'put all of it in quotes: write `"Boil: 20"`'),
        ({"a": 'say "b"'}, "put all of it in quotes"),
        ({"a": {}}, None),
        ({"a": 1, "b": 2}, None),
    ],
)
def test_item_with_a_colon(value: object, advice: str | None) -> None:
    assert advise_text(value) == advice
