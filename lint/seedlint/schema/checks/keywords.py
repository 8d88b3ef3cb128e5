"""Keywords of a contract that are unknown, of another draft, or without effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from seedlint.document.pointer import Pointer
from seedlint.rules.base import Related
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import MOST_LABELS, Check, Contract, Located, Subschema, times
from seedlint.schema.drafts import Draft, declared_draft
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords.keyword import DEFINITIONS
from seedlint.schema.keywords.table import KEYWORDS, keywords_of
from seedlint.text.nearest import nearest
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANNOTATIONS = frozenset(
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
"""Keywords that are not meant to have an effect on a value."""

NAMES = frozenset(["$id", "id"])
"""Keywords that give a schema an address."""

# How many unknown keywords are compared with known ones, which takes time.
_MOST_UNKNOWN = 500
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
# Keywords of other tools that look like misspellings but are not.
_OF_TOOLS = frozenset(["tsType", "uniqueItemProperties"])
# A keyword that does nothing unless one of these is beside it.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "then": ("if",),
    "else": ("if",),
    "maxContains": ("contains",),
    "minContains": ("contains",),
}


class KeywordCheck(Check):
    """Keywords without effect, at each schema; unknown ones when all schemas are known."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract)
        # The places of each unknown keyword of each file.
        self._unknown: dict[tuple[str, str], list[tuple[JsonSource, Pointer]]] = {}

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        contract, schema = self.contract, at.schema
        if _hidden_by_ref(schema, contract.draft):
            words = "keywords beside `$ref` have no effect here"
            yield at.fault(FaultKind.IDLE_KEYWORD, words, ("$ref",), "key")
        else:
            roots = (contract.references.start.schema, contract.root.data)
            is_declared = any(declared_draft(root) is not None for root in roots)
            for kind, keyword, words in _ineffective(
                schema, contract.draft, is_declared=is_declared
            ):
                yield at.fault(kind, words, (keyword,), "key")
        for keyword in schema:
            if keyword not in KEYWORDS and not keyword.startswith("x-"):
                places = self._unknown.setdefault((keyword, at.source.path), [])
                places.append((at.source, (*at.pointer, keyword)))

    def at_end(self) -> Iterator[Located]:
        """Each misspelt keyword, and all others at once, which some tool may know."""
        foreign: list[tuple[str, int, JsonSource, Pointer]] = []
        for number, ((keyword, _), places) in enumerate(self._unknown.items()):
            source, at = places[0]
            advice = _instead_of(keyword) if number < _MOST_UNKNOWN else None
            if advice is None:
                foreign.append((keyword, len(places), source, at))
                continue
            words = f"unknown keyword{self.contract.shown(source, keyword)}{times(len(places))}"
            message = f"{words}; {advice}"
            others = tuple(
                Related(place, "here, too", "key")
                for file, place in places[1 : MOST_LABELS + 1]
                if file is source
            )
            yield source, Fault(FaultKind.MISSPELT_KEYWORD, message, at, "key", related=others)
        if foreign:
            yield self._foreign(foreign)

    def _foreign(self, found: list[tuple[str, int, JsonSource, Pointer]]) -> Located:
        """The fault that stands for all keywords of other tools; there is at least one."""
        # A file that a reference led to may be somebody's secret: better one that can be named.
        named = [each for each in found if each[2] is self.contract.root]
        keyword, _, source, at = (named or found)[0]
        kinds = len({name for name, *_ in found})
        total = sum(each[1] for each in found)
        name = self.contract.shown(source, keyword)
        if kinds == 1:
            words = f"unknown keyword{name}{times(total)}: JSON Schema gives it no meaning"
        else:
            such = f" such as{name}" if name else ""
            words = f"{kinds:,} unknown keywords{such}{times(total)} in all: JSON Schema gives"
            words += " them no meaning"
        others = tuple(
            Related(place, f"{quote(other)}{times(count)}", "key")
            for other, count, _, place in named[1 : MOST_LABELS + 1]
        )
        return source, Fault(FaultKind.FOREIGN_KEYWORD, words, at, "key", related=others)


def _hidden_by_ref(schema: Mapping[str, Any], draft: Draft) -> bool:
    """Whether a `$ref` takes effect from keywords beside it."""
    if not draft.ref_stands_alone or "$ref" not in schema:
        return False
    return bool(schema.keys() & KEYWORDS.keys() - {"$ref"} - ANNOTATIONS - {*DEFINITIONS} - NAMES)


def _ineffective(
    schema: Mapping[str, Any], draft: Draft, *, is_declared: bool
) -> Iterator[tuple[FaultKind, str, str]]:
    """The keywords of other drafts, and those that lack what they need: each with what to say.

    `is_declared` says whether the contract names its draft.
    """
    own = keywords_of(draft)
    for keyword in schema:
        if keyword in ANNOTATIONS or keyword in DEFINITIONS or keyword not in KEYWORDS:
            continue
        if keyword not in own:
            words = _say_foreign(keyword, draft, is_declared=is_declared)
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


def _say_foreign(keyword: str, draft: Draft, *, is_declared: bool) -> str:
    since, until = KEYWORDS[keyword].since, KEYWORDS[keyword].until
    if since is until:
        known = f"only in {since.name}"
    elif since.order > draft.order:
        known = f"only from {since.name} on"
    else:
        known = f"only up to {until.name}"
    undeclared = "" if is_declared else " (there is no `$schema`)"
    instead = _INSTEAD.get(keyword, "")
    has_it = all(each in keywords_of(draft) for each in instead.split("` or `"))
    advice = f"; write `{instead}`" if instead and has_it else ""
    return f"`{keyword}` means nothing in {draft.name}{undeclared}, {known}{advice}"


@lru_cache(1_000)
def _instead_of(keyword: str) -> str | None:
    """What to write for an unknown keyword, as the end of a sentence; None for a vendor's own."""
    if keyword in _ELSEWHERE:
        return _ELSEWHERE[keyword]
    near = None if keyword in _OF_TOOLS else nearest(keyword, KEYWORDS)
    if near is None or abs(len(near) - len(keyword)) > _MOST_LETTERS:
        return None
    return f"did you mean `{near}`?"
