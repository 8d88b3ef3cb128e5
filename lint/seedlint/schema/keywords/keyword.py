"""The entry of a keyword of JSON Schema."""

from __future__ import annotations

from collections.abc import Callable

from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import Failure
from seedlint.schema.drafts import DRAFT_4, DRAFT_2020, Draft
from seedlint.schema.predicates import Predicate, on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from seedlint.schema.evaluate import Site

MakePredicate: TypeAlias = "Callable[[Site, Any], Predicate]"
Explain: TypeAlias = "Callable[[Site, Any, Any, list[Failure]], None]"
Compare: TypeAlias = "Callable[[Any, Any], bool]"


Holds: TypeAlias = 'Literal["data", "schema", "schemas", "either"]'
"""What the value of a keyword holds, for walking through schemas.

`schemas` is a list or an object of them, `either` a schema or a list of them.
"""

REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
"""The keywords that lead to a schema elsewhere."""

DEFINITIONS = ("$defs", "definitions")
"""The keywords whose schemas apply to nothing until a reference leads to them."""


class Keyword(NamedTuple):
    """All that seedlint knows of one keyword.

    `since` and `until` are the first and the last draft that has it. `in_place` says that its
    subschemas are applied to the same value. `predicate(site, expected)` is the quick test of it,
    `explain(site, expected, value, found)` adds to `found` each failure of a value; both are None
    for a keyword that asserts nothing. Keywords with the same `predicate` are tested together, so
    it is called once for all of them.
    """

    name: str
    holds: Holds = "data"
    in_place: bool = False
    since: Draft = DRAFT_4
    until: Draft = DRAFT_2020
    predicate: MakePredicate | None = None
    explain: Explain | None = None


def plain(name: str, predicate: MakePredicate, since: Draft = DRAFT_4) -> Keyword:
    """A keyword whose failures need no details."""

    def explain(site: Site, expected: Any, value: Any, found: list[Failure]) -> None:
        if not site.accepts(name, value):
            found.append(Failure(name, expected, value, site))

    return Keyword(name, since=since, predicate=predicate, explain=explain)


def size(compare: Compare, kind: type) -> MakePredicate:
    """The predicate of a keyword that bounds the length of lists, of mappings or of texts."""
    return lambda site, bound: on(lambda value: compare(len(value), bound), kind)
