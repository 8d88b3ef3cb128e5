"""Rules about the contract itself: what `seedlint schema check` reports.

`seedlint check` says the same of the contract that it is given, so a fault is found in one place, a
module of `schema/checks/`. Its rule decides what becomes of it, in `schema/check.py`: with a rule
of severity error the contract is refused, with one of severity warning that is a remark on standard
error, and what is info is left to `seedlint schema check`.
"""

from __future__ import annotations

from enum import Enum, auto

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.document.pointer import Part, Pointer
    from seedlint.rules.base import Related


class FaultKind(Enum):
    """Kinds of faults of a contract; each has exactly one rule."""

    UNREADABLE = auto()
    INVALID_SCHEMA = auto()
    UNKNOWN_DRAFT = auto()
    NOTHING_CHECKED = auto()
    UNRESOLVED_REFERENCE = auto()
    REFERENCE_LOOP = auto()
    UNUSABLE_PATTERN = auto()
    MISSPELT_FORMAT = auto()
    UNKNOWN_BINDING = auto()
    INVALID_OPTION = auto()
    IDLE_BINDING = auto()
    MISSPELT_KEYWORD = auto()
    FOREIGN_KEYWORD = auto()
    OTHER_DRAFT = auto()
    IDLE_KEYWORD = auto()
    UNCHECKED_FORMAT = auto()
    CONTRADICTION = auto()
    REFUSED_KEY = auto()
    UNPORTABLE_PATTERN = auto()
    UNPORTABLE_FORMAT = auto()
    UNUSED_DEFINITION = auto()
    MISSING_DESCRIPTION = auto()


class Fault(NamedTuple):
    """Something wrong with a contract: what is said of it, and where it is.

    `message` is one line; `help` says what to do, where that depends on more than the kind. In a
    text at the pointer, `within` are the offsets of the first character that is meant and the one
    after the last; counted in the text as data, without quotes.
    """

    kind: FaultKind
    message: str
    pointer: Pointer = ()
    part: Part = "value"
    help: str | None = None
    within: tuple[int, int] | None = None
    related: tuple[Related, ...] = ()
