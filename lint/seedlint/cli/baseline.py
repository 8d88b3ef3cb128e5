"""`--baseline` and the options about it: which findings of a run are new."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice

from seedlint.baseline import (
    Comparison,
    Entries,
    Entry,
    changes,
    compare,
    entry_of,
    lines_of,
    read_baseline,
    updated,
)
from seedlint.cli.check import echo_errors, plural
from seedlint.cli.options import Options
from seedlint.collection import Lookup
from seedlint.diagnostic import Diagnostic
from seedlint.discover import read_target
from seedlint.errors import ConfigError, InputError
from seedlint.files import shown_path
from seedlint.outcome import Outcome
from seedlint.report.stream import echo_err, write_report
from seedlint.rules import all_rules
from seedlint.rules.base import Rule
from seedlint.settings import Settings

# How many entries that are no longer found are named.
_MOST_NAMED = 20


class Baseline:
    """A baseline file, and the run that is compared with it."""

    def __init__(self, path: str, outcome: Outcome, settings: Settings, *, is_whole: bool) -> None:
        """`is_whole` says that the run covers all seeds, and so also those that are gone."""
        self._path = shown_path(path)
        self._outcome = outcome
        self._settings = settings
        looked_at = {settings.from_root(file.path) for file in outcome.checked_files()}
        lookup = Lookup(settings)

        def is_selected(rule: Rule, path: str) -> bool:
            """Whether the run asks a rule about a seed; without a path, about any."""
            collection = lookup.of_path_from_root(path) if path else None
            every = [settings.of(collection)] if collection else settings.of_each()
            return any(each.severity_of(rule) is not None for each in every)

        def is_in_run(entry: Entry) -> bool:
            rule = all_rules().get(entry.code)
            if rule is not None and not is_selected(rule, entry.path):
                return False
            if entry.path in looked_at:
                return True
            # One about two seeds has no path. Either may not be here.
            return is_whole and not (self._is_not_here(entry.path) if entry.path else self._absent)

        self._is_in_run: Callable[[Entry], bool] = is_in_run

    @cached_property
    def _absent(self) -> frozenset[str]:
        """What git has and the checkout leaves out; folders, of submodules, end in a slash."""
        # Most runs need not ask git.
        from seedlint.work_tree import WorkTree

        try:
            tree = WorkTree(os.fspath(self._settings.root), "--baseline")
            paths = [os.path.join(tree.folder, path) for path in tree.not_checked_out()]
        except InputError:
            return frozenset()
        ends = ("/" if path.endswith("/") else "" for path in paths)
        return frozenset(
            f"{self._settings.from_root(path)}{end}" for path, end in zip(paths, ends, strict=True)
        )

    def _is_not_here(self, path: str) -> bool:
        """Whether a path from the root is that of a seed that the checkout leaves out."""
        if os.path.lexists(os.path.join(self._settings.root, path)):
            return False
        names = path.split("/")
        above = (f"{'/'.join(names[:count])}/" for count in range(1, len(names)))
        return path in self._absent or not self._absent.isdisjoint(above)

    def subtract(self, *, prune: bool, strict: bool) -> bool:
        """Leave only new findings in the outcome; False if the baseline fails the run.

        It does with `strict` if some of its entries are no longer found. They are named, or with
        `prune` removed from the file. Raises ConfigError, OutputError.
        """
        entries = read_baseline(self._path)
        result = keep_new(
            self._outcome, self._settings, entries, self._is_in_run, self._is_not_here
        )
        self._outcome.held = result.held
        if not result.stale:
            return True
        if prune:
            write_report(lines_of(entries - result.stale), self._path, what="baseline")
            echo_err(f"baseline {self._path}: {plural(result.stale.total(), 'finding')} removed")
            return True
        for line in _describe(result.stale):
            echo_err(f"{'error' if strict else 'note'}: baseline {self._path}: {line}")
        echo_err("note: --prune-baseline removes what is no longer found from the baseline")
        return not strict

    def update(self) -> None:
        """Write what was found to the file, and report what changed.

        Raises ConfigError, OutputError.
        """
        before: Entries = Entries()
        if os.path.lexists(self._path):
            before = read_baseline(self._path)
        found = (entry for entry, _ in entries_of(self._outcome, self._settings))
        after = updated(found, before, self._is_in_run)
        inputs = (file.path for file in self._outcome.files)
        write_report(lines_of(after), self._path, inputs, what="baseline")
        added, removed = changes(before, after)
        echo_err(f"baseline {self._path}: {plural(added, 'finding')} added, {removed:,} removed")


def keep_new(
    outcome: Outcome,
    settings: Settings,
    entries: Entries,
    is_in_run: Callable[[Entry], bool],
    is_not_here: Callable[[str], bool] = lambda path: False,
) -> Comparison:
    """Leave only what `entries` do not hold in the outcome.

    `is_not_here` says of a path that there is such a seed, though not on the disk.
    """
    result = compare(
        entries_of(outcome, settings),
        entries,
        lambda path: os.path.lexists(os.path.join(settings.root, path)) or is_not_here(path),
        is_in_run,
    )
    outcome.diagnostics = result.new
    # A seed that cannot be checked, and could not be before, is not new.
    outcome.unchecked_held = len(
        outcome.unchecked_paths - {diagnostic.path for diagnostic in result.new}
    )
    return result


def entries_of(outcome: Outcome, settings: Settings) -> Iterator[tuple[Entry, Diagnostic]]:
    """Each finding of a run with the entry that holds it.

    A seed that could not be checked is held by its bytes.
    """
    # One by one: it may be large.
    contents: dict[str, bytes] = {}
    for diagnostic in outcome.diagnostics:
        shown = diagnostic.path
        target = outcome.files.named(shown)
        if shown in outcome.unchecked_paths and shown not in contents:
            with suppress(OSError):
                contents = {shown: read_target(target, settings.limits.file_bytes)}
        path = settings.from_root(target.path)
        if all_rules()[diagnostic.code].is_about_two:
            # Which of two seeds is at fault is a matter of their names.
            path = ""
        yield entry_of(diagnostic, path, contents.get(shown)), diagnostic


def open_baseline(
    options: Options, outcome: Outcome, settings: Settings, *, is_whole: bool
) -> Baseline:
    """The baseline that the settings name; `is_whole` says that the run covers all seeds.

    Raises ConfigError if they name none, for the option that needs one.
    """
    if settings.baseline is None:
        needing = ("update_baseline", "prune_baseline", "strict_baseline")
        option = next(name for name in needing if getattr(options, name)).replace("_", "-")
        raise ConfigError(f"--{option} needs a baseline: give --baseline FILE")
    return Baseline(os.fspath(settings.baseline), outcome, settings, is_whole=is_whole)


def update_baseline(
    options: Options,
    outcome: Outcome,
    settings: Settings,
    errors: Sequence[InputError],
    *,
    is_whole: bool,
) -> None:
    """Write what was found to the baseline; `errors` of the run are reported first.

    `is_whole` says that the run covers all seeds. Raises ConfigError if not all could be checked,
    OutputError.
    """
    baseline = open_baseline(options, outcome, settings, is_whole=is_whole)
    echo_errors(errors)
    if errors or outcome.failures:
        raise ConfigError("the baseline is not updated, because not all could be checked")
    baseline.update()


def _describe(stale: Entries) -> Iterator[str]:
    """The entries that are no longer found, one line each."""
    places: Counter[str] = Counter()
    for entry in sorted(stale):
        where = f" in {entry.path}" if entry.path else ""
        where += f" at {entry.at}" if entry.at else ""
        # Two missing keys of one mapping, for example, differ in what is not said here.
        places[f"{entry.code}{where}"] += stale[entry]
    named = list(islice(places.items(), _MOST_NAMED))
    for place, count in named:
        times = f" ({count:,} times)" if count > 1 else ""
        yield f"no longer found: {place}{times}"
    if more := stale.total() - sum(count for _, count in named):
        yield f"no longer found: {plural(more, 'more finding')}"
