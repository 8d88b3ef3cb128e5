"""Which findings a baseline holds, and which entries it needs no more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cpu import HANGING
from seedlint.baseline import (
    Entries,
    Entry,
    changes,
    compare,
    entry_of,
    lines_of,
    read_baseline,
    updated,
)
from seedlint.diagnostic import Diagnostic, Region
from seedlint.errors import ConfigError
from seedlint.severity import Severity
from seedlint.text.span import Position


def finding(path: str, line: int, pointer: str = "/a/0", subject: str = "x") -> Diagnostic:
    region = Region(path, Position(line, 1), Position(line, 2))
    return Diagnostic(region, "SCH003", "n", Severity.ERROR, "m", pointer, subject=subject)


def found(*diagnostics: Diagnostic) -> list[tuple[Entry, Diagnostic]]:
    return [(entry_of(each, each.path, None), each) for each in diagnostics]


def entries(*diagnostics: Diagnostic) -> Entries:
    return Counter(entry for entry, _ in found(*diagnostics))


def test_moved_lines_and_items_are_held() -> None:
    before = entries(finding("a.md", 3, "/related/0/url"))
    after = finding("a.md", 30, "/related/7/url")
    result = compare(found(after), before, lambda path: True, lambda path: True)
    assert result == ([], 1, Counter())


@pytest.mark.parametrize(
    "after",
    [
        finding("a.md", 3, subject="y"),
        finding("a.md", 3, "/b/0"),
        finding("a.md", 3)._replace(code="SCH004"),
    ],
)
def test_another_finding_is_new_and_the_entry_stale(after: Diagnostic) -> None:
    before = entries(finding("a.md", 3))
    result = compare(found(after), before, lambda path: True, lambda path: True)
    assert result == ([after], 0, before)


def test_an_entry_holds_as_many_as_it_counts() -> None:
    before = entries(finding("a.md", 3), finding("a.md", 4))
    three = [finding("a.md", line) for line in (5, 6, 7)]
    result = compare(found(*three), before, lambda path: True, lambda path: True)
    assert result == ([three[2]], 2, Counter())


def test_a_renamed_seed_is_held_by_counts() -> None:
    before = entries(*[finding("old.md", line) for line in range(6)])
    after = [finding("new.md", line) for line in range(7)]
    result = compare(found(*after), before, lambda path: path == "new.md", lambda path: True)
    assert result == ([after[6]], 6, Counter())


def test_a_copied_seed_is_new() -> None:
    before = entries(finding("old.md", 1))
    after = [finding("new.md", 1), finding("old.md", 1)]
    result = compare(found(*after), before, lambda path: True, lambda path: True)
    assert result == ([after[0]], 1, Counter())


def test_a_seed_with_entries_is_not_a_renamed_one() -> None:
    before = entries(finding("old.md", 1), finding("kept.md", 1, "/b"))
    after = [finding("kept.md", 1), finding("kept.md", 1, "/b")]
    result = compare(found(*after), before, lambda path: path == "kept.md", lambda path: True)
    assert result == ([after[0]], 1, entries(finding("old.md", 1)))


def test_a_part_of_the_seeds_says_nothing_of_the_others() -> None:
    before = entries(finding("a.md", 1), finding("b.md", 1))
    result = compare([], before, lambda path: True, lambda entry: entry.path == "a.md")
    assert result.stale == entries(finding("a.md", 1))
    left = updated([], before, lambda entry: entry.path == "a.md")
    assert left == entries(finding("b.md", 1))
    assert updated([], before, lambda entry: True) == Counter()


def test_a_seed_that_cannot_be_read_is_held_by_its_bytes() -> None:
    broken = finding("a.md", 1)
    before = Counter([entry_of(broken, "a.md", b"one")])
    assert entry_of(broken, "a.md", b"one") in before
    assert entry_of(broken, "a.md", b"two") not in before


def test_a_count_costs_nothing() -> None:
    entry = entry_of(finding("old.md", 1), "old.md", None)
    before = Counter({entry: 10**12})
    result = compare(
        found(finding("new.md", 1)), before, lambda path: path == "new.md", lambda path: True
    )
    assert result == ([], 1, Counter({entry: 10**12 - 1}))


def test_changes_are_counted() -> None:
    before = entries(finding("a.md", 1), finding("a.md", 2), finding("b.md", 1))
    after = entries(finding("a.md", 1), finding("c.md", 1), finding("d.md", 1))
    assert changes(before, after) == (2, 2)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    held = entries(
        finding("b.md", 1), finding("b.md", 2), finding("a\udcff.md", 1, subject="é\n\ud800")
    )
    file = tmp_path / "baseline.json"
    text = "\n".join(lines_of(held)) + "\n"
    file.write_text(text)
    assert read_baseline(str(file)) == held
    assert len(text.splitlines()) == 4
    assert text.splitlines()[1:3] == sorted(text.splitlines()[1:3])
    assert list(lines_of(Counter())) == ['{"version": 1, "findings": [', "]}"]


GOOD = {"path": "a.md", "code": "SCH003", "at": "", "about": "0" * 16, "count": 1}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("<<<<<<< ours", "it is not JSON"),
        ("[]", "this is not a baseline"),
        ('{"version": 1, "findings": {}}', "this is not a baseline"),
        ('{"version": 2, "findings": []}', "this version"),
        *(
            (json.dumps({"version": 1, "findings": [GOOD, each]}), "entry 2 ")
            for each in (
                None,
                {},
                {**GOOD, "count": 0},
                {**GOOD, "count": True},
                {**GOOD, "path": 1},
                {**GOOD, "line": 1},
            )
        ),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(content)
    with pytest.raises(ConfigError, match=reason):
        read_baseline(str(file))


def test_a_baseline_that_is_missing_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--update-baseline creates it"):
        read_baseline(str(tmp_path / "none.json"))
    with pytest.raises(ConfigError, match="cannot read the baseline"):
        read_baseline(str(tmp_path))


@pytest.mark.parametrize("count", [0, -1, 10**9 + 1, 10**4000])
def test_how_often_a_finding_is_there_is_bounded(tmp_path: Path, count: int) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(json.dumps({"version": 1, "findings": [{**GOOD, "count": count}]}))
    with pytest.raises(ConfigError, match="entry 1 of the baseline is not valid"):
        read_baseline(str(file))


def test_no_baseline_is_written_that_could_not_be_read() -> None:
    entry = Entry("a" * 1_000_000, "SCH003", "", "")
    with pytest.raises(ConfigError, match="a baseline of more than"):
        list(lines_of(Counter(entry._replace(at=str(number)) for number in range(30))))


@pytest.mark.slow
def test_a_large_file_that_is_no_baseline_takes_bounded_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    file = tmp_path / "baseline.json"
    file.write_text("[" + "[[[[]]]]," * (20 * 1024 * 1024 // 9 - 1) + "0]")
    code = (
        "import resource, sys; from seedlint.baseline import read_baseline\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1200 << 20, 1200 << 20))\n"
        "read_baseline(sys.argv[1])"
    )
    command = [sys.executable, "-c", code, str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANGING)
    assert ran.stderr.endswith(": this is not a baseline\n")
