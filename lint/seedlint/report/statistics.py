"""`--statistics`: how many findings each rule has, in each collection."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`count`, code, name and collection in columns, the most frequent first."""
    counts = _count(diagnostics)
    width = len(str(counts[0][1])) if counts else 0
    for (code, name, collection), count in counts:
        yield f"{count:>{width}}  {code:<7} {name}" + (f"  {collection}" if collection else "")


def render_json(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The same as one JSON array of objects."""
    objects = [
        {"code": code, "name": name, "count": count, "collection": collection or None}
        for (code, name, collection), count in _count(diagnostics)
    ]
    yield from json.dumps(objects, indent=2).split("\n")


def _count(diagnostics: Iterable[Diagnostic]) -> list[tuple[tuple[str, str, str], int]]:
    counts = Counter(
        (diagnostic.code, diagnostic.name, diagnostic.collection) for diagnostic in diagnostics
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
