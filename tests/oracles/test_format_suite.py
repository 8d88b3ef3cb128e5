"""The official suite's optional format tests through our formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from paths import ORACLES, needs
from seedlint.text.formats import FORMATS

SUITE = ORACLES / "json-schema" / "tests"
# Texts on which seedlint differs, and why.
DIFFERENT: dict[tuple[str, str], str] = {}


def cases() -> Iterator[Any]:
    for path in sorted(SUITE.glob("*/optional/format/*.json")):
        for group in json.loads(path.read_text("utf-8")):
            schema = group["schema"]
            name = schema.get("format") if isinstance(schema, dict) else None
            if name not in FORMATS:
                continue
            for case in group["tests"]:
                label = f"{path.parts[-4]}-{name}-{case['description']}"
                yield pytest.param(name, case, id=label)


@needs(SUITE)
@pytest.mark.parametrize(("name", "case"), list(cases()) or [("", {})])
def test_format(name: str, case: dict[str, Any]) -> None:
    if (name, case["description"]) in DIFFERENT:
        pytest.skip(DIFFERENT[name, case["description"]])
    data = case["data"]
    assert (not isinstance(data, str) or FORMATS[name](data)) == case["valid"], data
