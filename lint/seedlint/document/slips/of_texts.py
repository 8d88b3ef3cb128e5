"""Mistakes in texts of several lines: quotes, bars, and lines that may go on with a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from seedlint.document.slips.line import WORD_KEY, Line, Slip, last_below, spaces
from seedlint.text.edit import Edit
from seedlint.text.quotes import quote, quoted, style_of
from seedlint.text.span import Span

# How many lines above the error a text or list may begin.
_LONGEST_TEXT = 12
# How many words a text has that was hardly meant to go on below.
_SHORT_TEXT = 4
_LONGEST_SHOWN = 60
# How a sentence of the article, or what is left of one, ends; and how HTML begins.
_SENTENCE = re.compile(r".*[^\W\d_][.!?\u2026][\"'\u2019\u201d\u00bb)]*|</?[A-Za-z].*")
_KEY_AND_TEXT = re.compile(r"[a-z][\w-]* +[\"'A-Z0-9]")
# A value that is all there: nobody goes on with it on the next line. One with a capital may be the
# first word of a headline.
_WHOLE_VALUE = re.compile(r"[\"'].*[\"']|[^A-Z\s]\S*")
# A key and a value that ends no sentence, without the colon between them.
_LACKS_COLON = re.compile(
    rf" *{WORD_KEY} +(?:[0-9](?:\S*[^\s.!?,;])?|\"[^\"]*\"|'[^']*'|https?:\S+|true|false) *\Z"
)

# An address, and what it may go on with in the next line. Few addresses end with these marks, and
# few texts begin with them.
_ADDRESS = re.compile(r"https?://[^\s`\"'#]+")
_PART_OF_ADDRESS = re.compile(r"[^\s`\"':]+")
_INSIDE = ("/", "?", "&", "=", "%", "-", "_")
_LONGEST_ADDRESS = 200


def low_block_text(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text under `key: |` that is not indented."""
    head, text = _block_text(lines, here)
    low = [line for line in text if line.column <= head.entry]
    if low:
        width = text[0].column if text[0].column > head.entry else head.entry + 2
        edits = tuple(Edit(line.start, line.start + line.column, " " * width) for line in low)
        yield Slip(
            Span(low[0].first, low[0].first + 1),
            f"the text of {head.name} is not indented",
            f"indent each line of the text with {spaces(width)}",
            edits,
            shows_line=False,
        )


def uneven_block_text(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text under `key: |` whose first line is further to the right than another one."""
    head, text = _block_text(lines, here)
    low = [line for line in text if head.entry < line.column < text[0].column]
    if not low:
        return
    # The first line is to blame if all others begin alike, unless it is indented as usual.
    others = {line.column for line in text[1:]}
    is_first = len(others) == 1 and text[0].column != head.entry + 2
    width = low[0].column if is_first else text[0].column
    odd = text[:1] if is_first else low
    yield Slip(
        Span(odd[0].first, odd[0].first + 1),
        f"the lines of the text of {head.name} do not begin at the same column",
        f"indent each line of the text with {spaces(width)}",
        tuple(Edit(line.start, line.start + line.column, " " * width) for line in odd),
        shows_line=False,
        # The spaces of the first line may be part of the text.
        fix=None if is_first else "unsafe",
    )


def _block_text(lines: Sequence[Line], here: int) -> tuple[Line, list[Line]]:
    """The line `key: |` that is a few lines above, and the lines of its text; none if none is."""
    for index in range(here, max(here - 5, -1), -1):
        head = lines[index]
        if not (head.key and re.fullmatch(r"[|>][-+0-9]*", head.plain_value)):
            continue
        text: list[Line] = []
        for line in lines[index + 1 :]:
            if line.column <= head.entry and text and (line.key or _LACKS_COLON.match(line.text)):
                break
            text.append(line)
        return head, text
    return lines[here], []


def quotes_over_lines(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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
                "this quote ends the text, which goes on after it",
                f"put {style_of(other)} quotes around the whole text",
                (Edit(head.value_at, head.value_at + 1, other), Edit(stop, end, other)),
                shows_line=False,
            )
        return


def text_beside_bar(lines: Sequence[Line], here: int) -> Iterator[Slip]:
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


def keys_beside_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first key of a mapping is on the line of the key that holds it, the others are below."""
    for index in (here, here - 1):
        head = lines[index] if index >= 0 else None
        below = lines[index + 1] if 0 <= index + 1 < len(lines) else None
        if head is None or below is None or not head.key:
            continue
        first = re.match(r"([a-z][\w-]{0,59}): +(?=\S)", head.value)
        if first and below.key and not below.has_dash and below.column > head.entry:
            at = head.value_at
            start = head.start + len(head.text[: at - head.start].rstrip())
            yield Slip(
                Span(at, at + len(first[1])),
                f"`{first[1]}` is on the line of {head.name}, which holds it",
                f"begin a new line before `{first[1]}`",
                (Edit(start, at, "\n" + " " * below.column),),
                shows_line=False,
            )


def text_with_keys_below(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A text, on the line of a key or of a dash, with keys below it."""
    line, head = lines[here], lines[here - 1]
    text = head.plain_value
    is_item = head.has_dash and not head.key and line.column == head.entry
    if not (line.key and not line.has_dash and text) or text[0] in "[{|>&*!#":
        return
    if text[0] in "\"'" and not is_item:
        return
    span = Span(head.value_at, head.value_at + len(text))
    # It is shown in backticks.
    shown = f"`{text[:_LONGEST_SHOWN]}`" if "`" not in text else "this"
    if is_item:
        key = _key_of_siblings(lines, here - 1)
        written = quote(f"{key}: ") if key else "the name of a key and `: `"
        advice = f"write {written} before it"
        edits = (Edit(head.value_at, head.value_at, f"{key or 'name'}: "),)
        message = f"{shown} is a text, and cannot have keys below it"
        yield Slip(span, message, advice, edits, shows_line=bool(key), fix=None)
        return
    block = list(takewhile(lambda each: each.column > head.entry, lines[here:]))
    keys = [each for each in block if each.column == line.column]
    first = _first_key_elsewhere(lines, head.key)
    are_keys = all(each.key and not each.has_dash for each in keys)
    if first and line.column > head.entry and are_keys and first not in {each.key for each in keys}:
        at = head.start + len(head.text[: head.value_at - head.start].rstrip(" \t"))
        yield Slip(
            span,
            f"{head.name} has the text {shown} beside it, and keys below it",
            f"write the text on a line of its own below, after `{first}: `",
            (Edit(at, head.value_at + len(text), f"\n{' ' * line.column}{first}: {text}"),),
            shows_line=False,
            fix=None,
        )
    if (
        head.key
        # Nobody begins a mapping with a number or an address.
        and re.match(r"(?!true$|false$)[^\W\d_](?!.*://)", text)
        and line.column > head.entry
        and len(keys) > 1
        and len(text.split()) <= _SHORT_TEXT
        and are_keys
    ):
        yield Slip(
            span,
            f"{head.name} has the text {shown} beside it, and keys below it",
            "move the text below, after the key that it belongs to, or remove it",
            (Edit(head.value_at - 1, head.value_at + len(text), ""),),
            shows_line=False,
            fix=None,
        )


def _first_key_elsewhere(lines: Sequence[Line], key: str) -> str:
    """The first key of the mapping that is below the same key elsewhere; "" if there is none."""
    for line, below in pairwise(lines):
        if key and line.key == key and not line.plain_value and below.column > line.entry:
            return "" if below.has_dash else below.key
    return ""


def _key_of_siblings(lines: Sequence[Line], here: int) -> str:
    """The key that other entries of the list of the item at `here` begin with; "" if none does."""
    column = lines[here].column
    for side in (lines[:here][::-1], lines[here + 1 :]):
        for each in takewhile(lambda each: each.column >= column, side):
            if each.has_dash and each.column == column and each.key:
                return each.key
    return ""


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
    if above is not None and (whole := _whole_address(above.value, line.value)):
        yield _rest_of_address(line, above, whole)
    if is_word and above is not None and above.key and not above.value:
        yield _indented_text(line, above, f"is the value of {above.name}")
    if is_word:
        yield Slip(
            Span(line.first, line.end),
            f"a colon is missing after `{line.value}`",
            f"write `{line.value}: ` and its value, or remove the line",
            (Edit(line.first, line.end, ""),),
            shows_line=False,
            fix=None,
        )
    yield from _text_of_article(lines, here)
    missing = re.match(rf" *({WORD_KEY})([ ]+)(?=\S)", line.text)
    wrapped: list[Slip] = []
    is_text = len(line.value.split()) > 3 or not line.value[:1].islower()
    if above is not None and above.key and not above.value and line.column <= above.entry:
        wrapped = [_indented_text(line, above, f"is the value of {above.name}")]
        if is_text:
            yield from wrapped
    if above is not None and above.plain_value and line.column <= above.entry:
        owner = above.name if above.key else "the line above"
        wrapped = [_indented_text(line, above, f"goes on with the text of {owner}")]
        if _WHOLE_VALUE.fullmatch(above.plain_value):
            # Hardly anything goes on with it, so it may be anything.
            wrapped = [
                each._replace(advice=f"remove it, or, {each.advice}", fix=None) for each in wrapped
            ]
    looks_wrapped = above is not None and (len(above.plain_value.split()) > 3 or _is_sentence(line))
    looks_wrapped = looks_wrapped and not _LACKS_COLON.match(line.text)
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


def _whole_address(above: str, below: str) -> str:
    """The address that two lines make, if the second certainly goes on with the first; else ""."""
    is_address = _ADDRESS.fullmatch(above) and _PART_OF_ADDRESS.fullmatch(below)
    goes_on = above[-1:] in _INSIDE or below[:1] in _INSIDE
    return above + below if is_address and goes_on else ""


def _rest_of_address(line: Line, above: Line, whole: str) -> Slip:
    """A line that the address in the line above goes on in, which an editor may have wrapped."""
    owner = above.name if above.key else "the line above"
    shown = f": `{whole}`" if len(whole) <= _LONGEST_ADDRESS else ""
    return Slip(
        Span(line.first, line.first + len(line.value)),
        f"this line goes on with the address of {owner}",
        f"write it on one line{shown}",
        (Edit(above.value_at, line.first + len(line.value), whole),),
        shows_line=False,
    )


def _is_sentence(line: Line) -> bool:
    """Whether a line ends like a sentence and does not begin like a key: `title The ferry runs.`"""
    return _SENTENCE.fullmatch(line.value) is not None and not _KEY_AND_TEXT.match(line.value)


def _text_of_article(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A paragraph of the article that got between the keys, or below the last one."""
    first = last = here
    while first and lines[first - 1].is_bare:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].is_bare:
        last += 1
    start, above = lines[first], lines[first - 1]
    if not first or start.column or not _WHOLE_VALUE.fullmatch(above.plain_value):
        return
    if not _is_sentence(start):
        return
    count = last - first
    others = "the next line" if count == 1 else f"the next {count} lines"
    what = f"it and {others}" if count else "it"
    yield Slip(
        Span(start.first, start.first + len(start.value)),
        "this line is neither `key: value` nor a list item",
        f"if it is text of the article, move {what} below the closing fence, or remove it",
        tuple(Edit(line.start, line.end, "") for line in lines[first : last + 1]),
        shows_line=False,
        fix=None,
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


def text_without_quotes(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A text of several lines that needs quotes around all of it."""
    for index in range(here, max(here - 4, -1), -1):
        head = lines[index]
        if not head.key or not head.plain_value or head.value[0] in "\"'[{|>":
            continue
        last = last_below(lines, index)
        if last == index:
            return
        below = lines[index + 1 : last + 1]
        if len(below) > 1 and all(line.key or line.has_dash for line in below):
            # These are keys, and not text.
            return
        end = lines[last]
        texts = [head.value, *(line.text for line in below)]
        mark = '"' if not any('"' in text or "\\" in text for text in texts) else "'"
        if mark == "'" and any("'" in text for text in texts):
            return
        stop = end.start + len(end.text.rstrip())
        words = re.sub(r"[^\w.,!? -]", "", end.value)[-20:].strip()
        if not words:
            return
        yield Slip(
            Span(head.value_at, head.value_at + 1),
            f"the text of {head.name} goes on below and needs quotes",
            f"put all of it in {style_of(mark)} quotes, from here to its end after `{words}`",
            (Edit(head.value_at, head.value_at, mark), Edit(stop, stop, mark)),
            shows_line=False,
        )
        return
