"""`%` codes are written and read as the standard library does, whose module is not imported."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote

from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.rules.image.url_sizes import _parameters
from seedlint.rules.url.characters import decode, encode

laws = settings(derandomize=True, deadline=None, max_examples=600, database=None)

PIECES = st.sampled_from(
    [
        *("%", "%%", "%4", "%41", "%2541", "%20", "%2B", "%zz", "%C3", "%A9", "%C3%A9", "%c3%a9"),
        *("%E3%81", "%E3%81%82", "%ED%A0%80", "%F0%9F%8E%89", "%F0%9F", "%FF", "%00", "%80"),
        *("a", "é", "あ", "4", "A9", "=", "&", "+", ";", "w", "W", "640", " ", "\ud800"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=20)


@laws
@given(TEXTS)
def test_reading(text: str) -> None:
    assert decode(text) == unquote(text)


@laws
@given(st.characters(exclude_categories=["Cs"]))
@example(" ")
@example("|")
def test_writing(character: str) -> None:
    if quote(character, safe="") != character:
        assert encode(character) == quote(character, safe="")
    assert decode(encode(character)) == character


@laws
@given(TEXTS)
@example("w=1&w=2&W=3&=4&h=&&x")
def test_parameters(query: str) -> None:
    assert _parameters(query) == {key.lower(): value for key, value in parse_qsl(query)}
