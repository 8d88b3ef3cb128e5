"""Definitions that nothing uses, and keys without a description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seedlint.document.pointer import Pointer, unescape_step
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Check, Contract, Located, Subschema, objects_in
from seedlint.schema.checks.contradictions import Contradictions
from seedlint.schema.checks.nothing_checked import checks_something
from seedlint.schema.drafts import Draft
from seedlint.schema.keywords.keyword import DEFINITIONS, Holds
from seedlint.schema.keywords.table import below, keywords_of
from seedlint.schema.references import References, Resource, Unresolvable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DESCRIPTIONS = ("description", "markdownDescription")
# What is below one of these only adds to keys that are described elsewhere.
_CONDITIONS = frozenset(["else", "if", "not", "then"])


class NeglectCheck(Check):
    """Definitions that nothing uses, and keys without a description, in the contract's own file."""

    def if_sound(self, contradictions: Contradictions) -> Iterator[Located]:
        if self.contract.is_complete:
            yield from self._unused(self.contract)
            yield from self._undescribed(self.contract)

    def _unused(self, contract: Contract) -> Iterator[Located]:
        start, _ = contract.start
        if (
            contract.is_whole_file
            and isinstance(start, dict)
            and checks_something(start, contract.draft)
            and not contract.is_dynamic
        ):
            data = contract.root.data
            for pointer in _unused_definitions(data, contract.links, contract.draft):
                message = f"nothing uses `{pointer[-1]}`"
                yield contract.root, Fault(FaultKind.UNUSED_DEFINITION, message, pointer, "key")

    def _undescribed(self, contract: Contract) -> Iterator[Located]:
        for at in contract.schemas:
            if at.source is not contract.root:
                continue
            for key in _undescribed_keys(at, contract.references):
                message = f"`{key}` has no description"
                yield at.fault(FaultKind.MISSING_DESCRIPTION, message, ("properties", key), "key")


def _unused_definitions(
    contract: Any, links: Iterable[tuple[Pointer, Pointer]], draft: Draft
) -> list[Pointer]:
    """The pointers of definitions that no reference from elsewhere leads to, or into.

    `links` are the places of references in schemas, and where they lead. What any other part of the
    file names as `$ref` counts as well.
    """
    used: set[Pointer] = set()
    for at, target in (*links, *_written_links(contract)):
        for length in range(2, len(target) + 1):
            definition = target[:length]
            if definition[-2] in DEFINITIONS and at[:length] != definition:
                used.add(definition)
    return [each for each in _definitions(contract, draft) if each not in used]


def _definitions(contract: Any, draft: Draft) -> Iterator[Pointer]:
    """The pointers of all definitions, where a draft takes them for such."""
    keywords = keywords_of(draft)
    pending: list[tuple[Any, Pointer, Holds]] = [(contract, (), "schema")]
    while pending:
        value, pointer, holds = pending.pop()
        if not isinstance(value, (dict, list)):
            continue
        if holds == "schema" and isinstance(value, dict):
            for name in DEFINITIONS:
                if isinstance(value.get(name), dict):
                    yield from ((*pointer, name, key) for key in value[name])
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, child in steps:
            inside = below(holds, value, str(step), keywords)
            if inside != "data":
                pending.append((child, (*pointer, step), inside))


def _written_links(contract: Any) -> Iterator[tuple[Pointer, Pointer]]:
    """Each reference in the file that is a pointer into it, even where a draft sees none."""
    for value, pointer in objects_in(contract):
        for name in ("$ref", "$dynamicRef"):
            reference = value.get(name)
            if isinstance(reference, str) and reference.startswith("#/"):
                yield pointer, tuple(map(unescape_step, reference[2:].split("/")))


def _undescribed_keys(at: Subschema, references: References) -> Iterator[str]:
    """The keys that a schema describes without a word for people."""
    if not _CONDITIONS.isdisjoint(at.pointer):
        return
    for key, described in at.schema.get("properties", {}).items():
        if isinstance(described, dict) and not _is_described(described, at.resource, references):
            yield key


def _is_described(schema: dict[str, Any], resource: Resource, references: References) -> bool:
    """Whether a schema, or the one that its `$ref` leads to, says what the key is for."""
    seen: list[Any] = []
    while isinstance(schema, dict) and not any(each is schema for each in seen):
        if any(schema.get(name) for name in _DESCRIPTIONS):
            return True
        seen.append(schema)
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return False
        try:
            target = references.resolve(reference, references.enter(schema, resource))
        except (Unresolvable, ValueError):
            return False
        schema, resource = target.schema, target.resource
    return False
