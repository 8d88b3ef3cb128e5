"""From the failures of the evaluator to findings.

The failures of alternatives are replaced by those of the one that was meant
(`schema/alternatives.py`). What else the wording needs is looked up in the contract
(`schema/outline.py`), and each failure goes to the rule of its keyword. Of findings about one
mistake, `schema/folding.py` says which one is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from seedlint.document.pointer import Pointer, value_at
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.base import About, Failure, Rule, both, quote
from seedlint.rules.json_types import json_type
from seedlint.schema.evaluate import FALSE_SCHEMA, SeverityOf, site_of
from seedlint.schema.folding import MISSING, UNKNOWN, Explained, Found, Reportable, fold, leave
from seedlint.schema.keywords.unevaluated import in_place, knows_renamed
from seedlint.schema.outline import (
    Reach,
    in_words,
    in_yaml,
    named_keys,
    needed_keys,
    nodes_at,
    nodes_below,
    only_value,
    patterns_of_keys,
    required_keys,
    sites_beside,
    sites_of,
)
from seedlint.text.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.schema.dedented import Dedented
    from seedlint.schema.evaluate import Node, Site
    from seedlint.schema.split_entries import SplitEntry

# How many keys that no schema names are compared with a missing one.
_MOST_OTHERS = 50
# How many of the keys that an empty mapping lacks are listed.
_MOST_LISTED = 12
# How many unknown keys of one mapping are tried under another name.
_MOST_TRIES = 10
# Of how many missing and unknown keys of one seed it is asked what was meant.
_MOST_PAIRED = 2_000
# How many keys an entry must have before it is said to belong to another list.
_FEWEST_FOREIGN = 3
# How many keys inside each other one with dots may name.
_MOST_STEPS = 4
_ON_KEYS = frozenset((*UNKNOWN, *MISSING))
# A text that fits wherever any text does.
_ANY_TEXT = "Any text"
_UNIONS = ("anyOf", "oneOf")
# What is around the failures of a whole document: nothing.
_OUTERMOST = Reportable(Failure("", None, None, None))


class Seed(NamedTuple):
    """The data, the root of the contract, and how a number, boolean or null is written, if it is.

    `is_flow` says whether a mapping or a list is written in braces or brackets, `has_layout` that
    the data depend on the indentation of lines, as in YAML.
    """

    data: Any
    root: Node
    written: Callable[[Pointer], str | None]
    is_flow: Callable[[Pointer], bool]
    has_layout: bool = True


def explain(
    failures: Sequence[Failure], severity_of: SeverityOf, seed: Seed | None = None
) -> list[Explained]:
    """The findings of the selected rules about failures."""
    dedented: list[Dedented] = []
    split: list[SplitEntry] = []
    if seed is not None and seed.has_layout and len(failures) > 1:
        # Both are mistakes with a failure for each key.
        from seedlint.schema.dedented import find_dedented
        from seedlint.schema.split_entries import find_split_entries

        failures, dedented = find_dedented(seed.data, failures, seed.written, seed.is_flow)
        failures, split = find_split_entries(failures)
    wholes: list[Reportable] = []
    reported = list(_resolve_alternatives(failures, _OUTERMOST, wholes))
    _pair_keys(reported, has_layout=seed is not None and seed.has_layout)
    found = [(each, _ask(each.failure, severity_of, seed, each.conditions)) for each in reported]
    explained = [each for _, of_one in found for each in of_one]
    if len(explained) > 1:
        fold(found, severity_of)
        _join_missing(found)
        _join_foreign(found)
    if wholes:
        explained += _explain_wholes(wholes, found, severity_of, seed)
    for finding, others in (*dedented, *split):
        of_others = explain(others, severity_of)
        leave(of_others, [each for each in explained if each.finding is finding])
        explained += of_others
    return explained


def _explain_wholes(
    wholes: Sequence[Reportable], found: Found, severity_of: SeverityOf, seed: Seed | None
) -> list[Explained]:
    """The findings about alternatives, left to those that are reported in place of them."""
    parts: list[list[Explained]] = [[] for _ in wholes]
    for each, of_one in found:
        for number in each.wholes:
            parts[number] += of_one
    explained: list[Explained] = []
    # The last come first, because a whole may be inside another.
    for number in reversed(range(len(wholes))):
        of_whole = _ask(wholes[number].failure, severity_of, seed)
        leave(of_whole, parts[number])
        for outer in wholes[number].wholes:
            parts[outer] += of_whole
        explained += of_whole
    return explained


def _join_missing(found: Found) -> None:
    """Report the keys that an empty mapping lacks in one finding."""
    of_empty: dict[Pointer, list[Explained]] = {}
    for reported, of_one in found:
        failure = reported.failure
        is_plain = failure.keyword == "required" and not failure.about.keys
        if is_plain and not failure.instance and not reported.conditions:
            missing = [each for each in of_one if not each.under]
            of_empty.setdefault(failure.pointer, []).extend(missing)
    for pointer, missing in of_empty.items():
        # A condition may ask for the same key once more.
        names = list(dict.fromkeys(quote(str(each.finding.subject)) for each in missing))
        if len(names) < 2:
            continue
        chief = missing[0]
        shown = names[:_MOST_LISTED]
        if len(names) > len(shown):
            shown.append(f"{len(names) - len(shown)} more")
        what = "mapping" if pointer else "front matter"
        chief.finding = chief.finding._replace(
            message=f"the {what} is empty, and {len(names)} keys are required",
            help=f"add {both(shown)}, each with its value",
            fix=None,
        )
        leave(missing[1:], [chief])


def _join_foreign(found: Found) -> None:
    """Report entries of a list that have none of the keys known there in one finding.

    They belong to another list, whose key is missing above them.
    """
    of_entry: dict[Pointer, list[Explained]] = {}
    for reported, of_one in found:
        failure, pointer = reported.failure, reported.failure.pointer
        is_entry = len(pointer) > 1 and isinstance(pointer[-1], int)
        if failure.keyword in UNKNOWN and is_entry and len(failure.instance) >= _FEWEST_FOREIGN:
            is_near = failure.about.meant or failure.about.nested
            of_entry.setdefault(pointer, []).extend(() if is_near else of_one)
    chiefs: dict[Pointer, Explained] = {}
    for reported, of_one in found if of_entry else ():
        failure, pointer = reported.failure, reported.failure.pointer
        unknown = of_entry.get(pointer)
        is_about_keys = failure.keyword in (*UNKNOWN, "required")
        if unknown and is_about_keys and len(unknown) == len(failure.instance):
            chief = chiefs.setdefault(pointer[:-1], unknown[0])
            leave((each for each in of_one if each is not chief), [chief])
    for pointer, chief in chiefs.items():
        chief.finding = chief.finding._replace(
            message=f"this entry has none of the keys that are known in {quote(str(pointer[-1]))}",
            help="if it belongs to another list, write the key of that list on a line above it; "
            f"{chief.finding.help}",
        )


def _resolve_alternatives(
    failures: Iterable[Failure], above: Reportable, wholes: list[Reportable]
) -> Iterator[Reportable]:
    """The failures to report: in place of alternatives, those of the one that was meant."""
    for relative in failures:
        failure, base = relative, above.failure.pointer
        if base:
            failure = failure.at((*base, *failure.pointer))
        here = Reportable(failure, above.conditions, above.wholes)
        if failure.keyword == "if" or (failure.branches and failure.keyword in _UNIONS):
            yield from _resolve(failure, above, wholes)
        elif failure.keyword == "oneOf":
            yield here._replace(failure=_exclusive(failure))
        elif failure.keyword == "not":
            yield from _forbidden(here)
        else:
            yield here


def _resolve(failure: Failure, above: Reportable, wholes: list[Reportable]) -> Iterator[Reportable]:
    """The failures to report in place of a failure that has branches."""
    # Few contracts have alternatives.
    from seedlint.schema.alternatives import is_refused, resolve

    here = above._replace(failure=failure)
    if failure.keyword == "if" and not is_refused(failure):
        first = failure.branches[0][0]
        if first.keyword == FALSE_SCHEMA and not first.pointer and not failure.branches[1]:
            yield from _forbidden(here)
            return
        unmet = _resolve_alternatives(failure.branches[1], here, [])
        places = tuple(place for each in unmet for place in each.places) or _met_at(failure)
        inside = here._replace(conditions=(*above.conditions, *places))
        yield from _resolve_alternatives(failure.branches[0], inside, wholes)
        return
    meant = resolve(failure)
    whole = failure
    if failure.keyword == "if":
        whole = Failure("anyOf", (), failure.instance, failure.site, pointer=failure.pointer)
    if len(meant) != 1 or meant[0].keyword != "anyOf" or meant[0].branches:
        here = here._replace(wholes=(*above.wholes, len(wholes)))
        wholes.append(above._replace(failure=whole))
    yield from _resolve_alternatives(meant, here, wholes)


def _met_at(failure: Failure) -> tuple[Pointer, ...]:
    """The places of the values that meet the condition of `if`."""
    site, value = site_of(failure), failure.instance
    if not isinstance(value, dict):
        return ()
    names = named_keys(sites_of([site.node(failure.expected)], value))
    return tuple((*failure.pointer, name) for name in names if name in value)


def _exclusive(failure: Failure) -> Failure:
    """A value that fits several alternatives of `oneOf`: which keys exclude each other."""
    site, value = site_of(failure), failure.instance
    fitting = [node for node in map(site.node, failure.expected) if node.is_valid(value)]
    groups = [required_keys(sites_of([node], value)) for node in fitting]
    common = set(groups[0]).intersection(*groups[1:])
    keys = [tuple(key for key in group if key not in common) for group in groups]
    if not isinstance(value, dict) or not all(keys):
        return failure
    return failure.at(failure.pointer, About(keys=tuple(dict.fromkeys(keys))))


def _forbidden(reported: Reportable) -> Iterator[Reportable]:
    """A value that fits what it must not: with the keys and values that are to blame."""
    failure = reported.failure
    site, value = site_of(failure), failure.instance
    node = site.node(failure.expected)
    nodes = [node]
    inner = node.site
    if inner is not None and not {"required", "properties"} & inner.schema.keys():
        # Several forbidden things are reported one by one.
        listed = map(inner.node, inner.get("anyOf", ()))
        nodes = [each for each in listed if each.is_valid(value)] or nodes
    for each in nodes:
        yield reported._replace(failure=_forbidden_by(each, failure))


def _forbidden_by(node: Node, failure: Failure) -> Failure:
    value = failure.instance
    about = About(why=_description(node))
    if isinstance(value, dict):
        sites = sites_of([node], value)
        given = [
            key
            for key in named_keys(sites)
            if key in value
            and any(each.schema is not True for each in nodes_at([node], value, (key,)))
        ]
        free = [key for key in required_keys(sites) if key in value and key not in given]
        order = list(value)
        about = about._replace(
            keys=(tuple(sorted(free, key=order.index)),),
            wanted=tuple(sorted(given, key=order.index)),
        )
        absent = [key for key in named_keys(sites) if key not in value]
        if absent and not free and not given:
            # The value fits only because the key is missing.
            return Failure(
                "required", (), value, failure.site, pointer=failure.pointer, key=absent[0]
            )
    return Failure(
        "not", failure.expected, value, failure.site, pointer=failure.pointer, about=about
    )


def _description(node: Node) -> str | None:
    schema = node.schema if isinstance(node.schema, dict) else {}
    text = schema.get("description", schema.get("title"))
    return text if isinstance(text, str) else None


def _pair_keys(reported: list[Reportable], *, has_layout: bool) -> None:
    """Give each unknown key the known one that was probably meant.

    A known key is given only once: two keys renamed to it would be a duplicate. With `has_layout` a
    key with dots may be one inside another.
    Where there are very many unknown keys, only the outer ones are looked at: nobody reads of the
    others.
    """
    by_mapping: dict[Pointer, list[int]] = {}
    for number, each in enumerate(reported):
        if each.failure.keyword in _ON_KEYS:
            by_mapping.setdefault(each.failure.pointer, []).append(number)
    if not by_mapping:
        return
    left = _MOST_PAIRED
    for pointer in sorted(by_mapping, key=len):
        numbers = by_mapping[pointer][: max(left, 0)]
        left -= len(numbers)
        taken: set[str] = set()
        tries = _MOST_TRIES
        looked_up: dict[int, tuple[list[str], list[str], tuple[str, ...]]] = {}
        of_holder: dict[tuple[str, ...], list[int]] = {}
        lacking = [
            reported[at].failure.key for at in numbers if reported[at].failure.keyword == "required"
        ]
        for number in numbers:
            failure = reported[number].failure
            if failure.keyword not in UNKNOWN:
                reported[number] = reported[number]._replace(failure=_with_slip(failure))
                continue
            if id(failure.site) not in looked_up:
                looked_up[id(failure.site)] = _known_keys(failure)
            known, others, words = looked_up[id(failure.site)]
            outer, dot, _ = failure.key.partition(".")
            nested: tuple[str, ...] = ()
            if has_layout and dot and f"`{outer}`" in words and tries:
                tries -= 1
                nested = _nested(failure)
            if nested:
                about = About(known=words, nested=nested)
                failure = failure.at(failure.pointer, about)
                reported[number] = reported[number]._replace(failure=failure)
                of_holder.setdefault(nested[:-1], []).append(number)
                continue
            near = nearest(failure.key, [key for key in known if key not in taken])
            if near is None and (there := _glued_or_short(failure, lacking)):
                near = there if there in known and there not in taken else None
            if near is None and others and tries:
                tries -= 1
                near = _nearest_elsewhere(failure, [key for key in others if key not in taken])
            if near:
                taken.add(near)
            about = About(known=words, meant=near)
            reported[number] = reported[number]._replace(failure=failure.at(failure.pointer, about))
        for first, *more in of_holder.values():
            failure = reported[first].failure
            joined = tuple(reported[at].failure.key for at in more)
            about = failure.about._replace(joined=joined)
            reported[first] = reported[first]._replace(failure=failure.at(pointer, about))
        _pair_by_value(reported, numbers)


def _glued_or_short(failure: Failure, lacking: Sequence[str]) -> str | None:
    """The key that an unknown one begins with, ends with, or is the beginning of; None if none is.

    `name:Ada`, `name "Ada: …` and `{name Ada}` without the colon or its space, `provider.name` in
    `provider`, and `h` for the only key that is missing and begins with it.
    """
    key = failure.key
    begin, _, rest = key.partition(" ")
    is_pair = bool(rest) and (failure.instance[key] is None or rest[0] in "\"'")
    if is_pair and ":" not in begin and (begin in lacking or failure.instance[key] is None):
        return begin
    if ":" in key:
        return key.partition(":")[0]
    if failure.pointer and key.startswith(f"{failure.pointer[-1]}."):
        return key.partition(".")[2]
    begun = [name for name in lacking if name.lower().startswith(key.lower())]
    return begun[0] if key and len(begun) == 1 else None


def _sites_with(site: Site, value: Any) -> list[Site]:
    """The schema and every other one that looks at a value together with it."""
    return [site, *sites_of(list(in_place(site, value)), value)]


def _nodes_of_key(sites: Sequence[Site], key: str) -> list[Node]:
    """The schemas for the value of a key, from those that name the key."""
    return [
        node
        for site in sites
        if key in site.get("properties", {})
        for node in nodes_below(site, key)
    ]


def _nested(failure: Failure) -> tuple[str, ...]:
    """The keys that an unknown key such as `provider.name` consists of, if each is in the other.

    None if they cannot be written where they belong because of what is there.
    """
    steps = tuple(failure.key.split(".")[: _MOST_STEPS + 1])
    if not 1 < len(steps) <= _MOST_STEPS:
        return ()
    holder = failure.instance.get(steps[0])
    is_free = holder is None or (isinstance(holder, dict) and steps[1] not in holder)
    if not is_free or (steps[0] in failure.instance and len(steps) > 2):
        return ()
    site = site_of(failure)
    sites = _sites_with(site, failure.instance)
    for step in steps:
        nodes = _nodes_of_key(sites, step)
        if not nodes:
            return ()
        sites = sites_of(nodes, {})
    return steps


def _pair_by_value(reported: list[Reportable], numbers: Sequence[int]) -> None:
    """If one key is unknown and one is missing, whose value it can only have: that was meant."""
    unknown = [at for at in numbers if reported[at].failure.keyword in UNKNOWN]
    missing = [reported[at].failure for at in numbers if reported[at].failure.keyword in MISSING]
    if len(unknown) != 1 or len(missing) != 1:
        return
    failure, lacking = reported[unknown[0]].failure, missing[0]
    if failure.about.meant or lacking.keyword != "required" or lacking.about.keys:
        return
    value = failure.instance[failure.key]
    site = site_of(lacking)
    sites = _sites_with(site, lacking.instance)
    nodes = _nodes_of_key(sites, lacking.key)
    # `true` and any text fit many keys, so they say nothing.
    is_telling = not isinstance(value, bool) and any(not node.is_valid(_ANY_TEXT) for node in nodes)
    if is_telling and all(node.is_valid(value) for node in nodes):
        about = failure.about._replace(meant=lacking.key)
        reported[unknown[0]] = reported[unknown[0]]._replace(
            failure=failure.at(failure.pointer, about)
        )


def _known_keys(failure: Failure) -> tuple[list[str], list[str], tuple[str, ...]]:
    """The keys that a mapping may have but has not, and those it may have in words.

    The second ones are of alternatives and conditions that do not apply as the mapping is.
    """
    site, value = site_of(failure), failure.instance
    sites = [site]
    others: list[str] = []
    if failure.keyword == "unevaluatedProperties":
        # `additionalProperties` knows only what is beside it.
        sites += sites_of(list(in_place(site, value, unfitting=True)), value)
        others = named_keys(sites_beside(site, value))
    names = named_keys(sites)
    words = [f"`{name}`" for name in names]
    words += [f"those that match {quote(each)}" for each in patterns_of_keys(sites)]
    known = [name for name in names if name not in value]
    return known, [name for name in others if name not in value], tuple(words)


def _nearest_elsewhere(failure: Failure, others: Sequence[str]) -> str | None:
    """A key like the unknown one that would be known if it were there instead."""
    near = nearest(failure.key, others)
    site = site_of(failure)
    if near is None or not knows_renamed(site, failure.instance, failure.key, near):
        return None
    return near


def _with_slip(failure: Failure) -> Failure:
    """A missing key with what it may say, and the key that may be a misspelt one of it."""
    about, value = failure.about, failure.instance
    if failure.keyword != "required" or about.keys:
        return failure
    site = site_of(failure)
    sites = _sites_with(site, value)
    names = set(named_keys(sites))
    # With more unknown keys than this, they are not misspellings.
    others = list(islice((key for key in value if key not in names), _MOST_OTHERS))
    others = [key for key in others if not key.startswith(f"{failure.key}.")]
    example, only = about.example, ()
    if not example:
        only = only_value(sites, failure.key)
        example = f"`{failure.key}: {in_yaml(only[0])}`" if only else None
    meant = nearest(failure.key, others) if others else None
    return failure.at(failure.pointer, about._replace(meant=meant, example=example, only=only))


def _ask(
    failure: Failure,
    severity_of: SeverityOf,
    seed: Seed | None,
    conditions: tuple[Pointer, ...] = (),
) -> list[Explained]:
    """The findings of a failure's rule; none if it is not selected."""
    pointer = failure.pointer
    if failure.said is not None:
        return [Explained(failure.said[0], pointer, failure.said[1])]
    rule = _rule_of(failure.keyword)
    if severity_of(rule) is None:
        return []
    value = failure.instance
    about = failure.about
    if seed is not None and json_type(value) in ("integer", "number", "boolean"):
        about = about._replace(written=seed.written(pointer))
    if seed is not None and about.nested:
        about = about._replace(in_braces=seed.is_flow(pointer))
    elif seed is not None and value is None and pointer and isinstance(pointer[-1], str):
        about = about._replace(is_required=pointer[-1] in _needed(seed, pointer[:-1], "every"))
    elif seed is not None and failure.keyword in ("dependentRequired", "dependencies"):
        about = about._replace(is_required=failure.key in _needed(seed, pointer, "every"))
    elif seed is not None and failure.keyword in ("not", "oneOf") and about.keys:
        # Any of them can be removed, except those that must be there.
        certain = _needed(seed, pointer, "certain")
        about = about._replace(
            surplus=tuple(key for keys in about.keys for key in keys if key not in certain)
        )
    if failure.keyword in ("contains", "minContains", "maxContains"):
        site = site_of(failure)
        words = in_words(site.node(site.get("contains", True)))
        about = about._replace(wanted=(words,) if words else ())
    if failure.keyword == "type" and isinstance(value, (str, list)):
        site = site_of(failure)
        if "object" in failure.expected:
            about = about._replace(keys=(tuple(site.get("required", ())),))
        elif failure.expected == "array" and isinstance(value, str):
            entry = sites_of([site.node(site.get("items", True))], {})
            about = about._replace(keys=(tuple(required_keys(entry)),))
    if about is not failure.about:
        failure = failure.at(pointer, about)
    return [Explained(rule, pointer, finding, conditions) for finding in rule.check(failure)]


def _needed(seed: Seed, pointer: Pointer, reach: Reach) -> set[str]:
    """The keys that the contract asks for in the mapping at `pointer`."""
    nodes = nodes_at([seed.root], seed.data, pointer, reach)
    mapping = value_at(seed.data, pointer)
    return needed_keys(sites_of(nodes, mapping, reach), mapping)


@cache
def _rules_by_keyword() -> Mapping[str, Rule]:
    return {
        name: rule
        for rule in all_rules().values()
        if rule.on.kind == "keyword"
        for name in rule.on.names
    }


def _rule_of(keyword: str) -> Rule:
    return _rules_by_keyword()[keyword]
