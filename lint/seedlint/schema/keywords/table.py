"""Every keyword, and which of them a draft has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from seedlint.schema.drafts import DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019, DRAFT_2020, Draft
from seedlint.schema.keywords import arrays, logic, objects, unevaluated, values
from seedlint.schema.keywords.keyword import Holds, Keyword

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OTHERS = (
    Keyword("$schema"),
    Keyword("id", until=DRAFT_4),
    Keyword("$id", since=DRAFT_6),
    Keyword("$anchor", since=DRAFT_2019),
    Keyword("$dynamicAnchor", since=DRAFT_2020),
    Keyword("$recursiveAnchor", since=DRAFT_2019, until=DRAFT_2019),
    Keyword("$vocabulary", since=DRAFT_2019),
    Keyword("$comment", since=DRAFT_7),
    Keyword("definitions", "schemas"),
    Keyword("$defs", "schemas", since=DRAFT_2019),
    Keyword("title"),
    Keyword("description"),
    Keyword("default"),
    Keyword("examples", since=DRAFT_6),
    Keyword("deprecated", since=DRAFT_2019),
    Keyword("readOnly", since=DRAFT_7),
    Keyword("writeOnly", since=DRAFT_7),
    Keyword("contentEncoding", since=DRAFT_7),
    Keyword("contentMediaType", since=DRAFT_7),
    Keyword("contentSchema", "schema", since=DRAFT_2019),
)

KEYWORDS: Mapping[str, Keyword] = {
    keyword.name: keyword
    for keyword in (
        *_OTHERS,
        *logic.KEYWORDS,
        *objects.KEYWORDS,
        *arrays.KEYWORDS,
        *unevaluated.KEYWORDS,
        *values.KEYWORDS,
    )
}
"""Every keyword of every draft by its name."""


@cache
def keywords_of(draft: Draft) -> Mapping[str, Keyword]:
    """The keywords that one draft has."""
    return {
        name: keyword
        for name, keyword in KEYWORDS.items()
        if keyword.since.order <= draft.order <= keyword.until.order
    }


def subschemas(
    schema: Any, keywords: Mapping[str, Keyword]
) -> Iterator[tuple[Keyword, Any, tuple[str | int, ...]]]:
    """The schemas that stand directly in `schema`, by those `keywords` that hold any.

    Yields the keyword, the subschema (an object) and its pointer relative to `schema`.
    """
    if not isinstance(schema, dict):
        return
    for name, value in schema.items():
        keyword = keywords.get(name)
        if keyword is None or keyword.holds == "data":
            continue
        if keyword.holds != "schemas" and isinstance(value, dict):
            yield keyword, value, (name,)
        elif keyword.holds != "schema" and isinstance(value, (dict, list)):
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            for step, child in steps:
                if isinstance(child, dict):
                    yield keyword, child, (name, step)


def below(holds: Holds, value: Any, step: str, keywords: Mapping[str, Keyword]) -> Holds:
    """What is expected at one step of a JSON pointer into `value`, itself what `holds` says."""
    if holds == "schemas":
        return "schema"
    if holds == "data" or not isinstance(value, dict) or step not in keywords:
        return "data"
    inside = keywords[step].holds
    if inside == "either":
        return "schemas" if isinstance(value.get(step), list) else "schema"
    return inside
