"""Generated documents are up to date, and what documents name exists."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import docs
import rule_index
from paths import ROOT
from seedlint.rules import find_binding
from seedlint.settings import Settings

WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize(
    ("path", "text"), list(docs.generated()), ids=lambda value: getattr(value, "name", "")
)
def test_generated_file_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run: python tools/docs.py --write"


@pytest.mark.parametrize("name", sorted(rule_index.defined_bindings()))
def test_every_binding_has_an_example_to_copy_and_all_its_options(name: str) -> None:
    page = (ROOT / "docs" / "rules" / "README.md").read_text("utf-8")
    section = page.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
    fence = re.search(r"```json\n(.*?)```", section, re.DOTALL)
    assert fence
    options = json.loads("{" + fence[1] + "}")["x-seedlint"][name]
    binding = find_binding(name)
    assert binding
    known = binding.options.get("properties", {})
    assert set(binding.options.get("required", ())) <= set(options) <= set(known)
    assert re.findall(r"(?m)^\| `(\w+)` \| \S", section) == list(known)
    codes = re.findall(r"\[(\w+)\]\(\1\.md\)", section)
    assert codes
    for code in codes:
        rule_page = (ROOT / "docs" / "rules" / f"{code}.md").read_text("utf-8")
        assert f"[`{name}`](README.md#{name})" in rule_page


def test_no_page_without_a_rule() -> None:
    expected = {path for path, _ in docs.generated()}
    assert set((ROOT / "docs" / "rules").glob("*.md")) <= expected


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if "://" not in link:
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize(
    "path", [p for p in WRITTEN if "rules" not in p.parts], ids=lambda p: str(p.relative_to(ROOT))
)
def test_paths_named_in_prose_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    for named in re.findall(r"`((?:lint|schemas|seeds|tests|tools|docs)/[\w./-]*)`", text):
        assert (ROOT / named).exists(), named


def test_defaults_in_the_table_of_settings_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| `([a-z-]+)` \| `(.*?)` \|", page)
    table = {name: json.loads(default) for name, default in rows}
    settings = Settings()
    for name, default in table.items():
        value = getattr(settings, name.replace("-", "_"))
        if name == "fail-on":
            assert default == value.value
        elif isinstance(value, tuple):
            assert list(default) == list(value), name
        else:
            assert default == value, name
    no_default = {
        "schema",
        "baseline",
        "limits",
        "extend-select",
        "collections",
        "extend",
        "target",
    }
    assert table.keys() | no_default | {"required-version"} == docs_settings()


def docs_settings() -> set[str]:
    schema: dict[str, Any] = json.loads(docs.config_schema())
    return set(schema["properties"])
