"""Keywords about one value: its type, its size, its text, and the rules bound to it."""

from __future__ import annotations

import re
from operator import ge, gt, le, lt

from seedlint.rules import find_binding
from seedlint.rules.base import Failure
from seedlint.rules.binding import KEYWORD as BINDINGS
from seedlint.rules.url import BINDING as URL
from seedlint.rules.url import URL_FORMATS, options_beside_format
from seedlint.schema.drafts import DRAFT_4, DRAFT_6
from seedlint.schema.equality import identity
from seedlint.schema.keywords.keyword import Compare, Keyword, MakePredicate, plain, size
from seedlint.schema.predicates import (
    ACCEPT_ALL,
    TYPES,
    Constraint,
    Predicate,
    cached_by_text,
    conjunction,
    on,
)
from seedlint.text.formats import FORMATS, QUICK_PATTERNS
from seedlint.text.patterns import compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from seedlint.schema.evaluate import Site

_TEXT = TYPES["string"]


def is_number(value: Any) -> bool:
    """Whether a value is a number to JSON, which calls no boolean one."""
    return value.__class__ is int or value.__class__ is float


def _type(site: Site, names: Any) -> Predicate:
    listed = [names] if isinstance(names, str) else names
    types = frozenset[type]().union(*(TYPES[name] for name in listed))
    if "integer" not in listed or "number" in listed:
        return Predicate((), types)
    if site.draft is DRAFT_4:
        return Predicate((), types - {float})
    return Predicate((Constraint(float.is_integer, frozenset([float])),), types)


def _const(site: Site, expected: Any) -> Predicate:
    return _enum(site, [expected])


def _enum(site: Site, values: Any) -> Predicate:
    if all(each.__class__ is str for each in values):
        return Predicate((Constraint(frozenset(values).__contains__),), _TEXT)
    # Python calls True and 1 equal, JSON Schema does not; 1.0 and 1 both do.
    texts = frozenset(each for each in values if each.__class__ is str)
    numbers = frozenset(each for each in values if is_number(each))
    others = frozenset(
        identity(each) for each in values if each.__class__ is not str and not is_number(each)
    )

    def accepts(value: Any) -> bool:
        if value.__class__ is str:
            return value in texts
        if is_number(value):
            return value in numbers
        return bool(others) and identity(value) in others

    return on(accepts)


def _bound(compare: Compare) -> MakePredicate:
    return lambda site, bound: on(lambda value: compare(value, bound), int, float)


def _maximum(site: Site, bound: Any) -> Predicate:
    below = site.draft is DRAFT_4 and site.schema.get("exclusiveMaximum") is True
    return _bound(lt if below else le)(site, bound)


def _minimum(site: Site, bound: Any) -> Predicate:
    above = site.draft is DRAFT_4 and site.schema.get("exclusiveMinimum") is True
    return _bound(gt if above else ge)(site, bound)


def _multiple_of(site: Site, divisor: Any) -> Predicate:
    def accepts(value: Any) -> bool:
        if value.__class__ is int and divisor.__class__ is int:
            return bool(value % divisor == 0)
        from fractions import Fraction

        # By the digits that were written: in binary 19.99 is not a multiple of 0.01.
        return not Fraction(repr(value)) % Fraction(repr(divisor))

    return on(accepts, int, float)


def _pattern(site: Site, pattern: Any) -> Predicate:
    return on(compile_pattern(pattern).search, str)


def _format(site: Site, name: Any) -> Predicate:
    if name in URL_FORMATS:
        # A binding beside it looks at the same value, with the author's options.
        return ACCEPT_ALL if _binds_url(site) else site.bound(URL.name, {"format": name}).predicate
    if name not in FORMATS:
        return ACCEPT_ALL
    accepts = cached_by_text(FORMATS[name])
    quick = re.compile(QUICK_PATTERNS[name]).fullmatch if name in QUICK_PATTERNS else None
    return Predicate((Constraint(accepts, _TEXT, quick),))


def _explain_format(site: Site, name: Any, value: Any, found: list[Failure]) -> None:
    if name in URL_FORMATS:
        if not _binds_url(site):
            found += site.bound(URL.name, {"format": name}).failures(value)
    elif value.__class__ is str and name in FORMATS and not FORMATS[name](value):
        found.append(Failure("format", name, value, site))


def _binds_url(site: Site) -> bool:
    return URL.name in site.schema.get(BINDINGS, {})


def _bindings(site: Site, bindings: Any) -> Predicate:
    return conjunction(
        [
            site.bound(name, _options(site, name, options)).predicate
            for name, options in bindings.items()
        ]
    )


def _explain_bindings(site: Site, bindings: Any, value: Any, found: list[Failure]) -> None:
    for name, options in bindings.items():
        found += site.bound(name, _options(site, name, options)).failures(value)


def _options(site: Site, name: str, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of a binding, with what it needs of its schema."""
    binding = find_binding(name)
    assert binding is not None
    if binding.beside is not None:
        return {**options, binding.beside: site.schema.get(binding.beside)}
    return options_beside_format(name, options, site.schema)


def _exclusive(compare: Compare) -> MakePredicate:
    def predicate(site: Site, bound: Any) -> Predicate:
        # In draft 4 it is a boolean that says more about the bound beside it.
        return ACCEPT_ALL if site.draft is DRAFT_4 else _bound(compare)(site, bound)

    return predicate


KEYWORDS = (
    plain("type", _type),
    plain("const", _const, DRAFT_6),
    plain("enum", _enum),
    plain("maximum", _maximum),
    plain("exclusiveMaximum", _exclusive(lt)),
    plain("minimum", _minimum),
    plain("exclusiveMinimum", _exclusive(gt)),
    plain("multipleOf", _multiple_of),
    plain("maxLength", size(le, str)),
    plain("minLength", size(ge, str)),
    plain("pattern", _pattern),
    Keyword("format", predicate=_format, explain=_explain_format),
    Keyword(BINDINGS, predicate=_bindings, explain=_explain_bindings),
)
