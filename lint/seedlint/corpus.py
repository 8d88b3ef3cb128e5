"""What several seeds of a run say, compared when all are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from seedlint.check import Checker, region_of
from seedlint.diagnostic import Diagnostic, Label
from seedlint.document.document import Document
from seedlint.rules import all_rules
from seedlint.rules.base import Finding, Rule
from seedlint.rules.corpus import Fact, SharedValue


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
