"""Operations on random front matter: the data afterwards are what the operation says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compare_readers import cases, pointers
from paths import CORPUS, SEEDS, needs
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, value_at
from seedlint.fix.edits import edits_of
from seedlint.fix.operation import (
    CannotApply,
    InsertPair,
    Operation,
    OrderPairs,
    RemoveItem,
    RemovePair,
    RenameKey,
    ReplaceScalar,
    applied,
)
from seedlint.text.edit import apply_edits
from seedlint.text.source import SourceFile

# How large a document may be, and how many of its pointers are tried.
_LARGEST = 6_000
_POINTERS = 60


def operations_on(data: Any, pointer: Pointer) -> Iterator[Operation]:
    """Every operation about the value at a pointer."""
    if isinstance(value_at(data, pointer[:-1]), list):
        yield RemoveItem(pointer)
    else:
        yield RemovePair(pointer)
        yield RenameKey(pointer, "new: key")
        yield InsertPair((*pointer[:-1], "zz"), "a #b", str(pointer[-1]))
        holder = value_at(data, pointer[:-1])
        keys = list(holder) if isinstance(holder, dict) else []
        yield OrderPairs(pointer, tuple(reversed(keys)))
        others = [key for key in keys if key != pointer[-1]]
        yield OrderPairs(pointer, (str(pointer[-1]), *others))
        yield OrderPairs(pointer, (*others, str(pointer[-1])))
    if not isinstance(value_at(data, pointer), (dict, list)):
        yield ReplaceScalar(pointer, "x")
        yield ReplaceScalar(pointer, "it's: \t#\u2028")


def read(data: bytes) -> Document:
    return read_document(SourceFile.from_bytes("s.md", data), Limits())


def check(folders: list[Path], count: int, seed: int) -> Counter[str]:
    """How many edits of each kind were made, all as they should be."""
    made: Counter[str] = Counter()
    for data in cases(folders, count, seed):
        document = read(data)
        if len(data) > _LARGEST or not document.is_checkable:
            continue
        for pointer in list(pointers(document.data))[:_POINTERS]:
            if not pointer:
                continue
            for operation in operations_on(document.data, pointer):
                edits = edits_of(document, [operation])
                if edits is None:
                    continue
                new = apply_edits(document.source.text, edits)
                try:
                    wanted = applied(document.data, [operation])
                except CannotApply:
                    wanted = "nothing"
                found = read(new.encode("utf-8", "surrogateescape")).data
                assert repr(found) == repr(wanted), f"{operation}\n{document.source.text}\n{new}"
                made[type(operation).__name__] += 1
    return made


@pytest.mark.parametrize("seed", range(2))
def test_random_front_matter(seed: int) -> None:
    made = check([], 600, seed)
    assert len(made) == 6
    assert min(made.values()) > 100


@pytest.mark.slow
def test_own_files() -> None:
    assert sum(check([SEEDS], 0, 0).values()) > 1_000


@pytest.mark.slow
@needs(CORPUS)
def test_many() -> None:
    made = check([CORPUS / "powerapps"], 20_000, 7)
    assert min(made.values()) > 1_000
