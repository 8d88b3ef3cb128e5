"""One file as text, never altered."""

from __future__ import annotations

from collections.abc import Callable

from seedlint.text.marks import BOM
from seedlint.text.span import LineIndex

_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class SourceFile:
    """A seed's path, as it is shown to people, and its text.

    `text` has no byte order mark (`bom` tells whether there was one). Bytes that are not UTF-8
    become the lone surrogates U+DC80..U+DCFF, one per byte, so that nothing is lost and each has
    its own column.
    """

    def __init__(self, path: str, text: str, bom: bool = False, utf16: bool = False) -> None:
        self.path = path
        self.text = text
        self.bom = bom
        self.utf16 = utf16
        self._lines: LineIndex | None = None

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> SourceFile:
        """Decode `data`; never raises."""
        if data.startswith(_UTF16_BOMS):
            return cls(path, data[2:].decode("utf-16-le", "replace"), utf16=True)
        bom = data.startswith(BOM)
        return cls(path, data[3 * bom :].decode("utf-8", "surrogateescape"), bom=bom)

    def to_bytes(self, text: str) -> bytes:
        """The bytes of the file with another text in the place of its own."""
        return BOM * self.bom + text.encode("utf-8", "surrogateescape")

    # Not a `cached_property`: up to Python 3.11 that takes a lock, and a microsecond.
    @property
    def lines(self) -> LineIndex:
        """The line starts, computed when first asked for."""
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines


ReadSource = Callable[[str], SourceFile | None]
"""Gives a file's text by the path in a region; None when it cannot be read any more.

It keeps the texts of the last files, so formats need not.
"""
