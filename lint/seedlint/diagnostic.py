"""What seedlint has to say: immutable, fully compared, with one order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from seedlint.documentation import rule_url
from seedlint.named_tuple import NamedTuple
from seedlint.severity import Severity
from seedlint.text.edit import Edit
from seedlint.text.span import LineIndex, Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from seedlint.fix.operation import Operation

Applicability: TypeAlias = 'Literal["safe", "unsafe"]'

_INDEX = re.compile(r"/[0-9]+(?=/|\Z)")


class Region(NamedTuple):
    """Where in a file: 1-based, columns in code points, the end exclusive."""

    path: str
    start: Position
    end: Position


class Label(NamedTuple):
    """A related place and what it has to do with the finding."""

    region: Region
    message: str


class Replacement(NamedTuple):
    """Characters of the file of a finding, and what replaces them."""

    start: Position
    end: Position
    content: str


class Fix(NamedTuple):
    """What mends a finding: `message` says what it does, in words of command.

    It is `safe` if one reading of what the author meant explains it, else `unsafe`. `edits` are in
    order and do not overlap; `operations` say the same of the data, where the fix is about data.
    """

    message: str
    applicability: Applicability
    edits: tuple[Replacement, ...]
    operations: tuple[Operation, ...] = ()

    def edits_in(self, lines: LineIndex) -> list[Edit]:
        """The edits as offsets into the text that has these lines."""
        return [
            Edit(lines.offset(each.start), lines.offset(each.end), each.content)
            for each in self.edits
        ]

    def to_dict(self) -> dict[str, Any]:
        """The fix as plain data, with the keys that ruff has."""
        return {
            "applicability": self.applicability,
            "message": self.message,
            "edits": [
                {
                    "content": each.content,
                    "location": _position(each.start),
                    "end_location": _position(each.end),
                }
                for each in self.edits
            ],
        }


class Diagnostic(NamedTuple):
    """One finding.

    `code` and `name` are the rule's (`URL003`, `unknown-scheme`); `message` is one line, lower
    case, without code and place; `pointer` is the JSON Pointer (RFC 6901) of the data that is at
    fault, None where there is no data (a broken fence) or the pointer has more than 1,000
    characters; `help` says what to do. `subject` is what the finding is about, as text of at most
    100 characters: the value, or the name of a missing key. `fix` mends it, if there is a certain
    way.
    """

    region: Region
    code: str
    name: str
    severity: Severity
    message: str
    pointer: str | None = None
    help: str | None = None
    labels: tuple[Label, ...] = ()
    subject: str = ""
    fix: Fix | None = None
    collection: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells the finding from the others of its file when lines and list items move.

        Its code, its pointer with `*` for indices, and its subject. Findings that have all of them
        in common are told apart by their number only.
        """
        return self.code, _INDEX.sub("/*", self.pointer or ""), self.subject

    @property
    def path(self) -> str:
        """The file the finding is in, as shown to people."""
        return self.region.path

    @property
    def url(self) -> str | None:
        """The address of the rule's page, if the package says where its documentation is."""
        return rule_url(self.code)

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data, as in the JSON report; `schemas/report.schema.json` says more.

        Keys are added, never changed. The keys that ruff has, too, mean the same.
        """
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity.value,
            "message": self.message,
            **_place(self.region),
            "pointer": self.pointer,
            "help": self.help,
            "labels": [{"message": each.message, **_place(each.region)} for each in self.labels],
            "fix": self.fix and self.fix.to_dict(),
            "url": self.url,
            "collection": self.collection or None,
        }

    def sort_key(self) -> tuple[object, ...]:
        """Path, place, gravity, code.

        Findings that have all of them in common stay in the order in which they were found, which
        is that of the contract and the same whatever the number of workers.
        """
        region = self.region
        return region.path, region.start, region.end, self.severity.rank, self.code


def gravest_first(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings by severity, in as many passes, for there may be more than memory takes."""
    for severity in Severity:
        yield from (each for each in diagnostics if each.severity is severity)


def _place(region: Region) -> dict[str, Any]:
    return {
        "filename": region.path,
        "location": _position(region.start),
        "end_location": _position(region.end),
    }


def _position(position: Position) -> dict[str, int]:
    return {"row": position.line, "column": position.column}


@lru_cache(1024)
def shared(text: Any) -> Any:
    """A text that many findings have, as one object."""
    return text
