"""The quick path: seeds that the index knows, and seeds that are certainly clean.

Of these there is nothing to say, or it is known what, so that nothing of the exact path is imported
while there are no others.
"""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from seedlint.checked import Checked, Seen
from seedlint.discover import Target, read_and_see, read_target
from seedlint.screen.screen import Screen
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.index import Index, Recalled

# How many seeds a worker is given, and answers, at a time when it screens them.
_CHUNK = 32
# Fifty times what screening them takes.
_CHUNK_SECONDS = 0.25
# Starting a process costs as much as screening this many seeds.
_WORTH_A_WORKER = 4 * _CHUNK
# How many seeds are looked up in the index at a time, and how many make workers worth it.
_PART = 1000
_WORTH_RECALLING = 8000
# How long the parent waits for a chunk or a part.
_WATCHDOG_SECONDS = 20
# What the first line of a seed begins with, after a byte order mark at most.
_OPENINGS = (b"---", b"\xef\xbb\xbf---")


def recall_each(seeds: Sequence[Target], index: Index, jobs: int) -> Iterator[Recalled]:
    """What the index knows of the seeds, part by part."""
    look = partial(index.recall, seeds=seeds)
    parts = [range(len(seeds))[start : start + _PART] for start in range(0, len(seeds), _PART)]
    if jobs < 2 or len(seeds) < _WORTH_RECALLING or not hasattr(os, "fork"):
        return map(look, parts)
    import pickle

    from seedlint.index import nothing_known
    from seedlint.workers import map_in_workers

    return map_in_workers(
        look,
        parts,
        jobs,
        lost=lambda part, reason: nothing_known(part),
        hung=nothing_known,
        patience=_WATCHDOG_SECONDS,
        codec=pickle,
    )


class Screened(NamedTuple):
    """What the screen says of one file.

    `fingerprints` are those of a seed that is certainly clean; `record` is what the index has on
    these bytes, `is_seed` is False of a file that has no front matter. `stamp` and `digest` are
    those of `Seen` where there is an index.
    """

    fingerprints: tuple[int, ...] | None = None
    stamp: bytes = b""
    digest: bytes = b""
    record: bytes = b""
    is_seed: bool = True

    def result(self, target: Target) -> Checked | None:
        """What came of the file if nothing more need be done."""
        seen = Seen(self.stamp, self.digest) if self.digest else None
        if self.record:
            from seedlint.index import read_record

            checked = read_record(self.record, target.shown)
            return checked and checked._replace(seen=seen)
        if self.fingerprints is None:
            return None
        return Checked(target.shown, (), self.fingerprints, True, seen)


def screen_each(
    numbers: Sequence[int],
    seeds: Sequence[Target],
    screen: Screen | None,
    index: Index | None,
    file_bytes: int,
    jobs: int,
) -> Iterator[Screened]:
    """What the screen says of the seeds with these numbers; `file_bytes` are read at most."""
    if screen is None and index is None:
        return iter([Screened()] * len(numbers))
    look = partial(_screen_chunk, seeds=seeds, screen=screen, index=index, file_bytes=file_bytes)
    chunks = [numbers[start : start + _CHUNK] for start in range(0, len(numbers), _CHUNK)]
    jobs = min(jobs, len(numbers) // _WORTH_A_WORKER)
    if jobs < 2 or not hasattr(os, "fork"):
        return starmap(Screened, chain.from_iterable(map(look, chunks)))
    from seedlint.workers import map_in_workers

    # The exact path finds out which file of a chunk it was that took a worker with it.
    results = map_in_workers(
        look,
        chunks,
        jobs,
        lost=lambda chunk, reason: [()] * len(chunk),
        hung=lambda chunk: [()] * len(chunk),
        patience=_WATCHDOG_SECONDS,
        codec=marshal,
    )
    return starmap(Screened, chain.from_iterable(results))


def _screen_chunk(
    numbers: Sequence[int],
    seeds: Sequence[Target],
    screen: Screen | None,
    index: Index | None,
    file_bytes: int,
) -> list[tuple[Any, ...]]:
    """What the screen says of some files, each as plain data; () of those it did not get to."""
    collects = gc.isenabled()
    # What is read is a tree and goes as it came; looking for cycles in it only takes time.
    gc.disable()
    targets = [seeds[number] for number in numbers]
    results: list[tuple[Any, ...]] = []
    with suppress(TimeLimitExceeded), time_limit(_CHUNK_SECONDS):
        if index is None:
            for target in targets:
                results.append(tuple(_screen(target, screen, file_bytes)))
        else:
            for target, record in zip(targets, index.records_of(targets), strict=True):
                results.append(tuple(_screen_changed(target, record, screen, file_bytes)))
    if collects:
        gc.enable()
    # The others have all the time they need on the exact path.
    return results + [()] * (len(targets) - len(results))


def _screen(target: Target, screen: Screen | None, file_bytes: int) -> Screened:
    try:
        data = read_target(target, file_bytes)
    except OSError:
        return Screened(is_seed=False)
    return Screened(screen.judge(data) if screen else None, is_seed=data.startswith(_OPENINGS))


def _screen_changed(
    target: Target, record: bytes, screen: Screen | None, file_bytes: int
) -> Screened:
    """The same where there is an index, `record` being what it has on the file."""
    from seedlint.index import has_digest

    try:
        data, seen = read_and_see(target, file_bytes)
    except OSError:
        return Screened(is_seed=False)
    if seen and record and has_digest(record, seen):
        return Screened(None, seen.stamp, seen.digest, record)
    found = screen.judge(data) if screen else None
    stamp, digest = seen or (b"", b"")
    return Screened(found, stamp, digest, is_seed=data.startswith(_OPENINGS))
