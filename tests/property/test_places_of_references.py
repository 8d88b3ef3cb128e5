"""A finding about a value that names something is at exactly the characters of the value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.check import Checker
from seedlint.discover import Files, Target
from seedlint.run import run
from seedlint.schema.load import load_schema
from seedlint.settings import Settings

laws = settings(derandomize=True, deadline=None, max_examples=150, database=None)

VALUES = st.text(st.sampled_from("abcdé中😀_/."), min_size=1, max_size=12).filter(
    lambda text: text not in ("a", "b") and text[0] not in "/." and text[-1] != "."
)
STYLES = st.sampled_from(["{}", '"{}"', "'{}'"])


def checker_of(folder: Path, bindings: dict[str, Any]) -> Checker:
    path = folder / "s.json"
    bound = {"x-seedlint": bindings}
    path.write_text(json.dumps({"properties": {"one": bound, "list": {"items": bound}}}))
    return Checker(load_schema(path, top=str(folder)), Settings(schema=path, root=folder))


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("vocabulary")
    (folder / "terms.json").write_text('["a", "b"]')
    return checker_of(folder, {"vocabulary": {"file": "terms.json"}})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("files")
    (folder / "a").write_text("")
    (folder / "b").write_text("")
    return checker_of(folder, {"file": {"roots": ["."]}})


def layouts(written: str) -> list[list[str]]:
    """Front matter with the value, as it is written, among others that are right."""
    return [
        [f"one: {written}"],
        ["list:", "  - a", f"  - {written} # why", "  - b"],
        [f"list: [a, {written}, b]"],
        [f"{{one: {written}, list: [b]}}"],
    ]


def places(checker: Checker, lines: list[str]) -> list[tuple[str, str]]:
    """The code of each finding and the characters at its place."""
    text = "\n".join(["---", *lines, "---", ""])
    found = checker.check(checker.read("s.md", text.encode())).diagnostics
    shown = []
    for each in found:
        region = each.region
        assert region.start.line == region.end.line
        line = text.split("\n")[region.start.line - 1]
        shown.append((each.code, line[region.start.column - 1 : region.end.column - 1]))
    return shown


@laws
@given(value=VALUES, style=STYLES)
def test_a_term(vocabulary: Checker, value: str, style: str) -> None:
    for lines in layouts(style.format(value)):
        assert places(vocabulary, lines) == [("REF001", style.format(value))], lines


@laws
@given(value=VALUES, style=STYLES)
def test_a_file(files: Checker, value: str, style: str) -> None:
    for lines in layouts(style.format(value)):
        assert places(files, lines) == [("REF004", style.format(value))], lines


@settings(laws, max_examples=30)
@given(value=VALUES, style=STYLES)
def test_a_reference(value: str, style: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    path = folder / "s.json"
    bound = {"x-seedlint": {"refers-to": {"key": "id"}}}
    path.write_text(json.dumps({"properties": {"one": bound, "list": {"items": bound}}}))
    written = style.format(value)
    seeds = [["id: [a, b]"], *layouts(written)]
    targets = Files(
        Target(f"{number}.md", f"{number}.md", "\n".join(["---", *lines, "---", ""]).encode())
        for number, lines in enumerate(seeds)
    )
    found = run(targets, Settings(schema=path, root=folder)).diagnostics
    assert [each.code for each in found] == ["REF002"] * 4
    for each, lines in zip(found, seeds[1:], strict=True):
        line = ["", "---", *lines][each.region.start.line]
        assert line[each.region.start.column - 1 : each.region.end.column - 1] == written
