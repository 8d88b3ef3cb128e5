"""`--since`: leaves what was found before out of a run, by checking the old seeds as well."""

from __future__ import annotations

import os
from collections import Counter

from seedlint import discover
from seedlint.baseline import Entries
from seedlint.cli.baseline import entries_of, keep_new
from seedlint.errors import InputError
from seedlint.history import History, OldFile
from seedlint.run import Outcome, run
from seedlint.settings import Settings
from seedlint.staged import Index


def keep_new_since(
    revision: str,
    outcome: Outcome,
    settings: Settings,
    jobs: int,
    *,
    compares_all: bool,
    index: Index | None = None,
) -> None:
    """Leave only what the seeds did not have at the merge base of `revision` and HEAD.

    The old seeds are held against the schema and the settings of this run. `compares_all` says that
    the run also compares seeds that it was not asked about; today's seeds are those of `index`, if
    there is one, else those on the disk. Raises InputError.
    """
    history = History(os.fspath(settings.root), index)
    entries: Entries = Counter()
    for commit in history.merge_bases(revision):
        # Of two merge bases either may have had it.
        entries |= _entries_at(commit, history, outcome, settings, jobs, compares_all)
    result = keep_new(outcome, settings, entries, lambda entry: True)
    outcome.older = result.held


def _entries_at(
    commit: str,
    history: History,
    outcome: Outcome,
    settings: Settings,
    jobs: int,
    compares_all: bool,
) -> Entries:
    """What is found in the seeds of a commit, by the paths that they have today."""
    looked_at = {settings.from_root(file.path) for file in outcome.checked_files()}

    def from_root(path: str) -> str:
        return settings.from_root(os.path.join(history.tree, path))

    def is_wanted(file: OldFile) -> bool:
        if file.now is not None and from_root(file.now) in looked_at:
            return True
        absolute = os.path.join(history.tree, file.path)
        left_out = discover.LeftOut()
        return compares_all and not discover.is_left_out(absolute, settings, left_out)

    targets = discover.Files()
    today: dict[str, str] = {}
    for file, content in history.old_contents(history.files(commit), is_wanted):
        path = os.path.relpath(os.path.join(history.tree, file.path))
        targets.add(path, path.replace(os.sep, "/"), content)
        today[from_root(file.path)] = from_root(file.now or file.path)
    targets.sort()
    old = run(targets, settings, jobs, knows_others=compares_all)
    if compares_all and settings.ignores_places:
        from seedlint.cli.unused_ignores import report_unused

        report_unused(old, settings)
        # They are in the configuration of today.
        for each in old.diagnostics:
            today.setdefault(settings.from_root(each.path), settings.from_root(each.path))
    if old.failures:
        raise InputError(f"--since: seedlint failed on a seed of {commit[:12]}")
    return Counter(
        entry._replace(path=today.get(entry.path, entry.path))
        for entry, _ in entries_of(old, settings)
    )
