"""The cache of results: what it holds is used, is never stale, and changes nothing but the time."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import seedlint.run
from command import Result
from command import seedlint as run_seedlint
from seedlint import discover, full_path, result
from seedlint.cache import results
from seedlint.discover import find_targets
from seedlint.ignore_at import IgnoredAt
from seedlint.outcome import Outcome
from seedlint.run import run
from seedlint.schema.bundled import bundled_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from trees import lay_tree, seed


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a tree of seeds that were changed long ago, as far as anyone knows."""
    folder = tmp_path / "tree"
    lay_tree(folder)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(result, "_RACY_NS", 0)
    return folder


@pytest.fixture
def settings(tmp_path: Path, tree: Path) -> Settings:
    return Settings(root=tree, use_cache=True, cache_dir=str(tmp_path / "cache"))


def look(settings: Settings, *paths: str, jobs: int = 0, is_whole_corpus: bool = True) -> Outcome:
    return run(find_targets(paths, settings).files, settings, jobs, is_whole_corpus=is_whole_corpus)


def without(settings: Settings, *paths: str, is_whole_corpus: bool = True) -> Outcome:
    return look(settings._replace(use_cache=False), *paths, is_whole_corpus=is_whole_corpus)


def records(settings: Settings) -> dict[str, bytes]:
    (path,) = Path(str(settings.cache_dir)).glob("*.sqlite3")
    with sqlite3.connect(path) as database:
        found = dict(database.execute("SELECT path, record FROM seed"))
    database.close()
    return found


def refuse(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    def refused(*arguments: Any, **options: Any) -> None:
        raise AssertionError(f"{name} was called")

    monkeypatch.setattr(module, name, refused)


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_second_run_reads_nothing_and_says_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    first = look(settings, jobs=jobs)
    assert {each.code for each in first.diagnostics} == {"SCH004", "FM010", "YML004"}
    assert (first.seeds, first.unchecked) == (113, 1)
    refuse(monkeypatch, discover, "_read")
    assert look(settings, jobs=jobs) == first == without_reading_back(settings, monkeypatch)


def without_reading_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.undo()
    os.chdir(settings.root)
    return without(settings)


def test_the_same_bytes_are_not_checked_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh checkout, a branch and back: new times, known content."""
    first = look(settings)
    for path in Path().rglob("*.md"):
        os.utime(path)
    refuse(monkeypatch, full_path, "check_each")
    assert look(settings) == first
    refuse(monkeypatch, discover, "_read")
    assert look(settings) == first


def test_a_change_that_leaves_size_and_time(settings: Settings) -> None:
    look(settings)
    path = Path("0/0003.md")
    before = path.stat()
    path.write_text(seed(3).replace("type: article", "type: aritcle"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert [each.path for each in look(settings).diagnostics if each.code == "SCH004"] == [
        "0/0003.md",
        "wrong.md",
    ]


def test_a_file_that_was_changed_a_moment_ago_may_change_once_more(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("a")
    status = path.stat()
    assert result.identify(b"a", status).stat_key != result.stat_key_of(status)
    (hour,) = {3600 * 10**9}
    os.utime(path, ns=(0, time.time_ns() - hour))
    # The time of the change of times is not to be had.
    assert result.identify(b"a", path.stat()).stat_key != result.stat_key_of(path.stat())


OTHER_SETTINGS: list[Callable[[Settings], Settings]] = [
    lambda settings: settings._replace(ignore=("SCH",)),
    lambda settings: settings._replace(select=("YML",)),
    lambda settings: settings._replace(severity=(("SCH005", Severity.INFO),)),
    lambda settings: settings._replace(per_file_ignores=(("w*.md", ("SCH",)),)),
    lambda settings: settings._replace(ignore_at=(IgnoredAt("/**", "SCH"),)),
    lambda settings: settings._replace(limits=settings.limits._replace(front_matter_bytes=20)),
    lambda settings: settings._replace(suppressions=False),
    lambda settings: settings._replace(target="hugo"),
    lambda settings: settings._replace(schema=Path("contract.schema.json")),
    lambda settings: settings._replace(exclude=("wrong.md",)),
    lambda settings: settings._replace(fail_on=Severity.WARNING),
]


@pytest.mark.parametrize("other", OTHER_SETTINGS, ids=range(len(OTHER_SETTINGS)))
def test_other_settings_have_verdicts_of_their_own(
    settings: Settings, other: Callable[[Settings], Settings]
) -> None:
    Path("contract.schema.json").write_text('{"required": ["colour"]}')
    first = look(settings)
    changed = other(settings)
    for _ in range(2):
        assert look(changed) == without(changed)
    assert look(settings) == first


def test_a_contract_that_changes(settings: Settings) -> None:
    changed = settings._replace(schema=Path("contract.schema.json"))
    part = Path("part.schema.json")
    part.write_text('{"const": "news"}')
    Path("contract.schema.json").write_text(
        '{"properties": {"category": {"$ref": "part.schema.json"}}}'
    )
    assert "SCH005" not in {each.code for each in look(changed).diagnostics}
    part.write_text('{"const": "olds"}')
    assert "SCH005" in {each.code for each in look(changed).diagnostics}


def test_all_code_of_the_program_counts() -> None:
    package = Path(seedlint.__file__).parent
    known = {Path(path) for path, _, _ in results.code_fingerprint()}
    assert {*package.rglob("*.py")} <= known


def test_a_program_that_changes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = look(settings)
    monkeypatch.setattr(results, "code_fingerprint", lambda: [("seedlint", 1, 1)])
    calls = []
    read = discover._read
    monkeypatch.setattr(discover, "_read", lambda *given: calls.append(1) or read(*given))
    assert look(settings) == first
    assert len(calls) > 110


@pytest.mark.parametrize("jobs", [0, 2])
def test_suppressed_findings_are_counted_every_time(
    settings: Settings, tree: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """By comments, by settings, beside findings that are not, and those between seeds."""
    wrong = "type: aritcle # seedlint: ignore[SCH004]"
    for number in range(40):
        text = seed(number).replace("type: article", wrong)
        (tree / f"{number % 3}/{number:04}.md").write_text(text)
    (tree / "wrong.md").write_text(seed(5000).replace("type: article", f"{wrong}\nx: 1"))
    (tree / "twin.md").write_text(seed(100))
    chosen = settings._replace(per_file_ignores=(("broken.md", ("FM",)), ("twin.md", ("ALL",))))
    first = look(chosen, jobs=jobs)
    assert (first.suppressed, first.unchecked) == (40 + 1 + 2, 1)
    assert {each.path for each in first.diagnostics} == {"broken.md", "doubtful.md", "wrong.md"}
    refuse(monkeypatch, full_path, "check_target")
    assert look(chosen, jobs=jobs) == first
    for path in Path().rglob("*.md"):
        os.utime(path)
    assert look(chosen, jobs=jobs) == first


def test_verdicts_of_the_moment_are_not_kept(settings: Settings, tree: Path) -> None:
    (tree / "link.md").symlink_to("wrong.md")
    for _ in range(2):
        assert "SEED007" in {each.code for each in look(settings).diagnostics}
    assert "link.md" not in records(settings)
    assert {"wrong.md", "broken.md", "doubtful.md", "0/0000.md"} <= records(settings).keys()


def test_a_name_that_is_no_text(settings: Settings, tree: Path) -> None:
    name = os.fsdecode(b"\xff.md")
    (tree / name).write_text(seed(7000).replace("type: article", "type: aritcle"))
    for _ in range(2):
        assert name in {each.path for each in look(settings).diagnostics}
    assert len(records(settings)) == 113


def test_what_is_gone_is_forgotten(settings: Settings, tree: Path) -> None:
    look(settings)
    (tree / "0/0000.md").unlink()
    (tree / "1/0001.md").write_text(seed(8000))
    look(settings)
    assert "0/0000.md" not in records(settings)
    # Files that were not asked for this time are still there.
    (tree / "wrong.md").write_text(seed(8001))
    look(settings, "0", "1", "2", "wrong.md")
    assert "broken.md" in records(settings)


def test_a_tree_is_remembered_under_a_few_contracts_only(settings: Settings) -> None:
    for number in range(results._RUNS + 3):
        look(settings._replace(ignore=("SCH", f"URL00{number % 10}", f"YML00{number % 7 + 1}")))
    rows = len(records(settings))
    (path,) = Path(str(settings.cache_dir)).glob("*.sqlite3")
    database = sqlite3.connect(path)
    ((runs,),) = database.execute("SELECT count(*) FROM run")
    ((seeds,),) = database.execute("SELECT count(*) FROM seed")
    database.close()
    assert (runs, seeds, rows) == (results._RUNS, results._RUNS * 113, 113)


# They choose files, or say what is done with findings: they change none in a file. Of the contract
# the text is in the key.
NOT_IN_THE_KEY = {
    *("schema", "formats_unchecked", "root", "config", "include", "exclude", "respect_gitignore"),
    *("fail_on", "fixable", "unfixable", "extend_safe_fixes", "baseline", "use_cache", "cache_dir"),
    *("collections", "unmatched", "compare_across"),
}


@pytest.mark.parametrize("name", Settings._fields)
def test_a_setting_that_changes_findings_is_in_the_key(name: str) -> None:
    value = (IgnoredAt("/n", "SCH"),) if name == "ignore_at" else ("another",)
    changed = results._run_key("", Settings()._replace(**{name: value}), ())
    assert (changed == results._run_key("", Settings(), ())) == (name in NOT_IN_THE_KEY), (
        "a setting is in `_run_key` of cache/results.py or makes no difference to a file"
    )


def test_a_few_files_need_no_cache(settings: Settings) -> None:
    look(settings, "wrong.md")
    assert not Path(str(settings.cache_dir)).exists()


def test_where_people_stand_makes_no_difference(
    settings: Settings, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(settings)
    monkeypatch.chdir(tree / "0")
    refuse(monkeypatch, full_path, "check_each")
    assert {each.path for each in look(settings, "..").diagnostics} == {
        "../broken.md",
        "../doubtful.md",
        "../wrong.md",
    }


def test_a_contract_that_changes_during_the_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one contract says must not be kept as the word of the other."""
    changed = settings._replace(schema=Path("contract.schema.json"))
    strict, lenient = '{"required": ["colour"]}', "{}"
    Path("contract.schema.json").write_text(strict)
    look(changed, "wrong.md")
    check_each = seedlint.run.check_each

    def outrun(*arguments: Any) -> Any:
        yield from check_each(*arguments)
        Path("contract.schema.json").write_text(lenient)

    monkeypatch.setattr(seedlint.run, "check_each", outrun)
    found = look(changed)
    monkeypatch.undo()
    os.chdir(settings.root)
    Path("contract.schema.json").write_text(strict)
    assert look(changed) == without(changed) == found


def test_another_run_begins_anew(settings: Settings) -> None:
    """The records of other settings must not be read as one's own, whatever number they have."""
    first = look(settings)
    (path,) = Path(str(settings.cache_dir)).glob("*.sqlite3")
    seeds = find_targets([], settings).files
    text = bundled_schema()
    contract = Path(text).read_text()
    mine = results.ResultCache(str(settings.cache_dir), contract, settings)
    assert len(mine.look_up(range(len(seeds)), seeds).unknown) == 0
    path.unlink()
    look(settings._replace(ignore=("SCH",)))
    assert len(mine.look_up(range(len(seeds)), seeds).unknown) == len(seeds)
    assert look(settings) == first


def test_a_full_disk_costs_nothing_that_is_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(settings)
    before = records(settings)
    inserts = results.ResultCache._insert

    def full(*arguments: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(results.ResultCache, "_insert", full)
    Path("wrong.md").write_text(seed(8001))
    assert look(settings).warnings == [
        "results of this run are not cached: the cache cannot be written: database or disk is full"
    ]
    assert records(settings) == before
    monkeypatch.setattr(results.ResultCache, "_insert", inserts)
    assert look(settings).warnings == []


@pytest.mark.parametrize("path", [b"blob", 7, 1.5])
def test_a_path_that_is_no_text(settings: Settings, path: object) -> None:
    first = look(settings)
    (file,) = Path(str(settings.cache_dir)).glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE seed SET path = ? WHERE path = '0/0000.md'", (path,))
    database.close()
    for _ in range(2):
        assert look(settings) == first


def test_per_file_ignores_across_seeds_wherever_people_stand(
    settings: Settings, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "0/0000.md").write_text(seed(50))
    chosen = settings._replace(per_file_ignores=(("2/*.md", ("DUP",)),))
    monkeypatch.chdir(tree / "2")
    assert not {each.code for each in look(chosen, "..").diagnostics} & {"DUP001", "DUP002"}


# One seed, and all others it could repeat.


def test_one_seed_against_all_others(
    settings: Settings, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "0/0000.md").write_text(seed(50))
    (tree / "README.md").write_text("# No seed\n")
    (tree / "link.md").symlink_to("README.md")
    found = look(settings, "0/0000.md", is_whole_corpus=False)
    # The other one is later by name, and yet this one is asked about.
    assert [(each.path, each.code) for each in found.diagnostics] == [
        ("0/0000.md", "DUP002"),
        ("0/0000.md", "DUP001"),
    ]
    assert {each.labels[0].region.path for each in found.diagnostics} == {"2/0050.md"}
    assert found.seeds == 1
    assert found == without(settings, "0/0000.md", is_whole_corpus=False)
    assert look(settings, "0/0000.md").diagnostics == []
    read: list[str] = []
    reads = discover._read

    def noted(target: discover.Target, limit: int) -> Any:
        read.append(target.shown)
        return reads(target, limit)

    monkeypatch.setattr(discover, "_read", noted)
    assert look(settings, "0/0000.md", is_whole_corpus=False) == found
    assert set(read) <= {"0/0000.md", "2/0050.md", "README.md", "link.md"}


def test_what_others_share_is_not_this_seeds_fault(settings: Settings, tree: Path) -> None:
    (tree / "0/0000.md").write_text(seed(50))
    assert look(settings, "1/0001.md", is_whole_corpus=False).diagnostics == []
    assert {each.path for each in look(settings).diagnostics if each.code == "DUP001"} == {
        "2/0050.md"
    }


def test_rules_that_are_not_selected_compare_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedlint.run.find_context_files", None)
    chosen = settings._replace(ignore=("DUP",))
    assert look(chosen, "0/0000.md", is_whole_corpus=False).diagnostics == []


# The command.


def command(tree: Path, *arguments: str, **env: str) -> Result:
    return run_seedlint("check", *arguments, cwd=tree, env=env)


@pytest.fixture
def real(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    lay_tree(folder)
    return folder


@pytest.mark.slow
def test_every_format_says_the_same(real: Path, tmp_path: Path) -> None:
    time.sleep(2.1)
    for output_format in ("full", "concise", "json"):
        options = ("--output-format", output_format, ".")
        wanted = command(real, "--no-cache", *options)
        assert wanted.code == 1
        for _ in range(2):
            assert command(real, "--cache-dir", str(tmp_path / "cache"), *options) == wanted
    mode = stat.S_IMODE((tmp_path / "cache").stat().st_mode)
    assert mode == 0o700
    tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_where_it_is(real: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    command(real, HOME=str(folder), XDG_CACHE_HOME=str(folder / "xdg"))
    command(real, HOME=str(folder), SEEDLINT_CACHE_DIR=str(folder / "own"))
    command(real, "-n", HOME=str(folder), SEEDLINT_CACHE_DIR=str(folder / "never"))
    command(real, HOME=str(folder), SEEDLINT_CACHE_DIR=str(folder / "no"), SEEDLINT_NO_CACHE="1")
    assert {path.name for path in folder.iterdir()} >= {"own"}
    assert not {"never", "no"} & {path.name for path in folder.iterdir()}
    assert len(list(folder.rglob("*.sqlite3"))) == 2


def test_in_ci_only_when_asked_for(real: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    env = {"CI": "true", "HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    command(real, **env)
    assert not folder.exists()
    command(real, "--cache-dir", str(tmp_path / "asked"), **env)
    assert list((tmp_path / "asked").glob("*.sqlite3"))


def test_a_seed_on_standard_input_is_compared_too(real: Path) -> None:
    (real / "seedlint.toml").write_text("")
    done = run_seedlint(
        *("check", "--stdin-filename", "0/0000.md", "--output-format", "json", "-"),
        cwd=real,
        stdin=seed(50).encode(),
    )
    assert [each["code"] for each in done.findings] == ["DUP002", "DUP001"]
    own = run_seedlint(
        "check", "--stdin-filename", "2/0050.md", "-", cwd=real, stdin=seed(50).encode()
    )
    assert own.code == 0, own.out
