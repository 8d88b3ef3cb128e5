"""A finding about a value that names something is at exactly the characters of the value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.check import Checker
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
    return Checker(load_schema(path), Settings(schema=path, root=folder))


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("vocabulary")
    (folder / "terms.json").write_text('["a", "b"]')
    return checker_of(folder, {"vocabulary": {"file": "terms.json"}})


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
    written = style.format(value)
    for lines in (
        [f"one: {written}"],
        ["list:", "  - a", f"  - {written} # why", "  - b"],
        [f"list: [a, {written}, b]"],
        [f"{{one: {written}, list: [b]}}"],
    ):
        assert places(vocabulary, lines) == [("REF001", written)], lines
