"""seedlint: lints the front matter of Markdown seeds against a JSON Schema, to the character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seedlint.api import lint_paths, lint_text
    from seedlint.diagnostic import Diagnostic
    from seedlint.rules.base import Rule

__all__ = ["Diagnostic", "Rule", "__version__", "lint_paths", "lint_text"]
__version__ = "0.1.0"

_HOMES = {
    "Diagnostic": "seedlint.diagnostic",
    "Rule": "seedlint.rules.base",
    "lint_paths": "seedlint.api",
    "lint_text": "seedlint.api",
}


def __getattr__(name: str) -> Any:
    """Load the public names when they are first asked for: the command does not need them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
