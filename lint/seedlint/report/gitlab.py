"""`gitlab`: a Code Quality report, for `artifacts:reports:codequality` of a GitLab job.

GitLab merges entries with equal fingerprints and reads the keys that are written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seedlint.diagnostic import Diagnostic
from seedlint.report.json import render_array
from seedlint.report.repository import InRepository, with_fingerprints
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(diagnostics: Sequence[Diagnostic], in_repository: InRepository) -> Iterator[str]:
    """The lines of one JSON array; `[]` if there is nothing to report."""
    return render_array(
        _entry(diagnostic, in_repository(diagnostic.path), fingerprint)
        for diagnostic, fingerprint in with_fingerprints(diagnostics, in_repository)
    )


def _entry(diagnostic: Diagnostic, path: str, fingerprint: str) -> dict[str, Any]:
    region = diagnostic.region
    return {
        "description": f"{diagnostic.code}: {diagnostic.message}",
        "check_name": diagnostic.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": region.start.line, "column": region.start.column},
                "end": {"line": region.end.line, "column": region.end.column},
            },
        },
    }
