"""Edits that somebody asked for in many seeds: keys renamed, set and deleted.

They are made like fixes, by the same operations. A seed in which one of them is not certain to come
out right stays as it is, whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target
from seedlint.document.document import Document
from seedlint.document.pointer import Pointer, format_pointer, value_at
from seedlint.fix.each import GivenUp, attempt, do_each
from seedlint.fix.edits import edits_of
from seedlint.fix.operation import (
    CannotApply,
    InsertPair,
    Operation,
    RemoveItem,
    RemovePair,
    RenameKey,
    ReplaceScalar,
    Scalar,
    applied,
)
from seedlint.named_tuple import NamedTuple
from seedlint.text.edit import apply_edits
from seedlint.text.source import SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

EACH = "*"
"""The step of a place that means each item of a list."""


class Instruction(NamedTuple):
    """What to do at a place, in every seed.

    `place` is a pointer, with texts for indices and `EACH` for each item of a list. `value` is the
    new name of a key or the new value.
    """

    kind: Literal["rename", "set", "delete"]
    place: tuple[str, ...]
    value: Scalar = None


class EditedFile(NamedTuple):
    """What came of the edits of one file.

    `new` are its bytes afterwards; `left` says why it stays as it is although there is something to
    do, `brings` the codes of findings that it has not had before.
    """

    old: bytes = b""
    new: bytes = b""
    left: str = ""
    brings: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.old != self.new


def edit_each(
    targets: Sequence[Target],
    checker_of: Callable[[Target], Checker],
    instructions: Sequence[Instruction],
    jobs: int,
    seconds: float,
) -> Iterator[EditedFile]:
    """What comes of the edits of each target, in order; nothing is written.

    `checker_of` gives the checker of a target, `seconds` is what one may take; see `do_each`.
    """
    editor_of = cache(partial(Editor, instructions=tuple(instructions)))
    # Before the fork, so that workers share the contracts.
    work = [(editor_of(checker_of(target)).edit, target) for target in targets]
    yield from do_each(work, jobs, seconds, _left_alone)


def _left_alone(reason: str) -> EditedFile:
    return EditedFile(left=reason)


class Editor:
    """Makes the edits of files; `checker` is asked which findings they bring."""

    def __init__(self, checker: Checker, instructions: Sequence[Instruction]) -> None:
        self._checker = checker
        self._instructions = instructions

    def edit(self, target: Target) -> EditedFile:
        """The edits of one file. Whatever goes wrong, the file stays as it is."""
        limits = self._checker.settings.limits
        return attempt(self._edit, target, limits, _left_alone)

    def _edit(self, target: Target, data: bytes) -> EditedFile:
        start = SourceFile.from_bytes(target.shown, data)
        old = now = self._read(target, start.text)
        if not now.is_checkable:
            raise GivenUp("its front matter cannot be read")
        for instruction in self._instructions:
            operations = tuple(operations_of(now.data, instruction))
            if not operations:
                continue
            edits = edits_of(now, operations)
            place = format_pointer(instruction.place)
            if edits is None:
                raise GivenUp(f"it is not certain which characters to change for `{place}`")
            then = self._read(target, apply_edits(now.source.text, edits))
            if not _is_as_asked(now, then, operations):
                raise GivenUp(f"other data would change with `{place}`")
            now = then
        if now is old:
            return EditedFile(data, data)
        ignored = self._checker.ignored_in(target.path)
        before, after = (
            Counter(map(_kind, self._checker.check(each, ignored).diagnostics))
            for each in (old, now)
        )
        brings = tuple(sorted({code for code, _ in after - before}))
        new = start.to_bytes(now.source.text)
        return EditedFile(data, new, brings=brings)

    def _read(self, target: Target, text: str) -> Document:
        # As bytes, because the line reader takes those.
        return self._checker.read(target.shown, text.encode("utf-8", "surrogateescape"))


def _kind(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


def _is_as_asked(old: Document, new: Document, operations: Sequence[Operation]) -> bool:
    """Whether the data have changed exactly as the operations say."""
    try:
        wanted = applied(old.data, operations)
    except CannotApply:
        return False
    # `repr` tells 1 from 1.0 and true, and sees the order of keys.
    return new.is_checkable and repr(wanted) == repr(new.data)


def operations_of(data: Any, instruction: Instruction) -> Iterator[Operation]:
    """The operations that carry out an instruction; none where the data already comply.

    Raises an exception that says why if it cannot be done.
    """
    *above, last = instruction.place
    holders = list(_places(data, tuple(above)))
    if instruction.kind == "set" and not holders and EACH not in above:
        raise GivenUp(f"there is no `{format_pointer(tuple(above))}`")
    for holder in holders:
        collection = value_at(data, holder)
        steps = list(_steps(collection, last))
        if instruction.kind == "set" and not steps and isinstance(collection, dict):
            yield InsertPair((*holder, last), instruction.value)
        elif instruction.kind == "set" and not steps and last != EACH:
            raise GivenUp(f"there is no `{format_pointer((*holder, last))}`")
        for step in steps:
            place = (*holder, step)
            if instruction.kind == "delete":
                yield RemoveItem(place) if isinstance(step, int) else RemovePair(place)
            elif instruction.kind == "set":
                yield from _set(place, collection[step], instruction.value)
            elif isinstance(collection, dict) and instruction.value != step:
                name = str(instruction.value)
                if name in collection:
                    raise GivenUp(f"it has `{format_pointer((*holder, name))}` already")
                yield RenameKey(place, name)


def _set(place: Pointer, now: Any, value: Scalar) -> Iterator[Operation]:
    if isinstance(now, (dict, list)):
        kind = "mapping" if isinstance(now, dict) else "list"
        raise GivenUp(f"`{format_pointer(place)}` is a {kind}")
    if repr(now) != repr(value):
        yield ReplaceScalar(place, value)


def _places(data: Any, place: tuple[str, ...]) -> Iterator[Pointer]:
    """The pointers to what is at a place."""
    if not place:
        yield ()
        return
    for step in _steps(data, place[0]):
        for pointer in _places(data[step], place[1:]):
            yield step, *pointer


def _steps(collection: Any, step: str) -> Iterator[str | int]:
    """The keys or indices in a collection that a step means."""
    if isinstance(collection, dict):
        if step in collection:
            yield step
    elif isinstance(collection, list):
        if step == EACH:
            yield from range(len(collection))
        elif step.isascii() and step.isdigit() and len(step) < 10 and int(step) < len(collection):
            yield int(step)
