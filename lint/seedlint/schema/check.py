"""All checks of a contract, made before any file is checked against it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from seedlint.errors import SchemaError
from seedlint.named_tuple import NamedTuple
from seedlint.rules import rules_by_fault
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Check, Contract, Located
from seedlint.schema.checks.bindings import BindingCheck
from seedlint.schema.checks.contradictions import ContradictionCheck, Contradictions
from seedlint.schema.checks.drafts import (
    DraftCheck,
    can_be_walked,
    find_file_faults,
    unknown_draft,
    unusable_id,
)
from seedlint.schema.checks.formats import FormatCheck
from seedlint.schema.checks.keywords import KeywordCheck
from seedlint.schema.checks.metaschema import find_misfits
from seedlint.schema.checks.neglected import NeglectCheck
from seedlint.schema.checks.nothing_checked import find_no_keyword, find_only_definitions
from seedlint.schema.checks.patterns import PatternCheck
from seedlint.schema.checks.references import LoopCheck
from seedlint.schema.checks.walk import walk
from seedlint.schema.drafts import DEFAULT_DRAFT, Draft, declared_draft
from seedlint.schema.files import SchemaFiles
from seedlint.schema.json_source import JsonSource
from seedlint.schema.references import Unresolvable
from seedlint.severity import Severity

# How many remarks there are on one contract: nobody reads more, and each costs time.
_MAX_REMARKS = 50
_MOST_FAULTS = 20_000

CHECKS: Sequence[type[Check]] = (
    DraftCheck,
    LoopCheck,
    KeywordCheck,
    PatternCheck,
    FormatCheck,
    BindingCheck,
    ContradictionCheck,
    NeglectCheck,
)
"""What is looked for in every schema of a contract, in the order in which it is reported."""


Report = Callable[[JsonSource, Fault], None]
"""Takes a fault and the file that it is in, and may raise SchemaError."""


class ParsedSchema(NamedTuple):
    """A contract that has been read and not been checked, and what the settings say about it.

    `path` is that of its file, and `fragment` says where in the file it is. `formats_unchecked`
    are the formats that need no check, `collections` those that there are, if that is known, and
    `top` is the folder of the settings.
    """

    path: str
    source: JsonSource
    fragment: str = ""
    formats_unchecked: Sequence[str] = ()
    collections: Sequence[str] | None = None
    top: str = os.curdir


def check_schema(schema: ParsedSchema) -> tuple[SchemaFiles, tuple[str, ...], tuple[str, ...]]:
    """Check all that a contract consists of.

    Gives its files, remarks about it, and the names of its bindings. Each remark is one line with a
    place. Raises SchemaError for the first fault whose rule is one of severity error.
    """
    remarks: dict[str, SchemaError] = {}

    def report(source: JsonSource, fault: Fault) -> None:
        severity = rules_by_fault()[fault.kind].severity
        if severity is Severity.ERROR or len(remarks) < _MAX_REMARKS:
            error = source.error(
                fault.message, fault.pointer, fault.part, help=fault.help, within=fault.within
            )
            if severity is Severity.ERROR:
                raise error
            remarks[str(error)] = error

    found = _check(schema, report, is_complete=False)
    assert found is not None
    files, bindings = found
    in_order = sorted(
        remarks.values(), key=lambda each: (each.path or "", each.line or 0, each.column or 0)
    )
    return files, tuple(map(str, in_order)), tuple(sorted(bindings))


def find_faults(schema: ParsedSchema) -> list[tuple[JsonSource, Fault]]:
    """All that is wrong with a contract, with the file that it is in; see `check_schema`.

    Some faults are looked for only in a contract without errors. Faults beyond a number that nobody
    reads are left out.
    """
    found: list[tuple[JsonSource, Fault]] = []

    def report(source: JsonSource, fault: Fault) -> None:
        if len(found) < _MOST_FAULTS:
            found.append((source, fault))

    _check(schema, report, is_complete=True)
    return found


def _check(
    schema: ParsedSchema, report: Report, *, is_complete: bool
) -> tuple[SchemaFiles, set[str]] | None:
    """Report every fault; with `is_complete` also those that `seedlint check` does not report.

    Gives the files and the names of the bindings; None if there is nothing to walk.
    """
    errors = 0

    def count(source: JsonSource, fault: Fault) -> None:
        nonlocal errors
        errors += rules_by_fault()[fault.kind].severity is Severity.ERROR
        report(source, fault)

    files = _open_files(schema, count)
    if files is None:
        return None
    contract = Contract(
        files,
        is_whole_file=not schema.fragment,
        formats_unchecked=schema.formats_unchecked,
        is_complete=is_complete,
    )
    for source, fault in _faults(contract, lambda: errors == 0):
        count(source, fault)
    return files, contract.bindings


def _open_files(schema: ParsedSchema, report: Report) -> SchemaFiles | None:
    """The files of a contract, each checked as a whole when it is read; None if it has no start."""

    def check_file(source: JsonSource, draft: Draft) -> None:
        for fault in find_file_faults(source.data, draft, quotes=source is root):
            report(source, fault)

    path, root, fragment, _, collections, top = schema
    draft = declared_draft(root.data) or DEFAULT_DRAFT
    if not fragment:
        check_file(root, draft)
        if not can_be_walked(root.data):
            return None
    try:
        return SchemaFiles(path, root, fragment, check_file, collections, top)
    except Unresolvable:
        message = f"no schema at `#{fragment[:60]}` of this file"
        report(root, Fault(FaultKind.UNRESOLVED_REFERENCE, message))
    except ValueError:
        report(root, unusable_id(draft, ()))
    return None


def _faults(contract: Contract, is_sound: Callable[[], bool]) -> Iterator[Located]:
    """What is wrong with the schemas of a contract.

    `is_sound` says whether there was no error among what has been told so far.
    """
    root, draft = contract.root, contract.draft
    start, pointer = contract.start
    if not contract.is_whole_file:
        if not can_be_walked(start):
            yield root, unknown_draft(start, pointer)
            return
        yield from find_misfits(contract, root, start, pointer)
    if no_keyword := find_no_keyword(start, root, pointer, draft):
        yield root, no_keyword
        return
    for fault in find_only_definitions(start, root, pointer, draft):
        yield root, fault
    checks = [check(contract) for check in CHECKS]
    yield from walk(contract, checks)
    for check in checks:
        yield from check.at_end()
    if is_sound():
        contradictions = Contradictions(contract.references)
        for check in checks:
            yield from check.if_sound(contradictions)
