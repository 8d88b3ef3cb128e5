"""Fixes of real seeds: what was injected is taken out again, byte for byte, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fixing import fix, make_fixer
from paths import CONTRACT, CORPUS, SEEDS, needs, seeds_in
from seedlint.api import lint_text
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, value_at
from seedlint.fix.fixer import Fixer
from seedlint.text.source import SourceFile
from seedlint.text.span import line_end, line_start

LISTS: tuple[Pointer, ...] = (("related",), ("topics",))
BOM = b"\xef\xbb\xbf"


def documents(folder: Path, every: int) -> Iterator[tuple[bytes, Document]]:
    """Every so many-th seed that can be read, without byte order marks and with LF."""
    for number, data in enumerate(seeds_in(folder)):
        if number % every or b"\r" in data or data.startswith(BOM):
            continue
        document = read_document(SourceFile.from_bytes("s.md", data), Limits())
        if document.is_checkable:
            yield data, document


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
            if entry is None or entry.in_flow:
                continue
            copied = text[line_start(text, entry.start) : line_end(text, entry.end) + 1]
            yield text[:at] + copied + text[at:]


def variants(data: bytes) -> Iterator[bytes]:
    """A seed as it is, with CRLF, with a byte order mark, and without final line break."""
    yield data
    yield data.replace(b"\n", b"\r\n")
    yield BOM + data
    if data.endswith(b"---\n"):
        yield data[:-1]


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


def codes_of(data: bytes) -> set[str]:
    found = lint_text(data, schema=CONTRACT)
    return {each.code for each in found}


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
