"""A syntax error points at the character a person would change."""

from __future__ import annotations

import pytest

from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.problem import ProblemKind
from seedlint.text.source import SourceFile

COLON = ProblemKind.UNQUOTED_COLON
QUOTE = ProblemKind.UNCLOSED_QUOTE
TAB = ProblemKind.TAB_INDENTATION
CONFLICT = ProblemKind.MERGE_CONFLICT
DIRECTIVE = ProblemKind.DIRECTIVE
SEVERAL = ProblemKind.MULTIPLE_DOCUMENTS
SYNTAX = ProblemKind.SYNTAX

# The YAML, the kind, and the place in the file: the YAML begins on line 2.
TABLE = [
    # an unquoted value with a colon
    ("name: DM: Diablo", COLON, 2, 9),
    ("a: 1\nb: x: y", COLON, 3, 5),
    ("a: b: c: d", COLON, 2, 5),
    ("a: b:", COLON, 2, 5),
    ("- a: b: c", COLON, 2, 7),
    ("x:\n  - a: b: c", COLON, 3, 9),
    ("x:\n  y: b: c", COLON, 3, 7),
    ("é: ü中😀: c", COLON, 2, 7),
    ('a: "b": c', SYNTAX, 2, 7),
    ("a: 'b': c", SYNTAX, 2, 7),
    ("a b: c: d", COLON, 2, 7),
    ('"a": b: c', COLON, 2, 7),
    ('a: "two\n  lines"\nb: c: d', COLON, 4, 5),
    ('a: "x\n  y: z"\nb: c: d', COLON, 4, 5),
    ("a: 'it''s: here'\nb: x: y", COLON, 3, 5),
    ('a: "he said: \\"x: y\\""\nb: x: y', COLON, 3, 5),
    ('d: |\n  he: "x\nb: c: d', COLON, 4, 5),
    ("d: >\n  it's: 'x\nb: c: d", COLON, 4, 5),
    ('a: 1\n# "x\nb: c: d', COLON, 4, 5),
    # a quote that is not closed
    ('a: "x', QUOTE, 2, 4),
    ("a: 'x", QUOTE, 2, 4),
    ('a: "x\\', QUOTE, 2, 4),
    ('b: 1\na: "x', QUOTE, 3, 4),
    ('a: "x\nb: 1\nc: 2', QUOTE, 2, 4),
    ('a: "x\nb: "y"', QUOTE, 2, 4),
    ('a: "x\nb: "y"\nc: "z"', QUOTE, 2, 4),
    ("a: 'x\nb: 'y'\nc: 'z'", QUOTE, 2, 4),
    ("a: it's 'x\nb: 'y", QUOTE, 3, 4),
    ('a: "two\n  lines"\nb: "x\nc: 1', QUOTE, 4, 4),
    ('- "x\n- y', QUOTE, 2, 3),
    ('l:\n  - "x\n  - y', QUOTE, 3, 5),
    ("l:\n  - 'x\n  - y\nb: 1", QUOTE, 3, 5),
    ('- a: "x\n  b: y', QUOTE, 2, 6),
    ("l:\n  - a: 'x\n    b: 'y'", QUOTE, 3, 8),
    ('m:\n  a: "x\n  b: y\nc: "z"', QUOTE, 3, 6),
    ("m:\n  a: 'x\n  b: 'y'\nc: 'z'", QUOTE, 3, 6),
    ('a: {b: "x\nc: 1', QUOTE, 2, 8),
    ('"a: 1\nb: 2', QUOTE, 2, 1),
    ("'a: 1\nb: 2", QUOTE, 2, 1),
    ('a : "x\nb: 1', QUOTE, 2, 5),
    ('"k": "x\nb: 1', QUOTE, 2, 6),
    ('é: "x\nb: 1', QUOTE, 2, 4),
    ('a: !!str "x\nb: 1', QUOTE, 2, 10),
    ('a: &q "x\nb: 1', QUOTE, 2, 7),
    # indentation
    ("\ta: 1", TAB, 2, 1),
    ("a:\n\tb: 1", TAB, 3, 1),
    ("a:\n  \tb: 1", TAB, 3, 3),
    ("a:\n  b: 1\n\tc: 2", TAB, 4, 1),
    ("a: |\n\tx", TAB, 3, 1),
    ("a:\n  - b\n\t- c", TAB, 4, 1),
    ("a: 1\n  b: 2", SYNTAX, 3, 1),
    ("a: 1\n b: 2\nc: 3", SYNTAX, 3, 1),
    ("a:\n  b: 1\n   c: 2", SYNTAX, 4, 1),
    ("a:\n  b\n  c: d", SYNTAX, 3, 3),
    ("a: 'x'\n  b: 2", SYNTAX, 3, 1),
    ("a:\n  b: 1\n c: 2", SYNTAX, 4, 1),
    ("a:\n  - b\n - c", SYNTAX, 4, 1),
    ("  a: 1\nb: 2", SYNTAX, 2, 1),
    ("- a\nb: 1", SYNTAX, 3, 1),
    ("a: 1\n- b", SYNTAX, 2, 4),
    # the same mistake in many lines, and another one between them
    ("a:1\nb:2\nc: 1\nd: e: f\ng:3", SYNTAX, 2, 2),
    # a quote before a key, and the next one far below
    ('a: 1\n"b: 2\nc: 3\nd: 4\ne: "f"\ng: 5', QUOTE, 3, 1),
    # other things people leave behind
    ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b", CONFLICT, 2, 1),
    ("a: |\n  x\n<<<<<<< HEAD\nb: 1", CONFLICT, 4, 1),
    ("a: 1\n>>>>>>> x", CONFLICT, 3, 1),
    ("a: 1\n=======\nb: 2", CONFLICT, 3, 1),
    ("%YAML 1.1\na: 1", DIRECTIVE, 2, 1),
    ("# c\n%FOO x", DIRECTIVE, 3, 1),
    ("a: 1\n--- x\nb: 1", SEVERAL, 3, 1),
    ("a: 1\n...\nb: 2", SEVERAL, 3, 1),
    # characters that begin nothing
    ("a: @x", SYNTAX, 2, 4),
    ("a: `x`", SYNTAX, 2, 4),
    ("@a: 1", SYNTAX, 2, 1),
    ("a: %x", SYNTAX, 2, 4),
    ("l:\n  - @x", SYNTAX, 3, 5),
    ("a: ,b", SYNTAX, 2, 4),
    ("a: ]", SYNTAX, 2, 4),
    ("a: - b", SYNTAX, 2, 4),
    ("a: *", SYNTAX, 2, 4),
    # collections in brackets
    ("a: [b, c", SYNTAX, 2, 4),
    ("a: [b, c\nd: 1", SYNTAX, 2, 4),
    ("a: {b: 1\nc: 2", SYNTAX, 2, 4),
    ("a: {b]", SYNTAX, 2, 6),
    ("a: [b, c]]", SYNTAX, 2, 10),
    ("a: {b: c: d}", COLON, 2, 9),
    ("a: {b: http://x.y/: z}", COLON, 2, 19),
    # keys
    ("a: 1\nb", SYNTAX, 3, 1),
    ("a: 1\nb\n# c\n\nd: 2", SYNTAX, 3, 1),
    (": v", SYNTAX, 2, 1),
    ("x" * 1025 + ": 1", SYNTAX, 2, 1),
    ("a: 1\n" + "x" * 1025 + ": 1", SYNTAX, 3, 1),
    # escapes
    ('a: "\\q"', SYNTAX, 2, 5),
    ('a: "\\ud800"', SYNTAX, 2, 5),
    ('a: "é😀\\U00110000"', SYNTAX, 2, 7),
    ('a: "\\xzz"', SYNTAX, 2, 5),
    ('a: "b\n  \\u12"\nc: 1', SYNTAX, 3, 3),
]


@pytest.mark.parametrize(("yaml", "kind", "line", "column"), TABLE, ids=lambda v: repr(v)[:40])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_place(yaml: str, kind: ProblemKind, line: int, column: int, line_break: str) -> None:
    text = f"---\n{yaml}\n---\n".replace("\n", line_break)
    document = read_document(SourceFile("s.md", text), Limits())
    (problem,) = document.problems
    position = document.source.lines.position(problem.span.start)
    assert (problem.kind, position.line, position.column) == (kind, line, column)
    assert not document.is_checkable


@pytest.mark.parametrize(
    "yaml",
    [
        "a: 'it''s fine: really'",
        'a: "x: y"',
        'a: "say \\"x: y\\""',
        "a: it's fine",
        'a: 5" wide',
        'a: x 1"\nb: "y"',
        'a: "two\n  lines"',
        "a: 'two\n\n  b: lines'",
        "a: http://example.org/x:y",
        "a:b: c",
        "a: |\n  b: c: d\n  'x\n  \"y",
        "a: >\n  - x: y: z",
        "a: - # c"[:3],
        "a:\n- b\n- c",
        "a: b # c: d",
        "? a\n: b",
        "{a, b}",
        "a: [b: c]",
        "a: !",
    ],
)
def test_nothing_wrong(yaml: str) -> None:
    document = read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), Limits())
    assert document.problems == []
    assert document.is_checkable


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("x" * 1025 + ": 1", "at most 1024"),
        ("a: 1\nb", "a colon is missing"),
        ("a: *", "refers to another value"),
        ("a: @x", "`@` cannot begin"),
        ("a: ,b", "`,` cannot begin"),
        ("a: ? b", "begins a key"),
        ("a: |x\n  y", "line break"),
        ("  a: 1\nb: 2", "begins at column 3"),
        ("a: 1\n  b: 2", "begins at column 3"),
        ("a: [b", "`[` is not closed"),
        ("a: {b", "`{` is not closed"),
        ('a: "\\q"', "means nothing in double quotes"),
        # Of a line that is a key nobody says that its colon is missing, or that it is indented.
        ("a: 1\n{b: 52\nc: true\n\nd:\n  e: f\ng: 3", "something above it is not finished"),
        ("a\nb:2\n    c:3\nd:4\n\ne:\n  f:5", "neither `key: value` nor"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_words(yaml: str, words: str) -> None:
    (problem,) = read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), Limits()).problems
    assert words in problem.detail


@pytest.mark.parametrize(("key", "name"), [("name", "`name`"), ('"a`b"', "``a`b``")])
def test_the_key_of_an_unquoted_colon_is_named(key: str, name: str) -> None:
    (problem,) = read_document(SourceFile("s.md", f"---\n{key}: a: b\n---\n"), Limits()).problems
    assert name in problem.detail


def test_a_key_with_a_backtick_is_written_as_it_is() -> None:
    yaml = 'x:\n  - "a`b": 1\n    c: 2\n  - text\n    c: 3\n'
    (problem,) = read_document(SourceFile("s.md", f"---\n{yaml}---\n"), Limits()).problems
    assert problem.advice == "write ``a`b: `` before it"
