"""What hostile front matter costs the line reader and its map: time linear in its length."""

from __future__ import annotations

import pytest

from cpu import cpu_limit
from seedlint.document.document import document_of_lines
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.text.source import SourceFile

BLANKS = " " * 1_000_000
LIMITS = Limits(front_matter_bytes=32 * 1024 * 1024, nodes=1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        f"a: x{BLANKS}: y",
        f"a:{BLANKS}@",
        f"-{BLANKS}@",
        f"{BLANKS}@",
        f'a: "x"{BLANKS}@',
        f"a: |{BLANKS}@",
        f"a: [x{BLANKS}y",
        f"a: {{k: x{BLANKS}y",
        f"a: {{k:{BLANKS}@",
        f"a: [x]{BLANKS}y",
    ],
    ids=lambda line: line.replace(BLANKS, "_"),
)
def test_blanks_are_looked_at_once(line: str) -> None:
    with cpu_limit():
        assert LineReader(LIMITS).read(f"---\n{line}\n---\n".encode()) is None


@pytest.mark.slow
def test_the_keys_of_many_mappings_are_found_in_linear_time() -> None:
    count = 60_000
    items = "".join(f"- x: {number}\n  'y': 2\n" for number in range(count))
    data = f"---\na:\n{items}---\n".encode()
    content = LineReader(LIMITS).read(data)
    assert content is not None
    document = document_of_lines(SourceFile.from_bytes("seed.md", data), content)
    with cpu_limit():
        for number in range(count):
            for key in ("x", "y"):
                span = document.source_map.span(("a", number, key), "key")
                assert key in document.source.text[span.start : span.end]


def test_no_long_line_is_remembered() -> None:
    """A reader that kept what it saw would grow by each file."""
    reader = LineReader(LIMITS)
    wide = " " * 100_000
    for number in range(3):
        seed = f"---\na:\n{wide}k{number}: 1\n{wide}k: [x]\n---\n"
        assert reader.read(seed.encode()) is not None
    kept = [*reader._known, *reader._heads]
    assert sum(map(len, kept)) < 1000
