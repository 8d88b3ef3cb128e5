"""`x-seedlint`: bindings that are unknown, or that can never have anything to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from seedlint.document.pointer import Part, Pointer
from seedlint.errors import SchemaError
from seedlint.rules import find_binding
from seedlint.rules.base import Failure
from seedlint.rules.binding import COLLECTED, ITEMS, KEYWORD, Lookup, Surroundings, UnusableOption
from seedlint.rules.contract import Fault, FaultKind
from seedlint.rules.corpus import BINDING as ACROSS
from seedlint.rules.index import BINDINGS
from seedlint.rules.reference import is_collected
from seedlint.schema.checks.base import Check, Located, Subschema
from seedlint.schema.checks.contradictions import Contradictions
from seedlint.schema.checks.metaschema import say_misfit
from seedlint.schema.drafts import DEFAULT_DRAFT
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.references import References
from seedlint.text.nearest import did_you_mean
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What people call the values that bindings look at.
_NOUNS: Mapping[type, str] = {dict: "mappings", list: "lists", str: "texts"}


class BindingCheck(Check):
    """Bindings that are not known, or that do nothing where they are."""

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        if KEYWORD not in at.schema:
            return
        contract, bindings = self.contract, at.schema[KEYWORD]
        try:
            for fault in _binding_faults(bindings, contract.references.surroundings):
                yield at.locate(fault)
        except SchemaError as error:
            if not contract.is_complete:
                raise
            yield at.fault(FaultKind.UNREADABLE, str(error), (KEYWORD,))
        if not isinstance(bindings, dict):
            return
        contract.bindings.update(bindings)
        if ACROSS.name in bindings and at.schema is not contract.references.start.schema:
            words = f"`{ACROSS.name}` counts at the root of the contract only"
            yield at.fault(FaultKind.IDLE_KEYWORD, words, (KEYWORD, ACROSS.name), "key")
        for name in bindings:
            binding = find_binding(name)
            if binding and binding.beside and binding.beside not in at.schema:
                words = f"`{name}` does nothing without `{binding.beside}` in the same schema"
                yield at.fault(FaultKind.IDLE_KEYWORD, words, (KEYWORD, name), "key")

    def if_sound(self, contradictions: Contradictions) -> Iterator[Located]:
        for at in self.contract.schemas:
            if not (self.contract.draft.ref_stands_alone and "$ref" in at.schema):
                yield from self._closed_out(at, contradictions)
        if COLLECTED & self.contract.bindings:
            yield from self._out_of_reach()

    def _closed_out(self, at: Subschema, contradictions: Contradictions) -> Iterator[Located]:
        """The bindings of a schema that look at what the contract does not allow."""
        schema, resource = at.schema, at.resource
        for name, options in schema.get(KEYWORD, {}).items():
            binding = find_binding(name)
            assert binding is not None
            if not any(contradictions.allows(schema, resource, kind) for kind in binding.types):
                noun = " and ".join(_NOUNS[kind] for kind in binding.types)
                words = f"`{name}` looks at {noun}, and the contract allows none here"
                yield at.fault(FaultKind.IDLE_BINDING, words, (KEYWORD, name), "key")
                continue
            for lookup in binding.look_up(options):
                if all(contradictions.closes_out(schema, resource, path) for path in lookup.paths):
                    known = contradictions.known_keys(schema, resource, lookup.paths[0])
                    is_own = at.source is self.contract.root
                    yield at.locate(_closed_out(name, lookup, known if is_own else None))

    def _out_of_reach(self) -> Iterator[Located]:
        """The bindings where their values are not collected."""
        from seedlint.schema.bound_texts import BoundTexts

        evaluator = Evaluator(self.contract.references, lambda rule: None)
        reached = BoundTexts(evaluator, is_collected).reached.values()
        places = {id(node.schema) for node in reached}
        for at in self.contract.schemas:
            for name, options in at.schema.get(KEYWORD, {}).items():
                if is_collected(name, options) and id(at.schema) not in places:
                    words = f"`{name}` cannot be checked here, below `not`, `contains` or the like"
                    yield at.fault(FaultKind.IDLE_BINDING, words, (KEYWORD, name), "key")


def _closed_out(name: str, lookup: Lookup, known: set[str] | None) -> Fault:
    """A binding that looks for keys that are not allowed, where `known` are; None to quote none.

    The pointer starts at the schema that it is in.
    """
    at: Pointer = (KEYWORD, name, *lookup.option)
    part: Part = "value" if lookup.option else "key"
    if known is None:
        words = f"`{name}` looks for a key that the contract does not allow"
        return Fault(FaultKind.IDLE_BINDING, words, at)
    keys = " or ".join(quote(str(path[-1])) for path in lookup.paths)
    hint = did_you_mean(str(lookup.paths[0][-1]), known)
    where = " in the entries" if ITEMS in lookup.paths[0] else ""
    words = f"`{name}` looks for the key {keys}, which the contract does not allow{where}{hint}"
    shown = ", ".join(quote(key, 30) for key in sorted(known)[:10])
    help = f"keys that it allows: {shown}" if shown else None
    return Fault(FaultKind.IDLE_BINDING, words, at, part, help)


def _binding_faults(bindings: Any, surroundings: Surroundings) -> Iterator[Fault]:
    """What is wrong with `x-seedlint`: unknown bindings, and options that they do not take.

    That may be an option which names something that is not in the `surroundings`. The pointers
    start at the schema that it is in. Raises SchemaError for what is wrong with another file.
    """
    if not isinstance(bindings, dict):
        message = f"`{KEYWORD}` must be an object of bindings"
        yield Fault(FaultKind.INVALID_OPTION, message, (KEYWORD,))
        return
    for name, options in bindings.items():
        if name not in BINDINGS:
            known = ", ".join(BINDINGS)
            hint = did_you_mean(name, BINDINGS)
            yield Fault(
                FaultKind.UNKNOWN_BINDING,
                f"unknown binding {quote(name)}{hint or f': known are {known}'}",
                (KEYWORD, name),
                "key",
                help=f"bindings are {known}" if hint else None,
            )
            continue
        faults = [_fault(name, failure) for failure in _options(name).failures(options)]
        yield from faults
        binding = find_binding(name)
        if faults or binding is None or binding.complete is None:
            continue
        try:
            binding.complete(options, surroundings)
        except UnusableOption as error:
            at = (KEYWORD, name, *error.option)
            yield Fault(FaultKind.INVALID_OPTION, f"`{name}`: {error}", at)


def _fault(name: str, failure: Failure) -> Fault:
    """An option of the binding `name` that fails the JSON Schema of its options."""
    place: Pointer = (KEYWORD, name, *failure.pointer)
    if failure.keyword == "additionalProperties":
        allowed = failure.schema["properties"]
        message = f"`{name}` has no option {quote(failure.key)}"
        hint = did_you_mean(failure.key, allowed)
        takes = f"it takes {', '.join(allowed)}" if allowed else "it takes none"
        return Fault(
            FaultKind.INVALID_OPTION,
            f"{message}{hint}" if hint else f"{message}: {takes}",
            (*place, failure.key),
            "key",
            help=takes if hint else None,
        )
    message, help = say_misfit(failure)
    return Fault(
        FaultKind.INVALID_OPTION, f"{_subject(name, failure.pointer)} {message}", place, help=help
    )


def _subject(name: str, pointer: Pointer) -> str:
    """What is at fault: a binding, an option of it, or an item there."""
    if not pointer:
        return f"`{name}`"
    item = f"item {pointer[-1] + 1} of " if isinstance(pointer[-1], int) else ""
    names = [step for step in reversed(pointer) if isinstance(step, str)]
    return item + " of ".join(f"`{each}`" for each in (*names, name))


@cache
def _options(name: str) -> Evaluator:
    """What checks the options of a binding, by their JSON Schema."""
    address = f"https://seedlint.invalid/bindings/{name}"
    binding = find_binding(name)
    assert binding is not None
    references = References(binding.options, address, DEFAULT_DRAFT)
    return Evaluator(references, lambda rule: rule.severity)
