"""Holding data against a contract, and finding the rule and the words for what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from attrs import evolve
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from seedlint.document.source_map import Pointer
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, Keyword, Rule
from seedlint.rules.binding import KEYWORD
from seedlint.rules.url import BINDING as URL
from seedlint.rules.url import URL_FORMATS, options_beside_format
from seedlint.schema import keywords
from seedlint.schema.bindings import Bound
from seedlint.schema.dynamic import Scope
from seedlint.schema.load import Contract
from seedlint.screen.contract import Voucher, compile_voucher
from seedlint.severity import Severity
from seedlint.text.formats import FORMATS

SeverityOf = Callable[[Rule], Severity | None]
"""The severity a rule has in this run; None when it is not selected."""

FALSE_SCHEMA = "false"
"""What a failure of the schema `false` is called, which is no keyword."""


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """A finding and the pointer of the value it is about."""

    rule: Rule
    pointer: Pointer
    finding: Finding


class ContractChecker:
    """One contract, compiled once and held against many documents."""

    def __init__(
        self, contract: Contract, severity_of: SeverityOf, *, shortened: bool = True
    ) -> None:
        """Unless `shortened`, the library looks at all there is, with the same findings."""
        self._severity_of = severity_of
        vouch: Voucher = _vouch_for_nothing
        if shortened:
            vouch = compile_voucher(contract.dialect, contract.references)
        self._validator = _build_validator(contract, severity_of, vouch)

    def check(self, data: Any) -> Iterator[ContractFinding]:
        """Yield what in `data` departs from the contract, and what its bound rules say."""
        for error in self._validator.iter_errors(data):
            yield from self._explain(error, ())

    def _explain(self, error: ValidationError, base: Pointer) -> Iterator[ContractFinding]:
        pointer = (*base, *error.relative_path)
        if error.validator == KEYWORD:
            rule, finding = error.detail  # type: ignore[attr-defined]
            yield ContractFinding(rule, pointer, finding)
            return
        if error.validator in ("anyOf", "oneOf") and error.context:
            branch = choose_branch(error.context)
            if branch is not None:
                for inner in branch:
                    yield from self._explain(inner, pointer)
                return
        keyword = FALSE_SCHEMA if error.validator is None else str(error.validator)
        rule = _rule_of(keyword)
        if self._severity_of(rule) is None:
            return
        failure = Failure(
            keyword,
            error.validator_value,
            error.instance,
            error.schema if isinstance(error.schema, Mapping) else {},
            _detail(error),
        )
        for finding in rule.check(failure):
            yield ContractFinding(rule, pointer, finding)


def _detail(error: ValidationError) -> Any:
    """What the keyword function noted; for alternatives and names, the failures inside."""
    detail = getattr(error, "detail", None)
    if error.context:
        inner = [
            Failure(
                FALSE_SCHEMA if each.validator is None else str(each.validator),
                each.validator_value,
                each.instance,
                each.schema if isinstance(each.schema, Mapping) else {},
                getattr(each, "detail", None),
            )
            for each in error.context
        ]
        return (detail, inner)
    return detail


def choose_branch(errors: Iterable[ValidationError]) -> list[ValidationError] | None:
    """The failures of the one alternative that was meant, or None when none stands out.

    First by discriminator: an alternative whose `const` or `enum` on a key the value has does not
    fit was not meant. Then by type: nor was one for another type of value. Of those left, the one
    with the fewest failures, if they lie inside the value; alternatives that all refuse the value
    as a whole are better told together.
    """
    branches: dict[Any, list[ValidationError]] = {}
    for error in errors:
        branches.setdefault(error.branch, []).append(error)  # type: ignore[attr-defined]
    left = list(branches.values())
    for not_meant in (_fails_discriminator, _fails_as_whole):
        kept = [branch for branch in left if not any(map(not_meant, branch))]
        left = kept or left
    if len(left) == 1 and len(branches) > 1 and not any(map(_fails_as_whole, left[0])):
        return left[0]
    if all(any(map(_fails_as_whole, branch)) for branch in left):
        return left[0] if len(branches) == 1 else None
    return min(left, key=lambda branch: (len(branch), -_deepest(branch)))


def _fails_discriminator(error: ValidationError) -> bool:
    return len(error.relative_path) == 1 and error.validator in ("const", "enum")


def _fails_as_whole(error: ValidationError) -> bool:
    """Whether the value itself is of the wrong kind, not something inside it."""
    return not error.relative_path and error.validator in ("type", "const", "enum", None)


def _deepest(branch: list[ValidationError]) -> int:
    return max(len(error.relative_path) for error in branch)


@cache
def _rules_by_keyword() -> dict[str, Rule]:
    return {
        name: rule
        for rule in all_rules().values()
        if isinstance(rule.on, Keyword)
        for name in rule.on.names
    }


def _rule_of(keyword: str) -> Rule:
    rules = _rules_by_keyword()
    return rules.get(keyword) or rules["not"]


def _vouch_for_nothing(schema: Any, value: Any) -> bool:
    return False


def _build_validator(contract: Contract, severity_of: SeverityOf, vouch: Voucher) -> Validator:
    library = contract.library
    functions = keywords.replacements(library.VALIDATORS, _follower(contract))
    functions["format"] = _format_keyword(severity_of)
    functions[KEYWORD] = _binding_keyword(severity_of)
    extended: Any = extend(library, functions)  # type: ignore[no-untyped-call]
    # The library's `evolve` picks its own class for a schema with a `$schema`, losing ours.
    extended.evolve = _entering_evolve if contract.dynamic.targets else _remembering_evolve()
    extended.is_valid = _is_valid(vouch)
    extended.descend = _descend(extended.descend, vouch)
    # All references are resolved, so that only the way is kept where the library has its resolver.
    scope = Scope(contract.dynamic).enter(contract.schema)
    validator: Validator = extended(contract.schema, _resolver=scope)
    return validator


def _follower(contract: Contract) -> keywords.Follow:
    """Where the reference of a schema leads, as it was found when the contract was loaded."""

    def follow(keyword: str, validator: Any, schema: Any) -> Any:
        if keyword == "$ref":
            return contract.references[id(schema)]
        return validator._resolver.follow(schema)

    return follow


def _entering_evolve(self: Any, **changes: Any) -> Any:
    """`evolve` that keeps the scope of dynamic references."""
    if "schema" in changes:
        changes["_resolver"] = self._resolver.enter(changes["schema"])
    return evolve(self, **changes)


def _remembering_evolve() -> Callable[..., Any]:
    """`evolve` that makes one validator a subschema: without dynamic references one will do."""
    made: dict[int, Any] = {}

    def remembering(self: Any, **changes: Any) -> Any:
        schema = changes.get("schema")
        if not isinstance(schema, dict):
            return evolve(self, **changes)
        found = made.get(id(schema))
        if found is None:
            found = made[id(schema)] = evolve(self, **changes)
        return found

    return remembering


def _descend(
    library: Callable[..., Iterator[ValidationError]], vouch: Voucher
) -> Callable[..., Any]:
    """`descend`, but not into what has no errors anyway: that is most of a seed with a finding.

    And the library's forgets where the schema `false` was met.
    """

    def descend(
        self: Any, instance: Any, schema: Any, path: Any = None, schema_path: Any = None
    ) -> Iterator[ValidationError]:
        if vouch(schema, instance):
            return iter(())
        if schema is not False:
            return library(self, instance, schema, path, schema_path, self._resolver)
        error = ValidationError(
            "",
            validator=None,  # type: ignore[arg-type]
            path=() if path is None else (path,),
            instance=instance,
            schema=schema,
        )
        return iter((error,))

    return descend


def _is_valid(vouch: Voucher) -> Callable[..., bool]:
    """`is_valid`, for which the warnings of rules do not count."""

    def is_valid(self: Any, instance: Any, _schema: Any = None) -> bool:
        if vouch(self.schema, instance):
            return True
        return not any(map(keywords.is_grave, self.iter_errors(instance)))

    return is_valid


def _binding_keyword(severity_of: SeverityOf) -> keywords.KeywordFunction:
    # By the id of the bindings, which the contract holds on to.
    bound: dict[int, list[Bound]] = {}

    def check(validator: Any, bindings: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if id(bindings) not in bound:
            bound[id(bindings)] = [
                Bound(name, options_beside_format(name, options, schema), severity_of)
                for name, options in bindings.items()
            ]
        for each in bound[id(bindings)]:
            yield from each.errors(instance)

    return check


def _format_keyword(severity_of: SeverityOf) -> keywords.KeywordFunction:
    """`format`, asserted; the URL formats are left to the URL rules."""
    bound = {name: Bound(URL.name, {"format": name}, severity_of) for name in URL_FORMATS}

    def check(validator: Any, name: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if name in URL_FORMATS:
            # A binding beside it looks at the same value, with the author's options.
            if URL.name not in schema.get(KEYWORD, {}):
                yield from bound[name].errors(instance)
        elif isinstance(instance, str) and name in FORMATS and not FORMATS[name](instance):
            yield keywords.failure(None)

    return check
