"""A contract that has passed its checks is not checked again; any other one is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import seedlint
from seedlint.cache import folder as cache_folder
from seedlint.cache import schemas as validated
from seedlint.cache.schemas import Note
from trees import seed

CONTRACT = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "a.md").write_text(seed(1))
    write(folder, CONTRACT)
    return folder


def write(tree: Path, contract: object) -> None:
    (tree / "own.schema.json").write_text(json.dumps(contract))


def checks_the_contract(tree: Path, *options: str, **env: str) -> bool:
    """Whether a run over the tree, which must succeed, checks the contract."""
    program = (
        "import sys; from seedlint.cli.main import run_command\n"
        "assert run_command(['check', '--isolated', '--schema', 'own.schema.json', "
        "*sys.argv[1:], 'a.md']) == 0\n"
        "print('seedlint.schema.check' in sys.modules)"
    )
    home = str(tree.parent / "home")
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [sys.executable, "-c", program, *options],
        cwd=tree,
        env={**inherited, "HOME": home, "XDG_CACHE_HOME": home, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout == "True\n"


def test_once_is_enough(tree: Path) -> None:
    assert [checks_the_contract(tree) for _ in range(3)] == [True, False, False]
    write(tree, {**CONTRACT, "description": "another"})
    assert [checks_the_contract(tree) for _ in range(2)] == [True, False]
    write(tree, CONTRACT)
    assert not checks_the_contract(tree)


def test_where_nothing_is_remembered(tree: Path) -> None:
    assert [checks_the_contract(tree, "--no-cache") for _ in range(2)] == [True, True]
    assert [checks_the_contract(tree, CI="true") for _ in range(2)] == [True, True]
    inside = ("--cache-dir", str(tree / "cache"))
    assert [checks_the_contract(tree, *inside) for _ in range(2)] == [True, True]


def test_one_with_other_files_and_remarks(tree: Path) -> None:
    (tree / "part.json").write_text('{"titel": 1}')
    write(tree, {"properties": {"title": {"$ref": "part.json"}}})
    assert [checks_the_contract(tree) for _ in range(2)] == [True, False]
    command = ("check", "--isolated", "--schema", "own.schema.json", "a.md")
    home = str(tree.parent / "home")
    said = [seedlint(*command, cwd=tree, env={"XDG_CACHE_HOME": home}).err for _ in range(2)]
    assert said[0] == said[1]
    assert "warning: part.json:1:2: unknown keyword" in said[0]
    (tree / "part.json").write_text('{"title": "a"}')
    assert [checks_the_contract(tree) for _ in range(2)] == [True, False]
    (tree / "part.json").write_text("[")
    refused = seedlint(*command, cwd=tree)
    assert refused.code == 2


def test_the_same_is_said(tree: Path, tmp_path: Path) -> None:
    write(tree, {**CONTRACT, "required": ["title", "colour"], "maxProperties": 3})
    command = ("check", "--isolated", "--schema", "own.schema.json", "a.md")
    wanted = seedlint(*command, "--no-cache", cwd=tree)
    assert wanted.code == 1
    for _ in range(2):
        assert seedlint(*command, "--cache-dir", str(tmp_path / "cache"), cwd=tree) == wanted
    assert len(list((tmp_path / "cache").glob("*.contract"))) == 1


def test_a_broken_contract_is_refused_every_time(tree: Path, tmp_path: Path) -> None:
    write(tree, {"type": "objct"})
    for _ in range(2):
        done = seedlint(
            *("check", "--schema", "own.schema.json", "--cache-dir", str(tmp_path / "cache")),
            "a.md",
            cwd=tree,
        )
        assert done.code == 2


def test_only_some_have_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validated, "_NOTES", 3)
    note = Note((("https://a.example/b.json", "0f"),), ("own.json:1:1: remark",))
    for number in range(6):
        text = json.dumps({"$comment": str(number)})
        assert validated.find_note(str(tmp_path), "own.json", text) is None
        validated.write_note(str(tmp_path), "own.json", text, note)
        assert validated.find_note(str(tmp_path), "own.json", text) == note
        assert validated.find_note(str(tmp_path), "other.json", text) is None
    assert len(list(tmp_path.glob("*.contract"))) == 3


@pytest.mark.parametrize(
    "written", ["", "[]", "{}", '{"files": 1, "warnings": []}', "\xff", "[" * 9999]
)
def test_a_broken_note_is_none(tmp_path: Path, written: str) -> None:
    validated.write_note(str(tmp_path), "own.json", "{}", Note())
    (path,) = tmp_path.glob("*.contract")
    path.write_bytes(written.encode("latin-1"))
    assert validated.find_note(str(tmp_path), "own.json", "{}") is None


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_only_what_nobody_else_can_have_noted_counts(tmp_path: Path, mode: int) -> None:
    folder, name, text = str(tmp_path), "own.json", "{}"

    def note_it() -> None:
        validated.write_note(folder, name, text, Note())

    def is_noted() -> bool:
        return validated.find_note(folder, name, text) is not None

    note_it()
    (note,) = tmp_path.glob("*.contract")
    assert note.stat().st_mode & 0o777 == 0o600
    assert is_noted()
    note.chmod(mode)
    assert not is_noted()
    note_it()
    assert is_noted()
    note.rename(tmp_path / "elsewhere")
    note.symlink_to(tmp_path / "elsewhere")
    assert not is_noted()
    note_it()
    assert is_noted()
    if os.geteuid() == 0:
        os.chown(note, 65534, 65534)
        assert not is_noted()
        note_it()
        assert is_noted()


def test_notes_are_ours_whatever_the_umask(tree: Path) -> None:
    before = os.umask(0)
    try:
        assert [checks_the_contract(tree) for _ in range(2)] == [True, False]
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("platform", "env", "folder"),
    [
        ("linux", {}, "/home/a/.cache/seedlint"),
        ("linux", {"XDG_CACHE_HOME": "/tmp/x"}, "/tmp/x/seedlint"),
        # What is not absolute does not count (XDG Base Directory Specification).
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/a/.cache/seedlint"),
        ("linux", {"XDG_CACHE_HOME": "x"}, "/home/a/.cache/seedlint"),
        ("linux", {"XDG_CACHE_HOME": "~/x"}, "/home/a/.cache/seedlint"),
        ("darwin", {}, "/home/a/Library/Caches/seedlint"),
        ("win32", {"LOCALAPPDATA": "/home/a/Local"}, "/home/a/Local/seedlint/Cache"),
    ],
)
def test_the_folder_of_the_platform(
    platform: str, env: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/a")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_folder._default_folder() == folder
