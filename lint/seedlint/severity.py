"""How much a finding weighs."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How much a finding weighs: whether it fails a run is up to `fail-on`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]

    def at_least(self, other: Severity) -> bool:
        """Whether this is as grave as `other` or graver."""
        return self.rank <= other.rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
