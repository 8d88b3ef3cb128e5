"""JSON Schema keywords as seedlint evaluates them, on top of the `jsonschema` library.

The library decides what is valid. Replaced are the keywords whose errors name no exact place
(`required`, `additionalProperties`, …), those whose meaning must not depend on an engine
(`pattern`), those that can be made to run for minutes (`uniqueItems`), and those that the library
gets wrong: references, and what depends on which keys and items were looked at. Each replacement
puts what its rule needs into the error's `detail`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from jsonschema.exceptions import ValidationError

from seedlint.text.patterns import compile_pattern

KeywordFunction = Callable[[Any, Any, Any, Any], Iterable[ValidationError]]

Follow = Callable[[str, Any, Any], Any]
"""The schema that the reference in a keyword leads to, given the validator and the schema."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


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


def replacements(
    library: Mapping[str, KeywordFunction], follow: Follow
) -> dict[str, KeywordFunction]:
    """Our keyword functions, for the keywords that the dialect of `library` has.

    `minContains` came with draft 2019-09, as did `dependentRequired`, which the library knows.
    """
    evaluated = _Evaluated(library, follow)
    ours: dict[str, KeywordFunction] = {
        "required": _required,
        "additionalProperties": _additional_properties,
        "additionalItems": _additional_items,
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
        "unevaluatedProperties": _unevaluated_properties(evaluated),
        "unevaluatedItems": _unevaluated_items(evaluated),
        **{name: _reference(name, follow) for name in _REFERENCES},
    }
    if "prefixItems" in library:
        ours["items"] = _items
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


def _reference(keyword: str, follow: Follow) -> KeywordFunction:
    def check(validator: Any, reference: Any, instance: Any, schema: Any) -> Iterator[Any]:
        yield from validator.descend(instance, follow(keyword, validator, schema))

    return check


def _items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """`items` since draft 2020-12: those behind `prefixItems`."""
    if isinstance(instance, list):
        yield from _rest(validator, items, instance, len(schema.get("prefixItems", ())))


def _additional_items(validator: Any, additional: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """Without a list of schemas in `items` it means nothing."""
    items = schema.get("items")
    if isinstance(instance, list) and isinstance(items, list):
        yield from _rest(validator, additional, instance, len(items))


def _rest(validator: Any, expected: Any, instance: list[Any], first: int) -> Iterator[Any]:
    for index in range(first, len(instance)):
        if expected is False:
            yield failure(index)
        else:
            yield from validator.descend(instance[index], expected, path=index)


def _unevaluated_properties(evaluated: _Evaluated) -> KeywordFunction:
    def check(validator: Any, expected: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if not isinstance(instance, dict):
            return
        seen = evaluated(validator, instance, schema)
        for key in instance:
            if key in seen:
                continue
            if expected is False:
                yield failure(key)
            else:
                yield from validator.descend(instance[key], expected, path=key)

    return check


def _unevaluated_items(evaluated: _Evaluated) -> KeywordFunction:
    """One failure for all items that may not be, at the first of them."""

    def check(validator: Any, expected: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if not isinstance(instance, list):
            return
        seen = evaluated(validator, instance, schema)
        for index in range(len(instance)):
            if index in seen:
                continue
            if expected is False:
                yield failure(index)
                return
            yield from validator.descend(instance[index], expected, path=index)

    return check


class _Evaluated:
    """Which keys or items of a value the keywords of a schema look at, those of
    `unevaluatedProperties` and `unevaluatedItems` beside them left out.
    """

    def __init__(self, library: Mapping[str, KeywordFunction], follow: Follow) -> None:
        self._library = library
        self._follow = follow

    def __call__(self, validator: Any, instance: Any, schema: Mapping[str, Any]) -> set[Any]:
        is_object = isinstance(instance, dict)
        keyword = "unevaluatedProperties" if is_object else "unevaluatedItems"
        seen: set[Any] = set()
        if is_object:
            seen |= _known_keys(instance, schema)
        else:
            seen |= self._known_items(validator, instance, schema)
        for inner in self._in_place(validator, instance, schema):
            if not isinstance(inner, dict):
                continue
            if keyword in inner:
                # Whatever it left over is looked at there.
                return set(instance) if is_object else set(range(len(instance)))
            seen |= self(validator.evolve(schema=inner), instance, inner)
        return seen

    def _known_items(
        self, validator: Any, instance: list[Any], schema: Mapping[str, Any]
    ) -> set[int]:
        items = schema.get("items")
        if "prefixItems" in self._library:
            leading, has_rest = schema.get("prefixItems", ()), "items" in schema
        elif isinstance(items, list):
            leading, has_rest = items, "additionalItems" in schema
        else:
            leading, has_rest = (), "items" in schema
        if has_rest:
            return set(range(len(instance)))
        seen = set(range(len(leading)))
        if "contains" in schema and "prefixItems" in self._library:
            # In draft 2019-09 it looks at none.
            is_valid = validator.evolve(schema=schema["contains"]).is_valid
            seen.update(index for index, item in enumerate(instance) if is_valid(item))
        return seen

    def _in_place(self, validator: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
        """The schemas that the value has to fit as well, and those it happens to fit.

        Whether it does fit what it has to is not asked: if not, that is a failure of its own.
        """

        def fits(inner: Any) -> bool:
            return bool(validator.evolve(schema=inner).is_valid(instance))

        for keyword in _REFERENCES:
            if keyword in schema and keyword in self._library:
                yield self._follow(keyword, validator, schema)
        yield from schema.get("allOf", ())
        for keyword in ("anyOf", "oneOf"):
            yield from filter(fits, schema.get(keyword, ()))
        if "if" in schema:
            if fits(schema["if"]):
                yield schema["if"]
                yield schema.get("then")
            else:
                yield schema.get("else")
        if isinstance(instance, dict):
            for key, inner in schema.get("dependentSchemas", {}).items():
                if key in instance:
                    yield inner


def _known_keys(instance: dict[str, Any], schema: Mapping[str, Any]) -> set[str]:
    if "additionalProperties" in schema:
        return set(instance)
    return set(instance).difference(_additional_keys(instance, schema))
