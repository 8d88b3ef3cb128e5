"""Contracts as files to check: what is wrong with one becomes findings, as in a seed."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable

from seedlint.check import capped
from seedlint.diagnostic import Diagnostic, Label, Region
from seedlint.discover import Target
from seedlint.document.pointer import format_pointer, value_at
from seedlint.errors import SchemaError
from seedlint.files import shown_path
from seedlint.locate import make_diagnostic
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileResult
from seedlint.rules import all_rules, rules_by_fault
from seedlint.rules.base import short_json
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.json_source import JsonSource, decode, parse_source, read_text
from seedlint.settings import Settings, selects
from seedlint.text.span import Position
from seedlint.time_limit import TimeLimitExceeded, time_limit

# How long one contract may take; a large one takes some seconds.
_SECONDS = 20


class Contract(NamedTuple):
    """A contract to check: the file, and where in it the schema is ("" for all of it)."""

    target: Target
    fragment: str = ""


class CheckedContract(NamedTuple):
    """The result for a contract, and the further files that it consists of, as shown to people."""

    result: FileResult
    others: tuple[Target, ...] = ()


def check_contract(
    contract: Contract, settings: Settings, leave_out: Container[str] = ()
) -> CheckedContract:
    """Check a contract and the files that it refers to; never raises for what is in them.

    Of further files those are left out whose real path is in `leave_out`.
    """
    target = contract.target
    try:
        if target.data is None:
            text = read_text(target.path, target.shown)
        else:
            text = decode(target.data, target.shown)
        source = parse_source(text, target.shown)
    except SchemaError as error:
        return _unchecked(target, error, settings)
    from seedlint.schema.check import ParsedSchema, find_faults

    # Without a configuration nobody knows which there are.
    collections = None
    if settings.config is not None:
        collections = tuple(each.name for each in settings.collections)
    parsed = ParsedSchema(
        target.path,
        source,
        contract.fragment,
        settings.formats_unchecked,
        collections,
        os.fspath(settings.root),
    )
    try:
        with time_limit(_SECONDS):
            faults = find_faults(parsed)
    except TimeLimitExceeded:
        reason = f"not checked within {_SECONDS} s, so it was given up"
        return _unchecked(target, SchemaError(reason), settings)
    files = {id(source): target}
    folder = os.path.dirname(os.path.realpath(target.path))
    for file in {id(file): file for file, _ in faults if file is not source}.values():
        path = os.path.join(folder, file.path)
        if os.path.realpath(path) not in leave_out:
            # Without its text, so that no line of it is shown.
            files[id(file)] = Target(path, shown_path(path), b"")
    found = dict.fromkeys(
        diagnostic
        for file, fault in faults
        if id(file) in files
        and (diagnostic := _diagnose(file, fault, files[id(file)], settings, file is source))
    )
    ignored = {
        each.shown: settings.ignored_in(settings.from_root(each.path)) for each in files.values()
    }
    kept = sorted(
        (each for each in found if not _is_ignored(each, ignored[each.path])),
        key=Diagnostic.sort_key,
    )
    result = FileResult(
        target.shown,
        capped(kept, settings),
        suppressed=len(found) - len(kept),
    )
    return CheckedContract(result, tuple(each for each in files.values() if each is not target))


def _unchecked(target: Target, error: SchemaError, settings: Settings) -> CheckedContract:
    """The result for a file that is not what its name says, or cannot be read at all."""
    start = Position(error.line or 1, error.column or 1)
    end = Position(start.line, start.column + bool(error.line))
    fault = Fault(FaultKind.UNREADABLE, error.message, help=error.help)
    rule = rules_by_fault()[fault.kind]
    severity = settings.severity_of(rule) or rule.severity
    finding = rule.finding_about(fault)
    region = Region(target.shown, start, end)
    found = make_diagnostic(rule, severity, region, finding, ())
    return CheckedContract(FileResult(target.shown, (found,), validated=False))


def _diagnose(
    file: JsonSource, fault: Fault, target: Target, settings: Settings, quotes: bool
) -> Diagnostic | None:
    """The finding for a fault in a file; None if its rule is not selected.

    Without `quotes` it has neither keys nor values of the file.
    """
    rule = rules_by_fault()[fault.kind]
    severity = settings.severity_of(rule)
    if severity is None:
        return None
    finding = rule.finding_about(fault)
    region = _region(file, fault, target)
    labels = tuple(
        Label(_region(file, fault._replace(pointer=at, part=part, within=within), target), message)
        for at, message, part, within in fault.related
    )
    if not quotes:
        return make_diagnostic(rule, severity, region, finding, labels)
    if fault.part == "key" and fault.pointer:
        subject = str(fault.pointer[-1])
    else:
        subject = short_json(value_at(file.data, fault.pointer))
    pointer = format_pointer(fault.pointer)
    return make_diagnostic(rule, severity, region, finding, labels, pointer, subject)


def _region(file: JsonSource, fault: Fault, target: Target) -> Region:
    start, end = file.span(fault.pointer, fault.part, fault.within)
    return Region(target.shown, file.lines.position(start), file.lines.position(end))


def _is_ignored(diagnostic: Diagnostic, selectors: Iterable[str]) -> bool:
    return any(selects(selector, all_rules()[diagnostic.code]) for selector in selectors)
