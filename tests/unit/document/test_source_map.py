"""From pointers back to characters."""

from __future__ import annotations

import pytest

from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Part, Pointer, format_pointer
from seedlint.document.source_map import SourceMap
from seedlint.text.source import SourceFile
from seedlint.text.span import Span


def marked(yaml: str, pointer: Pointer, part: Part = "value") -> str:
    """The characters, with the 1-based place in the file before them."""
    document = read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), Limits())
    span = document.source_map.span(pointer, part)
    position = document.source.lines.position(span.start)
    text = document.source.text[span.start : span.end]
    return f"{position.line}:{position.column} {text}"


@pytest.mark.parametrize(
    ("yaml", "pointer", "key", "value"),
    [
        ("a: b", ("a",), "2:1 a", "2:4 b"),
        ("a:   b c  # d", ("a",), "2:1 a", "2:6 b c"),
        ("a: 'b'", ("a",), "2:1 a", "2:4 'b'"),
        ('a: "b\\"c"', ("a",), "2:1 a", '2:4 "b\\"c"'),
        ('"a b": c', ("a b",), '2:1 "a b"', "2:8 c"),
        ('"\\x61\\t": c', ("a\t",), '2:1 "\\x61\\t"', "2:11 c"),
        ("'a''b': c", ("a'b",), "2:1 'a''b'", "2:9 c"),
        ("a/b~c: d", ("a/b~c",), "2:1 a/b~c", "2:8 d"),
        ("a:\n  b: c", ("a", "b"), "3:3 b", "3:6 c"),
        ("a:\n  b: c\n  d: e\n\nf: g", ("a",), "2:1 a", "3:3 b: c\n  d: e"),
        # scalars of several lines
        ("a: |\n  b\n  c\nd: e", ("a",), "2:1 a", "2:4 |\n  b\n  c"),
        ("a: >-\n  b\n\n\nd: e", ("a",), "2:1 a", "2:4 >-\n  b"),
        ("a: b\n  c\nd: e", ("a",), "2:1 a", "2:4 b\n  c"),
        ('a: "b\n  c"\nd: e', ("a",), "2:1 a", '2:4 "b\n  c"'),
        # collections in brackets
        ("a: [b, c]", ("a",), "2:1 a", "2:4 [b, c]"),
        ("a: [b, c]", ("a", 1), "2:8 c", "2:8 c"),
        ("a: {b: c, 'd': [e]}", ("a", "d"), "2:11 'd'", "2:16 [e]"),
        ("a: {b: c,\n  d: e}\nf: g", ("a",), "2:1 a", "2:4 {b: c,\n  d: e}"),
        ("a: []", ("a",), "2:1 a", "2:4 []"),
        ("a: {}", ("a",), "2:1 a", "2:4 {}"),
        ("{a: b}", ("a",), "2:2 a", "2:5 b"),
        ("a: [{b: c}, {b: d}]", ("a", 1, "b"), "2:14 b", "2:17 d"),
        ("a: [b: c]", ("a", 0, "b"), "2:5 b", "2:8 c"),
        # lists
        ("a:\n- b\n- c", ("a", 1), "4:3 c", "4:3 c"),
        ("a:\n  - b: c\n    d: e", ("a", 0), "3:5 b: c\n    d: e", "3:5 b: c\n    d: e"),
        ("a:\n  - b: c\n    d: e", ("a", 0, "d"), "4:5 d", "4:8 e"),
        ("a:\n- - b\n  - c", ("a", 0, 1), "4:5 c", "4:5 c"),
        # no value: the key, or the dash
        ("a:\nb: c", ("a",), "2:1 a", "2:1 a"),
        ("a: # c", ("a",), "2:1 a", "2:1 a"),
        ("a: ~", ("a",), "2:1 a", "2:1 a"),
        ("a: null", ("a",), "2:1 a", "2:1 a"),
        ("a: ''", ("a",), "2:1 a", "2:4 ''"),
        ("a: &x\nb: c", ("a",), "2:1 a", "2:1 a"),
        ("a:\n- b\n-\n- c", ("a", 1), "4:1 -", "4:1 -"),
        ("a:\n  -\n  - c", ("a", 0), "3:3 -", "3:3 -"),
        ("a:\n- ~", ("a", 0), "3:3 ~", "3:3 ~"),
        ("{a, b: c}", ("a",), "2:2 a", "2:2 a"),
        ("? a\n? b", ("b",), "3:3 b", "3:3 b"),
        # keys that are no strings
        ("1: b", ("1",), "2:1 1", "2:4 b"),
        ("True: b", ("true",), "2:1 True", "2:7 b"),
        ("0x10: b", ("16",), "2:1 0x10", "2:7 b"),
        # properties of nodes
        ("a: &x b", ("a",), "2:1 a", "2:4 &x b"),
        ("a: !!str 12", ("a",), "2:1 a", "2:4 !!str 12"),
        # columns are code points
        ("é中😀: e\u0301x", ("é中😀",), "2:1 é中😀", "2:6 e\u0301x"),
        ("{é😀: 1, b: 2}", ("b",), "2:9 b", "2:12 2"),
        ("a:\tb", ("a",), "2:1 a", "2:4 b"),
        # a place that the text does not have: the nearest ancestor
        ("a: b", ("a", "x"), "2:4 b", "2:4 b"),
        ("a:\n  b: c", ("a", "x", 3), "3:3 b: c", "3:3 b: c"),
        ("a: [b]", ("a", 7), "2:4 [b]", "2:4 [b]"),
    ],
)  # fmt: skip
def test_spans(yaml: str, pointer: Pointer, key: str, value: str) -> None:
    assert marked(yaml, pointer, "key") == key
    assert marked(yaml, pointer) == value


@pytest.mark.parametrize(
    ("yaml", "pointer", "place"),
    [
        ("a: b", (), "1:1 ---"),
        ("a:\n  b: c", ("a",), "2:1 a"),
        ("a: {b: c}", ("a",), "2:1 a"),
        ("a: {}", ("a",), "2:1 a"),
        ("l:\n  - b: c\n    d: e", ("l", 0), "3:5 b"),
        ("l:\n  - 'b': c", ("l", 0), "3:5 'b'"),
        ("l: [{b: c}]", ("l", 0), "2:6 b"),
        ("l: [{}]", ("l", 0), "2:5 {}"),
        ("l:\n- {}", ("l", 0), "3:3 {}"),
        ("l:\n- a: {b: c}", ("l", 0, "a"), "3:3 a"),
        ("m: &x {b: c}\nn: *x", ("n",), "3:1 n"),
        ("m: &x {b: c}\nl: [*x]", ("l", 0), "3:5 *x"),
    ],
)
def test_what_a_mapping_lacks_is_told_at(yaml: str, pointer: Pointer, place: str) -> None:
    assert marked(yaml, pointer, "mapping") == place


@pytest.mark.parametrize(
    ("yaml", "pointer", "value", "anchor"),
    [
        ("a: &x [b]\nc: *x", ("c",), "3:4 *x", "&x"),
        ("a: &x [b]\nc: *x", ("c", 0), "3:4 *x", "&x"),
        ("a: &x [b]\nc: *x", ("a", 0), "2:8 b", None),
        ("a: &x {b: c}\nd: [1, *x]", ("d", 1, "b"), "3:8 *x", "&x"),
        ("m: &x {p: 1}\nn:\n  <<: *x\n  q: 2", ("n", "p"), "4:7 *x", "&x"),
        ("m: &x {p: 1}\n<<: *x", ("p",), "3:5 *x", "&x"),
        ("m: &x {p: [1]}\nn: {<<: [*x, {r: 1}]}", ("n", "p", 0), "3:9 [*x, {r: 1}]", None),
        ("<<: {p: 1}\na: b", ("p",), "2:5 {p: 1}", None),
        ("m: &x {p: 1}\nn:\n  <<: *x\n  q: 2", ("n", "q"), "5:6 2", None),
        ("&x a: b\nc: *x", ("c",), "3:4 *x", "&x a"),
        ("&x a: b\n? *x\n: c", ("a",), "4:3 c", None),
        ("a: &x 'b: c'\n? *x\n: d", ("b: c",), "4:3 d", None),
    ],
)
def test_aliases(yaml: str, pointer: Pointer, value: str, anchor: str | None) -> None:
    assert marked(yaml, pointer) == value
    document = read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), Limits())
    span = document.source_map.anchor(pointer)
    assert (span and document.source.text[span.start : span.end]) == anchor


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"---\r\na: 1\r\nb: x\r\n---\r\n", 3, 4),
        (b"\xef\xbb\xbf---\na: 1\nb: x\n---\n", 3, 4),
        (b"---\na: 1\r\nb: x\n---\n", 3, 4),
        (b"--- \t\n\n# c\nb: x\n---\n", 4, 4),
        ("---\na: é😀\n中: 1\nb: x # e\u0301\n---\n".encode(), 4, 4),
    ],
    ids=["CRLF", "BOM", "mixed", "comments", "wide"],
)
def test_file_coordinates(data: bytes, line: int, column: int) -> None:
    document = read_document(SourceFile.from_bytes("s.md", data), Limits())
    span = document.source_map.span(("b",), "value")
    position = document.source.lines.position(span.start)
    assert document.source.text[span.start : span.end] == "x"
    assert (position.line, position.column) == (line, column)


def test_of_equal_keys_the_last_one_counts_as_in_the_data() -> None:
    assert marked("a: 1\na: 2", ("a",)) == "3:4 2"


def test_a_collection_as_a_key_does_not_shift_what_follows() -> None:
    assert marked("? [x, {y: z}]\n: [1, 2]\na: b", ("a",)) == "4:4 b"
    assert marked("? {a: 1}\n: c\na: b", ("a",)) == "4:4 b"


def test_no_document_at_all() -> None:
    source_map = SourceMap("", [], Span(0, 3))
    for part in ("key", "value", "mapping"):
        assert source_map.span(("a", 0), part) == Span(0, 3)
    assert source_map.anchor(("a",)) is None


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ((), ""),
        (("a", 0, "b"), "/a/0/b"),
        (("a/b", "m~n"), "/a~1b/m~0n"),
        (("~1",), "/~01"),
        (("",), "/"),
        (("é\n",), "/é\n"),
    ],
)
def test_format_pointer(pointer: Pointer, text: str) -> None:
    assert format_pointer(pointer) == text
