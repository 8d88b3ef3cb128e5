"""What a rule is.

A rule is one module in a family's folder: a docstring that is its documentation and one function
under `@rule`. The function's name is the rule's name; what it is given depends on `on`:

- a `ProblemKind`: the `Problem` that the parser found; the rule finds the words for it;
- `Keyword("required", …)`: the `Failure` of that JSON Schema keyword;
- a `Binding`: the value that the contract binds, prepared by the binding;
- `Across(kind)`: a fact that two seeds of the run share.

It yields findings and never sees a YAML mark: it names places by pointer, relative to the value it
was given, and the engine finds the characters.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from seedlint.rules.binding import Binding
from seedlint.severity import Severity

if TYPE_CHECKING:
    from seedlint.document.pointer import Part, Pointer
    from seedlint.document.problem import ProblemKind

    Trigger: TypeAlias = "ProblemKind | Keyword | Binding | Across"


class Related(NamedTuple):
    """A second place and what it has to do with the finding."""

    pointer: Pointer
    message: str
    part: Part = "value"


class Finding(NamedTuple):
    """What a rule says: one line, and the place as a pointer relative to the value it was given.

    For a rule on a `ProblemKind` the place is the problem's own, and `pointer` is left alone;
    `label` then says what the problem's second place has to do with it.
    """

    message: str
    pointer: Pointer = ()
    part: Part = "value"
    help: str | None = None
    related: tuple[Related, ...] = ()
    label: str | None = None


class Failure(NamedTuple):
    """A JSON Schema keyword that a value does not satisfy.

    `expected` is the keyword's value in the contract and `schema` the subschema it stands in;
    `pointer` leads to the value, from the one that was held against the contract. Single keywords
    add the rest: the `key` that is missing, unknown, badly named or in need of another (`needs`);
    the index of the `item` at fault and of the `first` like it; how many items or alternatives
    fit (`fits`); the failures of each alternative, or of the name (`branches`); for a binding, the
    rule and what it `said`. Unless it `is_assertion`, the value is valid all the same.
    """

    keyword: str
    expected: Any
    instance: Any
    schema: Mapping[str, Any]
    pointer: Pointer = ()
    key: str = ""
    needs: str = ""
    item: int | None = None
    first: int | None = None
    fits: int | None = None
    branches: tuple[tuple[Failure, ...], ...] = ()
    said: tuple[Rule, Finding] | None = None
    is_assertion: bool = True

    def below(self, step: str | int) -> Failure:
        """The same, seen from the collection that holds the value under `step`."""
        return self._replace(pointer=(step, *self.pointer))


class Keyword:
    """The JSON Schema keywords that a rule explains; none of them by another rule."""

    __slots__ = ("names",)

    def __init__(self, *names: str) -> None:
        self.names = names


class Across(NamedTuple):
    """A rule about a fact of one kind that several seeds of a run share.

    `binding` is the one, at the root of the contract, that names the keys to compare.
    """

    kind: Literal["link", "title"]
    binding: Binding


class Rule(NamedTuple):
    """A rule and all that is known of it."""

    code: str
    name: str
    severity: Severity
    on: Trigger
    check: Callable[[Any], Iterable[Finding]]
    doc: str

    def __hash__(self) -> int:
        # A binding has a schema of its options, which has no hash.
        return hash(self.code)

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.partition("\n")[0].rstrip(".")


_CODE = re.compile(r"[A-Z]{2,4}[0-9]{3}")


def rule(
    code: str, *, on: Trigger, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Any], Iterable[Finding]]], Rule]:
    """Make a rule of a check function; the module's docstring becomes its documentation."""
    if not _CODE.fullmatch(code):
        raise ValueError(f"not a rule code: {code!r}")

    def register(check: Callable[[Any], Iterable[Finding]]) -> Rule:
        doc = sys.modules[check.__module__].__doc__ or ""
        return Rule(code, check.__name__.replace("_", "-"), severity, on, check, doc)

    return register


def quote(value: str, limit: int = 60) -> str:
    """A text of the seed inside a message: in backticks, on one line, cut at `limit` characters.

    Control characters are made visible where a report is written, line breaks here.
    """
    text = value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\r")
    text = text.replace("`", "\u2019")
    return f"`{text if len(text) <= limit else text[: limit - 1] + '…'}`"


def show(value: Any) -> str:
    """Any data inside a message: `true`, `12`, `text`, or what kind of collection it is."""
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return {None: "`null`", True: "`true`", False: "`false`"}[value]
    if isinstance(value, (int, float)):
        return quote(str(value))
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    return f"a mapping of {len(value)} keys" if value else "an empty mapping"
