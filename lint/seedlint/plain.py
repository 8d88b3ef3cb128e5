"""Findings as plain data, and back: for other processes and for the cache.

Nearly every file has none, so this is imported for the first that has.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.diagnostic import Diagnostic, Fix, Label, Region, Replacement, shared
from seedlint.fix.operation import from_plain, to_plain
from seedlint.rules import all_rules
from seedlint.severity import Severity
from seedlint.text.span import Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

PlainFindings: TypeAlias = "Sequence[Sequence[Any]]"
"""Findings as plain data, without the file name, which depends on the working directory."""

_SEVERITIES = {severity.value: severity for severity in Severity}


def plain_findings(diagnostics: Sequence[Diagnostic]) -> PlainFindings:
    """Findings of one file as plain data, for `marshal` and for JSON alike."""
    return tuple(
        [
            (
                _places(each.region),
                each.code,
                each.severity.value,
                each.message,
                each.pointer,
                each.help,
                tuple([(_places(label.region), label.message) for label in each.labels]),
                each.subject,
                each.fix and _plain_fix(each.fix),
            )
            for each in diagnostics
        ]
    )


def read_findings(found: PlainFindings, path: str) -> tuple[Diagnostic, ...]:
    """The findings that `plain_findings` made plain, in the file that is shown as `path`.

    Raises ValueError, TypeError or KeyError for anything else.
    """
    rules = all_rules()
    read = []
    for places, code, severity, message, pointer, advice, labels, subject, fix in found:
        rule = rules[code]
        read.append(
            Diagnostic(
                _region(path, *places),
                rule.code,
                rule.name,
                _SEVERITIES[severity],
                message,
                pointer,
                shared(advice),
                tuple([Label(_region(path, *each), text) for each, text in labels]),
                subject,
                fix and _read_fix(fix),
            )
        )
    return tuple(read)


def _plain_fix(fix: Fix) -> tuple[Any, ...]:
    edits = tuple([(*each.start, *each.end, each.content) for each in fix.edits])
    return fix.message, fix.applicability, edits, tuple(map(to_plain, fix.operations))


def _read_fix(plain: Sequence[Any]) -> Fix:
    message, applicability, edits, operations = plain
    return Fix(
        shared(message),
        applicability,
        tuple(
            [
                Replacement(Position(line, column), Position(end_line, end_column), content)
                for line, column, end_line, end_column, content in edits
            ]
        ),
        tuple(map(from_plain, operations)),
    )


def _places(region: Region) -> tuple[int, int, int, int]:
    return (*region.start, *region.end)


def _region(path: str, line: int, column: int, end_line: int, end_column: int) -> Region:
    return Region(path, Position(line, column), Position(end_line, end_column))
