"""What the URL rules are given."""

from __future__ import annotations

import re

from seedlint.named_tuple import NamedTuple
from seedlint.rules.url import NON_ASCII, RELATIVE
from seedlint.rules.url.characters import strip_invisible
from seedlint.rules.url.entities import decode_entities
from seedlint.rules.url.hosts import is_local
from seedlint.rules.url.parts import WEB, Parts, split_url
from seedlint.rules.url.repair import corrected

# Those as text are compiled for the first URL that needs them: few do.
_HOST_LIKE = r"(?:[/\\]{2})?(?:[\w-]+\.)+[^\W\d_][\w-]+(?=[:/\\?#]|$)"
_FILE_NAME = r"(?i:[^/]*\.(?:jpe?g|png|gif|webp|svg|pdf|html?|md|mp4))"
_NO_SCHEME = re.compile(r":?[/\\]{0,3}")
# An address in brackets or quotes, or a Markdown link, or behind a few words.
_ENCLOSED = (
    r"(?:[<(\[\"'\u201c\u201e\u00ab\u2018]|!?\[[^\[\]]*\]\(<?|[^\W\d_][\w ]{0,30}:? [(<\[]?)"
    r"(https?://[^\s<>\[\]\"\u201c\u201d\u201e\u00ab\u00bb]+?)[>)\]\"'\u201c\u201d\u00bb\u2019]*"
)
# A link or a picture in HTML.
_IN_HTML = r"(?i)<(?:a|img)\s[^<>]{0,200}?\b(?:href|src)\s?=\s?[\"']?(https?://[^\s<>\"']+)[^<>]{0,200}>[^<>]*(?:</a>)?"
_LONGEST_ENCLOSED = 300
# A mark at the end whose partner at the beginning somebody deleted, and that partner.
_STRAY_ENDS = {'"': '"', "`": "`", ">": "<", "\u201d": "\u201c", "\u00bb": "\u00ab"}
_SECOND_ADDRESS = re.compile(r"(?<=\S)\s+(?=https?://)")
# Right behind a letter or a digit: a proxy has a mark before the address that it is sent to.
_RUN_TOGETHER = r"(?<=[A-Za-z0-9])(?<!%[0-9A-Fa-f]{2})https?://(?=[A-Za-z0-9])"
_HAS_DIRECTION = ("/", "\\", "?", "#", ".", ":")


class Url(NamedTuple):
    """A URL as written, its parts, and what the contract asks of it.

    `plain` is the text without entities and invisible characters, of which `parts` are the parts.
    `is_proposal` marks a URL that seedlint is about to propose.
    """

    text: str
    plain: str
    parts: Parts
    schemes: tuple[str, ...] | None
    format: str
    is_proposal: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be seen."""
        return not self.plain

    @property
    def may_be_relative(self) -> bool:
        """Whether `/path` and `//host` will do."""
        return self.format in RELATIVE

    @property
    def may_be_non_ascii(self) -> bool:
        """Whether letters of every script may be in it as they are."""
        return self.format in NON_ASCII

    @property
    def names_site(self) -> bool:
        """Whether text without a scheme begins with the name of a site: `www.example.com/x`."""
        return bool(re.match(_HOST_LIKE, self.plain)) and not re.fullmatch(_FILE_NAME, self.plain)

    @property
    def is_address(self) -> bool:
        """Whether it is an address at all; of other text it is enough to say that it is none."""
        scheme, schemes = self.parts.scheme, self.schemes
        if scheme is not None:
            return schemes is None or self.parts.authority is not None or scheme in schemes
        has_direction = self.may_be_relative or self.plain.startswith(_HAS_DIRECTION)
        return not self.is_blank and (has_direction or self.names_site)

    @property
    def has_refused_scheme(self) -> bool:
        """Whether the scheme is not on the list; without a list, whether it is a misspelt one."""
        parts = self.parts
        if self.schemes is not None:
            return parts.scheme is not None and parts.scheme not in self.schemes
        return parts.likely_scheme != parts.scheme and parts.likely_scheme is not None

    @property
    def has_second_address(self) -> bool:
        """Whether another address follows, after a blank."""
        return self.is_address and _SECOND_ADDRESS.search(self.text) is not None

    @property
    def is_cut(self) -> bool:
        """Whether it was shortened to be shown, so that nobody can tell how it goes on."""
        return self.plain.endswith("\u2026")

    @property
    def run_together(self) -> int | None:
        """Where another address begins in the text, right behind this one; None if none does."""
        if self.parts.authority is None or self.parts.repeated_prefix:
            return None
        second = re.compile(_RUN_TOGETHER).search(self.text, len(self.parts.prefix))
        return second.start() if second else None

    @property
    def is_insecure(self) -> bool:
        """Whether it is a good `http://` address of another computer."""
        parts = self.parts
        is_http = parts.scheme == "http" and not parts.is_mistyped and not parts.repeated_prefix
        return is_http and bool(parts.host) and not is_local(parts.host)

    @property
    def preferred_prefix(self) -> str:
        """What the URL should begin with: `https://`, as a rule."""
        parts = self.parts
        scheme = parts.intended_scheme
        if "https" in parts.repeated_prefix.lower():
            scheme = "https"
        if scheme not in ("http", "https") and (self.schemes is None or scheme not in self.schemes):
            scheme = "https"
        # What is written anew is not to be warned of. A port of its own seldom speaks both.
        is_public = not is_local(parts.host)
        if scheme == "http" and not self.is_insecure and parts.port is None and is_public:
            scheme = "https"
        if self.schemes and scheme not in self.schemes:
            scheme = "https" if "https" in self.schemes else self.schemes[0]
        return f"{scheme}://" if scheme in WEB else f"{scheme}:"

    @property
    def corrected(self) -> str | None:
        """The whole URL with everything right that can be computed; None if too little can.

        None of a proposal: it is what was computed.
        """
        if self.is_proposal or self.has_second_address or self.is_cut:
            return None
        parts = self.parts
        text = without_stray_end(self.text)
        if second := self.run_together:
            if self.text[second:] != self.text[:second]:
                return None
            return corrected(self.text[second:], self.may_be_non_ascii)
        if parts.likely_scheme is not None:
            if not parts.rest:
                return None
            if parts.is_mistyped or parts.repeated_prefix or self.has_refused_scheme:
                text = self.preferred_prefix + without_stray_end(parts.rest)
        elif parts.scheme is None and not self.may_be_relative:
            if len(text) <= _LONGEST_ENCLOSED and (inner := _enclosed(self.plain)):
                return corrected(inner[1], self.may_be_non_ascii)
            if not self.names_site and not text.startswith("://"):
                return None
            text = self.preferred_prefix + _NO_SCHEME.sub("", self.plain, count=1)
        return corrected(text, self.may_be_non_ascii)


def read_url(
    text: str, schemes: tuple[str, ...] | None, form: str, *, is_proposal: bool = False
) -> Url:
    """Take the text apart; `schemes` and `form` are what the contract asks of it."""
    plain = strip_invisible(decode_entities(text))
    return Url(text, plain, split_url(plain), schemes, form, is_proposal)


def _enclosed(plain: str) -> re.Match[str] | None:
    return re.fullmatch(_ENCLOSED, plain) or re.fullmatch(_IN_HTML, plain)


def without_stray_end(text: str) -> str:
    """The text without a closing mark at its end that nothing opens."""
    partner = _STRAY_ENDS.get(text[-1:])
    return text[:-1] if partner and partner not in text[:-1] else text


class AmpPair(NamedTuple):
    """The URL of an AMP page and what is given as its URL in the AMP cache."""

    amp_key: str
    amp: str
    cache_key: str
    cache: str
