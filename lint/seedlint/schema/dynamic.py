"""References that lead elsewhere depending on the way taken: `$dynamicRef` and `$recursiveRef`.

A schema resource is a file, or a schema with an `$id` of its own together with all inside it that
has none. A dynamic reference leads to the outermost resource entered on the way that has an anchor
of its name, so the way has to be kept while a contract is held against data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

RECURSIVE = ""
"""The name of the anchor that `$recursiveAnchor` makes, which has none."""


@dataclass(frozen=True, slots=True)
class DynamicReferences:
    """What is known about them before any data is seen; schemas and resources are keys by `id`.

    `targets` gives, for each schema with a dynamic reference, the schema it leads to at first and
    the name of the anchor there; None if there is none, and the reference is like any other.
    `resources` gives the resource that each schema is part of, `anchors` the schema of a name in a
    resource.
    """

    targets: dict[int, tuple[Any, str | None]] = field(default_factory=dict)
    resources: dict[int, int] = field(default_factory=dict)
    anchors: dict[tuple[int, str], Any] = field(default_factory=dict)

    def candidates(self, schema_id: int) -> Iterator[Any]:
        """Every schema that the dynamic reference of a schema may lead to."""
        target, anchor = self.targets[schema_id]
        yield target
        yield from (found for (_, name), found in self.anchors.items() if name == anchor)


@dataclass(frozen=True, slots=True)
class Scope:
    """The resources entered on the way to a schema, outermost first, each once."""

    references: DynamicReferences
    entered: tuple[int, ...] = ()

    def enter(self, schema: Any) -> Scope:
        """The scope inside `schema`."""
        resource = self.references.resources.get(id(schema))
        if resource is None or resource in self.entered:
            return self
        return Scope(self.references, (*self.entered, resource))

    def follow(self, schema: Any) -> Any:
        """The schema that the dynamic reference of `schema` leads to from here."""
        target, anchor = self.references.targets[id(schema)]
        if anchor is not None:
            for resource in self.entered:
                if (resource, anchor) in self.references.anchors:
                    return self.references.anchors[resource, anchor]
        return target
