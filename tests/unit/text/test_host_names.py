"""Host names beyond ASCII. What browsers make of them was computed with `whatwg-url` 16 (npm)."""

from __future__ import annotations

import subprocess
import sys

import idna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedlint.cache.folder import code_fingerprint
from seedlint.text.formats import FORMATS
from seedlint.text.host_names import browser_host, decode_label, encode_label, is_idn_hostname

NAMED = [
    ("faß.example", "xn--fa-hia.example"),
    ("straße.de", "xn--strae-oqa.de"),
    ("Bücher.example", "xn--bcher-kva.example"),
    ("\uff57\uff57\uff57\uff0eexample\uff0ecom", "www.example.com"),
    ("\u4f8b\u3048\u3002\u30c6\u30b9\u30c8", "xn--r8jz45g.xn--zckzah"),
    ("a\uff61b.example", "a.b.example"),
    ("\u2615.example", "xn--53h.example"),
    ("\U0001f600.example", "xn--e28h.example"),
    ("e\u0301.example", "xn--9ca.example"),
    ("ex\u00adample.com", "example.com"),
    ("ex\u200bample.com", "example.com"),
    ("\u0391σ.example", "xn--mxa0b.example"),
    ("βόλος.com", "xn--nxasmm1c.com"),
    ("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com", "xn--mgba3gch31f060k.com"),
    ("\u0915\u094d\u200d\u0937.example", "xn--11b2ezcw70k.example"),
    ("\u05d01.example", "xn--1-zhc.example"),
    ("xn--fa-hia.example", "xn--fa-hia.example"),
    ("XN--FA-HIA.Example", "xn--fa-hia.example"),
    ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("a_b.ß.example", "a_b.xn--zca.example"),
    ("a--b.ü.example", "a--b.xn--tda.example"),
    ("\u212belvin.example", "xn--elvin-lra.example"),
    ("\ufb01n.example", "fin.example"),
    ("ü.example.", "xn--tda.example."),
    ("ü\u2260.example", "xn--tda012o.example"),
]
REFUSED = [
    "",
    "a\u2024b.example",
    "a\uff20b.example",
    "a\uff0fb.example",
    "a\uff1fb.example",
    "a\uff03b.example",
    "a\uff1ab.example",
    "a\uff05b.example",
    "a\uff3cb.example",
    "a\u2100b.example",
    "a\u200db.example",
    "a\u200cb.example",
    "\u0301a.example",
    "a\u202eb.example",
    "\u05d0a.example",
    "a.\u05d01b",
    "xn--zzzz99.com",
    "xn--a.example",
    "xn--a-ecp.ru",
    "xn--.example",
    "xn--a-.example",
    "xn--ß.example",
    "xn--xn--a-ecp.example",
    "\ufffd.example",
    "\u00ad",
    "a\uff1cb.example",
    "xn--ASCII-.example",
    "ü b.example",
    "\ud800.example",
    "a b.example",
    "a%41.example",
    "é" * 254,
    "a" * 254,
]
ROUGH = st.text(
    st.one_of(st.characters(), st.sampled_from("ßς\u200c\u200d．。＠／אب१xn--a1.\u0301")),
    max_size=12,
)


@pytest.mark.parametrize(("host", "name"), NAMED)
def test_browsers_open(host: str, name: str) -> None:
    assert browser_host(host) == name


@pytest.mark.parametrize("host", REFUSED, ids=ascii)
def test_browsers_refuse(host: str) -> None:
    assert browser_host(host) is None


@settings(derandomize=True, deadline=None, max_examples=1000, database=None)
@given(ROUGH)
def test_a_name_in_ascii_is_its_own_name(host: str) -> None:
    name = browser_host(host)
    if name is not None:
        assert name.isascii()
        assert browser_host(name) == name
        assert not set("/?#@:%\\") & set(name)


@settings(derandomize=True, deadline=None, max_examples=1000, database=None)
@given(ROUGH)
def test_what_idna_2008_allows_browsers_open_unchanged(host: str) -> None:
    if is_idn_hostname(host):
        name = browser_host(host)
        assert name is not None
        assert FORMATS["hostname"](name)


@pytest.mark.parametrize("label", ["bücher", "點看", "\ud800", "abc", ""])
def test_labels_there_and_back(label: str) -> None:
    assert decode_label(encode_label(label)) == label


def test_the_library_is_loaded_for_names_beyond_ascii_only() -> None:
    program = (
        "import sys; from seedlint.text.formats import FORMATS;"
        "from seedlint.text.host_names import browser_host;"
        "assert FORMATS['hostname']('www.example.com') and browser_host('www.example.com');"
        "assert 'idna' not in sys.modules;"
        "assert browser_host('bücher.example') and 'idna' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_another_release_of_the_library_is_another_program() -> None:
    assert idna.__file__ in {path for path, _, _ in code_fingerprint()}
