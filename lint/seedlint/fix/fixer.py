"""Makes the fixes of one file, pass by pass, and lets none through that the guard refuses."""

from __future__ import annotations

import gc
import os
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target
from seedlint.document.problem import ProblemKind
from seedlint.files import reason_of
from seedlint.fix.choice import is_applicable, with_chosen_fixes
from seedlint.fix.edits import have_overlap
from seedlint.fix.guard import Reading, why_refused
from seedlint.fix.operation import RemoveItem, RemovePair
from seedlint.rules import rules_by_problem
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.marks import BOM
from seedlint.text.source import SourceFile
from seedlint.text.span import Position
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers

# How many findings of a file are looked at. All must be known, or hidden ones would seem new.
_MOST_FINDINGS = 2_000
# Starting a process pays off from this many files on.
_WORTH_A_WORKER = 8
_WATCHDOG_SECONDS = 10
_TOO_MANY = rules_by_problem()[ProblemKind.TOO_MANY_FINDINGS].code


class Refusal(NamedTuple):
    """A fix that was not made: the rule, the line, and why."""

    code: str
    line: int
    reason: str


class FixedFile(NamedTuple):
    """What came of the fixes of one file.

    `new` are its bytes with the fixes, the same as `old` if there are none; `fixed` counts the
    findings that were fixed by the code of their rule.
    """

    old: bytes = b""
    new: bytes = b""
    fixed: tuple[tuple[str, int], ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was fixed."""
        return self.old != self.new


def fix_each(
    targets: Sequence[Target], checker: Checker, jobs: int, *, unsafe: bool
) -> Iterator[FixedFile]:
    """What comes of the fixes of each target, in order; nothing is written.

    Uses at most `jobs` processes, and at least one, so that no file can end the run; with 0, this
    process does the work.
    """
    fixer = Fixer(checker, unsafe=unsafe)
    if not gc.isenabled():
        # As on the full path: exceptions make reference cycles.
        gc.freeze()
        gc.enable()
    if not jobs or not hasattr(os, "fork"):
        yield from map(fixer.fix, targets)
        return
    yield from map_in_workers(
        fixer.fix,
        targets,
        max(1, min(jobs, len(targets) // _WORTH_A_WORKER)),
        on_crash=lambda target, reason: _given_up(f"seedlint failed: {reason}"),
        on_timeout=lambda target: _given_up("it takes too long"),
        timeout=checker.settings.limits.seconds + _WATCHDOG_SECONDS,
        codec=pickle,
    )


class Fixer:
    """Makes the fixes of files under one contract and one set of settings."""

    def __init__(self, checker: Checker, *, unsafe: bool) -> None:
        limits = checker.settings.limits._replace(findings=_MOST_FINDINGS)
        self._settings = checker.settings._replace(limits=limits)
        self._checker = checker.with_settings(self._settings)
        self._unsafe = unsafe

    def fix(self, target: Target) -> FixedFile:
        """The fixes of one file. Whatever goes wrong, the file stays as it is."""
        limits = self._settings.limits
        try:
            data = read_target(target, limits.file_bytes)
            if len(data) > limits.file_bytes:
                # A long body does not keep a seed from being checked, but it is not read.
                return _given_up(f"it has more than {limits.file_bytes:,} bytes")
            with time_limit(limits.seconds):
                return self._fix(target, data)
        except OSError as error:
            return _given_up(reason_of(error))
        except TimeLimitExceeded:
            return _given_up("it takes too long")
        except Exception as error:
            return _given_up(f"seedlint failed: {type(error).__name__}")

    def _fix(self, target: Target, data: bytes) -> FixedFile:
        ignored = self._checker.ignored_in(target.path)

        def read(text: str) -> Reading:
            # As bytes, because the line reader takes those.
            document = self._checker.read(target.shown, text.encode("utf-8", "surrogateescape"))
            return Reading(document, self._checker.check(document, ignored))

        start = SourceFile.from_bytes(target.shown, data)
        now = read(start.text)
        fixed: Counter[str] = Counter()
        refused: dict[_Key, Refusal] = {}
        # Every round leaves fewer findings, or refuses a fix for good.
        while group := self._next_fixes(now, refused):
            attempts = [group, *([each] for each in group)] if len(group) > 1 else [group]
            for attempt in attempts:
                edits = _edits_of(now, attempt)
                then = read(apply_edits(now.document.source.text, edits))
                reason = why_refused(now, then, attempt, edits, read)
                if reason is None:
                    now = then
                    fixed.update(each.code for each in attempt)
                    break
                if len(attempt) == 1:
                    refused[_key(attempt[0])] = _refusal(attempt[0], reason)
        left = {_key(each) for each in now.result.diagnostics if each.fix}
        refusals = [refusal for key, refusal in refused.items() if key in left]
        if _has_too_many(now):
            refusals.append(Refusal("", 0, f"it has more than {_MOST_FINDINGS:,} findings"))
        new = data
        if fixed:
            new = BOM * start.bom + now.document.source.text.encode("utf-8", "surrogateescape")
        return FixedFile(data, new, tuple(sorted(fixed.items())), tuple(refusals))

    def _next_fixes(self, now: Reading, refused: Mapping[_Key, Refusal]) -> list[Diagnostic]:
        """The fixes of the next round: those that do not overlap, the first of two that do.

        What repeats something is removed before values are rewritten, because it may be no
        repetition any more afterwards.
        """
        found = now.result.diagnostics
        if _has_too_many(now):
            return []
        fixes = [
            each
            for each in with_chosen_fixes(found, self._settings)
            if is_applicable(each, unsafe=self._unsafe) and _key(each) not in refused
        ]
        fixes = [each for each in fixes if _removes(each)] or fixes
        chosen: list[Diagnostic] = []
        taken: list[Edit] = []
        for each in fixes:
            edits = _edits_of(now, [each])
            together = sorted([*taken, *edits])
            if not have_overlap(together):
                chosen.append(each)
                taken = together
        return chosen


_Key = tuple[str, str, str, str]


def _key(diagnostic: Diagnostic) -> _Key:
    """What tells the fix of a finding from others when lines move."""
    assert diagnostic.fix is not None
    return (*diagnostic.identity, diagnostic.fix.message)


def _has_too_many(now: Reading) -> bool:
    return any(each.code == _TOO_MANY for each in now.result.diagnostics)


def _removes(diagnostic: Diagnostic) -> bool:
    operations = diagnostic.fix.operations if diagnostic.fix else ()
    return any(isinstance(each, (RemoveItem, RemovePair)) for each in operations)


def _edits_of(now: Reading, fixed: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of some fixes, in order, as offsets."""
    lines = now.document.source.lines

    def offset(position: Position) -> int:
        return lines.line_span(position.line).start + position.column - 1

    return sorted(
        Edit(offset(each.start), offset(each.end), each.content)
        for diagnostic in fixed
        if diagnostic.fix
        for each in diagnostic.fix.edits
    )


def _refusal(diagnostic: Diagnostic, reason: str) -> Refusal:
    return Refusal(diagnostic.code, diagnostic.region.start.line, reason)


def _given_up(reason: str) -> FixedFile:
    return FixedFile(refused=(Refusal("", 0, reason),))
