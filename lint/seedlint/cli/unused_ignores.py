"""Entries of `ignore-at` that answer nothing: findings in the configuration."""

from __future__ import annotations

from functools import cache

from seedlint.check import check_unused_entry
from seedlint.config_file import place_of_key
from seedlint.ignore_at import unused_entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.outcome import Outcome
    from seedlint.settings import Settings


def report_unused(outcome: Outcome, settings: Settings) -> None:
    """Add to a run over everything what it did not need of `ignore-at`.

    Nothing if a file could not be checked, because there might be something in it.
    """
    if outcome.unchecked:
        return
    place_of = cache(place_of_key)
    for entry in unused_entries(settings, outcome.ignored_at):
        outcome.add(check_unused_entry(entry, place_of(entry.file, entry.key), settings), settings)
