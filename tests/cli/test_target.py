"""`target` in a configuration and in its collections."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Result, seedlint
from trees import collection
from trees import write_front_matter as write

CONFIG = (
    'schema = "s.json"\ntarget = "hugo"\n'
    + collection("eleventy", "eleventy/*.md", 'target = "eleventy"')
    + collection("others", "**/*.md")
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "s.json").write_text("{}")
    (tmp_path / "seedlint.toml").write_text(CONFIG)
    for folder in ("eleventy", "pages"):
        write(tmp_path, f"{folder}/a.md", "length: 12:30\ncode: 08\nopen: yes")
    return tmp_path


def check(tree: Path, *options: str) -> Result:
    return seedlint("check", "--output-format", "json", *options, cwd=tree)


def test_collections_have_their_own(tree: Path) -> None:
    for jobs in ("1", "2"):
        ran = check(tree, "--no-cache", "--jobs", jobs)
        assert [(each["filename"], each["message"]) for each in ran.findings] == [
            ("eleventy/a.md", "`12:30` is the number `750` to Eleventy, and text to the contract"),
            ("eleventy/a.md", "`08` is text to Eleventy, and the number `8` to the contract"),
            ("pages/a.md", "`08` is text to Hugo, and the number `8` to the contract"),
        ]


def test_without_one_all_readers_count(tree: Path) -> None:
    (tree / "seedlint.toml").write_text('schema = "s.json"\n')
    found = check(tree, "--no-cache", "pages").findings
    assert [each["code"] for each in found] == ["YML018"] * 3


def test_another_target_is_not_read_from_the_cache(tree: Path) -> None:
    for number in range(120):
        (tree / "pages" / f"{number}.md").write_text(f"---\nn: {number}\n---\n")
    cached = ("--cache-dir", "../cache")
    first = check(tree, *cached)
    assert check(tree, *cached) == first
    (tree / "seedlint.toml").write_text(CONFIG.replace('"hugo"', '"yaml-1.2"'))
    assert {each["filename"] for each in check(tree, *cached).findings} == {"eleventy/a.md"}
    (tree / "seedlint.toml").write_text(CONFIG)
    assert check(tree, *cached) == first


def test_show_settings(tree: Path) -> None:
    shown = seedlint("--show-settings", "eleventy/a.md", cwd=tree).out
    assert "target         eleventy (collection eleventy)\n" in shown
    shown = seedlint("--show-settings", "pages/a.md", cwd=tree).out
    assert "target         hugo (configuration)\n" in shown
    (tree / "seedlint.toml").write_text('schema = "s.json"\n')
    assert "target" not in seedlint("--show-settings", "pages/a.md", cwd=tree).out


def test_fixes_put_values_in_quotes(tree: Path) -> None:
    check(tree, "--no-cache", "--fix", "--unsafe-fixes")
    assert (tree / "eleventy" / "a.md").read_text() == (
        '---\nlength: "12:30"\ncode: 08\nopen: yes\n---\n'
    )
    assert (tree / "pages" / "a.md").read_text() == "---\nlength: 12:30\ncode: 08\nopen: yes\n---\n"
