"""The walk over every schema of a contract that can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seedlint.document.pointer import Pointer
from seedlint.rules.contract import Fault
from seedlint.schema.checks.base import Check, Contract, Located, Subschema
from seedlint.schema.checks.drafts import unusable_id
from seedlint.schema.checks.metaschema import find_misfits
from seedlint.schema.checks.references import follow
from seedlint.schema.drafts import Draft
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords.keyword import REFERENCES, Holds
from seedlint.schema.keywords.table import KEYWORDS, below, keywords_of, subschemas
from seedlint.schema.references import Resource, dynamic_anchor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias


def walk(contract: Contract, checks: Sequence[Check]) -> Iterator[Located]:
    """What the checks say of each schema, and what is wrong with the ways from one to another.

    What the walk finds out is noted in the contract.
    """
    return _Walk(contract, checks).faults()


# A schema to come to, its file and its pointer there, the resource around it, and whether the draft
# makes it a schema, so that the metaschema vouches for it. (A named tuple takes time to define.)
_Step: TypeAlias = "tuple[Any, JsonSource, Pointer, Resource, bool]"


class _Walk:
    def __init__(self, contract: Contract, checks: Sequence[Check]) -> None:
        self._contract = contract
        self._checks = checks
        self._keywords = keywords_of(contract.draft)
        # By `id`, the schemas that the draft makes schemas and that have been come to.
        self._counted: set[int] = set()
        # The resources that were entered, and the schemas that a dynamic reference of a name may
        # lead to.
        self._resources: set[int] = set()
        self._anchored: dict[str, list[tuple[Any, Resource]]] = {}
        # The schemas with a dynamic reference, each with the name in it.
        self._dynamic: list[tuple[int, str]] = []

    def faults(self) -> Iterator[Located]:
        contract = self._contract
        schema, pointer = contract.start
        resource = contract.references.start.resource
        yield from self._go([(schema, contract.root, pointer, resource, True)])
        # A dynamic reference may lead to any schema with its anchor, even to one that nothing else
        # leads to.
        pending = True
        while self._dynamic and pending:
            anchored = [each for found in self._anchored.values() for each in found]
            pending = any(id(schema) not in contract.places for schema, _ in anchored)
            yield from self._go(
                [(schema, *self._home_of(schema), around, True) for schema, around in anchored]
            )
        for schema_id, anchor in self._dynamic:
            found = self._anchored.get(anchor, ())
            contract.same_value[schema_id] += [id(schema) for schema, _ in found]
        contract.is_dynamic = bool(self._dynamic)

    def _go(self, pending: list[_Step]) -> Iterator[Located]:
        """Check schemas and all below them."""
        places = self._contract.places
        while pending:
            schema, source, pointer, around, counts = pending.pop()
            if not isinstance(schema, dict):
                continue
            is_new = id(schema) not in places
            if not is_new and (not counts or id(schema) in self._counted):
                continue
            places.setdefault(id(schema), (source, pointer))
            try:
                resource = self._contract.references.enter(schema, around)
            except ValueError:
                yield source, unusable_id(self._contract.draft, pointer)
                resource = around
            self._note_anchors(resource)
            at = Subschema(schema, resource, source, pointer)
            if is_new:
                for check in self._checks:
                    yield from check.at_schema(at)
            if counts:
                self._counted.add(id(schema))
                self._contract.schemas.append(at)
            following: list[_Step] = []
            yield from self._follow_references(at, following)
            self._go_inside(at, following, counts)
            # In the order of the file, because some remarks are made once, at the first place.
            pending += reversed(following)

    def _follow_references(self, at: Subschema, following: list[_Step]) -> Iterator[Located]:
        """Add to `following` the schemas that references of this one lead to."""
        contract, schema = self._contract, at.schema
        same_value = contract.same_value[id(schema)] = []
        for keyword in REFERENCES:
            if keyword not in schema or keyword not in self._keywords:
                continue
            target = follow(contract, at, keyword)
            if isinstance(target, Fault):
                yield at.source, target
                continue
            yield from self._misfits(target.schema)
            if (anchor := dynamic_anchor(keyword, target)) is not None:
                self._dynamic.append((id(schema), anchor))
            same_value.append(id(target.schema))
            place = (*at.pointer, keyword)
            home = contract.find(target.schema) or (at.source, place)
            if home[0] is contract.root:
                contract.links.append((place if at.source is home[0] else (), home[1]))
            following.append((target.schema, *home, target.resource, True))

    def _misfits(self, schema: Any) -> Iterable[Located]:
        """What the metaschema says of a schema for which that of its file does not vouch."""
        contract = self._contract
        place = contract.find(schema)
        if place is None or id(schema) in self._counted:
            return ()
        source, pointer = place
        is_unchecked = source is contract.root and not contract.is_whole_file
        if not is_unchecked and _is_subschema(pointer, source.data, contract.draft):
            return ()
        return find_misfits(contract, source, schema, pointer)

    def _go_inside(self, at: Subschema, following: list[_Step], counts: bool) -> None:
        """Add to `following` the schemas inside of this one."""
        same_value = self._contract.same_value[id(at.schema)]
        for keyword, child, steps in subschemas(at.schema, KEYWORDS):
            if keyword.in_place:
                same_value.append(id(child))
            is_own = counts and keyword.name in self._keywords
            place = (*at.pointer, *steps)
            following.append((child, at.source, place, at.resource, is_own))

    def _note_anchors(self, resource: Resource) -> None:
        """Note, the first time that a resource is entered, the dynamic anchors in it."""
        if id(resource) not in self._resources:
            self._resources.add(id(resource))
            for anchor, schema in resource.dynamic.items():
                self._anchored.setdefault(anchor, []).append((schema, resource))

    def _home_of(self, schema: Any) -> tuple[JsonSource, Pointer]:
        """The file and the pointer of a schema."""
        return self._contract.find(schema) or (self._contract.root, ())


def _is_subschema(pointer: Pointer, data: Any, draft: Draft) -> bool:
    """Whether a schema is at `pointer` of a file by the keywords that lead there."""
    holds: Holds = "schema"
    for step in pointer:
        holds = below(holds, data, str(step), keywords_of(draft))
        data = data[step]
    return holds == "schema"
