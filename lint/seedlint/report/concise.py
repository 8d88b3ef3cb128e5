"""`concise`: one line per finding, for editors, grep and problem matchers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic, Region
from seedlint.report.sanitize import sanitize


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`path:line:column: CODE [severity] message`, in the order given.

    The other places that a finding names follow in parentheses.
    """
    for each in diagnostics:
        found = f"{_place(each.region)}: {each.code} [{each.severity.value}] {each.message}"
        others = "; ".join(f"{label.message}: {_place(label.region)}" for label in each.labels)
        yield sanitize(f"{found} ({others})" if others else found)


def _place(region: Region) -> str:
    return f"{region.path}:{region.start.line}:{region.start.column}"
