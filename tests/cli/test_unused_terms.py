"""Terms of a vocabulary that no seed of a whole run uses, reported where they are."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint
from repositories import git
from trees import write_front_matter as write

TOPICS = """\
# Tópicos
topics:
  - {id: ferries}
  - id: "tides"   # twice a day
  - id: weather
places: {harbour: 1, 'town': 2}
"""


def bound(**options: Any) -> dict[str, Any]:
    return {"x-seedlint": {"vocabulary": {"file": "terms.yaml", "unused": True, **options}}}


CONTRACT = {
    "properties": {
        "topics": bound(pointer="/topics", key="id"),
        "place": bound(pointer="/places"),
    }
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "contract").mkdir(parents=True)
    (folder / "seedlint.toml").write_text('schema = "contract/s.json"\n')
    (folder / "contract" / "s.json").write_text(json.dumps(CONTRACT))
    (folder / "contract" / "terms.yaml").write_text(TOPICS, "utf-8")
    for number in range(120):
        write(folder, f"seeds/{number}.md", "topics: [ferries]\nplace: town")
    return folder


UNUSED = [(4, 9, 16), (5, 9, 16), (6, 10, 17)]


def check(site: Path, *options: str, cache: bool = False, code: int = 0) -> Result:
    where = ("--cache-dir", str(site.parent / "cache")) if cache else ("--no-cache",)
    command = ("check", "--output-format", "json", "--quiet", *where, *options)
    done = seedlint(*command, cwd=site)
    assert done.code == code, done.err
    return done


def places(done: Result) -> list[tuple[int, int, int]]:
    assert {(each["filename"], each["code"]) for each in done.findings} <= {
        ("contract/terms.yaml", "REF003")
    }
    return [
        (each["location"]["row"], each["location"]["column"], each["end_location"]["column"])
        for each in done.findings
    ]


def test_each_is_reported_at_its_entry(site: Path) -> None:
    done = check(site)
    assert places(done) == UNUSED
    first = done.findings[0]
    assert (first["severity"], first["pointer"]) == ("warning", "/topics/1/id")
    assert first["message"] == "no seed uses the term `tides`"
    shown = seedlint("check", "--no-cache", cwd=site)
    assert '4 |   - id: "tides"   # twice a day\n  |         ^^^^^^^' in shown.out
    assert "3 warnings in 120 seeds" in shown.err


def test_only_in_runs_over_all_seeds(site: Path) -> None:
    assert places(check(site, "seeds/1.md")) == []
    assert places(check(site, "seeds")) == []
    assert places(check(site, "--ignore", "REF003")) == []
    command = ("check", "--isolated", "--schema", "contract/s.json", "--output-format", "json")
    assert len(seedlint(*command, "seeds", cwd=site).findings) == 3
    assert seedlint(*command, "seeds/1.md", cwd=site).findings == []


def test_it_is_asked_for(site: Path) -> None:
    contract = {"properties": {"topics": bound(pointer="/topics", key="id", unused=False)}}
    (site / "contract" / "s.json").write_text(json.dumps(contract))
    assert places(check(site)) == []


def test_cached_seeds_count(site: Path) -> None:
    assert [places(check(site, cache=True)) for _ in range(2)] == [UNUSED, UNUSED]
    write(site, "seeds/5.md", "topics: [tides, weather]\nplace: town")
    assert [places(check(site, cache=True)) for _ in range(2)] == [UNUSED[2:]] * 2
    # Without a finding in any seed, too.
    terms = site / "contract" / "terms.yaml"
    terms.write_text(TOPICS.replace("harbour", "harbor"), "utf-8")
    assert [places(check(site, cache=True)) for _ in range(2)] == [[(6, 10, 16)]] * 2


def test_collections_use_one_vocabulary_together(site: Path) -> None:
    collections = "".join(
        f'[[collections]]\nname = "{name}"\nfiles = ["{name}/*.md"]\nschema = "contract/s.json"\n'
        for name in ("seeds", "more")
    )
    (site / "seedlint.toml").write_text(collections)
    write(site, "more/1.md", "topics: [tides]")
    assert places(check(site)) == UNUSED[1:]
    assert places(check(site, "--collection", "seeds")) == []


def test_settings_and_baseline_answer_it(site: Path) -> None:
    config = site / "seedlint.toml"
    written = config.read_text()
    config.write_text(written + 'per-file-ignores = {"contract/*" = ["REF003"]}\n')
    assert places(check(site)) == []
    config.write_text(written + 'severity = {REF003 = "error"}\n')
    assert places(check(site, code=1)) == UNUSED
    config.write_text(written)
    base = ("--baseline", "base.json")
    check(site, *base, "--update-baseline")
    assert places(check(site, *base)) == []
    assert places(check(site, "seeds/1.md", *base, "--strict-baseline")) == []
    terms = site / "contract" / "terms.yaml"
    terms.write_text(TOPICS.replace("topics:\n", "topics:\n  - id: frost\n"), "utf-8")
    assert places(check(site, *base)) == [(3, 9, 14)]


@pytest.mark.skipif(sys.platform == "win32", reason="needs git")
def test_since_reports_what_a_branch_leaves_unused(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    assert places(check(site, "--since", "HEAD")) == []
    for number in range(120):
        write(site, f"seeds/{number}.md", "place: town")
    assert places(check(site, "--since", "HEAD")) == [(3, 10, 17)]


def test_no_comment_is_written_into_the_vocabulary(site: Path) -> None:
    done = check(site, "--add-ignores")
    assert places(done) == UNUSED
    assert (site / "contract" / "terms.yaml").read_text("utf-8") == TOPICS


@pytest.mark.parametrize("form", ["full", "github", "gitlab", "html", "junit", "markdown",
                                  "rdjson", "sarif", "statistics"])  # fmt: skip
def test_every_report_names_the_file(site: Path, form: str) -> None:
    options = ("--statistics",) if form == "statistics" else ("--output-format", form)
    done = seedlint("check", "--no-cache", *options, cwd=site)
    assert done.code == 0, done.err
    assert "REF003" in done.out or "unused-term" in done.out
    assert form in ("statistics", "markdown") or "terms.yaml" in done.out


@pytest.mark.parametrize(
    ("name", "text", "options", "place"),
    [
        ("t.json", '["a",\n "b\\u0041\\/", "town"]', {}, (2, 2, 13)),
        ("t.jsonc", '// é\n{"a": 1, "town": 2}', {}, (2, 2, 5)),
    ],
)
def test_places_in_json(
    site: Path, name: str, text: str, options: dict[str, Any], place: tuple[int, int, int]
) -> None:
    (site / "contract" / name).write_text(text, "utf-8")
    contract = {"properties": {"place": bound(file=name, **options)}}
    (site / "contract" / "s.json").write_text(json.dumps(contract))
    done = check(site)
    found = done.findings[-1]
    assert (found["location"]["row"], found["location"]["column"]) == place[:2]
    assert found["end_location"]["column"] == place[2]
