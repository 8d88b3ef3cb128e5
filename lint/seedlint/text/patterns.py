"""Regular expressions of JSON Schema, with the meaning ECMA-262 gives them.

Python's `re` reads the same text differently: `$` matches before a final line break, `\\d` and
`\\w` take in every script, `.` stops only at LF. A pattern is rewritten to mean what the schema's
author meant, or refused when the contract is loaded; it never silently means something else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

_WHITE_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_NOT_WHITE_SPACE = (
    r"\x00-\x08\x0e-\x1f!-\x9f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e"
    r"\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff"
)
_ANY_BUT_BREAKS = r"[^\n\r\u2028\u2029]"
_MAX_GROUPS = 100
# Of the translation. Compiling takes some 250 bytes of memory per character.
_MAX_LENGTH = 200_000
TOKEN = re.compile(
    r"\\(?P<escape>c[A-Za-z]|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}"
    r"|u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}"
    r"|k<\w+>|[pP]\{[\w=]+\}|[0-9]+|.)"
    r"|\((?P<group>\?(?:[:=!]|<[=!]|<(?P<name>[A-Za-z_]\w*)>))?"
    r"|(?P<opening>\[\^?)"
    r"|(?P<repeat>[*+?]|\{[0-9]+(?:,[0-9]*)?\})"
    r"|(?P<character>.)",
    re.DOTALL,
)


# ECMA-262, table "Value aliases and canonical values for the Unicode property General_Category".
_CATEGORIES = """
C Cased_Letter Cc Cf Close_Punctuation Cn Co Combining_Mark Connector_Punctuation Control Cs
Currency_Symbol Dash_Punctuation Decimal_Number Enclosing_Mark Final_Punctuation Format
Initial_Punctuation L LC Letter Letter_Number Line_Separator Ll Lm Lo Lowercase_Letter Lt Lu M
Mark Math_Symbol Mc Me Mn Modifier_Letter Modifier_Symbol N Nd Nl No Nonspacing_Mark Number
Open_Punctuation Other Other_Letter Other_Number Other_Punctuation Other_Symbol P
Paragraph_Separator Pc Pd Pe Pf Pi Po Private_Use Ps Punctuation S Sc Separator Sk Sm So
Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Unassigned Uppercase_Letter Z Zl
Zp Zs cntrl digit punct
"""
# ECMA-262, table "Binary Unicode property aliases and their canonical property names", without the
# aliases and `Changes_When_NFKC_Casefolded`, which `regex` does not have.
_PROPERTIES = """
ASCII ASCII_Hex_Digit Alphabetic Any Assigned Bidi_Control Bidi_Mirrored Case_Ignorable Cased
Changes_When_Casefolded Changes_When_Casemapped Changes_When_Lowercased Changes_When_Titlecased
Changes_When_Uppercased Dash Default_Ignorable_Code_Point Deprecated Diacritic Emoji
Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation Extended_Pictographic
Extender Grapheme_Base Grapheme_Extend Hex_Digit IDS_Binary_Operator IDS_Trinary_Operator
ID_Continue ID_Start Ideographic Join_Control Logical_Order_Exception Lowercase Math
Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark Radical
Regional_Indicator Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph
Uppercase Variation_Selector White_Space XID_Continue XID_Start
"""
# The properties of ECMA-262 that take a value, with their short names.
_WITH_VALUE = {
    "General_Category": "gc",
    "gc": "gc",
    "Script": "sc",
    "sc": "sc",
    "Script_Extensions": "scx",
    "scx": "scx",
}


# What Python says of a pattern, by its beginning, in words of our own.
_REASONS = {
    "unterminated character set": "a `[` that is not closed",
    "missing ), unterminated subpattern": "a `(` that is not closed",
    "unbalanced parenthesis": "a `)` that closes nothing",
    "nothing to repeat": "nothing to repeat here",
    "multiple repeat": "one repeat after another",
    "min repeat greater than max repeat": "a repeat whose least is above its most",
    "bad character range": "a range whose end comes before its beginning",
    "bad escape": "an escape without a meaning",
    "invalid group reference": "a reference to a group that is not there",
    "unknown group name": "a reference to a group that is not there",
    "cannot refer to an open group": "a reference to a group from inside",
    "redefinition of group name": "a name that two groups have",
    "look-behind requires fixed-width pattern": "a look-behind whose length is not fixed",
}


class PatternError(ValueError):
    """The pattern cannot be used; the text says why, `offset` where (from 0)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a JSON Schema pattern; use it with `search`.

    Raises PatternError for a pattern that is not a regular expression or that engines read in
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
        said = error.msg if isinstance(error, re.error) else ""
        known = (words for start, words in _REASONS.items() if said.startswith(start))
        reason = next(known, "too complex")
        at = getattr(error, "pos", None) or 0
        offset = max((offset for offset, begin in places if begin <= at), default=0)
        raise PatternError(reason, len(pattern) if at >= written else offset) from None


def _translate(pattern: str) -> Iterator[tuple[int, str]]:
    """The pattern's tokens in Python's dialect, each with its offset in `pattern`."""
    # `is_set` says that what was read last is a set inside a class, as in `[\s-]`.
    in_class = repeated = is_set = False
    before = ""
    groups = 0
    for match in TOKEN.finditer(pattern):
        token, offset = match[0], match.start()
        part = token
        if match["escape"]:
            if in_class and before == "-" and match["escape"][0] in "sSpP":
                raise PatternError("a range that ends in a class", offset)
            part = _translate_escape(match["escape"], in_class, offset)
        elif in_class and token == "]":
            in_class = False
        elif in_class:
            if token == "-" and is_set and pattern[match.end() : match.end() + 1] != "]":
                raise PatternError("a range that begins with a class", offset)
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
            raise PatternError(_REASONS["multiple repeat"], offset)
        yield offset, part
        repeated = match["repeat"] is not None and not in_class
        is_set = in_class and match["escape"] is not None and match["escape"][0] in "sSpP"
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
        return _NOT_WHITE_SPACE if in_class else f"[^{_WHITE_SPACE}]"
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
        name = _property_name(escape[2:-1])
        ranges = _property_ranges(name, letter == "p") if name else None
        if ranges is None:
            raise PatternError(f"unknown character property `{escape[2:-1][:30]}`", offset)
        return ranges if in_class else f"[{ranges}]"
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


def _property_name(written: str) -> str | None:
    """A property as the library `regex` calls it, one name for all spellings; None for no property.

    The library takes more spellings than ECMA-262 does.
    """
    name, equals, value = written.partition("=")
    if not equals:
        if name in _CATEGORIES.split():
            return f"gc={name}"
        return name if name in _PROPERTIES.split() else None
    short = _WITH_VALUE.get(name)
    if short is None or (short == "gc" and value not in _CATEGORIES.split()):
        return None
    return f"{short}={value}" if re.fullmatch(r"[A-Z]\w*|cntrl|digit|punct", value) else None


@cache
def _all_characters() -> str:
    from array import array

    codes = array("I", range(0x110000))
    return codes.tobytes().decode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass")


@cache
def _property_ranges(name: str, has: bool) -> str | None:
    """The inside of a character class of all characters that have a property, or have it not.

    None for a property that `regex` does not know. Few contracts have any.
    """
    import regex

    try:
        run = regex.compile(rf"\{'p' if has else 'P'}{{{name}}}+", regex.V0)
    except regex.error:
        return None
    found = [(match.start(), match.end() - 1) for match in run.finditer(_all_characters())]
    # No class can be empty: `\P{Any}` is refused.
    return (
        "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in found) or None
    )
