"""Two spellings of one term are told from two terms, and found without comparing all pairs."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.text import spelling
from seedlint.text.spelling import are_spellings, find_alike, print_of

laws = settings(derandomize=True, deadline=None, max_examples=500, database=None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Web Design", "web design"),
        ("Web Design", "Webdesign"),
        ("Model-driven apps", "Model driven apps"),
        ("Café", "Cafe"),
        ("Women’s cup", "Womens cup"),
        ("#Rowing", "rowing"),
        ("Node.js", "NodeJS"),
        ("AI", "ai"),
        ("Game", "Games"),
        ("Power App", "Power Apps"),
        ("City", "Cities"),
        ("Class", "Classes"),
        ("Part 2 ferries", "Part 2 ferry"),
        ("Sorceror", "Sorcerer"),
        ("Lighthouse", "Lighthosue"),
        ("Lighthouse", "Lighhouse"),
        ("organisation", "organization"),
        ("Маяковский", "Маяковкий"),
    ],
)
def test_spellings_of_one_term(one: str, other: str) -> None:
    assert are_spellings(one, other)
    assert are_spellings(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tides", "Tides"),
        ("Tides", "Ferries"),
        ("2022", "2023"),
        ("Part 2", "Part 3"),
        ("Version 2.0", "Version 20"),
        ("Xbox One", "Xbox Series"),
        ("Diablo II", "Diablo III"),
        ("Chapter MDCCCXXIII", "Chapter MDCCCXXII"),
        ("New", "News"),
        ("Iran", "Iraq"),
        ("C", "C++"),
        ("C#", "C"),
        ("R&D", "RD"),
        ("desert", "dessert"),
        ("eternal", "external"),
        ("gaming", "naming"),
        ("employer", "employee"),
        ("designer", "designed"),
        ("princes", "princess"),
        ("Vitamin A", "Vitamin B"),
        ("日本語入力方式の話", "日本語入力方法の話"),
        ("", " "),
        ("!", "?"),
        ("a" * 200, "A" * 200),
    ],
)
def test_two_terms(one: str, other: str) -> None:
    assert not are_spellings(one, other)
    assert not are_spellings(other, one)


WORDS = st.sampled_from(
    [
        *("lighthouse", "Lighthouses", "web", "design", "organisation", "city", "cities", "C++"),
        *("2", "ferryboat", "Ferry-boat", "marathon", "maraton", "café", "Ölkrise", "Прилив"),
    ]
)
TERMS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
LETTERS = st.sampled_from("aeiosyrtn- Aéя")


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A term, and the same with a letter more, less, or another one."""
    term = draw(TERMS)
    at = draw(st.integers(0, len(term) - 1))
    less = draw(st.integers(0, 1))
    more = draw(st.just("") | LETTERS)
    return term, term[:at] + more + term[at + less :]


@laws
@given(slips())
def test_spellings_are_found(pair: tuple[str, str]) -> None:
    usual, rare = pair
    if not are_spellings(rare, usual):
        return
    counts = {print_of(usual): 10, print_of(rare): 2}
    if len(counts) == 2:
        assert list(find_alike(counts)) == [(print_of(rare), print_of(usual))]


@pytest.mark.parametrize(("rare", "found"), [(1, True), (2, True), (3, False)])
def test_it_takes_five_times_as_many(rare: int, found: bool) -> None:
    counts = {print_of("Lighthouses"): 10, print_of("lighthouse"): rare}
    assert bool(list(find_alike(counts))) is found
    assert not list(find_alike({print_of("Lighthouses"): 4, print_of("lighthouse"): 0}))


@laws
@given(st.text(max_size=30))
def test_prints_have_61_bits(text: str) -> None:
    assert 0 <= print_of(text) < 1 << 61


def test_many_terms_take_little_time() -> None:
    """All alike is the worst: the letters of each are those of all others."""
    counts = Counter({(number << 37) + 1: 5 + number % 500 for number in range(100_000)})
    before = time.process_time()
    assert sum(1 for _ in find_alike(counts)) <= spelling._MOST_PAIRS
    assert time.process_time() - before < 5
