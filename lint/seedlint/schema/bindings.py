"""`x-seedlint`: rules bound to fields of the contract, beside the standard keywords."""

from __future__ import annotations

from functools import cache
from typing import Any

from seedlint.document.pointer import Pointer
from seedlint.rules import find_binding
from seedlint.rules.binding import KEYWORD, Surroundings, UnusableOption
from seedlint.rules.index import BINDINGS
from seedlint.schema.dialects import DEFAULT_DIALECT
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.json_source import JsonSource
from seedlint.schema.references import References
from seedlint.text.nearest import did_you_mean


def check_bindings(
    source: JsonSource, pointer: Pointer, bindings: Any, surroundings: Surroundings
) -> None:
    """Raise SchemaError, with its place, for an unknown binding or an option it does not take.

    That may be an option which names something that is not in the `surroundings`.
    """
    at = (*pointer, KEYWORD)
    if not isinstance(bindings, dict):
        raise source.error(f"`{KEYWORD}` must be an object of bindings", at)
    for name, options in bindings.items():
        if name not in BINDINGS:
            hint = did_you_mean(name, BINDINGS) or f": known are {', '.join(BINDINGS)}"
            raise source.error(f"unknown binding `{name[:60]}`{hint}", (*at, name), "key")
        if failures := _options(name).failures(options):
            failure = failures[0]
            place = (*at, name, *failure.pointer)
            if failure.keyword == "additionalProperties":
                allowed = ", ".join(failure.schema["properties"]) or "none"
                raise source.error(
                    f"`{name}` has no option `{failure.key[:60]}`: it takes {allowed}",
                    (*place, failure.key),
                    "key",
                )
            raise source.error(f"`{name}`: {_say(failure.keyword, failure.expected)}", place)
        binding = find_binding(name)
        assert binding is not None
        if binding.complete is not None:
            try:
                binding.complete(options, surroundings)
            except UnusableOption as error:
                raise source.error(f"`{name}`: {error}", (*at, name, *error.option)) from None


@cache
def _options(name: str) -> Evaluator:
    """The JSON Schema of the options of a binding."""

    address = f"https://seedlint.invalid/bindings/{name}"
    binding = find_binding(name)
    assert binding is not None
    references = References(binding.options, address, DEFAULT_DIALECT)
    return Evaluator(references, lambda rule: rule.severity)


def _say(keyword: str, expected: Any) -> str:
    if keyword == "required":
        return f"needs the options {', '.join(expected)}"
    if keyword == "type":
        return f"expected {expected}"
    return f"does not fit `{keyword}: {expected}`"
