"""A finding is left to one that says the same more plainly, as long as that one is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import seedlint
from seedlint.check import Checker
from seedlint.result import FileResult
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.severity import Severity

CLOSED = {
    "required": ["title"],
    "properties": {"title": {}, "amp": {}, "cdnAmp": {}},
    "dependentRequired": {"cdnAmp": ["amp"]},
    "additionalProperties": False,
}
NESTED = {
    "required": ["provider"],
    "properties": {"provider": {"properties": {"name": {}}}},
    "additionalProperties": False,
}
ALTERNATIVES = {
    "oneOf": [
        {"properties": {"kind": {"const": "a"}, "size": {"type": "integer"}}},
        {"properties": {"kind": {"const": "b"}, "size": {"type": "string"}}},
    ]
}
RELATED = {
    "properties": {
        "related": {"x-seedlint": {"unique-by": {"links": ["webUrl"], "titles": ["title"]}}}
    }
}
ENTRY = '  - title: Tides rise\n    webUrl: "https://a.example/x"'
CONDITION = {
    "properties": {"type": {"enum": ["video", "article"]}},
    "if": {"properties": {"type": {"const": "video"}}},
    "then": {"required": ["seconds"]},
    "else": {"required": ["url"]},
}
NAMED = {"properties": {"list": {"contains": {"const": "News"}, "items": {"enum": ["News", "x"]}}}}
EITHER = {
    "type": "object",
    "properties": {"a": {"type": "string", "enum": ["b", "c"]}},
    "anyOf": [{"required": ["url"]}, {"required": ["doi"]}],
}
DATES = {
    "x-seedlint": {"not-after": {"order": ["a", "b", "c"], "today": ["a", "b"]}},
}
COPIED = f"related:\n{ENTRY}\n{ENTRY}"

# Contract, front matter, the rule that speaks, and the one that speaks when it does not.
FOLDED = [
    (CLOSED, "titel: a", "SCH002", "SCH001"),
    (NESTED, "provider.name: a", "SCH002", "SCH001"),
    (CLOSED, "title: a\ncdnAmp: b\napm: c", "SCH002", "SCH021"),
    (ALTERNATIVES, "kind: a\nsize: b", "SCH003", "SCH022"),
    (ALTERNATIVES, "kind: c\nsize: b", "SCH004", "SCH022"),
    (EITHER, "a: b", "SCH001", "SCH022"),
    (EITHER, "a: 5\nurl: x", "SCH004", "SCH003"),
    (CONDITION, "type: vidoe", "SCH004", "SCH001"),
    (CONDITION, "type: article\ntype: video\nurl: x", "YML008", "SCH001"),
    (CONDITION, "type: video\ntype: article\nseconds: 1", "YML008", "SCH001"),
    (NAMED, "list: [Nws]", "SCH004", "SCH016"),
    (RELATED, COPIED, "REL001", "REL002"),
    (DATES, "a: 2924-05-03\nb: 2024-05-01", "DATE002", "DATE001"),
    # A problem of the YAML and its echo, and the other way round.
    ({"properties": {"a": {"type": "integer"}}}, "a: !x 5", "YML011", None),
    ({"properties": {"a": {"type": "integer"}}}, "a: yes", "SCH003", "YML018"),
]
IDS = [f"{says}-{folded}" for *_, says, folded in FOLDED]


def check(folder: Path, schema: Any, matter: str, **settings: Any) -> FileResult:
    path = folder / "s.json"
    path.write_text(json.dumps(schema))
    checker = Checker(load_schema(path, "s.json"), Settings(root=folder, **settings))
    document = checker.read("a.md", f"---\n{matter}\n---\n".encode())
    return checker.check(document, checker.ignored_in(str(folder / "a.md")))


def codes(result: FileResult) -> list[str]:
    return [each.code for each in result.diagnostics]


@pytest.mark.parametrize(("schema", "matter", "says", "folded"), FOLDED, ids=IDS)
def test_one_mistake_one_finding(
    schema: Any, matter: str, says: str, folded: str | None, tmp_path: Path
) -> None:
    result = check(tmp_path, schema, matter)
    assert (codes(result), result.suppressed) == ([says], 0)


def test_a_key_with_dots_hides_no_other_key(tmp_path: Path) -> None:
    provider = {"required": ["name", "domain"], "properties": {"name": {}, "domain": {}}}
    schema = {**NESTED, "properties": {"provider": provider}}
    found = check(tmp_path, schema, "provider: {}\nprovider.name: A").diagnostics
    assert [each.message for each in found] == [
        "missing key `domain`",
        "unknown key `provider.name`",
    ]


def test_each_of_two_keys_with_dots_stands_for_the_missing_one(tmp_path: Path) -> None:
    schema = {**NESTED, "properties": {"provider": {"properties": {"a": {}, "b": {}}}}}
    lines = ["provider.a: 1", "provider.b: 2"]
    for at in range(2):
        answered = [*lines]
        answered[at] += " # seedlint: ignore[SCH002]"
        assert codes(check(tmp_path, schema, "\n".join(answered))) == ["SCH002"]


@pytest.mark.parametrize(
    "matter",
    ["provider: A\nprovider.name: B", "provider:\n  name: A\nprovider.name: B"],
)
def test_a_key_with_dots_is_not_sent_where_it_cannot_be(tmp_path: Path, matter: str) -> None:
    schema = {**NESTED, "properties": {"provider": {"properties": {"name": {}}}}}
    (found,) = check(tmp_path, schema, matter).diagnostics
    assert "name" not in (found.help or "")


def test_an_empty_value_gives_way_to_the_keys_that_name_it(tmp_path: Path) -> None:
    schema = {**NESTED, "properties": {"provider": {"type": "object", "properties": {"name": {}}}}}
    (found,) = check(tmp_path, schema, "provider:\nprovider.name: A").diagnostics
    assert found.help == "write `name` below `provider`, indented by 2 more spaces"


def test_what_a_key_decides_that_is_there_twice_with_one_value(tmp_path: Path) -> None:
    matter = "type: video\ntype: video\nurl: x"
    assert sorted(codes(check(tmp_path, CONDITION, matter))) == ["SCH001", "YML008"]


def test_one_key_that_is_asked_for_twice_is_one_missing_key(tmp_path: Path) -> None:
    schema = {"properties": {"p": {"required": ["a"], "allOf": [{"required": ["a"]}]}}}
    found = check(tmp_path, schema, "p: {}").diagnostics
    assert {each.message for each in found} == {"missing key `a`"}


SPEAKING = [each for each in FOLDED if each[-1]]


@pytest.mark.parametrize(
    ("schema", "matter", "says", "folded"), SPEAKING, ids=[each[-1] for each in SPEAKING]
)
def test_a_folded_finding_is_reported_if_the_other_is_not(
    schema: Any, matter: str, says: str, folded: str, tmp_path: Path
) -> None:
    def others(**settings: Any) -> tuple[list[str], int]:
        result = check(tmp_path, schema, matter, **settings)
        return [code for code in codes(result) if code != says], result.suppressed

    assert folded in others(ignore=(says,))[0]
    found, suppressed = others(per_file_ignores=(("a.md", (says,)),))
    assert folded in found
    assert suppressed
    if folded not in ("REL002", "YML018"):
        # It is graver than the one that says the same.
        assert folded in others(severity=((says, Severity.WARNING),))[0]
    place = check(tmp_path, schema, matter).diagnostics[0].region.start
    lines = f"---\n{matter}\n---".split("\n")
    if place.line > 1:
        lines[place.line - 1] += f"  # seedlint: ignore[{says}] it is meant so"
        commented = check(tmp_path, schema, "\n".join(lines[1:-1]))
        assert folded in codes(commented)
        assert says not in codes(commented)
        assert not [code for code in codes(commented) if code.startswith("SUP")]


def test_a_comment_that_answers_what_is_folded_is_used(tmp_path: Path) -> None:
    copied = COPIED.replace("Tides rise", "Tides rise  # seedlint: ignore[REL002] told twice")
    result = check(tmp_path, RELATED, copied)
    # The comment on the first entry answers nothing; that on the second one what is folded.
    assert codes(result) == ["SUP001", "REL001"]
    assert result.diagnostics[0].region.start.line == 3
    assert result.suppressed == 0


def test_two_mistakes_are_two_findings(tmp_path: Path) -> None:
    # The link of one entry and the title of another.
    related = (
        'related:\n  - {title: Tides, webUrl: "https://a.example/1"}\n'
        '  - {title: Ferries, webUrl: "https://a.example/2"}\n'
        '  - {title: Tides, webUrl: "https://a.example/2"}'
    )
    assert codes(check(tmp_path, RELATED, related)) == ["REL002", "REL001"]


def test_what_is_not_folded_is_reported_once(tmp_path: Path) -> None:
    # One finding is found twice, and only once is there one that says the same.
    schema = {"allOf": [CONDITION, {"required": ["url"]}]}
    assert sorted(codes(check(tmp_path, schema, "type: vidoe"))) == ["SCH001", "SCH004"]


def test_nothing_is_lost_in_a_circle(tmp_path: Path) -> None:
    # The unknown key is like the missing one that the condition on it is about.
    schema = {
        "required": ["type"],
        "if": {"required": ["type"]},
        "else": {"properties": {"type": {}}, "additionalProperties": False},
    }
    assert codes(check(tmp_path, schema, "typ: a")) == ["SCH001"]


def test_a_finding_that_is_left_out_loses_nothing(tmp_path: Path) -> None:
    # The unknown key is left to the condition on the misspelt value; the missing one is not.
    schema = {
        **CONDITION,
        "required": ["title"],
        "else": {"properties": {"type": {}, "title": {}}, "additionalProperties": False},
    }
    assert codes(check(tmp_path, schema, "type: vidoe\ntitel: a")) == ["SCH001", "SCH004"]


@pytest.mark.slow
def test_of_very_many_missing_and_unknown_keys_the_outer_ones_are_paired() -> None:
    items = "- {{a{0}: 1}}\n- {{titel: x}}\n"
    seed = "\n".join(items.format(number) for number in range(2_000))
    found = seedlint.lint_text(f"---\ncategorie: x\nrelated:\n{seed}---\n")
    assert len(found) == 101
    (misspelt,) = (each for each in found if each.pointer == "/categorie")
    assert "category" in misspelt.message + (misspelt.help or "")
    assert not any(each.pointer == "/category" for each in found)


def test_of_three_findings_one_speaks_whichever_is_answered(tmp_path: Path) -> None:
    unique = {"uniqueItems": True, **RELATED["properties"]["related"]}
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"properties": {"related": unique}}), "utf-8")

    def codes(comment: str, **settings: Any) -> list[str]:
        checker = Checker(load_schema(path), Settings(schema=path, **settings))
        yaml = f"related:\n{ENTRY}\n{comment}{ENTRY}"
        found = checker.check(checker.read("a.md", f"---\n{yaml}\n---\n".encode()))
        return [each.code for each in found.diagnostics]

    assert codes("") == ["REL001"]
    assert codes("", ignore=("REL001",)) == ["SCH015"]
    file = "# seedlint: ignore-file[{}] why\n"
    assert codes(file.format("REL001")) == ["SCH015"]
    assert codes(file.format("SCH015")) == ["REL001"]
    assert codes(file.format("REL001, SCH015")) == ["REL002"]


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        # The date in the future is later than the next one because of that.
        ("a: 2024-05-01\nb: 2924-05-02\nc: 2024-05-03", ["DATE002"]),
        # Both are in the future, and nobody knows which is to be the earlier one.
        ("a: 2924-05-03\nb: 2924-05-01", ["DATE002", "DATE002"]),
        # Two mistakes.
        ("a: 2024-05-03\nb: 2024-05-01\nc: 2024-04-01", ["DATE001", "DATE001"]),
        ("a: 2024-05-03\nb: 2024-05-01", ["DATE001"]),
        ("b: 2924-05-03\nc: 2924-05-01", ["DATE002"]),
        ("c: 2924-05-03", []),
    ],
)
def test_dates_in_the_future_and_their_order(
    matter: str, expected: list[str], tmp_path: Path
) -> None:
    assert codes(check(tmp_path, DATES, matter)) == expected


def test_a_date_that_may_be_in_the_future_has_its_place_in_the_order(tmp_path: Path) -> None:
    order = {"x-seedlint": {"not-after": {"order": ["a", "b"], "today": ["b"]}}}
    result = check(tmp_path, order, "a: 2925-05-03\nb: 2924-05-01")
    assert codes(result) == ["DATE001", "DATE002"]
