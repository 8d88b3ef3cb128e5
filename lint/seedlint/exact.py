"""The exact path: seeds that are not certainly clean, each with the places of its findings.

All that positions, messages and the full JSON Schema need is imported here and nowhere above, so a
run over clean seeds never pays for it.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from seedlint.check import Checker
from seedlint.checked import Checked
from seedlint.corpus import describe_clash, find_clashes
from seedlint.discover import Target, read_and_see, read_target
from seedlint.document.document import Document, read_document
from seedlint.document.problem import Problem, ProblemKind
from seedlint.rules.base import Rule
from seedlint.rules.corpus import Fact
from seedlint.settings import Settings, selects
from seedlint.text.source import SourceFile
from seedlint.text.span import Span
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers

# Starting a process costs as much as checking this many seeds.
_WORTH_A_WORKER = 16
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10
# Documents kept while two seeds are compared.
_REMEMBERED = 64


def check_each(targets: Sequence[Target], checker: Checker, jobs: int) -> Iterator[Checked]:
    """The result for each target, in their order.

    In `jobs` processes at most, and in one of its own at least, so that no file can end the run;
    0 is this process.
    """
    # Exceptions and validators refer to each other; what there is by now stays.
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
        lost=lambda target, reason: checker.problem(
            target.shown, Problem(ProblemKind.CRASH, Span(0, 0), reason)
        ),
        hung=lambda target: checker.problem(
            target.shown, Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=seconds)
        ),
        patience=seconds + _WATCHDOG_SECONDS,
        codec=pickle,
    )


def check_target(target: Target, checker: Checker) -> Checked:
    """Read and check one file. Whatever it holds, and whatever is wrong with it, is a result."""
    try:
        data, seen = read_and_see(target, checker.settings.limits.file_bytes)
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else str(error)
        return checker.problem(target.shown, Problem(ProblemKind.UNREADABLE, Span(0, 0), reason))
    return check_bytes(target.path, target.shown, data, checker)._replace(seen=seen)


def check_bytes(path: str, shown: str, data: bytes, checker: Checker) -> Checked:
    """Check what stands, or would stand, at `path`, and is shown to people as `shown`."""
    settings = checker.settings
    most = settings.limits.file_bytes
    try:
        source = SourceFile.from_bytes(shown, data[:most])
        with time_limit(settings.limits.seconds):
            checked = checker.check(source, _ignored_in(path, settings))
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


def _ignored_in(path: str, settings: Settings) -> tuple[str, ...]:
    """The selectors that do not count in a file, wherever people stand."""
    return settings.ignored_in(settings.from_root(path))


def compare(
    others: Sequence[Target], targets: Sequence[Target], checker: Checker
) -> Iterator[Checked]:
    """What the rules across seeds find in `targets`, each finding by itself.

    Of two seeds that clash the later one is at fault: both are given in order of path, and the
    others are earlier than all targets.
    """
    settings = checker.settings
    by_path = {target.shown: target for target in (*others, *targets)}
    looked_at = {target.shown for target in targets}

    @lru_cache(_REMEMBERED)
    def read(path: str) -> Document | None:
        try:
            data = read_target(by_path[path], settings.limits.file_bytes)
            with time_limit(settings.limits.seconds):
                return read_document(SourceFile.from_bytes(path, data), settings.limits)
        except (OSError, TimeLimitExceeded):
            return None

    def facts(path: str) -> tuple[Fact, ...]:
        document = read(path)
        return checker.facts(document) if document else ()

    def selected(rule: Rule) -> bool:
        return checker.severity_of(rule) is not None

    for clash in find_clashes(((path, facts(path)) for path in by_path), selected):
        if clash.path not in looked_at:
            continue
        ignored = _ignored_in(by_path[clash.path].path, settings)
        if any(selects(each, clash.rule) for each in ignored):
            yield Checked(clash.path, suppressed=1)
        elif diagnostic := describe_clash(clash, checker, read):
            yield Checked(clash.path, (diagnostic,))
