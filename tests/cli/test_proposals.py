"""What the command proposes instead of a URL, in a seed on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import seedlint

SCHEMA = {"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https"]}}}}}


def helps(folder: Path, url: str) -> list[tuple[str, str]]:
    (folder / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (folder / "seed.md").write_text(f'---\nwebUrl: "{url}"\n---\n', "utf-8")
    result = seedlint(
        *("check", "--isolated", "--select", "URL", "--output-format", "json"),
        *("--schema", "schema.json", "seed.md"),
        cwd=folder,
    )
    return [(each["code"], each["help"]) for each in result.findings]


@pytest.mark.parametrize(
    ("url", "proposed"),
    [
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://straße.de:8080/a", "https://xn--strae-oqa.de:8080/a"),
        ("https://ｗｗｗ．example．com/", "https://www.example.com/"),
    ],
)
def test_a_host_beyond_ascii(tmp_path: Path, url: str, proposed: str) -> None:
    assert helps(tmp_path, url) == [("URL007", f"write `{proposed}`")]
    assert helps(tmp_path, proposed) == []


@pytest.mark.parametrize("sign", "＠／？＃：\u200d")
def test_a_host_that_becomes_something_else(tmp_path: Path, sign: str) -> None:
    words = "compare the name of the site with the address in the browser"
    assert helps(tmp_path, f"https://a{sign}b.example/") == [("URL007", words)]
