"""What the files of a run have in common, and what they say of each other.

Only imported when there is something to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from seedlint import full_path
from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.fingerprints import Fingerprints, Role, only_identity
from seedlint.outcome import Outcome
from seedlint.part import Part
from seedlint.result import FileResult
from seedlint.text.spelling import find_alike


def compare_facts(
    parts: Sequence[Part], fingerprints: Fingerprints, candidates: Sequence[int], outcome: Outcome
) -> None:
    """Compare those files of some parts that may share a fact: the `candidates`, by number."""
    seeds, others = outcome.files, outcome.context_files
    owners = _owners(parts, candidates, seeds)
    results = full_path.compare(seeds, fingerprints.of(candidates), others, _checkers(owners))
    _add(results, owners, outcome)


def _add(results: Iterable[FileResult], owners: Mapping[str, Part], outcome: Outcome) -> None:
    """Add the results of a comparison, whose files have these owners."""
    for result in results:
        # That a file cannot be read again may have been said.
        if result.validated or result.path not in outcome.unchecked_paths:
            outcome.add(result, owners[result.path].settings)


def _owners(
    parts: Sequence[Part], numbers: Iterable[int], seeds: Sequence[Target]
) -> dict[str, Part]:
    """The part of each of the files with these numbers, by the name shown."""
    wanted = set(numbers)
    return {
        seeds[number].shown: part for part in parts for number in wanted.intersection(part.numbers)
    }


def follow_references(parts: Sequence[Part], fingerprints: Fingerprints, outcome: Outcome) -> None:
    """Report the references of the files that no seed answers."""
    seeds = outcome.files
    unanswered = fingerprints.unanswered(outcome.context_files)
    if not unanswered:
        return
    defining = fingerprints.seeds_with(Role.DEFINES)
    owners = _owners(parts, {*unanswered, *defining}, seeds)
    results = full_path.report_broken_references(
        seeds,
        fingerprints.of(unanswered),
        defining,
        fingerprints.identities(Role.DEFINES),
        _checkers(owners),
    )
    _add(results, owners, outcome)


def compare_terms(parts: Sequence[Part], fingerprints: Fingerprints, outcome: Outcome) -> None:
    """Report terms that most seeds of some parts spell otherwise."""
    seeds, others = outcome.files, outcome.context_files
    counts = fingerprints.terms()
    pairs = list(find_alike(counts))
    having = fingerprints.with_terms({number for pair in pairs for number in pair})
    pairs = [pair for pair in pairs if having[pair[0]][-1] >= others]
    if not pairs:
        return
    numbers = sorted({number for pair in pairs for term in pair for number in having[term]})
    owners = _owners(parts, numbers, seeds)
    noted = fingerprints.of(numbers)
    results = full_path.report_spellings(seeds, noted, having, pairs, others, _checkers(owners))
    _add(results, owners, outcome)


def report_unused_terms(
    parts: Sequence[Part], fingerprints: Fingerprints, outcome: Outcome
) -> None:
    """Report the terms of vocabularies that no seed uses, in their files."""
    used = fingerprints.identities(Role.USES)
    reported: set[int] = set()
    for part in parts:
        references = part.fast_path.references
        for vocabulary in references.vocabularies() if references else ():
            unused = {
                term: identity
                for term in vocabulary.terms
                if (identity := only_identity(vocabulary.fingerprint(term))) not in used | reported
            }
            if unused:
                reported.update(unused.values())
                result = part.fast_path.checker.check_unused_terms(vocabulary, unused)
                outcome.add(result, part.settings)


def _checkers(owners: Mapping[str, Part]) -> Callable[[str], Checker]:
    """What gives the checker of a file by the name shown."""
    return lambda path: owners[path].fast_path.checker
