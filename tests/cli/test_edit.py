"""`seedlint edit`: keys renamed, set and deleted in many seeds, and nothing else."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from command import Result, seedlint
from paths import SEEDS
from repositories import commit, git
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.text.source import SourceFile

SEED = """\
---
# Kept.
title: 'Tides'  # why
quality: -1
related:
  - title: One
    webUrl: https://a.example/1
  - title: Two
    webUrl: https://a.example/2
provider: {name: Coast, url: x}
---
Body
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text("{}")
    write(tmp_path, SEED)
    return tmp_path


def write(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def read(folder: Path, name: str = "a.md") -> str:
    return (folder / name).read_bytes().decode()


def edit(folder: Path, *arguments: str) -> Result:
    return seedlint("edit", "--schema", "s.json", *arguments, cwd=folder)


CASES = {
    # What is asked for, and the lines before and after.
    "rename": (["--rename", "title=headline"], "title: 'T", "headline: 'T"),
    "rename in each item": (["--rename", "/related/*/webUrl=url"], "webUrl:", "url:"),
    "rename in one item": (
        ["--rename", "/related/1/webUrl=url"],
        "webUrl: https://a.example/2",
        "url: https://a.example/2",
    ),
    "rename in brackets": (["--rename", "/provider/url=link"], "url: x", "link: x"),
    "number": (["--set", "quality=3"], "quality: -1", "quality: 3"),
    "text": (["--set", 'quality="3"'], "quality: -1", 'quality: "3"'),
    "text in the quotes it has": (["--set", "title=It's"], "'Tides'", "'It''s'"),
    "text with a colon": (["--set", "quality=a: b"], "quality: -1", 'quality: "a: b"'),
    "boolean": (["--set", "quality=true"], "quality: -1", "quality: true"),
    "null": (["--set", "quality="], "quality: -1", "quality: null"),
    "ambiguous text": (["--set", "quality=yes"], "quality: -1", 'quality: "yes"'),
    "equals sign": (["--set", "quality=a=b"], "quality: -1", "quality: a=b"),
    "new key": (["--set", "type=article"], "url: x}\n", "url: x}\ntype: article\n"),
    "new key below": (["--set", "/provider/type=x"], "url: x}", "url: x, type: x}"),
    "new key in each item": (
        ["--set", "/related/*/kind=x"],
        "example/1\n  - title: Two\n    webUrl: https://a.example/2\n",
        "example/1\n    kind: x\n  - title: Two\n    webUrl: https://a.example/2\n    kind: x\n",
    ),
    "delete": (["--delete", "quality"], "quality: -1\n", ""),
    "delete below": (["--delete", "/provider/url"], ", url: x", ""),
    "delete an item": (
        ["--delete", "/related/0"],
        "  - title: One\n    webUrl: https://a.example/1\n",
        "",
    ),
    "in order": (
        ["--delete", "b", "--set", "heat=2", "--rename", "quality=heat"],
        "quality: -1",
        "heat: 2",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_was_asked_for_changes(folder: Path, case: str) -> None:
    arguments, old, new = CASES[case]
    assert old in SEED
    for name, before, line_break in (("a.md", "", "\n"), ("b.md", "\ufeff", "\r\n")):
        write(folder, before + SEED.replace("\n", line_break), name)
    wanted = SEED.replace(old, new)
    shown = edit(folder, *arguments, "--diff")
    assert (shown.code, shown.err) == (1, "would edit 2 of 2 seeds\n")
    assert shown.out.startswith("diff --git a/a.md b/a.md\n")
    done = edit(folder, *arguments)
    assert (done.code, done.out, done.err) == (0, "", "edited 2 of 2 seeds\n")
    assert read(folder) == wanted
    assert read(folder, "b.md") == "\ufeff" + wanted.replace("\n", "\r\n")
    if "/related/0" not in arguments:
        # What is so already stays as it is.
        again = edit(folder, *arguments)
        assert (again.code, again.err) == (0, "edited 0 of 2 seeds\n")
        assert read(folder) == wanted


LEFT = {
    # What is asked for, and why not.
    "there already": (["--rename", "quality=title"], "it has `/title` already"),
    "a list": (["--set", "related=x"], "`/related` is a list"),
    "no parent": (["--set", "/nobody/name=x"], "there is no `/nobody`"),
    "no item": (["--set", "/related/7=x"], "there is no `/related/7`"),
    "all items": (["--delete", "/related/*"], "other data would change with `/related/*`"),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_certain_stays_and_is_said(folder: Path, case: str) -> None:
    arguments, reason = LEFT[case]
    done = edit(folder, "--set", "quality=2", *arguments)
    assert done.code == 1
    assert done.err == f"note: a.md was left alone: {reason}\nedited 0 of 1 seed\n"
    assert read(folder) == SEED


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("---\na: *b\n---\n", "a", "its front matter cannot be read"),
        ("No front matter\n", "a", "its front matter cannot be read"),
        ("---\na: 1\n---\n", "a", "it is not certain which characters to change for `/a`"),
        ("---\na: &x 1\nb: *x\n---\n", "a", "it is not certain which characters to change"),
        ("---\na: 1\nb: 1\na: 2\n---\n", "a", "it is not certain which characters to change"),
    ],
)
def test_seeds_that_are_left_alone(folder: Path, text: str, key: str, reason: str) -> None:
    write(folder, text)
    done = edit(folder, "--delete", key)
    assert done.code == 1
    assert f"note: a.md was left alone: {reason}" in done.err
    assert read(folder) == text


def test_new_findings_are_said(folder: Path) -> None:
    (folder / "s.json").write_text('{"required": ["title"], "additionalProperties": true}')
    done = edit(folder, "--rename", "title=headline")
    assert done.code == 0
    assert done.err == (
        "note: a.md has findings that it did not have before: SCH001\nedited 1 of 1 seed\n"
    )
    assert "headline: 'Tides'" in read(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--rename", "title"],
        ["--rename", "title="],
        ["--rename", "title=/a"],
        ["--rename", "=a"],
        ["--set", "title"],
        ["--set", "/=a"],
        ["--set", 'title="a'],
        ["--set", 'title="a" "b"'],
        ["--set", "title=[a]"],
        ["--set", "title={a: b}"],
        ["--set", "title=.inf"],
        ["--delete", ""],
        ["--delete", "title", "nothing.md"],
        ["--delete", "title", "--schema", "nothing.json"],
        ["--nothing"],
    ],
)
def test_what_cannot_be_asked_for(folder: Path, arguments: list[str]) -> None:
    done = edit(folder, *arguments)
    assert done.code == 2
    assert done.out == ""
    assert read(folder) == SEED


def test_many_seeds_links_and_modes(folder: Path) -> None:
    for number in range(80):
        write(folder, SEED, f"{number}.md").chmod(0o640)
    os.link(folder / "0.md", folder / "other")
    (folder / "link.md").symlink_to("1.md")
    done = edit(folder, "--set", "quality=5", "-j", "2")
    assert done.code == 1
    assert "note: 0.md was left alone: it has another name (a hard link)" in done.err
    assert "note: link.md was left alone: " in done.err
    assert done.err.endswith("edited 80 of 82 seeds\n")
    edited = [name for name in os.listdir(folder) if "quality: 5" in read(folder, name)]
    assert len(edited) == 80 + 1  # One of them through the link.
    assert stat.S_IMODE((folder / "1.md").stat().st_mode) == 0o640
    assert [name for name in os.listdir(folder) if name.startswith(".seedlint")] == []


def test_git_applies_the_patch(folder: Path, tmp_path: Path) -> None:
    git(folder, "init", "--quiet")
    commit(folder)
    patch = edit(folder, "--set", "quality=5", "--diff").out
    (tmp_path / "patch").write_text(patch)
    git(folder, "apply", str(tmp_path / "patch"))
    assert read(folder) == SEED.replace("-1", "5")


def data_of(path: Path) -> dict[str, object]:
    document = read_document(SourceFile.from_bytes("s.md", path.read_bytes()), Limits())
    assert isinstance(document.data, dict)
    return document.data


def test_own_seeds_change_where_they_are_told_to(tmp_path: Path) -> None:
    for path in SEEDS.glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "s.json").write_text("{}")
    done = edit(tmp_path, "--rename", "title=headline", "--set", "note=a: b", "--delete", "quality")
    assert done.code == 0
    for path in SEEDS.glob("*.md"):
        wanted = data_of(path)
        wanted = {("headline" if key == "title" else key): wanted[key] for key in wanted}
        wanted.pop("quality", None)
        wanted["note"] = "a: b"
        assert json.dumps(data_of(tmp_path / path.name)) == json.dumps(wanted)
