"""What a draft decides, and from how much."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from seedlint.infer.draft import DraftContract, Wishes, draft
from seedlint.infer.statistics import count_values
from seedlint.infer.survey import Survey


def drafted(*groups: tuple[int, dict[str, Any]], wishes: Wishes | None = None) -> DraftContract:
    """The draft from so many seeds with these data."""
    seeds = [data for count, data in groups for _ in range(count)]
    names = [f"{number:04}.md" for number in range(len(seeds))]
    values = count_values(seeds, names)
    return draft(Survey(values, len(seeds), 0, ()), wishes or Wishes())


def of_key(values: Sequence[Any]) -> dict[str, Any]:
    """The schema of a key with these values, one per seed."""
    found: dict[str, Any] = drafted(*((1, {"x": each}) for each in values)).schema["properties"][
        "x"
    ]
    return {key: value for key, value in found.items() if key != "$comment"}


TEXT = {"type": "string", "minLength": 1}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["a"] * 49, TEXT),
        (["a"] * 50, {"const": "a"}),
        (["a"] * 30 + ["b"] * 20, {"type": "string", "enum": ["a", "b"]}),
        # Four of a kind may be one of many more such kinds, if they are not one in 200.
        (["a"] * 100 + ["b"] * 4, TEXT),
        (["a"] * 995 + ["b"] * 4, {"type": "string", "enum": ["a", "b"]}),
        # Ten of each on average, and no more than twenty.
        ([f"v{n % 11}" for n in range(109)], TEXT),
        ([f"v{n % 20}" for n in range(300)], {"type": "string", "enum": sorted(
            {f"v{n}" for n in range(20)})}),
        ([f"v{n % 21}" for n in range(300)], TEXT),
        # A text in which an empty value is no mistake has no length to ask for.
        (["a"] * 60 + [""], {"type": "string"}),
        # Names are no list of values.
        (["a b"] * 50, {"const": "a b"}),
        (["a b"] * 50 + ["c"] * 50, TEXT),
        ([["a"]] * 50, {"type": "array", "minItems": 1, "items": TEXT}),
        ([["a"], ["b"]] * 50, {"type": "array", "minItems": 1, "items": {
            "$comment": "seen 50, 50 times", "type": "string", "enum": ["a", "b"]}}),
        ([{"name": "a"}] * 50, {"type": "object", "required": ["name"], "properties": {
            "name": {"$comment": "in all 50", **TEXT}}, "additionalProperties": False}),
        (["x" * 40] * 60, {"const": "x" * 40}),
        (["x" * 41] * 60, TEXT),
    ],
)  # fmt: skip
def test_enums(values: list[Any], expected: dict[str, Any]) -> None:
    assert of_key(values) == expected


ADDRESS = {"$ref": "#/$defs/webAddress"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-{n:02}", {"type": "string", "format": "date"}),
        ("2024-05-01T00:00:{n:02}Z", {"type": "string", "format": "date-time"}),
        ("PT{n}M", {"type": "string", "format": "duration"}),
        ("ada{n}@example.com", {"type": "string", "format": "email"}),
        ("a{n}.example.com", {"type": "string", "format": "hostname"}),
        ("https://example.com/{n}", ADDRESS),
        ("https://example.com/é{n}", {
            "type": "string",
            "format": "iri",
            "x-seedlint": {"url": {"schemes": ["https", "http"]}},
        }),
        ("ftp://example.com/{n}", {"type": "string", "format": "uri"}),
        ("/assets/{n}.png", {"type": "string", "format": "uri-reference"}),
        # What conforms to a format and is not meant as such.
        ("a:b{n}", TEXT),
        ("word{n}", TEXT),
        ("photo{n}.jpg", TEXT),
        ("1.{n}", TEXT),
        ("../{n} b", TEXT),
    ],
)  # fmt: skip
def test_formats(text: str, expected: dict[str, Any]) -> None:
    assert of_key([text.format(n=number % 28 + 1) for number in range(20)]) == expected
    # One less is not enough.
    fewer = of_key([text.format(n=number % 28 + 1) for number in range(20)] + ["no such thing"])
    assert "format" not in fewer
    # Nor if some are empty: the format would refuse them.
    empty = of_key([text.format(n=number % 28 + 1) for number in range(20)] + [""])
    assert "format" not in empty
    assert "$ref" not in empty


def test_types() -> None:
    assert of_key([1, 2, True] * 20) == {"type": ["integer", "boolean"]}
    assert of_key([1, 2.0] * 20) == {"type": "number"}
    assert of_key([None] * 20) == {"type": "null"}
    assert of_key(["word", None] * 20) == {"anyOf": [TEXT, {"type": "null"}]}
    assert of_key([[1], "x y"] * 20) == {
        "anyOf": [{"type": "array", "minItems": 1, "items": {"type": "integer"}}, TEXT]
    }
    assert of_key([[], [1]] * 20) == {"type": "array", "items": {"type": "integer"}}
    # Empty lists teach nothing.
    assert of_key([[]] * 20) == {"type": "array"}


def test_several_types_are_said_aloud() -> None:
    found = drafted((40, {"x": "a b", "y": []}), (2, {"x": 7, "y": None}))
    assert found.notes == [
        "`x` is of several types, 40 texts, 2 whole numbers: is that meant? 0040.md, 0041.md",
        "`y` has no value in 2 of 42: is that meant? 0040.md, 0041.md",
    ]


def test_mappings_are_closed_where_new_keys_are_unlikely() -> None:
    seed = {"a": "x y"}
    closed = drafted((49, seed)).schema
    assert "additionalProperties" not in closed
    assert drafted((50, seed)).schema["additionalProperties"] is False
    # One in a hundred has a key of its own.
    assert "additionalProperties" not in drafted((98, seed), (1, {**seed, "b": 1})).schema
    assert drafted((99, seed), (1, {**seed, "b": 1})).schema["additionalProperties"] is False
    # Two keys of one seed are one event.
    both = {**seed, "b": 1, "c": 1}
    assert drafted((99, seed), (1, both)).schema["additionalProperties"] is False


def test_shapes_in_several_places() -> None:
    image = {"url": "/a.png", "width": 10, "height": 20}
    seed = {"images": [image], "logos": [image], "Étés/ü": image, "single": {"a": 1, "b": 2}}
    found = drafted((60, seed)).schema
    assert list(found["$defs"]) == ["image"]
    reference = {"$ref": "#/$defs/image"}
    assert found["properties"]["images"]["items"] == reference
    assert found["properties"]["logos"]["items"] == reference
    assert found["properties"]["Étés/ü"] == {"$comment": "in all 60", **reference}
    assert found["properties"]["single"]["type"] == "object"
    assert found["$defs"]["image"]["x-seedlint"]["image-size"]["minWidth"] == 16
    assert found["$defs"]["image"]["$comment"] == "3 keys in 180"


def test_a_shape_inside_itself_as_deep_as_is_looked() -> None:
    """Of the innermost mapping it is only known that it is one."""
    depth = 30
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"title": None, "author": None, "below": value}
    text = json.dumps(drafted((20, value)).schema)
    assert '"title"' in text


def test_keys_of_a_kind() -> None:
    article = {"type": "article", "text": "a b"}
    video = {"type": "video", "length": "PT1M"}
    found = drafted((40, article), (20, video)).schema
    assert [each["then"]["required"] for each in found["allOf"]] == [["text"], ["length"]]
    # Too few of the kind, or as many others with the key.
    found = drafted((60, article), (19, video)).schema
    assert found["then"]["required"] == ["text"]
    found = drafted((20, article), (25, {**article, "length": "PT1M"}), (20, video)).schema
    assert "length" not in str(found.get("then", found.get("allOf")))
    # Nothing is decided by what nearly every seed has differently.
    assert "then" not in drafted(*((20, {"type": f"t{n}", f"k{n}": 1}) for n in range(5))).schema


def test_order_of_keys() -> None:
    found = drafted((30, {"b": 1, "a": 2, "z": 3}), (30, {"b": 1, "z": 3}), (1, {"y": 0, "z": 1}))
    assert list(found.schema["properties"]) == ["b", "y", "a", "z"]
