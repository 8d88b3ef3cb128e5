"""Bindings on fields point at exactly the characters of the value, in every style of YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.check import Checker
from seedlint.diagnostic import Region
from seedlint.discover import Files, Target
from seedlint.run import run
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

laws = settings(derandomize=True, deadline=None, max_examples=200, database=None)

QUOTES = st.sampled_from(["", '"', "'"])
GAPS = st.sampled_from([" ", "  ", "   "])
ENDS = st.sampled_from(["", " ", "  # a note"])
NAME = "2022-07-06-high-tide.md"

# By code: the contract, the key at fault with values that are wrong, and other keys.
CASES: Mapping[str, tuple[dict[str, Any], str, list[str], dict[str, str]]] = {
    "URL015": (
        {"same-site": {"domain": ["place", "domain"], "links": ["link"]}},
        "domain",
        ["example.org", "a.example.org", "Example.ORG"],
        {"link": "https://www.example.com/a"},
    ),
    "DATE001": (
        {"not-after": {"order": ["date", "updated"]}},
        "date",
        ["2024-05-03", "2024-05-03T08:00:00Z", "3 May 2024"],
        {"updated": "2024-05-01"},
    ),
    "DATE002": (
        {"not-after": {"today": ["date"]}},
        "date",
        ["2924-05-03", "2924-05-03T08:00:00Z"],
        {},
    ),
    "SEED010": (
        {"file-name": {"date": "date"}},
        "date",
        ["2022-07-16", "2022-07-16T08:00:00Z"],
        {},
    ),
    "SEED011": (
        {"file-name": {"title": "title"}},
        "title",
        ["Low tide", "Low tide’s end", "Ebbe"],
        {},
    ),
}


ORDERED = {
    "properties": {"first key": {}, "second": {}, "third": {}},
    "x-seedlint": {"ordered-keys": {}},
}


@pytest.fixture(scope="module")
def checkers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Checker]:
    folder = tmp_path_factory.mktemp("contracts")
    made = {}
    for code, (bindings, *_) in CASES.items():
        path = folder / f"{code}.json"
        path.write_text(json.dumps({"x-seedlint": bindings}), "utf-8")
        made[code] = Checker(load_schema(path), Settings(schema=path))
    return made


def styles(code: str, quote: str, value: str, gap: str, end: str) -> Iterator[str]:
    """Front matter with the value in block style and in a flow mapping."""
    _, key, _, others = CASES[code]
    written = f"{quote}{value}{quote}"
    block = [f'{name}: "{text}"' for name, text in others.items()]
    flow = ", ".join(f'{name}: "{text}"' for name, text in others.items())
    comma = ", " if flow else ""
    if code == "URL015":
        yield "\n".join([*block, "place:", f"  {key}:{gap}{written}{end}"])
        yield "\n".join([*block, f"place: {{{key}:{gap}{written} }}{end}"])
    else:
        yield "\n".join([*block, f"{key}:{gap}{written}{end}"])
        yield "\n".join([f"{key}:{gap}{written}{end}", *block])
        yield f"{{{key}:{gap}{written}{comma}{flow}}}{end}"


@laws
@given(st.data(), QUOTES, GAPS, ENDS)
@pytest.mark.parametrize("code", CASES)
def test_the_finding_is_at_the_value(
    checkers: Mapping[str, Checker], code: str, data: Any, quote: str, gap: str, end: str
) -> None:
    value = data.draw(st.sampled_from(CASES[code][2]))
    written = f"{quote}{value}{quote}"
    for yaml in styles(code, quote, value, gap, end):
        document = checkers[code].read(NAME, f"---\n{yaml}\n---\n".encode())
        (found,) = checkers[code].check(document).diagnostics
        assert found.code == code
        assert text_at(document.source, found.region) == written


@laws
@given(QUOTES, GAPS, ENDS)
def test_the_key_that_is_late_is_pointed_at(
    tmp_path_factory: pytest.TempPathFactory, quote: str, gap: str, end: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "order.json"
    path.write_text(json.dumps(ORDERED), "utf-8")
    checker = Checker(load_schema(path), Settings(schema=path))
    key = f"{quote}first key{quote}"
    for yaml in (
        f"x: 1\nsecond: 2\n{key}:{gap}3{end}",
        f"{{second: 2, {key}:{gap}3 }}{end}",
        f"third:\n  {key}:{gap}3{end}\n  second: 4\n{key}:{gap}1",
    ):
        document = checker.read(NAME, f"---\n{yaml}\n---\n".encode())
        (found,) = checker.check(document).diagnostics
        assert found.code == "SEED012"
        assert text_at(document.source, found.region) == key


USUAL = [
    Target(f"{number}.md", f"{number}.md", b"---\ntopics: [Lighthouses]\nsection: Tides\n---\n")
    for number in range(5)
]


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    path = tmp_path_factory.getbasetemp() / "terms.json"
    bindings = {"unique-across": {"spellings": ["topics", "section"]}}
    path.write_text(json.dumps({"x-seedlint": bindings}), "utf-8")
    return Settings(schema=path, use_cache=False)


@settings(laws, max_examples=60)
@given(QUOTES, GAPS, ENDS, st.sampled_from(["lighthouse", "Light-houses", "Lighthuoses"]))
def test_the_term_that_others_spell_otherwise_is_pointed_at(
    terms: Settings, quote: str, gap: str, end: str, term: str
) -> None:
    written = f"{quote}{term}{quote}"
    for yaml in (
        f"topics:\n  - Sea\n  -{gap}{written}{end}",
        f"topics: [Sea,{gap}{written} ]{end}",
        f"section:{gap}{written}{end}",
        f"{{section:{gap}{written} }}{end}",
    ):
        data = f"---\n{yaml}\n---\n".encode()
        outcome = run(Files([*USUAL, Target("z.md", "z.md", data)]), terms)
        (found,) = outcome.diagnostics
        assert (found.code, found.path) == ("DUP003", "z.md")
        assert text_at(SourceFile.from_bytes("z.md", data), found.region) == written


def text_at(source: SourceFile, region: Region) -> str:
    lines = source.text.split("\n")
    assert region.start.line == region.end.line
    return lines[region.start.line - 1][region.start.column - 1 : region.end.column - 1]
