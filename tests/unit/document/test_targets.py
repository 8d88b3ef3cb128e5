"""How site generators read scalars, and what a target makes of the rules about them."""

from __future__ import annotations

import json
import random
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document, document_of_lines, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import open_line_reader
from seedlint.document.problem import ProblemKind
from seedlint.document.scalars import is_date, resolve_plain
from seedlint.document.targets import _READERS, Error, other_reading
from seedlint.schema.load import load_schema
from seedlint.settings import TARGETS, Settings
from seedlint.text.source import SourceFile

MEASURED = json.loads(Path(__file__).with_name("js_yaml.json").read_text("utf-8"))["values"]


def as_measured(value: object) -> str:
    """A value in the words of the table: its type in JavaScript, and JSON."""
    if isinstance(value, date):
        return f"date {value.isoformat()}T00:00:00.000Z"
    if isinstance(value, bool):
        return f"boolean {json.dumps(value)}"
    if value is None:
        return "object null"
    if isinstance(value, str):
        return f"string {json.dumps(value)}"
    assert isinstance(value, (int, float))
    # JSON has no minus before zero.
    return f"number {float(value) + 0.0!r}"


def normal(said: str) -> str:
    kind, _, value = said.partition(" ")
    return f"number {float(value) + 0.0!r}" if kind == "number" else said


@pytest.mark.parametrize(("target", "column"), [("eleventy", 1), ("astro", 2), ("yaml-1.2", 3)])
def test_javascript_as_measured(target: str, column: int) -> None:
    for row in MEASURED:
        text, said = row[0], normal(row[column])
        ours, problem = resolve_plain(text, 300)
        if problem is ProblemKind.NOT_JSON_NUMBER:
            continue
        if target in _READERS:
            found: object = _READERS[target][1](text)
            if text.lower() in ("~", "null", "true", "false"):
                # Those are left to the table of the contract.
                assert other_reading(target, text, ours) is None
                found = ours
            if is_date(text) and isinstance(found, str):
                assert said.startswith("date ")
                continue
        else:
            found = ours
        assert as_measured(found) == said, text


@pytest.mark.parametrize(
    ("target", "values"),
    [
        (
            "jekyll",
            {
                "yes": True, "Off": False, "y": "y", "012": 10, "08": "08", "08.5": 8.5, "0b11": 3,
                "0x1F": 31, "1,000": 1000, "1_000": 1000, "12:30": 750, "08:30": 510, "1e3": "1e3",
                "1.5e3": "1.5e3", "1.5e+3": 1500.0, "0o17": "0o17", "5.": "5.", ".5": 0.5,
                "-.5": -0.5, "+012": "+012", "1:2.5": 62.5, "._5": Error(), "=": "=",
            },
        ),
        (
            "hugo",
            {
                "yes": "yes", "012": 10, "-012": -10, "08": "08", "08.5": 8.5, "0b11": 3,
                "0x1F": 31, "-0x1F": -31, "1,000": "1,000", "1_000": 1000, "12:30": "12:30",
                "1e3": "1e3", "1.5e3": 1500.0, "0o17": 15, "5.": 5.0, ".5": 0.5, "-.5": -0.5,
                "18446744073709551615": 18446744073709551615,
                "18446744073709551616": "18446744073709551616",
                "-9223372036854775809": "-9223372036854775809", "1.2.3": "1.2.3", "_1": "_1",
            },
        ),
    ],
)  # fmt: skip
def test_others_by_their_sources(target: str, values: dict[str, object]) -> None:
    for text, expected in values.items():
        found = _READERS[target][1](text)
        assert (found, type(found)) == (expected, type(expected)), text


@cache
def checker(path: Path, target: str) -> Checker:
    return Checker(load_schema(path), Settings(target=target))


def check(tmp_path: Path, yaml: str, target: str, contract: Any = None) -> tuple[Diagnostic, ...]:
    text = json.dumps(contract or {})
    path = tmp_path / f"{len(text)}.json"
    if not path.exists():
        path.write_text(text, "utf-8")
    of = checker(path, target)
    return of.check(of.read("s.md", f"---\n{yaml}\n---\n".encode())).diagnostics


VALUES = (
    *("yes", "012", "08", "08.5", "0b11", "1_000", "12:30", "08:30", "1e3", "-.5", "=", "0o17"),
    *("1,000", "5.", "2024-02-30", "-0x1F"),
)


def test_only_what_the_target_reads_otherwise(tmp_path: Path) -> None:
    expected = {
        "": "yes 012 08 08.5 0b11 1_000 12:30 08:30 1e3 -.5 = 0o17",
        "jekyll": "yes 012 08 0b11 1_000 12:30 08:30 1e3 0o17 1,000 5. -0x1F",
        "hugo": "012 08 0b11 1_000 1e3 -0x1F",
        "eleventy": "012 08 08.5 0b11 1_000 12:30 -.5 0o17 2024-02-30 -0x1F",
        "astro": "0b11 -.5 2024-02-30 -0x1F",
        "yaml-1.2": "",
    }
    assert expected.keys() == {"", *TARGETS}
    for target, found in expected.items():
        texts = [text for text in VALUES if check(tmp_path, f"a: {text}", target)]
        assert texts == found.split(), target
        together = "\n".join(f"k{number}: {text}" for number, text in enumerate(VALUES))
        assert len(check(tmp_path, together, target)) == len(texts)
        # The same inside brackets, where readers of lines look, and not in quotes.
        for form in ("a: [{}]", "a: {{b: {}}}", "- {}"):
            if form == "- {}":
                form = "a:\n- {}"
            for text in VALUES:
                if "," not in text:
                    assert bool(check(tmp_path, form.format(text), target)) == (text in texts), form
        assert not any(check(tmp_path, f"a: '{text}'", target) for text in VALUES)
        assert not any(check(tmp_path, f'a: "{text}"', target) for text in VALUES)
        # A key is text to everybody who reads it by name.
        assert not check(tmp_path, "on: x\nyes: x", target)


def test_what_is_said(tmp_path: Path) -> None:
    said = {
        ("jekyll", "yes"): "`yes` is `true` to Jekyll, and text to the contract",
        ("eleventy", "012"): "`012` is the number `10` to Eleventy, and the number `12` to the "
        "contract",
        ("hugo", "08"): "`08` is text to Hugo, and the number `8` to the contract",
        ("astro", "2024-02-30"): "`2024-02-30` is the date 2024-03-01 to Astro, and text to the "
        "contract",
        ("jekyll", "._5"): "`._5` is an error to Jekyll, and text to the contract",
        ("jekyll", "12:30"): "`12:30` is the number `750` to Jekyll, and text to the contract",
    }
    for (target, text), message in said.items():
        (found,) = check(tmp_path, f"a: {text}", target)
        assert (found.code, found.message) == ("YML018", message)
    helps = {
        ("jekyll", "yes"): "put it in quotes if it is text; otherwise write `true`",
        ("eleventy", "012"): "put it in quotes if it is text; otherwise write `12`",
        ("jekyll", "1,000"): "put it in quotes if it is text; otherwise write `1000`",
        ("jekyll", "12:30"): "put it in quotes",
        ("astro", "2024-02-30"): "put it in quotes",
    }
    for (target, text), advice in helps.items():
        (found,) = check(tmp_path, f"a: {text}", target)
        assert found.help == advice
    (found,) = check(tmp_path, "a: 012", "eleventy", {"properties": {"a": {"type": "integer"}}})
    assert found.help == "write `12`"


@pytest.mark.parametrize("target", TARGETS)
def test_the_help_works(tmp_path: Path, target: str) -> None:
    """For all values that were measured, and what is written instead means one thing."""
    for text, *_ in MEASURED:
        found = check(tmp_path, f"a: {text}", target)
        for each in found:
            if each.code != "YML018":
                continue
            assert not [e for e in check(tmp_path, f'a: "{text}"', target) if e.code == "YML018"]
            if "otherwise write" in str(each.help):
                instead = str(each.help).rpartition("write ")[2].strip("`")
                assert not check(tmp_path, f"a: {instead}", target), (text, instead)


def test_rounded_numbers(tmp_path: Path) -> None:
    for target in ("", *TARGETS):
        found = [each.code for each in check(tmp_path, "a: 9007199254740993", target)]
        assert found == (["YML025"] if target in ("", "astro", "eleventy") else [])
    assert [each.code for each in check(tmp_path, "a: 18446744073709551616", "hugo")] == ["YML018"]


def test_dates_where_text_is_asked_for(tmp_path: Path) -> None:
    contract = {"properties": {"a": {"x-seedlint": {"text": {}}}}}
    for target, name in (
        ("", "js-yaml and PyYAML"), ("jekyll", "Jekyll"), ("hugo", None), ("astro", "Astro"),
        ("eleventy", "Eleventy"), ("yaml-1.2", None),
    ):  # fmt: skip
        found = check(tmp_path, "a: 2024-05-01", target, contract)
        expected = [f"`2024-05-01` is a date to {name}, and the contract asks for text"]
        assert [each.message for each in found] == (expected if name else [])


def read(data: bytes, target: str) -> tuple[Document | None, Document]:
    source = SourceFile.from_bytes("s.md", data)
    content = open_line_reader(Limits(), target).read(data)
    by_lines = document_of_lines(source, content) if content else None
    return by_lines, read_document(source, Limits(), target)


@pytest.mark.parametrize("target", TARGETS)
def test_both_readers_agree(target: str) -> None:
    chance = random.Random(3)
    texts = [row[0] for row in MEASURED] + ["a", "Tides", "12", "-3", "1.5", "true", "~"] * 20
    by_lines_count = 0
    for _ in range(1500):
        inside = "\n".join(f"k{n}: {chance.choice(texts)}" for n in range(chance.randint(1, 3)))
        by_lines, by_yaml = read(f"---\n{inside}\n---\n".encode(), target)
        if by_lines is not None:
            by_lines_count += 1
            assert repr(by_lines.data) == repr(by_yaml.data)
            assert not by_yaml.problems, inside
    assert by_lines_count > 200


def test_hostile_values_take_little_time() -> None:
    for text in ("9" * 200_000, "1_" * 100_000, "1:" * 100_000 + "1", "0" * 200_000, "," * 200_000):
        for target in TARGETS:
            other_reading(target, text, text)
            other_reading(target, text[:299], text[:299])
            _READERS.get(target, ("", str))[1](text[:300])
