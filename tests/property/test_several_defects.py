"""Real seeds with two or three random defects, of YAML and of the contract, and all their fixes.

Whatever is made of such a seed has no finding that it had not, says the same where nothing was
wrong, and does not change again; what is not made is said.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fixing import documents, fix, make_fixer
from paths import CONTRACT, CORPUS, SEEDS, needs
from seedlint.check import Checker
from seedlint.fix.mending import mistakes_of
from seedlint.fix.reading import Reading
from seedlint.run import open_schema
from seedlint.settings import Settings

Change = tuple[str, Callable[[str], str]]
"""The lines that can have a defect, as a pattern, and what it makes of one."""

PAIR = r" *(?:- )?\w+: \S"
TEXT = r' *(?:- )?\w+: "[A-Z][^"]* \w[^"]*"$'
ADDRESS = r' *(?:- )?\w+: "https://[^"]+"$'
NUMBER = r" *\w+: [0-9]+$"
ITEM = r" *- "
INDENTED = r"  +\S"


def once(pattern: str, by: str) -> Callable[[str], str]:
    return lambda line: re.sub(pattern, by, line, count=1)


DEFECTS: dict[str, Change] = {
    "no space": (PAIR, once(": ", ":")),
    "full-width colon": (PAIR, once(": ", "\uff1a")),
    "equals sign": (PAIR, once(": ", " = ")),
    "no-break space": (PAIR, once(": ", ":\u00a0")),
    "comma": (PAIR, once("$", ",")),
    "no closing quote": (TEXT, once('"$', "")),
    "no opening quote": (TEXT, once(': "', ": ")),
    "no quotes": (TEXT, lambda line: line.replace('"', "")),
    "typographic quotes": (TEXT, once(': "(.*)"$', ": \u201c\\1\u201d")),
    "quotes inside": (TEXT, once(r" (\w+)", r' "\1"')),
    "colon inside": (TEXT, once(r" (\w)", r": \1")),
    "entity": (TEXT, once(" ", " &amp; ")),
    "line separator": (TEXT, once(" ", "\u2028")),
    "invisible": (PAIR, once(": ", ": \u200b")),
    "tab": (INDENTED, once("^ +", "\t")),
    "a space more": (PAIR, once("^", " ")),
    "no indentation": (INDENTED, once("^ +", "")),
    "no dash": (ITEM, once("- ", "  ")),
    "glued dash": (ITEM, once("- ", "-")),
    "asterisk": (ITEM, once("- ", "* ")),
    "alias": (PAIR, once(': "?', ": *")),
    "bracket": (PAIR, once(': "?', ": [")),
    "comment": (r"\w+: \S", once("^", "// note\n")),
    "document in two": (r"\w+: \S", once("^", "...\n")),
    "repeated": (PAIR, lambda line: f"{line}\n{line}"),
    "misspelt": (r" *\w\w\w+: ", once(r"(\w)(\w)(\w*:)", r"\2\1\3")),
    "no value": (PAIR, once(": .*", ":")),
    "number in quotes": (NUMBER, once(r"([0-9]+)$", r'"\1"')),
    "unit": (NUMBER, once("$", " px")),
    "http": (ADDRESS, once("https:", "http:")),
    "scheme twice": (ADDRESS, once("https://", "https://https://")),
    "no scheme": (ADDRESS, once("https://", "")),
    "angle brackets": (ADDRESS, once('"(.*)"', r"<\1>")),
    "entity in address": (ADDRESS, once('"$', '?a&amp;b"')),
    "suppression": (PAIR, once("$", " # seedlint: ignore URL012")),
}


def with_defects(text: str, rng: random.Random) -> str:
    """The text with two or three defects in its front matter."""
    for name in rng.sample(sorted(DEFECTS), rng.choice([2, 2, 3])):
        pattern, change = DEFECTS[name]
        lines = text.split("\n")
        end = lines.index("---", 1)
        places = [number for number in range(1, end) if re.match(pattern, lines[number])]
        if places:
            number = rng.choice(places)
            lines[number] = change(lines[number])
        text = "\n".join(lines)
    return text


def check_defects(folder: Path, every: int, count: int, *, unsafe: bool) -> Counter[str]:
    """What became of so many seeds with defects."""
    rng = random.Random(count)
    settings = Settings(schema=CONTRACT)
    checker = Checker(open_schema(settings), settings)
    fixer = make_fixer(CONTRACT, unsafe=unsafe)
    seeds = [data for data, _ in documents(folder, every)]

    def read(data: bytes) -> Reading:
        document = checker.read("s.md", data)
        return Reading(document, partial(checker.check, document))

    results: Counter[str] = Counter()
    for _ in range(count):
        old = rng.choice(seeds)
        text = with_defects(old.decode("utf-8", "surrogateescape"), rng)
        broken = text.encode("utf-8", "surrogateescape")
        fixed = fix(fixer, broken)
        before, after = read(broken), read(fixed.new)
        reasons = " ".join(each.reason for each in fixed.refused)
        assert not re.search("seedlint failed|takes too long", reasons), text
        if not fixed.is_changed:
            results["left"] += 1
            mistakes = mistakes_of(before)
            if unsafe and mistakes and mistakes[0].fix:
                assert fixed.refused, text
            continue
        results["fixed"] += 1
        assert after.document.is_checkable, text
        assert not fix(fixer, fixed.new).is_changed, text
        # What is not between the fences, and what is a comment, stays.
        assert fixed.new.endswith(old.split(b"\n---", 1)[1]), text
        if before.document.is_checkable:
            codes, left = (
                Counter(each.code for each in reading.result.diagnostics)
                for reading in (before, after)
            )
            assert left <= codes, text
    return results


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_own_seeds(unsafe: bool) -> None:
    results = check_defects(SEEDS, 1, 60, unsafe=unsafe)
    assert results["fixed"] > 15


@needs(CORPUS)
def test_real_seeds() -> None:
    results = check_defects(CORPUS, 12, 100, unsafe=True)
    assert results["fixed"] > 40


@pytest.mark.slow
@needs(CORPUS)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_many_real_seeds(unsafe: bool) -> None:
    results = check_defects(CORPUS, 4, 2_000, unsafe=unsafe)
    assert results["fixed"] > 500
