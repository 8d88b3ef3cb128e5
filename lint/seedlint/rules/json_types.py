"""JSON types and values in a writer's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from seedlint.rules.base import Failure, count, quote, short_json, show
from seedlint.text.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NOUNS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "nothing",
    "array": "a list",
    "object": "a mapping",
}
_TYPES = {
    str: "string",
    bool: "boolean",
    type(None): "null",
    list: "array",
    dict: "object",
}
# How many allowed values are listed.
_MOST = 12
NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
"""A number as people write it."""
# Other words for `true` and `false`.
_YES_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def json_type(value: Any) -> str:
    """The type of a value, as JSON Schema names it; of a whole number, `integer`."""
    if isinstance(value, float) and not value.is_integer():
        return "number"
    return _TYPES.get(value.__class__, "integer")


def describe(value: Any, written: str | None = None) -> str:
    """What a value is and says: ``the text `68` ``, ``the number `1.5` ``, `a list of 2 items`.

    `written` is a number as it is in the file.
    """
    if isinstance(value, str):
        return f"the text {quote(value)}" if value else "an empty text"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return show(value)
    if isinstance(value, list):
        return f"a list of {count(len(value), 'item')}" if value else "an empty list"
    if isinstance(value, dict):
        return f"a mapping of {count(len(value), 'key')}" if value else "an empty mapping"
    return f"the number {show(value, written)}"


def show_each(values: Sequence[Any], found: Any = None) -> list[str]:
    """Allowed values in a message, with their types where one could be mistaken for another.

    `found` is what is there instead. As many are shown as anybody reads, and one more.
    """
    is_mistakable = any(
        isinstance(each, str) and not _is_plainly_text(each) for each in (*values, found)
    )
    return [_show_typed(value, is_mistakable) for value in values[: _MOST + 1]]


def _show_typed(value: Any, is_mistakable: bool) -> str:
    shown = show(value)
    if isinstance(value, str):
        return shown if not value or _is_plainly_text(value) else f"the text {shown}"
    if value is None:
        return "nothing"
    is_number = json_type(value) in ("integer", "number")
    return f"the number {shown}" if is_number and is_mistakable else shown


def _is_plainly_text(text: str) -> bool:
    """Whether a text cannot be mistaken for a number, a boolean or nothing."""
    return not NUMBER.fullmatch(text) and text.lower() not in ("true", "false", "null", "~")


def list_values(values: Sequence[Any], found: Any) -> str:
    """The allowed values in place of `found`, with their types where these matter."""
    listed = show_each(values, found)
    if all(isinstance(value, str) for value in values):
        # Once is enough, and only where the type is wrong.
        is_mistaken = isinstance(found, (bool, int, float)) and any(
            each.startswith("the text") for each in listed
        )
        listed = [show(value) for value in values[: _MOST + 1]]
        listed[0] = f"the text {listed[0]}" if is_mistaken else listed[0]
    if len(listed) > _MOST:
        listed[_MOST:] = ["…"]
    return ", ".join(listed)


def name_of_value(failure: Failure, before: str = "key ") -> str:
    """The key, or the item of a list, that holds a value: ``key `old` ``, `item 2 of the list`."""
    if not failure.pointer:
        return "this seed"
    step = failure.pointer[-1]
    return f"{before}{quote(step)}" if isinstance(step, str) else f"item {step + 1} of the list"


def remove_all_but_one(groups: Sequence[Any], surplus: Sequence[str]) -> str:
    """What to do about keys, or groups of them, that exclude each other.

    `surplus` are the keys that need not be there.
    """
    if len(surplus) == 1:
        return f"remove {quote(surplus[0])}"
    return f"keep one of them, and remove the other{'s' if len(groups) > 2 else ''}"


def meant_word(text: str) -> str | None:
    """`true` or `false`, if a text says one of them; a comma or a semicolon may follow."""
    word = text.lower().rstrip(",; ")
    word = _YES_NO.get(word, word)
    return word if word in ("true", "false") else None


def advise(kinds: Sequence[str], value: Any) -> str | None:
    """What to change so that `value` is of one of the JSON types `kinds`."""
    # Few values have a wrong type.
    from seedlint.rules.meant import advise_list, advise_number, advise_single, meant_number

    if isinstance(value, str):
        if {"integer", "number"} & set(kinds) and NUMBER.fullmatch(value):
            return "remove the quotes"
        if "boolean" in kinds:
            if (word := meant_word(value)) is not None:
                return f"write `{word}` without quotes"
            if len(kinds) == 1:
                if near := nearest(value, ("true", "false")):
                    return f"if `{near}` was meant, write that, without quotes"
                return "write `true` or `false` without quotes"
        if {"integer", "number"} & set(kinds) and (
            len(kinds) == 1 or meant_number(value, whole="number" not in kinds)
        ):
            return advise_number(value, whole="number" not in kinds)
    elif "string" in kinds and isinstance(value, (bool, int, float)):
        return "put it in quotes"
    elif list(kinds) == ["integer"] and isinstance(value, float):
        return "write a whole number"
    if list(kinds) == ["boolean"] and isinstance(value, (int, float)):
        return "write `true` or `false`"
    for kind, python in (("string", str), ("object", dict)):
        if kind in kinds and (advice := advise_single(value, python)):
            return advice
    if "array" in kinds and isinstance(value, (str, dict)):
        return advise_list(value)
    return None


def advise_value(failure: Failure, allowed: Sequence[Any]) -> str | None:
    """What to change so that a value is an allowed one, if only its type is wrong."""
    value = failure.instance
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        from seedlint.rules.meant import advise_single

        return advise_single(value, str) if value[0] in allowed else None
    if isinstance(value, str):
        same = [each for each in allowed if not isinstance(each, str) and short_json(each) == value]
        return "remove the quotes" if same and value != "null" else None
    if isinstance(value, (bool, int, float)):
        written = failure.about.written or short_json(value)
        if written in allowed:
            return "put it in quotes"
    return None


def found_instead(failure: Failure, allowed: Sequence[Any]) -> str:
    """The value of a failure, with its type if no allowed value has that type."""
    value, written = failure.instance, failure.about.written
    kinds = {json_type(each) for each in allowed}
    kinds |= {"integer", "number"} if kinds & {"integer", "number"} else set()
    if json_type(value) in kinds or isinstance(value, (list, dict)):
        return show(value, written)
    if isinstance(value, bool) and "string" in kinds:
        return f"{show(value)} without quotes"
    return describe(value, written)


def expected_types(failures: Iterable[Failure]) -> tuple[str, ...]:
    """The types and values that alternatives ask for, if they differ in nothing else."""
    kinds: list[str] = []
    values: list[Any] = []
    for failure in failures:
        if failure.pointer:
            return ()
        if failure.keyword == "type":
            expected = failure.expected
            kinds += expected if isinstance(expected, list) else [expected]
        elif failure.keyword in ("const", "enum"):
            values += failure.expected if failure.keyword == "enum" else [failure.expected]
        else:
            return ()
    return (*show_each(values), *(NOUNS.get(kind, kind) for kind in kinds))
