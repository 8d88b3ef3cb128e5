"""A finding about a contract points at exactly the characters of the value, however written."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.contracts import Contract, check_contract
from seedlint.discover import Target
from seedlint.settings import Settings
from seedlint.text.span import LineIndex

# What is wrong with a schema, the code of the finding, and the value at fault.
FAULTS: list[tuple[dict[str, Any], str, Any]] = [
    ({"type": "sting"}, "CON002", "sting"),
    ({"minLength": -1}, "CON002", -1),
    ({"$ref": "#/nowhere"}, "CON005", "#/nowhere"),
    ({"format": "emial"}, "CON008", "emial"),
    ({"x-seedlint": {"url": {"schemes": "http"}}}, "CON010", "http"),
]
KEYS = st.text(alphabet="abcé😀\"\\/ '~", min_size=1, max_size=6).filter(lambda key: key.strip())


def written_as_json(schema: Any, style: str) -> str:
    if style == "compact":
        return json.dumps(schema, separators=(",", ":"), ensure_ascii=False)
    return json.dumps(schema, indent=2 if style == "indented" else None)


def written_as_yaml(schema: Any, style: str, indent: str = "") -> str:
    """The schema in block style, its texts in one of the styles of YAML."""
    if isinstance(schema, dict):
        lines = [
            f"{indent}{json.dumps(key, ensure_ascii=False)}:"
            + (
                f"\n{written_as_yaml(value, style, indent + '  ')}"
                if isinstance(value, dict)
                else f" {written_as_yaml(value, style)}"
            )
            for key, value in schema.items()
        ]
        return "\n".join(lines)
    if not isinstance(schema, str):
        return json.dumps(schema)
    if style == "plain" and "#" not in schema:
        return schema
    return f"'{schema}'" if style == "single" else f'"{schema}"'


@settings(max_examples=150, deadline=None)
@given(
    fault=st.sampled_from(FAULTS),
    keys=st.lists(KEYS, min_size=1, max_size=4),
    style=st.sampled_from(["compact", "indented", "line", "plain", "single", "double"]),
)
def test_the_place_is_the_value(
    fault: tuple[dict[str, Any], str, Any], keys: list[str], style: str
) -> None:
    schema, code, value = fault
    for key in keys:
        schema = {"properties": {key: schema}}
    is_yaml = style in ("plain", "single", "double")
    text = written_as_yaml(schema, style) if is_yaml else written_as_json(schema, style)
    with TemporaryDirectory() as folder:
        name = "contract.yaml" if is_yaml else "contract.json"
        path = Path(folder, name)
        path.write_text(text, "utf-8", newline="")
        target = Target(str(path), name)
        (finding,) = check_contract(Contract(target), Settings(root=folder)).result.diagnostics
    lines = LineIndex(text)
    start, end = (
        lines.line_span(place.line).start + place.column - 1
        for place in (finding.region.start, finding.region.end)
    )
    assert finding.code == code
    written = text[start:end]
    expected = written_as_yaml(value, style) if is_yaml else json.dumps(value)
    assert written == expected
