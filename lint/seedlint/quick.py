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
from seedlint.fingerprints import Fingerprints
from seedlint.screen.screen import Screen
from seedlint.time_limit import TimeLimitExceeded, time_limit

if TYPE_CHECKING:
    from seedlint.index import Index

# How many seeds a worker is given, and answers, at a time when it screens them.
_CHUNK = 32
# Fifty times what screening them takes.
_CHUNK_SECONDS = 0.25
# Starting a process costs as much as screening this many seeds.
_WORTH_A_WORKER = 4 * _CHUNK
# How many seeds a worker looks up in the index at a time.
_PART = 5000
# How long the parent waits for a chunk or a part.
_WATCHDOG_SECONDS = 20
# What the first line of a seed begins with, after a byte order mark at most.
_OPENINGS = (b"---", b"\xef\xbb\xbf---")


class Recalled(NamedTuple):
    """What the index knows of some seeds, by their numbers.

    Of those that are neither `unknown` nor `with_findings` there is nothing to say but their
    `fingerprints`.
    """

    unknown: list[int]
    with_findings: list[tuple[int, Checked]]
    fingerprints: Fingerprints


def recall_each(seeds: Sequence[Target], index: Index | None, jobs: int) -> Iterator[Recalled]:
    """What the index knows of the seeds, part by part."""
    if index is None:
        return iter([Recalled([*range(len(seeds))], [], Fingerprints())])
    look = partial(_recall_part, seeds=seeds, index=index)
    parts = [range(len(seeds))[start:][:_PART] for start in range(0, len(seeds), _PART)]
    if jobs < 2 or len(parts) < 2 * jobs or not hasattr(os, "fork"):
        return map(look, parts)
    import pickle

    from seedlint.workers import map_in_workers

    return map_in_workers(
        look,
        parts,
        jobs,
        lost=lambda part, reason: Recalled([*part], [], Fingerprints()),
        hung=lambda part: Recalled([*part], [], Fingerprints()),
        patience=_WATCHDOG_SECONDS,
        codec=pickle,
    )


def _recall_part(numbers: range, seeds: Sequence[Target], index: Index) -> Recalled:
    recalled = Recalled([], [], Fingerprints())
    for number in numbers:
        checked = index.recall(seeds[number])
        if checked is None:
            recalled.unknown.append(number)
        elif checked.diagnostics:
            recalled.with_findings.append((number, checked))
        else:
            recalled.fingerprints.add(number, checked.fingerprints)
    return recalled


class Screened(NamedTuple):
    """What the screen says of one file.

    `fingerprints` are those of a seed that is certainly clean; `is_known` tells that the index
    knows the verdict on these bytes, `is_seed` is False of a file that has no front matter. `stamp`
    and `digest` are those of `Seen` where there is an index.
    """

    fingerprints: tuple[int, ...] | None = None
    stamp: bytes = b""
    digest: bytes = b""
    is_known: bool = False
    is_seed: bool = True

    def result(self, target: Target, index: Index | None) -> Checked | None:
        """What came of the file if nothing more need be done."""
        seen = Seen(self.stamp, self.digest) if self.digest else None
        if self.is_known and index and seen:
            return index.recall_bytes(target, seen)
        if self.fingerprints is None:
            return None
        return Checked(target.shown, (), self.fingerprints, True, seen)


def screen_each(
    targets: Sequence[Target],
    screen: Screen | None,
    index: Index | None,
    file_bytes: int,
    jobs: int,
) -> Iterator[Screened]:
    """What the screen says of each target, of which `file_bytes` are read at most."""
    if screen is None and index is None:
        return iter([Screened()] * len(targets))
    look = partial(_screen_chunk, screen=screen, index=index, file_bytes=file_bytes)
    chunks = [targets[start : start + _CHUNK] for start in range(0, len(targets), _CHUNK)]
    jobs = min(jobs, len(targets) // _WORTH_A_WORKER)
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
    targets: Sequence[Target], screen: Screen | None, index: Index | None, file_bytes: int
) -> list[tuple[Any, ...]]:
    """What the screen says of some files, each as plain data; () of those it did not get to."""
    collects = gc.isenabled()
    # What is read is a tree and goes as it came; looking for cycles in it only takes time.
    gc.disable()
    results: list[tuple[Any, ...]] = []
    with suppress(TimeLimitExceeded), time_limit(_CHUNK_SECONDS):
        for target in targets:
            results.append(tuple(_screen(target, screen, index, file_bytes)))
    if collects:
        gc.enable()
    # The others have all the time they need on the exact path.
    return results + [()] * (len(targets) - len(results))


def _screen(
    target: Target, screen: Screen | None, index: Index | None, file_bytes: int
) -> Screened:
    seen = None
    try:
        if index is None:
            data = read_target(target, file_bytes)
        else:
            data, seen = read_and_see(target, file_bytes)
    except OSError:
        return Screened(is_seed=False)
    stamp, digest = seen or (b"", b"")
    if index and seen and index.knows(target, seen):
        return Screened(None, stamp, digest, is_known=True)
    found = screen.judge(data) if screen else None
    return Screened(found, stamp, digest, is_seed=data.startswith(_OPENINGS))
