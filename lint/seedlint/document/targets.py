"""How site generators read a plain scalar, for the setting `target`.

Each reader is here as one function from the text of a scalar without quotes to what it makes of it;
what that is to the contract says `scalars.resolve_plain`. Sources:

- `jekyll` has SafeYAML, which makes values of what Psych gives it as text. From its source
  (`transform/to_integer.rb`, `transform/to_float.rb`, `parse/sexagesimal.rb`), not run.
- `hugo` has goccy/go-yaml since 0.152. From the source of 1.19 (`toNumber` in `token/token.go`),
  not run.
- `eleventy` has js-yaml 3, by gray-matter. Measured with 3.15, over the values in
  `tests/unit/document/js_yaml.json`.
- `astro` has js-yaml 4. Measured with 4.3 over the same values; before that, digits could have `_`
  between them.
- `yaml-1.2` is any reader of the core schema (YAML 1.2.2, section 10.3.2), which is our own table.
  Measured with `yaml` 2.9 over the same values.

Dates and timestamps are text to Hugo and to YAML 1.2, and dates to the others. Only a date that
does not exist is different here: generators expect dates where they are, and the rule
`unquoted-date` is for fields that ask for text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from seedlint.document.scalars import is_date
from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.document.scalars import JsonScalar


class Error(NamedTuple):
    """The build stops at the value."""


_Reader = Callable[[str], object]
"""Gives text, a number, a boolean, a date or an `Error`."""

# What a plain scalar begins with that may be something else than text, words apart.
_STARTS = frozenset("+-.,_0123456789")
_BOOLEANS = {
    word: word in ("yes", "on", "true") for word in ("yes", "no", "on", "off", "true", "false")
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BASE_60 = r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+"

_RUBY_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_RUBY_BASES = (
    (re.compile(r"0[0-7]+"), 8),
    (re.compile(r"[-+]?0[xX][0-9a-fA-F]+"), 16),
    (re.compile(r"0b[01]+"), 2),
)
_RUBY_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+][0-9]+)?")
_RUBY_BASE_60 = re.compile(_BASE_60)
_RUBY_FLOAT_60 = re.compile(_BASE_60 + r"\.[0-9_]*")
_STRAY_UNDERSCORE = re.compile(r"(?<![0-9])_|_(?![0-9])")

_GO_BASES = {"0x": 16, "0o": 8, "0b": 2}
_GO_FLOAT = re.compile(r"(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

_JS3_INTEGERS = (
    (re.compile(r"[-+]?0b(?=.*[01])[01_]*[01]"), 2),
    (re.compile(r"[-+]?0x(?=.*[0-9a-fA-F])[0-9a-fA-F_]*[0-9a-fA-F]"), 16),
    (re.compile(r"[-+]?0(?=.*[0-7])[0-7_]*[0-7]"), 8),
    (re.compile(r"[-+]?(?:0|[1-9](?:[0-9_]*[0-9])?)"), 10),
)
_JS3_BASE_60 = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+")
_JS3_FLOAT = re.compile(
    r"[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
)
_JS3_FLOAT_60 = re.compile(_BASE_60 + r"\.[0-9_]*")

_JS4_INTEGERS = (
    (re.compile(r"[-+]?0b[01]+"), 2),
    (re.compile(r"[-+]?0x[0-9a-fA-F]+"), 16),
    (re.compile(r"[-+]?0o[0-7]+"), 8),
    (_INTEGER, 10),
)
_JS4_FLOAT = re.compile(
    r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?"
)


def _jekyll(text: str) -> object:
    if text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    digits = text.replace("_", "").replace(",", "")
    if _RUBY_DECIMAL.fullmatch(digits):
        return int(digits)
    for form, base in _RUBY_BASES:
        if form.fullmatch(digits):
            return int(digits, base)
    if _RUBY_BASE_60.fullmatch(digits):
        return _base_60(digits)
    if _RUBY_FLOAT.fullmatch(text):
        return Error() if _STRAY_UNDERSCORE.search(text) else float(text)
    return _base_60(text) if _RUBY_FLOAT_60.fullmatch(text) else text


def _hugo(text: str) -> object:
    if text.startswith("_") or text.count(".") > 1:
        return text
    is_negative = text.startswith("-")
    digits = text.removeprefix("+").removeprefix("-").replace("_", "")
    base = _GO_BASES.get(digits[:2], 10)
    if base != 10:
        digits = digits[2:]
    elif digits.startswith("0") and len(digits) > 1 and "." not in text:
        base = 8
    elif "." in text:
        if not _GO_FLOAT.fullmatch(digits):
            return text
        return -float(digits) if is_negative else float(digits)
    try:
        value = int(digits, base) if digits.isalnum() and digits.isascii() else None
    except ValueError:
        value = None
    if value is None or value >= (2**63 + 1 if is_negative else 2**64):
        return text
    return -value if is_negative else value


def _eleventy(text: str) -> object:
    for form, base in _JS3_INTEGERS:
        if form.fullmatch(text):
            return _js_integer(text, base)
    if _JS3_BASE_60.fullmatch(text):
        return _base_60(text)
    if not text.endswith("_"):
        if _JS3_FLOAT.fullmatch(text):
            return _js_float(text)
        if _JS3_FLOAT_60.fullmatch(text):
            return _base_60(text)
    return _rolled_over(text)


def _astro(text: str) -> object:
    for form, base in _JS4_INTEGERS:
        if form.fullmatch(text):
            return _js_integer(text, base)
    return _js_float(text) if _JS4_FLOAT.fullmatch(text) else _rolled_over(text)


_READERS: Mapping[str, tuple[str, _Reader]] = {
    "jekyll": ("Jekyll", _jekyll),
    "hugo": ("Hugo", _hugo),
    "astro": ("Astro", _astro),
    "eleventy": ("Eleventy", _eleventy),
}
# Longer numbers have rules of their own.
_LONGEST = 300
_ROUNDS = ("astro", "eleventy")
_MAKES_DATES = ("jekyll", *_ROUNDS)


class OtherReading(NamedTuple):
    """What a target makes of a scalar, and what it is to the contract, in words.

    `instead` is what means the same to both as the plain value does to the contract, or to the
    target where that is text to the contract; "" if nothing does.
    """

    words: str
    instead: str


def is_rounded_by(target: str) -> bool:
    """Whether all numbers are doubles there, as in JavaScript."""
    return target in _ROUNDS


def date_reader(target: str, text: str) -> str | None:
    """The name of the target if it makes a date of the plain scalar `text`."""
    return _READERS[target][0] if target in _MAKES_DATES and is_date(text) else None


def other_reading(target: str, text: str, ours: JsonScalar) -> OtherReading | None:
    """How a target reads the plain scalar `text`, if it is not `ours`, which the contract sees."""
    if target not in _READERS or not text:
        return None
    if text[0] not in _STARTS and text.lower() not in _BOOLEANS:
        return None
    if ours is None or isinstance(ours, bool) or len(text) > _LONGEST:
        # All readers have the same words for nothing, true and false.
        return None
    name, read = _READERS[target]
    theirs = read(text)
    if _are_same(theirs, ours):
        return None
    meant = theirs if isinstance(ours, str) else ours
    instead = _plain(meant)
    if ":" in text or not (isinstance(meant, bool) or _are_same(read(instead), meant)):
        instead = ""
    return OtherReading(f"{_words(theirs)} to {name}, and {_words(ours)} to the contract", instead)


def _are_same(theirs: object, ours: object) -> bool:
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return theirs is ours
    return theirs == ours


def _words(value: object) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    if isinstance(value, Error):
        return "an error"
    return f"the number `{_plain(value) or value}`"


def _plain(value: object) -> str:
    """A number or a boolean as every reader reads it; "" if there is no such form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (int, float)):
        return ""
    text = str(int(value)) if value == int(value) and abs(value) < 2**53 else str(value)
    return "" if "e" in text or "n" in text else text


def _js_integer(text: str, base: int) -> object:
    digits = text.replace("_", "")
    if base == 10:
        return int(digits)
    sign = -1 if digits.startswith("-") else 1
    digits = digits.lstrip("+-")
    return sign * int(digits[2:] if digits[1:2] in tuple("box") else digits, base)


def _js_float(text: str) -> float:
    return float(text.replace("_", ""))


def _base_60(text: str) -> float:
    """A number in base 60; what is after its point is decimal."""
    sign = -1 if text.startswith("-") else 1
    whole, _, fraction = text.replace("_", "").lstrip("+-").partition(".")
    value = 0
    for part in whole.split(":"):
        value = 60 * value + int(part)
    return sign * (value + (float(f".{fraction}") if fraction else 0))


def _rolled_over(text: str) -> object:
    """The day that JavaScript makes of one that is not in the calendar; any other text as it is."""
    match = _DAY.fullmatch(text)
    if match is None:
        return text
    year, month, day = map(int, match.groups())
    try:
        date(year, month, day)
    except ValueError:
        if year < 100:
            return text
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return first + timedelta(days=day - 1)
    return text
