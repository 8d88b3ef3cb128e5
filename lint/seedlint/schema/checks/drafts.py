"""Files of a contract that are not a schema of its draft, or of any known draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seedlint.document.pointer import Pointer
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Check, Located, Subschema
from seedlint.schema.checks.metaschema import find_metaschema_faults
from seedlint.schema.dialects import Dialect, dialect_named, say_unknown

_OTHER_DIALECT = "another `$schema` than the contract's: one contract, one dialect"


class DraftCheck(Check):
    """An inner `$schema` that names another draft than the contract's."""

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        embedded = at.schema.get("$schema") if at.pointer else None
        if isinstance(embedded, str) and dialect_named(embedded) is not self.contract.dialect:
            yield at.fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DIALECT, ("$schema",))


def find_file_faults(schema: Any, dialect: Dialect, *, quotes: bool) -> Iterator[Fault]:
    """What is wrong with a whole file of a contract, whose draft is `dialect`.

    Without `quotes` nothing is quoted that is not a keyword.
    """
    if not isinstance(schema, (dict, bool)):
        message = "a JSON Schema is an object, or true or false"
        yield Fault(FaultKind.INVALID_SCHEMA, message)
        return
    if not can_be_walked(schema):
        yield unknown_draft(schema)
        return
    if declared_dialect(schema) not in (None, dialect):
        yield Fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DIALECT, ("$schema",))
        return
    yield from find_metaschema_faults(dialect, schema, quotes=quotes)


def can_be_walked(schema: Any) -> bool:
    """Whether the draft of a schema is known, so that its keywords have a meaning."""
    if isinstance(schema, dict):
        return "$schema" not in schema or declared_dialect(schema) is not None
    return isinstance(schema, bool)


def declared_dialect(schema: Any) -> Dialect | None:
    """The draft that a schema says it is of, if that is a known one."""
    return dialect_named(schema.get("$schema")) if isinstance(schema, dict) else None


def unknown_draft(schema: Any, pointer: Pointer = ()) -> Fault:
    """The fault of a schema at `pointer` whose draft is not known."""
    message = f"unknown `$schema`; {say_unknown(schema['$schema'])}"
    return Fault(FaultKind.UNKNOWN_DRAFT, message, (*pointer, "$schema"))


def unusable_id(dialect: Dialect, pointer: Pointer) -> Fault:
    """The fault of a schema at `pointer` whose address is not one."""
    name = dialect.id_keyword
    message = f"`{name}` is not an address"
    return Fault(FaultKind.INVALID_SCHEMA, message, (*pointer, name))
