"""`--statistics`: findings of each rule, in each collection, and how many can be fixed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic
from seedlint.named_tuple import NamedTuple


class _Count(NamedTuple):
    code: str
    name: str
    collection: str
    findings: int
    fixable: int


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`count`, code, name, collection and the fixable ones in columns, the most frequent first."""
    counts = _count(diagnostics)
    width = len(str(counts[0].findings)) if counts else 0
    for each in counts:
        collection = f"  {each.collection}" if each.collection else ""
        fixable = f" ({each.fixable} fixable)" if each.fixable else ""
        yield f"{each.findings:>{width}}  {each.code:<7} {each.name}{collection}{fixable}"


def render_json(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The same as one JSON array of objects."""
    objects = [
        {
            "code": each.code,
            "name": each.name,
            "count": each.findings,
            "fixable": each.fixable,
            "collection": each.collection or None,
        }
        for each in _count(diagnostics)
    ]
    yield from json.dumps(objects, indent=2).split("\n")


def _count(diagnostics: Iterable[Diagnostic]) -> list[_Count]:
    findings: Counter[tuple[str, str, str]] = Counter()
    fixable: Counter[tuple[str, str, str]] = Counter()
    for each in diagnostics:
        key = each.code, each.name, each.collection
        findings[key] += 1
        fixable[key] += each.fix is not None
    ordered = sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    return [_Count(*key, count, fixable[key]) for key, count in ordered]
