"""The table of plain scalars: YAML 1.2, with the words other readers take differently named."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.document.problem import ProblemKind
from seedlint.document.scalars import (
    TAG_PREFIX,
    cuts_text,
    is_date,
    key_text,
    resolve_plain,
    resolve_tagged,
)

DIGITS = 300


def plain(text: str) -> tuple[Any, ProblemKind | None]:
    value, problem = resolve_plain(text, DIGITS)
    return (type(value), value), problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("-7", -7),
        ("10000000000000000000000", 10**22),
        ("0x1F", 31),
        ("0xdeadBEEF", 0xDEADBEEF),
        ("1.", 1.0),
        (".5", 0.5),
        ("007", 7),
        ("-0.5", -0.5),
        ("1.0e+3", 1000.0),
        (".5e+3", 500.0),
        ("1.5e-3", 0.0015),
        ("1.0e-999", 0.0),
        ("6.02E+23", 6.02e23),
        ("9007199254740992", 2**53),
        ("-9007199254740994", -(2**53) - 2),
    ],
)
def test_data(text: str, value: Any) -> None:
    assert plain(text) == ((type(value), value), None)


@pytest.mark.parametrize(
    "text",
    [
        "nULL", "tRue", "y", "n", "Y", "N", "nan", "inf", "Infinity", "NaN", "-", "+", ".", "..",
        "1.2.3", "v1.0", "0x", "0xg", "-0x1", "0o", "e3", "1e", "1e+", ".e3", "+.", "_1", "1,000",
        "2024-01-02", "2024-01-02T03:04:05Z", "2022-02-30", "0000-01-01", "12:61", "08_7", "._1",
        "0b", ".e8", "+.E0",
        "true ", " 1", "None", "\u0661", "\u0663.5", "1\n", "+.nan", "-.NaN", ".nAn",
    ],
)  # fmt: skip
def test_text(text: str) -> None:
    assert plain(text) == ((str, text), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (w, w)
            for word in ("yes", "no", "on", "off")
            for w in (word, word.title(), word.upper())
        ),
        ("012", 12),
        ("-012", -12),
        ("08", 8),
        ("-08.5", -8.5),
        ("08e2", 800.0),
        ("=", "="),
        ("<<", "<<"),
        ("-.5", -0.5),
        ("+.5e3", 500.0),
        ("1e3", 1000.0),
        ("1e+3", 1000.0),
        ("12e03", 12000.0),
        ("1e-999", 0.0),
        ("6.02E23", 6.02e23),
        ("1_0:20", "1_0:20"),
        (".1_7", ".1_7"),
        ("0b1_1", "0b1_1"),
        ("0_7", "0_7"),
        ("0o12", 10),
        ("0o8", "0o8"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1_000.5", "1_000.5"),
        ("1_", "1_"),
        ("1:30", "1:30"),
        ("12:30:45", "12:30:45"),
        ("190:20:30.15", "190:20:30.15"),
    ],
)
def test_ambiguous(text: str, value: Any) -> None:
    if text == "0o8":
        assert plain(text) == ((str, text), None)
    else:
        assert plain(text) == ((type(value), value), ProblemKind.AMBIGUOUS_SCALAR)


@pytest.mark.parametrize("text", ["yES", "oN", "Off!", "yes no"])
def test_other_spellings_are_not_ambiguous(text: str) -> None:
    assert plain(text) == ((str, text), None)


@pytest.mark.parametrize(
    "text",
    [
        ".inf", "-.inf", "+.INF", ".Inf", ".nan", ".NaN", ".NAN", "1e999", "-1e999",
        "9" * 301, "0x" + "f" * 299, "0o" + "7" * 299, "9" * 5000, "1." + "0" * 299,
        "1e" + "9" * 400,
    ],
    ids=lambda text: text[:8] + str(len(text)),
)  # fmt: skip
def test_no_json_number(text: str) -> None:
    assert plain(text) == ((str, text), ProblemKind.NOT_JSON_NUMBER)


@pytest.mark.parametrize("text", ["1" + "0" * 22, "1." + "0" * 298])
def test_a_long_number(text: str) -> None:
    assert plain(text)[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "9007199254740993",
        "-9007199254740993",
        "+12345678901234567890",
        "0x20000000000001",
        "0o400000000000000001",
        "9" * 300,
    ],
    ids=lambda text: text[:20],
)
def test_rounded(text: str) -> None:
    number = int(text, 0)
    assert plain(text) == ((int, number), ProblemKind.ROUNDED_INTEGER)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('Lantern parade"', ProblemKind.STRAY_QUOTE),
        ("Lantern parade”", ProblemKind.STRAY_QUOTE),
        ("“Lantern parade", ProblemKind.STRAY_QUOTE),
        ('3 ships"', ProblemKind.STRAY_QUOTE),
        ('"', ProblemKind.STRAY_QUOTE),
        ("“One”", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("„One“", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("”One”", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("«One»", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("‘One’", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("“It’s one”", ProblemKind.TYPOGRAPHIC_QUOTES),
        ("“”", ProblemKind.TYPOGRAPHIC_QUOTES),
        ('The "lantern parade"', None),
        ("“One” and “two”", None),
        ("‘One’ and ‘two’", None),
        ("the ships'", None),
        ("the ships’", None),
        ('a screen of 27"', None),
        ('five " six', None),
        ("“One” and more", None),
    ],
)
def test_quotation_marks(text: str, problem: ProblemKind | None) -> None:
    assert plain(text) == ((str, text), problem)


@pytest.mark.parametrize(
    ("value", "comment", "cuts"),
    [
        ("One", "#2 of all", True),
        ("One", "#news", True),
        ("3 ships", '#"best"', True),
        ("One", "# 2 of all", False),
        ("One", "#", False),
        ("One", "## two", False),
        ("One", "#\ttwo", False),
        ("One", "#seedlint: ignore[URL012]", False),
        ("10:30", "#2", False),
        (640, "#pixels", False),
        (None, "#2", False),
        (True, "#2", False),
        ("2024-05-01", "#2", False),
        ("2024-05-01T09:30:00Z", "#2", False),
    ],
)
def test_a_comment_that_cuts_a_text(value: Any, comment: str, cuts: bool) -> None:
    assert cuts_text(value, comment) is cuts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01", True),
        ("2024-05-01T09:30:00Z", True),
        ("2024-5-1 9:30:00 +02:00", True),
        ("2024-5-1", False),
        ("2024-05", False),
        ("2024-05-01T09:30Z", False),
        ("2024-05-01 on the pier", False),
    ],
)
def test_dates_of_other_readers(text: str, expected: bool) -> None:
    assert is_date(text) is expected


@pytest.mark.parametrize(
    ("tag", "text", "value", "problem"),
    [
        ("str", "12", "12", None),
        ("str", "yes", "yes", None),
        ("str", "", "", None),
        ("null", "~", None, None),
        ("null", "", None, None),
        ("null", "x", "x", ProblemKind.TAG_MISMATCH),
        ("bool", "true", True, None),
        ("bool", "abc", "abc", ProblemKind.TAG_MISMATCH),
        ("bool", "yes", "yes", ProblemKind.TAG_MISMATCH),
        ("bool", "1", "1", ProblemKind.TAG_MISMATCH),
        ("int", "12", 12, None),
        ("int", "012", 12, None),
        ("int", "1.0", "1.0", ProblemKind.TAG_MISMATCH),
        ("int", "true", "true", ProblemKind.TAG_MISMATCH),
        ("int", "abc", "abc", ProblemKind.TAG_MISMATCH),
        ("int", "9" * 301, "9" * 301, ProblemKind.NOT_JSON_NUMBER),
        ("float", "1", 1.0, None),
        ("float", "1.5", 1.5, None),
        ("float", "x", "x", ProblemKind.TAG_MISMATCH),
        ("float", ".nan", ".nan", ProblemKind.NOT_JSON_NUMBER),
        ("float", "true", "true", ProblemKind.TAG_MISMATCH),
        ("timestamp", "2024-01-02", "2024-01-02", ProblemKind.TAG),
        ("binary", "aGk=", "aGk=", ProblemKind.TAG),
        ("set", "x", "x", ProblemKind.TAG),
        ("map", "x", "x", ProblemKind.TAG),
        ("python/object/apply:os.system", "id", "id", ProblemKind.TAG),
    ],
)
def test_tagged(tag: str, text: str, value: Any, problem: ProblemKind | None) -> None:
    found, kind = resolve_tagged(TAG_PREFIX + tag, text, True, DIGITS)
    assert (type(found), found, kind) == (type(value), value, problem)


def test_the_non_specific_tag_means_text() -> None:
    assert resolve_tagged("!", "12", True, DIGITS) == ("12", None)


@pytest.mark.parametrize(("is_plain", "value"), [(True, 12), (False, "12")])
def test_a_foreign_tag_leaves_the_scalar_as_it_would_be(is_plain: bool, value: Any) -> None:
    assert resolve_tagged("!foo", "12", is_plain, DIGITS) == (value, ProblemKind.TAG)


@pytest.mark.parametrize("digits", ["1e300", "1" * 290])
def test_a_whole_number_as_a_float_is_finite(digits: str) -> None:
    assert resolve_tagged(TAG_PREFIX + "float", digits, True, DIGITS) == (float(digits), None)


@pytest.mark.parametrize("tag", ["float", "int"])
def test_no_number_of_any_length_raises(tag: str) -> None:
    for length in (300, 308, 309, 310, 400, 4000):
        value, problem = resolve_tagged(TAG_PREFIX + tag, "9" * length, True, 4000)
        assert problem in (None, ProblemKind.ROUNDED_INTEGER) or isinstance(value, str)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("a", "a"),
        ("", ""),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (1, "1"),
        (1.0, "1"),
        (-2.0, "-2"),
        (1.5, "1.5"),
        (1e300, str(int(1e300))),
        (10**40, "1" + "0" * 40),
    ],
)
def test_key_text(value: Any, key: str) -> None:
    assert key_text(value) == key
