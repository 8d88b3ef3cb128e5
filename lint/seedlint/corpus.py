"""What several seeds of a run say, compared when all are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic, Label
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer
from seedlint.locate import region_of
from seedlint.named_tuple import NamedTuple
from seedlint.rules import rule_across
from seedlint.rules.base import Finding, Rule
from seedlint.rules.corpus import Fact, RareSpelling, SharedValue
from seedlint.text.spelling import are_spellings, have_same_letters, print_of

# How many seeds are read again to find out how they spell a term.
_MOST_READ = 5_000
# How many of those that have a term are tried, because some may have been changed.
_MOST_TRIES = 3


class Duplicate(NamedTuple):
    """A seed (`path`) that says what another one (`first_path`) says."""

    rule: Rule
    path: str
    fact: Fact
    first_path: str
    first: Fact


def find_duplicates(facts: Iterable[tuple[str, tuple[Fact, ...]]]) -> Iterator[Duplicate]:
    """Compare the facts of seeds: a fact may be in `Fact.seeds` of them, and each more is at fault.

    If two seeds share several facts of one kind, only the first is reported.
    """
    first_seen: dict[tuple[str, str], tuple[str, Fact]] = {}
    count: Counter[tuple[str, str]] = Counter()
    for path, of_seed in facts:
        reported: set[tuple[str, str]] = set()
        for fact in of_seed:
            first_path, first = first_seen.setdefault((fact.kind, fact.identity), (path, fact))
            duplicate = (fact.kind, first_path)
            if first_path == path or duplicate in reported:
                continue
            if fact.seeds > 1:
                count[fact.kind, fact.identity] += 1
                if count[fact.kind, fact.identity] < fact.seeds:
                    continue
            reported.add(duplicate)
            yield Duplicate(rule_across(fact.kind), path, fact, first_path, first)


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


class Spellings:
    """The terms that most seeds spell otherwise.

    `usual` has the usual spelling of each term that is to be reported, both as the numbers that
    `print_of` makes of them.
    """

    def __init__(
        self,
        having: Mapping[int, Sequence[str]],
        terms: Callable[[str], Sequence[tuple[Pointer, str]]],
    ) -> None:
        """`having` lists the paths of the seeds with each term, `terms` gives those of a seed."""
        self._having = having
        self._terms = terms
        self._texts: dict[int, str] = {}
        self._left = _MOST_READ
        self.usual: dict[int, int] = {}
        # Those with several usual spellings.
        self._doubtful: set[int] = set()

    def find(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Find out which pairs of a rare and a usual term are spellings of one; the best first."""
        found: dict[int, list[int]] = {}
        for rare, usual in pairs:
            if self._are_spellings(rare, usual):
                found.setdefault(rare, []).append(usual)
        for rare, of_rare in found.items():
            # What is to be replaced itself is not proposed.
            if lasting := [usual for usual in of_rare if usual not in found]:
                self.usual[rare] = lasting[0]
                if len(lasting) > 1:
                    self._doubtful.add(rare)

    def _are_spellings(self, rare: int, usual: int) -> bool:
        one, other = self._text(rare), self._text(usual)
        return one is not None and other is not None and are_spellings(one, other)

    def _text(self, term: int) -> str | None:
        """The text of a term, read in a seed that has it; None if that is not possible."""
        for path in self._having[term][:_MOST_TRIES]:
            if term in self._texts or self._left == 0:
                break
            self._left -= 1
            self._texts |= {print_of(text): text for _, text in self._terms(path)}
        return self._texts.get(term)

    def describe(
        self, document: Document, checker: Checker, read: Callable[[str], Document | None]
    ) -> Iterator[Diagnostic]:
        """The diagnostics of the terms of a document."""
        rule = rule_across("spelling")
        terms = checker.terms(document)
        listed = {(pointer[:-1], print_of(text)) for pointer, text in terms if len(pointer) > 1}
        for pointer, text in terms:
            rare = print_of(text)
            if rare not in self.usual:
                continue
            usual = self.usual[rare]
            place = (pointer[:-1], usual)
            said = RareSpelling(
                pointer,
                text,
                self._texts[usual],
                len(self._having[rare]),
                len(self._having[usual]),
                place in listed,
                rare not in self._doubtful and have_same_letters(text, self._texts[usual]),
            )
            if len(pointer) > 1:
                listed.add(place)
            finding = rule.finding_about(said)
            diagnostic = checker.cross_file_diagnostic(document, rule, finding)
            labels = tuple(self._label(usual, read))
            yield diagnostic._replace(labels=labels)

    def _label(self, usual: int, read: Callable[[str], Document | None]) -> Iterator[Label]:
        """Where the first seed with the usual spelling has it."""
        path = self._having[usual][0]
        other = read(path)
        for pointer, text in self._terms(path) if other else ():
            if other and print_of(text) == usual:
                yield Label(region_of(other, other.source_map.span(pointer, "value")), "as here")
                return


def _finding(rule: Rule, fact: Fact) -> Finding:
    return next(iter(rule.check(SharedValue(fact.pointer, fact.text, fact.seeds))))
