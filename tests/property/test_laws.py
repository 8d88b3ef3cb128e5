"""Laws that hold for every file there can be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.check import Checker, FileResult
from seedlint.diagnostic import Diagnostic, Fix, Label, Region
from seedlint.document.document import find_front_matter, read_document
from seedlint.document.front_matter import FrontMatter
from seedlint.document.limits import Limits
from seedlint.report import concise, full
from seedlint.report import json as json_report
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.text.source import SourceFile
from seedlint.text.span import LineIndex, Position

CONTRACT = {
    "type": "object",
    "required": ["title", "tags"],
    "properties": {
        "title": {"type": "string", "minLength": 2, "maxLength": 20, "pattern": "^\\w"},
        "date": {"format": "date"},
        "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}, "minItems": 1},
        "heat": {"type": "integer", "maximum": 100},
        "by": {
            "oneOf": [
                {"type": "string"},
                {"type": "object", "required": ["name"], "additionalProperties": False},
            ]
        },
        "self": {"$ref": "#"},
    },
    "propertyNames": {"maxLength": 12},
    "dependentRequired": {"date": ["by"]},
    "additionalProperties": False,
}

laws = settings(derandomize=True, deadline=None, max_examples=300, database=None)

KEYS = st.sampled_from(
    ["title", "tags", "date", "heat", "by", "self", "name", "titel", '"tags"', "1", "? a", "&a by"]
)
VALUES = st.sampled_from(
    [
        "", "x", "a title", "ünï 中😀", "'q'", '"q"', '"two\n  lines"', "|\n    block\n  ", ">-",
        "~",
        "true", "yes", "12", "012", "101", ".nan", "1e999", "2022-02-30", "2024-01-02", "[x, y]",
        "[x, x, 1]", "[]", "{name: x}", "{nam: x, 1: y}", "{title: x}", "&a [x]", "*a", "!!int x",
        "!x y", "a: b", "it's", '"open', "- x", "[x", "\n  - x\n  - x", "\n  name: y\n  nam: z",
        "\n  title: z\n  self:\n    tags: w", "{<<: {name: z}}", "x # c", "@", "e\u0301",
    ]
)  # fmt: skip
LINES = st.builds("{}: {}".format, KEYS, VALUES)
FRAGMENTS = st.sampled_from(
    [
        "title: ", "tags:", "- ", "  ", "    ", ": ", "? ", ", ", "[", "]", "{", "}", '"', "'", "#",
        " # ", "&a ", "*a", "!!int ", "~", "yes", "<<: ", "x", "\t", "%YAML 1.1", "----", ">", "|",
        "\\", "\\n", "\\x", "<<<<<<< a", "=======", "@", "`", "+++", "é", "😀", "e\u0301",
    ]
)  # fmt: skip
HOSTILE = st.sampled_from(
    ["---", "...", "\r", "\u200b", "\u2028", "\x85", "\ufeff", "\x00", "\x1b", "\x7f", "\u202e"]
)
# Mostly what a writer writes, now and then with something thrown in, now and then only debris.
PLAIN_YAML = st.one_of(
    st.lists(LINES, max_size=8).map("\n".join),
    st.lists(LINES, max_size=8, unique_by=lambda line: line[:3]).map("\n".join),
    st.lists(LINES | FRAGMENTS, max_size=8).map("\n".join),
    st.lists(FRAGMENTS | st.just("\n"), max_size=25).map("".join),
)
YAML_LIKE = st.one_of(
    PLAIN_YAML,
    PLAIN_YAML,
    st.lists(LINES | HOSTILE | FRAGMENTS, max_size=8).map("\n".join),
    st.lists(FRAGMENTS | HOSTILE | st.text(max_size=3), max_size=25).map("".join),
)
BODIES = st.binary(max_size=20)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


SEEDS = st.builds(
    lambda bom, opening, yaml, closing, body: bom + opening + yaml + closing + body,
    st.sampled_from([b""] * 8 + [b"\xef\xbb\xbf", b"\xff\xfe"]),
    st.sampled_from([b"---\n"] * 6 + [b"---\r\n", b"--- \n", b"----\n", b""]),
    st.one_of(*[YAML_LIKE.map(as_bytes)] * 4, st.binary(max_size=30)),
    st.sampled_from(
        [b"\n---\n", b"\n---\n", b"\n---\n", b"\r\n---\r\n", b"\n...\n", b"\n---", b""]
    ),
    BODIES,
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path = tmp_path_factory.mktemp("contract") / "s.json"
    path.write_text(json.dumps(CONTRACT))
    return Checker(load_schema(path, "s.json"), Settings(root=Path()))


def check(checker: Checker, data: bytes) -> FileResult:
    return checker.check(checker.read("s.md", data))


def regions(each: Diagnostic) -> list[Region]:
    return [each.region, *(label.region for label in each.labels)]


def offset(lines: LineIndex, position: Position) -> int:
    return lines.line_span(position.line).start + position.column - 1


@laws
@given(data=SEEDS)
@example(data=b"")
@example(data=b"-")
@example(data=b"---\n? [a, &x {b: *x}]\n---\n")
@example(data=b"---\n&a a: 1\n*a : 2\n---\n")
def test_any_bytes_at_all_give_findings_inside_the_file(checker: Checker, data: bytes) -> None:
    source = SourceFile.from_bytes("s.md", data)
    found = find_front_matter(source.text)
    checked = check(checker, data)
    # What is not checked is not passed over in silence.
    assert checked.validated or checked.diagnostics
    last = found.closing.end if isinstance(found, FrontMatter) else len(source.text)
    for each in checked.diagnostics:
        assert len(each.message) <= 300
        assert "\n" not in each.message
        for region in regions(each):
            start, end = (offset(source.lines, p) for p in (region.start, region.end))
            assert 0 <= start <= end <= last
            # A place that exists: its column is on its line.
            assert source.lines.position(start) == region.start
            assert source.lines.position(end) == region.end


@laws
@given(data=SEEDS)
def test_every_report_can_be_written(checker: Checker, data: bytes) -> None:
    source = SourceFile.from_bytes("s.md", data)
    diagnostics = check(checker, data).diagnostics
    for line in (
        *concise.render(diagnostics),
        *full.render(diagnostics, lambda path: source, color=False),
        *json_report.render(diagnostics),
    ):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@laws
@given(yaml=PLAIN_YAML)
def test_line_endings_move_nothing(checker: Checker, yaml: str) -> None:
    text = f"---\n{yaml}\n---\nbody\n"
    unix = check(checker, text.encode()).diagnostics
    dos = check(checker, text.replace("\n", "\r\n").encode()).diagnostics
    assert [(d.code, d.region.start, d.pointer) for d in unix] == [
        (d.code, d.region.start, d.pointer) for d in dos
    ]


@laws
@given(yaml=YAML_LIKE, body=BODIES, other=BODIES)
def test_the_body_changes_nothing(checker: Checker, yaml: str, body: bytes, other: bytes) -> None:
    head = b"---\n" + as_bytes(yaml) + b"\n---\n"
    assert check(checker, head + body) == check(checker, head + other)


@laws
@given(yaml=YAML_LIKE)
def test_a_byte_order_mark_changes_nothing(checker: Checker, yaml: str) -> None:
    data = b"---\n" + as_bytes(yaml) + b"\n---\n"
    assert check(checker, b"\xef\xbb\xbf" + data) == check(checker, data)


@laws
@given(yaml=PLAIN_YAML, count=st.integers(1, 5))
def test_comments_above_move_findings_down(checker: Checker, yaml: str, count: int) -> None:
    def places(text: str) -> list[tuple[str, int, str | None]]:
        found = check(checker, f"---\n{text}\n---\n".encode()).diagnostics
        return [(d.code, d.region.start.line, d.pointer) for d in found]

    moved = [
        (code, line + count if line > 1 else line, pointer) for code, line, pointer in places(yaml)
    ]
    assert places("# c\n" * count + yaml) == moved


@laws
@given(data=SEEDS)
def test_the_same_twice(checker: Checker, data: bytes) -> None:
    assert check(checker, data) == check(checker, data)


@laws
@given(data=SEEDS)
def test_data_is_json(data: bytes) -> None:
    document = read_document(SourceFile.from_bytes("s.md", data), Limits())
    if document.is_checkable:
        json.dumps(document.data, allow_nan=False)


# ---------------------------------------------------------------- the order of findings

POSITIONS = st.builds(Position, st.integers(1, 2), st.integers(1, 2))
REGIONS = st.builds(Region, st.sampled_from(["a.md", "b.md"]), POSITIONS, POSITIONS)
DIAGNOSTICS = st.builds(
    Diagnostic,
    REGIONS,
    st.sampled_from(["FM001", "SCH003"]),
    st.just("a-name"),
    st.sampled_from(Severity),
    st.sampled_from(["m", "n"]),
    st.sampled_from([None, "/a"]),
    st.none(),
    st.just(()) | st.builds(lambda region: (Label(region, "see"),), REGIONS),
    fix=st.none() | st.just(Fix("mend it", "safe", ())),
)


@pytest.mark.slow
@laws
@given(found=st.lists(DIAGNOSTICS, max_size=6), seed=st.randoms(use_true_random=False))
def test_the_order_of_findings_is_total(found: Sequence[Diagnostic], seed: object) -> None:
    shuffled = list(found)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    keys = [each.sort_key() for each in sorted(found, key=Diagnostic.sort_key)]
    assert keys == [each.sort_key() for each in sorted(shuffled, key=Diagnostic.sort_key)]
    for one in found:
        for other in found:
            assert (one.sort_key() < other.sort_key()) + (one.sort_key() > other.sort_key()) + (
                one.sort_key() == other.sort_key()
            ) == 1
