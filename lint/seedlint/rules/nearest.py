"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The entry of `known` that `word` is most likely a slip of, if any; case is forgiven."""
    by_folded = {entry.casefold(): entry for entry in known}
    match = get_close_matches(word[:100].casefold(), list(by_folded), n=1, cutoff=0.7)
    return by_folded[match[0]] if match else None


def unknown_keys(instance: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    """The keys of a mapping that the schema beside it does not list."""
    return [key for key in instance if key not in schema.get("properties", ())]
