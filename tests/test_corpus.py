"""Real seeds: what an independent count finds, seedlint finds, at the exact place.

The count here is made with plain dictionary look-ups and text searches, not with seedlint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from command import Result, check_json
from paths import CORPUS, needs

DIABLO = CORPUS / "diablo4" / "news"
POWERAPPS = CORPUS / "powerapps" / "news"


@cache
def run(folder: Path) -> Result:
    return check_json(folder.name, cwd=folder.parent)


def findings(folder: Path, code: str) -> list[dict[str, Any]]:
    return [each for each in run(folder).findings if each["code"] == code]


@cache
def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def seeds(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8")
        yield YAML(typ="safe").load(text.split("\n---", 1)[0].removeprefix("---\n"))


def slice_of(folder: Path, finding: dict[str, Any]) -> str:
    """The characters that a finding points at."""
    line = lines_of(folder.parent / finding["filename"])[finding["location"]["row"] - 1]
    assert finding["location"]["row"] == finding["end_location"]["row"]
    return line[finding["location"]["column"] - 1 : finding["end_location"]["column"] - 1]


def normalize(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


@needs(CORPUS)
def test_the_mission_seed_is_clean() -> None:
    result = check_json("mission", cwd=CORPUS)
    assert (result.code, result.findings) == (0, [])


@needs(CORPUS)
def test_empty_related_urls() -> None:
    expected = Counter(
        (path.name, number)
        for path in sorted(DIABLO.glob("*.md"))
        for number, line in enumerate(lines_of(path), 1)
        if re.fullmatch(r'    webUrl: ""', line)
    )
    assert expected.total() == 63
    found = findings(DIABLO, "URL001")
    assert Counter((Path(f["filename"]).name, f["location"]["row"]) for f in found) == expected
    assert {slice_of(DIABLO, finding) for finding in found} == {'""'}
    assert {finding["location"]["column"] for finding in found} == {13}


@needs(CORPUS)
def test_repeated_links_and_titles() -> None:
    links = titles = 0
    for seed in seeds(DIABLO):
        seen_links: set[str] = set()
        seen_titles: set[str] = set()
        for entry in seed.get("related", []):
            links += bool(entry["webUrl"]) and entry["webUrl"] in seen_links
            titles += normalize(entry["title"]) in seen_titles
            seen_links.add(entry["webUrl"])
            seen_titles.add(normalize(entry["title"]))
    assert (links, titles) == (6, 31)
    assert len(findings(DIABLO, "REL001")) == links
    assert len(findings(DIABLO, "REL002")) == titles
    for finding in [*findings(DIABLO, "REL001"), *findings(DIABLO, "REL002")]:
        key = "webUrl" if finding["code"] == "REL001" else "title"
        row, column = finding["location"]["row"], finding["location"]["column"]
        line = lines_of(DIABLO.parent / finding["filename"])[row - 1]
        assert line[4 : column - 1].strip("- ") == f"{key}:"
        assert finding["labels"][0]["location"]["row"] < row


@needs(CORPUS)
def test_seeds_related_to_themselves() -> None:
    by_link = by_title = 0
    for seed in seeds(DIABLO):
        related = seed.get("related", [])
        by_link += sum(entry["webUrl"] == seed.get("webUrl", None) for entry in related)
        by_title += sum(normalize(entry["title"]) == normalize(seed["title"]) for entry in related)
    assert (by_link, by_title) == (2, 10)
    assert len(findings(DIABLO, "REL003")) == by_link
    assert len(findings(DIABLO, "REL004")) == by_title


@needs(CORPUS)
def test_html_entities_in_urls() -> None:
    found = findings(DIABLO, "URL010")
    related = [finding for finding in found if finding["pointer"].startswith("/related/")]
    assert (len(found) - len(related), len(related)) == (2, 5)
    for finding in found:
        assert re.search(r"&#\d+;", slice_of(DIABLO, finding))


@needs(CORPUS)
def test_articles_and_titles_in_two_seeds() -> None:
    links = Counter(seed["webUrl"] for seed in seeds(DIABLO) if seed.get("webUrl"))
    titles = Counter(normalize(seed["title"]) for seed in seeds(DIABLO))
    assert sum(1 for count in links.values() if count > 1) == 1
    assert sum(1 for count in titles.values() if count > 1) == 6
    twice = findings(DIABLO, "DUP001")
    assert len(twice) >= 1
    assert all(finding["labels"][0]["filename"] != finding["filename"] for finding in twice)
    assert len(findings(DIABLO, "DUP002")) == sum(count - 1 for count in titles.values())


@needs(CORPUS)
def test_amp_cache_addresses_are_all_right() -> None:
    assert findings(DIABLO, "URL014") == findings(POWERAPPS, "URL014") == []


@needs(CORPUS)
@pytest.mark.parametrize("folder", [DIABLO, POWERAPPS], ids=["diablo4", "powerapps"])
def test_no_cry_of_wolf(folder: Path) -> None:
    """The kinds of error that real news seeds have, each read and found to be a defect."""
    errors = Counter(f["code"] for f in run(folder).findings if f["severity"] == "error")
    assert set(errors) <= {"URL001", "URL010", "REL001", "REL003", "DUP001", "SCH003"}
    assert errors["SCH003"] <= 1  # the one empty topic


@needs(CORPUS)
def test_every_place_is_inside_its_file() -> None:
    findings = run(DIABLO).findings
    assert findings
    for finding in findings:
        lines = lines_of(DIABLO.parent / finding["filename"])
        for place in ("location", "end_location"):
            row, column = finding[place]["row"], finding[place]["column"]
            assert 1 <= row <= len(lines)
            assert 1 <= column <= len(lines[row - 1]) + 1
