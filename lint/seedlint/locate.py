"""From a finding about data to a diagnostic: its place in the file, its labels and its fix."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice

from seedlint.diagnostic import Diagnostic, Fix, Label, Region, Replacement
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.rules.base import Finding, Rule, short_json
from seedlint.schema.folding import Explained
from seedlint.severity import Severity
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.fix.operation import ProposedFix

# In characters. A key may be as long as the front matter, and every finding below it would repeat
# it.
_MESSAGE_LENGTH = 300
_SUBJECT_LENGTH = 100
_SUBJECT_ITEMS = 10
_POINTER_LENGTH = 1000
_BREAK = re.compile(r"[\r\n]")
_NO_TEXT = re.compile(r"[-+]?[.0-9][-+.0-9A-Fa-foxeE_]{0,59}|(?i:true|false|null)|~")
# A text that holds one of these may be written with an escape.
_ESCAPED = frozenset("\"'\\")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def region_of(document: Document, span: Span) -> Region:
    """Lines and columns of a span of `document`."""
    source = document.source
    start, end = source.lines.positions(*span)
    return Region(source.path, start, end)


def locate(
    document: Document, rule: Rule, severity: Severity, base: Pointer, finding: Finding
) -> Diagnostic:
    """Find the characters of a finding about the data at `base`."""
    pointer = (*base, *finding.pointer)
    source_map = document.source_map
    region = region_of(document, source_map.span(pointer, finding.part))
    subject = finding.subject
    if subject is None:
        value = value_at(document.data, pointer)
        subject = as_text(value)
        if pointer and finding.expected and (value is None or isinstance(value, str)):
            finding = _as_written(document, pointer, value, finding)
    if finding.over_lines is not None:
        finding = _over_lines(document, pointer, finding, finding.over_lines)
    labels: list[Label] = []
    for each in finding.related:
        place = (*base, *each.pointer)
        span: Span | None = source_map.span(place, each.part)
        if each.within is not None and span is not None:
            span = _within(document, span, value_at(document.data, place), each.within)
        if span is not None:
            labels.append(Label(region_of(document, span), each.message))
    if anchor := source_map.anchor(pointer):
        labels.append(Label(region_of(document, anchor), "the value comes from here"))
    if document.is_json and finding.help:
        # Few seeds are JSON.
        from seedlint.rules.in_json import in_json

        finding = in_json(finding)
    fix = fix_of(document, base, finding.fix) if finding.fix else None
    return make_diagnostic(
        rule, severity, region, finding, tuple(labels), format_pointer(pointer), subject, fix
    )


def fix_of(document: Document, base: Pointer, proposed: ProposedFix) -> Fix | None:
    """The edits that do what a rule proposes about the data at `base`, if they are certain."""
    # Few findings have one.
    from seedlint.fix.edits import edits_of
    from seedlint.fix.operation import below

    operations = tuple([below(base, each) for each in proposed.operations])
    edits = proposed.edits or edits_of(document, operations)
    if not edits:
        return None
    positions = document.source.lines.positions
    return Fix(
        proposed.message,
        "safe" if proposed.is_safe else "unsafe",
        tuple([Replacement(*positions(start, end), text) for start, end, text in edits]),
        operations,
    )


def _within(document: Document, span: Span, value: Any, characters: tuple[int, int]) -> Span | None:
    """The place of some characters of the text `value`, which is at `span`; None by an alias."""
    text, (start, end) = document.source.text, characters
    # Nearly all texts are written as they are, on one line, between quotes or without.
    begin = span.start + (text[span.start] in "\"'")
    is_simple = (
        value.isprintable() and not _ESCAPED & set(value) and 0 <= start <= end <= len(value)
    )
    if is_simple and value and text.startswith(value, begin):
        return Span(begin + start, begin + end)
    from seedlint.text.places import place_within

    return place_within(text, span, value, start, end)


def is_unquoted(document: Document, found: Explained) -> bool:
    """Whether the text that a finding is about is written without quotes."""
    pointer = (*found.pointer, *found.finding.pointer)
    start, end = document.source_map.span(pointer, found.finding.part)
    return bool(document.source.text[start:end] == value_at(document.data, pointer))


def name_reader(target: str, document: Document, found: Explained) -> bool:
    """Name the target in a finding about a date; False if it makes no date of the value."""
    from seedlint.document.targets import date_reader
    from seedlint.rules.text.unquoted_date import READERS

    value = value_at(document.data, (*found.pointer, *found.finding.pointer))
    name = date_reader(target, value)
    if name is None:
        return False
    message = found.finding.message.replace(READERS, name)
    found.finding = found.finding._replace(message=message)
    return True


def _as_written(document: Document, pointer: Pointer, value: Any, finding: Finding) -> Finding:
    """The finding, reworded if the way the value was written says more than the data."""
    # Few findings need it.
    from seedlint.rules.as_written import as_written

    if document.is_json:
        return finding
    find = document.source_map.span
    return as_written(
        finding, value, document.source.text, find(pointer, "key"), find(pointer, "value")
    )


def _over_lines(
    document: Document,
    pointer: Pointer,
    finding: Finding,
    reword: Callable[[Finding, Sequence[int]], Finding],
) -> Finding:
    """The finding, reworded if the text that it is about is written over several lines."""
    text = document.source.text
    place = document.source_map.span(pointer, finding.part)
    if document.is_json or not _BREAK.search(text, *place):
        return finding
    from seedlint.text.places import read_runs

    breaks = [
        at
        for run in read_runs(text, place, value_at(document.data, pointer))
        if not run.as_is and _BREAK.search(text, *run.place)
        for at in range(run.start, run.end)
    ]
    return reword(finding, breaks) if breaks else finding


def as_text(value: Any) -> str:
    """A value as the subject of a finding: the beginning of its JSON, without blanks."""
    if isinstance(value, str):
        value = value[:_SUBJECT_LENGTH]
    elif isinstance(value, (dict, list)):
        # Enough to tell most collections apart, at a bounded cost: aliases can make them huge.
        value = short_json(list(islice(value, _SUBJECT_ITEMS)), 2 * _SUBJECT_LENGTH)
    return _encode(value)


def make_diagnostic(
    rule: Rule,
    severity: Severity,
    region: Region,
    finding: Finding,
    labels: tuple[Label, ...],
    pointer: str | None = None,
    subject: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """The diagnostic of a finding at a place, with everything that may be long cut."""
    message = finding.message
    if len(message) > _MESSAGE_LENGTH:
        message = message[: _MESSAGE_LENGTH - 1] + "…"
    if pointer is not None and len(pointer) > _POINTER_LENGTH:
        pointer = None
    return Diagnostic(
        region,
        rule.code,
        rule.name,
        severity,
        message,
        pointer,
        finding.help,
        labels,
        subject[:_SUBJECT_LENGTH],
        fix,
    )


def is_flow(document: Document, pointer: Pointer) -> bool:
    """Whether the mapping or the list at `pointer` is written in braces or brackets."""
    start = document.source_map.span(pointer, "value").start
    return document.source.text.startswith(("{", "["), start)


def written_at(document: Document, pointer: Pointer) -> str | None:
    """A number, boolean or null as it is in the file.

    None if it came there by an alias, and for a null that is not written at all.
    """
    span = document.source_map.span(pointer, "value")
    if value_at(document.data, pointer) is None and (entry := document.source_map.entry(pointer)):
        # The place of a null is its key.
        span = entry.value
    text = document.source.text[span.start : span.end]
    return text if _NO_TEXT.fullmatch(text) else None
