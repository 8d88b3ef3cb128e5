"""The tables of docs/schema-check.md about patterns, from what the program knows."""

from __future__ import annotations

import re

from seedlint.text.portability import CONSTRUCTS, REFUSED

_TABLE = r"(\| {head} \|.*\n\|[-|]+\|\n)(?:(?:\|.*|[A-Z]+)\n)*"


def with_tables(page: str) -> str:
    """The page with both tables as they should be."""
    constructs = "".join(
        f"| {kind} | {each.reads} | {_cell(each.instead)} | <{each.source}> |\n"
        for kind, each in CONSTRUCTS.items()
    )
    refused = "".join(
        f"| `{_cell(_shown(start))}` | {_cell(advice)} |\n" for start, advice in REFUSED.items()
    )
    page = _replace(page, "kind", constructs)
    return _replace(page, "written", refused)


def _replace(page: str, head: str, rows: str) -> str:
    changed, count = re.subn(
        _TABLE.format(head=head), lambda match: f"{match[1]}{rows}", page, count=1
    )
    assert count == 1, head
    return changed


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _shown(start: str) -> str:
    """How a construct that is refused is written, by how it begins."""
    return {"+": "a++", "(?i": "(?i)", "(?#": "(?#…)"}.get(start, start)
