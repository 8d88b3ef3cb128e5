"""URL: what is wrong with web addresses, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from seedlint.rules.binding import KEYS, Binding, Lookup, look_up_listed
from seedlint.text.host_names import LONGEST_LABEL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.url.site import DomainAndLinks
    from seedlint.rules.url.subject import AmpPair, Url

URL_FORMATS = frozenset({"uri", "uri-reference", "iri", "iri-reference"})
"""Formats that bind the URL rules without being asked."""

RELATIVE = frozenset({"uri-reference", "iri-reference"})
NON_ASCII = frozenset({"iri", "iri-reference"})

# Nothing is wrong with these, and nearly all URLs are of this kind: they cost one match. Runs of
# harmless characters come first in every loop, which is several times as fast as a choice for each.
# A colon costs more, because another address may begin there, right behind a letter or a digit.
_HARMLESS = "[A-Za-z0-9._~!$'()*+,;=@/?-]*"
_LABEL = r"(?!xn--)[a-z0-9][a-z0-9-]{0,49}(?<!-)\."
_COLON = ":(?!(?:(?<=[A-Za-z0-9]https:)|(?<=[A-Za-z0-9]http:))//)"
_QUICK_URL = re.compile(
    rf"https://{_LABEL}(?:{_LABEL})?(?:{_LABEL})?[a-z]{{2,24}}"
    rf"(?:[/?]{_HARMLESS}"
    rf"(?:(?:%[0-9A-Fa-f]{{2}}|&(?!#|[A-Za-z][A-Za-z0-9]*;)|{_COLON}){_HARMLESS})*)?"
    rf"(?:#[A-Za-z0-9._~!$'()*+,=@/?-]*(?:{_COLON}[A-Za-z0-9._~!$'()*+,=@/?-]*)*)?"
)


def _quick_accept_url(options: Mapping[str, Any]) -> Callable[[str], object]:
    if "https" not in options.get("schemes", ("https",)):
        return lambda value: False
    return _QUICK_URL.fullmatch


def _parse_url(value: str, options: Mapping[str, Any]) -> Url | None:
    schemes = options.get("schemes")
    # Most seeds do not need it.
    from seedlint.rules.url.subject import read_url

    allowed = None if schemes is None else tuple(scheme.lower() for scheme in schemes)
    form = options.get("format", "uri")
    if value == "" and form in RELATIVE:
        return None
    return read_url(value, allowed, form)


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
    parse=_parse_url,
    quick_accept=_quick_accept_url,
    summary="A web address that a browser can open. Formats `uri` and `iri` bind it unasked.",
)


def options_beside_format(
    name: str, options: Mapping[str, Any], schema: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The options of the binding `name` in a schema; `url` learns of the format that is there."""
    if name == BINDING.name and schema.get("format") in URL_FORMATS:
        return {**options, "format": schema["format"]}
    return options


# A page, not an image or a font, on a host that can be told from its label in the cache.
_QUICK_PAGE = (
    rf"https://({_LABEL}(?:{_LABEL})?(?:{_LABEL})?[a-z]{{2,24}})"
    r"(/(?:[A-Za-z0-9_/~.-]*/)?[A-Za-z0-9_~-]*(?:(?:\.amp)?\.html?)?(?:\?[A-Za-z0-9_=&-]*)?)"
)


@cache
def _quick_page() -> re.Pattern[str]:
    """Compiled for the first page: many seeds are about images and links alone."""
    return re.compile(_QUICK_PAGE)


def _usual_cache_address(page: str) -> str | None:
    """What `amp_cache_address` makes of such a page; None where that is not so simple."""
    match = _quick_page().fullmatch(page)
    if match is None:
        return None
    host, tail = match.groups()
    label = host.replace("-", "--").replace(".", "-")
    if label[2:4] == "--" or "xn--" in label or len(label) > LONGEST_LABEL:
        return None
    return f"https://{label}.cdn.ampproject.org/c/s/{host}{tail}"


def _quick_accept_pair(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    amp_key, cache_key = options["amp"], options["cache"]

    def accepts(value: Mapping[str, Any]) -> bool:
        if cache_key not in value or amp_key not in value:
            return True
        amp, cache = value[amp_key], value[cache_key]
        if amp.__class__ is not str or cache.__class__ is not str:
            return True
        return cache == _usual_cache_address(amp)

    return accepts


def _parse_pair(value: Mapping[str, Any], options: Mapping[str, Any]) -> AmpPair | None:
    amp, cache = value.get(options["amp"]), value.get(options["cache"])
    if not isinstance(amp, str) or not isinstance(cache, str):
        return None
    from seedlint.rules.url.subject import AmpPair

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
    parse=_parse_pair,
    quick_accept=_quick_accept_pair,
    summary="Two keys: the URL of an AMP page and its URL in the Google AMP cache.",
    look_up=lambda options: [Lookup((name,), ((options[name],),)) for name in ("amp", "cache")],
)


_QUICK_HOST = r"https?://([a-z0-9.-]+)(?![^/?#])"


def _quick_accept_site(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    """Whether each link is on the domain or below it, or on a platform."""
    match_host = re.compile(_QUICK_HOST).match
    way, links = options["domain"], options["links"]
    platforms = tuple(options.get("platforms", ()))

    def accepts(value: Mapping[str, Any]) -> bool:
        domain: Any = value
        for step in way:
            if domain.__class__ is not dict or step not in domain:
                return True
            domain = domain[step]
        if domain.__class__ is not str:
            return True
        for key in links:
            if key not in value or value[key].__class__ is not str:
                continue
            match = match_host(value[key])
            if match is None:
                return False
            host = match[1]
            if not any(host == each or host.endswith("." + each) for each in (domain, *platforms)):
                return False
        return True

    return accepts


def _parse_site(value: Mapping[str, Any], options: Mapping[str, Any]) -> DomainAndLinks | None:
    # Most seeds do not need it.
    from seedlint.rules.url.site import read_domain_and_links

    way, platforms = tuple(options["domain"]), tuple(options.get("platforms", ()))
    return read_domain_and_links(value, way, options["links"], platforms)


def _look_up_site(options: Mapping[str, Any]) -> Iterator[Lookup]:
    yield Lookup(("domain",), (tuple(options["domain"]),))
    yield from look_up_listed(options, ["links"])


SAME_SITE = Binding(
    name="same-site",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "domain": {
                "description": "The way to the domain, as keys from the outside in.",
                **KEYS,
                "minItems": 1,
            },
            "links": {
                "description": "The keys of the links that are on its site.",
                **KEYS,
                "minItems": 1,
            },
            "platforms": {
                "description": "Domains on which everybody publishes: links there are left alone.",
                "type": "array",
                "items": {
                    "type": "string",
                    "pattern": r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
                    "$comment": "is not a domain in small letters, such as `youtube.com`",
                },
            },
        },
        "required": ["domain", "links"],
        "additionalProperties": False,
    },
    parse=_parse_site,
    quick_accept=_quick_accept_site,
    summary="A domain, such as that of a publisher, and the links that are on its site.",
    look_up=_look_up_site,
)
