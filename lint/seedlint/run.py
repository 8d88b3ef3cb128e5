"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from seedlint.cache_folder import CacheUnusable, open_folder
from seedlint.checked import Checked
from seedlint.discover import Files, find_others
from seedlint.errors import SchemaError
from seedlint.fingerprints import Fingerprints
from seedlint.quick import recall_each, screen_each
from seedlint.rules.corpus import across_options
from seedlint.schema.known import (
    ARTICLE_CONTRACT,
    KnownContract,
    known_contract,
    remember_contract,
    shipped_contract,
    shipped_if,
)
from seedlint.screen.contract import Undecided
from seedlint.screen.screen import Screen
from seedlint.settings import ALL, Settings, StrPath
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic
    from seedlint.index import Index
    from seedlint.schema.load import Contract

# Opening an index takes as long as screening this many seeds.
_WORTH_AN_INDEX = 100
# How long checking the contract itself may take; that of a large one takes a second.
_CONTRACT_SECONDS = 20


class Outcome:
    """What came of a run.

    `seeds` were looked at, `unchecked` of them could not be held against the contract, `failures`
    are files on which seedlint itself failed; `warnings` are remarks about the contract and about
    what is remembered. `files` and `contract_files` are what was read.
    """

    # No dataclass: importing what makes one takes as long as screening fifty seeds.
    _COMPARED = ("contract", "diagnostics", "failures", "seeds", "unchecked", "warnings")
    __slots__ = (*_COMPARED, "contract_files", "files")

    def __init__(self, contract: str, warnings: list[str], seeds: int) -> None:
        self.contract = contract
        self.warnings = warnings
        self.seeds = seeds
        self.files = Files()
        self.contract_files: Sequence[StrPath] = ()
        self.diagnostics: list[Diagnostic] = []
        self.unchecked = 0
        self.failures = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and all(
            getattr(self, name) == getattr(other, name) for name in self._COMPARED
        )

    def add(self, checked: Checked) -> None:
        """Take in the result for one of the seeds."""
        if checked.diagnostics or not checked.checked:
            self.unchecked += not checked.checked
            self.failures += any(each.code.startswith("INT") for each in checked.diagnostics)
            self.diagnostics += checked.diagnostics

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
    known, contract = find_contract(settings, cache_folder)
    warnings += contract.warnings if contract else ()
    schema = known.schema
    outcome = Outcome(contract_name(settings), warnings, len(targets))
    outcome.contract_files = contract.files if contract else [contract_path(settings)]
    seeds = outcome.files
    # The others come first: of two seeds that clash the later one is at fault.
    if not complete and compares(schema, settings):
        seeds.extend(find_others(targets, settings))
    others = len(seeds)
    seeds.extend(targets)
    fingerprints = Fingerprints()

    def note(number: int, checked: Checked) -> None:
        fingerprints.add(number, checked.fingerprints)
        if number >= others:
            outcome.add(checked)

    index = None
    unknown: Sequence[int] = range(len(seeds))
    if others or len(seeds) >= _WORTH_AN_INDEX:
        index = open_index(cache_folder(), known.text, settings, warnings)
    if index is not None:
        unknown = array("I")
        for recalled in recall_each(seeds, index, jobs):
            unknown.extend(recalled.unknown)
            fingerprints.extend(recalled.fingerprints)
            for number, checked in recalled.with_findings:
                note(number, checked)

    unsure: list[int] = []
    screen = open_screen(schema, settings) if unknown else None
    screened = screen_each(unknown, seeds, screen, index, settings.limits.file_bytes, jobs)
    for number, found in zip(unknown, screened, strict=True):
        if found.fingerprints is not None and index is None:
            fingerprints.add(number, found.fingerprints)
            continue
        result = found.result(seeds[number])
        if result is not None:
            note(number, result)
            if index:
                index.learn(seeds[number], result)
        elif found.is_seed or number >= others:
            unsure.append(number)

    suspects = fingerprints.suspects(others)
    if unsure or suspects:
        from seedlint import exact
        from seedlint.check import Checker

        checker = Checker(contract or open_again(settings, known), settings)
        results = exact.check_each([seeds[number] for number in unsure], checker, jobs)
        for number, checked in zip(unsure, results, strict=True):
            note(number, checked)
            if index:
                index.learn(seeds[number], checked)
        suspects = fingerprints.suspects(others)
        outcome.diagnostics += exact.compare(
            [seeds[number] for number in suspects if number < others],
            [seeds[number] for number in suspects if number >= others],
            checker,
        )
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
    """What people are told that seeds are checked against."""
    if settings.schema is None:
        return ARTICLE_CONTRACT
    return os.path.relpath(settings.schema).replace(os.sep, "/")


def contract_path(settings: Settings) -> StrPath:
    """Where the contract of the run is."""
    return settings.schema or shipped_contract()


def find_contract(
    settings: Settings, cache_folder: Callable[[], str | None]
) -> tuple[KnownContract, Contract | None]:
    """The contract of the run, and all of it if it had to be checked. Raises SchemaError."""
    path = contract_path(settings)
    known = shipped_if(path) or known_contract(path, cache_folder())
    if known is not None:
        return known, None
    contract = open_contract(settings)
    known = KnownContract(contract.schema, contract.text)
    if len(contract.texts) == 1 and not contract.warnings:
        remember_contract(path, known.text, cache_folder())
    return known, contract


def open_again(settings: Settings, known: KnownContract) -> Contract:
    """All of a known contract. Raises SchemaError if it is another one by now."""
    contract = open_contract(settings)
    if contract.text != known.text:
        raise SchemaError("it was changed during the run: run again", path=contract.path)
    return contract


def open_contract(settings: Settings) -> Contract:
    """The contract of the run, with everything that the exact path needs. Raises SchemaError."""
    from pathlib import Path

    from seedlint.schema.load import load_contract

    name = contract_name(settings)
    try:
        with time_limit(_CONTRACT_SECONDS):
            return load_contract(Path(contract_path(settings)), name)
    except TimeLimitExceeded:
        reason = f"not checked within {_CONTRACT_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=name) from None


def open_screen(schema: Any, settings: Settings) -> Screen | None:
    """The screen of the run; None for a contract that only the exact path can judge."""
    try:
        return Screen(schema, settings.limits)
    except (Undecided, RecursionError):
        return None


def compares(schema: Any, settings: Settings) -> bool:
    """Whether the run looks at what several seeds share."""
    if not across_options(schema):
        return False
    if settings.select == (ALL,) and not settings.ignore:
        return True
    from seedlint.rules import all_rules
    from seedlint.rules.base import Across

    return any(
        isinstance(rule.on, Across) and settings.severity_of(rule) for rule in all_rules().values()
    )


def open_cache(settings: Settings, warnings: list[str]) -> str | None:
    """The cache folder of the run; a warning and None where there can be none."""
    if not settings.use_index:
        return None
    try:
        return open_folder(settings.index_folder, settings.root)
    except CacheUnusable as error:
        # Nobody has asked for the platform's folder.
        if settings.index_folder is not None:
            warnings.append(f"nothing is remembered of this run: {error}")
        return None


def open_index(
    folder: str | None, contract: str, settings: Settings, warnings: list[str]
) -> Index | None:
    """The index of the run; a warning and None where there can be none."""
    if folder is None:
        return None
    from seedlint.index import Index

    try:
        return Index(folder, contract, settings)
    except CacheUnusable as error:
        warnings.append(f"nothing is remembered of this run: {error}")
        return None


def save(index: Index, seeds: Files, outcome: Outcome) -> None:
    """Keep what the run has learned; a warning where that is not possible."""
    try:
        index.save(seeds)
    except CacheUnusable as error:
        outcome.warnings.append(f"nothing is remembered of this run: {error}")
