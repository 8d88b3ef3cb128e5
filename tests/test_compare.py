"""What several seeds share: a comparison that fails is a finding, one that nobody wants is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import seedlint.run
from command import seedlint as run_seedlint
from seedlint import full_path, result
from seedlint.check import Checker
from seedlint.discover import Files, Target, find_targets
from seedlint.document.limits import Limits
from seedlint.fingerprints import Fingerprints
from seedlint.outcome import Outcome
from seedlint.result import FileResult
from seedlint.run import open_schema, run
from seedlint.settings import Settings
from seedlint.severity import Severity
from trees import lay_tree, seed

TWINS = ("a.md", "b.md", "c.md")


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: three seeds that say the same, and one that does not."""
    for name in TWINS:
        (tmp_path / name).write_text(seed(1))
    (tmp_path / "d.md").write_text(seed(2))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in outcome.diagnostics]


DUPLICATES = [(path, code) for path in TWINS[1:] for code in ("DUP002", "DUP001")]


def check(*paths: str, **options: Any) -> Outcome:
    return run(find_targets(paths, Settings()).files, Settings(), **options)


def after_the_seeds_are_checked(change: Callable[[], object], monkeypatch: Any) -> None:
    """Let something happen between the checks of single seeds and the comparison."""
    check_each = seedlint.run.check_each

    def outrun(*arguments: Any) -> Any:
        yield from check_each(*arguments)
        change()

    monkeypatch.setattr(seedlint.run, "check_each", outrun)


def replace_by_link() -> None:
    os.unlink("b.md")
    os.symlink("a.md", "b.md")


CHANGES: list[tuple[Callable[[], object], str]] = [
    (lambda: os.unlink("b.md"), "no such file or directory"),
    (replace_by_link, "it is a symbolic link"),
    (lambda: Path("b.md").write_text(seed(3)), "it was changed during the run"),
    (lambda: Path("b.md").write_text("---\na: b: c\n---\n"), "it was changed during the run"),
    (lambda: Path("b.md").write_text(""), "it was changed during the run"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=range(len(CHANGES)))
def test_a_seed_that_cannot_be_read_again(
    change: Callable[[], object], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(check()) == DUPLICATES
    after_the_seeds_are_checked(change, monkeypatch)
    outcome = check()
    assert found(outcome) == [("b.md", "SEED007"), ("c.md", "DUP002"), ("c.md", "DUP001")]
    assert outcome.diagnostics[0].message == f"cannot be checked: {reason}"
    assert (outcome.unchecked, outcome.exit_code(Severity.ERROR)) == (1, 1)


@pytest.mark.parametrize(("change", "reason"), CHANGES, ids=range(len(CHANGES)))
def test_another_seed_that_cannot_be_read_again(
    change: Callable[[], object], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.unlink("a.md")
    after_the_seeds_are_checked(change, monkeypatch)
    outcome = check("c.md", "d.md", is_whole_corpus=False)
    assert found(outcome) == [("c.md", "SEED007")]
    assert outcome.diagnostics[0].message == (
        "cannot be checked: another seed that may have the same link or title cannot be: "
        f"`b.md`: {reason}"
    )
    assert outcome.exit_code(Severity.ERROR) == 1


def test_a_change_of_what_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> None:
        Path("b.md").write_text("---\n# One line more.\n" + seed(1).removeprefix("---\n"))

    before = check()
    after_the_seeds_are_checked(change, monkeypatch)
    outcome = check()
    assert found(outcome) == DUPLICATES
    lines = [each.region.start.line for each in before.diagnostics if each.path == "b.md"]
    assert [each.region.start.line for each in outcome.diagnostics if each.path == "b.md"] == [
        line + 1 for line in lines
    ]


def long_seed(number: int, length: int = 20_000) -> str:
    items = ", ".join(map(str, range(length)))
    # An anchor is nothing for the line reader.
    return f"---\ntitle: The same\nn: &a {number}\nitems: [{items}]\n---\n"


def compare(names: list[str], others: int, settings: Settings) -> list[FileResult]:
    """What comes of the comparison when each seed has been checked in time."""
    seeds = Files(Target(name, name) for name in names)
    checker = Checker(open_schema(settings), settings._replace(limits=Limits()))
    noted = Fingerprints()
    for number, checked in enumerate(full_path.check_each(seeds, checker, 0)):
        assert checked.validated
        noted.add(number, checked.fingerprints)
    hurried = Checker(open_schema(settings), settings)
    return list(
        full_path.compare(seeds, noted.of(noted.candidates(others)), others, lambda path: hurried)
    )


@pytest.fixture
def titles(tree: Path) -> Settings:
    (tree / "s.json").write_text('{"x-seedlint": {"unique-across": {"titles": ["title"]}}}')
    return Settings(schema=tree / "s.json")


def described(result: FileResult) -> tuple[object, ...]:
    return (result.path, result.validated, *(each.code for each in result.diagnostics))


@pytest.mark.usefixtures("no_gc_callbacks")
def test_a_seed_that_takes_too_long_to_compare(titles: Settings, tree: Path) -> None:
    (tree / "a.md").write_text(long_seed(1))
    (tree / "b.md").write_text("---\ntitle: The same\n---\n")
    (tree / "c.md").write_text("---\ntitle: The same\n---\n")
    names = ["a.md", "b.md", "c.md"]
    results = compare(names, 0, titles)
    assert [each.path for each in results] == ["b.md", "c.md"]
    hurried = titles._replace(limits=Limits(seconds=0.01))  # type: ignore[arg-type]
    results = compare(names, 0, hurried)
    assert [described(each) for each in results] == [
        ("c.md", True, "DUP002"),
        ("a.md", False, "SEED006"),
    ]
    # Two seeds may repeat the other one; that one of them repeats the second is certain.
    results = compare(names, 1, hurried)
    assert [described(each) for each in results] == [
        ("c.md", True, "DUP002"),
        ("b.md", False, "SEED007"),
        ("c.md", False, "SEED007"),
    ]
    assert results[1].diagnostics[0].message.endswith("`a.md`: it was not read within 0.01 s")


def test_another_seed_that_was_given_up(tree: Path) -> None:
    """What it says is not known, so nobody can tell whether the one that was named repeats it."""
    (tree / "s.json").write_text(
        '{"properties": {"x": {"pattern": "^(a|a)*b$"}},'
        '"x-seedlint": {"unique-across": {"titles": ["title"]}}}'
    )
    (tree / "slow.md").write_text(f"---\ntitle: T\nx: {'a' * 60}\n---\n")
    (tree / "seedlint.toml").write_text('schema = "s.json"\n[limits]\nseconds = 1\n')
    done = run_seedlint("check", "--no-cache", "d.md", cwd=tree)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "warning: nothing is compared with slow.md: not checked within 1 s, so it was given up",
        "no findings in 1 seed checked against s.json; 1 other seed could not be compared with",
    ]


def test_what_is_kept_of_documents_is_bounded(
    titles: Settings, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"x{number:02}.md" for number in range(12)]
    for number, name in enumerate(names):
        (tree / name).write_text(long_seed(number, 1000))
    kept: list[list[int]] = []

    class Watched(full_path._Reader):
        def __call__(self, path: str) -> Any:
            document = super().__call__(path)
            kept.append(list(map(full_path._bytes_of, self._kept.values())))
            assert self._bytes == sum(kept[-1])
            return document

    monkeypatch.setattr(full_path, "_Reader", Watched)
    wanted = compare(names, 0, titles)
    assert [each.path for each in wanted] == names[1:]
    assert max(map(len, kept)) == 12
    assert min(kept[-1]) > 1000 * full_path._EVENT_BYTES
    # However little may be kept, the two that are compared are.
    for most, count in ((5 * max(kept[-1]), 5), (1, 2)):
        kept.clear()
        monkeypatch.setattr(full_path, "_KEPT_BYTES", most)
        assert compare(names, 0, titles) == wanted
        assert max(map(len, kept)) == count


# Rules that are not selected cost nothing.

_COUNTS = """
import os, sys
opened = []
def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".md"):
        opened.append(arguments[0])
normalized = []
watched = ("normalize_title", "normalize_link", "collect_facts")
def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_name in watched:
        normalized.append(frame.f_code.co_name)
sys.addaudithook(note)
from seedlint.cli.main import run_command
sys.setprofile(profile)
code = run_command(sys.argv[1:])
sys.setprofile(None)
sys.stdout.flush()
print(code, len(normalized), *sorted(opened))
"""


def counts(*arguments: str) -> tuple[int, int, list[str]]:
    """Exit code, how many facts were computed, and which seeds were opened."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNTS, "check", "--no-cache", "--quiet", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    code, normalized, *opened = done.stdout.splitlines()[-1].split(" ")
    return int(code), int(normalized), opened


@pytest.mark.parametrize(
    "options", [("--ignore", "DUP"), ("--select", "SCH,URL"), ("--ignore", "DUP001,DUP002")]
)
def test_nothing_is_compared_if_no_rule_would_say_so(options: tuple[str, ...]) -> None:
    Path("seedlint.toml").touch()
    everything = ["a.md", "b.md", "c.md", "d.md"]
    # The facts of the two kinds of seeds; those of the same text are remembered.
    assert counts("d.md") == (0, 4, everything)
    assert counts(*options, "d.md") == (0, 0, ["d.md"])
    # Where all are named those that say the same are read once more, to be compared, ...
    code, normalized, opened = counts()
    assert (code, sorted(set(opened))) == (1, everything)
    assert normalized > 4
    assert len(opened) > 4
    # ... or not.
    assert counts(*options) == (0, 0, everything)


def test_only_the_facts_that_are_compared_are_computed() -> None:
    Path("seedlint.toml").touch()
    assert counts("d.md")[1] == 4
    assert counts("--ignore", "DUP002", "d.md")[1] == 2


def test_what_was_learned_without_comparing_is_not_used_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tree"
    lay_tree(folder)
    (folder / "0" / "0000.md").write_text(seed(50))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(result, "_RACY_NS", 0)
    whole = Settings(root=folder, use_cache=True, cache_dir=str(tmp_path / "index"))
    for settings in (
        whole._replace(ignore=("DUP",)),
        whole,
        whole._replace(select=("SCH",)),
        whole,
    ):
        for _ in range(2):
            codes = {code for _, code in found(run(find_targets([], settings).files, settings))}
            assert ({"DUP001", "DUP002"} <= codes) == (settings == whole)
