"""A finding on data, in the light of how the data was written.

Rules see only data. Why a value is missing, and whether a text has one line or several, is in the
file.
"""

from __future__ import annotations

import re

from seedlint.document.problem import Problem
from seedlint.rules.advice import fix_for, help_for
from seedlint.rules.base import Finding
from seedlint.rules.json_types import NOUNS
from seedlint.rules.meant import in_brackets
from seedlint.text.span import Span, line_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BETWEEN_TAGS = re.compile(r"[,;\s]\s*(?=#)")
# Nothing but a comment with some text after a key.
_COMMENT_ALONE = re.compile(r" *:[ \t]+#[#!]*[ \t]+\S")
_TEXT, _LIST = NOUNS["string"], NOUNS["array"]


def as_written(finding: Finding, value: Any, text: str, key: Span, place: Span) -> Finding:
    """The finding about `value`, reworded if the text of the file says more than the data.

    `key` is where the key of the value is in `text`, `place` where the value is.
    """
    # Few texts need it, and its patterns take 6 ms.
    if value is None and "#" in text[key.end : line_end(text, key.end)]:
        from seedlint.document.diagnosis import find_commented_value

        commented = find_commented_value(text, key.end)
        if commented and _may_be(finding, _TEXT):
            return finding._replace(help=help_for(commented, ""), fix=fix_for(commented))
        if commented and _may_be(finding, _LIST):
            return _list_in_comment(finding, commented, text)
        if commented is None and _may_be(finding, _TEXT) and _COMMENT_ALONE.match(text, key.end):
            advice = "write a value before the `#`, which begins a comment; if the text after it is"
            return finding._replace(help=f"{advice} the value, put all of it in quotes")
    if isinstance(value, str) and _may_be(finding, _LIST) and "\n" in text[slice(*place)]:
        from seedlint.document.diagnosis import explain_lines_of_list

        lines = explain_lines_of_list(text, place)
        if lines is not None:
            message = f"expected a list, {lines.detail}"
            return finding._replace(message=message, help=help_for(lines, ""), fix=fix_for(lines))
    return finding


def _list_in_comment(finding: Finding, commented: Problem, text: str) -> Finding:
    """The finding about a list whose first item begins with `#`."""
    way_out = "`#` begins a comment; put each item in quotes, and all of them in brackets"
    (edit,) = commented.edits
    written = in_brackets(_BETWEEN_TAGS.split(text[edit.start : edit.end]))
    if written is None:
        return finding._replace(help=way_out, fix=None)
    mended = commented._replace(edits=(edit._replace(text=written),), proposal=written)
    return finding._replace(help=f"{way_out}: `{written}`", fix=fix_for(mended))


def _may_be(finding: Finding, noun: str) -> bool:
    """Whether the value may be of a type: `a list`, or more exactly ``a list (`Topics`)``."""
    return any(f"{words} ".startswith(f"{noun} ") for words in finding.expected)
