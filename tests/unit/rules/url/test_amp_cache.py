"""The AMP cache URL against the vectors of the AMP project, and the rule on top of it."""

from __future__ import annotations

import re

import pytest

from seedlint.rules.base import Finding, Related
from seedlint.rules.url import AMP_CACHE
from seedlint.rules.url.amp_cache_address import amp_cache_address, cache_subdomain
from seedlint.rules.url.amp_cache_mismatch import amp_cache_mismatch
from seedlint.rules.url.parts import split_url

OPTIONS = {"amp": "amp", "cache": "cache"}
LONG = (
    "itwasadarkandstormynight.therainfellintorrents."
    "exceptatoccasionalintervalswhenitwascheckedby."
    "aviolentgustofwindwhichsweptupthestreets.com"
)


def check(amp: object, cache: object) -> list[Finding]:
    pair = AMP_CACHE.parse({"amp": amp, "cache": cache}, OPTIONS)
    return [] if pair is None else list(amp_cache_mismatch.check(pair))


def test_a_blank_in_one_of_the_two_is_a_matter_of_that_one() -> None:
    """Where it comes from a line that was broken, the other one has no blank, and is right."""
    page, cached = "https://a.example/ab/", "https://a-example.cdn.ampproject.org/c/s/a.example/ab/"
    assert check(page, cached) == []
    for amp, cache in ((page.replace("ab", "a b"), cached), (page, cached.replace("ab", "a b"))):
        assert check(amp, cache) == []
    assert check(page, cached.replace("ab", "ac")) != []


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("something.com", "something-com"),
        ("hello-world.com", "hello--world-com"),
        ("hello--world.com", "hello----world-com"),
        ("toplevelnohyphens", "qsgpfjzulvuaxb66z77vlhb5gu2irvcnyp6t67cz6tqo5ae6fysa"),
        ("no-dot-domain", "4lxc7wqq7b25walg4rdiil62veijrmqui5z3ept2lyfqqwpowryq"),
        (LONG, "dgz4cnrxufaulnwku4ow5biptyqnenjievjht56hd7wqinbdbteq"),
        ("xn--bcher-kva.ch", "xn--bcher-ch-65a"),
        (
            "xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c",
            "xn-------i5fvcbaopc6fkc0de0d9jybegt6cd",
        ),
        (
            "hello.xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c",
            "a6h5moukddengbsjm77rvbosevwuduec2blkjva4223o4bgafgla",
        ),
        ("en-us.example.com", "0-en--us-example-com-0"),
    ],
)
def test_subdomain_vectors(host: str, label: str) -> None:
    assert cache_subdomain(host) == label


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("https://www.example.com", "/c/s/www.example.com"),
        ("http://www.example.com", "/c/www.example.com"),
        ("https://WWW.EXAMPLE.COM", "/c/s/www.example.com"),
        ("https://www.example.com/index.html", "/c/s/www.example.com/index.html"),
        ("http://www.example.com/index.html", "/c/www.example.com/index.html"),
        ("https://www.example.com/image.png", "/i/s/www.example.com/image.png"),
        ("http://www.example.com/image.png", "/i/www.example.com/image.png"),
        ("https://www.example.com/font.woff2", "/r/s/www.example.com/font.woff2"),
        ("http://www.example.com/font.woff2", "/r/www.example.com/font.woff2"),
        ("https://www.example.com/g?value=a%20b.png", "/c/s/www.example.com/g?value=a%20b.png"),
    ],
)
def test_address_vectors(page: str, path: str) -> None:
    address = f"https://www-example-com.cdn.ampproject.org{path}"
    assert amp_cache_address(split_url(page)) == address
    assert check(page, address) == []


def test_address_of_a_host_in_another_script() -> None:
    address = amp_cache_address(split_url("https://點看.com"))
    assert address == "https://xn---com-k47jg78q.cdn.ampproject.org/c/s/點看.com"


@pytest.mark.parametrize("host", ["xn--\u00e9.com", "xn--.com", "xn--99999999.com", "\ud800.com"])
def test_a_host_that_cannot_be_decoded_is_hashed(host: str) -> None:
    assert re.fullmatch("[a-z0-9-]+", cache_subdomain(host))


AMP = "https://www.example.com/a/amp"
CACHE = "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/amp"


@pytest.mark.parametrize(
    "cache",
    [
        CACHE.replace("/a/amp", "/b/amp"),
        CACHE.replace("/s/", "/"),
        CACHE.replace("/c/", "/v/"),
        CACHE.replace("www-example-com", "www-example--com"),
        CACHE.replace("/www.", "/"),
        CACHE + "/",
        CACHE + "?x=1",
        CACHE[:-4],
        AMP,
    ],
)
def test_mismatch(cache: str) -> None:
    [finding] = check(AMP, cache)
    assert finding.pointer == ("cache",)
    assert finding.help == f"write `{CACHE}`"
    assert finding.related == (Related(("amp",), "computed from this AMP URL"),)
    assert len(finding.message) <= 300


def test_message_shows_where_they_part() -> None:
    [finding] = check(AMP, CACHE.replace("/a/amp", "/b/amp"))
    assert finding.message.endswith("`…org/c/s/www.example.com/b/amp`")


@pytest.mark.parametrize(
    ("amp", "cache"),
    [
        (AMP, CACHE),
        (AMP, CACHE.replace("www-example-com", "WWW-Example-Com")),
        (AMP, CACHE.replace("https:", "http:")),
        ("https://www.example.com:443/a/amp", CACHE),
        ("https://www.example.com/", CACHE[: -len("/a/amp")]),
        ("https://www.example.com", CACHE[: -len("a/amp")]),
        (AMP + "?x=%e2&amp;y=1", CACHE + "?x=%E2&y=1"),
        (AMP + "/café", CACHE + "/caf%C3%A9"),
        # The other rules speak of these.
        (None, CACHE),
        (AMP, None),
        (AMP, 7),
        ("", CACHE),
        (AMP, ""),
        (AMP, "see above"),
        (AMP, "//www-example-com.cdn.ampproject.org/c"),
        ("ftp://www.example.com/a", CACHE),
        ("https:/www.example.com/b", CACHE),
        ("https://https://www.example.com/b", CACHE),
        ("https://www..example.com/b", CACHE),
        ("https://user@www.example.com/b", CACHE),
        ("https://www.example.com:8443/b", CACHE),
        ("https://www.example.com:x/b", CACHE),
        (AMP, "https://cache/a"),
        (AMP + '"', CACHE),
        (AMP, CACHE + '"'),
        (AMP[:-2] + "\u2026", CACHE),
        (AMP + AMP, CACHE),
    ],
)
def test_silent(amp: object, cache: object) -> None:
    assert check(amp, cache) == []


@pytest.mark.parametrize("unit", ["%", ":", "@", "[", "/", "é", "\ud800", "&amp;", "."])
def test_hostile_text(unit: str) -> None:
    text = f"https://example.com/{unit * 300_000}"
    check(text, CACHE)
    check(AMP, text)
    check(unit * 300_000, unit * 300_000)
    check(f"https://{unit * 300_000}", CACHE)
