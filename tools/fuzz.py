"""Mutated seeds through the whole check: `python tools/fuzz.py FOLDER… --count 200000 --seed 1`.

Each mutant is a real seed with a few of its bytes, lines, tokens or YAML nodes changed. Any
exception is printed with the mutant and ends the run with 1; a signal ends the process itself.
The laws that every result must keep are checked too: places lie inside the file, messages are one
line of at most 300 characters.

Bytes, lines and tokens mostly give broken YAML. The mutations by events mostly give YAML that
still parses and says something else: they take the nodes of the front matter from the parser's
events and delete, copy, move, wrap, tag, alias or rewrite their text. What they write need not be
right, only often so.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

from _ruamel_yaml import CParser
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from seedlint.check import Checker
from seedlint.document.document import find_front_matter
from seedlint.document.front_matter import FrontMatter
from seedlint.result import FileResult
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.text.source import SourceFile

Mutate = Callable[[bytearray, random.Random, Sequence[bytes]], None]
"""Changes the bytes of a seed in place; the last argument are all seeds there are."""

# Pieces of YAML, Markdown and Unicode that readers trip over.
TOKENS = (
    b": ",
    b":",
    b"- ",
    b"-",
    b"? ",
    b"#",
    b" #",
    b"&a ",
    b"*a",
    b"<<: *a\n",
    b"!!int ",
    b"!x ",
    b"!!python/object/apply:os.system ",
    b"|",
    b">-",
    b"|2",
    b"'",
    b'"',
    b'"\n',
    b"\\",
    b"\\x",
    b"%YAML 1.1\n",
    b"---\n",
    b"...\n",
    b"--- x\n",
    b"+++\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"\t",
    b"  ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\x00",
    b"\x1b[2J",
    b"\x7f",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    "é".encode(),
    "😀".encode(),
    "\u202e".encode(),
    "\u200b".encode(),
    b"null",
    b"~",
    b"yes",
    b"0x1F",
    b"1e999",
    b".nan",
    b"9" * 400,
    b"2022-02-30",
    b"<<<<<<< HEAD\n",
    b"=======\n",
    b"::error::x",
    b"##[add-mask]x",
    b"http://[",
    b"https://a..b/",
    b"//",
    b"%zz",
    b"@",
    b"&#038;",
    b"- " * 70,
    b"[" * 70,
    b"seedlint: ignore[ALL]",
    b"# seedlint: ignore[SCH]\n",
)

TAGS = (
    "!",
    "!!str",
    "!!int",
    "!!float",
    "!!bool",
    "!!null",
    "!!map",
    "!!seq",
    "!!set",
    "!!omap",
    "!!merge",
    "!!binary",
    "!!timestamp",
    "!!python/object/apply:os.system",
    "!x",
    "!x!y",
    "!<tag:yaml.org,2002:str>",
    "!<%00>",
)


def replace_bytes(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    for _ in range(rng.randint(1, 4)):
        data[rng.randrange(len(data))] = rng.randrange(256)


def insert_token(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(TOKENS)


def insert_token_at_line(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    starts = [0, *(i + 1 for i, byte in enumerate(data) if byte == 10)]
    at = rng.choice(starts)
    data[at:at] = rng.choice(TOKENS)


def delete_slice(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 1, 2, 5, 40))]


def shuffle_lines(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
    action = rng.randrange(4)
    if action == 0:
        lines[i], lines[j] = lines[j], lines[i]
    elif action == 1:
        lines.insert(i, lines[j])
    elif action == 2:
        del lines[i]
    else:
        lines[i] = b" " * rng.randint(0, 5) + lines[i].lstrip()
    data[:] = b"\n".join(lines)


def splice_other(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    other = rng.choice(pool)
    at, start = rng.randrange(len(data) + 1), rng.randrange(len(other))
    data[at : at + rng.randint(0, 80)] = other[start : start + rng.randint(1, 200)]


def empty_value(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    i = rng.randrange(len(lines))
    lines[i] = lines[i].partition(b": ")[0] + b": " + rng.choice(TOKENS)
    data[:] = b"\n".join(lines)


@dataclass(eq=False)
class Node:
    """A YAML node, from its first event: its characters are `text[start:end]` of the file.

    A key knows its `value` and a value its `key`; items and the root have neither.
    """

    event: Any
    start: int
    end: int
    parent: Node | None
    key: Node | None = None
    value: Node | None = None

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.event, ScalarEvent)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.event, MappingStartEvent)

    @property
    def is_block(self) -> bool:
        """Whether it is a collection without brackets, so that its indentation counts."""
        return getattr(self.event, "flow_style", None) is False

    @property
    def in_flow(self) -> bool:
        """Whether it stands between brackets, where a comma ends it."""
        return self.parent is not None and not self.parent.is_block

    @property
    def column(self) -> int:
        column: int = self.event.start_mark.column
        return column

    @property
    def indent(self) -> int:
        """The column of its key or of its dash, which what belongs to it must stand right of."""
        if self.key is None and self.parent and self.parent.is_block and not self.parent.is_mapping:
            return self.parent.column
        return (self.key or self).column

    def holds(self, other: Node) -> bool:
        return self.start <= other.start and other.end <= self.end


class Edit(NamedTuple):
    """Put `new` in the place of `text[start:end]`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class FrontMatterNodes:
    """The text of a seed and the nodes of its front matter, at least one, in order of `start`."""

    text: str
    nodes: Sequence[Node]

    def entry(self, node: Node) -> tuple[int, int]:
        """Where the pair or the list item that `node` belongs to starts and ends."""
        start, end = (node.key or node).start, (node.value or node).end
        parent = node.parent
        if parent and parent.is_block and not parent.is_mapping:
            start = max(parent.start, self.text.rfind("-", 0, start))
        return start, end

    def moved(self, node: Node, place: Node) -> str:
        """The text of `node`, its lines indented for where `place` stands."""
        text = self.text[node.start : node.end]
        if not node.is_block:
            return indented(text, place.indent - node.indent)
        if place.is_block:
            return indented(text, place.column - node.column)
        # What begins on a line of its own needs one where there was a scalar after a key.
        column = place.indent + 2
        return "\n" + " " * column + indented(text, column - node.column)

    def put(self, node: Node, new: str) -> Edit:
        """Replace a node by a text; a node of no characters follows its colon at once."""
        return Edit(node.start, node.end, new if node.start < node.end else " " + new)

    def prefix(self, node: Node, property_: str) -> Edit:
        """Write an anchor or a tag before a node.

        Before a block it needs its own line: on the same one it would be that of the first key.
        """
        space = "\n" + " " * node.column if node.is_block else " "
        if node.start == node.end:
            property_ = " " + property_
        return Edit(node.start, node.start, property_ + space)

    def before(self, node: Node, pair: str) -> Edit:
        """Write another pair or item before that of `node`."""
        start, _ = self.entry(node)
        end = ", " if node.in_flow else "\n" + " " * node.indent
        return Edit(start, start, pair + end)


def indented(text: str, shift: int) -> str:
    """`text` with all lines but the first moved by `shift` columns, as far as there is room."""
    if shift >= 0:
        return text.replace("\n", "\n" + " " * shift)
    return re.sub(rf"\n {{0,{-shift}}}", "\n", text)


def read_nodes(text: str) -> list[Node]:
    """The nodes of the front matter of `text`, up to where it stops being YAML."""
    front_matter = find_front_matter(text)
    nodes: list[Node] = []
    if not isinstance(front_matter, FrontMatter):
        return nodes
    stack: list[Node] = []
    end = 0
    # The key whose value comes next, for each mapping on the stack.
    keys: list[Node | None] = [None]
    try:
        parser = CParser(front_matter.view(text))
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                keys.pop()
                node = stack.pop()
                # The end of a block comes only with the next token; its last child knows better.
                node.end = end = end if node.is_block else event.end_mark.index
            elif isinstance(event, NodeEvent):
                start, end = event.start_mark.index, event.end_mark.index
                end = start + len(text[start:end].rstrip())
                node = Node(event, start, end, stack[-1] if stack else None, keys[-1])
                nodes.append(node)
                if stack and stack[-1].is_mapping:
                    if node.key:
                        node.key.value = node
                    keys[-1] = None if node.key else node
                if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                    stack.append(node)
                    keys.append(None)
    except (YAMLError, ValueError):
        # A mutant of a mutant; what was read up to here is good enough.
        for node in stack:
            node.end = max(node.end, end)
    return nodes


def by_events(
    edits_for: Callable[[FrontMatterNodes, random.Random], Sequence[Edit]],
) -> Mutate:
    """A mutation of bytes from one that gives the edits, none of which overlap, for some nodes."""

    @wraps(edits_for)
    def change(data: bytearray, rng: random.Random, pool: Sequence[bytes]) -> None:
        source = SourceFile.from_bytes("", bytes(data))
        text = source.text
        nodes = [] if source.utf16 else read_nodes(text)
        if not nodes:
            return
        for edit in sorted(edits_for(FrontMatterNodes(text, nodes), rng), reverse=True):
            text = text[: edit.start] + edit.new + text[edit.end :]
        data[3 * source.bom :] = text.encode("utf-8", "surrogateescape")

    return change


@by_events
def delete_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A key with its value or a list item; of a key, sometimes the value only."""
    node = rng.choice(yaml.nodes)
    if rng.randrange(4) == 0:
        return [Edit(node.start, node.end, "")]
    start, end = yaml.entry(node)
    comma = re.compile(r"\s*,\s*").match(yaml.text, end) if node.in_flow else None
    return [Edit(start, comma.end() if comma else end, "")]


@by_events
def duplicate_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """The same key or list item twice, or often."""
    node = rng.choice(yaml.nodes)
    start, end = yaml.entry(node)
    return [yaml.before(node, yaml.text[start:end])] * rng.choice((1, 1, 1, 2, 50))


@by_events
def swap_nodes(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """Two nodes that do not hold each other, each in the place of the other."""
    one, other = rng.choice(yaml.nodes), rng.choice(yaml.nodes)
    if one.holds(other) or other.holds(one):
        return []
    return [yaml.put(one, yaml.moved(other, one)), yaml.put(other, yaml.moved(one, other))]


@by_events
def replace_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """The text of one node in the place of another, even of one that it is a part of."""
    place, node = rng.choice(yaml.nodes), rng.choice(yaml.nodes)
    return [yaml.put(place, yaml.moved(node, place))]


@by_events
def wrap_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A node as the only one of a flow collection, or of many in each other."""
    node = rng.choice([each for each in yaml.nodes if not each.is_block] or yaml.nodes)
    opening, closing = rng.choice(
        (("[", "]"), ("{", "}"), ("{a: ", "}"), ("[a, ", "]"), ("[?", "]"))
    )
    depth = rng.choice((1, 1, 1, 2, 70))
    return [yaml.put(node, opening * depth + yaml.text[node.start : node.end] + closing * depth)]


@by_events
def nest_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A value or item one block collection deeper: as an item, or as the value of a new key."""
    node = rng.choice([each for each in yaml.nodes if not each.value])
    column = node.column if node.is_block else node.indent + 2
    text = indented(yaml.text[node.start : node.end], column + 2 - node.column)
    if rng.randrange(2):
        text = "- " + text
    elif node.is_block:
        text = "nested:\n" + " " * (column + 2) + text
    else:
        text = "nested: " + text
    return [yaml.put(node, text if node.is_block else "\n" + " " * column + text)]


@by_events
def alias_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """An anchor at one node and an alias in the place of another, after it or inside it.

    Sometimes aliases of aliases, more than the limit on what they stand for.
    """
    anchored, alias = rng.choice(yaml.nodes), rng.choice(yaml.nodes)
    if rng.randrange(3) == 0:
        anchored = alias.parent or anchored
    elif anchored.start > alias.start:
        anchored, alias = alias, anchored
    if alias is anchored or alias.holds(anchored):
        return []
    # A colon right behind would belong to the name.
    once = "*a " if alias.value else "*a"
    many = "[&b [" + "*a, " * 300 + "], " + "*b, " * 400 + "]"
    text = rng.choice((once, once, once, "[*a, *a]", many))
    return [yaml.prefix(anchored, "&a"), yaml.put(alias, text)]


@by_events
def merge_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A merge key before a key: of an earlier mapping, of the one it is in, or of none."""
    keys = [each for each in yaml.nodes if each.value]
    if not keys:
        return []
    key = rng.choice(keys)
    merged = [each for each in yaml.nodes if each.is_mapping and each.start < key.start]
    source = rng.choice(("*a", "*a", "[*a, *a]", "{a: *a}", "{a: 1, a: 2}", "x", "[]", "[[{}]]"))
    edits = [yaml.before(key, f"<<: {source}")]
    if "*" in source and merged:
        edits.append(yaml.prefix(rng.choice(merged), "&a"))
    return edits


@by_events
def restyle_scalar(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """The same value plain, in either quotes, literal or folded; plain may be another value."""
    scalars = [each for each in yaml.nodes if each.is_scalar]
    if not scalars:
        return []
    node = rng.choice(scalars)
    value: str = node.event.value
    lines = value.replace("\n", "\n" + " " * (node.indent + 2))
    header = rng.choice("|>") + rng.choice(("", "", "-", "+", "2", "9")) + "\n"
    text = rng.choice(
        (
            value,
            "'" + value.replace("'", "''") + "'",
            json.dumps(value, ensure_ascii=False),
            # Escapes of more than 16 bits are two in JSON and half characters in YAML.
            json.dumps(value),
            header + " " * (node.indent + 2) + lines,
        )
    )
    return [yaml.put(node, text)]


@by_events
def tag_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A tag of YAML's own, of somebody's, of nobody's, on any node."""
    return [yaml.prefix(rng.choice(yaml.nodes), rng.choice(TAGS))]


@by_events
def reindent_node(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """The lines of a node some columns to the left or the right, the first one with them or not."""
    node = rng.choice([each for each in yaml.nodes if each.is_block] or yaml.nodes)
    shift = rng.choice((-4, -2, -1, 1, 2, 4))
    text = indented(yaml.text[node.start : node.end], shift)
    room = len(yaml.text[: node.start]) - len(yaml.text[: node.start].rstrip(" "))
    if rng.randrange(3) == 0:
        return [Edit(node.start, node.end, text)]
    return [Edit(node.start - min(room, max(0, -shift)), node.end, " " * max(0, shift) + text)]


@by_events
def misspell_key(yaml: FrontMatterNodes, rng: random.Random) -> Sequence[Edit]:
    """A key that is nearly the one it was."""
    keys = [each for each in yaml.nodes if each.value and each.is_scalar and each.end > each.start]
    if not keys:
        return []
    key = rng.choice(keys)
    text = yaml.text[key.start : key.end]
    at = rng.randrange(len(text))
    near = rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
            text[:at] + text[at].swapcase() + text[at + 1 :],
            text.upper(),
            re.sub(r"(?<=[a-z])(?=[A-Z])", rng.choice("_- ."), text),
            text + rng.choice(("s", " ", "\u00a0", "\u200b", "\u0301", "💥")),
            # Cyrillic letters that look like Latin ones.
            text.translate(str.maketrans("aeopc", "аеорс")),
            text + ":",
        )
    )
    return [yaml.put(key, near)]


BYTE_MUTATIONS: tuple[Mutate, ...] = (
    replace_bytes,
    insert_token,
    insert_token_at_line,
    delete_slice,
    shuffle_lines,
    splice_other,
    empty_value,
)

EVENT_MUTATIONS: tuple[Mutate, ...] = (
    delete_node,
    duplicate_node,
    swap_nodes,
    replace_node,
    wrap_node,
    nest_node,
    alias_node,
    merge_node,
    restyle_scalar,
    tag_node,
    reindent_node,
    misspell_key,
)


def mutate(pool: Sequence[bytes], rng: random.Random, taken: Counter[str]) -> bytes:
    """A mutant of a random member of `pool`; `taken` counts the mutations that changed it."""
    data = bytearray(rng.choice(pool))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        mutation = rng.choice(rng.choice((BYTE_MUTATIONS, EVENT_MUTATIONS)))
        before = bytes(data)
        if data:
            mutation(data, rng, pool)
        taken[mutation.__name__] += data != before
    return bytes(data)


def check_laws(source: SourceFile, checked: FileResult) -> None:
    """Raise AssertionError when a result breaks a law."""
    for finding in checked.diagnostics:
        for region in (finding.region, *(label.region for label in finding.labels)):
            assert region.start <= region.end, finding
            assert source.lines.has_line(region.end.line), finding
            width = len(source.lines.line_text(region.end.line))
            assert region.end.column <= width + 2, finding
        assert len(finding.message) <= 300, finding
        assert not set("\r\n") & set(finding.message), finding
        assert not finding.code.startswith("INT"), finding
    assert checked.validated or any(
        finding.severity is Severity.ERROR for finding in checked.diagnostics
    ), "neither checked nor refused"


def fuzz(
    pool: Sequence[bytes], rng: random.Random, count: int, seconds: float = float("inf")
) -> tuple[int, Counter[str]]:
    """Check up to `count` mutants within `seconds`. Raises what it finds.

    Returns how many there were, and how often each mutation, by its name, changed one.
    """
    taken: Counter[str] = Counter()
    settings = Settings()
    checker = Checker(open_schema(settings), settings)
    end = time.monotonic() + seconds
    for number in range(count):
        if time.monotonic() > end:
            return number, taken
        data = mutate(pool, rng, taken)
        try:
            source = SourceFile.from_bytes("mutant.md", data)
            check_laws(source, checker.check(checker.read("mutant.md", data)))
        except BaseException:
            print(f"mutant {number}: {data!r}", file=sys.stderr)
            raise
    return count, taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    options = parser.parse_args()
    pool = [
        path.read_bytes() for folder in options.folders for path in sorted(folder.rglob("*.md"))
    ]
    done, taken = fuzz(pool, random.Random(options.seed), options.count, options.seconds)
    print(", ".join(f"{name} {times}" for name, times in sorted(taken.items())))
    print(f"{done} mutants of {len(pool)} seeds, random seed {options.seed}: no exception")
    return 0


if __name__ == "__main__":
    sys.exit(main())
