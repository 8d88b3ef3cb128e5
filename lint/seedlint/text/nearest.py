"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


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
