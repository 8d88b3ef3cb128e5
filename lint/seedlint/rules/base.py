"""What a rule is.

A rule is one module in a family's folder: a docstring that is its documentation and one function
under `@rule`. The function's name is the rule's name; what it is given depends on `on`:

- a `ProblemKind`: the `Problem` that the parser found; the rule finds the words for it;
- `Keyword("required", …)`: the `Failure` of that JSON Schema keyword;
- a `Binding`: the value that the contract binds, as the binding parses it;
- `CrossFile(kind)`: a fact that two seeds of the run share;
- a `FaultKind`: the `Fault` that was found in the contract itself.

It yields findings and never sees a YAML mark: it names places by pointer, relative to the value it
was given, and the engine finds the characters.

What a run must know of a rule before it speaks is in `rules/index.py`, which is generated from the
rules, so that no rule is imported until it is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module

from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import COLLECTED, Binding
from seedlint.severity import Severity

# Rules import it from here, with the other words.
from seedlint.text.quotes import quote as quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, Protocol, TypeAlias

    from seedlint.document.pointer import Part, Pointer
    from seedlint.document.problem import ProblemKind
    from seedlint.fix.operation import ProposedFix
    from seedlint.rules.contract import FaultKind

    class Site(Protocol):
        """A subschema of the contract and where it is."""

        schema: Mapping[str, Any]


Fixable: TypeAlias = 'Literal["", "safe", "unsafe", "sometimes"]'

Check: TypeAlias = "Callable[[Any], Iterable[Finding]]"


class Related(NamedTuple):
    """A second place and what it has to do with the finding.

    `within` are the first character of a text that is meant, and the one after the last, if it is
    not all of it; counted in the text as data, without quotes.
    """

    pointer: Pointer
    message: str
    part: Part = "value"
    within: tuple[int, int] | None = None


ITEMS_IN_A_TEXT = "items in a text"
"""The `defect` of a text that holds several items. Each would be valid in a list."""


class Finding(NamedTuple):
    """What a rule says: one line, and the place as a pointer relative to the value it was given.

    For a rule on a `ProblemKind` or a `FaultKind` the place is that of the problem or the fault,
    and `pointer` is left alone;
    `label` then says what the problem's second place has to do with it. `subject` is what the
    finding is about where that is not the value at the place: the name of a missing key. With
    `if_unquoted` it counts only if the text at the place is written as it is, without quotes.
    Findings about one value that name the same `defect` are about one mistake, and one of them is
    enough; what is only a `consequence` of it gives way to others that are as grave. `expected`
    are, in words, the types that the value may have instead. `fix` does what `help` says, where
    that is certain. If the text at the place is written over several lines, `over_lines` rewords
    the finding; it is given the offsets in the text that line breaks became.
    """

    message: str
    pointer: Pointer = ()
    part: Part = "value"
    help: str | None = None
    related: tuple[Related, ...] = ()
    label: str | None = None
    subject: str | None = None
    if_unquoted: bool = False
    defect: Hashable = None
    consequence: bool = False
    expected: tuple[str, ...] = ()
    fix: ProposedFix | None = None
    over_lines: Callable[[Finding, Sequence[int]], Finding] | None = None


class About(NamedTuple):
    """Details for the wording of a failure, looked up only when a finding is written.

    `keys` are groups of keys, one group for each alternative: those that are missing, or those
    that are there and exclude each other; `surplus` are those of them that may go. `wanted` says
    in words what each alternative asks for, or names the keys whose values are at fault. `known`
    are the keys that the mapping may have, or the texts that are allowed, in words. `meant` is the
    key or the value that was probably meant, `example` a missing key with what it may say, `only`
    the one value that it may have, `written` a number or a boolean as it is in the file, `why` what
    the author of the contract says about it. `is_required` says that the key of the value must be
    there. `nested` are the keys that an unknown key with dots names, from the outermost, `joined`
    the other keys that begin alike, and `in_braces` says that the mapping is written in braces.
    """

    keys: tuple[tuple[str, ...], ...] = ()
    surplus: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    meant: str | None = None
    example: str | None = None
    only: tuple[Any, ...] = ()
    written: str | None = None
    is_required: bool = False
    why: str | None = None
    nested: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    in_braces: bool = False


NOTHING_MORE = About()


class Failure:
    """A JSON Schema keyword that a value does not satisfy.

    `expected` is the keyword's value in the contract and `site` the subschema it is in, with its
    surroundings; `pointer` leads to the value, from the one that was checked against the contract.
    Single keywords add the rest: the `key` that is missing, unknown, badly named or in need of
    another (`needs`); the index of the `item` at fault and of the `first` like it; how many items
    or alternatives fit (`fits`); the failures of each alternative, or of the name (`branches`);
    for a binding, the rule and what it `said`. Unless it `is_assertion`, the value is valid all
    the same.

    `about` has more for the wording, looked up only when a finding is written.
    """

    __slots__ = (
        "about",
        "branches",
        "expected",
        "first",
        "fits",
        "instance",
        "is_assertion",
        "item",
        "key",
        "keyword",
        "needs",
        "pointer",
        "said",
        "site",
    )

    def __init__(
        self,
        keyword: str,
        expected: Any,
        instance: Any,
        site: Site | None,
        *,
        pointer: Pointer = (),
        key: str = "",
        needs: str = "",
        item: int | None = None,
        first: int | None = None,
        fits: int | None = None,
        branches: tuple[tuple[Failure, ...], ...] = (),
        said: tuple[Rule, Finding] | None = None,
        is_assertion: bool = True,
        about: About = NOTHING_MORE,
    ) -> None:
        self.keyword = keyword
        self.expected = expected
        self.instance = instance
        self.site = site
        self.pointer = pointer
        self.key = key
        self.needs = needs
        self.item = item
        self.first = first
        self.fits = fits
        self.branches = branches
        self.said = said
        self.is_assertion = is_assertion
        self.about = about

    @property
    def schema(self) -> Mapping[str, Any]:
        """The subschema that the keyword is in."""
        return self.site.schema if self.site else {}

    def below(self, step: str | int) -> Failure:
        """The same, seen from the collection that holds the value under `step`."""
        return self.at((step, *self.pointer))

    def at(self, pointer: Pointer, about: About | None = None) -> Failure:
        """The same with another pointer, and with other details if they are given."""
        # Each failure comes here once per level: the constructor takes three times as long, and
        # `copy` more than that.
        other = Failure.__new__(Failure)
        other.keyword = self.keyword
        other.expected = self.expected
        other.instance = self.instance
        other.site = self.site
        other.pointer = pointer
        other.key = self.key
        other.needs = self.needs
        other.item = self.item
        other.first = self.first
        other.fits = self.fits
        other.branches = self.branches
        other.said = self.said
        other.is_assertion = self.is_assertion
        other.about = self.about if about is None else about
        return other

    def __eq__(self, other: object) -> bool:
        # Two evaluators of one contract have sites of their own.
        return (
            isinstance(other, Failure)
            and self.schema == other.schema
            and all(
                getattr(self, name) == getattr(other, name)
                for name in self.__slots__
                if name != "site"
            )
        )

    def __repr__(self) -> str:
        return f"Failure({self.keyword!r}, {self.expected!r}, {self.pointer!r}, {self.key!r})"


class Trigger(NamedTuple):
    """What a rule is asked about.

    `names` are the name of a `ProblemKind` or a `FaultKind`, JSON Schema keywords, the name of a
    binding, or the kind of fact that seeds share.
    """

    kind: Literal["problem", "keyword", "binding", "cross-file", "contract"]
    names: tuple[str, ...]


def Keyword(*names: str) -> Trigger:
    """The JSON Schema keywords that a rule explains; no other rule explains them."""
    return Trigger("keyword", names)


def CrossFile(kind: str) -> Trigger:
    """A fact of one of the `corpus.KINDS` that several seeds of a run share."""
    return Trigger("cross-file", (kind,))


@cache
def _check_of(module: str, name: str) -> Check:
    definition: Definition = getattr(import_module(module), name.replace("-", "_"))
    return definition.check


class Rule(NamedTuple):
    """What is known of a rule before it is imported.

    `module` is where it is defined. A rule that is `spared` is never asked about a value that its
    binding accepts quickly, and has promised to have nothing to say there. What a `transient` rule
    reports has to do with the machine or the moment, and is not kept for the next run. `fixable`
    says what fixes its findings have: `safe` or `unsafe` ones unless the text does not allow it,
    `sometimes` one, or one that is safe at times, "" none. `since` is the first version that has
    the rule. One that is `optional` is selected only by its code or its name.
    """

    code: str
    name: str
    severity: Severity
    on: Trigger
    module: str
    spared: bool
    transient: bool
    fixable: Fixable
    since: str
    optional: bool

    def __hash__(self) -> int:
        # What is remembered of rules is asked for with each finding.
        return hash(self.code)

    @property
    def check(self) -> Check:
        """The check function; imports the rule."""
        return _check_of(self.module, self.name)

    def finding_about(self, subject: Any) -> Finding:
        """The one finding of a rule that is asked only about what is wrong, such as a problem."""
        return next(iter(self.check(subject)))

    @property
    def doc(self) -> str:
        """The documentation: the docstring of the module."""
        return import_module(self.module).__doc__ or ""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def is_failure(self) -> bool:
        """Whether it reports a failure of seedlint, which nothing can suppress or leave out."""
        return self.family == "INT"

    @property
    def is_about_two(self) -> bool:
        """Whether it reports what seeds share, so that their names decide which is at fault."""
        return self.on.kind == "cross-file" and not COLLECTED.intersection(self.on.names)

    @property
    def is_required(self) -> bool:
        """Whether it reports that a file could not be checked. Such a rule is always on."""
        if self.on.kind == "contract":
            return self.on.names == ("UNREADABLE",)
        if self.on.kind != "problem":
            return False
        from seedlint.document.problem import PREVENTS_CHECKING, ProblemKind

        return ProblemKind[self.on.names[0]] in PREVENTS_CHECKING

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.partition("\n")[0].rstrip(".")


class Definition(NamedTuple):
    """A rule as its module defines it."""

    rule: Rule
    check: Check


_JSON = json.JSONEncoder(ensure_ascii=False)
_CODE = r"[A-Z]{2,4}[0-9]{3}"


def rule(
    code: str,
    *,
    on: ProblemKind | FaultKind | Trigger | Binding,
    severity: Severity = Severity.ERROR,
    spared: bool = False,
    transient: bool = False,
    fixable: Fixable = "",
    since: str,
    optional: bool = False,
) -> Callable[[Check], Definition]:
    """Make a rule of a check function; the module's docstring becomes its documentation.

    See `Rule` for what the arguments mean.
    """
    if not re.fullmatch(_CODE, code):
        raise ValueError(f"not a rule code: {code!r}")
    if isinstance(on, Binding):
        trigger = Trigger("binding", (on.name,))
    elif isinstance(on, Trigger):
        trigger = on
    else:
        from seedlint.document.problem import ProblemKind

        trigger = Trigger("problem" if isinstance(on, ProblemKind) else "contract", (on.name,))

    def register(check: Check) -> Definition:
        name = check.__name__.replace("_", "-")
        module = check.__module__
        return Definition(
            Rule(
                code,
                name,
                severity,
                trigger,
                module,
                spared,
                transient,
                fixable,
                since,
                optional,
            ),
            check,
        )

    return register


def show(value: Any, written: str | None = None) -> str:
    """Any data inside a message: `true`, `12`, `text`, `["a", "b"]`.

    `written` is a number as it is in the file.
    """
    if isinstance(value, str):
        return quote(value) if value else "an empty text"
    if isinstance(value, bool):
        return quote(short_json(value))
    if isinstance(value, (list, dict)) and not value:
        return "an empty list" if isinstance(value, list) else "an empty mapping"
    return quote(written or short_json(value))


def short_json(value: Any, limit: int = 60) -> str:
    """The beginning of a value as JSON, a little more than `limit` characters of it at most."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(value)
    text = ""
    # A list may be as long as the front matter.
    for piece in _JSON.iterencode(value):
        text += piece[: limit + 1]
        if len(text) > limit:
            break
    return text


def count(number: float, noun: str) -> str:
    """A number of things: `1 key`, `2 keys`."""
    shown = int(number) if number == int(number) else number
    return f"{shown} {noun}" if shown == 1 else f"{shown} {noun}s"


def either(words: Sequence[str], most: int = 12) -> str:
    """A list of which one is meant: `a`, `b` or `c`."""
    words = list(dict.fromkeys(words))
    if len(words) > most:
        return ", ".join([*words[:most], "…"])
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def one_of(phrases: Sequence[str]) -> str:
    """The same for phrases that may contain "and" or "or": `a` or `b`, or a list."""
    phrases = list(dict.fromkeys(phrases))
    if any(" and " in phrase or " or " in phrase for phrase in phrases):
        return ", or ".join(phrases[:12])
    return either(phrases)


def both(words: Sequence[str]) -> str:
    """A list of which all are meant: `a`, `b` and `c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
