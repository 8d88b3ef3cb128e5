"""What YAML loses without a word, and what its readers disagree about: where, and what not."""

from __future__ import annotations

import pytest

from cpu import cpu_limit
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.text.source import SourceFile

Found = list[tuple[str, int, int, str]]


def found(yaml: str, line_break: str = "\n") -> Found:
    """The kind, line, column and characters of each problem."""
    text = f"---\n{yaml}\n---\nbody\n".replace("\n", line_break)
    document = read_document(SourceFile("s.md", text), Limits())
    assert document.is_checkable
    return [
        (
            problem.kind.name,
            *document.source.lines.position(problem.span.start),
            text[problem.span.start : problem.span.end],
        )
        for problem in document.problems
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: One #2 of all", [(2, 8, "#2 of all")]),
        ("a: One #2 of all  \nb: c", [(2, 8, "#2 of all")]),
        ("a:\n  - One\t#2", [(3, 9, "#2")]),
        ("a: One\n  two #3", [(3, 7, "#3")]),
        ("a: [One #2\n  , b]", [(2, 9, "#2")]),
        ("a: {b: One #2: c\n  }", [(2, 12, "#2: c")]),
        ("- &x a #b\n- *x"[2:].replace("\n- ", "\nc: ").replace("&x a", "k: &x a"),
         [(2, 9, "#b")]),
        ("a: One # 2 of all", []),
        ("a: One#2", []),
        ('a: "One" #2', []),
        ("a: 'One' #2", []),
        ("a: [One] #2", []),
        ("a: 640 #pixels", []),
        ("a: 2024-05-01 #updated", []),
        ("a: #2", []),
        ("a: One\n#two", []),
        ("a: One\n  #two", []),
        ("a: |\n  One #2", []),
        ("a: One #seedlint: ignore[FM010]", []),
        ("a: !!str One #2", []),
    ],
)  # fmt: skip
def test_text_cut_by_a_comment(yaml: str, places: list[object], line_break: str) -> None:
    assert found(yaml, line_break) == [("TEXT_CUT_BY_COMMENT", *place) for place in places]


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: &Sons builds a ferry", [(2, 4, "&Sons")]),
        ("a:\n  - &b c", [(3, 5, "&b")]),
        ("a: [&b c, d]", [(2, 5, "&b")]),
        ("&a b: c", [(2, 1, "&a")]),
        ("a: &b c\nd: *b", []),
        ('a: &b "c"', []),
        ("a: &b 640", []),
        ("a: &b", []),
        ("a: &b [c]", []),
        ("a: &b\n  c: d", []),
    ],
)
def test_unused_anchors(yaml: str, places: list[object]) -> None:
    assert found(yaml) == [("UNUSED_ANCHOR", *place) for place in places]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("a: One\n  - two", [(3, 3, "- two")]),
        ("a:\n  - One\n    - two\n    - three", [(4, 5, "- two")]),
        ("a:\n  One\n  - two", [(4, 3, "- two")]),
        ("a: [One\n  - two]", [(3, 3, "- two]"[:5])]),
        ("a: One\n  -two", []),
        ("a: One -\n  two", []),
        ('a: "One\n  - two"', []),
        ("a: >\n  One\n  - two", []),
        ("a:\n  - One\n  - two", []),
    ],
)
def test_swallowed_items(yaml: str, places: list[object], line_break: str) -> None:
    assert found(yaml, line_break) == [("SWALLOWED_ITEM", *place) for place in places]


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        (r'a: "b\0"', [(2, 6, r"\0")]),
        (r'a: "\e[31m red \e[0m\0"', [(2, 5, r"\e")]),
        (r'a: "C:\bin"', [(2, 7, r"\b")]),
        (r'a: "\\\x07"', [(2, 7, r"\x07")]),
        (r'a: "\u001B"', [(2, 5, r"\u001B")]),
        (r'a: "\U0000009f"', [(2, 5, r"\U0000009f")]),
        (r'a: "\N"', [(2, 5, r"\N")]),
        (r'a: "\t\n\r\x09\u000a\"\\0\/\_\L\x20\xe9"', []),
        (r"a: 'C:\bin'", []),
        (r"a: C:\bin", []),
    ],
)
def test_control_characters_from_escapes(yaml: str, places: list[object]) -> None:
    assert found(yaml) == [("ESCAPED_CONTROL_CHARACTER", *place) for place in places]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        # a dash alone in brackets
        ("a: [-]", [(2, 5, "-")]),
        ("a: [b, -]", [(2, 8, "-")]),
        ("a: {b: -}", [(2, 8, "-")]),
        ('a: ["-", -1, -b, b-]', []),
        # a comment glued to something
        ('a: "b"#c', [(2, 7, "#c")]),
        ("a: 'b'# c", [(2, 7, "# c")]),
        ("a: [b]#c", [(2, 7, "#c")]),
        ("a: [b,#c\n  d]", [(2, 7, "#c")]),
        ("a: [#c\n  d]", [(2, 5, "#c")]),
        ("a: |#c\n  d", [(2, 5, "#c")]),
        ("a: >-#c\n  d", [(2, 6, "#c")]),
        ("a: &b |#c\n  d\ne: *b", [(2, 8, "#c")]),
        ('a: "b" #c\nd: [e, # f#g\n  h] # i\n# j#k\nl: |\n  m"#n', []),
        ("a: b#c\nd: [e#f]\ng: 'h#i' # j,#k", []),
        # lines that are not indented
        ('a: "b\nc"', [(3, 1, 'c"')]),
        ("a: 'b\n\nc\nd'", [(4, 1, "c")]),
        ('a:\n  b: "c\n  d"', [(4, 3, 'd"')]),
        ('a:\n  - b: "c\n    d"', [(4, 5, 'd"')]),
        ('a:\n- "b\nc"', [(4, 1, 'c"')]),
        ("a: [b,\nc]", [(3, 1, "c]")]),
        ("a: [b\n,c]", [(3, 1, ",c]")]),
        ("a: {b: c,\nd: e}", [(3, 1, "d: e}")]),
        ("a: [[\n]]", [(3, 1, "]]")]),
        ('a: ["b\nc"]', [(3, 1, 'c"]')]),
        ("a:\n  b: [\n    c\n]", [(5, 1, "]")]),
        ('a: "b\n\tc"', [(3, 2, 'c"')]),
        ('a: "b\n c"\nd:\n- "e\n f"\ng: [h,\n i]', []),
        ("a: [\n  b\n]\nc: {\n  d: e\n}\nf:\n  g: [\n    h\n  ]", []),
        ("a: [b,\n\n# c\n  d]", []),
        ("a: &x\n  - \"y\n    z\"\nb: *x", []),
        ("{a: b,\nc: d}", []),
        # an alias as a key
        ("a: &b c\n*b: d", [(3, 1, "*b:")]),
        ("a: &b c\nd: {*b: e}", [(3, 5, "*b:")]),
        ("a: &b c\n*b : d", []),
    ],
)  # fmt: skip
def test_what_some_readers_refuse(yaml: str, places: list[object], line_break: str) -> None:
    assert found(yaml, line_break) == [("UNPORTABLE_SYNTAX", *place) for place in places]


def test_a_swallowed_item_names_the_text() -> None:
    text = "---\na:\n  - One\n    - two\n---\n"
    (problem,) = read_document(SourceFile("s.md", text), Limits()).problems
    assert problem.related
    assert text[problem.related.start : problem.related.end] == "One\n    - two"
    assert problem.detail == "One - two"


@pytest.mark.parametrize(
    "yaml",
    [
        'a: "' + "\\0" * 200_000 + '"',
        "a: [" + '"b",#c\n  ' * 50_000 + "d]",
        "a: x" + "\n  - y" * 100_000,
        'a: "' + "b\n" * 200_000 + '"',
        "a: " + "[" * 60 + "\nb," * 50_000 + "]" * 60,
        "".join(f"k{number}: &a{number} b #c\n" for number in range(20_000)),
        'a: b"' + '"' * 200_000,
        "a: " + "0b" + "1" * 200_000 + "x",
        "a: " + "1_" * 200_000 + "x",
        "a: 2024-05-01" + " " * 200_000 + "x",
    ],
    ids=lambda yaml: yaml[:10],
)
def test_time_is_linear(yaml: str) -> None:
    with cpu_limit():
        read_document(SourceFile("s.md", f"---\n{yaml}\n---\n"), Limits(nodes=10**6))
