"""Texts without signs, or without case and accents, to be compared."""

from __future__ import annotations


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def without_accents(text: str) -> str:
    """A text without case and accents: Unicode's NFKD, case-folded, without combining marks."""
    from unicodedata import combining, normalize

    return "".join(each for each in normalize("NFKD", text.casefold()) if not combining(each))
