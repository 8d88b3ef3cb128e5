"""Defects that have an exact inverse, put into real seeds: a safe fix gives the same bytes back.

Only seeds without findings are taken, so that nothing else is wrong with them, and every defect
must be undone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from fixing import fix, make_fixer
from paths import CORPUS, SEEDS, needs, seeds_in
from seedlint.check import Checker
from seedlint.document.document import Document, read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer
from seedlint.run import open_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

BOM = b"\xef\xbb\xbf"


class Scalar(NamedTuple):
    """A value of a seed; `written` is what is in the file, without `quote`."""

    pointer: Pointer
    data: Any
    written: str
    quote: str


Defect = Callable[[Scalar], str | None]
"""The text to write instead of a value, quotes included; None if it does not have the defect."""


def in_address(change: Callable[[str], str]) -> Defect:
    """A defect of addresses."""

    def defect(scalar: Scalar) -> str | None:
        if not scalar.written.startswith("https://") or scalar.written != scalar.data:
            return None
        changed = change(scalar.written)
        is_cache = "cdn.ampproject.org" in changed
        return None if changed == scalar.written or is_cache else f'"{changed}"'

    return lambda scalar: defect(scalar) if scalar.quote == '"' else None


def garbled(address: str) -> str:
    """The first letter beyond ASCII that is percent-encoded, as UTF-8 read as Latin-1."""
    code = re.search("%C3%(?:A[1-9A-F]|B[0-9A-F])", address)
    if code is None:
        return address
    return address.replace(code[0], unquote(code[0]).encode().decode("latin-1"), 1)


def readable(address: str) -> str:
    """The letters beyond ASCII as they are."""
    return re.sub("(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F])+)+", lambda code: unquote(code[0]), address)


def of_number(scalar: Scalar) -> str | None:
    is_number = isinstance(scalar.data, int) and not isinstance(scalar.data, bool)
    return f'"{scalar.written}"' if is_number else None


def of_boolean(word: dict[bool, str]) -> Defect:
    return lambda scalar: word[scalar.data] if isinstance(scalar.data, bool) else None


def of_text(scalar: Scalar) -> str | None:
    """A text that is a number without its quotes."""
    is_number = isinstance(scalar.data, str) and re.fullmatch("[1-9][0-9]*", scalar.data)
    return scalar.written if is_number and scalar.quote == '"' else None


def in_timestamp(pattern: str, replacement: str) -> Defect:
    def defect(scalar: Scalar) -> str | None:
        if scalar.pointer[-1] != "publishedDateTime":
            return None
        changed = re.sub(pattern, replacement, scalar.written, count=1)
        return None if changed == scalar.written else scalar.quote + changed + scalar.quote

    return defect


def in_cache_address(scalar: Scalar) -> str | None:
    if scalar.pointer[-1] != "cdnAmpWebUrl" or scalar.quote != '"':
        return None
    return f'"{scalar.written.replace("/c/s/", "/v/s/", 1)}"'


def with_invisible(character: str) -> Defect:
    def defect(scalar: Scalar) -> str | None:
        if scalar.pointer[-1] not in ("title", "name") or not scalar.written[:2].isalpha():
            return None
        if not scalar.written[:2].isascii():
            return None
        changed = scalar.written[0] + character + scalar.written[1:]
        return scalar.quote + changed + scalar.quote

    return defect


def of_type(old: str, new: str) -> Defect:
    return lambda scalar: (
        new if scalar.pointer[-1] == "type" and scalar.data == old and not scalar.quote else None
    )


def entity_in_text(scalar: Scalar) -> str | None:
    if scalar.pointer[-1] != "title" or scalar.quote != '"' or "\u2019" not in scalar.written:
        return None
    return '"' + scalar.written.replace("\u2019", "&#8217;") + '"'


VALUES: dict[str, Defect] = {
    "scheme doubled": in_address(lambda address: "https://" + address),
    "other scheme before it": in_address(lambda address: "http://" + address),
    "scheme misspelt": in_address(lambda address: "htps" + address[5:]),
    "slash missing": in_address(lambda address: "https:/" + address[8:]),
    "colon missing": in_address(lambda address: "https" + address[6:]),
    "slash too many": in_address(lambda address: "https:///" + address[8:]),
    "blank before": in_address(lambda address: " " + address),
    "blank behind": in_address(lambda address: address + " "),
    "in brackets": in_address(lambda address: f"<{address}>"),
    "in quotes": in_address(lambda address: f"'{address}'"),
    "in curly quotes": in_address(lambda address: f"\u201c{address}\u201d"),
    "entity": in_address(lambda address: re.sub("&(?=[a-z])", "&amp;", address)),
    "entity with number": in_address(lambda address: address.replace("&", "&#038;")),
    "letters": in_address(readable),
    "mojibake": in_address(garbled),
    "percent sign": in_address(lambda address: re.sub("%25(?=[-/_])", "%", address)),
    "invisible in address": in_address(lambda address: address + "\u200b"),
    "empty port": in_address(lambda address: re.sub("(?<=[a-z])/", ":/", address, count=1)),
    "cache address": in_cache_address,
    "number in quotes": of_number,
    "boolean in quotes": of_boolean({True: '"true"', False: '"false"'}),
    "other word": of_boolean({True: '"yes"', False: '"no"'}),
    "number without quotes": of_text,
    "blank in timestamp": in_timestamp("T", " "),
    "slashes in timestamp": in_timestamp("^([0-9]{4})-([0-9]{2})-", r"\1/\2/"),
    "offset without colon": in_timestamp("([+-][0-9]{2}):([0-9]{2})$", r"\1\2"),
    "blank before zone": in_timestamp("Z$", " UTC"),
    "no seconds": in_timestamp(":00Z$", "Z"),
    "timestamp in quotes": in_timestamp("^(.*)$", "\u201c\\1\u201d"),
    "zero-width space": with_invisible("\u200b"),
    "soft hyphens": with_invisible("\u00ad\u00ad"),
    "type, swapped": of_type("article", "artcile"),
    "type, letter missing": of_type("article", "artcle"),
    "type, capital": of_type("video", "Video"),
    "entity in a title": entity_in_text,
}
KEYS: dict[str, Callable[[str], str]] = {
    "letters swapped": lambda key: key[:-2] + key[-1] + key[-2],
    "letter missing": lambda key: key[:2] + key[3:],
    "letter doubled": lambda key: key[:2] + key[1:],
    "capital": lambda key: key[0].upper() + key[1:],
    "zero-width space": lambda key: key[:2] + "\u200b" + key[2:],
}
INVENTED = """\
---
category: news
title: "The harbour\u2019s new crane"
excerpt: "3"
publishedDateTime: 2024-12-08T17:25:00Z
originalUrl: "https://example.com/caf%C3%A9/100%25-wind?a=1&b=2"
webUrl: "https://www.example.com/tides"
ampWebUrl: "https://www.example.com/tides/amp"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/tides/amp"
type: article
heat: 12
published: true
provider:
  name: Harbour Post
  domain: example.com
topics:
  - Tides
images: # the crane
  - {url: "https://example.com/crane.jpg", width: 1200, height: 675}
related:
  - title: Ferry sails again
    publishedDateTime: 2024-12-08T17:25:30+01:00
    webUrl: "https://example.org/ferry"
    type: video
    provider: {name: Ferry News, domain: example.org}
secured: "abc=;abc="
---

Text.
"""
SUPPRESSION = "# seedlint: ignore[URL001] why\n"


def scalars(document: Document, data: Any, at: Pointer = ()) -> Iterator[Pointer]:
    if isinstance(data, (dict, list)):
        steps = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in steps:
            yield from scalars(document, value, (*at, step))
    else:
        yield at


def value_of(document: Document, pointer: Pointer) -> Any:
    value = document.data
    for step in pointer:
        value = value[step]
    return value


def injected(document: Document) -> Iterator[tuple[str, str]]:
    """The text of a seed with each defect at each place, and the name of the defect."""
    text = document.source.text
    for pointer in scalars(document, document.data):
        entry = document.source_map.entry(pointer)
        if entry is None:
            continue
        start, end = entry.value
        written = text[start:end]
        if "\n" in written or written[:1] in ("|", ">"):
            continue
        quote = written[0] if written[:1] in ("'", '"') else ""
        inner = written[1:-1] if quote else written
        scalar = Scalar(pointer, value_of(document, pointer), inner, quote)
        for name, defect in VALUES.items():
            changed = defect(scalar)
            if changed is not None:
                yield name, text[:start] + changed + text[end:]
        if entry.key and text[slice(*entry.key)] == pointer[-1] and len(pointer[-1]) > 3:
            for name, misspell in KEYS.items():
                key = misspell(pointer[-1])
                if key != pointer[-1]:
                    yield f"key, {name}", text[: entry.key.start] + key + text[entry.key.end :]
    title = text.index("\ntitle: ") + 1
    yield "suppression", text[:title] + SUPPRESSION + text[title:]
    line = text.index("\n", title)
    yield "suppression behind", text[:line] + " " + SUPPRESSION[:-1] + text[line:]


def variants(data: bytes) -> Iterator[bytes]:
    """A seed as it is, with CRLF, with a byte order mark, and without final line break."""
    yield data
    yield data.replace(b"\n", b"\r\n")
    yield BOM + data
    yield data.removesuffix(b"\n")


def read(data: bytes) -> Document:
    return read_document(SourceFile.from_bytes("s.md", data), Limits())


def clean_seeds(folder: Path, every: int) -> Iterator[bytes]:
    """Every so many-th seed without findings, byte order mark and CRLF."""
    settings = Settings()
    checker = Checker(open_schema(settings), settings)
    clean = (
        data
        for data in seeds_in(folder)
        if b"\r" not in data
        and not data.startswith(BOM)
        and data.endswith(b"\n")
        and not checker.check(checker.read("s.md", data)).diagnostics
    )
    return islice(clean, 0, None, every)


def undo(seeds: Iterable[bytes], every: int) -> Counter[str]:
    """Undo each so many-th defect of some seeds; how many there were of each kind."""
    fixer = make_fixer()
    seen: Counter[str] = Counter()
    number = count()
    for data in seeds:
        for name, text in injected(read(data)):
            if next(number) % every:
                continue
            both = list(zip(variants(data), variants(text.encode()), strict=True))
            # All forms of the first ones, then one form of each in turn.
            for old, new in both if seen[name] < 8 else both[seen[name] % 4 :][:1]:
                fixed = fix(fixer, new)
                assert fixed.refused == (), (name, fixed.refused)
                assert fixed.new == old, name
            seen[name] += 1
    return seen


def test_every_defect() -> None:
    """In a seed that has a place for each of them."""
    seen = undo([INVENTED.encode()], 1)
    assert VALUES.keys() <= seen.keys()
    assert {f"key, {name}" for name in KEYS} <= seen.keys()


def test_defects_in_own_seeds() -> None:
    assert undo(clean_seeds(SEEDS, 1), 11).total() > 40


@needs(CORPUS)
def test_defects_in_some_real_seeds() -> None:
    assert len(undo(clean_seeds(CORPUS, 60), 31)) > 15


@pytest.mark.slow
@needs(CORPUS)
def test_defects_in_all_real_seeds() -> None:
    assert undo(clean_seeds(CORPUS, 1), 4).total() > 10_000
