"""`--baseline` and the options about it: which findings of a run are new."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress

from seedlint.baseline import (
    Entries,
    Entry,
    changes,
    compare,
    entry_of,
    lines_of,
    read_baseline,
    updated,
)
from seedlint.cli.options import Options
from seedlint.diagnostic import Diagnostic
from seedlint.discover import read_target
from seedlint.errors import ConfigError
from seedlint.files import shown_path
from seedlint.report.stream import echo_err, write_report
from seedlint.rules import all_rules
from seedlint.run import Outcome
from seedlint.settings import Settings

# How many entries that are not needed any more are named.
_MOST_NAMED = 20


class Held:
    """A run and its baseline."""

    def __init__(self, path: str, outcome: Outcome, settings: Settings, *, is_whole: bool) -> None:
        """`is_whole` says that the run is about all seeds, also about those that are gone."""
        self._path = shown_path(path)
        self._outcome = outcome
        self._settings = settings
        looked_at = {settings.from_root(file.path) for file in outcome.checked_files()}

        def is_in_run(entry: Entry) -> bool:
            rule = all_rules().get(entry.code)
            is_selected = rule is None or settings.severity_of(rule) is not None
            return is_selected and (is_whole or entry.path in looked_at)

        self._is_in_run: Callable[[Entry], bool] = is_in_run

    def take_away(self, *, prune: bool, strict: bool) -> bool:
        """Leave only what is new in the outcome; whether the baseline is as it should be.

        Entries that no finding needs any more are named, and removed from the file with `prune`.
        Raises ConfigError, OutputError.
        """
        entries = read_baseline(self._path)
        result = compare(self._found(), entries, self._exists, self._is_in_run)
        outcome = self._outcome
        outcome.held = result.held
        outcome.diagnostics = result.new
        # A seed that cannot be checked, and could not be before, is no news.
        outcome.unchecked_held = len(
            outcome.unchecked_paths - {diagnostic.path for diagnostic in result.new}
        )
        if not result.stale:
            return True
        if prune:
            write_report(lines_of(entries - result.stale), self._path)
            echo_err(f"baseline {self._path}: {_findings(result.stale.total())} removed")
            return True
        for line in _describe(result.stale):
            echo_err(f"{'error' if strict else 'note'}: baseline {self._path}: {line}")
        echo_err("note: --prune-baseline removes what is no longer found from the baseline")
        return not strict

    def update(self) -> None:
        """Make the file hold what was found; say what changed. Raises ConfigError, OutputError."""
        before: Entries = Entries()
        if os.path.lexists(self._path):
            before = read_baseline(self._path)
        after = updated((entry for entry, _ in self._found()), before, self._is_in_run)
        write_report(lines_of(after), self._path, (file.path for file in self._outcome.files))
        added, removed = changes(before, after)
        echo_err(f"baseline {self._path}: {_findings(added)} added, {removed:,} removed")

    def _found(self) -> Iterator[tuple[Entry, Diagnostic]]:
        # A seed that could not be checked is held by its bytes. One by one: it may be large.
        outcome = self._outcome
        contents: dict[str, bytes] = {}
        for diagnostic in outcome.diagnostics:
            shown = diagnostic.path
            target = outcome.files.named(shown)
            if shown in outcome.unchecked_paths and shown not in contents:
                with suppress(OSError):
                    contents = {shown: read_target(target, self._settings.limits.file_bytes)}
            path = self._settings.from_root(target.path)
            yield entry_of(diagnostic, path, contents.get(shown)), diagnostic

    def _exists(self, path: str) -> bool:
        return os.path.lexists(os.path.join(self._settings.root, path))


def held_by_baseline(
    options: Options, outcome: Outcome, settings: Settings, *, is_whole: bool
) -> Held | None:
    """The baseline that the options or the settings name. Raises ConfigError."""
    if settings.baseline is not None:
        return Held(os.fspath(settings.baseline), outcome, settings, is_whole=is_whole)
    for name in ("update_baseline", "prune_baseline", "strict_baseline"):
        if getattr(options, name):
            option = f"--{name.replace('_', '-')}"
            raise ConfigError(f"{option} needs a baseline: give --baseline FILE")
    return None


def _describe(stale: Entries) -> Iterator[str]:
    """What is not needed any more, one line per entry."""
    named = sorted(stale)[:_MOST_NAMED]
    for entry in named:
        where = f" at {entry.at}" if entry.at else ""
        count = f" ({stale[entry]:,} times)" if stale[entry] > 1 else ""
        yield f"no longer found: {entry.code} in {entry.path}{where}{count}"
    if more := stale.total() - sum(stale[entry] for entry in named):
        yield f"no longer found: {more:,} more findings"


def _findings(count: int) -> str:
    return f"{count:,} finding{'' if count == 1 else 's'}"
