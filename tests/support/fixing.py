"""Seeds with their fixes made, without the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paths import CONTRACT, seeds_in
from seedlint.api import lint_text
from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.fix.fixer import FixedFile, Fixer
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.marks import BOM
from seedlint.text.source import SourceFile


def make_fixer(contract: Path | None = None, *, unsafe: bool = False, **settings: Any) -> Fixer:
    """What makes fixes under a contract, the article contract by default."""
    chosen = Settings(schema=contract, **settings)
    return Fixer(Checker(open_schema(chosen), chosen), unsafe=unsafe)


def fix(fixer: Fixer, data: bytes | str) -> FixedFile:
    """What comes of the fixes of a seed."""
    return fixer.fix(Target("s.md", "s.md", data.encode() if isinstance(data, str) else data))


def documents(folder: Path, every: int) -> Iterator[tuple[bytes, Document]]:
    """Every so many-th seed that can be read, without byte order marks and with LF."""
    for number, data in enumerate(seeds_in(folder)):
        if number % every or b"\r" in data or data.startswith(BOM):
            continue
        document = read_document(SourceFile.from_bytes("s.md", data), Limits())
        if document.is_checkable:
            yield data, document


def variants(data: bytes) -> Iterator[bytes]:
    """A seed as it is, with CRLF, with a byte order mark, and without final line break."""
    yield data
    yield data.replace(b"\n", b"\r\n")
    yield BOM + data
    if data.endswith(b"---\n"):
        yield data[:-1]


def codes_of(data: bytes) -> set[str]:
    found = lint_text(data, schema=CONTRACT)
    return {each.code for each in found}
