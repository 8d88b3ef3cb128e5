"""What a value of the wrong type was meant to be, where only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from seedlint.rules.base import quote

_UNITS = "px|pixels?|pt|em|%|\u20ac|\\$|kb|mb|words?|min|minutes?|s|seconds?"
_NUMBER = re.compile(
    # Groups of three digits, with one kind of mark between them, or digits alone.
    r"([-+]?)([0-9]{1,3}(?:([,.'\u2019 \u00a0\u202f_])[0-9]{3})(?:\3[0-9]{3})*|[0-9]+)"
    rf"(?:[ \u00a0]*(?:{_UNITS}))?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(.*?)[ \u00a0]*(?://|/\*|<!--|;|--).*")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\"'"
_BULLET = re.compile("(?:[0-9]{1,2}[.)](?= )|[-*+\u2022\u00b7\u25cf\u2013\u2014]+)")
_LONGEST = 300
_LONGEST_SHOWN = 100
_MOST_ITEMS = 50
# Text that needs no quotes between brackets and commas.
_PLAIN_ITEM = re.compile(r"[^\W_](?:[^,\[\]{}:#\r\n]|:(?=[^\s,\]}]))*")
_NO_TEXT = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n)|[-+.0-9][0-9_.,:eExXoOa-fA-F+-]*")


def meant_number(text: str) -> str | None:
    """The whole number in a text with a unit, thousands separators, or a comment after it.

    A single dot may be a decimal point, so only two of them separate thousands.
    """
    if len(text) > _LONGEST:
        return None
    bare = text.strip().strip(_QUOTES).rstrip(",;").strip()
    match = _NUMBER.fullmatch(bare)
    if match is None and (comment := _COMMENT.fullmatch(bare)):
        match = _NUMBER.fullmatch(comment[1].rstrip(",;"))
    if match is None or (match[3] == "." and match[2].count(".") == 1):
        return None
    digits = re.sub("[^0-9]", "", match[2])
    if len(digits) > 1 and digits[0] == "0":
        return None
    return match[1].replace("+", "") + digits


def meant_list(value: Any) -> str | None:
    """A text, or the keys of a mapping without values, as a list in brackets."""
    if isinstance(value, dict):
        if not value or any(each is not None for each in value.values()):
            return None
        return in_brackets(list(islice(value, _MOST_ITEMS + 1)))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    if _BULLET.match(text):
        return None
    if text.startswith("[") != text.endswith("]"):
        text = text.strip("[]")
    mark = next((mark for mark in (", ", ",", "; ", " - ", " | ") if mark in text), None)
    items = text.split(mark) if mark else [text]
    return in_brackets([item.strip(" ,;") for item in items])


def in_brackets(items: Sequence[str]) -> str | None:
    """Texts as a list in brackets; None for too many, empty ones, or what needs careful quoting."""
    if not items or len(items) > _MOST_ITEMS:
        return None
    shown = []
    for item in items:
        if _PLAIN_ITEM.fullmatch(item) and not _NO_TEXT.fullmatch(item):
            shown.append(item)
        elif item and item.isprintable() and not set('"\\`') & set(item):
            shown.append(f'"{item}"')
        else:
            return None
    text = f"[{', '.join(shown)}]"
    return text if len(text) <= _LONGEST_SHOWN else None


def advise_list(value: Any) -> str | None:
    """What to do where a list is expected."""
    if isinstance(value, dict) and value and any(each is not None for each in value.values()):
        first = next(iter(value))
        return f"begin the first key of each entry with a dash and a space: `- {_plain(first)}: …`"
    if isinstance(value, str) and (bullet := _BULLET.match(value.strip())):
        first = value.strip()[bullet.end() :].strip()
        first = re.split(r"\s+" + re.escape(bullet[0]), first, maxsplit=1)[0]
        return "begin each item with a dash and a space" + (
            f": write {quote(f'- {first}')}" if len(first) < _LONGEST_SHOWN // 2 else ""
        )
    proposed = meant_list(value)
    lines = "each item on a line of its own that begins with `- `"
    return f"write {quote(proposed, _LONGEST_SHOWN)}, or {lines}" if proposed else f"write {lines}"


def advise_single(value: Any, kind: type) -> str | None:
    """What to do with a list whose only item, of the Python type `kind`, is expected alone."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], kind):
        return "it is the only item of a list: remove the dash, or the brackets, around it"
    return None


def _plain(key: str) -> str:
    return key[:40].replace("`", "\u2019")
