"""What several seeds of a run say, compared when all are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic, Label
from seedlint.document.document import Document
from seedlint.rules import all_rules
from seedlint.rules.base import Rule
from seedlint.rules.corpus import Fact, Shared


@dataclass(frozen=True, slots=True)
class Clash:
    """A seed (`path`) that says what another one (`first_path`) says."""

    rule: Rule
    path: str
    fact: Fact
    first_path: str
    first: Fact


def find_clashes(facts: Iterable[tuple[str, tuple[Fact, ...]]]) -> Iterator[Clash]:
    """Compare the facts of seeds; of two that clash the later one is at fault.

    Of several facts of one kind that two seeds share only the first is reported.
    """
    first_seen: dict[tuple[str, str], tuple[str, Fact]] = {}
    for path, of_seed in facts:
        reported: set[tuple[str, str]] = set()
        for fact in of_seed:
            first_path, first = first_seen.setdefault((fact.kind, fact.identity), (path, fact))
            clash = (fact.kind, first_path)
            if first_path == path or clash in reported:
                continue
            reported.add(clash)
            yield Clash(_rule_of(fact.kind), path, fact, first_path, first)


def describe_clash(
    clash: Clash, checker: Checker, read: Callable[[str], Document | None]
) -> Diagnostic | None:
    """The diagnostic of a clash; `read` gives a document by path, None if it cannot be read."""
    document, other = read(clash.path), read(clash.first_path)
    if document is None or other is None:
        return None
    finding = next(iter(clash.rule.check(Shared(clash.fact.key, clash.fact.text))))
    diagnostic = checker.across(document, clash.rule, finding._replace(related=()))
    first = next(iter(clash.rule.check(Shared(clash.first.key, clash.first.text))))
    place = checker.across(other, clash.rule, first._replace(related=())).region
    labels = tuple(Label(place, related.message) for related in finding.related)
    return diagnostic._replace(labels=labels)


@cache
def _rule_of(kind: str) -> Rule:
    return next(
        rule for rule in all_rules().values() if rule.on.kind == "across" and kind in rule.on.names
    )
