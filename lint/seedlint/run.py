"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from seedlint.cache.folder import CacheUnusable, ensure_cache_dir
from seedlint.discover import Files, find_context_files
from seedlint.errors import SchemaError
from seedlint.fast_path import FastPath, check_each, look_up_each
from seedlint.fingerprints import Fingerprints
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.schema.bundled import ARTICLE_CONTRACT, bundled_contract
from seedlint.schema.load import Contract, load_contract
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.cache.results import ResultCache
    from seedlint.diagnostic import Diagnostic

# Opening the cache takes as long as checking this many clean seeds.
_WORTH_A_CACHE = 100
# How long checking the contract itself may take; that of a large one takes a second.
_CONTRACT_SECONDS = 20


class Outcome:
    """What came of a run.

    `seeds` were looked at, `unchecked` of them could not be held against the contract, `failures`
    are files on which seedlint itself failed; `suppressed` findings were answered by comments or by
    `per-file-ignores`; `warnings` are remarks about the contract and about what is cached. `files`
    and `contract_files` are what was read.
    """

    # Not a dataclass: importing `dataclasses` takes 4 ms.
    _COMPARED = (
        "contract",
        "diagnostics",
        "failures",
        "seeds",
        "suppressed",
        "unchecked",
        "warnings",
    )
    __slots__ = (*_COMPARED, "contract_files", "files")

    def __init__(self, contract: str, warnings: list[str], seeds: int) -> None:
        self.contract = contract
        self.warnings = warnings
        self.seeds = seeds
        self.files = Files()
        self.contract_files: Sequence[str] = ()
        self.diagnostics: list[Diagnostic] = []
        self.unchecked = 0
        self.failures = 0
        self.suppressed = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and all(
            getattr(self, name) == getattr(other, name) for name in self._COMPARED
        )

    def add(self, checked: FileResult) -> None:
        """Take in the result for one of the seeds."""
        self.suppressed += checked.suppressed
        if checked.diagnostics or not checked.validated:
            self.unchecked += not checked.validated
            self.failures += any(all_rules()[each.code].is_failure for each in checked.diagnostics)
            self.diagnostics += checked.diagnostics

    def remark_on(self, other: FileResult) -> None:
        """Take in that another seed was given up, so that none was compared with it."""
        for diagnostic in other.diagnostics:
            if all_rules()[diagnostic.code].transient:
                self.unchecked += 1
                self.warnings.append(f"nothing is compared with {other.path}: {diagnostic.message}")

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return Counter(diagnostic.severity for diagnostic in self.diagnostics)[severity]

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at `fail_on` or graver, 2 when the run cannot be trusted.

        A seed that could not be checked is never clean, however mild the settings call the reason.
        """
        if self.failures:
            return 2
        grave = any(each.severity.at_least(fail_on) for each in self.diagnostics)
        return int(grave or self.unchecked > 0)


def run(targets: Files, settings: Settings, jobs: int = 0, *, complete: bool = True) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Unless the targets are `complete`, they are compared with the other seeds that the settings
    include as well. Raises SchemaError when the contract cannot be used, InputError when the other
    seeds cannot be found.
    """
    warnings: list[str] = []
    cache_folder = cache(partial(open_cache, settings, warnings))
    contract = open_contract(settings, cache_folder)
    warnings += contract.warnings
    fast_path = FastPath(contract, settings)
    outcome = Outcome(contract_name(settings), warnings, len(targets))
    outcome.contract_files = contract.files
    seeds = outcome.files
    # The others come first: of two seeds that duplicate the later one is at fault.
    if not complete and fast_path.across:
        seeds.extend(find_context_files(targets, settings))
    others = len(seeds)
    seeds.extend(targets)
    fingerprints = Fingerprints()

    def note(number: int, checked: FileResult) -> None:
        fingerprints.add(number, checked.fingerprints)
        if number >= others:
            outcome.add(checked)

    index = None
    unknown: Sequence[int] = range(len(seeds))
    if others or len(seeds) >= _WORTH_A_CACHE:
        index = open_result_cache(cache_folder(), contract.text, settings, warnings)
    if index is not None:
        unknown = array("I")
        for recalled in look_up_each(seeds, index, jobs):
            unknown.extend(recalled.unknown)
            fingerprints.extend(recalled.fingerprints)
            for number, checked in recalled.with_findings:
                note(number, checked)

    unsure: list[int] = []
    for number, found in zip(
        unknown, check_each(unknown, seeds, fast_path, index, jobs), strict=True
    ):
        if found.is_clean and index is None:
            fingerprints.add(number, found.fingerprints or ())
            continue
        result = found.result(seeds[number])
        if result is not None:
            note(number, result)
            if index:
                index.store(seeds[number], result)
        elif found.has_front_matter or number >= others:
            unsure.append(number)

    candidates = fingerprints.candidates(others)
    if unsure or candidates:
        from seedlint import full_path

        checker = fast_path.checker
        targets_left = [seeds[number] for number in unsure]
        results = full_path.check_each(targets_left, checker, jobs) if unsure else ()
        for number, checked in zip(unsure, results, strict=True):
            note(number, checked)
            if number < others:
                outcome.remark_on(checked)
            if index:
                index.store(seeds[number], checked)
        noted = fingerprints.of(fingerprints.candidates(others))
        for checked in full_path.compare(seeds, noted, others, checker):
            outcome.add(checked)
    if index:
        save(index, seeds, outcome)
    # First by file: the keys of all findings at once would take a quarter of what they take.
    outcome.diagnostics.sort(key=lambda each: each.path)
    outcome.diagnostics = [
        each
        for _, of_file in groupby(outcome.diagnostics, lambda each: each.path)
        for each in sorted(of_file, key=lambda each: each.sort_key())
    ]
    return outcome


def contract_name(settings: Settings) -> str:
    """What people are told that seeds are checked against. Raises SchemaError for an empty path."""
    name = settings.schema
    if name is None:
        return ARTICLE_CONTRACT
    if not os.fspath(name):
        raise SchemaError("no schema is named: its path is empty")
    # On Windows there is no way from one drive to another.
    with suppress(ValueError):
        name = os.path.relpath(name)
    return os.fspath(name).replace(os.sep, "/")


def open_contract(
    settings: Settings, cache_folder: Callable[[], str | None] = lambda: None
) -> Contract:
    """The contract of the run. Raises SchemaError."""
    name = contract_name(settings)
    try:
        with time_limit(_CONTRACT_SECONDS):
            return load_contract(settings.schema or bundled_contract(), name, cache_folder)
    except TimeLimitExceeded:
        reason = f"not checked within {_CONTRACT_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=name) from None


def open_cache(settings: Settings, warnings: list[str]) -> str | None:
    """The cache folder of the run; a warning and None where there can be none."""
    if not settings.use_cache:
        return None
    try:
        return ensure_cache_dir(settings.cache_dir, settings.root)
    except CacheUnusable as error:
        # Nobody has asked for the platform's folder.
        if settings.cache_dir is not None:
            warnings.append(f"results of this run are not cached: {error}")
        return None


def open_result_cache(
    folder: str | None, contract: str, settings: Settings, warnings: list[str]
) -> ResultCache | None:
    """The cached results of the run; a warning and None where there can be none."""
    if folder is None:
        return None
    from seedlint.cache.results import ResultCache

    try:
        return ResultCache(folder, contract, settings)
    except CacheUnusable as error:
        warnings.append(f"results of this run are not cached: {error}")
        return None


def save(index: ResultCache, seeds: Files, outcome: Outcome) -> None:
    """Write the results of the run to the cache; a warning where that is not possible."""
    try:
        index.save(seeds)
    except CacheUnusable as error:
        outcome.warnings.append(f"results of this run are not cached: {error}")
