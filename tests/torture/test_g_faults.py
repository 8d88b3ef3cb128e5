"""Group G: concurrency, kills, full disks."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cpu import HANGING
from harness import EXECUTABLE, check_failure, check_streams, places, run, snapshot
from live import (
    CLEAN_SEED,
    CLOSED,
    FIXABLE_SEED,
    FIXED_SEED,
    SLOW_SEED,
    WRONG_SEED,
    Watched,
    check,
    codes,
    lay,
    watched,
)
from processes import cpu_seconds, is_running, living_in_group, wait_until
from seedlint.fix.write import NotWritten, replace_file

G1 = pytest.mark.torture("G1", "SIGKILL during --fix")
G2 = pytest.mark.torture("G2", "SIGINT and SIGTERM: one line, 130 and 143, no workers left")
G3 = pytest.mark.torture("G3", "no space left")
G4 = pytest.mark.torture("G4", "short writes, a limit on the size of files")
G5 = pytest.mark.torture("G5", "a file edited between reading and fixing")
G6 = pytest.mark.torture("G6", "two runs at once on one tree")
G10 = pytest.mark.torture("G10", "stale verdicts")
G12 = pytest.mark.torture("G12", "a worker that dies or stands still costs one file")
G13 = pytest.mark.torture("G13", "closed pipes and streams")
G14 = pytest.mark.torture("G14", "the same bytes for every number of jobs")
G15 = pytest.mark.torture("G15", "--fix twice, conflicting fixers")

CONTRACT = ("--isolated", "--schema", "case.schema.json")
TINY = 100_000


FIX = ("check", *CONTRACT, "--no-cache", "--fix", "--output-format", "concise", ".")


def fixable_tree(folder: Path, count: int) -> None:
    """Seeds that need a fix, in a few folders."""
    seeds = {f"{number % 3}/{number:04}.md": FIXABLE_SEED for number in range(count)}
    lay(folder, seeds, CLOSED)


def fixed_seeds(folder: Path) -> int:
    """How many seeds are fixed; each is as it was or as it should be."""
    fixed = 0
    for path in folder.glob("*/*.md"):
        data = path.read_bytes()
        assert data in (FIXABLE_SEED, FIXED_SEED), (path, data)
        fixed += data == FIXED_SEED
    return fixed


def leftovers(folder: Path) -> list[Path]:
    """What is in the folders of the seeds and is no seed."""
    return [path for path in folder.glob("*/*") if path.suffix != ".md"]


def kill_fixing_runs(folder: Path, count: int, kills: int) -> None:
    rng = random.Random(1)
    stopped = 0
    for _ in range(kills):
        fixable_tree(folder, count)
        with watched(folder, *FIX) as going:
            # Somewhere in the middle of the writing, or shortly before or after it.
            moment = rng.random() * count
            while fixed_seeds(folder) < moment and going.process.poll() is None:
                time.sleep(0.001)
            going.process.kill()
            going.process.wait(timeout=HANGING)
            wait_until(lambda group=going.process.pid: living_in_group(group) == [])
        stopped += 0 < fixed_seeds(folder) < count
        assert all(path.name.startswith(".seedlint-fix-") for path in leftovers(folder))
        ran = run(folder, *FIX)
        assert (ran.code, ran.out) == (0, "")
        assert fixed_seeds(folder) == count
        assert leftovers(folder) == []
    assert stopped


@pytest.mark.slow
@G1
def test_killed_during_fix(tmp_path: Path) -> None:
    kill_fixing_runs(tmp_path, 200, 3)


@G1
@pytest.mark.slow
def test_killed_often_during_fix(tmp_path: Path) -> None:
    kill_fixing_runs(tmp_path, 2_000, 40)


@G2
@pytest.mark.parametrize(
    ("signum", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_stopped_during_fix(tmp_path: Path, signum: signal.Signals, code: int, word: str) -> None:
    fixable_tree(tmp_path, 1_000)
    with watched(tmp_path, *FIX) as going:
        # With the second one written, the first one has been counted.
        going.wait_for(lambda: fixed_seeds(tmp_path) > 1)
        going.process.send_signal(signum)
        ran = going.finish()
        assert living_in_group(going.process.pid) == []
    assert (ran.code, ran.out) == (code, "")
    fixed = fixed_seeds(tmp_path)
    assert 0 < fixed < 1_000
    said = re.fullmatch(r"note: (\d+) files? had been fixed by then\nseedlint: (\w+)\n", ran.err)
    assert said
    # The signal may have come between the write and the count of it.
    assert int(said[1]) in (fixed, fixed - 1)
    assert said[2] == word
    assert leftovers(tmp_path) == []


def tiny_tree(folder: Path, count: int) -> None:
    """Many small seeds, as hard links, of which a file system takes some ten thousand each."""
    lay(folder, {})
    source = folder / "source"
    for number in range(count):
        if number % 30_000 == 0:
            source = folder / f"source{number}"
            source.write_bytes(CLEAN_SEED)
        if number % 1000 == 0:
            below = folder / "tree" / f"{number // 1000:03}"
            below.mkdir(parents=True)
        os.link(source, below / f"{number % 1000:03}.md")


@G2
@pytest.mark.slow
def test_signals_end_a_run_of_many_files_at_once(tmp_path: Path) -> None:
    """The run has a file that takes for ever, so nothing but a signal ends it."""
    tiny_tree(tmp_path, TINY)
    lay(tmp_path, {"tree/zzz.md": SLOW_SEED})
    (tmp_path / "limits.toml").write_text("[limits]\nseconds = 3600\n")
    options = ("--config", "limits.toml", "--schema", "case.schema.json", "-j", "2")
    stops = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
    for signum, code, word in stops:
        # While files are looked for, when work begins, in the middle of it; from a terminal, which
        # signals the whole group, and from a program, which signals one process.
        for moment, stop in (("walk", os.kill), ("start", os.killpg), ("work", os.killpg)):
            with watched(tmp_path, "check", *options, "tree") as going:
                if moment == "walk":
                    going.wait_for(lambda going=going: going.catches(signal.SIGTERM))
                else:
                    going.wait_for(lambda going=going: len(going.workers()) > 0)
                time.sleep({"walk": 0.05, "start": 0, "work": 0.3}[moment])
                group = going.process.pid
                stop(group, signum)
                if moment == "work":
                    # `timeout` and people at a keyboard send it twice.
                    os.kill(group, signum)
                ran = going.finish()
                assert (ran.code, ran.out) == (code, "")
                assert ran.err == f"seedlint: {word}\n"
                assert living_in_group(group) == []


@G2
def test_workers_of_a_killed_run_end_by_themselves(tmp_path: Path) -> None:
    lay(tmp_path, {f"{number:04}.md": CLEAN_SEED for number in range(3000)})
    with watched(tmp_path, "check", *CONTRACT, "-j", "4", ".") as going:
        going.wait_for(lambda: len(going.workers()) == 4)
        going.process.kill()
        going.process.wait(timeout=HANGING)
        wait_until(lambda: living_in_group(going.process.pid) == [])


@G3
@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_a_report_that_finds_no_space_is_a_failure(tmp_path: Path, output_format: str) -> None:
    lay(tmp_path, {f"{number}.md": WRONG_SEED for number in range(50)})
    arguments = ("check", *CONTRACT, "--output-format", output_format, ".")
    message = "the report could not be written: no space left on device"
    ran = run(tmp_path, *arguments, "--output-file", "/dev/full")
    assert ran.code == 2
    check_failure(ran, f"/dev/full: {message}")
    ran = redirected(tmp_path, arguments, ">/dev/full")
    assert (ran.returncode, ran.stderr) == (2, f"seedlint: {message}\n")
    # What cannot be said on standard error changes no verdict.
    ran = redirected(tmp_path, arguments, "2>/dev/full")
    assert ran.returncode == 1
    assert ran.stdout


@G3
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("rule", "--all")])
def test_help_that_finds_no_space_is_a_failure(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = redirected(tmp_path, arguments, ">/dev/full")
    assert ran.returncode == 2
    assert ran.stderr.endswith("no space left on device\n")
    assert ran.stderr.count("\n") == 1


@G3
@G4
def test_fixing_without_space(tmp_path: Path) -> None:
    """A limit on the size of files stops the write half way, as a full disk does."""
    body = b"x" * 4_000
    lay(tmp_path, {"a.md": FIXABLE_SEED + body, "b.md": FIXABLE_SEED}, CLOSED)
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 1 && exec "$0" "$@"', EXECUTABLE, *FIX],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    assert done.returncode == 2
    assert "seedlint: a.md: not fixed: file too large\n" in done.stderr
    assert (tmp_path / "a.md").read_bytes() == FIXABLE_SEED + body
    assert (tmp_path / "b.md").read_bytes() == FIXED_SEED
    assert sorted(os.listdir(tmp_path)) == ["a.md", "b.md", "case.schema.json"]


def redirected(
    folder: Path, arguments: tuple[str, ...], redirection: str
) -> subprocess.CompletedProcess[str]:
    """A run through a shell; what both streams hold is held against what must always be true."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$@" {redirection}', EXECUTABLE, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    for stream in (done.stdout, done.stderr):
        assert "Traceback" not in stream, stream
        assert "Exception ignored" not in stream, stream
    return done


@G4
def test_a_limit_on_the_size_of_files_is_a_failure(tmp_path: Path) -> None:
    lay(tmp_path, {f"{number}.md": WRONG_SEED for number in range(50)})
    before = snapshot(tmp_path)
    done = subprocess.run(
        [
            *("/bin/sh", "-c", 'ulimit -f 1 && exec "$0" "$@"', EXECUTABLE),
            *("check", *CONTRACT, "--output-format", "json", "-o", "report", "."),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    message = "seedlint: report: the report could not be written: file too large\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert snapshot(tmp_path) == before


@G5
def test_edited_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(FIXABLE_SEED + b"edited")
    with pytest.raises(NotWritten, match="it has changed in the meantime"):
        replace_file(str(path), FIXABLE_SEED, FIXED_SEED)
    assert path.read_bytes() == FIXABLE_SEED + b"edited"
    # Also if it becomes longer while it is written.
    path.write_bytes(FIXABLE_SEED)
    write = os.write

    def write_and_edit(descriptor: int, data: memoryview) -> int:
        path.write_bytes(FIXABLE_SEED + b"edited")
        return write(descriptor, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", write_and_edit)
        with pytest.raises(NotWritten, match="it has changed in the meantime"):
            replace_file(str(path), FIXABLE_SEED, FIXED_SEED)
    assert path.read_bytes() == FIXABLE_SEED + b"edited"
    assert os.listdir(tmp_path) == ["a.md"]


@G6
def test_two_runs_at_once(tmp_path: Path) -> None:
    lay(tmp_path, {f"{number:03}.md": WRONG_SEED for number in range(100)})
    before = snapshot(tmp_path)
    arguments = ("check", *CONTRACT, "--output-format", "concise", ".")
    with watched(tmp_path, *arguments) as one, watched(tmp_path, *arguments) as other:
        first, second = one.finish(), other.finish()
    assert first.code == second.code == 1
    assert first.out == second.out
    assert snapshot(tmp_path) == before


@G6
def test_two_fixing_runs_at_once(tmp_path: Path) -> None:
    fixable_tree(tmp_path, 300)
    with watched(tmp_path, *FIX) as one, watched(tmp_path, *FIX) as other:
        runs = [one.finish(), other.finish()]
    assert fixed_seeds(tmp_path) == 300
    assert leftovers(tmp_path) == []
    # One of them may have read what the other has fixed since.
    assert {each.code for each in runs} <= {0, 1}


@G10
def test_no_verdict_is_stale(tmp_path: Path) -> None:
    """Of so few files nothing is remembered; the same of many is tested with the index."""
    lay(tmp_path, {"x.md": b"---\nname: a\n---\n"})
    times = (1_600_000_000, 1_600_000_000)
    os.utime(tmp_path / "x.md", times)
    assert check(tmp_path, ".").code == 0
    (tmp_path / "x.md").write_bytes(b"---\nname: 5\n---\n")
    os.utime(tmp_path / "x.md", times)
    assert check(tmp_path, ".").code == 1
    assert check(tmp_path, "--ignore", "SCH003", ".").code == 0
    lay(tmp_path, {}, {"properties": {"name": {"type": "integer"}}})
    assert check(tmp_path, ".").code == 0


def on_the_slow_file(going: Watched) -> int:
    """The worker that has worked for longer than all the other files take."""

    found: list[int] = []

    def is_found() -> bool:
        found.extend(pid for pid in going.workers() if is_running(pid) and cpu_seconds(pid) > 1)
        return bool(found)

    going.wait_for(is_found)
    return found[0]


@pytest.mark.slow
@G12
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_worker_that_dies_costs_its_file(tmp_path: Path, signum: signal.Signals) -> None:
    files = {f"{number:03}.md": WRONG_SEED for number in range(300)}
    lay(tmp_path, {**files, "150-slow.md": SLOW_SEED})
    (tmp_path / "limits.toml").write_text("[limits]\nseconds = 20\n")
    arguments = ("--config", "limits.toml", "--schema", "case.schema.json", "-j", "3")
    with watched(tmp_path, "check", *arguments, "--output-format", "json", ".") as going:
        os.kill(on_the_slow_file(going), signum)
        ran = going.finish()
        assert living_in_group(going.process.pid) == []
    check_streams(ran)
    assert ran.code == 2
    assert codes(ran) == {**{name: ["SCH003"] for name in files}, "150-slow.md": ["INT001"]}
    assert signum.name in ran.out
    assert "301 seeds" in ran.err


@G12
@pytest.mark.slow
def test_a_worker_that_stands_still_costs_its_file(tmp_path: Path) -> None:
    files = {f"{number:03}.md": WRONG_SEED for number in range(100)}
    lay(tmp_path, {**files, "050-slow.md": SLOW_SEED})
    (tmp_path / "limits.toml").write_text("[limits]\nseconds = 2\n")
    arguments = ("--config", "limits.toml", "--schema", "case.schema.json", "-j", "2")
    with watched(tmp_path, "check", *arguments, "--output-format", "json", ".") as going:
        os.kill(on_the_slow_file(going), signal.SIGSTOP)
        ran = going.finish()
        assert living_in_group(going.process.pid) == []
    check_streams(ran)
    assert ran.code == 1
    assert codes(ran) == {**{name: ["SCH003"] for name in files}, "050-slow.md": ["SEED006"]}


@G12
def test_workers_killed_at_random_lose_no_other_file(tmp_path: Path) -> None:
    rng = random.Random(12)
    files = {f"{number:04}.md": WRONG_SEED for number in range(600)}
    lay(tmp_path, files)
    with watched(tmp_path, "check", *CONTRACT, "-j", "4", "--output-format", "json", ".") as going:
        killed = idle = 0
        going.wait_for(lambda: len(going.workers()) > 0)
        # Without workers for a while it is done, and waits for somebody to read its report.
        while killed < 12 and idle < 50 and going.process.poll() is None:
            idle += 1
            if workers := going.workers():
                idle = 0
                try:
                    os.kill(rng.choice(workers), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                killed += 1
            time.sleep(0.02)
        ran = going.finish()
    found = codes(ran)
    assert set(found) == set(files), "a file was lost"
    failed = [name for name, each in found.items() if each == ["INT001"]]
    assert all(each in (["SCH003"], ["INT001"]) for each in found.values())
    assert len(failed) <= killed
    assert ran.code == (2 if failed else 1)


@G12
def test_no_process_to_be_had_is_no_failure(tmp_path: Path) -> None:
    files = {f"{number:03}.md": WRONG_SEED for number in range(100)}
    lay(tmp_path, files)
    for limit in (8, 10, 16):
        done = subprocess.run(
            [
                *("/bin/sh", "-c", f'ulimit -n {limit} && exec "$0" "$@"', EXECUTABLE),
                *("check", *CONTRACT, "-j", "8", "--output-format", "json", "."),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=HANGING,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert len(json.loads(done.stdout)) == 100


@G13
@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_a_reader_that_has_seen_enough(tmp_path: Path, output_format: str) -> None:
    lay(tmp_path, {f"{number:03}.md": WRONG_SEED for number in range(400)})
    options = " ".join(["check", *CONTRACT, "--output-format", output_format, "."])
    for reader in ("head -n 1", "true", "head -c 70000"):
        command = f'{{ "$0" {options}; echo "code $?" >&2; }} | {reader}'
        done = shell(tmp_path, command)
        lines = done.stderr.splitlines()
        assert lines[-1] == "code 1"
        assert len(lines) == 2, lines


@G13
@pytest.mark.parametrize("arguments", ["--help", "--version", "rule --all", "rule"])
def test_a_reader_of_help_that_has_gone(tmp_path: Path, arguments: str) -> None:
    done = shell(tmp_path, f'{{ sleep 0.2; "$0" {arguments}; echo "code $?" >&2; }} | true')
    assert done.stderr == "code 0\n"


@G13
def test_closed_streams(tmp_path: Path) -> None:
    lay(tmp_path, {"x.md": WRONG_SEED, "good.md": CLEAN_SEED})
    arguments = ("check", *CONTRACT, "--output-format", "json")
    closed = "seedlint: the report could not be written: standard output is closed\n"
    done = redirected(tmp_path, (*arguments, "."), ">&-")
    assert (done.returncode, done.stderr) == (2, closed)
    done = redirected(tmp_path, (*arguments, "."), "2>&-")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 1, "what belongs on standard error came out here"
    done = redirected(tmp_path, (*arguments, "missing.md"), "2>&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert redirected(tmp_path, (*arguments, "."), ">&- 2>&-").returncode == 2
    assert redirected(tmp_path, (*arguments, "good.md"), "<&- >&- 2>&-").returncode == 2
    done = redirected(tmp_path, (*arguments, "-o", "report", "."), "<&- >&-")
    assert done.returncode == 1
    assert len(json.loads((tmp_path / "report").read_text())) == 1
    done = redirected(tmp_path, (*arguments, "-"), "<&-")
    assert (done.returncode, done.stderr) == (2, "seedlint: standard input is closed\n")
    for help_text in ("--help", "--version"):
        assert redirected(tmp_path, (help_text,), ">&-").returncode in (0, 2)


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command line with the installed command as `$0`."""
    done = subprocess.run(
        ["/bin/sh", "-c", command, EXECUTABLE],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "Exception ignored" not in done.stderr, done.stderr
    return done


@pytest.mark.slow
@G14
def test_the_same_bytes_for_every_number_of_jobs(tmp_path: Path) -> None:
    seeds = (
        CLEAN_SEED,
        WRONG_SEED,
        b"no front matter",
        b"---\nname: [\n---\n",
        b"---\n1: a\n1: b\n---\n",
    )
    lay(tmp_path, {f"{number % 7}/{number:03}.md": seeds[number % 5] for number in range(350)})
    for output_format in ("full", "concise", "json"):
        outputs = {
            (ran.code, ran.out, ran.err)
            for jobs in (1, 2, 8)
            for ran in [
                run(
                    tmp_path,
                    "check",
                    *CONTRACT,
                    "--output-format",
                    output_format,
                    "-j",
                    f"{jobs}",
                    ".",
                )
            ]
        }
        assert len(outputs) == 1
        ((code, out, _),) = outputs
        assert code == 1
        assert out
        if output_format == "concise":
            assert list(places(out, "concise")) == sorted(places(out, "concise"))


@G15
def test_fixing_twice(tmp_path: Path) -> None:
    """The second run changes nothing. tests/cli/test_fix.py has fixes in conflict."""
    fixable_tree(tmp_path, 3)
    assert run(tmp_path, *FIX).code == 0
    before = snapshot(tmp_path)
    ran = run(tmp_path, *FIX)
    assert (ran.code, ran.err) == (0, "OK: 3 seeds checked against case.schema.json\n")
    assert snapshot(tmp_path) == before
