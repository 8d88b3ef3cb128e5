"""Patterns mean what ECMA-262 says, or are refused."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from seedlint.text import patterns
from seedlint.text.patterns import PatternError, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("^a$", ["a"], ["a\n", "ba", ""]),
        ("a$", ["ba"], ["a\n"]),
        (r"^\d+$", ["019"], ["\u0661\u0662", ""]),
        (r"^\D$", ["\u0661", "a"], ["1"]),
        (r"^\w+$", ["aZ_9"], ["é", "ا"]),
        (r"^[\w-]+$", ["a-b"], ["é"]),
        (r"^\W$", ["é"], ["a"]),
        (r"é\b", ["aé x é1"], ["é"]),  # é is no word character, so a boundary follows it only in é1
        ("^.$", ["a", "é", "😀", "\x85", "\x0b"], ["\n", "\r", "\u2028", "\u2029"]),
        ("^[.]$", ["."], ["a"]),
        ("[$]", ["a$b"], ["a"]),
        (r"^\s$", [" ", "\t", "\u00a0", "\ufeff", "\u2028", "\u3000"], ["\x85", "\u200b", "a"]),
        (r"^\S$", ["\x85", "a"], [" ", "\ufeff"]),
        (r"^[\s,]+$", [" ,\u00a0"], ["a"]),
        (r"^\p{L}+$", ["éżñ", "ア", "中"], ["1", "-", "e\u0301"]),
        (r"^\p{Letter}\P{L}$", ["é1"], ["éé"]),
        (r"^[\p{Lu}_]$", ["Ż", "_"], ["ż"]),
        (r"^\p{Nd}$", ["\u0661"], ["a"]),
        (r"^[\s\S]$", ["a", "\n", " ", "\U0010ffff"], ["", "ab"]),
        (r"^[^\S]$", [" ", "\ufeff"], ["a", "\x85"]),
        (r"^[\S ]+$", ["a b"], ["a\tb"]),
        (r"^[\P{L}]$", ["1"], ["a", "é"]),
        (r"^[^\P{L}]$", ["a", "é"], ["1"]),
        (r"^[\s-]$", [" ", "-"], ["a"]),
        (r"^\p{Script=Greek}+$", ["αβγ"], ["abc", "абв"]),
        (r"^\p{sc=Grek}\P{sc=Grek}$", ["αa"], ["αα"]),
        (r"^[\p{Script_Extensions=Han}\p{scx=Hira}]+$", ["東京は。"], ["ア"]),
        (r"^\p{General_Category=Lowercase_Letter}\p{gc=Lu}$", ["aB"], ["Ab"]),
        (r"^\p{Emoji}$", ["😀", "#"], ["a"]),
        (r"^(\p{Extended_Pictographic}|\p{Emoji_Component})+$", ["👩‍💻", "🇪🇺"], ["a", ""]),
        (r"^\p{ID_Start}\p{ID_Continue}*$", ["é1_"], ["1é"]),
        (r"^\p{ASCII}\p{White_Space}\p{Any}$", ["a\x85\ud800"], ["é\x85a", "aaa"]),
        (r"^\cA$", ["\x01"], ["A"]),
        (r"^\cj$", ["\n"], ["j"]),
        (r"^\x41\u0042\u{1F600}$", ["AB😀"], ["AB"]),
        (r"^(?<year>\d{4})-\k<year>$", ["2024-2024"], ["2024-2025"]),
        (r"^(a)(?:b)\1$", ["aba"], ["abb"]),
        ("^(?=a)a(?!c)", ["ab"], ["ac"]),
        ("(?<=a)b", ["ab"], ["b"]),
        ("(?<!a)b", ["cb"], ["ab"]),
        (r"^\/\.\-\$$", ["/.-$"], ["a"]),
        (r"^\0$", ["\x00"], ["0"]),
        (r"^[a[(]$", ["a", "[", "("], ["b"]),
        (r"^[\]\\]$", ["]", "\\"], ["a"]),
        ("^[^a]$", ["b", "\n"], ["a"]),
        (r"^[\b]$", ["\b"], ["b"]),
        (r"^\t\n\v\f\r$", ["\t\n\x0b\x0c\r"], ["tnvfr"]),
        ("", ["", "a"], []),
        ("^a{2,3}?$", ["aa", "aaa"], ["a"]),
        ("^#x$", ["#x"], [""]),
        ("^a{,3}$", ["a{,3}"], ["", "aaa"]),
        ("^{{.*}}$", ["{{x}}"], ["x"]),
        ("^[(?:)]+$", ["(?:)"], ["a"]),
        ("^[a&&b||c~~d]+$", ["a&|~"], ["-"]),
        ("^[+--]$", ["+", ",", "-"], ["."]),
        ("^[--/]$", ["-", ".", "/"], ["a"]),
        ("^[^-a]$", ["b"], ["-", "a"]),
        ("^[X^-z]$", ["^", "a", "z"], ["-"]),
        ("^[a-]$", ["a", "-"], ["b"]),
        (r"^\ud83d\ude00$", ["😀"], ["\ud83d\ude00"]),
        (r"^[\ud83d\ude00-\ud83d\ude02]$", ["😁"], ["😃"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_meaning(pattern: str, matching: list[str], other: list[str]) -> None:
    compiled = compile_pattern(pattern)
    assert [text for text in matching if not compiled.search(text)] == []
    assert [text for text in other if compiled.search(text)] == []


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("[", 0),
        ("(", 0),
        ("a)", 1),
        ("*a", 0),
        ("a**", 2),
        ("a{3,2}", 1),
        ("a*+", 2),
        ("a{2}+", 4),
        (r"\s\s[", 4),  # the place in the pattern, not in its translation
        (r"^\p{L}+$)", 8),
        ("..(", 2),
        ("$a**", 3),
        (r"(a)\10", 3),
        (r"(a)\112", 3),
        (r"\01", 0),
        (r"[\1]", 1),
        ("[a--b]", 1),
        (r"[!-\p{L}]", 3),
        (r"[!-\s]", 3),
        ("[b-a]", 1),
        (r"\Z", 0),
        (r"a\Z", 1),
        (r"^\A", 1),
        (r"\z", 0),
        (r"(?P<n>a)", 0),
        (r"x(?i)a", 1),
        (r"(?#c)a", 0),
        (r"(?>a)", 0),
        ("[]", 0),
        ("a[^]", 1),
        (r"[!-\S]", 3),
        (r"[\s-a]", 3),
        (r"[\p{L}-a]", 6),
        (r"\p{Klingon}", 0),
        # What the library behind it would take, and ECMA-262 does not.
        (r"\p{Greek}", 0),
        (r"\p{letter}", 0),
        (r"\p{Script=greek}", 0),
        (r"\p{Script=Klingon}", 0),
        (r"\p{Script}", 0),
        (r"\p{Emoji=Yes}", 0),
        (r"\p{gc=Greek}", 0),
        (r"\P{Any}", 0),
        (r"ab\p{Xx}", 2),
        (r"\u{110000}", 0),
        (r"\q", 0),
        (r"\uD", 0),
        (r"\xg", 0),
        ("a\\", 1),
    ],
)
def test_refusals_name_the_place(pattern: str, offset: int) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert caught.value.offset == offset
    assert str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[a", "a `[` that is not closed"),
        ("(a", "a `(` that is not closed"),
        ("a)", "a `)` that closes nothing"),
        ("*", "nothing to repeat here"),
        ("a**", "one repeat after another"),
        ("a*+", "one repeat after another"),
        ("a{3,2}", "a repeat whose least is above its most"),
        ("[b-a]", "a range whose end comes before its beginning"),
        (r"[\w-a]", "a range whose end comes before its beginning"),
        ("a\\", "an escape without a meaning"),
        (r"\1", "a reference to a group that is not there"),
        (r"\k<n>", "a reference to a group that is not there"),
        (r"(a\1)", "a reference to a group from inside"),
        ("(?<n>a)(?<n>b)", "a name that two groups have"),
        ("(?<=a+)b", "a look-behind whose length is not fixed"),
        ("a{99999999999999999999}", "too complex"),
    ],
)
def test_refusals_are_in_our_words(pattern: str, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 3000 + ")" * 3000,
        "(?:" * 3000 + ")" * 3000,
        "(a)" * 101,
        "a{99999999999999999999}",
        "|".join("ab" for _ in range(600_000)),
        # Short, but not as it is compiled.
        r"\s" * 50_000,
    ],
    ids=["deep groups", "bare groups", "many groups", "huge count", "long", "many classes"],
)
def test_too_complex(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize("property_name", ["L", "Lu", "N", "P", "Zs", "Punctuation", "punct"])
def test_properties_do_not_leak_into_what_follows(property_name: str) -> None:
    assert compile_pattern(rf"^\p{{{property_name}}}?x$").search("x")


def test_a_property_is_looked_up_once_wherever_it_is_used() -> None:
    patterns._property_ranges.cache_clear()
    for offset in range(5):
        assert compile_pattern("x" * offset + r"\p{Ll}\p{gc=Ll}")
    assert patterns._property_ranges.cache_info().misses == 1


def test_what_properties_need_is_imported_only_for_them() -> None:
    program = (
        "import sys; from seedlint.text.patterns import compile_pattern\n"
        r"compile_pattern(r'^[\s\S]\w\d$'); assert 'regex' not in sys.modules" + "\n"
        r"compile_pattern(r'\p{L}'); assert 'regex' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_complement_of_white_space() -> None:
    both = [re.compile(f"[{each}]") for each in (patterns._WHITE_SPACE, patterns._NOT_WHITE_SPACE)]
    found = [code for code in range(0x110000) if len([p for p in both if p.match(chr(code))]) != 1]
    assert found == []
