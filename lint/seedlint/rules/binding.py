"""What a contract can bind to a field, by name, under `x-seedlint`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TypeAlias

    from seedlint.disk import Disk
    from seedlint.document.pointer import Part, Pointer
    from seedlint.text.span import Span

    class DataFile(Protocol):
        """A YAML or JSON file beside the contract: its data, and places in it.

        `path` is its name as shown to people.
        """

        path: str
        text: str
        data: Any

        def span(self, pointer: Pointer, part: Part = "value") -> Span: ...

        def error(self, message: str, pointer: Pointer = (), part: Part = "value") -> Exception: ...


JsonSchema: TypeAlias = "Mapping[str, Any]"
Options: TypeAlias = "Mapping[str, Any]"

ITEMS = None
"""The step of a path that leads to every item of a list."""

Path = tuple[str | None, ...]
"""The way from a value to something in it: keys, and `ITEMS`."""

KEYWORD = "x-seedlint"
"""The keyword of a contract that binds rules to a field."""

FILE_NAME = "fileName"
"""The option that holds the path of the file, for a binding that needs it; not for contracts."""

KEYS = {"type": "array", "items": {"type": "string"}}
"""The JSON Schema of an option that lists keys."""

ROOTS = {
    "description": "The folders that local files are in, from the folder of the configuration.",
    "type": "array",
    "items": {"type": "string"},
    "minItems": 1,
}
"""The option that names the folders of local files."""

FOUND_ROOTS = "foundRoots"
"""The name under which these folders are added to the options."""

COLLECTED = frozenset(["refers-to", "vocabulary"])
"""The bindings whose values are collected, and judged when all seeds are read."""

NAME_FILES = frozenset(["file", "image-size"])
"""The bindings of values that may name local files."""


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


class UnusableOption(Exception):
    """An option that cannot be used, and why; `option` leads to it from the options."""

    def __init__(self, message: str, option: Pointer) -> None:
        super().__init__(message)
        self.option = option


class Surroundings:
    """What a binding can look at beside the value.

    `read` gives the file at a path from the contract's folder. It raises UnusableOption, without
    the option, if there is none inside that folder, and SchemaError if it cannot be read.
    `collections` are the names of those in the settings, None if they are not known; `root` is the
    folder of the settings, in which seeds are looked for. `known` is what bindings of the contract
    have found there, by names of their own: the same thing may be bound in many places. `disk` is
    where local files are looked for, None for the usual one.
    """

    def __init__(
        self,
        read: Callable[[str], DataFile],
        collections: Sequence[str] | None = None,
        root: str = os.curdir,
        known: dict[Any, Any] | None = None,
        disk: Disk | None = None,
    ) -> None:
        self.read = read
        self.collections = collections
        self.root = root
        self.known = known
        self.disk = disk

    def with_disk(self, disk: Disk) -> Surroundings:
        """The same, but for where local files are looked for."""
        return Surroundings(self.read, self.collections, self.root, self.known, disk)

    def once(self, name: Any, find: Callable[[], Any]) -> Any:
        """What `find` finds, the first time that `name` is asked for."""
        if self.known is None:
            return find()
        if name not in self.known:
            self.known[name] = find()
        return self.known[name]


def _read_nothing(path: str) -> DataFile:
    raise UnusableOption("no such file in the schema's folder", ())


NO_SURROUNDINGS = Surroundings(_read_nothing)
"""Those of a contract that is not in a file."""


class Binding(NamedTuple):
    """A name under `x-seedlint` that binds a family of rules to a field of the contract.

    `applies_to` is the Python type of the values it looks at (others pass, as with `pattern`);
    `options` is the JSON Schema of its options; `parse` makes what its rules are given from the
    value and the options (None: nothing to check). `quick_accept` makes of the options a test
    that is true only of values of which no rule has anything to say; of others it may be false.
    `look_up` lists what it looks at inside the value, so that a contract which does not allow that
    is refused. With `takes_items` it also applies to each item of a list. `complete` adds to the
    options what is read elsewhere; it raises UnusableOption, or SchemaError for what is wrong with
    another file. With these options it `looks_outside` if what it says also rests on files that may
    change while the seed and the contract do not: such results are not kept. With `needs_file_name`
    the options that `parse` is given have the path of the file, as `FILE_NAME`; it cannot apply to
    texts then, because what is said of one is remembered for all seeds. `beside` is a keyword of
    the same schema that it needs: the options have its value under the same name.
    """

    name: str
    applies_to: type
    options: JsonSchema
    parse: Callable[[Any, Mapping[str, Any]], Any]
    quick_accept: Callable[[Mapping[str, Any]], Callable[[Any], object]]
    summary: str
    look_up: Callable[[Options], Iterable[Lookup]] = look_up_nothing
    takes_items: bool = False
    complete: Callable[[Options, Surroundings], Options] | None = None
    needs_file_name: bool = False
    beside: str | None = None
    looks_outside: Callable[[Options], bool] = lambda options: False

    @property
    def types(self) -> tuple[type, ...]:
        """The Python types of the values that it looks at."""
        return (self.applies_to, list) if self.takes_items else (self.applies_to,)
