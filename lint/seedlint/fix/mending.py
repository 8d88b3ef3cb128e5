"""Text that cannot be read: its mistakes are mended one after the other until it can be.

A parser stops at the first mistake, so the next one is known once that is mended. Nothing is sound
on the way; the guard judges at the end. It judges each mending by itself: it compares the mended
text with the same text in which this mistake alone is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seedlint.diagnostic import Diagnostic
from seedlint.fix.guard import why_refused
from seedlint.fix.reading import Read, Reading
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.text.edit import Edit, apply_edits

# How many mistakes of a seed are mended.
_MOST_MISTAKES = 20


class Mended(NamedTuple):
    """The mended text, and the findings that were fixed on the way."""

    reading: Reading
    fixed: list[Diagnostic]


class _Step(NamedTuple):
    """The fixes of a mistake, and their edits as offsets of the first text."""

    fixes: Sequence[Diagnostic]
    edits: Sequence[Edit]


def mend(
    broken: Reading,
    fixes: Sequence[Diagnostic],
    next_fixes: Callable[[Reading], Sequence[Diagnostic]],
    read: Read,
) -> Mended | str:
    """The text of `broken`, mended by `fixes` and as many others as it takes to be readable.

    `next_fixes` has the fixes of a text that still cannot be read. If there is no such text, or the
    guard refuses it, the reason is returned.
    """
    steps: list[_Step] = []
    made: list[Edit] = []
    now = broken
    while not now.document.is_checkable:
        if len(steps) == _MOST_MISTAKES:
            return f"the seed cannot be read after {_MOST_MISTAKES} such fixes either"
        if steps:
            fixes = next_fixes(now)
        if not fixes:
            return _why_stuck(now)
        edits = _before(now.edits_of(fixes), made)
        if edits is None:
            return f"line {fixes[0].region.start.line} has another mistake at the same place"
        steps.append(_Step(fixes, edits))
        made = sorted([*made, *edits])
        now = read(apply_edits(broken.text, made))
    for step in steps:
        if reason := _why_unsound(broken, step, made, now, read):
            return reason
    return Mended(now, [each for step in steps for each in step.fixes])


def mistakes_of(reading: Reading) -> list[Diagnostic]:
    """The findings because of which a text cannot be read."""
    return [each for each in reading.result.diagnostics if all_rules()[each.code].is_required]


def _why_stuck(now: Reading) -> str:
    """Why no fix is made in a text that cannot be read."""
    found = mistakes_of(now)
    if not found:
        return "the rest of the seed cannot be read"
    line = found[0].region.start.line
    fix = "its fix is unsafe or turned off" if found[0].fix else "it has no fix"
    return f"line {line} cannot be read either, and {fix}"


def _why_unsound(
    broken: Reading, step: _Step, made: Sequence[Edit], mended: Reading, read: Read
) -> str | None:
    """Why the fixes of one mistake must not be made, if all others are; None if they are sound."""
    own = set(step.edits)
    others = [each for each in made if each not in own]
    old = read(apply_edits(broken.text, others)) if others else broken
    if old.document.is_checkable:
        return "the seed can be read without it"
    return why_refused(old, mended, step.fixes, _after(step.edits, others), read)


def _before(edits: Sequence[Edit], made: Sequence[Edit]) -> list[Edit] | None:
    """The edits of a text as edits of the text before the edits `made`; None if they touch those.

    All are in order.
    """
    result = []
    moved, rest = 0, iter(made)
    other = next(rest, None)
    for edit in edits:
        while other and other.start + moved + len(other.text) < edit.start:
            moved += len(other.text) - (other.end - other.start)
            other = next(rest, None)
        if other and other.start + moved <= edit.end:
            return None
        result.append(_moved(edit, -moved))
    return result


def _after(edits: Sequence[Edit], others: Sequence[Edit]) -> list[Edit]:
    """The edits of a text as edits of the text after `others`, which do not touch them."""
    result = []
    moved, rest = 0, iter(others)
    other = next(rest, None)
    for edit in edits:
        while other and other.end < edit.start:
            moved += len(other.text) - (other.end - other.start)
            other = next(rest, None)
        result.append(_moved(edit, moved))
    return result


def _moved(edit: Edit, by: int) -> Edit:
    return edit._replace(start=edit.start + by, end=edit.end + by)
