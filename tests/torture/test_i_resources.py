"""Group I: what a run may cost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import test_a_bytes
import test_b_fences
import test_c_yaml
from cpu import HANGING
from harness import ANYTHING, Case, Place, check_streams, places, run, seed
from live import HOSTILE, RUNAWAY, SLOW_SEED, lay, peak_kib, waits
from paths import CORPUS, needs
from test_g_faults import tiny_tree

I1 = pytest.mark.torture("I1", "the whole list as one folder, within 120 s and 2 GB")
I2 = pytest.mark.torture("I2", "peak memory on any file of 10 MB")
I3 = pytest.mark.torture("I3", "time on any file")
I4 = pytest.mark.torture("I4", "time on the real corpora")
I5 = pytest.mark.torture("I5", "many tiny files: memory and open files")

REPORT = ("--schema", "case.schema.json", "--output-format", "json")
OPTIONS = ("check", "--isolated", *REPORT)
_MIB = 1024 * 1024
# What is wrong whatever the contract says.
_OF_THE_FILE = ("FM", "YML", "SEED")


def all_cases() -> Iterator[Case]:
    """The cases of the list that are files."""
    for module in (test_a_bytes, test_b_fences, test_c_yaml):
        for value in vars(module).values():
            if isinstance(value, list):
                yield from (each for each in value if isinstance(each, Case))


@I1
@pytest.mark.slow
def test_the_whole_list_in_one_run(tmp_path: Path) -> None:
    expected: dict[str, list[Place]] = {}
    files: dict[str, bytes] = {}
    for number, case in enumerate(all_cases()):
        if case.config or case.failure:
            continue
        for name, (data, found) in case.seeds.items():
            path = f"{case.id}-{number}/{name}"
            files[path] = data
            expected[path] = [each for each in found if each[0].startswith(_OF_THE_FILE)]
        files[f"{case.id}-{number}/a-good.md"] = b"---\nname: fine\n---\n"
    for number in range(2):
        files[f"slow-{number}.md"] = SLOW_SEED
        expected[f"slow-{number}.md"] = [("SEED006", 1, 1)]
    for name, text in HOSTILE.items():
        files[f"hostile/{text.replace('/', '|')}.md"] = seed(f'name: "{name}"')
    lay(tmp_path, files, RUNAWAY)
    # Enough for all others on a busy machine.
    (tmp_path / "limits.toml").write_text("[limits]\nseconds = 20\n")
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "link.md").symlink_to("fifo.md")
    (tmp_path / "loop").symlink_to(".")
    expected["fifo.md"] = expected["link.md"] = [("SEED007", 1, 1)]
    assert len(files) > 150
    options = ("check", "--config", "limits.toml", *REPORT, "-j", "2", ".")
    ran = run(tmp_path, *options, cpu_seconds=120, memory_kib=2_000_000)
    check_streams(ran)
    assert ran.code == 1
    found = {
        path: [each for each in listed if each[0].startswith(_OF_THE_FILE)]
        for path, listed in places(ran.out, "json").items()
    }
    wrong = {
        path: (found.get(path, []), listed[:5])
        for path, listed in expected.items()
        if found.get(path, []) != listed
    }
    assert not wrong
    good = [path for path in found if path.endswith("a-good.md") or path.startswith("hostile/")]
    assert not good


BIG = {
    "scalar": lambda: b"---\na: " + b"x" * (10 * _MIB) + b"\n---\n",
    "unclosed": lambda: b"---\n" + b"a: 1\n" * (2 * _MIB),
    "blank": lambda: b"---" + b"\n" * (10 * _MIB),
    "list": lambda: b"---\na: [" + b"1," * (5 * _MIB) + b"]\n---\n",
    "keys": lambda: b"---\n" + b"".join(b"key%d: 1\n" % n for n in range(700_000)) + b"---\n",
    "anchors": lambda: b"---\n" + b"".join(b"- &a%d x\n" % n for n in range(800_000)) + b"---\n",
    "deep": lambda: b"---\n" + b"[" * (10 * _MIB) + b"\n---\n",
    "dashes": lambda: b"---\n" + b"- " * (5 * _MIB) + b"\n---\n",
    "comments": lambda: b"---\n" + b"# seedlint: ignore[SCH003]\n" * 380_000 + b"---\n",
    "quotes": lambda: b'---\na: "' + b"\\x00" * (2 * _MIB) + b'"\n---\n',
    "zero-width": lambda: b"---\na: " + "\u200b".encode() * (3 * _MIB) + b"\n---\n",
    "bad-bytes": lambda: b"---\na: " + b"\xff" * (10 * _MIB) + b"\n---\n",
    "returns": lambda: b"---\r" + b"a: 1\r" * (2 * _MIB) + b"---\r",
    "body": lambda: b"---\na: 1\n---\n" + b"# seedlint: ignore\n---\n" * 450_000,
    "utf-16": lambda: "---\na: 1\n".encode("utf-16") * 500_000,
    "link": lambda: b"---\na: 1\nname: https://" + b"a." * (5 * _MIB) + b"\n---\n",
}


@I2
@I3
@pytest.mark.parametrize("limited", [True, False], ids=["limits", "raised"])
@pytest.mark.parametrize("name", BIG)
@pytest.mark.slow
def test_one_big_file(tmp_path: Path, name: str, limited: bool) -> None:
    """With the limits as they are, and with those on size out of the way."""
    data = BIG[name]()[: 10 * _MIB]
    if not limited:
        # As much as a raised limit on size lets through and all others still have to bear.
        data = data[:_MIB] + b"\n---\n"
    lay(tmp_path, {"big.md": data}, ANYTHING)
    (tmp_path / "limits.toml").write_text(
        'schema = "case.schema.json"\n'
        + ("" if limited else "[limits]\nfront-matter-bytes = 20000000\nnodes = 200000\n")
    )
    peak, ran = peak_kib(
        tmp_path, "check", "--config", "limits.toml", "--output-format", "concise", "big.md"
    )
    assert ran.code in (0, 1)
    assert "INT" not in ran.out
    assert peak < 300 * 1024
    # The bound on a file, and the start of the command.
    assert ran.cpu < 5 + 3
    assert len(ran.out.splitlines()) <= 101


@I4
@needs(CORPUS)
def test_the_real_corpora(tmp_path: Path) -> None:
    seeds = sum(1 for _ in CORPUS.rglob("*.md"))
    ran = run(tmp_path, "check", "--isolated", "--output-format", "concise", f"{CORPUS}")
    check_streams(ran)
    assert ran.code in (0, 1)
    # Ten times what it takes: a gate against another order of growth, not a benchmark.
    assert ran.cpu < 2 + seeds / 50


@I4
@waits("a release to compare with")
def test_no_slower_than_the_last_release() -> None: ...


@I5
@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_tiny_files(tmp_path: Path, count: int) -> None:
    lay(tmp_path, {})
    tiny_tree(tmp_path, count)
    lay(tmp_path, {}, ANYTHING)
    peak, ran = peak_kib(tmp_path, *OPTIONS, "-j", "2", "tree")
    assert (ran.code, ran.out) == (0, "[]\n")
    assert f"{count:,} seeds" in ran.err
    assert peak < 300 * 1024


@I5
def test_no_open_file_is_left(tmp_path: Path) -> None:
    lay(tmp_path, {f"{number:04}.md": b"---\nname: x\n---\n" for number in range(1000)}, ANYTHING)
    for jobs in ("1", "2"):
        done = subprocess.run(
            ["/bin/sh", "-c", f"ulimit -n 24 && exec seedlint {' '.join(OPTIONS)} -j {jobs} ."],
            cwd=tmp_path,
            env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=HANGING,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
