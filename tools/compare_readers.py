"""The line reader against the YAML reader: `python tools/compare_readers.py --count 1000000`.

Random front matter, and with `--folder` real files as they are, with CRLF and with a byte order
mark. What is read by lines must be what the YAML reader reads, without a problem but invisible
characters, and every pointer must have the same span. A disagreement is printed and ends the run
with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from random_front_matter import Maker
from seedlint.document.document import document_of_lines, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.document.pointer import Part, Pointer
from seedlint.document.problem import ProblemKind
from seedlint.text.source import SourceFile

LIMITS = Limits()
READER = LineReader(LIMITS)
PARTS: tuple[Part, ...] = ("value", "key", "mapping")


def pointers(data: Any, at: Pointer = ()) -> Iterator[Pointer]:
    """Every pointer into `data`, and some that lead nowhere."""
    yield at
    entries = data.items() if isinstance(data, dict) else ()
    for step, value in enumerate(data) if isinstance(data, list) else entries:
        yield from pointers(value, (*at, step))
    yield from ((*at, "no such key"), (*at, 10_000))


def compare(data: bytes, counts: Counter[str]) -> str | None:
    """Compare the readers of one file; a text about a disagreement."""
    content = READER.read(data)
    source = SourceFile.from_bytes("seed.md", data)
    document = read_document(source, LIMITS)
    is_sound = document.is_checkable and not document.problems
    counts["documents"] += 1
    counts["sound"] += is_sound
    if content is None:
        counts["sound, but not read by lines"] += is_sound
        return None
    counts["read by lines"] += 1
    problems = [
        each for each in document.problems if each.kind is not ProblemKind.INVISIBLE_CHARACTER
    ]
    if problems or repr(document.data) != repr(content.data):
        return f"{data!r}\nby lines: {content.data}\nYAML: {document.data} {problems}"
    if document.problems and not content.has_invisible:
        return f"{data!r}\ninvisible characters are not noticed"
    by_lines = document_of_lines(source, content)
    if document.front_matter != by_lines.front_matter:
        return f"{data!r}\nby lines: {by_lines.front_matter}\nYAML: {document.front_matter}"
    for pointer in pointers(content.data):
        entry = document.source_map.entry(pointer)
        if entry != (found_entry := by_lines.source_map.entry(pointer)):
            return f"{data!r}\nentry of {pointer}: by lines {found_entry}, YAML {entry}"
        for part in PARTS:
            counts["spans"] += 1
            wanted = document.source_map.span(pointer, part)
            found = by_lines.source_map.span(pointer, part)
            if wanted != found:
                return f"{data!r}\n{part} of {pointer}: by lines {found}, YAML {wanted}"
    return None


def variants(data: bytes) -> Iterator[bytes]:
    """A file as it is, with CRLF, with a byte order mark, and with emoji in it."""
    yield data
    yield data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    yield b"\xef\xbb\xbf" + data
    yield data.replace(b': "', ': "😀 '.encode())


def cases(folders: list[Path], count: int, seed: int) -> Iterator[bytes]:
    """The files of the folders in all variants, then random documents up to `count` cases."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".md", ".html") and path.is_file() and not path.is_symlink():
                yield from variants(path.read_bytes())
    maker = Maker(random.Random(seed))
    for _ in range(count):
        yield maker.front_matter().encode()


def main() -> int:
    """Compare; 1 if there was a disagreement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help="random documents")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    for data in cases(arguments.folder, arguments.count, arguments.seed):
        if (problem := compare(data, counts)) is not None:
            print(problem)
            return 1
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
