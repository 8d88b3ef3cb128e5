"""Each operation changes the characters it names and no others, or says that it is not certain."""

from __future__ import annotations

import json

import pytest

from seedlint.document.document import Document, document_of_lines, read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.fix.edits import edits_of
from seedlint.fix.operation import (
    InsertPair,
    Operation,
    OrderPairs,
    RemoveItem,
    RemovePair,
    RenameKey,
    ReplaceScalar,
    applied,
    from_plain,
    to_plain,
)
from seedlint.text.edit import apply_edits
from seedlint.text.source import SourceFile


def both_readers(text: str) -> list[Document]:
    """The document by the YAML reader, and by the line reader if that reads it."""
    data = text.encode()
    documents = [read_document(SourceFile.from_bytes("s.md", data), Limits())]
    content = LineReader(Limits()).read(data)
    if content is not None:
        documents.append(document_of_lines(SourceFile.from_bytes("s.md", data), content))
    return documents


def edited(yaml: str, operation: Operation, ending: str = "\n") -> str | None:
    """The front matter after the operation, the same for both readers; None for no fix."""
    results = set()
    text = f"---\n{yaml}---\nBody\n".replace("\n", ending)
    for document in both_readers(text):
        edits = edits_of(document, [operation])
        if edits is None:
            results.add(None)
            continue
        new = apply_edits(document.source.text, edits)
        again = both_readers(new)[0]
        assert again.data == applied(document.data, [operation])
        results.add(new)
    assert len(results) == 1
    result = results.pop()
    if result is None:
        return None
    assert result.startswith(f"---{ending}")
    assert result.endswith(f"---{ending}Body{ending}")
    return result.replace(ending, "\n").removeprefix("---\n").removesuffix("---\nBody\n")


LIST = """# all of them
related:
  # the first
  - title: A # a
    url: x
  # the second
  - title: B
    # inside
    url: y
      # deeper

  # the third
  - title: C
"""


def order(*keys: str) -> OrderPairs:
    """The keys of the seed in this order."""
    return OrderPairs((keys[0],), keys)


SHAPES: list[tuple[str, str, Operation, str | None]] = [
    (
        "an item, with the comment above it and what is deeper below",
        LIST,
        RemoveItem(("related", 1)),
        "# all of them\nrelated:\n  # the first\n  - title: A # a\n    url: x\n"
        "\n  # the third\n  - title: C\n",
    ),
    (
        "the first item leaves the comment that may be about the list",
        LIST,
        RemoveItem(("related", 0)),
        LIST.replace("  - title: A # a\n    url: x\n", ""),
    ),
    ("the last item", "a:\n- b\n- c\nd: e\n", RemoveItem(("a", 1)), "a:\n- b\nd: e\n"),
    ("the sole item", "a:\n- b\n", RemoveItem(("a", 0)), None),
    ("an item with an anchor", "a:\n- &x b\n- *x\n", RemoveItem(("a", 0)), None),
    ("an alias as an item", "a:\n- &x b\n- *x\n", RemoveItem(("a", 1)), None),
    ("a dash on the line of another", "a:\n- - b\n  - c\n", RemoveItem(("a", 0, 0)), None),
    ("an item in brackets", "a: [ b, 'c' , d]\n", RemoveItem(("a", 1)), "a: [ b, d]\n"),
    ("the last one in brackets", "a: [b, c ]\n", RemoveItem(("a", 1)), "a: [b ]\n"),
    (
        "an item in brackets over several lines",
        "a: [\n  b,\n  c\n]\n",
        RemoveItem(("a", 0)),
        "a: [\n  c\n]\n",
    ),
    ("a comment between items", "a: [b, # c\n  d]\n", RemoveItem(("a", 0)), None),
    (
        "an item with a block scalar",
        "a:\n- |\n  b\n\n- |-\n  c\n  # text\n- d\n",
        RemoveItem(("a", 1)),
        "a:\n- |\n  b\n\n- d\n",
    ),
    ("an empty item", "a:\n- b\n-\n- c\n", RemoveItem(("a", 1)), "a:\n- b\n- c\n"),
    ("a pair above a blank line with a tab", "a: x\n \t\n", InsertPair(("b",), "c #d"), None),
    (
        "a pair between a list that ends in a text and its blank lines",
        "a:\n- |\n  b\n- |+\n  c\n\nb: 1\n\nc: 1\n",
        RemovePair(("b",)),
        None,
    ),
    ("a value above one", "a: x\n \t\n", ReplaceScalar(("a",), "c #d"), None),
    ("a pair", "a: 1\n# b\nb: 2 # two\nc: 3\n", RemovePair(("b",)), "a: 1\nc: 3\n"),
    ("a pair with a list", "a: 1\nb:\n- 2\nc: 3\n", RemovePair(("b",)), "a: 1\nc: 3\n"),
    ("a pair on the line of its dash", "a:\n- b: 1\n  c: 2\n", RemovePair(("a", 0, "b")), None),
    ("a pair in braces", "a: {b: 1, c: 2}\n", RemovePair(("a", "c")), "a: {b: 1}\n"),
    ("beside a merge key", "a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n", RemovePair(("c", "b")), None),
    ("a key behind `?`", "? a\n: 1\nb: 2\n", RemovePair(("a",)), None),
    ("a repeated key", "a: 1\na: 2\nb: 3\n", RemovePair(("a",)), None),
    (
        "a hash in a quoted text is no comment",
        'a: "x\n  # y"\nb: 2\nc: 3\n',
        RemovePair(("b",)),
        'a: "x\n  # y"\nc: 3\n',
    ),
    ("plain", "a: b # c\n", ReplaceScalar(("a",), "d"), "a: d # c\n"),
    ("single quotes", "a: 'b'\n", ReplaceScalar(("a",), "it's"), "a: 'it''s'\n"),
    ("double quotes", 'a: "b"\n', ReplaceScalar(("a",), "c\td"), 'a: "c\\td"\n'),
    ("quotes where they are needed", "a: b\n", ReplaceScalar(("a",), "c: d"), 'a: "c: d"\n'),
    ("in brackets", "a: [b, c]\n", ReplaceScalar(("a", 0), "d, e"), 'a: ["d, e", c]\n'),
    ("text to number", 'a: "12"\n', ReplaceScalar(("a",), 12), "a: 12\n"),
    ("nothing at all", "a:\nb: 1\n", ReplaceScalar(("a",), "c"), "a: c\nb: 1\n"),
    ("nothing in a list", "a:\n- # why\n- b\n", ReplaceScalar(("a", 0), 1), "a:\n- 1 # why\n- b\n"),
    ("an anchor stays", "a: &x b\nc: d\n", ReplaceScalar(("a",), "e"), "a: &x e\nc: d\n"),
    ("a tag stays", "a: !!str b\n", ReplaceScalar(("a",), "c"), "a: !!str c\n"),
    ("an alias", "a: &x b\nc: *x\n", ReplaceScalar(("c",), "e"), None),
    ("a block scalar", "a: |\n  b\n", ReplaceScalar(("a",), "c"), None),
    ("a collection", "a: [b]\n", ReplaceScalar(("a",), "c"), None),
    ("text of two lines", "a: b\n  c\nd: e\n", ReplaceScalar(("a",), "f"), "a: f\nd: e\n"),
    ("a key", "a : 1\nb: 2\n", RenameKey(("a",), "c"), "c : 1\nb: 2\n"),
    ("a key in quotes", "'a': 1\n", RenameKey(("a",), "it's"), "'it''s': 1\n"),
    ("a key in braces", 'a: {"b":1}\n', RenameKey(("a", "b"), "c"), 'a: {"c":1}\n'),
    ("a name that is taken", "a: 1\nb: 2\n", RenameKey(("a",), "b"), None),
    ("a name that needs quotes", "a: 1\n", RenameKey(("a",), "b: c"), '"b: c": 1\n'),
    ("a new pair", "a: 1\nb: 2\n", InsertPair(("c",), 3, "a"), "a: 1\nc: 3\nb: 2\n"),
    ("at the end", "a: 'x' # y\n", InsertPair(("c",), "z"), "a: 'x' # y\nc: 'z'\n"),
    (
        "in a list",
        "a:\n- b: 1\n- d: 2\n",
        InsertPair(("a", 0, "c"), "e"),
        "a:\n- b: 1\n  c: e\n- d: 2\n",
    ),
    ("in braces", "a: {b: 1}\n", InsertPair(("a", "c"), 2), "a: {b: 1, c: 2}\n"),
    ("in empty braces", "a: {}\n", InsertPair(("a", "c"), 2), None),
    (
        "after a block scalar",
        "a: |\n  b\n\nc: 1\n",
        InsertPair(("d",), 2, "a"),
        "a: |\n  b\n\nd: 2\nc: 1\n",
    ),
    ("a key that is there", "a: 1\n", InsertPair(("a",), 2), None),
    (
        "a comment that would become the text of the pair before",
        "a: >1-\nb: |+\n\n  x\n\n # c\nd: 1\n",
        RemovePair(("b",)),
        None,
    ),
    (
        "a comment that stays one",
        "a: >1-\nb: |+\n\n  x\n# c\nd: 1\n",
        RemovePair(("b",)),
        "a: >1-\n# c\nd: 1\n",
    ),
    ("another order", "a: 1\nb: 2\nc: 3\n", order("c", "b", "a"), "c: 3\nb: 2\na: 1\n"),
    ("another order of some", "a: 1\nb: 2\nc: 3\n", order("a", "c", "b"), "a: 1\nc: 3\nb: 2\n"),
    (
        "what is above a pair moves with it",
        "a: 1\n\n# of b\nb:\n- 2\n  # in b\nc: 3 # of c\n# at the end\n",
        order("a", "c", "b"),
        "a: 1\nc: 3 # of c\n\n# of b\nb:\n- 2\n  # in b\n# at the end\n",
    ),
    (
        "inside another",
        "a:\n  b: 1\n  c: >\n    d\ne: 2\n",
        OrderPairs(("a", "b"), ("c", "b")),
        "a:\n  c: >\n    d\n  b: 1\ne: 2\n",
    ),
    ("below a comment", "# of all\na: 1\nb: 2\n", order("b", "a"), None),
    (
        "below a comment that is not moved",
        "# of all\na: 1\nb: 2\nc: 3\n",
        order("a", "c", "b"),
        "# of all\na: 1\nc: 3\nb: 2\n",
    ),
    ("in a list item", "a:\n- b: 1\n  c: 2\n", OrderPairs(("a", 0, "b"), ("c", "b")), None),
    ("in braces", "a: {b: 1, c: 2}\n", OrderPairs(("a", "b"), ("c", "b")), None),
    ("with an anchor", "a: &x 1\nb: *x\n", order("b", "a"), None),
    ("blank lines behind a text", "a: |\n  b\n\nc: 1\n", order("c", "a"), None),
    (
        "a comment of something else",
        "a:\n  b: 1\n  c: 2\n# x\n  d: 3\n",
        OrderPairs(("a", "b"), ("b", "d", "c")),
        None,
    ),
    ("other keys", "a: 1\nb: 2\n", order("b", "c"), None),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    ("yaml", "operation", "wanted"),
    [shape[1:] for shape in SHAPES],
    ids=[shape[0] for shape in SHAPES],
)
def test_shapes(yaml: str, operation: Operation, wanted: str | None, ending: str) -> None:
    assert edited(yaml, operation, ending) == wanted


def test_overlapping_operations_are_no_fix() -> None:
    document = both_readers("---\na:\n- b\n- c\n---\n")[0]
    both = [RemoveItem(("a", 1)), ReplaceScalar(("a", 1), "d")]
    assert edits_of(document, both) is None


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[0])
def test_operations_survive_as_plain_data(shape: tuple[str, str, Operation, str | None]) -> None:
    # As JSON, which has no tuples.
    plain = json.loads(json.dumps(to_plain(shape[2])))
    assert from_plain(plain) == shape[2]


def test_where_nothing_is() -> None:
    document = both_readers("---\na: 1\n---\n")[0]
    for operation in (RemovePair(("b",)), ReplaceScalar(("a", 0), 1), RemoveItem(())):
        assert edits_of(document, [operation]) is None
