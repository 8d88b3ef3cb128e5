"""The screen against the exact path: `python tools/differential.py FOLDER… --count 1000000`.

Each case is a mutant of a seed, half of them changed so gently that many stay clean. What the
screen calls clean must have no finding and the same fingerprints on the exact path, and what its
reader reads must be what the YAML parser reads, with nothing to report. A disagreement is printed
and ends the run with 1.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import fuzz
from seedlint.check import Checker
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.rules.corpus import across_options
from seedlint.run import open_contract
from seedlint.schema.evaluate import Evaluator
from seedlint.screen.screen import Screen
from seedlint.settings import Settings
from seedlint.text.source import SourceFile
from walking import walking_checker

LIMITS = Limits()
READER = LineReader(LIMITS)


def fast_path(settings: Settings) -> Screen:
    """The fast path as a run with these settings takes it."""
    contract = open_contract(settings)
    evaluator = Evaluator(contract.references, settings.severity_of)
    across = across_options(contract.schema, settings.severity_of)
    return Screen(evaluator, settings.limits, across)


def agree(data: bytes, screen: Screen, checker: Checker) -> bool:
    """Whether the screen calls `data` clean.

    Raises AssertionError when the exact path does not, or reads something else.
    """
    found = screen.judge(data)
    content = READER.read(data)
    if content is not None:
        document = read_document(SourceFile.from_bytes("seed.md", data), LIMITS)
        assert content.has_invisible or not document.problems, data
        assert repr(document.data) == repr(content.data), data
    if found is None:
        return False
    checked = checker.check(SourceFile.from_bytes("seed.md", data))
    assert checked.diagnostics == (), data
    assert checked.fingerprints == found, data
    return True


def gently(data: bytes, rng: random.Random) -> bytes:
    """Most of these leave a clean seed clean: the screen has to be right about them."""
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
    pool: Sequence[bytes],
    rng: random.Random,
    screen: Screen,
    checker: Checker,
    count: int,
) -> int:
    """How many of `count` cases were screened clean. Raises AssertionError for a disagreement."""
    taken: Counter[str] = Counter()
    clean = 0
    for _ in range(count):
        if rng.random() < 0.5:
            data = gently(rng.choice(pool), rng)
        else:
            data = fuzz.mutate(pool, rng, taken)
        clean += agree(data, screen, checker)
    return clean


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
    screen = fast_path(settings)
    checker = walking_checker(open_contract(settings), settings)
    rng = random.Random(options.seed)
    try:
        clean = compare(pool, rng, screen, checker, options.count)
    except AssertionError as error:
        print(f"they disagree: {error}", file=sys.stderr)
        return 1
    print(
        f"{options.count} cases of {len(pool)} seeds, random seed {options.seed}:"
        f" {clean} screened clean, no disagreement"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
