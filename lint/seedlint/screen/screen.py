"""One seed: certainly clean, or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seedlint.document.limits import Limits
from seedlint.rules.corpus import across_options, fingerprints_of
from seedlint.screen.contract import compile_contract
from seedlint.screen.reader import Reader

Fingerprints = tuple[int, ...]


class Screen:
    """A contract and the limits of a run, compiled once and used for every seed."""

    def __init__(
        self, schema: Mapping[str, Any], limits: Limits, across: Mapping[str, Any] | None = None
    ) -> None:
        """`across` are the options of `unique-across` that count, None for those of the schema.

        Raises `contract.Undecided` for a schema that only the exact path can judge.
        """
        self._passes = compile_contract(schema)
        self._reader = Reader(limits)
        self._across = across_options(schema) if across is None else across
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
            if content is None or not self._passes(content):
                return None
            return fingerprints_of(content, self._across)
        except Exception:
            return None
