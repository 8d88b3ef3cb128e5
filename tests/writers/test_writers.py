"""What writers get wrong by nature, what they are told, and the seed after they have done it.

Each section of a Markdown file beside this one is a case of three blocks:

1. the broken seed: `yaml` is front matter without its fences, `markdown` a whole file; with
   `escaped` behind it, `\\u00a0` and the like stand for the characters;
2. the one finding (`line:column code message`) and its help;
3. the seed after the help has been followed, which has no finding.

What stands before the blocks is for people: where the mistake was seen. To add a case write the
first and the last block, run `SEEDLINT_UPDATE=1 pytest tests/writers`, and read the difference.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from seedlint.check import Checker
from seedlint.schema.load import load_schema
from seedlint.settings import Settings

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.md"))
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,})(\w+)( escaped)?\n((?:.*\n)*?)\1\n", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|t)")


class Case(NamedTuple):
    file: str
    name: str
    about: str
    broken: bytes
    expected: str
    mended: bytes


def seed(language: str, escaped: str | None, text: str) -> bytes:
    """The bytes of the seed in a block; `\\x92` is a byte, `\\u2019` a character, `\\t` a tab."""
    if language == "yaml":
        text = f"---\n{text}---\n"
    if not escaped:
        return text.encode()
    encoded = _ESCAPE.sub(
        lambda found: (
            chr(0xDC00 + int(found[1], 16))
            if found[1]
            else chr(int(found[2], 16))
            if found[2]
            else "\t"
        ),
        text,
    )
    return encoded.encode("utf-8", "surrogateescape")


def cases() -> list[Case]:
    found = []
    for path in FILES:
        for section in _SECTION.finditer(path.read_text("utf-8")):
            blocks = list(_BLOCK.finditer(section[2]))
            assert len(blocks) in (2, 3), f"{path.name}: {section[1]}: two or three blocks"
            broken, mended = blocks[0], blocks[-1]
            expected = blocks[1][4] if len(blocks) == 3 else ""
            about = section[2][: broken.start()].strip()
            found.append(
                Case(
                    path.stem,
                    section[1],
                    about,
                    seed(*broken.groups()[1:]),
                    expected,
                    seed(*mended.groups()[1:]),
                )
            )
    return found


CASES = cases()


@cache
def checker() -> Checker:
    settings = Settings(schema=HERE / "contract.json")
    return Checker(load_schema(HERE / "contract.json"), settings)


def findings(data: bytes) -> str:
    """All that is said of a seed, as it stands in the second block."""
    lines = []
    document = checker().read("seed.md", data)
    for each in checker().check(document).diagnostics:
        start = each.region.start
        lines.append(f"{start.line}:{start.column} {each.code} {each.message}\n")
        if each.help:
            lines.append(f"help: {each.help}\n")
    return "".join(lines)


def update(path: Path) -> None:
    """Write the findings of today into the second block of each section."""

    def rewrite(section: re.Match[str]) -> str:
        blocks = list(_BLOCK.finditer(section[2]))
        broken, mended = blocks[0], blocks[-1]
        said = findings(seed(*broken.groups()[1:]))
        # No finding holds more backticks in a row than a fence has.
        return (
            f"## {section[1]}\n{section[2][: broken.end()]}````text\n{said}````\n"
            f"{section[2][mended.start() :]}"
        )

    path.write_text(_SECTION.sub(rewrite, path.read_text("utf-8")), "utf-8")


if os.environ.get("SEEDLINT_UPDATE"):
    for file in FILES:
        update(file)
    CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.name}")
def test_one_mistake_one_finding_and_its_help_works(case: Case) -> None:
    said = findings(case.broken)
    assert said == case.expected
    assert len(re.findall(r"(?m)^\d+:\d+ ", said)) == 1, "one mistake, one finding"
    assert "\nhelp: " in said, "every finding has a way out"
    assert case.broken != case.mended
    for proposed in re.findall(r"(?<=write `)[^`…]+(?=`)", said)[:1]:
        assert proposed in case.mended.decode(), "the mended seed holds what the help says to write"
    assert findings(case.mended) == "", "the help leads to the next finding"


def test_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_there_are_enough() -> None:
    assert len(CASES) >= 110
    assert sum("github.com/" in case.about for case in CASES) >= 40
