"""`seedlint schema infer` as people run it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from command import Result, check_json, seedlint


def write(folder: Path, number: int, *more: str, name: str = "") -> Path:
    """Write the seed with this number, with more lines in its front matter."""
    lines = [
        f"title: Article {number}",
        f"type: {'video' if number % 3 == 0 else 'article'}",
        f"date: 2024-05-{number % 28 + 1:02}",
        f"url: https://example.com/{number}",
        *more,
    ]
    path = folder / (name or f"{number:03}.md")
    path.write_text("\n".join(["---", *lines, "---", ""]), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hundred seeds: articles, and videos, which have a length."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number in range(100):
        write(seeds, number, *(["length: PT3M"] if number % 3 == 0 else []))
    return tmp_path


def infer(folder: Path, *arguments: str | os.PathLike[str]) -> Result:
    return seedlint("schema", "infer", *(arguments or ["seeds"]), cwd=folder)


def contract(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.out)
    return found


def names(result: Result, word: str) -> Sequence[str]:
    return [line for line in result.err.splitlines() if line.startswith(word)]


def test_what_a_contract_says(folder: Path) -> None:
    result = infer(folder)
    assert result.code == 0
    assert result.err == "drafted from 100 seeds\n"
    assert contract(result) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "drafted from 100 seeds; 5 keys in 100; "
        "url: 0 of 100 in several seeds; title: 0 of 100 in several seeds",
        "type": "object",
        "required": ["title", "type", "date", "url"],
        "properties": {
            "title": {
                "$comment": "in all 100",
                "type": "string",
                "minLength": 1,
                "x-seedlint": {"text": {}},
            },
            "type": {
                "$comment": "in all 100; seen 66, 34 times",
                "type": "string",
                "enum": ["article", "video"],
            },
            "date": {"$comment": "in all 100; date: all 100", "type": "string", "format": "date"},
            "url": {
                "$comment": "in all 100; web addresses: all 100",
                "$ref": "#/$defs/webAddress",
            },
            "length": {
                "$comment": "in 34 of 100; duration: all 34",
                "type": "string",
                "format": "duration",
            },
        },
        "additionalProperties": False,
        "if": {"properties": {"type": {"const": "video"}}, "required": ["type"]},
        "then": {"$comment": "all 34 of this kind", "required": ["length"]},
        "x-seedlint": {"unique-across": {"links": ["url"], "titles": ["title"]}},
        "$defs": {
            "webAddress": {
                "type": "string",
                "format": "uri",
                "x-seedlint": {"url": {"schemes": ["https", "http"]}},
            }
        },
    }


def test_its_own_seeds_are_clean_under_it(folder: Path) -> None:
    (folder / "c.json").write_text(infer(folder).out, "utf-8")
    assert check_json("--schema", "c.json", "seeds", cwd=folder).findings == []
    checked = seedlint("schema", "check", "c.json", cwd=folder)
    assert (checked.code, checked.out, checked.err) == (0, "", "OK: 1 contract\n")
    write(folder / "seeds", 1, "lenght: PT1M", name="new.md")
    found = check_json("--schema", "c.json", "seeds/new.md", cwd=folder).places
    assert found == [("SCH002", 6, 1)]


def test_rare_keys_and_values_are_named(folder: Path) -> None:
    for number in range(100, 600):
        write(folder / "seeds", number)
    seed = folder / "seeds" / "201.md"
    seed.write_text(seed.read_text("utf-8").replace("url: ", "# url: "), "utf-8")
    (folder / "seeds" / "007.md").write_text(
        "---\ntitle: A\ntype: vidoe\ndate: soon\nurl: https://example.com\nwebUlr: x\n---\n"
    )
    result = infer(folder)
    assert result.code == 0
    assert names(result, "note") == [
        "note: `vidoe` is a rare value of `type`, in 1 of 600: seeds/007.md",
        "note: `date` is not a date in 1 of 600: `soon` in seeds/007.md",
        "note: `url` is missing in 1 of 600: seeds/201.md",
        "note: `webUlr` is rare, in 1 of 600: seeds/007.md",
    ]
    assert contract(result)["properties"]["type"]["enum"] == ["article", "video", "vidoe"]


def test_a_threshold_makes_the_rest_findings(folder: Path) -> None:
    seed = folder / "seeds" / "050.md"
    seed.write_text(seed.read_text("utf-8").replace("date: 2024-05-23\n", ""), "utf-8")
    assert "date" not in contract(infer(folder))["required"]
    result = infer(folder, "--required-threshold", "0.98", "seeds")
    assert result.code == 1
    assert names(result, "departs") == ["departs: seeds/050.md:1: missing key `date`"]
    assert "date" in contract(result)["required"]
    assert infer(folder, "--required-threshold", "0.995", "seeds").code == 0


def test_ranges_on_request(folder: Path) -> None:
    for number in range(100, 200):
        write(folder / "seeds", number, f"size: {number}", "tags: [a, b]")
    assert "minimum" not in infer(folder).out
    found = contract(infer(folder, "--ranges", "seeds"))["properties"]
    assert (found["size"]["minimum"], found["size"]["maximum"]) == (100, 199)
    assert (found["tags"]["minItems"], found["tags"]["maxItems"]) == (2, 2)
    assert (found["title"]["minLength"], found["title"]["maxLength"]) == (9, 11)


def test_unreadable_seeds_are_named(folder: Path) -> None:
    (folder / "seeds" / "bad.md").write_text("---\ntitle: a: b\n---\n", "utf-8")
    (folder / "seeds" / "none.md").write_text("text\n", "utf-8")
    result = infer(folder)
    assert result.code == 1
    assert names(result, "seedlint:") == [
        "seedlint: cannot read seeds/bad.md:2:9: YML005 colon inside the unquoted value of `title`",
        "seedlint: cannot read seeds/none.md:1:1: FM001 no front matter",
    ]
    assert contract(result)["$comment"].startswith("drafted from 100 seeds;")


def test_few_seeds_close_nothing(folder: Path) -> None:
    result = infer(folder, *[f"seeds/{number:03}.md" for number in range(49)])
    assert result.code == 0
    assert names(result, "warning") == [
        "warning: 49 seeds, fewer than 50: the contract lists no values and accepts any further "
        "key, and many new seeds may still depart from it"
    ]
    for word in ("additionalProperties", "enum", "if"):
        assert f'"{word}"' not in result.out


def test_nothing_to_draft_from(folder: Path) -> None:
    bad = folder / "bad.md"
    bad.write_text("nothing\n", "utf-8")
    result = infer(folder, "bad.md")
    assert (result.code, result.out) == (2, "")
    assert "no seed could be read" in result.err
    assert infer(folder, "absent.md").code == 2
    result = infer(folder, "absent.md", "seeds")
    assert result.code == 2
    assert contract(result)


def test_the_configuration_says_which_files_are_seeds(folder: Path) -> None:
    # The schema that it names is what is to be written.
    (folder / "seedlint.toml").write_text(
        'schema = "not-there-yet.json"\ninclude = ["seeds/0*.md"]\n', "utf-8"
    )
    result = seedlint("schema", "infer", cwd=folder)
    assert (result.code, result.err) == (0, "drafted from 100 seeds\n")
    # A copy, which would count if it were included.
    write(folder / "seeds", 1, name="other.md")
    assert infer(folder).err == "drafted from 100 seeds\n"
    (folder / "seedlint.toml").write_text(
        '[[collections]]\nname = "a"\nfiles = ["seeds/0*.md"]\nschema = "a.json"\n', "utf-8"
    )
    assert (
        "the files of all collections are taken together"
        in seedlint("schema", "infer", cwd=folder).err
    )


def test_processes_and_copies_change_no_byte(folder: Path) -> None:
    for number in range(100, 700):
        write(folder / "seeds", number)
    expected = infer(folder, "-j", "1", "seeds").out
    assert infer(folder, "-j", "3", "seeds").out == expected
    write(folder / "seeds", 1, name="copy.md")
    assert infer(folder).err == "drafted from 700 seeds; 1 copy of them does not count\n"
    for number in range(29):
        write(folder / "seeds", 1, name=f"copy-{number}.md")
    result = infer(folder, "-j", "2", "seeds")
    assert result.err == "drafted from 700 seeds; 30 copies of them do not count\n"
    assert "url: 0 of a sample of 256 in several seeds" in contract(result)["$comment"]
    copies = "drafted from 700 seeds; 30 copies of them do not count;"
    assert result.out == expected.replace("drafted from 700 seeds;", copies)


def test_values_and_names_do_no_harm(folder: Path) -> None:
    for number in range(100):
        write(folder / "seeds", number, r'kind: "##[error]\u202e\x1b[31m"')
    result = infer(folder)
    assert "##[" not in result.out
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert contract(result)["properties"]["kind"]["const"] == "##[error]\u202e\x1b[31m"


def test_addresses_in_the_amp_cache(folder: Path) -> None:
    page = "amp: https://www.example.com/a.html"
    cache = "cdn: https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a.html"
    for number in range(40):
        write(folder / "seeds", number, page, cache)
    found = contract(infer(folder))
    assert found["x-seedlint"]["amp-cache"] == {"amp": "amp", "cache": "cdn"}
    assert found["dependentRequired"] == {"cdn": ["amp"]}
    # One without the page is a finding of nobody, because it was there.
    write(folder / "seeds", 41, cache)
    found = contract(infer(folder))
    assert found["x-seedlint"]["amp-cache"] == {"amp": "amp", "cache": "cdn"}
    assert "dependentRequired" not in found


def test_mistakes_that_bindings_report(folder: Path) -> None:
    """Most links are right: those that are not are findings under the draft."""
    entries = ["related:"]
    for number in (1, 2, 3):
        entries += [f"  - title: Old {number}", f"    webUrl: https://example.com/old-{number}"]
    for number in range(100):
        write(folder / "seeds", number, *entries)
    write(
        folder / "seeds", 7, *entries, "  - title: Old 4", "    webUrl: https://example.com/old-1"
    )
    write(folder / "seeds", 8, *entries[:-1], '    webUrl: ""')
    result = infer(folder)
    assert names(result, "note") == [
        "note: `related[].webUrl` is not a web address in 1 of 301; empty: 1"
    ]
    (folder / "c.json").write_text(result.out, "utf-8")
    found = check_json("--schema", "c.json", "seeds", cwd=folder).findings
    assert [(each["code"], each["filename"]) for each in found] == [
        ("REL001", "seeds/007.md"),
        ("URL001", "seeds/008.md"),
    ]
