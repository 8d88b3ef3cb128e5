"""What is said on a terminal, and nowhere else: progress, and what to run next."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import EXECUTABLE, seedlint
from cpu import HANGING
from seedlint.cli.progress import Progress

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals here", allow_module_level=True)

import pty

SCHEMA = '{"properties": {"n": {"type": "integer"}}}'
ERASED = re.compile(r"\r +\r")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text(SCHEMA)
    (tmp_path / "seedlint.toml").write_text('schema = "s.json"\n')
    (tmp_path / "a.md").write_text("---\nn: x\n---\n")
    return tmp_path


def on_terminal(tree: Path, *arguments: str, **env: str) -> tuple[str, str]:
    """What a run writes to standard output, a pipe, and to a terminal as its standard error."""
    ours, theirs = pty.openpty()
    clean = {"PATH": os.environ["PATH"], "HOME": str(tree), "TERM": "xterm", **env}
    with subprocess.Popen(
        [EXECUTABLE, "check", "--no-cache", *arguments],
        cwd=tree,
        env=clean,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as process:
        os.close(theirs)
        shown = b"".join(_until_closed(ours)).decode()
        out, _ = process.communicate(timeout=HANGING)
    return out, shown.replace("\r\n", "\n")


def _until_closed(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            part = os.read(descriptor, 1 << 16)
        except OSError:
            part = b""
        if not part:
            os.close(descriptor)
            return
        yield part


@pytest.fixture
def slow(tree: Path) -> Path:
    """A tree that takes seconds: large seeds that only the YAML reader reads."""
    text = "---\na: [" + "[1], " * 16_000 + "]\n---\n"
    for number in range(12):
        (tree / f"{number}.md").write_text(text)
    (tree / "b.md").write_text('---\nn: "x\n---\n')
    return tree


def test_a_long_run_shows_how_far_it_is(slow: Path) -> None:
    out, shown = on_terminal(slow, "-j", "1", "--output-format", "concise")
    assert out.splitlines()[0].startswith("a.md:2:4: SCH003")
    lines = shown.split("\r")
    bars = [line for line in lines if line.startswith("[")]
    assert bars
    assert all(re.fullmatch(r"\[=* *\] \d+ of \d+ files *", bar) for bar in bars)
    # It is gone when the summary comes.
    assert ERASED.search(shown)
    rest = shown.rpartition("\r")[2]
    assert re.match(r"\d+ errors? ", rest), shown


@pytest.mark.parametrize(
    "case", ["quiet", *(pytest.param(case, marks=pytest.mark.slow) for case in ("dumb", "ci"))]
)
def test_nobody_looks_at_it(slow: Path, case: str) -> None:
    arguments = ["--quiet"] if case == "quiet" else []
    env = {"dumb": {"TERM": "dumb"}, "ci": {"CI": "true"}}.get(case, {})
    _, shown = on_terminal(slow, "-j", "1", *arguments, **env)
    assert "\r" not in shown
    assert "next: " not in shown
    assert shown.count("\n") == (0 if case == "quiet" else 1)


def test_in_a_pipe_there_is_neither(slow: Path) -> None:
    done = seedlint("check", "--no-cache", "-j", "1", cwd=slow)
    assert "\r" not in done.err + done.out
    assert "next: " not in done.err


def test_a_short_run_shows_nothing(tree: Path) -> None:
    _, shown = on_terminal(tree)
    assert "\r" not in shown


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_line_is_written_over_and_erased() -> None:
    clock, stream = Clock(), io.StringIO()
    with Progress(stream, clock) as progress:
        items = progress(iter(range(2000)), 2000)
        next(items)
        assert stream.getvalue() == ""
        clock.now = 1.0
        assert list(items) == list(range(1, 2000))
        # At once it is not written again.
        assert stream.getvalue() == f"\r[{' ' * 20}] 1 of 2,000 files"
        again = progress(iter("ab"), 2)
        clock.now = 2.0
        assert list(again) == ["a", "b"]
        assert stream.getvalue().split("\r")[-1] == f"[{' ' * 20}] 0 of 2 files    "
    assert stream.getvalue().endswith(f"\r{' ' * len('[] 0 of 2 files')}{' ' * 20}\r")


def test_it_is_erased_when_the_run_ends_early() -> None:
    clock, stream = Clock(), io.StringIO()

    def results() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Progress(stream, clock) as progress:
        list(progress((setattr(clock, "now", each) for each in results()), 2))
    assert ERASED.search(stream.getvalue())


def test_a_terminal_that_is_gone_stops_nothing() -> None:
    clock, stream = Clock(), io.StringIO()
    with Progress(stream, clock) as progress:
        clock.now = 1.0
        stream.close()
        assert list(progress(iter("ab"), 2)) == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "next: `seedlint rule SCH003` explains SCH003\n"),
        (("--output-format", "concise"), "next: `seedlint rule SCH003` explains SCH003\n"),
        (("--statistics",), "next: `--select SCH003` lists the most frequent ones\n"),
        (("--output-format", "json"), ""),
        (("-o", "report"), ""),
        (("--select", "URL"), ""),
    ],
)
def test_what_to_run_next(tree: Path, arguments: tuple[str, ...], expected: str) -> None:
    _, shown = on_terminal(tree, *arguments)
    assert shown.partition("\n")[2] == expected


def test_who_has_no_contract_is_told_how_to_get_one(tree: Path) -> None:
    advice = "next: without a schema of your own, the article contract applies; `seedlint init` "
    (tree / "bad.md").write_text("---\ntitle: Tides\n---\n")
    _, shown = on_terminal(tree, "--isolated", "bad.md")
    assert advice in shown
    schema = next(tree.glob("*.json")).name
    (tree / "bad.md").write_text("---\nn: x\n---\n")
    _, shown = on_terminal(tree, "--isolated", "--schema", schema, "bad.md")
    assert "next: `seedlint rule SCH003`" in shown


def test_what_to_run_after_many_findings(tree: Path) -> None:
    for number in range(60):
        (tree / f"{number}.md").write_text("---\nn: x\n---\n")
    _, shown = on_terminal(tree)
    assert "next: `--statistics` counts them per rule; with `--baseline FILE" in shown
    assert on_terminal(tree, "--baseline", "b.json", "--update-baseline")[1].startswith("baseline")
    (tree / "a.md").write_text("---\nn: y\n---\n")
    _, shown = on_terminal(tree, "--baseline", "b.json")
    assert shown.endswith("\nnext: `seedlint rule SCH003` explains SCH003\n")
