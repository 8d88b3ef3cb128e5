"""Two spellings of one term, told from two terms that look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zlib import crc32

from seedlint.named_tuple import NamedTuple
from seedlint.text.letters import without_accents

# A longer text is a sentence.
_LONGEST = 100
# Below these lengths another letter makes another word, as a rule.
_SHORTEST_SLIP, _SHORTEST_PLURAL = 8, 4
# `Power App` and `Power Apps` are one term; `New` and `News` are two.
_SHORTEST_PLURAL_IN_PHRASE = 3
# Signs that say something: C++ and C# are not C.
_WORD = re.compile(r"[^\W_]+[+#&%$@]*")
_NUMBER = re.compile(r"[0-9]+")
_ROMAN = re.compile(r"[ivxlcdm]+")
# How many seeds have the usual spelling for each that has a rare one, at least.
_TIMES = 5
_OF_PLURALS = frozenset("esiy")
_SKETCHED = "abcdfghjklmnopqrtuvwxz"
_BITS = 28
_ALL_LETTERS = (1 << _BITS) - 1
_OTHERS = _BITS - len(_SKETCHED)
# Shorter terms are told apart by all their letters: too many would look alike.
_SHORTEST_SKETCHED = 5
# How many of the most frequent terms are looked at, and how many pairs of alike prints.
_MOST_USUAL = 5_000
_MOST_PAIRS = 100_000


def are_spellings(one: str, other: str) -> bool:
    """Whether two texts are, as a rule, the same term in two spellings.

    They differ in case, accents, hyphens and blanks, in a plural, or in one slip in a long word.
    Numbers must be the same.
    """
    if one == other or _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    words, others = _words(one), _words(other)
    if "".join(words) == "".join(others):
        return bool(words)
    if len(words) != len(others):
        return False
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    shorter, longer = sorted(pairs[0], key=len)
    least = _SHORTEST_PLURAL if len(words) == 1 else _SHORTEST_PLURAL_IN_PHRASE
    return (len(shorter) >= least and _is_plural(shorter, longer)) or _is_slip(shorter, longer)


def have_same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in case, accents, hyphens and blanks only."""
    return "".join(_words(one)) == "".join(_words(other))


def _words(text: str) -> list[str]:
    if len(text) > _LONGEST:
        return []
    return _WORD.findall(without_accents(text))


def _is_plural(one: str, longer: str) -> bool:
    """Whether the longer of two English words may be the plural of the other one."""
    if one.endswith("y") and longer == f"{one[:-1]}ies":
        return True
    return longer == f"{one}es" or (longer == f"{one}s" and not one.endswith("s"))


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out, or mistaken, or two neighbours were swapped.

    The first and the last letter are seldom mistaken: `gaming` and `naming` are two words, and so
    are `employer` and `employee`.
    """
    if min(len(one), len(other)) < _SHORTEST_SLIP:
        return False
    if one[0] != other[0] or one[-1] != other[-1]:
        return False
    # Small letters only where there are capitals: in other scripts each sign is a word.
    if not all(map(str.islower, one + other)) or (
        _ROMAN.fullmatch(one) and _ROMAN.fullmatch(other)
    ):
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    rest, others = one[at:], other[at:]
    return (
        rest[1:] == others[1:]
        or rest == others[1:]
        or rest[1:] == others
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )


class Print(NamedTuple):
    """What is kept of a term, so that the terms of many seeds can be compared: 61 bits.

    `letters` are those of which there is an odd number, as bits; of a short term it is a hash.
    `first` stands for the first letter, `length` for the number of letters, `text` for all of it.
    The letters of plurals count in `text` only. Two spellings of one term have the same first
    letter, lengths that differ by one at most, and two different bits of letters at most.
    """

    letters: int
    first: int
    length: int
    text: int


def print_of(text: str) -> int:
    """The `Print` of a text as a number; 0 if the text is not a term."""
    joined = "".join(_words(text))
    if not joined:
        return 0
    core = "".join(letter for letter in joined if letter not in _OF_PLURALS)
    letters = crc32(core.encode()) & _ALL_LETTERS
    if len(core) >= _SHORTEST_SKETCHED:
        letters = 0
        for letter in core:
            at = _SKETCHED.find(letter)
            letters ^= 1 << (at if at >= 0 else len(_SKETCHED) + ord(letter) % _OTHERS)
    hashed = crc32(text.encode("utf-8", "surrogatepass")) & 0xFFFFFF
    first, length = 1 + ord(joined[0]) % 31, min(len(core), 15)
    return ((hashed << 4 | length) << 5 | first) << _BITS | letters


def _read_print(number: int) -> Print:
    rest, letters = number >> _BITS, number & _ALL_LETTERS
    return Print(letters, rest & 31, rest >> 5 & 15, rest >> 9)


def find_alike(counts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The prints of what may be two spellings of one term: a rare one, and a usual one.

    `counts` says how many seeds have each. Only prints that are alike are compared, and not very
    many then, so that the time is bounded.
    """
    alike: dict[tuple[int, int], list[int]] = {}
    for number in counts:
        each = _read_print(number)
        alike.setdefault((each.letters, each.first), []).append(number)
    usual = sorted(
        (number for number, count in counts.items() if count >= _TIMES),
        key=lambda number: (-counts[number], number),
    )
    left = _MOST_PAIRS
    for number in usual[:_MOST_USUAL]:
        each = _read_print(number)
        most = counts[number] // _TIMES
        for letters in _near(each.letters, each.length):
            for other in alike.get((letters, each.first), ()):
                if counts[other] <= most and abs(_read_print(other).length - each.length) < 2:
                    yield other, number
                left -= 1
                if left < 0:
                    return


def _near(letters: int, length: int) -> Iterator[int]:
    yield letters
    if length < _SHORTEST_SKETCHED:
        return
    for one in range(_BITS):
        yield letters ^ 1 << one
        for other in range(one):
            yield letters ^ 1 << one ^ 1 << other
