"""`json` and `json-lines`: objects with the keys that ruff's JSON has, and a few more.

`schemas/report.schema.json` describes it; keys are added, never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from seedlint.diagnostic import Diagnostic
from seedlint.report.sanitize import sanitize_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def render(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The lines of one JSON array."""
    return render_array(diagnostic.to_dict() for diagnostic in diagnostics)


def render_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """One JSON object per line."""
    for diagnostic in diagnostics:
        yield sanitize_json(json.dumps(diagnostic.to_dict()))


def render_array(objects: Iterable[Any]) -> Iterator[str]:
    """The lines of a JSON array of these objects, ASCII only; one at a time is in memory."""
    written = ""
    for each in objects:
        yield from f"{written},".split("\n") if written else ["["]
        written = "  " + sanitize_json(_indented(each, "\n  "))
    yield from [*written.split("\n"), "]"] if written else ["[]"]


def _indented(value: Any, margin: str) -> str:
    """What `json.dumps` gives with an indent of 2, in a fraction of the time.

    That function also leaves a cycle behind, and there may be nobody to collect it.
    """
    inner = margin + "  "
    if isinstance(value, dict):
        brackets = "{}"
        parts = [f"{json.dumps(key)}: {_indented(each, inner)}" for key, each in value.items()]
    elif isinstance(value, list):
        brackets = "[]"
        parts = [_indented(each, inner) for each in value]
    else:
        return json.dumps(value)
    body = inner + f",{inner}".join(parts) + margin if parts else ""
    return brackets[0] + body + brackets[1]
