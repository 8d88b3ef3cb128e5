"""Mistakes that concern several lines, in the order in which they are likely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import Line, Slip
from seedlint.document.slips.of_brackets import comma_after, missing_comma, open_bracket
from seedlint.document.slips.of_dashes import (
    dash_within_entry,
    entry_without_dash,
    first_without_dash,
    item_beside_key,
    list_without_key,
    marked_key,
    missing_dash,
    other_bullets,
)
from seedlint.document.slips.of_indentation import (
    first_of_block,
    indentation,
    key_between,
    outdented_keys,
)
from seedlint.document.slips.of_line import slips_of_key_sign
from seedlint.document.slips.of_texts import (
    keys_beside_key,
    low_block_text,
    quotes_over_lines,
    slips_of_bare_line,
    text_beside_bar,
    text_with_keys_below,
    text_without_quotes,
    uneven_block_text,
)
from seedlint.text.edit import Edit
from seedlint.text.span import Span


def slips_of_layout(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """What may be wrong with where the line at index `here` begins, or the one before it."""
    line = lines[here]
    yield from other_bullets(lines)
    yield from text_beside_bar(lines, here)
    yield from keys_beside_key(lines, here)
    yield from comma_after(lines, here)
    yield from open_bracket(lines, here)
    yield from quotes_over_lines(lines, here)
    if here:
        yield from low_block_text(lines, here)
        yield from uneven_block_text(lines, here)
        yield from outdented_keys(lines, here)
        if not line.key:
            yield from missing_dash(lines, here)
        yield from first_without_dash(lines, here)
        yield from entry_without_dash(lines, here)
        yield from dash_within_entry(lines, here)
        if not (lines[here - 1].column or lines[here - 1].has_dash):
            yield from text_with_keys_below(lines, here)
        yield from marked_key(lines, here)
    yield from list_without_key(lines, here)
    if here:
        yield from item_beside_key(lines, here)
    if here and line.key and lines[here - 1].column <= line.column:
        yield from slips_of_bare_line(lines, here - 1)
    yield from slips_of_bare_line(lines, here)
    if line.is_bare:
        yield from text_without_quotes(lines, here)
    yield from first_of_block(lines, here)
    yield from missing_comma(lines, here)
    if here and lines[here - 1].has_dash and not lines[here - 1].key:
        yield from text_with_keys_below(lines, here)
    yield from indentation(lines, here)
    if here and (lines[here - 1].column or lines[here - 1].has_dash):
        # Further below, a key with a value is more often followed by one that is indented too far.
        yield from text_with_keys_below(lines, here)
    if here and line.key:
        yield from missing_dash(lines, here)
    yield from key_between(lines, here)
    yield from text_without_quotes(lines, here)


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
