"""What is wrong with a contract: all of it, at its places, and the same for both commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.errors import SchemaError
from seedlint.rules import rules_by_fault
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.check import ParsedSchema, find_faults
from seedlint.schema.json_source import JsonSource, parse_source
from seedlint.schema.load import load_schema
from seedlint.severity import Severity

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"


def faults_of(
    folder: Path, schema: Any, name: str = "s.json", **others: Any
) -> list[tuple[JsonSource, Fault]]:
    for each, content in {name: schema, **others}.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / each.replace("_json", ".json")).write_text(text)
    path, _, fragment = name.partition("#")
    text = (folder / path).read_text()
    return find_faults(ParsedSchema(str(folder / path), parse_source(text, path), fragment))


def told(found: list[tuple[JsonSource, Fault]]) -> list[tuple[str, str]]:
    """The code of each fault, and the characters that it points at."""
    rules = rules_by_fault()
    pairs = []
    for file, fault in found:
        start, end = file.span(fault.pointer, fault.part, fault.within)
        pairs.append((rules[fault.kind].code, file.text[start:end]))
    return pairs


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    schema = r"""{
      "type": "objekt", "requierd": ["a"], "minLength": "many",
      "properties": {
        "a": {"$ref": "#/$defs/none"}, "b": 5, "c": {"pattern": "a\\d(", "format": "emial"},
        "d": {"x-seedlint": {"urls": {}, "url": {"schemes": [], "more": 1}}},
        "e": {"$schema": "http://x/y", "then": {}, "dependencies": {}, "widget": 1}
      },
      "$defs": {"loop": {"$ref": "#/$defs/loop"}}
    }"""
    assert sorted(told(faults_of(tmp_path, schema))) == [
        ("CON002", '"many"'),
        ("CON002", '"objekt"'),
        ("CON002", "5"),
        ("CON003", '"http://x/y"'),
        ("CON005", '"#/$defs/none"'),
        ("CON006", '{"$ref": "#/$defs/loop"}'),
        ("CON007", "("),
        ("CON008", '"emial"'),
        ("CON009", '"urls"'),
        ("CON010", '"more"'),
        ("CON010", "[]"),
        ("CON012", '"requierd"'),
        ("CON013", '"widget"'),
        ("CON014", '"dependencies"'),
        ("CON015", '"then"'),
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "sting", "properties": {"a": {"type": ["x"]}}},
        {"properties": {"a": {"required": True}}, "items": [{}]},
        {"$schema": DRAFT_4, "exclusiveMinimum": True},
        {"$schema": DRAFT_7, "unevaluatedProperties": False, "then": {}, "$ref": "#/definitions/a",
         "definitions": {"a": {}}},
        {"$schema": "http://x/y"},
        {"schema": {"type": "object"}},
        {"$defs": {"a": {}}},
        {"$ref": "#/a"},
        {"$ref": "b.json"},
        {"$ref": "https://example.com/b.json"},
        {"$id": "http://[bad"},
        {"allOf": [{"$ref": "#"}]},
        {"pattern": "("},
        {"format": "dat", "properties": {"a": {"format": "isbn"}}},
        {"properties": {"a": {"format": "isbn", "widget": 1, "typ": "string"}}},
        {"x-seedlint": {"urls": {}}},
        {"x-seedlint": {"url": {"schemes": 5}}},
        {"type": "object", "x-seedlint": {"url": {}}},
        {"properties": {}, "additionalProperties": False,
         "x-seedlint": {"unique-across": {"links": ["a"]}}},
        {"properties": {"a": {"x-seedlint": {"unique-across": {"links": ["a"]}}}}},
        {"enum": [1], "type": "string", "properties": {"a": False}, "required": ["a"]},
        {"allOf": [{"properties": {"a": {}}}], "additionalProperties": False},
    ],
    ids=lambda schema: json.dumps(schema)[:50],
)  # fmt: skip
def test_check_and_schema_check_say_the_same(schema: Any, tmp_path: Path) -> None:
    found = faults_of(tmp_path, schema)
    rules = rules_by_fault()

    def say(severity: Severity) -> list[str]:
        return [
            str(file.error(fault.message, fault.pointer, fault.part, within=fault.within))
            for file, fault in found
            if rules[fault.kind].severity is severity
        ]

    errors, path = say(Severity.ERROR), tmp_path / "s.json"
    if errors:
        with pytest.raises(SchemaError) as raised:
            load_schema(path, "s.json")
        assert str(raised.value) == errors[0]
    else:
        warnings = load_schema(path, "s.json").warnings
        assert set(warnings) == set(say(Severity.WARNING)) != set()


@pytest.mark.parametrize(
    ("schema", "unused"),
    [
        ({"$ref": "#/$defs/a", "$defs": {"a": {}, "b": {}}}, ["b"]),
        ({"$ref": "#/$defs/a/items", "$defs": {"a": {"items": {}}}}, []),
        ({"$ref": "#a", "$defs": {"a": {"$anchor": "a"}}}, []),
        ({"$ref": "a", "$defs": {"a": {"$id": "a"}}}, []),
        ({"type": "object", "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}}, ["a"]),
        ({"type": "object", "$defs": {"a": {"items": {"$ref": "#/$defs/b"}}, "b": {}}}, ["a"]),
        ({"$ref": "#/$defs/a%20b", "$defs": {"a b": {}}}, []),
        ({"$ref": "#/$defs/a~1b", "$defs": {"a/b": {}}}, []),
        ({"$dynamicRef": "#/$defs/yes", "$defs": {"yes": True}}, []),
        ({"type": "object", "x-more": {"$ref": "#/$defs/a"}, "$defs": {"a": {}}}, []),
        ({"type": "object", "properties": {"$defs": {"type": "object"}}}, []),
        ({"type": "object", "$defs": {"$defs": {}, "definitions": {}}}, ["$defs", "definitions"]),
        # Others use what is in a file of definitions.
        ({"$defs": {"a": {}}}, []),
        # A reference that is broken may have been meant for it.
        ({"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"a": {}}}, []),
        ({"$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}}, "$defs": {"a": {}}},
         []),
    ],
    ids=lambda value: json.dumps(value)[:40],
)  # fmt: skip
def test_unused_definitions(schema: Any, unused: list[str], tmp_path: Path) -> None:
    assert [
        text.strip('"') for code, text in told(faults_of(tmp_path, schema)) if code == "CON020"
    ] == unused


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"items": {"$ref": "#/$defs/imge"}, "$defs": {"image": {}}},
         "reference `#/$defs/imge` leads nowhere; did you mean `#/$defs/image`?"),
        ({"items": {"$ref": "#/definitions/image"}, "$defs": {"image": {}}},
         "reference `#/definitions/image` leads nowhere; did you mean `#/$defs/image`?"),
        ({"items": {"$ref": "#/$defs/a~1c"}, "$defs": {"a/bc": {}}},
         "reference `#/$defs/a~1c` leads nowhere; did you mean `#/$defs/a~1bc`?"),
        ({"items": {"$ref": "#/$defs/zebra"}, "$defs": {"image": {}}},
         "reference `#/$defs/zebra` leads nowhere"),
        ({"items": {"$ref": "#/$defs"}}, "reference `#/$defs` leads nowhere"),
    ],
)  # fmt: skip
def test_which_reference_was_meant(schema: Any, words: str, tmp_path: Path) -> None:
    found = faults_of(tmp_path, schema)
    assert [
        fault.message for _, fault in found if fault.kind is FaultKind.UNRESOLVED_REFERENCE
    ] == [words]
    if "did you mean" in words:
        meant = words.split("`")[-2]
        changed = faults_of(tmp_path, {**schema, "items": {"$ref": meant}})
        assert FaultKind.UNRESOLVED_REFERENCE not in {fault.kind for _, fault in changed}


def test_an_id_around_a_reference(tmp_path: Path) -> None:
    inner = {"$id": "https://example.com/inner", "items": {"$ref": "#/$defs/a"}}
    schema = {"properties": {"b": inner}, "$defs": {"a": {}}}
    ((_, fault), *_) = faults_of(tmp_path, schema)
    assert (fault.help or "").startswith("inside a schema with `$id`, `#` means that schema")
    del inner["$id"]
    assert FaultKind.UNRESOLVED_REFERENCE not in {
        each.kind for _, each in faults_of(tmp_path, schema)
    }


def test_a_definition_that_another_file_uses(tmp_path: Path) -> None:
    schema = {"properties": {"a": {"$ref": "b.json"}}, "$defs": {"c": {"type": "string"}}}
    other = {"items": {"$ref": "s.json#/$defs/c"}}
    found = told(faults_of(tmp_path, schema, b_json=other))
    assert "CON020" not in {code for code, _ in found}


@pytest.mark.parametrize(
    ("schema", "keys"),
    [
        ({"properties": {"a": {}, "b": {"description": "x"}, "c": False}}, ["a"]),
        ({"properties": {"a": {"title": "x"}, "b": {"markdownDescription": "x"}}}, ["a"]),
        ({"properties": {"a": {"description": ""}}}, ["a"]),
        ({"properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/b"}},
          "$defs": {"a": {"description": "x"}, "b": {}}}, ["b"]),
        # Conditions add to keys that are described elsewhere.
        ({"properties": {"a": {"description": "x"}}, "if": {"properties": {"a": {}}},
          "then": {"properties": {"a": {}}}}, []),
        ({"properties": {"a": {"description": "x", "properties": {"b": {}}}}}, ["b"]),
    ],
    ids=lambda value: json.dumps(value)[:40],
)  # fmt: skip
def test_keys_without_description(schema: Any, keys: list[str], tmp_path: Path) -> None:
    found = told(faults_of(tmp_path, schema))
    assert [text.strip('"') for code, text in found if code == "CON021"] == keys


def test_of_other_files_nothing_is_quoted(tmp_path: Path) -> None:
    secret = {"pasword": "hunter2", "type": "hunter2", "required": "hunter2", "format": "hunter2"}
    found = faults_of(tmp_path, {"$ref": "b.json"}, b_json=secret)
    messages = [fault.message for _, fault in found]
    assert len(messages) > 2
    assert not any("hunter2" in (fault.message + (fault.help or "")) for _, fault in found)
    assert not any("pasword" in message for message in messages)


@pytest.mark.slow
@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {f"k{number}": 5 for number in range(20_000)}},
        {"properties": {f"k{number}": {"type": "x"} for number in range(20_000)}},
        {"required": [1] * 50_000},
        {"$defs": {f"k{number}": {} for number in range(30_000)}, "type": "object"},
        {"properties": {f"k{number}": {"typo": 1, "pattern": r"\d("} for number in range(9_000)}},
    ],
    ids=["not-schemas", "types", "required", "definitions", "patterns"],
)
def test_a_contract_full_of_faults_takes_linear_time(schema: Any, tmp_path: Path) -> None:
    with cpu_limit():
        found = faults_of(tmp_path, schema)
    assert 100 < len(found) <= 40_000


@pytest.mark.parametrize("draft", [DRAFT_7, "https://json-schema.org/draft/2020-12/schema"])
def test_help_for_a_refused_key_is_of_the_draft(draft: str, tmp_path: Path) -> None:
    base = {"properties": {"a": {}}, "additionalProperties": False}
    schema = {"$schema": draft, "allOf": [base], "properties": {"b": {}}}
    (fault,) = (
        fault for _, fault in faults_of(tmp_path, schema) if fault.kind is FaultKind.REFUSED_KEY
    )
    (finding,) = rules_by_fault()[fault.kind].check(fault)
    if draft == DRAFT_7:
        assert finding.help == "list these keys in the `properties` beside it as well"
        base["properties"]["b"] = {}  # type: ignore[index]
    else:
        assert "unevaluatedProperties" in (finding.help or "")
        del base["additionalProperties"]
        schema["unevaluatedProperties"] = False
    assert {fault.kind for _, fault in faults_of(tmp_path, schema)} <= {
        FaultKind.MISSING_DESCRIPTION
    }
