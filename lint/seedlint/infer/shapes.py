"""Mappings of one shape in several places, which a contract describes once."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from seedlint.infer.evidence import ITEMS
from seedlint.infer.statistics import Key, Lists, Mappings, Values
from seedlint.named_tuple import NamedTuple

Place = tuple[str, ...]
IsRequired = Callable[[Key, Mappings], bool]

# A mapping with fewer keys that all of its kind have has no shape to be known by.
_FEWEST_KEYS = 2


ADDRESS = "webAddress"
"""The name of what is not a mapping: a web address."""


class Shape(NamedTuple):
    """The mappings of one shape, added up, and the places where they are."""

    mappings: Mappings
    places: list[Place]


class Shapes(NamedTuple):
    """The shapes that several places share, by name."""

    names: Mapping[str, Shape]
    by_place: Mapping[Place, str]

    def name_of(self, places: Sequence[Place]) -> str | None:
        """The name of the shape that is at all of these places, if it is one."""
        names = {self.by_place.get(each) for each in places}
        return names.pop() if len(names) == 1 else None


def find_shapes(root: Mappings, is_required: IsRequired) -> Shapes:
    """The shapes below the root that are in several places.

    Mappings are of one shape if the same keys are required, with values of the same kinds.
    """
    groups: dict[tuple[object, ...], list[tuple[Place, Mappings]]] = defaultdict(list)
    for place, found in _below(root, ()):
        keys = found.keys or {}
        required = tuple(
            (name, tuple(sorted(key.values.kinds)))
            for name, key in sorted(keys.items())
            if is_required(key, found)
        )
        if len(required) >= _FEWEST_KEYS:
            groups[required].append((place, found))
    repeated = [sorted(group, key=lambda each: each[0]) for group in groups.values()]
    names: dict[str, Shape] = {}
    by_place: dict[Place, str] = {}
    for group in sorted((each for each in repeated if len(each) > 1), key=lambda each: each[0][0]):
        places = [place for place, _ in group]
        name = _name(group, names)
        total = copy.deepcopy(group[0][1])
        for _, found in group[1:]:
            total.add(copy.deepcopy(found))
        names[name] = Shape(total, places)
        by_place |= dict.fromkeys(places, name)
    return Shapes(dict(sorted(names.items())), by_place)


def _below(found: Mappings, place: Place) -> Iterator[tuple[Place, Mappings]]:
    """All mappings below this one, with their places."""
    for name, key in (found.keys or {}).items():
        yield from _in_values(key.values, (*place, name))


def _in_values(values: Values, place: Place) -> Iterator[tuple[Place, Mappings]]:
    mappings, lists = values.kinds.get("object"), values.kinds.get("array")
    if isinstance(mappings, Mappings):
        yield place, mappings
        yield from _below(mappings, place)
    if isinstance(lists, Lists):
        yield from _in_values(lists.items, (*place, ITEMS))


def _name(group: Sequence[tuple[Place, Mappings]], taken: Mapping[str, Shape]) -> str:
    """What the places of a shape call it, most of them; in the singular for entries of a list."""
    place, _ = max(group, key=lambda each: each[1].count)
    key = next((step for step in reversed(place) if step != ITEMS), "")
    # As it is in a reference, without an escape.
    key = "".join(re.findall("[A-Za-z0-9_-]+", key)) or "shape"
    name = singular(key) if place[-1] == ITEMS else key
    names = (name if number == 1 else f"{name}{number}" for number in range(1, len(taken) + 3))
    return next(each for each in names if each not in taken and each != ADDRESS)


_NO_PLURALS = frozenset(["news", "series", "species", "analysis", "status", "canvas", "atlas"])


def singular(noun: str) -> str:
    """A noun of English without the ending of its plural."""
    if noun.casefold() in _NO_PLURALS:
        return noun
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
