"""What is odd about a contract is said when it is loaded, at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.errors import SchemaError
from seedlint.schema.load import load_schema

DRAFT_4, DRAFT_6, DRAFT_7 = (f"http://json-schema.org/draft-0{n}/schema#" for n in (4, 6, 7))
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"

Load = Callable[..., tuple[str, ...]]


@pytest.fixture
def remarks(tmp_path: Path) -> Load:
    """The remarks about a contract, without the name of its file."""

    def load(schema: Any, *formats_unchecked: str, **files: Any) -> tuple[str, ...]:
        for name, content in {"s": schema, **files}.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / f"{name}.json").write_text(text)
        loaded = load_schema(tmp_path / "s.json", "s.json", formats_unchecked=formats_unchecked)
        return tuple(each.removeprefix("s.json:") for each in loaded.warnings)

    return load


@pytest.mark.parametrize(
    ("draft", "keyword", "value", "words"),
    [
        (DRAFT_4, "const", 1, "draft 4, only from draft 6 on; write `enum`"),
        (DRAFT_4, "contains", {}, "draft 4, only from draft 6 on"),
        (DRAFT_4, "propertyNames", {}, "draft 4, only from draft 6 on"),
        (DRAFT_4, "if", {}, "draft 4, only from draft 7 on"),
        (DRAFT_4, "$id", "x", "draft 4, only from draft 6 on; write `id`"),
        (DRAFT_6, "if", {}, "draft 6, only from draft 7 on"),
        (DRAFT_6, "dependentRequired", {},
         "draft 6, only from draft 2019-09 on; write `dependencies`"),
        (DRAFT_7, "dependentSchemas", {},
         "draft 7, only from draft 2019-09 on; write `dependencies`"),
        (DRAFT_7, "unevaluatedProperties", False, "draft 7, only from draft 2019-09 on"),
        (DRAFT_7, "prefixItems", [{}], "draft 7, only in draft 2020-12; write `items`"),
        (DRAFT_7, "minContains", 1, "draft 7, only from draft 2019-09 on"),
        (DRAFT_7, "id", "x", "draft 7, only in draft 4; write `$id`"),
        (DRAFT_2019, "prefixItems", [{}], "draft 2019-09, only in draft 2020-12; write `items`"),
        (DRAFT_2019, "$dynamicRef", "#",
         "draft 2019-09, only in draft 2020-12; write `$recursiveRef`"),
        (DRAFT_2020, "dependencies", {},
         "draft 2020-12, only up to draft 7; write `dependentRequired` or `dependentSchemas`"),
        (DRAFT_2020, "additionalItems", {},
         "draft 2020-12, only up to draft 2019-09; write `items`"),
        (DRAFT_2020, "$recursiveRef", "#",
         "draft 2020-12, only in draft 2019-09; write `$dynamicRef`"),
    ],
)  # fmt: skip
def test_keywords_of_other_drafts(
    draft: str, keyword: str, value: Any, words: str, remarks: Load
) -> None:
    schema = f'{{"$schema": "{draft}",\n "type": "object",\n "{keyword}": {json.dumps(value)}}}'
    assert remarks(schema) == (f"3:2: `{keyword}` means nothing in {words}",)


def test_a_missing_draft_is_mentioned(remarks: Load) -> None:
    (said,) = remarks({"type": "object", "dependencies": {}})
    assert " means nothing in draft 2020-12 (there is no `$schema`), only up to draft 7" in said


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ('{"type": "object",\n "then": {}}', ("2:2: `then` means nothing without `if` beside it",)),
        ('{"type": "object",\n "else": {}}', ("2:2: `else` means nothing without `if` beside it",)),
        ('{"type": "array",\n "minContains": 2}',
         ("2:2: `minContains` means nothing without `contains` beside it",)),
        ('{"type": "array",\n "contains": {}, "maxContains": 2}', ()),
        ('{"if": {}, "then": {"required": ["a"]}}', ()),
        # In the newer drafts it says which keys have been looked at.
        ('{"if": {"required": ["a"]}}', ()),
        (f'{{"$schema": "{DRAFT_7}",\n "if": {{}}}}',
         ("2:2: `if` means nothing without `then` or `else` beside it",)),
        (f'{{"$schema": "{DRAFT_7}", "items": {{}},\n "additionalItems": false}}',
         ("2:2: `additionalItems` means nothing unless `items` beside it is a list",)),
        (f'{{"$schema": "{DRAFT_7}", "items": [{{}}],\n "additionalItems": false}}', ()),
        (f'{{"$schema": "{DRAFT_7}", "items": {{}}, "additionalItems": true}}', ()),
    ],
)  # fmt: skip
def test_keywords_that_lack_what_they_need(
    schema: str, expected: tuple[str, ...], remarks: Load
) -> None:
    assert remarks(schema) == expected


@pytest.mark.parametrize("draft", [DRAFT_4, DRAFT_6, DRAFT_7])
def test_annotations_draw_no_remark(draft: str, remarks: Load) -> None:
    beside = {
        "$schema": draft,
        "$comment": "c",
        "default": {},
        "deprecated": True,
        "examples": [1],
        "readOnly": True,
        "writeOnly": False,
    }
    definitions = {"definitions": {"A": {"type": "object"}}, "$defs": {}}
    assert remarks({"$ref": "#/definitions/A", **beside, **definitions}) == ()
    assert remarks({"type": "object", **beside, **definitions}) == ()
    (said,) = remarks({"$ref": "#/definitions/A", **beside, **definitions, "minProperties": 1})
    assert said.endswith("keywords beside `$ref` have no effect here")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ('{"type": "string",\n "enum": [1, 2]}',
         "2:2: no value can be valid here: `enum` has only values that `type` refuses"),
        ('{"pattern": "^y",\n "const": "x"}',
         "2:2: no value can be valid here: `const` has a value that `pattern` refuses"),
        ('{"enum": [1],\n "const": 2}',
         "2:2: no value can be valid here: `const` has a value that `enum` refuses"),
        ('{\n "enum": []}', "2:2: no value can be valid here: `enum` is empty"),
        ('{"maxLength": 2,\n "minLength": 5}',
         "2:2: no text can be valid here: `minLength` is above `maxLength`"),
        ('{"exclusiveMaximum": 2,\n "minimum": 2}',
         "2:2: no number can be valid here: `minimum` is not below `exclusiveMaximum`"),
        ('{"$defs": {"t": {"type": "string"}}, "properties": {\n'
         ' "a": {"$ref": "#/$defs/t", "type": "integer"}}}',
         "2:2: no value can be valid here: the types asked for exclude each other"),
        ('{"properties": {"a": false},\n "required": ["a"]}',
         "2:15: no mapping can be valid here, because it must have a key that is refused: `a`"),
        ('{"type": "array", "additionalProperties": false,\n "required": ["a", "b"]}',
         "2:15: no mapping can be valid here, because it must have keys that are refused: "
         "`a`, `b`"),
        ('{"properties": {"a": {}}, "additionalProperties": false,\n "required": ["a", "b"]}',
         "2:20: no mapping can be valid here, because it must have a key that is refused: `b`"),
        ('{"$defs": {"base": {"properties": {"t": {}},\n "additionalProperties": false}},'
         '"$ref": "#/$defs/base", "properties": {"x": {}, "y": {}}}',
         "2:2: no mapping can have what is described beside this, because "
         "`additionalProperties` refuses it: `x`, `y`"),
        ('{"properties": {"t": {}},\n "additionalProperties": false,'
         '"if": {"required": ["t"]}, "then": {"properties": {"x": {}, "t": {}}}}',
         "2:2: no mapping can have what is described beside this, because "
         "`additionalProperties` refuses it: `x`"),
    ],
)  # fmt: skip
def test_what_can_never_be_valid(schema: str, expected: str, remarks: Load) -> None:
    assert remarks(schema) == (expected,)


@pytest.mark.parametrize(
    "schema",
    [
        '{"properties": {"a": false}}',
        '{"properties": {"a": {"not": {}}}}',
        '{"properties": {"a": {"allOf": [false]}}}',
        '{"enum": ["a", 1], "type": "string"}',
        '{"minLength": 2, "maxLength": 2}',
        '{"properties": {"a": {}}, "patternProperties": {"^b": {}}, "additionalProperties": false,'
        ' "required": ["b1"]}',
        '{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false, "required": ["a"]}',
        # A key that is refused in one alternative only.
        '{"anyOf": [{"properties": {"a": {}}, "additionalProperties": false}, {"required": ["b"]}],'
        ' "properties": {"a": {}, "b": {}}}',
        # Forbidden on purpose.
        '{"properties": {"t": {}}, "additionalProperties": false,'
        ' "then": {"properties": {"x": false}}, "if": true}',
        f'{{"$schema": "{DRAFT_4}", "minimum": 2, "maximum": 2, "exclusiveMinimum": true}}',
        # Where a dynamic reference leads, nobody knows.
        '{"$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}}, "required": ["a"]}',
    ],
)
def test_what_may_be_valid(schema: str, remarks: Load) -> None:
    assert remarks(schema) == ()


def test_vendor_keywords_are_one_line(remarks: Load) -> None:
    schema = {
        "properties": {
            "a": {"type": "string", "level": 1},
            "b": {"level": 2, "markdownDescription": "x", "enumDescriptions": []},
            "c": {"level": 3, "requird": []},
        }
    }
    assert remarks(schema) == (
        "1:41: 3 unknown keywords such as `level`, 5 times in all: "
        "JSON Schema gives them no meaning",
        "1:143: unknown keyword `requird`; did you mean `required`?",
    )
    assert remarks({"type": "object", "divisibleBy": 2}) == (
        "1:20: unknown keyword `divisibleBy`; write `multipleOf`",
    )
    schema = {"properties": {"a": {"$$title": "x"}, "b": {"$$title": "y"}}}
    assert remarks(schema) == ("1:23: unknown keyword `$$title`, 2 times; did you mean `title`?",)
    schema = {"properties": {"a": {"nullable": True}, "b": {"nullable": True}}}
    said = '1:23: unknown keyword `nullable`, 2 times; add `"null"` to `type`'
    assert remarks(schema) == (said,)
    schema = {"properties": {"a": {"level": 1}, "b": {"level": 1}}}
    assert remarks(schema)[0].startswith("1:23: unknown keyword `level`, 2 times: ")


def test_what_another_file_says_is_not_quoted(remarks: Load) -> None:
    other = {"level": 1, "titel": 1, "format": "SECRET", "required": ["SECRET"],
             "properties": {"SECRET": False}, "SECRET": 1}  # fmt: skip
    said = remarks({"properties": {"a": {"$ref": "other.json"}}}, other=other)
    assert len(said) == 4
    assert "SECRET" not in " ".join(said)


# ---------------------------------------------------------------- formats


def test_an_unknown_format_is_one_warning(remarks: Load) -> None:
    schema = '{"properties": {"a": {\n"format": "unix-time"}, "b": {"format": "unix-time"}}}'
    assert remarks(schema) == (
        "2:11: format `unix-time` is not known, so no value is checked against it; "
        "list it in the setting `formats-unchecked` if it need not be",
    )
    assert remarks(schema, "unix-time") == ()


@pytest.mark.parametrize("name", ["emial", "datetime", "host-name", "uri_reference", "Date"])
def test_a_misspelt_format_is_refused(name: str, remarks: Load) -> None:
    schema = {"properties": {"a": {"format": name}}}
    with pytest.raises(SchemaError, match=f"format `{name}` cannot be checked; did you mean") as no:
        remarks(schema)
    assert no.value.help is not None
    assert "formats-unchecked" in no.value.help
    assert remarks(schema, name) == ()


@pytest.mark.parametrize(
    "name",
    ["uuid4", "ulid", "cuid", "guid", "int32", "double", "password", "base64", "e164", "cidrv4",
     "semver", "url", "byte", "iso-date-time", "date-time-local", "nanoid", "jwt", "mac", "color"],
)  # fmt: skip
def test_what_other_tools_write_is_no_misspelling(name: str, remarks: Load) -> None:
    (said,) = remarks({"properties": {"a": {"format": name}}})
    assert f"format `{name}` is not known" in said


# ---------------------------------------------------------------- contracts that check nothing


@pytest.mark.parametrize(
    ("schema", "start", "help"),
    [
        ('{"propertys": {}, "requierd": []}',
         "s.json:1:2: no keyword of draft 2020-12 here, so nothing would be checked; "
         "did you mean `properties`?", None),
        ('{"title": "t", "propertys": {}}', "s.json:1:16: no keyword", None),
        (f'{{"$schema": "{DRAFT_4}",\n "const": 4}}', "s.json:2:2: no keyword of draft 4", None),
        ('{"title": "t",\n "schema": {"type": "object"}}', "s.json:2:2: no keyword",
         "if the schema is under `schema`, write `s.json#/schema`"),
    ],
)  # fmt: skip
def test_a_contract_without_a_keyword_is_refused(
    schema: str, start: str, help: str | None, remarks: Load
) -> None:
    with pytest.raises(SchemaError) as no:
        remarks(schema)
    assert str(no.value).startswith(start)
    assert no.value.help == help


@pytest.mark.parametrize("schema", ["{}", "true", '{"title": "t"}', '{"x-other": 1}'])
def test_a_contract_may_allow_everything(schema: str, remarks: Load) -> None:
    assert remarks(schema) == ()


def test_definitions_alone_check_nothing(remarks: Load) -> None:
    assert remarks({"$defs": {"post": {"type": "object"}}}) == (
        "1:2: only definitions here, so nothing is checked; `s.json#/$defs/post` uses one of them",
    )


CLOSED = {"properties": {"webUrl": {}, "width": {}}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("field", "bindings", "words"),
    [
        ({"items": CLOSED}, {"unique-by": {"links": ["webUrl", "weburl"]}},
         "`unique-by` looks for the key `weburl`, which the contract does not allow in the entries;"
         " did you mean `webUrl`?"),
        ({"items": {"type": "string"}}, {"unique-by": {"titles": ["title"]}},
         "`unique-by` looks for the key `title`"),
        (CLOSED, {"unique-across": {"links": ["url"]}}, "`unique-across` looks for the key `url`"),
        ({"allOf": [CLOSED]}, {"image-size": {"height": "height"}},
         "`image-size` looks for the key `height`"),
        ({**CLOSED, "properties": {}}, {"image-size": {}},
         "`image-size` looks for the key `width` or `height`"),
        (CLOSED, {"amp-cache": {"amp": "webUrl", "cache": "cdn"}},
         "`amp-cache` looks for the key `cdn`"),
        (CLOSED, {"not-self": {"entries": "related"}}, "`not-self` looks for the key `related`"),
        ({"properties": {"related": {"items": CLOSED}}},
         {"not-self": {"entries": "related", "links": ["url"]}},
         "`not-self` looks for the key `url`, which the contract does not allow in the entries"),
        ({"properties": {"a": {}}, "unevaluatedProperties": False},
         {"unique-across": {"links": ["b"]}}, "`unique-across` looks for the key `b`"),
        ({"oneOf": [{"properties": {"a": {}}}], "properties": {"b": False}},
         {"unique-across": {"links": ["b"]}}, "`unique-across` looks for the key `b`"),
    ],
)  # fmt: skip
def test_a_binding_to_what_is_closed_out_is_refused(
    field: Any, bindings: Any, words: str, remarks: Load
) -> None:
    schema = {"properties": {"field": {**field, "x-seedlint": bindings}}}
    with pytest.raises(SchemaError) as no:
        remarks(schema)
    assert words in no.value.message
    # At the key that is named, or at the name of the binding.
    assert no.value.column is not None
    line = json.dumps(schema)[no.value.column - 1 :]
    assert line.startswith((f'"{words.split("key `")[1].split("`")[0]}"', '"image-size"'))


@pytest.mark.parametrize(
    ("field", "bindings", "words"),
    [
        ({"type": "array"}, {"url": {}}, "`url` looks at texts, and the contract allows none"),
        ({"enum": ["a"]}, {"unique-by": {}}, "`unique-by` looks at lists, and the contract"),
        ({"allOf": [{"type": "string"}]}, {"image-size": {}}, "`image-size` looks at mappings"),
    ],
)  # fmt: skip
def test_a_binding_to_another_type_is_refused(
    field: Any, bindings: Any, words: str, remarks: Load
) -> None:
    with pytest.raises(SchemaError) as no:
        remarks({"properties": {"field": {**field, "x-seedlint": bindings}}})
    assert words in no.value.message


def test_unique_across_counts_at_the_root(remarks: Load) -> None:
    bindings = {"x-seedlint": {"unique-across": {"links": ["url"]}}}
    assert remarks({"type": "object", **bindings}) == ()
    (said,) = remarks({"$defs": {"post": bindings}, "$ref": "#/$defs/post"})
    assert said == "1:36: `unique-across` counts at the root of the contract only"


@pytest.mark.parametrize(
    ("field", "bindings"),
    [
        ({"items": CLOSED}, {"unique-by": {"links": ["webUrl"]}}),
        ({"items": {"properties": {"a": {}}}}, {"unique-by": {"links": ["b"]}}),
        (CLOSED, {"image-size": {"minWidth": 3}}),
        ({"anyOf": [CLOSED, {"properties": {"url": {}}}]}, {"unique-across": {"links": ["url"]}}),
        ({"allOf": [{"properties": {"b": {}}}], "unevaluatedProperties": False},
         {"unique-across": {"links": ["b"]}}),
        ({"if": {"properties": {"b": {}}}, "unevaluatedProperties": False},
         {"unique-across": {"links": ["b"]}}),
        ({"$ref": "#/properties/field/$defs/open", "$defs": {"open": {"type": "object"}}},
         {"unique-across": {"links": ["b"]}}),
        ({"$dynamicRef": "#n", "$dynamicAnchor": "n", "unevaluatedProperties": False, "items": {}},
         {"unique-by": {"links": ["b"]}}),
    ],
)  # fmt: skip
def test_a_binding_to_what_may_be_there(field: Any, bindings: Any, remarks: Load) -> None:
    if "$dynamicRef" in field:
        field = {**field, "properties": {"deeper": {"$dynamicRef": "#n"}}}
        del field["$dynamicRef"]
    said = remarks({"properties": {"field": {**field, "x-seedlint": bindings}}})
    assert [each for each in said if "at the root" not in each] == []


@pytest.mark.slow
def test_many_parts_take_bounded_time(remarks: Load) -> None:
    """A chain of references, each closed, would take quadratic time to look through."""
    chain = {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}], "properties": {f"k{n}": {}},
                  "additionalProperties": False, "required": [f"k{n}"]}
        for n in range(3_000)
    }  # fmt: skip
    remarks({"$defs": {**chain, "d3000": {}}, "properties": {"a": {"type": "string"}}})


def test_nothing_is_said_of_very_many_patterns_and_keys(remarks: Load) -> None:
    keys = [f"k{number}" for number in range(100_000)]
    closed: dict[str, Any] = {
        "patternProperties": {f"^x{number}$": True for number in range(5_000)},
        "additionalProperties": False,
    }
    with cpu_limit():
        assert remarks({**closed, "required": keys}) == ()
        assert remarks({**closed, "allOf": [{"properties": dict.fromkeys(keys, True)}]}) == ()
