"""A text as the guard of fixes sees it: what it says, and what is found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import blake2b

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileResult
from seedlint.text.edit import Edit


class Reading:
    """A text, what it says, and what is found in it, by `check` when somebody asks."""

    def __init__(self, document: Document, check: Callable[[], FileResult]) -> None:
        self.document = document
        self._check = check

    @cached_property
    def result(self) -> FileResult:
        """What is found in the text."""
        return self._check()

    @property
    def text(self) -> str:
        """The text, without its byte order mark."""
        return self.document.source.text

    def edits_of(self, fixed: Iterable[Diagnostic]) -> list[Edit]:
        """The edits of some fixes, in order, as offsets."""
        lines = self.document.source.lines
        fixes = (each.fix for each in fixed if each.fix)
        return sorted(edit for fix in fixes for edit in fix.edits_in(lines))


class Reference(NamedTuple):
    """A text that a fixed one is compared with.

    What is found in it was there before, except at the places that are fixed.
    """

    reading: Reading
    fixed: frozenset[str] = frozenset()

    @property
    def findings(self) -> list[Diagnostic]:
        """The findings that were there before."""
        found = self.reading.result.diagnostics
        return [each for each in found if each.pointer not in self.fixed]


Read = Callable[[str], Reading]
"""Reads and checks a text."""


OTHER_DATA = "it would change other data"
"""The reason not to make a fix that changes more than it is about."""

BRINGS = "it would bring "
"""How a reason begins that names the rule of a new finding."""


def new_findings(before: Iterable[Diagnostic], new: Reading) -> list[Diagnostic]:
    """The findings in `new` of kinds that `before` does not have."""
    counts = Counter(map(_kind, before))
    return [each for each in new.result.diagnostics if not counts[_kind(each)]]


def why_worse(
    before: Iterable[Diagnostic], new: Reading, fixed: Sequence[Diagnostic]
) -> str | None:
    """Why what is found in `new` is worse than the findings `before`, of which some are `fixed`."""
    counts = Counter(map(_kind, before))
    after = Counter(map(_kind, new.result.diagnostics))
    if more := after - counts:
        return f"{BRINGS}{next(iter(more))[0]}"
    for kind, count in Counter(map(_kind, fixed)).items():
        if counts[kind] - after[kind] < count:
            return "the finding would stay"
    return None


def _kind(diagnostic: Diagnostic) -> tuple[str, str]:
    # Without its subject: that of a list changes with what is removed from it.
    return diagnostic.identity[:2]


def words_not_in(text: str, count: int) -> list[str]:
    """Words that are nowhere in `text`, and that YAML reads as text."""
    word = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return [f"x{word}x{number}x" for number in range(count)]
