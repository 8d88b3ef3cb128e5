"""Terms, slugs and lead images of several seeds, on every way that a comparison can take."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import seedlint.run
from command import seedlint as run_seedlint
from repositories import commit, git
from seedlint import comparing, discover, lint_paths, result
from seedlint.discover import find_targets
from seedlint.outcome import Outcome
from seedlint.run import run
from seedlint.settings import Settings
from trees import lay_contract

TERMS = {"x-seedlint": {"unique-across": {"spellings": ["topics", "section"]}}}


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, whose seeds were changed long ago."""
    folder = tmp_path / "tree"
    lay_contract(folder, TERMS)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(result, "_RACY_NS", 0)
    return folder


def put(name: str, yaml: str) -> Path:
    path = Path("seeds", name)
    path.write_text(f"---\n{yaml}\n---\n")
    return path


def put_usual(count: int, yaml: str = "topics: [Lighthouses, Tides]") -> None:
    for number in range(count):
        put(f"usual-{number:03}.md", yaml)


def found(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.path.removeprefix("seeds/"), each.code) for each in outcome.diagnostics]


def check(*paths: str, jobs: int = 0, **options: Any) -> Outcome:
    settings = Settings(schema=Path("s.json"), root=Path.cwd(), include=("seeds/**/*.md",))
    settings = settings._replace(**options)
    targets = find_targets(paths or ["seeds"], settings).files
    return run(targets, settings, jobs, is_whole_corpus=not paths)


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("topics: [lighthouse]", ["2:10-2:20"]),
        ("topics:\n  - Tides\n  - 'Light-Houses'", ["4:5-4:19"]),
        ('section: "Lighthuoses"', ["2:10-2:23"]),
        # One that stands twice is one seed.
        ("topics: [lighthouse, lighthouse]", ["2:10-2:20", "2:22-2:32"]),
        ("topics: &t [lighthouse]\nsection: *t", ["2:13-2:23"]),
        ("topics: [Lighthouses, 7, null, {lighthouse: lighthouse}]", []),
        ("topics: lighthouse keeper", []),
    ],
)
def test_places(yaml: str, places: list[str]) -> None:
    put_usual(5)
    put("a.md", yaml)
    regions = [each.region for each in check().diagnostics]
    assert [
        f"{each.start.line}:{each.start.column}-{each.end.line}:{each.end.column}"
        for each in regions
    ][: len(places)] == places
    assert bool(regions) == bool(places)


def test_what_is_said() -> None:
    put_usual(10)
    put("a.md", "topics: [lighthouse]")
    put("b.md", "topics: [lighthouse]")
    one, _ = check().diagnostics
    assert one.message == "`lighthouse` is in 2 seeds, and `Lighthouses` in 10 seeds"
    assert one.help == "write `Lighthouses`"
    (label,) = one.labels
    assert (label.region.path, label.region.start.line) == ("seeds/usual-000.md", 2)
    put("c.md", "topics: [lighthouse]")
    assert found(check()) == []


def test_the_most_usual_spelling_is_proposed() -> None:
    put_usual(30)
    for number in range(6):
        put(f"less-{number}.md", "topics: [lighthouses]")
    put("a.md", "topics: [Lighthouse]")
    helps = [each.help for each in check().diagnostics]
    assert helps == ["write `Lighthouses`"] * 7


def test_a_proposal_is_not_to_be_replaced_itself() -> None:
    """`organisatoin` is near `organisation` only, and that is to be `organization`."""
    put_usual(30, "topics: [organization]")
    for number in range(6):
        put(f"less-{number}.md", "topics: [organisation]")
    put("a.md", "topics: [organisatoin]")
    assert {each.help for each in check().diagnostics} == {"write `organization`"}
    assert len(check().diagnostics) == 6


@pytest.mark.parametrize("jobs", [0, 2])
def test_clean_seeds_are_cached_with_their_terms(
    tree: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    put_usual(300)
    settings = {"use_cache": True, "cache_dir": str(tree.with_name("cache")), "jobs": jobs}
    assert found(check(**settings)) == []
    read = []
    read_one = discover._read

    def spy(*arguments: Any) -> Any:
        read.append(arguments)
        return read_one(*arguments)

    monkeypatch.setattr(discover, "_read", spy)
    path = put("a.md", "topics: [lighthouse]")
    assert found(check(**settings)) == [("a.md", "DUP003")]
    assert len(read) < 10 or jobs
    path.unlink()
    assert found(check(**settings)) == []


def test_one_seed_is_compared_with_all() -> None:
    put_usual(6)
    put("a.md", "topics: [lighthouse]")
    put("b.md", "topics: [Tides]")
    assert found(check("seeds/a.md")) == [("a.md", "DUP003")]
    assert found(check("seeds/b.md")) == []
    assert found(check("seeds/usual-001.md")) == []


def test_suppressions_and_selection() -> None:
    put_usual(5)
    put("a.md", "# seedlint: ignore[DUP003] a name\ntopics: [lighthouse]")
    outcome = check()
    assert (found(outcome), outcome.suppressed) == ([], 1)
    put("a.md", "topics: [lighthouse]")
    assert found(check(ignore=("DUP003",))) == []
    outcome = check(per_file_ignores=(("seeds/a.md", ("rare-spelling",)),))
    assert (found(outcome), outcome.suppressed) == ([], 1)


def test_a_seed_that_changes_during_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    put_usual(5)
    path = put("a.md", "topics: [lighthouse]")
    compare = comparing.find_alike

    def change(counts: Any) -> Any:
        path.write_text("---\ntopics: [Sea]\n---\n")
        return compare(counts)

    monkeypatch.setattr(comparing, "find_alike", change)
    assert found(check()) == [("a.md", "SEED007")]


def test_a_seed_that_is_gone_for_two_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"spellings": ["topics"], "titles": ["title"]}
    Path("s.json").write_text(json.dumps({"x-seedlint": {"unique-across": both}}))
    put_usual(5)
    put("a.md", "title: One\ntopics: [lighthouse]")
    put("b.md", "title: One\ntopics: [lighthouse]")
    put_usual(10)
    check_each = seedlint.run.check_each

    def outrun(*arguments: Any) -> Any:
        yield from check_each(*arguments)
        Path("seeds/a.md").unlink()

    monkeypatch.setattr(seedlint.run, "check_each", outrun)
    assert found(check()) == [("a.md", "SEED007"), ("b.md", "DUP003")]


def test_a_seed_that_is_gone_for_all_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    contract = {
        "properties": {"next": {"type": "string", "x-seedlint": {"refers-to": {"key": "slug"}}}},
        "x-seedlint": {"unique-across": {"spellings": ["topics"], "titles": ["title"]}},
    }
    Path("s.json").write_text(json.dumps(contract))
    put_usual(10)
    put("a.md", "title: One\nslug: a\ntopics: [lighthouse]\nnext: c")
    put("b.md", "title: One\nslug: b\ntopics: [lighthouse]\nnext: c")
    before = [("a.md", "DUP003"), ("a.md", "REF002"), ("b.md", "DUP002"), ("b.md", "DUP003")]
    assert found(check()) == [*before, ("b.md", "REF002")]
    check_each = seedlint.run.check_each

    def outrun(*arguments: Any) -> Any:
        yield from check_each(*arguments)
        Path("seeds/a.md").unlink()

    monkeypatch.setattr(seedlint.run, "check_each", outrun)
    assert found(check()) == [("a.md", "SEED007"), ("b.md", "DUP003"), ("b.md", "REF002")]


def test_a_seed_of_very_many_terms(tree: Path) -> None:
    """The cache can count what a seed has, though it is more than 16 bits hold."""
    put_usual(120)
    put("many.md", f"topics: [{', '.join(f'term {n}' for n in range(70_000))}]")
    settings = {"use_cache": True, "cache_dir": str(tree.with_name("cache"))}
    assert check(**settings) == check(**settings)


def test_collections_are_compared_where_they_say_so(tree: Path) -> None:
    for name in ("one", "two"):
        (tree / "seeds" / name).mkdir()
    for number in range(5):
        put(f"one/{number}.md", "topics: [Lighthouses]")
    put("two/a.md", "topics: [lighthouse]")
    text = "".join(
        f'[[collections]]\nname = "{name}"\nfiles = ["seeds/{name}/*.md"]\nschema = "s.json"\n'
        "compare-across = ACROSS\n"
        for name in ("one", "two")
    )
    for across, codes in (("false", []), ("true", ["DUP003"])):
        (tree / "seedlint.toml").write_text(text.replace("ACROSS", across))
        done = run_seedlint("check", "--no-cache", "--output-format", "json", cwd=tree)
        assert [each["code"] for each in done.findings] == codes


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git")
def test_since(tree: Path) -> None:
    git(tree, "init", "--quiet", "--initial-branch=main")
    put_usual(12)
    put("old.md", "topics: [lighthouse]")
    commit(tree)
    git(tree, "checkout", "--quiet", "-b", "branch")
    put("new.md", "topics: [light-houses]")
    done = run_seedlint(
        "check", "--no-cache", "--output-format", "json", "--since", "main", cwd=tree
    )
    assert [(each["filename"], each["code"]) for each in done.findings] == [
        ("seeds/new.md", "DUP003")
    ]


SLUGS = {"x-seedlint": {"unique-across": {"slugs": ["slug"], "fileNames": True}}}


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        ("2024-05-01-tides.md", "2024-06-01-tides.md", ["DUP005"]),
        ("2024-05-01-tides.md", "tides.md", ["DUP005"]),
        ("2024-05-01-tides.md", "2024-05-01-Tides.html", ["DUP005"]),
        ("2024-05-01-tides.md", "2024-05-01-ebb.md", []),
        ("tides.en.md", "tides.de.md", []),
        ("tides.en.md", "2024-05-01-tides.en.md", ["DUP005"]),
        ("a/index.md", "b/index.md", []),
        ("a/tides.md", "b/tides.md", ["DUP005"]),
    ],
)
def test_slugs_from_names(tree: Path, one: str, other: str, codes: list[str]) -> None:
    (tree / "s.json").write_text(json.dumps(SLUGS))
    for name in (one, other):
        Path("seeds", name).parent.mkdir(exist_ok=True)
        put(name, "title: Tides")
    paths = [f"seeds/{name}" for name in (one, other)]
    assert [each.code for each in lint_paths(paths, schema="s.json")] == codes


def test_a_slug_takes_the_place_of_the_name(tree: Path) -> None:
    (tree / "s.json").write_text(json.dumps(SLUGS))
    put("2024-05-01-tides.md", "slug: ebb")
    put("2024-06-01-tides.md", "title: Tides")
    assert found(check()) == []
    put("ebb.md", "title: Ebb")
    (finding,) = check().diagnostics
    assert (finding.code, finding.path) == ("DUP005", "seeds/ebb.md")
    assert (finding.region.start, finding.region.end) == ((1, 1), (1, 4))
    (label,) = finding.labels
    assert (label.region.path, label.region.start.column) == ("seeds/2024-05-01-tides.md", 7)


def test_a_renamed_seed_has_another_slug(tree: Path) -> None:
    """With the cache, which knows its bytes."""
    (tree / "s.json").write_text(json.dumps(SLUGS))
    settings = {"use_cache": True, "cache_dir": str(tree.with_name("cache"))}
    for number in range(120):
        put(f"{number}.md", f"n: {number}")
    path = put("2024-05-01-tides.md", "title: Tides")
    put("2024-06-01-ebb.md", "title: Tides")
    assert found(check(**settings)) == []
    path.rename("seeds/2024-05-01-ebb.md")
    assert found(check(**settings)) == [("2024-06-01-ebb.md", "DUP005")]


@pytest.mark.parametrize(("seeds", "reported"), [(1, [1, 2, 3]), (3, [3]), (4, [])])
def test_lead_images(tree: Path, seeds: int, reported: list[int]) -> None:
    option = {"leadImage": {"at": ["images", 0, "url"], "seeds": seeds}}
    (tree / "s.json").write_text(json.dumps({"x-seedlint": {"unique-across": option}}))
    for number in range(4):
        put(f"{number}.md", "images:\n  - url: https://example.com/logo.png")
    put("other.md", "images:\n  - url: https://example.com/tides.jpg\n  - url: x")
    put("none.md", "images: [logo.png]")
    assert found(check()) == [(f"{number}.md", "DUP004") for number in reported]
    assert {each.region.start for each in check().diagnostics} <= {(3, 10)}


def fix(tree: Path, *options: str) -> str:
    done = run_seedlint("check", "--no-cache", "--fix", *options, cwd=tree)
    return done.err


def test_fixes(tree: Path) -> None:
    put_usual(12)
    sure = put("sure.md", "topics: [Tides, 'light-houses']  # two\nsection: LIGHTHOUSES")
    guess = put("guess.md", 'topics:\n  - Tides\n  - "Lighthouse"')
    both = put("both.md", "topics: [Lighthouses, lighthouse]")
    assert "fixed 2 findings in 1 seed" in fix(tree)
    assert sure.read_text() == (
        "---\ntopics: [Tides, 'Lighthouses']  # two\nsection: Lighthouses\n---\n"
    )
    assert "fixed 2 findings in 2 seeds" in fix(tree, "--unsafe-fixes")
    assert guess.read_text() == '---\ntopics:\n  - Tides\n  - "Lighthouses"\n---\n'
    assert both.read_text() == "---\ntopics: [Lighthouses]\n---\n"
    assert found(check()) == []


def test_a_fix_is_a_guess_between_two_usual_spellings() -> None:
    put_usual(20)
    put("a.md", "topics: [LIGHTHOUSES]")
    (finding,) = check().diagnostics
    assert finding.fix
    assert finding.fix.applicability == "safe"
    for number in range(10):
        put(f"less-{number}.md", "topics: [lighthouses]")
    (finding,) = check().diagnostics
    assert finding.help == "write `Lighthouses`"
    assert finding.fix
    assert finding.fix.applicability == "unsafe"


def test_a_fix_is_held_against_the_contract(tree: Path) -> None:
    contract = {"properties": {"section": {"enum": ["light-houses"]}}, **TERMS}
    (tree / "s.json").write_text(json.dumps(contract))
    put_usual(12)
    path = put("a.md", "topics: ['light-houses']\nsection: light-houses")
    assert "DUP003 was not fixed: it would bring SCH004" in fix(tree)
    assert path.read_text() == "---\ntopics: ['Lighthouses']\nsection: light-houses\n---\n"


def test_fixes_of_all_kinds_in_one_seed(tree: Path) -> None:
    contract = {"properties": {"n": {"type": "integer"}}, **TERMS}
    (tree / "s.json").write_text(json.dumps(contract))
    put_usual(12)
    path = put("a.md", 'n: "7"\ntopics: [light-houses, Lighthouses, LIGHTHOUSES]')
    fix(tree, "--unsafe-fixes")
    assert path.read_text() == "---\nn: 7\ntopics: [Lighthouses]\n---\n"
