"""`--statistics`: how many findings each rule has, and how many of them can be fixed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from seedlint.diagnostic import Diagnostic


class _Count(NamedTuple):
    code: str
    name: str
    findings: int
    fixable: int


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`count`, code, name and the fixable ones in columns, the most frequent first."""
    counts = _count(diagnostics)
    width = len(str(counts[0].findings)) if counts else 0
    for each in counts:
        fixable = f" ({each.fixable} fixable)" if each.fixable else ""
        yield f"{each.findings:>{width}}  {each.code:<7} {each.name}{fixable}"


def render_json(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The same as one JSON array of objects."""
    objects = [
        {"code": code, "name": name, "count": findings, "fixable": fixable}
        for code, name, findings, fixable in _count(diagnostics)
    ]
    yield from json.dumps(objects, indent=2).split("\n")


def _count(diagnostics: Iterable[Diagnostic]) -> list[_Count]:
    counts: Counter[tuple[str, str]] = Counter()
    fixable: Counter[str] = Counter()
    for diagnostic in diagnostics:
        counts[diagnostic.code, diagnostic.name] += 1
        fixable[diagnostic.code] += diagnostic.fix is not None
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [_Count(code, name, count, fixable[code]) for (code, name), count in ordered]
