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
    match = get_close_matches(word[:100].casefold(), list(by_folded), n=1, cutoff=cutoff)
    return by_folded[match[0]] if match else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that asks about the nearest word; empty if there is none."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else ""
