"""Every command that the README shows is run, and what it shows is what comes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from command import EXECUTABLE, seedlint
from paths import ROOT, copy_checkout
from seedlint import __version__

README = (ROOT / "README.md").read_text("utf-8")
SHELL = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
COMMANDS = [line.split(" #")[0].strip() for line in SHELL]
SETUP = [command for command in COMMANDS if command.startswith("python3 ")]
PLAIN = [command for command in COMMANDS if command not in SETUP]
SVG = "{http://www.w3.org/2000/svg}"
ACTIVATE = "source .venv/bin/activate"


def test_every_command_is_of_a_kind_that_is_run() -> None:
    assert len(SETUP) == 3
    assert len(PLAIN) >= 8
    assert all("seedlint" in command for command in PLAIN)


@pytest.mark.parametrize("command", PLAIN)
def test_command_works_in_the_checkout(command: str) -> None:
    """With the files that are there, once the environment is activated."""
    env = {**os.environ, "PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    # The seed of the tour is broken, all others are clean.
    assert done.returncode == ("golden/tour" in command), done.stdout + done.stderr


def test_the_picture_is_the_output() -> None:
    """That the file is current is tested with all that is generated."""
    assert re.search(r"!\[[^]]{60,}\]\(docs/findings\.svg\)", README)
    picture = ElementTree.parse(ROOT / "docs" / "findings.svg").getroot()
    places: dict[int, str] = {}
    for text in picture.iter(f"{SVG}text"):
        # As wide as on a terminal, whatever the font.
        column = round((float(text.attrib["x"]) - 16) / 7.8)
        assert text.text
        assert float(text.attrib["textLength"]) == pytest.approx(7.8 * len(text.text), abs=0.1)
        line = int(text.attrib["y"])
        places[line] = places.get(line, "").ljust(column) + text.text
    command, *shown = places.values()
    assert command.startswith("$ seedlint ")
    result = seedlint(*command.split()[2:])
    assert result.code == 1
    assert shown == [line for line in (result.out + result.err).splitlines() if line]
    # Nothing in it runs or is fetched, and its colours do not depend on those around it.
    assert {element.tag for element in picture.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "style", "rect", "text")
    }
    names = {name for element in picture.iter() for name in element.attrib}
    assert not [name for name in names if "href" in name or name.startswith("on")]
    style = picture.findtext(f"{SVG}style") or ""
    assert not re.search(r"url\(|@import|var\(|currentColor", style)
    assert picture.findall(f"{SVG}rect")[0].attrib["fill"].startswith("#")
    classes = {text.attrib.get("class") for text in picture.iter(f"{SVG}text")}
    assert {"r", "b", "w"} <= classes


def test_the_first_screen_sells() -> None:
    """The picture, the two commands, the table, and only then how."""
    order = [
        "](docs/findings.svg)",
        SETUP[0],
        SETUP[1],
        "\n| defect | seedlint |",
        "\n## What no other tool does together",
        "\n## Use it",
    ]
    places = [README.index(text) for text in order]
    assert places == sorted(places)
    assert README[: places[3]].count("\n") < 40


def test_configuration_shown_is_accepted(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert shown
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "pyproject.toml").write_text(shown[1], "utf-8")
    result = seedlint(cwd=tmp_path)
    assert result.code == 0, result.err


def test_python_example_runs() -> None:
    shown = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert shown
    done = subprocess.run(
        [EXECUTABLE.with_name("python"), "-c", shown[1]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.startswith("5 SCH006 `2024-04-31` is not a day of the calendar\n"), (
        done.stderr
    )


def test_nothing_is_claimed_that_is_not_released() -> None:
    claims = re.findall(r"pip install seedlint\b|rev: v[\d.]+", README)
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert not claims or f"\n## {__version__}" in changes


def test_ci_runs_the_second_command() -> None:
    assert SETUP[1] in (ROOT / ".ci" / "run").read_text("utf-8")


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["bash", "-c", command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if "No matching distribution" in done.stderr or "NewConnectionError" in done.stderr:
        pytest.skip("no package index can be reached")
    return done


@pytest.fixture(scope="module")
def fresh_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone would have."""
    copy = tmp_path_factory.mktemp("fresh") / "seedlint"
    copy_checkout(copy)
    return copy


@pytest.mark.slow
def test_the_first_command_in_a_fresh_copy(fresh_copy: Path) -> None:
    done = shell(SETUP[0], fresh_copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[" in done.stdout
    assert " --> tests/golden/tour/" in done.stdout
    assert ACTIVATE in README
    done = shell(f"{ACTIVATE} && command -v seedlint", fresh_copy)
    assert done.stdout == f"{fresh_copy / '.venv' / 'bin' / 'seedlint'}\n", done.stderr


@pytest.mark.slow
def test_the_third_command_in_a_repository_beside_a_fresh_copy(fresh_copy: Path) -> None:
    site = fresh_copy.with_name("site")
    (site / "posts").mkdir(parents=True)
    (site / "post.schema.json").write_text('{"required": ["title"]}', "utf-8")
    (site / "posts" / "one.md").write_text("---\ntitle: One\n---\n", "utf-8")
    (site / "posts" / "two.md").write_text("---\ntitel: Two\n---\n", "utf-8")
    done = shell(SETUP[2], site)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("error[SCH001 missing-key]: missing key `title`"), done.stdout
