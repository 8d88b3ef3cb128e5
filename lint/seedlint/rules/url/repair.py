"""The URL that was meant, as far as that can be computed."""

from __future__ import annotations

import re

from seedlint.rules.url.characters import encode, forbidden, strip_invisible
from seedlint.rules.url.encodings import undo_mojibake
from seedlint.rules.url.entities import decode_entities
from seedlint.rules.url.parts import split_url
from seedlint.text.formats import LONE_PERCENT
from seedlint.text.host_names import browser_host

_LONE_PERCENT = re.compile(LONE_PERCENT)
_QUERY_OR_FRAGMENT = re.compile(r"[?#]")
# Nobody reads a longer proposal, and this is the only slow step.
_LONGEST_URL = 4000


def normalized(text: str, non_ascii: bool = False) -> str | None:
    """`text` with every character written as a URL has it; None when that cannot be done.

    Only the writing is repaired (entities, garbled UTF-8, blanks, what must be percent-encoded),
    not scheme, host or port.
    """
    if len(text) > _LONGEST_URL:
        return None
    decoded = decode_entities(text)
    url = strip_invisible(undo_mojibake(decoded))
    # Garbled letters in a host are letters, too: which site was meant nobody can tell.
    if split_url(url).host != split_url(strip_invisible(decoded)).host:
        return None
    before = _QUERY_OR_FRAGMENT.search(url)
    cut = before.start() if before else len(url)
    url = url[:cut].replace("\\", "/") + url[cut:]
    parts = split_url(url)
    authority = parts.authority or ""
    if forbidden(authority, non_ascii=True).search(authority):
        return None  # A host has no encoding for a blank.
    if not non_ascii and not parts.host.isascii():
        name = browser_host(parts.host)
        if name is None:
            return None
        start = len(url) - len(parts.tail) - len(authority) + authority.rfind("@") + 1
        url = url[:start] + name + url[start + len(parts.host) :]
    url = _LONE_PERCENT.sub("%25", url)
    try:
        return forbidden(url, non_ascii).sub(lambda match: encode(match[0]), url)
    except UnicodeEncodeError:
        return None  # A lone surrogate has no bytes.


def corrected(text: str, non_ascii: bool) -> str | None:
    """`normalized`, with delimiters in the wrong place percent-encoded as well.

    These are brackets after the host and every `#` after the first.
    """
    url = normalized(text, non_ascii)
    if url is None:
        return None
    tail = split_url(url).tail
    before, hash_sign, fragment = tail.partition("#")
    encoded = before + hash_sign + fragment.replace("#", "%23")
    encoded = encoded.replace("[", "%5B").replace("]", "%5D")
    return url[: len(url) - len(tail)] + encoded
