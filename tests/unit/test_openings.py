"""All who look at how a file begins see the same front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedlint.adopt.seeds import find_seeds
from seedlint.collection import in_file_schema
from seedlint.discover import Target
from seedlint.document.document import find_front_matter
from seedlint.document.front_matter import FrontMatter
from seedlint.errors import InputError
from seedlint.settings import Settings
from seedlint.text.marks import BOM, OPENINGS

YAML = '\n$schema: "s.json"\n---\n'
FRONT_MATTER = [
    *(f"---{blanks}{YAML}" for blanks in ("", " \t", "\n", "\r")),
    *(f'---{mark}\n{{"$schema": "s.json"}}\n---\n' for mark in ("json", " json", "json \t")),
    *(f';;;{blanks}\n"$schema": "s.json"\n;;;\n' for blanks in ("", " ", "\n")),
    ';;;\n{"$schema": "s.json"}\n;;;\n',
    '{"$schema": "s.json"}\n',
    '{\n\n "$schema" : "s.json", "a": 1}\n',
]
OTHERS = [
    *(f"{opening}{YAML}" for opening in ("----", "--", " ---", "+++", "--- #", "x", "\n---")),
    '---jsonc\n{"$schema": "s.json"}\n---\n',
    ';;;;\n"$schema": "s.json"\n;;;;\n',
    '"$schema": "s.json"\n',
    '{% "$schema": "s.json" %}\n',
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.json").write_text("{}")
    return Settings(
        config=tmp_path / "seedlint.toml", root=tmp_path, allow_in_file_schema=("s.json",)
    )


@pytest.mark.parametrize("bom", [b"", BOM], ids=["", "bom"])
@pytest.mark.parametrize("text", FRONT_MATTER)
def test_front_matter(settings: Settings, text: str, bom: bytes) -> None:
    data = bom + text.encode()
    Path("a.md").write_bytes(data)
    assert isinstance(find_front_matter(text), FrontMatter)
    assert data.startswith(OPENINGS)
    assert find_seeds(()).include
    assert in_file_schema(Target("a.md", "a.md"), settings) == str(Path("s.json").resolve())


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_front_matter(settings: Settings, text: str) -> None:
    Path("a.md").write_text(text, newline="")
    assert not isinstance(find_front_matter(text), FrontMatter)
    assert in_file_schema(Target("a.md", "a.md"), settings) == ""
    # What looks like a seed is counted as one, so that what is wrong with it is reported.
    if not text.startswith("---"):
        with pytest.raises(InputError, match="no seeds found"):
            find_seeds(())
