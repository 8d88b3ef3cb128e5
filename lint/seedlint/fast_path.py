"""The fast path: files whose results are cached, and files that the line reader reads.

Nearly every file takes it. The full path is imported only when a file needs it, and what findings
need only when there is something to report.
"""

from __future__ import annotations

import gc
import marshal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, partial
from itertools import chain, starmap

from seedlint.discover import Target, read_target, read_with_identity
from seedlint.document.line_reader import open_line_reader
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileIdentity, FileResult
from seedlint.rules.corpus import fingerprints_of, unique_across_options
from seedlint.schema.evaluate import Evaluator, SeverityOf
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings
from seedlint.text.marks import OPENINGS
from seedlint.time_limit import TimeLimitExceeded, time_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.cache.results import CachedResults, ResultCache
    from seedlint.check import Checker
    from seedlint.cross_references import CrossReferences
    from seedlint.diagnostic import Diagnostic
    from seedlint.plain import PlainFindings

# How many files a worker is given, and answers, at a time.
_CHUNK = 32
# Fifty times the CPU time that they take.
_CHUNK_SECONDS = 0.25
# Starting a process pays off from this many files on.
_WORTH_A_WORKER = 4 * _CHUNK
# How many files are checked before workers start, which saves 20 ms of CPU time per further worker
# if they have findings, and 5 ms if they have none.
_WARM_UP = 16
# How many files are looked up in the cache at a time, and how many make workers worth it.
_PART = 1000
_WORTH_LOOKING_UP = 8000
# How long the parent waits for a chunk or a part, in seconds.
_TIMEOUT_SECONDS = 20


class FastPath:
    """The contract and the settings of a run, compiled once and used for every file."""

    def __init__(self, schema: LoadedSchema, settings: Settings) -> None:
        self._schema = schema
        self.settings = settings
        self.severity_of: SeverityOf = cache(settings.severity_of)
        self.evaluator = Evaluator(schema.references, self.severity_of)
        self.unique_across: Mapping[str, Any] = unique_across_options(schema.root, self.severity_of)
        # What seeds define and refer to, if any of the run refers to others.
        self.references: CrossReferences | None = None
        self._reader = open_line_reader(settings.limits, settings.target)
        # Whether the YAML reader has been used: exceptions that it raises may leave cycles behind.
        self.has_cycles = False

    @cached_property
    def checker(self) -> Checker:
        """Turns failures into findings; imported for the first file that has any."""
        from seedlint.check import Checker

        return Checker(self._schema, self.settings, self.evaluator, self.references)

    def check(self, target: Target, data: bytes, *, in_worker: bool = False) -> FileResult | None:
        """The result for a file with these bytes; None if it needs the full path.

        A worker also takes the YAML reader to a file that begins like a seed, because it does not
        end the run if it crashes. Whatever else goes wrong here goes wrong again on the full path,
        and is reported then.
        """
        if len(data) > self.settings.limits.file_bytes:
            return None
        try:
            content = self._reader.read(data)
            if content is None:
                if not in_worker or not data.startswith(OPENINGS):
                    return None
                self.has_cycles = True
                return self.checker.check_with_yaml_reader(target, data)
            self.evaluator.path = target.shown
            if (
                not content.has_invisible
                and self.evaluator.accepts(content.data)
                and not self.settings.names_unused_schema(content.data)
            ):
                fingerprints = fingerprints_of(content.data, self.unique_across, target.shown)
                if self.references is not None:
                    fingerprints += self.references.fingerprints(content.data)
                return FileResult(target.shown, (), fingerprints)
            result = self.checker.check_lines(target, data, content)
        except Exception:
            return None
        return result if result.validated else None


def look_up_each(
    seeds: Sequence[Target], result_cache: ResultCache, jobs: int
) -> Iterator[CachedResults]:
    """The cached results of the files, part by part."""
    look = partial(result_cache.look_up, seeds=seeds)
    parts = [range(len(seeds))[start : start + _PART] for start in range(0, len(seeds), _PART)]
    if jobs < 2 or len(seeds) < _WORTH_LOOKING_UP:
        return map(look, parts)
    import pickle

    from seedlint.cache.results import all_missed
    from seedlint.workers import map_in_workers

    return map_in_workers(
        look,
        parts,
        jobs,
        on_crash=lambda part, reason: all_missed(part),
        on_timeout=all_missed,
        timeout=_TIMEOUT_SECONDS,
        codec=pickle,
    )


class FastResult(NamedTuple):
    """The answer of the fast path for one file, as plain data that a worker can send.

    `fingerprints` is None if there is no result; `findings`, `suppressed`, `validated` and
    `ignored_at` belong to the result.
    `record` is what the cache holds for these bytes, if anything; `stat_key` and `digest` are those
    of a `FileIdentity` if there is a cache. `has_front_matter` is False if it certainly has none.
    """

    fingerprints: tuple[int, ...] | None = None
    findings: PlainFindings = ()
    suppressed: int = 0
    stat_key: bytes = b""
    digest: bytes = b""
    record: bytes = b""
    has_front_matter: bool = True
    validated: bool = True
    ignored_at: tuple[int, ...] = ()

    @property
    def has_result(self) -> bool:
        """Whether the file has been checked."""
        return self.fingerprints is not None

    @property
    def is_clean(self) -> bool:
        """Whether there is a result, with nothing to report."""
        return self.fingerprints is not None and not self.findings and not self.suppressed

    def result(self, target: Target) -> FileResult | None:
        """The result for the file; None if it needs the full path."""
        identity = FileIdentity(self.stat_key, self.digest) if self.digest else None
        if self.record:
            from seedlint.cache.results import read_record

            result = read_record(self.record, target.shown)
            return result and result._replace(identity=identity)
        if self.fingerprints is None:
            return None
        findings: tuple[Diagnostic, ...] = ()
        if self.findings:
            from seedlint.plain import read_findings

            findings = read_findings(self.findings, target.shown)
        return FileResult(
            target.shown,
            findings,
            self.fingerprints,
            self.validated,
            identity,
            self.suppressed,
            self.ignored_at,
        )


def check_each(
    numbers: Sequence[int],
    seeds: Sequence[Target],
    fast_path: FastPath,
    result_cache: ResultCache | None,
    jobs: int,
) -> Iterator[FastResult]:
    """A `FastResult` for each of the files with these numbers."""
    jobs = min(jobs, len(numbers) // _WORTH_A_WORKER)
    in_worker = jobs > 1
    check = partial(
        _check_chunk,
        seeds=seeds,
        fast_path=fast_path,
        result_cache=result_cache,
        in_worker=in_worker,
    )
    if not in_worker:
        return starmap(FastResult, chain.from_iterable(map(check, _chunks(numbers))))
    from seedlint.workers import map_in_workers

    # Workers inherit what these files make the parent compile and import.
    first = numbers[:_WARM_UP]
    begun = [FastResult(*each) for each in check(first, in_worker=False)]
    # A worker can do more than the parent.
    left = [number for number, each in zip(first, begun, strict=True) if not each.has_result]
    # The full path finds out which file of the chunk crashed the worker.
    results = map_in_workers(
        check,
        [left, *_chunks(numbers[_WARM_UP:])],
        jobs,
        on_crash=lambda chunk, reason: [()] * len(chunk),
        on_timeout=lambda chunk: [()] * len(chunk),
        timeout=_TIMEOUT_SECONDS,
        codec=marshal,
    )
    others = starmap(FastResult, chain.from_iterable(results))
    return chain((each if each.has_result else next(others) for each in begun), others)


def _chunks(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + _CHUNK] for start in range(0, len(numbers), _CHUNK)]


def _check_chunk(
    numbers: Sequence[int],
    seeds: Sequence[Target],
    fast_path: FastPath,
    result_cache: ResultCache | None,
    in_worker: bool,
) -> list[tuple[Any, ...]]:
    """A `FastResult` for each file, as a tuple; () for those there was no time for."""
    collects = gc.isenabled()
    # The data of a file is a tree, so there are no cycles to collect within a chunk.
    gc.disable()
    targets = [seeds[number] for number in numbers]
    results: list[tuple[Any, ...]] = []
    with suppress(TimeLimitExceeded), time_limit(_CHUNK_SECONDS):
        if result_cache is None:
            for target in targets:
                results.append(tuple(_check(target, fast_path, in_worker)))
        else:
            for target, record in zip(targets, result_cache.records_of(targets), strict=True):
                results.append(tuple(_check_changed(target, record, fast_path, in_worker)))
    if collects:
        gc.enable()
    elif fast_path.has_cycles:
        fast_path.has_cycles = False
        gc.collect(0)
    # The others get their full time on the full path.
    return results + [()] * (len(targets) - len(results))


def _check(target: Target, fast_path: FastPath, in_worker: bool) -> FastResult:
    try:
        data = read_target(target, fast_path.settings.limits.file_bytes)
    except OSError:
        return FastResult(has_front_matter=False)
    return _of(fast_path.check(target, data, in_worker=in_worker), data)


def _check_changed(
    target: Target, record: bytes, fast_path: FastPath, in_worker: bool
) -> FastResult:
    """The same if there is a cache; `record` is what it holds for the file."""
    from seedlint.cache.results import has_digest

    try:
        data, identity = read_with_identity(target, fast_path.settings.limits.file_bytes)
    except OSError:
        return FastResult(has_front_matter=False)
    if identity and record and has_digest(record, identity):
        return FastResult(stat_key=identity.stat_key, digest=identity.digest, record=record)
    found = _of(fast_path.check(target, data, in_worker=in_worker), data)
    if fast_path.evaluator.is_transient:
        # Without an identity it is not stored.
        identity = None
    stat_key, digest = identity or (b"", b"")
    return found._replace(stat_key=stat_key, digest=digest)


def _of(result: FileResult | None, data: bytes) -> FastResult:
    if result is None:
        return FastResult(has_front_matter=data.startswith(OPENINGS))
    fingerprints = tuple(result.fingerprints)
    used = tuple(result.ignored_at)
    if not result.diagnostics:
        return FastResult(fingerprints, suppressed=result.suppressed, ignored_at=used)
    from seedlint.plain import plain_findings

    findings = plain_findings(result.diagnostics)
    return FastResult(
        fingerprints, findings, result.suppressed, validated=result.validated, ignored_at=used
    )
