"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable

# In a shorter word one letter is a large part of what is known.
_SHORTEST = 4
# How many entries are compared with a word, one by one.
_MOST_COMPARED = 1_000
# By how much the length of a likely entry may differ.
_MOST_LETTERS = 2


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The entry of `known` that `word` is most likely a slip of, if any; case is forgiven.

    `cutoff` is how much of them must be the same: more where all entries are much alike.
    """
    # Most runs meet no unknown word.
    from difflib import get_close_matches

    by_folded = {entry.casefold(): entry for entry in known}
    folded = word[:100].casefold()
    match = get_close_matches(folded, list(by_folded), n=1, cutoff=cutoff)
    if match:
        return by_folded[match[0]]
    # In a short word two swapped letters are a large part, so the cutoff misses them.
    return next((by_folded[entry] for entry in by_folded if _is_swapped(folded, entry)), None)


def likely(word: str, known: Collection[str]) -> Collection[str]:
    """All of a few entries; of many, those that begin or end like `word` and are about as long."""
    if len(known) <= _MOST_COMPARED or not word:
        return known
    first, last, length = word[0].casefold(), word[-1].casefold(), len(word)
    return [
        entry
        for entry in known
        if abs(len(entry) - length) <= _MOST_LETTERS
        and entry
        and (entry[0].casefold() == first or entry[-1].casefold() == last)
    ]


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
