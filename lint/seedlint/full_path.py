"""The exact path: seeds that are not certainly clean, each with the places of its findings.

All that positions, messages and the full JSON Schema need is imported here and nowhere above, so a
run over clean seeds never pays for it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from importlib import import_module

from seedlint import result as result_codec
from seedlint.check import Checker
from seedlint.corpus import describe_duplicate, find_duplicates
from seedlint.discover import Target, read_target, read_with_identity
from seedlint.document.document import Document
from seedlint.document.problem import Problem, ProblemKind
from seedlint.files import reason_of
from seedlint.result import FileResult
from seedlint.rules.base import quote
from seedlint.rules.corpus import Fact
from seedlint.settings import Settings, selects
from seedlint.text.span import Span
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers

# Starting a process costs as much as checking this many seeds.
_WORTH_A_WORKER = 16
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10
# What may be kept of documents while seeds are compared, and what an event of one takes, in bytes.
_KEPT_BYTES = 16 * 1024 * 1024
_EVENT_BYTES = 350


def check_each(targets: Sequence[Target], checker: Checker, jobs: int) -> Iterator[FileResult]:
    """The result for each target, in their order.

    In `jobs` processes at most, and in one of its own at least, so that no file can end the run;
    0 is this process.
    """
    # Imported before the workers start, which share it; that it is missing is a failure of the run.
    import_module("seedlint.document.yaml_tree")
    # Exceptions refer to each other; what there is by now stays.
    gc.freeze()
    gc.enable()
    if not jobs or not hasattr(os, "fork"):
        yield from map(partial(check_target, checker=checker), targets)
        return
    seconds = checker.settings.limits.seconds
    yield from map_in_workers(
        partial(check_target, checker=checker),
        targets,
        max(1, min(jobs, len(targets) // _WORTH_A_WORKER)),
        on_crash=lambda target, reason: checker.problem(
            target.shown, Problem(ProblemKind.CRASH, Span(0, 0), reason)
        ),
        on_timeout=lambda target: checker.problem(
            target.shown, Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=seconds)
        ),
        timeout=seconds + _WATCHDOG_SECONDS,
        codec=result_codec,
    )


def check_target(target: Target, checker: Checker) -> FileResult:
    """Read and check one file. Whatever it holds, and whatever is wrong with it, is a result."""
    try:
        data, identity = read_with_identity(target, checker.settings.limits.file_bytes)
    except OSError as error:
        return checker.problem(target.shown, _unreadable(error))
    return check_bytes(target.path, target.shown, data, checker)._replace(identity=identity)


def check_bytes(path: str, shown: str, data: bytes, checker: Checker) -> FileResult:
    """Check what stands, or would stand, at `path`, and is shown to people as `shown`."""
    settings = checker.settings
    most = settings.limits.file_bytes
    try:
        with time_limit(settings.limits.seconds):
            document = checker.read(shown, data[:most])
            result = checker.check(document, checker.ignored_in(path))
    except TimeLimitExceeded:
        return checker.problem(shown, _too_slow(settings))
    except Exception as error:
        crash = Problem(ProblemKind.CRASH, Span(0, 0), type(error).__name__)
        return checker.problem(shown, crash)
    if len(data) > most and not result.validated:
        too_large = Problem(ProblemKind.TOO_LARGE, Span(0, 0), "the file", limit=most)
        return checker.problem(shown, too_large)
    return result


def _unreadable(error: OSError) -> Problem:
    return Problem(ProblemKind.UNREADABLE, Span(0, 0), reason_of(error))


def _too_slow(settings: Settings) -> Problem:
    return Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=settings.limits.seconds)


def compare(
    seeds: Sequence[Target], noted: Mapping[int, Set[int]], others: int, checker: Checker
) -> Iterator[FileResult]:
    """What the rules across seeds find in those of `seeds` that may say the same.

    `noted` has their numbers, in order, and the fingerprints that each had when it was checked. Of
    two duplicates the later one is at fault. The first `others` of `seeds` are only compared with:
    nothing is reported in them. A comparison that cannot be made is a finding.
    """
    by_path = {seeds[number].shown: seeds[number] for number in noted}
    looked_at = {seeds[number].shown for number in noted if number >= others}
    fingerprints = {seeds[number].shown: values for number, values in noted.items()}
    read = _Reader(by_path, fingerprints, checker)

    def facts(path: str) -> tuple[Fact, ...]:
        document = read(path)
        return checker.facts(document) if document else ()

    for duplicate in find_duplicates((path, facts(path)) for path in by_path):
        if duplicate.path not in looked_at:
            continue
        ignored = checker.ignored_in(by_path[duplicate.path].path)
        if any(selects(each, duplicate.rule) for each in ignored):
            yield FileResult(duplicate.path, suppressed=1)
        elif diagnostic := describe_duplicate(duplicate, checker, read):
            yield FileResult(duplicate.path, (diagnostic,))

    reported: set[str] = set()
    # Those that are looked at themselves come first.
    for path, problem in sorted(read.problems.items(), key=lambda each: each[0] not in looked_at):
        concerned = {path} & looked_at or {
            each for each in looked_at if fingerprints[each] & fingerprints[path]
        }
        if path not in looked_at:
            problem = _not_compared(path, problem)
        for each in sorted(concerned - reported):
            yield checker.problem(each, problem)
        reported |= concerned


def _not_compared(other: str, problem: Problem) -> Problem:
    """What `problem` of another seed is to one that was to be compared with it."""
    reason = problem.detail
    if problem.kind is ProblemKind.TOO_SLOW:
        reason = f"it was not read within {problem.limit} s"
    detail = (
        f"another seed that may have the same link or title cannot be: {quote(other)}: {reason}"
    )
    return Problem(ProblemKind.UNREADABLE, Span(0, 0), detail)


class _Reader:
    """Seeds that are read again to be compared, by the name shown.

    The last ones are kept, because both of two duplicates are needed; how many depends on what
    they take.
    """

    def __init__(
        self,
        targets: Mapping[str, Target],
        fingerprints: Mapping[str, Set[int]],
        checker: Checker,
    ) -> None:
        self._targets = targets
        self._fingerprints = fingerprints
        self._checker = checker
        # The one that was asked for last is at the end.
        self._kept: dict[str, Document] = {}
        self._bytes = 0
        # What is wrong with those that cannot be read as they were when they were checked.
        self.problems: dict[str, Problem] = {}

    def __call__(self, path: str) -> Document | None:
        """The document at `path`; None if there is a problem with it."""
        if path in self.problems:
            return None
        document = self._kept.pop(path, None)
        if document is None:
            found = self._read(path)
            if isinstance(found, Problem):
                self.problems[path] = found
                return None
            document = found
            self._bytes += _bytes_of(document)
        self._kept[path] = document
        while self._bytes > _KEPT_BYTES and len(self._kept) > 2:
            self._bytes -= _bytes_of(self._kept.pop(next(iter(self._kept))))
        return document

    def _read(self, path: str) -> Document | Problem:
        settings = self._checker.settings
        most = settings.limits.file_bytes
        try:
            data = read_target(self._targets[path], most)
            with time_limit(settings.limits.seconds):
                document = self._checker.read(path, data[:most])
        except OSError as error:
            return _unreadable(error)
        except TimeLimitExceeded:
            return _too_slow(settings)
        if set(self._checker.fingerprints(document)) != self._fingerprints[path]:
            return Problem(ProblemKind.UNREADABLE, Span(0, 0), "it was changed during the run")
        return document


def _bytes_of(document: Document) -> int:
    """What a document takes, or a little more."""
    return len(document.source.text) + _EVENT_BYTES * len(document.events or ())
