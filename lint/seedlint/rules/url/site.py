"""Which site a host is part of: what the rule on a domain and its links is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from seedlint.named_tuple import NamedTuple
from seedlint.rules.url.parts import WEB, split_url
from seedlint.text.host_names import browser_host, is_ipv4

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from publicsuffixlist import PublicSuffixList

_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
# Other hosts that a link can lead to: `localhost`, and an IPv6 address.
_OTHER_HOST = re.compile(r"[a-z0-9_-]+|\[[0-9a-f:.]+\]")
# Publishers are few, and each has many seeds.
_CACHE_SIZE = 1024


class LinkOnSite(NamedTuple):
    """A link of the seed, its host as browsers look it up, and the key that holds it."""

    key: str
    host: str


class DomainAndLinks(NamedTuple):
    """A domain, the keys that lead to it, and links that are not on a platform.

    `name` is the domain as browsers look it up, `domain` as it is written.
    """

    way: tuple[str, ...]
    domain: str
    name: str
    links: tuple[LinkOnSite, ...]


def read_domain_and_links(
    value: Mapping[str, Any], way: tuple[str, ...], keys: Sequence[str], platforms: Sequence[str]
) -> DomainAndLinks | None:
    """What there is to compare in a mapping; None if the domain is missing or not a domain."""
    domain: Any = value
    for step in way:
        domain = domain.get(step) if isinstance(domain, dict) else None
    name = _name_of(domain) if isinstance(domain, str) else None
    if name is None:
        return None
    return DomainAndLinks(way, domain, name, tuple(_links(value, keys, platforms)))


def _links(
    value: Mapping[str, Any], keys: Sequence[str], platforms: Sequence[str]
) -> Iterator[LinkOnSite]:
    for key in keys:
        link = value.get(key)
        if not isinstance(link, str):
            continue
        parts = split_url(link.strip())
        if parts.scheme not in WEB or not parts.has_web_host:
            continue
        host = _name_of(parts.host) or _other_host(parts.host)
        if host is not None and not any(_is_in(host, platform) for platform in platforms):
            yield LinkOnSite(key, host)


def _name_of(host: str) -> str | None:
    """A host as browsers look it up, without a dot at the end; None if it is not a name."""
    name = browser_host(host.strip())
    name = name.removesuffix(".") if name else None
    return name if name and is_name(name) else None


def _other_host(host: str) -> str | None:
    lowered = host.lower()
    return lowered if _OTHER_HOST.fullmatch(lowered) else None


def is_name(host: str) -> bool:
    """Whether a host can be the domain of a publisher."""
    return _NAME.fullmatch(host) is not None


def _is_in(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def are_same_site(one: str, other: str) -> bool:
    """Whether two hosts are the same, or one is below the other, or both below one domain."""
    if _is_in(one, other) or _is_in(other, one):
        return True
    domain = registrable_domain(one)
    return domain is not None and domain == registrable_domain(other)


@lru_cache(_CACHE_SIZE)
def registrable_domain(host: str) -> str | None:
    """The part of a host that somebody has registered: `example.co.uk` of `www.example.co.uk`.

    By the Public Suffix List, whose private part counts: `a.blogspot.com` and `b.blogspot.com` are
    two sites. None for an IP address, and for a public suffix itself.
    """
    return None if is_ipv4(host) or not is_name(host) else _suffixes().privatesuffix(host)


@lru_cache(1)
def _suffixes() -> PublicSuffixList:
    # Reading the list takes 30 ms, and nearly all links are on the domain itself or below it.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
