"""`# seedlint: ignore[CODE, …] reason`: findings that an author has answered.

The comment applies to its own line or, alone on a line, to the next one. It must name rules, and
`ALL` does not name any. One that suppresses nothing is itself a finding, and so is any other
comment to seedlint. Only comments in front matter that could be parsed count, because what looks
like one inside a text is text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules import all_rules
from seedlint.settings import ALL, selects
from seedlint.text.marks import DIRECTIVE
from seedlint.text.span import Span

_IGNORE = "ignore"
_COMMENT = re.compile(
    rf"(?:^|(?<=[\s]))#[ \t]*{DIRECTIVE}[ \t]*(?P<word>[^\s\[]*)"
    r"(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\])?",
    re.MULTILINE,
)


class Suppression(NamedTuple):
    """One comment: the line it counts for, and the selector and place of each rule it names.

    `word` is what it asks for, of which only `ignore` is known.
    """

    line: int
    span: Span
    word: str
    selectors: tuple[tuple[str, Span], ...]


def find_suppressions(document: Document) -> list[Suppression]:
    """The comments of a document that could be parsed."""
    text, matter = document.source.text, document.front_matter
    if matter is None or not document.is_parsed or DIRECTIVE not in text:
        return []
    found: list[Suppression] = []
    texts = _texts(document)
    starts = [written.start for written in texts]
    for match in _COMMENT.finditer(text, matter.yaml.start, matter.yaml.end):
        before = bisect_left(starts, match.end())
        if before and texts[before - 1].end > match.start():
            continue
        lines = document.source.lines
        line = lines.position(match.start()).line
        alone = not lines.line_text(line)[: match.start() - lines.line_span(line).start].strip()
        selectors = tuple(
            (name[0], Span(match.start("codes") + name.start(), match.start("codes") + name.end()))
            for name in re.finditer(r"[^\s,]+", match["codes"] or "")
        )
        span = Span(match.start(), match.end())
        found.append(Suppression(line + alone, span, match["word"], selectors))
    return found


def _texts(document: Document) -> list[Span]:
    """The spans of everything in a document that is written text, not comment, in order."""
    spans = (
        Span(event.start_mark.index, event.end_mark.index)
        for event in document.events or ()
        if hasattr(event, "value")
    )
    return [span for span in spans if span.start < span.end]


def apply_suppressions(
    diagnostics: Iterable[Diagnostic], suppressions: list[Suppression]
) -> tuple[list[Diagnostic], list[Problem]]:
    """The diagnostics that no comment answers, and what is wrong with the comments."""
    used: set[Span] = set()
    kept: list[Diagnostic] = []
    by_line: dict[int, list[tuple[str, Span]]] = {}
    for suppression in suppressions:
        if suppression.word != _IGNORE:
            continue
        by_line.setdefault(suppression.line, []).extend(
            named for named in suppression.selectors if named[0] != ALL
        )
    for diagnostic in diagnostics:
        rule = all_rules()[diagnostic.code]
        answers = [
            place
            for selector, place in by_line.get(diagnostic.region.start.line, ())
            if selects(selector, rule) and not rule.is_required
        ]
        used.update(answers)
        if not answers:
            kept.append(diagnostic)
    problems: list[Problem] = []
    for suppression in suppressions:
        if suppression.word != _IGNORE:
            detail = suppression.word
            problems.append(Problem(ProblemKind.UNKNOWN_DIRECTIVE, suppression.span, detail))
            continue
        if not suppression.selectors:
            problems.append(Problem(ProblemKind.BLANKET_SUPPRESSION, suppression.span))
        for selector, place in suppression.selectors:
            if selector == ALL:
                problems.append(Problem(ProblemKind.BLANKET_SUPPRESSION, place))
            elif not _means_a_rule(selector):
                problems.append(Problem(ProblemKind.UNKNOWN_SUPPRESSION, place, selector))
            elif place not in used:
                problems.append(Problem(ProblemKind.UNUSED_SUPPRESSION, place, selector))
    return kept, problems


@lru_cache(maxsize=1024)
def _means_a_rule(selector: str) -> bool:
    return any(selects(selector, rule) for rule in all_rules().values())
