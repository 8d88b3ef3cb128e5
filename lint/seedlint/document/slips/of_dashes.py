"""Mistakes in lists: a dash is missing or too many, or another sign is in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from seedlint.document.slips.line import WORD_KEY, Line, Slip, is_apart
from seedlint.text.edit import Edit
from seedlint.text.marks import ODD_SPACES
from seedlint.text.span import Span
from seedlint.text.words import NOTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_BULLET = re.compile(
    rf"( *)((?:[*+\u2022\u00b7\u25cf\u2013\u2014\u2212]|-{{2,3}}|[0-9]{{1,2}}[.)])[ {ODD_SPACES}]+"
    r"|-(?=[^\s-]))"
)
_MARKED_KEY = re.compile(
    rf"( *)([-+*\u2022#>$] +|[*_`]{{1,3}}|@ *)({WORD_KEY}?)[*_`]{{0,3}}:(?= |\Z)"
)
# In place of an item, also what YAML reads as null.
_NOTHING = NOTHING | {"null", "~"}


def other_bullets(lines: Sequence[Line]) -> Iterator[Slip]:
    """List items that do not begin with a dash and a space."""
    found = [(line, match) for line in lines if (match := _BULLET.match(line.text))]
    if not found:
        return
    # Items with the same indentation are of one list.
    line, match = found[0]
    same = [(each, bullet) for each, bullet in found if bullet[1] == match[1]]
    edits = tuple(
        Edit(each.start + bullet.start(2), each.start + bullet.end(2), "- ")
        for each, bullet in same
    )
    span = Span(line.start + match.start(2), line.start + match.start(2) + 1)
    if match[2] == "-":
        message = "a space is missing after this dash"
    else:
        message = f"`{match[2].strip()}` does not begin a list item"
    which = "each item" if len(same) > 1 else "it"
    advice = f"begin {which} with a dash and a space"
    shows_line = len(same) == 1
    is_glued = all(bullet[2] == "-" for _, bullet in same)
    fix: Literal["safe", "unsafe"] | None = "safe" if is_glued else "unsafe"
    if any(bullet[2][0].isdigit() for _, bullet in same):
        fix = None
    yield Slip(span, message, advice, edits, shows_line=shows_line, fix=fix)


def missing_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """An item of a list has no dash."""
    line, above = lines[here], lines[here - 1]
    if not line.has_dash and above.has_dash and line.column == above.column:
        yield Slip(
            Span(line.first, line.end),
            "this list item has no dash",
            "begin it with `- `",
            (Edit(line.first, line.first, "- "),),
        )


def first_without_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first item or entry of the list that goes on here has no dash."""
    line, above = lines[here], lines[here - 1]
    if line.has_dash:
        # An entry begins with the first line that is indented deeper than the dash.
        first = here - 1
        while first and lines[first - 1].column > line.column:
            first -= 1
        if above.column == line.column:
            while first and lines[first - 1].column == line.column and not lines[first].has_dash:
                first -= 1
        start = lines[first]
        if not start.has_dash and start.column == line.column + 2:
            yield Slip(
                Span(start.first, start.first + max(len(start.key), 1)),
                "the first entry of the list has no dash",
                "begin it with `- `",
                (Edit(start.first - 2, start.first, "- "),),
            )
        elif not start.has_dash and start.column == line.column and first:
            yield Slip(
                Span(start.first, start.first + max(len(start.key), 1)),
                "the first item of the list has no dash",
                "begin it with `- `",
                (Edit(start.first, start.first, "- "),),
            )


def entry_without_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first key of an entry has no dash, and those below it are where they belong."""
    line, above = lines[here], lines[here - 1]
    below = lines[here + 1 :]
    if not line.key or line.has_dash:
        return
    earlier = next((each for each in lines[:here][::-1] if each.column <= line.column), None)
    start: Line | None = None
    if earlier is not None and earlier.has_dash and earlier.column == line.column:
        # Another entry is above, and begins with the same key or has a key that follows here, too.
        if earlier.key == line.key or _has_again(earlier, lines, here):
            start = line
    elif earlier is not None and earlier.has_dash and earlier.column == line.column - 1:
        # An entry that begins with the same key: of its dash the space has stayed.
        if earlier.key == line.key:
            yield Slip(
                Span(line.first, line.first + len(line.key)),
                "this entry of the list has no dash",
                "write a dash and a space for the last space before it",
                (Edit(line.first - 1, line.first, "- "),),
                shows_line=False,
            )
    elif above.key and above.plain_value and not above.has_dash and here > 1:
        # It is the only entry: below its first key several are indented further.
        parent = lines[here - 2]
        is_first = parent.key and not parent.value and parent.column < above.column
        others = list(takewhile(lambda each: each.column >= above.column, below))
        if (
            is_first
            and line.column == above.column + 2
            and below
            and below[0].key
            and below[0].column == line.column
            and all(each.has_dash or each.column > above.column for each in others)
        ):
            start = above
    if start is not None:
        yield Slip(
            Span(start.first, start.first + len(start.key)),
            "this entry of the list has no dash",
            "begin it with a dash and a space",
            (Edit(start.first, start.first, "- "),),
        )


def _has_again(entry: Line, lines: Sequence[Line], here: int) -> bool:
    """Whether the line at `here` and those below it have a key that `entry` above has already."""
    column = entry.entry
    start = lines.index(entry)
    above = {each.key for each in lines[start:here] if each.entry == column}
    below = takewhile(lambda each: each.column >= column, lines[here + 1 :])
    again = [lines[here].key, *(each.key for each in below if each.column == column)]
    return len(again) > 1 and not above.isdisjoint(again)


def dash_within_entry(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Keys of an entry that have a dash of their own, below the first key, which has a value."""
    for index in (here, here - 1):
        first = lines[index]
        below = lines[index + 1 :]
        if not (first.has_dash and first.key and first.plain_value and below):
            continue
        end = next((at for at, line in enumerate(below) if line.column < first.entry), len(below))
        surplus = [
            line
            for line in below[:end]
            if line.has_dash and line.key and line.column == first.entry
        ]
        if surplus and surplus[0] is below[0]:
            line = surplus[0]
            which = f"before {line.name}" + (" and below" if len(surplus) > 1 else "")
            yield Slip(
                Span(line.first, line.first + 1),
                f"{line.name} belongs to the entry above, and has a dash of its own",
                f"remove the dash and the space after it {which}",
                tuple(Edit(each.first, each.first + 2, "") for each in surplus),
                shows_line=False,
            )


def list_without_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The items of a list below a blank line, where their key was deleted."""
    for index in (here, here + 1):
        if not 0 < index < len(lines):
            continue
        line, above = lines[index], lines[index - 1]
        is_list = line.has_dash and not line.key and not above.has_dash
        if is_list and above.key and above.plain_value and is_apart(lines, index):
            yield Slip(
                Span(line.first, line.first + 1),
                "the key of this list is missing",
                "write the key and a colon on a line above the first item",
                (Edit(line.start, line.start, "key:\n"),),
                shows_line=False,
                fix=None,
            )


def item_beside_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first item of a list is on the line of its key."""
    for index in (here, here - 1):
        line = lines[index]
        if not line.key or not line.plain_value:
            continue
        follows = lines[index + 1] if index + 1 < len(lines) else None
        is_item = re.match(r"- +(?=\S)", line.value)
        if follows is not None and follows.has_dash and follows.column >= line.entry:
            if line.plain_value.lower() in _NOTHING or line.plain_value == "[]":
                end = line.value_at + len(line.plain_value)
                what = "an empty list" if line.plain_value == "[]" else "a text"
                yield Slip(
                    Span(line.value_at, end),
                    f"{line.name} has {what} and a list",
                    f"remove `{line.plain_value}`, or the list",
                    (Edit(line.value_at, end, ""),),
                    fix=None,
                )
                continue
            indent = "\n" + " " * follows.column + ("" if is_item else "- ")
            key_end = line.start + len(line.text[: line.value_at - line.start].rstrip(" \t"))
            yield Slip(
                Span(line.value_at, line.value_at + (1 if is_item else len(line.plain_value))),
                f"the first item of the list is on the line of {line.name}",
                "begin it on a line of its own",
                (Edit(key_end, line.value_at, indent),),
                shows_line=False,
            )


def marked_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A key among others that has a dash before it, or marks of Markdown around it."""
    for index in (here, here - 1):
        line = lines[index]
        marked = _MARKED_KEY.match(line.text)
        around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
        is_among_keys = around and all(
            each.key and not each.has_dash and each.column >= line.column for each in around
        )
        if marked is None or not is_among_keys or around[0].column != line.column:
            continue
        start, end = line.start + marked.start(2), line.start + marked.end()
        marks = marked[2].strip()
        yield Slip(
            Span(start, start + len(marks)),
            f"`{marks}` before a key" if "`" not in marks else "a backtick before a key",
            "remove it",
            (Edit(start, end, f"{marked[3]}:"),),
        )


def slips_of_list_lines(lines: Sequence[Line]) -> Iterator[Slip]:
    """Why the lines of a text are not the list that they were meant to be."""
    first = lines[0]
    bullets = [_BULLET.match(line.text) for line in lines]
    begin = [bool(bullet or line.has_dash) for line, bullet in zip(lines, bullets, strict=True)]
    edits = []
    for line, bullet in zip(lines, bullets, strict=True):
        if bullet:
            edits.append(Edit(line.start + bullet.start(2), line.start + bullet.end(2), "- "))
        elif not line.has_dash:
            edits.append(Edit(line.first, line.first, "- "))
    if any(line.has_dash for line in lines[1:]) and not begin[0]:
        message, advice = "but the first item has no dash", "begin it with `- `"
    else:
        message = "but the lines do not begin with a dash and a space"
        advice = "begin each of them with a dash and a space"
    # Where some lines begin an item, the others may go on with it.
    is_clear = all(begin[1:]) or not any(begin)
    are_numbered = any(bullet and bullet[2][0].isdigit() for bullet in bullets)
    is_column = len({line.column for line in lines}) == 1
    fix: Literal["unsafe"] | None = (
        "unsafe" if is_clear and is_column and not are_numbered else None
    )
    span = Span(first.first, first.end)
    yield Slip(span, message, advice, tuple(edits), fix=fix)
