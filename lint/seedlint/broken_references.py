"""References that no seed answers: where they are, and what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import suppress
from functools import cache

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target
from seedlint.document.document import Document
from seedlint.fingerprints import only_identity
from seedlint.rules import all_rules
from seedlint.rules.base import CrossFile
from seedlint.rules.reference import REFERS_TO
from seedlint.rules.reference.subject import BrokenReference
from seedlint.text.nearest import Lexicon, nearest
from seedlint.time_limit import TimeLimitExceeded, time_limit

# How many seeds are read again to find what was meant, and for how many references.
_MOST_READ = 5_000
_MOST_HINTS = 200


class BrokenReferences:
    """Says what is wrong with references that no seed answers."""

    def __init__(self, defining: Sequence[Target], checker_of: Callable[[str], Checker]) -> None:
        """`defining` are the seeds that others refer to."""
        self._defining = defining
        self._checker_of = checker_of
        self._left = _MOST_HINTS
        self._known: dict[tuple[str, str], Lexicon] | None = None
        self._near = cache(self._find_near)

    def describe(
        self, document: Document, checker: Checker, defined: Set[int]
    ) -> Iterator[Diagnostic]:
        """The diagnostics of the references of a document that are not `defined`."""
        assert checker.references is not None
        rule = next(each for each in all_rules().values() if each.on == CrossFile(REFERS_TO.name))
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
        known = self._read_definitions().get((collection, key))
        return nearest(text, known.like(text)) if known and self._left >= 0 else None

    def _read_definitions(self) -> dict[tuple[str, str], Lexicon]:
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
            self._known = {name: Lexicon(texts) for name, texts in found.items()}
        return self._known
