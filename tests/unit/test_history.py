"""The seeds of an earlier commit: what asking about them leaves as it was."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from repositories import commit, git
from seedlint.history import History
from seedlint.staged import Index

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git"), reason="needs git"
)


def test_the_index_is_not_told_what_an_earlier_commit_has(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "a.md").write_text("one\n")
    commit(tmp_path)
    (tmp_path / "a.md").write_text("two\n")
    commit(tmp_path)
    index = Index(str(tmp_path))
    before = History(str(tmp_path), index).files("HEAD~1")
    assert [(file.path, file.is_changed) for file in before] == [("a.md", True)]
    assert index.differing == set()
