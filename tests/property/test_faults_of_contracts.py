"""Whatever is wrong with a contract, both commands say so, and neither fails."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paths import ROOT
from seedlint.contracts import Contract, check_contract
from seedlint.discover import Target
from seedlint.errors import SchemaError
from seedlint.schema.keywords.table import KEYWORDS
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity

ARTICLE = json.loads((ROOT / "schemas" / "article.schema.json").read_text("utf-8"))
KEYS = [*KEYWORDS, "x-seedlint", "requierd", "widget", "title"]
VALUES = st.sampled_from(
    [None, True, False, -1, 1.5, "", "#", "#/nowhere", "https://example.com/x", "string", "date",
     "dat", "(", r"\d\-", [], {}, [{}], [1], ["a", "a"], {"a": 1}, {"$ref": "#"}, {"pattern": "("},
     {"x-seedlint": {"url": {}}}, {"url": {"schemes": 1}}, {"unique-by": {"links": ["a"]}}]
)  # fmt: skip


def collections_of(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, (dict, list)) else []
    return own + [found for each in inner for found in collections_of(each)]


@st.composite
def broken_contracts(draw: st.DrawFn) -> Any:
    contract = deepcopy(draw(st.sampled_from([ARTICLE, {}, {"type": "object"}])))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(collections_of(contract)))
        value = deepcopy(draw(VALUES))
        if isinstance(place, dict):
            place[draw(st.sampled_from([*place, *KEYS]))] = value
        elif place:
            place[draw(st.integers(0, len(place) - 1))] = value
    return contract


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(broken_contracts())
def test_both_commands_agree(contract: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "s.json")
        path.write_text(json.dumps(contract), "utf-8")
        target = Target(str(path), "s.json")
        found = check_contract(Contract(target), Settings(root=folder)).result.diagnostics
        try:
            remarks: tuple[str, ...] | None = load_schema(path, "s.json").warnings
            refused = ""
        except SchemaError as error:
            remarks, refused = None, str(error)

    def say(severity: Severity) -> set[str]:
        return {
            f"s.json:{each.region.start.line}:{each.region.start.column}: {each.message}"
            for each in found
            if each.severity is severity
        }

    if remarks is None:
        assert refused in say(Severity.ERROR)
    else:
        assert say(Severity.ERROR) == set()
        assert set(remarks) == say(Severity.WARNING)
