"""No text of a stranger commands a terminal or a CI runner."""

from __future__ import annotations

import json
import re

import pytest

from seedlint.report.sanitize import escape_unprintable, sanitize, sanitize_json


def obeyed(line: str) -> bool:
    """What a GitHub Actions runner takes for a command: two parsers, tried on each line."""
    return line.lstrip().startswith("::") or re.search(r"##\w*\[", line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "::error file=x::pwn",
        "   ::add-mask::x",
        "\t::set-output name=a::b",
        "\u3000::error::x",
        "::::",
        "##[add-mask]true",
        "a.md:1:1: X001 found ##[add-mask]true",
        "###[x]",
        "######[x]",
        "##vso[task.setvariable]x",
        "##teamcity[message]",
        "a ##[b] ##[c]",
        "a\n::error::x",
        "a\r::stop-commands::t",
        "a\x85::error::x",
        "\u2028::error::x",
        "\ufeff::error::x",
        "\x1b[2J::error::",
    ],
    ids=ascii,
)
def test_no_command(line: str) -> None:
    shown = sanitize(line)
    assert not obeyed(shown)
    assert shown.isprintable()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "plain",
        "a: b",
        "a::b",
        "x ::error::",
        "# [x]",
        "#[x]",
        "## [x]",
        "é😀中 e\u0301",
        "a ##",
    ],
)
def test_what_is_harmless_stays(line: str) -> None:
    assert sanitize(line) == line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\x0ab"),
        ("\x1b]0;t\x07", r"\x1b]0;t\x07"),
        ("\x9b2J", r"\x9b2J"),
        ("\x00\x7f", r"\x00\x7f"),
        ("a\u202eb", r"a\u202eb"),
        ("\u200b\u2028\ufeff", r"\u200b\u2028\ufeff"),
        ("\u00a0", r"\xa0"),
        ("\udcff", r"\xff"),
        ("\U000e0041", r"\U000e0041"),
        ("\ue000", r"\ue000"),
        ("é 中😀", "é 中😀"),
    ],
    ids=ascii,
)
def test_visible(text: str, shown: str) -> None:
    assert escape_unprintable(text) == shown


@pytest.mark.parametrize("value", ["##[add-mask]x", "###[x]", "##vso[x]", "#", "##", "##a[b##[c"])
def test_neutral_json_is_the_same_json(value: str) -> None:
    text = sanitize_json(json.dumps([value]))
    assert not obeyed(text)
    assert json.loads(text) == [value]
