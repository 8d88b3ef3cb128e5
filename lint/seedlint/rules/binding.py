"""What a contract can bind to a field, by name, under `x-seedlint`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from seedlint.document.pointer import Pointer

JsonSchema = Mapping[str, Any]
Options = Mapping[str, Any]

ITEMS = None
"""The step of a path that leads to every item of a list."""

Path = tuple[str | None, ...]
"""The way from a value to something in it: keys, and `ITEMS`."""

KEYWORD = "x-seedlint"
"""The keyword of a contract that binds rules to a field."""

FILE_NAME = "fileName"
"""The option that holds the path of the file, for a binding that needs it; not for contracts."""


class Lookup(NamedTuple):
    """What the option at `option` makes a binding look at: the first of `paths` that is there."""

    option: Pointer
    paths: tuple[Path, ...]


def look_up_nothing(options: Options) -> Iterable[Lookup]:
    """The paths of a binding that looks only at the value itself."""
    return ()


def look_up_listed(options: Options, names: Iterable[str], *before: str | None) -> Iterator[Lookup]:
    """The keys that the options called `names` list, each at the end of the path `before`."""
    for name in names:
        for index, key in enumerate(options.get(name, ())):
            yield Lookup((name, index), ((*before, key),))


class Binding(NamedTuple):
    """A name under `x-seedlint` that binds a family of rules to a field of the contract.

    `applies_to` is the Python type of the values it looks at (others pass, as with `pattern`);
    `options` is the JSON Schema of its options; `parse` makes what its rules are given from the
    value and the options (None: nothing to check). `quick_accept` makes of the options a test
    that is true only of values of which no rule has anything to say; of others it may be false.
    `look_up` lists what it looks at inside the value, so that a contract which does not allow that
    is refused. With `needs_file_name` the options that `parse` is given have the path of the file,
    as `FILE_NAME`. `beside` is a keyword of the same schema that it needs: the options have its
    value under the same name.
    """

    name: str
    applies_to: type
    options: JsonSchema
    parse: Callable[[Any, Mapping[str, Any]], Any]
    quick_accept: Callable[[Mapping[str, Any]], Callable[[Any], object]]
    summary: str
    look_up: Callable[[Options], Iterable[Lookup]] = look_up_nothing
    needs_file_name: bool = False
    beside: str | None = None
