"""The contract as one function: is this data certainly in order?

Every schema becomes a closure over what its keywords need, so that holding data against it costs
little more than the look-ups that nobody can save. A contract with a keyword whose meaning is not
repeated here (`unevaluatedProperties`, `contains`, `$dynamicRef`, …) cannot be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from seedlint.rules import all_bindings, rules_bound_to
from seedlint.rules.binding import KEYWORD
from seedlint.rules.url import BINDING as URL
from seedlint.rules.url import URL_FORMATS
from seedlint.text.formats import FORMATS
from seedlint.text.patterns import compile_pattern

Passes = Callable[[Any], bool]

_DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
_DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema"
_DRAFT_7 = "http://json-schema.org/draft-07/schema"
_DRAFT_6 = "http://json-schema.org/draft-06/schema"
# Whether other keywords count beside `$ref`.
_DIALECTS = {_DRAFT_2020: True, _DRAFT_2019: True, _DRAFT_7: False, _DRAFT_6: False}
_ANNOTATIONS = frozenset(
    [
        "$comment",
        "$defs",
        "$schema",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "default",
        "definitions",
        "deprecated",
        "description",
        "else",
        "examples",
        "readOnly",
        "then",
        "title",
        "writeOnly",
    ]
)
_OF_OBJECTS = frozenset(
    ["additionalProperties", "patternProperties", "properties", "propertyNames", "required"]
)
_REMEMBERED = 10_000


class Undecided(Exception):
    """The contract has a part that is not judged here; the text says which."""


class Test(NamedTuple):
    """A schema as a function.

    `passes` gives True only for data of which the exact path reports nothing. `exact` says that
    False is as certain: the data is invalid, whatever the settings of the run.
    """

    passes: Passes
    exact: bool = True


def compile_contract(schema: Any) -> Passes:
    """The function that is True only for data that the exact path reports nothing about.

    `schema` must have passed every check of `schema.load` and use one file. Raises Undecided.
    """
    if not isinstance(schema, dict):
        raise Undecided("a contract that is no object")
    return _Compiler(schema).test(schema).passes


class _Compiler:
    def __init__(self, root: dict[str, Any]) -> None:
        self._dialect = root.get("$schema", _DRAFT_2020).removesuffix("#")
        if self._dialect not in _DIALECTS:
            raise Undecided("$schema")
        self._root = root
        # By the id of the schema; None for one that is being compiled.
        self._tests: dict[int, Test | None] = {}

    def test(self, schema: Any) -> Test:
        """The test that a schema of this contract stands for."""
        if isinstance(schema, bool):
            return Test(lambda value: schema)
        key = id(schema)
        if key not in self._tests:
            self._tests[key] = None
            self._tests[key] = self._compile(schema)
        known = self._tests[key]
        if known is None:
            # It refers to itself: what it stands for is known when it is used.
            return Test(lambda value: self._tests[key].passes(value), exact=False)  # type: ignore[union-attr]
        return known

    def _compile(self, schema: dict[str, Any]) -> Test:
        if "$ref" in schema and not _DIALECTS[self._dialect]:
            return self.test(self._resolve(schema["$ref"]))
        tests = []
        if not _OF_OBJECTS.isdisjoint(schema):
            tests.append(self._object(schema))
        for keyword, value in schema.items():
            if keyword in _ANNOTATIONS or keyword in _OF_OBJECTS:
                continue
            if keyword == "$id" and schema is self._root:
                continue
            if keyword == "type":
                # First, because it is the cheapest.
                tests.insert(0, Test(_of_type(value)))
                continue
            compile_keyword = _KEYWORDS.get(keyword)
            if compile_keyword is None:
                if keyword[:2] == "x-":
                    continue
                raise Undecided(keyword)
            tests.append(compile_keyword(self, value, schema))
        return _all(tests)

    def _resolve(self, reference: str) -> Any:
        """The schema that a reference within the file leads to."""
        if not reference.startswith("#"):
            raise Undecided("$ref")
        if "%" in reference:
            raise Undecided("$ref with codes")
        target: Any = self._root
        if reference[1:2] not in ("", "/"):
            raise Undecided("$anchor")
        for step in reference[1:].split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            target = target[int(name)] if isinstance(target, list) else target[name]
            if isinstance(target, dict) and "$id" in target:
                raise Undecided("$id")
        return target

    def _object(self, schema: dict[str, Any]) -> Test:
        """`properties`, `required`, `additionalProperties` and what else looks at all keys."""
        of_key = {name: self.test(each) for name, each in schema.get("properties", {}).items()}
        passes_of = {name: test.passes for name, test in of_key.items()}
        additional = self.test(schema.get("additionalProperties", True))
        closed = schema.get("additionalProperties") is False
        of_other = additional.passes
        required = tuple(schema.get("required", ()))
        patterns = [
            (compile_pattern(pattern).search, self.test(each))
            for pattern, each in schema.get("patternProperties", {}).items()
        ]
        name_test = self.test(schema.get("propertyNames", True))
        exact = all(
            each.exact
            for each in (*of_key.values(), additional, name_test, *(test for _, test in patterns))
        )

        def passes(value: Any) -> bool:
            if value.__class__ is not dict:
                return True
            for name in required:
                if name not in value:
                    return False
            for name, item in value.items():
                test = passes_of.get(name)
                if test is not None:
                    if not test(item):
                        return False
                elif closed or not of_other(item):
                    return False
            return True

        def passes_with_patterns(value: Any) -> bool:
            if value.__class__ is not dict:
                return True
            if any(name not in value for name in required):
                return False
            for name, item in value.items():
                tests = [test.passes for search, test in patterns if search(name)]
                if name in passes_of:
                    tests.append(passes_of[name])
                if not all(test(item) for test in tests or [of_other]):
                    return False
                if not name_test.passes(name):
                    return False
            return True

        has_patterns = patterns or "propertyNames" in schema
        return Test(passes_with_patterns if has_patterns else passes, exact)

    def reference(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return self.test(self._resolve(value))

    def constant(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return self.enumeration([value], schema)

    def enumeration(self, values: Any, schema: Mapping[str, Any]) -> Test:
        if any(isinstance(each, (dict, list, float)) for each in values):
            raise Undecided("enum of other than texts, whole numbers, booleans and null")
        # Python calls True and 1 equal, JSON Schema does not; 1.0 and 1 both do.
        texts = frozenset(each for each in values if isinstance(each, str))
        numbers = frozenset(each for each in values if type(each) is int)
        others = [each for each in values if each is None or isinstance(each, bool)]

        def passes(value: Any) -> bool:
            if value.__class__ is str:
                return value in texts
            if value.__class__ is int or value.__class__ is float:
                return value in numbers
            return any(value is other for other in others)

        return Test(passes)

    def items(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if isinstance(value, list):
            raise Undecided("items of several schemas")
        first = len(schema.get("prefixItems", ())) if self._dialect == _DRAFT_2020 else 0
        test = self.test(value)
        of_item = test.passes

        def passes(value: Any) -> bool:
            if value.__class__ is list:
                for item in value[first:] if first else value:
                    if not of_item(item):
                        return False
            return True

        return Test(passes, test.exact)

    def prefix_items(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect != _DRAFT_2020:
            return Test(_anything)
        tests = [self.test(each) for each in value]
        return Test(
            lambda value: (
                value.__class__ is not list
                or all(test.passes(item) for test, item in zip(tests, value, strict=False))
            ),
            all(test.exact for test in tests),
        )

    def all_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return _all([self.test(each) for each in value])

    def any_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        tests = [self.test(each) for each in value]
        if all(test.exact for test in tests):
            return Test(lambda value: any(test.passes(value) for test in tests))
        # A branch before it that only warns would be the one that counts.
        return Test(tests[0].passes, exact=False)

    def one_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        tests = [self.test(each) for each in value]
        if not all(test.exact for test in tests):
            return Test(_nothing, exact=False)
        return Test(lambda value: sum(test.passes(value) for test in tests) == 1)

    def negation(self, value: Any, schema: Mapping[str, Any]) -> Test:
        test = self.test(value)
        if not test.exact:
            return Test(_nothing, exact=False)
        return Test(lambda value: not test.passes(value))

    def condition(self, value: Any, schema: Mapping[str, Any]) -> Test:
        test = self.test(value)
        then, other = (self.test(schema.get(name, True)) for name in ("then", "else"))
        if not test.exact:
            return Test(lambda value: then.passes(value) and other.passes(value), exact=False)
        return Test(
            lambda value: then.passes(value) if test.passes(value) else other.passes(value),
            then.exact and other.exact,
        )

    def dependent_required(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect not in (_DRAFT_2020, _DRAFT_2019):
            return Test(_anything)
        pairs = [(key, name) for key, names in value.items() for name in names]

        def passes(value: Any) -> bool:
            if value.__class__ is dict:
                for key, name in pairs:
                    if key in value and name not in value:
                        return False
            return True

        return Test(passes)

    def dependent_schemas(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect not in (_DRAFT_2020, _DRAFT_2019):
            return Test(_anything)
        tests = {key: self.test(each) for key, each in value.items()}
        return Test(
            lambda value: (
                value.__class__ is not dict
                or all(test.passes(value) for key, test in tests.items() if key in value)
            ),
            all(test.exact for test in tests.values()),
        )

    def format(self, name: Any, schema: Mapping[str, Any]) -> Test:
        if name in URL_FORMATS:
            # A binding beside it looks at the same value, with the author's options.
            if URL.name in schema.get(KEYWORD, {}):
                return Test(_anything)
            return _bound(URL.name, {"format": name})
        if name not in FORMATS:
            return Test(_anything)
        return _of_text(lru_cache(_REMEMBERED)(FORMATS[name]))

    def bindings(self, value: Any, schema: Mapping[str, Any]) -> Test:
        tests = []
        for name, options in value.items():
            if name == URL.name and schema.get("format") in URL_FORMATS:
                options = {**options, "format": schema["format"]}
            tests.append(_bound(name, options))
        return _all(tests)


def _bound(name: str, options: Mapping[str, Any]) -> Test:
    """That no rule of a binding has anything to say; whether it would be an error is open."""
    binding = all_bindings()[name]
    prepare, applies_to = binding.prepare, binding.applies_to

    def passes(value: Any) -> bool:
        if value.__class__ is not applies_to:
            return True
        subject = prepare(value, options)
        return subject is None or not any(
            True for rule in rules_bound_to(name) for _ in rule.check(subject)
        )

    return Test(passes, exact=False)


def _all(tests: list[Test]) -> Test:
    """That every one of `tests` passes, in their order."""
    exact = all(test.exact for test in tests)
    passes = [test.passes for test in tests if test.passes is not _anything]
    if not passes:
        return Test(_anything)
    if len(passes) == 1:
        return Test(passes[0], exact)
    if len(passes) == 2:
        first, second = passes
        return Test(lambda value: first(value) and second(value), exact)

    def passes_all(value: Any) -> bool:
        # A loop, because a generator for `all` costs as much as two tests.
        for each in passes:  # noqa: SIM110
            if not each(value):
                return False
        return True

    return Test(passes_all, exact)


def _anything(value: Any) -> bool:
    return True


def _nothing(value: Any) -> bool:
    return False


def _of_text(passes: Callable[[str], object]) -> Test:
    return Test(lambda value: value.__class__ is not str or bool(passes(value)))


def _of_list(passes: Callable[[list[Any]], bool], exact: bool = True) -> Test:
    return Test(lambda value: value.__class__ is not list or passes(value), exact)


def _of_object(passes: Callable[[dict[str, Any]], bool]) -> Test:
    return Test(lambda value: value.__class__ is not dict or passes(value))


def _of_number(passes: Callable[[Any], bool], exact: bool = True) -> Test:
    return Test(
        lambda value: (
            (value.__class__ is not int and value.__class__ is not float) or passes(value)
        ),
        exact,
    )


def _of_type(names: str | list[str]) -> Passes:
    if isinstance(names, str) and names in _CLASSES:
        only = _CLASSES[names]
        return lambda value: value.__class__ is only
    listed = [names] if isinstance(names, str) else names
    classes = frozenset(_CLASSES[name] for name in listed if name in _CLASSES)
    integers, numbers = "integer" in listed, "number" in listed

    def passes(value: Any) -> bool:
        kind = value.__class__
        if kind in classes:
            return True
        if kind is int:
            return integers or numbers
        return kind is float and (numbers or (integers and value.is_integer()))

    return passes


def _is_multiple(divisor: Any) -> Test:
    # Of numbers with a point the exact path counts the digits.
    return _of_number(
        lambda value: value.__class__ is int and type(divisor) is int and value % divisor == 0,
        exact=False,
    )


def _has_no_repetition(items: list[Any]) -> bool:
    """Of anything but texts the exact path knows what is equal."""
    return all(item.__class__ is str for item in items) and len(set(items)) == len(items)


_CLASSES: Mapping[str, type] = {
    "array": list,
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "string": str,
}
_KEYWORDS: Mapping[str, Callable[[_Compiler, Any, Mapping[str, Any]], Test]] = {
    "$ref": _Compiler.reference,
    "allOf": _Compiler.all_of,
    "anyOf": _Compiler.any_of,
    "const": _Compiler.constant,
    "dependentRequired": _Compiler.dependent_required,
    "dependentSchemas": _Compiler.dependent_schemas,
    "enum": _Compiler.enumeration,
    "exclusiveMaximum": lambda _, most, schema: _of_number(lambda value: value < most),
    "exclusiveMinimum": lambda _, least, schema: _of_number(lambda value: value > least),
    "format": _Compiler.format,
    "if": _Compiler.condition,
    "items": _Compiler.items,
    "maxItems": lambda _, most, schema: _of_list(lambda value: len(value) <= most),
    "maxLength": lambda _, most, schema: _of_text(lambda value: len(value) <= most),
    "maxProperties": lambda _, most, schema: _of_object(lambda value: len(value) <= most),
    "maximum": lambda _, most, schema: _of_number(lambda value: value <= most),
    "minItems": lambda _, least, schema: _of_list(lambda value: len(value) >= least),
    "minLength": lambda _, least, schema: _of_text(lambda value: len(value) >= least),
    "minProperties": lambda _, least, schema: _of_object(lambda value: len(value) >= least),
    "minimum": lambda _, least, schema: _of_number(lambda value: value >= least),
    "multipleOf": lambda _, divisor, schema: _is_multiple(divisor),
    "not": _Compiler.negation,
    "oneOf": _Compiler.one_of,
    "pattern": lambda _, pattern, schema: _of_text(compile_pattern(pattern).search),
    "prefixItems": _Compiler.prefix_items,
    "uniqueItems": lambda _, unique, schema: (
        _of_list(_has_no_repetition, exact=False) if unique else Test(_anything)
    ),
    KEYWORD: _Compiler.bindings,
}
