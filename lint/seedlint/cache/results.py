"""The results of unchanged files: a database outside the tree, one for each tree.

Every file has a record: the identity of its bytes, its result, and the fingerprints of its facts. A
record is valid while the program, the contract, the settings and the file are the same. A file is
the same if its stat fields are, or if its bytes have the same digest. Whatever is wrong with the
database, the run goes on as if there were none.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import sys
import time
import zlib
from array import array
from collections.abc import Container, Mapping, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from stat import S_ISREG
from zlib import compress, crc32, decompress

from seedlint.cache.folder import (
    CacheUnusable,
    code_fingerprint,
    is_own_file,
    make_own_file,
)
from seedlint.discover import Target
from seedlint.files import reason_of
from seedlint.fingerprints import Fingerprints
from seedlint.named_tuple import NamedTuple
from seedlint.result import FileIdentity, FileResult, stat_key_of
from seedlint.rules import all_rules
from seedlint.settings import Settings

# The format of tables and records; a database in another one is made anew.
_FORMAT = 6
# How many contracts and settings one collection of a tree has results for.
_RUNS = 8
# How long to wait for another run to finish writing.
_BUSY_TIMEOUT_SECONDS = 2.0
# How many records are written together.
_BATCH = 10_000
# Stat key, digest, whether it was validated, the number of fingerprints, the number of suppressed
# findings. The fingerprints follow, an object of details in compressed JSON if there are any (the
# findings, and which entries of `ignore-at` were used; it has room for more), and a checksum of it
# all.
_HEAD = struct.Struct("<32s16s?II")
_CHECKSUM = struct.Struct("<I")
# The CRC-32 of any text that is followed by its own, lowest byte first.
_CRC_WITH_ITSELF = 0x2144DF1C
# What a damaged database may raise: any value in it may be of another type.
_DATABASE_ERRORS = (sqlite3.Error, TypeError, ValueError)
_SELECT = "SELECT path, record FROM seed WHERE run = (SELECT id FROM run WHERE key = ?)"
_TABLES = (
    "CREATE TABLE run (id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, "
    "collection TEXT NOT NULL, used INTEGER NOT NULL)",
    "CREATE TABLE seed (run INTEGER NOT NULL, path TEXT NOT NULL, record BLOB NOT NULL, "
    "PRIMARY KEY (run, path)) WITHOUT ROWID",
    f"PRAGMA user_version = {_FORMAT}",
)


class CachedResults(NamedTuple):
    """The cached results of some files, by their numbers.

    Those that are neither `unknown` nor `with_findings` are clean; only their `fingerprints` are
    needed.
    """

    unknown: array[int]
    with_findings: list[tuple[int, FileResult]]
    fingerprints: Fingerprints


def all_missed(part: range) -> CachedResults:
    """The answer for some files if nothing is cached."""
    return CachedResults(array("I", part), [], Fingerprints())


class ResultCache:
    """The records of one tree under one contract and one set of settings.

    Records are read on demand and written in batches, so memory use is independent of the size of
    the cache. No connection stays open, because workers would inherit it.
    """

    def __init__(
        self, folder: str, schema_text: str, settings: Settings, defines: tuple[str, ...] = ()
    ) -> None:
        """Find the database in the cache folder, if there is one.

        `schema_text` is the text of all files of the contract, `defines` are the keys of the seeds
        that others refer to. Raises CacheUnusable.
        """
        root = os.path.realpath(settings.root)
        name = blake2b(os.fsencode(root), digest_size=16).hexdigest()
        self._database = os.path.join(folder, f"{name}.sqlite3")
        # With the files beside it that SQLite would trust.
        self._files = [self._database + ending for ending in ("", "-journal", "-wal", "-shm")]
        self._collection = settings.collection
        self._run_key = _run_key(schema_text, settings, defines)
        self._root = root
        # From a folder as shown, without the last slash, to the prefix of keys of files in it.
        self._folders: dict[str, str] = {}
        self._stored: dict[str, bytes] = {}
        # Whether this run may write, whether it has written, and the error to report, if any.
        self._writes = True
        self._has_written = False
        self._write_error: CacheUnusable | None = None
        self._has_records = self._has_run()

    def look_up(self, numbers: range, seeds: Sequence[Target]) -> CachedResults:
        """The results of those of `seeds` that are unchanged."""
        targets = seeds[numbers.start : numbers.stop]
        paths = [self._path_of(target) for target in targets]
        records = self._records(paths)
        if not records:
            return all_missed(numbers)
        cached = all_missed(range(0))
        find, note = records.get, cached.fingerprints.add_bytes
        for number, target, path in zip(numbers, targets, paths, strict=True):
            record = find(path)
            if record is None or not _is_untouched(target, record):
                cached.unknown.append(number)
            elif (fingerprints := _fingerprints_alone(record)) is not None:
                note(number, fingerprints)
            elif (result := read_record(record, target.shown)) is not None:
                cached.with_findings.append((number, result))
            else:
                cached.unknown.append(number)
        return cached

    def records_of(self, targets: Sequence[Target]) -> list[bytes]:
        """The record of each target, even if the file has changed since; b"" if none."""
        paths = [self._path_of(target) for target in targets]
        records = self._records(paths)
        return [records.get(path, b"") for path in paths]

    def store(self, target: Target, result: FileResult) -> None:
        """Store the result for a file."""
        if result.identity and not any(
            all_rules()[each.code].transient for each in result.diagnostics
        ):
            path = self._path_of(target)
            if _is_text(path):
                self._stored[path] = _make_record(result.identity, result)
            if len(self._stored) >= _BATCH:
                self._write()

    def save(self, seeds: Sequence[Target]) -> None:
        """Write the results that are left of a run over `seeds`. Raises CacheUnusable.

        Files that are gone are forgotten. While another run is writing, nothing is written, because
        it has the same results.
        """
        if self._stored or self._has_written:
            self._write({self._path_of(seed) for seed in seeds})
        if self._write_error is not None:
            raise self._write_error

    def _path_of(self, target: Target) -> str:
        """The key of a file: its path from the root, whatever the working directory."""
        folder, slash, name = target.shown.rpartition("/")
        opening = self._folders.get(folder)
        if opening is None:
            from_root = os.path.relpath(folder + slash or ".", self._root)
            opening = self._folders[folder] = "" if from_root == "." else f"{from_root}/"
        return opening + name

    def _has_run(self) -> bool:
        """Whether there is something to read. Raises CacheUnusable if nothing may be written."""
        try:
            there = [path for path in self._files if os.path.lexists(path)]
            if self._database in there and not S_ISREG(os.lstat(self._database).st_mode):
                raise CacheUnusable("the database is not a file")
            if not all(map(is_own_file, there)):
                # Somebody else may have written it.
                self._discard()
            if not os.path.lexists(self._database):
                return False
        except OSError as error:
            raise CacheUnusable(f"the cache cannot be read: {reason_of(error)}") from None
        try:
            with closing(self._connect()) as database:
                rows = database.execute("SELECT id FROM run WHERE key = ?", (self._run_key,))
                return _version_of(database) == _FORMAT and rows.fetchone() is not None
        except _DATABASE_ERRORS:
            # Writing will find out what is wrong with it.
            return False

    def _records(self, paths: Sequence[str]) -> dict[str, bytes]:
        """The records of `paths`, and perhaps of some more."""
        asked = [path for path in paths if _is_text(path)]
        if not self._has_records or not asked:
            return {}
        try:
            with closing(self._connect()) as database:
                most = 2 * len(asked)
                rows = database.execute(
                    f"{_SELECT} AND path BETWEEN ? AND ? LIMIT ?",
                    (self._run_key, min(asked), max(asked), most),
                ).fetchall()
                if len(rows) == most:
                    # Too many others lie between them.
                    rows = [
                        row
                        for path in asked
                        for row in database.execute(
                            f"{_SELECT} AND path = ?", (self._run_key, path)
                        )
                    ]
                return {path: record for path, record in rows if record.__class__ is bytes}
        except _DATABASE_ERRORS:
            # Writing will meet the error again.
            return {}

    def _write(self, seeds: Container[str] | None = None) -> None:
        """Write the stored records, in one transaction.

        Given the keys of all `seeds` of the run, forget other files that no longer exist.
        """
        learned, self._stored = self._stored, {}
        if not self._writes:
            return
        try:
            found = self._identity()
            try:
                self._insert(learned, seeds)
            except _DATABASE_ERRORS as error:
                if not _is_damage(error):
                    raise
                # Everything in it can be computed again.
                if self._identity() == found:
                    self._discard()
                with suppress(*_DATABASE_ERRORS):
                    self._insert(learned, seeds)
            self._has_written = True
        except sqlite3.Error as error:
            self._writes = False
            if not _is_busy(error):
                self._write_error = CacheUnusable(f"the cache cannot be written: {error}")
        except OSError as error:
            self._writes = False
            self._write_error = CacheUnusable(f"the cache cannot be written: {reason_of(error)}")

    def _identity(self) -> tuple[int, int] | None:
        """Identifies the database, in case another run replaces it."""
        try:
            status = os.lstat(self._database)
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_ctime_ns

    def _discard(self) -> None:
        for path in self._files:
            with suppress(FileNotFoundError):
                os.unlink(path)

    def _insert(self, learned: Mapping[str, bytes], seeds: Container[str] | None) -> None:
        with suppress(FileExistsError):
            make_own_file(self._database)
        with closing(self._connect()) as database:
            database.execute("BEGIN IMMEDIATE")
            version = _version_of(database)
            if version not in (0, _FORMAT):
                raise sqlite3.DatabaseError("another format")
            if version == 0:
                for statement in _TABLES:
                    database.execute(statement)
            database.execute(
                "INSERT INTO run (key, collection, used) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET used = excluded.used",
                (self._run_key, self._collection, int(time.time())),
            )
            ((run,),) = database.execute("SELECT id FROM run WHERE key = ?", (self._run_key,))
            database.executemany(
                "INSERT OR REPLACE INTO seed VALUES (?, ?, ?)",
                [(run, path, record) for path, record in sorted(learned.items())],
            )
            if seeds is not None:
                self._forget(database, run, seeds)
            database.execute("COMMIT")

    def _forget(self, database: sqlite3.Connection, run: int, seeds: Container[str]) -> None:
        """Forget files that are gone, and the runs that were used longest ago."""
        paths = database.execute("SELECT path FROM seed WHERE run = ?", (run,))
        gone = [
            path
            for (path,) in paths
            if path not in seeds and not os.path.lexists(os.path.join(self._root, path))
        ]
        database.executemany(
            "DELETE FROM seed WHERE run = ? AND path = ?", [(run, path) for path in gone]
        )
        old = (
            "SELECT id FROM run WHERE collection = ? "
            f"ORDER BY used DESC, id DESC LIMIT -1 OFFSET {_RUNS}"
        )
        database.execute(f"DELETE FROM seed WHERE run IN ({old})", (self._collection,))
        database.execute(f"DELETE FROM run WHERE id IN ({old})", (self._collection,))

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._database, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)


def _run_key(schema_text: str, settings: Settings, defines: tuple[str, ...]) -> bytes:
    """A digest of all that the findings in a file depend on, except the file."""
    digest = blake2b(digest_size=16)
    for part in (
        _FORMAT,
        sys.version_info,
        code_fingerprint(),
        settings.select,
        settings.ignore,
        settings.per_file_ignores,
        # Where the configuration says so makes no difference.
        [(each.pattern, each.selector) for each in settings.ignore_at],
        settings.severity,
        settings.target,
        settings.limits,
        settings.suppressions,
        settings.collection,
        settings.allow_in_file_schema,
        settings.is_schema_in_file,
        defines,
    ):
        digest.update(repr(part).encode() + b"\n")
    digest.update(schema_text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _make_record(identity: FileIdentity, result: FileResult) -> bytes:
    count = len(result.fingerprints)
    body = _HEAD.pack(*identity, result.validated, count, result.suppressed)
    body += array("Q", result.fingerprints).tobytes()
    if result.diagnostics or result.ignored_at:
        from seedlint.plain import plain_findings

        details = {
            "findings": plain_findings(result.diagnostics),
            "ignored-at": list(result.ignored_at),
        }
        # JSON escapes lone surrogates, which names and messages may have. Compressed, because
        # records are held in memory by the thousand and findings are much alike.
        body += compress(json.dumps(details).encode("ascii"), 1)
    return body + _CHECKSUM.pack(crc32(body))


def _is_untouched(target: Target, record: bytes) -> bool:
    """Whether the stat fields of a file are those in its record."""
    if target.data is not None:
        return False
    try:
        return record.startswith(stat_key_of(os.lstat(target.path)))
    except (OSError, ValueError):
        return False


def has_digest(record: bytes, identity: FileIdentity) -> bool:
    """Whether a record is about the bytes that were read."""
    return record[32:48] == identity.digest


def _fingerprints_alone(record: bytes) -> bytes | None:
    """The fingerprints, as bytes, of a sound record without any finding; else None."""
    end = len(record) - _CHECKSUM.size
    if end < _HEAD.size or not _is_sound(record):
        return None
    _, _, validated, count, suppressed = _HEAD.unpack_from(record)
    if not validated or suppressed or _HEAD.size + 8 * count != end:
        return None
    return record[_HEAD.size : end]


def _is_sound(record: bytes) -> bool:
    return crc32(record) == _CRC_WITH_ITSELF


def read_record(record: bytes, shown: str) -> FileResult | None:
    """The result for the seed that is shown to people as `shown`; None for a damaged record."""
    if not _is_sound(record):
        return None
    body = record[: -_CHECKSUM.size]
    try:
        _, _, validated, count, suppressed = _HEAD.unpack_from(body)
        end = _HEAD.size + 8 * count
        fingerprints = array("Q", body[_HEAD.size : end])
        if end == len(body):
            return FileResult(shown, (), fingerprints, validated, None, suppressed)
        from seedlint.plain import read_findings

        details = json.loads(decompress(body[end:]))
        diagnostics = read_findings(details["findings"], shown)
        used = tuple(map(int, details["ignored-at"]))
        if not diagnostics and not used:
            return None
        return FileResult(shown, diagnostics, fingerprints, validated, None, suppressed, used)
    except (struct.error, zlib.error, RecursionError, KeyError, TypeError, ValueError):
        return None


def _version_of(database: sqlite3.Connection) -> int:
    ((version,),) = database.execute("PRAGMA user_version")
    return int(version)


def _is_damage(error: Exception) -> bool:
    """Whether the database itself is at fault: no database, torn, or with other tables."""
    if not isinstance(error, sqlite3.OperationalError):
        return True
    return any(words in str(error) for words in ("no such ", "column", "already exists", "decode"))


def _is_busy(error: Exception) -> bool:
    """Whether another run holds the database, which is not damage."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _is_text(path: str) -> bool:
    """Whether a path is UTF-8. To SQLite others are not text; such files are checked every time."""
    if path.isascii():
        return True
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
