"""Help that proposes a text is a fix: lists for texts, texts that YAML takes for something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixing import fix, make_fixer

CONTRACT = {
    "properties": {
        "l": {"type": "array", "items": {"type": "string"}},
        "t": {"type": "string"},
        "n": {"type": "number"},
    }
}

WRITTEN = {
    "one text": ("l: Harbour\n", "l: [Harbour]\n"),
    "texts with commas": ("l: Harbour, Ferries\n", "l: [Harbour, Ferries]\n"),
    "in quotes": ('l: "Harbour, a: b"\n', 'l: [Harbour, "a: b"]\n'),
    "with a comment": ("l: Harbour; 12 # why\n", 'l: [Harbour, "12"] # why\n'),
    "braces": ("l: {Harbour, North side}\n", "l: [Harbour, North side]\n"),
    "lines": ("l:\n  Harbour\n\n  Ferries\n", "l:\n  - Harbour\n\n  - Ferries\n"),
    "lines with other bullets": (
        "l:\n  \u2022 Harbour\n  \u2022 Ferries\n",
        "l:\n  - Harbour\n  - Ferries\n",
    ),
    "the first line without a dash": (
        "l:\n  Harbour\n  - Ferries\n",
        "l:\n  - Harbour\n  - Ferries\n",
    ),
    "a glued dash above another": (
        "l:\n  -Harbour\n  - Ferries\n",
        "l:\n  - Harbour\n  - Ferries\n",
    ),
    "glued dashes": ("l:\n  -Harbour\n  -Ferries\n", "l:\n  - Harbour\n  - Ferries\n"),
    "items in a comment": ("l: #harbour, #ferries\n", 'l: ["#harbour", "#ferries"]\n'),
    "tags in a comment": ("l: #harbour #ferries\n", 'l: ["#harbour", "#ferries"]\n'),
    "a text in a comment": ("t: #1 of two\n", 't: "#1 of two"\n'),
    "a document in two": ("a: 1\n...\nb: 2\n", "a: 1\nb: 2\n"),
    "a number without a zero": ("n: -.5\n", "n: -0.5\n"),
    "a number with an exponent": ("n: 1e3\n", "n: 1000.0\n"),
    "a number with a zero": ("n: 012\n", "n: 12\n"),
    "a text of several lines, cut": ("t: One\n  two #3 of all\n", 't: "One\n  two #3 of all"\n'),
    "a typographic quotation": ("t: \u201cOne\u201d\n", 't: "One"\n'),
    "a second key": ("t: One n: 2\n", 't: "One n: 2"\n'),
    "a colon and a stray quote": ('t: One: two"\n', "t: 'One: two\"'\n"),
    "an at sign and a stray quote": ('t: @One"\n', "t: '@One\"'\n"),
    "a brace": ("t: {1\n", 't: "{1"\n'),
    "a name that nothing uses": ("t: &one two\n", 't: "&one two"\n'),
    "a second entry": ('t: One - n: "2"\n', "t: 'One - n: \"2\"'\n"),
    "a second key behind a quote": ('t: "One n: 2\n', 't: "One n: 2"\n'),
    "an item with a colon": ("l:\n  - a\n  - b: c\n", 'l:\n  - a\n  - "b: c"\n'),
    "an item with a colon and a number": ("l: [a, b: 12]\n", 'l: [a, "b: 12"]\n'),
}
LEFT = {
    "lines at different columns": "l:\n  Harbour and\n    its ferries\n",
    "a line that may go on": "l:\n  -Harbour\n  and its\n  - Ferries\n",
    "numbered lines": "l:\n  1. Harbour\n  2. Ferries\n",
    "an item of several lines": "l:\n  - b:\n      c\n",
    "a mapping with values": "l: {a: b, c: d}\n",
    "a text that is a mapping": "t: {a: b}\n",
    "text behind the end of a document": "a: 1\n--- b\nc: 2\n",
    "a cut text with a name": "t: &x One\n  two #3 of all\n",
    "nothing": 'l: ""\n',
}


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(CONTRACT))
    return path


@pytest.mark.parametrize("case", WRITTEN)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_it_is_written(contract: Path, case: str, line_break: str) -> None:
    old, new = (f"---\n{text}k: 1\n---\nB\n".replace("\n", line_break) for text in WRITTEN[case])
    fixer = make_fixer(contract, unsafe=True)
    fixed = fix(fixer, old)
    assert fixed.refused == ()
    assert fixed.new == new.encode()
    assert not fix(fixer, fixed.new).is_changed
    assert not fix(make_fixer(contract), old).is_changed, "it is a guess"


@pytest.mark.parametrize("case", LEFT)
def test_it_is_left(contract: Path, case: str) -> None:
    assert not fix(make_fixer(contract, unsafe=True), f"---\n{LEFT[case]}k: 1\n---\n").is_changed


SAFE = {
    "an address in typographic quotes": (
        "a: \u201chttps://www.example.com/\u201d\n",
        'a: "https://www.example.com/"\n',
    ),
    "a colon": ("t: One: two\n", 't: "One: two"\n'),
    "a colon behind what is a key elsewhere": ("t: n: two\n", 't: "n: two"\n'),
    "a colon behind another word": ("t: One two: three\n", 't: "One two: three"\n'),
    "a template": ("t: {{ one }}\n", 't: "{{ one }}"\n'),
    "an at sign": ("t: @one\n", 't: "@one"\n'),
    "colons in brackets": ("m: {a: b: c, n: 1}\n", 'm: {a: "b: c", n: 1}\n'),
}


@pytest.mark.parametrize("case", SAFE)
def test_it_is_safe(contract: Path, case: str) -> None:
    old, new = (f"---\n{text}k: 1\n---\n" for text in SAFE[case])
    contract.write_text('{"properties": {"n": {}}}')
    assert fix(make_fixer(contract), old).new == new.encode()
