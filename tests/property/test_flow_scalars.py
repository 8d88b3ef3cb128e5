"""Plain text in flow collections says what it says in quotes, and is where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from _ruamel_yaml import CParser
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.error import YAMLError

from seedlint.document.flow_scalars import mask_flow_scalars
from seedlint.document.limits import Limits
from seedlint.document.scalars import resolve_plain
from seedlint.document.source_map import Part, Pointer, SourceMap
from seedlint.document.yaml_tree import parse_yaml
from seedlint.text.span import Span

laws = settings(derandomize=True, deadline=None, max_examples=500, database=None)


def is_plain(text: str) -> bool:
    """Whether `text` may stand in a flow collection without quotes (YAML 1.2.2, section 7.3.3)."""
    begins = re.match(r"[^\s,\[\]{}#&*!|>'\"%@`?:-]|[?:-](?=[^\s,\[\]{}])", text)
    return bool(
        begins
        and text == text.strip()
        and not re.search(r"[,\[\]{}]|:(?:\s|\Z)|\s#|\s\s", text)
        and resolve_plain(text, 300) == (text, None)
    )


PLAIN = st.text("aé1:?-#&*!\"'/.| ", min_size=1, max_size=8).filter(is_plain) | st.sampled_from(
    ["https://a.example/x?y=z:1", "Who won?", "a:b", "?", "::a", "-:", "a ? b", "😀:x", "x:\ue000"]
).filter(is_plain)
DATA = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=10,
).filter(lambda data: not isinstance(data, str))
# Where a flow collection may stand, with text around it that looks like one; and its pointer.
PLACES = st.sampled_from(
    [
        ("{}", ()),
        ("k: {}", ("k",)),
        ("- {}", (0,)),
        ("- - k: {}\n  - l", (0, 0, "k")),
        ("k:\n  {}", ("k",)),
        ("k: # [no:x\n  {} # {{no:y?", ("k",)),
        ("k: &anchor {}\nl: *anchor", ("k",)),
        ("k: !!str no [x:y\nl: {}", ("l",)),
        ("t: |\n  [no:x\n  'it\nk: {}", ("k",)),
        ("a:\n  t: >-\n  k: {}", ("a", "k")),
        ("- |2\n   [no\n  :x\n- {}", (1,)),
        ("t: it's [no:x\n  \"and {{so? on\nk: {}", ("k",)),
        ("t: \"[no:x\n  '?\" # it's\nk: {}\nu: '{{no:y'", ("k",)),
        ("'it''s [': x\n? k\n: {}", ("k",)),
        ("http://a.example/[x: {}\nt: [x]", ("http://a.example/[x",)),
    ]
)
GAPS = st.sampled_from(["", "", "", " ", "\n  ", "\n", "  # it's [no:x? {\n "])
# Pieces of YAML, most of which is none when they are put together.
LINES = st.lists(
    st.sampled_from(["k: ", "- ", "? ", ": ", "'q': ", "[a, b]", "{a: b}", "[", "{", "]", "}", ","])
    | st.sampled_from(["a:b", "c?", "|", ">-", "|2", "'", '"', "&x ", "!t ", "*x", "# ", "a", "?b"])
    | st.sampled_from(["\n", "\n", "\n  ", "\n    ", "\n ", " ", ":", "-", "\\"]),
    max_size=25,
)


def write(data: Any, scalar: Callable[[str], str], gap: Callable[[], str]) -> str:
    if isinstance(data, str):
        return scalar(data)
    if isinstance(data, list):
        items = (f"{gap()}{write(item, scalar, gap)}{gap()}" for item in data)
        return f"[{','.join(items)}]"
    pairs = (
        f"{gap()}{scalar(key)}: {gap()}{write(value, scalar, gap)}{gap()}"
        for key, value in data.items()
    )
    return f"{{{','.join(pairs)}}}"


def places(data: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Part, str]]:
    """Pointer and part of each key and each text, and what it says."""
    if isinstance(data, str):
        yield pointer, "value", data
    for step, value in data.items() if isinstance(data, dict) else ():
        yield (*pointer, step), "key", step
        yield from places(value, (*pointer, step))
    for step, value in enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*pointer, step))


@laws
@given(data=DATA, place=PLACES, draw=st.data(), line_break=st.sampled_from(["\n", "\r\n"]))
def test_plain_text_is_read_as_in_quotes(
    data: Any, place: tuple[str, Pointer], draw: st.DataObject, line_break: str
) -> None:
    template, pointer = place

    def written(scalar: Callable[[str], str], gap: Callable[[], str]) -> str:
        return template.format(write(data, scalar, gap)).replace("\n", line_break) + line_break

    plain = written(lambda text: text, lambda: draw.draw(GAPS))
    quoted = written(lambda text: json.dumps(text, ensure_ascii=False), lambda: "")
    tree, expected = parse_yaml(plain, Limits()), parse_yaml(quoted, Limits())
    assert tree.problems == expected.problems == []
    assert tree.data == expected.data
    source_map = SourceMap(plain, tree.events, Span(0, 0))
    for inner, part, text in places(data, pointer):
        span = source_map.span(inner, part)
        assert plain[span.start : span.end] == text


@laws
@given(lines=LINES)
def test_what_the_parser_reads_right_is_not_masked(lines: list[str]) -> None:
    """So whatever was read before flow scalars were masked is read the same."""
    yaml = "".join(lines)
    parser = CParser(yaml)
    try:
        while parser.get_event() is not None:
            pass
    except YAMLError:
        return
    # A colon or a question mark that begins a scalar is read wrong.
    assert mask_flow_scalars(yaml) is None or re.search(r"(?:\A|[\s,\[\]{}:?])[:?]\S", yaml)
