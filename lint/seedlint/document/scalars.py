"""From the text of a plain scalar to JSON data: the one table, YAML 1.2 core schema.

| text | data |
|---|---|
| empty, `~`, `null`, `Null`, `NULL` | null |
| `true`, `True`, `TRUE`, `false`, `False`, `FALSE` | boolean |
| `[-+]?[0-9]+`, `0o[0-7]+`, `0x[0-9a-fA-F]+` | integer (`012` is twelve) |
| `[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?` | number |
| `[-+]?.inf`, `.nan` and numbers beyond a double | no JSON value: a finding |
| anything else, timestamps and `yes` among it, and every quoted or block scalar | string |

Source: YAML 1.2.2, section 10.3.2. Timestamps stay strings because JSON has no dates.
"""

from __future__ import annotations

import re

from seedlint.text.marks import NAME
from seedlint.text.quotes import (
    DOUBLE_MARKS,
    TYPOGRAPHIC_CLOSINGS,
    find_stray_quote,
    is_in_typographic_quotes,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.document.problem import ProblemKind

JsonScalar = str | int | float | bool | None

NULL_AND_BOOLEANS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEXADECIMAL = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

_INFINITE = (float("inf"), float("-inf"))

# What YAML 1.1 readers (PyYAML, Psych, older js-yaml) take for something else than this table.
_AMBIGUOUS_WORDS = frozenset(
    form for word in ("yes", "no", "on", "off") for form in (word, word.capitalize(), word.upper())
) | {"=", "<<"}
_AMBIGUOUS_NUMBER = (
    # Octal in 1.1, or text there; `007` is the same in both.
    r"(?![-+]?0+[0-7]?\Z)[-+]?0(?:[0-7_]+|[0-9]+)"
    r"|0o[0-7]+"  # text in 1.1
    r"|[-+]?0b_*[01][01_]*"  # binary in 1.1
    # Grouped digits in 1.1.
    r"|(?=[^_]*_)(?:[-+]?(?:[1-9][0-9_]*|[0-9][0-9_]*\.[0-9_]*)|\.[0-9][0-9_]*)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60 in 1.1
    # Text in 1.1: an exponent without a point before it or without a sign, a sign before a point.
    r"|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)[eE][0-9]+"
    r"|[-+]\.[0-9]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?0[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?"  # text to js-yaml 3
)
_NOT_IN_NUMBER = re.compile(r"[^-+.:_0-9eEbo]")
# Doubles, the numbers of JavaScript, hold every whole number up to here.
_MOST_EXACT = 2**53
# A date or a timestamp as YAML 1.1 has them.
_DATE = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)

_MARKS = DOUBLE_MARKS.union(TYPOGRAPHIC_CLOSINGS)
# What a plain scalar begins with that is something else than text, or may be taken for it.
_SPECIAL_STARTS = _NUMBER_STARTS.union(
    TYPOGRAPHIC_CLOSINGS, (word[0] for word in (*NULL_AND_BOOLEANS, *_AMBIGUOUS_WORDS) if word)
)

TAG_PREFIX = "tag:yaml.org,2002:"


def _kinds() -> type[ProblemKind]:
    # Most seeds have no problem.
    from seedlint.document.problem import ProblemKind

    return ProblemKind


def resolve_plain(text: str, integer_digits: int) -> tuple[JsonScalar, ProblemKind | None]:
    """The data that the plain scalar `text` stands for, and what is wrong with it, if anything.

    A number of more than `integer_digits` digits, or one that JSON cannot hold, comes back as its
    own text with `NOT_JSON_NUMBER`. Every other problem leaves the data as it is.
    """
    if text and text[0] not in _SPECIAL_STARTS and text[-1] not in DOUBLE_MARKS:
        return text, None
    if text in NULL_AND_BOOLEANS:
        return NULL_AND_BOOLEANS[text], None
    if text[0] not in _NUMBER_STARTS:
        if text in _AMBIGUOUS_WORDS:
            return text, _kinds().AMBIGUOUS_SCALAR
        return text, _quote_problem(text)
    value: JsonScalar
    if _INTEGER.fullmatch(text):
        if len(text) > integer_digits:
            return text, _kinds().NOT_JSON_NUMBER
        value = int(text)
        if _is_rounded(value):
            return value, _kinds().ROUNDED_INTEGER
        digits = text.lstrip("+-")
        if digits[0] != "0" or len(digits) == 1:
            return value, None
    elif _FLOAT.fullmatch(text):
        value = float(text)
        if value in _INFINITE or len(text) > integer_digits:
            return text, _kinds().NOT_JSON_NUMBER
    elif _NOT_FINITE.fullmatch(text):
        return text, _kinds().NOT_JSON_NUMBER
    elif _OCTAL_OR_HEXADECIMAL.fullmatch(text):
        if len(text) > integer_digits:
            return text, _kinds().NOT_JSON_NUMBER
        value = int(text, 0)
        if _is_rounded(value):
            return value, _kinds().ROUNDED_INTEGER
    else:
        value = text
        if problem := _quote_problem(text):
            return text, problem
    # Dates come here as well, and compiling the long pattern takes 0.4 ms.
    if not _NOT_IN_NUMBER.search(text) and re.fullmatch(_AMBIGUOUS_NUMBER, text):
        return value, _kinds().AMBIGUOUS_SCALAR
    return value, None


def _quote_problem(text: str) -> ProblemKind | None:
    """What is wrong with the quotation marks at the ends of a text."""
    if text[0] not in _MARKS and text[-1] not in DOUBLE_MARKS:
        return None
    if is_in_typographic_quotes(text):
        return _kinds().TYPOGRAPHIC_QUOTES
    return None if find_stray_quote(text) is None else _kinds().STRAY_QUOTE


def _is_rounded(value: int) -> bool:
    """Whether a double cannot hold a whole number."""
    if -_MOST_EXACT <= value <= _MOST_EXACT:
        return False
    try:
        return int(float(value)) != value
    except OverflowError:
        return True


def is_date(text: str) -> bool:
    """Whether readers of YAML 1.1 make a date of the plain scalar `text`."""
    return re.fullmatch(_DATE, text) is not None


def cuts_text(value: JsonScalar, comment: str) -> bool:
    """Whether the comment right after a plain scalar was probably meant as a part of it.

    That is a comment without a blank after its `#`, that follows words.
    """
    return (
        isinstance(value, str)
        and comment[1:2].strip(" \t#\r\n") != ""
        and any(map(str.isalpha, value))
        and not is_date(value)
        and not comment[1:].lstrip(" \t").lower().startswith(NAME)
    )


def is_ambiguous(problem: ProblemKind) -> bool:
    """Whether the text is only one that other readers take for something else."""
    return problem is _kinds().AMBIGUOUS_SCALAR


def resolve_tagged(
    tag: str, text: str, plain: bool, integer_digits: int
) -> tuple[JsonScalar, ProblemKind | None]:
    """The data of a scalar with an explicit `tag` of the core schema.

    A tag outside the core schema is `TAG`; a text that is no such value is `TAG_MISMATCH`; either
    way the scalar counts as if it had no tag.
    """
    if tag in (TAG_PREFIX + "str", "!"):
        return text, None
    value, problem = resolve_plain(text, integer_digits)
    fits = {
        TAG_PREFIX + "null": value is None,
        TAG_PREFIX + "bool": isinstance(value, bool),
        TAG_PREFIX + "int": isinstance(value, int) and not isinstance(value, bool),
        TAG_PREFIX + "float": isinstance(value, (int, float)) and not isinstance(value, bool),
    }
    if tag not in fits:
        return (value if plain else text), _kinds().TAG
    if problem is _kinds().NOT_JSON_NUMBER:
        return value, problem
    if not fits[tag]:
        return text, _kinds().TAG_MISMATCH
    if tag == TAG_PREFIX + "float":
        assert isinstance(value, (int, float))
        try:
            return float(value), None
        except OverflowError:
            return text, _kinds().NOT_JSON_NUMBER
    return value, problem if problem is _kinds().ROUNDED_INTEGER else None


def key_text(value: JsonScalar) -> str:
    """The JSON object key that stands for a YAML key of the given value."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(int(value)) if value == int(value) else repr(value)
