"""Formats of a contract that are not checked, or that other validators refuse."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.rules.contract import FaultKind
from seedlint.schema.checks.base import Check, Contract, Located, Subschema
from seedlint.text.formats import FORMATS
from seedlint.text.nearest import did_you_mean, nearest

# Formats of other tools that look like misspellings of known ones but are not.
_FOREIGN_FORMATS = """
cuid date-time-local guid iso-date-time iso-time ulid uuid1 uuid3 uuid4 uuid5 uuid6 uuid7 uuid8
uuidv4 uuidv6 uuidv7
"""
# By how many letters a misspelt format may be longer or shorter than what was meant.
_MOST_LETTERS = 2


class FormatCheck(Check):
    """Formats that are misspelt, not known, or not portable: each once."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract)
        self._done: set[str] = set()

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        name = at.schema.get("format")
        if not isinstance(name, str) or name in self._done:
            return
        if name not in FORMATS:
            if name not in self.contract.formats_unchecked:
                self._done.add(name)
                yield self._unknown(at, name)
        elif self.contract.is_complete:
            self._done.add(name)
            from seedlint.text.portability import UNPORTABLE_FORMATS

            if name in UNPORTABLE_FORMATS:
                shown = self.contract.shown(at.source, name)
                message = f"format{shown} is one that Ajv does not know"
                yield at.fault(FaultKind.UNPORTABLE_FORMAT, message, ("format",))

    def _unknown(self, at: Subschema, name: str) -> Located:
        """A misspelt format, or one that is not known."""
        near = did_you_mean(name, FORMATS)
        meant = nearest(name, FORMATS) or name
        if name in _FOREIGN_FORMATS.split() or abs(len(name) - len(meant)) > _MOST_LETTERS:
            near = ""
        shown = self.contract.shown(at.source, name)
        if near:
            message = f"format{shown} cannot be checked{near}"
            help = (
                f"formats that can be checked: {', '.join(sorted(FORMATS))}; "
                "the setting `formats-unchecked` lists others that need no check"
            )
            return at.fault(FaultKind.MISSPELT_FORMAT, message, ("format",), help=help)
        message = (
            f"format{shown} is not known, so no value is checked against it; "
            "list it in the setting `formats-unchecked` if it need not be"
        )
        return at.fault(FaultKind.UNCHECKED_FORMAT, message, ("format",))
