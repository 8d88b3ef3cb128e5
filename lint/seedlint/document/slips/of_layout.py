"""Mistakes that concern several lines: indentation, dashes, texts and lists of several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Literal

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import COMMENT, WORD_KEY, Line, Slip, spaces
from seedlint.document.slips.of_line import slips_of_key_sign
from seedlint.text.edit import Edit
from seedlint.text.marks import ODD_SPACES
from seedlint.text.quotes import quoted, style_of
from seedlint.text.span import Span

_BULLET = re.compile(
    rf"( *)((?:[*+\u2022\u00b7\u25cf\u2013\u2014\u2212]|-{{2,3}}|[0-9]{{1,2}}[.)])[ {ODD_SPACES}]+"
    r"|-(?=[^\s-]))"
)
_MARKED_KEY = re.compile(rf"( *)([-+*\u2022#] +|[*_`]{{1,3}})({WORD_KEY}?)[*_`]{{0,3}}:(?= |\Z)")
# How many lines above the error a text or list may begin.
_LONGEST_TEXT = 12
# Words that say that there is nothing.
_NOTHING = frozenset({"none", "null", "nil", "n/a", "na", "nothing", "empty", "~", "tbd", "todo"})
# How many words a text has that was hardly meant to go on below.
_SHORT_TEXT = 4
_LONGEST_SHOWN = 60


def slips_of_layout(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """What may be wrong with where the line at index `here` begins, or the one before it."""
    line = lines[here]
    yield from _bullets(lines)
    yield from _text_beside_bar(lines, here)
    yield from _open_bracket(lines, here)
    yield from _quotes_over_lines(lines, here)
    if here:
        yield from _block_text(lines, here)
        if not line.key:
            yield from _missing_dash(lines, here)
        yield from _first_without_dash(lines, here)
        yield from _entry_without_dash(lines, here)
        yield from _dash_within_entry(lines, here)
        if not lines[here - 1].column:
            yield from _text_with_keys_below(lines, here)
        yield from _marked_key(lines, here)
        yield from _item_beside_key(lines, here)
    if here and line.key and lines[here - 1].column <= line.column:
        yield from slips_of_bare_line(lines, here - 1)
    yield from slips_of_bare_line(lines, here)
    if line.is_bare:
        yield from _runs_on(lines, here)
    yield from _first_of_block(lines, here)
    yield from _comma_above(lines, here)
    if here and lines[here - 1].has_dash and not lines[here - 1].key:
        yield from _text_with_keys_below(lines, here)
    yield from _indentation(lines, here)
    if here and lines[here - 1].column:
        # Further below, a key with a value is more often followed by one that is indented too far.
        yield from _text_with_keys_below(lines, here)
    if here and line.key:
        yield from _missing_dash(lines, here)
    yield from _runs_on(lines, here)


def slips_of_tabs(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Tabs in the indentation of a line and of those around it."""
    line = lines[here]
    tabs = re.match(r" *(\t+)[ \t]*", line.text)
    if tabs is None:
        return
    span = Span(line.start + tabs.start(1), line.start + tabs.end(1))
    message = "indentation with a tab"
    indented = [
        (each, found) for each in lines if (found := re.match(r" *\t[ \t]*", each.text)) is not None
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


def slips_of_list_lines(lines: Sequence[Line]) -> Iterator[Slip]:
    """Why the lines of a text are not the list that they were meant to be."""
    first = lines[0]
    bullets = [_BULLET.match(line.text) for line in lines]
    have_dash = [line.has_dash for line in lines]
    fix: Literal["unsafe"] | None = "unsafe"
    if any(have_dash[1:]) and not bullets[0]:
        message, advice = "but the first item has no dash", "begin it with `- `"
        edits = [Edit(first.first, first.first, "- ")]
        is_clear = all(have_dash[1:])
    else:
        message = "but the lines do not begin with a dash and a space"
        advice = "begin each of them so"
        edits = [
            Edit(line.start + bullet.start(2), line.start + bullet.end(2), "- ")
            if bullet
            else Edit(line.first, line.first, "- ")
            for line, bullet in zip(lines, bullets, strict=True)
        ]
        is_clear = all(bullets) or not any(bullets)
        if any(bullet and bullet[2][0].isdigit() for bullet in bullets):
            fix = None
    if not is_clear or len({line.column for line in lines}) > 1:
        # A line may go on with the one above.
        fix = None
    span = Span(first.first, first.end)
    yield Slip(span, message, advice, tuple(edits), fix=fix)


def slips_of_root(lines: Sequence[Line]) -> Iterator[Slip]:
    """What may be wrong with front matter that is not a mapping."""
    glued = [slip for line in lines for slip in islice(slips_of_key_sign(line), 1)]
    if glued:
        is_safe = all(slip.fix == "safe" for slip in glued)
        yield glued[0]._replace(
            edits=tuple(edit for slip in glued for edit in slip.edits),
            fix="safe" if is_safe else "unsafe",
        )
    first = lines[0]
    if first.has_dash:
        yield Slip(
            Span(first.first, first.first + 1),
            "list",
            "remove the dash, and 2 spaces before each line below",
            tuple(
                Edit(line.start, line.start + 2, "")
                for line in lines
                if line.text.startswith(("- ", "  "))
            ),
            ProblemKind.ROOT_NOT_MAPPING,
            shows_line=False,
        )


def _bullets(lines: Sequence[Line]) -> Iterator[Slip]:
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


def _block_text(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text under `key: |` that is not indented."""
    for index in range(here, max(here - 5, -1), -1):
        head = lines[index]
        if not (head.key and re.fullmatch(r"[|>][-+0-9]*", head.plain_value)):
            continue
        text: list[Line] = []
        for line in lines[index + 1 :]:
            if line.column <= head.entry and (line.key and text):
                break
            text.append(line)
        low = [line for line in text if line.column <= head.entry]
        if low:
            width = head.entry + 2
            edits = tuple(Edit(line.start, line.start + line.column, " " * width) for line in low)
            yield Slip(
                Span(low[0].first, low[0].first + 1),
                f"the text of `{head.key}` is not indented",
                f"indent each line of the text with {spaces(width)}",
                edits,
                shows_line=False,
            )
        return


def _open_bracket(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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
                f"add `{closer}` behind its last item",
                (Edit(stop, stop, closer),),
                shows_line=False,
            )
        return


def _comma_above(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """No comma at the end of the line above, in brackets over several lines."""
    if here:
        text = lines[here - 1].text.rstrip()
        at = lines[here - 1].start + len(text)
        if text[-1] not in ",[{":
            yield Slip(
                Span(at - 1, at), "a comma is missing after this", "add it", (Edit(at, at, ","),)
            )


def _quotes_over_lines(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A quoted text of several lines that has a quote of its kind inside."""
    for index in range(here, max(here - _LONGEST_TEXT, -1), -1):
        head = lines[index]
        mark = head.value[:1]
        if not mark or mark not in "\"'" or mark in head.value[1:]:
            continue
        closing = next((line for line in lines[index + 1 :] if mark in line.text), None)
        if closing is None:
            return
        at = closing.start + closing.text.index(mark)
        end = closing.start + len(closing.text.rstrip())
        rest = closing.text[closing.text.index(mark) + 1 :].strip()
        other = "'" if mark == '"' else '"'
        if rest in (",", ";", "."):
            yield Slip(
                Span(end - 1, end),
                f"`{rest}` after the closing quote",
                "remove it",
                (Edit(at + 1, end, ""),),
            )
        elif rest and other not in "".join(line.text for line in lines[index : here + 2]):
            stop = end - 1 if rest.endswith(mark) else end
            yield Slip(
                Span(at, at + 1),
                "this quote ends the text, which goes on behind it",
                f"put {style_of(other)} quotes around the whole text",
                (Edit(head.value_at, head.value_at + 1, other), Edit(stop, end, other)),
                shows_line=False,
            )
        return


def _text_beside_bar(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text on the line of `|` or `>` that goes on below."""
    head = lines[here]
    bar = re.match(r"([|>][-+0-9]*)[ ]+(?=[^\s#])", head.value)
    below = lines[here + 1] if here + 1 < len(lines) else None
    if bar and below and below.column > head.entry:
        at = head.value_at
        yield Slip(
            Span(at + bar.end(), head.start + len(head.text.rstrip())),
            f"only a line break may follow `{bar[1]}`",
            "begin the text on the line below",
            (Edit(at + bar.end(1), at + bar.end(), "\n" + " " * below.column),),
            shows_line=False,
        )


def _missing_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """An item of a list has no dash."""
    line, above = lines[here], lines[here - 1]
    if not line.has_dash and above.has_dash and line.column == above.column:
        yield Slip(
            Span(line.first, line.end),
            "this list item has no dash",
            "begin it with `- `",
            (Edit(line.first, line.first, "- "),),
        )


def _first_without_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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


def _entry_without_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first key of an entry has no dash, and those below it are where they belong."""
    line, above = lines[here], lines[here - 1]
    below = lines[here + 1 :]
    if not line.key or line.has_dash:
        return
    earlier = next((each for each in lines[:here][::-1] if each.column <= line.column), None)
    start: Line | None = None
    if earlier is not None and earlier.has_dash and earlier.column == line.column:
        # Another entry is above, and begins with the same key or goes on below at the same column.
        if earlier.key == line.key or (below and below[0].column == line.column + 2):
            start = line
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


def _dash_within_entry(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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
            which = f"before `{line.key}`" + (" and below" if len(surplus) > 1 else "")
            yield Slip(
                Span(line.first, line.first + 1),
                f"`{line.key}` belongs to the entry above, and has a dash of its own",
                f"remove the dash and the space behind it {which}",
                tuple(Edit(each.first, each.first + 2, "") for each in surplus),
                shows_line=False,
            )


def _marked_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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


def _text_with_keys_below(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A text, on the line of a key or of a dash, with keys below it."""
    line, head = lines[here], lines[here - 1]
    text = head.plain_value
    if not (line.key and not line.has_dash and text) or text[0] in "\"'[{|>&*!#":
        return
    span = Span(head.value_at, head.value_at + len(text))
    # It is shown in backticks.
    shown = f"`{text[:_LONGEST_SHOWN]}`" if "`" not in text else "this"
    if head.has_dash and not head.key and line.column == head.entry:
        key = _key_of_siblings(lines, here - 1)
        advice = (
            f"write `{key}: ` before it" if key else "write the name of a key and `: ` before it"
        )
        edits = (Edit(head.value_at, head.value_at, f"{key or 'name'}: "),)
        message = f"{shown} is a text, and cannot have keys below it"
        yield Slip(span, message, advice, edits, shows_line=bool(key), fix=None)
        return
    block = list(takewhile(lambda each: each.column > head.entry, lines[here:]))
    keys = [each for each in block if each.column == line.column]
    if (
        head.key
        # Nobody begins a mapping with a number or an address.
        and re.match(r"(?!true$|false$)[^\W\d_](?!.*://)", text)
        and line.column > head.entry
        and len(keys) > 1
        and len(text.split()) <= _SHORT_TEXT
        and all(each.key and not each.has_dash for each in keys)
    ):
        yield Slip(
            span,
            f"`{head.key}` has the text {shown} beside it, and keys below it",
            "move the text below, behind the key that it belongs to, or remove it",
            (Edit(head.value_at - 1, head.value_at + len(text), ""),),
            shows_line=False,
            fix=None,
        )


def _key_of_siblings(lines: Sequence[Line], here: int) -> str:
    """The key that other entries of the list of the item at `here` begin with; "" if none does."""
    column = lines[here].column
    for side in (lines[:here][::-1], lines[here + 1 :]):
        for each in takewhile(lambda each: each.column >= column, side):
            if each.has_dash and each.column == column and each.key:
                return each.key
    return ""


def _item_beside_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first item of a list is on the line of its key."""
    for index in (here, here - 1):
        line = lines[index]
        if not line.key or not line.plain_value:
            continue
        follows = lines[index + 1] if index + 1 < len(lines) else None
        is_item = re.match(r"- +(?=\S)", line.value)
        if follows is not None and follows.has_dash and follows.column >= line.entry:
            if line.plain_value.lower() in _NOTHING:
                end = line.value_at + len(line.plain_value)
                yield Slip(
                    Span(line.value_at, end),
                    f"`{line.key}` has a text and a list",
                    f"remove `{line.plain_value}`, or the list",
                    (Edit(line.value_at, end, ""),),
                    fix=None,
                )
                continue
            indent = "\n" + " " * follows.column + ("" if is_item else "- ")
            key_end = line.start + len(line.text[: line.value_at - line.start].rstrip(" \t"))
            yield Slip(
                Span(line.value_at, line.value_at + (1 if is_item else len(line.plain_value))),
                f"the first item of the list is on the line of `{line.key}`",
                "begin it on a line of its own",
                (Edit(key_end, line.value_at, indent),),
                shows_line=False,
            )


def _indented_text(line: Line, above: Line, meant: str) -> Slip:
    """A line that may be text of the line above; `meant` says in which way."""
    width = above.entry + 2
    return Slip(
        Span(line.first, line.end),
        "this line is neither `key: value` nor a list item",
        f"if it {meant}, indent it with {spaces(width)}",
        (Edit(line.start, line.start + line.column, " " * width),),
        shows_line=False,
    )


def slips_of_bare_line(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A line that is neither `key: value` nor an item: wrapped text, or a colon is missing."""
    line = lines[here]
    if not line.is_bare:
        return
    above = lines[here - 1] if here else None
    below = lines[here + 1] if here + 1 < len(lines) else None
    is_word = re.fullmatch(r" *[a-z][\w-]{0,59} *", line.text) is not None
    if is_word and below and below.column > line.column:
        end = line.first + len(line.value)
        yield Slip(
            Span(line.first, end),
            f"a colon is missing after `{line.value}`",
            "add it",
            (Edit(end, end, ":"),),
        )
    if is_word:
        yield Slip(
            Span(line.first, line.end),
            f"a colon is missing after `{line.value}`",
            f"write `{line.value}: ` and its value, or remove the line",
            (Edit(line.first, line.end, ""),),
            shows_line=False,
            fix=None,
        )
    missing = re.match(rf" *({WORD_KEY})([ ]+)(?=\S)", line.text)
    wrapped: list[Slip] = []
    is_text = len(line.value.split()) > 3 or not line.value[:1].islower()
    if above is not None and above.key and not above.value and line.column <= above.entry:
        wrapped = [_indented_text(line, above, f"is the text of `{above.key}`")]
        if is_text:
            yield from wrapped
    if above is not None and above.plain_value and line.column <= above.entry:
        owner = f"`{above.key}`" if above.key else "the line above"
        wrapped = [_indented_text(line, above, f"goes on with the text of {owner}")]
    looks_wrapped = above is not None and len(above.plain_value.split()) > 3
    has_colon = re.search(r":(?: |\Z)", line.value) is not None
    if missing and not has_colon and not (looks_wrapped and wrapped):
        rest = line.text[missing.end() :].rstrip()
        text = rest if rest[0] in "\"'[{" or " #" not in rest else quoted(rest)
        end = line.start + missing.end(1)
        yield Slip(
            Span(line.first, end),
            f"a colon is missing after `{missing[1]}`",
            "add it",
            (Edit(end, line.start + missing.end() + len(rest), f": {text}"),),
        )
    yield from wrapped


def _indentation(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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
    columns.sort(key=lambda each: abs(each[0] - line.column))
    for column, other in columns[:4]:
        yield from _shift(lines, here, column - line.column, other, column)


def _first_of_block(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line above is the first below its key, and is indented unlike those that follow."""
    if here < 2:
        return
    line, above, parent = lines[here], lines[here - 1], lines[here - 2]
    if not parent.key or parent.value or (line.has_dash and not above.has_dash):
        return
    entry = above.column if line.has_dash else above.entry
    change = line.column - entry
    # Nobody indents by an odd number of spaces on purpose where the next line does not.
    if not change % 2 or (line.column - parent.entry) % 2 or above.column + change < 0:
        return
    if change < 0:
        edit = Edit(above.start, above.start - change, "")
    else:
        edit = Edit(above.start, above.start, " " * change)
    name = f"`{line.key}`" if line.key else "the one"
    yield Slip(
        Span(above.start, above.first),
        f"this line begins at column {entry + 1}, {name} below at column {line.column + 1}",
        f"{'remove' if change < 0 else 'add'} {spaces(abs(change))} {_before([above])}",
        (edit,),
        shows_line=False,
    )


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
    name = f"`{other.key}` above" if other.key else "the one above"
    span = Span(line.start, line.first) if line.column else Span(line.first, line.first + 1)
    for group in {1: [line], len(deeper): deeper, len(block): block}.values():
        if change < 0:
            edits = tuple(
                Edit(each.start, each.start - change, "")
                for each in group
                if each.column >= -change
            )
            advice = f"remove {spaces(-change)} {_before(group)}"
        else:
            edits = tuple(Edit(each.start, each.start, " " * change) for each in group)
            advice = f"add {spaces(change)} {_before(group)}"
        message = f"this line begins at column {line.column + 1}, {name} at column {column + 1}"
        yield Slip(span, message, advice, edits, shows_line=False)


def _runs_on(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A text of several lines that needs quotes around all of it."""
    for index in range(here, max(here - 4, -1), -1):
        head = lines[index]
        if not head.key or not head.plain_value or head.value[0] in "\"'[{|>":
            continue
        last = index
        while last + 1 < len(lines) and lines[last + 1].column > head.entry:
            last += 1
        if last == index:
            return
        end = lines[last]
        texts = [head.value, *(line.text for line in lines[index + 1 : last + 1])]
        mark = '"' if not any('"' in text or "\\" in text for text in texts) else "'"
        if mark == "'" and any("'" in text for text in texts):
            return
        stop = end.start + len(end.text.rstrip())
        words = re.sub(r"[^\w.,!? -]", "", end.value)[-20:].strip()
        yield Slip(
            Span(head.value_at, head.value_at + 1),
            f"the text of `{head.key}` goes on below and needs quotes",
            f"put all of it in {style_of(mark)} quotes, from here to its end after `{words}`",
            (Edit(head.value_at, head.value_at, mark), Edit(stop, stop, mark)),
            shows_line=False,
        )
        return


def _before(group: Sequence[Line]) -> str:
    """Where spaces are added or removed, in words."""
    first = group[0]
    name = f"`{first.key}`" if first.key else "this line"
    if len(group) == 1:
        return f"before {name}"
    others = "line" if len(group) == 2 else f"{len(group) - 1} lines"
    return f"before {name} and the {others} below"
