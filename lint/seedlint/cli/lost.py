"""What the next commit takes away, and the seeds that still name it and are not staged.

A commit that deletes an author breaks posts that it does not change. They are checked only if the
index lacks something that HEAD has and that a contract lets seeds name: a text that `refers-to`
looks for, a file below a root of `file`, or what a file below a root of `image-size` holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from seedlint.cli.since import keep_new_since
from seedlint.cli.staged import Staged
from seedlint.collection import Lookup, group_files
from seedlint.disk import InGit
from seedlint.document.line_reader import open_line_reader
from seedlint.errors import InputError
from seedlint.findings import Findings
from seedlint.outcome import Outcome
from seedlint.part import Part
from seedlint.rules.image import BINDING as IMAGE
from seedlint.rules.reference import FILE
from seedlint.run import OpenedSchemas, open_cache, open_schema, run
from seedlint.schema.bound_texts import BoundTexts
from seedlint.settings import Settings
from seedlint.work_tree import Change

# The rules on references and names of files that lead to nothing, and on the size of a picture.
_CODES = ("IMG006", "REF002", "REF004")

_Definition = tuple[str, str, str]
"""The collection of a seed, a key that others refer to, and a text that the seed has there."""


def add_broken_by_losses(
    outcome: Outcome,
    staged: Staged,
    settings: Settings,
    jobs: int,
    opened: OpenedSchemas,
    collections: Sequence[str],
) -> int:
    """Add to `outcome` what the next commit breaks in seeds that are not part of it.

    Returns how many seeds that is. If any `collections` are chosen, only their seeds count. Raises
    InputError, SchemaError.
    """
    changes = staged.index.changes
    if all(each.before is None for each in changes):
        return 0
    parts = _open_parts(staged, settings, opened)
    if not (_lacks_file(parts, staged, settings) or _lacks_definition(parts, staged, settings)):
        return 0
    # As in a run over everything: most of it is in the cache.
    everything = staged.others((), settings)
    whole = run(everything, settings, jobs, opened=opened, disk=staged.disk)
    if whole.failures:
        raise InputError("--staged: seedlint failed on a seed that is not staged")
    checked = {target.shown for target in outcome.checked_files()}
    whole.diagnostics = Findings(
        each
        for each in whole.diagnostics
        if each.code in _CODES
        and each.path not in checked
        and (not collections or each.collection in collections)
    )
    if whole.diagnostics:
        keep_new_since("HEAD", whole, settings, jobs, opened, knows_others=True, index=staged.index)
    return outcome.add_of_others(whole)


def _open_parts(staged: Staged, settings: Settings, opened: OpenedSchemas) -> list[Part]:
    """A part, without files, for each contract that a seed of the index may be checked against."""
    every = settings.of_each()
    if settings.allow_in_file_schema:
        groups = group_files(staged.others((), settings), settings)
        every = [settings.of_group(*group) for group in groups if group is not None]
    folder = cache(partial(open_cache, settings, []))
    parts = [Part(each, open_schema(each, folder, settings.collections, opened)) for each in every]
    referred = frozenset[tuple[str, str]]().union(*(part.referred for part in parts))
    for part in parts:
        part.define(referred)
    return parts


def _lacks_file(parts: Iterable[Part], staged: Staged, settings: Settings) -> bool:
    """Whether a file that seeds may name is gone, or a picture whose size they state has changed.

    Where seeds only name files (`file`), a new content makes no difference.
    """
    changes = [change for change in staged.index.changes if change.before is not None]
    names, sizes = set[str](), set[str]()
    for part in parts if changes else ():
        if {FILE.name, IMAGE.name}.isdisjoint(part.schema.bindings):
            continue
        bound = BoundTexts(part.fast_path.evaluator, lambda name, options: "roots" in options)
        for name, options in bound.bindings():
            (names if name == FILE.name else sizes).update(options["roots"])
    top, tree = os.path.abspath(settings.root), staged.index.tree.folder

    def may_differ(roots: Iterable[str], changes: Sequence[Change]) -> bool:
        if roots and any(change.is_of_link for change in changes):
            # A link may have led to any of the files.
            return True
        folders = [staged.disk().real_path(os.path.join(top, root)) for root in roots]
        prefixes = tuple(os.path.join(folder, "") for folder in folders)
        paths = [os.path.join(tree, change.path) for change in changes]
        # A folder is among the changes only if it is a submodule; a root may be in it.
        return any(
            path.startswith(prefixes) or any(prefix.startswith(f"{path}/") for prefix in prefixes)
            for path in paths
        )

    return may_differ(names, [each for each in changes if each.takes_away]) or may_differ(
        sizes, changes
    )


def _lacks_definition(parts: Iterable[Part], staged: Staged, settings: Settings) -> bool:
    """Whether HEAD has a text that others may refer to, and none of the staged seeds has it."""
    defining = {
        part.settings.collection: references
        for part in parts
        if (references := part.fast_path.references) is not None and references.defines
    }
    lookup = Lookup(settings)
    reader = open_line_reader(settings.limits, settings.target)

    def define(files: Iterable[tuple[str, InGit | None]]) -> Iterator[_Definition | None]:
        """What seeds define; None for one that only the YAML reader might read."""
        of_seeds: list[tuple[str, str]] = []
        for path, file in files:
            if file is not None and file.is_regular and (shown := staged.included(path)):
                collection = lookup.of(shown)
                name = collection.name if collection else ""
                if name in defining:
                    of_seeds.append((name, file.blob))
        contents = staged.index.tree.contents([blob for _, blob in of_seeds])
        for (name, _), data in zip(of_seeds, contents, strict=True):
            content = reader.read(data) if len(data) <= settings.limits.file_bytes else None
            if content is None:
                yield None
            else:
                for key, text in defining[name].definitions(content.data):
                    yield name, key, text

    lost = set(define((each.path, each.before) for each in staged.index.changes))
    if None not in lost:
        lost.difference_update(define((each.path, each.now) for each in staged.index.changes))
    return bool(lost)
