"""What can be done to the data of a seed: the operations that a fix consists of.

Each names a place by pointer and says what the data are afterwards (`applied`). The characters to
change are worked out in `edits.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.named_tuple import NamedTuple
from seedlint.text.edit import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Step = str | int
Place = tuple[Step, ...]
Scalar = str | int | float | bool | None


class CannotApply(Exception):
    """The data do not have what an operation is about."""


class RemoveItem(NamedTuple):
    """Remove an item of a list."""

    pointer: Place


class RemovePair(NamedTuple):
    """Remove a key of a mapping with its value."""

    pointer: Place


class ReplaceScalar(NamedTuple):
    """Give a text, number, boolean or null another value; texts in a tuple become a list.

    `may_be_date` says that a date is asked for, so that it needs no quotes. In place of a mapping
    there can be what is written there, read as text: `a: b`, or the texts of `{a, b}`.
    """

    pointer: Place
    value: Scalar | tuple[str, ...]
    may_be_date: bool = False


class RenameKey(NamedTuple):
    """Give the key that `pointer` ends with another name."""

    pointer: Place
    name: str


class InsertPair(NamedTuple):
    """Add the key that `pointer` ends with; after the key `after`, else as the last one."""

    pointer: Place
    value: Scalar
    after: str | None = None


class OrderPairs(NamedTuple):
    """Put the keys of a mapping in another order; `pointer` ends with one of them.

    `order` has all of them.
    """

    pointer: Place
    order: tuple[str, ...]


Operation = RemoveItem | RemovePair | ReplaceScalar | RenameKey | InsertPair | OrderPairs


class ProposedFix(NamedTuple):
    """What a rule proposes to do about a finding: `message` says it in the imperative.

    `operations` name places relative to the value that the rule was given. A rule on a problem
    of the file hands on the `edits` that whoever found the problem has worked out. It is safe if
    one reading of what the author meant explains it.
    """

    message: str
    operations: tuple[Operation, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_safe: bool = True


_KINDS: dict[str, type[Operation]] = {
    "remove-item": RemoveItem,
    "remove-pair": RemovePair,
    "replace-scalar": ReplaceScalar,
    "rename-key": RenameKey,
    "insert-pair": InsertPair,
    "order-pairs": OrderPairs,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def below(base: Place, operation: Operation) -> Operation:
    """The same operation, seen from the root of data that hold its data at `base`."""
    return operation._replace(pointer=(*base, *operation.pointer)) if base else operation


def to_plain(operation: Operation) -> tuple[Any, ...]:
    """An operation as plain data, for `marshal` and for JSON alike."""
    return (_NAMES[type(operation)], *operation)


def from_plain(plain: Sequence[Any]) -> Operation:
    """The operation that `to_plain` has made plain. Raises KeyError or TypeError for others."""
    name, pointer, *others = plain
    # JSON has no tuples.
    others = [tuple(each) if isinstance(each, list) else each for each in others]
    return _KINDS[name](tuple(pointer), *others)


def applied(data: Any, operations: Sequence[Operation]) -> Any:
    """`data` with the operations done; their pointers are those of `data` before any of them.

    Nothing in `data` changes. Raises CannotApply.
    """
    by_step: dict[Step, list[Operation]] = {}
    here: list[Operation] = []
    for operation in operations:
        if not operation.pointer:
            raise CannotApply
        if len(operation.pointer) == 1:
            here.append(operation)
        else:
            below_step = operation._replace(pointer=operation.pointer[1:])
            by_step.setdefault(operation.pointer[0], []).append(below_step)
    return _in_list(data, here, by_step) if isinstance(data, list) else _in(data, here, by_step)


def _in_list(data: list[Any], here: list[Operation], below: dict[Step, list[Operation]]) -> Any:
    removed = set()
    values: dict[Step, Any] = {}
    for operation in here:
        index = _index(data, operation.pointer[0])
        if isinstance(operation, RemoveItem):
            removed.add(index)
        elif isinstance(operation, ReplaceScalar):
            values[index] = _as_data(operation.value)
        else:
            raise CannotApply
    for step, operations in below.items():
        values[step] = applied(data[_index(data, step)], operations)
    return [values.get(index, value) for index, value in enumerate(data) if index not in removed]


def _as_data(value: Scalar | tuple[str, ...]) -> Any:
    return [*value] if isinstance(value, tuple) else value


def _index(data: list[Any], step: Step) -> int:
    if not isinstance(step, int) or not 0 <= step < len(data):
        raise CannotApply
    return step


def _in(data: Any, here: list[Operation], below: dict[Step, list[Operation]]) -> Any:
    if not isinstance(data, dict):
        raise CannotApply
    removed: set[Step] = set()
    values: dict[Step, Any] = {}
    names: dict[Step, str] = {}
    inserted: list[InsertPair] = []
    order: Sequence[str] = list(data)
    for operation in here:
        key = str(operation.pointer[0])
        if isinstance(operation, InsertPair):
            if key in data:
                raise CannotApply
            inserted.append(operation)
        elif isinstance(operation, OrderPairs):
            if sorted(operation.order) != sorted(data):
                raise CannotApply
            order = operation.order
        elif key not in data or isinstance(operation, RemoveItem):
            raise CannotApply
        elif isinstance(operation, RemovePair):
            removed.add(key)
        elif isinstance(operation, RenameKey):
            names[key] = operation.name
        else:
            values[key] = _as_data(operation.value)
    for step, operations in below.items():
        if step not in data:
            raise CannotApply
        values[step] = applied(data[step], operations)
    result: dict[str, Any] = {}
    old: Step
    for old in order:
        if old not in removed:
            _put(result, str(names.get(old, old)), values.get(old, data[old]))
        for pair in inserted:
            if pair.after == old:
                _put(result, str(pair.pointer[0]), pair.value)
    for pair in inserted:
        if pair.after not in data:
            _put(result, str(pair.pointer[0]), pair.value)
    return result


def _put(mapping: dict[str, Any], key: str, value: Any) -> None:
    if key in mapping:
        raise CannotApply
    mapping[key] = value
