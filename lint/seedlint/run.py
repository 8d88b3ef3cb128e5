"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.checked import Checked, Seen
from seedlint.discover import Target, find_others, read_and_see, read_target
from seedlint.errors import SchemaError
from seedlint.fingerprints import Fingerprints
from seedlint.rules.corpus import across_options
from seedlint.schema.known import ARTICLE_CONTRACT, known_schema, shipped_contract
from seedlint.screen.contract import Undecided
from seedlint.screen.screen import Screen
from seedlint.settings import ALL, Settings, StrPath
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic
    from seedlint.index import Index
    from seedlint.schema.load import Contract

# How many seeds a worker is given, and answers, at a time when it screens them.
_CHUNK = 32
# A hundred times what screening them takes.
_CHUNK_SECONDS = 1.0
# Starting a process costs as much as screening this many seeds.
_WORTH_A_WORKER = 4 * _CHUNK
# Opening an index takes as long as screening this many seeds.
_WORTH_AN_INDEX = 100
# How many seeds a worker looks up in the index at a time.
_PART = 5000
# What the first line of a seed begins with, after a byte order mark at most.
_OPENINGS = (b"---", b"\xef\xbb\xbf---")
# How long the parent waits for a chunk.
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


def run(
    targets: Sequence[Target], settings: Settings, jobs: int = 0, *, complete: bool = True
) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Unless the targets are `complete`, they are compared with the other seeds that the settings
    include as well. Raises SchemaError when the contract cannot be used, InputError when the other
    seeds cannot be found.
    """
    schema = known_schema(contract_path(settings))
    contract = open_contract(settings) if schema is None else None
    if contract is not None:
        schema = contract.schema
    outcome = Outcome(
        contract_name(settings), contract.warnings if contract else (), seeds=len(targets)
    )
    others = [] if complete or not compares(schema, settings) else find_others(targets, settings)
    # The others come first: of two seeds that clash the later one is at fault.
    seeds = [*others, *targets]
    fingerprints = Fingerprints()

    def note(number: int, checked: Checked) -> None:
        fingerprints.add(number, checked.fingerprints)
        if number >= len(others):
            outcome.add(checked)

    index = None
    if settings.index and (others or len(seeds) >= _WORTH_AN_INDEX):
        index = open_index(contract.text if contract else repr(schema), settings, outcome)
    unknown: list[int] = []
    for recalled in recall_each(seeds, index, jobs):
        unknown += recalled.unknown
        fingerprints.extend(recalled.fingerprints)
        for number, checked in recalled.with_findings:
            note(number, checked)

    unsure: list[int] = []
    screen = open_screen(schema, settings)
    screened = screen_each([seeds[number] for number in unknown], screen, index, settings, jobs)
    for number, found in zip(unknown, screened, strict=True):
        result = found.result(seeds[number], index)
        if result is not None:
            note(number, result)
            if index:
                index.learn(seeds[number], result)
        elif found.is_seed or number >= len(others):
            unsure.append(number)

    suspects = fingerprints.suspects(len(others))
    if unsure or suspects:
        from seedlint import exact
        from seedlint.check import Checker

        checker = Checker(contract or open_contract(settings), settings)
        results = exact.check_each([seeds[number] for number in unsure], checker, jobs)
        for number, checked in zip(unsure, results, strict=True):
            note(number, checked)
            if index:
                index.learn(seeds[number], checked)
        suspects = fingerprints.suspects(len(others))
        outcome.diagnostics += exact.compare(
            [seeds[number] for number in suspects if number < len(others)],
            [seeds[number] for number in suspects if number >= len(others)],
            checker,
        )
    if index:
        save(index, seeds, outcome)
    outcome.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key())
    return outcome


def contract_name(settings: Settings) -> str:
    """What people are told that seeds are checked against."""
    if settings.schema is None:
        return ARTICLE_CONTRACT
    return os.path.relpath(settings.schema).replace(os.sep, "/")


def contract_path(settings: Settings) -> StrPath:
    """Where the contract of the run is."""
    return settings.schema or shipped_contract()


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


def open_index(contract: str, settings: Settings, outcome: Outcome) -> Index | None:
    """The index of the run; a warning and None where there can be none."""
    from seedlint.index import Index, IndexUnusable

    try:
        return Index(contract, settings)
    except IndexUnusable as error:
        # Nobody has asked for the platform's folder.
        if settings.index_folder is not None:
            outcome.warnings += (f"nothing is remembered of this run: {error}",)
        return None


def save(index: Index, seeds: Sequence[Target], outcome: Outcome) -> None:
    """Keep what the run has learned; a warning where that is not possible."""
    from seedlint.index import IndexUnusable

    try:
        index.save(seeds)
    except IndexUnusable as error:
        outcome.warnings += (f"nothing is remembered of this run: {error}",)


class Recalled(NamedTuple):
    """What the index knows of some seeds, by their numbers.

    Of those that are neither `unknown` nor `with_findings` there is nothing to say but their
    `fingerprints`.
    """

    unknown: list[int]
    with_findings: list[tuple[int, Checked]]
    fingerprints: Fingerprints


def recall_each(seeds: Sequence[Target], index: Index | None, jobs: int) -> Iterator[Recalled]:
    """What the index knows of the seeds, part by part."""
    if index is None:
        return iter([Recalled([*range(len(seeds))], [], Fingerprints())])
    look = partial(recall_some, seeds=seeds, index=index)
    parts = [range(len(seeds))[start:][:_PART] for start in range(0, len(seeds), _PART)]
    if jobs < 2 or len(parts) < 2 * jobs or not hasattr(os, "fork"):
        return map(look, parts)
    from seedlint.workers import map_in_workers

    return map_in_workers(
        look,
        parts,
        jobs,
        lost=lambda part, reason: Recalled([*part], [], Fingerprints()),
        hung=lambda part: Recalled([*part], [], Fingerprints()),
        patience=_SCREEN_WATCHDOG_SECONDS,
    )


def recall_some(numbers: range, seeds: Sequence[Target], index: Index) -> Recalled:
    """What the index knows of some of the seeds."""
    recalled = Recalled([], [], Fingerprints())
    for number in numbers:
        checked = index.recall(seeds[number])
        if checked is None:
            recalled.unknown.append(number)
            continue
        if checked.diagnostics:
            recalled.with_findings.append((number, checked))
        else:
            recalled.fingerprints.add(number, checked.fingerprints)
    return recalled


class Screened(NamedTuple):
    """What the screen says of one file.

    `fingerprints` are those of a seed that is certainly clean; `is_known` tells that the index
    knows the verdict on these bytes, `is_seed` is False of a file that has no front matter.
    """

    fingerprints: tuple[int, ...] | None = None
    seen: Seen | None = None
    is_known: bool = False
    is_seed: bool = True

    def result(self, target: Target, index: Index | None) -> Checked | None:
        """What came of the file if nothing more need be done."""
        if self.is_known and index is not None and self.seen is not None:
            return index.recall_bytes(target, self.seen)
        if self.fingerprints is None:
            return None
        return Checked(target.shown, (), self.fingerprints, True, self.seen)


def screen_each(
    targets: Sequence[Target],
    screen: Screen | None,
    index: Index | None,
    settings: Settings,
    jobs: int,
) -> Iterator[Screened]:
    """What the screen says of each target."""
    if screen is None and index is None:
        return iter([Screened()] * len(targets))
    look = partial(screen_chunk, screen=screen, index=index, limit=settings.limits.file_bytes)
    chunks = [targets[start : start + _CHUNK] for start in range(0, len(targets), _CHUNK)]
    jobs = min(jobs, len(targets) // _WORTH_A_WORKER)
    if jobs < 2 or not hasattr(os, "fork"):
        return chain.from_iterable(map(look, chunks))
    from seedlint.workers import map_in_workers

    # The exact path finds out which file of a chunk it was that took a worker with it.
    results = map_in_workers(
        look,
        chunks,
        jobs,
        lost=lambda chunk, reason: [Screened()] * len(chunk),
        hung=lambda chunk: [Screened()] * len(chunk),
        patience=_SCREEN_WATCHDOG_SECONDS,
    )
    return chain.from_iterable(results)


def screen_chunk(
    targets: Sequence[Target], screen: Screen | None, index: Index | None, limit: int
) -> list[Screened]:
    """Read and screen some files, of each not more than `limit` bytes."""
    collects = gc.isenabled()
    # What is read is a tree and goes as it came; looking for cycles in it only takes time.
    gc.disable()
    results: list[Screened] = []
    with suppress(TimeLimitExceeded), time_limit(_CHUNK_SECONDS):
        for target in targets:
            results.append(screen_target(target, screen, index, limit))
    if collects:
        gc.enable()
    # Those that were not reached have all the time they need on the exact path.
    return results + [Screened()] * (len(targets) - len(results))


def screen_target(
    target: Target, screen: Screen | None, index: Index | None, limit: int
) -> Screened:
    """Read and screen one file."""
    seen = None
    try:
        if index is None:
            data = read_target(target, limit)
        else:
            data, seen = read_and_see(target, limit)
    except OSError:
        return Screened(is_seed=False)
    if index is not None and seen is not None and index.knows(target, seen):
        return Screened(seen=seen, is_known=True)
    found = screen.judge(data) if screen is not None else None
    return Screened(found, seen, is_seed=data.startswith(_OPENINGS))
