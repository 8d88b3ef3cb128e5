"""Offsets to lines and columns."""

from __future__ import annotations

from itertools import product

import pytest

from seedlint.text.span import LineIndex, Position, Span


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\rb", ["a", "b"]),
        ("a\nb\r\nc\rd", ["a", "b", "c", "d"]),
        ("\n\n", ["", "", ""]),
        ("\r\r\n\n", ["", "", "", ""]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\x0bb\x0cc\x1cd\x1ee", ["a\x0bb\x0cc\x1cd\x1ee"]),
        ("a\x85b\u2028c\u2029d", ["a\x85b\u2028c\u2029d"]),
    ],
    ids=repr,
)
def test_lines(text: str, lines: list[str]) -> None:
    index = LineIndex(text)
    assert index.has_line(len(lines))
    assert not index.has_line(len(lines) + 1)
    assert [index.line_text(number) for number in range(1, len(lines) + 1)] == lines


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("", 9, 1, 1),
        ("ab", -3, 1, 1),
        ("ab", 2, 1, 3),
        ("ab", 99, 1, 3),
        ("ab\n", 2, 1, 3),
        ("ab\n", 3, 2, 1),
        ("ab\n", 99, 2, 1),
        ("a\r\nb", 1, 1, 2),
        ("a\r\nb", 2, 1, 3),  # between CR and LF: still line 1
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("é😀中b", 3, 1, 4),
        ("e\u0301x", 2, 1, 3),
        ("\tx", 1, 1, 2),
        ("a\x85b\nc", 4, 2, 1),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    assert LineIndex(text).position(offset) == Position(line, column)


@pytest.mark.parametrize("text", ["", "ab", "ab\ncd\n", "a\r\nb\rc\n\rd", "é\n\n😀x\r"], ids=repr)
def test_positions(text: str) -> None:
    offsets = range(-2, len(text) + 3)
    for start, end in product(offsets, offsets):
        position = LineIndex(text).position
        assert LineIndex(text).positions(start, end) == (position(start), position(end))


@pytest.mark.parametrize(
    ("text", "line", "span"),
    [
        ("ab\r\ncd", 1, Span(0, 2)),
        ("ab\r\ncd", 2, Span(4, 6)),
        ("ab\n", 2, Span(3, 3)),
        ("\n\n", 2, Span(1, 1)),
        ("a\r\rb", 2, Span(2, 2)),
        ("", 1, Span(0, 0)),
    ],
)
def test_line_span_leaves_the_break_out(text: str, line: int, span: Span) -> None:
    assert LineIndex(text).line_span(line) == span


def test_spans_and_positions_are_ordered() -> None:
    assert Span(1, 2) < Span(1, 3) < Span(2, 2)
    assert Position(1, 9) < Position(2, 1)


@pytest.mark.parametrize(
    "text", ["a\nbc\n\n\nd", "a\r\nbc\r\n\r\nd\r\n", "a\r\nbc\r\n\nd\re\n", "\n" * 90 + "é\n中", ""]
)
def test_the_first_positions_are_those_of_any_later_one(text: str) -> None:
    index, offsets = LineIndex(text), range(-1, len(text) + 2)
    later = [index.position(offset) for _ in range(9) for offset in offsets][-len(offsets) :]
    assert [LineIndex(text).position(offset) for offset in offsets] == later
    assert later == sorted(later)
