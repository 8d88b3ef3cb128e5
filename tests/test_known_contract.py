"""A contract that has passed its checks is not checked again; any other one is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from command import seedlint
from seedlint import cache_folder
from seedlint.schema import known
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


def loads_jsonschema(tree: Path, *options: str, **env: str) -> bool:
    """Whether a run over the tree, which must succeed, checks the contract."""
    program = (
        "import sys; from seedlint.cli.main import run_command\n"
        "assert run_command(['check', '--isolated', '--schema', 'own.schema.json', "
        "*sys.argv[1:], 'a.md']) == 0\n"
        "print('jsonschema' in sys.modules)"
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
    assert [loads_jsonschema(tree) for _ in range(3)] == [True, False, False]
    write(tree, {**CONTRACT, "description": "another"})
    assert [loads_jsonschema(tree) for _ in range(2)] == [True, False]
    write(tree, CONTRACT)
    assert not loads_jsonschema(tree)


def test_where_nothing_is_remembered(tree: Path) -> None:
    assert [loads_jsonschema(tree, "--no-cache") for _ in range(2)] == [True, True]
    assert [loads_jsonschema(tree, CI="true") for _ in range(2)] == [True, True]
    inside = ("--cache-dir", str(tree / "cache"))
    assert [loads_jsonschema(tree, *inside) for _ in range(2)] == [True, True]


def test_one_with_other_files_or_with_remarks_is_checked_every_time(tree: Path) -> None:
    (tree / "part.json").write_text("{}")
    write(tree, {"properties": {"title": {"$ref": "part.json"}}})
    assert [loads_jsonschema(tree) for _ in range(2)] == [True, True]
    (tree / "part.json").write_text("[")
    refused = seedlint("check", "--schema", "own.schema.json", "a.md", cwd=tree)
    assert refused.code == 2
    write(tree, {"titel": 1})
    assert [loads_jsonschema(tree) for _ in range(2)] == [True, True]


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


def test_only_some_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_REMEMBERED", 3)
    path = tmp_path / "own.json"
    for number in range(6):
        text = json.dumps({"$comment": str(number)})
        path.write_text(text)
        assert known.known_contract(path, str(tmp_path)) is None
        known.remember_contract(path, text, str(tmp_path))
        assert known.known_contract(path, str(tmp_path)) == (json.loads(text), text)
    assert len(list(tmp_path.glob("*.contract"))) == 3


def test_what_is_no_contract(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "large").write_bytes(b" " * (known._MOST_BYTES + 1))
    for name in ("fifo", "link", "large", "none", "a\0b", "."):
        assert known.shipped_if(str(tmp_path / name)) is None
        assert known.known_contract(str(tmp_path / name), str(tmp_path)) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is the library that is asked")
@pytest.mark.parametrize(
    ("cache", "folder"),
    [
        (None, "~/.cache/seedlint"),
        ("", "~/.cache/seedlint"),
        ("/tmp/x", "/tmp/x/seedlint"),
        # Not absolute, so to be ignored; versions of the library differ about these.
        ("  ", "~/.cache/seedlint"),
        (" /tmp/x ", "~/.cache/seedlint"),
        ("x", "~/.cache/seedlint"),
        ("~/x", "~/.cache/seedlint"),
    ],
)
def test_the_folder_of_the_platform(
    cache: str | None, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if cache is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", cache)
    assert cache_folder._default_folder() == os.path.expanduser(folder)
    if cache in (None, "", "/tmp/x"):
        wanted = platformdirs.user_cache_dir("seedlint", appauthor=False)
        assert cache_folder._default_folder() == wanted
