"""Data against a contract: is it valid, and if not, what fails and where.

Each schema of the contract becomes a `Node`, which answers twice: `accepts` is a compiled test,
quick and true only if there is nothing to report; `failures` walks the keywords of what is not
accepted. Both come from the one entry that each keyword has in `schema/keywords/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from seedlint.rules import find_binding, rules_bound_to
from seedlint.rules.base import Failure
from seedlint.rules.binding import FILE_NAME
from seedlint.rules.binding import KEYWORD as BINDINGS
from seedlint.schema.drafts import Draft
from seedlint.schema.keywords.table import keywords_of
from seedlint.schema.predicates import (
    ACCEPT_ALL,
    ACCEPT_NONE,
    Accepts,
    Constraint,
    Predicate,
    always,
    cached_by_text,
    conjunction,
    on,
)
from seedlint.schema.references import References, Resource, Target, dynamic_anchor
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.base import Rule
    from seedlint.schema.keywords.keyword import Explain, Keyword

FALSE_SCHEMA = "false"
"""What a failure of the schema `false` is called, which is not a keyword."""

SeverityOf = Callable[["Rule"], Severity | None]
"""The severity a rule has in this run; None when it is not selected."""

Scope = tuple[tuple[str, Resource], ...]
"""For each dynamic anchor, the outermost resource on the way here that has it."""

# How many failures are kept while one document is looked at, each in half a kilobyte: in nested
# data each level has its own.
_MOST_KEPT = 100_000
# How many schemas are compiled inside each other, at a few frames of Python's stack each.
_MAX_DEPTH = 50
# No document is this one; None is what an empty front matter says.
_NO_DOCUMENT = object()


class Evaluator:
    """One contract, compiled once and checked against many documents."""

    def __init__(
        self,
        references: References,
        severity_of: SeverityOf,
        keywords: Mapping[str, Keyword] | None = None,
    ) -> None:
        """`keywords` are those that count, if not all that the draft has."""
        self.references = references
        self.draft: Draft = references.draft
        self.keywords = keywords_of(self.draft) if keywords is None else keywords
        self.severity_of = severity_of
        self.depth = 0
        # What was found out about the values of the present document, by their id.
        self.known: dict[tuple[int, int], tuple[Failure, ...]] = {}
        self._kept = 0
        # Where the quick test of a mapping or a list has stopped: the key or the index, by the ids
        # of the site and of the value. It has accepted all before it.
        self.stops: dict[tuple[int, int], Any] = {}
        # The path of the file that the present document is in, as shown to people.
        self.path = ""
        # Whether what is said of the present document is true at this moment only.
        self.is_transient = False
        # The document that `accepts` has just rejected, so that `failures` need not ask again.
        self._rejected: Any = _NO_DOCUMENT
        self._nodes: dict[tuple[int, Scope], Node] = {}
        self._bound: dict[tuple[str, int], Bound] = {}
        self._booleans = {
            True: Node(True, ACCEPT_ALL, self),
            False: Node(False, ACCEPT_NONE, self),
        }
        self.root = self.node(references.start, ())

    def accepts(self, data: Any) -> object:
        """Whether there is certainly nothing to report about a document."""
        self._forget()
        is_accepted = self.root.accepts(data)
        if not is_accepted:
            self._rejected = data
        return is_accepted

    def failures(self, data: Any) -> Sequence[Failure]:
        """What in a document departs from the contract, and what its bound rules say."""
        if data is self._rejected:
            return self.root.explain(data)
        self._forget()
        return self.root.failures(data)

    def keep(self, key: tuple[int, int], failures: tuple[Failure, ...]) -> None:
        """Note what was found out about a value, as long as that does not take too much memory."""
        self._kept += len(failures)
        if self._kept <= _MOST_KEPT:
            self.known[key] = failures

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Look at values that are not in the present document, and remember nothing of them.

        What is remembered is known by its id, and they do not live as long.
        """
        known, kept, stops = self.known, self._kept, self.stops
        self.known, self.stops = {}, {}
        try:
            yield
        finally:
            self.known, self._kept, self.stops = known, kept, stops

    def _forget(self) -> None:
        self.known.clear()
        self.stops.clear()
        self._kept = 0
        self._rejected = _NO_DOCUMENT
        self.is_transient = False

    def node(self, target: Target, scope: Scope) -> Node:
        """The node of a schema, reached with `scope` as the dynamic scope."""
        schema, resource = target.schema, target.resource
        if isinstance(schema, bool):
            return self._booleans[schema]
        if resource.dynamic:
            scope = _enter(scope, resource)
        key = (id(schema), scope)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = Node(schema, None, self, Site(self, schema, resource, scope))
        return node

    def bound(self, name: str, options: Mapping[str, Any], owner: Any) -> Bound:
        """The rules of the binding `name` with `options`, which `owner` keeps alive."""
        key = (name, id(owner))
        if key not in self._bound:
            self._bound[key] = Bound(self, name, options)
        return self._bound[key]


class Node:
    """One schema of the contract."""

    __slots__ = ("_evaluator", "_is_compiling", "_predicate", "accepts", "schema", "site")

    def __init__(
        self,
        schema: Any,
        predicate: Predicate | None,
        evaluator: Evaluator,
        site: Site | None = None,
    ) -> None:
        """`site` is None of the schemas `true` and `false`, whose `predicate` is given."""
        self.schema = schema
        self.site = site
        self._evaluator = evaluator
        self._predicate = predicate
        self._is_compiling = False
        self.accepts: Accepts = self._compile

    def _compile(self, value: Any) -> object:
        """`accepts`, the first time."""
        self.accepts = self.predicate.compile()
        return self.accepts(value)

    @property
    def predicate(self) -> Predicate:
        """The quick test of this schema."""
        if self._predicate is None:
            if self._is_compiling or self._evaluator.depth > _MAX_DEPTH:
                # The schema refers to itself, or the way here is long: what it accepts is known
                # when a value is there.
                return on(lambda value: self.accepts(value), exact=False)
            assert self.site is not None
            self._is_compiling = True
            self._evaluator.depth += 1
            try:
                self._predicate = self.site.predicate()
            finally:
                self._is_compiling = False
                self._evaluator.depth -= 1
        return self._predicate

    def is_valid(self, value: Any) -> bool:
        """Whether a value fits the schema; the warnings of rules do not count."""
        return self.fits(value) is not False

    def fits(self, value: Any) -> bool | None:
        """Whether a value fits the schema; None if it does and a rule has a warning."""
        if self.predicate.exact:
            return bool(self.accepts(value))
        failures = self.failures(value)
        if any(failure.is_assertion for failure in failures):
            return False
        return None if failures else True

    def failures(self, value: Any) -> Sequence[Failure]:
        """What is wrong with a value, and what bound rules say; pointers begin at the value."""
        # Alternatives ask at each level what is wrong below: without this they would ask twice at
        # each, and so 2 ** depth times.
        failures = self._evaluator.known.get((id(self), id(value)))
        if failures is None:
            if not self.accepts(value):
                return self.explain(value)
            failures = ()
            self._evaluator.keep((id(self), id(value)), failures)
        return failures

    def failures_at(self, step: str | int, value: Any) -> Sequence[Failure]:
        """`failures` of the value of one key, or one index, of the value in question."""
        return () if self.accepts(value) else self.explain_at(step, value)

    def explain_at(self, step: str | int, value: Any) -> Sequence[Failure]:
        """`failures_at` of a value that the schema does not accept."""
        return [failure.below(step) for failure in self.explain(value)]

    def explain(self, value: Any) -> Sequence[Failure]:
        """`failures` of a value that the schema does not accept."""
        key = (id(self), id(value))
        failures = self._evaluator.known.get(key)
        if failures is None:
            if self.site is None:
                failures = (Failure(FALSE_SCHEMA, None, value, None),)
            else:
                failures = tuple(self.site.explain(value))
            self._evaluator.keep(key, failures)
        return failures


class Site:
    """An object schema in its surroundings: what the entries of its keywords are given."""

    __slots__ = (
        "_evaluator",
        "_explains",
        "_nodes",
        "_nodes_by_key",
        "_tests",
        "draft",
        "resource",
        "schema",
        "scope",
    )

    def __init__(
        self, evaluator: Evaluator, schema: Mapping[str, Any], resource: Resource, scope: Scope
    ) -> None:
        self._evaluator = evaluator
        self.schema = schema
        self.resource = resource
        self.scope = scope
        self.draft = evaluator.draft
        self._tests: dict[str, Accepts] = {}
        # How failures of each keyword are found, with its value; None until there is a failure.
        self._explains: list[tuple[Explain, Any]] | None = None
        # By the id of the subschema, or of the object of subschemas, which `schema` keeps alive.
        self._nodes: dict[int, Node] = {}
        self._nodes_by_key: dict[int, Sequence[tuple[str, Node]]] = {}

    def get(self, keyword: str, default: Any) -> Any:
        """The value of a keyword that counts here, if the schema has it."""
        if keyword not in self.schema or keyword not in self._evaluator.keywords:
            return default
        if self.draft.ref_stands_alone and keyword != "$ref" and "$ref" in self.schema:
            return default
        return self.schema[keyword]

    def node(self, schema: Any) -> Node:
        """The node of a subschema."""
        node = self._nodes.get(id(schema))
        if node is None:
            resource = self._evaluator.references.enter(schema, self.resource)
            node = self._evaluator.node(Target(schema, resource), self.scope)
            self._nodes[id(schema)] = node
        return node

    def nodes(self, schemas: Mapping[str, Any]) -> Sequence[tuple[str, Node]]:
        """The nodes of an object of subschemas, with their keys."""
        nodes = self._nodes_by_key.get(id(schemas))
        if nodes is None:
            nodes = [(key, self.node(schema)) for key, schema in schemas.items()]
            self._nodes_by_key[id(schemas)] = nodes
        return nodes

    def stop(self, value: Any, at: str | int) -> None:
        """Note the key or the index of a value at which the quick test has stopped."""
        self._evaluator.stops[id(self), id(value)] = at

    def stop_of(self, value: Any) -> Any:
        """Where the quick test of a value has stopped; None if that is not known."""
        return self._evaluator.stops.get((id(self), id(value)))

    def target(self, keyword: str) -> Node:
        """The node that a reference leads to."""
        reference = self.schema[keyword]
        target = self._evaluator.references.resolve(reference, self.resource)
        if (anchor := dynamic_anchor(keyword, target)) is not None:
            outermost = dict(self.scope).get(anchor, target.resource)
            target = Target(outermost.dynamic[anchor], outermost)
        return self._evaluator.node(target, self.scope)

    def bound(self, name: str, options: Mapping[str, Any]) -> Bound:
        """The rules that the schema binds to its values by the binding `name`."""
        return self._evaluator.bound(name, options, self.schema)

    def apart(self) -> AbstractContextManager[None]:
        """Look at values that are not in the present document."""
        return self._evaluator.apart()

    def accepts(self, keyword: str, value: Any) -> object:
        """The quick test of one keyword of this schema."""
        test = self._tests.get(keyword)
        if test is None:
            predicate = self._evaluator.keywords[keyword].predicate
            assert predicate is not None
            test = self._tests[keyword] = predicate(self, self.schema[keyword]).compile()
        return test(value)

    def predicate(self) -> Predicate:
        """The quick test of the whole schema."""
        parts: dict[Any, Predicate] = {}
        for name, expected in self._counting():
            make = self._evaluator.keywords[name].predicate
            if make is not None and make not in parts:
                parts[make] = make(self, expected)
        return conjunction(list(parts.values()))

    def explain(self, value: Any) -> list[Failure]:
        """Each failure of a value that the schema does not accept."""
        if self._explains is None:
            keywords = self._evaluator.keywords
            self._explains = [
                (explain, expected)
                for name, expected in self._counting()
                if (explain := keywords[name].explain) is not None
            ]
        found: list[Failure] = []
        for explain, expected in self._explains:
            explain(self, expected, value, found)
        if found and value.__class__ is str and self._lists(value):
            # The contract itself asks for this text, so there is nothing to advise.
            return [failure for failure in found if not _is_advice(failure)]
        return found

    def _lists(self, text: str) -> bool:
        """Whether `enum` or `const` of the schema allow this text."""
        counting = dict(self._counting())
        return text == counting.get("const") or text in counting.get("enum", ())

    def _counting(self) -> list[tuple[str, Any]]:
        """The keywords that count here, with their values."""
        if self.draft.ref_stands_alone and "$ref" in self.schema:
            return [("$ref", self.schema["$ref"])]
        keywords = self._evaluator.keywords
        return [(name, expected) for name, expected in self.schema.items() if name in keywords]


def site_of(failure: Failure) -> Site:
    """The schema that the keyword of a failure is in; not for what rules say, or `false` does."""
    assert isinstance(failure.site, Site)
    return failure.site


def _is_advice(failure: Failure) -> bool:
    """Whether a rule says it that only ever warns, unless a configuration makes it graver."""
    return failure.said is not None and failure.said[0].severity is not Severity.ERROR


class Bound:
    """The rules that a contract binds to a field, with the options that it gives there."""

    def __init__(self, evaluator: Evaluator, name: str, options: Mapping[str, Any]) -> None:
        binding = find_binding(name)
        assert binding is not None
        self._binding = binding
        self._evaluator = evaluator
        selected = [
            (rule, severity)
            for rule in rules_bound_to(name)
            if (severity := evaluator.severity_of(rule)) is not None
        ]
        self._selected = selected
        # What the contract says, without what is added to it.
        self._given = options
        if selected and binding.complete is not None:
            options = binding.complete(options, evaluator.references.surroundings)
        self._options = options
        self._looks_outside = bool(selected) and binding.looks_outside(options)
        # Rules that are not `spared` are asked even about what the binding accepts quickly.
        self._unspared = [each for each in selected if not each[0].spared]
        self._quick = binding.quick_accept(options) if selected else always
        self._of_text = cached_by_text(self._ask)
        types = frozenset([binding.applies_to])
        quick = None if self._unspared else self._quick
        constraints = [Constraint(lambda value: not self.failures(value), types, quick)]
        if binding.takes_items:
            in_list = Constraint(lambda value: not self._of_items(value), frozenset([list]))
            constraints.append(in_list)
        self.predicate = Predicate(tuple(constraints), exact=False)

    def failures(self, value: Any) -> Sequence[Failure]:
        """What the rules say of a value, as failures of the keyword `x-seedlint`."""
        if value.__class__ is not self._binding.applies_to:
            if value.__class__ is list and self._binding.takes_items:
                return self._of_items(value)
            return ()
        if self._looks_outside:
            self._evaluator.is_transient = True
        if value.__class__ is str:
            return self._of_text(value)
        key = (id(self), id(value))
        found = self._evaluator.known.get(key)
        if found is None:
            found = self._ask(value)
            self._evaluator.keep(key, found)
        return found

    def _of_items(self, values: list[Any]) -> Sequence[Failure]:
        """`failures` of each item of a list; lists inside it pass."""
        kind, quick = self._binding.applies_to, self._quick
        return [
            failure.below(index)
            for index, item in enumerate(values)
            if item.__class__ is kind and (self._unspared or not quick(item))
            for failure in self.failures(item)
        ]

    def _ask(self, value: Any) -> tuple[Failure, ...]:
        asked = self._unspared if self._quick(value) else self._selected
        options = self._options
        if self._binding.needs_file_name:
            options = {**options, FILE_NAME: self._evaluator.path}
        subject = self._binding.parse(value, options) if asked else None
        if subject is None:
            return ()
        found = tuple(
            Failure(
                BINDINGS,
                self._given,
                value,
                None,
                said=(rule, finding),
                # A rule below error level is not an assertion: it does not decide which
                # alternative fits.
                is_assertion=severity is Severity.ERROR,
            )
            for rule, severity in asked
            for finding in rule.check(subject)
        )
        if any(each.said and each.said[0].transient for each in found):
            # What is left of it may be the finding of another rule, a suppression, or nothing.
            self._evaluator.is_transient = True
        return found


def _enter(scope: Scope, resource: Resource) -> Scope:
    """`scope` inside `resource`: the anchors that nothing around it has named already."""
    named = dict(scope)
    if named.keys() >= resource.dynamic.keys():
        return scope
    for anchor in resource.dynamic:
        named.setdefault(anchor, resource)
    return tuple(sorted(named.items(), key=lambda item: item[0]))
