"""Keywords that apply other schemas to the same value: alternatives, conditions, references."""

from __future__ import annotations

from seedlint.rules.base import Failure
from seedlint.schema.drafts import DRAFT_4, DRAFT_7, DRAFT_2019, DRAFT_2020, Draft
from seedlint.schema.keywords.keyword import Keyword
from seedlint.schema.predicates import ACCEPT_ALL, Predicate, conjunction, on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.evaluate import Node, Site


def _reference(keyword: str, since: Draft = DRAFT_4, until: Draft = DRAFT_2020) -> Keyword:
    def predicate(site: Site, reference: Any) -> Predicate:
        return site.target(keyword).predicate

    def explain(site: Site, reference: Any, value: Any, found: list[Failure]) -> None:
        found += site.target(keyword).failures(value)

    return Keyword(keyword, since=since, until=until, predicate=predicate, explain=explain)


def _all_of(site: Site, schemas: Any) -> Predicate:
    return conjunction([site.node(each).predicate for each in schemas])


def _explain_all_of(site: Site, schemas: Any, value: Any, found: list[Failure]) -> None:
    for each in schemas:
        found += site.node(each).failures(value)


def _any_of(site: Site, schemas: Any) -> Predicate:
    nodes = [site.node(each) for each in schemas]

    def accepts(value: Any) -> bool:
        for node in nodes:
            fits = node.fits(value)
            if fits is not False:
                # The first that fits counts, even if a rule has a warning there.
                return bool(fits)
        return False

    return on(accepts, exact=all(node.predicate.exact for node in nodes))


def _explain_any_of(site: Site, schemas: Any, value: Any, found: list[Failure]) -> None:
    branches = []
    for each in schemas:
        failures = tuple(site.node(each).failures(value))
        if not any(failure.is_assertion for failure in failures):
            found += failures
            return
        branches.append(failures)
    found.append(Failure("anyOf", schemas, value, site, branches=tuple(branches)))


def _one_of(site: Site, schemas: Any) -> Predicate:
    nodes = [site.node(each) for each in schemas]

    def accepts(value: Any) -> bool:
        fitting = 0
        for node in nodes:
            fits = node.fits(value)
            if fits is None:
                return False
            fitting += fits
        return fitting == 1

    return on(accepts, exact=all(node.predicate.exact for node in nodes))


def _explain_one_of(site: Site, schemas: Any, value: Any, found: list[Failure]) -> None:
    branches = []
    fitting = 0
    warnings: list[Failure] = []
    for each in schemas:
        failures = tuple(site.node(each).failures(value))
        if any(failure.is_assertion for failure in failures):
            branches.append(failures)
        else:
            fitting += 1
            warnings += failures
    if not fitting:
        found.append(Failure("oneOf", schemas, value, site, branches=tuple(branches)))
    elif fitting > 1:
        found.append(Failure("oneOf", schemas, value, site, fits=fitting))
    else:
        found += warnings


def _not(site: Site, schema: Any) -> Predicate:
    node = site.node(schema)
    return on(lambda value: not node.is_valid(value))


def _explain_not(site: Site, schema: Any, value: Any, found: list[Failure]) -> None:
    if site.node(schema).is_valid(value):
        found.append(Failure("not", schema, value, site))


def _chosen(site: Site, condition: Any, value: Any) -> Node:
    """What a condition asks of a value: the node of `then` or of `else`."""
    keyword = "then" if site.node(condition).is_valid(value) else "else"
    return site.node(site.get(keyword, True))


def _if(site: Site, condition: Any) -> Predicate:
    nodes = [site.node(site.get(keyword, True)) for keyword in ("then", "else")]
    if all(node.schema is True for node in nodes):
        return ACCEPT_ALL
    then, other = nodes
    is_valid = site.node(condition).is_valid
    return on(
        lambda value: then.accepts(value) if is_valid(value) else other.accepts(value),
        exact=then.predicate.exact and other.predicate.exact,
    )


def _explain_if(site: Site, condition: Any, value: Any, found: list[Failure]) -> None:
    chosen = tuple(_chosen(site, condition, value).failures(value))
    if chosen:
        # Why it was chosen belongs to it: what does not fit the condition may be the mistake.
        branches = (chosen, tuple(site.node(condition).failures(value)))
        certain = any(failure.is_assertion for failure in chosen)
        found.append(Failure("if", condition, value, site, branches=branches, is_assertion=certain))


KEYWORDS = (
    _reference("$ref"),
    _reference("$dynamicRef", since=DRAFT_2020),
    _reference("$recursiveRef", since=DRAFT_2019, until=DRAFT_2019),
    Keyword("allOf", "schemas", in_place=True, predicate=_all_of, explain=_explain_all_of),
    Keyword("anyOf", "schemas", in_place=True, predicate=_any_of, explain=_explain_any_of),
    Keyword("oneOf", "schemas", in_place=True, predicate=_one_of, explain=_explain_one_of),
    Keyword("not", "schema", in_place=True, predicate=_not, explain=_explain_not),
    Keyword("if", "schema", in_place=True, since=DRAFT_7, predicate=_if, explain=_explain_if),
    # Both say what the `if` beside them asks for.
    Keyword("then", "schema", in_place=True, since=DRAFT_7),
    Keyword("else", "schema", in_place=True, since=DRAFT_7),
)
