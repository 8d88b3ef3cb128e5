"""An evaluator that takes no shortcut, for tests that hold the quick one against it.

It walks every keyword for every value and asks bound rules about all of them, so what the quick
test accepts wrongly comes out as a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seedlint.check import Checker
from seedlint.rules.base import Failure
from seedlint.schema.evaluate import FALSE_SCHEMA, Bound, Evaluator, Node, Scope
from seedlint.schema.load import LoadedSchema
from seedlint.schema.predicates import never
from seedlint.schema.references import Target
from seedlint.settings import Settings


class WalkingNode(Node):
    """A node that never asks its quick test."""

    __slots__ = ()

    def is_valid(self, value: Any) -> bool:
        """Whether no failure of the value is an assertion."""
        return not any(failure.is_assertion for failure in self.failures(value))

    def failures(self, value: Any) -> Sequence[Failure]:
        """What each keyword says."""
        if self.site is not None:
            return self.site.explain(value)
        return () if self.schema else (Failure(FALSE_SCHEMA, None, value, None),)


class WalkingEvaluator(Evaluator):
    """An evaluator whose nodes walk."""

    def node(self, target: Target, scope: Scope) -> Node:
        """The node of a schema."""
        node = super().node(target, scope)
        node.__class__ = WalkingNode
        return node

    def bound(self, name: str, options: Mapping[str, Any], owner: Any) -> Bound:
        """The rules of a binding, which are asked about every value."""
        bound = super().bound(name, options, owner)
        bound._quick = never
        return bound


def walking_checker(contract: LoadedSchema, settings: Settings) -> Checker:
    """A checker without shortcuts in the evaluation of the contract."""
    return Checker(contract, settings, WalkingEvaluator(contract.references, settings.severity_of))
