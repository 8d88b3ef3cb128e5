"""Keywords in a contract that have no effect where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from seedlint.rules.contract import FaultKind
from seedlint.schema.dialects import DIALECTS, Dialect
from seedlint.schema.keywords.keyword import DEFINITIONS
from seedlint.schema.keywords.table import KEYWORDS, keywords_of
from seedlint.text.nearest import nearest

# Nobody expects these to have an effect on a value.
_ANNOTATIONS = frozenset(
    [
        "$comment",
        "$schema",
        "$vocabulary",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "default",
        "deprecated",
        "description",
        "examples",
        "readOnly",
        "title",
        "writeOnly",
    ]
)
_NAMES = frozenset(["$id", "id"])
# A misspelling has about as many letters as what was meant.
_MOST_LETTERS = 3
# What other drafts write for a keyword that a draft does not have.
_INSTEAD = {
    "$dynamicRef": "$recursiveRef",
    "$id": "id",
    "$recursiveRef": "$dynamicRef",
    "additionalItems": "items",
    "const": "enum",
    "dependencies": "dependentRequired` or `dependentSchemas",
    "dependentRequired": "dependencies",
    "dependentSchemas": "dependencies",
    "id": "$id",
    "prefixItems": "items",
}
# Keywords of OpenAPI and draft 3, and what JSON Schema has instead.
_ELSEWHERE = {
    "disallow": "write `not`",
    "divisibleBy": "write `multipleOf`",
    "extends": "write `allOf`",
    "nullable": 'add `"null"` to `type`',
}
# Keywords of other tools that look like misspellings and are none.
_OF_TOOLS = frozenset(["tsType", "uniqueItemProperties"])
# A keyword that does nothing unless one of these is beside it.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "then": ("if",),
    "else": ("if",),
    "maxContains": ("contains",),
    "minContains": ("contains",),
}


def hidden_by_ref(schema: Mapping[str, Any], dialect: Dialect) -> bool:
    """Whether a `$ref` takes effect from keywords beside it."""
    if not dialect.ref_stands_alone or "$ref" not in schema:
        return False
    return bool(schema.keys() & KEYWORDS.keys() - {"$ref"} - _ANNOTATIONS - {*DEFINITIONS} - _NAMES)


def ineffective(
    schema: Mapping[str, Any], dialect: Dialect, *, is_declared: bool
) -> Iterator[tuple[FaultKind, str, str]]:
    """The keywords of other drafts, and those that lack what they need: each with what to say.

    `is_declared` says whether the contract names its draft.
    """
    own = keywords_of(dialect)
    for keyword in schema:
        if keyword in _ANNOTATIONS or keyword in DEFINITIONS or keyword not in KEYWORDS:
            continue
        if keyword not in own:
            words = _say_foreign(keyword, dialect, is_declared=is_declared)
            yield FaultKind.OTHER_DRAFT, keyword, words
        elif keyword in _NEEDED and not any(each in schema for each in _NEEDED[keyword]):
            needed = " or ".join(f"`{each}`" for each in _NEEDED[keyword])
            words = f"`{keyword}` means nothing without {needed} beside it"
            yield FaultKind.IDLE_KEYWORD, keyword, words
    additional = schema.get("additionalItems", True) if "additionalItems" in own else True
    if additional is not True and not isinstance(schema.get("items"), list):
        yield (
            FaultKind.IDLE_KEYWORD,
            "additionalItems",
            "`additionalItems` means nothing unless `items` beside it is a list",
        )
    without_unevaluated = "unevaluatedProperties" not in own
    if (
        "if" in own.keys() & schema.keys()
        and without_unevaluated
        and not (schema.keys() & {"then", "else"})
    ):
        words = "`if` means nothing without `then` or `else` beside it"
        yield FaultKind.IDLE_KEYWORD, "if", words


def _say_foreign(keyword: str, dialect: Dialect, *, is_declared: bool) -> str:
    since, until = KEYWORDS[keyword].since, KEYWORDS[keyword].until
    if since is until:
        known = f"only in {since.name}"
    elif since.order > dialect.order:
        known = f"only from {since.name} on"
    else:
        known = f"only up to {until.name}"
    undeclared = "" if is_declared else " (there is no `$schema`)"
    instead = _INSTEAD.get(keyword, "")
    has_it = all(each in keywords_of(dialect) for each in instead.split("` or `"))
    advice = f"; write `{instead}`" if instead and has_it else ""
    return f"`{keyword}` means nothing in {dialect.name}{undeclared}, {known}{advice}"


@lru_cache(1_000)
def instead_of(keyword: str) -> str | None:
    """What to write for an unknown keyword, as the end of a sentence; None for a vendor's own."""
    if keyword in _ELSEWHERE:
        return _ELSEWHERE[keyword]
    near = None if keyword in _OF_TOOLS else nearest(keyword, KEYWORDS)
    if near is None or abs(len(near) - len(keyword)) > _MOST_LETTERS:
        return None
    return f"did you mean `{near}`?"


def checks_something(schema: Mapping[str, Any], dialect: Dialect) -> bool:
    """Whether a schema has a keyword that can refuse a value."""
    own = keywords_of(dialect)
    return any(own[name].predicate is not None for name in schema if name in own)


def schema_inside(document: Mapping[str, Any]) -> str | None:
    """The key under which a document that is no schema seems to hold one."""
    names = {name for dialect in DIALECTS.values() for name in keywords_of(dialect)}
    likely = names - _ANNOTATIONS - _NAMES
    return next(
        (
            key
            for key, value in document.items()
            if isinstance(value, dict) and value.keys() & likely and key not in KEYWORDS
        ),
        None,
    )
