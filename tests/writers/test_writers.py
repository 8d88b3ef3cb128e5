"""What writers get wrong by nature, what they are told, and the seed after they have done it.

Each `##` section of a Markdown file below this folder is a case of three blocks:

1. the broken seed: `yaml` is front matter without its fences, `markdown` a whole file; with
   `escaped` behind it, `\\u00a0` and the like are those characters;
2. its one finding (`line:column code message`) and the help;
3. the seed after the help has been followed, which has no finding.

A `json` block before them is the contract of that case and of those below it in the file. Before
the first such block, the contract is `contract.json` in the file's folder. The text above the
blocks is for people: where the mistake was seen.

To add a case write the first and the last block, run `SEEDLINT_UPDATE=1 pytest tests/writers`, and
read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target
from seedlint.document.document import read_document
from seedlint.fix.fixer import Fixer
from seedlint.ignores import with_comments
from seedlint.rules import all_rules
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.text.source import SourceFile

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.md"))
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,})(\w+)( escaped)?\n((?:.*\n)*?)\1\n", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|t)")
_CONTRACT = "json"
UPDATE = bool(os.environ.get("SEEDLINT_UPDATE"))


class Case(NamedTuple):
    """A mistake; `contract` is the text of its contract."""

    file: str
    name: str
    about: str
    contract: str
    broken: bytes
    expected: str
    mended: bytes


def seed(block: re.Match[str]) -> bytes:
    """The bytes of the seed in a block; `\\x92` is a byte, `\\u2019` a character, `\\t` a tab."""
    _, language, escaped, text = block.groups()
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


def sections(path: Path) -> Iterator[tuple[re.Match[str], str, list[re.Match[str]]]]:
    """The sections of a file, each with its contract and its other blocks."""
    beside = path.with_name("contract.json")
    contract = beside.read_text("utf-8") if beside.exists() else ""
    for section in _SECTION.finditer(path.read_text("utf-8")):
        blocks = list(_BLOCK.finditer(section[2]))
        if blocks and blocks[0][2] == _CONTRACT:
            contract = blocks.pop(0)[4]
        assert len(blocks) in (2, 3), f"{path.name}: {section[1]}: two or three blocks"
        yield section, contract, blocks


def cases() -> list[Case]:
    return [
        Case(
            path.relative_to(HERE).with_suffix("").as_posix(),
            section[1],
            section[2].partition("```")[0].strip(),
            contract,
            seed(blocks[0]),
            blocks[1][4] if len(blocks) == 3 else "",
            seed(blocks[-1]),
        )
        for path in FILES
        for section, contract, blocks in sections(path)
    ]


@cache
def checker(contract: str, folder: Path, ignore: tuple[str, ...] = ()) -> Checker:
    path = folder / f"{len(list(folder.iterdir()))}.json"
    path.write_text(contract, "utf-8")
    return Checker(load_schema(path, path.name), Settings(root=folder, ignore=ignore))


def findings(contract: str, data: bytes, folder: Path) -> tuple[Diagnostic, ...]:
    """The findings of a seed, which are the same whichever reader reads it."""
    check = checker(contract, folder)
    found = check.check(check.read("seed.md", data)).diagnostics
    document = read_document(SourceFile.from_bytes("seed.md", data), Settings().limits)
    assert found == check.check(document).diagnostics
    return found


def report(found: tuple[Diagnostic, ...]) -> str:
    """Findings in the form of the second block."""
    return "".join(
        f"{each.region.start.line}:{each.region.start.column} {each.code} {each.message}\n"
        + (f"help: {each.help}\n" if each.help else "")
        for each in found
    )


def update(path: Path, folder: Path) -> None:
    """Write the findings of today into the second block of each section."""
    text = path.read_text("utf-8")
    for section, contract, blocks in reversed(list(sections(path))):
        said = report(findings(contract, seed(blocks[0]), folder))
        at = section.start(2)
        # No finding holds more backticks in a row than a fence has.
        text = (
            f"{text[: at + blocks[0].end()]}````text\n{said}````\n{text[at + blocks[-1].start() :]}"
        )
    path.write_text(text, "utf-8")


CASES = cases()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where contracts are written; with `UPDATE`, the expected findings are written too."""
    folder = tmp_path_factory.mktemp("contracts")
    if UPDATE:
        for path in FILES:
            update(path, folder)
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.name}")
def test_one_mistake_one_finding_and_its_help_works(case: Case, folder: Path) -> None:
    found = findings(case.contract, case.broken, folder)
    assert UPDATE or report(found) == case.expected
    assert len(found) == 1, "one mistake, one finding"
    assert len(found[0].message) <= 300
    help = found[0].help or ""
    assert help or "expected " in found[0].message, "every finding has a way out"
    assert case.broken != case.mended
    if not re.search(" (?:if|or) ", help):
        for proposed in re.findall(r"(?<=write `)[^`…]+(?=`)", help)[:1]:
            assert proposed in case.mended.decode(), "the mended seed has what the help proposes"
    if case.file.startswith("losses/"):
        assert found[0].severity is Severity.WARNING, "a loss is no error"
    assert findings(case.contract, case.mended, folder) == (), "the help leads to another finding"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.name}")
def test_a_comment_suppresses_the_finding(case: Case, folder: Path) -> None:
    """Unless the file cannot be read; whatever the mistake, and nothing else changes."""
    found = findings(case.contract, case.broken, folder)
    source = SourceFile.from_bytes("seed.md", case.broken)
    commented = with_comments(source, found, checker(case.contract, folder), ())
    if all_rules()[found[0].code].is_required or found[0].code.startswith("SUP"):
        assert commented is None or commented.suppressed == 0
        return
    if source.text.startswith(("---json", ";;;", "{")):
        # JSON has no comments.
        assert commented is None
        return
    assert commented is not None
    assert commented.suppressed >= 1
    assert findings(case.contract, commented.text.encode("utf-8", "surrogateescape"), folder) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}-{case.name}")
def test_a_fix_mends_the_seed(case: Case, folder: Path) -> None:
    """What a fix makes of it has no finding; a safe one makes the mended seed of it.

    Fixing twice is fixing once.
    """
    (found,) = findings(case.contract, case.broken, folder)
    fixer = Fixer(checker(case.contract, folder), unsafe=True)
    fixed = fixer.fix(Target("seed.md", "seed.md", case.broken))
    assert fixed.refused == ()
    assert fixed.is_changed == (found.fix is not None)
    if found.fix is not None:
        assert findings(case.contract, fixed.new, folder) == ()
        if found.fix.applicability == "safe":
            # Where the help offers two ways out, the fix takes the first.
            first = next(each for each in CASES if each.broken == case.broken)
            assert fixed.new == first.mended
        again = fixer.fix(Target("seed.md", "seed.md", fixed.new))
        assert not again.is_changed
        assert again.refused == ()


def test_a_swallowed_item_in_a_value_of_the_wrong_type_is_one_finding(folder: Path) -> None:
    data = b"---\ntopics: Ferries\n  - Harbour\n---\n"
    contract = (HERE / "losses" / "contract.json").read_text("utf-8")
    codes = [
        [each.code for each in check.check(check.read("seed.md", data)).diagnostics]
        for check in (checker(contract, folder, ignore) for ignore in ((), ("SCH003",)))
    ]
    assert codes == [["SCH003"], ["YML023"]]


def test_names_are_unique() -> None:
    names = [(case.file, case.name) for case in CASES]
    assert sorted(set(names)) == sorted(names)


def test_there_are_enough() -> None:
    assert len(CASES) >= 400
    assert sum("github.com/" in case.about for case in CASES) >= 40
