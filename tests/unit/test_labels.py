"""A label is at the characters that it is about, however the value is written."""

from __future__ import annotations

import json

import pytest

from seedlint.check import Checker
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.span import LineIndex

URL = {"properties": {"url": {"x-seedlint": {"url": {}}}}}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    path = tmp_path_factory.mktemp("contract") / "s.json"
    path.write_text(json.dumps(URL), "utf-8")
    return Checker(load_schema(path), Settings(schema=path))


# Front matter, and the characters that have a label.
LABELS = {
    "plain": ("url: https://example.com/a\\b", ["\\"]),
    "double quotes": (r'url: "https://example.com/a\\b"', [r"\\"]),
    "an escape before it": (r'url: "https:\/\/example.com\u002Fa\\b"', [r"\\"]),
    "an escape that YAML alone has": (r'url: "https://example.com/\x61\x5Cb"', [r"\x5C"]),
    "a long escape": (r'url: "https://example.com/\U00000061\U0000005Cb"', [r"\U0000005C"]),
    "single quotes": ("url: 'https://example.com/a''s\\b'", ["\\"]),
    "a bar": ("url: |-\n  https://example.com/a\\b", ["\\"]),
    "a bar, and two lines": ("url: |-\n  https://example.com/\n  a", ["\n  "]),
    "an angle": ("url: >-\n  https://example.com/\n  a", ["\n  "]),
    "plain, on two lines": ("url: https://example.com/\n  a\\b", ["\\", "\n  "]),
    "an anchor": ('url: &a "https://example.com/\\u0061\\\\b"', [r"\\"]),
    "a part of several characters": (
        r'url: "https://example.com/caf\u00C3\u00A9"',
        [r"\u00C3\u00A9"],
    ),
    # Of what came through an alias only the anchor is shown.
    "an alias": ("b: &a 'https://example.com/a''s\\b'\nurl: *a", ["&a"]),
    "a percent sign twice": (r'url: "https://example.com/\u0025zz%41"', [r"\u0025"]),
}


@pytest.mark.parametrize("case", LABELS)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_labels_in_yaml(checker: Checker, case: str, line_break: str) -> None:
    yaml, expected = LABELS[case]
    text = f"---\n{yaml}\n---\n".replace("\n", line_break)
    found = [each.replace("\r\n", "\n") for each in labels(checker, text)]
    assert found == expected


def test_labels_in_json(checker: Checker) -> None:
    text = r'{"url": "https:\/\/example.com/\ud83d\ude00\u0061\\b"}'
    assert labels(checker, text) == [r"\\", r"\ud83d\ude00"]


def labels(checker: Checker, text: str) -> list[str]:
    document = checker.read("s.md", text.encode())
    lines = LineIndex(text)
    found = []
    for diagnostic in checker.check(document).diagnostics:
        for label in diagnostic.labels:
            start, end = (
                lines.line_span(place.line).start + place.column - 1
                for place in (label.region.start, label.region.end)
            )
            found.append(text[start:end])
    return found


def test_all_that_is_said_of_an_address_over_two_lines_agrees(checker: Checker) -> None:
    yaml = "url: 'https:\\\\a.example\\b-\n  c'"
    found = checker.check(checker.read("s.md", f"---\n{yaml}\n---\n".encode())).diagnostics
    assert {each.help for each in found} == {"write `https://a.example/b-c`"}
    labels = [label.message for each in found for label in each.labels]
    assert labels == ["a backslash", "a line break"]
