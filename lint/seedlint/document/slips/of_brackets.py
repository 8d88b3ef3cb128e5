"""Mistakes in brackets over several lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from seedlint.document.slips.line import COMMENT, Line, Slip
from seedlint.text.edit import Edit
from seedlint.text.span import Span

# How many lines above the error a text or list may begin.
_LONGEST_TEXT = 12


def open_bracket(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A list or mapping in brackets over several lines that is not closed."""
    for index in range(here, max(here - _LONGEST_TEXT, -1), -1):
        head = lines[index]
        first = head.value[:1]
        if not first or first not in "[{":
            continue
        closer, noun = ("]", "list") if first == "[" else ("}", "mapping")
        last = index
        while last + 1 < len(lines) and lines[last + 1].column > head.entry:
            last += 1
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
