"""A part of a text is found where it is written, in every style of YAML and JSON."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seedlint.document.limits import Limits
from seedlint.document.yaml_tree import parse_yaml
from seedlint.text.places import place_within, places_of
from seedlint.text.span import Span

laws = settings(derandomize=True, deadline=None, max_examples=200, database=None)

WORDS = ["a", "bc", "é", "😀", "x:y", "\u00a0", " ", "  ", "\t"]
BREAKS = ["\n  ", " \n  ", "\n\n   ", "\r\n  ", "\n \n\n  "]
ESCAPES = [
    *("\\u00e9", "\\x41", "\\U0001F600", "\\n", "\\t", "\\\\", '\\"', "\\/", "\\ ", "\\_", "\\N"),
    *("\\\n  ", "\\\r\n  ", "\\\n\n  "),
]
HALVES = ["\\ud83d\\ude00", "\\ud83d\\udE00\\u0041"]


def texts_of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=8).map("".join)


IN_DOUBLE_QUOTES = texts_of(*WORDS, *BREAKS, *ESCAPES, "'", "# ").map('"{}"'.format)
IN_SINGLE_QUOTES = texts_of(*WORDS, *BREAKS, "''", '"', "\\", "# ").map("'{}'".format)
PLAIN = texts_of(*WORDS, *BREAKS, "'", '"', "\\").map("p{}p".format)
JSON = texts_of("a", "é", " ", "\\u00e9", "\\n", "\\\\", '\\"', "\\/", *HALVES).map('"{}"'.format)
COMMENT = "# below the text"
LINES = st.lists(
    st.sampled_from(["a", "a b", " a", "a ", "\ta", "", " ", "#b", "é😀", COMMENT]), max_size=6
)
PROPERTIES = st.sampled_from(["", "&a ", "!!str ", "&a !!str ", "!!str  &a "])


def read(written: str) -> Any:
    """The data that YAML has for a value; None if there is none."""
    tree = parse_yaml(f"k: {written}\n", Limits())
    return tree.data.get("k") if isinstance(tree.data, dict) else None


def parts_of(text: str) -> st.SearchStrategy[tuple[int, int]]:
    ends = st.integers(0, len(text))
    return st.tuples(ends, ends).map(lambda both: (min(both), max(both)))


def in_a_file(written: str) -> tuple[str, Span]:
    """A file with a value, and the place of it."""
    before = "---\nk: "
    return f"{before}{written}\nl: m\n", Span(len(before), len(before) + len(written))


def place_in(written: str, text: str, start: int, end: int) -> str:
    """The characters of a part, as they are written."""
    source, span = in_a_file(written)
    place = place_within(source, span, text, start, end)
    assert place is not None
    assert span.start <= place.start <= place.end <= span.end
    return source[place.start : place.end]


def check_in_quotes(data: st.DataObject, written: str, text: str, mark: str) -> None:
    start, end = data.draw(parts_of(text))
    part, found = text[start:end], place_in(written, text, start, end)
    decoded = json.loads(f'"{found}"') if mark == "json" else read(f"{mark}{found}{mark}")
    if "\n\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        # Blank lines are one place, whichever of them is meant.
        decoded, part = decoded.strip("\n"), part.strip("\n")
    assert decoded == part


@laws
@given(data=st.data(), written=IN_DOUBLE_QUOTES, properties=PROPERTIES)
def test_in_double_quotes(data: st.DataObject, written: str, properties: str) -> None:
    text = read(written)
    assume(isinstance(text, str))
    check_in_quotes(data, properties + written, text, '"')


@laws
@given(data=st.data(), written=IN_SINGLE_QUOTES, properties=PROPERTIES)
def test_in_single_quotes(data: st.DataObject, written: str, properties: str) -> None:
    text = read(written)
    assume(isinstance(text, str))
    check_in_quotes(data, properties + written, text, "'")


@laws
@given(data=st.data(), written=PLAIN)
def test_plain(data: st.DataObject, written: str) -> None:
    text = read(written)
    assume(isinstance(text, str))
    start, end = data.draw(parts_of(text))
    found = place_in(written, text, start, end).replace("'", "''")
    if "\n\n" not in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        assert read(f"'{found}'") == text[start:end]


@laws
@given(data=st.data(), written=JSON)
def test_json(data: st.DataObject, written: str) -> None:
    check_in_quotes(data, written, json.loads(written), "json")


@laws
@given(
    data=st.data(),
    lines=LINES,
    header=st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", "| # why", "!!str |"]),
    line_break=st.sampled_from(["\n", "\r\n"]),
)
def test_in_blocks(data: st.DataObject, lines: list[str], header: str, line_break: str) -> None:
    written_lines = {"": "", COMMENT: f" {COMMENT}"}
    written = line_break.join([header, *(written_lines.get(each, f"  {each}") for each in lines)])
    text = read(written + line_break)
    assume(isinstance(text, str))
    # As the maps of a document have it.
    written = written.rstrip()
    start, end = data.draw(parts_of(text))
    found, part = place_in(written, text, start, end), text[start:end]
    assert found.split() == part.split()
    for which in (slice(1), slice(-1, None)):
        if part[which].strip():
            assert found[which] == part[which]


@laws
@given(written=IN_DOUBLE_QUOTES | IN_SINGLE_QUOTES | PLAIN)
def test_characters_with_a_place_are_written_there(written: str) -> None:
    text = read(written)
    assume(isinstance(text, str))
    source, span = in_a_file(written)
    places = places_of(source, span, text)
    assert all(source[at] == text[number] for number, at in places.items())
    assert list(places.values()) == sorted(set(places.values()))
    escape = {'"': "\\", "'": "''"}.get(written[0])
    if escape and escape in written[1:-1]:
        assert places == {}
    else:
        assert all(number in places or text[number] in " \n" for number in range(len(text)))


@laws
@given(written=IN_DOUBLE_QUOTES | IN_SINGLE_QUOTES | PLAIN, other=st.text("aé\n ", max_size=4))
def test_nothing_is_found_of_another_text(written: str, other: str) -> None:
    text = read(written)
    assume(isinstance(text, str) and "\\" not in written and not text.startswith(other))
    assert place_within(*in_a_file(written), other, 0, len(other)) is None
