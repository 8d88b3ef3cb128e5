"""A fix survives the way through workers and the cache."""

from __future__ import annotations

import json

from seedlint import lint_text
from seedlint.fix.operation import ReplaceScalar
from seedlint.plain import plain_findings, read_findings
from seedlint.result import FileResult, dumps, loads

SEED = """---
titel: x # seedlint: ignore[URL001] gone
originalUrl: http://example.com/a?b&amp;c
topics: Tides, Ferries
heat:
---
"""


def test_findings_with_fixes_survive() -> None:
    found = tuple(lint_text(SEED, filename="s.md"))
    fixes = [each.fix for each in found if each.fix]
    assert {fix.applicability for fix in fixes} == {"safe", "unsafe"}
    assert sum(bool(fix.operations) for fix in fixes) >= 3
    assert any(not fix.operations for fix in fixes)
    operations = [each for fix in fixes for each in fix.operations]
    assert ReplaceScalar(("topics",), ("Tides", "Ferries")) in operations
    # Between processes by `marshal`, in the cache by JSON, which has no tuples.
    assert loads(dumps(FileResult("s.md", found))).diagnostics == found
    assert read_findings(json.loads(json.dumps(plain_findings(found))), "s.md") == found
