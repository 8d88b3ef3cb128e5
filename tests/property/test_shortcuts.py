"""Shortcuts spare work and change nothing: what they let pass, no rule has a word about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.rules import find_binding, rules_bound_to
from seedlint.rules.related import normalization
from seedlint.rules.related.normalization import normalize_link, normalize_title
from seedlint.rules.url.amp_cache_address import amp_cache_address
from seedlint.rules.url.parts import split_url

laws = settings(derandomize=True, deadline=None, max_examples=300, database=None)

# What web addresses are made of, whole ones in order more often than not.
OPENINGS = st.sampled_from(
    ["https://"] * 6 + ["http://", "//", "https:", "https:///", "HTTPS://", "ftp://", ""]
)
HOSTS = st.sampled_from(
    ["www.example.com", "example.org", "a-b.example.net", "a--b.example.com"] * 2
    + ["xn--e1afmkfd.example", "ab--c.example", "example", "-a.example.com", "a-.example.com"]
    + [
        "example.com.",
        "1.2.3.4",
        "example.com:443",
        "example.com:x",
        "u@example.com",
        "exa_mple.com",
    ]
    + ["EXAMPLE.com", "é.example", "a" * 51 + ".example.com", "a.b.c.d.e.example.com", "example.c"]
)
OFTEN = """
a news Rowers 2024 / / / - _ . ~ ? & = # , ; ( ) ' " < \\ | [ × é X x .. ./ // .html .amp.html .jpg
.woff2 @2x.jpg %20 %2F %3A %31 %78 %3D %C3%97 % %zz &amp; &#215; &copy times 640 360 0x0 640x360
-640x360 800X600 w=640 h=360 width=640 height=360 w_640 tr:w-640,h-360 1920,975 dpr=2
resize=640,360 fit=640%2C360 size=640x360 quality=80
"""
SPELLINGS = ["%7e", "%7E", "%e5", "%E5", "%2E", "/../", "/./", "/.", ".a"]
ADDRESSES = ["ahttps://example.org", "/http://example.com"]
PIECES = st.sampled_from([*OFTEN.split(), *SPELLINGS, *ADDRESSES, " ", "\u00ad", "\n"])
TAILS = st.lists(PIECES, max_size=8).map("".join)
SLASHED_TAILS = st.builds(lambda tail: "/" + tail, TAILS)
URLS = st.builds(lambda *parts: "".join(parts), OPENINGS, HOSTS, st.one_of(TAILS, SLASHED_TAILS))


def says_nothing(name: str, value: Any, options: Mapping[str, Any]) -> None:
    """A value that the binding `name` lets pass has no finding without the shortcut."""
    binding = find_binding(name)
    assert binding is not None
    if not binding.quick_accept(options)(value):
        return
    subject = binding.parse(value, options)
    if subject is None:
        return
    for rule in rules_bound_to(name):
        if not rule.spared:
            continue
        assert list(rule.check(subject)) == [], (rule.code, value)


@laws
@given(URLS)
@example("https://example.com/" + "a" * 3000)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"schemes": ["https", "http"]},
        {"schemes": ["http"]},
        {"format": "uri-reference"},
        {"format": "iri"},
    ],
    ids=str,
)
def test_urls(options: dict[str, Any], url: str) -> None:
    says_nothing("url", url, options)


def test_nothing_is_said_of_a_proposal_that_the_binding_accepts_quickly() -> None:
    # The help of rules on URLs relies on it.
    assert all(rule.spared for rule in rules_bound_to("url"))


PIXELS = st.sampled_from([0, -1, 1, 15, 16, 360, 640, 720, 1280, 20_000, 20_001, 10**6, 10**9])
LIMITS = {"minWidth": 16, "minHeight": 16, "maxWidth": 20000, "maxHeight": 20000}


@laws
@given(URLS, PIXELS, PIXELS)
@pytest.mark.parametrize("options", [{}, {**LIMITS, "maxAspectRatio": 6}], ids=str)
def test_images(options: dict[str, Any], url: str, width: int, height: int) -> None:
    image = {"url": url, "width": width, "height": height}
    says_nothing("image-size", image, options)


@laws
@given(HOSTS, SLASHED_TAILS, st.sampled_from(["", "", "", "/", "x", "?a=b"]))
@example("www.example.com", "/a.amp.html", "")
@example("www.example.com", "/a.woff", "")
def test_amp_pairs(host: str, tail: str, slip: str) -> None:
    page = f"https://{host}{tail}"
    try:
        cache = amp_cache_address(split_url(page)) + slip
    except UnicodeError:
        return
    says_nothing("amp-cache", {"amp": page, "cache": cache}, {"amp": "amp", "cache": "cache"})


WORDS = ["Rowers", "rowers", "ROWERS", "win", "Win!", " ", "  ", "C++", "C", "café", "cafe\u0301"]
WORDS += ["–", "-", "\u00ad", "“Win”", "", "ß", "ss", "ﬁ", "fi", "$5", "5", "\u200b"]
TITLES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
ENTRIES = st.lists(
    st.fixed_dictionaries({}, optional={"link": URLS, "title": TITLES}) | st.just(7) | TITLES,
    max_size=5,
)
KEYS = {"links": ["link"], "titles": ["title"]}


@laws
@given(ENTRIES, TITLES, URLS)
def test_entries(entries: list[Any], title: str, link: str) -> None:
    says_nothing("unique-by", entries, KEYS)
    seed = {"title": title, "link": link, "related": entries}
    says_nothing("not-self", seed, {"entries": "related", **KEYS})


TEXTS = st.lists(
    st.sampled_from(
        ["One", " ", "\n", "&", ";", "&amp;", "&#8217;", "7", "2024", "-", "05-01", *"\"“”„«»'’"]
    ),
    max_size=6,
).map("".join)


@laws
@given(TEXTS)
@example("Lantern parade”\n")
@example(" “Lantern parade")
@example("2024-05-01T09:30:00Z")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"quotes": False},
        {"entities": False},
        {"minLength": 3, "maxLength": 8},
        {"maxLength": 0},
    ],
    ids=str,
)
def test_texts(options: dict[str, Any], text: str) -> None:
    says_nothing("text", text, options)


@laws
@given(URLS)
def test_quick_links_normalize_as_all_others(link: str) -> None:
    if normalization._QUICK_LINK.fullmatch(link) is None:
        return
    quickly = normalize_link.__wrapped__(link)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normalization, "_QUICK_LINK", normalization.re.compile(r"(?!)"))
        assert normalize_link.__wrapped__(link) == quickly


@laws
@given(
    st.text(
        st.characters(max_codepoint=127) | st.sampled_from(normalization._TYPOGRAPHIC), max_size=30
    )
)
def test_quick_titles_normalize_as_all_others(title: str) -> None:
    normalized = normalize_title(title)
    # One more letter, of another script, takes the other way.
    assert normalize_title(f"{title} я").split() == [*normalized.split(), "я"]


DOMAINS = st.sampled_from(
    ["example.com", "www.example.com", "EXAMPLE.com", "example.org", "com", "", "a b", "é.example"]
)
SITE = {"domain": ["provider", "domain"], "links": ["link", "other"], "platforms": ["example.net"]}


@laws
@given(DOMAINS, URLS, URLS)
@example("example.com", "https://www.example.com/a", "https://a-b.example.net")
def test_sites(domain: str, link: str, other: str) -> None:
    seed = {"provider": {"domain": domain}, "link": link, "other": other}
    says_nothing("same-site", seed, SITE)


@laws
@given(st.lists(st.sampled_from("abcdxy"), unique=True), st.permutations("abcd"))
def test_orders(keys: list[str], properties: list[str]) -> None:
    options = {"properties": dict.fromkeys(properties)}
    says_nothing("ordered-keys", dict.fromkeys(keys), options)
    says_nothing("ordered-keys", dict.fromkeys(keys), {"properties": None})


DATES = st.builds(
    "{}{}".format,
    st.sampled_from(["2024-05-01", "2024-05-02", "2924-05-01", "2024-02-31", "1 May 2024", "x"]),
    st.sampled_from(["T09:30:00Z"] * 3 + ["T23:59:59Z", "T24:00:00Z", "T09:30:00+14:00", "", " "]),
)


@laws
@given(DATES, DATES, DATES)
@pytest.mark.parametrize("days", [0, 1])
def test_dates(days: int, one: str, two: str, three: str) -> None:
    seed = {"one": one, "two": two, "three": three}
    options = {"order": ["one", "two", "three"], "today": ["two"], "days": days}
    says_nothing("not-after", seed, options)
