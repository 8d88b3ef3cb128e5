"""A URL taken apart the way a person reads it.

The parser never fails. It looks through slips (a missing colon, backslashes, a scheme written
twice), so that each rule can speak of its own defect and be silent about its neighbour's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WEB = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
"""Schemes whose URLs have a host on the Internet."""

_OPENING = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)([ \t]*)([:;.,]?)([ \t]*)([/\\]*)")
_SECOND = re.compile(r"(?:https?(?::[/\\]+|[/\\]{2,}))+", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/\\?#]")
_PORT_FOLLOWS = re.compile(r":[0-9]+(?:[/?#]|$)")
_IPV6_LIKE = re.compile(r"[0-9A-Fa-f:.]*")
_NOT_A_SLIP = frozenset({"shttp"})


class Parts(NamedTuple):
    """What a URL consists of.

    `opening` is everything before the host as written and `rest` what follows it; `guess` the web
    scheme that was probably meant; `slip` whether the opening is garbled (`https:/`, `htps//`);
    `second` a second opening (`https://` in `http://https://…`).
    """

    opening: str
    rest: str
    scheme: str | None = None
    guess: str | None = None
    slip: bool = False
    second: str = ""
    authority: str | None = None
    userinfo: str | None = None
    host: str = ""
    port: str | None = None
    tail: str = ""

    @property
    def meant(self) -> str | None:
        """The scheme, or the one that was meant."""
        return self.guess or self.scheme

    @property
    def has_web_host(self) -> bool:
        """Whether host and port can be told from the rest and are those of a web site."""
        return (
            self.authority is not None
            and not self.second
            and (self.meant is None or self.meant in WEB)
        )


def split_url(text: str) -> Parts:
    """Take `text` apart; blanks and invisible characters are to be removed before."""
    opening = _OPENING.match(text)
    if opening is not None:
        parts = _after_scheme(text, opening)
        if parts is not None:
            return parts
    if text[:2].replace("\\", "/") == "//":
        return _after_slashes(text, 2)
    return Parts("", text, tail=text)


def _after_scheme(text: str, opening: re.Match[str]) -> Parts | None:
    written, gap, mark, space, slashes = opening.groups()
    name = written.lower().rstrip(".")
    guess = _guess(name)
    if mark == ":" and not gap:
        if guess and (space or len(slashes) < 2):
            return _after_slip(text, opening, guess)
        if not guess and (space or _is_no_scheme(text, written, slashes)):
            return None
        at = len(written) + 1
        if len(slashes) >= 2:
            return _after_slashes(text, at + 2, name, guess)
        return Parts(text[:at], text[at:], name, guess, tail=text[at:])
    if guess and (len(slashes) >= 2 or (slashes and mark)):
        return _after_slip(text, opening, guess)
    return None


def _is_no_scheme(text: str, name: str, slashes: str) -> bool:
    """`C:\\pictures` and `example.com:8080` only look as if they had a scheme."""
    if len(name) == 1:
        return bool(slashes)
    is_host = "." in name or name.lower() == "localhost"
    return is_host and _PORT_FOLLOWS.match(text, len(name)) is not None


def _guess(name: str) -> str | None:
    if name in ("http", "https"):
        return name
    if not 2 < len(name) < 9 or name in _NOT_A_SLIP:
        return None
    from difflib import get_close_matches

    close = get_close_matches(name, ("https", "http"), n=1, cutoff=0.75)
    return close[0] if close else None


def _after_slip(text: str, opening: re.Match[str], guess: str) -> Parts:
    return _after_slashes(text, opening.end(), guess, guess, slip=True)


def _after_slashes(
    text: str, at: int, scheme: str | None = None, guess: str | None = None, slip: bool = False
) -> Parts:
    second = _SECOND.match(text, at) if guess else None
    start = second.end() if second else at
    end = _AUTHORITY_END.search(text, start)
    stop = end.start() if end else len(text)
    authority = text[start:stop]
    userinfo, at_sign, place = authority.rpartition("@")
    host, port = _split_port(place)
    return Parts(
        opening=text[:at],
        rest=text[start:],
        scheme=scheme,
        guess=guess,
        slip=slip,
        second=second[0] if second else "",
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
