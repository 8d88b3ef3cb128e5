"""One file: from its text to its findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.diagnostic import Diagnostic, Fix, Label, Region, Replacement
from seedlint.discover import Target
from seedlint.document.document import Document, document_of_lines, read_document
from seedlint.document.line_reader import Content, open_line_reader
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.document.problem import Problem, ProblemKind
from seedlint.readings import doubt_lost_breaks, settle_readings
from seedlint.result import FileResult
from seedlint.rules import all_rules, rule_across, rules_by_problem
from seedlint.rules.base import Finding, Rule, quote, short_json
from seedlint.rules.corpus import (
    Fact,
    collect_facts,
    fingerprints_of,
    terms_of,
    unique_across_options,
)
from seedlint.schema.evaluate import Evaluator, SeverityOf
from seedlint.schema.explain import Seed, explain
from seedlint.schema.folding import Explained
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings, selects
from seedlint.severity import Severity
from seedlint.suppress import apply_suppressions, find_suppressions
from seedlint.text.source import SourceFile
from seedlint.text.span import LineIndex, Position, Span

if TYPE_CHECKING:
    from seedlint.cross_references import CrossReferences, Vocabulary
    from seedlint.fix.operation import ProposedFix
    from seedlint.ignore_at import Answers, IgnoredAt

_MESSAGE_LENGTH = 300
_SUBJECT_LENGTH = 100
_SUBJECT_ITEMS = 10
_MOST_FIXES = 2_000
# Rules on what a text says, which no problem with how it is written repeats.
_ON_CONTENT = ("entity-in-text", "long-text", "short-text")
_NUMBER_OR_BOOLEAN = re.compile(r"[-+.0-9][-+.0-9A-Fa-foxeE_]{0,59}|(?i:true|false)")
_encode = json.JSONEncoder(ensure_ascii=False).encode
# A key may be as long as the front matter, and every finding below it would repeat it.
_POINTER_LENGTH = 1000


class Checker:
    """Checks files under one contract and one set of settings."""

    def __init__(
        self,
        schema: LoadedSchema,
        settings: Settings,
        evaluator: Evaluator | None = None,
        references: CrossReferences | None = None,
    ) -> None:
        """`evaluator` is that of the contract, if it has been made already.

        `references` finds what seeds define and refer to, if the run compares that.
        """
        self._schema = schema
        self.settings = settings
        self.evaluator = evaluator or Evaluator(schema.references, cache(settings.severity_of))
        self.severity_of: SeverityOf = self.evaluator.severity_of
        self.references = references
        self._unique_across = unique_across_options(schema.root, self.severity_of)
        self._reader = open_line_reader(settings.limits, settings.target)

    def with_settings(self, settings: Settings) -> Checker:
        """A checker under the same contract that selects the same rules."""
        return Checker(self._schema, settings, self.evaluator, self.references)

    def read(self, shown: str, data: bytes) -> Document:
        """Read a file with the reader that it needs. Never raises, whatever the file holds."""
        content = self._reader.read(data)
        if content is not None:
            return self._document(shown, data, content)
        return self.read_without_lines(SourceFile.from_bytes(shown, data))

    def read_without_lines(self, source: SourceFile) -> Document:
        """Read a file with the YAML or the JSON reader."""
        return read_document(source, self.settings.limits, self.settings.target)

    def _document(self, shown: str, data: bytes, content: Content) -> Document:
        source = SourceFile.from_bytes(shown, data)
        return document_of_lines(source, content)

    def check_lines(self, target: Target, data: bytes, content: Content) -> FileResult:
        """Check a file that the line reader has read."""
        document = self._document(target.shown, data, content)
        return self.check(document, self.ignored_in(target.path))

    def check_with_yaml_reader(self, target: Target, data: bytes) -> FileResult:
        """Check a file that the line reader does not read."""
        document = self.read_without_lines(SourceFile.from_bytes(target.shown, data))
        return self.check(document, self.ignored_in(target.path))

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The selectors that `per-file-ignores` lists for a file."""
        if not self.settings.per_file_ignores:
            return ()
        return self.settings.ignored_in(self.settings.from_root(path))

    @cached_property
    def ignored_at(self) -> Answers:
        """Which entries of `ignore-at` answer a finding."""
        if not self.settings.ignore_at:
            return lambda diagnostic, document: ()
        # Few configurations have any.
        from seedlint.ignore_at import answers_of

        return answers_of(self.settings.ignore_at)

    def check(self, document: Document, ignored: tuple[str, ...] = ()) -> FileResult:
        """Check one file; `ignored` are selectors to ignore in it."""
        self.evaluator.path = document.source.path
        found, validated = self._find(document)
        suppressions = find_suppressions(document) if self.settings.suppressions else []
        # A dict, because a set has no order.
        every = dict.fromkeys(each.diagnostic for each in found)
        kept = list(every)
        if suppressions:
            kept, misused = apply_suppressions(every, suppressions, document.source.text)
            misuses = dict.fromkeys(filter(None, map(partial(self._of_problem, document), misused)))
            every |= misuses
            kept += misuses
        if ignored:
            kept = [
                each
                for each in kept
                if all_rules()[each.code].is_required
                or not any(selects(selector, all_rules()[each.code]) for selector in ignored)
            ]
        answered = {each: numbers for each in every if (numbers := self.ignored_at(each, document))}
        kept = [each for each in kept if each not in answered] if answered else kept
        silent: set[Diagnostic] = set()
        if any(each.under for each in found):
            silent = _find_silent(found, set(kept))
            kept = [each for each in kept if each not in silent]
        suppressed = len(every.keys() - silent) - len(kept)
        # Problems that were only counted are kept or suppressed like the first ones of their kind.
        more = 0
        for kind, count in document.more.items():
            code = rules_by_problem()[kind].code
            if any(each.code == code for each in kept):
                more += count
            elif any(each.code == code for each in every):
                suppressed += count
        kept.sort(key=Diagnostic.sort_key)
        return FileResult(
            document.source.path,
            capped(kept, self.settings, more),
            self.fingerprints(document),
            validated,
            suppressed=suppressed,
            ignored_at=tuple(
                sorted({number for each in answered.keys() - silent for number in answered[each]})
            ),
        )

    def _find(self, document: Document) -> tuple[list[Folded], bool]:
        """All findings of a document, and whether it could be checked against the contract."""
        problems: Sequence[Problem] = document.problems
        if document.is_checkable and problems:
            problems = settle_readings(document, problems, self.evaluator)
        elif problems:
            problems = doubt_lost_breaks(document, problems, self.evaluator)
        found = [
            Folded(each, [])
            for problem in problems
            if (each := self._of_problem(document, problem))
        ]
        if not document.is_checkable:
            return found, False
        if self.settings.names_unused_schema(document.data):
            span = document.source_map.span(("$schema",), "value")
            is_text = isinstance(document.data["$schema"], str)
            named = document.source.text[span.start : span.end] if is_text else ""
            unused = self._of_problem(document, Problem(ProblemKind.UNUSED_SCHEMA, span, named))
            found += [Folded(unused, [])] if unused else []
        try:
            return found + _fold_echoes(self._of_schema(document), found), True
        except RecursionError:
            # A recursive contract multiplies the depth of the data by its own.
            fence = document.source_map.span((), "value")
            too_deep = self._of_problem(document, Problem(ProblemKind.TOO_DEEP, fence))
            return found + ([Folded(too_deep, [])] if too_deep else []), False

    def fingerprints(self, document: Document) -> tuple[int, ...]:
        """The fingerprints of the facts of `document`."""
        if not document.is_checkable:
            return ()
        found = fingerprints_of(document.data, self._unique_across, document.source.path)
        if self.references is not None:
            found += self.references.fingerprints(document.data)
        return found

    def facts(self, document: Document) -> tuple[Fact, ...]:
        """What no other file may say as well."""
        if not document.is_checkable:
            return ()
        return tuple(collect_facts(document.data, self._unique_across, document.source.path))

    def terms(self, document: Document) -> tuple[tuple[Pointer, str], ...]:
        """The terms that all files spell alike, with their places."""
        if not document.is_checkable:
            return ()
        return tuple(terms_of(document.data, self._unique_across))

    def problem(self, path: str, problem: Problem) -> FileResult:
        """The result for a file that could not be read at all."""
        document = Document(SourceFile(path, ""), None)
        return FileResult(path, (self._diagnose(document, problem),), validated=False)

    def cross_file_diagnostic(self, document: Document, rule: Rule, finding: Finding) -> Diagnostic:
        """The diagnostic of a finding of a cross-file rule in `document`."""
        severity = self.severity_of(rule)
        assert severity is not None
        return _locate(document, rule, severity, (), finding)

    def check_unused_terms(self, vocabulary: Vocabulary, unused: Iterable[str]) -> FileResult:
        """The result for the file of a vocabulary; no seed uses the terms `unused`."""
        rule = rule_across("vocabulary")
        severity = self.severity_of(rule)
        assert severity is not None
        path, lines = vocabulary.file.path, LineIndex(vocabulary.file.text)
        found = []
        for term in unused:
            pointer, part = vocabulary.terms[term]
            start, end = vocabulary.file.span(pointer, part)
            region = Region(path, lines.position(start), lines.position(end))
            finding = next(iter(rule.check(term)))
            at = format_pointer(pointer)
            found.append(make_diagnostic(rule, severity, region, finding, (), at, _encode(term)))
        if self.settings.ignores(rule, path):
            return FileResult(path, suppressed=len(found))
        return FileResult(path, capped(sorted(found, key=Diagnostic.sort_key), self.settings))

    def _of_problem(self, document: Document, problem: Problem) -> Diagnostic | None:
        if self.severity_of(rules_by_problem()[problem.kind]) is None:
            return None
        return self._diagnose(document, problem)

    def _diagnose(self, document: Document, problem: Problem) -> Diagnostic:
        """The diagnostic of a problem, even if its rule is not selected."""
        rule = rules_by_problem()[problem.kind]
        severity = self.severity_of(rule) or rule.severity
        finding = next(iter(rule.check(problem)))
        labels: tuple[Label, ...] = ()
        if problem.related:
            region = region_of(document, problem.related)
            labels = (Label(region, finding.label or "see here"),)
        region = region_of(document, problem.span)
        span = problem.span
        subject = finding.subject or document.source.text[span.start : span.end]
        fix = _fix(document, (), finding.fix) if finding.fix else None
        return make_diagnostic(rule, severity, region, finding, labels, subject=subject, fix=fix)

    def _of_schema(self, document: Document) -> list[Folded]:
        failures = self.evaluator.failures(document.data)
        written = partial(_written_at, document)
        seed = Seed(document.data, self.evaluator.root, written, has_layout=not document.is_json)
        explained = [
            (each, severity)
            for each in explain(failures, self.severity_of, seed)
            if (severity := self.severity_of(each.rule))
            and not (each.finding.if_unquoted and not _is_unquoted(document, each))
        ]
        if target := self.settings.target:
            explained = [
                (each, severity)
                for each, severity in explained
                if not each.finding.if_unquoted or _name_reader(target, document, each)
            ]
        # Nobody fixes so many one by one, and each costs as much as the finding.
        found = [
            each.finding if number < _MOST_FIXES else each.finding._replace(fix=None)
            for number, (each, _) in enumerate(explained)
        ]
        below = _below_fence(document, [each for each, _ in explained])
        found = [
            below.get(id(each), finding)
            for (each, _), finding in zip(explained, found, strict=True)
        ]
        by_id = {
            id(each): Folded(_locate(document, each.rule, severity, each.pointer, finding), [])
            for (each, severity), finding in zip(explained, found, strict=True)
        }
        for each, _ in explained:
            by_id[id(each)].under.extend(
                by_id[id(above)].diagnostic for above in each.under if id(above) in by_id
            )
        # One fence too many, and all that is below it is missing.
        for number in list(below)[1:]:
            by_id[number].under.append(by_id[next(iter(below))].diagnostic)
        return list(by_id.values())


def _below_fence(document: Document, explained: Sequence[Explained]) -> dict[int, Finding]:
    """The findings about missing keys that are in the text, below a fence too many, by identity."""
    matter, text = document.front_matter, document.source.text
    if matter is None or document.is_json:
        return {}
    missing = [
        each
        for each in explained
        if each.rule.name == "missing-key"
        and not each.pointer
        and text.find(f"\n{each.finding.subject}:", matter.closing.end) >= 0
    ]
    if not missing:
        return {}
    # Hardly any seed has one there.
    from seedlint.document.front_matter import keys_below

    keys = keys_below(text, matter)
    line_of = document.source.lines.position
    fence = line_of(matter.closing.start).line
    return {
        id(each): each.finding._replace(
            help=f"remove the fence on line {fence}: {quote(key)} is below it, on line "
            f"{line_of(keys[key]).line}",
            fix=None,
        )
        for each in missing
        if (key := each.finding.subject or "") in keys
    }


def capped(
    diagnostics: list[Diagnostic], settings: Settings, more: int = 0
) -> tuple[Diagnostic, ...]:
    """The first findings of a file; the last one counts the others and `more` beside them."""
    most = settings.limits.findings
    surplus = len(diagnostics) - most + more
    if surplus <= 0:
        return tuple(diagnostics)
    shown, others = diagnostics[:most], diagnostics[most:] or diagnostics[-1:]
    problem = Problem(ProblemKind.TOO_MANY_FINDINGS, Span(0, 0), limit=surplus)
    rule = rules_by_problem()[problem.kind]
    finding = next(iter(rule.check(problem)))
    # Cutting findings off must not make a failing file pass.
    gravest = min((each.severity for each in others), key=lambda each: each.rank)
    return (*shown, make_diagnostic(rule, gravest, shown[-1].region, finding, ()))


def check_unmatched(target: Target, settings: Settings) -> FileResult:
    """The result for a file that no collection takes."""
    problem = Problem(ProblemKind.UNMATCHED, Span(0, 0))
    rule = rules_by_problem()[problem.kind]
    severity = settings.severity_of(rule)
    if severity is None:
        return FileResult(target.shown)
    if settings.ignores(rule, target.path):
        return FileResult(target.shown, suppressed=1)
    region = region_of(Document(SourceFile(target.shown, ""), None), problem.span)
    finding = next(iter(rule.check(problem)))
    return FileResult(target.shown, (make_diagnostic(rule, severity, region, finding, ()),))


def check_unused_entry(
    entry: IgnoredAt, place: tuple[Position, Position], settings: Settings
) -> FileResult:
    """The result for the configuration that has an entry of `ignore-at` that answers nothing."""
    kind = ProblemKind.UNUSED_IGNORE_AT
    problem = Problem(kind, Span(0, 0), entry.selector, proposal=entry.pattern)
    rule = rules_by_problem()[problem.kind]
    severity = settings.severity_of(rule)
    if severity is None:
        return FileResult(entry.file)
    finding = next(iter(rule.check(problem)))
    region = Region(entry.file, *place)
    subject = f"{entry.selector} at {entry.pattern}"
    diagnostic = make_diagnostic(rule, severity, region, finding, (), subject=subject)
    return FileResult(entry.file, (diagnostic,))


def region_of(document: Document, span: Span) -> Region:
    """Lines and columns of a span of `document`."""
    lines = document.source.lines
    return Region(document.source.path, lines.position(span.start), lines.position(span.end))


def _locate(
    document: Document, rule: Rule, severity: Severity, base: Pointer, finding: Finding
) -> Diagnostic:
    """Find the characters of a finding about the data at `base`."""
    pointer = (*base, *finding.pointer)
    source_map = document.source_map
    labels = []
    for each in finding.related:
        place = (*base, *each.pointer)
        span: Span | None = source_map.span(place, each.part)
        if each.within is not None and span is not None:
            span = _within(document, span, value_at(document.data, place), each.within)
        if span is not None:
            labels.append(Label(region_of(document, span), each.message))
    if anchor := source_map.anchor(pointer):
        labels.append(Label(region_of(document, anchor), "the value comes from here"))
    region = region_of(document, source_map.span(pointer, finding.part))
    subject = finding.subject
    if subject is None:
        value = value_at(document.data, pointer)
        subject = _as_text(value)
        if pointer and finding.expected and (value is None or isinstance(value, str)):
            finding = _as_written(document, pointer, value, finding)
    if document.is_json and finding.help:
        # Few seeds are JSON.
        from seedlint.rules.in_json import in_json

        finding = in_json(finding)
    fix = _fix(document, base, finding.fix) if finding.fix else None
    return make_diagnostic(
        rule, severity, region, finding, tuple(labels), format_pointer(pointer), subject, fix
    )


def _fix(document: Document, base: Pointer, proposed: ProposedFix) -> Fix | None:
    """The edits that do what a rule proposes about the data at `base`, if they are certain."""
    # Few findings have one.
    from seedlint.fix.edits import edits_of
    from seedlint.fix.operation import below

    operations = tuple(below(base, each) for each in proposed.operations)
    edits = proposed.edits or edits_of(document, operations)
    if not edits:
        return None
    position = document.source.lines.position
    return Fix(
        proposed.message,
        "safe" if proposed.is_safe else "unsafe",
        tuple(Replacement(position(start), position(end), text) for start, end, text in edits),
        operations,
    )


def _within(document: Document, span: Span, value: Any, characters: tuple[int, int]) -> Span | None:
    """The place of some characters of the text `value`, which is at `span`; None by an alias."""
    # Few findings need it.
    from seedlint.text.places import place_within

    return place_within(document.source.text, span, value, *characters)


def _is_unquoted(document: Document, found: Explained) -> bool:
    """Whether the text that a finding is about is written without quotes."""
    pointer = (*found.pointer, *found.finding.pointer)
    start, end = document.source_map.span(pointer, found.finding.part)
    return bool(document.source.text[start:end] == value_at(document.data, pointer))


def _name_reader(target: str, document: Document, found: Explained) -> bool:
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


def _as_text(value: Any) -> str:
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


class Folded(NamedTuple):
    """A finding, and those that say the same more plainly.

    It is left out if one of these is reported and is as grave.
    """

    diagnostic: Diagnostic
    under: list[Diagnostic]


def _fold_echoes(found: list[Folded], problems: list[Folded]) -> list[Folded]:
    """Fold findings about the data and problems of the YAML at one place: the milder of two.

    A value that YAML cannot resolve is also of the wrong type, and the problem is enough. For an
    ambiguous value of the wrong type the error is enough, and the warning is folded under it.
    """
    _fold_invisible(found, problems)
    of_yaml = [each for each in problems if each.diagnostic.code.startswith("YML")]
    if not of_yaml:
        return found
    at_fault = {
        label.region: problem
        for problem in of_yaml
        if problem.diagnostic.severity is not Severity.ERROR
        for label in problem.diagnostic.labels
    }
    at_fault |= {problem.diagnostic.region: problem for problem in of_yaml}
    for each in found:
        problem = at_fault.get(each.diagnostic.region)
        if problem is None or each.diagnostic.name in _ON_CONTENT:
            continue
        if problem.diagnostic.severity.at_least(each.diagnostic.severity):
            each.under.append(problem.diagnostic)
        else:
            problem.under.append(each.diagnostic)
    return found


def _fold_invisible(found: list[Folded], problems: list[Folded]) -> None:
    """Fold an invisible character in a key under the finding that renames the key."""
    invisible = [each for each in problems if each.diagnostic.name == "invisible-character"]
    if not invisible:
        return
    renamed = {
        each.diagnostic.region.start.line: each.diagnostic
        for each in found
        if each.diagnostic.name == "unknown-key" and each.diagnostic.fix
    }
    for each in invisible:
        start = each.diagnostic.region.start
        key = renamed.get(start.line)
        if key and key.region.start.column <= start.column < key.region.end.column:
            each.under.append(key)


def _find_silent(found: Iterable[Folded], kept: set[Diagnostic]) -> set[Diagnostic]:
    """The findings to leave out, because another is reported wherever they were found."""
    silent = set()
    speaking = set()
    for each in found:
        diagnostic = each.diagnostic
        if any(
            above in kept and above.severity.at_least(diagnostic.severity) for above in each.under
        ):
            silent.add(diagnostic)
        else:
            speaking.add(diagnostic)
    return silent - speaking


def _written_at(document: Document, pointer: Pointer) -> str | None:
    """A number or a boolean as it is in the file; None if it came there by an alias."""
    span = document.source_map.span(pointer, "value")
    text = document.source.text[span.start : span.end]
    return text if _NUMBER_OR_BOOLEAN.fullmatch(text) else None
