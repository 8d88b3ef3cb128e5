"""Changes of a text that is written on several lines: its lines stay where they break."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher

from seedlint.text.edit import Edit
from seedlint.text.span import Span

# What means something to YAML inside a text: with quotes around it, and without.
_IN_QUOTES = frozenset("\"'\\")
_PLAIN = frozenset(":#,[]{}")
# How long a part may be in which the changes are looked for one by one.
_LONGEST = 500


def edits_within(text: str, place: Span, old: str, new: str) -> list[Edit]:
    """The edits that make `new` of the text `old`, which is written at `place`.

    There are none if it is not written as it is, or if a change is not within a line.
    """
    start, end = place
    special = _PLAIN
    if text[start] in "\"'":
        special, start, end = _IN_QUOTES, start + 1, end - 1
    elif text[start] in "|>":
        special, start = frozenset(), text.index("\n", start)
    # Lines break and are indented otherwise in the file, so blanks do not count.
    written = [at for at in range(start, end) if not text[at].isspace()]
    said = [at for at, character in enumerate(old) if not character.isspace()]
    if [text[at] for at in written] != [old[at] for at in said]:
        return []
    edits = []
    for first, last, changed in _changes(old, new):
        if not changed.isprintable() or special & set(changed):
            return []
        number = bisect_left(said, first)
        if first == last:
            # Right behind the character before it, which is not blank.
            if not number or said[number - 1] != first - 1:
                return []
            at = written[number - 1] + 1
            edits.append(Edit(at, at, changed))
            continue
        stop = bisect_left(said, last)
        if said[number : stop + 1][:1] != [first] or said[stop - 1] != last - 1:
            return []
        place = Span(written[number], written[stop - 1] + 1)
        if "\n" in text[place.start : place.end]:
            return []
        edits.append(Edit(*place, changed))
    return edits


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Which characters of `old` have to change to what, in order."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    behind = 0
    while behind < min(len(old), len(new)) - start and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    old_part, new_part = old[start : len(old) - behind], new[start : len(new) - behind]
    if max(len(old_part), len(new_part)) > _LONGEST:
        yield start, len(old) - behind, new_part
        return
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            yield start + first, start + last, new_part[new_first:new_last]
