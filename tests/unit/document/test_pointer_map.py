"""From places to pointers: the way back of a source map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from seedlint.document.document import Document, document_of_lines, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import open_line_reader
from seedlint.document.pointer import Pointer, format_pointer
from seedlint.document.problem import ABOUT_VALUES, ProblemKind
from seedlint.rules import all_rules, rules_by_problem
from seedlint.text.source import SourceFile

# Where the problem of each rule's own example is.
EXAMPLES = {
    ProblemKind.DUPLICATE_KEY: "/title",
    ProblemKind.NON_STRING_KEY: "/2024",
    ProblemKind.TAG: "/title",
    ProblemKind.TAG_MISMATCH: "/heat",
    ProblemKind.REDEFINED_ANCHOR: "/b",
    # A merge key has no place of its own.
    ProblemKind.INVALID_MERGE: "",
    ProblemKind.NOT_JSON_NUMBER: "/heat",
    ProblemKind.AMBIGUOUS_SCALAR: "/answer",
    ProblemKind.TEXT_CUT_BY_COMMENT: "/title",
    ProblemKind.UNUSED_ANCHOR: "/title",
    ProblemKind.STRAY_QUOTE: "/title",
    ProblemKind.TYPOGRAPHIC_QUOTES: "/title",
    ProblemKind.SWALLOWED_ITEM: "/topics/0",
    ProblemKind.ESCAPED_CONTROL_CHARACTER: "/title",
    ProblemKind.ROUNDED_INTEGER: "/id",
    ProblemKind.UNPORTABLE_SYNTAX: "/topics/0",
}


def read(text: str) -> Document:
    return read_document(SourceFile("a.md", text), Limits())


def places(document: Document) -> list[tuple[ProblemKind, str]]:
    lines = document.source.lines
    return [
        (
            each.kind,
            format_pointer(document.pointer_map.pointer_at(lines.position(each.span.start))),
        )
        for each in document.problems
        if each.kind in ABOUT_VALUES
    ]


@pytest.mark.parametrize("kind", sorted(ABOUT_VALUES, key=lambda kind: kind.name))
def test_the_examples_of_the_rules(kind: ProblemKind) -> None:
    doc = rules_by_problem()[kind].doc
    found = [
        place
        for text in re.findall(r"```(?:markdown|json) fail[^\n]*\n(.*?)```", doc, re.DOTALL)
        for place in places(read(text))
    ]
    assert (kind, EXAMPLES[kind]) in found


def test_every_kind_of_problem_is_about_a_value_or_not() -> None:
    """A new rule on problems has to say which."""
    about = {
        rule.code
        for rule in all_rules().values()
        if rule.on.kind == "problem" and ProblemKind[rule.on.names[0]] in ABOUT_VALUES
    }
    of_family = {rule.code for rule in all_rules().values() if rule.family == "YML"}
    assert about == {code for code in of_family if not all_rules()[code].is_required}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("a:\n- b: yes\n- c: 1\n  d: no\n", ProblemKind.AMBIGUOUS_SCALAR, ["/a/0/b", "/a/1/d"]),
        ("a: [1, [yes], {b: no}]\n", ProblemKind.AMBIGUOUS_SCALAR, ["/a/1/0", "/a/2/b"]),
        ("- yes: 1\n", ProblemKind.NON_STRING_KEY, []),
        ("a:\n  - - yes\n    - no\n", ProblemKind.AMBIGUOUS_SCALAR, ["/a/0/0", "/a/0/1"]),
        # What is lost is in no value, and in none that stands before it.
        ("x: 1\na: yes\nb: 2\na: 3\n", ProblemKind.AMBIGUOUS_SCALAR, [""]),
        ("y: {x: 1, a: yes, a: 3}\n", ProblemKind.AMBIGUOUS_SCALAR, ["/y"]),
        ("x: 1\na: 2\nb: 3\na: 4\n", ProblemKind.DUPLICATE_KEY, ["/a"]),
        ("x: {a: 1}\ny: {a: 1, a: 2}\n", ProblemKind.DUPLICATE_KEY, ["/y/a"]),
        # An alias is where it is written, not what it brings.
        (
            "x: &x {k: 1}\ny: {k: *x}\nz: {<<: *x, m: yes}\n",
            ProblemKind.AMBIGUOUS_SCALAR,
            ["/z/m"],
        ),
        ("x: &x {k: 1}\ny: *x\nz: yes\n", ProblemKind.AMBIGUOUS_SCALAR, ["/z"]),
        ("x: &x [1]\nz: {<<: *x, k: 2}\n", ProblemKind.INVALID_MERGE, ["/z"]),
        ("a/b~c: {'': yes}\n", ProblemKind.AMBIGUOUS_SCALAR, ["/a~1b~0c/"]),
        ("a: yes # no\nb:\nc: no\n", ProblemKind.AMBIGUOUS_SCALAR, ["/a", "/c"]),
        ("a: |\n  text\nb: yes\n", ProblemKind.AMBIGUOUS_SCALAR, ["/b"]),
    ],
)
def test_places(text: str, kind: ProblemKind, expected: list[str]) -> None:
    found = [place for each, place in places(read(f"---\n{text}---\n")) if each is kind]
    assert found == expected


JSON = '{"a": [{"b": 12345678901234567890}, 98765432109876543210], "c": 1, "c": 2}'


def test_json() -> None:
    assert places(read(f"---json\n{JSON}\n---\n")) == [
        (ProblemKind.ROUNDED_INTEGER, "/a/0/b"),
        (ProblemKind.ROUNDED_INTEGER, "/a/1"),
        (ProblemKind.DUPLICATE_KEY, "/c"),
    ]


NESTED = """title: "a: b"
empty:
related:
- webUrl: https://example.com/
  tags: [a, b,
    c]
- - x
  - y:
      z: |
        text

        more
-
last: {a: {b: [1, {c: d}]}, e: ''}
"""


LINES = """title: "a: b"
empty:
related:
- webUrl: https://example.com/
  tags: [a, b]
- webUrl: https://example.org/
  by:
    name: Ann
topics:
  - x
  - y
last: 1
"""


def pointers(data: Any, above: Pointer = ()) -> Iterator[Pointer]:
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for step in steps:
        yield (*above, step)
        yield from pointers(data[step], (*above, step))


@pytest.mark.parametrize("reader", ["lines", "YAML"])
def test_it_is_the_way_back(reader: str) -> None:
    text = f"---\n{LINES if reader == 'lines' else NESTED}---\n"
    document = read(text)
    if reader == "lines":
        content = open_line_reader(Limits(), "").read(text.encode())
        assert content is not None
        document = document_of_lines(SourceFile("a.md", text), content)
    lines, source_map = document.source.lines, document.source_map
    for pointer in pointers(document.data):
        for part in ("key", "value"):
            start = source_map.span(pointer, part).start
            found = document.pointer_map.pointer_at(lines.position(start))
            # The first key of an item begins where the item does.
            assert found[: len(pointer)] == pointer
            assert source_map.span(found, "key").start == start or found == pointer
    outside = lines.position(len(text))
    assert document.pointer_map.pointer_at(outside) == ()
    assert document.pointer_map.pointer_at(lines.position(0)) == ()
