"""Which links and which titles are the same."""

from __future__ import annotations

import random

import pytest

from cpu import cpu_limit
from seedlint.rules.related.normalization import normalize_link, normalize_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "http://example.com/a"),
        ("https://example.com/a", "HTTPS://EXAMPLE.COM/a"),
        ("https://example.com/a", "https://example.com/a/"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com/a", "https://example.com/a#b"),
        ("https://example.com/a", "https://example.com/a/#"),
        ("https://example.com/a", "https://example.com:443/a"),
        ("https://example.com/a", "http://example.com:80/a"),
        ("https://example.com/a", "//example.com/a"),
        ("https://example.com/a", " https://example.com/a\n"),
        ("https://example.com/a?b=c", "https://example.com/a/?b=c#d"),
        ("https://example.com/caf%c3%a9", "https://example.com/caf%C3%A9"),
        ("https://example.com/?a=%e5", "https://example.com/?a=%E5"),
        ("https://example.com/%7Ea%2D%5f%41", "https://example.com/~a-_A"),
        ("https://example.com/./a", "https://example.com/a"),
        ("https://example.com/b/../a/.", "https://example.com/a"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
    ],
)
def test_same_link(one: str, other: str) -> None:
    assert normalize_link(one) == normalize_link(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a", "https://www.example.com/a"),
        ("https://example.com/a", "https://example.com/a?b"),
        ("https://example.com/a?b", "https://example.com/a?b/"),
        ("https://example.com/a", "https://example.com:8443/a"),
        ("https://example.com/a", "ftp://example.com/a"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/a%20b", "https://example.com/a+b"),
        ("https://example.com/.a", "https://example.com/a"),
        ("https://example.com/a?b=/./c", "https://example.com/a?b=/c"),
        ("https://example.com/a", "/a"),
        ("https://one.example", "https://two.example"),
        ("mailto:a@example.com", "mailto:b@example.com"),
    ],
)
def test_different_links(one: str, other: str) -> None:
    assert normalize_link(one) != normalize_link(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry sails again", "FERRY SAILS AGAIN!"),
        ("Ferry sails again", "  Ferry — sails\u00a0again… "),
        ("“Ferry’s” back", "'Ferry's' back"),
        ("Straße", "STRASSE"),
        ("Café", "Cafe\u0301"),
        ("ﬁsh", "Fish"),
        ("Ｆｅｒｒｙ", "ferry"),
        ("so\u00adft", "soft"),
        ("ΛΌΓΟΣ", "λόγος"),
    ],
)
def test_same_title(one: str, other: str) -> None:
    assert normalize_title(one) == normalize_title(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry sails", "Ferry sailed"),
        ("C++ for all", "C for all"),
        ("Version 1", "Version 2"),
        ("कि", "की"),
        ("Café", "Cafe"),
        ("Costs $5", "Costs €5"),
    ],
)
def test_different_titles(one: str, other: str) -> None:
    assert normalize_title(one) != normalize_title(other)


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_nothing_is_no_link(text: str) -> None:
    assert normalize_link(text) == ""


@pytest.mark.parametrize("text", ["", " ", "…", "!?", "\u200b"])
def test_nothing_is_no_title(text: str) -> None:
    assert normalize_title(text) == ""


HOSTILE = ["%", ":", "@", "[", "/", "#", "a", " ", "é", "\u0301\u0323", "\ud800", "\ufdfa", "．"]


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_normalized_in_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with cpu_limit():
        normalize_link(text)
        normalize_link("https://" + text)
        normalize_title(text)


def test_normalizing_twice_changes_nothing() -> None:
    random_source = random.Random(7)
    pieces = [*"aZéßİıΣς!…—' \u00ad\u0301", "http://", "EXAMPLE.com", "/", ":80", "#", "?", "ﬁ"]
    for _ in range(20_000):
        text = "".join(random_source.choices(pieces, k=random_source.randrange(8)))
        assert normalize_title(normalize_title(text)) == normalize_title(text)
        normalize_link(text)
