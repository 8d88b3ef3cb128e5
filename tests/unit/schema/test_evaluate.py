"""Where a departure from the contract is found, and by which rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.rules.base import Failure
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.explain import explain
from seedlint.schema.load import load_schema
from seedlint.schema.predicates import cached_by_text

Check = Callable[[Any, Any], list[tuple[str, str, str]]]
DRAFT_7 = "http://json-schema.org/draft-07/schema#"


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Rule, place and message of each finding of data against a schema."""

    def run(schema: Any, data: Any) -> list[tuple[str, str, str]]:
        path = tmp_path / "s.json"
        path.write_text(json.dumps(schema))
        contract = load_schema(path, "s.json")
        evaluator = Evaluator(contract.references, lambda rule: rule.severity)
        found = []
        for each in explain(evaluator.failures(data), lambda rule: rule.severity):
            if each.under:
                continue
            pointer = (*each.pointer, *each.finding.pointer)
            place = "/".join(map(str, pointer)) + {"value": "", "key": " key"}.get(
                each.finding.part, " mapping"
            )
            found.append((each.rule.name, place, each.finding.message))
        return found

    return run


VIDEO_OR_IMAGE = {
    "oneOf": [
        {
            "properties": {"kind": {"const": "image"}, "width": {"type": "integer"}},
            "required": ["kind", "width"],
        },
        {
            "properties": {"kind": {"const": "video"}, "seconds": {"type": "integer"}},
            "required": ["kind", "seconds"],
        },
    ]
}


@pytest.mark.parametrize(
    ("schema", "data", "places"),
    [
        # the branch that was meant: by discriminator
        (VIDEO_OR_IMAGE, {"kind": "video", "seconds": 5}, []),
        (VIDEO_OR_IMAGE, {"kind": "video", "width": 5}, [("missing-key", " mapping")]),
        (VIDEO_OR_IMAGE, {"kind": "image", "width": "5"}, [("wrong-type", "width")]),
        # ... by type
        ({"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]}, {},
         [("missing-key", " mapping")]),
        ({"anyOf": [{"type": "string", "minLength": 3}, {"type": "object"}]}, "a",
         [("text-too-short", "")]),
        # ... types together
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 5, [("unmatched-alternative", "")]),
        ({"anyOf": [{"const": "a"}, {"type": "integer"}]}, "b", [("unmatched-alternative", "")]),
        # ... nothing says which
        ({"anyOf": [{"required": ["a", "b", "c"]}, {"required": ["d"]}]}, {},
         [("missing-key", " mapping")]),
        ({"anyOf": [{"items": {"type": "string"}}, {"items": {"required": ["a"]}}]}, [{}],
         [("unmatched-alternative", "")]),
        ({"oneOf": [{"minLength": 1}, {"maxLength": 5}]}, "ab", [("unmatched-alternative", "")]),
        # ... alternatives that nothing fits, or that are no alternatives
        ({"anyOf": [False, {"type": "string", "minLength": 2}]}, "a", [("text-too-short", "")]),
        ({"anyOf": [False, False]}, "a", [("forbidden-value", "")]),
        ({"anyOf": [{"type": "object", "required": ["a"]}]}, {}, [("missing-key", " mapping")]),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, 5, [("unmatched-alternative", "")]),
        ({"oneOf": [{"required": ["a"]}, {"minProperties": 1}]}, {"a": 1},
         [("unmatched-alternative", " mapping")]),
        # ... both alternatives ask for the same
        ({"anyOf": [{"properties": {"n": {"type": "integer"}}, "required": ["a", "b"]},
                    {"properties": {"n": {"type": "integer"}}, "required": ["a", "c"]}]},
         {"n": "x"}, [("missing-key", " mapping")]),
        ({"anyOf": [{"properties": {"n": {"type": "integer"}, "m": {"maximum": 1}}},
                    {"properties": {"n": {"type": "integer"}, "m": {"minimum": 9}}}]},
         {"n": "x", "m": 5}, [("wrong-type", "n")]),
        # ... a condition that is all there is
        ({"if": {"required": ["a"]}, "else": False}, {}, [("missing-key", " mapping")]),
        ({"if": {"required": ["a"]}, "then": False}, {"a": 1}, [("forbidden-value", "a key")]),
        ({"not": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}, {"a": 1, "b": 1},
         [("forbidden-value", "a key"), ("forbidden-value", "b key")]),
        ({"not": {"properties": {"a": {"const": 1}}}}, {"b": 1}, [("missing-key", " mapping")]),
        ({"not": {"properties": {"a": {"const": 1}, "b": {"const": 2}}, "required": ["a", "b"]}},
         {"b": 2, "a": 1}, [("forbidden-value", "a")]),
        ({"dependentSchemas": {"a": False}}, {"a": 1}, [("forbidden-value", "a key")]),
        # ... beside a `$ref` that stands alone nothing counts
        ({"$schema": DRAFT_7, "definitions": {"a": {"required": ["x"]}},
          "anyOf": [{"$ref": "#/definitions/a", "properties": {"k": {"const": 1}}},
                    {"required": ["y"]}]}, {"k": 2}, [("missing-key", " mapping")]),
        # unevaluatedProperties: one finding per key
        ({"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False},
         {"a": 1, "b": 2, "c": 3}, [("unknown-key", "b key"), ("unknown-key", "c key")]),
        ({"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": {"type": "string"}},
         {"a": 1, "b": 2, "c": "3"}, [("wrong-type", "b")]),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"b": 1, "a": 2, "c": 3},
         [("unknown-key", "b key"), ("unknown-key", "c key")]),
        ({"patternProperties": {"^x": {}}, "additionalProperties": False}, {"x1": 1, "yx": 2},
         [("unknown-key", "yx key")]),
        ({"additionalProperties": {"type": "string"}}, {"a": 1, "b": "c", "d": 2},
         [("wrong-type", "a"), ("wrong-type", "d")]),
        # lists
        ({"prefixItems": [{}], "unevaluatedItems": False}, [1, 2, 3], [("unexpected-item", "1")]),
        ({"contains": {"type": "string"}}, [1], [("missing-item", "")]),
        ({"contains": {"type": "string"}, "minContains": 2}, ["a", 1], [("missing-item", "")]),
        ({"contains": {"type": "string"}, "maxContains": 1}, ["a", "b"], [("unexpected-item", "")]),
        ({"contains": {"type": "string"}, "minContains": 0}, [], []),
        ({"uniqueItems": True}, [1, 2, 1, 1], [("repeated-item", "2"), ("repeated-item", "3")]),
        ({"uniqueItems": True}, [1, 1.0], [("repeated-item", "1")]),
        ({"uniqueItems": True}, [1, True, "1", [1], [True]], []),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1.0}], [("repeated-item", "1")]),
        # keys that need others, names of keys
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "c": 2},
         [("missing-dependent-key", "a key")]),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}, [("missing-key", " mapping")]),
        ({"$schema": DRAFT_7, "dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
         {"a": 1, "c": 1}, [("missing-dependent-key", "a key"), ("missing-key", " mapping")]),
        ({"propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, {"abc": 1, "A": 1, "bcde": 1},
         [("invalid-key-name", "A key"), ("invalid-key-name", "bcde key")]),
        # in place
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1},
         [("missing-key", " mapping")]),
        ({"not": {"required": ["a"]}}, {"a": 1}, [("forbidden-value", "a key")]),
        ({"$defs": {"t": {"type": "string"}}, "properties": {"a": {"items": {"$ref": "#/$defs/t"}}}
          },
         {"a": ["x", 1]}, [("wrong-type", "a/1")]),
        ({"properties": {"c": {"$ref": "#"}, "n": {"type": "integer"}}}, {"c": {"c": {"n": ""}}},
         [("wrong-type", "c/c/n")]),
        ({"required": ["a", "b"]}, {"c": 1},
         [("missing-key", " mapping"), ("missing-key", " mapping")]),
        # ... of what is empty, one finding for all keys
        ({"required": ["a", "b"]}, {}, [("missing-key", " mapping")]),
        # types as JSON has them
        ({"type": "integer"}, 1.0, []),
        ({"type": "integer"}, True, [("wrong-type", "")]),
        ({"type": "number"}, True, [("wrong-type", "")]),
        ({"type": "integer"}, 10**40, []),
        ({"const": 1}, True, [("const-mismatch", "")]),
        ({"enum": [0, "a"]}, False, [("invalid-enum-value", "")]),
        ({"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer"}, 1.0,
         [("wrong-type", "")]),
        ({"multipleOf": 3}, 10**40, [("not-a-multiple", "")]),
        ({"multipleOf": 0.0001}, 0.0075, []),
        # strings
        ({"pattern": "^\\d+$"}, "\u0661", [("pattern-mismatch", "")]),
        ({"pattern": "^a$"}, "a\n", [("pattern-mismatch", "")]),
        ({"maxLength": 2}, "😀😀", []),
        ({"format": "date"}, "2022-02-30", [("invalid-format", "")]),
        ({"format": "email"}, "a@\n::error::x", [("invalid-format", "")]),
        ({"format": "date"}, 5, []),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_rule_and_place(
    check: Check, schema: Any, data: Any, places: list[tuple[str, str]]
) -> None:
    assert [(name, place) for name, place, _ in check(schema, data)] == places


@pytest.mark.parametrize(
    ("schema", "data", "place"),
    [
        ({"properties": {"a": False}}, {"a": 1}, "a key"),
        (
            {"properties": {"a": {"items": {"properties": {"b": False}}}}},
            {"a": [{"b": 1}]},
            "a/0/b key",
        ),
        ({"prefixItems": [{}, False]}, [1, 2], "1"),
        ({"prefixItems": [{}], "items": False}, [1, 2], "1"),
    ],
)
def test_the_place_of_what_may_not_be(check: Check, schema: Any, data: Any, place: str) -> None:
    assert [each for _, each, _ in check(schema, data)] == [place]


@pytest.mark.parametrize(
    ("schema", "data", "message"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 5,
         "expected text or nothing, found the number `5`"),
        ({"oneOf": [{"minLength": 1}, {"maxLength": 5}]}, "ab",
         "`ab` fits 2 of the alternatives, expected exactly one"),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "`a` needs the key `b` beside it"),
        ({"properties": {"title": {}}, "additionalProperties": False}, {"titel": 1},
         "unknown key `titel`; did you mean `title`?"),
        ({"contains": {"const": "x"}}, [], "no item is `x`, expected at least 1"),
        ({"uniqueItems": True}, ["a", "a"], "`a` is in the list already"),
        ({"type": "string"}, None, "no value: expected text"),
        # a key that a condition would know, if it were there
        ({"if": {"required": ["wheels"]}, "then": {"properties": {"wheels": {}}},
          "unevaluatedProperties": False}, {"whels": 1},
         "unknown key `whels`; did you mean `wheels`?"),
        ({"properties": {"a": {}}, "anyOf": [{}, {"properties": {"byline": {}},
          "required": ["byline"]}], "unevaluatedProperties": False}, {"bylin": 1},
         "unknown key `bylin`; did you mean `byline`?"),
        # ... and one that it would not
        ({"properties": {"type": {}}, "if": {"properties": {"type": {"const": 1}}},
          "then": {"properties": {"byline": {}}}, "unevaluatedProperties": False},
         {"type": 2, "bylin": 1}, "unknown key `bylin`"),
        # what is quoted is what is there
        ({"maxLength": 3}, "Adds `base`", "``Adds `base` `` has 11 characters, expected at most 3"),
        ({"maxLength": 3}, "a`b`c", "``a`b`c`` has 5 characters, expected at most 3"),
        # one of many
        ({"minLength": 2.0}, "a", "`a` has 1 character, expected at least 2"),
        ({"minProperties": 2}, {"a": 1}, "1 key, expected at least 2"),
        ({"minItems": 1.0}, [], "an empty list, expected at least 1 item"),
        # the type where it is the matter
        ({"enum": ["1.0", "2.0"]}, 1.0,
         "the number `1.0` is not an allowed value; expected the text `1.0`, `2.0`"),
        ({"const": "true"}, True, "expected the text `true`, found `true` without quotes"),
        ({"const": 1}, "1", "expected the number `1`, found the text `1`"),
        ({"enum": [1, 2, "auto"]}, 3, "`3` is not an allowed value; expected `1`, `2`, `auto`"),
        ({"enum": ["a", None]}, "b", "`b` is not an allowed value; expected `a`, nothing"),
        ({"enum": ["a", ""]}, "b", "`b` is not an allowed value; expected `a`, an empty text"),
        ({"const": "b"}, "", "expected `b`, found an empty text"),
        ({"enum": []}, "b", "no value is allowed for this seed"),
        ({"const": "news"}, None, "no value: expected `news`"),
        ({"not": {"type": "string"}}, "a", "text is not allowed for this seed"),
        ({"anyOf": [{"required": ["a", "b"]}, {"required": ["c"]}]}, {},
         "missing keys `a` and `b`, or `c`"),
        # lists and mappings as they are
        ({"const": ["a", "c"]}, ["a", "b"], 'expected `["a", "c"]`, found `["a", "b"]`'),
        ({"enum": [{"a": 1}]}, {"a": 2}, '`{"a": 2}` is not an allowed value; expected `{"a": 1}`'),
        ({"uniqueItems": True}, [{"a": 1}, {"a": 1}], '`{"a": 1}` is in the list already'),
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_words(check: Check, schema: Any, data: Any, message: str) -> None:
    assert [each for _, _, each in check(schema, data)] == [message]


def test_many_alternatives_make_one_line(check: Check) -> None:
    schema = {"oneOf": [{"type": "object", "required": [f"k{n}"]} for n in range(10)]}
    assert len(check(schema, {})) == 1


@pytest.mark.parametrize(("value", "step"), [(19.99, 0.01), (4.35, 0.01)])
def test_multiples_are_decimal(check: Check, value: float, step: float) -> None:
    assert check({"multipleOf": step}, value) == []


def test_no_number_is_too_large_to_divide(check: Check) -> None:
    check({"multipleOf": 0.5}, 10**400)


@pytest.mark.parametrize(
    "item",
    [lambda n: {"a": n}, lambda n: [n], lambda n: n if n % 2 else str(n), lambda n: n / 7],
    ids=["mappings", "lists", "mixed", "floats"],
)
def test_unique_items_take_linear_time(check: Check, item: Callable[[int], Any]) -> None:
    # Comparing each with each would take a quarter of an hour.
    data = [item(number) for number in range(100_000)]
    with cpu_limit():
        assert check({"uniqueItems": True}, data) == []


WARNED = {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}


def nested(keyword: str, depth: int) -> Any:
    """Alternatives in alternatives, with a rule at the bottom that the quick test cannot decide."""
    schema: Any = WARNED
    for _ in range(depth):
        schema = {keyword: [schema]}
    return schema


def shared(keyword: str, depth: int) -> Any:
    """The same, where each alternative is there twice."""
    steps = {
        f"d{number}": {keyword: 2 * [{"$ref": f"#/$defs/d{number + 1}"}]} for number in range(depth)
    }
    return {"$defs": {**steps, f"d{depth}": WARNED}, "$ref": "#/$defs/d0"}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
@pytest.mark.parametrize("make", [nested, shared])
def test_alternatives_in_alternatives_take_linear_time(
    check: Check, keyword: str, make: Callable[[str, int], Any]
) -> None:
    # Asking twice at each level would take for ever.
    with cpu_limit():
        found = check(make(keyword, 40), "https//a.example")
    assert found
    assert found == check(WARNED, "https//a.example")


@pytest.mark.parametrize("leaf", [WARNED, {"type": "integer"}], ids=["rule", "type"])
@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_alternatives_in_nested_data_take_linear_time(
    check: Check, keyword: str, leaf: dict[str, Any]
) -> None:
    branch = {"properties": {"below": {"$ref": "#/$defs/level"}, "leaf": leaf}}
    schema = {"$defs": {"level": {keyword: [branch, branch]}}, "$ref": "#/$defs/level"}
    data: dict[str, Any] = {"leaf": "https//a.example"}
    for _ in range(40):
        data = {"below": data}
    with cpu_limit():
        assert check(schema, data)


def kinds(count: int, others: int) -> Any:
    """As many alternatives, told apart by `kind`, each with as many other values of its own."""
    return {
        "oneOf": [
            {
                "properties": {
                    "kind": {"const": f"k{number}"},
                    **{f"p{other}": {"enum": [number, other]} for other in range(others)},
                },
                "required": ["kind"],
                "additionalProperties": False,
            }
            for number in range(count)
        ]
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "item", "count"),
    [
        (kinds(10, 2), {"kind": "zz", "p0": -1}, 2000),
        (kinds(10, 2), {"kind": "k3", "p0": -1, "q": 1}, 2000),
        (kinds(10, 2), {"q": 1}, 2000),
        (kinds(60, 20), {"kind": "zz", **{f"p{number}": -1 for number in range(20)}}, 50),
        ({"properties": {"v": {"type": "string"}}, "required": ["v"]}, {"v": None}, 5000),
        ({"contains": {"const": "News"}, "items": {"enum": ["News", "x"]}}, ["Nws"], 5000),
        ({"not": {"required": ["a"]}}, {"a": 1}, 5000),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1}, 5000),
        ({"if": {"required": ["a"]}, "then": {}, "else": {"required": ["b"]}}, {}, 5000),
    ],
    ids=["misspelt", "inside", "unknown", "many", "null", "contains", "not", "exclusive", "if"],
)
def test_many_sentences_take_little_time(check: Check, schema: Any, item: Any, count: int) -> None:
    with cpu_limit():
        found = check({"items": schema}, [json.loads(json.dumps(item)) for _ in range(count)])
    assert len(found) >= count


@pytest.mark.parametrize(
    ("schema", "key"),
    [
        ({"properties": {f"key{n}": {} for n in range(50)},
          "additionalProperties": False}, "kay{}"),
        ({"allOf": [{"properties": {f"key{n}": {} for n in range(50)}}],
          "unevaluatedProperties": False}, "kay{}"),
        ({"required": [f"key{n}" for n in range(300)]}, "kay{}"),
    ],
    ids=["unknown", "unevaluated", "missing"],
)  # fmt: skip
def test_many_keys_take_little_time(check: Check, schema: Any, key: str) -> None:
    with cpu_limit():
        assert check(schema, {key.format(number): 1 for number in range(5000)})


def test_a_failure_below_a_step_is_the_same_but_for_its_pointer() -> None:
    rest: dict[str, Any] = {
        "key": "k",
        "needs": "n",
        "item": 1,
        "first": 2,
        "fits": 3,
        "branches": ((),),
        "is_assertion": False,
    }
    site = SimpleNamespace(schema={"type": "x"})
    failure = Failure("type", "x", 1, site, pointer=("b",), **rest)
    assert failure.below("a") == Failure("type", "x", 1, site, pointer=("a", "b"), **rest)
    assert failure.below("a") != failure


@pytest.mark.slow
def test_many_dynamic_anchors_take_linear_time(check: Check) -> None:
    count = 3000
    anchored = {f"d{n}": {"$dynamicAnchor": f"n{n}", "type": "integer"} for n in range(count)}
    referring = {f"k{n}": {"$dynamicRef": f"#n{n}"} for n in range(count)}
    with cpu_limit():
        found = check({"$defs": anchored, "properties": referring}, {"k7": ""})
    assert found[0][:2] == ("wrong-type", "k7")


@pytest.mark.slow
def test_deep_failures_are_not_kept_at_each_level(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    types = ["object", "array"]
    schema = {"additionalProperties": {"$ref": "#"}, "items": {"$ref": "#"}, "type": types}
    path.write_text(json.dumps(schema))
    data: Any = ["x"] * 20_000
    for _ in range(40):
        data = {"a": data}
    evaluator = Evaluator(load_schema(path, "s.json").references, lambda rule: rule.severity)
    assert len(evaluator.failures(data)) == 20_000
    assert sum(map(len, evaluator.known.values())) <= 100_000


def test_no_long_text_is_remembered() -> None:
    asked: list[str] = []
    ask = cached_by_text(lambda text: asked.append(text))
    for text in ("short", "short", "long" * 1000, "long" * 1000):
        ask(text)
    assert list(map(len, asked)) == [5, 4000, 4000]


def test_a_message_is_one_short_line_whatever_the_value(check: Check) -> None:
    schema = {"properties": {"a": {"maxLength": 3}, "b": {"type": "integer"}, "c": {"enum": ["x"]}}}
    long = "y\n" * 1_000_000
    found = check(schema, {"a": long, "b": long, "c": long})
    assert len(found) == 3
    for _, _, message in found:
        assert len(message) <= 300
        assert "\n" not in message


def test_all_failures_are_found_though_the_quick_test_stops_at_the_first(check: Check) -> None:
    number = {"type": "number", "minimum": 5}
    schema = {
        "properties": {
            "a": number,
            "b": number,
            "c": number,
            "d": {"items": number},
            "e": {"prefixItems": [{}], "items": number},
        }
    }
    data = {"c": 1, "b": 7, "d": [7, 1, 8, 1], "a": 2, "e": [0, 7, 1]}
    places = [place for _, place, _ in check(schema, data)]
    assert places == ["a", "c", "d/1", "d/3", "e/2"]


def test_one_list_under_several_schemas(check: Check) -> None:
    # An alias puts one list in two places.
    values = [7, 1, 3]
    schema = {
        "properties": {
            "a": {"items": {"type": "number", "maximum": 2}},
            "b": {"items": {"type": "number", "minimum": 2}},
            "c": {"items": {"type": "number", "maximum": 6}},
        }
    }
    places = [place for _, place, _ in check(schema, {"c": values, "b": values, "a": values})]
    assert places == ["a/0", "a/2", "b/1", "c/0"]
