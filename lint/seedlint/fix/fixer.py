"""Makes the fixes of one file, pass by pass, except those that the guard refuses."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic, Replacement
from seedlint.discover import Target
from seedlint.document.document import Document
from seedlint.document.pointer import value_at
from seedlint.document.problem import ProblemKind
from seedlint.fix.choice import is_applicable, with_chosen_fixes
from seedlint.fix.each import attempt, do_each
from seedlint.fix.edits import edits_of, have_overlap
from seedlint.fix.guard import why_refused
from seedlint.fix.mending import Mended, mend, mistakes_of
from seedlint.fix.operation import RemoveItem, RemovePair
from seedlint.fix.reading import BRINGS, Read, Reading, new_findings, why_worse
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileResult
from seedlint.rules import rules_by_problem
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.source import SourceFile

# How many findings of a file are looked at. All must be known, or hidden ones would seem new.
_MOST_FINDINGS = 2_000


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
    targets: Sequence[Target],
    checker_of: Callable[[Target], Checker],
    jobs: int,
    seconds: float,
    *,
    unsafe: bool,
    across: Mapping[str, Sequence[Diagnostic]],
) -> Iterator[FixedFile]:
    """What comes of the fixes of each target, in order; nothing is written.

    `checker_of` gives the checker of a target, `seconds` is what one may take; see `do_each`.
    `across` are findings that one file alone does not have, by the name of the file.
    """
    fixer_of = cache(partial(Fixer, unsafe=unsafe))
    # Before the fork, so that workers share the contracts.
    work = [
        (partial(fixer_of(checker_of(target)).fix, across=across.get(target.shown, ())), target)
        for target in targets
    ]
    yield from do_each(work, jobs, seconds, _given_up)


class Fixer:
    """Makes the fixes of files under one contract and one set of settings."""

    def __init__(self, checker: Checker, *, unsafe: bool) -> None:
        limits = checker.settings.limits._replace(findings=_MOST_FINDINGS)
        self._settings = checker.settings._replace(limits=limits)
        self._checker = checker.with_settings(self._settings)
        self._unsafe = unsafe

    def fix(self, target: Target, across: Sequence[Diagnostic] = ()) -> FixedFile:
        """The fixes of one file. Whatever goes wrong, the file stays as it is.

        `across` are findings in it that a comparison with other files has made.
        """
        fix = partial(self._fix, across)
        return attempt(fix, target, self._settings.limits, _given_up)

    def _fix(self, across: Sequence[Diagnostic], target: Target, data: bytes) -> FixedFile:
        ignored = self._checker.ignored_in(target.path)

        def read(text: str) -> Reading:
            # As bytes, because the line reader takes those.
            document = self._checker.read(target.shown, text.encode("utf-8", "surrogateescape"))

            def check() -> FileResult:
                result = self._checker.check(document, ignored)
                left = tuple(filter(None, (_placed(document, each) for each in across)))
                return result._replace(diagnostics=(*result.diagnostics, *left))

            return Reading(document, check)

        start = SourceFile.from_bytes(target.shown, data)
        now = read(start.text)
        fixed: Counter[str] = Counter()
        refused: dict[_Key, Refusal] = {}
        most = _MOST_FINDINGS
        has_changed = False
        # Every round leaves fewer findings, refuses a fix, or tries half as many.
        while True:
            group = self._next_fixes(now, refused)[:most]
            if not group and refused and has_changed:
                # What was refused may be sound after the others. They are fewer each time.
                refused.clear()
                has_changed = False
                continue
            if not group:
                break
            made = self._make(now, group, refused, read)
            if isinstance(made, Mended):
                now = made.reading
                has_changed = True
                fixed.update(each.code for each in made.fixed)
            elif len(group) == 1 or not now.document.is_checkable:
                # Fixes of text that cannot be read are made together or not at all.
                refused |= {_key(each): _refusal(each, made) for each in group}
            else:
                most = len(group) // 2
                continue
            most = 2 * len(group)
        left = {_key(each) for each in now.result.diagnostics if each.fix}
        refusals = [refusal for key, refusal in refused.items() if key in left]
        if _has_too_many(now):
            refusals.append(Refusal("", 0, f"it has more than {_MOST_FINDINGS:,} findings"))
        new = data
        if fixed:
            new = start.to_bytes(now.document.source.text)
        return FixedFile(data, new, tuple(sorted(fixed.items())), tuple(refusals))

    def _make(
        self,
        now: Reading,
        group: Sequence[Diagnostic],
        refused: Mapping[_Key, Refusal],
        read: Read,
    ) -> Mended | str:
        """Make some fixes of a text; or why they must not be made."""
        if not now.document.is_checkable:
            return mend(now, group, lambda text: self._next_fixes(text, refused), read)
        edits = now.edits_of(group)
        then = read(apply_edits(now.text, edits))
        reason = why_refused(now, then, group, edits, read)
        if reason is None:
            return Mended(then, [*group])
        last = None
        if reason.startswith(BRINGS) and len(group) == 1:
            last = self._followed(now, then, read)
        # The guard has let the data of the first fix pass, and those of what follows from it.
        if last is None or why_worse(now.result.diagnostics, last, group):
            return reason
        return Mended(last, [*group])

    def _followed(self, now: Reading, then: Reading, read: Read) -> Reading | None:
        """The text `then` with safe fixes of all that is found in it and not in `now`."""
        found = new_findings(now.result.diagnostics, then)
        fixes = [
            each
            for each in with_chosen_fixes(found, self._settings)
            if is_applicable(each, unsafe=False)
        ]
        edits = then.edits_of(fixes)
        if not fixes or have_overlap(edits):
            return None
        last = read(apply_edits(then.text, edits))
        return None if why_refused(then, last, fixes, edits, read) else last

    def _next_fixes(self, now: Reading, refused: Mapping[_Key, Refusal]) -> list[Diagnostic]:
        """The fixes of the next round: those that do not overlap, the first of two that do.

        What repeats something is removed before values are rewritten, because it may be no
        repetition any more afterwards. Of a text that cannot be read, only the mistake is mended.
        """
        if _has_too_many(now):
            return []
        fixes = [
            each
            for each in with_chosen_fixes(now.result.diagnostics, self._settings)
            if is_applicable(each, unsafe=self._unsafe) and _key(each) not in refused
        ]
        if not now.document.is_checkable:
            codes = [each.code for each in mistakes_of(now)[:1]]
            fixes = [each for each in fixes if each.code in codes] or fixes
        # Those without operations change the text in ways that are compared otherwise.
        by_data = [each for each in fixes if each.fix and each.fix.operations]
        fixes = [each for each in by_data if _removes(each)] or by_data or fixes
        chosen: list[Diagnostic] = []
        taken: list[Edit] = []
        for each in fixes:
            edits = now.edits_of([each])
            if not any(_overlaps(taken, edit) for edit in edits):
                chosen.append(each)
                for edit in edits:
                    insort(taken, edit)
        return chosen


def _placed(document: Document, found: Diagnostic) -> Diagnostic | None:
    """A finding across files with its edits in the text as it is now; None if it is mended."""
    if found.fix is None or not document.is_checkable:
        return None
    operations = found.fix.operations
    if any(value_at(document.data, each.pointer) != found.subject for each in operations):
        return None
    position = document.source.lines.position
    edits = tuple(
        Replacement(position(start), position(end), text)
        for start, end, text in edits_of(document, operations) or ()
    )
    return found._replace(fix=found.fix._replace(edits=edits)) if edits else None


def _overlaps(taken: Sequence[Edit], edit: Edit) -> bool:
    """Whether an edit is about the same characters as one of those in order."""
    at = bisect(taken, edit)
    return have_overlap([*taken[max(at - 1, 0) : at], edit, *taken[at : at + 1]])


_Key = tuple[str, str, str, str]


def _key(diagnostic: Diagnostic) -> _Key:
    """What identifies the fix of a finding even if lines have moved."""
    assert diagnostic.fix is not None
    return (*diagnostic.identity, diagnostic.fix.message)


def _has_too_many(now: Reading) -> bool:
    too_many = rules_by_problem()[ProblemKind.TOO_MANY_FINDINGS].code
    return any(each.code == too_many for each in now.result.diagnostics)


def _removes(diagnostic: Diagnostic) -> bool:
    operations = diagnostic.fix.operations if diagnostic.fix else ()
    return any(isinstance(each, (RemoveItem, RemovePair)) for each in operations)


def _refusal(diagnostic: Diagnostic, reason: str) -> Refusal:
    return Refusal(diagnostic.code, diagnostic.region.start.line, reason)


def _given_up(reason: str) -> FixedFile:
    return FixedFile(refused=(Refusal("", 0, reason),))
