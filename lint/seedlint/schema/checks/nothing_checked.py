"""Contracts that would check nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seedlint.document.pointer import Pointer, format_pointer
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.keywords import ANNOTATIONS, NAMES
from seedlint.schema.drafts import DRAFTS, Draft
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords.keyword import DEFINITIONS
from seedlint.schema.keywords.table import KEYWORDS, keywords_of
from seedlint.text.nearest import did_you_mean
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def find_no_keyword(
    schema: Any, source: JsonSource, pointer: Pointer, draft: Draft
) -> Fault | None:
    """The fault of a document that has no keyword at all, and so is probably no schema."""
    if not isinstance(schema, dict) or checks_something(schema, draft):
        return None
    unknown = _unknown_key(schema, draft)
    if unknown is None:
        return None
    inside = _schema_inside(schema)
    message = f"no keyword of {draft.name} here, so nothing would be checked"
    help = None
    if inside and not pointer:
        inner = f"`{source.path}#{format_pointer((inside[:60],))}`"
        help = f"if the schema is under {quote(inside)}, write {inner}"
    elif not inside:
        message += did_you_mean(unknown, KEYWORDS)
    return Fault(FaultKind.NOTHING_CHECKED, message, (*pointer, unknown), "key", help)


def find_only_definitions(
    schema: Any, source: JsonSource, pointer: Pointer, draft: Draft
) -> Iterator[Fault]:
    """The definitions of a schema that has nothing else."""
    if not isinstance(schema, dict) or checks_something(schema, draft):
        return
    for name in DEFINITIONS:
        if isinstance(schema.get(name), dict) and schema[name]:
            step = format_pointer((*pointer, name, next(iter(schema[name]))))
            words = f"only definitions here, so nothing is checked; `{source.path}#"
            message = f"{words}{step[:60]}` uses one of them"
            yield Fault(FaultKind.IDLE_KEYWORD, message, (*pointer, name), "key")


def checks_something(schema: Mapping[str, Any], draft: Draft) -> bool:
    """Whether a schema has a keyword that can refuse a value."""
    own = keywords_of(draft)
    return any(own[name].predicate is not None for name in schema if name in own)


def _unknown_key(schema: Mapping[str, Any], draft: Draft) -> str | None:
    """The first key that is neither a keyword nor an extension."""
    own = keywords_of(draft)
    return next((key for key in schema if key not in own and not key.startswith(("x-", "$"))), None)


def _schema_inside(document: Mapping[str, Any]) -> str | None:
    """The key under which a document that is not a schema seems to hold one."""
    names = {name for draft in DRAFTS.values() for name in keywords_of(draft)}
    likely = names - ANNOTATIONS - NAMES
    return next(
        (
            key
            for key, value in document.items()
            if isinstance(value, dict) and value.keys() & likely and key not in KEYWORDS
        ),
        None,
    )
