"""The drafts of JSON Schema that a contract can be written in."""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """One draft.

    `order` rises from the oldest draft to the newest. `id_keyword` names the keyword that gives a
    schema an address; `ref_stands_alone` says that a `$ref` hides the keywords beside it.
    """

    address: str
    order: int
    id_keyword: str = "$id"
    ref_stands_alone: bool = False


DRAFT_4 = Dialect("http://json-schema.org/draft-04/schema", 4, "id", True)
DRAFT_6 = Dialect("http://json-schema.org/draft-06/schema", 6, "$id", True)
DRAFT_7 = Dialect("http://json-schema.org/draft-07/schema", 7, "$id", True)
DRAFT_2019 = Dialect("https://json-schema.org/draft/2019-09/schema", 8)
DRAFT_2020 = Dialect("https://json-schema.org/draft/2020-12/schema", 9)

DIALECTS = {
    dialect.address: dialect for dialect in (DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019, DRAFT_2020)
}
DEFAULT_DIALECT = DRAFT_2020


def dialect_named(declared: object) -> Dialect | None:
    """The draft that a `$schema` names; None for one that seedlint does not know."""
    return DIALECTS.get(declared.removesuffix("#")) if isinstance(declared, str) else None
