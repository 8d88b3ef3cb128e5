"""`json`: one array of objects with the keys that ruff's JSON has, and a few more.

`schemas/report.schema.json` describes it; keys are added, never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from seedlint.diagnostic import Diagnostic
from seedlint.report.neutral import neutral_json
from seedlint.text.span import Position


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The lines of one JSON document, ASCII only; never more than one finding of it in memory."""
    opening = "["
    for diagnostic in diagnostics:
        yield opening
        text = neutral_json(json.dumps(as_object(diagnostic), indent=2))
        *lines, last = text.split("\n")
        yield from (f"  {line}" for line in lines)
        opening = f"  {last},"
    if opening == "[":
        yield "[]"
    else:
        yield opening[:-1]
        yield "]"


def as_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as JSON data."""
    region = diagnostic.region
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "filename": region.path,
        "location": _position(region.start),
        "end_location": _position(region.end),
        "pointer": diagnostic.pointer,
        "help": diagnostic.help,
        "labels": [
            {
                "message": label.message,
                "filename": label.region.path,
                "location": _position(label.region.start),
                "end_location": _position(label.region.end),
            }
            for label in diagnostic.labels
        ],
        "fix": None,
        "url": None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"row": position.line, "column": position.column}
