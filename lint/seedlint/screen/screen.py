"""One seed: certainly clean, or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.rules.corpus import fingerprints_of
from seedlint.schema.evaluate import Evaluator

Fingerprints = tuple[int, ...]


class Screen:
    """A contract and the limits of a run, compiled once and used for every seed."""

    def __init__(self, evaluator: Evaluator, limits: Limits, across: Mapping[str, Any]) -> None:
        """`across` are the options of `unique-across` that count."""
        self._accepts = evaluator.accepts
        self._reader = LineReader(limits)
        self._across = across
        self.limits = limits

    def judge(self, data: bytes) -> Fingerprints | None:
        """The fingerprints of the facts of a seed that is certainly clean; None of any other.

        `data` is the whole file. Whatever goes wrong here goes wrong again on the exact path, which
        says what it was. Takes as long as the patterns of the contract take.
        """
        if len(data) > self.limits.file_bytes:
            return None
        try:
            content = self._reader.read(data)
            if content is None or content.has_invisible or not self._accepts(content.data):
                return None
            return fingerprints_of(content.data, self._across)
        except Exception:
            return None
