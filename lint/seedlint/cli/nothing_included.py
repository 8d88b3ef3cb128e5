"""Whether a run had nothing to check because its configuration matches no file at all.

A hook that is given files, and a run over what is staged, may well have nothing to do. If a run
over everything would have nothing to do either, the gate is open and nobody would notice
(decision 35).
"""

from __future__ import annotations

from seedlint import discover
from seedlint.cli.staged import Staged
from seedlint.errors import InputError
from seedlint.settings import Settings


def find_nothing_included(settings: Settings, staged: Staged | None) -> list[InputError]:
    """What a run over everything would say if there is nothing to check; seeds may be staged."""
    files = discover.Files()
    if staged is not None:
        for shown in filter(None, map(staged.included, staged.index.files)):
            files.add(shown, shown)
    if not files:
        try:
            files = discover.find_targets((), settings).files
        except InputError as error:
            return [error]
    if settings.collections:
        from seedlint.cli.collections import count_files, find_empty

        counts = count_files(files, settings)
        if not any(counts.values()):
            return find_empty(counts, None, settings)
    return []
