"""`concise`: one line a finding, for editors, grep and problem matchers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic
from seedlint.report.sanitize import sanitize


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`path:line:column: CODE message`, in the order given."""
    for diagnostic in diagnostics:
        start = diagnostic.region.start
        yield sanitize(
            f"{diagnostic.path}:{start.line}:{start.column}: {diagnostic.code} {diagnostic.message}"
        )
