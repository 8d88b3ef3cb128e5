"""Parts of a contract that no seed can satisfy, because the contract contradicts itself.

Only what is certain is reported: nothing where that would take long, or depends on where a dynamic
reference leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import ge, gt

from seedlint.document.pointer import Pointer
from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import ITEMS, Path
from seedlint.rules.contract import FaultKind
from seedlint.schema.checks.base import Check, Located, Subschema
from seedlint.schema.evaluate import FALSE_SCHEMA, Evaluator
from seedlint.schema.keywords.keyword import REFERENCES
from seedlint.schema.keywords.table import keywords_of, subschemas
from seedlint.schema.references import References, Resource, Target, dynamic_anchor
from seedlint.text.patterns import compile_pattern
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# How many schemas are looked at in all, how many that apply to one value, and how many values of
# one `enum` are tried.
_MOST_STEPS = 200_000
_MOST_PARTS = 500
_MOST_VALUES = 1_000
_BOUNDS = (
    ("minLength", "maxLength", "text", gt),
    ("minItems", "maxItems", "list", gt),
    ("minProperties", "maxProperties", "mapping", gt),
    ("minimum", "maximum", "number", gt),
    ("exclusiveMinimum", "maximum", "number", ge),
    ("minimum", "exclusiveMaximum", "number", ge),
    ("exclusiveMinimum", "exclusiveMaximum", "number", ge),
)


class ContradictionCheck(Check):
    """Schemas that no value fits, and keys that are described and refused."""

    def if_sound(self, contradictions: Contradictions) -> Iterator[Located]:
        if self.contract.is_dynamic:
            return
        for at in self.contract.schemas:
            for found in contradictions.find(at.schema, at.resource):
                yield self._fault(FaultKind.CONTRADICTION, found, at)
        help = None
        if "unevaluatedProperties" not in keywords_of(self.contract.draft):
            help = "list these keys in the `properties` beside it as well"
        for at in self.contract.schemas:
            for found in contradictions.find_refused(at.schema):
                yield self._fault(FaultKind.REFUSED_KEY, found, at, help)

    def _fault(
        self, kind: FaultKind, found: Contradiction, at: Subschema, help: str | None = None
    ) -> Located:
        keys = ", ".join(quote(key, 30) for key in found.keys[:5])
        more = f" and {len(found.keys) - 5} more" if len(found.keys) > 5 else ""
        shown = f": {keys}{more}" if keys and at.source is self.contract.root else ""
        message = f"{found.message}{shown}"
        is_item = bool(found.pointer) and isinstance(found.pointer[-1], int)
        return at.fault(kind, message, found.pointer, "value" if is_item else "key", help)


class Part(NamedTuple):
    """A schema that applies to a value, and the resource that it is in.

    A `certain` one applies to every such value, any other in some case only.
    """

    schema: Any
    resource: Resource
    certain: bool = True


class Contradiction(NamedTuple):
    """What is wrong at `pointer` of a schema; `keys` are the keys of seeds that it is about."""

    message: str
    pointer: Pointer = ()
    keys: tuple[str, ...] = ()


class _TooMuch(Exception):
    """The limit of work is reached."""


class Contradictions:
    """Finds what the schemas of one contract refuse."""

    def __init__(self, references: References) -> None:
        self._references = references
        # Bound rules are not asked: which of them count differs from run to run.
        self._evaluator = Evaluator(references, lambda rule: None)
        self._keywords = self._evaluator.keywords
        self._steps = 0
        # For each schema that closes a mapping, what else describes keys that it refuses.
        self._refused: dict[int, dict[str, None]] = {}

    def find(self, schema: dict[str, Any], resource: Resource) -> Iterator[Contradiction]:
        """What makes it certain that no value, or no mapping, fits `schema`."""
        if self._references.draft.ref_stands_alone and "$ref" in schema:
            return
        yield from self._bounds(schema)
        try:
            values = self._values(schema, resource) or self._types(schema, resource)
            if values is not None:
                yield values
            yield from self._required(schema, resource)
            self._note_refused(schema, resource)
        except _TooMuch:
            return

    def find_refused(self, schema: dict[str, Any]) -> Iterator[Contradiction]:
        """Keys that `schema` refuses although another part of the contract describes them.

        Call it when `find` has been called for every schema.
        """
        keys = tuple(self._refused.get(id(schema), ()))
        if keys:
            message = (
                "no mapping can have what is described beside this, because "
                "`additionalProperties` refuses it"
            )
            yield Contradiction(message, ("additionalProperties",), keys)

    def closes_out(self, schema: Any, resource: Resource, path: Path) -> bool:
        """Whether no value that fits `schema` has anything at `path`."""
        try:
            return self._closes_out(Part(schema, resource), path)
        except _TooMuch:
            return False

    def allows(self, schema: Any, resource: Resource, kind: type) -> bool:
        """Whether a value of a Python type may fit `schema`."""
        return self._allows_type(Part(schema, resource), kind)

    def known_keys(self, schema: Any, resource: Resource, path: Path) -> set[str]:
        """The keys that the contract describes where `path` ends."""
        parts = [Part(schema, resource)]
        for step in path[:-1]:
            parts = [inner for part in parts for inner in self._inside(part, step)]
        return {key for part in parts for each in self._parts(part) for key in _keys(each.schema)}

    def _bounds(self, schema: dict[str, Any]) -> Iterator[Contradiction]:
        for low, high, noun, excludes in _BOUNDS:
            least: Any = schema.get(low)
            most: Any = schema.get(high)
            if (
                isinstance(least, bool)
                or isinstance(most, bool)
                or not {low, high} <= (self._keywords.keys() & schema.keys())
            ):
                # In draft 4 the exclusive bounds are booleans.
                continue
            if excludes(least, most):
                relation = "above" if excludes is gt else "not below"
                yield Contradiction(
                    f"no {noun} can be valid here: `{low}` is {relation} `{high}`", (low,)
                )

    def _values(self, schema: dict[str, Any], resource: Resource) -> Contradiction | None:
        """Whether none of the values listed fits the rest of the schema."""
        name = next((each for each in ("const", "enum") if each in schema), None)
        if name is None or name not in self._keywords:
            return None
        values = schema[name] if name == "enum" else [schema[name]]
        if not values:
            return Contradiction(f"no value can be valid here: `{name}` is empty", (name,))
        if len(values) > _MOST_VALUES:
            return None
        self._count(len(values))
        node = self._evaluator.node(Target(schema, resource), ())
        if any(node.is_valid(value) for value in values):
            return None
        reason = node.failures(values[0])[0].keyword
        self._evaluator.known.clear()
        if reason == FALSE_SCHEMA:
            return None
        what = "a value" if name == "const" else "only values"
        return Contradiction(
            f"no value can be valid here: `{name}` has {what} that `{reason}` refuses", (name,)
        )

    def _types(self, schema: dict[str, Any], resource: Resource) -> Contradiction | None:
        """Whether the types that different parts ask for exclude each other."""
        parts = list(self._certain_children(Part(schema, resource)))
        if not parts or self._allows_type(Part(schema, resource)):
            return None
        if not all(map(self._allows_type, parts)):
            # One of them is at fault itself, or meant to refuse everything.
            return None
        return Contradiction("no value can be valid here: the types asked for exclude each other")

    def _required(self, schema: dict[str, Any], resource: Resource) -> Iterator[Contradiction]:
        required = schema.get("required")
        if not isinstance(required, list):
            return
        part = Part(schema, resource)
        refused = [index for index, key in enumerate(required) if self._forbids(part, key)]
        if refused:
            kind = "a key that is" if len(refused) == 1 else "keys that are"
            message = f"no mapping can be valid here, because it must have {kind} refused"
            keys = tuple(required[index] for index in refused)
            yield Contradiction(message, ("required", refused[0]), keys)

    def _note_refused(self, schema: dict[str, Any], resource: Resource) -> None:
        parts = list(self._parts(Part(schema, resource)))
        closing = [part.schema for part in parts if part.certain and _closes(part.schema)]
        for closed in closing:
            for part in parts:
                if part.schema is not closed:
                    patterns = len(closed.get("patternProperties", ()))
                    self._count(len(part.schema.get("properties", ())) * (1 + patterns))
                    for key, described in part.schema.get("properties", {}).items():
                        if described is not False and not _describes(closed, key):
                            self._refused.setdefault(id(closed), {})[key] = None

    def _closes_out(self, part: Part, path: Path) -> bool:
        step, *rest = path
        kind = list if step is ITEMS else dict
        if not self._allows_type(part, kind):
            return True
        if isinstance(step, str) and self._forbids(part, step):
            return True
        return bool(rest) and any(
            self._closes_out(inner, tuple(rest)) for inner in self._inside(part, step)
        )

    def _inside(self, part: Part, step: object) -> Iterator[Part]:
        """What certainly applies to the value of a key, or to each item."""
        for each in self._parts(part):
            if not each.certain:
                continue
            if step is ITEMS:
                inner = each.schema.get("items")
            else:
                inner = each.schema.get("properties", {}).get(step)
            if isinstance(inner, (dict, bool)):
                yield Part(inner, self._references.enter(inner, each.resource))

    def _allows_type(self, part: Part, kind: type | None = None) -> bool:
        """Whether values of a type, or of any, may fit; many that cannot are not recognized."""
        types = self._evaluator.node(Target(part.schema, part.resource), ()).predicate.types
        return kind in types if kind else bool(types)

    def _forbids(self, part: Part, key: str) -> bool:
        """Whether no mapping that fits may have `key`."""
        parts = list(self._parts(part))
        self._count(sum(len(each.schema.get("patternProperties", ())) for each in parts))
        for each in parts:
            schema = each.schema
            if each.certain and (
                schema.get("properties", {}).get(key) is False
                or (_closes(schema) and not _describes(schema, key))
            ):
                return True
        unevaluated = part.schema.get("unevaluatedProperties") if parts else None
        return (
            unevaluated is False
            and "unevaluatedProperties" in self._keywords
            and not any(
                _describes(each.schema, key)
                or "additionalProperties" in each.schema
                or (each.schema is not part.schema and "unevaluatedProperties" in each.schema)
                for each in parts
            )
        )

    def _parts(self, part: Part) -> Iterator[Part]:
        """The schemas that apply to the same value as `part`: itself first, then certain ones."""
        seen: set[int] = set()
        certain, others = [part], list[Part]()
        while certain or others:
            each = certain.pop() if certain else others.pop()
            if not isinstance(each.schema, dict) or id(each.schema) in seen:
                continue
            seen.add(id(each.schema))
            if len(seen) > _MOST_PARTS:
                raise _TooMuch
            self._count(1)
            yield each
            children = list(self._children(each))
            certain += reversed([child for child in children if child.certain])
            others += reversed([child for child in children if not child.certain])

    def _children(self, part: Part) -> Iterator[Part]:
        schema, resource, certain = part
        for name in REFERENCES:
            if name in schema and name in self._keywords:
                target = self._references.resolve(schema[name], resource)
                if dynamic_anchor(name, target) is not None:
                    # It may lead elsewhere, to what describes other keys.
                    raise _TooMuch
                yield Part(target.schema, target.resource, certain)
        if self._references.draft.ref_stands_alone and "$ref" in schema:
            return
        for keyword, child, _ in subschemas(schema, self._keywords):
            if keyword.in_place and keyword.name != "not":
                inner = self._references.enter(child, resource)
                yield Part(child, inner, certain and keyword.name == "allOf")

    def _certain_children(self, part: Part) -> Iterator[Part]:
        return (each for each in self._children(part) if each.certain)

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _MOST_STEPS:
            raise _TooMuch


def _closes(schema: dict[str, Any]) -> bool:
    return schema.get("additionalProperties") is False


def _keys(schema: dict[str, Any]) -> Iterator[str]:
    return (key for key, each in schema.get("properties", {}).items() if each is not False)


def _describes(schema: dict[str, Any], key: str) -> bool:
    """Whether `properties` or `patternProperties` of a schema know a key."""
    if key in schema.get("properties", ()):
        return True
    patterns = schema.get("patternProperties", ())
    return any(compile_pattern(pattern).search(key) for pattern in patterns)
