"""One file: from its text to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache, partial

from seedlint.diagnostic import Diagnostic, Label, Region
from seedlint.discover import Target
from seedlint.document.document import Document, document_of_lines, read_document
from seedlint.document.line_reader import Content, open_line_reader
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.document.problem import Problem, ProblemKind
from seedlint.echoes import Folded, find_silent, fold_echoes, fold_undecided
from seedlint.locate import (
    as_text,
    fix_of,
    is_flow,
    is_unquoted,
    locate,
    make_diagnostic,
    name_reader,
    region_of,
    written_at,
)
from seedlint.result import FileResult
from seedlint.rules import all_rules, rule_across, rules_by_problem
from seedlint.rules.base import Finding, Rule, quote
from seedlint.rules.corpus import (
    Fact,
    collect_facts,
    fingerprints_of,
    terms_of,
    unique_across_options,
)
from seedlint.schema.evaluate import Evaluator, SeverityOf
from seedlint.schema.explain import Seed, explain
from seedlint.schema.folding import Explained, leave
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings, selects
from seedlint.severity import Severity
from seedlint.text.source import SourceFile
from seedlint.text.span import LineIndex, Position, Span, line_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.cross_references import CrossReferences, Vocabulary
    from seedlint.ignore_at import Answers, IgnoredAt
    from seedlint.outdented import Outdented

# Of so many findings of a file the fixes are worked out: nobody fixes more one by one, and each
# costs as much as the finding.
_MOST_FIXES = 2_000
# Of how many unknown keys it is remembered whether the contract names them.
_MOST_REMEMBERED = 1_000


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
        # Whether the contract may name a key somewhere, which is sooner known than where.
        self._may_know = lru_cache(_MOST_REMEMBERED)(
            lambda key: key in schema.text or "\\u" in schema.text
        )

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
        """Which entries of `ignore-at` suppress a finding."""
        if not self.settings.ignore_at:
            return lambda diagnostic, document: ()
        # Few configurations have any.
        from seedlint.ignore_at import answers_of

        return answers_of(self.settings.ignore_at)

    def check(self, document: Document, ignored: tuple[str, ...] = ()) -> FileResult:
        """Check one file; `ignored` are selectors to ignore in it."""
        self.evaluator.path = document.source.path
        found, validated = self._find(document)
        # A dict, because a set has no order.
        every = dict.fromkeys([each.diagnostic for each in found])
        kept = list(every)
        if self.settings.suppressions and document.may_have_directives:
            # Few seeds have any.
            from seedlint.suppress import apply_suppressions, find_suppressions

            suppressions = find_suppressions(document)
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
        answered: dict[Diagnostic, Sequence[int]] = {}
        if self.settings.ignore_at:
            answers = self.ignored_at
            answered = {each: numbers for each in every if (numbers := answers(each, document))}
            kept = [each for each in kept if each not in answered]
        silent: set[Diagnostic] = set()
        reported = len(every)
        if any(each.under for each in found):
            silent = find_silent(found, set(kept))
            # What says the same as a finding that is suppressed does not count once more.
            echoes = silent if len(kept) == len(every) else find_silent(found, set(every))
            kept = [each for each in kept if each not in silent]
            reported = len(every.keys() - silent - echoes.difference(kept))
        suppressed = reported - len(kept)
        # Problems that were only counted are kept or suppressed like the first ones of their kind.
        more = 0
        for kind, count in document.more.items():
            code = rules_by_problem()[kind].code
            if any(each.code == code for each in kept):
                more += count
            elif any(each.code == code for each in every):
                suppressed += count
        if len(kept) > 1:
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
        if problems:
            # Few documents have any.
            from seedlint.readings import doubt_lost_breaks, settle_readings

            look_again = settle_readings if document.is_checkable else doubt_lost_breaks
            problems = look_again(document, problems, self.evaluator)
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
            of_schema = self._of_schema(document, found)
            if found:
                of_schema = fold_echoes(of_schema, found)
            return found + of_schema, True
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
        return locate(document, rule, severity, (), finding)

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
            finding = rule.finding_about(term)
            at = format_pointer(pointer)
            found.append(make_diagnostic(rule, severity, region, finding, (), at, as_text(term)))
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
        finding = rule.finding_about(problem)
        labels: tuple[Label, ...] = ()
        if problem.related:
            region = region_of(document, problem.related)
            labels = (Label(region, finding.label or "see here"),)
        region = region_of(document, problem.span)
        span = problem.span
        subject = finding.subject or document.source.text[span.start : span.end]
        fix = fix_of(document, (), finding.fix) if finding.fix else None
        return make_diagnostic(rule, severity, region, finding, labels, subject=subject, fix=fix)

    def _of_schema(self, document: Document, problems: Sequence[Folded]) -> list[Folded]:
        """The findings about the data, with places; those that repeat others are folded."""
        severities = self._explain(document)
        explained = list(severities)
        _reword_below_fence(document, explained)
        outdented = self._reword_outdented(document, explained, problems)
        found = {
            each: Folded(locate(document, each.rule, severity, each.pointer, each.finding), [])
            for each, severity in severities.items()
        }
        for each in explained:
            if each.under:
                plainer = [found[above].diagnostic for above in each.under if above in found]
                found[each].under.extend(plainer)
        if problems:
            fold_undecided(document, problems, found)
        for chief, places in outdented:
            diagnostic = found[chief].diagnostic
            for echo in (*problems, *found.values()):
                is_key = echo.diagnostic.name in ("unknown-key", "duplicate-key")
                is_echo = is_key and echo.diagnostic.region.start in places
                if is_echo and echo.diagnostic is not diagnostic:
                    echo.under.append(diagnostic)
        return list(found.values())

    def _explain(self, document: Document) -> dict[Explained, Severity]:
        """What the selected rules say of the data, in view of how it is written."""
        failures = self.evaluator.failures(document.data)
        written = partial(written_at, document)
        flow = partial(is_flow, document)
        has_layout = not document.is_json
        seed = Seed(document.data, self.evaluator.root, written, flow, has_layout)
        target = self.settings.target
        explained: dict[Explained, Severity] = {}
        for each in explain(failures, self.severity_of, seed):
            severity = self.severity_of(each.rule)
            if severity is None:
                continue
            if each.finding.if_unquoted:
                if not is_unquoted(document, each):
                    continue
                if target and not name_reader(target, document, each):
                    continue
            if len(explained) >= _MOST_FIXES:
                each.finding = each.finding._replace(fix=None)
            explained[each] = severity
        return explained

    def _reword_outdented(
        self, document: Document, explained: Sequence[Explained], problems: Sequence[Folded]
    ) -> Sequence[Outdented]:
        """Let findings on keys that are indented too little or too far say so.

        Returns those on keys that are indented too little.
        """
        if document.is_json:
            return ()
        twice = [each.diagnostic for each in problems if each.diagnostic.name == "duplicate-key"]
        # A key that the contract does not name belongs nowhere else.
        explained = [
            each
            for each in explained
            if each.rule.name != "unknown-key" or self._may_know(each.finding.pointer[-1])
        ]
        is_likely = twice or any(each.rule.name == "unknown-key" for each in explained)
        if not explained or not is_likely:
            return ()
        # Few seeds have any.
        from seedlint.outdented import reword_outdented
        from seedlint.schema.outline import named_keys, nodes_at, sites_of

        def known_at(pointer: Pointer) -> list[str]:
            nodes = nodes_at([self.evaluator.root], document.data, pointer, "every")
            return named_keys(sites_of(nodes, value_at(document.data, pointer), "every"))

        def reads(text: str) -> Document:
            return self.read(document.source.path, text.encode("utf-8", "surrogateescape"))

        outdented = reword_outdented(document, explained, twice, known_at, reads)
        if any(each.rule.name == "unknown-key" and each.pointer for each in explained):
            from seedlint.overindented import fold_overindented

            fold_overindented(document, explained, known_at, reads)
        return outdented


def _reword_below_fence(document: Document, explained: Sequence[Explained]) -> None:
    """Let findings on missing keys that are in the text, below a fence too many, say so.

    What else is missing because of the fence is folded under them.
    """
    matter, text = document.front_matter, document.source.text
    if matter is None or document.is_json:
        return
    missing = [
        each
        for each in explained
        if each.rule.name == "missing-key"
        and not each.pointer
        and text.find(f"\n{each.finding.subject}:", matter.closing.end) >= 0
    ]
    if not missing:
        return
    # Hardly any seed has one there.
    from seedlint.document.fences import keys_below

    keys = keys_below(text, matter)
    line_of = document.source.lines.position
    fence = line_of(matter.closing.start).line
    below = [each for each in missing if each.finding.subject in keys]
    for each in below:
        key = each.finding.subject or ""
        line = line_of(keys[key]).line
        advice = f"remove the fence on line {fence}: {quote(key)} is below it, on line {line}"
        each.finding = each.finding._replace(help=advice, fix=None)
    if below and text.startswith((" ", "-"), line_end(text, matter.closing.end) + 1):
        # What the last key above the fence lacks is below it, too.
        last = next(reversed(document.data), None)
        below += [
            each
            for each in explained
            if each.pointer[:1] == (last,) and each.rule.name in ("missing-key", "wrong-type")
        ]
    leave(below[1:], below[:1])


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
    finding = rule.finding_about(problem)
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
    finding = rule.finding_about(problem)
    return FileResult(target.shown, (make_diagnostic(rule, severity, region, finding, ()),))


def check_unused_entry(
    entry: IgnoredAt, place: tuple[Position, Position], settings: Settings
) -> FileResult:
    """The result for the configuration that has an entry of `ignore-at` that suppresses nothing."""
    kind = ProblemKind.UNUSED_IGNORE_AT
    problem = Problem(kind, Span(0, 0), entry.selector, proposal=entry.pattern)
    rule = rules_by_problem()[problem.kind]
    severity = settings.severity_of(rule)
    if severity is None:
        return FileResult(entry.file)
    finding = rule.finding_about(problem)
    region = Region(entry.file, *place)
    subject = f"{entry.selector} at {entry.pattern}"
    diagnostic = make_diagnostic(rule, severity, region, finding, (), subject=subject)
    return FileResult(entry.file, (diagnostic,))
