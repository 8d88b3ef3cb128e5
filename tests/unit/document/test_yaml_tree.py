"""The guarded parse: what the data is, and what is said instead of crashing."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.document.yaml_tree import first_mistake
from seedlint.text.source import SourceFile

Found = tuple[str, int, int]


def read(yaml: str, limits: Limits | None = None) -> Document:
    # Large inputs are what some of these tests are about.
    limits = limits or Limits(front_matter_bytes=1 << 24)
    return read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), limits)


def found(document: Document) -> list[Found]:
    places = []
    for problem in document.problems:
        position = document.source.lines.position(problem.span.start)
        places.append((problem.kind.name, position.line, position.column))
    return places


@pytest.mark.parametrize(
    ("yaml", "data"),
    [
        ("", {}),
        ("# c", {}),
        ("a: 1\nb: [x, {y: z}]", {"a": 1, "b": ["x", {"y": "z"}]}),
        ("a:\n- 1\n-\n- ~", {"a": [1, None, None]}),
        ("a: '1'\nb: \"true\"\nc: |\n  2", {"a": "1", "b": "true", "c": "2\n"}),
        ("a: >-\n  b\n  c\n\n  d", {"a": "b c\nd"}),
        ("a: b\n  c", {"a": "b c"}),
        ('a: "\\t\\u00e9\\U0001f600"', {"a": "\té😀"}),
        ("? a\n: b", {"a": "b"}),
        ("{a, b: }", {"a": None, "b": None}),
        ("=: a", {"=": "a"}),
        ("a: 2022-02-30", {"a": "2022-02-30"}),
        ("a:\tb\nc: d\t# e", {"a": "b", "c": "d"}),
        # anchors and merges
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: &x\nb: *x", {"a": None, "b": None}),
        ("&x a: 1\nb: *x", {"a": 1, "b": "a"}),
        ("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}", {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}),
        ("b:\n  q: 3\n  <<: {p: 1, q: 2}", {"b": {"p": 1, "q": 3}}),
        ("a: &x {p: 1}\nb: &y {p: 2, r: 3}\nc: {<<: [*x, *y]}",
         {"a": {"p": 1}, "b": {"p": 2, "r": 3}, "c": {"p": 1, "r": 3}}),
        ('"<<": {a: 1}', {"<<": {"a": 1}}),
        ("<<: {a: 1}\nb: 2", {"a": 1, "b": 2}),
        ("<<: []\nb: 2", {"b": 2}),
    ],
)  # fmt: skip
def test_data(yaml: str, data: Any) -> None:
    document = read(yaml)
    assert (document.data, found(document)) == (data, [])
    assert document.is_checkable


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        # duplicates: one finding per extra occurrence
        ("a: 1\na: 2", [("DUPLICATE_KEY", 3, 1)]),
        ("a: 1\nb: 2\na: 3\na: 4", [("DUPLICATE_KEY", 4, 1), ("DUPLICATE_KEY", 5, 1)]),
        ("m:\n  a: 1\n  a: 2", [("DUPLICATE_KEY", 4, 3)]),
        ("l:\n  - a: 1\n    a: 2\n  - a: 3", [("DUPLICATE_KEY", 4, 5)]),
        ("m: {a: 1, a: 2}", [("DUPLICATE_KEY", 2, 11)]),
        ("a: 1\n\"a\": 2\n'a': 3", [("DUPLICATE_KEY", 3, 1), ("DUPLICATE_KEY", 4, 1)]),
        ('a: 1\n"\\x61": 2', [("DUPLICATE_KEY", 3, 1)]),
        ("&k a: 1\n*k : 2", [("DUPLICATE_KEY", 3, 1)]),
        ("m: {<<: {}, <<: {}}", [("DUPLICATE_KEY", 2, 13)]),
        # keys that are no strings
        ('1: a\n"1": b', [("NON_STRING_KEY", 2, 1), ("DUPLICATE_KEY", 3, 1)]),
        ("true: a\nTrue: b", [("NON_STRING_KEY", 2, 1), ("DUPLICATE_KEY", 3, 1)]),
        ("1: a\n1.0: b", [("NON_STRING_KEY", 2, 1), ("DUPLICATE_KEY", 3, 1)]),
        ("1: a\ntrue: b", [("NON_STRING_KEY", 2, 1), ("NON_STRING_KEY", 3, 1)]),
        ("null: a", [("NON_STRING_KEY", 2, 1)]),
        ("2022-01-01: a", []),
        ("yes: a", []),  # a string here; a key is not a value to misread
        ("? [a]\n: b", [("NON_STRING_KEY", 2, 3)]),
        ("? {a: b}\n: c\nd: e", [("NON_STRING_KEY", 2, 3)]),
        ("[a]: b", [("NON_STRING_KEY", 2, 1)]),
        # tags
        ("a: !!bool abc", [("TAG_MISMATCH", 2, 4)]),
        ("a: !!int abc", [("TAG_MISMATCH", 2, 4)]),
        ("a: !!float x", [("TAG_MISMATCH", 2, 4)]),
        ("a: !!timestamp x", [("TAG", 2, 4)]),
        ("a: !!python/object/apply:os.system [id]", [("TAG", 2, 4)]),
        ("a: !foo b", [("TAG", 2, 4)]),
        ("a: !!binary aGk=", [("TAG", 2, 4)]),
        ("a: !!set {b}", [("TAG", 2, 4)]),
        ("a: !!omap [b: 1]", [("TAG", 2, 4)]),
        ("a: !!seq {b: 1}", [("TAG", 2, 4)]),
        ("a: !!map [b]", [("TAG", 2, 4)]),
        ("a: !!str 1\nb: !!map {}\nc: !!seq []\nd: ! 2", []),
        # anchors and aliases
        ("a: *nope", [("UNKNOWN_ALIAS", 2, 4)]),
        ("a: *b\nb: &b 1", [("UNKNOWN_ALIAS", 2, 4)]),
        ("a: &a [*a]", [("RECURSIVE_ALIAS", 2, 8)]),
        ("a: &r {a: *r}", [("RECURSIVE_ALIAS", 2, 11)]),
        ("&r\na: *r", [("RECURSIVE_ALIAS", 3, 4)]),
        ("a: &r\n  <<: *r", [("RECURSIVE_ALIAS", 3, 7)]),
        ("a: &x [&y [*x]]", [("RECURSIVE_ALIAS", 2, 12)]),
        ("a: &x 1\nb: &x 2", [("REDEFINED_ANCHOR", 3, 4)]),
        ("a: &x [&x 1]", [("REDEFINED_ANCHOR", 2, 8)]),
        # merges
        ("<<: 1", [("INVALID_MERGE", 2, 5)]),
        ("<<: [{}, 1]", [("INVALID_MERGE", 2, 5)]),
        ("<<:\nb: 1", [("INVALID_MERGE", 2, 4)]),
        # numbers
        ("a: .nan", [("NOT_JSON_NUMBER", 2, 4)]),
        ("a: [1, -.inf]", [("NOT_JSON_NUMBER", 2, 8)]),
        ("a: 1e999", [("NOT_JSON_NUMBER", 2, 4)]),
        ("a: " + "9" * 5000, [("NOT_JSON_NUMBER", 2, 4)]),
        (
            "a: 9007199254740993\nb: !!int 9007199254740993",
            [("ROUNDED_INTEGER", 2, 4), ("ROUNDED_INTEGER", 3, 4)],
        ),
        ("a: !!float 9007199254740993\nb: 9007199254740994", []),
        # roots
        ("hello", [("ROOT_NOT_MAPPING", 2, 1)]),
        ("# c\n- a", [("ROOT_NOT_MAPPING", 3, 1)]),
        ("\n[a]", [("ROOT_NOT_MAPPING", 3, 1)]),
        ("~", [("ROOT_NOT_MAPPING", 2, 1)]),
        ("12", [("ROOT_NOT_MAPPING", 2, 1)]),
        ("a: 1\n--- \nb: 2", [("MULTIPLE_DOCUMENTS", 3, 1)]),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, str) else "",
)
def test_problems(yaml: str, places: list[Found]) -> None:
    # A second `---` line would be the closing fence: what follows is the body.
    assert found(read(yaml)) == ([] if "--- \n" in yaml else places)


def test_a_duplicate_names_the_first() -> None:
    document = read("x: 0\na: 1\na: 2\na: 3")
    lines = document.source.lines
    assert [lines.position(p.related.start).line for p in document.problems if p.related] == [3, 3]
    assert [problem.detail for problem in document.problems] == ["a", "a"]


@pytest.mark.parametrize("directive", ["%YAML 1.1", "%YAML 1.2", "%TAG ! !x"])
def test_a_directive_is_a_problem_of_its_own(directive: str) -> None:
    assert found(read(f"{directive}\n--- \na: yes"))[0] == ("UNCLOSED_FRONT_MATTER", 1, 1) or found(
        read(f"{directive}\na: yes")
    ) == [("DIRECTIVE", 2, 1)]


def test_one_file_leaves_nothing_to_the_next() -> None:
    before = read("a: yes\nb: 1_000").data
    read("%YAML 1.1\na: yes")
    read("a: &x [*x]")
    assert read("a: yes\nb: 1_000").data == before == {"a": "yes", "b": "1_000"}


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("- " * 27_600 + "x", 2, 129),
        ("- " * 100_000 + "x", 2, 129),
        ("a: " + "[" * 100_000, 2, 4 + 63),
        ("[" * 100_000, 2, 65),
        ("{a: " * 30_000, 2, 1 + 4 * 64),
        ("? " * 100_000, 2, 129),
        ("\n".join(" " * n + "a:" for n in range(70)), 66, 65),
    ],
    ids=["block", "more block", "flow", "root flow", "flow maps", "keys", "mappings"],
)
def test_too_deep(yaml: str, line: int, column: int) -> None:
    document = read(yaml)
    assert found(document) == [("TOO_DEEP", line, column)]
    assert document.problems[0].limit == 64
    assert not document.is_checkable


@pytest.mark.parametrize("depth", [64, 65])
def test_the_deepest(depth: int) -> None:
    document = read("a: " + "[" * (depth - 1) + "]" * (depth - 1))
    assert found(document) == ([] if depth == 64 else [("TOO_DEEP", 2, 4 + 63)])


@pytest.mark.parametrize(
    ("yaml", "nodes"),
    [("a: 1\nb: 2", 5), ("a: [1, 2]", 5), ("{a: {}, b: {}}", 5), ("a: &x 1\nb: *x", 5)],
)
def test_too_many_nodes(yaml: str, nodes: int) -> None:
    assert found(read(yaml, Limits(nodes=nodes))) == []
    document = read(yaml, Limits(nodes=nodes - 1))
    assert [kind for kind, _, _ in found(document)] == ["TOO_MANY_NODES"]
    assert not document.is_checkable


def test_the_node_too_many_is_named() -> None:
    assert found(read("a: 1\nb: 2\nc: 3", Limits(nodes=5))) == [("TOO_MANY_NODES", 4, 1)]
    assert found(read("a: [1, [2]]", Limits(nodes=4))) == [("TOO_MANY_NODES", 2, 8)]


def test_a_million_items_are_not_read() -> None:
    document = read("a: [" + "1," * 1_000_000 + "]")
    assert found(document) == [("TOO_MANY_NODES", 2, 5 + 2 * (50_000 - 3 + 1) - 2)]


def bomb(levels: int, width: int) -> str:
    lines = ["a0: &a0 x"]
    for level in range(1, levels + 1):
        items = ", ".join([f"*a{level - 1}"] * width)
        lines.append(f"a{level}: &a{level} [{items}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("yaml", "line"), [(bomb(10, 10), 7), (bomb(26, 2), 17)], ids=["10 by 10", "26 doublings"]
)
def test_alias_bombs(yaml: str, line: int) -> None:
    with cpu_limit():
        document = read(yaml)
    ((kind, at, _),) = found(document)
    assert (kind, at) == ("TOO_MANY_ALIASED_NODES", line)
    assert document.source.text[document.problems[0].span.start] == "*"


def test_a_bomb_of_merges() -> None:
    lines = ["m0: &m0 {k: 1}"]
    for level in range(1, 40):
        lines.append(f"m{level}: &m{level} {{a: *m{level - 1}, b: *m{level - 1}}}")
    assert [kind for kind, _, _ in found(read("\n".join(lines)))] == ["TOO_MANY_ALIASED_NODES"]


def test_large_files_without_aliases_are_no_bombs() -> None:
    yaml = "\n".join(f"k{number}: [a, b]" for number in range(30_000))
    document = read(yaml, Limits(nodes=1_000_000, front_matter_bytes=1 << 24))
    assert found(document) == []
    assert len(document.data) == 30_000


def test_aliases_count_as_what_they_stand_for() -> None:
    yaml = "a: &x [1, 2, 3]\nb: *x"  # 1 + 1 + 4 + 1 + 4 nodes
    assert found(read(yaml, Limits(aliased_nodes=11))) == []
    assert found(read(yaml, Limits(aliased_nodes=10))) == [("TOO_MANY_ALIASED_NODES", 3, 4)]


@pytest.mark.slow
@pytest.mark.parametrize("start", ["", "x: \U0001f600\n"])
def test_many_problems_before_an_error_are_told_in_linear_time(start: str) -> None:
    many = Limits(front_matter_bytes=1 << 24, nodes=1_000_000)
    with cpu_limit():
        document = read(f"{start}a: [{'on,' * 100_000}}}", many)
    assert [kind for kind, *_ in found(document)] == ["SYNTAX"]
    with cpu_limit():
        document = read(f"{start}a: [{'!a b,' * 100_000}]", many)
    assert len(document.problems) == 100_000


@pytest.mark.parametrize(
    ("line_break", "kinds"),
    [("\n", ["AMBIGUOUS_SCALAR", "SYNTAX"]), ("\r\n", ["AMBIGUOUS_SCALAR", "SYNTAX"])],
)
def test_what_is_on_the_line_of_an_error_is_not_told(line_break: str, kinds: list[str]) -> None:
    lines = ["a: on", "b: [on, on}", "c: on"]
    assert [kind for kind, *_ in found(read(line_break.join(lines)))] == kinds


@pytest.mark.parametrize("yaml", ["a: b: c", "a: [b", 'a: "b', "a: *b", "a: 1\n\tb: 2"])
def test_an_error_keeps_nothing_alive(yaml: str) -> None:
    # The command collects no cycles while it checks files.
    document = read(yaml)
    gc.collect()
    gc.disable()
    try:
        assert read(yaml).problems == document.problems != ()
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "yaml",
    [
        "a: 1\nb: 2\n",
        "a: [b, c]\n",
        "a: |\n  b: c: d\n",
        "a: 1\na: 2\n",
        "a: b: c\n",
        "- a\n",
        "",
        "a: &b 1\nc: *b\n",
        "a: *b\n",
        "a: !b c\n",
        "\ta: 1\n",
        "a: 1\r\nb: 2\r\n",
        "1: a\n",
        "a:\u00a0b\n",
        "a: b\u200bc\n",
    ],
)
def test_both_readers_find_the_same_first_mistake(
    yaml: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = "   \n" + yaml
    found = first_mistake(view, Limits())
    monkeypatch.setattr(LineReader, "is_sound", lambda self, yaml: False)
    assert first_mistake(view, Limits()) == found
