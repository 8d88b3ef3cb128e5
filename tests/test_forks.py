"""A fork of the process that has imported the command is like a process that is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import forks
from cpu import HANGING
from forks import EXECUTABLE, Ended, Server, can_fork

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")

SEED = "---\ntitle: [\n---\n"


def started(*arguments: str, cwd: Path, env: dict[str, str], stdin: bytes = b"") -> Ended:
    """The same in a process that is started; its CPU time is not asked for."""
    done = subprocess.run(
        [EXECUTABLE, *arguments], cwd=cwd, env=env, input=stdin, capture_output=True, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr, 0)


@pytest.mark.parametrize(
    ("arguments", "env", "stdin"),
    [
        (["check", "--isolated", "a.md"], {}, b""),
        (["check", "--isolated", "a.md"], {"FORCE_COLOR": "1"}, b""),
        (["check", "--isolated", "a.md"], {"GITHUB_ACTIONS": "true"}, b""),
        (["check", "--isolated", "\udcff.md", "none.md"], {}, b""),
        # More than a pipe holds, both ways.
        (["check", "--isolated", "--diff", "-"], {}, SEED.encode() + b"Text.\n" * 100_000),
        (["rule", "--all"], {}, b""),
        (["rule", "URL003"], {}, b""),
        (["chekc"], {}, b""),
        (["--version"], {}, b""),
    ],
)
def test_what_it_leaves_behind(
    arguments: list[str], env: dict[str, str], stdin: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(SEED)
    (tmp_path / "\udcff.md").write_text(SEED)
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **env}
    fork = forks.SERVER.run(arguments, cwd=tmp_path, env=env, stdin=stdin, timeout=HANGING)
    assert fork.cpu > 0
    expected = started(*arguments, cwd=tmp_path, env=env, stdin=stdin)
    assert (fork.code, fork.out, fork.err) == (expected.code, expected.out, expected.err)


@pytest.mark.skipif(sys.platform != "linux", reason="limits are kept to on Linux")
def test_limits(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SEED)
    env = {"HOME": str(tmp_path)}
    arguments = ["check", "--isolated", "--no-cache", "-o", "report", "a.md"]
    limited = forks.SERVER.run(
        arguments, cwd=tmp_path, env=env, limits={"NOFILE": 3}, timeout=HANGING
    )
    assert limited.code == 2
    assert b"too many open files" in limited.err.lower()
    free = forks.SERVER.run(arguments, cwd=tmp_path, env=env, timeout=HANGING)
    assert free.code == 1, free.err


def test_one_that_hangs_is_ended(tmp_path: Path) -> None:
    server = Server()
    with pytest.raises(TimeoutError):
        server.run(["--version"], cwd=tmp_path, env={}, timeout=0)
    # The next one has a server of its own.
    assert server.run(["--version"], cwd=tmp_path, env={}, timeout=HANGING).code == 0


@pytest.mark.parametrize("name", ["PYTHONPATH", "LC_ALL", "LD_PRELOAD", "MALLOC_ARENA_MAX"])
def test_what_is_read_at_the_start_needs_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEEDLINT_FRESH", raising=False)
    assert can_fork({"PATH": "", "HOME": ""})
    assert not can_fork({"PATH": "", name: ""})
    monkeypatch.setenv("SEEDLINT_FRESH", "1")
    assert not can_fork({"PATH": "", "HOME": ""})
