"""What several seeds of a run say, compared when all are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from seedlint.check import Checker, region_of
from seedlint.diagnostic import Diagnostic, Label
from seedlint.discover import Target, read_target
from seedlint.document.document import Document
from seedlint.fingerprints import only_identity
from seedlint.rules import all_rules
from seedlint.rules.base import Finding, Rule
from seedlint.rules.corpus import Fact, SharedValue
from seedlint.rules.reference import REFERS_TO
from seedlint.rules.reference.subject import BrokenReference
from seedlint.text.nearest import likely, nearest
from seedlint.time_limit import TimeLimitExceeded, time_limit

# How many seeds are read again to find what was meant, and for how many references.
_MOST_READ = 5_000
_MOST_HINTS = 200


class Duplicate(NamedTuple):
    """A seed (`path`) that says what another one (`first_path`) says."""

    rule: Rule
    path: str
    fact: Fact
    first_path: str
    first: Fact


def find_duplicates(facts: Iterable[tuple[str, tuple[Fact, ...]]]) -> Iterator[Duplicate]:
    """Compare the facts of seeds; of two that duplicate the later one is at fault.

    Of several facts of one kind that two seeds share only the first is reported.
    """
    first_seen: dict[tuple[str, str], tuple[str, Fact]] = {}
    for path, of_seed in facts:
        reported: set[tuple[str, str]] = set()
        for fact in of_seed:
            first_path, first = first_seen.setdefault((fact.kind, fact.identity), (path, fact))
            duplicate = (fact.kind, first_path)
            if first_path == path or duplicate in reported:
                continue
            reported.add(duplicate)
            yield Duplicate(_rule_of(fact.kind), path, fact, first_path, first)


def describe_duplicate(
    duplicate: Duplicate, checker: Checker, read: Callable[[str], Document | None]
) -> Diagnostic | None:
    """The diagnostic of a duplicate; `read` gives a document by path, None if it cannot be read."""
    document, other = read(duplicate.path), read(duplicate.first_path)
    if document is None or other is None:
        return None
    finding = _finding(duplicate.rule, duplicate.fact)
    diagnostic = checker.cross_file_diagnostic(
        document, duplicate.rule, finding._replace(related=())
    )
    first = _finding(duplicate.rule, duplicate.first)
    place = region_of(other, other.source_map.span(first.pointer, first.part))
    labels = tuple(Label(place, related.message) for related in finding.related)
    return diagnostic._replace(labels=labels)


def _finding(rule: Rule, fact: Fact) -> Finding:
    return next(iter(rule.check(SharedValue(fact.key, fact.text))))


@cache
def _rule_of(kind: str) -> Rule:
    return next(
        rule
        for rule in all_rules().values()
        if rule.on.kind == "cross-file" and kind in rule.on.names
    )


class References:
    """Says what is wrong with references that no seed answers."""

    def __init__(self, defining: Sequence[Target], checker_of: Callable[[str], Checker]) -> None:
        """`defining` are the seeds that others refer to."""
        self._defining = defining
        self._checker_of = checker_of
        self._left = _MOST_HINTS
        self._known: dict[tuple[str, str], list[str]] | None = None
        self._near = cache(self._find_near)

    def describe(
        self, document: Document, checker: Checker, defined: Set[int]
    ) -> Iterator[Diagnostic]:
        """The diagnostics of the references of a document that are not `defined`."""
        assert checker.references is not None
        rule = _rule_of(REFERS_TO.name)
        for reference in checker.references.references(document.data):
            if only_identity(reference.identity) in defined:
                continue
            broken = BrokenReference(
                reference.text,
                reference.collection,
                reference.key,
                self._near(reference.collection, reference.key, reference.text),
                (reference.collection, reference.key) in self._read_definitions(),
            )
            finding = next(iter(rule.check(broken)))._replace(pointer=reference.pointer)
            yield checker.cross_file_diagnostic(document, rule, finding)

    def _find_near(self, collection: str, key: str, text: str) -> str | None:
        """What was probably meant. Nobody mends very many one by one, and each takes its time."""
        self._left -= 1
        known = self._read_definitions().get((collection, key), ())
        return nearest(text, likely(text, known)) if self._left >= 0 else None

    def _read_definitions(self) -> dict[tuple[str, str], list[str]]:
        """What the seeds have that others refer to, by collection and key."""
        if self._known is None:
            found: dict[tuple[str, str], dict[str, None]] = {}
            for target in self._defining[:_MOST_READ]:
                checker = self._checker_of(target.shown)
                assert checker.references is not None
                limits = checker.settings.limits
                with suppress(OSError, TimeLimitExceeded), time_limit(limits.seconds):
                    data = read_target(target, limits.file_bytes)[: limits.file_bytes]
                    document = checker.read(target.shown, data)
                    if document.is_checkable:
                        for key, text in checker.references.definitions(document.data):
                            of_key = found.setdefault((checker.settings.collection, key), {})
                            of_key[text] = None
            self._known = {name: list(texts) for name, texts in found.items()}
        return self._known
