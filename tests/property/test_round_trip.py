"""What ruamel.yaml writes is read back as it was, and each scalar is where it was written."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer
from seedlint.document.yaml_tree import parse_yaml
from seedlint.text.marks import ODD_SPACES
from seedlint.text.source import SourceFile

laws = settings(derandomize=True, deadline=None, max_examples=200, database=None)

WORDS = st.sampled_from(
    [
        "", "a", "yes", "012", "1_000", "1:30", "null", "~", "true", "1.5", "2024-01-02", "a: b",
        "# c", "it's", 'say "x"', "- x", "a\nb", "\n", " x ", "é中😀", "e\u0301", "x/y~z", "[",
        "{}",
        "*a", "&a", "!t", "%d", "@", "`", "---", "...", "a" * 100, "lorem ipsum " * 10,
        "tab\tbed", "<<", "=",
    ]
)  # fmt: skip
_ODD_BLANK = re.compile(rf"-?[{ODD_SPACES}]")
_ODD_DASH = re.compile(rf"-[{ODD_SPACES}]|[{ODD_SPACES}]+- ")
# Letters of all kinds, but nothing that may not stand in front matter.
TEXTS = WORDS | st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12
).filter(lambda text: not _ODD_DASH.match(text))
SCALARS = TEXTS | st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9, allow_nan=False)
# A key that begins with a blank that is no space is refused: it looks indented and is not.
KEYS = TEXTS.filter(lambda key: len(key) < 60 and not _ODD_BLANK.match(key))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


def written(data: Any, flow: bool, width: int) -> str:
    yaml = YAML(typ="safe")
    yaml.default_flow_style = flow
    yaml.allow_unicode = True
    yaml.width = width
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def leaves(data: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from leaves(value, (*pointer, key))
    elif isinstance(data, list) and data:
        for index, value in enumerate(data):
            yield from leaves(value, (*pointer, index))
    else:
        yield pointer, data


def seed_of(text: str, line_break: str) -> Document:
    seed = f"---\n{text}---\nbody\n".replace("\n", line_break)
    return read_document(SourceFile("s.md", seed), Limits())


@laws
@given(
    data=MAPPINGS,
    flow=st.booleans(),
    width=st.sampled_from([40, 4096]),
    line_break=st.sampled_from(["\n", "\r\n"]),
)
def test_round_trip(data: dict[str, Any], flow: bool, width: int, line_break: str) -> None:
    document = seed_of(written(data, flow, width), line_break)
    assert document.data == data
    source_map, text = document.source_map, document.source.text
    for pointer, value in leaves(data):
        span = source_map.span(pointer, "value")
        slice_ = text[span.start : span.end]
        if value is None and isinstance(pointer[-1], str):
            assert span == source_map.span(pointer, "key")
            continue
        assert slice_
        if value is None:
            assert slice_ in ("-", "null")
            continue
        # The characters alone say the same as in their place; how they are indented does not
        # matter, so a literal block is told by where it begins.
        if slice_[0] in "|>":
            assert isinstance(value, str)
            continue
        alone = parse_yaml(slice_.replace("\r\n", "\n"), Limits())
        assert alone.data == value


@laws
@given(data=MAPPINGS, flow=st.booleans())
def test_keys_are_where_they_are_written(data: dict[str, Any], flow: bool) -> None:
    document = seed_of(written(data, flow, 4096), "\n")
    for pointer, _ in leaves(data):
        if not isinstance(pointer[-1], str):
            continue
        span = document.source_map.span(pointer, "key")
        alone = parse_yaml(document.source.text[span.start : span.end], Limits())
        assert alone.data == pointer[-1]
