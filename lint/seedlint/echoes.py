"""Which finding is reported if several describe the same mistake at one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.locate import region_of
from seedlint.named_tuple import NamedTuple
from seedlint.schema.folding import Explained
from seedlint.severity import Severity

# Rules on what a text says, which no problem with how it is written repeats.
_ON_CONTENT = ("entity-in-text", "long-text", "short-text")

_QUOTES = frozenset("\"'")
# Rules that propose to write a value on one line.
_JOINING = ("illegal-character", "pattern-mismatch")


class Folded(NamedTuple):
    """A finding, and those that say the same more plainly.

    It is left out if one of these is reported and is as grave.
    """

    diagnostic: Diagnostic
    under: list[Diagnostic]


def fold_echoes(found: list[Folded], problems: list[Folded]) -> list[Folded]:
    """Fold findings about the data and problems of the YAML at one place: the milder of two.

    A value that YAML cannot resolve is also of the wrong type, and the problem is enough. For an
    ambiguous value of the wrong type the error is enough, and the warning is folded under it.
    """
    _fold_invisible(found, problems)
    _fold_stray_quotes(found, problems)
    of_yaml = [each for each in problems if each.diagnostic.code.startswith("YML")]
    if not of_yaml:
        return found
    at_fault = {
        label.region: problem
        for problem in of_yaml
        if problem.diagnostic.severity is not Severity.ERROR
        for label in problem.diagnostic.labels
    }
    _fold_wrapped(found, of_yaml)
    at_fault |= {problem.diagnostic.region: problem for problem in of_yaml}
    for each in found:
        problem = at_fault.get(each.diagnostic.region)
        if problem is None or each.diagnostic.name in _ON_CONTENT:
            continue
        if problem.diagnostic.severity.at_least(each.diagnostic.severity):
            each.under.append(problem.diagnostic)
        else:
            problem.under.append(each.diagnostic)
    return found


def fold_undecided(
    document: Document, problems: Iterable[Folded], found: Mapping[Explained, Folded]
) -> None:
    """Fold what depends on the value of a key under the finding that the key is there twice.

    Which of the two values is right is not known; where they are the same, all depends on it.
    """
    twice = {
        each.diagnostic.region: each.diagnostic
        for each in problems
        if each.diagnostic.name == "duplicate-key" and _values_differ(document, each.diagnostic)
    }
    for explained, folded in found.items() if twice else ():
        for place in explained.conditions:
            key = region_of(document, document.source_map.span(place, "key"))
            if key in twice:
                folded.under.append(twice[key])


def _values_differ(document: Document, duplicate: Diagnostic) -> bool:
    """Whether the lines of the two keys are different."""
    lines = [
        document.source.lines.line_text(place.start.line)
        for place in (duplicate.region, *(label.region for label in duplicate.labels))
    ]
    return len({line.strip() for line in lines}) > 1


def _fold_wrapped(found: list[Folded], of_yaml: list[Folded]) -> None:
    """Fold what is said of the second line of a value under the finding that joins them."""
    low = [each for each in of_yaml if each.diagnostic.name == "unportable-syntax"]
    for value in found if low else ():
        diagnostic = value.diagnostic
        if diagnostic.name in _JOINING and diagnostic.fix:
            start, end = diagnostic.region.start, diagnostic.region.end
            for each in low:
                if start < each.diagnostic.region.start < end:
                    each.under.append(diagnostic)


def _fold_invisible(found: list[Folded], problems: list[Folded]) -> None:
    """Fold an invisible character under the finding that renames the key or mends the address."""
    invisible = [each for each in problems if each.diagnostic.name == "invisible-character"]
    if not invisible:
        return
    mended: dict[int, list[Diagnostic]] = {}
    for each in found:
        if each.diagnostic.name in ("unknown-key", "illegal-character") and each.diagnostic.fix:
            start = each.diagnostic.region.start
            mended.setdefault(start.line, []).append(each.diagnostic)
    for each in invisible:
        place = each.diagnostic.region.start
        for diagnostic in mended.get(place.line, ()):
            if diagnostic.region.start.column <= place.column < diagnostic.region.end.column:
                each.under.append(diagnostic)


def _fold_stray_quotes(found: list[Folded], problems: list[Folded]) -> None:
    """Fold a quote without a partner under the finding on a key that has the partner in it."""
    stray = [each for each in problems if each.diagnostic.name == "stray-quote"]
    if not stray:
        return
    keys = {
        each.diagnostic.region.start.line: each.diagnostic
        for each in found
        if each.diagnostic.name == "unknown-key"
        and _QUOTES.intersection(each.diagnostic.pointer or "")
    }
    for each in stray:
        if key := keys.get(each.diagnostic.region.start.line):
            each.under.append(key)


def find_silent(found: Iterable[Folded], kept: set[Diagnostic]) -> set[Diagnostic]:
    """The findings to leave out, because another is reported wherever they were found."""
    silent = set()
    speaking = set()
    for each in found:
        diagnostic = each.diagnostic
        if any(
            above in kept and above.severity.at_least(diagnostic.severity) for above in each.under
        ):
            silent.add(diagnostic)
        else:
            speaking.add(diagnostic)
    return silent - speaking
