"""Keywords about lists: how many items, which, and the value of each."""

from __future__ import annotations

from operator import ge, le

from seedlint.rules.base import Failure
from seedlint.schema.drafts import DRAFT_6, DRAFT_2019, DRAFT_2020
from seedlint.schema.equality import identity
from seedlint.schema.keywords.keyword import Keyword, plain, size
from seedlint.schema.predicates import ACCEPT_ALL, ALL_TYPES, Accepts, Predicate, on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.evaluate import Node, Site


def _items(site: Site, items: Any) -> Predicate:
    if isinstance(items, list):
        return _one_by_one(site, items)
    first = len(site.get("prefixItems", ()))
    node = site.node(items)
    return on(_accepts_from(site, first, node), list, exact=node.predicate.exact)


def _accepts_from(site: Site, first: int, node: Node) -> Accepts:
    """That a node accepts every item of a list from the index `first` on."""
    questions_for = {kind: node.predicate.questions(kind) for kind in ALL_TYPES}.get

    def accepts(value: Any) -> bool:
        for item in value[first:] if first else value:
            questions = questions_for(item.__class__)
            if questions is None:
                return False
            for quick, full in questions:
                if not quick(item) and not full(item):
                    # `index` of the list would take an equal item for it.
                    found = (at for at in range(first, len(value)) if value[at] is item)
                    site.stop(value, next(found))
                    return False
        return True

    return accepts


def _explain_from(site: Site, first: int, node: Node, value: Any, found: list[Failure]) -> None:
    """What is wrong with the items of a list from the index `first` on."""
    stop = site.stop_of(value)
    for index in range(first if stop is None else stop, len(value)):
        item = value[index]
        if index == stop or not node.accepts(item):
            found += node.explain_at(index, item)


def _one_by_one(site: Site, schemas: Any) -> Predicate:
    """The first schema for the first item, the second for the second, and so on."""
    nodes = [site.node(each) for each in schemas]
    return on(
        lambda value: all(node.accepts(item) for node, item in zip(nodes, value, strict=False)),
        list,
        exact=all(node.predicate.exact for node in nodes),
    )


def _explain_items(site: Site, items: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not list:
        return
    if isinstance(items, list):
        _explain_one_by_one(site, items, value, found)
        return
    first = len(site.get("prefixItems", ()))
    if items is False and site.draft is DRAFT_2020:
        # The list has more items than it may have: that is about the list.
        found += _surplus("items", site, value, first)
        return
    _explain_from(site, first, site.node(items), value, found)


def _explain_one_by_one(site: Site, schemas: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is list:
        for index, (subschema, item) in enumerate(zip(schemas, value, strict=False)):
            found += site.node(subschema).failures_at(index, item)


def _surplus(keyword: str, site: Site, value: list[Any], first: int) -> list[Failure]:
    return [Failure(keyword, False, value, site, item=index) for index in range(first, len(value))]


def _additional_items(site: Site, additional: Any) -> Predicate:
    items = site.schema.get("items")
    if not isinstance(items, list):
        return ACCEPT_ALL
    node = site.node(additional)
    return on(_accepts_from(site, len(items), node), list, exact=node.predicate.exact)


def _explain_additional(site: Site, additional: Any, value: Any, found: list[Failure]) -> None:
    items = site.schema.get("items")
    if value.__class__ is not list or not isinstance(items, list):
        return
    if additional is False:
        found += _surplus("additionalItems", site, value, len(items))
        return
    _explain_from(site, len(items), site.node(additional), value, found)


def _contains(site: Site, contains: Any) -> Predicate:
    node = site.node(contains)
    least, most = site.get("minContains", 1), site.get("maxContains", None)

    def accepts(value: Any) -> bool:
        count = sum(map(node.is_valid, value))
        return bool(count >= least and (most is None or count <= most))

    return on(accepts, list)


def _explain_contains(site: Site, contains: Any, value: Any, found: list[Failure]) -> None:
    if value.__class__ is not list:
        return
    count = sum(map(site.node(contains).is_valid, value))
    least, most = site.get("minContains", 1), site.get("maxContains", None)
    if count < least:
        named = site.get("minContains", None) is not None
        keyword, expected = ("minContains", least) if named else ("contains", contains)
        found.append(Failure(keyword, expected, value, site, fits=count))
    if most is not None and count > most:
        found.append(Failure("maxContains", most, value, site, fits=count))


def _unique(site: Site, unique: Any) -> Predicate:
    if not unique:
        return ACCEPT_ALL

    def accepts(value: Any) -> bool:
        if all(item.__class__ is str for item in value):
            return len(set(value)) == len(value)
        return len(set(map(identity, value))) == len(value)

    return on(accepts, list)


def _explain_unique(site: Site, unique: Any, value: Any, found: list[Failure]) -> None:
    """One failure per repeated item, in time linear in the size of the data."""
    if not unique or value.__class__ is not list:
        return
    first_at: dict[str, int] = {}
    for index, item in enumerate(value):
        first = first_at.setdefault(identity(item), index)
        if first != index:
            found.append(Failure("uniqueItems", unique, value, site, item=index, first=first))


KEYWORDS = (
    Keyword("items", "either", predicate=_items, explain=_explain_items),
    Keyword(
        "prefixItems",
        "schemas",
        since=DRAFT_2020,
        predicate=_one_by_one,
        explain=_explain_one_by_one,
    ),
    Keyword(
        "additionalItems",
        "schema",
        until=DRAFT_2019,
        predicate=_additional_items,
        explain=_explain_additional,
    ),
    Keyword("contains", "schema", since=DRAFT_6, predicate=_contains, explain=_explain_contains),
    # Both say more about the `contains` beside them.
    Keyword("maxContains", since=DRAFT_2019),
    Keyword("minContains", since=DRAFT_2019),
    Keyword("uniqueItems", predicate=_unique, explain=_explain_unique),
    plain("maxItems", size(le, list)),
    plain("minItems", size(ge, list)),
)
