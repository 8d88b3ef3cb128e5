"""Changes of a text that is written on several lines: its lines stay where they break."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.text.edit import Edit
from seedlint.text.places import places_of
from seedlint.text.span import Span

# What means something to YAML inside a text: without marks, and by the mark that it begins with.
_PLAIN = frozenset(":#,[]{}")
_SPECIAL = {mark: frozenset("\"'\\") for mark in "\"'"} | {mark: frozenset() for mark in "|>"}
# How long a part may be in which the changes are looked for one by one.
_LONGEST = 500


def edits_within(text: str, place: Span, old: str, new: str) -> list[Edit]:
    """The edits that make `new` of the text `old`, which is written at `place`.

    There are none if it is not written as it is, or if a change is not within a line.
    """
    special = _SPECIAL.get(text[place.start], _PLAIN)
    # Lines break and are indented otherwise in the file, so blanks are not certain.
    places = {
        number: at
        for number, at in places_of(text, place, old).items()
        if not old[number].isspace()
    }
    edits = []
    for first, last, changed in _changes(old, new):
        if not changed.isprintable() or special & set(changed):
            return []
        # What is added is right behind the character before it.
        before, begin, stop = map(places.get, (first - 1, first, last - 1))
        if first == last and before is not None:
            edits.append(Edit(before + 1, before + 1, changed))
            continue
        if first == last or begin is None or stop is None or "\n" in text[begin:stop]:
            return []
        edits.append(Edit(begin, stop + 1, changed))
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
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            yield start + first, start + last, new_part[new_first:new_last]
