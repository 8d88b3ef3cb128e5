"""The texts in a document that a contract binds by certain bindings.

For bindings that one document alone cannot answer, such as `refers-to`: what they bind is
collected, and judged when all documents are read. Which alternatives and conditions apply is asked
of the evaluator, so a binding counts exactly where a keyword beside it would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from seedlint.document.pointer import Pointer
from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import KEYWORD
from seedlint.schema.keywords.unevaluated import in_place, references_of
from seedlint.schema.outline import nodes_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.evaluate import Evaluator, Node, Site

_ALTERNATIVES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("if", "then", "else")
# What a mapping has for keys that it does not name.
_OTHER_KEYS = ("patternProperties", "additionalProperties")


class BoundText(NamedTuple):
    """A text in a document, and the binding with its options."""

    pointer: Pointer
    text: str
    name: str
    options: Mapping[str, Any]


class _Plan(NamedTuple):
    """What of one schema leads to a binding.

    `bound` are its own; `looks_in_place` says whether schemas for the same value have some; `keys`
    are the keys with a schema that leads to some; `looks_at_any_key` says that others may, too.
    """

    bound: tuple[tuple[str, Mapping[str, Any]], ...]
    looks_in_place: bool
    keys: tuple[tuple[str, Node], ...]
    looks_at_any_key: bool


class BoundTexts:
    """Finds the texts that one contract binds by some of its bindings."""

    def __init__(
        self, evaluator: Evaluator, is_wanted: Callable[[str, Mapping[str, Any]], object]
    ) -> None:
        """`is_wanted` says of the name and the options of a binding whether it counts."""
        self._evaluator = evaluator
        self._is_wanted = is_wanted
        self._plans: dict[int, _Plan] = {}
        self.reached: dict[int, Node] = {}
        self._leading = self._find_leading()

    def find(self, data: Any) -> list[BoundText]:
        """The bound texts of a document, each as often as the contract binds it."""
        try:
            with self._evaluator.apart():
                return list(self._find(data))
        except RecursionError:
            # It is reported that such a document is nested too deeply.
            return []

    def bindings(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The bindings that count and can be reached, with their options."""
        for node in self.reached.values():
            if node.site is not None:
                yield from self._bound(node.site)

    def _bound(self, site: Site) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        bindings = site.get(KEYWORD, {})
        return tuple(each for each in bindings.items() if self._is_wanted(*each))

    def _find_leading(self) -> frozenset[int]:
        """The ids of the nodes from which a binding can be reached."""
        sources: dict[int, list[int]] = {}
        bound: list[int] = []
        waiting = [self._evaluator.root]
        while waiting:
            node = waiting.pop()
            if node.site is None or id(node) in self.reached:
                continue
            self.reached[id(node)] = node
            if self._bound(node.site):
                bound.append(id(node))
            inner = [*_in_place(node.site), *_below(node.site)]
            for each in inner:
                sources.setdefault(id(each), []).append(id(node))
            waiting += reversed(inner)
        leading: set[int] = set()
        while bound:
            each_id = bound.pop()
            if each_id not in leading:
                leading.add(each_id)
                bound += sources.get(each_id, ())
        return frozenset(leading)

    def _leads(self, node: Node) -> bool:
        return id(node) in self._leading

    def _plan(self, site: Site) -> _Plan:
        plan = self._plans.get(id(site))
        if plan is None:
            named = site.get("properties", {}).items()
            keys = [(key, site.node(schema)) for key, schema in named]
            others = list(_values_of(site, _OTHER_KEYS))
            plan = self._plans[id(site)] = _Plan(
                self._bound(site),
                any(map(self._leads, _in_place(site))),
                tuple((key, node) for key, node in keys if self._leads(node)),
                any(map(self._leads, others)),
            )
        return plan

    def _find(self, data: Any) -> Iterator[BoundText]:
        # All schemas of a value are looked at together, or those that meet again below would be
        # looked at twice at each level.
        pending: list[tuple[Pointer, Any, Iterable[Node]]] = [((), data, [self._evaluator.root])]
        while pending:
            pointer, value, nodes = pending.pop()
            below: dict[str | int, list[Node]] = {}
            for site in self._sites(nodes, value):
                plan = self._plan(site)
                for name, options in plan.bound:
                    for at, text in _texts(pointer, value):
                        yield BoundText(at, text, name, options)
                if value.__class__ is dict and not plan.looks_at_any_key:
                    for key, node in plan.keys:
                        if key in value:
                            below.setdefault(key, []).append(node)
                elif value.__class__ in (dict, list):
                    for step in value if value.__class__ is dict else range(len(value)):
                        inner = [each for each in nodes_below(site, step) if self._leads(each)]
                        if inner:
                            below.setdefault(step, []).extend(inner)
            pending += [((*pointer, step), value[step], inner) for step, inner in below.items()]

    def _sites(self, nodes: Iterable[Node], value: Any) -> Iterator[Site]:
        """The schemas that look at a value and lead to a binding, from `nodes` on, each once."""
        seen: set[int] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.site is None or id(node) in seen or not self._leads(node):
                continue
            seen.add(id(node))
            yield node.site
            if self._plan(node.site).looks_in_place:
                waiting += in_place(node.site, value)


def _texts(pointer: Pointer, value: Any) -> Iterator[tuple[Pointer, str]]:
    if value.__class__ is str:
        yield pointer, value
    elif value.__class__ is list:
        for index, item in enumerate(value):
            if item.__class__ is str:
                yield (*pointer, index), item


def _in_place(site: Site) -> Iterator[Node]:
    """The nodes of all schemas beside a keyword that may look at the same value."""
    yield from references_of(site)
    for keyword in _ALTERNATIVES:
        yield from map(site.node, site.get(keyword, ()))
    for keyword in _CONDITIONS:
        yield site.node(site.get(keyword, True))
    yield from map(site.node, site.get("dependentSchemas", {}).values())


def _below(site: Site) -> Iterator[Node]:
    """The nodes of the schemas for what is inside a value."""
    keywords = ("properties", *_OTHER_KEYS, "items", "prefixItems", "additionalItems")
    yield from _values_of(site, keywords)


def _values_of(site: Site, keywords: tuple[str, ...]) -> Iterator[Node]:
    for keyword in keywords:
        schema = site.get(keyword, True)
        if isinstance(schema, list):
            yield from map(site.node, schema)
        elif keyword in ("properties", "patternProperties") and schema is not True:
            yield from map(site.node, schema.values())
        else:
            yield site.node(schema)
