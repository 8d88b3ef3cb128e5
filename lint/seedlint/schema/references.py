"""Where the references of a contract lead: resources, anchors, JSON pointers.

A schema with an address of its own (`$id`) begins a *resource*; references are resolved against the
address of the resource that they are in. Nothing is fetched: other files come from the contract's
folder, through `read`, and the metaschemas of the drafts come with seedlint.

JSON Schema Core 2020-12, sections 8.2 and 9; RFC 3986 for addresses, RFC 6901 for pointers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from seedlint.document.pointer import unescape_step
from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import NO_SURROUNDINGS, Surroundings
from seedlint.schema.drafts import Draft
from seedlint.schema.keywords.keyword import Holds
from seedlint.schema.keywords.table import below, keywords_of, subschemas

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.disk import Disk

_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
RECURSIVE = ""
"""The name of `$recursiveAnchor: true` among the dynamic anchors; no real one is empty."""


class Unresolvable(Exception):
    """A reference that leads nowhere, or to what is not a schema."""


class Resource:
    """A schema with an address, and what can be named in it.

    `address` is an absolute URI without a fragment. `anchors` are the schemas that a fragment can
    name; `dynamic` those whose name also counts for a dynamic reference from elsewhere.
    """

    __slots__ = ("_draft", "_found", "address", "schema")

    def __init__(self, address: str, schema: Any, draft: Draft) -> None:
        self.address = address
        self.schema = schema
        self._draft = draft
        self._found: tuple[dict[str, Any], dict[str, Any]] | None = None

    @property
    def anchors(self) -> Mapping[str, Any]:
        """The schemas of this resource that have a name, by it."""
        return self._named()[0]

    @property
    def dynamic(self) -> Mapping[str, Any]:
        """The schemas of this resource that a dynamic reference can mean, by their name."""
        return self._named()[1]

    def _named(self) -> tuple[dict[str, Any], dict[str, Any]]:
        if self._found is None:
            anchors: dict[str, Any] = {}
            dynamic: dict[str, Any] = {}
            self._found = anchors, dynamic
            keywords = keywords_of(self._draft)
            for schema in _within(self.schema, self._draft):
                for keyword in ("$anchor", "$dynamicAnchor"):
                    name = schema.get(keyword)
                    if keyword in keywords and isinstance(name, str):
                        anchors.setdefault(name, schema)
                        if keyword == "$dynamicAnchor":
                            dynamic.setdefault(name, schema)
                name = schema.get(self._draft.id_keyword)
                if isinstance(name, str) and name[:1] == "#" and len(name) > 1:
                    # Up to draft 7 that is how a schema gets a name.
                    anchors.setdefault(name[1:], schema)
            if (
                "$recursiveAnchor" in keywords
                and isinstance(self.schema, dict)
                and self.schema.get("$recursiveAnchor") is True
            ):
                dynamic[RECURSIVE] = self.schema
        return self._found


class Target(NamedTuple):
    """Where a reference leads: a schema and the resource that it is in.

    `anchor` is the name of the dynamic anchor that the reference names, if it names one.
    """

    schema: Any
    resource: Resource
    anchor: str | None = None


def dynamic_anchor(keyword: str, target: Target) -> str | None:
    """The dynamic anchor that a reference by `keyword` is followed by; None for a static one."""
    if keyword == "$dynamicRef":
        return target.anchor
    if keyword == "$recursiveRef" and RECURSIVE in target.resource.dynamic:
        return RECURSIVE
    return None


def _no_files(address: str) -> Any:
    raise Unresolvable


class References:
    """The resources of one contract, found as references ask for them."""

    def __init__(
        self,
        schema: Any,
        address: str,
        draft: Draft,
        read: Callable[[str], Any] = _no_files,
        surroundings: Surroundings = NO_SURROUNDINGS,
    ) -> None:
        """`address` is that of the contract, absolute.

        `read` gives the schema in the file that an absolute address leads to, and raises
        `Unresolvable` if there is none; without it there are no other files. `surroundings` is what
        the bindings of the contract can look at.
        """
        self.surroundings = surroundings
        self.draft = draft
        self._keywords = keywords_of(draft)
        self._read = read
        self._resources: dict[str, Resource] = {}
        self._entered: dict[int, Resource] = {}
        self._targets: dict[tuple[str, str], Target] = {}
        # Schemas whose embedded resources have not been looked for yet, each with its address.
        self._unindexed: list[tuple[str, Any]] = []
        self.root = self._add(address, schema)
        # The schema that documents are checked against.
        self.start = Target(schema, self.root)

    def with_disk(self, disk: Disk) -> References:
        """The same, but that bindings look for local files on `disk`."""
        # Hardly any run needs it.
        from copy import copy

        other = copy(self)
        other.surroundings = self.surroundings.with_disk(disk)
        return other

    def start_at(self, fragment: str) -> None:
        """Make the schema at a pointer or an anchor of the contract's file the one that counts.

        Raises Unresolvable if there is none.
        """
        self.start = self.resolve(f"#{fragment}", self.root)
        if not isinstance(self.start.schema, (dict, bool)):
            raise Unresolvable

    def _add(self, address: str, schema: Any) -> Resource:
        """Register a file under its address, and under the one that it gives itself."""
        resource = self.enter(schema, Resource(address, schema, self.draft))
        self._resources[address] = resource
        self._resources.setdefault(resource.address, resource)
        self._unindexed.append((address, schema))
        return resource

    def enter(self, schema: Any, around: Resource) -> Resource:
        """The resource that `schema` is in, given the one `around` it."""
        own = own_address(schema, self.draft)
        if own is None:
            return around
        entered = self._entered.get(id(schema))
        if entered is None:
            entered = Resource(_join(around.address, own)[0], schema, self.draft)
            self._entered[id(schema)] = entered
        return entered

    def resolve(self, reference: str, base: Resource) -> Target:
        """The schema that `reference`, found in `base`, leads to.

        Raises Unresolvable, or what `read` raises.
        """
        key = (base.address, reference)
        if key not in self._targets:
            self._targets[key] = self._resolve(reference, base)
        return self._targets[key]

    def _resolve(self, reference: str, base: Resource) -> Target:
        if reference[:1] == "#":
            resource, fragment = base, reference[1:]
        else:
            address, fragment = _join(base.address, reference)
            resource = self._resource_at(address)
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if fragment == "":
            return Target(resource.schema, resource)
        if fragment[0] == "/":
            return self._follow(fragment, resource)
        if fragment not in resource.anchors:
            raise Unresolvable
        schema = resource.anchors[fragment]
        return Target(
            schema,
            self.enter(schema, resource),
            fragment if fragment in resource.dynamic else None,
        )

    def _resource_at(self, address: str) -> Resource:
        if address not in self._resources:
            self._index()
        if address not in self._resources:
            from seedlint.schema.metaschemas import read_metaschema

            metaschema = read_metaschema(address)
            self._add(address, self._read(address) if metaschema is None else metaschema)
        return self._resources[address]

    def _index(self) -> None:
        """Register the resources embedded in the files that were read so far."""
        while self._unindexed:
            address, schema = self._unindexed.pop()
            pending = [(schema, Resource(address, schema, self.draft))]
            while pending:
                each, around = pending.pop()
                resource = self.enter(each, around)
                if resource is not around:
                    self._resources.setdefault(resource.address, resource)
                pending += [(child, resource) for _, child, _ in subschemas(each, self._keywords)]

    def _follow(self, pointer: str, resource: Resource) -> Target:
        """The schema at a JSON pointer into `resource`."""
        value = resource.schema
        # An `$id` on the way counts only where a schema is expected; elsewhere it is data.
        holds: Holds = "schema"
        for step in pointer[1:].split("/"):
            name = unescape_step(step)
            inside = below(holds, value, name, self._keywords)
            if isinstance(value, list) and name.isascii() and name.isdigit():
                index = int(name)
                if index >= len(value):
                    raise Unresolvable
                value = value[index]
            elif isinstance(value, dict) and name in value:
                value = value[name]
            else:
                raise Unresolvable
            holds = inside
            if holds == "schema":
                resource = self.enter(value, resource)
        return Target(value, self.enter(value, resource))


def own_address(schema: Any, draft: Draft) -> str | None:
    """What a schema calls itself, if that begins a resource."""
    if not isinstance(schema, dict) or (draft.ref_stands_alone and "$ref" in schema):
        return None
    own = schema.get(draft.id_keyword)
    return own if isinstance(own, str) and own[:1] != "#" else None


def _within(schema: Any, draft: Draft) -> Iterator[dict[str, Any]]:
    """The schemas of one resource, itself first."""
    pending = [schema]
    while pending:
        each = pending.pop()
        if isinstance(each, dict) and (each is schema or own_address(each, draft) is None):
            yield each
            pending += [child for _, child, _ in subschemas(each, keywords_of(draft))]


def is_absolute(reference: str) -> bool:
    """Whether a reference has a scheme."""
    return _SCHEME.match(reference) is not None


def _join(base: str, reference: str) -> tuple[str, str]:
    """The absolute address of a reference, and its fragment.

    Raises ValueError for what is not an address.
    """
    if is_absolute(reference) and "[" not in reference:
        address, _, fragment = reference.partition("#")
        return address, fragment
    # Nearly all addresses are absolute, and this import takes 6 ms.
    from urllib.parse import urldefrag, urljoin

    address, fragment = urldefrag(urljoin(base, reference))
    return address, fragment
