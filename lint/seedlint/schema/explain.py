"""From the failures of the contract to findings: the rule of each, and the alternative meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from seedlint.document.pointer import Pointer
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, Rule
from seedlint.schema.evaluate import FALSE_SCHEMA, SeverityOf

Branch = Sequence[Failure]


class Explained(NamedTuple):
    """A finding, the rule that it is of, and the pointer of the value it is about."""

    rule: Rule
    pointer: Pointer
    finding: Finding


def explain(
    failures: Sequence[Failure], severity_of: SeverityOf, base: Pointer = ()
) -> Iterator[Explained]:
    """What the rules say of failures whose pointers begin at `base`."""
    for failure in failures:
        pointer = (*base, *failure.pointer)
        if failure.said is not None:
            yield Explained(failure.said[0], pointer, failure.said[1])
            continue
        if failure.keyword in ("anyOf", "oneOf") and failure.branches:
            branch = choose_branch(failure.branches)
            if branch is not None:
                yield from explain(branch, severity_of, pointer)
                continue
        rule = _rule_of(failure.keyword)
        if severity_of(rule) is not None:
            for finding in rule.check(failure):
                yield Explained(rule, pointer, finding)


def choose_branch(branches: Sequence[Branch]) -> Branch | None:
    """The failures of the alternative that was probably meant; None if none is likelier.

    First by discriminator: an alternative whose `const` or `enum` on a key the value has does not
    fit was not meant. Then by type: nor was one for another type of value. Of those left, the one
    with the fewest failures, if they lie inside the value; alternatives that all refuse the value
    as a whole are better told together.
    """
    left = list(branches)
    for not_meant in (_fails_discriminator, _fails_as_whole):
        kept = [branch for branch in left if not any(map(not_meant, branch))]
        left = kept or left
    if len(left) == 1 and len(branches) > 1 and not any(map(_fails_as_whole, left[0])):
        return left[0]
    if all(any(map(_fails_as_whole, branch)) for branch in left):
        return left[0] if len(branches) == 1 else None
    return min(left, key=lambda branch: (len(branch), -_deepest(branch)))


def _fails_discriminator(failure: Failure) -> bool:
    return len(failure.pointer) == 1 and failure.keyword in ("const", "enum")


def _fails_as_whole(failure: Failure) -> bool:
    """Whether the value itself is of the wrong kind, not something inside it."""
    return not failure.pointer and failure.keyword in ("type", "const", "enum", FALSE_SCHEMA)


def _deepest(branch: Branch) -> int:
    return max(len(failure.pointer) for failure in branch)


@cache
def _rules_by_keyword() -> dict[str, Rule]:
    return {
        name: rule
        for rule in all_rules().values()
        if rule.on.kind == "keyword"
        for name in rule.on.names
    }


def _rule_of(keyword: str) -> Rule:
    return _rules_by_keyword()[keyword]
