"""What each rule on URLs finds and lets pass, through the binding that runs it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from cpu import cpu_limit
from seedlint.rules import all_rules
from seedlint.rules.base import Finding
from seedlint.rules.url import BINDING
from seedlint.rules.url.parts import split_url

RULES = [rule for rule in all_rules().values() if BINDING.name in rule.on.names]
WEB = {"schemes": ["https", "http"]}


def findings(text: str, options: Mapping[str, Any] | None = None) -> list[tuple[str, Finding]]:
    url = BINDING.parse(text, WEB if options is None else options)
    if url is None:
        return []
    return [(rule.code, finding) for rule in RULES for finding in rule.check(url)]


def codes(text: str, options: Mapping[str, Any] | None = None) -> list[str]:
    return [code for code, _ in findings(text, options)]


BAD = {
    "URL001": ["", " ", "\t \n", "\u200b"],
    "URL002": [
        "www.example.com/x",
        "example.com",
        "//example.com/a",
        "://example.com/a",
        "/a/b",
        "?a=b",
        "a",
        "see https://example.com/",
        "note: see below",
        "100% wind",
        "C:\\pictures\\a b.jpg",
        "example.com:8080/a",
        "localhost:8080",
        "somebody@example.com",
    ],
    "URL003": [
        "htps://example.com/a",
        "htttps://example.com/a",
        "ttps://example.com/a",
        "htps//example.com/a",
        "https//example.com/a",
        "https:/example.com/a",
        "https:example.com/a",
        "https:",
        "https;//example.com/a",
        "https ://example.com/a",
        "https: //example.com/a",
        "ftp://example.com/a",
        "mailto:somebody@example.com",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///home/a.jpg",
    ],
    "URL004": [
        "https://https://example.com/a",
        "http://https://example.com/a",
        "https://http://example.com/a",
        "http://https//example.com/a",
        "https://http:/example.com/a",
        "https:https://example.com/a",
        "https://https://https://example.com/a",
        "https://https://user:pass@example",
        "https://example.com/ahttps://example.com/a",
        "https://example.com/ahttps://example.org/b",
        "https://example.com/a?b=1http://example.org/b",
        "https://example.com/a#bhttps://example.org/b",
        "https://example.comhttps://example.com",
        "https://example.comhttps://example.com:80/a",
    ],
    "URL005": [
        "https://",
        "https:///a",
        "https://?a",
        "https://.",
        "https://www..example.com/a",
        "https://.example.com/a",
        "https://example.com../a",
        "https://exa!mple.com/a",
        "https://example.com,/a",
        "https://ex%61mple.com/a",
        "https://ex%zzmple.com/a",
        "https://-a.example.com/a",
        "https://a-.example.com/a",
        "https://example/a",
        "https://www/a",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 130}example/",
        "https://[::1",
        "https://[1::2::3]/a",
        "https://[::1]x/a",
        "https://[fe80::1%25en0]/a",
        "https://2001:db8::1/a",
        "https://256.0.0.1/a",
        "https://1.2.3/a",
        "https://1.2.3.4.5/a",
        "https://01.2.3.4/a",
        "https://foo.0x/a",
        "https://foo.0X1f/a",
        "https://[v1.a:b]/a",
        "https://xn--zzzz99.com/a",
        "https://xn--a.example/a",
        "https://xn--a-ecp.ru/a",
        "https://www.example.xn--zzzz99/a",
    ],
    "URL006": [
        "https://example.com:/a",
        "https://example.com:",
        "https://example.com:x/a",
        "https://example.com:8080x/a",
        "https://example.com:0/a",
        "https://example.com:65536/a",
        "https://example.com:80443/a",
        "https://example.com:-1/a",
        "https://example.com:1:2x/a",
        f"https://example.com:{'9' * 5000}/a",
        "https://[::1]:x/a",
    ],
    "URL007": [
        "https://example.com/a b",
        " https://example.com/a",
        "https://example.com/a ",
        "https://example.com/a\n",
        "https://example.com/a\tb",
        "https://example.com/a\x00b",
        "https://example.com/<a>",
        'https://example.com/"a"',
        "https://example.com/{a}|b^c`",
        "https://example.com/a\\b",
        "https:\\\\example.com\\a",
        "https://exam ple.com/a",
        "https://example.com/café",
        "https://bücher.example/a",
        "https://ｗｗｗ．example．com/a",
        "https://a＠b.example/a",
        "https://例え。テスト/a",
        "https://example.com/\u200ba",
        "https://example.com/\u00a0a",
        "https://example.com/\U0001f600",
        "https://example.com/\ud800",
        "https://example.com/CAFÉ–BAR",
    ],
    "URL008": [
        "https://example.com/a-â€“-b",
        "https://example.com/Ã©",
        "https://example.com/Â©",
        "https://example.com/â€\x9d",
        "https://example.com/Ð¿Ñ€Ð¸",
        "https://example.com/ðŸ˜€",
        "https://example.com/ä¸­æ–‡",
    ],
    "URL009": [
        "https://example.com/100%",
        "https://example.com/100%-wind",
        "https://example.com/%zz",
        "https://example.com/%4",
        "https://example.com/?a=%u2014&b=%",
        "https://example.com/#%x",
    ],
    "URL010": [
        "https://example.com/?a=1&#038;b=2",
        "https://example.com/?a=1&#38;b=2",
        "https://example.com/?a=1&#x26;b=2",
        "https://example.com/?a=1&#X26;b=2",
        "https://example.com/?a=1&amp;b=2&amp;c=3",
        "https://example.com/?a=1&amp;amp;b=2",
        "https://example.com/?a=&quot;b&quot;",
        "https://example.com/a&#x2F;b",
        "https://example.com&#47;b",
        "https://example.com/a&nbsp;b",
        "https://example.com/a&#xD800;b",
        "https://example.com/a&#9999999;b",
    ],
    "URL011": [
        "https://user:pass@example.com/a",
        "https://user:p@ss@example.com/a",
        "https://user@example.com/a",
        "https://@example.com/a",
        "https://:@example.com/a",
    ],
    "URL012": [
        "http://example.com/a",
        "HTTP://example.com/a",
        "http://example.com:8080/a",
        "http://192.0.2.1/a",
        "http://localhost.example.com/",
    ],
    "URL013": [
        "https://example.com/a[1]",
        "https://example.com/?a[]=1",
        "https://example.com/a#b#c",
        "https://example.com/a#b[#]",
    ],
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in BAD.items() for text in texts]
)
def test_one_defect_is_one_finding(code: str, text: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "https://example.com/",
        "https://example.com?a",
        "https://example.com#a",
        "HTTPS://EXAMPLE.com/A",
        "https://example.com./a",
        "https://example.com:443/a",
        "https://example.com:00443/a",
        "https://xn--bcher-kva.example/%C3%A9",
        "https://a_b.example.com/a",
        "https://a--b.example.com/a",
        "https://192.0.2.1/a",
        "https://[2001:db8::1]/a",
        "https://[2001:db8::1]:8443/a",
        "http://localhost/a",
        "http://localhost:3000",
        "http://a.localhost/",
        "http://127.0.0.1:8000/a",
        "http://[::1]/a",
        "https://example.com/https://example.org//a.jpg",
        "https://example.com//example.org/a.jpg",
        "https://example.com/?u=http://example.org/&v=https://https.example",
        "https://example.com/?u%3Dhttps://example.org/",
        "https://example.com/web/20240101000000/https://example.org/a",
        "https://example.com/web/20240101000000id_/https://example.org/a",
        "https://example.com/image/width=300/https://example.com/a.jpg",
        "https://example.com/ahttps/b:c//d",
        "https://https.example.com/a",
        "https://http.example/a",
        "https://example.com/?a=1&lang=en&copy=1&amp=2&lt",
        "https://example.com/a&b;c",
        "https://example.com/a;b=c&;d",
        "https://example.com/@somebody",
        "https://example.com/a:b@c?d@e#f@g",
        "https://example.com/%E2%80%93",
        "https://example.com/%c3%a9",
        "https://example.com/~a!$&'()*+,;=:@-._",
        "https://example.com/?a=/?b#/?c",
        f"https://example.com/{'a' * 3000}",
        f"https://{'a' * 63}.example/",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("http://example.com/a", {"schemes": ["https"]}, ["URL003"]),
        ("http://example.com/a", {}, ["URL012"]),
        ("https://example.com/a", {"schemes": ["ftp"]}, ["URL003"]),
        ("ftp://example.com/a", {"schemes": ["ftp"]}, []),
        ("ftp://example..com/a", {"schemes": ["FTP"]}, ["URL005"]),
        ("mailto:somebody@example.com", {}, []),
        ("urn:isbn:0451450523", {}, []),
        ("ssh://git@example/a", {}, []),
        ("ssh://git:secret@example/a", {}, ["URL011"]),
        ("file:///home/a", {}, []),
        ("htps://example.com/a", {}, ["URL003"]),
        ("htps://example.com/a", {"schemes": ["htps"]}, []),
        ("https//example.com/a", {}, ["URL003"]),
        ("shttp://example.com/a", {}, []),
        ("www.example.com/a", {}, ["URL002"]),
        ("www.example.com/a b", {}, ["URL002", "URL007"]),
        ("", {"format": "uri"}, ["URL001"]),
        ("", {"format": "uri-reference"}, []),
        ("", {"format": "iri-reference"}, []),
        (" ", {"format": "uri-reference"}, ["URL001"]),
        ("/a/b?c#d", {"format": "uri-reference"}, []),
        ("//example.com/a", {"format": "uri-reference"}, []),
        ("//example..com/a", {"format": "uri-reference"}, ["URL005"]),
        ("a b", {"format": "uri-reference"}, ["URL007"]),
        ("a%", {"format": "iri-reference"}, ["URL009"]),
        ("/café", {"format": "uri-reference"}, ["URL007"]),
        ("/café", {"format": "iri-reference"}, []),
        ("/café", {"format": "iri"}, ["URL002"]),
        ("https://bücher.example/é\U0001f468\u200d\U0001f469", {"format": "iri"}, []),
        ("https://ｗｗｗ．example．com/", {"format": "iri"}, []),
        ("https://a＠b.example/", {"format": "iri"}, ["URL005"]),
        ("https://a\u200db.example/", {"format": "iri"}, ["URL005"]),
        ("https://１.２.３/", {"format": "iri"}, ["URL005"]),
        (f"https://{'é' * 62}.example/", {"format": "iri"}, ["URL005"]),
        ("https://example.com/é b", {"format": "iri"}, ["URL007"]),
        ("https://example.com/é\u2003b", {"format": "iri"}, ["URL007"]),
        ("https://example.com/é\u202eb", {"format": "iri"}, ["URL007"]),
        ("https://example.com/Ã©", {"format": "iri"}, ["URL008"]),
    ],
)
def test_options(text: str, options: dict[str, Any], expected: list[str]) -> None:
    assert codes(text, options) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://exam..ple/ é%", ["URL005", "URL007", "URL009"]),
        ("http://user:pass@example.com:x/", ["URL006", "URL011", "URL012"]),
        ("https://example.com/a\\b c", ["URL007", "URL007"]),
        ("https://example.com/â€“ x", ["URL007", "URL008"]),
        ("htps://example.com/?a&amp;b", ["URL003", "URL010"]),
    ],
)
def test_several_defects_are_several_findings(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("www.example.com/a b", "https://www.example.com/a%20b"),
        ("://example.com/a", "https://example.com/a"),
        ("//example.com/a", "https://example.com/a"),
        ("htps://example.com/a", "https://example.com/a"),
        ("htp://example.com/a", "https://example.com/a"),
        ("http:/example.com/a", "https://example.com/a"),
        ("http:///example.com/a", "https://example.com/a"),
        ("http:/localhost/a", "http://localhost/a"),
        ("https:/example.com/a", "https://example.com/a"),
        ("http://https//example.com/a", "https://example.com/a"),
        ("https:///example.com/a", "https://example.com/a"),
        ("https://example.com/ahttps://example.com/a", "https://example.com/a"),
        ("https://www..example.com/a", "https://www.example.com/a"),
        ("https://example.com/two words", "https://example.com/two%20words"),
        ("https://example.com/a\nb ", "https://example.com/ab"),
        ("https:\\\\example.com\\a?b\\c", "https://example.com/a?b%5Cc"),
        ("https://example.com/café", "https://example.com/caf%C3%A9"),
        ("https://bücher.example:8443/a", "https://xn--bcher-kva.example:8443/a"),
        ("https://example.com/a-â€“-b", "https://example.com/a-%E2%80%93-b"),
        ("https://example.com/100%-wind", "https://example.com/100%25-wind"),
        ("https://example.com/?a&#038;b", "https://example.com/?a&b"),
        ("https://example.com/?a&amp;amp;b", "https://example.com/?a&b"),
        ("http://example.com/a", "https://example.com/a"),
        ("https://example.com/a[1]#b#c", "https://example.com/a%5B1%5D#b%23c"),
    ],
)
def test_help_gives_the_corrected_url(text: str, corrected: str) -> None:
    given = findings(text)
    assert given
    assert {finding.help for _, finding in given} == {f"write `{corrected}`"}
    assert codes(corrected) == []


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://faß.example/", "xn--fa-hia.example"),
        ("https://straße.de:8080/a b", "xn--strae-oqa.de:8080"),
        ("https://faß.example/x y", "xn--fa-hia.example"),
        ("https://faß..example/", "xn--fa-hia.example"),
        ("https://https://faß.example/", "xn--fa-hia.example"),
        ("www.faß.example/", "www.xn--fa-hia.example"),
        ("https://ｗｗｗ．example．com/", "www.example.com"),
        ("https://☕.example/", "xn--53h.example"),
        ("https://exa\u00admple.com\u200e/", "example.com"),
        ("https://example.com&#47;b", "example.com"),
    ],
)
def test_help_names_the_site_that_a_browser_opens(text: str, site: str) -> None:
    for _, finding in findings(text):
        if finding.help is not None and finding.help.startswith("write `"):
            assert finding.help.startswith(f"write `https://{site}/")
            break
    else:
        pytest.fail("nothing is proposed")


@pytest.mark.parametrize(
    "text",
    [
        # The host becomes another one, or what follows it, as soon as it is encoded.
        "https://a＠b.example/",
        "https://a／b.example/",
        "https://a？b.example/",
        "https://a＃b.example/",
        "https://a：８０.example/",
        "https://a\u2100b.example/",
        "https://a\u200db.example/",
        "https://a b.example/",
        f"https://{'é' * 62}.example/",
        # A browser opens a host that is spelt with the entity, or with the garbled letters.
        "https://good.example&sol;.evil.example/",
        "https://schÃ¶n.example/a",
        # What would be left is not right either.
        "https://user:topsecret@example.com/a b",
        "https://example.com:80443/a b",
        "https://example/a b",
        "https://１.２.３/",
    ],
)
def test_words_where_no_url_can_be_proposed(text: str) -> None:
    given = findings(text)
    assert given
    for _, finding in given:
        assert finding.help is not None
        assert not finding.help.startswith("write `")
        assert "topsecret" not in finding.help


def test_a_host_is_not_to_be_percent_encoded() -> None:
    [(_, finding)] = findings("https://a b.example/")
    assert finding.help == "compare the name of the site with the address in the browser"


def test_a_combining_mark_is_named() -> None:
    [(_, finding)] = findings("https://e\u0301.example/")
    assert finding.message.startswith("U+0301 (combining acute accent) cannot be in a URL: ")


def test_scheme_is_proposed_from_the_list() -> None:
    [(_, finding)] = findings("http://example.com/a", {"schemes": ["https"]})
    assert finding.message == "an address with `http:` is not allowed here, only `https:`"
    assert finding.help == "write `https://example.com/a`"


def test_password_is_not_repeated() -> None:
    found = list(findings("http://user:topsecret@example.com/a"))
    assert found
    for _, finding in found:
        assert "topsecret" not in f"{finding.message}{finding.help}"


def test_message_names_what_cannot_be_seen() -> None:
    [(_, finding)] = findings("https://example.com/a\u200bb c\td\u202ee")
    assert finding.message.startswith(
        "U+200B (zero width space), a space and 2 other characters cannot be in a URL: "
    )


def test_url_of_a_lone_surrogate_has_no_correction() -> None:
    [(_, finding)] = findings("https://example.com/\ud800")
    assert finding.help == "take it out or write it percent-encoded"


HOSTILE = [
    *(character * 1_000_000 for character in "%:@[]./\\#?&-a0é \x00\ud800Ã×"),
    *(
        f"https://{unit * (1_000_000 // len(unit))}"
        for unit in (
            "%",
            ":",
            "@",
            "[",
            "a.",
            "a-.",
            "/",
            "https://",
            "&#",
            "&amp;",
            "Ã©",
            "1.",
            "é",
        )
    ),
    *(
        f"https://example.com/{unit * (1_000_000 // len(unit))}"
        for unit in ("%", "&amp", "&amp;", "â€", "â€“", "Ð", "\u200b", "[", "#", "é b", "%20", "&a")
    ),
    "https" + " " * 1_000_000 + "://",
    "https" + ":" * 1_000_000,
    "htps" + "/" * 1_000_000,
    "".join(map(chr, range(0x80, 0x3000))) * 20,
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:12]!r}…{len(text)}")
@pytest.mark.parametrize("options", [WEB, {}, {"format": "iri-reference"}], ids=str)
def test_hostile_text_is_read_in_linear_time(text: str, options: dict[str, Any]) -> None:
    with cpu_limit():
        found = list(findings(text, options))
    for _, finding in found:
        assert len(finding.message) <= 300
        assert finding.help is not None
        assert len(finding.help) < 1100


@pytest.mark.slow
def test_nothing_raises() -> None:
    random_source = random.Random(11)
    pieces = [
        *":/\\?#[]@%&;.,- \t\n\x00é\ud800Ã©â€“×１٣\u200b\u3002",
        *("https:", "http", "//", "&amp;", "&#038;", "%zz", "xn--", "xn--\u00e9"),
        *("example.com", "localhost", "1.2.3.4", "[::1]", ":80"),
    ]
    for _ in range(10_000):
        text = "".join(random_source.choices(pieces, k=random_source.randrange(9)))
        for options in (WEB, {}, {"format": "iri"}, {"format": "uri-reference"}):
            for _, finding in findings(text, options):
                assert "\n" not in finding.message
                assert len(finding.message) <= 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a:b@c.example:8/d?e#f", ("https", "a:b", "c.example", "8", "/d?e#f")),
        ("//c.example", (None, None, "c.example", None, "")),
        ("mailto:a@b", ("mailto", None, "", None, "a@b")),
        ("https://[::1]:8/", ("https", None, "[::1]", "8", "/")),
        ("https:\\\\c.example\\d", ("https", None, "c.example", None, "\\d")),
    ],
)
def test_parts(text: str, expected: tuple[str | None, ...]) -> None:
    parts = split_url(text)
    assert (parts.scheme, parts.userinfo, parts.host, parts.port, parts.tail) == expected


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("https://a.example/img/ferry boat.jpg", True),
        ("https://a.example/two words/one", True),
        ("https://a.example/find?q=two words&page=2", True),
        ("https://a.example/one via the agency", False),
        ("https://a.example/one (seen on 5 May)", False),
        ('https://a.example/one"', False),
    ],
)
def test_a_space_is_encoded_safely_inside_an_address(text: str, is_safe: bool) -> None:
    fixes = [finding.fix for _, finding in findings(text)]
    assert [fix.is_safe for fix in fixes if fix] == [is_safe]


@pytest.mark.parametrize("gap", [" ", ", ", " and ", "\n"])
def test_two_addresses_are_not_glued_together(gap: str) -> None:
    [(code, finding)] = findings(f"https://a.example/one{gap}https://a.example/two")
    assert (code, finding.fix) == ("URL007", None)
    assert finding.help == "keep one of the addresses: each value holds one"
