"""Group C: YAML."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harness import (
    BROKEN,
    BROKEN_PLACE,
    CPU_SECONDS,
    GOOD,
    Case,
    Place,
    lay_out,
    one,
    params,
    places,
    run_case,
    seed,
    snapshot,
    torture,
)

ALIASED_NODES = 100_000
ROOMY = """[limits]
front-matter-bytes = 12_000_000
file-bytes = 12_000_000
nodes = 1_000_000
seconds = 60
"""
LARGE = """[limits]
front-matter-bytes = 12_000_000
file-bytes = 12_000_000
seconds = 60
"""


def bomb(levels: int, width: int) -> tuple[bytes, list[Place]]:
    """Lists of aliases of lists of aliases, and the alias that passes the limit."""
    lines = ["a0: &a0 [" + ", ".join("x" * width) + "]"]
    # Nodes so far, once every alias is unfolded: the root, the first key, its list and items.
    nodes, size = 3 + width, 1 + width
    place: Place | None = None
    for level in range(1, levels):
        line = f"a{level}: &a{level} ["
        nodes += 2
        for index in range(width):
            line += ", " if index else ""
            nodes += size
            if place is None and nodes > ALIASED_NODES:
                place = ("SEED004", level + 2, len(line) + 1)
            line += f"*a{level - 1}"
        lines.append(line + "]")
        size = 1 + width * size
    assert place is not None
    return seed("\n".join(lines)), [place]


CASES = [
    Case(
        "C1",
        "a colon and a space in an unquoted value",
        one(seed("name: DM: Diablo"), ("YML005", 2, 9)),
    ),
    Case(
        "C2",
        "nesting of 27,600, 30,000 and 100,000 levels: refused at the 65th",
        {
            "block.md": (seed("- " * 27_600 + "x"), [("SEED002", 2, 129)]),
            "block-100000.md": (seed("- " * 100_000 + "x"), [("SEED002", 2, 129)]),
            "flow.md": (seed("[" * 100_000), [("SEED002", 2, 65)]),
            "mappings.md": (seed("{a: " * 30_000), [("SEED002", 2, 257)]),
            "keys.md": (seed("? " * 100_000), [("SEED002", 2, 129)]),
            "braces.md": (seed("{" * 200_000), [("SEED002", 2, 65)]),
        },
        within=15,
    ),
    Case(
        "C3",
        "alias bombs: refused at the alias that passes 100,000 nodes",
        {"ten.md": bomb(10, 10), "doubling.md": bomb(26, 2)},
        within=10,
    ),
    Case(
        "C4",
        "6 MB without aliases under raised limits: no finding about aliases",
        one(seed("a:\n" + "- quite an ordinary text of a length that few lists have\n" * 110_000)),
        config=ROOMY,
        schema={"type": "object", "properties": {"a": {"type": "array"}}},
    ),
    Case(
        "C5",
        "aliases inside what they refer to",
        {
            "list.md": (seed("&a [*a]"), [("YML014", 2, 5)]),
            "mapping.md": (seed("&r {a: *r}"), [("YML014", 2, 8)]),
            "merge.md": (seed("x: &self\n  <<: *self"), [("YML014", 3, 7)]),
            "key.md": (seed("&k {*k : 1}"), [("YML014", 2, 5)]),
        },
    ),
    Case("C6", "an alias without an anchor", one(seed("a: *nope"), ("YML013", 2, 4))),
    Case(
        "C7",
        "an anchor defined twice (policy: a warning)",
        one(seed("a: &x 1\nb: &x 2\nc: *x"), ("YML015", 3, 4)),
    ),
    Case(
        "C8",
        "repeated keys: one finding each, nested and in flow",
        {
            "twice.md": (seed("a: 1\nb: 2\na: 3"), [("YML008", 4, 1)]),
            "thrice.md": (seed("a: 1\na: 2\na: 3"), [("YML008", 3, 1), ("YML008", 4, 1)]),
            "nested.md": (seed("a:\n  b: 1\n  b: 2"), [("YML008", 4, 3)]),
            "flow.md": (seed("a: {b: 1, b: 2}"), [("YML008", 2, 11)]),
            "quoted.md": (seed("a: 1\n'a': 2"), [("YML008", 3, 1)]),
        },
    ),
    Case(
        "C9",
        "keys that are one key as JSON, and keys that only Python calls equal",
        {
            "text.md": (seed('1: a\n"1": b'), [("YML009", 2, 1), ("YML008", 3, 1)]),
            "true.md": (seed("true: a\nTrue: b"), [("YML009", 2, 1), ("YML008", 3, 1)]),
            "one.md": (seed("1: a\ntrue: b"), [("YML009", 2, 1), ("YML009", 3, 1)]),
            "point.md": (seed("1: a\n1.0: b"), [("YML009", 2, 1), ("YML008", 3, 1)]),
        },
    ),
    Case(
        "C10",
        "keys that are not text (policy: a date is text)",
        {
            "number.md": (seed("1: x"), [("YML009", 2, 1)]),
            "null.md": (seed("null: x"), [("YML009", 2, 1)]),
            "date.md": (seed("2022-01-01: x"), []),
            "list.md": (seed("? [a]\n: x"), [("YML009", 2, 3)]),
            "mapping.md": (seed("? {a: b}\n: x"), [("YML009", 2, 3)]),
        },
        schema={"type": "object", "patternProperties": {"^[0-9]+$": True}},
    ),
    Case(
        "C11",
        "values that are not of the type their tag names (policy: `!!timestamp` is not allowed)",
        {
            "bool.md": (seed("a: !!bool abc"), [("YML012", 2, 4)]),
            "int.md": (seed("a: !!int abc"), [("YML012", 2, 4)]),
            "float.md": (seed("a: !!float x"), [("YML012", 2, 4)]),
            "null.md": (seed("a: !!null x"), [("YML012", 2, 4)]),
            "timestamp.md": (seed("a: !!timestamp x"), [("YML011", 2, 4)]),
            "huge.md": (seed("a: !!float " + "9" * 301), [("YML017", 2, 4)]),
            "huge-exact.md": (seed("a: !!float 1" + "0" * 299), []),
        },
    ),
    Case(
        "C12",
        "tags that construct: refused, nothing constructed",
        {
            "python.md": (
                seed("a: !!python/object/apply:os.system ['touch pwned']"),
                [("YML011", 2, 4)],
            ),
            "own.md": (seed("a: !foo x"), [("YML011", 2, 4)]),
            "binary.md": (seed("a: !!binary aGk="), [("YML011", 2, 4)]),
            "set.md": (seed("a: !!set {b}"), [("YML011", 2, 4)]),
            "omap.md": (seed("a: !!omap [b: 1]"), [("YML011", 2, 4)]),
        },
    ),
    Case(
        "C13",
        "impossible dates (policy: text, judged by `format`)",
        {
            "february.md": (seed("day: 2022-02-30"), [("SCH006", 2, 6)]),
            "zero.md": (seed("day: 0000-01-32"), [("SCH006", 2, 6)]),
            "hour.md": (seed("at: 2022-01-01T25:61:00Z"), [("SCH006", 2, 5)]),
            "offset.md": (seed("at: 2022-01-01T00:00:00+99:99"), [("SCH006", 2, 5)]),
            "text.md": (seed("other: 2022-02-30"), []),
        },
        schema={
            "type": "object",
            "properties": {
                "day": {"type": "string", "format": "date"},
                "at": {"type": "string", "format": "date-time"},
                "other": {"type": "string"},
            },
        },
    ),
    Case(
        "C14",
        "numbers that JSON cannot hold, or of 5,000 digits",
        {
            "digits.md": (seed("a: " + "9" * 5_000), [("YML017", 2, 4)]),
            "exponent.md": (seed("a: 1e999"), [("YML017", 2, 4)]),
            "nan.md": (seed("a: .nan"), [("YML017", 2, 4)]),
            "inf.md": (seed("a: -.inf"), [("YML017", 2, 4)]),
            "hex.md": (seed("a: 0x" + "f" * 5_000), [("YML017", 2, 4)]),
            "octal.md": (seed("a: 0o" + "7" * 5_000), [("YML017", 2, 4)]),
            "key.md": (seed("9" * 400 + ": x"), [("YML017", 2, 1)]),
        },
        schema={"type": "object", "properties": {"a": {"type": "number", "maximum": 5}}},
    ),
    Case(
        "C15",
        "one table of plain values; what readers disagree about is a warning (policy)",
        {
            "yes.md": (seed("text: yes"), [("YML018", 2, 7)]),
            "on.md": (seed("text: on"), [("YML018", 2, 7)]),
            "decimal.md": (seed("twelve: 012"), [("YML018", 2, 9)]),
            "octal.md": (seed("ten: 0o12"), [("YML018", 2, 6)]),
            "binary.md": (seed("text: 0b11"), [("YML018", 2, 7)]),
            "grouped.md": (seed("text: 1_000"), [("YML018", 2, 7)]),
            "sixty.md": (seed("text: 12:30:45"), [("YML018", 2, 7)]),
            "equals.md": (seed("text: ="), [("YML018", 2, 7)]),
            "merge.md": (seed("text: <<"), [("YML018", 2, 7)]),
            "tilde.md": (seed("null: 1"), [("YML009", 2, 1)]),
        },
        schema={
            "type": "object",
            "properties": {
                "text": {"type": "string"},
                "twelve": {"const": 12},
                "ten": {"const": 10},
            },
        },
    ),
    Case(
        "C16",
        "a YAML directive is refused and changes nothing in the next file",
        {
            "l-directive.md": (seed("%YAML 1.1\n--- \ndraft: yes"), [("YML006", 2, 1)]),
            "m-directive.md": (seed("%YAML 1.1\ndraft: yes"), [("YML006", 2, 1)]),
            "m-tag.md": (seed("%TAG ! tag:example.com,2000:\ndraft: yes"), [("YML006", 2, 1)]),
            "n-next.md": (seed("draft: yes"), [("YML018", 2, 8)]),
        },
        schema={"type": "object", "properties": {"draft": {"type": "string"}}},
    ),
    Case(
        "C17",
        "tabs: in the indentation a finding, between tokens allowed",
        {
            "indent.md": (seed("a:\n\tb: 1"), [("YML003", 3, 1)]),
            "deeper.md": (seed("a:\n  \tb: 1"), [("YML003", 3, 3)]),
            "between.md": (seed("a:\t1"), []),
            "comment.md": (seed("a: 1\t# c"), []),
        },
    ),
    Case(
        "C18",
        "more than one document",
        {
            "dots.md": (seed("a: 1\n...\nb: 2"), [("YML007", 3, 1)]),
            "dashes.md": (seed("a: 1\n--- x"), [("YML007", 3, 1)]),
        },
    ),
    Case(
        "C19",
        "a root that is not a mapping",
        {
            "text.md": (seed("hello"), [("YML010", 2, 1)]),
            "list.md": (seed("- a"), [("YML010", 2, 1)]),
            "null.md": (seed("~"), [("YML010", 2, 1)]),
            "number.md": (seed("12"), [("YML010", 2, 1)]),
            "alias.md": (seed("*a"), [("YML013", 2, 1)]),
        },
    ),
    Case(
        "C20",
        "empty keys and sets: findings, or null values",
        {
            "question.md": (seed("? "), [("YML009", 2, 2)]),
            "colon.md": (seed(": v"), [("YML001", 2, 1)]),
            "set.md": (seed("a: {b, c}"), []),
            "pairs.md": (seed("a: [b: c]"), []),
            "null.md": (seed("a:"), []),
        },
        schema={
            "type": "object",
            "properties": {
                "a": {
                    "enum": [{"b": None, "c": None}, [{"b": "c"}], None],
                }
            },
        },
    ),
    Case(
        "C21",
        "a key of 1,025 and of 10 million characters, a list of 5 million items",
        {
            "key.md": (seed("k" * 1_025 + ": 1"), [("YML001", 2, 1)]),
            "large.md": (seed("k" * 10_000_000 + ": 1"), [("YML001", 2, 1)]),
            "quoted.md": (seed('? "' + "k" * 1_025 + '"\n: 1'), []),
            "list.md": (seed("a: [" + "1," * 5_000_000 + "1]"), [("SEED003", 2, 99_999)]),
        },
        config=LARGE,
        within=2 * CPU_SECONDS,
    ),
    Case(
        "C21",
        "a key of 1,025 and of 10 million characters, a list of 5 million items",
        {
            "large.md": (seed("k" * 10_000_000 + ": 1"), [("SEED001", 1, 1)]),
            "list.md": (seed("a: [" + "1," * 5_000_000 + "1]"), [("SEED001", 1, 1)]),
        },
        variant="default-limits",
        within=10,
    ),
]

REAL = """category: news
title: "A ferry, again: it runs"
publishedDateTime: 2024-04-02T08:00:00Z
provider: &p
  name: Harbour Times
  domain: harbour-times.example
topics:
  - Ferries
  - 'It''s blue'
images:
  - {url: "https://images.example.com/f\\u00e9.jpg", width: 1200}
text: |
  one
  two
related:
  - provider: *p
    published: true
"""


TOKENS = (b"&p ", b"*p", b"<<: ", b"- ", b"? ", b": ", b"\t", b"\r", b"\n---\n", b"!!int ")


def mutated(random_source: random.Random) -> bytes:
    """`REAL` with some bytes, tokens or lines put elsewhere, doubled or lost."""
    data = bytearray(seed(REAL))
    for _ in range(random_source.randint(1, 6)):
        at = random_source.randrange(len(data))
        to = min(len(data), at + random_source.choice((1, 1, 2, 8, 40)))
        piece = bytes(data[at:to])
        match random_source.randrange(5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = random_source.choice(TOKENS)
            case 2:
                data[at] = random_source.randrange(256)
            case 3:
                place = random_source.randrange(len(data))
                data[place:place] = piece
            case _:
                data[at:to] = piece * 3
    return bytes(data)


@pytest.mark.parametrize("case", params(CASES))
def test_yaml(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)


@pytest.mark.torture("C22", "400 mutated seeds in one run: findings or clean, never a failure")
def test_mutated_seeds(tmp_path: Path) -> None:
    random_source = random.Random(20240402)
    seeds = {f"m{number:03}.md": (mutated(random_source), []) for number in range(400)}
    case = Case("C22", "", seeds)
    lay_out(case, tmp_path)
    before = snapshot(tmp_path)
    for output_format in ("json", "concise", "full"):
        ran = run_case(case, tmp_path, output_format, ".")
        assert ran.code == 1
        if output_format != "full":
            found = places(ran.out, output_format)
            codes = {code for each in found.values() for code, _, _ in each}
            assert not any(code.startswith("INT") for code in codes)
            assert "SEED006" not in codes
            assert BROKEN_PLACE in found[BROKEN]
            assert GOOD not in found
    assert snapshot(tmp_path) == before
