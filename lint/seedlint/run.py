"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedlint.discover import Target, read_target
from seedlint.errors import SchemaError
from seedlint.fingerprints import Fingerprints
from seedlint.schema.known import known_schema, shipped_contract
from seedlint.screen.contract import Undecided
from seedlint.screen.screen import Screen
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, alarm_handled, time_limit

if TYPE_CHECKING:
    from seedlint.check import Checked
    from seedlint.diagnostic import Diagnostic
    from seedlint.schema.load import Contract

# How many seeds a worker is given, and answers, at a time when it screens them.
_CHUNK = 32
# Starting a process costs as much as screening this many seeds.
_WORTH_A_WORKER = 4 * _CHUNK
# How long the parent waits for a chunk; the screen gives a file up after a fraction of a second.
_SCREEN_WATCHDOG_SECONDS = 20
# How long checking the contract itself may take; that of a large one takes a second.
_CONTRACT_SECONDS = 20


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    `seeds` were looked at, `unchecked` of them could not be held against the contract, `failures`
    are files on which seedlint itself failed; `warnings` are remarks about the contract.
    """

    contract: str
    warnings: tuple[str, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    seeds: int = 0
    unchecked: int = 0
    failures: int = 0

    def add(self, checked: Checked) -> None:
        """Count in the result for one seed."""
        self.seeds += 1
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


def run(targets: Sequence[Target], settings: Settings, jobs: int = 0) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Raises SchemaError when the contract cannot be used.
    """
    schema = known_schema(contract_path(settings))
    contract = open_contract(settings) if schema is None else None
    outcome = Outcome(contract_name(settings), contract.warnings if contract else ())
    fingerprints = Fingerprints()

    unsure: list[int] = []
    screen = open_screen(contract.schema if contract else schema, settings)
    for number, found in enumerate(screen_each(targets, screen, jobs)):
        if found is None:
            unsure.append(number)
        else:
            outcome.seeds += 1
            fingerprints.add(number, found)
    if not unsure and not fingerprints.suspects():
        return outcome

    from seedlint import exact
    from seedlint.check import Checker
    from seedlint.diagnostic import Diagnostic

    checker = Checker(contract or open_contract(settings), settings)
    results = exact.check_each([targets[number] for number in unsure], checker, jobs)
    for number, checked in zip(unsure, results, strict=True):
        outcome.add(checked)
        fingerprints.add(number, checked.fingerprints)
    suspects = [targets[number] for number in fingerprints.suspects()]
    outcome.diagnostics += exact.compare(suspects, checker)
    outcome.diagnostics.sort(key=Diagnostic.sort_key)
    return outcome


def contract_name(settings: Settings) -> str:
    """What people are told that seeds are checked against."""
    if settings.schema is None:
        return shipped_contract().name
    return os.path.relpath(settings.schema).replace(os.sep, "/")


def contract_path(settings: Settings) -> Path:
    """Where the contract of the run is."""
    return settings.schema or shipped_contract()


def open_contract(settings: Settings) -> Contract:
    """The contract of the run, with everything that the exact path needs. Raises SchemaError."""
    from seedlint.schema.load import load_contract

    name = contract_name(settings)
    try:
        with time_limit(_CONTRACT_SECONDS):
            return load_contract(contract_path(settings), name)
    except TimeLimitExceeded:
        reason = f"not checked within {_CONTRACT_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=name) from None


def open_screen(schema: Any, settings: Settings) -> Screen | None:
    """The screen of the run; None for a contract that only the exact path can judge."""
    try:
        return Screen(schema, settings.limits)
    except (Undecided, RecursionError):
        return None


def screen_each(
    targets: Sequence[Target], screen: Screen | None, jobs: int
) -> Iterator[Iterable[int] | None]:
    """For each target the fingerprints of a seed that is certainly clean, None for any other."""
    chunks = [targets[start : start + _CHUNK] for start in range(0, len(targets), _CHUNK)]
    jobs = min(jobs, len(targets) // _WORTH_A_WORKER)
    if screen is None:
        return iter([None] * len(targets))
    if jobs < 2 or not hasattr(os, "fork"):
        return chain.from_iterable(map(partial(screen_chunk, screen=screen), chunks))
    from seedlint.workers import map_in_workers

    # The exact path finds out which file of a chunk it was that took a worker with it.
    results = map_in_workers(
        partial(screen_chunk, screen=screen),
        chunks,
        jobs,
        lost=lambda chunk, reason: _nothing_certain(chunk),
        hung=_nothing_certain,
        patience=_SCREEN_WATCHDOG_SECONDS,
    )
    return chain.from_iterable(results)


def screen_chunk(targets: Sequence[Target], screen: Screen) -> list[Iterable[int] | None]:
    """Read and screen some files."""
    results: list[Iterable[int] | None] = []
    collects = gc.isenabled()
    # What is read is a tree and goes as it came; looking for cycles in it only takes time.
    gc.disable()
    with alarm_handled():
        for target in targets:
            try:
                results.append(screen.judge(read_target(target, screen.limits.file_bytes)))
            except OSError:
                results.append(None)
    if collects:
        gc.enable()
    return results


def _nothing_certain(targets: Sequence[Target]) -> list[Iterable[int] | None]:
    return [None] * len(targets)
