"""What was wrong before: findings that are held in a file, so that only new ones are reported.

An entry says which rule, where in the data, and about which value; not in which line, so that moved
lines and list items change nothing. It holds as many findings as its count says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b

from seedlint.diagnostic import Diagnostic
from seedlint.errors import ConfigError
from seedlint.files import read_regular_file, reason_of
from seedlint.findings import Findings
from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_VERSION = 1
# 100,000 entries take 15 MB. What is not a baseline may take 50 bytes of memory for each byte.
_MOST_BYTES = 20 * 1024 * 1024
# The highest count of an entry: more than a run can find.
_MOST_TIMES = 1_000_000_000
_KEYS: Mapping[str, type] = {"path": str, "code": str, "at": str, "about": str, "count": int}


class Entry(NamedTuple):
    """What findings have in common that one entry holds.

    `path` is that of the seed from the root of the settings, with slashes, and "" of what several
    seeds have in common; `at` is the pointer with
    `*` for indices; `about` is the digest of what the findings are about, in 16 hexadecimal digits.
    """

    path: str
    code: str
    at: str
    about: str


Entries = Counter[Entry]


class Comparison(NamedTuple):
    """The findings of a run against a baseline.

    `new` are those that it does not hold, `held` counts the others, and `stale` are entries that no
    finding of the run needs any more.
    """

    new: Findings
    held: int
    stale: Entries


def entry_of(diagnostic: Diagnostic, path: str, content: bytes | None) -> Entry:
    """The entry that holds a finding in the seed `path`.

    `content` are the bytes of a seed that could not be checked: nobody knows what else is wrong in
    it, so it is held as it is.
    """
    code, at, subject = diagnostic.identity
    if content is None:
        content = subject.encode("utf-8", "surrogatepass")
    return Entry(path, code, at, blake2b(content, digest_size=8).hexdigest())


def compare(
    found: Iterable[tuple[Entry, Diagnostic]],
    entries: Entries,
    exists: Callable[[str], bool],
    is_in_run: Callable[[Entry], bool],
) -> Comparison:
    """Take away the findings that `entries` hold.

    `exists` tells whether there is a file at the path of an entry, and `is_in_run` whether the run
    would have found what an entry holds. Findings in a seed without entries can also be held by
    entries of a seed that is gone, because it may have been renamed.
    """
    left = Counter(entries)
    with_entries = {entry.path for entry in entries}
    gone = {path for path in with_entries if not exists(path)}
    may_have_moved = {entry._replace(path="") for entry in entries if entry.path in gone}
    held = 0
    new = Findings()
    # Entries of seeds that are gone hold what they can once all other findings have been held.
    undecided = []
    for entry, diagnostic in found:
        anywhere = entry._replace(path="")
        if left[entry] > 0:
            left[entry] -= 1
            held += 1
        elif anywhere in may_have_moved and entry.path not in with_entries:
            undecided.append((anywhere, diagnostic))
        else:
            new.add([diagnostic])
    moved: dict[Entry, list[Entry]] = {}
    for entry in sorted(left, reverse=True):
        if entry.path in gone and left[entry] > 0:
            moved.setdefault(entry._replace(path=""), []).append(entry)
    for anywhere, diagnostic in undecided:
        if before := moved.get(anywhere):
            left[before[-1]] -= 1
            if not left[before[-1]]:
                before.pop()
            held += 1
        else:
            new.add([diagnostic])
    left = +left
    stale = Counter({entry: count for entry, count in left.items() if is_in_run(entry)})
    return Comparison(new, held, stale)


def updated(
    found: Iterable[Entry], entries: Entries, is_in_run: Callable[[Entry], bool]
) -> Entries:
    """The entries that hold what was found, and what the run was not about."""
    others = {entry: count for entry, count in entries.items() if not is_in_run(entry)}
    # A run over some of the seeds finds only a part of what several have in common.
    return Counter(found) | Counter(others)


def changes(before: Entries, after: Entries) -> tuple[int, int]:
    """How many findings `after` holds that `before` does not, and the other way round."""
    return (after - before).total(), (before - after).total()


def lines_of(entries: Entries) -> Iterator[str]:
    """The file, an entry per line, so that changes are small and two branches can be merged.

    Raises ConfigError for more than can be read again.
    """
    yield f'{{"version": {_VERSION}, "findings": ['
    written = ""
    left = _MOST_BYTES - 100
    for entry in sorted(entries):
        if written:
            yield f"{written},"
        written = json.dumps({**entry._asdict(), "count": entries[entry]})
        left -= len(written) + 2
        if left < 0:
            raise ConfigError(f"a baseline of more than {_MOST_BYTES:,} bytes cannot be read")
    if written:
        yield written
    yield "]}"


def read_baseline(path: str) -> Entries:
    """The entries of a baseline file. Raises ConfigError for everything else."""
    try:
        data, _ = read_regular_file(path, _MOST_BYTES)
    except FileNotFoundError:
        raise ConfigError(
            "the baseline does not exist; --update-baseline creates it", path=path
        ) from None
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read the baseline: {reason_of(error)}", path=path) from None
    if len(data) > _MOST_BYTES:
        raise ConfigError(f"a baseline of more than {_MOST_BYTES:,} bytes is not read", path=path)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ConfigError("this is not a baseline: it is not JSON", path=path) from None
    if not isinstance(found, dict) or found.keys() != {"version", "findings"}:
        raise ConfigError("this is not a baseline", path=path)
    if found["version"] != _VERSION:
        raise ConfigError("this version of seedlint cannot read the baseline", path=path)
    if not isinstance(found["findings"], list):
        raise ConfigError("this is not a baseline", path=path)
    entries: Entries = Counter()
    for number, each in enumerate(found["findings"], 1):
        if not _is_entry(each):
            raise ConfigError(f"entry {number} of the baseline is not valid", path=path)
        entries[Entry(each["path"], each["code"], each["at"], each["about"])] += each["count"]
    return entries


def _is_entry(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == _KEYS.keys()
        and all(value[key].__class__ is kind for key, kind in _KEYS.items())
        and 0 < value["count"] <= _MOST_TIMES
    )
