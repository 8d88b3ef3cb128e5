"""A URL with a character in it that must be written in another way.

## What it does
Reports blanks, tabs, line breaks, invisible characters, backslashes, `<` `>` `"` `{` `}` `|` `^`,
backticks and everything that is not ASCII. It shows the URL with these characters percent-encoded,
and an address that goes on in the next line in one piece. Where the contract says `format: iri`,
letters of every script may be in it.

## Why it matters
Browsers repair such addresses, each in its way; feeds, crawlers and scripts cut them off or fail.

## Examples
```json schema
{"properties": {"webUrl": {"x-seedlint": {"url": {"schemes": ["https", "http"]}}}}}
```
```markdown fail
---
webUrl: "https://example.com/two words"
---
```
```markdown fail
---
webUrl: "https://example.com/café"
---
```
```markdown pass
---
webUrl: "https://example.com/caf%C3%A9"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from unicodedata import category

from seedlint.rules.base import Finding, Related, quote, rule
from seedlint.rules.character_names import name_character
from seedlint.rules.url import BINDING
from seedlint.rules.url.characters import forbidden
from seedlint.rules.url.encodings import mask_mojibake
from seedlint.rules.url.excerpt import excerpt
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.subject import Url, read_url

_MOST_NAMED = 3
_BLANK = re.compile(r"\s")
# Marks inside an address that no text behind it begins with, and that few addresses end with.
_INSIDE = frozenset("/?&=%#-_.")
_ONE_LINE = "write the address alone, on one line"
_PLAIN_NAMES = {
    " ": "a space",
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a line break",
    "`": "a backtick",
}


@rule("URL007", on=BINDING, spared=True, fixable="sometimes", since="0.1")
def illegal_character(url: Url) -> Iterator[Finding]:
    if not url.is_address:
        return
    # Garbled UTF-8 has a rule of its own.
    text = mask_mojibake(url.text)
    first: dict[str, int] = {}
    # A garbled beginning is one defect, blanks in it included.
    start = text.find(url.parts.prefix) + len(url.parts.prefix) if url.parts.is_mistyped else 0
    for match in forbidden(text, url.may_be_non_ascii).finditer(text, max(start, 0)):
        first.setdefault(match[0], match.start())
    if not first:
        return
    otherwise = "take it out or write it percent-encoded"
    host = url.parts.host
    if forbidden(host, url.may_be_non_ascii).search(host):
        # Percent-encoding is for what follows the host.
        otherwise = "compare the name of the site with the address in the browser"
    elif url.is_cut:
        otherwise = "copy the address again: this one is cut off at its end"
    elif url.has_second_address:
        otherwise = "keep one of the addresses: each value holds one"
    advice, fix = propose(url, url.corrected, otherwise)
    over_lines = None if url.has_second_address else _OnOneLine(url)
    backslash = first.pop("\\", None)
    if backslash is not None:
        where = excerpt(url.text, backslash, backslash + 1)
        yield Finding(
            f"a URL has slashes, not backslashes: {where}",
            help=advice,
            fix=fix,
            related=(Related((), "a backslash", within=(backslash, backslash + 1)),),
            over_lines=over_lines,
        )
    if first:
        place = min(first.values())
        where = excerpt(url.text, place, place + 1)
        yield Finding(
            f"{_enumerate(first)} cannot be in a URL: {where}",
            help=advice,
            fix=fix,
            related=(Related((), _name(url.text[place]), within=(place, place + 1)),),
            over_lines=over_lines,
        )


class _OnOneLine:
    """Rewords what is said of a URL that goes on in the next line; equal for equal URLs."""

    __slots__ = ("_url",)

    def __init__(self, url: Url) -> None:
        self._url = url

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _OnOneLine) and self._url == other._url

    def __hash__(self) -> int:
        return hash(self._url)

    def __call__(self, finding: Finding, breaks: Sequence[int]) -> Finding:
        """The finding; `breaks` are the offsets of what became of the line breaks."""
        return _on_one_line(self._url, finding, breaks)


def _on_one_line(url: Url, finding: Finding, breaks: Sequence[int]) -> Finding:
    text = url.text
    ends = (-1, *breaks, len(text))
    parts = [text[start + 1 : end] for start, end in pairwise(ends)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return finding
    finding = finding._replace(fix=None, help=_ONE_LINE)
    if _BLANK.search("".join(parts)):
        return finding
    # A line break in the file, whatever YAML makes of it.
    message = finding.message.replace("a space", "a line break", 1)
    message = message.replace("a line break and a line break", "a line break", 1)
    related = tuple(
        each._replace(message=each.message.replace("a space", "a line break"))
        for each in finding.related
    )
    finding = finding._replace(message=message, related=related)
    whole = read_url("".join(parts), url.schemes, url.format)
    advice, fix = propose(url, whole.corrected or whole.text, _ONE_LINE, is_safe=False)
    is_certain = all(_goes_on(above, below) for above, below in pairwise(parts))
    if advice != _ONE_LINE and not is_certain:
        advice = advice.replace("write ", "if all of it is the address, write ", 1)
    return finding._replace(help=advice, fix=fix)


def _goes_on(above: str, below: str) -> bool:
    """Whether a line of an address certainly goes on in the line below."""
    return above[-1] in _INSIDE or below[0] in _INSIDE


def _enumerate(characters: Iterable[str]) -> str:
    names = list(dict.fromkeys(map(_name, characters)))
    if len(names) > _MOST_NAMED:
        names[_MOST_NAMED - 1 :] = [f"{len(names) - _MOST_NAMED + 1} other characters"]
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]


def _name(character: str) -> str:
    plain = _PLAIN_NAMES.get(character)
    if plain is not None:
        return plain
    # What nobody can see by itself, or tell from a space, is named by its code.
    if not character.isprintable() or category(character).startswith("M"):
        return name_character(character)
    return quote(character)
