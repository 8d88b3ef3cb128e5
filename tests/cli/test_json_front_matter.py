"""JSON front matter in whole runs: beside YAML, on several processes, with everything around it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from command import Result, seedlint
from repositories import commit, git
from seedlint.collection import in_file_schema
from seedlint.discover import Target
from seedlint.settings import Settings

SCHEMA = {
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "heat": {"type": "integer"},
        "kind": {"const": "news"},
        "topics": {"type": "array", "uniqueItems": True},
        "$schema": {},
    },
    "additionalProperties": False,
    "x-seedlint": {"unique-across": {"titles": ["title"]}},
}
FORMS = ("---json\n{@}\n---\nbody\n", ";;;\n@\n;;;\nbody\n", "{@}\nbody\n", "\ufeff{\n@\n}\n")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "seedlint.toml").write_text('schema = "s.json"\n', "utf-8")
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA), "utf-8")
    return tmp_path


def write(tree: Path, name: str, text: str) -> Path:
    (tree / name).write_bytes(text.encode())
    return tree / name


def check(tree: Path, *options: str) -> Result:
    return seedlint("check", "--no-cache", "--output-format", "json", *options, cwd=tree)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_each_form(tree: Path, form: str, line_break: str) -> None:
    text = form.replace("@", '"title": "Tides",\n"heat": "hot"').replace("\n", line_break)
    write(tree, "a.md", text)
    (found,) = check(tree).findings
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "heat" in each)
    assert (found["code"], found["pointer"]) == ("SCH003", "/heat")
    assert found["location"] == {"row": line, "column": 9}
    assert found["end_location"] == {"row": line, "column": 14}


def test_with_and_without_workers_and_cache(tree: Path) -> None:
    for number in range(300):
        inside = f'"title": "Tides {number}", "heat": {number if number % 50 else "null"}'
        write(tree, f"{number:03}.md", FORMS[number % 4].replace("@", inside))
    write(tree, "yaml.md", "---\ntitle: Tides 7\n---\n")
    runs = [check(tree, "--jobs", jobs) for jobs in ("1", "3")]
    for _ in range(2):
        options = ("--output-format", "json", "--cache-dir", "../cache", "--jobs", "3")
        runs.append(seedlint("check", *options, cwd=tree))
    assert len({(each.out, each.err) for each in runs}) == 1
    codes = [each["code"] for each in runs[0].findings]
    assert codes == ["SCH003"] * 6 + ["DUP002"]
    # A seed in JSON is compared with as well.
    (alone,) = check(tree, "yaml.md").findings
    assert (alone["code"], alone["labels"][0]["filename"]) == ("DUP002", "007.md")


def test_fixes(tree: Path) -> None:
    path = write(
        tree,
        "a.md",
        '---json\r\n{\r\n\t"titel": "Tides",\r\n\t"heat": "12",\r\n\t"topics": ["a", "b", "a"]\r\n}'
        "\r\n---\r\nbody: x\r\n",
    )
    ran = check(tree, "--fix")
    assert (ran.findings, ran.code) == ([], 0)
    assert path.read_bytes().decode() == (
        '---json\r\n{\r\n\t"title": "Tides",\r\n\t"heat": 12,\r\n\t"topics": ["a", "b"]\r\n}\r\n'
        "---\r\nbody: x\r\n"
    )
    contract = {**SCHEMA, "required": ["title", "kind"]}
    write(tree, "s.json", json.dumps(contract))
    assert [each["help"] for each in check(tree).findings] == ['add `"kind": "news"`']
    check(tree, "--fix", "--unsafe-fixes")
    assert b'"topics": ["a", "b"],\r\n\t"kind": "news"\r\n}' in path.read_bytes()


def test_invisible_characters_are_taken_out(tree: Path) -> None:
    path = write(tree, "a.md", '{"title": "Ti\u200bdes"}\n')
    assert [each["code"] for each in check(tree).findings] == ["FM010"]
    assert check(tree, "--fix").findings == []
    assert path.read_text("utf-8") == '{"title": "Tides"}\n'


def test_edits(tree: Path) -> None:
    path = write(tree, "a.md", ';;;\n"title": "Tides",\n"heat": 1\n;;;\n')
    options = ("--set", "kind=news", "--rename", "heat=topics", "--set", 'title=a "b": c')
    ran = seedlint("edit", *options, "a.md", cwd=tree)
    assert ran.code == 0
    assert path.read_text("utf-8") == (
        ';;;\n"title": "a \\"b\\": c",\n"topics": 1,\n"kind": "news"\n;;;\n'
    )
    seedlint("edit", "--delete", "title", "a.md", cwd=tree)
    assert path.read_text("utf-8") == ';;;\n"topics": 1,\n"kind": "news"\n;;;\n'


def test_no_comments_are_written_and_none_are_read(tree: Path) -> None:
    path = write(tree, "a.md", '{"title": 5, "heat": "# seedlint: ignore-file[SCH003]"}\n')
    before = path.read_bytes()
    ran = check(tree, "--add-ignores")
    assert [each["code"] for each in ran.findings] == ["SCH003", "SCH003"]
    assert path.read_bytes() == before
    write(tree, "seedlint.toml", 'schema = "s.json"\n[ignore-at]\n"/*" = ["SCH003"]\n')
    assert check(tree).findings == []


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git")
def test_since(tree: Path) -> None:
    shutil.rmtree(tree / ".git")
    git(tree, "init", "--quiet", "--initial-branch", "main")
    write(tree, "a.md", '{"title": "Tides", "heat": "hot"}\n')
    commit(tree)
    write(tree, "a.md", '{\n"heat": "hot",\n"title": 5}\n')
    assert [each["pointer"] for each in check(tree, "--since", "main").findings] == ["/title"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"$schema": "other.json", "title": 1}\n', True),
        ('---json\n{\n  "$schema": "other.json"\n}\n---\n', True),
        (';;;\n"$schema" : "other.json"\n;;;\n', True),
        ('{"title": "x", "$schema": "other.json"}\n', False),
        ('{"title": {"$schema": "other.json"}}\n', False),
        ('{"$schema": "../other.json"}\n', False),
        ("{" + " " * 60_000, False),
        (";;;\n" + "\n" * 60_000, False),
    ],
)
def test_the_schema_that_a_seed_names(tree: Path, text: str, named: bool) -> None:
    write(tree, "other.json", "{}")
    settings = Settings(root=tree, config=tree / "seedlint.toml", allow_in_file_schema=("*.json",))
    found = in_file_schema(Target(str(tree / "a.md"), "a.md", text.encode()), settings)
    assert found == (str(tree.resolve() / "other.json") if named else "")
