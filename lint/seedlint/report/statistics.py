"""`--statistics`: how often each rule spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`count`, code and name in columns, the most frequent first."""
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in diagnostics)
    width = len(str(max(counts.values(), default=0)))
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code:<7} {name}"
