"""Mutated seeds through the whole check: `python tools/fuzz.py FOLDER… --count 200000 --seed 1`.

Each mutant is a real seed with a few of its bytes, lines, tokens or YAML constructs changed. Any
exception is printed with the mutant and ends the run with 1; a signal ends the process itself.
The laws that every result must keep are checked too: places lie inside the file, messages are one
line of at most 300 characters.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from seedlint.check import Checked, Checker
from seedlint.diagnostic import Severity
from seedlint.run import open_contract
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

Mutate = Callable[[bytearray, random.Random, Sequence[bytes]], None]

# Pieces of YAML, Markdown and Unicode that readers trip over.
TOKENS = (
    b": ",
    b":",
    b"- ",
    b"-",
    b"? ",
    b"#",
    b" #",
    b"&a ",
    b"*a",
    b"<<: *a\n",
    b"!!int ",
    b"!x ",
    b"!!python/object/apply:os.system ",
    b"|",
    b">-",
    b"|2",
    b"'",
    b'"',
    b'"\n',
    b"\\",
    b"\\x",
    b"%YAML 1.1\n",
    b"---\n",
    b"...\n",
    b"--- x\n",
    b"+++\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"\t",
    b"  ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\x00",
    b"\x1b[2J",
    b"\x7f",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    "é".encode(),
    "😀".encode(),
    "\u202e".encode(),
    "\u200b".encode(),
    b"null",
    b"~",
    b"yes",
    b"0x1F",
    b"1e999",
    b".nan",
    b"9" * 400,
    b"2022-02-30",
    b"<<<<<<< HEAD\n",
    b"=======\n",
    b"::error::x",
    b"##[add-mask]x",
    b"http://[",
    b"https://a..b/",
    b"//",
    b"%zz",
    b"@",
    b"&#038;",
    b"- " * 70,
    b"[" * 70,
    b"seedlint: ignore[ALL]",
    b"# seedlint: ignore[SCH]\n",
)


def replace_bytes(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    for _ in range(rng.randint(1, 4)):
        data[rng.randrange(len(data))] = rng.randrange(256)


def insert_token(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(TOKENS)


def insert_token_at_line(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    starts = [0, *(i + 1 for i, byte in enumerate(data) if byte == 10)]
    at = rng.choice(starts)
    data[at:at] = rng.choice(TOKENS)


def delete_slice(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 1, 2, 5, 40))]


def shuffle_lines(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
    action = rng.randrange(4)
    if action == 0:
        lines[i], lines[j] = lines[j], lines[i]
    elif action == 1:
        lines.insert(i, lines[j])
    elif action == 2:
        del lines[i]
    else:
        lines[i] = b" " * rng.randint(0, 5) + lines[i].lstrip()
    data[:] = b"\n".join(lines)


def splice_other(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    other = rng.choice(pool)
    at, start = rng.randrange(len(data) + 1), rng.randrange(len(other))
    data[at : at + rng.randint(0, 80)] = other[start : start + rng.randint(1, 200)]


def empty_value(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    i = rng.randrange(len(lines))
    lines[i] = lines[i].partition(b": ")[0] + b": " + rng.choice(TOKENS)
    data[:] = b"\n".join(lines)


MUTATIONS: tuple[Mutate, ...] = (
    replace_bytes,
    insert_token,
    insert_token_at_line,
    delete_slice,
    shuffle_lines,
    splice_other,
    empty_value,
)


def mutate(pool: Sequence[bytes], rng: random.Random) -> bytes:
    """A mutant of a random member of `pool`."""
    data = bytearray(rng.choice(pool))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if data:
            rng.choice(MUTATIONS)(data, rng, pool)
    return bytes(data)


def check_laws(source: SourceFile, checked: Checked) -> None:
    """Raise AssertionError when a result breaks a law."""
    for finding in checked.diagnostics:
        for region in (finding.region, *(label.region for label in finding.labels)):
            assert region.start <= region.end, finding
            assert region.end.line <= source.lines.line_count, finding
            width = len(source.lines.line_text(region.end.line))
            assert region.end.column <= width + 2, finding
        assert len(finding.message) <= 300, finding
        assert not set("\r\n") & set(finding.message), finding
        assert not finding.code.startswith("INT"), finding
    assert checked.checked or any(
        finding.severity is Severity.ERROR for finding in checked.diagnostics
    ), "neither checked nor refused"


def fuzz(pool: Sequence[bytes], rng: random.Random, count: int, seconds: float) -> int:
    """Check up to `count` mutants within `seconds`; return how many. Raises what it finds."""
    settings = Settings()
    checker = Checker(open_contract(settings), settings)
    end = time.monotonic() + seconds
    for number in range(count):
        if time.monotonic() > end:
            return number
        data = mutate(pool, rng)
        try:
            source = SourceFile.from_bytes("mutant.md", data)
            check_laws(source, checker.check(source))
        except BaseException:
            print(f"mutant {number}: {data!r}", file=sys.stderr)
            raise
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args()
    pool = [
        path.read_bytes() for folder in options.folders for path in sorted(folder.rglob("*.md"))
    ]
    done = fuzz(pool, random.Random(options.seed), options.count, options.seconds)
    print(f"{done} mutants of {len(pool)} seeds, random seed {options.seed}: no exception")
    return 0


if __name__ == "__main__":
    sys.exit(main())
