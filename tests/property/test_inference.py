"""Drafts of contracts: the same for any parts and order, and nothing that was seen departs."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedlint.infer import statistics
from seedlint.infer.contract import load_text, text_of
from seedlint.infer.draft import Wishes, draft
from seedlint.infer.statistics import Key, Occurrences, Values, count_values
from seedlint.infer.survey import Survey
from seedlint.schema.evaluate import Evaluator
from seedlint.settings import Settings
from seedlint.text.formats import FORMATS

Seed = dict[str, Any]

TEXTS = st.sampled_from(
    [
        "",
        "article",
        "video",
        "news",
        "x" * 50,
        "2024-05-01",
        "2024-05-01T09:30:00Z",
        "https://example.com/a",
        "https://example.com/café",
        "https://example.com/b c",
        "/assets/a.png",
        "example.com",
        "photo.jpg",
        "PT3M",
        "ada@example.com",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a.html",
        "https://www.example.com/a.html",
        "\u202e\u2028",
    ]
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**20), st.sampled_from([0.5, 1.0]), TEXTS
)
KEYS = st.sampled_from(
    ["title", "type", "url", "width", "height", "webUrl", "cdn", "images", "a/b~", "%", "é"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)
SEEDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=6), min_size=1, max_size=8)


def count(seeds: Sequence[tuple[str, Seed]]) -> Values:
    """Count seeds, given with their names, as one part."""
    seeds = sorted(seeds, key=lambda each: each[0])
    return count_values([seed for _, seed in seeds], [name for name, _ in seeds])


def drafted(values: Values, number: int, wishes: Wishes) -> tuple[str, list[str]]:
    found = draft(Survey(values, number, 0, ()), wishes)
    return text_of(found.schema), found.notes


def plain(statistic: Any) -> Any:
    """All that a statistic holds, to be compared."""
    if isinstance(statistic, (Values, Occurrences, Key)):
        classes = type(statistic).__mro__
        slots = [name for each in classes for name in getattr(each, "__slots__", ())]
        return {name: plain(getattr(statistic, name)) for name in slots}
    if isinstance(statistic, dict):
        return {key: plain(value) for key, value in statistic.items()}
    return statistic


def named(seeds: Sequence[Seed], times: int) -> list[tuple[str, Seed]]:
    """Enough seeds for enums and closed mappings: each several times, under different names."""
    return [(f"{number:04d}.md", each) for number, each in enumerate(list(seeds) * times)]


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that these few seeds pass."""
    monkeypatch.setattr(statistics, "_MOST_CHOICES", 4)
    monkeypatch.setattr(statistics, "_MOST_KEYS", 7)
    monkeypatch.setattr(statistics, "_MOST_KINDS", 2)
    monkeypatch.setattr(statistics, "_MOST_KEYS_OF_KINDS", 5)
    monkeypatch.setattr(statistics, "_SKETCHED", 3)
    monkeypatch.setattr(statistics, "_DEEPEST", 3)


relaxed = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(seeds=SEEDS, times=st.sampled_from([1, 12]), ranges=st.booleans(), chosen=st.randoms())
@relaxed
def test_parts_and_order_do_not_matter(
    seeds: list[Seed], times: int, ranges: bool, chosen: random.Random
) -> None:
    every = named(seeds, times)
    wishes = Wishes(0.9 if ranges else 1.0, ranges)
    whole = count(every)
    counted = plain(whole)
    expected = drafted(whole, len(every), wishes)
    chosen.shuffle(every)
    cuts = sorted(chosen.randrange(len(every) + 1) for _ in range(4))
    parts = [count(every[start:end]) for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    while len(parts) > 1:
        # In any grouping, too.
        at = chosen.randrange(len(parts) - 1)
        parts[at].add(parts.pop(at + 1))
    assert plain(parts[0]) == counted
    assert drafted(parts[0], len(every), wishes) == expected


@given(chosen=st.randoms())
@relaxed
def test_samples_of_texts_do_not_depend_on_parts(chosen: random.Random) -> None:
    every = [(f"{number}.md", {"title": f"T{number % 9}"}) for number in range(20)]
    expected = plain(count(every))
    chosen.shuffle(every)
    first, second, third = (count(every[start::3]) for start in range(3))
    second.add(third)
    first.add(second)
    assert plain(first) == expected


@given(seeds=SEEDS, times=st.sampled_from([1, 12, 60]), ranges=st.booleans())
@relaxed
def test_what_was_seen_is_accepted_and_the_contract_is_sound(
    seeds: list[Seed], times: int, ranges: bool
) -> None:
    every = named(seeds, times)
    text, _ = drafted(count(every), len(every), Wishes(ranges=ranges))
    contract = load_text(text)
    assert contract.warnings == ()
    severity_of = cache(Settings(select=("SCH",)).severity_of)
    evaluator = Evaluator(contract.references, severity_of)
    assert [list(evaluator.failures(seed)) for seed in seeds] == [[] for _ in seeds], text


def without_choices(schema: Any) -> Any:
    """A contract without the values that it allows."""
    if isinstance(schema, list):
        return list(map(without_choices, schema))
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_choices(value) for key, value in schema.items() if key not in ("enum", "const")
    }


@given(seeds=SEEDS)
@relaxed
def test_no_text_is_in_a_contract_but_those_of_enums(seeds: list[Seed]) -> None:
    every = named([{"secret": f"t0k3n-{number}", **each} for number, each in enumerate(seeds)], 20)
    text, _ = drafted(count(every), len(every), Wishes())
    assert "t0k3n" not in json.dumps(without_choices(json.loads(text)))


@given(text=st.from_regex(statistics._QUICK_URL, fullmatch=True))
def test_what_is_quickly_taken_for_a_url_is_one(text: str) -> None:
    assert FORMATS["uri"](text)
