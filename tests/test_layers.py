"""Imports point one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from paths import ROOT

PACKAGE = ROOT / "lint" / "seedlint"
# Each layer may import itself and those before it.
LAYERS = [
    ("cache_folder", "errors", "fingerprints", "severity", "text", "time_limit", "workers"),
    ("diagnostic",),
    ("document",),
    ("rules",),
    ("result",),
    ("schema",),
    ("settings",),
    ("suppress", "discover"),
    ("check", "config_file"),
    ("corpus", "index"),
    ("exact", "fast_path"),
    ("run",),
    ("api",),
    ("cli", "__main__"),
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# Reports see findings and text only.
REPORT_MAY_SEE = {"diagnostic", "severity", "text", "report", "errors"}


def imports(path: Path) -> Iterator[str]:
    """The first part below `seedlint` of each import; type-checking imports count too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = []
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
            if node.module == "seedlint":
                modules = [f"seedlint.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "seedlint" and len(parts) > 1:
                yield parts[1]


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    home = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for imported in imports(path):
        if home == "report":
            assert imported in REPORT_MAY_SEE
        elif imported == "report":
            assert home == "cli"
        else:
            assert LEVEL[imported] <= LEVEL[home], f"{home} imports {imported}"
