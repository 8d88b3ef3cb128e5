"""Which fixes a run may make, by its settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic
from seedlint.rules import all_rules
from seedlint.settings import Settings

_DEFAULT = Settings()


def chooses_fixes(settings: Settings) -> bool:
    """Whether the settings leave out a fix, or take an unsafe one for safe."""
    chosen = settings.fixable, settings.unfixable, settings.extend_safe_fixes
    return chosen != (_DEFAULT.fixable, _DEFAULT.unfixable, _DEFAULT.extend_safe_fixes)


def with_chosen_fixes(found: Iterable[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """The findings, without the fixes that `fixable` and `unfixable` leave out.

    Those that `extend-safe-fixes` means are safe.
    """
    return (_with_chosen_fix(each, settings) for each in found)


def _with_chosen_fix(diagnostic: Diagnostic, settings: Settings) -> Diagnostic:
    fix = diagnostic.fix
    if fix is None:
        return diagnostic
    rule = all_rules()[diagnostic.code]
    applicability = settings.applicability_of(rule, fix.applicability)
    return diagnostic._replace(fix=applicability and fix._replace(applicability=applicability))


def is_applicable(diagnostic: Diagnostic, *, unsafe: bool) -> bool:
    """Whether the finding has a fix that is made; `unsafe` ones only on request."""
    fix = diagnostic.fix
    return fix is not None and (unsafe or fix.applicability == "safe")
