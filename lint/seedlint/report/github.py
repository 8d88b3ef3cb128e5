"""`github`: annotations, as a GitHub Actions runner reads them from the output of a step.

Commands and their escapes are those of actions/toolkit, `command.ts`; what the runner drops is in
actions/runner, `ActionCommandManager.cs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.diagnostic import Diagnostic, gravest_first
from seedlint.report.repository import InRepository
from seedlint.report.sanitize import sanitize
from seedlint.severity import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# The runner shows no more annotations of one kind, of one step.
_MOST_SHOWN = 10
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(diagnostics: Sequence[Diagnostic], in_repository: InRepository) -> Iterator[str]:
    """One command per finding, errors first, because GitHub shows the first ones only."""
    for diagnostic in gravest_first(diagnostics):
        yield _command(diagnostic, in_repository(diagnostic.path))
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    if any(count > _MOST_SHOWN for count in counts.values()):
        total = f"{len(diagnostics)} findings; GitHub shows {_MOST_SHOWN} of each kind, the log all"
        yield f"::notice title=seedlint::{total}"


def _command(diagnostic: Diagnostic, path: str) -> str:
    start, end = diagnostic.region.start, diagnostic.region.end
    # The runner drops the columns of a region of several lines, with a warning.
    on_one_line = start.line == end.line
    properties = {
        "title": f"{diagnostic.code} {diagnostic.name}",
        "file": path,
        "line": str(start.line),
        **({"col": str(start.column)} if on_one_line else {}),
        "endLine": str(end.line),
        **({"endColumn": str(end.column)} if on_one_line else {}),
    }
    said = ",".join(
        f"{key}={sanitize(value).translate(_PROPERTY)}" for key, value in properties.items()
    )
    # The log does not show the properties.
    message = sanitize(f"{path}:{start.line}:{start.column}: {diagnostic.code}")
    text = f"{message} {sanitize(diagnostic.message)}"
    if diagnostic.help:
        text += f"\n{sanitize(f'help: {diagnostic.help}')}"
    return f"::{_COMMANDS[diagnostic.severity]} {said}::{text.translate(_DATA)}"
