"""A warning about lost text does not offer what the contract refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from seedlint.check import Checker
from seedlint.schema.load import load_schema
from seedlint.settings import Settings

CONTRACT = {
    "properties": {
        "title": {"type": "string"},
        "type": {"enum": ["article", "video"]},
        "url": {"type": "string", "format": "uri"},
        "heat": {"type": "integer"},
        "published": {"type": "boolean"},
        "languages": {"items": {"enum": ["en", "no"]}},
        "any": True,
        "self": {"$ref": "#"},
    }
}


def told(folder: Path, yaml: str) -> list[str]:
    path = folder / "s.json"
    path.write_text(json.dumps(CONTRACT), "utf-8")
    checker = Checker(load_schema(path), Settings(schema=path))
    document = checker.read("s.md", f"---\n{yaml}\n---\n".encode())
    return [f"{each.code} {each.help}" for each in checker.check(document).diagnostics]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "title: One #2",
            'YML019 write `"One #2"`; if it is a comment, put a space after the `#`',
        ),
        (
            "type: article #video",
            "YML019 put a space after the `#` if it is a comment, or remove it",
        ),
        (
            "url: https://a.example/b  #c",
            "YML019 put a space after the `#` if it is a comment, or remove it",
        ),
        ("title: &Sons One", 'YML020 write `"&Sons One"`; if it is a name, remove it, because '),
        ("type: &Sons video", "YML020 remove it, because nothing uses it"),
        ("title: no", "YML018 put it in quotes"),
        ("languages: [en, no]", "YML018 put it in quotes"),
        ("any: no", "YML018 put it in quotes if it is text; write `false` otherwise"),
        ("heat: 1e3", "YML018 write the number without `e`"),
        # What is wrong anyway settles nothing.
        ("type: Article #one", "YML019 write "),
    ],
)
def test_help(tmp_path: Path, yaml: str, expected: str) -> None:
    first, *_ = [each for each in told(tmp_path, yaml) if each.startswith("YML")]
    assert first.startswith(expected)
    if "otherwise" not in expected and "write `" not in expected:
        assert "otherwise" not in first


def test_an_entity_is_told_beside_quotes_around_it(tmp_path: Path) -> None:
    CONTRACT["properties"]["text"] = {"x-seedlint": {"text": {}}}
    codes = [each.split()[0] for each in told(tmp_path, "text: “Ferries &amp; boats”")]
    assert sorted(codes) == ["TXT001", "YML022"]


def test_only_the_first_of_many_are_looked_up(tmp_path: Path) -> None:
    lists = "\n".join(f"  - One #{number}" for number in range(300))
    assert len(told(tmp_path, f"any:\n{lists}")) > 20
