"""`--statistics`: how many findings each rule has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`count`, code and name in columns, the most frequent first."""
    counts = _count(diagnostics)
    width = len(str(counts[0][1])) if counts else 0
    for (code, name), count in counts:
        yield f"{count:>{width}}  {code:<7} {name}"


def render_json(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The same as one JSON array of objects."""
    objects = [
        {"code": code, "name": name, "count": count} for (code, name), count in _count(diagnostics)
    ]
    yield from json.dumps(objects, indent=2).split("\n")


def _count(diagnostics: Iterable[Diagnostic]) -> list[tuple[tuple[str, str], int]]:
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in diagnostics)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
