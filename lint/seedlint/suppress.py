"""`# seedlint: ignore[CODE, …] reason`: findings that an author has suppressed.

The comment applies to its own line or, alone on a line, to the next one; `ignore-file` applies to
the whole file. It must name rules, and `ALL` does not name any. One that suppresses nothing is
itself a finding, and so is any other comment to seedlint. Only comments in front matter that could
be parsed count, because what looks like one inside a text is text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.document.problem import Problem, ProblemKind
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.settings import ALL, selects
from seedlint.text.edit import Edit
from seedlint.text.marks import NAME
from seedlint.text.span import Span, line_end

_IGNORE, _IGNORE_FILE = "ignore", "ignore-file"
_COMMENT = re.compile(
    rf"(?:^|(?<=\s))#[ \t]*(?P<name>{NAME})(?P<colon>[ \t]*:[ \t]*|[ \t]+|[-_])"
    r"(?P<word>[^\s\[]*)(?:[ \t]*\[(?P<codes>[^\]#\r\n]*)\])?",
    re.MULTILINE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,:()]+")
_SPACE = re.compile(r"\s*")
# How far around a comment its line is looked at.
_LONGEST_LINE = 2000
_OPPOSITE = re.compile("(?:enable|on)(?:[-_].*)?", re.I)
# What a comment without a colon asks for if it is meant for us, and is not about us.
_ASKS = re.compile("(?:ignore|disable|enable|allow|skip|suppress|off|noqa)(?:[-_].*)?", re.I)


class Suppression(NamedTuple):
    """One comment: the line it counts for (None: all), and the selector and place of each rule.

    `problem` is what is wrong with one that suppresses nothing, because it is not a suppression or
    does not name rules in brackets; `comment` is where the comment is, its reason excluded.
    """

    line: int | None
    selectors: tuple[tuple[str, Span], ...] = ()
    problem: Problem | None = None
    comment: Span = Span(0, 0)


def find_suppressions(document: Document) -> list[Suppression]:
    """The comments of a document that could be parsed."""
    text, matter = document.source.text, document.front_matter
    if matter is None or not document.may_have_directives:
        return []
    found: list[Suppression] = []
    texts = written_texts(document)
    starts = [written.start for written in texts]
    for match in _COMMENT.finditer(text, matter.content.start, matter.content.end):
        if ":" not in match["colon"] and not _ASKS.fullmatch(match["word"]):
            continue
        before = bisect_left(starts, match.end())
        if before and texts[before - 1].end > match.start():
            continue
        found.append(_suppression(document, match))
    return found


def _suppression(document: Document, match: re.Match[str]) -> Suppression:
    word, codes = match["word"], match["codes"] or ""
    selectors = tuple(
        (name[0], Span(match.start("codes") + name.start(), match.start("codes") + name.end()))
        for name in re.finditer(r"[^\s,]+", codes)
    )
    span = Span(match.start(), match.end())
    is_known = word in (_IGNORE, _IGNORE_FILE) and match["name"] == NAME
    if not is_known or match["colon"][:1] != ":":
        written = match[0].lstrip("# \t").partition("[")[0].rstrip() if word else ""
        meant = _IGNORE_FILE if "file" in word.lower() else _IGNORE
        named = selectors or _named_behind(match)
        edits = () if _OPPOSITE.fullmatch(word) else _rewriting(match, meant, named)
        proposal = _proposal(meant, [selector for selector, _ in named])
        kind = ProblemKind.UNKNOWN_DIRECTIVE
        problem = Problem(kind, span, written, proposal=proposal, edits=edits)
        return Suppression(None, problem=problem)
    if not selectors:
        named = _named_behind(match)
        names = [selector for selector, _ in named]
        edits, proposal = _rewriting(match, word, named), _proposal(word, names)
        kind = ProblemKind.BLANKET_SUPPRESSION
        problem = Problem(kind, span, ", ".join(names), proposal=proposal, edits=edits)
        return Suppression(None, problem=problem)
    if word == _IGNORE_FILE:
        return Suppression(None, selectors, comment=span)
    line = document.source.lines.position(match.start()).line
    start = document.source.lines.line_span(line).start
    alone = _SPACE.fullmatch(match.string, start, match.start()) is not None
    return Suppression(line + alone, selectors, comment=span)


def _named_behind(match: re.Match[str]) -> tuple[tuple[str, Span], ...]:
    """The rules that the text behind a comment without brackets begins with, and their places."""
    if match["codes"] is not None:
        return ()
    text, start = match.string, match.end()
    end = min(line_end(text, start), start + _LONGEST_LINE)
    words = takewhile(lambda word: _may_be_named(word[0]), _WORD.finditer(text, start, end))
    return tuple((word[0], Span(*word.span())) for word in words)


def _rewriting(
    match: re.Match[str], word: str, named: Sequence[tuple[str, Span]]
) -> tuple[Edit, ...]:
    """Write a comment that names these rules as it should be; nothing if one of them is none."""
    if not named or not all(_may_be_named(selector) for selector, _ in named):
        return ()
    end = max(match.end(), named[-1][1].end)
    return (Edit(match.start(), end, comment_of(word, [selector for selector, _ in named])),)


def _proposal(word: str, selectors: list[str]) -> str:
    """A suppression as it should be written, for those of the rules that can be suppressed."""
    return f"{comment_of(word, list(filter(_may_be_named, selectors)) or ['CODE'])} reason"


def comment_of(word: str, selectors: Iterable[str]) -> str:
    """The comment that suppresses these rules; `word` is `ignore` or `ignore-file`."""
    return f"# {NAME}: {word}[{', '.join(selectors)}]"


def written_texts(document: Document) -> list[Span]:
    """The spans of everything in a document that is written text, not comment, in order."""
    spans = (
        Span(event.start_mark.index, event.end_mark.index)
        for event in document.events or ()
        if hasattr(event, "value")
    )
    return [span for span in spans if span.start < span.end]


def apply_suppressions(
    diagnostics: Iterable[Diagnostic], suppressions: list[Suppression], text: str
) -> tuple[list[Diagnostic], list[Problem]]:
    """The diagnostics that no comment suppresses, and what is wrong with the comments in `text`."""
    suppresses = _Suppresses(suppressions)
    kept = [each for each in diagnostics if not suppresses(each)]
    problems: list[Problem] = []
    for suppression in suppressions:
        if suppression.problem:
            problems.append(suppression.problem)
        for number, (selector, place) in enumerate(suppression.selectors):
            if selector == ALL:
                proposal = _proposal(_IGNORE, [])
                kind = ProblemKind.BLANKET_SUPPRESSION
                problems.append(Problem(kind, place, proposal=proposal))
            elif not _means_a_rule(selector):
                problems.append(Problem(ProblemKind.UNKNOWN_SUPPRESSION, place, selector))
            elif place not in suppresses.used and not _is_across_files(selector):
                edits = _removal(text, suppression, number)
                kind = ProblemKind.UNUSED_SUPPRESSION
                problems.append(Problem(kind, place, selector, edits=edits))
    return kept, problems


def _removal(text: str, suppression: Suppression, number: int) -> tuple[Edit, ...]:
    """Remove one selector of a comment, or the comment if it is the only one.

    Nothing if the line is very long, or if there is something else to seedlint on it.
    """
    selectors = suppression.selectors
    if number + 1 < len(selectors):
        return (Edit(selectors[number][1].start, selectors[number + 1][1].start, ""),)
    if number:
        return (Edit(selectors[number - 1][1].end, selectors[number][1].end, ""),)
    place = suppression.comment
    near = Span(max(place.start - _LONGEST_LINE, 0), place.end + _LONGEST_LINE)
    start = max(text.rfind(mark, near.start, place.start) for mark in "\r\n") + 1
    end = min(
        (at for mark in "\r\n" if (at := text.find(mark, place.end, near.end)) >= 0), default=0
    )
    others = text[start : place.start] + text[place.end : end]
    if not start or not end or NAME in others.lower():
        return ()
    before = text[start : place.start].rstrip(" \t")
    if before:
        return (Edit(start + len(before), end, ""),)
    # A line of its own goes with its line break.
    return (Edit(start, end + 1 + text.startswith("\r\n", end), ""),)


def is_suppressed(diagnostic: Diagnostic, suppressions: list[Suppression]) -> bool:
    """Whether one of the comments in its file suppresses a finding."""
    return _Suppresses(suppressions)(diagnostic)


class _Suppresses:
    """Tells whether comments suppress a finding, and notes the selectors that do it.

    What is found for a code on a line is kept, so that the cost grows with the number of comments
    and that of findings, not with their product.
    """

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self.used: set[Span] = set()
        self._named: dict[int | None, list[tuple[str, Span]]] = {}
        for suppression in suppressions:
            self._named.setdefault(suppression.line, []).extend(suppression.selectors)
        self._known: dict[tuple[int | None, str], bool] = {}

    def __call__(self, diagnostic: Diagnostic) -> bool:
        found = [
            self._is_named(line, diagnostic.code)
            for line in (None, diagnostic.region.start.line)
            if line in self._named
        ]
        return any(found)

    def _is_named(self, line: int | None, code: str) -> bool:
        known = self._known.get((line, code))
        if known is None:
            rule = all_rules()[code]
            places = [
                place
                for selector, place in self._named[line]
                if selector != ALL and selects(selector, rule) and not rule.is_required
            ]
            self.used.update(places)
            known = self._known[line, code] = bool(places)
        return known


@lru_cache(maxsize=1024)
def _means_a_rule(selector: str) -> bool:
    return any(selects(selector, rule) for rule in all_rules().values())


@lru_cache(maxsize=1024)
def _may_be_named(selector: str) -> bool:
    """Whether a selector is one that a comment may name."""
    return selector != ALL and _means_a_rule(selector)


def _is_across_files(selector: str) -> bool:
    """Whether it means a rule across files, which reports only after all files are checked."""
    rules = all_rules().values()
    return any(rule.on.kind == "cross-file" and selects(selector, rule) for rule in rules)
