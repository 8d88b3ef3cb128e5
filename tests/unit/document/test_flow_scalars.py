"""Colons and question marks that are text in flow collections: the data, and where it is."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.document.document import Document, read_document
from seedlint.document.flow_scalars import mask_flow_scalars
from seedlint.document.limits import Limits
from seedlint.document.problem import ProblemKind
from seedlint.text.source import SourceFile

# What losses and other readers have to do with is tested elsewhere.
WARNINGS = {ProblemKind.UNUSED_ANCHOR, ProblemKind.UNPORTABLE_SYNTAX}


def read(yaml: str, line_break: str = "\n") -> Document:
    text = f"---\n{yaml}\n---\nbody\n".replace("\n", line_break)
    return read_document(SourceFile("s.md", text), Limits())


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("yaml", "data"),
    [
        ("topics: [Who won?, News]", {"topics": ["Who won?", "News"]}),
        ("links: [https://a.example/x, b]", {"links": ["https://a.example/x", "b"]}),
        ("a: {name: Coast, url: https://coast.example/a?b=c:d}",
         {"a": {"name": "Coast", "url": "https://coast.example/a?b=c:d"}}),
        ("tags: [a:b]", {"tags": ["a:b"]}),
        ("topics: [Ferries, Re:Zero]", {"topics": ["Ferries", "Re:Zero"]}),
        ("q: {what?: 1}", {"q": {"what?": 1}}),
        ("{b:1}", {"b:1": None}),
        ("{a:b: c}", {"a:b": "c"}),
        ("[a:b]: c", {}),
        ("a: [b:c: d:e, f]", {"a": [{"b:c": "d:e"}, "f"]}),
        ("{? a:b : c}", {"a:b": "c"}),
        ("a: [b ? c, d :e, f?g ? h]", {"a": ["b ? c", "d :e", "f?g ? h"]}),
        ("a: [-:b, -?c, -]", {"a": ["-:b", "-?c", "-"]}),
        ("a: [b:?c]", {"a": ["b:?c"]}),
        ('a: [say "hi":x, it\'s:y]', {"a": ['say "hi":x', "it's:y"]}),
        ("a: [b:c#d:e, f:g # h:i\n]", {"a": ["b:c#d:e", "f:g"]}),
        # what begins with them
        ("a: [:b, ::c, ?d, ??e, ?:f]", {"a": [":b", "::c", "?d", "??e", "?:f"]}),
        ("{?a: b, :c: d, ?: e}", {"?a": "b", ":c": "d", "?": "e"}),
        ("{a: :b, c: ?d, e: ::f}", {"a": ":b", "c": "?d", "e": "::f"}),
        # keys that are quoted, or collections: the colon behind them is an indicator
        ('{"a":1, \'b\':c:d, "e" :f, "g"::h}', {"a": 1, "b": "c:d", "e": "f", "g": ":h"}),
        ('a: ["b":c, "d" :e?]', {"a": [{"b": "c"}, {"d": "e?"}]}),
        ('{"a":{"b":[x:y]}, "c":[]}', {"a": {"b": ["x:y"]}, "c": []}),
        # over several lines
        ("a: [b:c,\n  d\n  e?f\n\n  g, h]", {"a": ["b:c", "d e?f\ng", "h"]}),
        ("a: [b:c, # d: [e:f\n# g]h\n  i?]", {"a": ["b:c", "i?"]}),
        ("a: [\nb:c\n]", {"a": ["b:c"]}),
        ('a: ["b:\n  c?]",\n  d:e]', {"a": ["b: c?]", "d:e"]}),
        # other text with brackets before and after
        ("a: b [c:d] {e?\nf: [g:h]\ni: '[j:k'", {"a": "b [c:d] {e?", "f": ["g:h"], "i": "[j:k"}),
        ("a: b\n  [c:d\ne: [f:g]", {"a": "b [c:d", "e": ["f:g"]}),
        ("a:\n  b\n  {c:d\n# {e:f\ng: [h:i]", {"a": "b {c:d", "g": ["h:i"]}),
        ("a: |\n  [b:c\n\n   'd\ne: [f:g]", {"a": "[b:c\n\n 'd\n", "e": ["f:g"]}),
        ("a: >2-\n   {b:\n  c\nd: [e:f]", {"a": " {b:\nc", "d": ["e:f"]}),
        ("a:\n  b: |\n  c: [d:e]", {"a": {"b": "", "c": ["d:e"]}}),
        ("a:\n- |\n [b:c\n- [d:e]", {"a": ["[b:c\n", ["d:e"]]}),
        ("a:\n- - |\n   [b:c\n  - [d:e]", {"a": [["[b:c\n", ["d:e"]]]}),
        ("? |\n  [a:b\n: [c:d]", {"[a:b\n": ["c:d"]}),
        ("? a\n: |\n [b:c\nd: [e:f]", {"a": "[b:c\n", "d": ["e:f"]}),
        ("? a\n? b:c\n: [d:e]", {"a": None, "b:c": ["d:e"]}),
        ("\"a [b:c\": '{d:e'\nf: [g:h]", {"a [b:c": "{d:e", "f": ["g:h"]}),
        ("a: 'it''s [b:c'\nd: \"\\\"[e:f\"\ng: [h:i]",
         {"a": "it's [b:c", "d": '"[e:f', "g": ["h:i"]}),
        ("a: \"b\n  [c:d\"\ne: [f:g]", {"a": "b [c:d", "e": ["f:g"]}),
        ("a: # [b:c\n  [d:e]", {"a": ["d:e"]}),
        ('a: b # c: "\nd: [e:f]', {"a": "b", "d": ["e:f"]}),
        ('a: b\n  # c: "\nd: [e:f]', {"a": "b", "d": ["e:f"]}),
        ('a: b\n  c # d: "\ne: [f:g]', {"a": "b c", "e": ["f:g"]}),
        ("--- {a: [b:c]}", {"a": ["b:c"]}),
        ('a: [b # [\n, c:d]\ne: |\n  , "\nf: [g:h]',
         {"a": ["b", "c:d"], "e": ', "\n', "f": ["g:h"]}),
        # a block scalar ends by the column of what it is the value of
        ('a:\n  b:\n    c: d\ne: |\n  "f\ng: [h:i]',
         {"a": {"b": {"c": "d"}}, "e": '"f\n', "g": ["h:i"]}),
        ('a: &b\n  c: |\n   "d\ne: [f:g]', {"a": {"c": '"d\n'}, "e": ["f:g"]}),
        ('a: &b |\n  "c\nd: >\n "e\nf: [g:h]', {"a": '"c\n', "d": '"e\n', "f": ["g:h"]}),
        ('a: b\nc: |\n "d\ne: [f:g]', {"a": "b", "c": '"d\n', "e": ["f:g"]}),
        ('a: b\n   c\nd: |\n "e\nf: [g:h]', {"a": "b c", "d": '"e\n', "f": ["g:h"]}),
        ('a:\n- &b c: |\n   "d\n  e: [f:g]', {"a": [{"c": '"d\n', "e": ["f:g"]}]}),
        ("a:\n- b: [c:d]\n  e:\n  - {f: g?}", {"a": [{"b": ["c:d"], "e": [{"f": "g?"}]}]}),
        ("http://a.example: [b:c]", {"http://a.example": ["b:c"]}),
        # anchors and tags
        ("a: &x [&y b:c, *y, :d]\ne: *x", {"a": ["b:c", "b:c", ":d"], "e": ["b:c", "b:c", ":d"]}),
        ("a: [!!str b:c, !!str :d, !<tag:yaml.org,2002:str> e?]", {"a": ["b:c", ":d", "e?"]}),
        ("a: {<<: &x {b: c:d}, e: *x}", {"a": {"b": "c:d", "e": {"b": "c:d"}}}),
        ("&a b: !!map {c: d:e}", {"b": {"c": "d:e"}}),
        ("a: &b c\nd: {*b :e, f: g:h}", {"a": "c", "d": {"c": "e", "f": "g:h"}}),
        ("? &a b\n: &c [d:e]\n&f g: h\ni:\n- [j?]",
         {"b": ["d:e"], "g": "h", "i": [["j?"]]}),
        ("a: !!str |\n  [b:c\nd: [e:f]", {"a": "[b:c\n", "d": ["e:f"]}),
    ],
)  # fmt: skip
def test_data(yaml: str, data: Any, line_break: str) -> None:
    document = read(yaml, line_break)
    assert document.data == data
    kinds = {problem.kind for problem in document.problems} - WARNINGS
    assert kinds <= {ProblemKind.NON_STRING_KEY if yaml[0] == "[" else None}


@pytest.mark.parametrize(
    ("yaml", "value", "kind"),
    [
        ("a: [10:30, x]", "10:30", ProblemKind.AMBIGUOUS_SCALAR),
        ("a: {b: c:d, b: e}", "b", ProblemKind.DUPLICATE_KEY),
        ("a: [b:c]\na: d", "a", ProblemKind.DUPLICATE_KEY),
        ("a: [b:c, *d]", "*d", ProblemKind.UNKNOWN_ALIAS),
        ("a: [[b]:c:d]", "[b]", ProblemKind.NON_STRING_KEY),
        ("a: [b:c]\n--- d", "---", ProblemKind.MULTIPLE_DOCUMENTS),
    ],
)
def test_what_else_is_wrong_is_found_where_it_is(yaml: str, value: str, kind: ProblemKind) -> None:
    document = read(yaml)
    (problem,) = document.problems
    assert problem.kind is kind
    assert document.source.text[problem.span.start : problem.span.end] == value


@pytest.mark.parametrize(
    ("yaml", "pointer", "key", "value"),
    [
        ("a: [https://a.example/?x, b]", ("a", 0), None, "https://a.example/?x"),
        ("a: [https://a.example/?x, b]", ("a", 1), None, "b"),
        ("a: [https://a.example/?x, b]", ("a",), "a", "[https://a.example/?x, b]"),
        ("a: {b?: c:d , e: f}", ("a", "b?"), "b?", "c:d"),
        ("a: {b?: c:d , e: f}", ("a", "e"), "e", "f"),
        ("a: é😀\nb: [\U0010ffff:c, é:d]", ("b", 1), None, "é:d"),
        ("a: [b:c\n  d?e, f]", ("a", 0), None, "b:c\n  d?e"),
        ('a: {"b":[c:d]}\ne: f:g', ("a", "b"), '"b"', "[c:d]"),
        ('a: {"b":[c:d]}\ne: f:g', ("e",), "e", "f:g"),
    ],
)
def test_places(yaml: str, pointer: Any, key: str | None, value: str) -> None:
    document = read(yaml)
    source_map, text = document.source_map, document.source.text
    span = source_map.span(pointer, "value")
    assert text[span.start : span.end] == value
    if key is not None:
        span = source_map.span(pointer, "key")
        assert text[span.start : span.end] == key


@pytest.mark.parametrize(
    ("yaml", "line", "column", "words"),
    [
        ("a: {b:}", 2, 6, "colon inside an item"),
        ("a: [b:, c]", 2, 6, "colon inside an item"),
        ("a: {b:[c]}", 2, 6, "colon inside an item"),
        ("a: [b:c, d:{e: f}]", 2, 11, "colon inside an item"),
        ("a: {b: http://c.example/: d}", 2, 25, "b"),
        ("a: {b: http://c.example/ d: e}", 2, 27, "b"),
        ("a: {b: http://c.example/, d: e: f}", 2, 31, "d"),
        ("a: [b:c\nd: e", 2, 4, "is not closed"),
        ("a: [b:c, |]", 2, 10, "cannot begin"),
        # A name ends before a colon for libyaml, and holds it for YAML 1.2.
        ("a: &b:c d", 2, 6, "a space after the name"),
        ("a: [&b?c, d]", 2, 7, "a space after the name"),
        ("a: !!str &b:c d", 2, 12, "a space after the name"),
        ("a: &b c\n*b:d: e", 3, 3, "a space after the name"),
        ("a: &b c\nd: [*b:e]", 3, 7, "a space after the name"),
    ],
)
def test_what_is_refused(yaml: str, line: int, column: int, words: str) -> None:
    document = read(yaml)
    (problem,) = document.problems
    position = document.source.lines.position(problem.span.start)
    assert (position.line, position.column) == (line, column)
    assert words in problem.detail
    assert not document.is_checkable


@pytest.mark.parametrize(
    "yaml",
    [
        "a: b:c?d\ne: 'f:g'",
        'a: "[b:c]"\nd: [e, "f:g?", \'h:i\']',
        "a: |\n  [b:c]\n  {d?}\ne: [f]",
        "a: b # [c:d]\ne: [f] # g:h",
        "a: b\n  [c:d]",
        '{"a":1,"b":[true,"c:d"],"e":{"f":"g?"}}',
        "{? a : b, c: d}",
        "a: [&b c, *b , !<tag:yaml.org,2002:str> d, !!str e]",
        "a: [b: c]",
        "a: 'b\n\n  [c:d",
    ],
)
def test_what_is_not_masked(yaml: str) -> None:
    assert mask_flow_scalars(yaml) is None


def test_no_character_of_the_document_is_taken_for_a_mask() -> None:
    last = "\U0010ffff\U0010fffe\U0010fffd"
    document = read(f'a: [b:{last}?, "\\U0010fffc\\U0010fffb:"]\nc: {last}\n"{last}": d')
    assert document.problems == []
    assert document.data == {"a": [f"b:{last}?", "\U0010fffc\U0010fffb:"], "c": last, last: "d"}


def test_a_document_that_holds_every_character_is_left_alone() -> None:
    every = "".join(map(chr, range(0x10000, 0x110000)))
    assert mask_flow_scalars(f"a: [b:c]\nd: {every}") is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["[", "[a:b", "[a:b, ", '["', "- |\n", "[a:b]\n", "&", "[&", "? ", "[?", "a: |\n]"]
)
def test_what_is_large_is_refused_all_the_same(text: str) -> None:
    document = read(f"x: [y:z]\n{text * (200_000 // len(text))}")
    assert not document.is_checkable
