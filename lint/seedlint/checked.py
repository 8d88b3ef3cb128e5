"""What came of one file, and of which bytes."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic

# Size in bytes, times of change of content and of file in nanoseconds, number of the file.
_STAMP = struct.Struct("<qqqQ")
_NO_STAMP = bytes(_STAMP.size)
_LARGEST = 2**64 - 1
# Whoever writes to a file twice in such a time may leave no trace of the second time.
_MOMENT = 2 * 10**9


class Seen(NamedTuple):
    """Which bytes were read of a file.

    `stamp` (32 bytes) is what the system said of the file just before, and says as long as nobody
    touches it; `digest` (16 bytes) is the digest of what was read.
    """

    stamp: bytes
    digest: bytes


class Checked(NamedTuple):
    """What came of one file.

    `checked` is False when the contract could not be held against it; `fingerprints` are those of
    the facts that the rules across seeds compare; `seen` tells the bytes, if they came from a file;
    `suppressed` is how many findings comments or `per-file-ignores` have answered.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    fingerprints: Sequence[int] = ()
    checked: bool = True
    seen: Seen | None = None
    suppressed: int = 0


def stamp_of(status: os.stat_result) -> bytes:
    """What tells a file from itself after a change."""
    return _STAMP.pack(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & _LARGEST
    )


def see(data: bytes, status: os.stat_result) -> Seen:
    """Which bytes were read, `status` being that of the open file before they were.

    A file that was changed a moment ago has a stamp that no file has: it may change once more and
    keep its times. (Git calls its entry for such a file racy.)
    """
    from hashlib import blake2b

    recent = max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _MOMENT
    stamp = _NO_STAMP if recent else stamp_of(status)
    return Seen(stamp, blake2b(data, digest_size=16).digest())
