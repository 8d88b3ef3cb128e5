"""From the place where the YAML reader gave up to the mistake that somebody made.

Likely mistakes near the place are tried one after the other: each is mended in a copy of the text,
and the copy is read. The first whose mending can be read is the diagnosis, so what its help says to
write has been tried. Only broken seeds come here, and the number of tries is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.slips.line import Line, Slip, read_line
from seedlint.document.slips.of_line import slips_of_line
from seedlint.document.slips.of_value import slips_of_comment, slips_of_value
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import Span, line_end, line_start

Reads = Callable[[str], int | None]
"""Reads a text: the offset of its first error, None if it has none."""

# How many mendings are tried, and how many characters are read for them in all.
_TRIES = 40
_CHARACTERS = 1_000_000
# How many lines with content are looked at: up to the place, and below it.
_ABOVE = 30
_BELOW = 30
# The same, blank lines and comments included.
_MOST_LINES = 240
_REPEATED = ProblemKind.DUPLICATE_KEY
_LONGEST_LINE = 2000
_LONGEST_SHOWN = 100


def diagnose(view: str, offset: int, reads: Reads) -> Problem | None:
    """The mistake behind an error that the reader reported at `offset` of `view`, if one is found.

    If no mending makes all of it readable, one that leads to an error on a later line is taken,
    because there may be several mistakes.
    """
    return first_that_reads(view, offset, _candidates(view, offset), reads)


def first_that_reads(view: str, offset: int, slips: Iterable[Slip], reads: Reads) -> Problem | None:
    """The first slip whose mending makes `view` readable, or else readable beyond its line.

    `offset` is where the error is before any mending.
    """
    tries = min(_TRIES, _CHARACTERS // max(len(view), 1))
    second_best: Slip | None = None
    tried: set[tuple[Edit, ...]] = set()
    for slip in islice(slips, 4 * _TRIES):
        if not slip.edits or slip.edits in tried:
            continue
        if len(tried) >= tries:
            break
        tried.add(slip.edits)
        mended = apply_edits(view, slip.edits)
        error = reads(mended)
        if error is None:
            return as_problem(view, slip, slip)
        if second_best is None and _is_later(view, offset, slip, mended, error):
            second_best = slip
    return as_problem(view, second_best, second_best) if second_best else None


def _candidates(view: str, offset: int) -> Iterator[Slip]:
    """What may be wrong, the likeliest first: the line itself, those above, then the layout."""
    # Most mistakes are in the line itself, and the others take longer to find.
    itself = next(_lines_up(view, line_end(view, offset)), None)
    if itself is not None:
        yield from slips_of_line(itself)
    from seedlint.document.slips.of_layout import slips_of_layout
    from seedlint.document.slips.of_texts import slips_of_bare_line

    lines, here = lines_around(view, offset)
    if here is None:
        return
    near = [here, *range(here - 1, max(here - 6, -1), -1)]
    for index in near:
        slips = list(slips_of_line(lines[index]))
        if index != here or itself is None:
            yield from slips
        yield from _with_others_like(lines, index, slips)
    for index in near[:2]:
        yield from slips_of_layout(lines, index)
    for index in near[2:]:
        yield from slips_of_bare_line(lines, index)
    for index in range(here - 6, -1, -1):
        yield from slips_of_line(lines[index])


def _with_others_like(lines: list[Line], index: int, slips: list[Slip]) -> Iterator[Slip]:
    """Each of the slips of a line together with the same slip on the lines around it.

    Somebody who forgets the space after one colon forgets it after the next, too.
    """
    for slip in slips:
        like = [
            other
            for at in range(len(lines))
            if at != index
            for other in slips_of_line(lines[at])
            if _without_key(other.message) == _without_key(slip.message)
        ]
        if like:
            every = sorted([slip, *like], key=lambda each: each.edits[0].start)
            edits = tuple(edit for each in every for edit in each.edits)
            fixes = {each.fix for each in every}
            fix = every[0].fix if len(fixes) == 1 else None if None in fixes else "unsafe"
            yield every[0]._replace(edits=edits, fix=fix, in_each_line=True)


def _without_key(message: str) -> str:
    """What a message says of every line, whatever its key."""
    return message.partition(" after `")[0]


def line_at(view: str, offset: int) -> Line | None:
    """The line that `offset` is on; None if it is too long to be looked at."""
    start = _line_start(view, offset)
    most = offset + _LONGEST_LINE + 1
    ends = (view.find(mark, offset, most) for mark in "\r\n")
    end = min((end for end in ends if end >= 0), default=min(len(view), most))
    if start is None or end - start > _LONGEST_LINE:
        return None
    return read_line(view, start, end)


def _line_start(view: str, offset: int) -> int | None:
    """Where the line begins that `offset` is on; None if that is too far to be looked for."""
    least = max(offset - _LONGEST_LINE - 1, 0)
    before = max(view.rfind(mark, least, offset) for mark in "\r\n")
    return None if before < 0 < least else before + 1


def lines_around(view: str, offset: int) -> tuple[list[Line], int | None]:
    """The lines with content near `offset`, and the index of the one that it is on.

    Blank lines and comments are left out; at the end of the text it is the last line.
    """
    end = line_end(view, offset)
    above = list(islice(_lines_up(view, end), _ABOVE))
    lines = [*reversed(above), *islice(_lines_down(view, end), _BELOW)]
    if not lines:
        return [], None
    return lines, len(above) - 1 if above else 0


def _lines_up(view: str, end: int) -> Iterator[Line]:
    """The line that ends at `end` and those above it, upwards; only those with content."""
    for text in reversed(_with_line_feeds(view[:end]).rsplit("\n", _MOST_LINES)[-_MOST_LINES:]):
        start = end - len(text)
        if line := _with_content(start, text):
            yield line
        end = start - 1


def _lines_down(view: str, end: int) -> Iterator[Line]:
    """The lines below the one that ends at `end`; only those with content."""
    rest, *below = _with_line_feeds(view[end:]).split("\n", _MOST_LINES + 1)
    start = end + len(rest) + 1
    for text in below[:_MOST_LINES]:
        if line := _with_content(start, text):
            yield line
        start += len(text) + 1


def _with_line_feeds(text: str) -> str:
    """The text, as long as it is, with a line feed at the end of each line."""
    return re.sub("\r(?!\n)", "\n", text) if "\r" in text else text


def _with_content(start: int, text: str) -> Line | None:
    """The line at `start`, if it is neither blank nor a comment nor too long."""
    text = text.removesuffix("\r")
    if not text or len(text) > _LONGEST_LINE or text.isspace():
        return None
    line = Line(start, start + len(text), text)
    return line if text[line.column] != "#" else None


def _is_later(view: str, offset: int, slip: Slip, mended: str, error: int) -> bool:
    """Whether the error of the mended text is on a later line than the first error and the slip."""
    # Of one mistake in many lines the others may be below the next mistake.
    furthest = max(offset, slip.edits[0 if slip.in_each_line else -1].end)
    end = line_end(view, furthest)
    return end < len(view) and len(mended) - error < len(view) - end


def as_problem(view: str, slip: Slip, mending: Slip | None = None) -> Problem:
    """The problem of a slip, with the mended line as its proposal if that can be shown.

    The edits of `mending` come with it, if they are a fix.
    """
    start = _line_start(view, slip.span.start)
    proposal = ""
    if slip.shows_line and start is not None:
        line = view[start : start + _LONGEST_LINE]
        line = line[: line_end(line, 0)]
        # Only the edits in the line that is shown.
        end = start + len(line)
        here = [edit for edit in slip.edits if start <= edit.start and edit.end <= end]
        shown = apply_edits(line, here, start).strip()
        if len(shown) <= _LONGEST_SHOWN and "`" not in shown and shown.isprintable():
            proposal = shown
    edits: tuple[Edit, ...] = ()
    is_safe = True
    if mending and mending.fix:
        edits, is_safe = _as_written(view, mending.edits), mending.fix == "safe"
    return Problem(
        slip.kind,
        slip.span,
        slip.message,
        advice=slip.advice,
        proposal=proposal,
        edits=edits,
        is_safe=is_safe,
    )


def _as_written(view: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits with the line breaks of the file; slips know one line break."""
    # Of a long file with a mistake on each line all is looked through only where it has to be.
    if any("\n" in each.text for each in edits) and "\r\n" in view:
        return tuple(each._replace(text=each.text.replace("\n", "\r\n")) for each in edits)
    return edits


def find_commented_value(text: str, key_end: int) -> Problem | None:
    """The problem of a key or an item without a value, if a comment was meant as it: `key: #value`.

    `key_end` is where the key or the dash ends. A comment with a space after its `#` was meant as
    one.
    """
    line = line_at(text, key_end)
    if line is None or not (
        (line.key or line.has_dash) and line.value.startswith("#") and line.value[1:2].strip(" #!")
    ):
        return None
    if not line.start <= key_end <= line.value_at:
        return None
    slip = next(slips_of_comment(line))
    return as_problem(text, slip, slip)


def diagnose_root(view: str, start: int, reads: Reads) -> Problem | None:
    """Why a document that begins at `start` is not a mapping, if a mistake is found."""
    lines, here = lines_around(view, start)
    if here is None:
        return None
    from seedlint.document.slips.of_layout import slips_of_root

    return first_that_reads(view, start, slips_of_root(lines[here:]), reads)


def explain_blank(view: str, at: int) -> Problem | None:
    """A blank that is not a space, in the indentation of the line at `at` or after its dash."""
    lines, here = lines_around(view, at)
    if here is None:
        return None
    slip = next(slips_of_line(lines[here]), None)
    if slip is None:
        return None
    # With those of the lines around it, if there are more like it.
    every = next(_with_others_like(lines, here, [slip]), slip)
    return as_problem(view, slip, every)


def explain_second_entry(view: str, place: Span, key: str) -> Problem:
    """A repeated key at `place` that begins an entry of a list whose dash was forgotten."""
    advice = "begin it with a dash, below the other dashes"
    line = line_at(view, place.start)
    is_indented = line is not None and line.column >= 2
    edits = (Edit(line.first - 2, line.first, "- "),) if line and is_indented else ()
    slip = Slip(place, key, advice, edits, _REPEATED, line is not None)
    return as_problem(view, slip, slip)


def explain_lines_of_list(text: str, place: Span) -> Problem | None:
    """Why a plain text of several lines at `place` is not the list that it was meant to be."""
    start = line_start(text, place.start)
    end = line_end(text, min(place.end, place.start + _LONGEST_LINE) - 1)
    lines = []
    for written in _with_line_feeds(text[start:end]).split("\n"):
        if written.strip():
            lines.append(read_line(text, start, start + len(written.removesuffix("\r"))))
        start += len(written) + 1
    if len(lines) < 2 or lines[0].key or text[place.start] in "\"'|>":
        return None
    from seedlint.document.slips.of_dashes import slips_of_list_lines

    slip = next(slips_of_list_lines(lines))
    is_whole = place.end <= lines[-1].end
    return as_problem(text, slip, slip) if is_whole else as_problem(text, slip)


def advise_quotes(view: str, problem: Problem) -> Problem:
    """The problem of the first character of a text, proposing the line with quotes."""
    at = problem.span.start
    line = line_at(view, at)
    if line is None or line.value_at != at:
        return problem
    for slip in slips_of_value(line):
        # Brackets to add are tried elsewhere.
        if slip.span.start == at and any(each.start == at for each in slip.edits):
            mended = as_problem(view, slip, slip)
            return mended._replace(kind=problem.kind, span=problem.span, detail=problem.detail)
    return problem
