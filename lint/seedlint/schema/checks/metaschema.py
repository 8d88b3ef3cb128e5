"""What in a contract does not fit the metaschema of its draft, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from seedlint.document.pointer import Pointer
from seedlint.rules.base import Failure, either, quote
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Contract, Located
from seedlint.schema.drafts import DRAFT_4, Draft
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords.table import KEYWORDS, keywords_of
from seedlint.schema.metaschemas import read_metaschema
from seedlint.schema.references import References
from seedlint.text.nearest import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# More than anybody mends in one go.
_MOST_FAULTS = 1_000
# What older drafts wrote for a keyword, and what to write now.
_FORMER: dict[str, tuple[type, str]] = {
    "exclusiveMaximum": (bool, "write the number itself, instead of `maximum`"),
    "exclusiveMinimum": (bool, "write the number itself, instead of `minimum`"),
    "items": (list, "write `prefixItems` for a list of schemas"),
    "required": (bool, "list the required keys beside `properties`"),
}
# What other languages call a type.
_TYPES = {
    "any": "leave `type` out to allow every value",
    "bool": "write `boolean`",
    "date": "write `string`, with `format` `date` beside it",
    "datetime": "write `string`, with `format` `date-time` beside it",
    "dict": "write `object`",
    "double": "write `number`",
    "float": "write `number`",
    "int": "write `integer`",
    "list": "write `array`",
    "map": "write `object`",
    "mapping": "write `object`",
    "str": "write `string`",
    "text": "write `string`",
}
_NOUNS = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def find_misfits(
    contract: Contract, source: JsonSource, schema: Any, pointer: Pointer
) -> Iterator[Located]:
    """What keeps `schema`, at `pointer` of a file, from being one of the contract's draft."""
    quotes = source is contract.root
    for fault in find_metaschema_faults(contract.draft, schema, quotes=quotes):
        yield source, fault._replace(pointer=(*pointer, *fault.pointer))


def find_metaschema_faults(draft: Draft, schema: Any, *, quotes: bool) -> list[Fault]:
    """What keeps `schema` from being a schema of its draft; the deepest fault comes first.

    The pointers start at `schema`. Without `quotes` nothing is quoted that is not a keyword.
    """
    evaluator = _metaschema(draft)
    try:
        if evaluator.accepts(schema):
            return []
        # One schema after the other, because all failures of a large contract take much memory.
        found: list[Failure] = []
        pending: list[tuple[Any, Pointer]] = [(schema, ())]
        while pending and len(found) < _MOST_FAULTS:
            each, at = pending.pop()
            alone = _without_inner(each, at, draft, pending, found)
            found += _failures(evaluator, alone, at)
        found = found or _failures(evaluator, schema, ())
    except RecursionError:
        return [Fault(FaultKind.INVALID_SCHEMA, "nested too deeply")]
    found.sort(key=lambda each: (-len(each.pointer), each.keyword))
    return [_fault(each, quotes) for each in found]


def _without_inner(
    schema: Any,
    at: Pointer,
    draft: Draft,
    pending: list[tuple[Any, Pointer]],
    found: list[Failure],
) -> Any:
    """A schema with an empty one for each schema inside; these go to `pending`.

    What is in the place of one inside and can never be one goes to `found`. Of a long list only the
    beginning is left.
    """
    if not isinstance(schema, dict):
        return schema
    keywords = keywords_of(draft)
    alone = dict(schema)
    for name, value in schema.items():
        holds = keywords[name].holds if name in keywords else "data"
        if holds in ("schema", "either") and isinstance(value, dict):
            pending.append((value, (*at, name)))
            alone[name] = {}
        elif holds in ("schemas", "either") and isinstance(value, (dict, list)):
            inner = dict(value) if isinstance(value, dict) else dict(enumerate(value))
            for step, child in inner.items():
                place = (*at, name, step)
                if isinstance(child, dict):
                    pending.append((child, place))
                elif isinstance(child, bool) or (
                    name == "dependencies" and child.__class__ is list
                ):
                    continue
                elif len(found) < _MOST_FAULTS:
                    kinds = ["object"] if draft is DRAFT_4 else ["object", "boolean"]
                    found.append(Failure("type", kinds, child, None, pointer=place))
                inner[step] = {}
            alone[name] = inner if isinstance(value, dict) else list(inner.values())
        elif isinstance(value, list):
            alone[name] = value[:_MOST_FAULTS]
    return alone


def _failures(evaluator: Evaluator, schema: Any, at: Pointer) -> list[Failure]:
    """The failures of a schema at `at`, each once: every vocabulary of a metaschema finds some."""
    found: dict[tuple[Pointer, str], Failure] = {}
    for failure in evaluator.failures(schema):
        for each in _meant(failure):
            found.setdefault((each.pointer, each.keyword), each.at((*at, *each.pointer)))
    evaluator.known.clear()
    return list(found.values())


@cache
def _metaschema(draft: Draft) -> Evaluator:
    references = References(read_metaschema(draft.address), draft.address, draft)
    # What a format or a pattern may be is checked where it is used, with a better message.
    keywords = {name: each for name, each in keywords_of(draft).items() if name != "format"}
    return Evaluator(references, lambda rule: rule.severity, keywords)


def _meant(failure: Failure) -> Iterator[Failure]:
    """The failures of the alternative that was meant, if there is one; else the failure itself."""
    if failure.keyword != "anyOf":
        yield failure
        return
    fitting = [branch for branch in failure.branches if not any(map(_is_of_kind, branch))]
    if len(fitting) != 1:
        yield failure
        return
    for each in fitting[0]:
        yield from _meant(each.at((*failure.pointer, *each.pointer)))


def _is_of_kind(failure: Failure) -> bool:
    """Whether a value is not even of the kind that an alternative is about."""
    is_kind = failure.keyword == "type" or not isinstance(failure.instance, str)
    return not failure.pointer and failure.keyword in ("type", "enum") and is_kind


def _fault(failure: Failure, quotes: bool) -> Fault:
    message, help = say_misfit(failure, quotes=quotes)
    place = failure.pointer
    name = str(place[-1]) if place else ""
    kind, advice = _FORMER.get(name, (type(None), ""))
    if failure.keyword == "type" and failure.instance.__class__ is kind:
        message += f"; {advice}"
    message = f"not a valid schema: {_subject(place, quotes)} {message}"
    return Fault(FaultKind.INVALID_SCHEMA, message, place, help=help)


def _subject(place: Pointer, quotes: bool) -> str:
    """What is at fault: a keyword, or something in its value."""
    at = next((at for at in reversed(range(len(place))) if place[at] in KEYWORDS), None)
    if at is None:
        return "the schema"
    keyword, inner = f"`{place[at]}`", place[at + 1 :]
    if not inner:
        return keyword
    if isinstance(inner[-1], int):
        return f"item {inner[-1] + 1} of {keyword}"
    return f"{quote(inner[-1])} in {keyword}" if quotes else f"a schema in {keyword}"


def say_misfit(failure: Failure, *, quotes: bool = True) -> tuple[str, str | None]:
    """What is wrong with a value in a contract, as the end of a sentence, and what may help."""
    keyword, expected, value = failure.keyword, failure.expected, failure.instance
    if keyword == "type":
        kinds = [expected] if isinstance(expected, str) else expected
        return f"must be {' or '.join(_NOUNS[kind] for kind in kinds)}", None
    if keyword == "enum" and isinstance(value, str):
        known = f"it may be {either([f'`{each}`' for each in expected])}"
        if not quotes:
            return "has a value that this keyword does not take", known
        if value in _TYPES and "string" in expected:
            return f"does not know {quote(value)}; {_TYPES[value]}", known
        return f"does not know {quote(value)}{did_you_mean(value, expected)}", known
    if keyword in ("enum", "anyOf"):
        return "has a value that this keyword does not take", None
    if keyword == "required":
        return f"lacks `{failure.key}`", None
    if keyword == "minProperties":
        return "has no option", None
    if keyword == "dependencies":
        return f"has `{failure.key}` without `{failure.needs}`", None
    if keyword == "minimum":
        return f"must be at least {expected}", None
    if keyword == "exclusiveMinimum":
        return f"must be above {expected}", None
    if keyword == "uniqueItems":
        return "names the same thing twice", None
    if keyword == "minItems":
        return "is empty" if expected == 1 else f"needs at least {expected} items", None
    if keyword == "pattern":
        return _say_pattern(failure)
    return f"does not fit the metaschema (`{keyword}`)", None


def _say_pattern(failure: Failure) -> tuple[str, str | None]:
    name = failure.pointer[-1] if failure.pointer else ""
    if name == "$id" or name == "$schema":
        return "is an address, which must have nothing after `#`", None
    if "$comment" in failure.schema:
        # The options of bindings say it themselves.
        return failure.schema["$comment"], None
    return "is a name: a letter or `_`, then letters, digits, `-`, `_` and `.`", None
