"""Mistakes in the indentation: tabs, and lines that begin too far to the left or right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import Line, Slip, is_apart, spaces
from seedlint.text.edit import Edit
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_TABS = re.compile(r" *(\t+)[ \t]*")
# A value that has nothing below it.
_WHOLE_VALUE = re.compile(r"[-+]?[0-9.]+|true|false")


def slips_of_tabs(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Tabs in the indentation of a line and of those around it."""
    line = lines[here]
    tabs = _TABS.match(line.text)
    if tabs is None:
        return
    span = Span(line.start + tabs.start(1), line.start + tabs.end(1))
    message = "indentation with a tab"
    indented = [
        (each, found)
        for each in lines
        if "\t" in each.text and (found := _TABS.match(each.text)) is not None
    ]
    # How wide a tab is does not matter then.
    are_alone = not any(each.column for each in lines)
    for width in (2, 4):
        edits = tuple(
            Edit(each.start, each.start + found.end(), found[0].replace("\t", " " * width))
            for each, found in indented
        )
        yield Slip(
            span,
            message,
            f"replace each tab by {spaces(width)}",
            edits,
            ProblemKind.TAB_INDENTATION,
            shows_line=False,
            fix="safe" if are_alone else "unsafe",
        )
    for column in sorted({each.column for each in lines[:here]} | {0}, reverse=True):
        yield Slip(
            span,
            message,
            f"indent the line with {spaces(column)} instead" if column else "remove it",
            (Edit(line.start, line.start + tabs.end(), " " * column),),
            ProblemKind.TAB_INDENTATION,
            shows_line=False,
        )


def _first_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first key of a mapping is as far to the left as the key that holds it."""
    if here < 2:
        return
    holder, first, line = lines[here - 2 : here + 1]
    is_held = holder.key and not holder.value and first.key and first.value
    if is_held and holder.entry == first.column < line.column and not first.has_dash and line.key:
        surplus = line.column - first.column
        yield Slip(
            Span(first.first, first.first + len(first.text.split(":")[0].strip())),
            f"{first.name} begins at column {first.column + 1}, like {holder.name} above it, "
            f"and {line.name} below it at column {line.column + 1}",
            f"add {spaces(surplus)} before {first.name}",
            (Edit(first.start, first.start, " " * surplus),),
            shows_line=False,
        )


def indentation(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line has more or fewer spaces before it than its neighbours."""
    line = lines[here]
    if here and lines[0].column > line.column == 0:
        # All the lines above have too many.
        surplus = lines[0].column
        group = lines[:here]
        if all(each.column >= surplus for each in group):
            yield Slip(
                Span(group[0].start, group[0].first),
                f"this line begins at column {surplus + 1}, those below at column 1",
                f"remove {spaces(surplus)} {_before(group)}",
                tuple(Edit(each.start, each.start + surplus, "") for each in group),
                shows_line=False,
            )
    columns: list[tuple[int, Line]] = []
    least = len(line.text) + 10_000
    for above in reversed(lines[:here]):
        if above.entry < least and above.has_dash and above.key and not line.has_dash:
            columns.append((above.entry, above))
        if above.column < least:
            columns.append((above.column, above))
            least = above.column
        if not above.value and above.key and line.has_dash:
            columns.append((above.entry + 2, above))
    columns = [each for each in columns if each[0] != line.column]
    same = [at for at, each in enumerate(lines) if each.key and each.key == line.key and at != here]
    usual = {
        lines[at].column if line.has_dash and lines[at].has_dash else lines[at].entry for at in same
    }
    before = {_key_before(lines, at) for at in same} - {""}
    columns.sort(
        key=lambda each: (
            each[1].key not in before,
            each[0] not in usual,
            abs(each[0] - line.column),
        )
    )
    for column, _ in columns[:4]:
        others = [other for at, other in columns if at == column]
        # Rather one that begins there than the key that the list is below.
        other = next((each for each in others if column in (each.column, each.entry)), others[0])
        yield from _shift(lines, here, column - line.column, other, column)


def _key_before(lines: Sequence[Line], at: int) -> str:
    """The key that the one at `at` follows, or that it is below; "" if there is none."""
    column = lines[at].entry
    return next((each.key for each in lines[:at][::-1] if each.entry <= column), "")


def key_between(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line above is further to the left than this one and the one before it, which agree."""
    if here < 2:
        return
    before, above, line = lines[here - 2 : here + 1]
    shift = line.column - above.column
    if before.entry == line.column and above.key and line.key and not above.has_dash and shift > 0:
        yield Slip(
            Span(above.first, above.first + 1),
            f"this line begins at column {above.column + 1}, "
            f"{before.name} above at column {line.column + 1}",
            f"add {spaces(shift)} {_before([above])}",
            (Edit(above.start, above.start, " " * shift),),
            shows_line=False,
        )


def outdented_keys(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Keys of an entry that begin to the left of its dash; more of it, or the next one, follows."""
    for index in (here, here + 1):
        if not 1 < index < len(lines) or not (lines[index].has_dash or lines[index].key):
            continue
        below = lines[index]
        begin = index - 1
        while begin and not (
            lines[begin].has_dash
            and below.column == (lines[begin].column if below.has_dash else lines[begin].entry)
        ):
            begin -= 1
        entry = lines[begin]
        places = (at for at in range(begin + 1, index) if lines[at].column < entry.column)
        first = next(places, index)
        group = lines[first:index]
        if not group or not entry.has_dash or not entry.key or not group[0].key:
            continue
        left = group[0].column
        columns = {entry.entry: entry}
        columns |= {each.column: each for each in lines[begin + 1 : first] if each.key}
        usual = [each.entry for each in lines if each.key == group[0].key and each.entry in columns]
        column = next(iter(usual), entry.entry)
        # What is below these keys may be where it belongs already.
        outside = [each for each in group if each.column <= column]
        is_holder = len(outside) == 1 < len(group) and not group[0].value
        # A list may be that of the key above it, and keys may be below a text.
        is_known = bool(usual) or (
            below.key == entry.key
            if below.has_dash
            else is_holder or _WHOLE_VALUE.fullmatch(group[-1].plain_value) is not None
        )
        is_list = any(each.has_dash and each.column <= entry.column for each in group)
        if not is_known or is_list or any(each.column < left for each in group):
            continue
        if is_holder:
            group = outside
        yield Slip(
            Span(group[0].first, group[0].first + 1),
            f"this line begins at column {left + 1}, "
            f"{columns[column].name} above at column {column + 1}",
            f"add {spaces(column - left)} {_before(group)}",
            tuple(Edit(each.start, each.start, " " * (column - left)) for each in group),
            shows_line=False,
        )


def first_of_block(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line above is the first below its key, and is indented unlike those that follow."""
    if here < 2:
        return
    yield from _first_key(lines, here)
    line, first = lines[here], here - 1
    while line.has_dash and first > 1 and lines[first].column == line.column:
        # Items that the first one, further to the left, goes on with.
        first -= 1
    above, parent = lines[first], lines[first - 1]
    if not parent.key or parent.value or (line.has_dash and not above.has_dash):
        return
    entry = above.column if line.has_dash else above.entry
    change = line.column - entry
    begin = above.column + change
    # Nobody indents by an odd number of spaces on purpose where the next line does not.
    is_odd = change % 2 and not (line.column - parent.entry) % 2
    step = _usual_step(lines, first)
    if (
        is_odd
        and change == 1
        and begin == parent.entry + 4 == parent.entry + 2 * step
        and above.key
    ):
        # Of a dash the space has stayed, and the keys below are where those of an entry are.
        yield Slip(
            Span(above.first, above.first + len(above.key)),
            "this entry of the list has no dash",
            "write a dash and a space for the last space before it",
            (Edit(above.first - 1, above.first, "- "),),
            shows_line=False,
        )
    is_unusual = above.column != parent.entry + step == begin
    if not change or begin < parent.entry or not (is_odd or is_unusual):
        return
    if change < 0:
        edit = Edit(above.start, above.start - change, "")
    else:
        edit = Edit(above.start, above.start, " " * change)
    name = line.name if line.key else "the one"
    place = Span(above.start, above.first) if above.column else Span(above.first, above.first + 1)
    yield Slip(
        place,
        f"this line begins at column {entry + 1}, {name} below at column {line.column + 1}",
        f"{'remove' if change < 0 else 'add'} {spaces(abs(change))} {_before([above])}",
        (edit,),
        shows_line=False,
    )


def _usual_step(lines: Sequence[Line], here: int) -> int:
    """How far lines like the one at `here` are indented below their keys elsewhere, or 2."""
    has_dash = lines[here].has_dash
    steps = [
        below.column - above.entry
        for above, below in pairwise(lines)
        if above.key and not above.value and below.has_dash == has_dash and below is not lines[here]
    ]
    steps = [step for step in steps if step > 0 or (step == 0 and has_dash)]
    return max(set(steps), key=steps.count) if steps else 2


def _shift(
    lines: Sequence[Line], here: int, change: int, other: Line, column: int
) -> Iterator[Slip]:
    """Move the line, alone or with those that belong to it, by `change` spaces."""
    line = lines[here]
    block = [line]
    for below in lines[here + 1 :]:
        if below.column < line.column:
            break
        block.append(below)
    deeper = [line]
    for below in lines[here + 1 :]:
        if below.column <= line.column:
            break
        deeper.append(below)
    name = f"{other.name} above" if other.key else "the one above"
    span = Span(line.start, line.first) if line.column else Span(line.first, line.first + 1)
    for group in {1: [line], len(deeper): deeper, len(block): block}.values():
        fix: Literal["unsafe"] | None = "unsafe"
        if change < 0:
            edits = tuple(
                Edit(each.start, each.start - change, "")
                for each in group
                if each.column >= -change
            )
            advice = f"remove {spaces(-change)} {_before(group)}"
            if len(group) > 1 and is_apart(lines, here):
                advice += ", or write the key that they belong to on the line above"
                fix = None
        else:
            edits = tuple(Edit(each.start, each.start, " " * change) for each in group)
            advice = f"add {spaces(change)} {_before(group)}"
        message = f"this line begins at column {line.column + 1}, {name} at column {column + 1}"
        if column not in (other.column, other.entry):
            message = (
                f"this line begins at column {line.column + 1}, "
                f"and belongs at column {column + 1}, below {other.name}"
            )
        yield Slip(span, message, advice, edits, shows_line=False, fix=fix)


def _before(group: Sequence[Line]) -> str:
    """Where spaces are added or removed, in words."""
    first = group[0]
    name = first.name if first.key else "this line"
    if len(group) == 1:
        return f"before {name}"
    others = "line" if len(group) == 2 else f"{len(group) - 1} lines"
    return f"before {name} and the {others} below"
