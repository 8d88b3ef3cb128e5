"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedlint.cache.folder import CacheUnusable, ensure_cache_dir
from seedlint.discover import Files, Target, find_context_files
from seedlint.errors import SchemaError
from seedlint.fast_path import FastPath, check_each, look_up_each
from seedlint.files import shown_path
from seedlint.findings import Findings
from seedlint.fingerprints import Fingerprints, Role, only_identity
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.rules.binding import COLLECTED
from seedlint.rules.corpus import SPELLINGS
from seedlint.schema.bundled import ARTICLE_SCHEMA, bundled_schema
from seedlint.schema.files import split_fragment
from seedlint.schema.load import LoadedSchema, load_schema
from seedlint.settings import REPORT, Settings
from seedlint.severity import Severity
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.cache.results import ResultCache
    from seedlint.check import Checker
    from seedlint.collection import Collection, Group
    from seedlint.diagnostic import Diagnostic
    from seedlint.ignore_at import IgnoredAt

# Opening the cache pays off from this many files on.
_WORTH_A_CACHE = 100
# How long checking the contract itself may take; a large one takes a second.
_SCHEMA_SECONDS = 20
_UNKNOWN_OTHERS = "references to seeds are not followed: no configuration says which there are"


OpenedSchemas = dict[tuple[object, ...], LoadedSchema]
"""Contracts that have been opened, for runs that follow each other."""

Track = Callable[[Iterator[Any], int], Iterator[Any]]
"""Sees results as they come: takes them and how many there will be, and gives the same ones."""


class Outcome:
    """The result of a run.

    `seeds` is the number of files, `unchecked` how many of them could not be validated, `failures`
    on how many seedlint itself failed, `uncompared` how many other files could not be compared
    with; `suppressed` counts the findings that comments or settings answer, `held` those
    that a baseline holds, `older` those that an earlier commit had as well, and `unchecked_held`
    the files among `unchecked` that are no news; `warnings` are about the contract and the cache.
    `unmatched` are files that no collection takes; by collection, `taken` counts those that it
    takes, and `fail_on` says which findings fail the run. `ignored_at` are the entries of
    `ignore-at` that answered a finding. `files` and `schema_files` are what was read; the first
    `context_files` of `files` were only compared with.
    """

    # Not a dataclass: importing `dataclasses` takes 4 ms.
    _COMPARED = (
        "schema",
        "diagnostics",
        "failures",
        "held",
        "older",
        "seeds",
        "suppressed",
        "unchecked_held",
        "unchecked_paths",
        "uncompared",
        "warnings",
    )
    __slots__ = (
        *(name for name in _COMPARED if name != "schema"),
        "_found",
        "_schemas",
        "context_files",
        "fail_on",
        "files",
        "ignored_at",
        "schema_files",
        "taken",
        "unmatched",
    )

    def __init__(self, seeds: int) -> None:
        self.seeds = seeds
        self.warnings: list[str] = []
        self._schemas: list[str] = []
        self.files = Files()
        self.context_files = 0
        self.schema_files: tuple[str, ...] = ()
        self._found = Findings()
        self.diagnostics: Sequence[Diagnostic] = self._found
        self.unchecked_paths: set[str] = set()
        self.unchecked_held = 0
        self.uncompared = 0
        self.failures = 0
        self.suppressed = 0
        self.held = 0
        self.older = 0
        self.unmatched: list[str] = []
        self.taken: dict[str, int] = {}
        self.fail_on: dict[str, Severity] = {}
        self.ignored_at: set[IgnoredAt] = set()

    @property
    def unchecked(self) -> int:
        """How many files could not be validated."""
        return len(self.unchecked_paths)

    def checked_files(self) -> Iterator[Target]:
        """The files that the run is about."""
        return islice(self.files, self.context_files, None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and all(
            getattr(self, name) == getattr(other, name) for name in self._COMPARED
        )

    def add_schema(self, schema: LoadedSchema) -> None:
        """Note that some of the files are held against this contract."""
        self._schemas.append(schema.path)
        self.schema_files += schema.files
        self.warn(schema.warnings)

    @property
    def schema(self) -> str:
        """The contract as shown to people, or how many there are; "" if none was needed."""
        names = set(self._schemas)
        if len(names) == 1:
            return self._schemas[0]
        return f"{len(names)} schemas" if names else ""

    def warn(self, warnings: Iterable[str]) -> None:
        """Add warnings, each once, however many collections they are about."""
        self.warnings += [each for each in warnings if each not in self.warnings]

    def add(self, result: FileResult, settings: Settings) -> None:
        """Add the result for one of the files; `settings` are those of its collection."""
        collection = settings.collection
        self.suppressed += result.suppressed
        self.ignored_at.update(settings.ignore_at[number] for number in result.ignored_at)
        if result.diagnostics or not result.validated:
            if not result.validated:
                self.unchecked_paths.add(result.path)
            self.failures += any(all_rules()[each.code].is_failure for each in result.diagnostics)
            found = result.diagnostics
            if collection:
                found = tuple(each._replace(collection=collection) for each in found)
            self._found.add(found)

    def remark_on(self, other: FileResult) -> None:
        """Note that a context file could not be read, so that nothing was compared with it."""
        for diagnostic in other.diagnostics:
            if all_rules()[diagnostic.code].transient:
                self.uncompared += 1
                self.warnings.append(f"nothing is compared with {other.path}: {diagnostic.message}")

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at `fail_on` or graver, 2 when the run cannot be trusted.

        A file that could not be checked is never clean, whatever severity the reason has.
        """
        if self.failures:
            return 2
        grave = any(
            each.severity.at_least(self.fail_on.get(each.collection, fail_on))
            for each in self.diagnostics
        )
        return int(grave or self.unchecked - self.unchecked_held + self.uncompared > 0)


class _Part:
    """The files of a run that are held against one contract: all, or those of a collection.

    `numbers` are those that the files have in the run; the first `others` are only compared with.
    """

    def __init__(self, settings: Settings, schema: LoadedSchema) -> None:
        self.settings = settings
        self.schema = schema
        self.fast_path = FastPath(schema, settings)
        # The collections, each with a key of their seeds, that the contract refers to.
        self.referred: frozenset[tuple[str, str]] = frozenset()
        if COLLECTED & schema.bindings:
            self.referred = self._refer()
        self.files = Files()
        self.numbers: Sequence[int] = ()
        self.others = 0

    def _refer(self, defines: Sequence[str] = ()) -> frozenset[tuple[str, str]]:
        """Have the run note what the seeds refer to, and what they define under these keys.

        Gives the collections, each with a key of their seeds, that the contract refers to.
        """
        # Few contracts refer to other seeds.
        from seedlint.cross_references import CrossReferences

        found = CrossReferences(self.fast_path.evaluator, self.settings.collection, defines)
        self.fast_path.references = None if found.is_empty() else found
        return frozenset(found.referred())

    def define(self, referred: Iterable[tuple[str, str]]) -> None:
        """Note what others refer to, if it is of the collection of these files."""
        if keys := [key for name, key in referred if name == self.settings.collection]:
            self._refer(keys)

    def take(self, numbers: Sequence[int], seeds: Files, others: int) -> None:
        """Take those of `seeds` with these numbers, which are in order."""
        self.numbers = numbers
        self.others = bisect_left(numbers, others)
        takes_all = len(numbers) == len(seeds)
        self.files = seeds if takes_all else Files(seeds[number] for number in numbers)


def run(
    targets: Files,
    settings: Settings,
    jobs: int = 0,
    *,
    is_whole_corpus: bool = True,
    knows_others: bool = True,
    find_others: Callable[[Files, Settings], Files] = find_context_files,
    track: Track | None = None,
    opened: OpenedSchemas | None = None,
) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Unless the targets are the whole corpus, they are also compared with the other files that the
    settings include, which `find_others` finds; unless the run `knows_others`, it is not told
    whether what they refer to exists. `track` sees the results as they come, and how many
    there will be. Contracts that are among those `opened` are not opened again. Raises SchemaError
    if a contract cannot be used, InputError if the other files cannot be found.
    """
    if not hasattr(os, "fork"):
        jobs = 0
    outcome = Outcome(len(targets))
    cache_folder = cache(partial(open_cache, settings, outcome.warnings))
    open_part = cache(partial(_open_part, settings, cache_folder, outcome, opened))
    seeds = outcome.files
    groups = _group(targets, settings)
    parts = [open_part(group) for group in groups if group is not None]
    # Context files come first, because the later one of two duplicates is at fault.
    referred = frozenset[tuple[str, str]]().union(*(part.referred for part in parts))
    if not is_whole_corpus and (referred or any(part.fast_path.unique_across for part in parts)):
        seeds.extend(_of_parts(find_others(targets, settings), settings, parts))
    others = outcome.context_files = len(seeds)
    seeds.extend(targets)
    compared: dict[str, list[_Part]] = {}
    for group, numbers in (_group(seeds, settings) if others else groups).items():
        if group is None:
            _add_unmatched([number for number in numbers if number >= others], settings, outcome)
        else:
            part = open_part(group)
            part.define(referred)
            part.take(numbers, seeds, others)
            outcome.taken[group[0]] = outcome.taken.get(group[0], 0) + len(numbers) - part.others
            compared.setdefault(part.settings.compared_as, []).append(part)
    of_all = Fingerprints()
    for parts in compared.values():
        fingerprints = Fingerprints()
        for part in parts:
            found = _check_part(part, jobs, cache_folder, outcome, track)
            fingerprints.extend(found, part.numbers)
        _compare(parts, fingerprints, outcome)
        if _have_terms(parts):
            _compare_terms(parts, fingerprints, outcome)
        if any(part.fast_path.references for part in parts):
            of_all.extend(fingerprints)
    all_parts = [part for each in compared.values() for part in each]
    if referred and knows_others:
        _follow_references(all_parts, of_all, outcome)
    elif referred:
        outcome.warn([_UNKNOWN_OTHERS])
    if is_whole_corpus and knows_others and any(part.fast_path.references for part in all_parts):
        _report_unused_terms(all_parts, of_all, outcome)
    if outcome.diagnostics:
        from seedlint.fix.choice import chooses_fixes, with_chosen_fixes

        if chooses_fixes(settings):
            outcome.diagnostics = Findings(with_chosen_fixes(outcome.diagnostics, settings))
    return outcome


def _group(files: Files, settings: Settings) -> Mapping[Group | None, Sequence[int]]:
    """The numbers of the files that belong together, in order; of None those to leave unchecked."""
    if not (settings.collections or settings.allow_in_file_schema):
        return {("", ""): range(len(files))}
    # Most configurations have none.
    from seedlint.collection import group_files

    return group_files(files, settings)


def _open_part(
    settings: Settings,
    cache_folder: Callable[[], str | None],
    outcome: Outcome,
    opened: OpenedSchemas | None,
    group: Group,
) -> _Part:
    """The part of a run for a group of files, without any yet. Raises SchemaError."""
    own = settings.of_group(*group)
    try:
        schema = open_schema(own, cache_folder, settings.collections, opened)
    except SchemaError as error:
        if own.collection:
            error.help = error.help or f"it is the schema of the collection `{own.collection}`"
        raise
    outcome.add_schema(schema)
    if own.collection:
        outcome.fail_on[own.collection] = own.fail_on
    return _Part(own, schema)


def _of_parts(found: Files, settings: Settings, parts: Sequence[_Part]) -> Files:
    """Those of some other files that the files of `parts` are compared with."""
    wanted = {part.settings.compared_as for part in parts if part.fast_path.unique_across}
    referred = {collection for part in parts for collection, _ in part.referred}
    groups = _group(found, settings)
    numbers = [
        number
        for group, of_group in groups.items()
        if group is not None
        and (group[0] in referred or settings.of_group(*group).compared_as in wanted)
        for number in of_group
    ]
    if len(numbers) == len(found):
        return found
    return Files(found[number] for number in sorted(numbers))


def _check_part(
    part: _Part,
    jobs: int,
    cache_folder: Callable[[], str | None],
    outcome: Outcome,
    track: Track | None,
) -> Fingerprints:
    """Check the files of a part; the fingerprints of what they may share, by their place there."""
    seeds, others, fast_path = part.files, part.others, part.fast_path
    fingerprints = Fingerprints()

    def note(number: int, result: FileResult) -> None:
        fingerprints.add(number, result.fingerprints)
        if number >= others:
            outcome.add(result, part.settings)

    result_cache = None
    unknown: Sequence[int] = range(len(seeds))
    if outcome.context_files or len(outcome.files) >= _WORTH_A_CACHE:
        references = fast_path.references
        defines = references.defines if references else ()
        result_cache = open_result_cache(
            cache_folder(), part.schema.text, part.settings, outcome, defines
        )
    if result_cache is not None:
        unknown = array("I")
        for cached in look_up_each(seeds, result_cache, jobs):
            unknown.extend(cached.unknown)
            fingerprints.extend(cached.fingerprints)
            for number, result in cached.with_findings:
                note(number, result)

    needs_full_check: list[int] = []
    fast_results = check_each(unknown, seeds, fast_path, result_cache, jobs)
    if track:
        fast_results = track(fast_results, len(unknown))
    for number, found in zip(unknown, fast_results, strict=True):
        if found.is_clean and result_cache is None:
            fingerprints.add(number, found.fingerprints or ())
            continue
        fast_result = found.result(seeds[number])
        if fast_result is not None:
            note(number, fast_result)
            if result_cache:
                result_cache.store(seeds[number], fast_result)
        elif found.has_front_matter or number >= others:
            needs_full_check.append(number)

    if needs_full_check:
        from seedlint import full_path

        targets_left = [seeds[number] for number in needs_full_check]
        results = full_path.check_each(targets_left, fast_path.checker, jobs)
        if track:
            results = track(results, len(targets_left))
        for number, result in zip(needs_full_check, results, strict=True):
            note(number, result)
            if number < others:
                outcome.remark_on(result)
            if result_cache:
                result_cache.store(seeds[number], result)
    if result_cache:
        save(result_cache, seeds, outcome)
    return fingerprints


def _compare(parts: Sequence[_Part], fingerprints: Fingerprints, outcome: Outcome) -> None:
    """Compare those files of some parts that may share something."""
    seeds, others = outcome.files, outcome.context_files
    has_references = any(part.fast_path.references for part in parts)
    has_more = has_references or _have_terms(parts)
    shared = fingerprints.shared() if has_more else fingerprints
    candidates = shared.candidates(others)
    if not candidates:
        return
    from seedlint import full_path

    owners = _owners(parts, candidates, seeds)
    noted = fingerprints.of(candidates)
    results = full_path.compare(seeds, noted, others, lambda path: owners[path].fast_path.checker)
    _add_compared(results, owners, outcome)


def _add_compared(
    results: Iterable[FileResult], owners: Mapping[str, _Part], outcome: Outcome
) -> None:
    """Add the results of a comparison, whose files have these owners."""
    for result in results:
        # That a file cannot be read again may have been said.
        if result.validated or result.path not in outcome.unchecked_paths:
            outcome.add(result, owners[result.path].settings)


def _owners(
    parts: Sequence[_Part], numbers: Iterable[int], seeds: Sequence[Target]
) -> dict[str, _Part]:
    """The part of each of the files with these numbers, by the name shown."""
    wanted = set(numbers)
    return {
        seeds[number].shown: part for part in parts for number in wanted.intersection(part.numbers)
    }


def _follow_references(
    parts: Sequence[_Part], fingerprints: Fingerprints, outcome: Outcome
) -> None:
    """Report the references of the files that no seed answers."""
    seeds = outcome.files
    unanswered = fingerprints.unanswered(outcome.context_files)
    if not unanswered:
        return
    from seedlint import full_path

    defining = fingerprints.seeds_with(Role.DEFINES)
    owners = _owners(parts, {*unanswered, *defining}, seeds)
    results = full_path.report_broken_references(
        seeds,
        fingerprints.of(unanswered),
        defining,
        fingerprints.identities(Role.DEFINES),
        lambda path: owners[path].fast_path.checker,
    )
    _add_compared(results, owners, outcome)


def _have_terms(parts: Sequence[_Part]) -> bool:
    """Whether there are terms that all files of some parts spell alike."""
    return any(SPELLINGS in part.fast_path.unique_across for part in parts)


def _compare_terms(parts: Sequence[_Part], fingerprints: Fingerprints, outcome: Outcome) -> None:
    """Report terms that most seeds of some parts spell otherwise."""
    from seedlint.text.spelling import find_alike

    seeds, others = outcome.files, outcome.context_files
    counts = fingerprints.terms()
    pairs = list(find_alike(counts))
    having = fingerprints.with_terms({number for pair in pairs for number in pair})
    pairs = [pair for pair in pairs if having[pair[0]][-1] >= others]
    if not pairs:
        return
    from seedlint import full_path

    numbers = sorted({number for pair in pairs for term in pair for number in having[term]})
    owners = _owners(parts, numbers, seeds)
    noted = fingerprints.of(numbers)
    results = full_path.report_spellings(
        seeds, noted, having, pairs, others, lambda path: owners[path].fast_path.checker
    )
    _add_compared(results, owners, outcome)


def _report_unused_terms(
    parts: Sequence[_Part], fingerprints: Fingerprints, outcome: Outcome
) -> None:
    """Report the terms of vocabularies that no seed uses, in their files."""
    used = fingerprints.identities(Role.USES)
    reported: set[int] = set()
    for part in parts:
        references = part.fast_path.references
        for vocabulary in references.vocabularies() if references else ():
            unused = {
                term: identity
                for term in vocabulary.terms
                if (identity := only_identity(vocabulary.fingerprint(term))) not in used | reported
            }
            if unused:
                reported.update(unused.values())
                result = part.fast_path.checker.check_unused_terms(vocabulary, unused)
                outcome.add(result, part.settings)


def _add_unmatched(numbers: Sequence[int], settings: Settings, outcome: Outcome) -> None:
    """Report the files that no collection takes, unless the settings leave them alone."""
    from seedlint.check import check_unmatched

    for number in numbers:
        target = outcome.files[number]
        outcome.unmatched.append(target.shown)
        outcome.seeds -= 1
        if settings.unmatched == REPORT:
            outcome.add(check_unmatched(target, settings), settings)


def schema_name(settings: Settings) -> str:
    """The name of the contract as shown to people. Raises SchemaError for an empty path."""
    name = settings.schema
    if name is None:
        return ARTICLE_SCHEMA
    path, fragment = split_fragment(os.fspath(name))
    if not path:
        raise SchemaError("no schema is named: its path is empty")
    return shown_path(path) + (f"#{fragment}" if fragment else "")


def open_schema(
    settings: Settings,
    cache_folder: Callable[[], str | None] = lambda: None,
    collections: Iterable[Collection] = (),
    opened: OpenedSchemas | None = None,
) -> LoadedSchema:
    """The contract of the run, which is among those `opened` afterwards.

    `collections` are all of the run. Raises SchemaError.
    """
    key = (settings.schema, settings.formats_unchecked)
    opened = {} if opened is None else opened
    if key not in opened:
        opened[key] = _open_schema(settings, cache_folder, collections)
    return opened[key]


def _open_schema(
    settings: Settings, cache_folder: Callable[[], str | None], collections: Iterable[Collection]
) -> LoadedSchema:
    name = schema_name(settings)
    try:
        with time_limit(_SCHEMA_SECONDS):
            path = settings.schema or bundled_schema()
            names = tuple(each.name for each in collections)
            top = os.fspath(settings.root)
            return load_schema(path, name, cache_folder, settings.formats_unchecked, names, top)
    except TimeLimitExceeded:
        reason = f"not checked within {_SCHEMA_SECONDS} s, so it was given up"
        raise SchemaError(reason, path=name) from None


def open_checkers(
    settings: Settings, opened: OpenedSchemas | None = None
) -> Callable[[Target], Checker]:
    """What checks a file once more after a run, under the contract of its group.

    `opened` are the contracts that the run has opened. Raises SchemaError when it is asked. The
    file must be one that the run has checked.
    """
    from seedlint.check import Checker
    from seedlint.collection import Lookup

    folder = cache(partial(open_cache, settings, []))
    lookup = Lookup(settings)

    @cache
    def of_group(group: Group) -> Checker:
        own = settings.of_group(*group)
        return Checker(open_schema(own, folder, settings.collections, opened), own)

    def of(target: Target) -> Checker:
        group = lookup.group_of(target)
        assert group is not None, target.path
        return of_group(group)

    return of


def open_cache(settings: Settings, warnings: list[str]) -> str | None:
    """The cache folder of the run; None, with a warning, if it cannot be used."""
    if not settings.use_cache:
        return None
    try:
        return ensure_cache_dir(settings.cache_dir, settings.root)
    except CacheUnusable as error:
        # Nobody asked for the default folder, so nobody is warned about it.
        if settings.cache_dir is not None:
            warnings.append(f"results of this run are not cached: {error}")
        return None


def open_result_cache(
    folder: str | None,
    schema: str,
    settings: Settings,
    outcome: Outcome,
    defines: tuple[str, ...] = (),
) -> ResultCache | None:
    """The result cache of the run; None, with a warning, if it cannot be used.

    `defines` are the keys of the files that others refer to.
    """
    if folder is None:
        return None
    from seedlint.cache.results import ResultCache

    try:
        return ResultCache(folder, schema, settings, defines)
    except CacheUnusable as error:
        outcome.warn([f"results of this run are not cached: {error}"])
        return None


def save(result_cache: ResultCache, seeds: Files, outcome: Outcome) -> None:
    """Write the results of the run to the cache; a warning if that is not possible."""
    try:
        result_cache.save(seeds)
    except CacheUnusable as error:
        outcome.warn([f"results of this run are not cached: {error}"])
