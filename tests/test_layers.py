"""Imports point one way."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from paths import ROOT

PACKAGE = ROOT / "lint" / "seedlint"
# Each layer may import itself and those before it. A room is in the layer of its highest part,
# unless a part of it is named.
LAYERS = [
    (
        "cache.folder",
        "cache.schemas",
        "disk",
        "documentation",
        "errors",
        "files",
        "fingerprints",
        "fix.operation",
        "git",
        "named_tuple",
        "severity",
        "text",
        "versions",
    ),
    ("history", "staged", "time_limit", "work_tree", "workers"),
    ("diagnostic",),
    ("findings",),
    ("baseline",),
    ("document",),
    ("fix.edits", "fix.lines_of_text", "fix.scalars"),
    ("rules",),
    ("plain",),
    ("result",),
    ("schema",),
    ("settings", "collection", "suppress", "ignore_at", "discover"),
    ("readings", "cross_references", "locate", "echoes", "outdented", "overindented"),
    ("check", "config_file", "config_settings"),
    ("broken_references", "contracts", "corpus", "cache", "fix", "ignores"),
    ("fast_path", "full_path", "infer"),
    ("adopt",),
    ("outcome", "part"),
    ("comparing",),
    ("run",),
    ("api",),
    ("cli", "__main__"),
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# Reports see findings and text only, and the one read of a file.
REPORT_MAY_SEE = {
    "diagnostic",
    "documentation",
    "errors",
    "files",
    "named_tuple",
    "report",
    "severity",
    "text",
}


def imports(path: Path) -> Iterator[str]:
    """The room of each import, or the part of it; type-checking imports count too."""
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
                yield room(parts[1:])


def room(parts: Sequence[str]) -> str:
    """The name in `LAYERS` of the module with these names below `seedlint`."""
    part = ".".join(parts[:2])
    return part if part in LEVEL else parts[0]


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    home = room(path.relative_to(PACKAGE).with_suffix("").parts)
    for imported in imports(path):
        if home == "report":
            assert imported in REPORT_MAY_SEE
        elif imported == "report":
            assert home == "cli"
        else:
            assert LEVEL[imported] <= LEVEL[home], f"{home} imports {imported}"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_any_module_can_be_imported_first() -> None:
    """Each in a fork of its own, because most tests run with all of them imported."""
    code = """
import importlib, os, sys
for module in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        importlib.import_module(module)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{module} cannot be imported first")
"""
    paths = [path.relative_to(PACKAGE.parent).with_suffix("") for path in FILES]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    done = subprocess.run(
        [sys.executable, "-c", code, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
