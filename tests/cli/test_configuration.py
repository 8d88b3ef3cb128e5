"""Which configuration a run has, where its patterns start, and what it does with a hostile one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from paths import ROOT

CLEAN = "---\nname: fine\ntitle: one\n---\n"
WRONG = "---\nname: 5\ntitle: one\n---\n"
SCHEMA = """{
  "properties": {"name": {"type": "string"}, "title": {"type": "string"}},
  "x-seedlint": {"unique-across": {"titles": ["title"]}}
}"""
CONFIG = """schema = "schemas/c.json"
include = ["seeds/**/*.md"]
exclude = ["seeds/archive/"]
[per-file-ignores]
"seeds/old-*" = ["SCH"]
"""


def lay(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def check(folder: Path, *arguments: str) -> Result:
    return seedlint("check", "--output-format", "concise", *arguments, cwd=folder)


def places(ran: Result) -> list[str]:
    return re.findall(r"(?m)^(\S+: \w+) ", ran.out)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


@pytest.fixture
def checkouts(here: Path) -> Path:
    """`base` and `head`, equal but for the configuration of the one and the errors of the other."""
    for side, seed in (("base", CLEAN), ("head", WRONG)):
        lay(
            here / side,
            {
                "seeds/a.md": seed,
                "seeds/old-1.md": seed.replace("one", "two"),
                "seeds/archive/x.md": seed.replace("one", "three"),
                "README.md": "no seed\n",
            },
        )
    lay(here, {"base/seedlint.toml": CONFIG, "base/schemas/c.json": SCHEMA})
    lay(here, {"head/seedlint.toml": 'ignore = ["ALL"]', "head/schemas/c.json": "{}"})
    return here


FOUND = (
    "1 error in 2 seeds checked against {}base/schemas/c.json; 1 finding suppressed; "
    "1 fixable with --fix\n"
)


@pytest.mark.parametrize("paths", [(), (".",), ("seeds",), ("seeds/a.md", "seeds/old-1.md")])
def test_a_named_configuration_follows_the_working_directory(
    checkouts: Path, paths: tuple[str, ...]
) -> None:
    """Its patterns mean files here, its schema is beside it, its own seeds are no one's twins."""
    for config in ("../base/seedlint.toml", str(checkouts / "base" / "seedlint.toml")):
        ran = check(checkouts / "head", "--config", config, "--", *paths)
        assert places(ran) == ["seeds/a.md:2:7: SCH003"]
        assert (ran.code, ran.err.splitlines()[-1]) == (1, FOUND.format("../").rstrip())


@pytest.mark.parametrize("paths", [(), ("head",), ("head/seeds",), ("head/seeds/a.md",)])
def test_a_named_configuration_follows_the_root(checkouts: Path, paths: tuple[str, ...]) -> None:
    ran = check(checkouts, "--config", "base/seedlint.toml", "--root", "head", "--", *paths)
    assert (ran.code, places(ran)) == (1, ["head/seeds/a.md:2:7: SCH003"])
    ran = check(checkouts / "base", "--root", "../head")
    # The configuration is still looked for from here: the tree that is judged brings none.
    assert (ran.code, places(ran)) == (1, ["../head/seeds/a.md:2:7: SCH003"])
    assert ran.err.endswith(FOUND.format("").replace("base/", ""))


def test_others_are_looked_for_below_the_root(checkouts: Path) -> None:
    lay(checkouts, {"head/seeds/twin.md": CLEAN})
    ran = check(checkouts / "head", "--config", "../base/seedlint.toml", "seeds/twin.md")
    assert places(ran) == ["seeds/twin.md:3:8: DUP002"]
    (checkouts / "head/seeds/a.md").unlink()
    ran = check(checkouts / "head", "--config", "../base/seedlint.toml", "seeds/twin.md")
    assert ran.code == 0, ran.out


def test_the_root_without_a_configuration(checkouts: Path) -> None:
    schema = ("--isolated", "--schema", "base/schemas/c.json", "--root", "head/seeds")
    assert places(check(checkouts, *schema)) == [
        "head/seeds/a.md:2:7: SCH003",
        "head/seeds/archive/x.md:2:7: SCH003",
        "head/seeds/old-1.md:2:7: SCH003",
    ]


def test_a_root_that_is_reached_by_a_link(checkouts: Path) -> None:
    (checkouts / "link").symlink_to("head")
    for root in ("head", "link", str(checkouts / "link")):
        for path in ("head/seeds", "link/seeds"):
            ran = check(checkouts, "--config", "base/seedlint.toml", "--root", root, path)
            assert (ran.code, len(places(ran))) == (1, 1), ran


def test_a_found_configuration_keeps_its_folder(checkouts: Path) -> None:
    lay(checkouts, {"head/seedlint.toml": CONFIG, "head/schemas/c.json": SCHEMA})
    for folder in ("head", "head/seeds", "head/schemas"):
        ran = check(checkouts / folder)
        assert (ran.code, len(places(ran))) == (1, 1), ran
        assert "1 error in 2 seeds" in ran.err


def test_a_search_that_finds_nothing_says_where_patterns_start(checkouts: Path) -> None:
    ran = check(checkouts / "base", "../head/seeds")
    assert (ran.code, ran.out) == (2, "")
    ran = check(checkouts, "--config", "base/seedlint.toml", "--root", "head/seeds")
    assert ran.code == 2
    assert ran.err.endswith("; patterns start from head/seeds, --root names another folder\n")


def test_precedence(here: Path) -> None:
    lay(here, {"a.md": WRONG, "c.json": SCHEMA, "pyproject.toml": "[tool.seedlint]\nx = 1\n"})
    assert "pyproject.toml:2:1: unknown setting" in check(here, "--schema", "c.json").err
    lay(here, {"seedlint.toml": 'schema = "c.json"'})
    ran = check(here)
    assert (ran.code, places(ran)) == (1, ["a.md:2:7: SCH003"])
    # The nearer one is used alone.
    lay(here, {"in/pyproject.toml": "[tool.seedlint]\n", "in/a.md": CLEAN})
    assert "against article.schema.json" in check(here / "in").err


def test_a_byte_order_mark(here: Path) -> None:
    mark = b"\xef\xbb\xbf"
    lay(here, {"a.md": WRONG, "c.json": SCHEMA, "seedlint.toml": mark + b'schema = "c.json"\n'})
    assert places(check(here)) == ["a.md:2:7: SCH003"]
    lay(here, {"seedlint.toml": mark + b"x = 1\n"})
    assert check(here).err == "seedlint: seedlint.toml:1:1: unknown setting `x`\n"
    lay(here, {"seedlint.toml": mark + b"\xff = 1\n"})
    assert check(here).err == "seedlint: seedlint.toml:1:1: not UTF-8\n"


def test_the_block_of_the_readme_in_the_wrong_file(here: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    lay(here, {"a.md": WRONG, "seedlint.toml": "\n" + block[1]})
    assert check(here).err == (
        "seedlint: seedlint.toml:2:2: in seedlint.toml settings are written "
        "without `[tool.seedlint]`\n"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[ tool.seedlint ]\nignore = []\nx = \n", 3),
        ("[tool]\nseedlint = {ignore = []}\n\nx = \n", 4),
        ("[tool.seedlint]\nx = \n", 2),
        ('[project]\ndependencies = ["seedlint"]\nx = \n', 3),
        ("x = \n# seedlint\n", 1),
    ],
)
def test_a_broken_pyproject_is_never_passed_over(here: Path, text: str, line: int) -> None:
    lay(here, {"a.md": CLEAN, "c.json": SCHEMA, "pyproject.toml": text})
    ran = check(here, "--schema", "c.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"seedlint: pyproject.toml:{line}:")
    assert "not TOML: " in ran.err
    # Nor one that has nothing to do with seedlint looked at.
    lay(here, {"pyproject.toml": text.replace("seedlint", "other")})
    assert check(here, "--schema", "c.json").code == 0


PARTS = ".".join(["a"] * 20_000)
BOMBS = {
    "key": f"{PARTS} = 1\n",
    "table": f"[{PARTS}]\n",
    "spaced": PARTS.replace(".", " .\t") + " = 1\n",
    "quoted": PARTS.replace("a", '"a"') + " = 1\n",
    "inline": f"a = {{b = 1, {PARTS} = 1}}\n",
    "after a string": f'a = {{b = """x"""", {PARTS} = 1}}\n',
    "tables": "a = " + "{a = " * 100_000,
    "arrays": "a = " + "[" * 100_000,
    "lines": "\n".join(f"{'.'.join(['a'] * 31)}.b{n} = 1" for n in range(4_000)),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory here")
@pytest.mark.parametrize("opening", ["", "# seedlint\n", "[tool.seedlint]\n"])
@pytest.mark.parametrize("name", BOMBS)
def test_a_configuration_cannot_exhaust_the_memory(here: Path, name: str, opening: str) -> None:
    """In 400 MiB of address space, which the reader of TOML alone would need four times over."""
    file = "pyproject.toml" if opening else "seedlint.toml"
    lay(here, {"a.md": CLEAN, "c.json": SCHEMA, file: opening + BOMBS[name]})
    done = subprocess.run(
        ["bash", "-c", 'ulimit -v 409600; exec "$0" check --schema c.json', EXECUTABLE],
        cwd=here,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if name == "lines" and opening == "# seedlint\n":
        assert done.returncode == 0, done.stderr
        return
    assert done.returncode == 2
    message = {"tables": "nested too deeply", "arrays": "nested too deeply", "lines": "unknown"}
    assert message.get(name, "a key of more than 32 parts") in done.stderr
    assert done.stderr.startswith(f"seedlint: {file}")


def test_a_key_of_many_parts_is_shown(here: Path) -> None:
    lay(here, {"a.md": CLEAN, "c.json": SCHEMA})
    numbers = ", ".join(["1.5"] * 100)
    harmless = f'x = [{numbers}] # {PARTS}\ny = "{PARTS}"\nz = """\n{PARTS}\n"""\n'
    lay(here, {"seedlint.toml": harmless})
    assert "1:1: unknown setting `x`" in check(here, "--schema", "c.json").err
    lay(here, {"seedlint.toml": "limits.depth = 5\n" + BOMBS["key"]})
    ran = check(here, "--schema", "c.json")
    assert ran.err == "seedlint: seedlint.toml:2:64: a key of more than 32 parts\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["seedlint.toml", "pyproject.toml"])
def test_what_is_no_regular_file_is_refused_at_once(here: Path, name: str) -> None:
    lay(here, {"a.md": CLEAN, "c.json": SCHEMA})
    path = here / name
    os.mkfifo(path)
    found = check(here, "--schema", "c.json")
    named = check(here, "--schema", "c.json", "--config", name)
    for ran in (found, named):
        assert ran.code == 2
        assert ran.err.startswith(f"seedlint: {name}: cannot read: it is not a regular file\n")
    # With another configuration it is not opened.
    lay(here, {"other.toml": ""})
    assert check(here, "--schema", "c.json", "--config", "other.toml").code == 0
    assert check(here, "--schema", "c.json", "--isolated").code == 0
    path.unlink()
    # A link is not followed, whatever it leads to; one that is named is the caller's own.
    for target in ("/dev/zero", "/proc/kmsg", "gone", "."):
        path.symlink_to(target)
        ran = check(here, "--schema", "c.json")
        assert ran.code == 2
        assert ran.err.startswith(f"seedlint: {name}: cannot read: it is a symbolic link\n")
        path.unlink()


def test_a_link_does_not_move_the_root(here: Path) -> None:
    two = CLEAN.replace("one", "two")
    lay(here, {"c.json": SCHEMA, "seeds/a.md": WRONG, "sub/b.md": two})
    lay(here, {"sub/seedlint.toml": 'schema = "c.json"', "sub/c.json": "{}"})
    (here / "seedlint.toml").symlink_to("sub/seedlint.toml")
    assert check(here).code == 2
    # Named, it is read; the schema is the one beside the link.
    ran = check(here, "--config", "seedlint.toml")
    assert (ran.code, places(ran)) == (1, ["seeds/a.md:2:7: SCH003"])
    assert ran.err == "1 error in 2 seeds checked against c.json; 1 fixable with --fix\n"


def test_a_schema_that_is_not_there(here: Path) -> None:
    lay(here, {"a.md": WRONG, "c.json": SCHEMA, "seedlint.toml": '\nschema = "contract.json"\n'})
    ran = check(here)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "seedlint: seedlint.toml:2:1: `schema`: no such file: `contract.json`\n"
    assert check(here, "--schema", "c.json").code == 1


def test_exclude_that_leaves_nothing_is_named(here: Path) -> None:
    lay(here, {"seeds/a.md": WRONG, "seedlint.toml": 'exclude = ["seeds/"]\n'})
    ran = check(here)
    assert ran.code == 2
    assert ran.err.splitlines()[1].endswith("; left out by `exclude`: seeds/")
