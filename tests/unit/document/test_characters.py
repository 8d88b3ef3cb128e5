"""Characters that must not stand in front matter."""

from __future__ import annotations

import re

import pytest

from seedlint.document.characters import _SUSPECT, find_character_problems
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.problem import ProblemKind
from seedlint.text.source import SourceFile
from seedlint.text.span import Span

CONTROL = ProblemKind.CONTROL_CHARACTER
BREAK = ProblemKind.NONSTANDARD_LINE_BREAK
INVISIBLE = ProblemKind.INVISIBLE_CHARACTER
NOT_UTF8 = ProblemKind.NOT_UTF8

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def find(text: str) -> list[tuple[ProblemKind, int]]:
    return [
        (problem.kind, problem.span.start)
        for problem in find_character_problems(text, Span(0, len(text))).problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain\ttext\nand\r\nlines",
        "é e\u0301 中 😀 \u00a0 \u3000",
        "👨\u200d👩\u200d👧",  # joined emoji
        "❤\ufe0f",  # a variation selector
        ENGLAND,
        "می\u200cخواهم",  # Persian needs the non-joiner
        "क्\u200dष",
        "عربي\u200f!",
        "שלום\u200e (x)",
        "\ue000",  # private use is visible
        "\u2060"[:0],
    ],
    ids=ascii,
)
def test_nothing_to_say(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        *((chr(code), CONTROL) for code in (0, 1, 8, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80)),
        *((chr(code), CONTROL) for code in (0x84, 0x86, 0x9B, 0x9F, 0xFEFF, 0xFFFE, 0xFFFF)),
        *((character, BREAK) for character in "\r\x85\u2028\u2029"),
        *((character, INVISIBLE) for character in "\u00ad\u200b\u2060\u2063\u206f"),
        *((character, INVISIBLE) for character in "\u202a\u202b\u202c\u202d\u202e"),
        *((character, INVISIBLE) for character in "\u2066\u2067\u2068\u2069\U000e0041\U000e007f"),
        *((character, INVISIBLE) for character in "\u200c\u200d\u200e\u200f\u061c"),
        *((character, CONTROL) for character in "\ud800\udbff\udfff"),
        *((character, NOT_UTF8) for character in "\udc80\udcff"),
    ],
    ids=lambda value: f"{ord(value):x}" if isinstance(value, str) else "",
)
@pytest.mark.parametrize("before", ["ab: c", "é😀e\u0301 b"], ids=["ascii", "wide"])
def test_each_at_its_place(character: str, kind: ProblemKind, before: str) -> None:
    assert find(f"{before}{character}d") == [(kind, len(before))]


@pytest.mark.parametrize("character", "\u200c\u200d\u200e\u200f\u061c")
@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("", "b"), ("a", ""), (" ", " ")])
def test_joiners_and_marks_have_no_business_in_ascii(
    character: str, before: str, after: str
) -> None:
    assert find(before + character + after) == [(INVISIBLE, len(before))]


def test_tags_without_a_flag_hide_text() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "hi")
    assert find("a" + hidden) == [(INVISIBLE, 1)]


def test_the_first_lone_carriage_return_stands_for_all() -> None:
    assert find("a\rb\rc\r\nd\r") == [(BREAK, 1)]
    assert find("a\u2028b\u2028\rc\r") == [(BREAK, 1), (BREAK, 3), (BREAK, 4)]


def test_a_character_is_looked_for_between_the_fences_only() -> None:
    problems = find_character_problems("\x00a\x01b\x00", Span(1, 4)).problems
    assert [problem.span for problem in problems] == [Span(2, 3)]


def test_nothing_printable_is_looked_for() -> None:
    """That a text can be printed settles the matter."""
    everything = "".join(map(chr, range(0x110000)))
    found = "".join(match[0] for match in re.finditer(_SUSPECT, everything))
    assert len(found) > 2000
    assert not any(map(str.isprintable, found))


def test_bytes_that_others_part_are_not_a_letter() -> None:
    """C3 and A9 are, side by side."""
    problems = find_character_problems("a\udcc3b\udca9\n", Span(0, 5)).problems
    assert [problem.kind for problem in problems] == [ProblemKind.NOT_UTF8]


def test_a_byte_is_named() -> None:
    (problem,) = find_character_problems("a\udcff", Span(0, 2)).problems
    assert problem.detail.startswith("byte 0xff is not UTF-8")


@pytest.mark.parametrize(
    ("text", "words", "advice"),
    [
        ("It\udc92s Caf\udce9", "nor is 1 more; in Windows-1252 it is `’`", "save it as UTF-8"),
        ("Café, it\udc92s", "in Windows-1252 it is `’`", "write `’` again"),
        ("Caf\udcc3", "byte 0xc3 is not UTF-8", "write the character again"),
        ("a\udc81b", "byte 0x81 is not UTF-8", "write the character again"),
    ],
)
def test_the_encoding_is_guessed(text: str, words: str, advice: str) -> None:
    (problem,) = find_character_problems(text, Span(0, len(text))).problems
    assert problem.detail.endswith(words)
    assert advice in problem.advice


@pytest.mark.parametrize(
    ("data", "kind", "line", "column"),
    [
        (b"---\na: 1\nb: \xff\n---\n", NOT_UTF8, 3, 4),
        (b"---\na: \x00\n---\n", CONTROL, 2, 4),
        ("---\nb: é😀\x1b\n---\n".encode(), CONTROL, 2, 6),
        ("---\na: 1\n\ufeffb: 2\n---\n".encode(), CONTROL, 3, 1),
        ("---\ntitle: a\u2028draft: true\n---\n".encode(), BREAK, 2, 9),
        ("---\na: 1 # c\x85draft: true\n---\n".encode(), BREAK, 2, 9),
        (b"\xef\xbb\xbf---\na: \x07\n---\n", CONTROL, 2, 4),
        (b"---\r\na: 1\r\nb: \x0c\r\n---\r\n", CONTROL, 3, 4),
    ],
)
def test_unreadable_text_is_not_parsed(
    data: bytes, kind: ProblemKind, line: int, column: int
) -> None:
    document = read_document(SourceFile.from_bytes("s.md", data), Limits())
    (problem,) = document.problems
    position = document.source.lines.position(problem.span.start)
    assert (problem.kind, position.line, position.column) == (kind, line, column)
    assert not document.is_checkable


def test_an_invisible_character_makes_another_key() -> None:
    document = read_document(SourceFile("s.md", "---\na\u200b: 1\na: 2\n---\n"), Limits())
    assert document.data == {"a\u200b": 1, "a": 2}
    assert [problem.kind for problem in document.problems] == [INVISIBLE]


@pytest.mark.parametrize("body", [b"\xff\x00\x1b", "\u2028\u202e\ufeff".encode()])
def test_the_body_may_hold_anything(body: bytes) -> None:
    source = SourceFile.from_bytes("s.md", b"---\na: 1\n---\n" + body)
    assert read_document(source, Limits()).problems == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16(encoding: str) -> None:
    source = SourceFile.from_bytes("s.md", "\ufeff---\na: 1\n---\n".encode(encoding))
    (problem,) = read_document(source, Limits()).problems
    assert (problem.kind, problem.span) == (ProblemKind.UTF16, Span(0, 0))


def test_of_each_kind_the_first_are_listed_and_the_others_counted() -> None:
    text = "\x01" * 10_005 + "a\u2028"
    problems, more = find_character_problems(text, Span(0, len(text)))
    assert len(problems) == 10_001
    assert problems[-1].kind is ProblemKind.NONSTANDARD_LINE_BREAK
    assert more == {ProblemKind.CONTROL_CHARACTER: 5}
