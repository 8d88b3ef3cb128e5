"""Git repositories for tests, whatever the settings of the user are."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from trees import lay_contract


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; what it says."""
    env = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit(folder: Path) -> None:
    """Commit all there is in a work tree, also if nothing has changed."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")


def break_repository(tree: Path, kind: str) -> None:
    """Let the `.git` of a work tree lead to no repository."""
    where = tree / ".git"
    where.unlink()
    if kind == "empty folder":
        where.mkdir()
    else:
        where.write_text("" if kind == "empty file" else "gitdir: ../../nowhere\n")


BROKEN = ["nowhere", "empty folder", "empty file"]


SCHEMA = {
    "required": ["title"],
    "properties": {"title": {"type": "string"}, "n": {"type": "integer"}},
    "x-seedlint": {"unique-across": {"titles": ["title"]}},
}


def titled(title: str, n: str = "1") -> str:
    """A seed for `repository_of_titles`; it is wrong if `n` is no number."""
    return f"---\ntitle: {title}\nn: {n}\n---\n"


def repository_of_titles(parent: Path) -> Path:
    """A repository without a commit: a schema, a configuration and an empty folder of seeds."""
    folder = parent / "repository"
    lay_contract(folder, SCHEMA)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder
