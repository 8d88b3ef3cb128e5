"""Keys that are indented too far, so that they are in the mapping above them: one finding.

If `quality: …` is as far to the right as `name: …` of the `provider` above it, it is missing in the
entry and unknown in `provider`. Each change that the help proposes has been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice, takewhile

from seedlint.document.document import Document
from seedlint.document.pointer import Pointer, value_at
from seedlint.document.slips.line import spaces
from seedlint.rules.base import both, quote
from seedlint.schema.folding import Explained, leave
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import line_end, line_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.outdented import KnownAt

# How many mendings are tried in a file, and how many characters are read for them in all.
_TRIES = 10
_CHARACTERS = 1_000_000
# How many mappings are looked at.
_MOST_MAPPINGS = 1_000
_MOST_NAMED = 4


def fold_overindented(
    document: Document,
    explained: Sequence[Explained],
    known_at: KnownAt,
    reads: Callable[[str], Document],
) -> None:
    """Reword the findings on unknown keys that are too far right; what is missing is left to them.

    `explained` are all findings about the document, and `reads` reads a mended text.
    """
    unknown: dict[Pointer, dict[str, Explained]] = {}
    missing: dict[Pointer, Explained] = {}
    for each in explained:
        if each.rule.name == "missing-key" and each.finding.subject:
            missing[(*each.pointer, each.finding.subject)] = each
        elif each.rule.name == "unknown-key" and each.finding.fix is None:
            unknown.setdefault(each.pointer, {})[str(each.finding.pointer[-1])] = each
    tries = min(_TRIES, _CHARACTERS // max(len(document.source.text), 1))
    inside = ((at, keys) for at, keys in unknown.items() if at and isinstance(at[-1], str))
    for holder, unknown_here in islice(inside, _MOST_MAPPINGS):
        keys = _last_keys(document.data, holder, unknown_here, known_at)
        if not keys or not tries:
            continue
        tries -= 1
        edits = _moved_left(document, holder, keys)
        if edits and _is_mended(document, holder, keys, edits, reads):
            found = [unknown_here[key] for key in keys]
            places = [(*holder[:-1], key) for key in keys]
            missing_outside = [missing[place] for place in places if place in missing]
            _reword(document, found[0], keys, edits, is_certain=bool(missing_outside))
            leave([*found[1:], *missing_outside], found[:1])


def _last_keys(
    data: Any, holder: Pointer, unknown: Collection[str], known_at: KnownAt
) -> list[str]:
    """The last keys of the mapping at `holder` that belong to the one around it."""
    inner, around = value_at(data, holder), value_at(data, holder[:-1])
    last = list(takewhile(lambda key: key in unknown and key not in around, reversed(inner)))
    if not last or len(last) == len(inner):
        return []
    known = known_at(holder[:-1])
    return list(takewhile(known.__contains__, last))[::-1]


def _moved_left(document: Document, holder: Pointer, keys: Sequence[str]) -> list[Edit]:
    """Edits that move the lines of the keys to where the key of their mapping begins."""
    text, find = document.source.text, document.source_map.span
    first = find((*holder, keys[0]), "key").start
    start = line_start(text, first)
    parent = find(holder, "key").start
    surplus = first - start - (parent - line_start(text, parent))
    if text[start:first].strip() or surplus <= 0:
        return []
    last = find((*holder, keys[-1]), "value").end
    edits = []
    while start < last:
        if text.startswith(" " * surplus, start):
            edits.append(Edit(start, start + surplus, ""))
        end = line_end(text, start)
        start = end + (2 if text.startswith("\r\n", end) else 1)
    return edits


def _is_mended(
    document: Document,
    holder: Pointer,
    keys: Sequence[str],
    edits: Sequence[Edit],
    reads: Callable[[str], Document],
) -> bool:
    """Whether the keys are around the mapping once their lines are moved, with their values."""
    mended = reads(apply_edits(document.source.text, edits))
    if not mended.is_checkable:
        return False
    outer = holder[:-1]
    before = value_at(document.data, holder)
    around = value_at(mended.data, outer)
    return (
        isinstance(around, dict)
        and around.keys() == {*value_at(document.data, outer), *keys}
        and all(around[key] == before[key] for key in keys)
        and value_at(mended.data, holder)
        == {key: value for key, value in before.items() if key not in keys}
    )


def _reword(
    document: Document,
    chief: Explained,
    keys: Sequence[str],
    edits: Sequence[Edit],
    *,
    is_certain: bool,
) -> None:
    """Say which lines are indented too far; it `is_certain` where the keys are missing outside."""
    first, last = (document.source.lines.position(edits[at].start).line for at in (0, -1))
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    if last == first + 1:
        lines = f"lines {first} and {last}"
    names = [quote(key) for key in keys]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} others"]
    surplus = edits[0].end - edits[0].start
    advice = f"remove {spaces(surplus)} at the beginning of {lines}"
    is_one = len(names) == 1
    message = f"unknown {'key' if is_one else 'keys'} {both(names)}"
    whose = "its line" if is_one else "their lines"
    if is_certain:
        message += f": {whose} {'is' if is_one else 'are'} indented too far"
    else:
        message += f"; {'is' if is_one else 'are'} {whose} indented too far?"
    chief.finding = chief.finding._replace(message=message, help=advice)
