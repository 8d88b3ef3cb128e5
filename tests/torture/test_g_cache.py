"""Group G, the part about the cache: shared, damaged, forged, stale, outrun, out of space."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpu import HANGING
from harness import EXECUTABLE, Ran, check_streams, run
from seedlint import discover, result
from seedlint.discover import find_targets
from seedlint.outcome import Outcome
from seedlint.run import run as run_here
from seedlint.settings import Settings
from trees import lay_tree, seed

G3 = pytest.mark.torture("G3", "no space left")
G7 = pytest.mark.torture("G7", "eight runs share a cache")
G8 = pytest.mark.torture("G8", "a damaged cache")
G9 = pytest.mark.torture("G9", "a forged cache")
G10 = pytest.mark.torture("G10", "stale verdicts")
G11 = pytest.mark.torture("G11", "a file that changes during the run")

REFUSED = "warning: results of this run are not cached: "


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    lay_tree(folder)
    return folder


def check(tree: Path, cache: Path | None, **env: str) -> Ran:
    """`seedlint check` on all seeds, with a cache in a folder, or with none."""
    where = ("--no-cache",) if cache is None else ("--cache-dir", str(cache))
    ran = run(tree, "check", "--isolated", "--output-format", "json", *where, ".", env=env)
    check_streams(ran)
    return ran


def database_in(cache: Path) -> Path:
    (path,) = cache.glob("*.sqlite3")
    return path


class InProcess:
    """Runs in this process, where a hundred of them take no time."""

    def __init__(self, tree: Path, cache: Path) -> None:
        self.settings = Settings(root=tree, use_cache=True, cache_dir=str(cache))
        self.wanted = self.check(self.settings._replace(use_cache=False))

    def check(self, settings: Settings | None = None) -> Outcome:
        settings = settings or self.settings
        return run_here(find_targets([], settings).files, settings)


@pytest.fixture
def here(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    monkeypatch.chdir(tree)
    monkeypatch.setattr(result, "_RACY_NS", 0)
    runs = InProcess(tree, tmp_path / "cache")
    assert runs.check() == runs.wanted
    return runs


@pytest.mark.slow
@G7
def test_eight_runs_share_it(tree: Path, tmp_path: Path) -> None:
    wanted = check(tree, None)
    assert wanted.code == 1
    with ThreadPoolExecutor(8) as pool:
        for _ in range(2):
            for ran in pool.map(lambda _: check(tree, tmp_path / "cache"), range(8)):
                assert (ran.code, ran.out, ran.err) == (wanted.code, wanted.out, wanted.err)
    database = sqlite3.connect(database_in(tmp_path / "cache"))
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


@G7
def test_one_that_another_run_holds(here: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedlint.cache.results._BUSY_TIMEOUT_SECONDS", 0.05)
    holder = sqlite3.connect(database_in(Path(str(here.settings.cache_dir))))
    holder.execute("BEGIN EXCLUSIVE")
    assert here.check() == here.wanted
    holder.close()


@G8
def test_cut_off_anywhere(here: InProcess) -> None:
    path = database_in(Path(str(here.settings.cache_dir)))
    whole = path.read_bytes()
    for length in range(0, len(whole), 512):
        path.write_bytes(whole[:length])
        assert here.check() == here.wanted, length
    assert here.check() == here.wanted


@pytest.mark.slow
@G8
def test_flipped_bytes(here: InProcess) -> None:
    path = database_in(Path(str(here.settings.cache_dir)))
    whole = path.read_bytes()
    rng = random.Random(8)
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(rng.choice([1, 1, 8, 300])):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        outcome = here.check()
        assert len(outcome.warnings) <= 1
        outcome.warnings = []
        assert outcome == here.wanted


@G8
@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"no database", os.urandom(9000), b"SQLite format 3\0" + bytes(5000)],
    ids=["empty", "zero", "text", "noise", "header"],
)
def test_garbage(here: InProcess, content: bytes) -> None:
    path = database_in(Path(str(here.settings.cache_dir)))
    path.write_bytes(content)
    for _ in range(2):
        assert here.check() == here.wanted
    assert path.stat().st_size > 9000


@G8
@pytest.mark.parametrize("version", [2, 99, -1])
def test_another_version_is_made_anew(here: InProcess, version: int) -> None:
    path = database_in(Path(str(here.settings.cache_dir)))
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE seed (something TEXT)")
    database.execute(f"PRAGMA user_version = {version}")
    database.close()
    for _ in range(2):
        assert here.check() == here.wanted


@G8
def test_tables_of_something_else(here: InProcess) -> None:
    path = database_in(Path(str(here.settings.cache_dir)))
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE run (x)")
    database.execute("PRAGMA user_version = 1")
    database.close()
    for _ in range(2):
        assert here.check() == here.wanted


@G8
def test_what_is_no_file_or_cannot_be_written(tree: Path, tmp_path: Path) -> None:
    wanted = check(tree, None)
    cache = tmp_path / "cache"
    check(tree, cache)
    path = database_in(cache)

    def refused() -> None:
        ran = check(tree, cache)
        assert (ran.code, ran.out) == (wanted.code, wanted.out)
        warning, summary = ran.err.splitlines()
        assert warning.startswith(REFUSED)
        assert summary in wanted.err

    path.unlink()
    path.mkdir()
    refused()
    path.rmdir()
    os.mkfifo(path)
    refused()
    path.unlink()
    (tmp_path / "elsewhere").write_bytes(b"precious")
    path.symlink_to(tmp_path / "elsewhere")
    refused()
    assert (tmp_path / "elsewhere").read_bytes() == b"precious"
    shutil.rmtree(cache)
    cache.write_text("a file")
    refused()
    cache.unlink()
    cache.mkdir()
    cache.chmod(0o777)
    refused()
    cache.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(cache, 12345, 12345)
        refused()


@pytest.mark.slow
@G9
def test_forged_by_a_pull_request(tree: Path, tmp_path: Path) -> None:
    """A database in the right format that calls every seed clean, where the author can put it."""
    wanted = check(tree, None)
    time.sleep(2.1)
    check(tree, tmp_path / "cache")
    path = database_in(tmp_path / "cache")
    forge(path)
    # It would be believed: this is what must not happen.
    assert check(tree, tmp_path / "cache").out != wanted.out
    for folder in (tree / ".cache" / "seedlint", tree / "cache"):
        folder.mkdir(parents=True)
        shutil.copy(path, folder / path.name)
    for env in ({}, {"CI": "true"}, {"CI": "1", "XDG_CACHE_HOME": str(tree / ".cache")}):
        ran = run(tree, "check", "--isolated", "--output-format", "json", ".", env=env)
        assert (ran.code, ran.out, ran.err) == (wanted.code, wanted.out, wanted.err)
    asked = check(tree, tree / "cache")
    assert (asked.code, asked.out) == (wanted.code, wanted.out)
    assert asked.err.startswith(f"{REFUSED}the cache folder is in the tree that is checked: ")


def give_away(path: Path) -> None:
    """Make it a file of somebody else, or at least one that somebody else can write to."""
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    else:
        path.chmod(0o666)


@pytest.mark.slow
@G9
@pytest.mark.parametrize("given", [give_away, lambda path: path.chmod(0o620)], ids=["uid", "mode"])
def test_forged_while_others_could_write_to_the_folder(
    tree: Path, tmp_path: Path, given: Callable[[Path], None]
) -> None:
    """The warning asks for `chmod 700`; what others have put there before must not count then."""
    wanted = check(tree, None)
    time.sleep(2.1)
    cache = tmp_path / "cache"
    check(tree, cache)
    path = database_in(cache)
    forge(path)
    assert check(tree, cache).out != wanted.out
    given(path)
    cache.chmod(0o777)
    asked = check(tree, cache)
    assert (asked.code, asked.out) == (wanted.code, wanted.out)
    assert asked.err.startswith(f"{REFUSED}others can write to the cache folder: ")
    cache.chmod(0o700)
    for _ in range(2):
        ran = check(tree, cache)
        assert (ran.code, ran.out, ran.err) == (wanted.code, wanted.out, wanted.err)
    # Made anew, and used again.
    status = database_in(cache).stat()
    assert (status.st_uid, status.st_mode & 0o777) == (os.geteuid(), 0o600)
    forge(path)
    assert check(tree, cache).out != wanted.out


@pytest.mark.slow
@G9
@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_a_strangers_file_beside_the_database(tree: Path, tmp_path: Path, ending: str) -> None:
    """SQLite plays back what it finds there, whoever has written it."""
    wanted = check(tree, None)
    check(tree, tmp_path / "cache")
    path = database_in(tmp_path / "cache")
    forge(path)
    beside = Path(f"{path}{ending}")
    for made in (beside.touch, lambda: beside.symlink_to(path)):
        made()
        if not beside.is_symlink():
            give_away(beside)
        ran = check(tree, tmp_path / "cache")
        assert (ran.code, ran.out) == (wanted.code, wanted.out)
        assert not beside.exists()
        forge(path)


def forge(path: Path) -> None:
    """Make every record say that there is nothing to say."""
    from seedlint.cache.results import _make_record
    from seedlint.result import FileIdentity, FileResult

    database = sqlite3.connect(path)
    rows = database.execute("SELECT run, path, record FROM seed").fetchall()
    for number, name, record in rows:
        clean = _make_record(FileIdentity(record[:32], record[32:48]), FileResult(name))
        database.execute(
            "UPDATE seed SET record = ? WHERE run = ? AND path = ?", (clean, number, name)
        )
    database.commit()
    database.close()


@G9
@pytest.mark.parametrize(
    "findings",
    ["[[]]", "{}", "7", '[[[1, 2], "a"]]', '[[["x"], 1, 2, "error", 5, 6, 7, 8]]', "[" * 5000],
)
def test_a_record_that_is_none(here: InProcess, findings: str) -> None:
    from zlib import crc32

    path = database_in(Path(str(here.settings.cache_dir)))
    database = sqlite3.connect(path)
    for number, name, record in database.execute("SELECT run, path, record FROM seed").fetchall():
        # It was checked, has no fingerprints, and nothing in it is suppressed.
        body = record[:48] + b"\1" + bytes(8) + findings.encode()
        forged = body + crc32(body).to_bytes(4, "little")
        database.execute(
            "UPDATE seed SET record = ? WHERE run = ? AND path = ?", (forged, number, name)
        )
    database.commit()
    database.close()
    assert here.check() == here.wanted


@pytest.mark.slow
@G10
def test_no_verdict_is_stale(tree: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    time.sleep(2.1)
    assert check(tree, cache).out == check(tree, None).out
    path = tree / "0" / "0003.md"
    before = path.stat()
    for text in (seed(3).replace("article", "aritcle"), seed(3)):
        # The same size and the same time, in place and by another file.
        path.write_text(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert check(tree, cache).out == check(tree, None).out
        other = tree / "other"
        other.write_text(text.replace("day 3.", "day 4."))
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.rename(path)
        assert check(tree, cache).out == check(tree, None).out
    path.unlink()
    path.symlink_to(tree / "wrong.md")
    assert check(tree, cache).out == check(tree, None).out


@G11
def test_a_file_that_changes_after_it_was_read(
    here: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is the verdict on the bytes that were checked, under their digest."""
    good, bad = seed(3), seed(3).replace("article", "aritcle")
    path = Path("0/0003.md")
    read = discover._read
    for before, after in ((bad, good), (good, bad)):
        path.write_text(before)
        times = path.stat().st_mtime_ns

        def outrun(target: discover.Target, limit: int) -> tuple[bytes, os.stat_result | None]:
            found = read(target, limit)
            if target.shown == "0/0003.md":
                path.write_text(after)  # noqa: B023
                os.utime(path, ns=(times, times))  # noqa: B023
            return found

        monkeypatch.setattr(discover, "_read", outrun)
        here.check()
        monkeypatch.setattr(discover, "_read", read)
        assert path.read_text() == after
        assert here.check() == here.check(here.settings._replace(use_cache=False))


@G3
def test_an_index_without_space(tree: Path, tmp_path: Path) -> None:
    """It is the cache that is lost, not the verdict."""
    wanted = check(tree, None)
    done = subprocess.run(
        [
            *("/bin/sh", "-c", 'ulimit -f 4 && exec "$0" "$@"', EXECUTABLE, "check", "--isolated"),
            *("--output-format", "json", "--cache-dir", str(tmp_path / "cache"), "."),
        ],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    assert (done.returncode, done.stdout) == (wanted.code, wanted.out)
    assert done.stderr.startswith(f"{REFUSED}the cache cannot be written: ")
    assert done.stderr.count("\n") == 2
