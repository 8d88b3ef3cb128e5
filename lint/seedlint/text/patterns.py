"""Regular expressions of JSON Schema, with the meaning ECMA-262 gives them.

Python's `re` reads the same text differently: `$` matches before a final line break, `\\d` and
`\\w` take in every script, `.` stops only at LF. A pattern is rewritten to mean what the schema's
author meant, or refused when the contract is loaded; it never silently means something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_WHITE_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ANY_BUT_BREAKS = r"[^\n\r\u2028\u2029]"
_MAX_GROUPS = 100
# Of the translation. Compiling takes some 250 bytes of memory per character.
_MAX_LENGTH = 200_000
_TOKEN = re.compile(
    r"\\(?P<escape>c[A-Za-z]|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}"
    r"|u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}"
    r"|k<\w+>|[pP]\{[\w=]+\}|[0-9]+|.)"
    r"|\((?P<group>\?(?:[:=!]|<[=!]|<(?P<name>[A-Za-z_]\w*)>))?"
    r"|(?P<opening>\[\^?)"
    r"|(?P<repeat>[*+?]|\{[0-9]+(?:,[0-9]*)?\})"
    r"|(?P<character>.)",
    re.DOTALL,
)


_CATEGORIES = {
    "Letter": "L",
    "Uppercase_Letter": "Lu",
    "Lowercase_Letter": "Ll",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "digit": "Nd",
    "Punctuation": "P",
    "punct": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Other": "C",
}


class PatternError(ValueError):
    """The pattern cannot be used; the text says why, `offset` where (from 0)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a JSON Schema pattern; use it with `search`.

    Raises PatternError for a pattern that is no regular expression or that engines read in
    different ways.
    """
    parts: list[str] = []
    # Where each part stands in the pattern and in its translation.
    places: list[tuple[int, int]] = []
    written = 0
    for offset, part in _translate(pattern):
        places.append((offset, written))
        parts.append(part)
        written += len(part)
        if written > _MAX_LENGTH:
            raise PatternError(f"longer than {_MAX_LENGTH} characters", offset)
    try:
        return re.compile("".join(parts), re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        reason = error.msg if isinstance(error, re.error) else "too complex"
        at = getattr(error, "pos", None) or 0
        offset = max((offset for offset, begin in places if begin <= at), default=0)
        raise PatternError(reason, len(pattern) if at >= written else offset) from None


def _translate(pattern: str) -> Iterator[tuple[int, str]]:
    """The pattern's tokens in Python's dialect, each with its offset in `pattern`."""
    in_class = repeated = False
    before = ""
    groups = 0
    for match in _TOKEN.finditer(pattern):
        token, offset = match[0], match.start()
        part = token
        if match["escape"]:
            if in_class and before == "-" and match["escape"][0] in "spP":
                raise PatternError("a range that ends in a class", offset)
            part = _translate_escape(match["escape"], in_class, offset)
        elif in_class and token == "]":
            in_class = False
        elif in_class:
            part = _translate_in_class(token, before)
        elif token.startswith("("):
            groups += 1
            if groups > _MAX_GROUPS:
                raise PatternError(f"more than {_MAX_GROUPS} groups", offset)
            if token == "(" and pattern[offset + 1 : offset + 2] == "?":
                raise PatternError("a group of a kind that JSON Schema does not have", offset)
            part = f"(?P<{match['name']}>" if match["name"] else token
        elif match["opening"]:
            in_class = True
            if pattern.startswith("]", match.end()):
                raise PatternError("an empty character class", offset)
        elif token == "$":
            part = r"\Z"
        elif token == ".":
            part = _ANY_BUT_BREAKS
        elif token == "{":
            # No count follows, so it is a brace; Python would read `{,3}` as a count.
            part = r"\{"
        elif repeated and token == "+":
            # A possessive repeat, for Python from 3.11 on.
            raise PatternError("multiple repeat", offset)
        yield offset, part
        repeated = match["repeat"] is not None and not in_class
        before = part


def _translate_in_class(token: str, before: str) -> str:
    """A token between `[` and `]`, with everything escaped that Python may give a meaning."""
    if token == "-":
        # A range, unless nothing can begin one here; two in a row are a set difference to come.
        return r"\-" if before in ("[", "[^", "-") else token
    return re.sub(r"[\[(&|~]", r"\\\g<0>", token)


def _translate_escape(escape: str, in_class: bool, offset: int) -> str:
    letter = escape[0]
    if letter == "s":
        return _WHITE_SPACE if in_class else f"[{_WHITE_SPACE}]"
    if letter == "S":
        if in_class:
            raise PatternError(r"`\S` inside a character class", offset)
        return f"[^{_WHITE_SPACE}]"
    if letter == "c" and len(escape) == 2:
        return rf"\x{ord(escape[1]) % 32:02x}"
    if letter == "u" and len(escape) == 11:
        high, low = int(escape[1:5], 16), int(escape[7:], 16)
        return rf"\U{0x10000 + ((high - 0xD800) << 10) + low - 0xDC00:08x}"
    if letter == "u" and escape[1:2] == "{":
        code = int(escape[2:-1], 16)
        if code > 0x10FFFF:
            raise PatternError("no such character", offset)
        return rf"\U{code:08x}"
    if letter in "pP" and escape[1:2] == "{":
        name = _CATEGORIES.get(escape[2:-1], escape[2:-1])
        ranges = _category_ranges(name)
        if not ranges:
            raise PatternError(f"unknown character property `{escape[2:-1][:30]}`", offset)
        if in_class and letter == "P":
            raise PatternError(r"`\P` inside a character class", offset)
        return ranges if in_class else f"[{'^' if letter == 'P' else ''}{ranges}]"
    if letter == "k" and escape[1:2] == "<":
        return f"(?P={escape[2:-1]})"
    if escape == "0":
        return r"\x00"
    if escape.isdigit() and (letter == "0" or len(escape) > 2 or in_class):
        raise PatternError(rf"`\{escape[:9]}` does not mean the same everywhere", offset)
    if escape in "dDwWbBfnrtv" or len(escape) > 1 or escape.isdigit():
        return "\\" + escape
    if escape.isascii() and escape.isalnum():
        raise PatternError(rf"`\{escape}` does not mean the same everywhere", offset)
    return re.escape(escape)


@cache
def _category_runs() -> list[tuple[int, int, str]]:
    """All characters, as runs of one general category of Unicode: first, last and its name."""
    from unicodedata import category

    names = list(map(category, map(chr, range(0x110000))))
    firsts = [code for code, name in enumerate(names) if not code or names[code - 1] != name]
    return [
        (first, after - 1, names[first])
        for first, after in zip(firsts, [*firsts[1:], len(names)], strict=True)
    ]


@cache
def _category_ranges(name: str) -> str:
    """The inside of a character class for a general category (`L`, `Lu`); empty if none has it."""
    if not re.fullmatch(r"[CLMNPSZ][a-z]?", name):
        return ""
    ranges: list[tuple[int, int]] = []
    for first, last, category in _category_runs():
        if not category.startswith(name):
            continue
        if ranges and ranges[-1][1] == first - 1:
            first = ranges.pop()[0]
        ranges.append((first, last))
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
