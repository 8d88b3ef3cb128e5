"""Real seeds with one slip of YAML, a fence or a character: the safe fix takes it out again.

Byte for byte, with every line break, with a byte order mark and without a final line break.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from fixing import codes_of, documents, fix, make_fixer, variants
from paths import CORPUS, SEEDS, needs
from seedlint.fix.fixer import Fixer

Slip = Callable[[str], Iterator[str]]
"""A seed with the slip, once for each place that can have it."""

# Behind a colon without a space a text with another colon is a value, and all before it a key.
KEY = r"^( *(?:- )?[A-Za-z]\w*)"
QUOTED = KEY + r': "([^"\\\n:#]*\w)"$'


def each(pattern: str, replace: Callable[[re.Match[str]], str]) -> Slip:
    """The slip that makes `replace` of a match in the front matter."""

    def slip(text: str) -> Iterator[str]:
        end = text.index("\n---\n", 4) + 1
        for match in re.finditer(pattern, text[:end], re.MULTILINE):
            yield text[: match.start()] + replace(match) + text[match.end() :]

    return slip


def last_fence(fence: str) -> Slip:
    def slip(text: str) -> Iterator[str]:
        at = text.index("\n---\n", 4) + 1
        yield text[:at] + fence + text[at + 3 :]

    return slip


SLIPS: dict[str, Slip] = {
    "no space after the colon": each(KEY + r': (?=["\w])(?!["\'].*: )', lambda m: f"{m[1]}:"),
    "full-width colon": each(KEY + r': (?=["\w])(?!["\'].*: )', lambda m: f"{m[1]}\uff1a"),
    "no-break space after the colon": each(
        KEY + r': (?=\S)(?!["\'].*: )', lambda m: f"{m[1]}:\u00a0"
    ),
    "no-break spaces for indentation": each(
        r"^( +)(?=[A-Za-z]\w*: \S)", lambda m: "\u00a0" * len(m[1])
    ),
    "no closing quote": each(QUOTED, lambda m: f'{m[1]}: "{m[2]}'),
    "comma after the quote": each(QUOTED, lambda m: f"{m[0]},"),
    "quotes around the line": each(
        r'^([A-Za-z]\w*): "([^"\\\n:#]*\w)"$', lambda m: f'"{m[1]}: {m[2]}"'
    ),
    "typographic closing quote": each(
        KEY + r': "([^"\\\n:#\u201c-\u201e]*\w)"$', lambda m: f'{m[1]}: "{m[2]}\u201d'
    ),
    "no quotes around a colon": each(
        KEY + r': "(\w[^"\\\n#]*: [^"\\\n#]*\w)"$', lambda m: f"{m[1]}: {m[2]}"
    ),
    "no space after the dash": each(
        r"^( *)(- .*\n)\1- (?=[A-Z]\w+$)", lambda m: f"{m[1]}{m[2]}{m[1]}-"
    ),
    "zero-width space": each(r'(?<=: ")\w', lambda m: f"{m[0]}\u200b"),
    "soft hyphen": each(r'(?<=: ")\w', lambda m: f"{m[0]}\u00ad"),
    "byte order mark inside": each(r'(?<=: ")\w', lambda m: f"{m[0]}\ufeff"),
    "invisible in a number": each(r"(?<=: )[0-9]+$", lambda m: f"{m[0]}\u200b"),
    "four dashes": lambda text: iter(["-" + text]),
    "indented fence": lambda text: iter(["  " + text]),
    "blank lines before": lambda text: iter(["\n\n" + text]),
    "text on the fence": lambda text: iter([text.replace("---\n", "--- ", 1)]),
    "two dashes below": last_fence("--"),
    "indented fence below": last_fence(" ---"),
    "dots below": last_fence("..."),
}

OF_FENCES = [name for name in SLIPS if "fence" in name or "dashes" in name]
OF_FENCES += ["blank lines before", "dots below"]
IN_LINES = [name for name in SLIPS if name not in OF_FENCES]


def check_slips(fixer: Fixer, folder: Path, every: int, places: int) -> Counter[str]:
    """How often each slip was taken out."""
    counts: Counter[str] = Counter()
    for data, _ in documents(folder, every):
        # A rule in the body would be taken for the fence that a slip has broken, and a quote before
        # a number sign for the end of a text with a comment behind it.
        if data.count(b"\n---\n") != 1 or b'"#' in data or fix(fixer, data).is_changed:
            continue
        for name, slip in SLIPS.items():
            if name == "text on the fence" and not data[4:5].isalpha():
                continue
            for broken in islice(slip(data.decode("utf-8", "surrogateescape")), places):
                injected = broken.encode("utf-8", "surrogateescape")
                # One that no longer ends with a fence has a variant less.
                pairs = zip(variants(data), variants(injected), strict=False)
                for old, new in pairs if not counts[name] % 7 else [(data, injected)]:
                    check_one(fixer, name, old, new)
                counts[name] += 1
    return counts


def check_one(fixer: Fixer, name: str, old: bytes, new: bytes) -> None:
    fixed = fix(fixer, new)
    if fixed.refused:
        # The slip has hidden what is wrong with the value.
        reasons = {each.reason for each in fixed.refused}
        assert reasons <= {f"it would bring {code}" for code in codes_of(old)}, (name, new)
        return
    assert fixed.new == old, (name, fixed.new)
    assert not fix(fixer, fixed.new).is_changed


def check_several(fixer: Fixer, folder: Path, every: int, number: int) -> Counter[str]:
    """Seeds with two or three slips: how many are as they were, have a note, or stay."""
    rng = random.Random(1)
    seeds = [
        data
        for data, _ in documents(folder, every)
        if data.count(b"\n---\n") == 1 and b'"#' not in data and not fix(fixer, data).is_changed
    ]
    results: Counter[str] = Counter()
    for _ in range(number):
        old = rng.choice(seeds)
        text = old.decode("utf-8", "surrogateescape")
        # One of a fence at most, and last, because it hides the others' places.
        names = [*rng.sample(IN_LINES, 2), *rng.sample(OF_FENCES, 1)][: rng.choice([2, 3])]
        for name in names:
            found = list(SLIPS[name](text))
            text = rng.choice(found) if found else text
        if text == old.decode("utf-8", "surrogateescape"):
            continue
        fixed = fix(fixer, text.encode("utf-8", "surrogateescape"))
        if fixed.new == old:
            results["as it was"] += 1
        else:
            # One mistake may hide another on its line, or be text that can be read.
            assert fixed.new.count(b"\n") == text.count("\n"), names
            results["refused" if fixed.refused else "left"] += 1
        assert not fix(fixer, fixed.new).is_changed
    return results


@needs(CORPUS)
def test_several_slips_in_real_seeds() -> None:
    results = check_several(make_fixer(), CORPUS, 20, 100)
    assert results["as it was"] > 0.9 * results.total()
    assert results["left"] < 0.05 * results.total()


@pytest.mark.slow
@needs(CORPUS)
def test_several_slips_in_many_real_seeds() -> None:
    results = check_several(make_fixer(), CORPUS, 5, 1_000)
    assert results["as it was"] > 0.9 * results.total()
    assert results["left"] < 0.05 * results.total()


def test_slips_in_own_seeds() -> None:
    counts = check_slips(make_fixer(), SEEDS, 2, 1)
    assert len(counts) > 15


@needs(CORPUS)
def test_slips_in_real_seeds() -> None:
    counts = check_slips(make_fixer(), CORPUS, 100, 1)
    assert len(counts) > 15


@pytest.mark.slow
@needs(CORPUS)
def test_slips_in_all_real_seeds() -> None:
    counts = check_slips(make_fixer(), CORPUS, 5, 4)
    assert set(counts) == set(SLIPS)
    assert sum(counts.values()) > 2_000
