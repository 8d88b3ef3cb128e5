"""What the schemas of a contract say about a value, for the wording of findings.

Nothing here decides whether a value is valid. It answers which keys a mapping may have, which
values a key takes, and what an alternative is in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedlint.document.pointer import Pointer
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import both, count, either, quote, short_json
from seedlint.rules.json_types import NOUNS, json_type, show_each
from seedlint.schema.keywords.unevaluated import in_place, references_of
from seedlint.text.formats import FORMATS, describe
from seedlint.text.patterns import compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from seedlint.schema.evaluate import Node, Site

_MISSING = object()
# Text that YAML reads as it is written.
_PLAIN = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z](?:[\w -]*\w)?", re.IGNORECASE
)
# How much of an alternative is shown: names of keys, and characters of a pattern.
_KEYS = 4
_PATTERN = 100


class Asked(NamedTuple):
    """What schemas ask of a value as a whole: one of some values, or of some types of JSON."""

    values: tuple[Any, ...] | None = None
    types: frozenset[str] | None = None

    @property
    def kinds(self) -> frozenset[str] | None:
        """The types that a value may have; None if any."""
        if self.values is not None:
            return frozenset(map(json_type, self.values))
        if self.types is not None and "number" in self.types:
            return self.types | {"integer"}
        return self.types


Reach: TypeAlias = 'Literal["certain", "applying", "every"]'
"""Which schemas count: `certain`, those that every value has to fit; `applying`, also the
alternatives and conditions that this value fits; `every`, all of them."""


def sites_of(nodes: Sequence[Node], value: Any, reach: Reach = "applying") -> list[Site]:
    """Every schema that looks at a value together with `nodes`: by reference, `allOf` and so on."""
    found: list[Site] = []
    seen: set[int] = set()
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if node.site is None or id(node) in seen:
            continue
        seen.add(id(node))
        found.append(node.site)
        waiting += reversed(list(_beside(node.site, value, reach)))
    return found


def _beside(site: Site, value: Any, reach: Reach) -> Iterator[Node]:
    if reach == "certain":
        yield from references_of(site)
        yield from map(site.node, site.get("allOf", ()))
        return
    yield from in_place(site, value)
    if reach == "every":
        for keyword in ("anyOf", "oneOf"):
            yield from map(site.node, site.get(keyword, ()))
        for keyword in ("if", "then", "else"):
            yield site.node(site.get(keyword, True))
    elif site.get("else", True) is False:
        # Whatever does not meet the condition is refused, so the condition is asked for.
        yield site.node(site.get("if", True))


def sites_beside(site: Site, value: Any) -> list[Site]:
    """Every schema that may look at a value together with that of `site`."""
    return sites_of(list(_beside(site, value, "every")), value, "every")


def nodes_at(
    nodes: Sequence[Node], value: Any, pointer: Pointer, reach: Reach = "applying"
) -> list[Node]:
    """The schemas for what is at `pointer` in a value, if `nodes` are the schemas for the value."""
    found = list(nodes)
    for step in pointer:
        found = [
            inner for site in sites_of(found, value, reach) for inner in nodes_below(site, step)
        ]
        value = value[step]
    return found


def nodes_below(site: Site, step: str | int) -> list[Node]:
    """The schemas for the value under a key, or at an index."""
    if isinstance(step, str):
        found = [each for name, each in site.get("properties", {}).items() if name == step]
        found += [
            each
            for pattern, each in site.get("patternProperties", {}).items()
            if compile_pattern(pattern).search(step)
        ]
        others = site.get("additionalProperties", True)
    else:
        items, others = site.get("items", True), True
        if not isinstance(items, list):
            items, others = site.get("prefixItems", ()), items
        else:
            others = site.get("additionalItems", True)
        found = list(items[step : step + 1])
    return [site.node(each) for each in found or [others]]


def asked(sites: Sequence[Site]) -> Asked:
    """What several schemas ask of one value, together."""
    values: tuple[Any, ...] | None = None
    types: frozenset[str] | None = None
    for site in sites:
        listed = site.get("enum", None)
        const = site.get("const", _MISSING)
        if const is not _MISSING:
            listed = [const]
        if listed is not None and (values is None or len(listed) < len(values)):
            values = tuple(listed)
        names = site.get("type", None)
        if names is not None:
            of_site = frozenset([names] if isinstance(names, str) else names)
            types = of_site if types is None else types & of_site or of_site
    return Asked(values, types)


def required_keys(sites: Sequence[Site]) -> list[str]:
    """The keys that a mapping must have."""
    return list(dict.fromkeys(key for site in sites for key in site.get("required", ())))


def needed_keys(sites: Sequence[Site], value: dict[str, Any]) -> set[str]:
    """The keys that a mapping must have, including those that its other keys need."""
    return set(required_keys(sites)) | {
        needed
        for site in sites
        for keyword in ("dependentRequired", "dependencies")
        for key, names in site.get(keyword, {}).items()
        if key in value and isinstance(names, list)
        for needed in names
    }


def named_keys(sites: Sequence[Site]) -> list[str]:
    """The keys that a mapping may have and schemas name."""
    return _names_in("properties", sites)


def patterns_of_keys(sites: Sequence[Site]) -> list[str]:
    """The patterns that schemas have for keys that a mapping may have."""
    return _names_in("patternProperties", sites)


def _names_in(keyword: str, sites: Sequence[Site]) -> list[str]:
    return list(
        dict.fromkeys(
            name
            for site in sites
            for name, schema in site.get(keyword, {}).items()
            if schema is not False
        )
    )


def in_words(node: Node) -> str | None:
    """What a schema asks for: `text`, ``a mapping with `kind: lead` ``; None if it is too much."""
    sites = sites_of([node], None)
    ask = asked(sites)
    if ask.values is not None:
        return either(show_each(ask.values)) or None
    keys = required_keys(sites)
    if keys and (ask.types is None or ask.types == {"object"}):
        return f"a mapping with {both([_pair(sites, key) for key in keys[:_KEYS]])}"
    title = next(
        (site.schema["title"] for site in sites if isinstance(site.schema.get("title"), str)), None
    )
    if ask.types is None or ask.types == {"string"}:
        text = _text_in_words(sites)
        if text:
            return text
    if ask.types is None:
        return title and quote(title)
    return either([NOUNS[kind] for kind in sorted(ask.types)]) + (
        f" ({quote(title)})" if title and ask.types & {"object", "array"} else ""
    )


def _text_in_words(sites: Sequence[Site]) -> str | None:
    for site in sites:
        name, pattern = site.get("format", None), site.get("pattern", None)
        if name in FORMATS:
            return describe(name)
        if pattern is not None:
            return f"text that matches {quote(pattern, _PATTERN)}"
        if (least := site.get("minLength", 0)) > 1:
            return f"text of at least {count(least, 'character')}"
    return None


def only_value(sites: Sequence[Site], key: str) -> tuple[Any, ...]:
    """The text, number or boolean that a key must say, if it can say one thing only."""
    nodes = [inner for site in sites for inner in nodes_below(site, key)]
    values = asked(sites_of(nodes, None)).values
    if values is None or len(values) != 1 or values[0] is None or values[0] == "":
        return ()
    return () if isinstance(values[0], (list, dict)) else values


def example_of(sites: Sequence[Site], key: str) -> str | None:
    """What a key must say, if it can say one thing only."""
    values = only_value(sites, key)
    return in_yaml(values[0]) if values else None


def in_yaml(value: Any) -> str:
    """A text, number or boolean as it can be written."""
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else short_json(value)


def _pair(sites: Sequence[Site], key: str) -> str:
    """A key that must be there, with its value if only one is allowed."""
    example = example_of(sites, key)
    return quote(f"{key}: {example}" if example else key)
