"""One run, from targets to outcome. Read this file to know what seedlint does."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from seedlint.cache.folder import CacheUnusable, ensure_cache_dir
from seedlint.discover import Files, Target, find_context_files
from seedlint.errors import SchemaError
from seedlint.fast_path import check_each, look_up_each
from seedlint.files import shown_path
from seedlint.findings import Findings
from seedlint.fingerprints import Fingerprints
from seedlint.outcome import Outcome
from seedlint.part import Part
from seedlint.result import FileResult
from seedlint.rules.binding import NAME_FILES
from seedlint.rules.corpus import SPELLINGS
from seedlint.schema.bundled import ARTICLE_SCHEMA, bundled_schema
from seedlint.schema.files import split_fragment
from seedlint.schema.load import LoadedSchema, load_schema
from seedlint.settings import REPORT, Settings
from seedlint.time_limit import TimeLimitExceeded, time_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from seedlint.cache.results import ResultCache
    from seedlint.check import Checker
    from seedlint.collection import Collection, Group
    from seedlint.disk import Disk

# Opening the cache pays off from this many files on.
_WORTH_A_CACHE = 100
# How long checking the contract itself may take; a large one takes a second.
_SCHEMA_SECONDS = 20
_UNKNOWN_OTHERS = "references to seeds are not followed: no configuration says which there are"


OpenedSchemas = dict[tuple[object, ...], LoadedSchema]
"""Contracts that have been opened, for runs that follow each other."""

Track: TypeAlias = "Callable[[Iterator[Any], int], Iterator[Any]]"
"""Sees results as they come: takes them and how many there will be, and gives the same ones."""


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
    disk: Callable[[], Disk] | None = None,
) -> Outcome:
    """Check every target, then what they share, and put all findings in order.

    `jobs` is the number of processes to use when there is work for several, 0 this one only.
    Unless the targets are the whole corpus, they are also compared with the other files that the
    settings include, which `find_others` finds; unless the run `knows_others`, it is not told
    whether what they refer to exists. `track` sees the results as they come, and how many
    there will be. Contracts that are among those `opened` are not opened again. `disk` gives where
    local files that seeds name are looked for, if that is not the disk as it is. Raises SchemaError
    if a contract cannot be used, InputError if the other files cannot be found.
    """
    if not hasattr(os, "fork"):
        jobs = 0
    outcome = Outcome(len(targets))
    cache_folder = cache(partial(open_cache, settings, outcome.warnings))
    open_part = cache(partial(_open_part, settings, cache_folder, outcome, opened, disk))
    seeds = outcome.files
    groups = _group(targets, settings)
    parts = [open_part(group) for group in groups if group is not None]
    # Context files come first, because the later one of two duplicates is at fault.
    referred = frozenset[tuple[str, str]]().union(*(part.referred for part in parts))
    if not is_whole_corpus and (referred or any(part.fast_path.unique_across for part in parts)):
        seeds.extend(_of_parts(find_others(targets, settings), settings, parts))
    others = outcome.context_files = len(seeds)
    seeds.extend(targets)
    compared: dict[str, list[Part]] = {}
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
        has_terms = any(SPELLINGS in part.fast_path.unique_across for part in parts)
        has_references = any(part.fast_path.references for part in parts)
        facts = fingerprints.shared() if has_terms or has_references else fingerprints
        if candidates := facts.candidates(others):
            from seedlint.comparing import compare_facts

            compare_facts(parts, fingerprints, candidates, outcome)
        if has_terms:
            from seedlint.comparing import compare_terms

            compare_terms(parts, fingerprints, outcome)
        if has_references:
            of_all.extend(fingerprints)
    all_parts = [part for each in compared.values() for part in each]
    if referred and knows_others:
        from seedlint.comparing import follow_references

        follow_references(all_parts, of_all, outcome)
    elif referred:
        outcome.warn([_UNKNOWN_OTHERS])
    if is_whole_corpus and knows_others and any(part.fast_path.references for part in all_parts):
        from seedlint.comparing import report_unused_terms

        report_unused_terms(all_parts, of_all, outcome)
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
    disk: Callable[[], Disk] | None,
    group: Group,
) -> Part:
    """The part of a run for a group of files, without any yet. Raises SchemaError."""
    own = settings.of_group(*group)
    try:
        schema = open_schema(own, cache_folder, settings.collections, opened)
    except SchemaError as error:
        if own.collection:
            error.help = error.help or f"it is the schema of the collection `{own.collection}`"
        raise
    if disk is not None and NAME_FILES & schema.bindings:
        schema = schema.with_disk(disk())
    outcome.add_schema(schema)
    if own.collection:
        outcome.fail_on[own.collection] = own.fail_on
    return Part(own, schema)


def _of_parts(found: Files, settings: Settings, parts: Sequence[Part]) -> Files:
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
    part: Part,
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
        results = full_path.check_each(
            targets_left, fast_path.checker, jobs, identifies=result_cache is not None
        )
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
