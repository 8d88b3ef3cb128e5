"""The formats: what conforms, what does not, what never hurts, and what the official suite says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpu import cpu_limit
from seedlint.text.formats import FORMATS, describe

GOOD = {
    "date-time": [
        "2024-05-01T09:30:00Z",
        "2024-05-01t09:30:00z",
        "2024-02-29T23:59:59.123456789+05:45",
        "0000-01-01T00:00:00-00:00",
        "9999-12-31T23:59:59+23:59",
        "2016-12-31T23:59:60Z",
        "2017-01-01T08:59:60+09:00",
    ],
    "date": ["2024-05-01", "2024-02-29", "2000-02-29", "0000-02-29", "9999-12-31", "2023-04-30"],
    "time": [
        "09:30:00Z",
        "00:00:00z",
        "23:59:59.9+00:00",
        "23:59:60Z",
        "00:29:60+00:30",
        "15:59:60-08:00",
        "12:00:00-23:59",
    ],
    "duration": ["P1D", "P2W", "PT0S", "P1Y2M3DT4H5M6S", "P1YT1H", "PT36H", "PT1M30S", "P007D"],
    "email": [
        "ada@example.com",
        "a.b+c@localhost",
        "!#$%&'*+/=?^_`{|}~-@example.com",
        '"a@b \\" c"@example.com',
        '""@example.com',
        "ada@[192.0.2.1]",
        "ada@[IPv6:2001:db8::1]",
        "a" * 64 + "@example.com",
    ],
    "idn-email": [
        "ada@example.com",
        "zoë@example.com",
        "ada@bücher.example",
        '"zoë b"@example.com',
        "\U0001f600@example.com",
        "é" * 32 + "@example.com",
    ],
    "hostname": [
        "example.com",
        "a",
        "1.2.3",
        "A-B.example",
        "xn--bcher-kva.example",
        "XN--BCHER-KVA.example",
        "a--b",
        "a" * 63,
        ".".join(["a" * 63, "a" * 63, "a" * 63, "a" * 61]),
    ],
    "idn-hostname": [
        "example.com",
        "EXAMPLE.com",
        "bücher.example",
        "xn--bcher-kva.example",
        "straße.example",
        "\u13a0\u13a1.example",
        "例え。テスト",
        "l·l.example",
        "שלום.example",
        "نامه\u200cای.example",
    ],
    "ipv4": ["0.0.0.0", "255.255.255.255", "192.0.2.1", "1.10.100.200", "249.250.99.9", "8.8.8.8"],
    "ipv6": [
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:192.0.2.1",
        "ABCD::ef01",
    ],
    "uri": [
        "https://example.com/page",
        "http://user:p%40ss@example.com:8080/a/b?c=d&e#f",
        "http://[2001:db8::1]:80/",
        "http://[v7.a:b]/",
        "mailto:ada@example.com",
        "urn:isbn:0451450523",
        "file:///etc/hosts",
        "a:",
        "http://example.com:",
    ],
    "uri-reference": ["", "/page#top", "page", "./a:b", "?q", "#f", "//example.com/a", "a/b:c"],
    "iri": [
        "https://example.com/café",
        "https://bücher.example/",
        "http://example.com/?q=\ue000",
        "http://example.com/\U00010300",
        "http://[::1]/é",
        "urn:é",
    ],
    "iri-reference": ["", "/café#top", "é", "//é/", "?\ue000", "#é", "./é:b"],
    "uri-template": [
        "",
        "/users/{id}",
        "{+a,b*,c:10}",
        "{?a.b,c_d,%41}",
        "{#x}{/y}{;z}{&w}{.v}",
        "/é%41'",
        "{a:9999}",
    ],
    "uuid": [
        "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "018f3c5e-7b1a-7c3d-8e4f-5a6b7c8d9e0f",
        "123e4567-E89b-f2d3-0456-426614174000",
    ],
    "json-pointer": ["", "/", "//", "/a/0", "/~0~1", "/é\n\0", "/-", "/a b"],
    "relative-json-pointer": ["0", "1/title", "10#", "0/", "0+1", "2-1/a", "0-3#"],
    "regex": [
        "",
        "^[a-z]+$",
        "(?<year>[0-9]{4})-\\k<year>",
        "(?:a|b){2,3}?",
        "(?<=a+)b(?!c)",
        "[]",
        "[^]",
        "[\\w-]",
        "[\\]\\-a-]",
        "\\p{Script=Greek}\\u{1F600}\\cA\\0",
        "[\\ud83d\\ude00-\\ud83d\\ude4f]",
        "[\\x41-\\u0042\\b]",
        "(a)\\1",
        "\\2(a)(b)",
        "a{",
        "]}",
        "(" * 200 + ")" * 200,
        "a{" + "9" * 5000 + "}",
    ],
}

BAD = {
    "date-time": [
        "2024-05-01",
        "2024-05-01 09:30:00Z",
        "2024-05-01T09:30:00",
        "2023-02-29T09:30:00Z",
        "2024-05-01T24:00:00Z",
        "2024-05-01T09:30:60Z",
        "2024-05-01T09:30Z",
        "2024-05-01T09:30:00+0100",
        "2024-05-01T09:30:00Z\n",
    ],
    "date": [
        "2023-02-29",
        "1900-02-29",
        "2024-04-31",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "2024-5-1",
        "20240501",
        "2024-05-01\n",
        "٢٠٢٤-05-01",
    ],
    "time": [
        "09:30:00",
        "24:00:00Z",
        "09:60:00Z",
        "22:59:60Z",
        "23:59:60+01:00",
        "23:59:61Z",
        "09:30:00.Z",
        "09:30:00+24:00",
        "09:30:00Z ",
        "0٩:30:00Z",
    ],
    "duration": ["", "P", "PT", "P1", "1D", "P1YT", "P1D2H", "P1Y2D", "P1W1D", "PT1.5S", "P1D\n"],
    "email": [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example..com",
        ".ada@example.com",
        "a da@example.com",
        "ada@example.com\n",
        '"a\nb"@example.com',
        '"a\0b"@example.com',
        "ada@[300.0.0.1]",
        "ada@[IPv6:1]",
        "zoë@example.com",
        "a" * 65 + "@example.com",
    ],
    "idn-email": [
        "",
        "zoë",
        "@é",
        "é@",
        "é\n@example.com",
        "é\ud800@example.com",
        "é é@example.com",
        "é" * 33 + "@example.com",
    ],
    "hostname": [
        "",
        ".",
        "example.com.",
        "-a",
        "a-",
        "a_b",
        "a..b",
        "bücher.example",
        "a" * 64,
        ".".join(["a" * 63] * 4),
        "example.com\n",
        "xn--a",
        "xn--bcher-kvaa9",
        "xn--example-",
        "\u212aelvin",
    ],
    "idn-hostname": [
        "",
        "a..b",
        "-é",
        "é-",
        "éé--é",
        "ab--cd",
        "\u0301a",
        "cafe\u0301",
        "Bücher",
        "a·b",
        "é_é",
        "אa",
        "1.א",
        "é" * 63,
        "é\ud800",
        "ا\u200cب",
        "\u200cب",
        "a\u200db",
    ],
    "ipv4": ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4\n", "1.2.3.٤", "1.2..4"],
    "ipv6": [
        "",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "1.2.3.4",
        "1.2.3.4::",
        "::1.2.3.04",
        "fe80::1%eth0",
        "::1/64",
        "::1\n",
    ],
    "uri": [
        "",
        "/page",
        "example.com",
        "1a:b",
        "http://a b/",
        "http://a/%4",
        "http://a/%zz",
        "http://a:b/",
        "http://a@b@c/",
        "http://[::1",
        "http://::1]/",
        "http://[::1]a/",
        "http://[v.a]/",
        "http://é/",
        "http://a/#b#c",
        "http://a/\\b",
        "http://a/[b]",
        "http://a/\n",
    ],
    "uri-reference": ["a:b c", "1:b", ":a", "/%", "//a:b", "/é", "a\\b", "#a#b", "/a\n"],
    "iri": ["", "/é", "é", "http://é/\ud800", "http://é/\ue000", "http://é/\u202e", "http://é/\n"],
    "iri-reference": ["é\\", "é:b", "#\ue000", "/\ufdd0", "/\ud800", "/%é", "é\n", "/\U000e0001"],
    "uri-template": [
        "{",
        "}",
        "{}",
        "{a",
        "a}",
        "{{a}}",
        "{a,}",
        "{a:0}",
        "{a:10000}",
        "{a*b}",
        "{a b}",
        "{.}",
        "{a..b}",
        "a b",
        "%4",
        "{%4}",
        "a\n",
    ],
    "uuid": [
        "",
        "123e4567e89b12d3a456426614174000",
        "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-42661417400g",
        "{123e4567-e89b-12d3-a456-426614174000}",
        "123e4567-e89b-12d3-a456-426614174000\n",
        "١23e4567-e89b-12d3-a456-426614174000",
    ],
    "json-pointer": ["a", "#/a", "/~", "/~2", "/a~", "~0", " /a"],
    "relative-json-pointer": ["", "/a", "-1", "01", "0##", "1#/a", "1a", "0+", "0+01", "1\n", "٠"],
    "regex": [
        "(",
        ")",
        "(a",
        "[a",
        "[z-a]",
        "[\\w-z]",
        "*",
        "a**",
        "a++",
        "^*",
        "(?=a)*",
        "(?<=a)+",
        "{2}",
        "a{3,2}",
        "a{" + "9" * 5000 + ",1}",
        "\\",
        "\\a",
        "\\Z",
        "\\u{110000}",
        "\\x4",
        "(?P<n>a)",
        "(?<n>a)(?<n>b)",
        "(?i)a",
        "(?#a)",
        "(?>a)",
        "\\1",
        "\\k<n>",
        "(" * 201 + ")" * 201,
    ],
}

# Each is hard on some naive checker: backtracking, recursion, encoding, or the size of a number.
HOSTILE = [
    *("\0", "\n", "\r\n", "\ud800", "\udfff\ud800", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff"),
    *("\uffff", "\U0010ffff", "'", '"', "\\", "%", "xn--", "xn---", "xn--\udc80", "é" * 64, "-"),
    *(
        "\u200c",
        "\u0301",
        "a{" + "9" * 5000 + "}",
        "\\" + "9" * 5000,
        "[\\c-\\d]",
        "\\u{" + "0" * 99,
    ),
]
MEGABYTE = 1_000_000
REPEATED = [
    *("a", "1", ".", "a.", "-", ":", "::", "/", "@", "a@", "%41", "%", "~0", "(", "()", "(?:", "["),
    *(
        "[a]",
        "{",
        "{a}",
        "{a,",
        "\\",
        "\\d",
        "\\u0041",
        "a|",
        "a*",
        '"',
        '\\"',
        "\0",
        "\n",
        "\ud800",
    ),
    *("é", "\u0301", "א", "\U0001f600"),
]
OPENINGS = [
    *(
        "",
        "P",
        "PT",
        "09:30:00.",
        "2024-05-01T09:30:00.",
        "http://",
        "http://[",
        "http://[v1.",
        "{",
    ),
    *("/", "0/", "0+", "1", "a@", '"', "xn--", "[", "a{", "(?<", "\\k<", "\\p{", "\\u{"),
]

ORACLES = Path(
    os.environ.get("SEEDLINT_ORACLES")
    or Path(__file__).resolve().parents[3].parent / "shared" / "oracles"
)
SUITE = ORACLES / "json-schema" / "tests"
# (format, string) -> why we differ from the official suite there.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def each(table: dict[str, list[str]]) -> Iterator[object]:
    for name, texts in table.items():
        for text in texts:
            yield pytest.param(name, text, id=f"{name}-{ascii(text)[:60]}")


@pytest.mark.parametrize(("name", "text"), [*each(GOOD)])
def test_conforms(name: str, text: str) -> None:
    assert FORMATS[name](text)


@pytest.mark.parametrize(("name", "text"), [*each(BAD)])
def test_does_not_conform(name: str, text: str) -> None:
    assert not FORMATS[name](text)


def test_every_format_has_its_tables() -> None:
    assert set(GOOD) == set(BAD) == set(FORMATS)
    assert all(len(texts) >= 6 for table in (GOOD, BAD) for texts in table.values())


@pytest.mark.parametrize("name", [*FORMATS])
def test_the_example_in_the_description_conforms(name: str) -> None:
    (example,) = re.findall("`(.+)`", describe(name))
    assert FORMATS[name](example)


def test_an_unknown_format_has_no_description() -> None:
    with pytest.raises(KeyError):
        describe("colour")


@pytest.mark.parametrize(
    "name", sorted(FORMATS.keys() - {"json-pointer", "relative-json-pointer", "regex"})
)
def test_a_final_line_break_never_conforms(name: str) -> None:
    # Where it is data like any other, in a pointer or a regular expression, it may.
    assert not [text for text in GOOD[name] if FORMATS[name](text + "\n")]


@pytest.mark.parametrize("name", [*FORMATS])
def test_hostile_strings_are_answered(name: str) -> None:
    for text in HOSTILE:
        for hostile in (text, *(good + text for good in GOOD[name]), text + GOOD[name][-1]):
            assert FORMATS[name](hostile) in (True, False)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FORMATS])
def test_a_megabyte_is_answered_in_linear_time(name: str) -> None:
    texts = [unit * (MEGABYTE // len(unit)) for unit in REPEATED]
    texts += [opening + "1" * MEGABYTE for opening in OPENINGS]
    for text in texts:
        with cpu_limit():
            assert FORMATS[name](text) in (True, False)


def test_the_import_compiles_and_loads_nothing_heavy() -> None:
    # `ipaddress`, `datetime` and `unicodedata` are not needed by most runs.
    code = (
        "import sys, re; compiled = []; re.compile = lambda *a: compiled.append(a);"
        "before = set(sys.modules); import seedlint.text.formats;"
        "heavy = {'ipaddress', 'datetime', 'unicodedata', 'encodings.idna', 'idna'};"
        "print(compiled, sorted(heavy & (set(sys.modules) - before)))"
    )
    source = str(Path(__file__).resolve().parents[3] / "lint")
    environment = {**os.environ, "PYTHONPATH": source}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[] []"


def suite() -> Iterator[object]:
    for path in sorted(SUITE.glob("draft*/optional/format/*.json")):
        for group in json.loads(path.read_text("utf-8")):
            name = group["schema"].get("format")
            for case in group["tests"]:
                if name in FORMATS and isinstance(case["data"], str):
                    label = f"{path.parts[-4]}-{name}-{case['description']}"
                    yield pytest.param(name, case["data"], case["valid"], id=label)


@pytest.mark.skipif(not SUITE.is_dir(), reason=f"the JSON Schema test suite is not at {SUITE}")
@pytest.mark.parametrize(("name", "text", "valid"), [*suite()])
def test_agrees_with_the_official_suite(name: str, text: str, valid: bool) -> None:
    expected = valid if (name, text) not in EXCEPTIONS else not valid
    assert FORMATS[name](text) is expected
