"""seedlint: lints the front matter of Markdown seeds against a JSON Schema, to the character."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.api import lint_paths, lint_text
    from seedlint.diagnostic import Diagnostic, Fix, Label, Region
    from seedlint.errors import ConfigError, InputError, SchemaError, SeedlintError
    from seedlint.rules.base import Rule
    from seedlint.severity import Severity
    from seedlint.text.span import Position

__all__ = [
    "ConfigError",
    "Diagnostic",
    "Fix",
    "InputError",
    "Label",
    "Position",
    "Region",
    "Rule",
    "SchemaError",
    "SeedlintError",
    "Severity",
    "__version__",
    "lint_paths",
    "lint_text",
]
__version__ = "0.1.0"

_HOMES = {
    "ConfigError": "seedlint.errors",
    "Diagnostic": "seedlint.diagnostic",
    "Fix": "seedlint.diagnostic",
    "InputError": "seedlint.errors",
    "Label": "seedlint.diagnostic",
    "Position": "seedlint.text.span",
    "Region": "seedlint.diagnostic",
    "Rule": "seedlint.rules.base",
    "SchemaError": "seedlint.errors",
    "SeedlintError": "seedlint.errors",
    "Severity": "seedlint.severity",
    "lint_paths": "seedlint.api",
    "lint_text": "seedlint.api",
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:
    # A type checker that saw this would take every misspelt name for a good one.
    def __getattr__(name: str) -> Any:
        """Load the public names when they are first asked for: the command does not need them."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
