"""`x-seedlint`: rules bound to fields of the contract, beside the standard keywords."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from seedlint.document.pointer import Pointer
from seedlint.rules import find_binding
from seedlint.rules.base import Failure
from seedlint.rules.binding import KEYWORD, Surroundings, UnusableOption
from seedlint.rules.contract import Fault, FaultKind
from seedlint.rules.index import BINDINGS
from seedlint.schema.dialects import DEFAULT_DIALECT
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.metaschema_faults import say_misfit
from seedlint.schema.references import References
from seedlint.text.nearest import did_you_mean


def find_binding_faults(bindings: Any, surroundings: Surroundings) -> Iterator[Fault]:
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
                f"unknown binding `{name[:60]}`{hint or f': known are {known}'}",
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
    place: Pointer = (KEYWORD, name, *failure.pointer)
    if failure.keyword == "additionalProperties":
        allowed = failure.schema["properties"]
        message = f"`{name}` has no option `{failure.key[:60]}`"
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
    """The JSON Schema of the options of a binding."""

    address = f"https://seedlint.invalid/bindings/{name}"
    binding = find_binding(name)
    assert binding is not None
    references = References(binding.options, address, DEFAULT_DIALECT)
    return Evaluator(references, lambda rule: rule.severity)
