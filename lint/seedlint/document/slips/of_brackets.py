"""Mistakes in brackets, on one line and over several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import COMMENT, SECOND_KEY, Line, Slip, is_whole, last_below
from seedlint.text.edit import Edit
from seedlint.text.quotes import quoted, style_of
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

INDICATORS = frozenset("[{*&!|>@`%,]}?:-")
"""The characters that mean something to YAML where a value begins."""
MISSING_COMMA = r"""("[^"]*"|'[^']*') +(?=["']|[\w.$-]{1,60}: )"""
"""The pattern of a text in quotes that another text, or a key, follows without a comma."""

# Few values are in brackets, so the patterns are compiled when one is.
_MARKDOWN_LINK = r"!?\[(?P<text>[^\[\]]*)\]\(<?(?P<address>[^()\s<>]+)(?:[\s>][^()]*)?\)\Z"
_SCHEME = "https?://"
_ADDRESS_KEY = r"(?i)(?:url|uri|link|href|src|address)\Z"
# How many items of a list are looked at.
_MOST_ITEMS = 50
# How many lines above the error a text or list may begin.
_LONGEST_TEXT = 12


def slips_of_brackets(line: Line, plain: str) -> Iterator[Slip]:
    """A bracket that is not closed, is closed by another, or was meant as text."""
    at, first = line.value_at, plain[0]
    closer = "]" if first == "[" else "}"
    noun = "list" if first == "[" else "mapping"
    if link := re.match(_MARKDOWN_LINK, plain):
        message = "a Markdown link; YAML takes `[` for the beginning of a list"
        address = link["address"].removeprefix("mailto:")
        if re.search(_ADDRESS_KEY, line.key) or link["text"] in (address, link["address"]):
            yield Slip(
                Span(at, at + 1),
                message,
                "write the address alone",
                (Edit(at, at + len(plain), address),),
                fix=None,
            )
        elif link["text"] == re.sub(_SCHEME, "", address).rstrip("/"):
            # Mail and word processors make a link of the name of a site.
            yield Slip(
                Span(at, at + 1),
                message,
                "write the text alone",
                (Edit(at, at + len(plain), link["text"]),),
                fix=None,
            )
    if first == "!":
        return
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", plain)
    depth = outside.count(first) - outside.count(closer)
    end = at + len(plain)
    if depth == 1 and plain[-1] in "]})" and plain[-1] != closer:
        yield Slip(
            Span(end - 1, end),
            f"`{plain[-1]}` does not close the {noun} that `{first}` began",
            f"close it with `{closer}`",
            (Edit(end - 1, end, closer),),
        )
    if depth >= 1:
        open_end = end - (plain[-1] == ",")
        yield Slip(
            Span(at, at + 1),
            f"the {noun} that begins with `{first}` is not closed",
            f"add `{closer}`",
            (Edit(open_end, end, closer * depth),),
        )
    if depth < 0 and plain[-1] == closer:
        yield Slip(
            Span(end - 1, end),
            f"a `{closer}` too many",
            "remove it",
            (Edit(end + depth, end, ""),),
            fix="safe",
        )
    closed = plain.rfind(closer)
    if plain[closed + 1 :].strip() in (",", ";"):
        yield Slip(
            Span(at + closed + 1, end),
            f"`{plain[closed + 1 :].strip()}` after the {noun}",
            "remove it",
            (Edit(at + closed + 1, end, ""),),
            fix="safe",
        )
    yield from _items(line, plain)


def is_collection(plain: str) -> bool:
    """Whether a value can only be meant as a list or mapping in brackets."""
    if plain[0] == "[":
        return plain[-1] == "]" and len(plain) > 1
    return plain[0] == "{" and plain[-1] == "}" and plain[1:2] not in ("{", "%")


def _items(line: Line, plain: str) -> Iterator[Slip]:
    """An item in brackets that needs quotes, or a comma before it."""
    if not is_collection(plain):
        return
    for gap in islice(re.finditer(MISSING_COMMA, plain), _MOST_ITEMS):
        at = line.value_at + gap.end(1)
        edits = (Edit(at, at, ","),)
        yield Slip(Span(at, at + 1), "a comma is missing here", "add it", edits, fix="safe")
    position = line.value_at + 1
    for item in islice(plain[1:-1].split(","), _MOST_ITEMS):
        text = item.strip()
        start = position + len(item) - len(item.lstrip())
        position += len(item) + 1
        of_key = ""
        if plain[0] == "{" and (key := re.match(r"([\w.$-]{1,60}): +", text)):
            text, start, of_key = text[key.end() :], start + key.end(), f" of `{key[1]}`"
        if not text:
            if position == line.value_at + len(plain):
                continue
            # Two commas that follow each other.
            edits = (Edit(position - 1 - len(item), position, ""),)
            yield Slip(Span(position - 1, position), "a comma too many", "remove it", edits)
            continue
        if text[0] in "\"'" and text.count(text[0]) == 1:
            end = start + len(text)
            yield Slip(
                Span(start, start + 1),
                "the quoted text is not closed",
                "add the closing quote",
                (Edit(end, end, text[0]),),
                ProblemKind.UNCLOSED_QUOTE,
            )
        elif text[0] in "\"'" and text.count(text[0]) > 1 and text.find(text[0], 1) < len(text) - 1:
            yield _beyond_quote(text, start)
        elif of_key and (second := SECOND_KEY.search(text)) and is_whole(text[: second.start()]):
            end = start + second.start()
            yield Slip(
                Span(start + second.start(1), start + second.end(1)),
                f"a comma is missing before `{second[1]}`",
                "add it",
                (Edit(end, end, ","),),
            )
        elif (colon := re.search(r":(?=[ \[{]|\Z)", text)) and text[0] not in "\"'[{":
            yield Slip(
                Span(start + colon.start(), start + colon.end()),
                f"colon inside the unquoted value{of_key}" if of_key else "colon inside an item",
                "put it in quotes",
                (Edit(start, start + len(text), quoted(text)),),
                ProblemKind.UNQUOTED_COLON,
                fix="safe",
            )
        elif text[0] in INDICATORS and text[0] not in "[{-?:":
            name = f"`{text[0]}`" if text[0] != "`" else "a backtick"
            yield Slip(
                Span(start, start + 1),
                f"{name} cannot begin an item",
                "put the item in quotes",
                (Edit(start, start + len(text), quoted(text)),),
                fix="safe",
            )


def _beyond_quote(text: str, start: int) -> Slip:
    """An item in brackets that goes on after its closing quote; it begins at the offset `start`."""
    mark = text[0]
    closing = text.index(mark, 1) + 1
    if text[-1] == mark:
        mended = quoted(text[1:-1])
        name = "quote" if mark == '"' else "apostrophe"
        return Slip(
            Span(start + closing - 1, start + closing),
            f"this {name} ends the text, which goes on after it",
            f"put {style_of(mended)} quotes around the whole item",
            (Edit(start, start + len(text), mended),),
        )
    rest = closing + len(text[closing:]) - len(text[closing:].lstrip())
    return Slip(
        Span(start + rest, start + len(text)),
        "text after the closing quote",
        "put a comma before it, or put the whole item in quotes",
        (Edit(start + closing, start + closing, ","),),
        shows_line=False,
        fix=None,
    )


def open_bracket(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A list or mapping in brackets over several lines that is not closed."""
    for index in range(here, max(here - _LONGEST_TEXT, -1), -1):
        head = lines[index]
        first = head.value[:1]
        if not first or first not in "[{":
            continue
        closer, noun = ("]", "list") if first == "[" else ("}", "mapping")
        last = last_below(lines, index)
        if last > index:
            end = lines[last]
            text = COMMENT.sub("", end.text).rstrip(" \t,")
            stop = end.start + len(text)
            yield Slip(
                Span(head.value_at, head.value_at + 1),
                f"the {noun} that begins with `{first}` is not closed",
                f"add `{closer}` after its last item",
                (Edit(stop, stop, closer),),
                shows_line=False,
            )
        return


def comma_after(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A comma after brackets over several lines that were pasted from JSON."""
    for line in lines[max(here - 1, 0) : here + 1]:
        text = line.text.rstrip()
        if text.lstrip() in ("},", "],"):
            at = line.start + len(text) - 1
            noun = "mapping" if text[-2] == "}" else "list"
            edit = Edit(at, at + 1, "")
            # The guard of fixes cannot read the rest without a line at the margin.
            fix: Literal["safe"] | None = "safe" if line.column else None
            yield Slip(Span(at, at + 1), f"`,` after the {noun}", "remove it", (edit,), fix=fix)


def missing_comma(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """No comma at the end of the line above, in brackets over several lines."""
    if here:
        text = lines[here - 1].text.rstrip()
        at = lines[here - 1].start + len(text)
        if text[-1] not in ",[{":
            yield Slip(
                Span(at - 1, at), "a comma is missing after this", "add it", (Edit(at, at, ","),)
            )
