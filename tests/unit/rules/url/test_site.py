"""Which hosts are one site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from checking import lines_and_codes
from seedlint.cache.folder import code_fingerprint
from seedlint.errors import SchemaError
from seedlint.rules.url.site import are_same_site, registrable_domain

CONTRACT = {
    "x-seedlint": {
        "same-site": {
            "domain": ["provider", "domain"],
            "links": ["webUrl", "originalUrl"],
            "platforms": ["video.example"],
        }
    }
}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("example.com", "example.com", True),
        ("www.example.com", "example.com", True),
        ("news.example.com", "www.example.com", True),
        ("a.example.co.uk", "b.example.co.uk", True),
        ("example.com", "example.org", False),
        ("a.co.uk", "b.co.uk", False),
        ("one.blogspot.com", "two.blogspot.com", False),
        ("badexample.com", "example.com", False),
        ("10.0.0.1", "9.0.0.1", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    assert are_same_site(one, other) is same
    assert are_same_site(other, one) is same


def test_an_address_has_no_domain() -> None:
    assert registrable_domain("10.0.0.1") is None


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("webUrl: https://www.example.com/a\nprovider: {domain: example.com}", []),
        ("webUrl: https://www.example.com/a\nprovider: {domain: EXAMPLE.com.}", []),
        ("webUrl: https://www.example.com./a\nprovider: {domain: example.com}", []),
        ("webUrl: https://bücher.example/a\nprovider: {domain: xn--bcher-kva.example}", []),
        ("webUrl: https://video.example/a\nprovider: {domain: example.com}", []),
        ("webUrl: https://www.video.example/a\nprovider: {domain: example.com}", []),
        ("webUrl: https://myvideo.example/a\nprovider: {domain: example.com}", ["3 URL015"]),
        ("webUrl: https://example.org/a\nprovider: {domain: example.com}", ["3 URL015"]),
        ("webUrl: https://example.com@example.org/\nprovider: {domain: example.com}", ["3 URL015"]),
        ("webUrl: https://example.com.example.org\nprovider: {domain: example.com}", ["3 URL015"]),
        ("webUrl: https://10.0.0.1/\nprovider: {domain: example.com}", ["3 URL015"]),
        # The first link that is elsewhere; both in one finding.
        (
            "webUrl: https://a.example\noriginalUrl: https://b.example\nprovider: {domain: c.test}",
            ["4 URL015"],
        ),
        # Nothing to compare, or a matter of other rules.
        ("webUrl: https://example.org/a\nprovider: {name: x}", []),
        ("webUrl: https://example.org/a\nprovider: {domain: The Example}", []),
        ("webUrl: https://example.org/a\nprovider: {domain: https://example.com}", []),
        ("webUrl: mailto:a@example.org\nprovider: {domain: example.com}", []),
        ("webUrl: /a\nprovider: {domain: example.com}", []),
        ('webUrl: ""\nprovider: {domain: example.com}', []),
        ("webUrl: 7\nprovider: {domain: 7}", []),
        ("webUrl: https://example.org\nprovider: [example.com]", []),
    ],
)
def test_seeds(tmp_path: Path, yaml: str, found: list[str]) -> None:
    assert lines_and_codes(tmp_path, CONTRACT, yaml) == found


def test_the_list_is_read_only_if_it_is_needed() -> None:
    program = (
        "import sys; from seedlint.rules.url.site import are_same_site;"
        "assert are_same_site('www.example.com', 'example.com');"
        "assert 'publicsuffixlist' not in sys.modules;"
        "assert not are_same_site('example.org', 'example.com');"
        "assert 'publicsuffixlist' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_another_list_makes_cached_results_old() -> None:
    import publicsuffixlist

    assert publicsuffixlist.__file__ in {path for path, _, _ in code_fingerprint()}


@pytest.mark.parametrize(
    "options",
    [
        {"links": ["webUrl"]},
        {"domain": [], "links": ["webUrl"]},
        {"domain": ["a"], "links": ["b"], "platforms": ["https://video.example"]},
    ],
)
def test_options_that_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(SchemaError):
        lines_and_codes(tmp_path, {"x-seedlint": {"same-site": options}}, "a: b")
