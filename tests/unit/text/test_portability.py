"""Patterns that other engines read differently, with JavaScript itself as the oracle."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from seedlint.text.formats import FORMATS
from seedlint.text.patterns import PatternError, compile_pattern
from seedlint.text.portability import (
    CONSTRUCTS,
    REFUSED,
    UNPORTABLE_FORMATS,
    advise_refused,
    find_unportable,
)

# What Ajv refuses, as JavaScript does with the flag `u`.
REFUSED_BY_AJV = {"escape", "bracket"}

PATTERNS = [
    (r"\-", ["escape"]), (r"[\-]", []), (r"\_", ["escape"]), (r"\@", ["escape"]), (r"\/", []),
    (r"\.", []), ("a{", ["bracket"]), ("a}", ["bracket"]), ("a]", ["bracket"]), ("a{2}", []),
    ("a{2,}", []), ("a{,3}", ["bracket", "bracket"]), (r"\d", ["digit"]), (r"\D", ["no-digit"]),
    (r"[\w.-]", ["word"]), (r"\W", ["no-word"]), (r"\p{Lu}", []), (r"\P{L}", []),
    (r"\p{Script=Greek}", ["property"]), (r"\p{Letter}", ["property"]),
    (r"\u{1F600}", ["code-point"]), (r"\ud83d\ude00", []), (r"[\ud83d\ude00]", ["pair"]),
    ("😀", []), ("[😀]", ["pair"]), ("😀*", ["pair"]), ("(?:😀|😎)", []),
    ("(?<=a)b", ["look-behind"]), ("(?<!a)b", ["look-behind"]), ("(?=a)b", []),
    (r"(?<n>a)\1", ["number"]), (r"(?<n>a)\k<n>", []), (r"(a)\1", []),
    ("[a-z-[b]]", ["subtraction", "bracket"]), (r"[a\-\[b]", []), ("[^{}]", []), ("[}]", []),
    (r"\ ", ["escape"]), (r"\"", ["escape"]), (r"[\_]", ["escape"]), (r"\cA", []), (r"\x41", []),
    (r"[\b]", []), (r"\0", []), ("\\é", ["escape"]), (r"[\:]", ["escape"]), (r"\s", []),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "kinds"), PATTERNS)
def test_kinds(pattern: str, kinds: list[str]) -> None:
    compile_pattern(pattern)
    assert [each.kind for each in find_unportable(pattern)] == kinds


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"^a\-\d$", [r"\-", r"\d"]),
        (r"x{", ["{"]),
        (r"\p{Script=Greek}", [r"\p{Script=Greek}"]),
        ("(?<=a)b", ["(?<="]),
    ],
)
def test_places(pattern: str, parts: list[str]) -> None:
    assert [pattern[each.start : each.end] for each in find_unportable(pattern)] == parts


def test_formats_that_are_not_portable_are_checked_here() -> None:
    assert FORMATS.keys() > UNPORTABLE_FORMATS


def test_every_construct_has_a_source_and_an_example() -> None:
    assert {kind for _, kinds in PATTERNS for kind in kinds} == CONSTRUCTS.keys()
    assert all(each.source.startswith("https://") for each in CONSTRUCTS.values())


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [(r"a\Z", 1), (r"\Aa", 0), (r"a\z", 1), (r"\h", 0), ("(?P<n>a)", 0), ("(?i)a", 0),
     ("(?#a)", 0), ("(?>a)", 0), ("a++", 2), ("(?P=n)", 0)],
)  # fmt: skip
def test_what_is_refused_has_advice(pattern: str, offset: int) -> None:
    with pytest.raises(PatternError) as raised:
        compile_pattern(pattern)
    assert raised.value.offset == offset
    assert advise_refused(pattern, offset)


def test_all_that_has_advice_is_refused() -> None:
    for start in REFUSED:
        with pytest.raises(PatternError):
            compile_pattern(f"a+{start}" if start == "+" else f"{start}a)")


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here: nothing to compare with")
def test_javascript_refuses_the_same() -> None:
    program = (
        "const found = JSON.parse(process.argv[1]).map(pattern => {"
        " try { new RegExp(pattern, 'u'); return false } catch { return true } });"
        "console.log(JSON.stringify(found))"
    )
    patterns = [pattern for pattern, _ in PATTERNS]
    done = subprocess.run(
        ["node", "-e", program, json.dumps(patterns)], capture_output=True, text=True, check=True
    )
    refused = dict(zip(patterns, json.loads(done.stdout), strict=True))
    assert refused == {
        pattern: bool(REFUSED_BY_AJV.intersection(kinds)) for pattern, kinds in PATTERNS
    }
