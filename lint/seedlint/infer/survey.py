"""Reads seeds and adds up what is counted of them, on several processes."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby

from seedlint.discover import Target, read_target
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.files import reason_of
from seedlint.infer.statistics import Mappings, Values, count_values
from seedlint.locate import region_of
from seedlint.named_tuple import NamedTuple
from seedlint.rules import rules_by_problem
from seedlint.text.source import SourceFile
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import map_in_workers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# How many files are counted at a time: more make larger columns, fewer keep all processes busy.
_CHUNK = 128
# Starting a process pays off from this many chunks on.
_WORTH_A_WORKER = 2
# How long the files of a part may take together, in seconds, before each gets a worker of its own.
_PART_SECONDS = 60
# How long the parent waits beyond the limit that a worker enforces itself.
_WATCHDOG_SECONDS = 10

Part = tuple[Target, ...]


class Unread(NamedTuple):
    """A seed that could not be read, why, in words, and where: `:2:9`, or nothing."""

    shown: str
    reason: str
    place: str = ""


class Survey(NamedTuple):
    """What was counted of some seeds.

    `seeds` is how many were counted, `copies` how many others are copies of them, byte for byte,
    which count for nothing. `unread` are those that could not be read, in order.
    """

    values: Values
    seeds: int
    copies: int
    unread: tuple[Unread, ...]

    @property
    def root(self) -> Mappings | None:
        """The front matters themselves; None if there is none."""
        found = self.values.kinds.get("object")
        return found if isinstance(found, Mappings) else None


def survey(targets: Sequence[Target], limits: Limits, jobs: int) -> Survey:
    """Read and count seeds; `jobs` is the number of processes to use, 0 this one only.

    The result is the same for any order of the files and any number of processes.
    """
    count = partial(_count_part, limits=limits)
    parts = _parts(targets)
    if not hasattr(os, "fork") or jobs < 2 or len(parts) < _WORTH_A_WORKER:
        found: Iterable[Survey] = map(count, parts)
    else:
        found = _count_in_workers(parts, limits, jobs)
    return _sum_up(found)


def _parts(targets: Sequence[Target]) -> list[Part]:
    """The files in parts; copies, which are of one size, are in the same part."""
    parts: list[Part] = []
    part: list[Target] = []
    by_size = sorted((_size(target), target.shown, target) for target in targets)
    for _, group in groupby(by_size, key=lambda each: each[0]):
        part += [target for _, _, target in group]
        if len(part) >= _CHUNK:
            parts.append(tuple(part))
            part = []
    return [*parts, tuple(part)] if part else parts


def _size(target: Target) -> int:
    if target.data is not None:
        return len(target.data)
    with suppress(OSError, ValueError):
        return os.lstat(target.path).st_size
    return 0


def _count_in_workers(parts: Sequence[Part], limits: Limits, jobs: int) -> Iterator[Survey]:
    """The same for each part; a file that crashes its worker costs only itself."""
    count = partial(_count_part, limits=limits)

    def in_workers(of: Sequence[Part], seconds: float) -> Iterator[Survey]:
        return map_in_workers(
            count,
            of,
            jobs,
            on_crash=lambda part, reason: _lost(part, reason),
            on_timeout=lambda part: _lost(part, _too_slow(limits)),
            timeout=seconds + _WATCHDOG_SECONDS,
            codec=pickle,
        )

    lost: list[Part] = []
    for part, found in zip(parts, in_workers(parts, _PART_SECONDS), strict=True):
        if len(part) > 1 and len(found.unread) == len(part) and not found.seeds:
            # Each gets a worker of its own, because one of them may be to blame.
            lost += [(target,) for target in part]
        else:
            yield found
    yield from in_workers(lost, limits.seconds)


def _lost(part: Part, reason: str) -> Survey:
    return Survey(Values(), 0, 0, tuple(Unread(target.shown, reason) for target in part))


def _too_slow(limits: Limits) -> str:
    return f"not read within {limits.seconds} s, so it was given up"


def _sum_up(surveys: Iterable[Survey]) -> Survey:
    values = Values()
    seeds = copies = 0
    unread: list[Unread] = []
    for each in surveys:
        values.add(each.values)
        seeds += each.seeds
        copies += each.copies
        unread += each.unread
    return Survey(values, seeds, copies, tuple(sorted(unread)))


def _count_part(part: Part, limits: Limits) -> Survey:
    """Read and count the files of a part."""
    collects = gc.isenabled()
    # The data of a file is a tree, so there are no cycles to collect.
    gc.disable()
    reader = LineReader(limits)
    known: set[bytes] = set()
    copies = 0
    found: list[tuple[str, dict[str, Any]]] = []
    unread: list[Unread] = []
    for target in sorted(part, key=lambda each: each.shown):
        try:
            data = read_target(target, limits.file_bytes)
            if data in known:
                copies += 1
                continue
            known.add(data)
            found.append((target.shown, _read(target.shown, data, reader, limits)))
        except _Unreadable as error:
            unread.append(Unread(target.shown, error.reason, error.place))
        except OSError as error:
            unread.append(Unread(target.shown, reason_of(error)))
        except TimeLimitExceeded:
            unread.append(Unread(target.shown, _too_slow(limits)))
    values = count_values([data for _, data in found], [name for name, _ in found])
    if collects:
        gc.enable()
    elif unread:
        gc.collect(0)
    return Survey(values, len(found), copies, tuple(unread))


class _Unreadable(Exception):
    """Front matter that is not there, or that nobody can read: why, and where."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


def _read(shown: str, data: bytes, reader: LineReader, limits: Limits) -> dict[str, Any]:
    """The front matter of a seed. Raises _Unreadable, TimeLimitExceeded."""
    if len(data) > limits.file_bytes:
        raise _Unreadable(f"it has more than {limits.file_bytes:,} bytes")
    content = reader.read(data)
    if content is not None:
        return content.data
    with time_limit(limits.seconds):
        document = read_document(SourceFile.from_bytes(shown, data), limits)
    if not document.is_checkable or not isinstance(document.data, dict):
        raise _first_problem(document)
    return document.data


def _first_problem(document: Document) -> _Unreadable:
    """What keeps a document from being read."""
    problem = min(document.problems, key=lambda each: each.span.start)
    rule = rules_by_problem()[problem.kind]
    finding = rule.finding_about(problem)
    line, column = region_of(document, problem.span).start
    return _Unreadable(f"{rule.code} {finding.message}", f":{line}:{column}")
