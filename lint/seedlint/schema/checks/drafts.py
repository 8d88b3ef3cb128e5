"""Files of a contract that are not a schema of its draft, or of any known draft."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.pointer import Pointer
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Check, Located, Subschema
from seedlint.schema.checks.metaschema import find_metaschema_faults
from seedlint.schema.drafts import Draft, declared_draft, draft_named, say_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OTHER_DRAFT = "another `$schema` than the contract's: one contract, one draft"


class DraftCheck(Check):
    """An inner `$schema` that names another draft than the contract's."""

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        embedded = at.schema.get("$schema") if at.pointer else None
        if isinstance(embedded, str) and draft_named(embedded) is not self.contract.draft:
            yield at.fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DRAFT, ("$schema",))


def find_file_faults(schema: Any, draft: Draft, *, quotes: bool) -> Iterator[Fault]:
    """What is wrong with a whole file of a contract of this draft.

    Without `quotes` nothing is quoted that is not a keyword.
    """
    if not isinstance(schema, (dict, bool)):
        message = "a JSON Schema is an object, or true or false"
        yield Fault(FaultKind.INVALID_SCHEMA, message)
        return
    if not can_be_walked(schema):
        yield unknown_draft(schema)
        return
    if declared_draft(schema) not in (None, draft):
        yield Fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DRAFT, ("$schema",))
        return
    yield from find_metaschema_faults(draft, schema, quotes=quotes)


def can_be_walked(schema: Any) -> bool:
    """Whether the draft of a schema is known, so that its keywords have a meaning."""
    if isinstance(schema, dict):
        return "$schema" not in schema or declared_draft(schema) is not None
    return isinstance(schema, bool)


def unknown_draft(schema: Any, pointer: Pointer = ()) -> Fault:
    """The fault of a schema at `pointer` whose draft is not known."""
    message = f"unknown `$schema`; {say_unknown(schema['$schema'])}"
    return Fault(FaultKind.UNKNOWN_DRAFT, message, (*pointer, "$schema"))


def unusable_id(draft: Draft, pointer: Pointer) -> Fault:
    """The fault of a schema at `pointer` whose address is not one."""
    name = draft.id_keyword
    message = f"`{name}` is not an address"
    return Fault(FaultKind.INVALID_SCHEMA, message, (*pointer, name))
