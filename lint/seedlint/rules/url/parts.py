"""A URL taken apart the way a person reads it.

The parser never fails. It looks through slips (a missing colon, backslashes, a scheme written
twice), so that each rule can speak of its own defect and be silent about its neighbour's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from seedlint.named_tuple import NamedTuple
from seedlint.text.nearest import nearest

WEB = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
"""Schemes whose URLs have a host on the Internet."""

_PREFIX = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)([ \t]*)([:;.,]?)([ \t]*)([/\\]*)")
_REPEATED_PREFIX = re.compile(r"(?:https?(?::[/\\]+|[/\\]{2,}))+", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/\\?#]")
_PORT_FOLLOWS = re.compile(r":[0-9]+(?:[/?#]|$)")
_IPV6_LIKE = re.compile(r"[0-9A-Fa-f:.]*")
_NOT_A_TYPO = frozenset({"shttp"})
# Rules and proposals take the same few texts apart again and again.
_CACHE_SIZE = 16


class Parts(NamedTuple):
    """What a URL consists of.

    `prefix` is everything before the host as written, `rest` what follows it, and `tail` what
    follows the authority; `likely_scheme` is the web scheme that was probably meant; `is_mistyped`
    says that the prefix is garbled (`https:/`, `htps//`); `repeated_prefix` is the second one in
    `http://https://…`.
    """

    prefix: str
    rest: str
    scheme: str | None = None
    likely_scheme: str | None = None
    is_mistyped: bool = False
    repeated_prefix: str = ""
    authority: str | None = None
    userinfo: str | None = None
    host: str = ""
    port: str | None = None
    tail: str = ""

    @property
    def intended_scheme(self) -> str | None:
        """The scheme, or the one that was meant."""
        return self.likely_scheme or self.scheme

    @property
    def has_web_host(self) -> bool:
        """Whether host and port can be told from the rest and are those of a web site."""
        return (
            self.authority is not None
            and not self.repeated_prefix
            and (self.intended_scheme is None or self.intended_scheme in WEB)
        )


@lru_cache(_CACHE_SIZE)
def split_url(text: str) -> Parts:
    """Take `text` apart; blanks and invisible characters are to be removed before."""
    prefix = _PREFIX.match(text)
    if prefix is not None:
        parts = _after_scheme(text, prefix)
        if parts is not None:
            return parts
    if text[:2].replace("\\", "/") == "//":
        return _after_slashes(text, 2)
    return Parts("", text, tail=text)


def _after_scheme(text: str, prefix: re.Match[str]) -> Parts | None:
    written, gap, mark, space, slashes = prefix.groups()
    name = written.lower().rstrip(".")
    likely_scheme = _likely_scheme(name)
    if mark == ":" and not gap:
        if likely_scheme and (space or len(slashes) < 2):
            return _after_typo(text, prefix, likely_scheme)
        if not likely_scheme and (space or _is_no_scheme(text, written, slashes)):
            return None
        at = len(written) + 1
        if len(slashes) >= 2:
            return _after_slashes(text, at + 2, name, likely_scheme)
        return Parts(text[:at], text[at:], name, likely_scheme, tail=text[at:])
    if likely_scheme and (len(slashes) >= 2 or (slashes and mark)):
        return _after_typo(text, prefix, likely_scheme)
    return None


def _is_no_scheme(text: str, name: str, slashes: str) -> bool:
    """`C:\\pictures` and `example.com:8080` only look as if they had a scheme."""
    if len(name) == 1:
        return bool(slashes)
    is_host = "." in name or name.lower() == "localhost"
    return is_host and _PORT_FOLLOWS.match(text, len(name)) is not None


@lru_cache(_CACHE_SIZE)
def _likely_scheme(name: str) -> str | None:
    if name in ("http", "https"):
        return name
    if not 2 < len(name) < 9 or name in _NOT_A_TYPO:
        return None
    return nearest(name, ("https", "http"), cutoff=0.75)


def _after_typo(text: str, prefix: re.Match[str], likely_scheme: str) -> Parts:
    return _after_slashes(text, prefix.end(), likely_scheme, likely_scheme, is_mistyped=True)


def _after_slashes(
    text: str,
    at: int,
    scheme: str | None = None,
    likely_scheme: str | None = None,
    is_mistyped: bool = False,
) -> Parts:
    repeated_prefix = _REPEATED_PREFIX.match(text, at) if likely_scheme else None
    start = repeated_prefix.end() if repeated_prefix else at
    end = _AUTHORITY_END.search(text, start)
    stop = end.start() if end else len(text)
    authority = text[start:stop]
    userinfo, at_sign, place = authority.rpartition("@")
    host, port = _split_port(place)
    return Parts(
        prefix=text[:at],
        rest=text[start:],
        scheme=scheme,
        likely_scheme=likely_scheme,
        is_mistyped=is_mistyped,
        repeated_prefix=repeated_prefix[0] if repeated_prefix else "",
        authority=authority,
        userinfo=userinfo if at_sign else None,
        host=host,
        port=port,
        tail=text[stop:],
    )


def _split_port(place: str) -> tuple[str, str | None]:
    if place.startswith("["):
        inside, bracket, after = place.partition("]")
        if after.startswith(":"):
            return inside + bracket, after[1:]
        return place, None
    host, colon, port = place.partition(":")
    # An IPv6 address without its brackets: the host is at fault, not the port.
    if ":" in port and _IPV6_LIKE.fullmatch(place):
        return place, None
    return host, port if colon else None
