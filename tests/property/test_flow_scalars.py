"""Plain text in flow collections says what it says in quotes, and is where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from _ruamel_yaml import CParser
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.error import YAMLError

from seedlint.document.flow_scalars import mask_flow_scalars
from seedlint.document.limits import Limits
from seedlint.document.problem import ProblemKind
from seedlint.document.scalars import resolve_plain
from seedlint.document.source_map import Part, Pointer, SourceMap
from seedlint.document.yaml_tree import parse_yaml
from seedlint.text.span import Span

EXAMPLES = 400
laws = settings(derandomize=True, deadline=None, max_examples=250, database=None)


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
# Flow collections with and without the quotes that make no difference.
FLOWS = [
    ("[a:b]", '["a:b"]'),
    ("{a: x?}", '{a: "x?"}'),
    ("[c?d, 'e:f']", "['c?d', 'e:f']"),
    ('{"a":1, b:c}', '{"a":1, "b:c"}'),
    ("[Who won?, *x]", '["Who won?", *x]'),
    ("[a:b,\n  c:d]", '["a:b",\n  "c:d"]'),
    ("{a: b:c,\n # it's\n 'd':e?}", '{a: "b:c",\n # it\'s\n \'d\':"e?"}'),
    ('["q\n  [:?", !!str r:s]', '["q\n  [:?", !!str "r:s"]'),
    ("[[&y a:b, c], {*y : d?}]", '[[&y "a:b", c], {*y : "d?"}]'),
    ("[x, a\n  # ]\n ]", "[x, a\n  # ]\n ]"),
    ("[{'':x}]", "[{'':x}]"),
]
KEYS = [
    "a:",
    "b c:",
    '"q [":',
    "'it''s {':",
    "http://x/[:",
    "&x k:",
    "!!str k:",
    "? k\n{}:",
    "-",
    "- -",
]
KEYS += ["- k:", "-  'k':", "- ? k\n{}  :", "?", "? - k:", "*x :"]
# What may stand in text without being what it looks like.
TEXTS = [
    "x",
    "a:b",
    "it's",
    'say "x',
    "[a:b",
    "{q",
    "x ]",
    "# c",
    "- d",
    "? e",
    "k: v",
    "'",
    "|",
    ">",
]
TEXTS += ["*a", "-", "[x:y", "#d [", "%e", "", "", "\t", "--- f", "..."]


def document(random: Random) -> tuple[str, str]:
    """YAML in block style with flow collections in it, without and with needless quotes."""
    lines: list[tuple[str, str]] = []

    def line(text: str) -> None:
        lines.append((text, text))

    def block(column: int, depth: int) -> None:
        keys = random.choice([KEYS[:8], KEYS[8:10], KEYS[10:]])
        for _ in range(random.randint(1, 3)):
            margin, deeper = " " * column, " " * (column + random.choice([1, 2, 2, 4]))
            head = margin + random.choice(keys).replace("{}", margin)
            match random.randint(0, 5):
                case 0 | 1:
                    gap = random.choice(
                        [" ", " &x ", " !!seq ", "\n" + deeper, " # [no:x\n" + deeper]
                    )
                    plain, quoted = random.choice(FLOWS)
                    end = random.choice(["", "", " # [c:d", ": x", " "])
                    lines.append((f"{head}{gap}{plain}{end}", f"{head}{gap}{quoted}{end}"))
                case 2:
                    header = random.choice(
                        ["|", ">", "|-", ">2", "|1-", "&x |", "!!str >", "|  # {c"]
                    )
                    line(f"{head} {header}")
                    for _ in range(random.randint(0, 4)):
                        line(
                            random.choice([deeper, deeper, deeper + " ", margin, ""])
                            + random.choice(TEXTS)
                        )
                case 3:
                    line(f"{head} {random.choice(['x y', 'a:b [c:d', 'it is # [e:f'])}")
                    for _ in range(random.randint(0, 2)):
                        line(random.choice([deeper, deeper, margin, ""]) + random.choice(TEXTS))
                case 4:
                    quote = random.choice("\"'")
                    text = random.choice(
                        ["x", "[a:b", f"{quote}{quote}" if quote == "'" else '\\"']
                    )
                    end = random.choice(["y", "c:d]", "\n# n", f"\n{deeper}z", "\n\n"])
                    line(f"{head} {quote}{text}{end}{quote}")
                case 5:
                    line(head + random.choice(["", "", " # [no:x", " &x", " !!map"]))
                    if depth < 3:
                        block(column + random.choice([0, 1, 2, 4]), depth + 1)
            if random.random() < 0.1:
                line(random.choice(["", "# [a:b", "   # {x:y", "  "]))

    block(0, 0)
    plain, quoted = ("\n".join(each) for each in zip(*lines, strict=True))
    return plain, quoted


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
    # Lines that are not indented are not what this is about.
    kinds = {problem.kind for problem in (*tree.problems, *expected.problems)}
    assert kinds <= {ProblemKind.UNPORTABLE_SYNTAX}
    assert tree.data == expected.data
    source_map = SourceMap(plain, tree.events, Span(0, 0))
    for inner, part, text in places(data, pointer):
        span = source_map.span(inner, part)
        assert plain[span.start : span.end] == text


def parsed(yaml: str) -> tuple[Any, list[ProblemKind]]:
    tree = parse_yaml(yaml, Limits())
    return tree.data if tree.complete else None, [problem.kind for problem in tree.problems]


def parser_takes(yaml: str) -> bool:
    parser = CParser(yaml)
    try:
        while parser.get_event() is not None:
            pass
    except YAMLError:
        return False
    return True


@settings(laws, max_examples=EXAMPLES)
@given(random=st.randoms(use_true_random=False))
def test_flow_collections_among_other_text(random: Random) -> None:
    plain, quoted = document(random)
    if parser_takes(quoted):
        assert parsed(plain) == parsed(quoted)
        # So whatever was read before flow scalars were masked is read the same.
        assert mask_flow_scalars(quoted) is None
