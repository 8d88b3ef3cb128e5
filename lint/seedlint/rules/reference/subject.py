"""What the rules of references are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from seedlint.document.pointer import Pointer


class Term(NamedTuple):
    """A text that is to be one of the `terms` of a `file`; each leads to its place there."""

    text: str
    file: str
    terms: Mapping[str, Pointer]

    def __str__(self) -> str:
        return self.text
