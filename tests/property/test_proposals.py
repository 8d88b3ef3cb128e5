"""`help: write …` is a promise: the finding is gone, no other comes, and the site is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seedlint.fix.operation import ReplaceScalar
from seedlint.rules import find_binding, rules_bound_to
from seedlint.rules.base import Finding
from seedlint.rules.url.characters import strip_invisible
from seedlint.text.host_names import browser_host

laws = settings(derandomize=True, deadline=None, max_examples=400, database=None)

OPENINGS = st.sampled_from(
    [
        *("https://", "http://") * 4,
        *("//", "", "://", "https:", "https:/", "https:///", "https//", "https;//", "https: //"),
        *(
            "htps://",
            "htp://",
            "HTTP://",
            "ftp://",
            "https:\\\\",
            "https://https://",
            "http:https//",
        ),
        *("http://http://", "https://user@", "https://user:word@", " https://", "\u200bhttp://"),
    ]
)
KNOWN_HOSTS = [
    *("www.example.com", "example.org.", "1.2.3.4", "127.0.0.1", "localhost", "a_b.example"),
    *("www.bücher.example", "faß.example", "βόλος.example", "ΣΑΣ.example", "☕.example"),
    *(
        "ｗｗｗ．example．com",
        "例え。テスト",
        "xn--fa-hia.example",
        "שלום.example",
        "e\u0301.example",
    ),
    *("a＠b.example", "a／b.example", "a？b.example", "a＃b.example", "a：b.example", "℀.example"),
    *("a․b.example", "a\u200db.example", "שa.example", "xn--zzzz99.example", "xn--a-.example"),
    *("www..example.com", ".example.com", "a．．b.example", "１.2.3.4", "１.2.3", "foo.0x"),
    *("exa\u00admple.com", "exa\u200emple.com", "schÃ¶n.example", "example", "-a.example"),
    *("é" * 60 + ".example", "a" * 64 + ".example"),
]
# Without the ASCII that ends a host; its look-alikes map to it.
ROUGH_HOSTS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x80, exclude_categories=["Cs"]),
        st.sampled_from("abz09-_.．。＠／？＃：％ßς\u200d\u200c\u00ad\u0301Ã¶☕אب"),
    ),
    min_size=1,
    max_size=8,
).map(lambda host: f"{host}.example")
HOSTS = st.one_of(st.sampled_from(KNOWN_HOSTS), ROUGH_HOSTS)
PIECES = st.sampled_from(
    [
        *(
            "a",
            "/",
            "?",
            "#",
            "=",
            "&",
            ".",
            "..",
            "%",
            "%20",
            "%zz",
            "[",
            "]",
            "\\",
            "`",
            "{",
            "|",
        ),
        *('"', "<b>", "@", ":", "https://", "é", "☕", "â€“", "Ã©", "&amp;", "&#038;", "&#47;"),
        *("&nbsp;", "&lang=en", " ", "\n", "\u200b", "\u202e", "\ud800"),
    ]
)
TAILS = st.builds(
    lambda port, mark, pieces: port + mark + "".join(pieces),
    st.sampled_from([""] * 6 + [":443", ":8080", ":80443", ":", ":８０", ":x"]),
    st.sampled_from("/?#"),
    st.lists(PIECES, max_size=6),
)
OPTIONS: list[dict[str, Any]] = [
    {},
    {"schemes": ["https", "http"]},
    {"schemes": ["https"]},
    {"schemes": ["http"]},
    {"schemes": ["https"], "format": "uri-reference"},
    {"format": "iri"},
    {"format": "iri-reference"},
]


def findings(binding: str, value: Any, options: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    found = find_binding(binding)
    assert found is not None
    subject = found.parse(value, options)
    if subject is not None:
        for rule in rules_bound_to(binding):
            for finding in rule.check(subject):
                yield rule.code, finding


def proposal(finding: Finding) -> str | None:
    if finding.help is None or not finding.help.startswith("write `"):
        return None
    return finding.help.removeprefix("write `").removesuffix("`")


def fixed(finding: Finding) -> object:
    """What the fix of a finding writes."""
    assert finding.fix is not None
    (operation,) = finding.fix.operations
    assert isinstance(operation, ReplaceScalar)
    return operation.value


def name_of(host: str) -> str | None:
    """The site that `host` names, without what is invisible and without surplus dots."""
    name = browser_host(strip_invisible(host))
    return None if name is None else re.sub(r"\.{2,}", ".", name).strip(".")


@laws
@given(OPENINGS, HOSTS, TAILS)
@example("https://", "faß.example", "/x y")
@example("https://", "a＠b.example", "/")
@example("http://", "example.com", "/a[1] b#c#d")
@example("https://", "good.example", "&sol;.evil.example/")
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_urls(options: dict[str, Any], prefix: str, host: str, tail: str) -> None:
    text = prefix + host + tail
    given_findings = list(findings("url", text, options))
    before = {code for code, _ in given_findings}
    for code, finding in given_findings:
        proposed = proposal(finding)
        if proposed is None:
            continue
        assert fixed(finding) == proposed
        after = {code for code, _ in findings("url", proposed, options)}
        assert after <= before - {code}
        assert after <= {"URL012"}
        # `urlsplit` is the standard library's and knows nothing of ours.
        found = urlsplit(proposed).hostname
        if found is None:
            assert prefix in ("", "://")
            continue
        named = browser_host(found)
        assert named is not None
        assert named.rstrip(".") == name_of(host)
        # As it is written it may name a site, of which the proposal is no other spelling.
        written = browser_host(host)
        if written is not None and not written.startswith(".") and ".." not in written:
            assert named == written


@laws
@given(st.sampled_from(["https://", "http://"]), HOSTS, TAILS)
@example("https://", "faß.example", "/a/amp")
@example("https://", "點看.com", "/a/amp")
@example("https://", "www.example.com", "/a[1]")
def test_amp_cache_addresses(prefix: str, host: str, tail: str) -> None:
    options = {"amp": "amp", "cache": "cache"}
    page = prefix + host + tail
    pair = {"amp": page, "cache": "https://elsewhere.example/a"}
    for _, finding in findings("amp-cache", pair, options):
        proposed = proposal(finding)
        if proposed is None:
            continue
        assert fixed(finding) == proposed
        assert list(findings("amp-cache", {**pair, "cache": proposed}, options)) == []
        assert list(findings("url", proposed, {})) == []
        parts = urlsplit(proposed)
        assert parts.hostname is not None
        assert re.fullmatch(r"[a-z0-9_-]{1,63}\.cdn\.ampproject\.org", parts.hostname)
        served = re.fullmatch(r"/[cir]/(?:s/)?([^/?#]+).*", parts.path)
        assert served is not None
        assert served[1].rstrip(".") == name_of(host)
