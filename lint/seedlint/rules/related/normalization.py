"""When two links, or two titles, are the same to a reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DEFAULT_PORTS = frozenset({None, "", "80", "443"})
# Normalising sorts accents, in quadratic time on a long row of them: pieces keep that short.
_PIECE = 500
# Symbols to Unicode, punctuation in a headline; `+` and `$` say something: C++ is not C.
_SEPARATORS = frozenset("|<>=~^`")
# Quotation marks, dashes and the ellipsis, which separate too.
_TYPOGRAPHIC = "’‘“”–—…"
# The links of nearly all seeds, which need little normalization.
_QUICK_LINK = re.compile(
    r"https?:(//[a-z0-9][a-z0-9.-]*(?<=[a-z0-9])(?:/[!-\"$->@-\[\]-~]*)?)(\?[!-\"$-~]*)?(?:#[!-~]*)?"
)
# Other spellings of a character that needs no code, of a code, or of a folder (RFC 3986 section
# 6.2.2): they are to be made equal.
_CODE = "%[0-9A-Fa-f]{2}"
_OTHER_SPELLING = (
    r"%(?:2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E|[0-9A-F][a-f]|[a-f])|/\.{1,2}(?:[/?#]|$)"
)
_UNRESERVED = "[A-Za-z0-9._~-]"
# A seed's links and titles are compared within the seed and with other seeds.
_CACHE_SIZE = 256
# More than all scripts but the Han characters have.
_CHARACTERS = 10_000

Normalize = Callable[[str], str]


@lru_cache(_CACHE_SIZE)
def normalize_link(link: str) -> str:
    """The link in normalized form, so that equivalent links compare equal; "" for none.

    `http` and `https`, upper and lower case in the host and its final dot, a default port, the
    spelling of codes and of folders, a slash at the end of the path and the fragment make no
    difference.
    """
    quick = _QUICK_LINK.fullmatch(link)
    if quick and (("%" not in link and "/." not in link) or not re.search(_OTHER_SPELLING, link)):
        return quick[1].rstrip("/") + (quick[2] or "")
    from seedlint.rules.url.parts import split_url

    parts = split_url(link.strip().partition("#")[0])
    path, mark, query = re.sub(_CODE, _simplify_code, parts.tail).partition("?")
    if parts.authority is not None:
        path = _walk(path)
    path = path.rstrip("/")
    if parts.authority is None:
        return parts.prefix.lower() + path + mark + query
    scheme = "" if parts.scheme in ("http", "https", None) else f"{parts.scheme}:"
    userinfo = "" if parts.userinfo is None else f"{parts.userinfo}@"
    port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    return f"{scheme}//{userinfo}{parts.host.lower().removesuffix('.')}{port}{path}{mark}{query}"


def _simplify_code(code: re.Match[str]) -> str:
    character = chr(int(code[0][1:], 16))
    return character if re.fullmatch(_UNRESERVED, character) else code[0].upper()


def _walk(path: str) -> str:
    """The path without `.` and `..`."""
    if "/." not in path:
        return path
    folders: list[str] = []
    for folder in path.split("/"):
        if folder == "..":
            # The first is what comes before the first slash: nothing.
            del folders[max(1, len(folders) - 1) :]
        elif folder != ".":
            folders.append(folder)
    return "/".join(folders)


@lru_cache(_CACHE_SIZE)
def normalize_title(title: str) -> str:
    """The title without case, punctuation and surplus blanks; "" if nothing is left."""
    if title.isascii():
        return _normalize_ascii(title)
    # Most titles that are not written in ASCII would be without these.
    plain = title
    for mark in _TYPOGRAPHIC:
        plain = plain.replace(mark, " ")
    if plain.isascii():
        return _normalize_ascii(plain)
    # What nobody sees (a soft hyphen, a direction mark) goes first: it keeps accents apart.
    title = _compose(_compose(title.translate(_STRIP_INVISIBLE)).casefold())
    return " ".join(title.translate(_BLANK_PUNCTUATION).lower().split())


def identifying_keys(options: Mapping[str, Any]) -> list[tuple[str, Normalize]]:
    """The keys whose texts are compared, each with what makes its texts comparable."""
    return [
        *((key, normalize_link) for key in options.get("links", ())),
        *((key, normalize_title) for key in options.get("titles", ())),
    ]


def _normalize_ascii(title: str) -> str:
    return b" ".join(title.encode().translate(_ASCII).split()).decode()


def _compose(text: str) -> str:
    # Many seeds are written in ASCII alone.
    from unicodedata import normalize

    if len(text) < _PIECE:
        return normalize("NFKC", text)
    return "".join(
        normalize("NFKC", text[start : start + _PIECE]) for start in range(0, len(text), _PIECE)
    )


class _Table(dict[int, "int | str | None"]):
    """What `str.translate` puts in the place of characters, found out when one first occurs."""

    def __init__(self, replaces: Callable[[str], bool], by: str | None) -> None:
        super().__init__()
        self._replaces = replaces
        self._by = by

    def __missing__(self, code: int) -> int | str | None:
        found = self._by if self._replaces(chr(code)) else code
        if len(self) < _CHARACTERS:
            self[code] = found
        return found


def _is_unseen(character: str) -> bool:
    from unicodedata import category

    return category(character) == "Cf"


def _separates(character: str) -> bool:
    from unicodedata import category

    if character in _SEPARATORS:
        return True
    return not character.isalnum() and category(character)[0] in "PZC"


_STRIP_INVISIBLE = _Table(_is_unseen, None)
_BLANK_PUNCTUATION = _Table(_separates, " ")
# What `_separates` says of ASCII, and small letters; in bytes, which is several times as fast.
_ASCII = bytes(
    code if code > 127 or chr(code) in "+$" or chr(code).isalnum() else 0x20 for code in range(256)
).lower()
