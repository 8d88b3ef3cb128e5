"""The full path: files that the line reader does not read, and comparisons of files.

The YAML reader is imported here and nowhere above, so most runs never pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from importlib import import_module

from seedlint import result as result_codec
from seedlint.check import Checker, capped
from seedlint.corpus import Spellings, describe_duplicate, find_duplicates
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target, read_with_identity
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer
from seedlint.document.problem import Problem, ProblemKind
from seedlint.files import reason_of
from seedlint.fingerprints import only_shared
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.rules.base import quote
from seedlint.rules.corpus import Fact
from seedlint.settings import Settings
from seedlint.text.span import Span
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers, resume_collection

# Starting a process pays off from this many files on.
_WORTH_A_WORKER = 16
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10
# What may be kept of documents while seeds are compared, and what an event of one takes, in bytes.
_KEPT_BYTES = 16 * 1024 * 1024
_EVENT_BYTES = 350


def check_each(
    targets: Sequence[Target], checker: Checker, jobs: int, *, identifies: bool = False
) -> Iterator[FileResult]:
    """The result for each target, in order; with the identity of its bytes if it `identifies` them.

    Uses at most `jobs` processes, and at least one, so that no file can end the run; with 0, this
    process does the work.
    """
    # Imported before the fork, so that workers share it, and a missing module fails the whole run.
    import_module("seedlint.document.yaml_tree")
    resume_collection()
    check = partial(check_target, checker=checker, identifies=identifies)
    if not jobs:
        yield from map(check, targets)
        return
    settings = checker.settings
    yield from map_in_workers(
        check,
        targets,
        max(1, min(jobs, len(targets) // _WORTH_A_WORKER)),
        on_crash=lambda target, reason: checker.problem(target.shown, _crash(reason)),
        on_timeout=lambda target: checker.problem(target.shown, _too_slow(settings)),
        timeout=settings.limits.seconds + _WATCHDOG_SECONDS,
        codec=result_codec,
    )


def check_target(target: Target, checker: Checker, *, identifies: bool) -> FileResult:
    """Read and check one file. Whatever it holds, and whatever is wrong with it, is a result."""
    most, identity = checker.settings.limits.file_bytes, None
    try:
        if identifies:
            data, identity = read_with_identity(target, most)
        else:
            # Most runs over few files have no cache, and digests take 5 ms to import.
            data = read_target(target, most)
    except OSError as error:
        return checker.problem(target.shown, _unreadable(error))
    result = _check_bytes(target, data, checker)
    # Without an identity it is not stored.
    return result if checker.evaluator.is_transient else result._replace(identity=identity)


def _check_bytes(target: Target, data: bytes, checker: Checker) -> FileResult:
    settings, shown = checker.settings, target.shown
    most = settings.limits.file_bytes
    try:
        with time_limit(settings.limits.seconds):
            document = checker.read(shown, data[:most])
            result = checker.check(document, checker.ignored_in(target.path))
    except TimeLimitExceeded:
        return checker.problem(shown, _too_slow(settings))
    except Exception as error:
        return checker.problem(shown, _crash(type(error).__name__))
    if len(data) > most and not result.validated:
        too_large = Problem(ProblemKind.TOO_LARGE, Span(0, 0), "the file", limit=most)
        return checker.problem(shown, too_large)
    return result


def _unreadable(error: OSError) -> Problem:
    return Problem(ProblemKind.UNREADABLE, Span(0, 0), reason_of(error))


def _crash(reason: str) -> Problem:
    return Problem(ProblemKind.CRASH, Span(0, 0), reason)


def _too_slow(settings: Settings) -> Problem:
    return Problem(ProblemKind.TOO_SLOW, Span(0, 0), limit=settings.limits.seconds)


def compare(
    seeds: Sequence[Target],
    noted: Mapping[int, Set[int]],
    others: int,
    checker_of: Callable[[str], Checker],
) -> Iterator[FileResult]:
    """Compare the candidates among `seeds`; a result for each one with a duplicate.

    `noted` holds their numbers, in order, and the fingerprints that each had when it was checked.
    `checker_of` gives the checker of each by the name shown. Of two duplicates the later one is at
    fault. Nothing is reported in the first `others`, which are only compared with. A comparison
    that cannot be made is a finding.
    """
    read = _Reader(seeds, noted, checker_of)
    looked_at = {seeds[number].shown for number in noted if number >= others}

    def facts(path: str) -> tuple[Fact, ...]:
        document = read(path)
        return checker_of(path).facts(document) if document else ()

    for duplicate in find_duplicates((path, facts(path)) for path in read.targets):
        path = duplicate.path
        if path not in looked_at:
            continue
        checker, document = checker_of(path), read(path)
        diagnostic = describe_duplicate(duplicate, checker, read)
        if document and diagnostic:
            yield _without_suppressed([diagnostic], document, read.targets[path], checker)

    reported: set[str] = set()
    # The files of the run come first.
    for path, problem in sorted(read.problems.items(), key=lambda each: each[0] not in looked_at):
        concerned = {path} & looked_at or {
            each
            for each in looked_at
            if only_shared(read.fingerprints[each] & read.fingerprints[path])
        }
        if path not in looked_at:
            problem = _not_compared(path, problem)
        for each in sorted(concerned - reported):
            yield checker_of(each).problem(each, problem)
        reported |= concerned


def report_broken_references(
    seeds: Sequence[Target],
    noted: Mapping[int, Set[int]],
    defining: Sequence[int],
    defined: Set[int],
    checker_of: Callable[[str], Checker],
) -> Iterator[FileResult]:
    """The results for the files that refer to what no seed defines.

    `noted` holds their numbers, in order, and the fingerprints that each had when it was checked.
    `defining` are the numbers of the seeds that others refer to, and `defined` is what they define.
    `checker_of` gives the checker of each by the name shown.
    """
    # Few contracts refer to other seeds.
    from seedlint.broken_references import BrokenReferences

    read = _Reader(seeds, noted, checker_of)
    describe = BrokenReferences([seeds[number] for number in defining], checker_of).describe
    for path, target in read.targets.items():
        document, checker = read(path), checker_of(path)
        if document is None:
            yield checker.problem(path, read.problems[path])
            continue
        found = sorted(describe(document, checker, defined), key=Diagnostic.sort_key)
        yield _without_suppressed(found, document, target, checker)


def report_spellings(
    seeds: Sequence[Target],
    noted: Mapping[int, Set[int]],
    having: Mapping[int, Sequence[int]],
    pairs: Sequence[tuple[int, int]],
    others: int,
    checker_of: Callable[[str], Checker],
) -> Iterator[FileResult]:
    """The results for the files that have terms which most spell otherwise.

    `noted` is as for `compare`. `having` lists the numbers of the files that have each term, and
    `pairs` are terms that may be two spellings of one, the rare one first.
    """
    read = _Reader(seeds, noted, checker_of)

    def terms(path: str) -> Sequence[tuple[Pointer, str]]:
        document = read(path)
        return checker_of(path).terms(document) if document else ()

    names = {term: [seeds[number].shown for number in of_term] for term, of_term in having.items()}
    spellings = Spellings(names, terms)
    spellings.find(pairs)
    rare = {number for term in spellings.usual for number in having[term] if number >= others}
    for path in (seeds[number].shown for number in sorted(rare)):
        document, checker = read(path), checker_of(path)
        if document is None:
            continue
        found = list(spellings.describe(document, checker, read))
        yield _without_suppressed(found, document, read.targets[path], checker)
    looked_at = {seeds[number].shown for number in noted if number >= others}
    for path in sorted(looked_at.intersection(read.problems)):
        yield checker_of(path).problem(path, read.problems[path])


def _without_suppressed(
    found: list[Diagnostic], document: Document, target: Target, checker: Checker
) -> FileResult:
    """The result for a file with findings of one rule across files."""
    if not found:
        return FileResult(target.shown)
    if checker.settings.ignores(all_rules()[found[0].code], target.path):
        return FileResult(target.shown, suppressed=len(found))
    answered = [checker.ignored_at(each, document) for each in found]
    kept = [each for each, numbers in zip(found, answered, strict=True) if not numbers]
    if checker.settings.suppressions and document.may_have_directives:
        # Few seeds have any.
        from seedlint.suppress import find_suppressions, is_suppressed

        comments = find_suppressions(document)
        kept = [each for each in kept if not is_suppressed(each, comments)]
    used = tuple(sorted({number for numbers in answered for number in numbers}))
    return FileResult(
        target.shown,
        capped(kept, checker.settings),
        suppressed=len(found) - len(kept),
        ignored_at=used,
    )


def _not_compared(other: str, problem: Problem) -> Problem:
    """The problem of a file whose candidate, `other`, cannot be read."""
    reason = problem.detail
    if problem.kind is ProblemKind.TOO_SLOW:
        reason = f"it was not read within {problem.limit} s"
    detail = (
        f"another seed that may have the same link or title cannot be: {quote(other)}: {reason}"
    )
    return Problem(ProblemKind.UNREADABLE, Span(0, 0), detail)


class _Reader:
    """Reads files again to compare them, by the name shown.

    Keeps the most recent ones within a budget of memory, because a comparison needs two.
    """

    def __init__(
        self,
        seeds: Sequence[Target],
        noted: Mapping[int, Set[int]],
        checker_of: Callable[[str], Checker],
    ) -> None:
        """`noted` holds the numbers of the files, in order, and what fingerprints each had."""
        self.targets = {seeds[number].shown: seeds[number] for number in noted}
        self.fingerprints = {seeds[number].shown: values for number, values in noted.items()}
        self._checker_of = checker_of
        # The most recent one is at the end.
        self._kept: dict[str, Document] = {}
        self._bytes = 0
        # Of the files that are not as they were when they were checked.
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
        checker = self._checker_of(path)
        settings = checker.settings
        most = settings.limits.file_bytes
        try:
            data = read_target(self.targets[path], most)
            with time_limit(settings.limits.seconds):
                document = checker.read(path, data[:most])
        except OSError as error:
            return _unreadable(error)
        except TimeLimitExceeded:
            return _too_slow(settings)
        if set(checker.fingerprints(document)) != self.fingerprints[path]:
            return Problem(ProblemKind.UNREADABLE, Span(0, 0), "it was changed during the run")
        return document


def _bytes_of(document: Document) -> int:
    """The memory that a document takes, or a little more."""
    return len(document.source.text) + _EVENT_BYTES * len(document.events or ())
