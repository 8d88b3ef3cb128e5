"""Regular expressions of JSON Schema, with the meaning ECMA-262 gives them.

Python's `re` reads the same text differently: `$` matches before a final line break, `\\d` and
`\\w` take in every script, `.` stops only at LF. A pattern is rewritten to mean what the schema's
author meant, or refused when the contract is loaded; it never silently means something else.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

_WHITE_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ANY_BUT_BREAKS = r"[^\n\r\u2028\u2029]"
_MAX_GROUPS = 100
_TOKEN = re.compile(
    r"\\(?P<escape>c[A-Za-z]|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|k<\w+>|[pP]\{[\w=]+\}|.)"
    r"|\((?P<group>\?(?:[:=!]|<[=!]|<(?P<name>[A-Za-z_]\w*)>))?"
    r"|(?P<extension>\(\?)"
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
    translated = _translate(pattern)
    try:
        return re.compile(translated, re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        reason = error.msg if isinstance(error, re.error) else "too complex"
        raise PatternError(reason, min(getattr(error, "pos", 0) or 0, len(pattern))) from None


def _translate(pattern: str) -> str:
    parts: list[str] = []
    in_class = False
    groups = 0
    for match in _TOKEN.finditer(pattern):
        token, offset = match[0], match.start()
        if match["escape"]:
            parts.append(_translate_escape(match["escape"], in_class, offset))
        elif in_class:
            # `[` is literal in an ECMA class; Python would warn of nested sets to come.
            parts.append("\\[" if token == "[" else token.replace("(", "\\("))
            if token.startswith("(?"):
                raise PatternError("a group inside a character class", offset)
            in_class = token != "]"
        elif token.startswith("("):
            groups += 1
            if groups > _MAX_GROUPS:
                raise PatternError(f"more than {_MAX_GROUPS} groups", offset)
            if token == "(" and pattern[offset + 1 : offset + 2] == "?":
                raise PatternError("a group of a kind that JSON Schema does not have", offset)
            parts.append(f"(?P<{match['name']}>" if match["name"] else token)
        elif token == "[":
            in_class = True
            rest = pattern[offset + 1 : offset + 3]
            if rest.startswith("]") or rest == "^]":
                raise PatternError("an empty character class", offset)
            parts.append(token)
        elif token == "$":
            parts.append(r"\Z")
        elif token == ".":
            parts.append(_ANY_BUT_BREAKS)
        else:
            parts.append(token)
    return "".join(parts)


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
    if letter == "u" and escape[1:2] == "{":
        code = int(escape[2:-1], 16)
        if code > 0x10FFFF:
            raise PatternError("no such character", offset)
        return rf"\U{code:08x}"
    if letter in "pP" and escape[1:2] == "{":
        ranges = _category_ranges(escape[2:-1], offset)
        if in_class and letter == "P":
            raise PatternError(r"`\P` inside a character class", offset)
        return ranges if in_class else f"[{'^' if letter == 'P' else ''}{ranges}]"
    if letter == "k" and escape[1:2] == "<":
        return f"(?P={escape[2:-1]})"
    if escape == "0":
        return r"\x00"
    if escape in "dDwWbBfnrtv" or len(escape) > 1 or escape in "123456789":
        return "\\" + escape
    if escape.isascii() and escape.isalnum():
        raise PatternError(rf"`\{escape}` does not mean the same everywhere", offset)
    return re.escape(escape)


@cache
def _category_ranges(name: str, offset: int) -> str:
    """The inside of a character class for a general category of Unicode (`L`, `Lu`, `Letter`)."""
    prefix = _CATEGORIES.get(name, name)
    if not re.fullmatch(r"[CLMNPSZ][a-z]?", prefix):
        raise PatternError(f"unknown character property `{name[:30]}`", offset)
    ranges: list[str] = []
    start: int | None = None
    for code in range(0x110001):
        inside = code < 0x110000 and category(chr(code)).startswith(prefix)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append(rf"\U{start:08x}-\U{code - 1:08x}")
            start = None
    if not ranges:
        raise PatternError(f"unknown character property `{name[:30]}`", offset)
    return "".join(ranges)
