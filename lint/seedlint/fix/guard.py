"""The guard before every write: what a fix may have changed, and what it must not.

The text that the edits make is read and checked like any other. Its data must be the old data but
for what the operations say, no finding may be new, and those that are fixed must be gone. So each
pass leaves fewer findings than there were, and fixes that correct each other in a circle are
refused.

Old text that cannot be read has no data to compare with. Then the lines that are mended are
compared with the same text where a plain word is the value of these lines: nothing else may differ,
and their values must be the text that stands there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from seedlint.diagnostic import Diagnostic
from seedlint.document.document import Document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.document.scalars import resolve_plain
from seedlint.fix.operation import CannotApply, Operation, applied
from seedlint.result import FileResult
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import line_end, line_start

_LINE = re.compile(
    r"(?P<before> *(?:- +)*(?:[\w.$@/+-]{1,60}|\"[^\"\r\n]{1,60}\"|'[^'\r\n]{1,60}') *:"
    r"| *(?:- +)+)(?P<value>.*)"
)
_COMMENT = re.compile(r"[ \t]#.*")
_DIGITS = Limits().integer_digits


class Reading(NamedTuple):
    """A text, what it says, and what is found in it."""

    document: Document
    result: FileResult


Read = Callable[[str], Reading]


def why_refused(
    old: Reading, new: Reading, fixed: Sequence[Diagnostic], edits: Sequence[Edit], read: Read
) -> str | None:
    """Why the fixes of `fixed`, whose edits made `new` of `old`, must not be made; None if sound.

    `read` reads and checks a text.
    """
    if not new.document.is_checkable or not new.result.validated:
        return "the seed could not be read any more"
    if old.document.is_checkable:
        return _why_data_differ(old, new, fixed) or _why_worse(old.result.diagnostics, new, fixed)
    return _why_lines_differ(old, new, edits, read)


def _why_data_differ(old: Reading, new: Reading, fixed: Sequence[Diagnostic]) -> str | None:
    operations: list[Operation] = []
    for diagnostic in fixed:
        assert diagnostic.fix is not None
        operations += diagnostic.fix.operations
    try:
        wanted = applied(old.document.data, operations)
    except CannotApply:
        return "it is not about what the seed says"
    # `repr` tells 1 from 1.0 and true, and sees the order of keys.
    return None if repr(wanted) == repr(new.document.data) else "it would change other data"


def _why_worse(
    before: Iterable[Diagnostic], new: Reading, fixed: Sequence[Diagnostic]
) -> str | None:
    counts = Counter(map(_kind, before))
    after = Counter(map(_kind, new.result.diagnostics))
    if more := after - counts:
        return f"it would bring {next(iter(more))[0]}"
    for kind, count in Counter(map(_kind, fixed)).items():
        if counts[kind] - after[kind] < count:
            return "the finding would stay"
    return None


def _kind(diagnostic: Diagnostic) -> tuple[str, str]:
    # Without its subject: that of a list changes with what is removed from it.
    return diagnostic.identity[:2]


def _why_lines_differ(old: Reading, new: Reading, edits: Sequence[Edit], read: Read) -> str | None:
    text = old.document.source.text
    lines = _mended_lines(text, edits)
    if lines is None:
        return "it is not about the value of a line"
    word = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    words = [f"x{word}x{number}x" for number in range(len(lines))]
    reference = read(
        apply_edits(
            text,
            [
                Edit(start + len(match["before"]), start + match.end(), f" {each}")
                for (start, match), each in zip(lines, words, strict=True)
            ],
        )
    )
    if not reference.document.is_checkable:
        return "the rest of the seed cannot be read"
    places = {each: place for place, each in _places_of(reference.document.data, set(words))}
    if len(places) < len(words):
        return "it is not about the value of a line"
    expected = repr(reference.document.data)
    for each, (_, match) in zip(words, lines, strict=True):
        value = value_at(new.document.data, places[each])
        if not _says(value, match["value"].strip(" \t"), read):
            return "the value would not be the text that stands there"
        expected = expected.replace(repr(each), repr(value))
    if expected != repr(new.document.data):
        return "it would change other data"
    mended = {format_pointer(place) for place in places.values()}
    before = [each for each in reference.result.diagnostics if each.pointer not in mended]
    return _why_worse(before, new, ())


def _mended_lines(text: str, edits: Sequence[Edit]) -> list[tuple[int, re.Match[str]]] | None:
    """Where each line with an edit begins, and its parts; None if it is not a line with a value."""
    lines: dict[int, re.Match[str]] = {}
    for edit in edits:
        start, end = line_start(text, edit.start), line_end(text, edit.start)
        match = _LINE.fullmatch(text[start:end])
        if match is None or edit.end > end or "\n" in edit.text or "\r" in edit.text:
            return None
        lines[start] = match
    return sorted(lines.items())


def _places_of(data: Any, words: set[str], at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    if isinstance(data, str) and data in words:
        yield at, data
    elif isinstance(data, (dict, list)):
        steps = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in steps:
            yield from _places_of(value, words, (*at, step))


def _says(value: Any, written: str, read: Read) -> bool:
    """Whether a value is what is written behind the colon of a line."""
    for text in (written, _COMMENT.sub("", written).rstrip()):
        if value in (text, resolve_plain(text, _DIGITS)[0]) and not isinstance(value, bool):
            return True
    data = read(f"---\nx: {written}\n---\n").document.data
    return isinstance(data, dict) and repr(data.get("x")) == repr(value)
