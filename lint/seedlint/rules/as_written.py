"""A finding on data, in the light of how the data was written.

Rules see data only. What became of a value that is not there, and that a text is one line or
several, is in the file.
"""

from __future__ import annotations

from typing import Any

from seedlint.document.diagnosis import explain_lines_of_list, find_commented_value
from seedlint.rules.advice import help_for
from seedlint.rules.base import Finding
from seedlint.rules.json_types import NOUNS
from seedlint.text.span import Span


def retell(finding: Finding, value: Any, text: str, key: Span, written: Span) -> Finding:
    """The finding about `value`, with other words if the text of the file calls for them.

    `key` is where its key is in `text`, and `written` where it is itself.
    """
    _, _, expected = finding.message.partition("expected ")
    expected, _, _ = expected.partition(", found ")
    if value is None and (commented := find_commented_value(text, key.end)):
        if NOUNS["string"] in expected:
            return finding._replace(help=help_for(commented, ""))
        if NOUNS["array"] in expected:
            each = "`#` begins a comment; put each item in quotes, and all of them in brackets"
            return finding._replace(help=each)
    if isinstance(value, str) and NOUNS["array"] in expected:
        lines = explain_lines_of_list(text, written)
        if lines is not None:
            return finding._replace(
                message=f"expected a list, {lines.detail}", help=help_for(lines, "")
            )
    return finding
