"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedlint.cache.folder import CacheUnusable, ensure_cache_dir
from seedlint.discover import Files, Target, find_context_files
from seedlint.errors import SchemaError
from seedlint.fast_path import FastPath, check_each, look_up_each
from seedlint.files import shown_path
from seedlint.findings import Findings
from seedlint.fingerprints import Fingerprints
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.schema.bundled import ARTICLE_SCHEMA, bundled_schema
from seedlint.schema.files import split_fragment
from seedlint.schema.load import LoadedSchema, load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.cache.results import ResultCache
    from seedlint.diagnostic import Diagnostic

# Opening the cache pays off from this many files on.
_WORTH_A_CACHE = 100
# How long checking the contract itself may take; a large one takes a second.
_SCHEMA_SECONDS = 20


Track = Callable[[Iterator[Any], int], Iterator[Any]]
"""Sees results as they come: takes them and how many there will be, and gives the same ones."""


class Outcome:
    """The result of a run.

    `seeds` is the number of files, `unchecked` how many of them could not be validated, `failures`
    on how many seedlint itself failed, `uncompared` how many other files could not be compared
    with; `suppressed` counts the findings that comments or `per-file-ignores` answer, `held` those
    that a baseline holds, `older` those that an earlier commit had as well, and `unchecked_held`
    the files among `unchecked` that are no news; `warnings` are about the contract and the cache.
    `files` and `schema_files` are what was read; the first `context_files` of `files` were only
    compared with.
    """

    # Not a dataclass: importing `dataclasses` takes 4 ms.
    _COMPARED = (
        "schema",
        "diagnostics",
        "failures",
        "held",
        "older",
        "seeds",
        "suppressed",
        "unchecked_held",
        "unchecked_paths",
        "uncompared",
        "warnings",
    )
    __slots__ = (*_COMPARED, "_found", "context_files", "files", "schema_files")

    def __init__(self, schema: str, warnings: list[str], seeds: int) -> None:
        self.schema = schema
        self.warnings = warnings
        self.seeds = seeds
        self.files = Files()
        self.context_files = 0
        self.schema_files: Sequence[str] = ()
        self._found = Findings()
        self.diagnostics: Sequence[Diagnostic] = self._found
        self.unchecked_paths: set[str] = set()
        self.unchecked_held = 0
        self.uncompared = 0
        self.failures = 0
        self.suppressed = 0
        self.held = 0
        self.older = 0

    @property
    def unchecked(self) -> int:
        """How many files could not be validated."""
        return len(self.unchecked_paths)

    def checked_files(self) -> Iterator[Target]:
        """The files that the run is about."""
        return islice(self.files, self.context_files, None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and all(
            getattr(self, name) == getattr(other, name) for name in self._COMPARED
        )

    def add(self, result: FileResult) -> None:
        """Add the result for one of the files."""
        self.suppressed += result.suppressed
        if result.diagnostics or not result.validated:
            if not result.validated:
                self.unchecked_paths.add(result.path)
            self.failures += any(all_rules()[each.code].is_failure for each in result.diagnostics)
            self._found.add(result.diagnostics)

    def remark_on(self, other: FileResult) -> None:
        """Note that a context file could not be read, so that nothing was compared with it."""
        for diagnostic in other.diagnostics:
            if all_rules()[diagnostic.code].transient:
                self.uncompared += 1
                self.warnings.append(f"nothing is compared with {other.path}: {diagnostic.message}")

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at `fail_on` or graver, 2 when the run cannot be trusted.

        A file that could not be checked is never clean, whatever severity the reason has.
        """
        if self.failures:
            return 2
        grave = any(each.severity.at_least(fail_on) for each in self.diagnostics)
        return int(grave or self.unchecked - self.unchecked_held + self.uncompared > 0)


def run(
    targets: Files,
    settings: Settings,
    jobs: int = 0,
    *,
    is_whole_corpus: bool = True,
    find_others: Callable[[Files, Settings], Files] = find_context_files,
    track: Track | None = None,
) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Unless the targets are the whole corpus, they are also compared with the other files that the
    settings include, which `find_others` finds. `track` sees the results as they come, and how many
    there will be. Raises SchemaError if the contract cannot be used,
    InputError if the other files cannot be found.
    """
    if not hasattr(os, "fork"):
        jobs = 0
    warnings: list[str] = []
    cache_folder = cache(partial(open_cache, settings, warnings))
    schema = open_schema(settings, cache_folder)
    warnings += schema.warnings
    fast_path = FastPath(schema, settings)
    outcome = Outcome(schema.path, warnings, len(targets))
    outcome.schema_files = schema.files
    seeds = outcome.files
    # Context files come first, because the later one of two duplicates is at fault.
    if not is_whole_corpus and fast_path.unique_across:
        seeds.extend(find_others(targets, settings))
    others = outcome.context_files = len(seeds)
    seeds.extend(targets)
    fingerprints = Fingerprints()

    def note(number: int, result: FileResult) -> None:
        fingerprints.add(number, result.fingerprints)
        if number >= others:
            outcome.add(result)

    result_cache = None
    unknown: Sequence[int] = range(len(seeds))
    if others or len(seeds) >= _WORTH_A_CACHE:
        result_cache = open_result_cache(cache_folder(), schema.text, settings, warnings)
    if result_cache is not None:
        unknown = array("I")
        for cached in look_up_each(seeds, result_cache, jobs):
            unknown.extend(cached.unknown)
            fingerprints.extend(cached.fingerprints)
            for number, result in cached.with_findings:
                note(number, result)

    needs_full_check: list[int] = []
    fast_results = check_each(unknown, seeds, fast_path, result_cache, jobs)
    if track:
        fast_results = track(fast_results, len(unknown))
    for number, found in zip(unknown, fast_results, strict=True):
        if found.is_clean and result_cache is None:
            fingerprints.add(number, found.fingerprints or ())
            continue
        fast_result = found.result(seeds[number])
        if fast_result is not None:
            note(number, fast_result)
            if result_cache:
                result_cache.store(seeds[number], fast_result)
        elif found.has_front_matter or number >= others:
            needs_full_check.append(number)

    if needs_full_check:
        from seedlint import full_path

        targets_left = [seeds[number] for number in needs_full_check]
        results = full_path.check_each(targets_left, fast_path.checker, jobs)
        if track:
            results = track(results, len(targets_left))
        for number, result in zip(needs_full_check, results, strict=True):
            note(number, result)
            if number < others:
                outcome.remark_on(result)
            if result_cache:
                result_cache.store(seeds[number], result)
    if candidates := fingerprints.candidates(others):
        from seedlint import full_path

        noted = fingerprints.of(candidates)
        for result in full_path.compare(seeds, noted, others, fast_path.checker):
            outcome.add(result)
    if result_cache:
        save(result_cache, seeds, outcome)
    return outcome


def schema_name(settings: Settings) -> str:
    """The name of the contract as shown to people. Raises SchemaError for an empty path."""
    name = settings.schema
    if name is None:
        return ARTICLE_SCHEMA
    path, fragment = split_fragment(os.fspath(name))
    if not path:
        raise SchemaError("no schema is named: its path is empty")
    return shown_path(path) + (f"#{fragment}" if fragment else "")


def open_schema(
    settings: Settings, cache_folder: Callable[[], str | None] = lambda: None
) -> LoadedSchema:
    """The contract of the run. Raises SchemaError."""
    name = schema_name(settings)
    try:
        with time_limit(_SCHEMA_SECONDS):
            path = settings.schema or bundled_schema()
            return load_schema(path, name, cache_folder, settings.formats_unchecked)
    except TimeLimitExceeded:
        reason = f"not checked within {_SCHEMA_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=name) from None


def open_cache(settings: Settings, warnings: list[str]) -> str | None:
    """The cache folder of the run; None, with a warning, if it cannot be used."""
    if not settings.use_cache:
        return None
    try:
        return ensure_cache_dir(settings.cache_dir, settings.root)
    except CacheUnusable as error:
        # Nobody asked for the default folder, so nobody is warned about it.
        if settings.cache_dir is not None:
            warnings.append(f"results of this run are not cached: {error}")
        return None


def open_result_cache(
    folder: str | None, schema: str, settings: Settings, warnings: list[str]
) -> ResultCache | None:
    """The result cache of the run; None, with a warning, if it cannot be used."""
    if folder is None:
        return None
    from seedlint.cache.results import ResultCache

    try:
        return ResultCache(folder, schema, settings)
    except CacheUnusable as error:
        warnings.append(f"results of this run are not cached: {error}")
        return None


def save(result_cache: ResultCache, seeds: Files, outcome: Outcome) -> None:
    """Write the results of the run to the cache; a warning if that is not possible."""
    try:
        result_cache.save(seeds)
    except CacheUnusable as error:
        outcome.warnings.append(f"results of this run are not cached: {error}")
