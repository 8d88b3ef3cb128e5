"""What a value of the wrong type was meant to be, where only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from seedlint.rules.base import quote
from seedlint.text.words import NOTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_UNITS = (
    "px|pixels?|pt|em|%|kb|mb|gb|words?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|days?"
    "|mg|g|kg|ml|l|mm|cm|m|km|\u00b0 ?[cf]?|[cf]"
    "|[\u20ac$\u00a3\u00a5]|eur|usd|gbp|chf|sek|nok|dkk|jpy"
)
# As text, because compiling it takes 0.6 ms, and few values are asked.
_NUMBER = (
    # Groups of three digits, with one kind of mark between them, or digits alone.
    r"(?i)(?:[\u20ac$\u00a3\u00a5~\u2248][ \u00a0]?)?"
    r"(?P<sign>[-+]?)(?P<whole>[0-9]{1,3}(?:(?P<mark>[,.'\u2019 \u00a0\u202f_])[0-9]{3})"
    r"(?:(?P=mark)[0-9]{3})*|[0-9]+)(?P<decimals>[.,][0-9]{1,2})?"
    rf"(?:[ \u00a0]*(?:{_UNITS}))?"
)
_DIGITS = re.compile("[0-9]+")
_SIZE = re.compile(r"([1-9][0-9]{0,5}) ?[x\u00d7*] ?([1-9][0-9]{0,5})(?: ?px)?")
_COMMENT = re.compile(r"(.*?)[ \u00a0]*(?://|/\*|<!--|;|--).*")
QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\"'"
"""What people put around a value."""
_BULLET = re.compile("(?:[0-9]{1,2}[.)](?= )|[-*+\u2022\u00b7\u25cf\u2013\u2014]+)")
# What people put between the items of a list on one line, the likeliest first.
_MARKS = (", ", ",", "; ", " - ", " | ", " / ", " \u00b7 ", " \u2022 ")
# Keys that say nothing of an item but that it is one.
_LABELS = frozenset({"name", "title", "label", "tag", "topic", "value", "text"})
_LONGEST = 300
_LONGEST_SHOWN = 100
_MOST_ITEMS = 50
# Text that needs no quotes between brackets and commas.
_PLAIN_ITEM = re.compile(r"[^\W_](?:[^,\[\]{}:#\r\n]|:(?=[^\s,\]}]))*")
_NO_TEXT = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n)|[-+.0-9][0-9_.,:eExXoOa-fA-F+-]*")


def meant_number(text: str, *, whole: bool) -> str | None:
    """The number in a text with a unit, thousands separators, or a comment after it.

    `whole` says that only a whole number will do. A single dot may be a decimal point, so only two
    of them separate thousands.
    """
    if len(text) > _LONGEST:
        return None
    bare = text.strip().strip(QUOTES).rstrip(",;").strip()
    match = re.fullmatch(_NUMBER, bare)
    if match is None and (comment := _COMMENT.fullmatch(bare)):
        match = re.fullmatch(_NUMBER, comment[1].rstrip(",;"))
    if match is None or (match["mark"] == "." and match["whole"].count(".") == 1):
        return None
    digits = re.sub("[^0-9]", "", match["whole"])
    decimals = (match["decimals"] or "").replace(",", ".")
    if (len(digits) > 1 and digits[0] == "0") or (decimals and whole):
        return None
    return match["sign"].replace("+", "") + digits + decimals


def advise_number(text: str, *, whole: bool) -> str:
    """What to do with a text where a number is expected."""
    if number := meant_number(text, whole=whole):
        return f"write `{number}`"
    if size := size_in(text):
        return f"write `{size[0]}`, and `{size[1]}` in a key of its own"
    kind = "a whole number" if whole else "a number"
    found = _DIGITS.findall(text[:_LONGEST])
    if not found:
        return f"write {kind} in digits"
    if len(found) == 1 and len(found[0]) < 10 and not found[0].startswith("0"):
        return f"write {kind} and nothing else, such as `{found[0]}`"
    return f"write {kind} and nothing else"


def size_in(value: Any) -> tuple[str, str] | None:
    """The width and the height of something in a value such as `640x480`."""
    size = _SIZE.fullmatch(value) if isinstance(value, str) else None
    return (size[1], size[2]) if size else None


def meant_list(value: Any) -> str | None:
    """A text, or the keys of a mapping without values, as a list in brackets."""
    return in_brackets(meant_items(value) or ())


def meant_items(value: Any) -> list[str] | None:
    """The texts in a text, or the keys of a mapping without values."""
    if isinstance(value, dict):
        if not value or any(each is not None for each in value.values()):
            return None
        return list(islice(value, _MOST_ITEMS + 1))
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    if _BULLET.match(text) or text.lower() in NOTHING:
        return None
    if text.startswith("[") or text.endswith("]"):
        text = text.strip("[]")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    mark = next((mark for mark in _MARKS if mark in text), None)
    items = text.split(mark) if mark else [text]
    return [_without_quotes(item.strip(" ,;")) for item in items]


def _without_quotes(item: str) -> str:
    return item[1:-1] if len(item) > 2 and item[0] in "\"'" and item[-1] == item[0] else item


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
        others = ", and 2 spaces before its other keys" if len(value) > 1 else ""
        return f"put `- ` before the first key of each entry{others}: {quote(f'- {first[:40]}: …')}"
    if isinstance(value, str) and (bullet := _BULLET.match(value.strip())):
        first = value.strip()[bullet.end() :].strip()
        first = re.split(r"\s+" + re.escape(bullet[0]), first, maxsplit=1)[0]
        return "begin each item with a dash and a space" + (
            f": write {quote(f'- {first}')}" if len(first) < _LONGEST_SHOWN // 2 else ""
        )
    proposed = meant_list(value)
    lines = "each item on a line of its own that begins with `- `"
    return f"write {quote(proposed, _LONGEST_SHOWN)}, or {lines}" if proposed else f"write {lines}"


def meant_text(value: Any) -> str | None:
    """The text of an item `a: b` of a list, whose colon made a mapping of it."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((key, inner),) = value.items()
    if isinstance(inner, (dict, list, bool, float)) or inner is None:
        return None
    return str(inner) if key in _LABELS and inner else f"{key}: {inner}"


def advise_text(value: Any) -> str | None:
    """What to do with an item `a: b` where text is expected."""
    if isinstance(value, dict) and list(value.values()) == [None]:
        (key,) = value
        if _PLAIN_ITEM.fullmatch(key) and not _NO_TEXT.fullmatch(key) and len(key) < _LONGEST_SHOWN:
            return f'remove the colon: write `{key}`; or put all of it in quotes: `"{key}:"`'
    text = meant_text(value)
    if text is None:
        return None
    ((key, inner),) = value.items()
    shown = len(text) <= _LONGEST_SHOWN and text.isprintable() and not set('"\\`') & set(text)
    if key in _LABELS and inner:
        return f"write {quote(text)} without `{key}: `"
    if not shown:
        return "put all of it in quotes"
    if isinstance(inner, int) or not inner or _NO_TEXT.fullmatch(inner):
        return f'put all of it in quotes: write `"{text}"`'
    return f'put all of it in quotes: write `"{text}"`; or `{inner}` alone if that is the text'


def advise_single(value: Any, kind: type) -> str | None:
    """What to do with a list whose only item, of the Python type `kind`, is expected alone."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], kind):
        return "it is the only item of a list: replace its dash by a space, or remove its brackets"
    if kind is dict and isinstance(value, list) and 1 < len(value) <= _MOST_ITEMS:
        entries = [each for each in value if isinstance(each, dict)]
        keys = [key for entry in entries for key in entry]
        if len(entries) == len(value) and len(set(keys)) == len(keys):
            return "replace the dash before each key by a space"
    return None
