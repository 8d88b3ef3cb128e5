"""URL: what is wrong with web addresses, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedlint.rules.base import Binding
from seedlint.rules.url.parts import WEB, Parts, split_url

URL_FORMATS = frozenset({"uri", "uri-reference", "iri", "iri-reference"})
"""Formats that bind the URL rules without being asked."""

_RELATIVE = frozenset({"uri-reference", "iri-reference"})
_NON_ASCII = frozenset({"iri", "iri-reference"})

# Nothing is wrong with these, and nearly all URLs are of this kind: they cost one match. Runs of
# harmless characters come first in every loop, which is several times as fast as a choice for each.
_HARMLESS = "[A-Za-z0-9._~!$'()*+,;=:@/?-]*"
_ORDINARY = re.compile(
    r"https://(?:(?!-)[a-z0-9-]{1,50}(?<!-)\.){1,4}[a-z]{2,24}"
    rf"(?:[/?]{_HARMLESS}(?:(?:%[0-9A-Fa-f]{{2}}|&(?!#|[A-Za-z][A-Za-z0-9]*;)){_HARMLESS})*)?"
    r"(?:#[A-Za-z0-9._~!$'()*+,=:@/?-]*)?"
)
_LONGEST_ORDINARY = 2000

_HOST_LIKE = re.compile(r"(?:[/\\]{2})?(?:[\w-]+\.)+[^\W\d_][\w-]+(?=[:/\\?#]|$)")
_FILE_NAME = re.compile(r"[^/]*\.(?:jpe?g|png|gif|webp|svg|pdf|html?|md|mp4)", re.IGNORECASE)
_NO_SCHEME = re.compile(r":?[/\\]{0,3}")
_HAS_DIRECTION = ("/", "\\", "?", "#", ".", ":")


@dataclass(frozen=True, slots=True)
class Url:
    """A URL as written, its parts, and what the contract asks of it.

    `plain` is the text without entities and invisible characters, of which `parts` are the parts.
    """

    text: str
    plain: str
    parts: Parts
    schemes: tuple[str, ...] | None
    format: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be seen."""
        return not self.plain

    @property
    def may_be_relative(self) -> bool:
        """Whether `/path` and `//host` will do."""
        return self.format in _RELATIVE

    @property
    def may_be_non_ascii(self) -> bool:
        """Whether letters of every script may stand in it as they are."""
        return self.format in _NON_ASCII

    @property
    def names_site(self) -> bool:
        """Whether text without a scheme begins with the name of a site: `www.example.com/x`."""
        return _HOST_LIKE.match(self.plain) is not None and not _FILE_NAME.fullmatch(self.plain)

    @property
    def is_address(self) -> bool:
        """Whether it is an address at all; of other text it is enough to say that it is none."""
        if self.is_blank:
            return False
        if self.parts.scheme is None:
            return self.may_be_relative or self.names_site or self.plain.startswith(_HAS_DIRECTION)
        return (
            self.schemes is None
            or self.parts.authority is not None
            or self.parts.scheme in self.schemes
        )

    @property
    def has_refused_scheme(self) -> bool:
        """Whether the scheme is not on the list; without a list, whether it is a misspelt one."""
        parts = self.parts
        if self.schemes is not None:
            return parts.scheme is not None and parts.scheme not in self.schemes
        return parts.guess != parts.scheme and parts.guess is not None

    @property
    def best_opening(self) -> str:
        """What the URL should begin with: `https://`, as a rule."""
        parts = self.parts
        meant = parts.meant
        if "https" in parts.second.lower():
            meant = "https"
        if meant not in ("http", "https") and (self.schemes is None or meant not in self.schemes):
            meant = "https"
        if self.schemes and meant not in self.schemes:
            meant = "https" if "https" in self.schemes else self.schemes[0]
        return f"{meant}://" if meant in WEB else f"{meant}:"

    @property
    def corrected(self) -> str | None:
        """The whole URL with everything right that can be computed; None if too little can."""
        parts = self.parts
        text = self.text
        if parts.guess is not None:
            if not parts.rest:
                return None
            if parts.slip or parts.second or self.has_refused_scheme:
                text = self.best_opening + parts.rest
        elif parts.scheme is None and not self.may_be_relative:
            if not self.names_site and not text.startswith("://"):
                return None
            text = self.best_opening + _NO_SCHEME.sub("", self.plain, count=1)
        from seedlint.rules.url.repair import repaired

        return repaired(text, self.may_be_non_ascii)


def _prepare_url(value: str, options: Mapping[str, Any]) -> Url | None:
    schemes = options.get("schemes")
    if (
        len(value) < _LONGEST_ORDINARY
        and (schemes is None or "https" in schemes)
        and _ORDINARY.fullmatch(value)
    ):
        return None
    # Not needed for most of the seeds there are.
    from seedlint.rules.url.characters import remove_meaningless
    from seedlint.rules.url.entities import decode_entities

    allowed = None if schemes is None else tuple(scheme.lower() for scheme in schemes)
    form = options.get("format", "uri")
    if value == "" and form in _RELATIVE:
        return None
    plain = remove_meaningless(decode_entities(value))
    return Url(value, plain, split_url(plain), allowed, form)


BINDING = Binding(
    name="url",
    applies_to=str,
    options={
        "type": "object",
        "properties": {
            "schemes": {
                "description": "The schemes that are allowed, best first; without it, any.",
                "type": "array",
                "items": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*$"},
                "minItems": 1,
            }
        },
        "additionalProperties": False,
    },
    prepare=_prepare_url,
    summary="A web address that a browser can open. Formats `uri` and `iri` bind it unasked.",
)


@dataclass(frozen=True, slots=True)
class AmpPair:
    """The URL of an AMP page and what is given as its URL in the AMP cache."""

    amp_key: str
    amp: str
    cache_key: str
    cache: str


# A page whose host can be told from its label in the cache and which is no image and no font.
_ORDINARY_PAGE = re.compile(
    r"https://(?P<host>(?!..--)(?=[a-z0-9.-]{1,50}/)(?:(?!-)[a-z0-9-]+(?<!-)\.)+[a-z]{2,24})"
    r"(?P<tail>/[A-Za-z0-9_/~-]*(?:\.html?)?(?:\?[A-Za-z0-9_=&-]*)?)"
)


def _usual_cache_address(page: re.Match[str]) -> str | None:
    """What `amp_cache_address` makes of such a page; None where that is not so simple."""
    label = page["host"].replace("-", "--").replace(".", "-")
    if label[2:4] == "--" or "xn--" in label or len(label) > 63:
        return None
    return f"https://{label}.cdn.ampproject.org/c/s/{page['host']}{page['tail']}"


def _prepare_pair(value: Mapping[str, Any], options: Mapping[str, Any]) -> AmpPair | None:
    amp, cache = value.get(options["amp"]), value.get(options["cache"])
    if not isinstance(amp, str) or not isinstance(cache, str):
        return None
    if (page := _ORDINARY_PAGE.fullmatch(amp)) and cache == _usual_cache_address(page):
        return None
    return AmpPair(options["amp"], amp, options["cache"], cache)


AMP_CACHE = Binding(
    name="amp-cache",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "amp": {"description": "The key of the AMP page's URL.", "type": "string"},
            "cache": {"description": "The key of its URL in the AMP cache.", "type": "string"},
        },
        "required": ["amp", "cache"],
        "additionalProperties": False,
    },
    prepare=_prepare_pair,
    summary="Two keys: the URL of an AMP page and its URL in the Google AMP cache.",
)
