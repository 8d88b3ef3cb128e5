"""The rules, one module each, in a folder per family."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from seedlint.rules.index import BINDINGS, RULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.document.problem import ProblemKind
    from seedlint.rules.base import Rule
    from seedlint.rules.binding import Binding
    from seedlint.rules.contract import FaultKind


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of code; none is imported."""
    from seedlint.rules.base import Rule, Trigger
    from seedlint.severity import Severity

    return {
        code: Rule(
            code,
            name,
            Severity(severity),
            Trigger(kind, names),
            f"{__name__}.{module}",
            spared,
            transient,
            fixable,
            since,
            optional,
        )
        for (
            code,
            name,
            severity,
            kind,
            names,
            module,
            spared,
            transient,
            fixable,
            since,
            optional,
        ) in RULES
    }


@cache
def rules_by_problem() -> Mapping[ProblemKind, Rule]:
    """The rule of each kind of problem of the file or its YAML."""
    from seedlint.document.problem import ProblemKind

    return {
        ProblemKind[rule.on.names[0]]: rule
        for rule in all_rules().values()
        if rule.on.kind == "problem"
    }


@cache
def rules_by_fault() -> Mapping[FaultKind, Rule]:
    """The rule of each kind of fault of a contract."""
    from seedlint.rules.contract import FaultKind

    return {
        FaultKind[rule.on.names[0]]: rule
        for rule in all_rules().values()
        if rule.on.kind == "contract"
    }


@cache
def rule_across(kind: str) -> Rule:
    """The rule on a kind of fact that seeds share, or on a binding that is judged across seeds."""
    return next(
        rule
        for rule in all_rules().values()
        if rule.on.kind == "cross-file" and kind in rule.on.names
    )


@cache
def find_binding(name: str) -> Binding | None:
    """The binding with this name; only its own family is imported."""
    if name not in BINDINGS:
        return None
    from seedlint.rules.binding import Binding

    family = import_module(f"{__name__}.{BINDINGS[name]}")
    return next(
        found
        for found in vars(family).values()
        if isinstance(found, Binding) and found.name == name
    )


@cache
def rules_bound_to(name: str) -> tuple[Rule, ...]:
    """The rules on the binding `name`, in order of code."""
    return tuple(
        rule for rule in all_rules().values() if rule.on.kind == "binding" and name in rule.on.names
    )
