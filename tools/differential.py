"""Shortcuts against a run without any: `python tools/differential.py FOLDER… --count 1000000`.

Each case is a mutant of a seed, half of them changed so gently that many stay clean. What the YAML
reader and an evaluator without quick tests find (findings, places, fingerprints) must also be the
result with quick tests, and that of the fast path where it has one. A disagreement is printed and
ends the run with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import fuzz
from seedlint.check import Checker
from seedlint.discover import Target
from seedlint.document.document import read_document
from seedlint.fast_path import FastPath
from seedlint.result import FileResult
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile
from walking import walking_checker

NAME = "seed.md"


def fast_result(fast_path: FastPath, data: bytes) -> FileResult | None:
    """What the fast path says of a file."""
    return fast_path.check(Target(NAME, NAME), data)


def yaml_result(checker: Checker, data: bytes) -> FileResult:
    """What comes of a file that the YAML reader reads."""
    source = SourceFile.from_bytes(NAME, data)
    return checker.check(read_document(source, checker.settings.limits))


class Agreed(NamedTuple):
    """The result for a file, and whether the fast path had it."""

    result: FileResult
    is_fast: bool


def agree(data: bytes, fast_path: FastPath, walking: Checker) -> Agreed:
    """The result for a file, the same with and without shortcuts.

    `walking` is a checker without quick tests. Raises AssertionError for a disagreement.
    """
    wanted = yaml_result(walking, data)
    assert yaml_result(fast_path.checker, data) == wanted, data
    found = fast_result(fast_path, data)
    assert found is None or found == wanted, data
    return Agreed(wanted, found is not None)


def gently(data: bytes, rng: random.Random) -> bytes:
    """Most of these leave a clean seed clean: the fast path must be right about them."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    line = lines[at]
    kind = rng.randrange(8)
    if kind == 0 and line:
        where = rng.randrange(len(line))
        lines[at] = line[:where] + rng.choice([b"a", b"7", b".", b"#", b":", b" "]) + line[where:]
    elif kind == 1:
        lines[at] = line + rng.choice([b" ", b" # note", b"\r", b"#", b"\t"])
    elif kind == 2:
        lines[at] = line.replace(b'"', rng.choice([b"'", b""]))
    elif kind == 3:
        lines.insert(at, rng.choice([b"", b"# note", b"  # note", b"   "]))
    elif kind == 4:
        lines[at] = b"  " + line if rng.random() < 0.5 else line[1:]
    elif kind == 5 and b": " in line:
        head = line.partition(b": ")[0]
        scalars = [
            b"1",
            b"1.0",
            b"0x1F",
            b"~",
            b"null",
            b"True",
            b"on",
            b"[]",
            b"{}",
            b"2024-01-01",
        ]
        lines[at] = head + b": " + rng.choice(scalars)
    elif kind == 6:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        return data.replace(b"\n", b"\r\n")
    return b"\n".join(lines)


def compare(
    pool: Sequence[bytes], rng: random.Random, fast_path: FastPath, checker: Checker, count: int
) -> Counter[str]:
    """How many of `count` cases had findings, a result on the fast path, and a clean one there.

    Raises AssertionError for a disagreement.
    """
    taken: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for _ in range(count):
        if rng.random() < 0.5:
            data = gently(rng.choice(pool), rng)
        else:
            data = fuzz.mutate(pool, rng, taken)
        result, is_fast = agree(data, fast_path, checker)
        found["with findings"] += bool(result.diagnostics)
        found["fast"] += is_fast
        found["clean"] += is_fast and not result.diagnostics
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pool = [
        path.read_bytes() for folder in options.folders for path in sorted(folder.rglob("*.md"))
    ]
    settings = Settings()
    contract = open_schema(settings)
    checker = walking_checker(contract, settings)
    rng = random.Random(options.seed)
    try:
        found = compare(pool, rng, FastPath(contract, settings), checker, options.count)
    except AssertionError as error:
        print(f"they disagree: {error}", file=sys.stderr)
        return 1
    print(
        f"{options.count} cases of {len(pool)} seeds, random seed {options.seed}: "
        f"{found['fast']} on the fast path, {found['clean']} clean, no disagreement"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
