"""The contract as one function: is this data certainly in order?

Every schema becomes a closure over what its keywords need, so that holding data against it costs
little more than the look-ups that nobody can save. A contract with a keyword whose meaning is not
repeated here (`unevaluatedProperties`, `contains`, `$dynamicRef`, …) cannot be judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from seedlint.rules import all_bindings, rules_bound_to
from seedlint.rules.binding import KEYWORD
from seedlint.rules.url import BINDING as URL
from seedlint.rules.url import URL_FORMATS, options_beside_format
from seedlint.text.formats import FORMATS, ORDINARY
from seedlint.text.patterns import PatternError, compile_pattern

Passes = Callable[[Any], object]
Asked = tuple[Passes, Passes]
Voucher = Callable[[Any, Any], bool]

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
_CLASSES_OF: Mapping[str, frozenset[type]] = {
    "array": frozenset([list]),
    "boolean": frozenset([bool]),
    "integer": frozenset([int, float]),
    "null": frozenset([type(None)]),
    "number": frozenset([int, float]),
    "object": frozenset([dict]),
    "string": frozenset([str]),
}
# Those of all JSON data.
_CLASSES = frozenset[type]().union(*_CLASSES_OF.values())
_TEXT = _CLASSES_OF["string"]
_REMEMBERED = 10_000
# How many shapes of one object are remembered, and up to how many keys.
_SHAPES = 1_000
_WIDE = 50


class Undecided(Exception):
    """The contract has a part that is not judged here; the text says which."""


class Check(NamedTuple):
    """A question about values of some classes; those of other classes pass.

    `passes` is true only for values of which the exact path reports nothing. What is `ordinary`
    passes, which takes longer to find out.
    """

    passes: Passes
    about: frozenset[type] = _CLASSES
    ordinary: Passes | None = None

    @property
    def asked(self) -> Asked:
        """What to ask first, and what to ask if the answer is no."""
        return (self.passes, _nothing) if self.ordinary is None else (self.ordinary, self.passes)


class Test(NamedTuple):
    """A schema as a function, or a part of one.

    A value passes if it is of one of the `classes` and passes every check. `exact` says that a
    failed test is as certain: the value is invalid, whatever the settings of the run.

    Of most schemas the class is all there is to ask, or all but a method that is written in C.
    """

    checks: tuple[Check, ...] = ()
    classes: frozenset[type] = _CLASSES
    exact: bool = True

    def asked_of(self, kind: type) -> tuple[Asked, ...] | None:
        """What is to be asked of a value of one class; None if none passes."""
        if kind not in self.classes:
            return None
        return tuple(check.asked for check in self.checks if kind in check.about)

    @property
    def passes(self) -> Passes:
        """The whole test."""
        if not self.checks and self.classes == _CLASSES:
            return _anything
        find = {kind: self.asked_of(kind) for kind in _CLASSES}.get

        def passes(value: Any) -> bool:
            asked = find(value.__class__)
            if asked is None:
                return False
            for ordinary, check in asked:  # noqa: SIM110
                if not ordinary(value) and not check(value):
                    return False
            return True

        return passes


def compile_contract(schema: Any) -> Passes:
    """The function that is True only for data that the exact path reports nothing about.

    `schema` must have passed every check of `schema.load` and use one file. Raises Undecided.
    """
    if not isinstance(schema, dict):
        raise Undecided("a contract that is no object")
    dialect = schema.get("$schema", _DRAFT_2020).removesuffix("#")
    return _Compiler(dialect, partial(_follow_within, schema), schema).test(schema).passes


def compile_voucher(dialect: str, references: Mapping[int, Any]) -> Voucher:
    """A function of a schema and a value: does the exact path certainly report nothing?

    `dialect` and `references` are those of a `schema.load.Contract`; every schema of its files may
    be asked about. Each is compiled at the first question, so one that cannot be judged says
    nothing against those inside it.
    """

    def follow(schema: Mapping[str, Any]) -> Any:
        if id(schema) not in references:
            raise Undecided("$ref")
        return references[id(schema)]

    def compile_one(schema: Any) -> Passes:
        try:
            return compiler.test(schema).passes
        except (Undecided, PatternError, RecursionError):
            return _nothing

    def vouch(schema: Any, value: Any) -> bool:
        known = compiled.get(id(schema))
        if known is None:
            known = compiled[id(schema)] = (compile_one(schema), schema)
        try:
            return bool(known[0](value))
        except Exception:
            # From a rule that is not selected, or from going too deep; if not, it comes again.
            return False

    # By the id of the schema, which is kept so that it stays the only one with this id.
    compiled: dict[int, tuple[Passes, Any]] = {}
    try:
        compiler = _Compiler(dialect, follow)
    except Undecided:
        return lambda schema, value: False
    return vouch


def _follow_within(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """The schema that a plain `$ref` within the file of `root` leads to."""
    reference = schema["$ref"]
    if not reference.startswith("#"):
        raise Undecided("$ref")
    if "%" in reference:
        raise Undecided("$ref with codes")
    target: Any = root
    if reference[1:2] not in ("", "/"):
        raise Undecided("$anchor")
    for step in reference[1:].split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        target = target[int(name)] if isinstance(target, list) else target[name]
        if isinstance(target, dict) and "$id" in target:
            raise Undecided("$id")
    return target


class _Compiler:
    """Compiles the schemas of one contract.

    `follow` gives the schema that the `$ref` of one leads to. If it knows no file but that of
    `root`, no other schema may have an `$id`, which would change what references mean.
    """

    def __init__(
        self,
        dialect: str,
        follow: Callable[[Mapping[str, Any]], Any],
        root: Mapping[str, Any] | None = None,
    ) -> None:
        if dialect not in _DIALECTS:
            raise Undecided("$schema")
        self._dialect = dialect
        self._follow = follow
        self._root = root
        # By the id of the schema; None for one that is being compiled or could not be.
        self._tests: dict[int, Test | None] = {}
        self._later: dict[int, Passes] = {}

    def test(self, schema: Any) -> Test:
        """The test that a schema of this contract stands for."""
        if isinstance(schema, bool):
            return Test() if schema else Test(classes=frozenset())
        key = id(schema)
        if key not in self._tests:
            self._tests[key] = None
            self._tests[key] = self._compile(schema)
        known = self._tests[key]
        if known is None:
            # It refers to itself: what it stands for is known when it is used.
            return _about(lambda value: self._passes_later(key, value), exact=False)
        return known

    def _passes_later(self, key: int, value: Any) -> object:
        passes = self._later.get(key)
        if passes is None:
            test = self._tests[key]
            passes = self._later[key] = test.passes if test else _nothing
        return passes(value)

    def _compile(self, schema: dict[str, Any]) -> Test:
        if "$ref" in schema and not _DIALECTS[self._dialect]:
            return self.test(self._follow(schema))
        tests = []
        if not _OF_OBJECTS.isdisjoint(schema):
            tests.append(self._object(schema))
        for keyword, value in schema.items():
            if keyword in _ANNOTATIONS or keyword in _OF_OBJECTS:
                continue
            if keyword == "$id" and (self._root is None or schema is self._root):
                continue
            if keyword == "type":
                tests.append(_of_type(value))
                continue
            compile_keyword = _KEYWORDS.get(keyword)
            if compile_keyword is None:
                if keyword[:2] == "x-":
                    continue
                raise Undecided(keyword)
            tests.append(compile_keyword(self, value, schema))
        return _all(tests)

    def _object(self, schema: dict[str, Any]) -> Test:
        """`properties`, `required`, `additionalProperties` and what else looks at all keys."""
        of_key = {name: self.test(each) for name, each in schema.get("properties", {}).items()}
        additional = self.test(schema.get("additionalProperties", True))
        required = frozenset(schema.get("required", ()))
        patterns = [
            (compile_pattern(pattern).search, self.test(each))
            for pattern, each in schema.get("patternProperties", {}).items()
        ]
        name_test = self.test(schema.get("propertyNames", True))
        tests = [*of_key.values(), additional, name_test, *(test for _, test in patterns)]
        exact = all(test.exact for test in tests)
        if patterns or "propertyNames" in schema:
            passes = _object_with_patterns(of_key, patterns, additional, name_test, required)
        else:
            passes = _object(of_key, additional, required)
        return _about(passes, dict, exact=exact)

    def reference(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return self.test(self._follow(schema))

    def constant(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return self.enumeration([value], schema)

    def enumeration(self, values: Any, schema: Mapping[str, Any]) -> Test:
        if all(isinstance(each, str) for each in values):
            return Test((Check(frozenset(values).__contains__),), _TEXT)
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

        return _about(passes)

    def items(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if isinstance(value, list):
            raise Undecided("items of several schemas")
        first = len(schema.get("prefixItems", ())) if self._dialect == _DRAFT_2020 else 0
        test = self.test(value)
        find = {kind: test.asked_of(kind) for kind in _CLASSES}.get

        def check(value: Any) -> bool:
            for item in value[first:] if first else value:
                asked = find(item.__class__)
                if asked is None:
                    return False
                for ordinary, passes in asked:
                    if not ordinary(item) and not passes(item):
                        return False
            return True

        return _about(check, list, exact=test.exact)

    def prefix_items(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect != _DRAFT_2020:
            return Test()
        tests = [self.test(each) for each in value]
        passes = [test.passes for test in tests]
        return _about(
            lambda value: all(map(_holds, passes, value)),
            list,
            exact=all(test.exact for test in tests),
        )

    def all_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return _all([self.test(each) for each in value])

    def any_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        tests = [self.test(each) for each in value]
        if all(test.exact for test in tests):
            branches = [test.passes for test in tests]
            return _about(lambda value: any(passes(value) for passes in branches))
        # A branch before it that only warns would be the one that counts.
        return _about(tests[0].passes, exact=False)

    def one_of(self, value: Any, schema: Mapping[str, Any]) -> Test:
        tests = [self.test(each) for each in value]
        if not all(test.exact for test in tests):
            return Test(classes=frozenset(), exact=False)
        branches = [test.passes for test in tests]
        return _about(lambda value: sum(bool(passes(value)) for passes in branches) == 1)

    def negation(self, value: Any, schema: Mapping[str, Any]) -> Test:
        test = self.test(value)
        if not test.exact:
            return Test(classes=frozenset(), exact=False)
        passes = test.passes
        return _about(lambda value: not passes(value))

    def condition(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect == _DRAFT_6:
            # It came with draft 7.
            return Test()
        test = self.test(value)
        then, other = (self.test(schema.get(name, True)) for name in ("then", "else"))
        if not test.exact:
            return _all([then, other])
        condition, if_so, if_not = test.passes, then.passes, other.passes
        return _about(
            lambda value: if_so(value) if condition(value) else if_not(value),
            exact=then.exact and other.exact,
        )

    def dependent_required(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect not in (_DRAFT_2020, _DRAFT_2019):
            return Test()
        pairs = [(key, name) for key, names in value.items() for name in names]

        def check(value: Any) -> bool:
            # A loop, because a generator for `all` costs as much as two tests.
            for key, name in pairs:  # noqa: SIM110
                if key in value and name not in value:
                    return False
            return True

        return _about(check, dict)

    def dependent_schemas(self, value: Any, schema: Mapping[str, Any]) -> Test:
        if self._dialect not in (_DRAFT_2020, _DRAFT_2019):
            return Test()
        tests = {key: self.test(each) for key, each in value.items()}
        passes_with = [(key, test.passes) for key, test in tests.items()]
        return _about(
            lambda value: all(passes(value) for key, passes in passes_with if key in value),
            dict,
            exact=all(test.exact for test in tests.values()),
        )

    def format(self, name: Any, schema: Mapping[str, Any]) -> Test:
        if name in URL_FORMATS:
            # A binding beside it looks at the same value, with the author's options.
            if URL.name in schema.get(KEYWORD, {}):
                return Test()
            return _bound(URL.name, {"format": name})
        if name not in FORMATS:
            return Test()
        passes = lru_cache(_REMEMBERED)(FORMATS[name])
        ordinary = re.compile(ORDINARY[name]).fullmatch if name in ORDINARY else None
        return Test((Check(passes, _TEXT, ordinary),))

    def bindings(self, value: Any, schema: Mapping[str, Any]) -> Test:
        return _all(
            [
                _bound(name, options_beside_format(name, options, schema))
                for name, options in value.items()
            ]
        )


def _bound(name: str, options: Mapping[str, Any]) -> Test:
    """That no rule of a binding has anything to say; whether it would be an error is open."""
    binding = all_bindings()[name]
    prepare, is_ordinary = binding.prepare, binding.ordinary(options)

    def check(value: Any) -> bool:
        if is_ordinary(value):
            return True
        subject = prepare(value, options)
        return subject is None or not any(
            True for rule in rules_bound_to(name) for _ in rule.check(subject)
        )

    return Test((Check(check, frozenset([binding.applies_to]), is_ordinary),), exact=False)


def _all(tests: list[Test]) -> Test:
    """That every one of `tests` passes, in their order."""
    return Test(
        tuple(check for test in tests for check in test.checks),
        _CLASSES.intersection(*(test.classes for test in tests)),
        all(test.exact for test in tests),
    )


def _about(passes: Passes, *kinds: type, exact: bool = True) -> Test:
    """A question about values of some classes, of all if none is named."""
    return Test((Check(passes, frozenset(kinds) or _CLASSES),), exact=exact)


def _object(of_key: Mapping[str, Test], additional: Test, required: frozenset[str]) -> Passes:
    """Keys and classes make the shape of an object, and seeds have few: the rest is asked of each.

    Of a shape it is remembered what there is to ask of which value.
    """
    shapes: dict[tuple[Any, ...], tuple[tuple[str, Passes, Passes], ...]] = {}

    def check(value: Any) -> bool:
        shape = (*value, *map(type, value.values()))
        questions = shapes.get(shape)
        if questions is None:
            if not value.keys() >= required:
                return False
            found = []
            for name, item in value.items():
                asked = of_key.get(name, additional).asked_of(item.__class__)
                if asked is None:
                    return False
                found += [(name, *each) for each in asked]
            questions = tuple(found)
            if len(shapes) < _SHAPES and len(value) < _WIDE:
                shapes[shape] = questions
        for name, ordinary, passes in questions:
            item = value[name]
            if not ordinary(item) and not passes(item):
                return False
        return True

    return check


def _object_with_patterns(
    of_key: Mapping[str, Test],
    patterns: Sequence[tuple[Callable[[str], object], Test]],
    additional: Test,
    name_test: Test,
    required: frozenset[str],
) -> Passes:
    passes_of = {name: test.passes for name, test in of_key.items()}
    passes_like = [(search, test.passes) for search, test in patterns]
    of_other, of_name = additional.passes, name_test.passes

    def check(value: Any) -> bool:
        if not value.keys() >= required:
            return False
        for name, item in value.items():
            found = [passes for search, passes in passes_like if search(name)]
            if name in passes_of:
                found.append(passes_of[name])
            if not all(passes(item) for passes in found or [of_other]) or not of_name(name):
                return False
        return True

    return check


def _holds(passes: Passes, value: Any) -> object:
    return passes(value)


def _anything(value: Any) -> bool:
    return True


def _nothing(value: Any) -> bool:
    return False


def _of_type(names: str | list[str]) -> Test:
    listed = [names] if isinstance(names, str) else names
    kinds = frozenset[type]().union(*(_CLASSES_OF[name] for name in listed))
    whole = Check(float.is_integer, frozenset([float]))
    only_whole = "integer" in listed and "number" not in listed
    return Test((whole,) if only_whole else (), kinds)


def _is_multiple(divisor: Any) -> Test:
    # Of numbers with a point the exact path counts the digits.
    if type(divisor) is not int:
        return _about(_nothing, int, float, exact=False)
    return _about(
        lambda value: value.__class__ is int and value % divisor == 0, int, float, exact=False
    )


def _has_no_repetition(items: list[Any]) -> bool:
    """Of anything but texts the exact path knows what is equal."""
    return all(item.__class__ is str for item in items) and len(set(items)) == len(items)


_KEYWORDS: Mapping[str, Callable[[_Compiler, Any, Mapping[str, Any]], Test]] = {
    "$ref": _Compiler.reference,
    "allOf": _Compiler.all_of,
    "anyOf": _Compiler.any_of,
    "const": _Compiler.constant,
    "dependentRequired": _Compiler.dependent_required,
    "dependentSchemas": _Compiler.dependent_schemas,
    "enum": _Compiler.enumeration,
    "exclusiveMaximum": lambda _, most, schema: _about(lambda value: value < most, int, float),
    "exclusiveMinimum": lambda _, least, schema: _about(lambda value: value > least, int, float),
    "format": _Compiler.format,
    "if": _Compiler.condition,
    "items": _Compiler.items,
    "maxItems": lambda _, most, schema: _about(lambda value: len(value) <= most, list),
    "maxLength": lambda _, most, schema: _about(lambda value: len(value) <= most, str),
    "maxProperties": lambda _, most, schema: _about(lambda value: len(value) <= most, dict),
    "maximum": lambda _, most, schema: _about(lambda value: value <= most, int, float),
    "minItems": lambda _, least, schema: _about(lambda value: len(value) >= least, list),
    "minLength": lambda _, least, schema: _about(lambda value: len(value) >= least, str),
    "minProperties": lambda _, least, schema: _about(lambda value: len(value) >= least, dict),
    "minimum": lambda _, least, schema: _about(lambda value: value >= least, int, float),
    "multipleOf": lambda _, divisor, schema: _is_multiple(divisor),
    "not": _Compiler.negation,
    "oneOf": _Compiler.one_of,
    "pattern": lambda _, pattern, schema: _about(compile_pattern(pattern).search, str),
    "prefixItems": _Compiler.prefix_items,
    "uniqueItems": lambda _, unique, schema: (
        _about(_has_no_repetition, list, exact=False) if unique else Test()
    ),
    KEYWORD: _Compiler.bindings,
}
