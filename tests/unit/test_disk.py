"""The disk, but for what git has otherwise: names, links and kinds of files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from seedlint.disk import InGit, Snapshot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="git is not asked on Windows")


def snapshot(tree: Path, files: dict[str, str | None]) -> Snapshot:
    """What git has instead: the content of a file, `-> PATH` for a link, None for nothing."""
    texts: list[str] = []

    def in_git(text: str | None) -> InGit | None:
        if text is None:
            return None
        texts.append(text.removeprefix("-> "))
        return InGit("120000" if text.startswith("-> ") else "100644", str(len(texts) - 1))

    return Snapshot(
        str(tree),
        {path: in_git(text) for path, text in files.items()},
        lambda blob, most: texts[int(blob)].encode()[:most],
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "tree"
    for name in ("a/one", "a/two", "b/three", "../outside/secret"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("now")
    return folder


def test_names_kinds_and_contents(tree: Path) -> None:
    then = snapshot(tree, {"a/one": None, "a/gone": "then", "c/d/e": "then", "a/two": "changed"})
    assert sorted(then.names_in(f"{tree}")) == ["a", "b", "c"]
    assert sorted(then.names_in(f"{tree}/a")) == ["gone", "two"]
    assert sorted(then.names_in(f"{tree}/c")) == ["d"]
    assert sorted(then.names_in(f"{tree}/none")) == []
    kinds = {name: then.kind_of(f"{tree}/{name}") for name in ("a", "a/one", "a/gone", "c/d", "b")}
    assert kinds == {"a": "folder", "a/one": None, "a/gone": "file", "c/d": "folder", "b": "folder"}
    assert then.read(f"{tree}/a/gone", 2) == b"the"
    assert then.read(f"{tree}/a/two", 100) == b"changed"
    assert then.read(f"{tree}/b/three", 100) == b"now"
    for name in ("a/one", "a/none"):
        with pytest.raises(FileNotFoundError):
            then.read(f"{tree}/{name}", 100)


@pytest.mark.parametrize(
    ("target", "path", "expected"),
    [
        ("a/one", "link", "a/one"),
        ("a", "link/one", "a/one"),
        ("a/../b/./three", "link", "b/three"),
        ("../outside", "link/secret", "../outside/secret"),
        ("link", "link", "link"),
        ("none", "link/x/../y", "none/y"),
    ],
)
def test_links_are_followed_as_they_were(tree: Path, target: str, path: str, expected: str) -> None:
    then = snapshot(tree, {"link": f"-> {target}"})
    assert then.real_path(f"{tree}/{path}") == os.path.normpath(tree / expected)
    # As it is if the link is on the disk.
    if target != path:
        (tree / "link").symlink_to(target)
        assert snapshot(tree, {}).real_path(f"{tree}/{path}") == os.path.realpath(tree / path)


def test_very_long_ways_come_to_an_end(tree: Path) -> None:
    links: dict[str, str | None] = {f"l{number}": f"-> l{number + 1}" for number in range(1_000)}
    links["wide"] = "-> " + "x/" * 2_000
    then = snapshot(tree, links)
    assert then.real_path(f"{tree}/l0") == f"{tree}/l40"
    assert then.real_path(f"{tree}/wide").count("/x") == 2_000


def test_nothing_behind_a_new_link_is_listed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "folder").symlink_to("../outside")
    then = snapshot(tree, {"folder": None, "folder/in/file": "then"})
    listed: list[str] = []

    def listdir(path: str) -> list[str]:
        listed.append(path)
        return []

    monkeypatch.setattr(os, "listdir", listdir)
    assert list(then.names_in(f"{tree}/folder")) == ["in"]
    assert list(then.names_in(f"{tree}/folder/in")) == ["file"]
    assert listed == []
    assert then.kind_of(f"{tree}/folder/secret") is None
    with pytest.raises(FileNotFoundError):
        then.read(f"{tree}/folder/secret", 100)
