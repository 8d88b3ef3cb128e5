"""Group A: bytes and encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Case, one, params, seed, torture

NAME_IS_TEXT = {"type": "object", "properties": {"name": {"type": "string"}}}

CASES = [
    Case(
        "A1",
        "a byte that is not UTF-8 in front matter",
        one(b"---\na: 1\nabc\xff: x\n---\n", ("FM006", 3, 4)),
        says=("0xff",),
    ),
    Case(
        "A2",
        "a byte that is not UTF-8 in the body only: front matter is linted as ever",
        {
            "clean.md": (b"---\nname: x\n---\nabc\xff\xfe\n", []),
            "wrong.md": (b"---\nname: 5\n---\nabc\xff\xfe\n", [("SCH003", 2, 7)]),
        },
        schema=NAME_IS_TEXT,
    ),
    Case(
        "A3",
        "UTF-16, little and big endian",
        {
            "little.md": (b"\xff\xfe" + "---\na: 1\n---\n".encode("utf-16-le"), [("FM007", 1, 1)]),
            "big.md": (b"\xfe\xff" + "---\na: 1\n---\n".encode("utf-16-be"), [("FM007", 1, 1)]),
        },
    ),
    Case(
        "A4",
        "a byte order mark of UTF-8: columns as without it",
        {
            "clean.md": (b"\xef\xbb\xbf" + seed("name: x"), []),
            "wrong.md": (b"\xef\xbb\xbf" + seed("name: 5"), [("SCH003", 2, 7)]),
            "fence.md": (b"\xef\xbb\xbf----\na: 1\n---\n", [("FM003", 1, 1)]),
        },
        schema=NAME_IS_TEXT,
    ),
    Case(
        "A5",
        "a byte order mark in the middle",
        one(seed("a: 1\n\ufeffb: 2\nc: x\ufeff"), ("FM008", 3, 1), ("FM008", 4, 5)),
        says=("U+FEFF",),
    ),
    Case("A6", "NUL in a value", one(seed("a: x\0y"), ("FM008", 2, 5))),
    Case(
        "A7",
        "raw ESC, CSI, DEL, FF and VT, after letters of several bytes",
        one(
            seed("a: é\x1b[2J\nb: 😀\x9b2J\nc: 日\x7f\nd: e\u0301\x0c\nf: \x0b"),
            ("FM008", 2, 5),
            ("FM008", 3, 5),
            ("FM008", 4, 5),
            ("FM008", 5, 6),
            ("FM008", 6, 4),
        ),
        full=True,
    ),
    Case(
        "A8",
        "LS, PS and NEL hide no key, and count no line",
        {
            "value.md": (seed("a: 1\ntitle: a\u2028draft: true"), [("FM009", 3, 9)]),
            "comment.md": (seed("a: 1 # hi\u2028draft: true"), [("FM009", 2, 10)]),
            "ps.md": (
                seed("a: x\u2029b: 1\nc: y\u2029"),
                [("FM009", 2, 5), ("FM009", 3, 5)],
            ),
            "nel.md": (seed('a: "x\x85"\nb: 1\x85'), [("FM009", 2, 6), ("FM009", 3, 5)]),
        },
        schema={"type": "object", "additionalProperties": {"type": "string"}},
        full=True,
    ),
    Case(
        "A9",
        "LF, CR LF and mixed: one verdict, one place; a lone CR is a finding",
        {
            "lf.md": (seed("a: 1\nname: 5"), [("SCH003", 3, 7)]),
            "crlf.md": (
                seed("a: 1\nname: 5").replace(b"\n", b"\r\n"),
                [("SCH003", 3, 7)],
            ),
            "mixed.md": (b"---\r\na: 1\nname: 5\r\n---\nBody\r\n", [("SCH003", 3, 7)]),
            "cr.md": (seed("a: 1\nname: 5").replace(b"\n", b"\r"), [("FM009", 2, 5)]),
        },
        schema=NAME_IS_TEXT,
    ),
    Case(
        "A10",
        "columns count code points: emoji, CJK and combining marks before the place",
        {
            "emoji.md": (seed('a: ["😀😀", *nope]'), [("YML013", 2, 11)]),
            "cjk.md": (seed('a: ["日本語", *nope]'), [("YML013", 2, 12)]),
            "combining.md": (seed('a: ["e\u0301", *nope]'), [("YML013", 2, 11)]),
            "family.md": (
                seed('a: ["\U0001f468\u200d\U0001f469\u200d\U0001f467", *nope]'),
                [("YML013", 2, 14)],
            ),
        },
    ),
    Case(
        "A11",
        "escapes of surrogates and of code points beyond Unicode",
        {
            "surrogate.md": (seed('a: "x\\ud800"'), [("YML001", 2, 6)]),
            "pair.md": (seed('a: "\\ud83d\\ude00"'), [("YML001", 2, 5)]),
            "beyond.md": (seed('a: "x\\U00110000"'), [("YML001", 2, 6)]),
            "key.md": (seed('"\\udfff": x'), [("YML001", 2, 2)]),
        },
    ),
    Case(
        "A12",
        "invisible and direction characters in keys: a warning, shown escaped, no duplicate",
        {
            "zwsp.md": (seed("a\u200b: 1\na: 2"), [("FM010", 2, 2)]),
            "rlo.md": (seed("a\u202eb: 1"), [("FM010", 2, 2)]),
            "isolate.md": (seed('x: "\u2066y\u2069"'), [("FM010", 2, 5), ("FM010", 2, 7)]),
        },
        full=True,
        says=("U+200B", "U+202E"),
    ),
    Case(
        "A13",
        "an empty file and a file of one byte are seeds without front matter",
        {
            "empty.md": (b"", [("FM001", 1, 1)]),
            "dash.md": (b"-", [("FM001", 1, 1)]),
            "newline.md": (b"\n", [("FM001", 1, 1)]),
            "mark.md": (b"\xef\xbb\xbf", [("FM001", 1, 1)]),
        },
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_bytes(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)
