"""What writers lose without a word: what they are told, and the seed after they have done it.

Each section of a Markdown file in `losses/` is a case of three blocks: front matter without its
fences; its one finding (`line:column code message`) and the help; the front matter after the help
has been followed, which has no finding. To add a case write the first and the last block, leave the
second one empty, run `SEEDLINT_UPDATE=1 pytest tests/writers/test_losses.py`, and read the
difference.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.document.document import read_document
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.text.source import SourceFile

HERE = Path(__file__).parent / "losses"
FILES = sorted(HERE.glob("*.md"))
_CASE = re.compile(
    r"^## (?P<name>.+)\n(?:(?!## |````).*\n)*"
    r"````yaml\n(?P<broken>(?:(?!````).*\n)*)````\n"
    r"````text\n(?P<expected>(?:(?!````).*\n)*)````\n"
    r"````yaml\n(?P<mended>(?:(?!````).*\n)*)````\n",
    re.MULTILINE,
)


class Case(NamedTuple):
    path: Path
    name: str
    broken: str
    expected: str
    mended: str


def cases() -> list[Case]:
    return [
        Case(path, found["name"], found["broken"], found["expected"], found["mended"])
        for path in FILES
        for found in _CASE.finditer(path.read_text("utf-8"))
    ]


CASES = cases()


@cache
def checker() -> Checker:
    contract = HERE / "contract.json"
    return Checker(load_schema(contract, contract.name), Settings())


def findings(yaml: str) -> tuple[Diagnostic, ...]:
    """The findings of a seed, which are the same whoever reads it."""
    data = f"---\n{yaml}---\n".encode()
    found = checker().check(checker().read("seed.md", data)).diagnostics
    source = SourceFile.from_bytes("seed.md", data)
    assert found == checker().check(read_document(source, Settings().limits)).diagnostics
    return found


def report(found: tuple[Diagnostic, ...]) -> str:
    return "".join(
        f"{each.region.start.line}:{each.region.start.column} {each.code} {each.message}\n"
        f"help: {each.help}\n"
        for each in found
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}-{case.name}")
def test_one_finding_and_its_help(case: Case) -> None:
    found = findings(case.broken)
    if os.environ.get("SEEDLINT_UPDATE"):
        text = case.path.read_text("utf-8")
        section = next(each for each in _CASE.finditer(text) if each["name"] == case.name)
        start, end = section.span("expected")
        case.path.write_text(text[:start] + report(found) + text[end:], "utf-8")
    assert [each.severity for each in found] == [Severity.WARNING]
    assert len(found[0].message) <= 300
    assert found[0].help
    assert report(found) == case.expected or os.environ.get("SEEDLINT_UPDATE")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.stem}-{case.name}")
def test_after_the_help_there_is_nothing_left(case: Case) -> None:
    assert findings(case.mended) == ()


def test_a_swallowed_item_in_a_value_of_the_wrong_type_is_one_finding() -> None:
    data = b"---\ntopics: Ferries\n  - Harbour\n---\n"
    contract = load_schema(HERE / "contract.json", "contract.json")
    codes = [
        [each.code for each in checker.check(checker.read("seed.md", data)).diagnostics]
        for checker in (Checker(contract, Settings(ignore=ignore)) for ignore in ((), ("SCH003",)))
    ]
    assert codes == [["SCH003"], ["YML023"]]


def test_every_section_is_a_case() -> None:
    for path in FILES:
        names = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert names == [case.name for case in CASES if case.path == path]
        assert len(set(names)) == len(names)
    assert len(CASES) >= 60
