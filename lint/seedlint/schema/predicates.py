"""Quick tests of JSON values, combined so that a value is asked only what its type allows.

Of most values the type is all there is to ask, or all but a method that is written in C; so the
parts of a predicate are kept apart until they are put together for one type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias, TypeVar

    Answer = TypeVar("Answer")

# How many texts are remembered with the answer to one question, and up to which length: a text may
# be as long as the front matter.
_CACHED_TEXTS = 10_000
_SHORT = 500

Accepts: TypeAlias = "Callable[[Any], object]"
Question = tuple[Accepts, Accepts]
"""What to ask first, and what to ask if the answer is no."""

TYPES: Mapping[str, frozenset[type]] = {
    "array": frozenset([list]),
    "boolean": frozenset([bool]),
    "integer": frozenset([int, float]),
    "null": frozenset([type(None)]),
    "number": frozenset([int, float]),
    "object": frozenset([dict]),
    "string": frozenset([str]),
}
"""The Python types of each JSON type."""

ALL_TYPES = frozenset[type]().union(*TYPES.values())


def always(value: Any) -> bool:
    """Accept every value."""
    return True


def never(value: Any) -> bool:
    """Accept no value."""
    return False


def cached_by_text(ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """A question about texts, its answers remembered: one text may be in many seeds."""
    cached = lru_cache(_CACHED_TEXTS)(ask)
    return lambda text: cached(text) if len(text) <= _SHORT else ask(text)


class Constraint(NamedTuple):
    """A question about values of some types; values of other types pass.

    `quick` is a cheaper question whose yes implies that of `accepts`.
    """

    accepts: Accepts
    types: frozenset[type] = ALL_TYPES
    quick: Accepts | None = None

    @property
    def question(self) -> Question:
        """What to ask first, and what to ask if the answer is no."""
        return (self.accepts, never) if self.quick is None else (self.quick, self.accepts)


class Predicate(NamedTuple):
    """A schema, or a part of one, as a quick test that is true only if there is nothing to report.

    A value passes if it is of one of the `types` and every constraint accepts it. `exact` says that
    a no is as certain: the value is invalid. Where it is not exact, a no may also mean that a rule
    has a warning.
    """

    constraints: tuple[Constraint, ...] = ()
    types: frozenset[type] = ALL_TYPES
    exact: bool = True

    def questions(self, kind: type) -> tuple[Question, ...] | None:
        """What is to be asked of a value of one type; None if none passes."""
        if kind not in self.types:
            return None
        return tuple(each.question for each in self.constraints if kind in each.types)

    def compile(self) -> Accepts:
        """The whole test as one function."""
        if not self.constraints and self.types == ALL_TYPES:
            return always
        questions_for = {kind: self.questions(kind) for kind in ALL_TYPES}.get

        def accepts(value: Any) -> bool:
            questions = questions_for(value.__class__)
            if questions is None:
                return False
            for quick, full in questions:  # noqa: SIM110
                if not quick(value) and not full(value):
                    return False
            return True

        return accepts


ACCEPT_ALL = Predicate()
ACCEPT_NONE = Predicate(types=frozenset())


def on(accepts: Accepts, *types: type, exact: bool = True) -> Predicate:
    """A question about values of some types, of all if none is named."""
    return Predicate((Constraint(accepts, frozenset(types) or ALL_TYPES),), exact=exact)


def conjunction(parts: list[Predicate]) -> Predicate:
    """That a value passes every one of `parts`, asked in their order."""
    return Predicate(
        tuple(constraint for part in parts for constraint in part.constraints),
        ALL_TYPES.intersection(*(part.types for part in parts)),
        all(part.exact for part in parts),
    )
