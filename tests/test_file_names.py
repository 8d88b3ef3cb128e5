"""What rests on the name of a file, or on the day, holds on every way that a seed can take."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command import seedlint
from repositories import commit, git
from seedlint import lint_paths, lint_text, result
from seedlint.discover import find_targets
from seedlint.outcome import Outcome
from seedlint.rules.date import subject
from seedlint.run import run
from seedlint.settings import Settings
from trees import lay_contract

CONTRACT = {
    "x-seedlint": {
        "file-name": {"date": "date", "title": "title"},
        "not-after": {"today": ["date"]},
    }
}
RIGHT = "2022-07-06-high-tide.md"
SEED = "---\ntitle: High tide\ndate: 2022-07-06\n---\n"
# Read by the YAML reader.
IN_FLOW = "---\n{title: High tide, date: &d 2022-07-06, again: *d}\n---\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tree = tmp_path / "tree"
    lay_contract(tree, CONTRACT)
    monkeypatch.chdir(tree)
    return tree


@pytest.mark.parametrize("text", [SEED, IN_FLOW], ids=["lines", "yaml"])
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (RIGHT, []),
        ("20220706-high-tide.md", []),
        ("2022-07-09-high-tide.md", ["SEED010"]),
        ("2022-07-06-low-tide.md", ["SEED011"]),
        ("high-tide.md", ["SEED010"]),
        ("index.md", []),
    ],
)
def test_the_name_reaches_the_rules(folder: Path, text: str, name: str, codes: list[str]) -> None:
    path = folder / "seeds" / name
    path.write_text(text)
    assert sorted(each.code for each in lint_paths(path, schema="s.json")) == codes
    assert [each.code for each in lint_text(text, filename=name, schema="s.json")] == codes
    stdin = ("check", "--stdin-filename", f"seeds/{name}", "--output-format", "json")
    done = seedlint(*stdin, cwd=folder, stdin=text.encode())
    assert [each["code"] for each in done.findings] == codes


@pytest.mark.parametrize(
    ("options", "name", "renamed"),
    [
        ({}, "high-tide.md", "2022-07-06-high-tide.md"),
        ({}, "22-7-6-high-tide.en.md", "2022-07-06-high-tide.en.md"),
        ({}, "2022-02-30_high-tide.md", "2022-07-06-high-tide.md"),
        ({}, "12-tides.md", "2022-07-06-12-tides.md"),
        ({"title": "title"}, "tide.md", "2022-07-06-high-tide.md"),
        ({"slug": "slug"}, "tide.md", "2022-07-06-tides.md"),
        ({"form": "{slug}.{date}"}, "high-tide.md", "high-tide.2022-07-06.md"),
        ({"form": "{date}"}, "high-tide.md", "2022-07-06.md"),
    ],
)
def test_a_name_to_give_the_file(
    folder: Path, options: dict[str, str], name: str, renamed: str
) -> None:
    contract = {"x-seedlint": {"file-name": {"date": "date", **options}}}
    text = "---\ntitle: High tide\nslug: tides\ndate: 2022-07-06T10:00:00Z\n---\n"
    (folder / "s.json").write_text(json.dumps(contract))
    (finding,) = lint_text(text, filename=name, schema="s.json")
    assert finding.help == f"rename the file to `{renamed}`"
    assert lint_text(text, filename=renamed, schema="s.json") == []


def test_a_slug_that_no_file_can_have(folder: Path) -> None:
    contract = {"x-seedlint": {"file-name": {"date": "date", "slug": "slug"}}}
    text = "---\nslug: a/b\ndate: 2022-07-06\n---\n"
    (folder / "s.json").write_text(json.dumps(contract))
    (finding,) = lint_text(text, filename="tide.md", schema="s.json")
    assert finding.help == "rename the file so that its name has `2022-07-06`"


def test_text_without_a_name(folder: Path) -> None:
    assert lint_text(SEED, schema="s.json") == []
    assert seedlint("check", "-", cwd=folder, stdin=SEED.encode()).code == 0


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_renamed_seed_is_checked_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """With the cache, which knows its bytes."""
    monkeypatch.setattr(result, "_RACY_NS", 0)
    look = looks(folder, jobs)
    fill(folder)
    path = folder / "seeds" / RIGHT
    path.write_text(SEED)
    assert look().diagnostics == []
    other = path.with_name("2022-07-06-low-tide.md")
    os.rename(path, other)
    assert [(each.path, each.code) for each in look().diagnostics] == [
        (f"seeds/{other.name}", "SEED011")
    ]
    os.rename(other, path)
    assert look().diagnostics == []
    # Two seeds that trade their names.
    path.with_name("2022-07-06-low-tide.md").write_text(SEED.replace("High", "Low"))
    assert look().diagnostics == []
    os.rename(path, "x")
    os.rename(other, path)
    os.rename("x", other)
    assert [each.code for each in look().diagnostics] == ["SEED011", "SEED011"]


def fill(folder: Path) -> None:
    """So many clean seeds that there is a cache, and workers."""
    for number in range(300):
        (folder / "seeds" / f"2021-01-01-seed-{number:03}.md").write_text(
            f"---\ntitle: Seed {number:03}\ndate: 2021-01-01\n---\n"
        )


def looks(folder: Path, jobs: int) -> Callable[[], Outcome]:
    """A run over the folder; from the second one on most of it comes from the cache."""
    cache_dir = str(folder.with_name("cache"))
    settings = Settings(schema=folder / "s.json", root=folder, use_cache=True, cache_dir=cache_dir)

    def look() -> Outcome:
        outcome = run(find_targets(["seeds"], settings).files, settings, jobs)
        assert outcome.warnings == []
        return outcome

    return look


SUPPRESSED = "# seedlint: ignore[DATE002] announced\n"


@pytest.mark.parametrize("jobs", [0, 2])
@pytest.mark.parametrize(
    ("seed", "before", "after"),
    [
        ("date: 2032-05-06", ["DATE002"], []),
        # What is left of the finding is a count.
        (f"{SUPPRESSED}date: 2032-05-06", [], ["SUP001"]),
        ("{title: To come, date: 2032-05-06}", ["DATE002"], []),
        ("date: 2022-05-06", [], []),
    ],
    ids=["reported", "suppressed", "yaml", "past"],
)
def test_the_day_is_asked_in_every_run(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
    seed: str,
    before: list[str],
    after: list[str],
) -> None:
    monkeypatch.setattr(result, "_RACY_NS", 0)
    (folder / "s.json").write_text(json.dumps({"x-seedlint": {"not-after": {"today": ["date"]}}}))
    look = looks(folder, jobs)
    fill(folder)
    (folder / "seeds" / "to-come.md").write_text(f"---\n{seed}\n---\n")
    for _ in range(2):
        assert [each.code for each in look().diagnostics] == before
    assert look().suppressed == (SUPPRESSED in seed)
    monkeypatch.setattr(subject.time, "time", lambda: 1_970_000_000.0)
    for _ in range(2):
        assert [each.code for each in look().diagnostics] == after


def test_a_verdict_on_the_day_may_be_hidden_in_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contract allows a date to come or no date: nothing says so but the clean result."""
    monkeypatch.setattr(result, "_RACY_NS", 0)
    contract = {"not": {"required": ["date"], "x-seedlint": {"not-after": {"today": ["date"]}}}}
    (folder / "s.json").write_text(json.dumps(contract))
    look = looks(folder, 0)
    for number in range(150):
        (folder / "seeds" / f"{number}.md").write_text("---\ntitle: No date\n---\n")
    (folder / "seeds" / "to-come.md").write_text("---\ndate: 2032-05-06\n---\n")
    assert look().diagnostics == []
    monkeypatch.setattr(subject.time, "time", lambda: 1_970_000_000.0)
    assert [each.path for each in look().diagnostics] == ["seeds/to-come.md"]


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git")
def test_since_knows_both_names_of_a_renamed_seed(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    seeds = folder / "seeds"
    (seeds / RIGHT).write_text(SEED)
    (seeds / "2022-07-06-ebb.md").write_text(SEED)
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "branch")
    git(folder, "mv", f"seeds/{RIGHT}", "seeds/2022-07-06-flood.md")
    commit(folder)
    arguments = ("check", "--no-cache", "--output-format", "json", "--since", "main")
    found = seedlint(*arguments, cwd=folder).findings
    assert [(each["filename"], each["code"]) for each in found] == [
        ("seeds/2022-07-06-flood.md", "SEED011")
    ]


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git")
def test_what_is_staged_has_its_name(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    path = folder / "seeds" / "2022-07-06-low-tide.md"
    path.write_text(SEED)
    git(folder, "add", "--all")
    path.unlink()
    found = seedlint("check", "--staged", "--output-format", "json", cwd=folder).findings
    assert [(each["filename"], each["code"]) for each in found] == [
        ("seeds/2022-07-06-low-tide.md", "SEED011")
    ]
