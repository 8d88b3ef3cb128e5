"""Bindings on fields: contracts that bind what they do not allow, and options that are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seedlint.errors import SchemaError
from seedlint.schema.load import load_schema

CLOSED = {
    "properties": {
        "date": {"type": "string"},
        "link": {"type": "string"},
        "topics": {"type": "array"},
        "provider": {"properties": {"domain": {}}, "additionalProperties": False},
        "images": {"items": {"properties": {"url": {}}, "additionalProperties": False}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("bindings", "said"),
    [
        ({"same-site": {"domain": ["provider", "domian"], "links": ["link"]}}, "key `domian`"),
        ({"same-site": {"domain": ["provider", "domain"], "links": ["lnk"]}}, "key `lnk`"),
        ({"not-after": {"today": ["dat"]}}, "key `dat`"),
        ({"not-after": {"order": ["date", "updated"]}}, "key `updated`"),
        ({"file-name": {"date": "dates"}}, "key `dates`"),
        ({"file-name": {"title": "titel"}}, "key `titel`"),
        ({"unique-across": {"spellings": ["topic"]}}, "key `topic`"),
        ({"unique-across": {"slugs": ["slug"]}}, "key `slug`"),
        (
            {"unique-across": {"leadImage": {"at": ["images", 0, "link"], "seeds": 2}}},
            "key `link`",
        ),
        ({"not-after": {"order": ["date"]}}, "`order` of `not-after` needs at least 2 items"),
        ({"not-after": {"days": -1}}, "`days` of `not-after` must be at least 0"),
        (
            {"file-name": {"form": "{date}{slug}"}},
            "`form` of `file-name` takes `{date}`, `{slug}`, or",
        ),
        ({"file-name": {"form": "{name}"}}, "or both with something between them"),
        (
            {"same-site": {"domain": ["link"], "links": ["link"], "platforms": ["a.b", "c"]}},
            "item 2 of `platforms` of `same-site` is not a domain in small letters",
        ),
        (
            {"unique-across": {"leadImage": {"at": ["images"]}}},
            "`leadImage` of `unique-across` lacks `seeds`",
        ),
        (
            {"unique-across": {"leadImage": {"at": [-1], "seeds": 1}}},
            "item 1 of `at` of `leadImage` of `unique-across` must be at least 0",
        ),
        ({"ordered-keys": {"order": []}}, "has no option `order`: it takes none"),
    ],
)
def test_refused(tmp_path: Path, bindings: dict[str, Any], said: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps({**CLOSED, "x-seedlint": bindings}), "utf-8")
    with pytest.raises(SchemaError) as raised:
        load_schema(path)
    assert said in str(raised.value)


def test_taken(tmp_path: Path) -> None:
    bindings = {
        "same-site": {"domain": ["provider", "domain"], "links": ["link"]},
        "not-after": {"today": ["date"], "days": 1},
        "file-name": {"date": "date", "form": "{slug}_{date}"},
        "ordered-keys": {},
        "unique-across": {
            "spellings": ["topics"],
            "fileNames": True,
            "leadImage": {"at": ["images", 0, "url"], "seeds": 2},
        },
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps({**CLOSED, "x-seedlint": bindings}), "utf-8")
    assert load_schema(path).warnings == ()
