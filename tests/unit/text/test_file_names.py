"""Names of files are taken apart, and slugs are held against titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.text.file_names import is_slug_of, read_stem, slug_of, split_path

laws = settings(derandomize=True, deadline=None, max_examples=300, database=None)


@pytest.mark.parametrize(
    ("path", "stem", "ending"),
    [
        ("2022-07-06-tides.md", "2022-07-06-tides", ".md"),
        ("seeds/news/2022-07-06-tides.md", "2022-07-06-tides", ".md"),
        ("tides.en.md", "tides", ".en.md"),
        ("tides.pt-BR.md", "tides", ".pt-BR.md"),
        ("version-1.2-is-out.md", "version-1.2-is-out", ".md"),
        ("tides", "tides", ""),
    ],
)
def test_stems(path: str, stem: str, ending: str) -> None:
    assert split_path(path) == (stem, ending)


@pytest.mark.parametrize(
    "path", ["index.md", "a/_index.md", "a/index.en.md", "<stdin>", "<text>", "", "a/", ".md"]
)
def test_what_has_no_name(path: str) -> None:
    assert split_path(path) is None


@pytest.mark.parametrize(
    ("stem", "form", "date", "slug"),
    [
        ("2022-07-06-high-tide", "{date}-{slug}", "2022-07-06", "high-tide"),
        ("20220706-high-tide", "{date}-{slug}", "2022-07-06", "high-tide"),
        ("high-tide-2022-07-06", "{slug}-{date}", "2022-07-06", "high-tide"),
        ("2022-07-06", "{date}", "2022-07-06", ""),
        ("high.tide", "{slug}", "", "high.tide"),
        ("post_2022-07-06_high+tide", "post_{date}_{slug}", "2022-07-06", "high+tide"),
    ],
)
def test_forms(stem: str, form: str, date: str, slug: str) -> None:
    assert read_stem(stem, form) == (date, slug)


@pytest.mark.parametrize(
    "stem",
    ["high-tide", "2022-02-30-tide", "2022-07-06", "2022-07-06-", "2022-7-6-tide", "٢٠٢٢-07-06-a"],
)
def test_other_forms(stem: str) -> None:
    assert read_stem(stem) is None


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("high-tide", "High tide!"),
        ("hightide", "High tide"),
        ("quarterly-updatejune-2020", "Quarterly Update—June 2020"),
        ("quarterly-update-june-2020", "Quarterly Update—June 2020"),
        ("dont-panic", "Don’t panic"),
        ("don-t-panic", "Don't panic"),
        ("cafe-au-lait", "Café au lait"),
        ("café-au-lait", "Café au lait"),
        # Generators differ.
        ("cinco-y-seis", "Cinco & seis"),
        ("oelkrise", "Ölkrise"),
        ("priliv", "Прилив"),
        ("прилив", "Прилив"),
        ("high-tide-", "High tide 🔥"),
    ],
)
def test_slugs_of_titles(slug: str, title: str) -> None:
    assert is_slug_of(slug, title)


@pytest.mark.parametrize(
    ("slug", "title"),
    [("high-tide", "Low tide"), ("high-tide", "High tides"), ("прилив", "Отлив"), ("a", "")],
)
def test_slugs_of_other_titles(slug: str, title: str) -> None:
    assert not is_slug_of(slug, title)


@laws
@given(st.text(max_size=40))
def test_the_slug_of_a_title_is_one(title: str) -> None:
    slug = slug_of(title)
    assert is_slug_of(slug, title)
    assert slug == "" or read_stem(f"2022-07-06-{slug}") == ("2022-07-06", slug)
