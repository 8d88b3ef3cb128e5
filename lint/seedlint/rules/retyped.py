"""Fixes of values that have the wrong type and say the right thing.

A fix writes what the advice of `json_types.py` proposes. It is safe where only quotes, blanks or
the spelling of `true` and `false` are at fault. What a number loses with its unit or its separators
is not certain: `5 min` may be 300 seconds, and `1,280` is less than two in many countries.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.document.limits import Limits
from seedlint.document.scalars import resolve_plain
from seedlint.fix.operation import ProposedFix, ReplaceScalar, Scalar
from seedlint.rules.base import Failure, quote, short_json
from seedlint.rules.json_types import NUMBER, meant_word
from seedlint.rules.meant import QUOTES, in_brackets, meant_items, meant_number, meant_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DIGITS = Limits().integer_digits


def fix_type(failure: Failure, kinds: Sequence[str]) -> ProposedFix | None:
    """The fix that makes a value one of the JSON types `kinds`."""
    value, written = failure.instance, failure.about.written
    if isinstance(value, dict) and "string" in kinds:
        is_item = bool(failure.pointer) and isinstance(failure.pointer[-1], int)
        text = meant_text(value) if is_item else None
        return _write(text, is_safe=False) if text else None
    if isinstance(value, (dict, str)) and "array" in kinds:
        return _write_list(value) if {"array", "null"}.issuperset(kinds) else None
    if not isinstance(value, str):
        is_plain = isinstance(value, (bool, int, float)) and "string" in kinds
        return _write(written) if is_plain and written else None
    is_number = bool({"integer", "number"} & set(kinds))
    if is_number and NUMBER.fullmatch(value):
        return _write_number(value)
    if "boolean" in kinds and (word := meant_word(value)):
        return _write(word == "true", is_safe=value[-1] not in ",; ")
    if not is_number or ("boolean" in kinds and len(kinds) == 1):
        return None
    number = meant_number(value, whole="number" not in kinds)
    return _write_number(number, value.strip(QUOTES + " \t\u00a0") == number) if number else None


def fix_value(failure: Failure, allowed: Sequence[object]) -> ProposedFix | None:
    """The fix that makes a value an allowed one, if only its type is wrong."""
    value = failure.instance
    if isinstance(value, str):
        for each in allowed:
            if isinstance(each, (bool, int, float)) and short_json(each) == value:
                return _write(each)
    elif isinstance(value, (bool, int, float)):
        written = failure.about.written or short_json(value)
        return _write(written) if written in allowed else None
    return None


def _write_list(value: Any) -> ProposedFix | None:
    """The fix that makes a list of a text; whether the commas part its items is a guess."""
    items = meant_items(value)
    shown = in_brackets(items) if items else None
    if not items or shown is None:
        return None
    replace = ReplaceScalar((), tuple(items))
    return ProposedFix(f"write {quote(shown, len(shown))}", (replace,), is_safe=False)


def _write_number(text: str, is_safe: bool = True) -> ProposedFix | None:
    """The fix that writes a number as it is in `text`; None if it would be written in another way.

    `012` and `1.50` say more than their value.
    """
    number, problem = resolve_plain(text, _DIGITS)
    if problem is not None or isinstance(number, str) or str(number) != text:
        return None
    return _write(number, is_safe)


def _write(value: Scalar, is_safe: bool = True) -> ProposedFix:
    shown = quote(value if isinstance(value, str) else short_json(value))
    in_quotes = " in quotes" if isinstance(value, str) else ""
    return ProposedFix(f"write {shown}{in_quotes}", (ReplaceScalar((), value),), is_safe=is_safe)
