"""What is written as a scalar is read back as the same value, under YAML 1.1 and 1.2."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.fix.scalars import write_scalar
from seedlint.text.source import SourceFile

HOSTILE = [
    "",
    " ",
    "a",
    "y",
    "No",
    "off",
    "null",
    "~",
    "true",
    "=",
    "<<",
    "12",
    "-1",
    "+5",
    "0o17",
    "017",
    "0x1F",
    "1_000",
    "1e3",
    "1.5e+3",
    ".5",
    ".inf",
    "-.INF",
    ".nan",
    "12:30:45",
    "190:20",
    "2021-05-08",
    "2021-05-08T05:00:00Z",
    "2021-05-08 05:00:00 +1:00",
    "---",
    "--- a",
    "...",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a:",
    "a:b",
    "https://example.com/a?b=c#d",
    "a #b",
    "#b",
    "a#b",
    "[a",
    "a]",
    "{a}",
    "a, b",
    "&a",
    "*a",
    "!a",
    "|",
    ">-",
    "%a",
    "@a",
    "`a`",
    "it's",
    "'a'",
    '"a"',
    'say "a"',
    "back\\slash",
    " a",
    "a ",
    "a\tb",
    "\ta",
    "a\nb",
    "a\r\nb",
    "a\x00b",
    "a\x07b",
    "a\x1bb",
    "a\x7fb",
    "a\x85b",
    "a\x9fb",
    "a\u00a0b",
    "\u00a0a",
    "a\u2028b",
    "a\u2029b",
    "\ufeffa",
    "a\ufffeb",
    "a\ufffdb",
    "e\u0301",
    "\u202ea",
    "Sch\u00f6n",
    "\U0001f600",
    "\u201ca\u201d",
    "x" * 5000,
]
STYLES = ["", "'", '"']
CONTEXTS = ["k: {}\n", "- {}\n", "k: [a, {}, b]\n", "k: {{a: {}, b: c}}\n"]


def value_in(data: Any) -> Any:
    """The value under test, in the data of one of the contexts."""
    inner = data["k"] if isinstance(data, dict) else data[0]
    if isinstance(inner, dict):
        return inner["a"]
    return inner[1] if isinstance(inner, list) else inner


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("style", STYLES)
def test_texts_are_read_back(context: str, style: str) -> None:
    pure = YAML(typ="safe", pure=True)
    for value in HOSTILE:
        written = write_scalar(value, style, in_flow="[" in context or "{a" in context)
        assert written is not None
        assert "\n" not in written
        text = context.format(written)
        assert value_in(yaml.safe_load(text)) == value, written
        assert value_in(pure.load(text)) == value, written
        if context.startswith("k"):
            document = read_document(SourceFile("s.md", f"---\n{text}---\n"), Limits())
            assert value_in(document.data) == value, written
            assert "AMBIGUOUS_SCALAR" not in {each.kind.name for each in document.problems}


@pytest.mark.parametrize("value", [None, True, False, 0, -7, 2**70, 1.5, -0.25])
def test_other_values_are_read_back(value: object) -> None:
    written = write_scalar(value)  # type: ignore[arg-type]
    assert written is not None
    assert yaml.safe_load(written) == value
    assert YAML(typ="safe", pure=True).load(written) == value


@pytest.mark.parametrize("value", [1e300, 1e-7, float("inf"), float("nan"), "a\ud800b"])
def test_what_readers_disagree_about_is_not_written(value: object) -> None:
    assert write_scalar(value) is None  # type: ignore[arg-type]


def test_style_is_kept() -> None:
    assert write_scalar("a b") == "a b"
    assert write_scalar("it's", "'") == "'it''s'"
    assert write_scalar("it's", '"') == '"it\'s"'
    assert write_scalar("a: b") == '"a: b"'
    assert write_scalar("a, b") == "a, b"
    assert write_scalar("a, b", in_flow=True) == '"a, b"'
    assert write_scalar("a\nb", "'") == '"a\\nb"'
    # Nothing is escaped that need not be.
    assert write_scalar("\U0001f600/Sch\u00f6n", '"') == '"\U0001f600/Sch\u00f6n"'
