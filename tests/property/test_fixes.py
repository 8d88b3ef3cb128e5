"""Fixes of real seeds: what was injected is taken out again, byte for byte, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from fixing import codes_of, documents, fix, make_fixer, variants
from paths import CONTRACT, CORPUS, SEEDS, needs
from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer, value_at
from seedlint.fix.fixer import Fixer
from seedlint.fix.operation import CannotApply, applied
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import Position, line_end, line_start

LISTS: tuple[Pointer, ...] = (("related",), ("topics",))


def with_copies(document: Document) -> Iterator[str]:
    """The text with a copy of one entry at the end of its list, for each entry of each list."""
    text = document.source.text
    for pointer in LISTS:
        items = value_at(document.data, pointer)
        if not isinstance(items, list) or not items:
            continue
        last = document.source_map.entry((*pointer, len(items) - 1))
        assert last is not None
        at = line_end(text, last.end) + 1
        for index in range(len(items)):
            entry = document.source_map.entry((*pointer, index))
            # An item without a value is a mistake of its own.
            if entry is None or entry.in_flow or items[index] is None:
                continue
            copied = text[line_start(text, entry.start) : line_end(text, entry.end) + 1]
            yield text[:at] + copied + text[at:]


def check_copies(fixer: Fixer, folder: Path, every: int) -> int:
    count = 0
    for data, document in documents(folder, every):
        for copied in with_copies(document):
            injected = copied.encode("utf-8", "surrogateescape")
            pairs = zip(variants(data), variants(injected), strict=True)
            # All forms for the first entry of a seed would do; the first ones of a list do.
            for old, new in pairs if count % 5 == 0 else [(data, injected)]:
                wanted = fix(fixer, old)
                fixed = fix(fixer, new)
                assert fixed.new == wanted.new, new
                assert fixed.is_changed
                assert fixed.refused == wanted.refused
            count += 1
    return count


def test_copies_in_own_seeds() -> None:
    assert check_copies(make_fixer(), SEEDS, 1) > 10


@needs(CORPUS)
def test_copies_in_real_seeds() -> None:
    assert check_copies(make_fixer(), CORPUS, 12) > 100


@pytest.mark.slow
@needs(CORPUS)
def test_copies_in_all_real_seeds() -> None:
    assert check_copies(make_fixer(), CORPUS, 1) > 1_000


def defects(data: bytes) -> Iterator[bytes]:
    """The seed with one defect each that has an exact inverse which is safe."""
    for old, new in (
        (b"\ncategory: ", b"\ncategroy: "),
        (b"\ntitle: ", b"\ntitel: "),
        (b"\nexcerpt: ", b"\nexcrept: "),
        (b"\ntype: article\n", b"\ntype: artcile\n"),
        (b"\ntype: video\n", b"\ntype: vidoe\n"),
        (b"\ncategory: ", b"\ncategory:"),
        (b"\ntype: ", b"\ntype:"),
        (b"\ntitle: ", b"\n# seedlint: ignore[URL001] why\ntitle: "),
        (b"?utm_source=x&b=", b"?utm_source=x&amp;b="),
    ):
        if old in data:
            yield data.replace(old, new, 1)
    at = data.find(b"&")
    address = data.rfind(b"http", 0, at)
    if 0 <= address < at and b"\n" not in data[address:at] and data[at + 1 : at + 2].isalpha():
        yield data[: at + 1] + b"amp;" + data[at + 1 :]


def check_defects(fixer: Fixer, folder: Path, every: int) -> int:
    count = 0
    for data, _ in documents(folder, every):
        if fix(fixer, data).is_changed:
            continue
        for injected in defects(data):
            for old, new in zip(variants(data), variants(injected), strict=True):
                fixed = fix(fixer, new)
                if fixed.refused:
                    # The defect has hidden what is wrong with the seed as it was.
                    reasons = {each.reason for each in fixed.refused}
                    assert reasons <= {f"it would bring {code}" for code in codes_of(old)}
                    continue
                if not fixed.is_changed:
                    # Its contract asks for something else, and knows no such value.
                    assert codes_of(new) <= codes_of(old)
                    continue
                assert fixed.new == old, new
                # Fixing twice is fixing once.
                assert not fix(fixer, fixed.new).is_changed
                count += 1
    return count


@pytest.mark.slow
@needs(CORPUS)
def test_defects_in_real_seeds() -> None:
    assert check_defects(make_fixer(), CORPUS, 12) > 100


def test_defects_in_own_seeds() -> None:
    assert check_defects(make_fixer(), SEEDS, 1) > 10


@needs(CORPUS)
def test_seeds_without_findings_stay() -> None:
    fixer = make_fixer(unsafe=True)
    for data, _ in documents(CORPUS, 12):
        fixed = fix(fixer, data)
        if not fixed.fixed:
            assert fixed.new == data


def mutants(count: int) -> Iterator[str]:
    """Seeds with a random slip of the keyboard in the front matter."""
    rng = random.Random(1)
    folder = CORPUS if CORPUS.exists() else SEEDS
    seeds = [data for data, _ in documents(folder, 12 if folder == CORPUS else 1)]
    for _ in range(count):
        lines = rng.choice(seeds).decode("utf-8", "surrogateescape").split("\n")
        end = lines.index("---", 1)
        number = rng.randrange(1, end)
        line = lines[number]
        at = rng.randrange(len(line) + 1)
        kind = rng.randrange(7)
        if kind == 0:
            line = line[:at] + line[at + 1 :]
        elif kind == 1:
            line = line[:at] + rng.choice(":#&*!'\"\\[]{},| \tz") + line[at:]
        elif kind == 2:
            line = line[:at] + line[at : at + 2][::-1] + line[at + 2 :]
        elif kind == 3:
            line = line.replace('"', "")
        elif kind == 4:
            line = line.replace(": ", ":", 1)
        elif kind == 5:
            line = line.replace("https://", "http://").replace("/", "/a b&amp;", 1)
        lines[number] = line
        if kind == 6:
            lines[number:number] = lines[number : number + rng.randrange(1, 9)]
        yield "\n".join(lines)


def check_mutants(count: int) -> int:
    settings = Settings(schema=CONTRACT)
    checker = Checker(open_schema(settings), settings)
    fixer = make_fixer(CONTRACT, unsafe=True)
    made = 0
    for text in mutants(count):
        document = checker.read("s.md", text.encode("utf-8", "surrogateescape"))
        found = checker.check(document)
        fixable = [each for each in found.diagnostics if each.fix]
        if not fixable:
            continue
        fixed = fix(fixer, text.encode("utf-8", "surrogateescape"))
        new = fixed.new.decode("utf-8", "surrogateescape")
        after = checker.check(checker.read("s.md", fixed.new))
        if document.is_checkable:
            before = Counter(each.code for each in found.diagnostics)
            assert Counter(each.code for each in after.diagnostics) <= before, text
        assert not fix(fixer, fixed.new).is_changed
        for each in fixable:
            made += check_one_fix(document, each, text)
        assert new.split("\n---\n", 1)[1] == text.split("\n---\n", 1)[1]
    return made


def check_one_fix(document: Document, diagnostic: Diagnostic, text: str) -> bool:
    """Whether other readers see the change that a fix is said to make; False for broken text."""
    assert diagnostic.fix is not None
    if not diagnostic.fix.operations:
        # It is about the text; `test_text_fixes.py` has these.
        return False
    lines = document.source.lines

    def offset(position: Position) -> int:
        return lines.line_span(position.line).start + position.column - 1

    edits = [
        Edit(offset(each.start), offset(each.end), each.content) for each in diagnostic.fix.edits
    ]
    new = apply_edits(text, edits)
    try:
        old_data = [load(yaml_of(text)) for load in READERS]
    except Exception:
        return False
    for old, load in zip(old_data, READERS, strict=True):
        try:
            wanted = applied(old, diagnostic.fix.operations)
        except CannotApply:
            # The other reader has another key or no list there: `on` is true to YAML 1.1.
            continue
        assert repr(load(yaml_of(new))) == repr(wanted), new
    return True


def yaml_of(text: str) -> str:
    return text.removeprefix("---\n").split("\n---", 1)[0]


class WithoutDates(yaml.CSafeLoader):
    """Dates are text, as in JSON."""


class ConstructorWithoutDates(SafeConstructor):
    """The same."""


DATE = "tag:yaml.org,2002:timestamp"
WithoutDates.add_constructor(DATE, yaml.CSafeLoader.construct_scalar)
ConstructorWithoutDates.add_constructor(DATE, SafeConstructor.construct_scalar)


def read_1_1(text: str) -> Any:
    return yaml.load(text, Loader=WithoutDates)


def read_1_2(text: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = ConstructorWithoutDates
    return reader.load(text)


READERS = (read_1_1, read_1_2)


def test_mutants() -> None:
    assert check_mutants(100) > 10


@pytest.mark.slow
def test_many_mutants() -> None:
    assert check_mutants(5_000) > 500
