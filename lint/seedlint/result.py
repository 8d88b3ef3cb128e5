"""The result for one file, and the identity of its bytes."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Sequence

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.diagnostic import Diagnostic

# Size in bytes, times of change of content and of file in nanoseconds, number of the file.
_STAT_KEY = "<qqqQ"
_NO_STAT_KEY = bytes(32)
_LARGEST = 2**64 - 1
# Two writes this close together can leave identical timestamps.
_RACY_NS = 2 * 10**9


class FileIdentity(NamedTuple):
    """Which bytes were read of a file.

    `stat_key` (32 bytes) has the stat fields that change when a file does, as they were just before
    it was read; `digest` (16 bytes) is the digest of what was read.
    """

    stat_key: bytes
    digest: bytes


class FileResult(NamedTuple):
    """The result for one file.

    `validated` is False if it could not be validated at all; `fingerprints` are those of the facts
    that rules across files compare; `identity` identifies the bytes, if they came from a file;
    `suppressed` counts the findings that comments or settings answer, and `ignored_at` are the
    numbers of the entries of `ignore-at` that do.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    fingerprints: Sequence[int] = ()
    validated: bool = True
    identity: FileIdentity | None = None
    suppressed: int = 0
    ignored_at: Sequence[int] = ()


def stat_key_of(status: os.stat_result) -> bytes:
    """The stat fields that change when a file does."""
    from struct import pack

    return pack(
        _STAT_KEY,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino & _LARGEST,
    )


def identify(data: bytes, status: os.stat_result) -> FileIdentity:
    """Identify the bytes that were read; `status` is that of the open file just before.

    A file that changed a moment ago gets a key that matches no file, because it may change again
    within the same timestamp. (Git calls such an entry racy.)
    """
    from hashlib import blake2b

    recent = max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _RACY_NS
    stat_key = _NO_STAT_KEY if recent else stat_key_of(status)
    return FileIdentity(stat_key, blake2b(data, digest_size=16).digest())


def dumps(result: FileResult) -> bytes:
    """Serialize a result, to send it to another process."""
    from seedlint.plain import plain_findings

    plain: list[Any] = [
        result.path,
        plain_findings(result.diagnostics),
        tuple(result.fingerprints),
        result.validated,
        result.identity and tuple(result.identity),
        result.suppressed,
        tuple(result.ignored_at),
    ]
    return marshal.dumps(plain)


def loads(data: bytes) -> FileResult:
    """The result that `dumps` has serialized."""
    from seedlint.plain import read_findings

    path, findings, fingerprints, validated, identity, *others = marshal.loads(data)
    return FileResult(
        path,
        read_findings(findings, path),
        fingerprints,
        validated,
        identity and FileIdentity(*identity),
        *others,
    )
