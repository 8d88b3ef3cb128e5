"""Writes a value as a YAML scalar that every reader reads back as that value, or as JSON.

Readers of YAML 1.1 and of 1.2 differ in what plain text means, in which characters end a line, and
in the escapes they take. What is written here avoids all of it.
"""

from __future__ import annotations

import json
import re

from seedlint.document.limits import Limits
from seedlint.document.scalars import is_date, resolve_plain
from seedlint.fix.operation import Scalar

_DIGITS = Limits().integer_digits
# What the first character of plain text must not be.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_IN_FLOW = frozenset(",[]{}?")
# Single letters that mean a boolean in YAML 1.1.
_LETTERS = frozenset("yYnN")
# Characters that some reader does not take unescaped: controls, breaks, byte order marks and more.
_UNSAFE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_UNSAFE_CHARACTER = re.compile(f"[{_UNSAFE}]")
_ESCAPED = re.compile(rf'[\\"{_UNSAFE}]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def write_scalar(
    value: Scalar, style: str = "", *, in_flow: bool = False, may_be_date: bool = False
) -> str | None:
    """The value as YAML on one line; None if there is no certain way to write it.

    `style` is the quotation mark to use, "" for none; a text that cannot be written so is put in
    double quotes. `in_flow` says that it is inside brackets, `may_be_date` that readers may take it
    for the date that it is.
    """
    if not isinstance(value, str):
        return _write_other(value)
    if _SURROGATE.search(value):
        return None
    if style == "" and _is_safe_plain(value, in_flow) and (may_be_date or not is_date(value)):
        return value
    if style == "'" and not _UNSAFE_CHARACTER.search(value):
        return "'" + value.replace("'", "''") + "'"
    return in_double_quotes(value)


def write_json(value: Scalar | tuple[str, ...]) -> str | None:
    """The value as JSON; None if there is no certain way to write it."""
    if isinstance(value, tuple):
        items = list(map(write_json, value))
        return None if None in items else f"[{', '.join(filter(None, items))}]"
    if isinstance(value, str):
        if _SURROGATE.search(value):
            return None
        written = json.dumps(value, ensure_ascii=False)
        return _UNSAFE_CHARACTER.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        # Not finite, or more digits than Python writes.
        return None


def in_double_quotes(text: str) -> str:
    """A text in double quotes; it has no lone surrogates."""
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def _write_other(value: int | float | bool | None) -> str | None:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    # An exponent without a point is text to YAML 1.1.
    return text if _NUMBER.fullmatch(text) and len(text) <= _DIGITS else None


def _is_safe_plain(text: str, in_flow: bool) -> bool:
    """Whether every reader reads plain `text` as just that."""
    return (
        text != ""
        and text[0] not in _INDICATORS
        and text.strip() == text
        and text not in _LETTERS
        and not _UNSAFE_CHARACTER.search(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not text.startswith(("---", "..."))
        and (not in_flow or _IN_FLOW.isdisjoint(text))
        and resolve_plain(text, _DIGITS) == (text, None)
    )
