"""From what was counted to a contract: what is decided, from how much, and what is said of it.

A draft accepts all that was counted, unless a threshold asks for more. Of what it has not seen it
should refuse little: whatever one more seed could easily break is left open. How easily, Good and
Turing estimate: as many new seeds will bring something new as have brought something that no other
seed has.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence

from seedlint.infer.evidence import ITEMS, copies, counted, listed, place, share
from seedlint.infer.shapes import ADDRESS, Shapes, find_shapes
from seedlint.infer.statistics import (
    TITLES,
    Companions,
    Key,
    Kind,
    Lists,
    Mappings,
    Numbers,
    Occurrences,
    Texts,
    Values,
)
from seedlint.infer.survey import Survey
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import quote
from seedlint.rules.binding import KEYWORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

JsonSchema: TypeAlias = "dict[str, Any]"
Place = tuple[str, ...]

ENOUGH_SEEDS = 50
"""From how many seeds on mappings are closed and enums made."""
# How many values it takes to require a key, to assert a format, or to refuse an empty value.
_ENOUGH_VALUES = 20
# How many values an enum has at most, and how often each was seen at least, on average.
_LONGEST_ENUM = 20
_TIMES_EACH = 10
# Keys whose values are names. New names keep coming, so they are never an `enum` or a `const`.
_NAMES = (*TITLES, "name")
# A text that was seen less often may be one of many more such texts.
_OFTEN = 5
# Other keys, or texts, are refused if at most one in so many mappings, or texts, has a new one.
_NEW_KEYS_IN = 100
_NEW_TEXT_IN = 200
# Something is called rare if fewer than this many of a thousand have it.
_RARE = 10
# A key belongs to a kind if all of the kind have it and at most this part of the others.
_MOST_OF_OTHERS = 0.5
# A mapping is a table if it has this many keys and half of them are in one seed only.
_TABLE_KEYS = 20
# A binding forbids repetition if at most one in so many texts, or lists, is repeated.
_REPEATED_IN = 20
_REPEATED_IN_LISTS = 5
# How many of a hundred texts must be web addresses for a key of them; the others are findings.
_MOST_ARE = 90
_ORDER: tuple[Kind, ...] = ("object", "array", "string", "number", "integer", "boolean", "null")
_WEB_ADDRESS: JsonSchema = {
    "type": "string",
    "format": "uri",
    KEYWORD: {"url": {"schemes": ["https", "http"]}},
}
_IMAGE_SIZE = {
    "minWidth": 16,
    "minHeight": 16,
    "maxWidth": 20000,
    "maxHeight": 20000,
    "maxAspectRatio": 6,
}


class Wishes(NamedTuple):
    """What a draft is asked for.

    Keys are required that this part of the mappings has (1: all); `ranges` asks for the least and
    the greatest number and length.
    """

    required_threshold: float = 1.0
    ranges: bool = False


class DraftContract(NamedTuple):
    """A contract, and what people should know of it, each in one line."""

    schema: JsonSchema
    notes: list[str]


def draft(survey: Survey, wishes: Wishes) -> DraftContract:
    """The contract of the seeds that were counted; there must be one at least."""
    root = survey.root
    assert root is not None
    drafter = _Drafter(root, wishes)
    found = drafter.draft_root(root, survey)
    return DraftContract(found, drafter.notes)


class _Drafter:
    def __init__(self, root: Mappings, wishes: Wishes) -> None:
        self.notes: list[str] = []
        self._wishes = wishes
        self._seeds = root.count
        self._enough = min(_ENOUGH_VALUES, self._seeds)
        self._shapes: Shapes = find_shapes(root, self._is_required)
        self._said: set[Place] = set()
        self._has_addresses = False

    def draft_root(self, root: Mappings, survey: Survey) -> JsonSchema:
        found = self._of_mappings(root, [()])
        bindings = {**found.pop(KEYWORD, {}), **self._root_bindings(root)}
        if bindings:
            found[KEYWORD] = bindings
        evidence = [f"drafted from {counted(survey.seeds, 'seed')}"]
        if survey.copies:
            evidence.append(copies(survey.copies))
        evidence.append(found.pop("$comment"))
        evidence += self._sample(root, bindings.get("unique-across", {}))
        schema: JsonSchema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": "; ".join(evidence),
            **found,
        }
        shapes = {
            name: self._of_mappings(shape.mappings, shape.places)
            for name, shape in self._shapes.names.items()
        }
        if self._has_addresses:
            shapes[ADDRESS] = _WEB_ADDRESS
        if shapes:
            schema["$defs"] = shapes
        return schema

    # ------------------------------------------------------------ values of any kind

    def _of_values(self, values: Values, places: Sequence[Place], key: str = "") -> JsonSchema:
        """The schema of what is at some places that share it; `key` leads to them, if one does."""
        kinds = _with_one_number(values.kinds)
        parts = [self._of_kind(kind, found, places, key) for kind, found in _by_order(kinds)]
        if not parts:
            return {}
        if len(parts) == 1:
            return parts[0]
        self._say_kinds(kinds, places)
        evidence = ", ".join(_counted(kind, each) for kind, each in _by_order(kinds))
        if all(part.keys() == {"type"} for part in parts):
            return {"$comment": evidence, "type": [part["type"] for part in parts]}
        return {"$comment": evidence, "anyOf": parts}

    def _of_kind(
        self, kind: Kind, found: Occurrences, places: Sequence[Place], key: str
    ) -> JsonSchema:
        if isinstance(found, Mappings):
            name = self._shapes.name_of(places)
            return {"$ref": f"#/$defs/{name}"} if name else self._of_mappings(found, places)
        if isinstance(found, Lists):
            return self._of_lists(found, places)
        if isinstance(found, Texts):
            return self._of_texts(found, places, key)
        schema: JsonSchema = {"type": kind}
        if isinstance(found, Numbers) and self._wishes.ranges:
            schema |= {"minimum": found.least, "maximum": found.most}
        return schema

    def _say_kinds(self, kinds: Mapping[Kind, Occurrences], places: Sequence[Place]) -> None:
        """Say aloud that values of one place are of several kinds."""
        ordered = sorted(_by_order(kinds), key=lambda each: -each[1].count)
        kind, found = ordered[-1]
        seeds = listed(found.seeds, found.count)
        where = place(places[0])
        if kind == "null":
            total = sum(each.count for each in kinds.values())
            text = f"{where} has no value in {share(found.count, total)}"
        else:
            counts = ", ".join(_counted(kind, each) for kind, each in ordered)
            text = f"{where} is of several types, {counts}"
        self._note_once((*places[0], "type"), f"{text}: is that meant? {seeds}")

    # ------------------------------------------------------------ mappings

    def _is_required(self, key: Key, mappings: Mappings) -> bool:
        return (
            mappings.count >= self._enough
            and key.count >= self._wishes.required_threshold * mappings.count
        )

    def _of_mappings(self, found: Mappings, places: Sequence[Place]) -> JsonSchema:
        schema: JsonSchema = {"$comment": "", "type": "object"}
        keys = _in_order(found.keys or {})
        named, others = keys, Values()
        is_table = found.keys is None
        once = [name for name, key in keys.items() if len(key.seeds) == 1]
        sources = {keys[name].seeds for name in once}
        if len(keys) >= _TABLE_KEYS and 2 * len(once) >= len(keys):
            is_table = True
            named = {name: key for name, key in keys.items() if 10 * key.count >= found.count}
            rest = [key.values for name, key in keys.items() if name not in named]
            others = _sum(rest)
        elif is_table:
            others = found.values
        required = [name for name, key in named.items() if self._is_required(key, found)]
        if required:
            schema["required"] = required
        if named:
            schema["properties"] = {
                name: self._of_key(name, key, found, places) for name, key in named.items()
            }
        comment = f"{counted(len(keys), 'key')} in {found.count:,}"
        if is_table:
            schema["$comment"] = f"{comment}: a table, whose keys are data"
            schema["additionalProperties"] = self._of_values(others, _below(places, "*"))
        else:
            schema["$comment"] = comment
            self._close(schema, found, len(sources), places)
        pairs = self._pairs(found)
        # Where the one follows from the other, it is not there without it.
        if needs := {
            cache: [amp] for amp, cache in pairs if found.beside[amp, cache] == keys[cache].count
        }:
            schema["dependentRequired"] = needs
        schema |= self._of_companions(found, keys, required)
        bindings: JsonSchema = {}
        if (image := _image_keys(keys)) is not None:
            bindings["image-size"] = {**image, **_IMAGE_SIZE}
        if pairs:
            bindings["amp-cache"] = {"amp": pairs[0][0], "cache": pairs[0][1]}
        if bindings:
            schema[KEYWORD] = bindings
        return schema

    def _close(
        self, schema: JsonSchema, found: Mappings, sources: int, places: Sequence[Place]
    ) -> None:
        """Refuse other keys where it is unlikely that one more seed brings one.

        `sources` is how many seeds have brought one that no other has.
        """
        if self._seeds < ENOUGH_SEEDS or found.count < ENOUGH_SEEDS:
            schema["$comment"] += ": too few to refuse other keys"
        elif sources * _NEW_KEYS_IN > found.count:
            have = "has one of its own" if sources == 1 else "have one of their own"
            reason = f"{counted(sources, 'seed')} {have}"
            schema["$comment"] += f"; {reason}, so others will"
            self.notes.append(f"{place(places[0])} takes any key: {reason}")
        else:
            schema["additionalProperties"] = False

    def _of_key(
        self, name: str, key: Key, mappings: Mappings, places: Sequence[Place]
    ) -> JsonSchema:
        below = _below(places, name)
        schema = self._of_values(key.values, below, name)
        evidence = f"in {share(key.count, mappings.count)}"
        lacking = mappings.count - key.count
        if 1000 * key.count < _RARE * mappings.count:
            evidence += f": {listed(key.seeds, key.count)}"
            self._note_once(below[0], f"{place(below[0])} is rare, {evidence}")
        elif 1000 * lacking < _RARE * mappings.count and lacking:
            without = listed(key.lacking, lacking)
            evidence += f"; not in {without}"
            missing = f"is missing in {share(lacking, mappings.count)}: {without}"
            self._note_once(below[0], f"{place(below[0])} {missing}")
        more = schema.pop("$comment", None)
        return {"$comment": f"{evidence}; {more}" if more else evidence, **schema}

    def _note_once(self, about: Place, note: str) -> None:
        """Say something, once, however many schemas it is part of."""
        if about not in self._said:
            self._said.add(about)
            self.notes.append(note)

    def _pairs(self, found: Mappings) -> list[tuple[str, str]]:
        """The keys of AMP pages with those of their addresses in the AMP cache."""
        return [
            (amp, cache)
            for (amp, cache), follows in sorted(found.follows.items())
            if found.cached[cache] >= self._enough
            and 100 * follows >= _MOST_ARE * found.cached[cache]
        ]

    def _of_companions(
        self, found: Mappings, keys: Mapping[str, Key], required: Sequence[str]
    ) -> JsonSchema:
        """Keys that mappings of one kind have, as a key with two or a few values tells."""
        if self._seeds < ENOUGH_SEEDS or found.kinds is None:
            return {}
        decided = set(required)
        conditions: list[JsonSchema] = []
        for kind in required:
            companions = found.kinds.get(kind)
            if not companions or len(companions) < 2:
                continue
            for value, needed in self._needed(companions, found, kind, keys, decided):
                decided.update(needed)
                evidence = f"all {companions[value][kind]:,} of this kind"
                conditions.append(
                    {
                        "if": {"properties": {kind: {"const": value}}, "required": [kind]},
                        "then": {"$comment": evidence, "required": needed},
                    }
                )
        if len(conditions) == 1:
            return conditions[0]
        return {"allOf": conditions} if conditions else {}

    def _needed(
        self,
        companions: Companions,
        found: Mappings,
        kind: str,
        keys: Mapping[str, Key],
        decided: set[str],
    ) -> Iterator[tuple[bool | str, list[str]]]:
        """By value of the key `kind`, the keys that come with it and hardly without."""
        for value in sorted(companions, key=lambda each: (str(type(each)), each)):
            counts = companions[value]
            own, others = counts[kind], found.count - counts[kind]
            if own < self._enough or not others:
                continue
            needed = [
                name
                for name, key in keys.items()
                if name not in decided
                and counts[name] == own
                and key.count - own <= _MOST_OF_OTHERS * others
            ]
            if needed:
                yield value, needed

    # ------------------------------------------------------------ lists and texts

    def _of_lists(self, found: Lists, places: Sequence[Place]) -> JsonSchema:
        schema: JsonSchema = {"type": "array"}
        if found.least and found.count >= self._enough:
            schema["minItems"] = found.least if self._wishes.ranges else 1
        if self._wishes.ranges:
            schema["maxItems"] = found.most
        evidence: list[str] = []
        texts = found.texts
        if texts.lists >= self._enough and not texts.repeated and _is_plain(found.items):
            schema["uniqueItems"] = True
            evidence.append(f"no text is twice in any of {texts.lists:,} lists")
        if found.items.kinds:
            schema["items"] = self._of_values(found.items, _below(places, ITEMS))
        if entries := self._entry_keys(found):
            schema[KEYWORD] = {"unique-by": entries}
            for name in (*entries["links"], *entries.get("titles", ())):
                lists, repeated = found.keys[name]
                evidence.append(f"{name}: {repeated:,} of {lists:,} lists repeat one")
        return {"$comment": "; ".join(evidence), **schema} if evidence else schema

    def _entry_keys(self, found: Lists) -> dict[str, list[str]]:
        """The links and titles that no two entries of a list share, as options of a binding."""
        entries = found.items.kinds.get("object")
        if not isinstance(entries, Mappings) or not entries.keys or len(found.items.kinds) > 1:
            return {}
        if _image_keys(entries.keys) is not None:
            return {}
        keys = _in_order(entries.keys)
        usual = [name for name, key in keys.items() if 100 * key.count >= _MOST_ARE * entries.count]
        single = [name for name in usual if self._is_single(found, name)]
        links = [name for name in single if self._holds_urls(keys[name].values)]
        titles = [name for name in single if name in TITLES and name not in links]
        if not links:
            return {}
        return {"links": links, "titles": titles} if titles else {"links": links}

    def _is_single(self, found: Lists, key: str) -> bool:
        lists, repeated = found.keys.get(key, (0, 0))
        return lists >= self._enough and repeated * _REPEATED_IN_LISTS <= lists

    def _holds_urls(self, values: Values) -> bool:
        """Whether nearly all texts are web addresses, but none of them one in the AMP cache."""
        texts = values.kinds.get("string")
        return (
            isinstance(texts, Texts)
            and texts.count >= self._enough
            and 100 * texts.web >= _MOST_ARE * texts.count
            and not texts.cached
        )

    def _of_texts(self, found: Texts, places: Sequence[Place], key: str) -> JsonSchema:
        schema: JsonSchema = {"type": "string"}
        if 100 * found.web >= _MOST_ARE * found.count and found.count >= self._enough:
            return self._of_urls(found, places)
        if name := self._format_of(found, places):
            return {"$comment": f"{name}: all {found.count:,}", "type": "string", "format": name}
        if key not in _NAMES and (choices := self._choices_of(found, places)):
            return choices
        if not found.empty and found.count >= self._enough:
            schema["minLength"] = found.least if self._wishes.ranges else 1
        elif found.empty:
            schema["$comment"] = f"empty: {found.empty:,} of {found.count:,}"
        if self._wishes.ranges:
            schema["maxLength"] = found.most
        if key in TITLES:
            schema[KEYWORD] = {"text": {}}
        return schema

    def _of_urls(self, found: Texts, places: Sequence[Place]) -> JsonSchema:
        """Web addresses: what departs from the format is a finding of the binding."""
        comment = f"web addresses: {share(found.web, found.count)}"
        schema: JsonSchema = {"$comment": comment, "type": "string"}
        name = self._format_of(found, places)
        if name in ("uri", "iri", "uri-reference"):
            schema["format"] = name
        if name == "uri" and found.web == found.count:
            self._has_addresses = True
            return {"$comment": comment, "$ref": f"#/$defs/{ADDRESS}"}
        if found.web == found.count - found.empty:
            schema[KEYWORD] = {"url": {"schemes": ["https", "http"]}}
        elif "format" not in schema:
            schema[KEYWORD] = {"url": {}}
        if found.web < found.count:
            rest = found.count - found.web
            empty = f"; empty: {found.empty:,}" if found.empty else ""
            self._note_once(
                (*places[0], "url"),
                f"{place(places[0])} is not a web address in {share(rest, found.count)}{empty}",
            )
        return schema

    def _format_of(self, found: Texts, places: Sequence[Place]) -> str | None:
        """The format that all texts have; one that nearly all have is said aloud."""
        filled = found.count - found.empty
        if filled < self._enough:
            return None
        for name, departures in found.formats.items():
            if not departures and not found.empty:
                return name
        for name, departures in found.formats.items():
            count = sum(count for count, _ in departures.values())
            if departures and 1000 * count < _RARE * filled:
                texts = (
                    f"{quote(text)} in {seed}" for text, (_, seed) in sorted(departures.items())
                )
                where = place(places[0])
                a = "an" if name[0] in "aei" else "a"
                note = f"{where} is not {a} {name} in {count:,} of {filled:,}: {', '.join(texts)}"
                self._note_once((*places[0], "format"), note)
                break
        return None

    def _choices_of(self, found: Texts, places: Sequence[Place]) -> JsonSchema | None:
        """The enum of texts that are one of a few."""
        choices = found.choices
        if not choices or found.empty or self._seeds < ENOUGH_SEEDS:
            return None
        if len(choices) > _LONGEST_ENUM or found.count < max(
            ENOUGH_SEEDS, _TIMES_EACH * len(choices)
        ):
            return None
        # Of topics and people there are always more. What comes from a list is one word, and a list
        # with a single word in all seeds has others in the next one.
        is_item = places[0][-1:] == (ITEMS,)
        if is_item if len(choices) == 1 else any(" " in text for text in choices):
            return None
        # The most frequent ones first.
        texts = sorted(choices, key=lambda text: (-choices[text][0], text))
        rare = [text for text in texts if 1000 * choices[text][0] < _RARE * found.count]
        for text in rare:
            count, seed = choices[text]
            where = f"{share(count, found.count)}: {listed((seed,), count)}"
            self.notes.append(f"{quote(text)} is a rare value of {place(places[0])}, in {where}")
        seldom = sum(count for count, _ in choices.values() if count < _OFTEN)
        if seldom * _NEW_TEXT_IN > found.count:
            return None
        if len(texts) == 1:
            return {"$comment": f"the same in all {found.count:,}", "const": texts[0]}
        counts = ", ".join(f"{choices[text][0]:,}" for text in texts)
        return {"$comment": f"seen {counts} times", "type": "string", "enum": texts}

    # ------------------------------------------------------------ bindings of the root

    def _root_bindings(self, root: Mappings) -> JsonSchema:
        """What binds the keys of the root to each other and to those of other seeds."""
        keys = _in_order(root.keys or {})
        bindings: JsonSchema = {}
        for name, key in keys.items():
            lists = key.values.kinds.get("array")
            if not isinstance(lists, Lists) or not (entries := self._entry_keys(lists)):
                continue
            common = {
                option: [each for each in names if each in keys]
                for option, names in entries.items()
            }
            common = {option: names for option, names in common.items() if names}
            if common:
                bindings["not-self"] = {"entries": name, **common}
        if self._seeds >= ENOUGH_SEEDS:
            amp = {page for page, _ in self._pairs(root)}
            across = {
                "links": [
                    name
                    for name, key in keys.items()
                    if name not in amp and self._holds_urls(key.values) and _is_own(key.values)
                ],
                "titles": [
                    name for name, key in keys.items() if name in TITLES and _is_own(key.values)
                ],
            }
            across = {option: names for option, names in across.items() if names}
            if across:
                bindings["unique-across"] = across
        return bindings

    def _sample(self, root: Mappings, binding: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """How many texts of each key are in several seeds, though the binding allows it in one."""
        for name in (each for names in binding.values() for each in names):
            texts = root.keys[name].values.kinds["string"] if root.keys else None
            if isinstance(texts, Texts):
                repeated = sum(count > 1 for count in texts.sketch.values())
                share = f"{repeated:,} of {'a sample of ' * texts.is_sampled}{len(texts.sketch):,}"
                yield f"{name}: {share} in several seeds"


_NOUNS: Mapping[Kind, str] = {
    "object": "mapping",
    "array": "list",
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "boolean",
}


def _counted(kind: Kind, found: Occurrences) -> str:
    if kind == "null":
        return f"{found.count:,} without a value"
    return counted(found.count, _NOUNS[kind])


def _by_order(kinds: Mapping[Kind, Occurrences]) -> list[tuple[Kind, Occurrences]]:
    return [(kind, kinds[kind]) for kind in _ORDER if kind in kinds]


def _with_one_number(kinds: Mapping[Kind, Occurrences]) -> Mapping[Kind, Occurrences]:
    """The same, with whole numbers among the numbers if there are others."""
    whole, numbers = kinds.get("integer"), kinds.get("number")
    if whole is None or numbers is None:
        return kinds
    total = copy.deepcopy(numbers)
    total.add(whole)
    return {
        kind: total if kind == "number" else found
        for kind, found in kinds.items()
        if kind != "integer"
    }


def _in_order(keys: Mapping[str, Key]) -> dict[str, Key]:
    """Keys in the order that seeds have them in, on average."""
    ordered = sorted(keys, key=lambda name: (keys[name].position / keys[name].count, name))
    return {name: keys[name] for name in ordered}


def _below(places: Sequence[Place], step: str) -> list[Place]:
    return [(*each, step) for each in places]


def _sum(values: Sequence[Values]) -> Values:
    total = Values()
    for each in values:
        total.add(copy.deepcopy(each))
    return total


def _is_plain(values: Values) -> bool:
    return values.kinds.keys() == {"string"}


def _image_keys(keys: Mapping[str, Key]) -> dict[str, str] | None:
    """The options of `image-size` that name the keys of an image; None if it is not an image."""
    if not all(
        side in keys and keys[side].values.kinds.keys() <= {"integer", "number"}
        for side in ("width", "height")
    ):
        return None
    for name, key in sorted(keys.items(), key=lambda each: (each[0] != "url", each[0])):
        texts = key.values.kinds.get("string")
        is_address = isinstance(texts, Texts) and "uri-reference" in texts.formats
        if is_address and not name.startswith("$"):
            return {} if name == "url" else {"url": name}
    return None


def _is_own(values: Values) -> bool:
    """Whether nearly every text is that of one seed only, as far as a sample of them tells."""
    texts = values.kinds.get("string")
    if not isinstance(texts, Texts) or len(texts.sketch) < ENOUGH_SEEDS // 2:
        return False
    repeated = sum(count > 1 for count in texts.sketch.values())
    return repeated * _REPEATED_IN <= len(texts.sketch)
