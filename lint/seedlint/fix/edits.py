"""From operations on the data to edits of the text: exactly the characters that they name.

Comments, quotes, blank lines, line breaks and the order of keys stay. If edits are not certain to
come out right, there are none, and therefore no fix: a file is never rewritten as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from seedlint.document.document import Document
from seedlint.document.entry import Entry
from seedlint.document.pointer import Pointer, value_at
from seedlint.document.problem import ProblemKind
from seedlint.fix.operation import (
    InsertPair,
    Operation,
    OrderPairs,
    RenameKey,
    ReplaceScalar,
    Scalar,
)
from seedlint.fix.scalars import write_json, write_scalar
from seedlint.text.edit import Edit
from seedlint.text.span import Span, line_before, line_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_REST_OF_LINE = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(\r\n|\n|\r)")
_COMMENT_LINE = re.compile(r"( *)#[^\r\n]*(?:\r\n|\n|\r)")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
# A blank line with a tab, which libyaml refuses below some values and takes below others.
_TAB_BELOW = re.compile(r"[ \r\n]*\t[ \t]*[\r\n]")
# What a line ends in that begins a block scalar.
_BLOCK_SCALAR = re.compile(r"[ \t:-][|>][-+1-9]*[ \t]*(?:#[^\r\n]*)?\r?(?:\n|\Z)")
_SEPARATOR = re.compile(r"\s*,\s*")
_QUOTES = ("'", '"')
_NAMES_IN_BRACES = re.compile(r"\{([^\W\d][\w ,-]*)\}")
# The order of a longer mapping is left alone.
_MOST_ORDERED = 500


def edits_of(document: Document, operations: Iterable[Operation]) -> tuple[Edit, ...] | None:
    """The edits that do all of `operations`, in order; None if one of them is not certain."""
    edits: list[Edit] = []
    for operation in operations:
        found = _edits(document, operation)
        if not found:
            return None
        edits += found
    if len(edits) > 1:
        edits.sort()
        if have_overlap(edits):
            return None
    return tuple(edits)


def have_overlap(edits: Sequence[Edit]) -> bool:
    """Whether two of the edits, which are in order, are about the same characters."""
    return any(first.end > second.start for first, second in pairwise(edits))


def _edits(document: Document, operation: Operation) -> list[Edit]:
    """The edits of one operation; none if it is not certain."""
    pointer = operation.pointer
    holder = value_at(document.data, pointer[:-1]) if pointer else None
    if not isinstance(holder, (dict, list)):
        return []
    entry = document.source_map.entry(pointer)
    if isinstance(operation, ReplaceScalar):
        return _replace(document, entry, operation, value_at(document.data, pointer))
    if isinstance(operation, InsertPair):
        edit = _insert(document, operation, holder)
    elif isinstance(operation, RenameKey):
        edit = _rename(document, entry, operation.name, holder)
    elif isinstance(operation, OrderPairs):
        edit = _order(document, operation, holder)
    else:
        edit = _remove(document, entry, pointer, holder)
    return [edit] if edit else []


def _replace(
    document: Document, entry: Entry | None, operation: ReplaceScalar, old: Any
) -> list[Edit]:
    if entry is None:
        return []
    text, (start, end) = document.source.text, entry.value
    value, written = operation.value, text[start:end]
    if document.is_json:
        if isinstance(old, (dict, list)):
            return []
        new = write_json(value)
        return [Edit(start, end, new)] if new else []
    if _has_tab_below(text, end):
        return []
    if isinstance(old, (dict, list)) and not _is_written_as(value, written):
        return []
    if start == end:
        if entry.in_flow or not _REST_OF_LINE.match(text, end):
            return []
        new = _write(value, in_flow=False)
        return [Edit(start, start, f" {new}")] if new else []
    if written[0] == "*":
        return []
    if isinstance(old, str) and isinstance(value, str) and "\n" in written:
        # Few texts go over several lines.
        from seedlint.fix.lines_of_text import edits_within

        if edits := edits_within(text, entry.value, old, value):
            return edits
        if " " in value:
            # Several lines of words would become one.
            return []
    if written[0] in "|>":
        return []
    style = written[0] if written[0] in _QUOTES else ""
    new = _write(value, style, in_flow=entry.in_flow, may_be_date=operation.may_be_date)
    return [Edit(start, end, new)] if new else []


def _is_written_as(value: Scalar | tuple[str, ...], written: str) -> bool:
    """Whether a mapping that is `written` so on one line was meant as the text or texts `value`."""
    if isinstance(value, tuple):
        names = _NAMES_IN_BRACES.fullmatch(written)
        return names is not None and tuple(map(str.strip, names[1].split(","))) == value
    return written == value


def _write(
    value: Scalar | tuple[str, ...], style: str = "", *, in_flow: bool, may_be_date: bool = False
) -> str | None:
    """A scalar, or a list of texts in brackets; None if there is no certain way to write it."""
    if not isinstance(value, tuple):
        return write_scalar(value, style, in_flow=in_flow, may_be_date=may_be_date)
    items = [write_scalar(each, in_flow=True) for each in value]
    if not items or None in items:
        return None
    return f"[{', '.join(filter(None, items))}]"


def _rename(document: Document, entry: Entry | None, name: str, holder: Any) -> Edit | None:
    if entry is None or entry.key is None or name in holder or _has_repeated_keys(document):
        return None
    start, end = entry.key
    first = document.source.text[start]
    style = first if first in _QUOTES else ""
    written = _key(document, name, style, in_flow=entry.in_flow)
    return None if written is None else Edit(start, end, written)


def _remove(document: Document, entry: Entry | None, pointer: Pointer, holder: Any) -> Edit | None:
    if entry is None or entry.is_shared or len(holder) == 1:
        return None
    before, after = _neighbours(pointer, holder)
    if isinstance(holder, dict) and _has_repeated_keys(document):
        return None
    entry_before = document.source_map.entry(before) if before else None
    if before and not entry_before:
        return None
    if not entry.in_flow:
        return _remove_lines(document.source.text, entry, entry_before)
    entry_after = document.source_map.entry(after) if after else None
    text = document.source.text
    if after:
        if entry_after and _SEPARATOR.fullmatch(text, entry.end, entry_after.start):
            return Edit(entry.start, entry_after.start, "")
    elif entry_before and _SEPARATOR.fullmatch(text, entry_before.end, entry.start):
        return Edit(entry_before.end, entry.end, "")
    return None


def _neighbours(pointer: Pointer, holder: Any) -> tuple[Pointer | None, Pointer | None]:
    """The entries before and after that at `pointer`."""
    *above, step = pointer
    if isinstance(holder, list):
        steps: Sequence[str | int] = range(len(holder))
        at = int(step)
    else:
        steps = list(holder)
        at = steps.index(step)
    before = (*above, steps[at - 1]) if at else None
    return before, (*above, steps[at + 1]) if at + 1 < len(steps) else None


def _remove_lines(text: str, entry: Entry, before: Entry | None) -> Edit | None:
    """Remove the lines of an entry, with the comments that belong to it.

    Those are the ones right above it that begin where it begins, unless it is the first entry, and
    those right below it that are indented further.
    """
    lines = _lines_of(text, entry)
    if lines is None:
        return None
    start, end = lines
    column = entry.start - start
    while before and start > before.end:
        above = line_before(text, start)
        comment = _COMMENT_LINE.match(text, above)
        if above < before.end or comment is None or len(comment[1]) != column:
            break
        start = above
    if _TAB_BELOW.match(text, end) or (before and _would_be_text(text, end, before)):
        return None
    return Edit(start, end, "")


def _lines_of(text: str, entry: Entry) -> Span | None:
    """The lines of an entry and of the comments below it that are indented further.

    None if something else is on its first or its last line.
    """
    start = line_start(text, entry.start)
    last = _REST_OF_LINE.match(text, entry.end)
    if text[start : entry.start].strip(" ") or last is None:
        return None
    end = last.end()
    while (comment := _COMMENT_LINE.match(text, end)) and len(comment[1]) > entry.start - start:
        end = comment.end()
    return Span(start, end)


def _would_be_text(text: str, at: int, before: Entry) -> bool:
    """Whether lines at `at` would become part of the text of a block scalar before them.

    Those are blank lines, and a comment after them that is indented further than the pair.
    """
    headers = _BLOCK_SCALAR.findall(text, before.start, before.end)
    if not headers:
        return False
    end = at
    while blank := _BLANK_LINE.match(text, end):
        end = blank.end()
    blanks = text[at:end]
    comment = _COMMENT_LINE.match(text, end)
    if comment and len(comment[1]) > before.start - line_start(text, before.start):
        return True
    keeps_blanks = any("+" in header for header in headers)
    return bool(blanks) and (keeps_blanks or " " in blanks or "\t" in blanks)


def _has_tab_below(text: str, end: int) -> bool:
    """Whether the line of an entry, which ends at `end`, is above a blank line with a tab."""
    rest = _REST_OF_LINE.match(text, end)
    return rest is not None and _TAB_BELOW.match(text, rest.end()) is not None


def _insert(document: Document, operation: InsertPair, holder: Any) -> Edit | None:
    *above, name = operation.pointer
    if not isinstance(holder, dict) or not holder or name in holder:
        return None
    if _has_repeated_keys(document):
        return None
    after = operation.after
    sibling = next(reversed(holder)) if after is None or after not in holder else after
    entry = document.source_map.entry((*above, sibling))
    if entry is None or entry.key is None:
        return None
    text, value = document.source.text, operation.value
    first = text[entry.value.start : entry.value.start + 1]
    style = first if isinstance(value, str) and first in _QUOTES else ""
    key = _key(document, str(name), in_flow=entry.in_flow)
    if document.is_json:
        return _insert_json(text, entry, key, value)
    written = write_scalar(value, style, in_flow=entry.in_flow)
    if key is None or written is None:
        return None
    if entry.in_flow:
        return Edit(entry.end, entry.end, f", {key}: {written}")
    last = _REST_OF_LINE.match(text, entry.end)
    if last is None:
        return None
    at = last.end()
    if _BLOCK_SCALAR.search(text, entry.start, entry.end):
        # The blank lines behind it may be part of its text.
        while blank := _BLANK_LINE.match(text, at):
            at = blank.end()
    if _TAB_BELOW.match(text, at):
        return None
    indent = " " * (entry.start - line_start(text, entry.start))
    return Edit(at, at, f"{indent}{key}: {written}{last[1]}")


def _key(document: Document, name: str, style: str = "", *, in_flow: bool) -> str | None:
    """A key as it is written in a document."""
    return write_json(name) if document.is_json else write_scalar(name, style, in_flow=in_flow)


def _insert_json(text: str, entry: Entry, key: str | None, value: Scalar) -> Edit | None:
    """Insert a pair after an entry of JSON: on a line of its own if that has one."""
    written = write_json(value)
    if key is None or written is None:
        return None
    start = line_start(text, entry.start)
    indent = text[start : entry.start]
    gap = " "
    if start and not indent.strip(" \t"):
        line_break = "\r\n" if text.startswith("\r\n", start - 2) else text[start - 1]
        gap = line_break + indent
    return Edit(entry.end, entry.end, f",{gap}{key}: {written}")


def _order(document: Document, operation: OrderPairs, holder: Any) -> Edit | None:
    """Put the lines of pairs in another order.

    What lies between a pair and the one before it, comments and blank lines, moves with the pair.
    """
    if not isinstance(holder, dict) or len(holder) > _MOST_ORDERED:
        return None
    keys, order = list(holder), operation.order
    if sorted(order) != sorted(keys) or _has_repeated_keys(document):
        return None
    changed = [at for at, key in enumerate(keys) if key != order[at]]
    if not changed:
        return None
    text = document.source.text
    if document.is_json:
        return _order_json(document, operation, keys)
    blocks: dict[str, Span] = {}
    found: list[Entry] = []
    end = None
    for key in keys:
        entry = document.source_map.entry((*operation.pointer[:-1], key))
        if entry is None or entry.in_flow or entry.is_shared:
            return None
        block = _block(text, entry, end)
        if block is None:
            return None
        found.append(entry)
        blocks[key], end = block, block.end
    first, last = changed[0], changed[-1]
    start, end = blocks[keys[first]].start, blocks[keys[last]].end
    if not first and _is_below_remark(text, start):
        return None
    if any(_BLOCK_SCALAR.search(text, each.start, each.end) for each in found):
        # Blank lines behind one may be part of its text.
        starts = [*(blocks[key].start for key in keys[first : last + 1]), end]
        if any(_BLANK_LINE.match(text, at) for at in starts):
            return None
    moved = (blocks[key] for key in order[first : last + 1])
    return Edit(start, end, "".join(text[block.start : block.end] for block in moved))


def _order_json(document: Document, operation: OrderPairs, keys: Sequence[str]) -> Edit | None:
    """Put the pairs of an object in another order; what is between them stays where it is."""
    text, above = document.source.text, operation.pointer[:-1]
    entries = {key: document.source_map.entry((*above, key)) for key in keys}
    parts: list[str] = []
    before: Entry | None = None
    for key, instead in zip(keys, operation.order, strict=True):
        here, moved = entries[key], entries[instead]
        if here is None or moved is None:
            return None
        parts += [text[before.end : here.start] if before else "", text[moved.start : moved.end]]
        before = here
    first, last = entries[keys[0]], entries[keys[-1]]
    return Edit(first.start, last.end, "".join(parts)) if first and last else None


def _block(text: str, entry: Entry, start: int | None) -> Span | None:
    """The lines of a pair; None if something else is there.

    `start` is the end of the pair before it, None if it is the first.
    """
    lines = _lines_of(text, entry)
    if lines is None or _TAB_BELOW.match(text, lines.end):
        return None
    line, end = lines
    column = entry.start - line
    at = line if start is None else start
    while at < line:
        between = _BLANK_LINE.match(text, at) or _COMMENT_LINE.match(text, at)
        if between is None or (between.re is _COMMENT_LINE and len(between[1]) != column):
            return None
        at = between.end()
    return Span(line if start is None else start, end) if at == line else None


def _is_below_remark(text: str, start: int) -> bool:
    """Whether there is a comment or a blank line above a line, which may be about all pairs."""
    above = line_before(text, start)
    return bool(_BLANK_LINE.match(text, above) or _COMMENT_LINE.match(text, above))


def _has_repeated_keys(document: Document) -> bool:
    """Whether a mapping has a key twice, so that it is not certain which one is meant."""
    return any(problem.kind is ProblemKind.DUPLICATE_KEY for problem in document.problems)
