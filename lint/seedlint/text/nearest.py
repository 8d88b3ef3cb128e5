"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

# In a shorter word one letter is a large part of what is known.
_SHORTEST = 4
# How many entries are compared with a word, one by one.
_MOST_COMPARED = 1_000
# By how much the length of a word that is like another may differ.
_MOST_LETTERS = 2
# How many words are remembered with what is nearest to them.
_REMEMBERED = 64


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The entry of `known` that `word` is most likely a slip of, if any; case is forgiven.

    `cutoff` is how much of them must be the same: more where all entries are much alike.
    """
    by_folded = {entry.casefold(): entry for entry in known}
    folded = word[:100].casefold()
    size = len(folded)
    # The others are too long or too short, whatever their letters are.
    like = [
        entry
        for entry in by_folded
        if 2.0 * min(size, len(entry)) / (size + len(entry) or 1) >= cutoff
    ]
    match = _closest(folded, tuple(like), cutoff) if like else None
    if match is not None:
        return by_folded[match]
    # In a short word two swapped letters are a large part, so the cutoff misses them.
    return next((by_folded[entry] for entry in by_folded if _is_swapped(folded, entry)), None)


@lru_cache(_REMEMBERED)
def _closest(word: str, entries: tuple[str, ...], cutoff: float) -> str | None:
    """The entry that has most in common with a word; one slip is often in many seeds."""
    # Most runs meet no unknown word.
    from difflib import get_close_matches

    match = get_close_matches(word, entries, n=1, cutoff=cutoff)
    return match[0] if match else None


class Lexicon:
    """Many words, among which those that are like another one are found soon."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        self._by_ends: dict[str, list[str]] | None = None

    def like(self, word: str) -> Sequence[str]:
        """All of a few words; of many, those that begin or end like `word`.

        Whatever differs from it by one letter, two swapped neighbours or case is among them.
        """
        if len(self._words) <= _MOST_COMPARED:
            return self._words
        if self._by_ends is None:
            self._by_ends = {}
            for each in self._words:
                for key in _ends(each):
                    self._by_ends.setdefault(key, []).append(each)
        found = {each: None for key in _ends(word) for each in self._by_ends.get(key, ())}
        return [each for each in found if abs(len(each) - len(word)) <= _MOST_LETTERS]


def _ends(word: str) -> tuple[str, ...]:
    """What words that are alike have in common: two letters at an end, or one at each."""
    folded = word.casefold()
    return f"{folded[:2]}\0", f"\0{folded[-2:]}", f"{folded[:1]}\0{folded[-1:]}\0{len(folded)}"


def is_certain_slip(word: str, meant: str, known: Iterable[str]) -> bool:
    """Whether `word` is `meant` but for one letter, two swapped neighbours or case.

    Not if that is so of another entry of `known` as well, or if a word is too short to tell.
    """
    if len(meant) < _SHORTEST or not _is_one_slip(word.casefold(), meant.casefold()):
        return False
    folded = word.casefold()
    return not any(each != meant and _is_one_slip(folded, each.casefold()) for each in known)


def _is_one_slip(word: str, entry: str) -> bool:
    if _is_swapped(word, entry):
        return True
    same = next(
        (at for at, pair in enumerate(zip(word, entry, strict=False)) if pair[0] != pair[1]),
        min(len(word), len(entry)),
    )
    more = len(word) - len(entry)
    rests = {
        0: (word[same + 1 :], entry[same + 1 :]),
        1: (word[same + 1 :], entry[same:]),
        -1: (word[same:], entry[same + 1 :]),
    }
    return more in rests and rests[more][0] == rests[more][1]


def nearest_text(value: object, allowed: Iterable[object]) -> str | None:
    """The text among `allowed` values that `value` is most likely a slip of, if it is text."""
    if not isinstance(value, str):
        return None
    return nearest(value, [each for each in allowed if isinstance(each, str)])


def _is_swapped(word: str, entry: str) -> bool:
    """Whether two neighbouring letters were swapped, and nothing else is different."""
    if len(word) != len(entry) or not word.isalpha():
        return False
    other = [index for index, letter in enumerate(word) if letter != entry[index]]
    return (
        len(other) == 2
        and other[1] == other[0] + 1
        and word[other[0]] == entry[other[1]]
        and word[other[1]] == entry[other[0]]
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that asks about the nearest word; empty if there is none."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else ""
