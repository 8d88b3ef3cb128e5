"""`x-seedlint`: rules bound to fields of the contract, beside the standard keywords."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from seedlint.document.source_map import Pointer
from seedlint.rules import all_bindings, rules_bound_to
from seedlint.rules.base import Rule
from seedlint.rules.binding import KEYWORD
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords import failure
from seedlint.severity import Severity


def check_bindings(source: JsonSource, pointer: Pointer, bindings: Any) -> None:
    """Raise SchemaError, with its place, for an unknown binding or an option it does not take."""
    at = (*pointer, KEYWORD)
    if not isinstance(bindings, dict):
        raise source.error(f"`{KEYWORD}` must be an object of bindings", at)
    for name, options in bindings.items():
        known = all_bindings()
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else f": known are {', '.join(known)}"
            raise source.error(f"unknown binding `{name[:60]}`{hint}", (*at, name), "key")
        validator = Draft202012Validator(known[name].options)
        for error in validator.iter_errors(options):
            place = (*at, name, *error.absolute_path)
            if error.validator == "additionalProperties":
                allowed = error.schema["properties"]
                unknown = next(key for key in error.instance if key not in allowed)
                raise source.error(
                    f"`{name}` has no option `{unknown[:60]}`: it takes {', '.join(allowed)}",
                    (*place, unknown),
                    "key",
                )
            raise source.error(
                f"`{name}`: {_say(str(error.validator), error.validator_value)}", place
            )


def _say(keyword: str, expected: Any) -> str:
    if keyword == "required":
        return f"needs the options {', '.join(expected)}"
    if keyword == "type":
        return f"expected {expected}"
    return f"does not fit `{keyword}: {expected}`"


class Bound:
    """The rules that a contract binds to a field, with the options that it gives there."""

    def __init__(
        self,
        name: str,
        options: Mapping[str, Any],
        severity_of: Callable[[Rule], Severity | None],
    ) -> None:
        """`severity_of` gives None for a rule that is not selected."""
        self._binding = all_bindings()[name]
        self._options = options
        self._is_ordinary = self._binding.ordinary(options)
        self._rules = [
            (rule, severity)
            for rule in rules_bound_to(name)
            if (severity := severity_of(rule)) is not None
        ]

    def errors(self, value: Any) -> Iterator[ValidationError]:
        """What the rules say of `value`, as errors of a JSON Schema keyword.

        A rule below error level is no assertion: it does not decide which branch of an `anyOf`
        fits.
        """
        if not isinstance(value, self._binding.applies_to) or self._is_ordinary(value):
            return
        subject = self._binding.prepare(value, self._options)
        if subject is None:
            return
        for rule, severity in self._rules:
            for finding in rule.check(subject):
                error = failure((rule, finding), keyword=KEYWORD)
                error.advisory = severity is not Severity.ERROR  # type: ignore[attr-defined]
                yield error
