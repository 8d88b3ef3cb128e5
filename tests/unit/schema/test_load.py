"""Every contract that cannot be trusted is refused when it is loaded, at the place of the fault."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedlint.errors import SchemaError
from seedlint.schema.bundled import bundled_schema
from seedlint.schema.load import LoadedSchema, load_schema

SECRET = "TOPSECRET"
ID = "https://example.org/in/s.json"
DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The contract's folder, with files beside it and one outside."""
    (tmp_path / "out.json").write_text(json.dumps({"const": SECRET}))
    inside = tmp_path / "in"
    (inside / "dir").mkdir(parents=True)
    for name, text in {
        "ok.json": '{"$defs": {"t": {"type": "string"}}}',
        "dir/x.json": '{"type": "string"}',
        "creds.json": json.dumps({"const": SECRET}),
        "broken.json": f'{{"{SECRET}": }}',
        "list.json": f'["{SECRET}"]',
        "wrong.json": f'{{"title": "{SECRET}", "type": "sting"}}',
        "old.json": f'{{"$schema": "{DRAFT_7}"}}',
        "a.json": '{"$ref": "b.json"}',
        "b.json": '{"$ref": "a.json"}',
        "repeated.json": f'{{"{SECRET}": 1, "a": 1, "a": 2}}',
        "remote.json": '{"$ref": "https://example.org/other.json"}',
    }.items():
        (inside / name).write_text(text)
    (inside / "link.json").symlink_to(tmp_path / "out.json")
    os.mkfifo(inside / "fifo.json")
    return inside


def load(folder: Path, schema: str | bytes) -> LoadedSchema:
    path = folder / "s.json"
    path.write_bytes(schema.encode() if isinstance(schema, str) else schema)
    return load_schema(path, "s.json")


def refusal(folder: Path, schema: str | bytes) -> str:
    with pytest.raises(SchemaError) as caught:
        load(folder, schema)
    text = str(caught.value)
    assert SECRET not in text + str(caught.value.help)
    assert "\n" not in text
    assert len(text) < 300
    assert caught.value.__cause__ is None
    return text


@pytest.mark.parametrize(
    ("schema", "start"),
    [
        # not JSON
        ("", "s.json:1:1: not JSON"),
        ("{", "s.json:1:1: not JSON"),
        ("not json", "s.json:1:1: not JSON"),
        ('{\n  "a": 1,\n}', "s.json:2:9: not JSON"),
        ("\ufeff{}", "s.json:1:1: begins with a byte order mark"),
        (b'{"a": "\xff"}', "s.json:1:8: not UTF-8"),
        ('{"a": NaN}', "s.json:1:7: not JSON: NaN"),
        ('{"a": -Infinity}', "s.json:1:7: not JSON: -Infinity"),
        ('{"const": ' + "9" * 5000 + "}", "s.json:1:11: not JSON"),
        ('{"const": ' + "9" * 5000 + "x}", "s.json:1:11: not JSON"),
        ('{"const": 1e999.5}', "s.json:1:11: not JSON"),
        ('{"a": 1,\n "b": {"c": 1, "c": 2}}', "s.json:2:16: the key `c` appears twice"),
        ('{"properties": {"a": {}, "a": {}}}', "s.json:1:26: the key `a` appears twice"),
        ("[" * 100_000, "s.json:1:101: nested deeper than 100"),
        ('{"a":' * 300 + "1" + "}" * 300, "s.json:1:501: nested deeper than 100"),
        ('{"not":' * 250 + "{}" + "}" * 250, "s.json:1:701: nested deeper than 100"),
        # not a schema
        ("[]", "s.json:1:1: a JSON Schema is"),
        ("null", "s.json:1:1: a JSON Schema is"),
        ("5", "s.json:1:1: a JSON Schema is"),
        ('{"type": "sting"}', "s.json:1:10: not a valid schema: `type`"),
        ('{"properties": {"a": {"required": true}}}',
         "s.json:1:35: not a valid schema: `required` must be an array; list the required keys"),
        ('{"items": [{}]}', "s.json:1:11: not a valid schema: `items` must be an object or a "
         "boolean; write `prefixItems` for a list of schemas"),
        ('{"minimum": 1, "exclusiveMinimum": true}', "s.json:1:36: not a valid schema: "
         "`exclusiveMinimum` must be a number; write the number itself, instead of `minimum`"),
        ('{"required": "a"}', "s.json:1:14: not a valid schema: `required` must be an array"),
        ('{"multipleOf": 0}', "s.json:1:16: not a valid schema: `multipleOf` must be above 0"),
        ('{"minLength": -1}', "s.json:1:15: not a valid schema: `minLength` must be at least 0"),
        ('{"properties": 5}', "s.json:1:16: not a valid schema: `properties` must be an object"),
        ('{"$defs": {"a": 5}}',
         "s.json:1:17: not a valid schema: `a` in `$defs` must be an object or a boolean"),
        ('{"$ref": 5}', "s.json:1:10: not a valid schema: `$ref` must be a string"),
        ('{"enum": 5}', "s.json:1:10: not a valid schema: `enum` must be an array"),
        ('{"type": ["string", "string"]}', "s.json:1:10: not a valid schema: `type`"),
        ('{"properties": {"type": {"type": "sting"}}}', "s.json:1:34: not a valid schema"),
        ('{\r\n\t"type": "sting"\r\n}', "s.json:2:10: not a valid schema"),
        ('{"$id": "#frag"}', "s.json:1:9: not a valid schema: `$id`"),
        ('{"$id": "http://[bad"}', "s.json:1:9: `$id` is not an address"),
        ('{"items": {"$id": "http://[bad"}}', "s.json:1:19: `$id` is not an address"),
        (f'{{"$schema": "{DRAFT_4}", "id": "http://[bad"}}',
         "s.json:1:62: `id` is not an address"),
        # the draft
        ('{"$schema": 5}', "s.json:1:13: unknown `$schema`"),
        ('{"$schema": "http://x/y"}', "s.json:1:13: unknown `$schema`"),
        ('{"$schema": "http://json-schema.org/draft-7/schema#"}',
         "s.json:1:13: unknown `$schema`; did you mean `http://json-schema.org/draft-07/schema`"),
        ('{"$schema": "http://json-schema.org/draft-03/schema#"}',
         "s.json:1:13: unknown `$schema`; this draft is too old; write the contract in `https"),
        ('{"$schema": "http://json-schema.org/draft-05/schema#"}',
         "s.json:1:13: unknown `$schema`; draft 5 has the keywords of draft 4; write `http"),
        ('{"$schema": "https://json-schema.org/draft/next/schema"}',
         "s.json:1:13: unknown `$schema`; this draft is not published yet; the newest is `https"),
        (f'{{"properties": {{"a": {{"$schema": "{DRAFT_7}"}}}}}}',
         "s.json:1:34: another `$schema`"),
        # references that nothing is fetched for
        ('{"$ref": "http://127.0.0.1:9/x"}', "s.json:1:10: reference `http://127.0.0.1:9/x` leads"),
        ('{"$ref": "ftp://x/y"}', "s.json:1:10: reference `ftp://x/y` leads out"),
        ('{"$ref": "data:application/json,{}"}', "s.json:1:10: reference `data:"),
        ('{"$ref": "//host/x"}', "s.json:1:10: reference `//host/x` leads out"),
        ('{"$ref": "file:///etc/passwd"}', "s.json:1:10: reference `file:///etc/passwd` leads out"),
        ('{"$ref": "C:\\\\x.json"}', "s.json:1:10: reference `C:"),
        ('{"$dynamicRef": "http://127.0.0.1:9/x"}', "s.json:1:17: reference"),
        ('{"$ref": "http://[bad"}', "s.json:1:10: not a usable reference"),
        ('{"$ref": "#/nope"}', "s.json:1:10: reference `#/nope` leads nowhere"),
        ('{"$ref": "#nope"}', "s.json:1:10: reference `#nope` leads nowhere"),
        ('{"$ref": "#/$defs/%zz"}', "s.json:1:10: reference"),
        ('{"properties": {"absent": {"$ref": "#/$defs/none"}}}', "s.json:1:36: reference"),
        # loops
        ('{"$ref": "#"}', "s.json:1:1: reference loop"),
        ('{"$dynamicRef": "#"}', "s.json:1:1: reference loop"),
        ('{"allOf": [{"$ref": "#"}]}', "s.json:1:12: reference loop"),
        ('{"if": {"$ref": "#"}}', "s.json:1:8: reference loop"),
        ('{"properties": {"x": {"$ref": "#/$defs/a"}},\n'
         ' "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"anyOf": [{"$ref": "#/$defs/a"}]}}}',
         "s.json:2:"),
        # patterns
        ('{"pattern": "["}', "s.json:1:14: pattern cannot be used"),
        ('{"pattern": "ab\\\\p{Xx}"}', "s.json:1:16: pattern cannot be used"),
        ('{"properties": {"a": {"pattern": "ab("}}}', "s.json:1:37: pattern cannot be used"),
        ('{"patternProperties": {"a(": {}}}', "s.json:1:26: pattern cannot be used"),
        ('{"propertyNames": {"pattern": "(?P<n>a)"}}', "s.json:1:32: pattern cannot be used"),
        ('{"pattern": "a\\\\Z"}', "s.json:1:15: pattern cannot be used"),
        ('{"pattern": "' + "(" * 3000 + '"}', "s.json:1:"),
        # formats and bindings
        ('{"format": "dat"}', "s.json:1:12: format `dat` cannot be checked; did you mean `date`?"),
        ('{"items": {"format": "Time"}}', "s.json:1:22: format `Time` cannot be checked"),
        ('{"x-seedlint": 5}', "s.json:1:16: `x-seedlint` must be an object"),
        ('{"x-seedlint": {"unique-accross": {}}}',
         "s.json:1:17: unknown binding `unique-accross`; did you mean `unique-across`?"),
        ('{"x-seedlint": {"unique-across": {"linkss": []}}}',
         "s.json:1:35: `unique-across` has no option `linkss`; did you mean `links`?"),
        ('{"x-seedlint": {"unique-across": {"links": 5}}}',
         "s.json:1:44: `links` of `unique-across` must be an array"),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_refused(folder: Path, schema: str | bytes, start: str) -> None:
    text = refusal(folder, schema)
    assert text.startswith(start), text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"pattern": "ab|" * 600_000}, ":1:200014: pattern cannot be used: longer than 200000"),
        ({"anyOf": [{"pattern": f"{n}" + "ab|" * 50_000} for n in range(7)]}, "patterns in all"),
        ({"patternProperties": {f"p{n}": {} for n in range(10_000)}}, "patterns in all"),
    ],
    ids=["one", "several", "many"],
)
def test_patterns_are_bounded(folder: Path, schema: object, words: str) -> None:
    """Each takes memory while it is compiled and as long as it is kept."""
    assert words in refusal(folder, json.dumps(schema))


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("", "1:1", "expected a value"),
        (" \n ", "2:2", "expected a value"),
        ("[true, yes]", "1:8", "expected a value"),
        ("[1,,2]", "1:4", "expected a value"),
        ('{"a": }', "1:7", "expected a value"),
        ("title: a", "1:1", "expected a value"),
        ("{", "1:1", "`{` is not closed"),
        ("{'a': 1}", "1:2", "expected a key in double quotes"),
        ("{a: 1}", "1:2", "expected a key in double quotes"),
        ('{"a": 1,, "b": 2}', "1:9", "expected a key in double quotes"),
        ('{"a" 1}', "1:6", "expected a colon after the key"),
        ('{"a": 1 "b": 2}', "1:9", "expected a comma or `}`"),
        ('{"a": [1 2]}', "1:10", "expected a comma or `]`"),
        ('{"a": [1}', "1:9", "expected a comma or `]`"),
        ('{"a": 1', "1:1", "`{` is not closed"),
        ("{} {}", "1:4", "expected the end of the JSON"),
        ('{"a": 1,\n}', "1:8", "a comma before `}`"),
        ('{"a": [1, ]}', "1:9", "a comma before `]`"),
        ('{"a": "b', "1:7", "a string without a closing quotation mark"),
        ('{"a": "b\n}', "1:7", "a string without a closing quotation mark"),
        ('{"a": "b\tc"}', "1:9", "a control character in a string"),
        ('{"a": "b\\c"}', "1:9", "an escape that JSON does not have"),
        ('{"a": "b\\u12"}', "1:9", "an escape that JSON does not have"),
        ("[01]", "1:2", "a number in a form that JSON does not have"),
        ("[1, .5]", "1:5", "a number in a form that JSON does not have"),
        ("// a\n{}", "1:1", "JSON has no comments"),
        ('{"a": 1} # b', "1:10", "JSON has no comments"),
    ],
)  # fmt: skip
def test_what_is_not_json(folder: Path, text: str, place: str, sentence: str) -> None:
    """The same on every version of Python, whose own sentences and places differ."""
    assert refusal(folder, text) == f"s.json:{place}: not JSON: {sentence}"


def test_a_broken_file_takes_linear_time(folder: Path) -> None:
    for text in ('["' + "\\n" * 1_000_000, "[" + "1" * 3_000_000 + "x", '{"a": ' + " " * 4_000_000):
        assert "not JSON" in refusal(folder, text)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("../out.json", "leads out of the schema's folder"),
        ("%2e%2e/out.json", "leads nowhere"),
        ("dir/../../out.json", "leads out"),
        ("..%2Fout.json", "leads nowhere"),
        ("dir%2F..%2F..%2Fout.json", "leads nowhere"),
        ("link.json", "leaves the schema's folder through a link"),
        ("/etc/passwd", "leads nowhere"),
        ("/dev/zero", "leads nowhere"),
        ("fifo.json", "leads nowhere"),
        ("dir", "leads nowhere"),
        ("dir/", "leads nowhere"),
        ("", "leads back"),
        ("nope.json", "leads nowhere"),
        ("C:/x.json", "leads out"),
        ("..\\\\out.json", "leads nowhere"),
        ("x\\u0000.json", "leads nowhere"),
        ("https://example.org/other/ok.json", "nothing is fetched"),
        ("https://user@example.org/in/ok.json", "nothing is fetched"),
        ("https://example.org/in/../out.json", "leads out"),
        ("ok.json#/$defs/none", "leads nowhere"),
        ("ok.json#none", "leads nowhere"),
        # what these files say must not be printed
        ("creds.json#/nope", "leads nowhere"),
        ("creds.json#/const/nope", "leads nowhere"),
        ("broken.json", "broken.json:1:15: not JSON"),
        ("list.json", "list.json:1:1: a JSON Schema is"),
        ("wrong.json", "wrong.json:1:32: not a valid schema"),
        ("repeated.json", "a key appears twice"),
        ("old.json", "another `$schema`"),
        ("a.json", "reference loop"),
        ("remote.json", "nothing is fetched"),
    ],
    ids=lambda value: value[:25],
)
def test_references_stay_inside(folder: Path, reference: str, words: str) -> None:
    text = refusal(folder, f'{{"$id": "{ID}", "allOf": [{{"$ref": "{reference}"}}]}}')
    assert words in text


@pytest.mark.parametrize(
    "reference",
    ["ok.json", "./ok.json", "ok.json#/$defs/t", "dir/x.json", "dir/./x.json",
     "https://example.org/in/ok.json#/$defs/t", "/in/ok.json"],
)  # fmt: skip
def test_the_folder_stands_for_the_folder_of_the_id(folder: Path, reference: str) -> None:
    contract = load(folder, f'{{"$id": "{ID}", "properties": {{"a": {{"$ref": "{reference}"}}}}}}')
    assert contract.warnings == ()


@pytest.mark.parametrize("reference", ["ok.json", "ok.json#/$defs/t", "dir/x.json"])
def test_a_file_beside_a_contract_without_id(folder: Path, reference: str) -> None:
    assert load(folder, f'{{"properties": {{"a": {{"$ref": "{reference}"}}}}}}').warnings == ()


@pytest.mark.parametrize("reference", ["#/properties/b/type", "#/title", "#/required"])
def test_a_reference_leads_to_a_schema(folder: Path, reference: str) -> None:
    schema = {
        "title": "t",
        "required": ["b"],
        "properties": {"a": {"$ref": reference}, "b": {"type": "string"}},
    }
    assert "reference" in refusal(folder, json.dumps(schema))


@pytest.mark.parametrize("draft", ["draft-04", "draft-06", "draft-07"])
@pytest.mark.parametrize(
    "part", ['{"properties": {"b": 5}}', '{"type": "strin"}', '{"maxLength": "x"}']
)
def test_where_the_draft_has_no_defs(folder: Path, draft: str, part: str) -> None:
    """The metaschema says nothing about what stands there, but a reference makes it a schema."""
    schema = f'"$schema": "http://json-schema.org/{draft}/schema#", "$defs": {{"a": {part}}}'
    text = refusal(folder, f'{{{schema}, "properties": {{"a": {{"$ref": "#/$defs/a"}}}}}}')
    assert "not a valid schema" in text


def test_a_missing_contract_is_one_line(folder: Path) -> None:
    with pytest.raises(SchemaError, match=r"^missing\.json: cannot read the file: no such file"):
        load_schema(folder / "missing.json", "missing.json")


@pytest.mark.parametrize(
    "name",
    [
        "dir",
        "fifo.json",
    ],
)
def test_a_contract_is_a_regular_file(folder: Path, name: str) -> None:
    with pytest.raises(SchemaError, match=f"^{name}: "):
        load_schema(folder / name, name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_not_read() -> None:
    with pytest.raises(SchemaError, match="not a regular file"):
        load_schema(Path("/dev/zero"), "zero")


def test_a_large_file_is_not_read(folder: Path) -> None:
    assert "larger than" in refusal(folder, b" " * (5 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("schema", "warnings"),
    [
        ("true", ()),
        ("{}", ()),
        ('{"x-other": 1, "$comment": "c"}', ()),
        ('{"properties": {"requird": {}}}', ()),
        ('{"default": {"requird": 1}, "examples": [{"$ref": "#/nope"}]}', ()),
        ('{"const": {"$ref": "http://127.0.0.1:9/"}}', ()),
        ('{"enum": [{"pattern": "["}]}', ()),
        ('{"properties": {"c": {"$ref": "#"}}}', ()),
        ('{"items": {"anyOf": [{"type": "string"}, {"$ref": "#"}]}}', ()),
        ('{"$dynamicAnchor": "n", "properties": {"c": {"$dynamicRef": "#n"}}}', ()),
        ('{"type": "object", "requird": ["a"]}',
         ("s.json:1:20: unknown keyword `requird`; did you mean `required`?",)),
        ('{"items":\n {"maxlength": 1}}',
         ("s.json:2:3: unknown keyword `maxlength`; did you mean `maxLength`?",)),
        (f'{{"$schema": "{DRAFT_7}", "definitions": {{"a": {{}}}},\n'
         ' "items": {"$ref": "#/definitions/a", "minLength": 3}}',
         ("s.json:2:12: keywords beside `$ref` have no effect here",)),
        (f'{{"$schema": "{DRAFT_7}", "definitions": {{"a": {{}}}},\n'
         ' "items": {"$ref": "#/definitions/a", "title": "t"}}', ()),
        ('{"$defs": {"a": {}}, "items": {"$ref": "#/$defs/a", "minLength": 3}}', ()),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_accepted(folder: Path, schema: str, warnings: tuple[str, ...]) -> None:
    assert load(folder, schema).warnings == warnings


@pytest.mark.parametrize(
    ("declared", "draft"),
    [
        (None, "https://json-schema.org/draft/2020-12/schema"),
        ("https://json-schema.org/draft/2020-12/schema", None),
        ("https://json-schema.org/draft/2019-09/schema", None),
        (DRAFT_7, "http://json-schema.org/draft-07/schema"),
        ("http://json-schema.org/draft-07/schema", None),
        ("http://json-schema.org/draft-06/schema#", "http://json-schema.org/draft-06/schema"),
        ("http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-04/schema"),
        ("https://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema"),
        (
            "http://json-schema.org/draft/2020-12/schema#",
            "https://json-schema.org/draft/2020-12/schema",
        ),
        ("http://json-schema.org/schema#", "https://json-schema.org/draft/2020-12/schema"),
        ("https://json-schema.org/schema", "https://json-schema.org/draft/2020-12/schema"),
    ],
)
def test_drafts(folder: Path, declared: str | None, draft: str | None) -> None:
    schema = {"$schema": declared} if declared else {}
    found = load(folder, json.dumps(schema)).references.draft.address
    assert found == (draft or declared).removesuffix("#")


def test_a_doubling_of_references_is_read_once(folder: Path) -> None:
    definitions = {
        f"d{n}": {"properties": {key: {"$ref": f"#/$defs/d{n + 1}"} for key in "ab"}}
        for n in range(40)
    }
    definitions["d40"] = {}
    load(folder, json.dumps({"$defs": definitions, "$ref": "#/$defs/d0"}))


@pytest.mark.parametrize(
    "escape",
    [
        "\\ud83d\\ude00",
        "\\/",
    ],
)
def test_json_escapes_that_yaml_lacks_leave_the_places(folder: Path, escape: str) -> None:
    schema = f'{{"title": "{escape}",\n "type": "sting"}}'
    assert refusal(folder, schema).startswith("s.json:2:10: ")


# ---------------------------------------------------------------- no network


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on this machine, and what was asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        closing = threading.Event()

        def serve() -> None:
            while not closing.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    asked.append(b"connected")
                    connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n{}")

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], asked
        closing.set()
        thread.join()


def test_nothing_is_fetched(folder: Path, listener: tuple[int, list[bytes]]) -> None:
    port, asked = listener
    base = f"http://127.0.0.1:{port}"
    for schema in (
        {"$ref": f"{base}/x"},
        {"$ref": f"{base}/x#/a"},
        {"$ref": f"//127.0.0.1:{port}/x"},
        {"$dynamicRef": f"{base}/x"},
        {"$id": f"{base}/", "$ref": "nope.json"},
        {"$id": f"{base}/s.json", "allOf": [{"$ref": "nope.json"}]},
        {"$id": f"{base}/s.json", "allOf": [{"$ref": "/elsewhere/nope.json"}]},
        {"properties": {"a": {"$id": f"{base}/z/", "$ref": "y.json"}}},
        {"$schema": f"{base}/schema"},
        {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": f"{base}/x"},
        {"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveRef": f"{base}/x"},
    ):
        refusal(folder, json.dumps(schema))
    load(folder, json.dumps({"$id": f"{base}/s.json", "properties": {"a": {"$ref": "ok.json"}}}))
    assert asked == []


def test_the_article_contract_passes_what_it_is_spared(tmp_path: Path) -> None:
    """One more line break and it is a contract like any other."""
    spared = load_schema(Path(bundled_schema()))
    copy = tmp_path / "article.schema.json"
    copy.write_bytes(Path(bundled_schema()).read_bytes() + b"\n")
    checked = load_schema(copy)
    assert (spared.root, spared.warnings) == (checked.root, ())
    assert spared.references.draft is checked.references.draft
