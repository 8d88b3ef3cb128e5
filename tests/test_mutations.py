"""Known defects put into real and invented seeds at known places, found there and nowhere else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command import check_json
from paths import CORPUS, SEEDS

Place = tuple[str, int, int]
Mutation = Callable[[list[str], random.Random], Place | None]


def seed_files() -> list[Path]:
    """Clean seeds: ours, and real ones where they are at hand."""
    real = sorted((CORPUS / "powerapps" / "news").glob("*.md"))[::12] if CORPUS.exists() else []
    return [*sorted(SEEDS.glob("*.md")), *real]


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


def mutants(folder: Path, mutation: Mutation) -> Iterator[tuple[str, Place]]:
    """Write one mutant a seed; yield its name and where its defect is."""
    rng = random.Random(20240402)
    for path in seed_files():
        text = path.read_bytes().decode("utf-8")
        newline = "\r\n" if "\r\n" in text else "\n"
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        lines = text.removeprefix("\ufeff").split(newline)
        place = mutation(lines, rng)
        if place is not None:
            name = f"{len(path.parts)}-{path.name}"
            (folder / name).write_bytes((bom + newline.join(lines)).encode("utf-8"))
            yield name, place


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_found_at_its_place_and_nothing_else(mutation: Mutation, tmp_path: Path) -> None:
    expected = sorted(mutants(tmp_path, mutation))
    assert len(expected) >= 10
    # Several seeds of one site share a title; that is no part of this test, nor are the warnings
    # that a seed had before.
    result = check_json(
        ".", "--ignore", "DUP,IMG005,URL012,FM010,REL002,REL004,TXT001", cwd=tmp_path
    )
    found = [
        (each["filename"], (each["code"], each["location"]["row"], each["location"]["column"]))
        for each in result.findings
    ]
    assert sorted(found) == expected
