"""JSON front matter: the data that was written, and each value exactly where it was written."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from paths import GOLDEN, SEEDS
from seedlint.check import Checker
from seedlint.document.document import Document, read_document
from seedlint.document.json_reader import read_json
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, value_at
from seedlint.fix.edits import edits_of
from seedlint.fix.operation import (
    CannotApply,
    InsertPair,
    Operation,
    OrderPairs,
    RemoveItem,
    RemovePair,
    RenameKey,
    ReplaceScalar,
    applied,
)
from seedlint.result import FileResult
from seedlint.schema.bundled import bundled_schema
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.edit import apply_edits
from seedlint.text.source import SourceFile
from seedlint.text.span import Span

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=5)
# How values are put on lines, and whether other letters are escaped.
LAYOUTS = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 2, "\t"]),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")]),
        "ensure_ascii": st.just(True),
    }
)
# Where the JSON is, between fences and before a body.
FORMS = (
    "---json\n@\n---\nbody }\n",
    "--- json \r\n@\r\n---",
    "@\nbody }\n",
    "@",
    ";;;\n@\n;;;\n",
)


def written(data: Any, layout: dict[str, Any]) -> str:
    return json.dumps(data, **layout)


def front_matter(data: dict[str, Any], layout: dict[str, Any], form: str) -> str:
    text = written(data, layout)
    if form.startswith(";;;"):
        text = text[1:-1]
    return form.replace("@", text)


def read(text: str) -> Document:
    return read_document(SourceFile("s.md", text), Limits())


def pointers(value: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    yield at, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from pointers(inner, (*at, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from pointers(inner, (*at, index))


@hypothesis_settings(max_examples=300, deadline=None)
@given(OBJECTS, LAYOUTS, st.sampled_from(FORMS))
def test_data_and_places(data: dict[str, Any], layout: dict[str, Any], form: str) -> None:
    text = front_matter(data, layout, form)
    document = read(text)
    assert document.is_checkable
    assert repr(document.data) == repr(data)
    for pointer, value in pointers(data):
        if not pointer:
            continue
        entry = document.source_map.entry(pointer)
        assert entry is not None
        assert repr(json.loads(text[slice(*entry.value)])) == repr(value)
        span = document.source_map.span(pointer, "value")
        if entry.key is None:
            assert span == entry.value
            continue
        # Nothing is shown at its key.
        assert span == (entry.key if value is None else entry.value)
        assert document.source_map.span(pointer, "key") == entry.key
        assert json.loads(text[slice(*entry.key)]) == pointer[-1]
        # The key of this value and of no other.
        assert text[entry.key.end : entry.value.start].strip() == ":"


@pytest.mark.slow
@hypothesis_settings(max_examples=300, deadline=None)
@given(OBJECTS, LAYOUTS, st.sampled_from(FORMS), st.data())
def test_edits_do_what_they_say(
    data: dict[str, Any], layout: dict[str, Any], form: str, draw: st.DataObject
) -> None:
    text = front_matter(data, layout, form)
    document = read(text)
    operation = draw.draw(operations(data))
    edits = edits_of(document, [operation])
    if edits is None:
        return
    try:
        wanted = applied(data, [operation])
    except CannotApply:
        return
    then = read(apply_edits(text, list(edits)))
    assert then.is_checkable, then.problems
    assert repr(then.data) == repr(wanted)


def operations(data: dict[str, Any]) -> st.SearchStrategy[Operation]:
    places = [pointer for pointer, _ in pointers(data)]
    place = st.sampled_from(places)
    return st.one_of(
        place.map(RemoveItem),
        place.map(RemovePair),
        st.builds(ReplaceScalar, place, SCALARS),
        st.builds(ReplaceScalar, place, st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
        place.flatmap(lambda at: orders(data, at)),
        st.builds(RenameKey, place, TEXT),
        st.builds(lambda at, key, value: InsertPair((*at, key), value), place, TEXT, SCALARS),
    )


def orders(data: dict[str, Any], at: Pointer) -> st.SearchStrategy[Operation]:
    holder = value_at(data, at)
    if not isinstance(holder, dict) or len(holder) < 2:
        return st.just(OrderPairs((*at, "a"), ("a",)))
    first = next(iter(holder))
    return st.permutations(list(holder)).map(lambda order: OrderPairs((*at, first), tuple(order)))


def test_most_edits_can_be_made() -> None:
    """A test that skips all of them could not fail."""
    data = {"a": 1, "b": ["x", "y"], "c": {"d": None}}
    for layout in ({"indent": 2}, {"indent": None}):
        text = f"---json\n{json.dumps(data, **layout)}\n---\n"
        document = read(text)
        for operation in (
            RemovePair(("a",)),
            RemoveItem(("b", 1)),
            ReplaceScalar(("c", "d"), 'a "text"'),
            RenameKey(("c",), "e: f"),
            InsertPair(("c", "x"), True),
            InsertPair(("g",), "h", after="a"),
            OrderPairs(("a",), ("c", "a", "b")),
            ReplaceScalar(("a",), ("x", 'y "z"')),
        ):
            edits = edits_of(document, [operation])
            assert edits, operation
            then = read(apply_edits(text, list(edits)))
            assert list(then.data.items()) == list(applied(data, [operation]).items())
            # A line each, as before.
            lines = apply_edits(text, list(edits)).count("\n") - text.count("\n")
            if layout["indent"]:
                assert lines == {"RemovePair": -1, "RemoveItem": -1, "InsertPair": 1}.get(
                    type(operation).__name__, 0
                )


def test_the_same_findings_as_in_yaml() -> None:
    """The same data, changed at random, have the same findings in JSON, at the same pointers."""
    checker = Checker(load_schema(bundled_schema()), Settings())
    chance = random.Random(5)
    compared = found_any = 0
    for path in sorted((GOLDEN / "err").glob("*.md")) + sorted(SEEDS.rglob("*.md")):
        document = checker.read(path.name, path.read_bytes())
        if not document.is_checkable:
            continue
        for _ in range(4):
            data = changed(document.data, chance)
            as_yaml = checker.read("s.md", f"---\n{json.dumps(data)}\n---\n".encode())
            if not as_yaml.is_checkable:
                # Text that JSON can hold and YAML cannot.
                continue
            expected = identities(checker.check(as_yaml))
            layout = {"indent": chance.choice([None, 2]), "ensure_ascii": chance.random() < 0.5}
            text = json.dumps(data, **layout)  # type: ignore[arg-type]
            for form in FORMS:
                inside = text[1:-1] if form.startswith(";;;") else text
                as_json = checker.read("s.md", form.replace("@", inside).encode())
                assert identities(checker.check(as_json)) == expected, path
            compared += 1
            found_any += bool(expected)
    assert compared > 100
    assert found_any > 80


def identities(result: FileResult) -> list[tuple[str, str, str]]:
    """What is found in the data; how they are written is another matter."""
    return sorted(
        each.identity for each in result.diagnostics if each.code[:3] not in ("YML", "FM0")
    )


def changed(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    data = dict(data)
    for _ in range(chance.randint(0, 3)):
        key = chance.choice([*data, "title"])
        value = data.pop(key, "Tides")
        others = (5, None, "htp://x y", [value, value], {"name": value}, "", value)
        data[key + chance.choice(["", "", "", "x"])] = chance.choice(others)
    return data


MUTATIONS = ['"', "'", ",", ":", "{", "}", "[", "]", "\\", "//", "#", "\n", "x", "0", "-", "null"]


@pytest.mark.slow
@hypothesis_settings(max_examples=500, deadline=None)
@given(
    OBJECTS,
    LAYOUTS,
    st.sampled_from(FORMS),
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 3), st.sampled_from(MUTATIONS)), max_size=3
    ),
)
def test_broken_text_is_never_taken_for_json(
    data: dict[str, Any],
    layout: dict[str, Any],
    form: str,
    changes: list[tuple[int, int, str]],
) -> None:
    """The same texts are JSON as for Python, and a problem always has a place and a way out."""
    text = written(data, layout)
    for at, length, instead in changes:
        at = min(at, len(text))
        text = text[:at] + instead + text[at + length :]
    tree = read_json(text, Span(0, len(text)), Limits())
    try:
        data = json.loads(text, parse_constant=lambda name: json.loads("constant"))
        # Half characters are JSON to some readers.
        is_json = re.search("[\ud800-\udfff]", json.dumps(data, ensure_ascii=False)) is None
    except json.JSONDecodeError:
        is_json = False
    assert tree.complete == is_json, (text, tree.problems)
    for problem in tree.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
    if not is_json:
        assert any(each.detail and each.advice for each in tree.problems)
    # Whatever it is, the document is read without an exception.
    read(front_matter(data, layout, form).replace(written(data, layout), text))


@pytest.mark.parametrize(
    ("name", "limit", "inside", "passes"),
    [
        ("nodes", 5, '{"a": {"b": []}}', True),
        ("nodes", 5, '{"a": {"b": [1]}}', False),
        ("depth", 3, '{"a": {"b": []}}', True),
        ("depth", 2, '{"a": {"b": []}}', False),
        ("integer_digits", 3, '{"a": 123, "b": 0.1}', True),
        ("integer_digits", 3, '{"a": 1234}', True),
        ("front_matter_bytes", 4, "{}", True),
        ("front_matter_bytes", 4, '{"a": 1}', False),
    ],
)
def test_limits_are_those_of_yaml(name: str, limit: int, inside: str, passes: bool) -> None:
    small = Limits()._replace(**{name: limit})
    as_json = read_document(SourceFile("s.md", f"---json\n{inside}\n---\n"), small)
    as_yaml = read_document(SourceFile("s.md", f"---\n{inside}\n---\n"), small)
    assert as_json.is_checkable is as_yaml.is_checkable is passes
    kinds = [[each.kind for each in document.problems] for document in (as_json, as_yaml)]
    assert kinds[0] == kinds[1]
    assert not passes or repr(as_json.data) == repr(as_yaml.data)
