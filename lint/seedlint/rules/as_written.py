"""A finding on data, in the light of how the data was written.

Rules see only data. Why a value is missing, and whether a text has one line or several, is in the
file.
"""

from __future__ import annotations

from typing import Any

from seedlint.document.diagnosis import explain_lines_of_list, find_commented_value
from seedlint.rules.advice import help_for
from seedlint.rules.base import Finding
from seedlint.rules.json_types import NOUNS
from seedlint.text.span import Span

_TEXT, _LIST = NOUNS["string"], NOUNS["array"]


def as_written(finding: Finding, value: Any, text: str, key: Span, place: Span) -> Finding:
    """The finding about `value`, reworded if the text of the file says more than the data.

    `key` is where the key of the value is in `text`, `place` where the value is.
    """
    if value is None and (commented := find_commented_value(text, key.end)):
        if _may_be(finding, _TEXT):
            return finding._replace(help=help_for(commented, ""), fix=None)
        if _may_be(finding, _LIST):
            way_out = "`#` begins a comment; put each item in quotes, and all of them in brackets"
            return finding._replace(help=way_out, fix=None)
    if isinstance(value, str) and _may_be(finding, _LIST):
        lines = explain_lines_of_list(text, place)
        if lines is not None:
            return finding._replace(
                message=f"expected a list, {lines.detail}", help=help_for(lines, "")
            )
    return finding


def _may_be(finding: Finding, noun: str) -> bool:
    """Whether the value may be of a type: `a list`, or more exactly ``a list (`Topics`)``."""
    return any(f"{words} ".startswith(f"{noun} ") for words in finding.expected)
