"""`required-version`, held against the library that defines the specifiers."""

from __future__ import annotations

from itertools import product

import pytest
from packaging.specifiers import SpecifierSet

from seedlint.versions import is_version_in

VERSIONS = ["0.1", "0.1.0", "0.9.12", "1", "1.0.0", "1.4", "1.4.2", "1.5", "2.0", "10.0.1"]
SPECIFIERS = [
    *(
        f"{operator}{version}"
        for operator, version in product(("==", "!=", "<=", ">=", "<", ">"), VERSIONS)
    ),
    *(f"~={version}" for version in VERSIONS if "." in version),
    *(f"{operator}{version}.*" for operator, version in product(("==", "!="), VERSIONS)),
    ">=0.1, <1",
    ">= 1.4 , != 1.4.2",
    "<1,>2",
]


@pytest.mark.parametrize("specifier", SPECIFIERS)
def test_it_agrees_with_packaging(specifier: str) -> None:
    for version in VERSIONS:
        expected = SpecifierSet(specifier).contains(version)
        assert is_version_in(specifier, version) is expected, version


@pytest.mark.parametrize("text", ["", "1.0", ">=", "^1", ">=1.*", "~=1", "==1.0rc1", ">=1," * 99])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="`"):
        is_version_in(text)
