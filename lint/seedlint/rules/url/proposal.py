"""Help that says what to write instead of a URL: a promise, and checked like one."""

from __future__ import annotations

import re
from functools import lru_cache

from seedlint.document.pointer import Pointer
from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules import rules_bound_to
from seedlint.rules.base import quote
from seedlint.rules.url import BINDING
from seedlint.rules.url.encodings import undo_mojibake
from seedlint.rules.url.hosts import opened_site
from seedlint.rules.url.parts import split_url
from seedlint.rules.url.subject import Url, read_url
from seedlint.severity import Severity
from seedlint.text.nearest import is_certain_slip

_LONGEST = 1000
_OTHER_CODE = re.compile(r"%(?![0-9A-Fa-f]{2})(?:[0-9A-Za-z]|\Z)")
_OPENING = frozenset("<([\"'\u2018\u201a\u201c\u201e\u00ab")
_CLOSING = frozenset(">)]\"'\u2018\u2019\u201c\u201d\u00bb")
# Words behind an address, which may be a note: a name of a file, a path or a query has other marks.
_WORDS_BEHIND = re.compile(r"\s[^/.=?&#%]*\Z")
# Marks that no address ends with.
_STRAY = frozenset('<>"`\u2018\u2019\u201c\u201d\u00ab\u00bb')
_SCHEMES = re.compile(r"[a-z][a-z0-9+.-]*")
# Several rules propose the same for one URL.
_CACHE_SIZE = 64


def propose(
    url: Url,
    corrected: str | None,
    otherwise: str,
    *,
    pointer: Pointer = (),
    is_safe: bool = True,
) -> tuple[str, ProposedFix | None]:
    """Help that gives the corrected URL whole, and the fix that writes it at `pointer`.

    With the proposal in its place no rule on URLs has anything to say but what it already warns of,
    and a browser that opens the URL as it is opens the same site. Where there is none to be given,
    the help is `otherwise`, and there is no fix. With `is_safe` the fix is safe if only one URL can
    have been meant.
    """
    accepted = _accepted(url, corrected)
    if accepted is None:
        return otherwise, None
    message = f"write {quote(accepted, _LONGEST)}"
    is_safe = is_safe and _is_certain(url, accepted)
    return message, ProposedFix(message, (ReplaceScalar(pointer, accepted),), is_safe=is_safe)


def _accepted(url: Url, corrected: str | None) -> str | None:
    """The corrected URL if it can be given whole."""
    # Nobody reads the help of a proposal that is being checked, so the words will do.
    if url.is_proposal or corrected is None or len(corrected) > _LONGEST:
        return None
    if not _names_same_site(url.text, corrected) or not _is_right(url, corrected):
        return None
    return corrected


def _is_certain(url: Url, accepted: str) -> bool:
    """Whether the text can only have been meant as `accepted`.

    A backslash is a slash to a browser and a character like any other to a server; `%2` and
    `%u2013` are codes of another kind or cut off; a mark at the end belongs to the text around the
    address, and so may words after a blank; letters that nobody sees tell nothing of what was
    garbled.
    """
    text = url.plain
    if _is_enclosed(url, accepted):
        return True
    if "\\" in text or _OTHER_CODE.search(text) or text[-1:] in _STRAY:
        return False
    if _WORDS_BEHIND.search(text):
        return False
    decoded = undo_mojibake(text)
    return (decoded == text or decoded.isprintable()) and _begins_as_written(url, accepted)


def _is_enclosed(url: Url, accepted: str) -> bool:
    """Whether the text is `accepted` in quotation marks or brackets."""
    text = url.plain
    return text[:1] in _OPENING and text[-1:] in _CLOSING and text[1:-1].strip() == accepted


def _begins_as_written(url: Url, accepted: str) -> bool:
    """Whether scheme and host are the written ones, but for a slip in the scheme."""
    parts = url.parts
    scheme = split_url(accepted).scheme
    if parts.scheme is None or scheme is None:
        return url.may_be_relative and accepted.startswith(parts.prefix)
    # Of several schemes, the last one came with the address.
    written = _SCHEMES.findall((parts.prefix + parts.repeated_prefix).lower())[-1]
    return written == scheme or is_certain_slip(written, scheme, ("http", "https"))


def _names_same_site(text: str, corrected: str) -> bool:
    site = opened_site(text)
    return site is None or site == opened_site(corrected)


@lru_cache(_CACHE_SIZE)
def _is_right(url: Url, corrected: str) -> bool:
    """Whether no rule says of `corrected` what is not said of `url` already."""
    options = {} if url.schemes is None else {"schemes": url.schemes}
    if BINDING.quick_accept(options)(corrected):
        # All rules on URLs are `spared`.
        return True
    proposal = read_url(corrected, url.schemes, url.format, is_proposal=True)
    for rule in rules_bound_to(BINDING.name):
        if not any(rule.check(proposal)):
            continue
        # The one warning, of http://, does not concern the other rules.
        if rule.severity is Severity.ERROR or not any(rule.check(url._replace(is_proposal=True))):
            return False
    return True
