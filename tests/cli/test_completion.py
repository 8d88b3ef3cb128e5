"""Completion, as bash runs it with what docs/configuration.md says to write into ~/.bashrc."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache

import pytest

from command import EXECUTABLE
from paths import ROOT
from seedlint.cli.commands import _Commands
from seedlint.cli.main import _SUBCOMMANDS
from seedlint.cli.options import OPTIONS

PAGE = (ROOT / "docs" / "configuration.md").read_text("utf-8")
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@cache
def source() -> str:
    """What the line of the page has bash evaluate, which is the same in every shell."""
    shown = re.search(r"^eval (.*bash_source.*?) *(?:#|$)", PAGE, re.MULTILINE)
    assert shown
    return bash(f"printf %s {shown[1]}")


def complete(*words: str, folder: str = str(ROOT)) -> list[str]:
    """What bash offers for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in ("seedlint", *words))
    script = (
        f'{source()}\ncompopt() {{ COMPREPLY=("$2"); }}\n'
        f"COMP_WORDS=({quoted}) COMP_CWORD={len(words)}\n"
        "_seedlint_completion seedlint\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    return list(filter(None, bash(script, folder).splitlines()))


def bash(script: str, folder: str = str(ROOT)) -> str:
    """What a script writes in which the command is on PATH."""
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=folder,
        env={"PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_program_knows_all_subcommands_without_click() -> None:
    assert tuple(_Commands.subcommands) == _SUBCOMMANDS


def test_subcommands_and_options() -> None:
    assert complete("ch") == ["check"]
    assert complete("r") == ["rule"]
    assert complete("") == ["check", "edit", "init", "rule", "schema"]
    assert complete("edit", "--se") == ["--set"]
    assert complete("--out") == complete("check", "--out") == ["--output-format", "--output-file"]
    names = {f"--{name.replace('_', '-')}" for name in OPTIONS}
    assert names <= set(complete("--")) & set(complete("check", "--"))
    assert len(complete("--")) == len(set(complete("--")))
    assert complete("seeds", "--stat") == ["--statistics"]


@pytest.mark.parametrize("first", [(), ("check",), ("seeds",)])
def test_rules(first: tuple[str, ...]) -> None:
    assert complete(*first, "--select", "UR")[:3] == ["URL", "URL001", "URL002"]
    assert complete(*first, "--ignore", "insec") == ["insecure-http"]
    assert complete(*first, "--select", "IMG,URL00")[:2] == ["IMG,URL001", "IMG,URL002"]
    assert complete(*first, "--select", "A") == ["ALL"]
    assert complete(*first, "--output-format", "j") == ["json", "json-lines", "junit"]


def test_collections_are_no_rules() -> None:
    assert complete("--collection", "UR") == []


def test_the_rule_to_explain() -> None:
    assert complete("rule", "UR")[:2] == ["URL001", "URL002"]
    assert complete("rule", "unknown-s") == ["unknown-suppression", "unknown-scheme"]
    assert "ALL" not in complete("rule", "")


def test_paths_are_left_to_the_shell() -> None:
    for words in (("see",), ("check", "see"), ("--schema", "see"), ("seeds", "see")):
        assert complete(*words) == ["default"], words
