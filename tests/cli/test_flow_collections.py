"""Flow collections of plain text with colons and question marks, as the command sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import check_json

CONTRACT = {
    "type": "object",
    "properties": {
        "links": {"items": {"type": "string", "format": "uri"}},
        "provider": {"properties": {"url": {"type": "string", "format": "uri"}}},
        "topics": {"items": {"type": "string", "maxLength": 12}},
    },
}


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("topics: [Who won?, News]", []),
        ("links: [https://a.example/x, https://b.example/y?z=1]", []),
        ("provider: {name: Coast, url: https://coast.example/a}", []),
        ("topics: [Ferries, Re:Zero]", []),
        ("topics: [a:b]", []),
        ("q: {what?: 1}", []),
        ("links: [https://a.example/x, htps://b.example/y]", [("URL003", 2, 30)]),
        ("provider: {name: Coast, url: htps://coast.example/a?b}", [("URL003", 2, 30)]),
        ("topics: [News,\n  What a question?]", [("SCH009", 3, 3)]),
        ("topics: [Who won?, 12:30]", [("YML018", 2, 20)]),
        ("links: [https://a.example/x] # seedlint: ignore[URL003]", [("SUP001", 2, 49)]),
        ("links: [htps://a.example/x] # seedlint: ignore[URL003] why not", []),
        ("topics: [Who won?, News", [("YML001", 2, 9)]),
    ],
)
def test_findings(tmp_path: Path, yaml: str, places: list[tuple[str, int, int]]) -> None:
    (tmp_path / "c.json").write_text(json.dumps(CONTRACT), "utf-8")
    (tmp_path / "a.md").write_text(f"---\n{yaml}\n---\n", "utf-8")
    assert check_json("--schema", "c.json", "a.md", cwd=tmp_path).places == places
