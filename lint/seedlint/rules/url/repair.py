"""The URL that was meant, as far as that can be computed."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode

from seedlint.rules.url.characters import forbidden, remove_meaningless
from seedlint.rules.url.encodings import undo_mojibake
from seedlint.rules.url.entities import decode_entities
from seedlint.rules.url.parts import split_url

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_QUERY_OR_FRAGMENT = re.compile(r"[?#]")
_LONGEST_HOST = 253
# Nobody reads a longer proposal, and this is the only slow step.
_LONGEST_URL = 4000


def repaired(text: str, non_ascii: bool = False) -> str | None:
    """`text` with every character written as a URL has it; None when that cannot be done.

    Only the writing is repaired (entities, garbled UTF-8, blanks, what must be percent-encoded),
    not scheme, host or port.
    """
    if len(text) > _LONGEST_URL:
        return None
    url = remove_meaningless(undo_mojibake(decode_entities(text)))
    before = _QUERY_OR_FRAGMENT.search(url)
    cut = before.start() if before else len(url)
    url = url[:cut].replace("\\", "/") + url[cut:]
    authority = split_url(url).authority or ""
    if forbidden(authority, non_ascii=True).search(authority):
        return None  # A host has no encoding for a blank.
    if not non_ascii and not authority.isascii():
        in_ascii = _host_in_ascii(authority)
        if in_ascii is None:
            return None
        url = url.replace(authority, in_ascii, 1)
    url = _LONE_PERCENT.sub("%25", url)
    try:
        return forbidden(url, non_ascii).sub(lambda match: percent_encode(match[0]), url)
    except UnicodeEncodeError:
        return None  # A lone surrogate has no bytes.


def _host_in_ascii(authority: str) -> str | None:
    userinfo, at, place = authority.rpartition("@")
    host, colon, port = place.partition(":")
    if len(host) > _LONGEST_HOST:
        return None
    try:
        return userinfo + at + host.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return None
