"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from seedlint.check import Checked, Checker
from seedlint.corpus import describe_clash, find_clashes
from seedlint.diagnostic import Diagnostic, Severity
from seedlint.discover import Target, read_target
from seedlint.document.document import Document, read_document
from seedlint.document.problem import Problem, ProblemKind
from seedlint.errors import SchemaError
from seedlint.rules.base import Rule
from seedlint.rules.corpus import Fact
from seedlint.schema.load import Contract, load_contract, shipped_contract
from seedlint.settings import Settings, selects
from seedlint.text.source import SourceFile
from seedlint.text.span import Span
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers

# Starting a process costs as much as checking this many seeds.
_FILES_WORTH_A_WORKER = 16
# How long checking the contract itself may take; that of a large one takes a second.
_CONTRACT_SECONDS = 20
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10


@dataclass(slots=True)
class Outcome:
    """What came of a run.

    `seeds` were looked at, `unchecked` of them could not be held against the contract, `failures`
    are files on which seedlint itself failed.
    """

    contract: str
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
        """0 clean, 1 findings at `fail_on` or graver, 2 when the run cannot be trusted."""
        if self.failures:
            return 2
        return int(any(each.severity.at_least(fail_on) for each in self.diagnostics))


def open_contract(settings: Settings) -> Contract:
    """The contract of the run. Raises SchemaError."""
    if settings.schema is None:
        return load_contract(shipped_contract(), shipped_contract().name)
    shown = os.path.relpath(settings.schema).replace(os.sep, "/")
    try:
        with time_limit(_CONTRACT_SECONDS):
            return load_contract(settings.schema, shown)
    except TimeLimitExceeded:
        reason = f"not checked within {_CONTRACT_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=shown) from None


def run(
    targets: tuple[Target, ...], contract: Contract, settings: Settings, jobs: int = 1
) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several.
    """
    checker = Checker(contract, settings)
    outcome = Outcome(contract.path)
    facts: list[tuple[str, tuple[Fact, ...]]] = []

    for checked in check_each(targets, checker, jobs):
        outcome.add(checked)
        facts.append((checked.path, checked.facts))

    by_path = {target.shown: target for target in targets}
    outcome.diagnostics += compare(facts, checker, lambda path: _reread(by_path[path], settings))
    outcome.diagnostics.sort(key=Diagnostic.sort_key)
    return outcome


def run_text(path: str, data: bytes, contract: Contract, settings: Settings) -> Outcome:
    """Check one seed that is not on disk, shown to people as `path`."""
    outcome = Outcome(contract.path)
    outcome.add(check_bytes(path, path, data, Checker(contract, settings)))
    return outcome


def check_each(targets: tuple[Target, ...], checker: Checker, jobs: int) -> Iterator[Checked]:
    """The result for each target, in their order."""
    jobs = min(jobs, len(targets) // _FILES_WORTH_A_WORKER) if hasattr(os, "fork") else 1
    if jobs < 2:
        for target in targets:
            yield check_target(target, checker)
        return
    seconds = checker.settings.limits.seconds
    yield from map_in_workers(
        partial(check_target, checker=checker),
        targets,
        jobs,
        lost=lambda target, reason: checker.problem(
            target.shown, Problem(ProblemKind.CRASH, Span(0, 0), reason)
        ),
        hung=lambda target: checker.problem(
            target.shown, Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=seconds)
        ),
        patience=seconds + _WATCHDOG_SECONDS,
    )


def check_target(target: Target, checker: Checker) -> Checked:
    """Read and check one file. Whatever it holds, and whatever is wrong with it, is a result."""
    try:
        data = read_target(target, checker.settings.limits.file_bytes)
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else str(error)
        return checker.problem(target.shown, Problem(ProblemKind.UNREADABLE, Span(0, 0), reason))
    return check_bytes(target.path, target.shown, data, checker)


def check_bytes(path: str, shown: str, data: bytes, checker: Checker) -> Checked:
    """Check what stands, or would stand, at `path`, and is shown to people as `shown`."""
    settings = checker.settings
    most = settings.limits.file_bytes
    try:
        source = SourceFile.from_bytes(shown, data[:most])
        relative = os.path.relpath(path, settings.root).replace(os.sep, "/")
        with time_limit(settings.limits.seconds):
            checked = checker.check(source, settings.ignored_in(relative))
    except TimeLimitExceeded:
        too_slow = Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=settings.limits.seconds)
        return checker.problem(shown, too_slow)
    except Exception as error:
        crash = Problem(ProblemKind.CRASH, Span(0, 0), type(error).__name__)
        return checker.problem(shown, crash)
    if len(data) > most and not checked.checked:
        too_large = Problem(ProblemKind.TOO_LARGE, Span(0, 0), "the file", limit=most)
        return checker.problem(shown, too_large)
    return checked


def compare(
    facts: list[tuple[str, tuple[Fact, ...]]],
    checker: Checker,
    read: Callable[[str], Document | None],
) -> Iterator[Diagnostic]:
    """The findings of the rules across seeds; files are read again only for these."""
    settings = checker.settings

    def selected(rule: Rule) -> bool:
        return checker.severity_of(rule) is not None

    for clash in find_clashes(facts, selected):
        if any(selects(each, clash.rule) for each in settings.ignored_in(clash.path)):
            continue
        if diagnostic := describe_clash(clash, checker, read):
            yield diagnostic


def _reread(target: Target, settings: Settings) -> Document | None:
    try:
        data = read_target(target, settings.limits.file_bytes)
    except OSError:
        return None
    return read_document(SourceFile.from_bytes(target.shown, data), settings.limits)
