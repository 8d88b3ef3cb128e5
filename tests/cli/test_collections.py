"""Collections: which one takes a file, and what it has of its own, wherever the file came from."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

import seedlint as library
from command import Result, seedlint
from paths import CORPUS, needs
from repositories import commit, git
from trees import KINDS, collection, lay_kinds, needing, write

JSON = ("check", "--output-format", "json", "--no-cache")
UNIQUE = {"unique-across": {"titles": ["title"]}}

Place = tuple[str, str, int, int, str | None]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Seeds that lack whatever a schema asks for, and two schemas."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, "schemas/one.json", needing("one"))
    write(tmp_path, "schemas/two.json", needing("two"))
    for name in ("news/a.md", "news/2024/may/b.md", "talks/news/c.md", "talks/d.md"):
        write(tmp_path, name, f"---\ntitle: {name}\n---\n")
    return tmp_path


ONE = 'schema = "schemas/one.json"'
TWO = 'schema = "schemas/two.json"'


def check(
    tree: Path, config: str | None, *arguments: str | Path, cwd: Path | None = None
) -> Result:
    if config is not None:
        write(tree, "seedlint.toml", config)
    return seedlint(*JSON, *arguments, cwd=cwd or tree)


def missing(result: Result) -> dict[str, str]:
    """The key that each file lacks."""
    return {
        os.path.basename(each["filename"]): each["message"].split("`")[1]
        for each in result.findings
    }


def places(findings: Iterable[dict[str, Any]], tree: Path, cwd: Path) -> list[Place]:
    """Path from the root of the tree, code, place and collection of each finding, in order."""
    return sorted(
        (
            os.path.relpath(cwd / each["filename"], tree),
            each["code"],
            each["location"]["row"],
            each["location"]["column"],
            each["collection"],
        )
        for each in findings
    )


# ---------------------------------------------------------------- which one takes a file


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("news/**", "**/*.md", {"a.md": "one", "b.md": "one", "c.md": "two", "d.md": "two"}),
        ("**/*.md", "news/**", {"a.md": "one", "b.md": "one", "c.md": "one", "d.md": "one"}),
        ("**/news/**/*.md", "*.md", {"a.md": "one", "b.md": "one", "c.md": "one", "d.md": "two"}),
        ("news/**/may/*.md", "**", {"a.md": "two", "b.md": "one", "c.md": "two", "d.md": "two"}),
        ("news/*.md", "n*/**/b.md", {"a.md": "one", "b.md": "two"}),
    ],
)
def test_the_first_pattern_that_matches_decides(
    first: str, second: str, expected: dict[str, str], tree: Path
) -> None:
    config = 'unmatched = "ignore"\n'
    config += collection("first", first, ONE) + collection("second", second, TWO)
    paths = ["news", "talks"]
    assert missing(check(tree, config, *paths)) == expected


def test_the_patterns_of_one_collection_are_alternatives(tree: Path) -> None:
    config = collection("first", ["news/*.md", "talks/*.md"], ONE) + collection("rest", "*.md", TWO)
    expected = {"a.md": "one", "b.md": "two", "c.md": "two", "d.md": "one"}
    assert missing(check(tree, config)) == expected


@pytest.mark.parametrize("pattern", ["{news,talks}/*.md", "[nt]*/*.md", "!news/*.md", "../x"])
def test_what_patterns_cannot_say_is_refused(pattern: str, tree: Path) -> None:
    result = check(tree, collection("first", pattern, ONE))
    assert result.code == 2
    assert "seedlint.toml:3:10: collection `first`: `" in result.err
    assert "has no meaning in a pattern" in result.err


def test_every_way_to_a_file_leads_to_one_collection(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = collection("first", "news/**/*.md", ONE) + collection("second", "talks/**", TWO)
    files = sorted(path.relative_to(tree) for path in tree.rglob("*.md"))
    expected = places(check(tree, config).findings, tree, tree)
    assert Counter(place[-1] for place in expected) == {"first": 2, "second": 2}
    inside = tree / "talks"
    runs: list[tuple[Path, Sequence[str | Path]]] = [
        (tree, ["."]),
        (tree, ["./news", "./talks/"]),
        (tree, files),
        (tree, ["--force-exclude", "--", *files]),
        (tree, ["-j1", *(tree / file for file in files)]),
        (inside, []),
        (inside, [Path("..", file) for file in files]),
        (inside, ["../news", "."]),
        (inside, [tree]),
    ]
    for cwd, arguments in runs:
        ran = check(tree, None, *arguments, cwd=cwd)
        assert (ran.code, places(ran.findings, tree, cwd)) == (1, expected), arguments
    # By --config patterns start from the working directory.
    ran = check(tree, None, "--config", tree / "seedlint.toml", cwd=tree)
    assert places(ran.findings, tree, tree) == expected
    ran = check(tree, None, "--config", "../seedlint.toml", "--root", "..", "..", cwd=inside)
    assert places(ran.findings, tree, inside) == expected
    monkeypatch.chdir(tree)
    found = library.lint_paths(files, config="seedlint.toml")
    assert places((each.to_dict() for each in found), tree, tree) == expected
    (text,) = library.lint_text("---\na: 1\n---\n", filename="news/x.md", config="seedlint.toml")
    assert (text.collection, text.pointer, text.message) == ("first", "", "missing key `one`")


def test_standard_input_belongs_to_a_collection_by_its_name(tree: Path) -> None:
    write(tree, "seedlint.toml", collection("first", "news/**", ONE))
    for arguments, code in ((("news/x.md",), "SCH001"), (("x.md",), "SEED008")):
        ran = seedlint(*JSON, "--stdin-filename", *arguments, cwd=tree, stdin=b"---\na: 1\n---\n")
        assert [each["code"] for each in ran.findings] == [code], ran.err


# ---------------------------------------------------------------- what it has of its own


def test_what_a_collection_sets_takes_the_place_of_the_top_level(tree: Path) -> None:
    config = f'{TWO}\nselect = ["SCH"]\nignore = ["SCH001"]\n'
    config += collection("first", "news/**", ONE, "ignore = []", 'severity = { SCH = "info" }')
    config += collection("second", "talks/*.md") + collection("third", "**/*.md", "ignore = []")
    result = check(tree, config)
    assert result.code == 1
    assert [(each["filename"], each["severity"]) for each in result.findings] == [
        ("news/2024/may/b.md", "info"),
        ("news/a.md", "info"),
        ("talks/news/c.md", "error"),
    ]
    assert missing(result)["c.md"] == "two"


def test_each_collection_has_its_own_fail_on(tree: Path) -> None:
    mild = 'severity = { SCH001 = "warning" }'
    lax = collection("first", "news/**", ONE, mild)
    strict = collection("first", "news/**", ONE, mild, 'fail-on = "warning"')
    assert check(tree, lax, "news").code == 0
    assert check(tree, strict, "news").code == 1
    assert check(tree, strict, "news", "--fail-on", "error").code == 0
    other = collection("second", "talks/**", TWO, mild)
    assert check(tree, strict + other, "talks").code == 0


def test_options_count_in_every_collection(tree: Path) -> None:
    config = collection("first", "news/**", ONE, 'select = ["SCH"]', 'ignore = ["SCH002"]')
    config += collection("second", "talks/**", TWO)
    assert check(tree, config, "--select", "URL").findings == []
    assert check(tree, config, "--ignore", "SCH001").findings == []
    assert set(missing(check(tree, config, "--schema", "schemas/two.json")).values()) == {"two"}
    refused = check(tree, config, "--ignore", "SCH")
    assert "no rule is left to check in collection `first`" in refused.err
    assert refused.code == 2


def test_extend_select_adds_to_the_top_level(tree: Path) -> None:
    config = 'select = ["URL"]\n' + collection("first", "news/**", ONE, 'extend-select = ["SCH"]')
    config += collection("second", "talks/**", TWO)
    assert set(missing(check(tree, config))) == {"a.md", "b.md"}
    assert check(tree, config, "--select", "URL").findings == []


def test_files_of_collections_are_looked_for(tree: Path) -> None:
    write(tree, "talks/chart.svg", "<svg/>")
    write(tree, ".github/x.prompt", "---\na: 1\n---\n")
    config = 'include = ["news/*.md"]\n' + collection("first", "*.md", ONE)
    config += collection("second", ".github/*.prompt", TWO) + collection("third", "talks/**")
    result = check(tree, config)
    assert missing(result)["x.prompt"] == "two"
    assert len(result.findings) == 5
    named = check(tree, None, "--force-exclude", "--", ".github/x.prompt", "schemas/one.json")
    assert missing(named) == {"x.prompt": "two"}


def test_a_schema_that_is_gone_is_named_with_its_collection(tree: Path) -> None:
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    assert check(tree, config, "news").code == 1
    (tree / "schemas" / "two.json").unlink()
    for arguments in ((), ("news",), ("--collection", "first")):
        result = check(tree, config, *arguments)
        assert (result.code, result.out) == (2, "")
        assert "collection `second`: `schema`: no such file: `schemas/two.json`" in result.err
    write(tree, "schemas/two.json", "{")
    result = check(tree, config)
    assert (result.code, result.out) == (2, "")
    assert "schemas/two.json:1:1: " in result.err
    assert "it is the schema of the collection `second`" in result.err


# ---------------------------------------------------------------- what none takes, and --collection


def test_a_file_that_no_collection_takes(tree: Path) -> None:
    config = collection("first", "news/**", ONE)
    result = check(tree, config, "talks")
    assert [(each["code"], each["severity"], each["collection"]) for each in result.findings] == [
        ("SEED008", "warning", None)
    ] * 2
    assert result.err.endswith("2 warnings in 0 seeds checked; "
                               "2 seeds in no collection\n")  # fmt: skip
    ignored = check(tree, 'unmatched = "ignore"\n' + config, "talks")
    assert (ignored.code, ignored.findings) == (0, [])
    assert "note: no collection takes 2 files; not checked: talks/d.md, talks/news/c.md\n" in (
        ignored.err
    )
    off = check(tree, '[severity]\nSEED008 = "error"\n' + config, "talks")
    assert off.code == 1
    top = '[per-file-ignores]\n"talks/d.md" = ["SEED008"]\n'
    assert len(check(tree, top + config, "talks").findings) == 1
    assert check(tree, 'ignore = ["SEED008"]\n' + config, "talks").findings == []


def test_one_collection_only(tree: Path) -> None:
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    write(tree, "other.md", "---\na: 1\n---\n")
    result = check(tree, config, "--collection", "second")
    assert missing(result) == {"c.md": "two", "d.md": "two"}
    assert "chosen collections" not in result.err
    both = check(tree, config, "--collection", "second", "--collection", "first")
    assert len(both.findings) == 4
    assert check(tree, config, "--collection", "second, first").out == both.out
    listed = seedlint("--show-files", "--collection", "first", cwd=tree)
    assert listed.out.split() == ["news/2024/may/b.md", "news/a.md"]
    named = check(tree, config, "--collection", "first", "news/a.md", "talks/d.md", "other.md")
    assert missing(named) == {"a.md": "one"}
    assert "note: 2 files outside of the chosen collections left out\n" in named.err
    for names, said in (
        ("frist", "no collection is called `frist`; did you mean `first`?"),
        ("second,frist", "no collection is called `frist`; did you mean `first`?"),
        (
            "second first",
            "no collection is called `second first`; the configuration has `first`, `second`",
        ),
        ("second,", "no collection is called ``; the configuration has `first`, `second`"),
    ):
        wrong = check(tree, config, "--collection", names)
        assert (wrong.code, wrong.err) == (2, f"seedlint: --collection: {said}\n")


# ---------------------------------------------------------------- rules across files


def titled(tree: Path, **files: str) -> None:
    write(tree, "schemas/one.json", json.dumps({"x-seedlint": UNIQUE}))
    write(tree, "schemas/two.json", json.dumps({"x-seedlint": UNIQUE}))
    for name, title in files.items():
        write(tree, f"{name.replace('_', '/')}.md", f"---\ntitle: {title}\n---\n")


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_duplicates_are_looked_for_inside_a_collection(tree: Path, jobs: str) -> None:
    titled(tree, news_x="Tides", news_y="Tides", talks_x="Tides", talks_y="Tides")
    apart = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    result = check(tree, apart, jobs)
    assert [(each["filename"], each["code"], each["collection"]) for each in result.findings] == [
        ("news/y.md", "DUP002", "first"),
        ("talks/y.md", "DUP002", "second"),
    ]
    (label,) = result.findings[1]["labels"]
    assert label["filename"] == "talks/x.md"
    across = "compare-across = true\n" + apart
    together = check(tree, across, jobs).findings
    assert [each["filename"] for each in together] == ["news/y.md", "talks/x.md", "talks/y.md"]
    assert {each["labels"][0]["filename"] for each in together} == {"news/x.md"}


def test_a_named_file_is_compared_with_its_collection(tree: Path) -> None:
    titled(tree, news_x="Tides", talks_x="Tides", talks_y="Tides")
    apart = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    assert check(tree, apart, "news/x.md").findings == []
    (found,) = check(tree, apart, "talks/x.md").findings
    assert found["labels"][0]["filename"] == "talks/y.md"
    across = "compare-across = true\n" + apart
    (found,) = check(tree, across, "news/x.md").findings
    assert (found["collection"], found["labels"][0]["filename"]) == ("first", "talks/x.md")
    (found,) = check(tree, across, "--collection", "first").findings
    assert found["labels"][0]["filename"] == "talks/x.md"


def test_a_duplicate_has_the_severity_of_its_collection(tree: Path) -> None:
    titled(tree, news_x="Tides", talks_x="Tides")
    config = "compare-across = true\n" + collection("first", "news/**", ONE)
    config += collection("second", "talks/**", TWO, 'severity = { DUP = "info" }')
    (found,) = check(tree, config).findings
    assert (found["filename"], found["severity"]) == ("talks/x.md", "info")
    alone = config.replace("compare-across = true\n", "")
    assert check(tree, alone).findings == []


# ---------------------------------------------------------------- cache, baseline, --since, reports


def test_cached_results_are_those_of_the_collection(tree: Path) -> None:
    for number in range(120):
        write(tree, f"news/many/{number}.md", "---\none: 1\ntwo: 2\n---\n")
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", ONE)
    options = ("check", "--output-format", "json", "--cache-dir", str(tree / "cache"))

    def run(text: str, *arguments: str) -> list[dict[str, Any]]:
        write(tree, "seedlint.toml", text)
        return seedlint(*options, *arguments, cwd=tree).findings

    cold = run(config)
    assert [each["collection"] for each in cold] == ["first"] * 2 + ["second"] * 2
    assert run(config) == cold
    # The same seeds with other settings, and one in another collection.
    other = config.replace("one.json", "two.json", 1)
    assert [each["message"][-4:-1] for each in run(other)] == ["two"] * 2 + ["one"] * 2
    write(tree, "talks/2.md", "---\na: 1\n---\n")
    os.replace(tree / "talks" / "2.md", tree / "news" / "2.md")
    assert [each["collection"] for each in run(config)] == ["first"] * 3 + ["second"] * 2
    assert run(config, "--no-cache") == run(config)


def test_a_baseline_holds_findings_of_every_collection(tree: Path) -> None:
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    known = ("--baseline", "known.json")
    assert check(tree, config, *known, "--update-baseline").code == 0
    assert check(tree, config, *known, "--strict-baseline").code == 0
    assert check(tree, config, *known, "--collection", "first", "--strict-baseline").code == 0
    off = config + 'ignore = ["SCH001"]\n'
    # What the second collection no longer asks is not gone.
    assert check(tree, off, *known, "--strict-baseline").code == 0
    write(tree, "talks/d.md", "---\ntwo: 2\n---\n")
    assert check(tree, off, *known, "--strict-baseline").code == 0
    gone = check(tree, config, *known, "--strict-baseline")
    assert (gone.code, "no longer found: SCH001 in talks/d.md" in gone.err) == (1, True)


def test_since_uses_the_collections_of_both_trees(tree: Path) -> None:
    (tree / ".git").rmdir()
    git(tree, "init", "--quiet", "--initial-branch=main")
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    write(tree, "seedlint.toml", config)
    commit(tree)
    git(tree, "checkout", "--quiet", "-b", "work")
    assert check(tree, None, "--since", "main").code == 0
    write(tree, "talks/e.md", "---\na: 1\n---\n")
    git(tree, "mv", "news/a.md", "talks/a.md")
    commit(tree)
    found = check(tree, None, "--since", "main").findings
    # Where the seed is now another schema counts, so its finding is new.
    assert [(each["filename"], each["collection"]) for each in found] == [
        ("talks/a.md", "second"),
        ("talks/e.md", "second"),
    ]


def test_reports_name_the_collection(tree: Path) -> None:
    config = collection("first", "news/**", ONE) + collection("second", "talks/*.md", TWO)
    write(tree, "seedlint.toml", config)
    sarif = json.loads(seedlint("check", "--output-format", "sarif", cwd=tree).out)
    results = sarif["runs"][0]["results"]
    assert Counter(each.get("properties", {}).get("collection") for each in results) == {
        "first": 2,
        "second": 1,
        None: 1,
    }
    assert sarif["runs"][0]["automationDetails"]["id"] == "seedlint/"
    one = ("check", "--output-format", "sarif", "--collection", "second")
    (run,) = json.loads(seedlint(*one, cwd=tree).out)["runs"]
    assert run["automationDetails"]["id"] == "seedlint/second/"
    counted = json.loads(seedlint("check", "--statistics", "--output-format", "json", cwd=tree).out)
    assert [{**each, "fixable": None} for each in counted] == [
        {
            "code": "SCH001",
            "name": "missing-key",
            "count": 2,
            "fixable": None,
            "collection": "first",
        },
        {
            "code": "SCH001",
            "name": "missing-key",
            "count": 1,
            "fixable": None,
            "collection": "second",
        },
        {
            "code": "SEED008",
            "name": "unmatched-seed",
            "count": 1,
            "fixable": None,
            "collection": None,
        },
    ]
    page = seedlint("check", "--output-format", "html", cwd=tree).out
    assert "<th>Collection</th>" in page
    assert '<select id="collection"' in page
    assert "<option>first</option>" in page
    assert "<tr><td>first</td><td>2</td></tr>" in page
    text = seedlint("check", "--statistics", cwd=tree).out.splitlines()
    assert text[0].split() == ["2", "SCH001", "missing-key", "first"]


# ---------------------------------------------------------------- real seeds


@pytest.mark.slow
@needs(CORPUS)
def test_six_kinds_of_real_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path
    (tree / ".git").mkdir()
    config = lay_kinds(tree)
    whole = check(tree, None)
    expected = places(whole.findings, tree, tree)
    assert {place[-1] for place in expected} == set(KINDS)
    # Each kind alone, without collections, has the same findings.
    alone: list[Place] = []
    for kind in KINDS:
        files = [f"content/{kind}"]
        ran = check(tree, None, "--isolated", "--schema", f"schemas/{kind}.json", *files)
        alone += [(*place[:-1], kind) for place in places(ran.findings, tree, tree)]
    assert sorted(alone) == expected
    # Patterns that overlap: what comes first counts, so an order that does not matter changes
    # nothing, and a general pattern in front takes all.
    rest = collection("rest", "content/**/*.md", 'schema = "schemas/news.json"')
    assert places(check(tree, config + rest).findings, tree, tree) == expected
    first = check(tree, config.replace("[[", rest + "[[", 1))
    assert {each["collection"] for each in first.findings} == {"rest"}
    assert "collection `news` takes no file" in first.err
    write(tree, "seedlint.toml", config)
    inside = tree / "content" / "news"
    for cwd, arguments in (
        (tree, ["content"]),
        (inside, []),
        (inside, ["..", tree / "content"]),
        (tree, [tree / "content"]),
        (tree, ["-j1", "."]),
    ):
        ran = check(tree, None, *arguments, cwd=cwd)
        assert (ran.code, places(ran.findings, tree, cwd)) == (1, expected), arguments
    monkeypatch.chdir(tree)
    found = library.lint_paths("content", config="seedlint.toml")
    assert places((each.to_dict() for each in found), tree, tree) == expected
    (tree / "schemas" / "people.json").unlink()
    gone = check(tree, None)
    assert gone.code == 2
    assert "collection `people`: `schema`: no such file" in gone.err


def test_ignores_are_added_under_the_contract_of_each_collection(tree: Path) -> None:
    config = collection("news", "news/**", ONE) + collection("talks", "talks/*.md", TWO)
    first = check(tree, 'unmatched = "report"\n' + config, "--add-ignores")
    assert "comments added for 3 findings in 3 files" in first.err
    assert "ignore-file[SCH001]" in (tree / "talks" / "d.md").read_text()
    # What no collection takes stays as it is, and is reported.
    assert [each["filename"] for each in first.findings] == ["talks/news/c.md"]
    assert "ignore" not in (tree / "talks" / "news" / "c.md").read_text()
    assert len(check(tree, None).findings) == 1


def test_what_is_staged_belongs_to_collections(tree: Path) -> None:
    (tree / ".git").rmdir()
    git(tree, "init", "--quiet")
    commit(tree)
    config = collection("news", "news/**", ONE) + collection("talks", "talks/**", TWO)
    write(tree, "news/new.md", "---\ntitle: N\n---\n")
    write(tree, "talks/new.md", "---\ntitle: T\n---\n")
    git(tree, "add", "news", "talks")
    found = check(tree, config, "--staged").findings
    assert [(each["filename"], each["collection"]) for each in found] == [
        ("news/new.md", "news"),
        ("talks/new.md", "talks"),
    ]


def test_fixes_are_made_under_the_contract_of_each_collection(tree: Path) -> None:
    """What is a misspelt key in one collection is a key in the other."""
    keys = {"additionalProperties": False, "properties": {"title": {}, "titel": {}}}
    write(tree, "schemas/one.json", json.dumps(keys))
    del keys["properties"]["titel"]  # type: ignore[attr-defined]
    write(tree, "schemas/two.json", json.dumps(keys))
    config = collection("news", "news/**", ONE) + collection("talks", "talks/**", TWO)
    write(tree, "news/a.md", "---\ntitel: A\n---\n")
    write(tree, "talks/d.md", "---\ntitel: D\n---\n")
    ran = check(tree, config, "--fix")
    assert (ran.code, ran.findings) == (0, [])
    assert (tree / "news" / "a.md").read_text() == "---\ntitel: A\n---\n"
    assert (tree / "talks" / "d.md").read_text() == "---\ntitle: D\n---\n"


@pytest.mark.parametrize("option", ["--diff", "--fix-only", "--show-files"])
def test_an_empty_collection_is_an_error_of_every_run_over_everything(
    option: str, tree: Path
) -> None:
    config = collection("all", "**/*.md", ONE) + collection("gone", "gone/**", TWO)
    for name in ("news/a.md", "news/2024/may/b.md", "talks/news/c.md", "talks/d.md"):
        write(tree, name, "---\none: 1\n---\n")
    ran = check(tree, config, option)
    assert (ran.code, "collection `gone` takes no file" in ran.err) == (2, True)
    assert check(tree, config, option, "news").code == 0
    assert check(tree, config, option, "--collection", "all").code == 0


def test_a_run_with_an_empty_collection_is_not_ok(tree: Path) -> None:
    write(tree, "talks/x.md", "---\none: 1\n---\n")
    config = collection("some", "talks/x.md", ONE) + collection("gone", "gone/**", TWO)
    for chosen in ((), ("--collection", "gone")):
        ran = check(tree, 'unmatched = "ignore"\n' + config, *chosen)
        assert ran.code == 2
        last = ran.err.splitlines()[-1]
        assert last.startswith(("no findings in 1 seed ", "no seeds to check; "))
        assert last.endswith("; the run is not complete")


# ---------------------------------------------------------------- a schema that a file names


IN_FILE = 'allow-in-file-schema = ["schemas/*.json"]\n'


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_a_file_may_name_a_schema_that_is_allowed(tree: Path, jobs: str) -> None:
    config = collection("first", "news/**", ONE)
    for number in range(300):
        write(tree, f"news/many/{number}.md", "---\n$schema: ../../schemas/two.json\na: 1\n---\n")
    off = check(tree, config, "news", jobs)
    assert set(missing(off).values()) == {"one"}
    on = check(tree, IN_FILE + config, "news", jobs)
    assert Counter(missing(on).values()) == {"one": 2, "two": 300}
    assert {each["collection"] for each in on.findings} == {"first"}
    both = check(tree, None, "news", jobs, "--schema", "schemas/one.json")
    assert set(missing(both).values()) == {"one"}


@pytest.mark.parametrize(
    "line",
    [
        '$schema: "../schemas/two.json"',
        "$schema: '../schemas/../schemas/two.json'",
        "title: x\n$schema:   ../schemas/two.json\t",
    ],
)
def test_how_a_schema_is_named(line: str, tree: Path) -> None:
    write(tree, "talks/x.md", f"---\n{line}\n---\n")
    result = check(tree, IN_FILE + collection("first", "news/**", ONE), "talks/x.md")
    assert missing(result) == {"x.md": "two"}
    # No collection takes it, and it needs none.
    assert [each["collection"] for each in result.findings] == [None]
    shown = seedlint("--show-settings", "talks/x.md", cwd=tree).out
    assert "collection     none\nschema         schemas/two.json ($schema in the file)\n" in shown


@pytest.mark.parametrize(
    "line",
    [
        "$schema: ../schemas/none.json",
        "$schema: schemas/two.json",
        "$schema: ../private/two.json",
        "$schema: ../../schemas/two.json",
        "$schema: /schemas/two.json",
        "$schema: https://example.com/two.json",
        "$schema: ../schemas/two.json#/x",
        "$schema: >-\n  ../schemas/two.json",
        "$schema: 5",
        "{$schema: ../schemas/two.json}",
    ],
)
def test_a_schema_that_cannot_be_used_is_a_finding(line: str, tree: Path) -> None:
    write(tree, "private/two.json", needing("two"))
    write(tree, "news/x.md", f"---\n{line}\n---\n")
    os.symlink(tree / "private" / "two.json", tree / "schemas" / "link.json")
    result = check(tree, IN_FILE + collection("first", "news/**", ONE), "news/x.md")
    assert sorted(each["code"] for each in result.findings) == ["SCH001", "SEED009"]
    (found,) = (each for each in result.findings if each["code"] == "SEED009")
    assert (found["location"]["row"], found["severity"]) == (2, "error")
    assert "`one`" in result.out
    assert "two.json" in found["message"] or "none.json" in found["message"] or "5" in line


def test_a_linked_schema_stays_in_the_folder(tree: Path, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write(outside, "two.json", needing("two"))
    os.symlink(outside / "two.json", tree / "schemas" / "link.json")
    write(tree, "news/x.md", "---\n$schema: ../schemas/link.json\n---\n")
    result = check(tree, IN_FILE + collection("first", "news/**", ONE), "news/x.md")
    assert {each["code"] for each in result.findings} == {"SCH001", "SEED009"}


def test_a_named_schema_is_that_of_the_trusted_checkout(tmp_path: Path) -> None:
    for side, key in (("base", "strict"), ("head", "loose")):
        write(tmp_path, f"{side}/schemas/one.json", needing(key))
        write(tmp_path, f"{side}/seedlint.toml", IN_FILE)
        write(tmp_path, f"{side}/news/x.md", "---\n$schema: ../schemas/one.json\n---\n")
    head = tmp_path / "head"
    ran = seedlint(*JSON, "--config", "../base/seedlint.toml", ".", cwd=head)
    assert missing(ran) == {"x.md": "strict"}


# ---------------------------------------------------------------- what applies to a file


def test_show_settings(tree: Path) -> None:
    config = 'ignore = ["insecure-http"]\nexclude = ["talks/news"]\n'
    config += '[per-file-ignores]\n"news/a*" = ["URL"]\n'
    config += collection("first", "news/**", ONE, 'select = ["SCH", "URL"]', 'fail-on = "warning"',
                         'severity = { SCH001 = "info" }')  # fmt: skip
    config += collection("second", "**/*.md", TWO)
    write(tree, "seedlint.toml", config)
    shown = seedlint("--show-settings", "news/a.md", "--ignore", "SCH002", cwd=tree)
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[:9] == [
        "file           news/a.md",
        "configuration  seedlint.toml",
        "root           .",
        "looked for     yes, by `**/*.md`",
        "collection     first, by `news/**`",
        "               an earlier one is used, not second, by `**/*.md`",
        "schema         schemas/one.json (collection first)",
        "fail-on        warning (collection first)",
        "comments       suppress findings (default)",
    ]
    rules = {line.split()[0]: line.split(maxsplit=2)[2] for line in lines[10:]}
    assert rules["SCH001"] == (
        "info     `SCH` in select (collection first); `SCH001` in severity (collection first)"
    )
    assert rules["SCH002"] == "off      `SCH002` in ignore (--ignore)"
    assert rules["DUP001"] == "off      not in select (collection first)"
    assert rules["FM001"] == "error    always on"
    assert rules["URL001"].endswith("not in this file: `news/a*` in per-file-ignores")
    (http,) = (line for line in lines if " insecure-http " in line)
    assert http.endswith("`insecure-http` in ignore (configuration)")


def test_show_settings_of_a_file_that_is_left_out(tree: Path) -> None:
    config = 'exclude = ["talks/news"]\n' + collection("first", "news/**", ONE)
    write(tree, "seedlint.toml", config)
    out = seedlint("--show-settings", "talks/news/c.md", cwd=tree).out
    assert "looked for     no, `talks/news` in exclude\n" in out
    assert out.endswith("collection     none\n               not checked, see SEED008\n")
    alone = seedlint("--isolated", "--show-settings", "a\x1b[31m.md", cwd=tree)
    assert "\x1b" not in alone.out
    assert "configuration  none\n" in alone.out
    assert "collection" not in alone.out


# ---------------------------------------------------------------- configurations below


def test_a_nested_configuration_is_passed_over_and_said_so(tree: Path) -> None:
    config = collection("first", "news/**", ONE) + collection("second", "talks/**", TWO)
    off = 'exclude = ["**"]\nignore = ["ALL"]\n'
    write(tree, "news/seedlint.toml", off)
    write(tree, "news/2024/pyproject.toml", f"[tool.seedlint]\n{off}")
    write(tree, "talks/pyproject.toml", "[project]\n")
    note = "nested configurations passed over: news/2024/pyproject.toml, news/seedlint.toml\n"
    for arguments in ((), ("news",), ("news/2024/may/b.md",), ("--config", "seedlint.toml")):
        result = check(tree, config, *arguments)
        assert "b.md" in missing(result)
        assert f"note: 2 {note}" in result.err, arguments
    assert "passed over" not in check(tree, None, "talks").err
    assert "passed over" not in check(tree, None, "--quiet").err
    # One that is named, or is that of the folder, is none.
    inside = seedlint(*JSON, "--config", "news/seedlint.toml", "--select", "SCH", "talks", cwd=tree)
    assert "passed over" not in inside.err


def test_edits_are_judged_by_the_contract_of_each_collection(tree: Path) -> None:
    config = collection("news", "news/**", ONE) + collection("talks", "talks/*.md", TWO)
    write(tree, "seedlint.toml", config)
    ran = seedlint("edit", "--set", "two=2", cwd=tree)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "note: talks/news/c.md was left alone: no collection takes it",
        "edited 3 of 3 seeds",
    ]
    left = {each["filename"]: each["code"] for each in check(tree, None).findings}
    assert left == {
        "news/2024/may/b.md": "SCH001",
        "news/a.md": "SCH001",
        "talks/news/c.md": "SEED008",
    }


@pytest.mark.parametrize("value", ["", " null", " 1", " [schemas/two.json]"])
def test_what_is_no_path_names_no_schema(value: str, tree: Path) -> None:
    write(tree, "news/a.md", f"---\n$schema:{value}\none: 1\n---\n")
    config = IN_FILE + 'schema = "schemas/one.json"\n'
    found = check(tree, config, "news/a.md").findings
    assert [each["message"] for each in found] == ["`$schema` is not the path of a schema"]
