"""Unused definitions, references to renamed ones, and keys without a description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from seedlint.document.pointer import Pointer, format_pointer, unescape_step, value_at
from seedlint.schema.dialects import Dialect
from seedlint.schema.keywords.keyword import DEFINITIONS, Holds
from seedlint.schema.keywords.table import below, keywords_of
from seedlint.schema.references import References, Resource, Unresolvable
from seedlint.text.nearest import nearest

_DESCRIPTIONS = ("description", "markdownDescription")
# What is below one of these only adds to keys that are described elsewhere.
_CONDITIONS = frozenset(["else", "if", "not", "then"])


def unused_definitions(
    contract: Any, links: Iterable[tuple[Pointer, Pointer]], dialect: Dialect
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
    return [each for each in _definitions(contract, dialect) if each not in used]


def _definitions(contract: Any, dialect: Dialect) -> Iterator[Pointer]:
    """The pointers of all definitions, where a draft takes them for such."""
    keywords = keywords_of(dialect)
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
    pending: list[tuple[Any, Pointer]] = [(contract, ())]
    while pending:
        value, pointer = pending.pop()
        if isinstance(value, dict):
            for name in ("$ref", "$dynamicRef"):
                reference = value.get(name)
                if isinstance(reference, str) and reference.startswith("#/"):
                    yield pointer, tuple(map(unescape_step, reference[2:].split("/")))
            pending += [(child, (*pointer, key)) for key, child in value.items()]
        elif isinstance(value, list):
            pending += [(child, (*pointer, index)) for index, child in enumerate(value)]


def undescribed_keys(
    schema: dict[str, Any], resource: Resource, pointer: Pointer, references: References
) -> Iterator[Pointer]:
    """The keys that `schema`, at `pointer`, describes without a word for people."""
    if not _CONDITIONS.isdisjoint(pointer):
        return
    for key, described in schema.get("properties", {}).items():
        if isinstance(described, dict) and not _is_described(described, resource, references):
            yield (*pointer, "properties", key)


def meant_reference(reference: str, schema: Any) -> str:
    """The end of a sentence: which pointer into `schema` was probably meant, if any."""
    *before, last = map(unescape_step, reference[2:].split("/"))
    found = value_at(schema, tuple(before))
    near = nearest(last, found) if isinstance(found, dict) else None
    if near is None and before in ([name] for name in DEFINITIONS):
        # Drafts call them by different names.
        near, before = last, [next(name for name in DEFINITIONS if name != before[0])]
        if not isinstance(value_at(schema, (*before, near)), (dict, bool)):
            return ""
    return f"; did you mean `#{format_pointer((*before, near))[:60]}`?" if near else ""


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
