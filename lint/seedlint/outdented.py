"""Keys that are indented too little to belong to the mapping above them: one mistake, one finding.

If `width: …` is at the left margin below an entry of `images`, the key is missing in the entry, and
unknown or a duplicate at the margin. Each change that the help proposes has been tried.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice, pairwise

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer, value_at
from seedlint.document.slips.line import Line, read_line, spaces
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import both, quote
from seedlint.schema.folding import Explained, leave
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import Position, line_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KnownAt = Callable[[Pointer], Collection[str]]
"""The keys that the contract names for the mapping at a pointer."""

# How many mendings are tried in a file, and how many characters are read for them in all.
_TRIES = 10
_CHARACTERS = 1_000_000
# How many mappings are looked at.
_MOST_MAPPINGS = 1_000
# How many lines below a mapping are looked at.
_MOST_LINES = 200
_MOST_NAMED = 4


class Outdented(NamedTuple):
    """The finding that says which lines to indent, and the places of the keys there."""

    chief: Explained
    places: frozenset[Position]


class _Run(NamedTuple):
    """The keys below a mapping that belong to it; `edits` indent all their lines."""

    keys: dict[str, Line]
    edits: tuple[Edit, ...]
    spaces: int


def reword_outdented(
    document: Document,
    explained: Sequence[Explained],
    duplicates: Sequence[Diagnostic],
    known_at: KnownAt,
    reads: Callable[[str], Document],
) -> list[Outdented]:
    """Let findings say which lines to indent, and fold missing keys under them."""
    missing_in: dict[Pointer, dict[str, Explained]] = {}
    unknown: dict[Pointer, Explained] = {}
    for each in explained:
        if each.rule.name == "missing-key" and each.pointer and each.finding.subject:
            missing_in.setdefault(each.pointer, {})[each.finding.subject] = each
        elif each.rule.name == "unknown-key" and each.finding.fix is None:
            unknown[(*each.pointer, *each.finding.pointer)] = each
    # Keys that are unknown or duplicates where they are.
    misplaced = {str(pointer[-1]) for pointer in unknown}
    misplaced.update(each.subject.strip("\"'") for each in duplicates)
    if not misplaced:
        return []
    tries = min(_TRIES, _CHARACTERS // max(len(document.source.text), 1))
    candidates = _candidates(document.data, missing_in, unknown, misplaced, known_at)
    found: list[Outdented] = []
    claimed: set[Position] = set()
    for pointer, missing, unknown_below in islice(candidates, _MOST_MAPPINGS):
        run = _run_below(document, pointer, missing.keys(), misplaced, known_at)
        places = {document.source.lines.position(line.first) for line in run.keys.values()}
        if not run.keys or places & claimed or not tries:
            continue
        # The findings that are gone once the lines are indented.
        resolved = [missing[key] for key in run.keys if key in missing]
        if unknown_below is not None and unknown_below[-1] in run.keys:
            resolved = [unknown[unknown_below]]
        if not resolved:
            continue
        tries -= 1
        if not _is_mended(document, pointer, run, unknown.keys(), reads):
            continue
        _reword(document, pointer, run, resolved)
        leave(resolved[1:], resolved[:1])
        claimed |= places
        found.append(Outdented(resolved[0], frozenset(places)))
    return found


def _candidates(
    data: Any,
    missing_in: dict[Pointer, dict[str, Explained]],
    unknown: dict[Pointer, Explained],
    misplaced: set[str],
    known_at: KnownAt,
) -> Iterator[tuple[Pointer, dict[str, Explained], Pointer | None]]:
    """Mappings whose keys may be below them: the missing ones, each with its finding.

    A mapping that lacks no key according to the findings comes with the place of an unknown key
    below that may belong to it.
    """
    for pointer, missing in missing_in.items():
        *outer, step = pointer
        is_last = isinstance(step, str) or step == len(value_at(data, tuple(outer))) - 1
        if is_last and not misplaced.isdisjoint(missing):
            yield pointer, missing, None
    above: dict[Pointer, dict[str, str]] = {}
    for *outer, key in unknown:
        holder = tuple(outer)
        if holder not in above:
            pairs = pairwise(value_at(data, holder))
            above[holder] = {str(below): key for key, below in pairs}
        before = above[holder].get(str(key))
        if before is None:
            continue
        for pointer in reversed(list(_last_mappings(data, (*holder, before)))):
            if key not in value_at(data, pointer) and key in known_at(pointer):
                yield pointer, {}, (*holder, key)
                break


def _last_mappings(data: Any, pointer: Pointer) -> Iterator[Pointer]:
    """The mappings that end where the value at `pointer` ends, the outermost first."""
    value = value_at(data, pointer)
    while value and isinstance(value, (dict, list)):
        if isinstance(value, dict):
            yield pointer
            key = next(reversed(value))
            pointer, value = (*pointer, key), value[key]
        else:
            pointer, value = (*pointer, len(value) - 1), value[-1]


def _run_below(
    document: Document,
    pointer: Pointer,
    missing: Collection[str],
    misplaced: set[str],
    known_at: KnownAt,
) -> _Run:
    """The keys right below the mapping at `pointer` that belong to it and are indented too little.

    `missing` are those that it lacks, by a finding; others it may have if the contract names them.
    """
    start, end = document.source_map.span(pointer, "value")
    column = document.source.lines.position(start).column - 1
    mapping = value_at(document.data, pointer)
    optional: Collection[str] | None = None
    keys: dict[str, Line] = {}
    edits: list[Edit] = []
    # How many of the keys, and of the edits, a finding is about; what follows may be in place.
    in_findings = (0, 0)
    left: int | None = None
    key = ""
    for line in _lines_below(document, end):
        if line.text[line.column] == "#" and (left is None or line.column <= left):
            # A comment; further to the right it may be text.
            continue
        if left is None:
            left = line.column
        if line.column < left or left >= column:
            break
        if line.column == left and not (line.has_dash and key and not keys[key].plain_value):
            key = line.key
            if not key or line.has_dash or key in mapping or key in keys:
                break
            if key not in missing:
                if optional is None:
                    optional = known_at(pointer)
                if key not in optional:
                    break
            keys[key] = line
        edits.append(Edit(line.start, line.start, " " * (column - left)))
        if key in misplaced or key in missing:
            in_findings = (len(keys), len(edits))
    keys = dict(islice(keys.items(), in_findings[0]))
    if misplaced.isdisjoint(keys) or (missing and misplaced.isdisjoint(keys.keys() & missing)):
        keys = {}
    return _Run(keys, tuple(edits[: in_findings[1]]), column - (left or 0))


def _lines_below(document: Document, at: int) -> Iterator[Line]:
    """The lines with content below the one that `at` is on, up to the closing fence."""
    text = document.source.text
    matter = document.front_matter
    closing = matter.closing.start if matter is not None else len(text)
    end = line_end(text, at)
    for _ in range(_MOST_LINES):
        start = end + (2 if text.startswith("\r\n", end) else 1)
        if start >= closing:
            return
        end = line_end(text, start)
        if text[start:end].strip():
            yield read_line(text, start, end)


def _is_mended(
    document: Document,
    pointer: Pointer,
    run: _Run,
    unknown: Collection[Pointer],
    reads: Callable[[str], Document],
) -> bool:
    """Whether the mapping has the keys once their lines are indented, with the values they had."""
    mended = reads(apply_edits(document.source.text, run.edits))
    after = value_at(mended.data, pointer) if mended.is_checkable else None
    before = value_at(document.data, pointer)
    if not isinstance(after, dict) or list(after) != [*before, *run.keys]:
        return False
    moved = [at for at in unknown if at[-1] in run.keys]
    return all(
        any(after[at[-1]] == value_at(document.data, at) for at in moved if at[-1] == key)
        for key in {at[-1] for at in moved}
    )


def _reword(document: Document, pointer: Pointer, run: _Run, resolved: Sequence[Explained]) -> None:
    """Say in the first finding of `resolved` which lines are not indented far enough."""
    position = document.source.lines.position
    first, last = (position(run.edits[at].start).line for at in (0, -1))
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    if last == first + 1:
        lines = f"lines {first} and {last}"
    advice = f"add {spaces(run.spaces)} at the beginning of {lines}"
    chief = resolved[0]
    finding = chief.finding
    if chief.rule.name == "unknown-key":
        whole = f"{quote(pointer[-1])}" if isinstance(pointer[-1], str) else "the entry"
        message = f"{finding.message}; was it meant for {whole} above?"
        chief.finding = finding._replace(message=message, help=advice)
        return
    names = [quote(str(each.finding.subject)) for each in resolved]
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} others"]
    if len(names) == 1:
        message = f"missing key {names[0]}: its line below is not indented far enough"
    else:
        message = f"missing keys {both(names)}: their lines below are not indented far enough"
    chief.finding = finding._replace(message=message, help=advice, fix=None)
