"""Comments that suppress findings, written into the text of a seed.

A comment goes at the end of the line of its findings, or, where text goes on there, above it, or as
`ignore-file` below the opening fence. What comes of it is checked before anything is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.suppress import (
    Suppression,
    comment_of,
    find_suppressions,
    is_suppressed,
    written_texts,
)
from seedlint.text.source import SourceFile

# Once a finding is suppressed, another may appear that says the same in other words.
_MOST_ROUNDS = 20
_INDENT = re.compile(" *")


class Commented(NamedTuple):
    """A seed with comments: its text, how many findings they suppress, and those that are left."""

    text: str
    suppressed: int
    left: Sequence[Diagnostic]


class _Insertion(NamedTuple):
    """Text to put in at an offset; `above` is the line that it becomes a line above, if it does."""

    offset: int
    text: str
    above: int | None = None


def with_comments(
    source: SourceFile, reported: Sequence[Diagnostic], checker: Checker, ignored: tuple[str, ...]
) -> Commented | None:
    """The seed with comments that suppress what was reported; None if they would change more.

    `checker` must report all findings of a seed, however many there are; `ignored` are selectors
    to ignore in this one.
    """
    return _Attempt(source, reported, checker, ignored).run()


class _Attempt:
    """Comments for the findings of a seed, tried on a copy."""

    def __init__(
        self,
        source: SourceFile,
        reported: Sequence[Diagnostic],
        checker: Checker,
        ignored: tuple[str, ...],
    ) -> None:
        self._checker = checker
        self._ignored = ignored
        self._before = self._read(source)
        self._across = [
            each
            for each in reported
            if all_rules()[each.code].on.kind == "cross-file" and is_suppressible(each)
        ]
        found = self._check(self._before)
        known = set(reported)
        # What a baseline holds needs no comment. Of too many findings only the first are reported.
        is_all = any(_counts_others(each) for each in reported)
        self._held = Counter(each.identity for each in found if not (is_all or each in known))
        wanted, left = self._split(found)
        self._first = wanted
        self._may_stay = self._held + Counter(each.identity for each in left)

    def run(self) -> Commented | None:
        """The seed with comments; None if they do not suppress all, or change anything else."""
        if not self._before.is_parsed or self._before.is_json:
            return None
        document, wanted, suppressed = self._before, self._first, 0
        across = self._across
        found: Sequence[Diagnostic] = wanted
        for _ in range(_MOST_ROUNDS):
            these = [*wanted, *(across if document is self._before else ())]
            if not these:
                break
            suppressed += len(these)
            insertions = _Comments(document).insertions(these)
            across = [_moved(each, insertions) for each in across]
            document = self._read(_with(document.source, insertions))
            found = self._check(document)
            wanted, _ = self._split(found)
        else:
            return None
        suppressions = find_suppressions(document)
        if (
            not document.is_parsed
            or document.data != self._before.data
            or not Counter(each.identity for each in found) <= self._may_stay
            or not all(is_suppressed(each, suppressions) for each in across)
        ):
            return None
        return Commented(document.source.text, suppressed, self._split(found)[1])

    def _read(self, source: SourceFile) -> Document:
        # The YAML reader knows where the texts are.
        return self._checker.read_without_lines(source)

    def _check(self, document: Document) -> Sequence[Diagnostic]:
        return self._checker.check(document, self._ignored).diagnostics

    def _split(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """The findings to suppress, and those that no comment can suppress."""
        held = Counter(self._held)
        wanted: list[Diagnostic] = []
        left: list[Diagnostic] = []
        for each in found:
            if held[each.identity] > 0:
                held[each.identity] -= 1
            else:
                (wanted if is_suppressible(each) else left).append(each)
        return wanted, left


def is_suppressible(diagnostic: Diagnostic) -> bool:
    """Whether a comment can suppress a finding."""
    rule = all_rules()[diagnostic.code]
    return not (rule.is_required or rule.is_failure or rule.family == "SUP")


def _counts_others(diagnostic: Diagnostic) -> bool:
    return diagnostic.name == "too-many-findings"


class _Comments:
    """Where comments can be in a seed, and what they are."""

    def __init__(self, document: Document) -> None:
        assert document.front_matter is not None
        self._text, self._lines = document.source.text, document.source.lines
        self._yaml = document.front_matter.content
        # A lone CR would have been refused.
        self._line_break = "\r\n" if self._text[: self._yaml.start].endswith("\r\n") else "\n"
        self._texts = written_texts(document)
        self._present = {
            suppression.line: suppression
            for suppression in find_suppressions(document)
            if suppression.selectors
        }

    def insertions(self, found: Iterable[Diagnostic]) -> list[_Insertion]:
        """What to put in to suppress these findings, in order."""
        codes: dict[int, set[str]] = {}
        for each in found:
            codes.setdefault(each.region.start.line, set()).add(each.code)
        of_file: set[str] = set()
        for line, of_line in codes.items():
            if not self._for_line(line, sorted(of_line)):
                of_file |= of_line
        insertions = [self._for_file(sorted(of_file))] if of_file else []
        for line, of_line in codes.items():
            # What is suppressed for the whole file needs no comment of its own.
            if (rest := sorted(of_line - of_file)) and (comment := self._for_line(line, rest)):
                insertions.append(comment)
        return sorted(insertions)

    def _for_line(self, line: int, codes: Sequence[str]) -> _Insertion | None:
        """A comment that suppresses findings of a line; None if there can be none."""
        if line in self._present:
            return _added(codes, self._present[line])
        start, end = self._lines.line_span(line)
        if not self._yaml.start <= start <= end <= self._yaml.end:
            return None
        comment = comment_of("ignore", codes)
        if not self._is_within_text(end):
            gap = "" if self._text[start:end].endswith((" ", "\t")) else " "
            return _Insertion(end, gap + comment)
        if not self._is_within_text(start):
            indent = _INDENT.match(self._text, start)
            assert indent is not None
            return _Insertion(start, indent[0] + comment + self._line_break, line)
        return None

    def _for_file(self, codes: Sequence[str]) -> _Insertion:
        if None in self._present:
            return _added(codes, self._present[None])
        comment = comment_of("ignore-file", codes)
        return _Insertion(self._yaml.start, comment + self._line_break, 2)

    def _is_within_text(self, offset: int) -> bool:
        """Whether a text that is written goes on at an offset."""
        before = bisect_left(self._texts, (offset, 0)) - 1
        return before >= 0 and self._texts[before].end > offset


def _added(codes: Sequence[str], suppression: Suppression) -> _Insertion:
    """More codes in the brackets of a comment."""
    known = {selector for selector, _ in suppression.selectors}
    _, last = suppression.selectors[-1]
    return _Insertion(last.end, "".join(f", {code}" for code in codes if code not in known))


def _with(source: SourceFile, insertions: Iterable[_Insertion]) -> SourceFile:
    parts, done = [], 0
    for offset, text, _ in insertions:
        parts += [source.text[done:offset], text]
        done = offset
    text = "".join(parts) + source.text[done:]
    return SourceFile(source.path, text, source.bom)


def _moved(diagnostic: Diagnostic, insertions: Iterable[_Insertion]) -> Diagnostic:
    """A finding in the line that its line has become."""
    region = diagnostic.region
    line = region.start.line
    more = sum(each.above is not None and each.above <= line for each in insertions)
    start = region.start._replace(line=line + more)
    return diagnostic._replace(region=region._replace(start=start))
