"""What a check of a contract is, and what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seedlint.document.pointer import Part, Pointer
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.files import SchemaFiles
from seedlint.schema.json_source import JsonSource
from seedlint.schema.references import Resource
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.checks.contradictions import Contradictions

MOST_LABELS = 10
"""How many other places of the same fault are shown."""

Located = tuple[JsonSource, Fault]
"""A fault, and the file that it is in."""


class Subschema:
    """A schema of a contract, and where it is: its resource, its file, and its pointer there."""

    # Not a named tuple: making its class takes a fifth of a millisecond.
    __slots__ = ("pointer", "resource", "schema", "source")

    def __init__(
        self, schema: dict[str, Any], resource: Resource, source: JsonSource, pointer: Pointer
    ) -> None:
        self.schema = schema
        self.resource = resource
        self.source = source
        self.pointer = pointer

    def fault(
        self,
        kind: FaultKind,
        message: str,
        steps: Pointer,
        part: Part = "value",
        help: str | None = None,
        within: tuple[int, int] | None = None,
    ) -> Located:
        """A fault at the place that `steps` lead to from this schema."""
        return self.source, Fault(kind, message, (*self.pointer, *steps), part, help, within)

    def locate(self, fault: Fault) -> Located:
        """A fault whose pointer starts at this schema."""
        return self.source, fault._replace(pointer=(*self.pointer, *fault.pointer))


class Contract:
    """A contract whose files could be opened, and what the walk has found in it so far.

    `is_whole_file` says whether the contract is all of its file, `formats_unchecked` are the
    formats that need no check. If the run `is_complete`, it also looks for faults whose rules are
    neither errors nor warnings. The walk fills in:

    - `schemas`: those that the draft takes for schemas, so that the metaschema vouches for them;
    - `places`: the file and the pointer of every schema, by its `id`;
    - `same_value`: for every schema, by its `id`, those that it hands its own value on to;
    - `links`: the places of references in the contract's own file, and where they lead there;
    - `is_dynamic`: whether there is a reference whose target depends on the way that leads to it;
    - `bindings`: the names of all bindings.
    """

    def __init__(
        self,
        files: SchemaFiles,
        *,
        is_whole_file: bool,
        formats_unchecked: Sequence[str],
        is_complete: bool,
    ) -> None:
        self.files = files
        self.root = files.root
        self.references = files.references
        self.draft = files.references.draft
        self.is_whole_file = is_whole_file
        self.formats_unchecked = formats_unchecked
        self.is_complete = is_complete
        self.schemas: list[Subschema] = []
        self.places: dict[int, tuple[JsonSource, Pointer]] = {}
        self.same_value: dict[int, list[int]] = {}
        self.links: list[tuple[Pointer, Pointer]] = []
        self.is_dynamic = False
        self.bindings: set[str] = set()
        # Where the objects are in the files that have been gone through; see `find`.
        self._indexed: set[str] = set()
        self._index: dict[int, tuple[JsonSource, Pointer]] = {}

    @property
    def start(self) -> tuple[Any, Pointer]:
        """The schema that documents are checked against, and its pointer in its file."""
        schema = self.references.start.schema
        place = None if self.is_whole_file else self.find(schema)
        return schema, place[1] if place else ()

    def find(self, target: Any) -> tuple[JsonSource, Pointer] | None:
        """The file and the pointer of an object that a reference led to."""
        for uri, source in (("", self.root), *self.files.others()):
            if uri not in self._indexed:
                self._indexed.add(uri)
                for value, pointer in objects_in(source.data):
                    self._index.setdefault(id(value), (source, pointer))
        return self._index.get(id(target)) if isinstance(target, dict) else None

    def shown(self, source: JsonSource, name: str) -> str:
        """A name in the contract, for a sentence; empty in a file that must not be quoted.

        A reference may lead to a file that is not a schema but somebody's secret.
        """
        return f" {quote(name)}" if source is self.root else ""


class Check:
    """Something that is looked for in contracts. Each contract gets a new one."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def at_schema(self, at: Subschema) -> Iterable[Located]:
        """What is wrong with a schema; asked when the walk comes to it for the first time."""
        return ()

    def at_end(self) -> Iterable[Located]:
        """What is wrong once the walk has come to every schema."""
        return ()

    def if_sound(self, contradictions: Contradictions) -> Iterable[Located]:
        """What is wrong with a contract without errors: only then is it certain what it allows."""
        return ()


def times(count: int) -> str:
    """How often something occurs, as the end of a sentence; empty if only once."""
    return f", {count:,} times" if count > 1 else ""


def objects_in(data: Any) -> Iterator[tuple[dict[str, Any], Pointer]]:
    """Every object in `data`, itself included, with its pointer; in no order."""
    pending: list[tuple[Any, Pointer]] = [(data, ())]
    while pending:
        value, pointer = pending.pop()
        if isinstance(value, dict):
            yield value, pointer
            pending += [(child, (*pointer, key)) for key, child in value.items()]
        elif isinstance(value, list):
            pending += [(child, (*pointer, index)) for index, child in enumerate(value)]
