"""Contracts inside other files, in JSON with comments and in YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from seedlint.errors import SchemaError
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.files import split_fragment
from seedlint.schema.json_source import parse_source
from seedlint.schema.load import LoadedSchema, load_schema
from seedlint.text.patterns import PatternError, compile_pattern

DRAFT_7 = "http://json-schema.org/draft-07/schema#"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def load(name: str, text: str | bytes, fragment: str = "") -> LoadedSchema:
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return load_schema(name + fragment)


def refusal(name: str, text: str | bytes, fragment: str = "") -> str:
    with pytest.raises(SchemaError) as caught:
        load(name, text, fragment)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def accepts(contract: LoadedSchema, data: Any) -> bool:
    return bool(Evaluator(contract.references, lambda rule: rule.severity).accepts(data))


# ---------------------------------------------------------------- FILE#/POINTER

OPEN_API = json.dumps(
    {
        "openapi": "3.1.0",
        "type": "sting",
        "components": {
            "schemas": {
                "Post": {
                    "required": ["title"],
                    "properties": {"title": {"$ref": "#/components/schemas/Title"}},
                },
                "Title": {"$anchor": "title", "type": "string"},
                "Broken": {"type": "sting"},
                "ToBroken": {"properties": {"a": {"$ref": "#/components/schemas/Broken"}}},
                "a/b": {"type": "object"},
            }
        },
    }
)


def test_a_schema_inside_a_document() -> None:
    contract = load("api.json", OPEN_API, "#/components/schemas/Post")
    assert contract.path == "api.json#/components/schemas/Post"
    assert list(contract.files) == ["api.json"]
    assert contract.root["required"] == ["title"]
    assert [accepts(contract, each) for each in ({"title": "t"}, {"title": 5}, {})] == [
        True,
        False,
        False,
    ]
    assert not accepts(load("api.json", OPEN_API, "#/components/schemas/a~1b"), 5)


@pytest.mark.parametrize(
    ("fragment", "start"),
    [
        ("", "api.json:1:30: not a valid schema"),
        ("#", "api.json:1:30: not a valid schema"),
        ("#/components/schemas/Broken", "api.json:1:232: not a valid schema: `type`"),
        ("#/components/schemas/ToBroken", "api.json:1:232: not a valid schema: `type`"),
        ("#/components/schemas/Nope", "api.json:1:1: no schema at `#/components/schemas/Nope`"),
        ("#/openapi", "api.json:1:1: no schema at `#/openapi` of this file"),
        ("#nope", "api.json:1:1: no schema at `#nope` of this file"),
        ("#/%zz", "api.json:1:1: no schema at"),
    ],
)
def test_where_there_is_no_schema(fragment: str, start: str) -> None:
    assert refusal("api.json", OPEN_API, fragment).startswith(start)


def test_an_anchor() -> None:
    contract = load("s.json", '{"$defs": {"t": {"$anchor": "title", "type": "string"}}}', "#title")
    assert accepts(contract, "t")
    assert not accepts(contract, 5)


def test_the_draft_is_that_of_the_schema() -> None:
    """`$schema` of the document around it is often about the document."""
    inner = {"$schema": DRAFT_7, "type": "object", "dependencies": {"a": ["b"]}}
    text = json.dumps({"$schema": "https://tool.example/config.json", "schema": inner})
    contract = load("config.json", text, "#/schema")
    assert contract.warnings == ()
    assert not accepts(contract, {"a": 1})
    text = json.dumps({"$schema": DRAFT_7, "$defs": {"a": {"dependencies": {"a": ["b"]}}}})
    assert not accepts(load("s.json", text, "#/$defs/a"), {"a": 1})
    text = json.dumps({"schema": {**inner, "$schema": "https://tool.example/x"}})
    assert refusal("s.json", text, "#/schema").startswith("s.json:1:24: unknown `$schema`")


def test_what_is_remembered_of_one_place_says_nothing_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    Path("api.json").write_text(OPEN_API)
    for _ in range(2):
        load_schema("api.json#/components/schemas/Post", None, lambda: str(folder))
        with pytest.raises(SchemaError):
            load_schema("api.json#/components/schemas/Broken", None, lambda: str(folder))
    texts = {
        load("api.json", OPEN_API, f"#/components/schemas/{n}").text for n in ("Post", "Title")
    }
    assert len(texts) == 2


def test_a_name_with_a_number_sign() -> None:
    Path("a#b.json").write_text("{}")
    Path("c.json").write_text("{}")
    assert split_fragment("a#b.json") == ("a#b.json", "")
    assert split_fragment("a#b.json#/$defs/x#y") == ("a#b.json", "/$defs/x#y")
    assert split_fragment("c.json#") == ("c.json", "")
    assert split_fragment("none.json#/a") == ("none.json", "/a")
    assert split_fragment("none.json") == ("none.json", "")


def test_many_number_signs_take_linear_time() -> None:
    assert split_fragment("#" * 1_000_000) == ("", "#" * 999_999)


# ---------------------------------------------------------------- JSON with comments


def test_comments_and_commas_at_the_end() -> None:
    text = """// for posts
{
  "type": "object", /* a mapping,
  over two lines */
  "properties": {
    "a//b": {"const": "/* no comment */ \\" // nor this", }, // "quoted
  }, /**/
}
// the end"""
    contract = load("s.jsonc", text)
    assert contract.warnings == ()
    assert accepts(contract, {"a//b": '/* no comment */ " // nor this'})
    assert not accepts(contract, {"a//b": ""})


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('// c\n{"type": /* x */ "sting",}', "s.jsonc:2:18: not a valid schema: `type`"),
        ('{"a": 1, /* b', "s.jsonc:1:10: a comment that is not closed"),
        ('{"a": 1 /*/', "s.jsonc:1:9: a comment that is not closed"),
        ('/**/ {"a": "b" "c"}', "s.jsonc:1:16: not JSON: expected a comma or `}`"),
        ('{"a": 1,,}', "s.jsonc:1:9: not JSON"),
        ("{,}", "s.jsonc:1:2: not JSON"),
        ('{"a": "b // c', "s.jsonc:1:7: not JSON: a string without a closing quotation mark"),
        ('{"a": 1 # c\n}', "s.jsonc:1:9: not JSON"),
        ('// c\n{"a": {}, "a": {}}', "s.jsonc:2:11: the key `a` appears twice"),
        ("", "s.jsonc:1:1: not JSON"),
    ],
)
def test_what_is_wrong_has_its_place(text: str, start: str) -> None:
    assert refusal("s.jsonc", text).startswith(start)


@pytest.mark.parametrize("text", ['{"a": 1} // c', "/* c */ {}", "{} # c", "// c\n{}"])
def test_plain_json_has_none_and_the_way_out_works(text: str) -> None:
    with pytest.raises(SchemaError, match="JSON has no comments") as no:
        load("s.json", text)
    assert no.value.help == "remove the comments, or give the file a name that ends in `.jsonc`"
    if "#" not in text:
        load("s.jsonc", text.replace("a", "title").replace("1", '"t"'))


@pytest.mark.slow
def test_comments_take_linear_time() -> None:
    for text in ("/*" + "*" * 2_000_000, '"\\"' * 500_000, "/**/" * 500_000, "," * 1_000_000):
        refusal("s.jsonc", text)


# ---------------------------------------------------------------- YAML

YAML = """\
# The contract of posts.
$schema: https://json-schema.org/draft/2020-12/schema
type: object
required: [title]
properties:
  title: &text
    type: string
    minLength: 2
  teaser: *text
  tags:
    type: array
    items: {type: string, pattern: "^[a-z]+$"}
"""


@pytest.mark.parametrize("name", ["s.yaml", "s.yml", "S.YML"])
def test_yaml(name: str) -> None:
    contract = load(name, YAML)
    assert contract.warnings == ()
    assert accepts(contract, {"title": "ab", "tags": ["a"]})
    assert not accepts(contract, {"title": "ab", "teaser": "a"})
    assert load(name, YAML, "#/properties/tags").root["type"] == "array"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("type: object\nproperties:\n  title: {type: sting}\n", "s.yml:3:17: not a valid schema"),
        ("properties:\n  a:\n    pattern: ab(\n", "s.yml:3:16: pattern cannot be used"),
        ('properties:\n  a:\n    pattern: "ab("\n', "s.yml:3:17: pattern cannot be used"),
        ("type: object\ntype: array\n", "s.yml:2:1: not usable as YAML: duplicate key `type`"),
        ("a: b: c\n", "s.yml:1:5: not usable as YAML: colon inside"),
        ('title: "x\ntype: "object"\n', "s.yml:1:8: not usable as YAML: the quoted text"),
        ("enum: [yes, no]\n", "s.yml:1:8: not usable as YAML: `yes` is true to PyYAML"),
        ("{}\n---\n{}\n", "s.yml:2:1: not usable as YAML: `---` ends the YAML document"),
        ("type: !x object\n", "s.yml:1:7: not usable as YAML: tag"),
        ("const: .inf\n", "s.yml:1:8: not usable as YAML: "),
        ("a: &a [*a]\n", "s.yml:1:8: not usable as YAML: "),
        ("1: {}\n", "s.yml:1:1: not usable as YAML: "),
        ("\ufefftype: object\n", "s.yml:1:1: begins with a byte order mark"),
        ("type: object # \u200b\n", "s.yml:1:16: not usable as YAML: "),
        ("a: " + "[" * 200 + "\n", "s.yml:1:103: not usable as YAML: nested deeper than 100"),
        ("- a\n", "s.yml:1:1: a JSON Schema is an object, or true or false"),
        ("", "s.yml:1:1: a JSON Schema is an object, or true or false"),
        ("$ref: '#/nope'\n", "s.yml:1:7: reference `#/nope` leads nowhere"),
    ],
)
def test_what_is_wrong_with_yaml_has_its_place(text: str, start: str) -> None:
    assert refusal("s.yml", text).startswith(start)


def test_a_remark_has_its_place() -> None:
    assert load("s.yml", "type: object\nitems:\n  requird: [a]\n").warnings == (
        "s.yml:3:3: unknown keyword `requird`; did you mean `required`?",
    )


def test_aliases_are_bounded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    assert "not usable as YAML" in refusal("s.yml", "\n".join(lines))
    assert "larger than" in refusal("s.yml", "# " + "x" * 1024 * 1024)
    assert "not usable as YAML" in refusal("s.yml", "a:\n" + "- x\n" * 150_000)


def test_one_contract_in_three_languages() -> None:
    Path("title.yaml").write_text("type: string # as text\nx: 1\n")
    Path("date.jsonc").write_text('{"format": "date"} // the day')
    parts = {"title": {"$ref": "title.yaml"}, "day": {"$ref": "date.jsonc"}}
    contract = load("s.json", json.dumps({"properties": parts}))
    assert list(contract.warnings) == [
        "title.yaml:2:1: unknown keyword: JSON Schema gives it no meaning"
    ]
    assert accepts(contract, {"title": "t", "day": "2024-02-29"})
    assert not accepts(contract, {"title": "t", "day": "2023-02-29"})


def test_a_yaml_file_of_somebody_else_is_not_quoted() -> None:
    Path("secret.yaml").write_text("SECRET: 1\nSECRET: 2\n")
    text = refusal("s.json", '{"$ref": "secret.yaml"}')
    assert (
        text == "s.json:1:10: reference refused: secret.yaml:2:1: not usable as YAML: duplicate key"
    )


def test_a_contract_in_yaml_is_noted_in_the_cache(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    for name, text in {
        "s.yaml": YAML + "x: 1\n",
        "s.jsonc": '{"type": "object", "x": 1} // c',
    }.items():
        Path(name).write_text(text)
        first = load_schema(name, None, lambda: str(folder))
        notes = sorted(each.stat().st_mtime_ns for each in folder.iterdir())
        again = load_schema(name, None, lambda: str(folder))
        assert sorted(each.stat().st_mtime_ns for each in folder.iterdir()) == notes
        assert (first.root, first.warnings, first.text) == (again.root, again.warnings, again.text)
        assert len(again.warnings) == 1


def test_long_texts_are_not_copied_for_each_alias() -> None:
    aliases = "*a," * 90_000
    contract = load(
        "c.yaml", f'description: &a "{"x" * 500_000}"\ntype: object\nexamples: [{aliases}]'
    )
    assert accepts(contract, {})
    first, *_, last = contract.root["examples"]
    assert first is last is contract.root["description"]


def test_what_aliases_share_is_a_schema_of_its_own_at_each_place() -> None:
    contract = load("c.yaml", "properties:\n  a: &a {items: {type: string}}\n  b: *a\n")
    one, other = contract.root["properties"].values()
    assert one == other
    assert one is not other
    assert one["items"] is not other["items"]


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("a.json", r'{"pattern": "\\d\/\u0041\ud83d\ude00("}', "("),
        ("a.json", r'{"pattern": "\\d\"\\Z"}', r"\\"),
        ("a.yaml", r'pattern: "\x41\U0001F600\\d("', "("),
        ("a.yaml", "pattern: 'it''s ('", "("),
        ("a.yaml", r"pattern: \d(", "("),
        ("a.yaml", "pattern: |-\n  a\n  b(\n", "("),
        ("a.yaml", "pattern: >-\n  a\n\n  b(\n", "("),
        ("a.yaml", 'pattern: "\\x41\n  b("', "("),
    ],
)
def test_a_place_inside_a_text(name: str, text: str, marked: str) -> None:
    source = parse_source(text, name)
    with pytest.raises(PatternError) as raised:
        compile_pattern(source.data["pattern"])
    at = raised.value.offset
    start, end = source.span(("pattern",), within=(at, at + 1))
    assert text[start:end] == marked
    assert text.rindex(marked) == start
