"""References that no seed answers: where they are, and what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import cache

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target
from seedlint.document.document import Document
from seedlint.fingerprints import only_identity
from seedlint.named_tuple import NamedTuple
from seedlint.rules import rule_across
from seedlint.rules.reference import REFERS_TO
from seedlint.rules.reference.subject import BrokenReference
from seedlint.text.nearest import Lexicon, nearest
from seedlint.time_limit import TimeLimitExceeded, time_limit

# How many seeds of a collection are read again to find what was meant, and how many of their texts
# are kept.
_MOST_READ = 5_000
_MOST_TEXTS = 100_000
# For how many references that is, and with how many texts these are compared in all.
_MOST_HINTS = 200
_MOST_COMPARED = 100_000


class _Definitions(NamedTuple):
    """What seeds of one collection have that others refer to, by key.

    They are not `complete` if there are more such seeds than were read.
    """

    by_key: Mapping[str, Lexicon]
    complete: bool


class BrokenReferences:
    """Says what is wrong with references that no seed answers."""

    def __init__(self, defining: Sequence[Target], checker_of: Callable[[str], Checker]) -> None:
        """`defining` are the seeds that others refer to."""
        self._defining = defining
        self._checker_of = checker_of
        self._hints = _MOST_HINTS
        self._comparisons = _MOST_COMPARED
        self._definitions = cache(self._read_definitions)
        self._near = cache(self._find_near)

    def describe(
        self, document: Document, checker: Checker, defined: Set[int]
    ) -> Iterator[Diagnostic]:
        """The diagnostics of the references of a document that are not `defined`."""
        assert checker.references is not None
        rule = rule_across(REFERS_TO.name)
        for reference in checker.references.references(document.data):
            if only_identity(reference.fingerprint) in defined:
                continue
            definitions = self._definitions(reference.collection)
            broken = BrokenReference(
                reference.text,
                reference.collection,
                reference.key,
                self._near(reference.collection, reference.key, reference.text),
                reference.key in definitions.by_key or not definitions.complete,
            )
            finding = rule.finding_about(broken)._replace(pointer=reference.pointer)
            yield checker.cross_file_diagnostic(document, rule, finding)

    def _find_near(self, collection: str, key: str, text: str) -> str | None:
        """What was probably meant. Nobody mends very many one by one, and each takes its time."""
        self._hints -= 1
        known = self._definitions(collection).by_key.get(key)
        if known is None or self._hints < 0:
            return None
        alike = known.like(text)
        if len(alike) > self._comparisons:
            return None
        self._comparisons -= len(alike)
        return nearest(text, alike)

    def _read_definitions(self, collection: str) -> _Definitions:
        found: dict[str, dict[str, None]] = {}
        left, texts = _MOST_READ, 0
        for target in self._defining:
            checker = self._checker_of(target.shown)
            if checker.settings.collection != collection:
                continue
            left -= 1
            if left < 0 or texts > _MOST_TEXTS:
                left = -1
                break
            assert checker.references is not None
            limits = checker.settings.limits
            with suppress(OSError, TimeLimitExceeded), time_limit(limits.seconds):
                data = read_target(target, limits.file_bytes)[: limits.file_bytes]
                document = checker.read(target.shown, data)
                if document.is_checkable:
                    for key, text in checker.references.definitions(document.data):
                        found.setdefault(key, {})[text] = None
                    texts = sum(map(len, found.values()))
        return _Definitions({key: Lexicon(texts) for key, texts in found.items()}, left >= 0)
