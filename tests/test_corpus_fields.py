"""Bindings on fields, on real seeds: they report what is a mistake, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import seedlint
from paths import CORPUS, needs

SITE = {
    "x-seedlint": {
        "same-site": {
            "domain": ["provider", "domain"],
            "links": ["webUrl", "originalUrl"],
            "platforms": ["youtube.com"],
        }
    }
}
CONTRACT = {
    "allOf": [SITE],
    "properties": {"related": {"items": SITE}},
    "x-seedlint": {
        "not-after": {"today": ["publishedDateTime"]},
        "file-name": {"date": "publishedDateTime", "title": "title"},
        "unique-across": {"spellings": ["topics", "title"]},
    },
}
# The publisher of this video is not the site that its link leads to.
FOREIGN = "powerapps911-create-a-large-sharepoint-online-list-for-power-apps-and-power-automate.md"


@needs(CORPUS)
@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("mission", []),
        ("diablo4/news", []),
        ("powerapps/news", []),
        ("powerapps/learning-videos", [(FOREIGN, "URL015")]),
        ("powerapps/learning-courses", []),
        ("powerapps/samples", []),
    ],
)
def test_no_cry_of_wolf(tmp_path: Path, folder: str, found: list[tuple[str, str]]) -> None:
    contract = json.loads(json.dumps(CONTRACT))
    if folder.startswith("powerapps/") and folder != "powerapps/news":
        # Their names have no date, and are not made of the title alone.
        del contract["x-seedlint"]["file-name"]
    path = tmp_path / "s.json"
    path.write_text(json.dumps(contract), "utf-8")
    select = ("--select", "URL015,DATE,SEED010,SEED011,DUP003")
    report = ("--isolated", "--no-cache", "--output-format", "json", "--quiet", "--schema", path)
    done = seedlint("check", *report, *select, ".", cwd=CORPUS / folder)
    assert [(each["filename"], each["code"]) for each in done.findings] == found


@needs(CORPUS)
def test_a_wrong_field_is_reported_in_each_news_seed(tmp_path: Path) -> None:
    """So that silence above says something."""
    path = tmp_path / "s.json"
    path.write_text(json.dumps(CONTRACT), "utf-8")
    folder = CORPUS / "diablo4" / "news"
    seeds = sorted(folder.glob("*.md"))[::17]
    for number, seed in enumerate(seeds):
        text = seed.read_text("utf-8")
        (tmp_path / f"2000-01-01-no-{number}.md").write_text(text, "utf-8")
    report = ("--isolated", "--no-cache", "--output-format", "json", "--quiet", "--schema", path)
    found = seedlint("check", *report, "--select", "SEED010,SEED011", ".", cwd=tmp_path).findings
    assert len([each for each in found if each["code"] == "SEED010"]) == len(seeds)
    assert len([each for each in found if each["code"] == "SEED011"]) == len(seeds)
