"""`ignore-at`: rules that are left out at some places, for seeds that can hold no comments."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint
from repositories import commit, git
from seedlint.errors import ConfigError
from seedlint.ignore_at import IgnoredAt, _matches, check_pointer_pattern
from trees import write

SCHEMA = {
    "required": ["title", "date"],
    "properties": {
        "title": {"type": "string"},
        "date": {},
        "heat": {"type": "integer"},
        "related": {
            "type": "array",
            "items": {
                "required": ["webUrl"],
                "properties": {"webUrl": {"format": "uri"}, "heat": {"type": "integer"}},
            },
        },
    },
    "additionalProperties": False,
    "x-seedlint": {"unique-across": {"titles": ["title"]}},
}
SEED = """---
title: Tides
date: 2024-03-02
related:
- webUrl: htp://example.com/
  heat: hot
- webUrl: htps://example.org/
---
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "s.json", json.dumps(SCHEMA))
    write(tmp_path, "a.md", SEED)
    return tmp_path


def run(tree: Path, ignored: str, *options: str, rest: str = "", json: bool = True) -> Result:
    write(tree, "seedlint.toml", f'schema = "s.json"\n{rest}[ignore-at]\n{ignored}\n')
    output = ("--output-format", "json" if json else "concise")
    return seedlint("check", "--no-cache", *output, *options, cwd=tree)


def found(ran: Result) -> list[str]:
    """Code and pointer of each finding."""
    return [f"{each['code']} {each['pointer']}" for each in ran.findings]


def test_at_a_pattern(tree: Path) -> None:
    every = ["URL003 /related/0/webUrl", "SCH003 /related/0/heat", "URL003 /related/1/webUrl"]
    assert found(run(tree, "")) == every
    for pattern, selector, left in (
        ("/related/*/webUrl", "URL003", [1]),
        ("/related/*/webUrl", "unknown-scheme", [1]),
        ("/related/1/webUrl", "URL", [0, 1]),
        ("/related/**", "ALL", []),
        ("/**/webUrl", "URL", [1]),
        ("/**", "SCH", [0, 2]),
        ("/*/*/*", "ALL", []),
    ):
        ran = run(tree, f'"{pattern}" = ["{selector}"]')
        assert found(ran) == [every[each] for each in left], pattern
        count = 3 - len(left)
        assert f"; {count} finding{'s' * (count > 1)} suppressed" in ran.err
        assert ran.code == bool(left)


@pytest.mark.parametrize(
    ("pattern", "pointer", "fits"),
    [
        ("/a", "/a", True),
        ("/a", "/a/0", False),
        ("/a", "", False),
        ("", "", True),
        ("/**", "", True),
        ("/*", "", False),
        ("/a/**", "/a", True),
        ("/a/**", "/a/b/0", True),
        ("/a/**", "/ab", False),
        ("/**/b/c", "/b/b/c", True),
        ("/**/b/*/d", "/a/b/b/c/d", True),
        ("/**/b/**/d/**", "/b/d", True),
        ("/**/b/*/d", "/a/b/c/d/e", False),
        ("/a~1b/*", "/a~1b/0", True),
        ("/", "/", True),
    ],
)
def test_patterns(pattern: str, pointer: str, fits: bool) -> None:
    assert _matches(pattern.split("/"), pointer.split("/")) is fits


def test_a_pattern_that_could_be_slow() -> None:
    steps = ["", *["a"] * 5000]
    assert not _matches(["", *["**", "a"] * 200, "b"], steps)


@pytest.mark.parametrize("pattern", ["a", "#/a", "/a*", "/a/***", "related.*.webUrl"])
def test_no_pattern(pattern: str) -> None:
    with pytest.raises(ConfigError):
        check_pointer_pattern(pattern)


def test_a_key_that_is_missing_or_unknown_is_named_itself(tree: Path) -> None:
    write(tree, "a.md", "---\ntitle: Tides\nontology_purl: x\nrelated:\n- heat: 2\n---\n")
    assert found(run(tree, "")) == ["SCH001 ", "SCH002 /ontology_purl", "SCH001 /related/0"]
    ran = run(
        tree,
        '"/date" = ["SCH001"]\n"/ontology_purl" = ["SCH002"]\n"/related/*/webUrl" = ["SCH001"]',
    )
    assert (ran.findings, ran.code) == ([], 0)
    assert ran.err == "OK: 1 seed checked against s.json; 3 findings suppressed\n"
    # The mapping that lacks it is another place.
    assert found(run(tree, '"/related/*" = ["SCH001"]'))[:3] == [
        "SCH001 ",
        "SCH002 /ontology_purl",
        "SCH001 /related/0",
    ]


def test_what_is_unused_is_found_in_the_configuration(tree: Path) -> None:
    ignored = '"/related/*/webUrl" = [\n  "URL003", "URL012",\n]\n\'/"x"\' = [\'SCH002\']'
    ran = run(tree, ignored)
    unused = [each for each in ran.findings if each["code"] == "SUP005"]
    places = [(each["location"], each["end_location"]) for each in unused]
    assert places == [
        ({"row": 4, "column": 13}, {"row": 4, "column": 21}),
        ({"row": 6, "column": 11}, {"row": 6, "column": 19}),
    ]
    assert {each["filename"] for each in unused} == {"seedlint.toml"}
    assert unused[0]["message"] == (
        "this entry of `ignore-at` leaves nothing out: "
        "it answers no finding of `URL012` at `/related/*/webUrl`"
    )
    assert unused[0]["pointer"] is None
    shown = run(tree, ignored, json=False)
    assert (
        "seedlint.toml:4:13: SUP005 [warning] this entry of `ignore-at` leaves nothing out"
        in shown.out
    )
    # With the lines of the configuration.
    write(tree, "a.md", "---\ntitle: Tides\ndate: 1\n---\n")
    out = seedlint("check", "--no-cache", cwd=tree).out
    assert '4 |   "URL003", "URL012",' in out


def test_a_run_over_a_part_calls_nothing_unused(tree: Path) -> None:
    ignored = '"/x" = ["SCH002"]'
    assert "SUP005 None" in found(run(tree, ignored))
    assert "SUP005 None" in found(run(tree, ignored, rest='unfixable = ["URL"]\n'))
    assert "SUP005 None" not in found(run(tree, ignored, "a.md"))
    assert "SUP005 None" not in found(run(tree, ignored, "."))
    # The rule was not asked.
    assert "SUP005 None" not in found(run(tree, ignored, "--ignore", "SCH002"))
    assert "SUP005 None" not in found(run(tree, ignored, "--ignore", "SUP005"))
    # There may be something in what was not read.
    write(tree, "b.md", '---\ntitle: "x\n---\n')
    assert "SUP005 None" not in found(run(tree, ignored))


def test_in_another_file(tree: Path) -> None:
    """One that is extended, and one of another checkout that judges this one."""
    write(tree, "base/more.toml", '[ignore-at]\n"/x" = ["SCH002"]\n')
    write(tree, "base/seedlint.toml", 'schema = "s.json"\nextend = "more.toml"\n')
    write(tree, "base/s.json", json.dumps(SCHEMA))
    write(tree, "head/a.md", "---\ntitle: Tides\ndate: 1\n---\n")
    options = ("--config", "../base/seedlint.toml", "--output-format", "json")
    ran = seedlint("check", "--no-cache", *options, cwd=tree / "head")
    assert ran.places == [("SUP005", 2, 9)]
    assert ran.findings[0]["filename"] == "../base/more.toml"
    full = seedlint("check", "--no-cache", *options[:2], cwd=tree / "head").out
    assert '2 | "/x" = ["SCH002"]' in full
    for form in ("sarif", "gitlab", "junit", "markdown", "rdjson", "html", "github"):
        command = ("check", "--no-cache", *options[:3], form)
        assert "SUP005" in seedlint(*command, cwd=tree / "head").out


def test_in_pyproject(tree: Path) -> None:
    text = '[tool.seedlint]\nschema = "s.json"\n\n[tool.seedlint.ignore-at]\n"/heat" = ["SCH003"]\n'
    write(tree, "pyproject.toml", text)
    write(tree, "a.md", "---\ntitle: Tides\ndate: 1\nheat: hot\n---\n")
    assert seedlint("check", "--no-cache", cwd=tree).code == 0
    write(tree, "a.md", "---\ntitle: Tides\ndate: 1\n---\n")
    ran = seedlint("check", "--no-cache", "--output-format", "json", cwd=tree)
    assert ran.places == [("SUP005", 5, 12)]


def test_in_collections(tree: Path) -> None:
    for name in ("one", "two", "three"):
        write(tree, f"{name}/a.md", SEED.replace("Tides", name))
    (tree / "a.md").unlink()
    config = """
schema = "s.json"
unmatched = "ignore"
ignore-at = { "/related/*/webUrl" = ["URL003"], "/top" = ["SCH002"] }
[[collections]]
name = "one"
files = ["one/**"]
[[collections]]
name = "two"
files = ["two/**"]
[collections.ignore-at]
"/related/*/heat" = ["SCH003"]
"/own" = ["SCH002"]
[[collections]]
name = "three"
files = ["three/**"]
ignore-at = {}
"""
    write(tree, "seedlint.toml", config)
    ran = seedlint("check", "--no-cache", "--output-format", "json", cwd=tree)
    by_file: dict[str, list[str]] = {}
    for each in ran.findings:
        by_file.setdefault(each["filename"], []).append(each["code"])
    assert by_file == {
        "one/a.md": ["SCH003"],
        "three/a.md": ["URL003", "SCH003", "URL003"],
        "two/a.md": ["URL003", "URL003"],
        "seedlint.toml": ["SUP005", "SUP005"],
    }
    rows = [each["location"]["row"] for each in ran.findings if each["code"] == "SUP005"]
    assert rows == [4, 13]
    part = seedlint("check", "--no-cache", "--collection", "two", cwd=tree)
    assert "SUP005" not in part.out
    # Comments are written into seeds only.
    added = seedlint("check", "--no-cache", "--add-ignores", "--output-format", "json", cwd=tree)
    assert {each["code"] for each in added.findings} == {"SUP005"}
    assert (tree / "seedlint.toml").read_text("utf-8") == config


@pytest.mark.parametrize(
    ("ignored", "message"),
    [
        ('"a" = ["SCH"]', "2:1: `a`: a pattern of places begins with `/`"),
        ('"/a*" = ["SCH"]', "2:1: `/a*`: `*` stands for a whole step"),
        ('"/a" = ["FM001"]', "2:9: `/a`: `FM001` is about files that cannot be checked"),
        ('"/a" = ["SCH", "SUP"]', "2:16: what `SUP` reports is in no value; `ignore` and"),
        ('"/a" = ["CON"]', "2:9: what `CON` reports is in no value"),
        ('"/a" = ["FM010"]', "2:9: what `FM010` reports is in no value"),
        ('"/a" = ["YML001"]', "2:9: `/a`: `YML001` is about files that cannot be checked"),
        ('"/a" = ["SCH999"]', "2:9: `/a`: no rule is called `SCH999`"),
        ('"/a" = "SCH"', "2:1: `/a` must be a list of texts"),
    ],
)
def test_what_is_refused(tree: Path, ignored: str, message: str) -> None:
    write(tree, "seedlint.toml", f"[ignore-at]\n{ignored}\n")
    ran = seedlint("check", cwd=tree)
    assert ran.code == 2
    assert f"seedlint.toml:{message}" in ran.err


YAML = """---
title: Tides
date: yes
related:
- webUrl: https://example.com/
  note: no
- webUrl: https://example.org/
  webUrl: https://example.net/
---
"""


def codes(ran: Result) -> list[tuple[str, int]]:
    """Code and row of each finding that is not about the settings."""
    return [
        (each["code"], each["location"]["row"]) for each in ran.findings if each["code"] != "SUP005"
    ]


@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        ("", ["YML018 3", "YML018 6", "YML008 8"]),
        ('"/date" = ["YML018"]', ["YML018 6", "YML008 8"]),
        ('"/date" = ["ambiguous-scalar"]', ["YML018 6", "YML008 8"]),
        ('"/related/*/note" = ["YML"]', ["YML018 3", "YML008 8"]),
        ('"/related/1/webUrl" = ["YML008"]', ["YML018 3", "YML018 6"]),
        ('"/related/**" = ["ALL"]', ["YML018 3"]),
        ('"/related" = ["YML"]', ["YML018 3", "YML018 6", "YML008 8"]),
        ('"/title" = ["YML"]', ["YML018 3", "YML018 6", "YML008 8"]),
    ],
)
def test_what_the_reader_finds(tree: Path, ignored: str, left: list[str]) -> None:
    """Its findings have no pointer in reports, but they are about values."""
    write(tree, "a.md", YAML)
    ran = run(tree, ignored)
    assert [f"{code} {row}" for code, row in codes(ran)] == left
    assert all(each["pointer"] is None for each in ran.findings if each["code"][:3] == "YML")
    suppressed = 3 - len(left)
    assert (f"{suppressed} finding" in ran.err) == bool(suppressed)
    # What nothing needed is reported.
    unused = [each["location"]["row"] for each in ran.findings if each["code"] == "SUP005"]
    assert unused == ([] if suppressed or not ignored else [3])


def test_numbers_in_json_which_has_no_comments(tree: Path) -> None:
    write(tree, "a.md", '---json\n{"title": "Tides", "date": 12345678901234567890}\n---\n')
    assert codes(run(tree, "")) == [("YML025", 2)]
    assert codes(run(tree, '"/date" = ["YML025"]')) == []
    assert codes(run(tree, '"/title" = ["YML025"]')) == [("YML025", 2)]


def test_a_seed_that_cannot_be_read_says_so(tree: Path) -> None:
    write(tree, "a.md", "---\ndate: yes\ntitle: 'x\n---\n")
    ran = run(tree, '"/**" = ["ALL"]')
    # Nobody knows what else is in it, or where.
    assert [code for code, _ in codes(ran)] == ["YML018", "YML004"]


def test_one_of_several_selectors_may_mean_nothing_at_a_place(tree: Path) -> None:
    """What the fast path and the YAML reader find is answered alike, from the cache as well."""
    for number in range(120):
        write(tree, f"{number:03}.md", SEED.replace("Tides", f"Tides {number}"))
        write(tree, f"{number:03}y.md", YAML.replace("Tides", f"Tides y{number}"))
    write(tree, "seedlint.toml", 'schema = "s.json"\n[ignore-at]\n"/**" = ["YML", "SCH", "URL"]\n')
    where = ("--cache-dir", str(tree.parent / "cache"))
    for jobs in ("1", "2", "2"):
        ran = seedlint("check", *where, "--jobs", jobs, "--output-format", "json", cwd=tree)
        assert (ran.findings, "723 findings suppressed" in ran.err) == ([], True), ran.err


def test_duplicates_in_other_seeds(tree: Path) -> None:
    for name in ("a", "b", "c"):
        write(tree, f"{name}.md", "---\ntitle: Tides\ndate: 1\n---\n")
    assert found(run(tree, "")) == ["DUP002 /title"] * 2
    ran = run(tree, '"/title" = ["DUP002"]')
    assert (found(ran), ran.err[-24:]) == ([], "; 2 findings suppressed\n")
    write(tree, "b.md", "---\ntitle: Bridges\ndate: 1\n---\n")
    write(tree, "c.md", "---\ntitle: Ferries\ndate: 1\n---\n")
    assert found(run(tree, '"/title" = ["DUP002"]')) == ["SUP005 None"]


def test_the_cache_knows_what_was_used(tree: Path) -> None:
    """Also which entries were needed; where they are in the file is not part of its key."""
    for number in range(150):
        text = SEED if number < 2 else "---\ntitle: Tides\ndate: 1\n---\n"
        write(tree, f"{number}.md", text.replace("Tides", f"Tides {number}"))
    config = 'schema = "s.json"\n[ignore-at]\n"/related/*/*" = ["URL", "SCH003"]\n"/x" = ["SCH"]\n'
    for jobs in ("1", "2"):
        runs = []
        for text in (config, config, "\n" + config):
            write(tree, "seedlint.toml", text)
            runs.append(
                seedlint("check", "--output-format", "json", "--cache-dir", f"../cache{jobs}",
                         "--jobs", jobs, cwd=tree)
            )  # fmt: skip
        assert [each.places for each in runs] == [
            [("SUP005", 4, 9)],
            [("SUP005", 4, 9)],
            [("SUP005", 5, 9)],
        ]
        assert len({each.err for each in runs}) == 1
        assert "9 findings suppressed" in runs[0].err
    write(tree, "seedlint.toml", config.replace("URL", "URL012"))
    ran = seedlint("check", "--output-format", "json", "--cache-dir", "../cache1", cwd=tree)
    assert [each["code"] for each in ran.findings if each["filename"] == "0.md"] == ["URL003"] * 2


def test_a_baseline_may_hold_what_is_unused(tree: Path) -> None:
    ignored = '"/x" = ["SCH"]'
    options = ("--baseline", "known.json")
    run(tree, ignored, *options, "--update-baseline")
    ran = run(tree, ignored, *options, "--strict-baseline")
    assert (ran.findings, ran.code) == ([], 0)
    # A run over a part says nothing of it.
    assert run(tree, ignored, *options, "--strict-baseline", "a.md").code == 0
    assert "no longer found: SUP005 in seedlint.toml" in run(tree, "", *options).err


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git")
def test_since(tree: Path) -> None:
    shutil.rmtree(tree / ".git")
    git(tree, "init", "--quiet", "--initial-branch", "main")
    ignored = '"/related/*/*" = ["URL003", "SCH003"]\n"/x" = ["SCH002"]'
    run(tree, ignored)
    commit(tree)
    git(tree, "checkout", "--quiet", "-b", "branch")
    assert found(run(tree, ignored, "--since", "main")) == []
    write(tree, "a.md", SEED.replace("htp:", "https:").replace("htps:", "https:"))
    assert found(run(tree, ignored, "--since", "main")) == ["SUP005 None"]


def test_show_settings(tree: Path) -> None:
    run(tree, '"/related/*/webUrl" = ["URL"]\n"/x" = ["URL003"]')
    lines = seedlint("--show-settings", "a.md", cwd=tree).out.splitlines()
    (line,) = (each for each in lines if each.startswith("URL003"))
    assert line.endswith("; not at `/related/*/webUrl`, `/x` (ignore-at)")


def test_fixes_are_not_made_where_a_rule_is_left_out(tree: Path) -> None:
    write(tree, "a.md", "---\ntitle: Tides\ndate: 1\nrelatd: []\n---\n")
    before = (tree / "a.md").read_bytes()
    run(tree, '"/relatd" = ["SCH002"]', "--fix", "--unsafe-fixes")
    assert (tree / "a.md").read_bytes() == before
    run(tree, "", "--fix", "--unsafe-fixes")
    assert (tree / "a.md").read_bytes() != before


def test_equal_entries_of_two_places_are_told_apart() -> None:
    values: list[Any] = [
        IgnoredAt("/a", "SCH", "x.toml", (1,)),
        IgnoredAt("/a", "SCH", "y.toml", (1,)),
    ]
    assert len(set(values)) == 2
