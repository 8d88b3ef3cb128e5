"""Known defects to put into seeds, each with the place where it must be found."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Place = tuple[str, int, int]
Mutation = Callable[[list[str], random.Random], Place | None]


def find(lines: list[str], pattern: str, rng: random.Random) -> tuple[int, re.Match[str]] | None:
    """A random front matter line that matches, by index."""
    end = lines.index("---", 1)
    hits = [(i, m) for i in range(1, end) if (m := re.match(pattern, lines[i]))]
    return rng.choice(hits) if hits else None


def misspell_key(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"(quality|heat|published): ", rng)):
        return None
    index, match = hit
    lines[index] = lines[index].replace(match[1], match[1][:-1] + "x", 1)
    return "SCH002", index + 1, 1


def misspell_required_key(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"(category|excerpt|secured|type): ", rng)):
        return None
    index, match = hit
    # Two letters swapped.
    word = match[1][:-2] + match[1][-1] + match[1][-2]
    lines[index] = lines[index].replace(match[1], word, 1)
    return "SCH002", index + 1, 1


def quote_number(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"( +)(width|height): (\d+)$", rng)):
        return None
    index, match = hit
    lines[index] = f'{match[1]}{match[2]}: "{match[3]}"'
    return "SCH003", index + 1, len(match[1]) + len(match[2]) + 3


def empty_value(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"(quality|heat): -?\d+$", rng)):
        return None
    index, match = hit
    lines[index] = f"{match[1]}:"
    return "SCH003", index + 1, 1


def break_date(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"( *)publishedDateTime: (\d{4})-\d\d-\d\dT", rng)):
        return None
    index, match = hit
    lines[index] = f"{match[1]}publishedDateTime: {match[2]}-02-30T00:00:00Z"
    return "SCH006", index + 1, len(match[1]) + len("publishedDateTime: ") + 1


def space_in_url(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r'( *(?:- )?)url: "(https://[^"/]+/)', rng)):
        return None
    index, match = hit
    lines[index] = lines[index].replace(match[2], match[2] + "a b/", 1)
    return "URL007", index + 1, len(match[1]) + len("url: ") + 1


def repeat_key(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"(category|type): \w+$", rng)):
        return None
    index, _ = hit
    end = lines.index("---", 1)
    lines.insert(end, lines[index])
    return "YML008", end + 1, 1


def drop_provider_name(lines: list[str], rng: random.Random) -> Place | None:
    hit = find(lines, r"( *)provider:$", rng)
    if not hit or not re.match(rf"{hit[1][1]}  name: ", lines[hit[0] + 1]):
        return None
    index, match = hit
    del lines[index + 1]
    return "SCH001", index + 1, len(match[1]) + 1


def zero_height(lines: list[str], rng: random.Random) -> Place | None:
    if not (hit := find(lines, r"( +)height: \d+$", rng)):
        return None
    index, match = hit
    lines[index] = f"{match[1]}height: 0"
    return "IMG001", index + 1, len(match[1]) + len("height: ") + 1


MUTATIONS: list[Mutation] = [
    misspell_key,
    misspell_required_key,
    quote_number,
    empty_value,
    break_date,
    space_in_url,
    repeat_key,
    drop_provider_name,
    zero_height,
]


def mutants(folder: Path, mutation: Mutation, seeds: Sequence[Path]) -> Iterator[tuple[str, Place]]:
    """Write one mutant a seed into a folder; yield its name and where its defect is."""
    rng = random.Random(20240402)
    for path in seeds:
        text = path.read_bytes().decode("utf-8")
        newline = "\r\n" if "\r\n" in text else "\n"
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        lines = text.removeprefix("\ufeff").split(newline)
        place = mutation(lines, rng)
        if place is not None:
            name = f"{len(path.parts)}-{path.name}"
            (folder / name).write_bytes((bom + newline.join(lines)).encode("utf-8"))
            yield name, place
