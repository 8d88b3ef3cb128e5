"""`--since`: leaves out of a run what the seeds of an earlier commit have as well."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from seedlint import discover
from seedlint.baseline import Entries
from seedlint.cli.baseline import entries_of, keep_new
from seedlint.collection import Lookup
from seedlint.config_settings import earlier_settings
from seedlint.errors import InputError
from seedlint.files import is_inside
from seedlint.history import History, OldFile
from seedlint.outcome import Outcome
from seedlint.run import OpenedSchemas, run
from seedlint.settings import Settings
from seedlint.staged import Index


def keep_new_since(
    revision: str,
    outcome: Outcome,
    settings: Settings,
    jobs: int,
    opened: OpenedSchemas,
    *,
    knows_others: bool,
    folders: Sequence[str] = (),
    index: Index | None,
) -> None:
    """Leave only what the seeds did not have at the merge base of `revision` and HEAD.

    The old seeds are checked against the schema and the settings of this run, and against the
    contracts that it has `opened`. The run `knows_others` if it compares its seeds with all that
    the settings include, or with all in `folders` if there are any; today's seeds are those of
    `index`, if there is one, else those on the disk. Raises InputError.
    """
    history = History(os.fspath(settings.root), index)
    entries: Entries = Counter()
    compared = [discover.prefix_of(settings.from_root(folder)) for folder in folders] or [""]
    if not knows_others:
        compared = []
    for commit in history.merge_bases(revision):
        # What any of several merge bases had is not new.
        entries |= _entries_at(commit, history, outcome, settings, jobs, opened, compared)
    result = keep_new(outcome, settings, entries, lambda entry: True)
    outcome.older = result.held


def _entries_at(
    commit: str,
    history: History,
    outcome: Outcome,
    settings: Settings,
    jobs: int,
    opened: OpenedSchemas,
    compared: Sequence[str],
) -> Entries:
    """What is found in the seeds of a commit, by the paths that they have today.

    Other seeds than those of the run count where their paths from the root begin with one of
    `compared`.
    """
    looked_at = {settings.from_root(file.path) for file in outcome.checked_files()}
    known = {settings.from_root(file.path) for file in outcome.files}
    before = _settings_at(commit, history, settings)

    def paths_of(file: OldFile) -> tuple[str, str]:
        """The paths of a file then and now."""
        old = os.path.join(history.tree, file.path)
        return old, old if file.now is None else os.path.join(history.tree, file.now)

    def holds_seeds(submodule: str) -> bool:
        below = discover.prefix_of(settings.from_root(os.path.join(history.tree, submodule)))
        return any(path.startswith(below) for path in known)

    def is_wanted(file: OldFile) -> bool:
        old, new = paths_of(file)
        if file.now is None or settings.from_root(new) not in looked_at:
            is_compared = any(map(settings.from_root(old).startswith, compared))
            return is_compared and not discover.is_left_out(old, settings, discover.LeftOut())
        # Moving a file that was never checked before does not make its findings old.
        return old == new or not _takes(settings, new) or was_taken(old)

    def was_taken(old: str) -> bool:
        return _takes(settings, old) or (before is not None and _takes(before, old))

    def place_of(file: OldFile) -> str:
        """The path by which a file is judged: the old one, if the settings of today take it."""
        old, new = paths_of(file)
        if old == new or _takes(settings, old) or not _takes(settings, new):
            return old
        return new

    targets = discover.Files()
    today: dict[str, str] = {}
    for file, content in history.old_contents(history.files(commit, holds_seeds), is_wanted):
        path = os.path.relpath(place_of(file))
        targets.add(path, path.replace(os.sep, "/"), content)
        today[settings.from_root(path)] = settings.from_root(paths_of(file)[1])
    targets.sort()
    old = run(
        targets,
        settings,
        jobs,
        knows_others=bool(compared),
        opened=opened,
        disk=lambda: history.snapshot(commit),
    )
    if compared and settings.ignores_places:
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


def _settings_at(commit: str, history: History, settings: Settings) -> Settings | None:
    """The settings of an earlier commit; None if they are the same, or cannot be told."""
    if settings.config is None:
        return None
    config, tree = os.path.realpath(settings.config), os.path.realpath(history.tree)
    inside = is_inside(config, tree)
    data = history.content(commit, os.path.relpath(config, tree)) if inside else None
    return None if data is None else earlier_settings(settings, data)


def _takes(settings: Settings, path: str) -> bool:
    """Whether a run over everything would check the file at `path`."""
    if discover.is_left_out(path, settings, discover.LeftOut()):
        return False
    return not settings.collections or Lookup(settings).of(path) is not None
