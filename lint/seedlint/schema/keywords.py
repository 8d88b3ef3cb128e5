"""JSON Schema keywords as seedlint evaluates them, on top of the `jsonschema` library.

The library decides what is valid. Replaced are the keywords whose errors name no exact place
(`required`, `additionalProperties`, …), those whose meaning must not depend on an engine
(`pattern`), and those that can be made to run for minutes (`uniqueItems`). Each replacement puts
what its rule needs into the error's `detail`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from jsonschema.exceptions import ValidationError

from seedlint.text.patterns import compile_pattern

KeywordFunction = Callable[[Any, Any, Any, Any], Iterable[ValidationError]]

_MAX_ITEMS_PROBED = 1000


def failure(
    detail: Any, *, keyword: str | None = None, expected: Any = None, context: Any = ()
) -> ValidationError:
    """An error whose words are found later, by the keyword's rule."""
    error = ValidationError("", context=context)
    if keyword is not None:
        error.validator = keyword
        error.validator_value = expected
    error.detail = detail  # type: ignore[attr-defined]
    return error


def replacements(library: Mapping[str, KeywordFunction]) -> dict[str, KeywordFunction]:
    """Our keyword functions, for the keywords that the dialect of `library` has.

    `minContains` came with draft 2019-09, as did `dependentRequired`, which the library knows.
    """
    ours: dict[str, KeywordFunction] = {
        "required": _required,
        "additionalProperties": _additional_properties,
        "additionalItems": _listening(library.get("additionalItems")),
        "patternProperties": _pattern_properties,
        "propertyNames": _property_names,
        "dependentRequired": _dependent_required,
        "dependencies": _dependencies,
        "pattern": _pattern,
        "multipleOf": _multiple_of,
        "uniqueItems": _unique_items,
        "contains": _contains_2019 if "dependentRequired" in library else _contains,
        "anyOf": _any_of,
        "oneOf": _one_of,
        "unevaluatedProperties": _listening(library.get("unevaluatedProperties")),
        "unevaluatedItems": _first_item(library.get("unevaluatedItems")),
    }
    if "prefixItems" in library:
        ours["items"] = _items(library["items"])
    return {name: function for name, function in ours.items() if name in library}


def _required(validator: Any, required: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if isinstance(instance, dict) and isinstance(required, list):
        yield from (failure(name) for name in required if name not in instance)


def _additional_keys(instance: dict[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    properties = schema.get("properties", {})
    patterns = [compile_pattern(pattern) for pattern in schema.get("patternProperties", ())]
    for key in instance:
        if key not in properties and not any(pattern.search(key) for pattern in patterns):
            yield key


def _additional_properties(
    validator: Any, additional: Any, instance: Any, schema: Any
) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for key in _additional_keys(instance, schema):
        if additional is False:
            yield failure(key)
        else:
            yield from validator.descend(instance[key], additional, path=key)


def _pattern_properties(validator: Any, patterns: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for pattern, subschema in patterns.items():
        compiled = compile_pattern(pattern)
        for key, value in instance.items():
            if compiled.search(key):
                yield from validator.descend(value, subschema, path=key, schema_path=pattern)


def _property_names(validator: Any, names: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for key in instance:
        errors = list(validator.descend(key, names))
        if errors:
            yield failure(key, context=errors)


def _dependent_required(
    validator: Any, dependencies: Any, instance: Any, schema: Any
) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for key, needed in dependencies.items():
        if key in instance:
            yield from (failure((key, name)) for name in needed if name not in instance)


def _dependencies(validator: Any, dependencies: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for key, dependency in dependencies.items():
        if key not in instance:
            continue
        if isinstance(dependency, list):
            yield from (failure((key, name)) for name in dependency if name not in instance)
        else:
            yield from validator.descend(instance, dependency, schema_path=key)


def _pattern(validator: Any, pattern: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if isinstance(instance, str) and not compile_pattern(pattern).search(instance):
        yield failure(None)


def _multiple_of(validator: Any, divisor: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """Exact, by the digits that were written (the library divides, and overflows)."""
    if isinstance(instance, bool) or not isinstance(instance, (int, float)):
        return
    if Fraction(repr(instance)) % Fraction(repr(divisor)):
        yield failure(None)


def _unique_items(validator: Any, unique: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """One failure per repeated item, linear in the size of the data (the library is quadratic)."""
    if not unique or not isinstance(instance, list):
        return
    first_at: dict[str, int] = {}
    for index, item in enumerate(instance):
        first = first_at.setdefault(identity(item), index)
        if first != index:
            yield failure((index, first))


def identity(value: Any) -> str:
    """A text that two JSON values share exactly when JSON Schema calls them equal.

    Numbers compare by value (1 equals 1.0), and no number equals a boolean.
    """
    return json.dumps(_whole_numbers(value), sort_keys=True)


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return value


def _matching(validator: Any, contains: Any, instance: list[Any]) -> int:
    item_validator = validator.evolve(schema=contains)
    return sum(1 for item in instance if item_validator.is_valid(item))


def _contains(validator: Any, contains: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if isinstance(instance, list) and not _matching(validator, contains, instance):
        yield failure(0)


def _contains_2019(validator: Any, contains: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, list):
        return
    count = _matching(validator, contains, instance)
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if count < least:
        keyword = "minContains" if "minContains" in schema else "contains"
        yield failure(count, keyword=keyword, expected=least)
    if most is not None and count > most:
        yield failure(count, keyword="maxContains", expected=most)


def is_grave(error: ValidationError) -> bool:
    """Whether an error makes a value invalid; a rule's warning does not."""
    return not getattr(error, "advisory", False)


def _branch_errors(
    validator: Any, branches: Any, instance: Any
) -> Iterator[tuple[int, list[ValidationError]]]:
    """The errors of each alternative, each error marked with the alternative it is from."""
    for index, branch in enumerate(branches):
        errors = list(validator.descend(instance, branch, schema_path=index))
        for error in errors:
            error.branch = index
        yield index, errors


def _any_of(validator: Any, branches: Any, instance: Any, schema: Any) -> Iterator[Any]:
    collected: list[ValidationError] = []
    for _, errors in _branch_errors(validator, branches, instance):
        if not any(map(is_grave, errors)):
            yield from errors
            return
        collected += errors
    yield failure(None, context=collected)


def _one_of(validator: Any, branches: Any, instance: Any, schema: Any) -> Iterator[Any]:
    collected: list[ValidationError] = []
    matching: list[int] = []
    advice: list[ValidationError] = []
    for index, errors in _branch_errors(validator, branches, instance):
        if any(map(is_grave, errors)):
            collected += errors
        else:
            matching.append(index)
            advice += errors
    if not matching:
        yield failure(None, context=collected)
    elif len(matching) > 1:
        yield failure(matching)
    else:
        yield from advice


class _Listener:
    """A validator that notes which children a keyword function of the library finds wrong."""

    def __init__(self, validator: Any, watched: Any) -> None:
        self._validator = validator
        self._watched = watched
        self.errors: dict[Any, list[ValidationError]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._validator, name)

    def descend(
        self, instance: Any, schema: Any, path: Any = None, **rest: Any
    ) -> Iterator[ValidationError]:
        errors = list(self._validator.descend(instance, schema, path=path, **rest))
        if schema is self._watched and path is not None and errors:
            self.errors[path] = errors
        return iter(errors)


def _listening(library: KeywordFunction | None) -> KeywordFunction:
    """The library's keyword, its one error for all keys taken apart into one a key."""

    def check(validator: Any, expected: Any, instance: Any, schema: Any) -> Iterator[Any]:
        assert library is not None
        listener = _Listener(validator, expected)
        errors = list(library(listener, expected, instance, schema) or ())
        if expected is False and listener.errors:
            yield from (failure(key) for key in listener.errors)
        elif listener.errors:
            for found in listener.errors.values():
                yield from found
        elif errors and isinstance(instance, list):
            first = len(schema.get("items", ()))
            yield from (failure(index) for index in range(first, len(instance)))
        else:
            yield from errors

    return check


def _items(library: KeywordFunction) -> KeywordFunction:
    """The library's keyword, its one error for `false` taken apart into one an item."""

    def check(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if items is not False:
            yield from library(validator, items, instance, schema) or ()
        elif isinstance(instance, list):
            first = len(schema.get("prefixItems", ()))
            yield from (failure(index) for index in range(first, len(instance)))

    return check


def _first_item(library: KeywordFunction | None) -> KeywordFunction:
    """The library's keyword, its one error for all items placed at the first of them."""

    def check(validator: Any, expected: Any, instance: Any, schema: Any) -> Iterator[Any]:
        assert library is not None
        if not any(library(validator, expected, instance, schema) or ()):
            return
        for index in range(min(len(instance), _MAX_ITEMS_PROBED)):
            if any(library(validator, expected, instance[: index + 1], schema) or ()):
                yield failure(index)
                return
        yield failure(None)

    return check
