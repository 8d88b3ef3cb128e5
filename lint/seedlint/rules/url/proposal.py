"""Help that says what to write instead of a URL: a promise, and checked like one."""

from __future__ import annotations

from functools import lru_cache

from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.rules import rules_bound_to
from seedlint.rules.base import quote
from seedlint.rules.url import BINDING
from seedlint.rules.url.hosts import opened_site
from seedlint.rules.url.subject import Url, read_url
from seedlint.severity import Severity

_LONGEST = 1000
# Several rules propose the same for one URL.
_CACHE_SIZE = 64


def suggest(url: Url, corrected: str | None, otherwise: str) -> str:
    """Help that gives the corrected URL whole; words where there is none to be given.

    With the proposal in its place no rule on URLs has anything to say but what it already warns of,
    and a browser that opens the URL as it is opens the same site.
    """
    accepted = _accepted(url, corrected)
    return otherwise if accepted is None else f"write {quote(accepted, _LONGEST)}"


def replace(url: Url, corrected: str | None, *, is_safe: bool = True) -> ProposedFix | None:
    """The fix that writes the corrected URL, where help would give it whole.

    It is not safe where the beginning of the address changes, which is a guess.
    """
    accepted = _accepted(url, corrected)
    if accepted is None:
        return None
    is_safe = is_safe and accepted.startswith(url.parts.prefix) and url.parts.scheme is not None
    message = f"write {quote(accepted, _LONGEST)}"
    return ProposedFix(message, (ReplaceScalar((), accepted),), is_safe=is_safe)


def _accepted(url: Url, corrected: str | None) -> str | None:
    """The corrected URL if it can be given whole."""
    # Nobody reads the help of a proposal that is being checked, so the words will do.
    if url.is_proposal or corrected is None or len(corrected) > _LONGEST:
        return None
    if not _names_same_site(url.text, corrected) or not _is_right(url, corrected):
        return None
    return corrected


def _names_same_site(text: str, corrected: str) -> bool:
    site = opened_site(text)
    return site is None or site == opened_site(corrected)


@lru_cache(_CACHE_SIZE)
def _is_right(url: Url, corrected: str) -> bool:
    proposal = read_url(corrected, url.schemes, url.format, is_proposal=True)
    for rule in rules_bound_to(BINDING.name):
        if not any(rule.check(proposal)):
            continue
        # The one warning, of http://, is no concern of the other rules.
        if rule.severity is Severity.ERROR or not any(rule.check(url._replace(is_proposal=True))):
            return False
    return True
