"""JSON types in a writer's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from seedlint.rules.base import Failure, quote, show
from seedlint.rules.meant import advise_list, advise_single, meant_number

NOUNS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "nothing",
    "array": "a list",
    "object": "a mapping",
}
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_YES_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def describe(value: Any) -> str:
    """What a value is and says: ``the text `68` ``, ``the number `1.5` ``, `a list of 2`."""
    if isinstance(value, str):
        return f"the text {quote(value)}" if value else "an empty text"
    if value is None:
        return "nothing"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return show(value)
    return f"the number {show(value)}"


def advise(kinds: Sequence[str], value: Any) -> str | None:
    """What to change so that `value` is of one of the JSON types `kinds`."""
    if isinstance(value, str):
        if {"integer", "number"} & set(kinds) and _NUMBER.fullmatch(value):
            return "remove the quotes"
        if "boolean" in kinds:
            word = _YES_NO.get(value.lower(), value.lower())
            if word in ("true", "false"):
                return f"write {word} without quotes"
        if {"integer", "number"} & set(kinds) and (number := meant_number(value)):
            return f"write `{number}`"
    elif "string" in kinds and isinstance(value, (bool, int, float)):
        return "put it in quotes"
    for kind, python in (("string", str), ("object", dict)):
        if kind in kinds and (advice := advise_single(value, python)):
            return advice
    if "array" in kinds and isinstance(value, (str, dict)):
        return advise_list(value)
    return None


def expected_types(failures: Iterable[Failure]) -> str | None:
    """The types that alternatives ask for, when type is all they differ in."""
    kinds: list[str] = []
    for failure in failures:
        if failure.keyword == "type":
            expected = failure.expected
            kinds += expected if isinstance(expected, list) else [expected]
        elif failure.keyword in ("const", "enum"):
            values = failure.expected if failure.keyword == "enum" else [failure.expected]
            kinds += [show(value) for value in values]
        else:
            return None
    return " or ".join(dict.fromkeys(NOUNS.get(kind, kind) for kind in kinds)) or None
