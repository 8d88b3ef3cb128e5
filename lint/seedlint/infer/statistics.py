"""What is counted of the values at one place of many seeds.

Every statistic is a monoid: that of all seeds is the sum of those of its parts, whatever the parts
and their order are. So any number of processes gives the same bytes. What would grow without bound
has a limit, and is given up, for good, where the sum of any parts passes it.

Values are counted by columns, many seeds at a time: what is counted for each value is counted by
functions that are written in C.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from itertools import chain, groupby, islice, repeat
from operator import itemgetter
from zlib import adler32, crc32

from seedlint.named_tuple import NamedTuple
from seedlint.rules.url import AMP_CACHE
from seedlint.text.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

Kind: TypeAlias = 'Literal["null", "boolean", "integer", "number", "string", "array", "object"]'

SAMPLES = 3
"""How many seeds are named as evidence: the first ones by name."""
TITLES = ("title", "headline")
"""Keys that hold what a reader calls the entry."""

# A text that may be one of a few is no longer than this, and there are no more of them.
_LONGEST_CHOICE = 40
_MOST_CHOICES = 60
# How many values a key has that says what kind of thing a mapping is.
_MOST_KINDS = 4
# How many texts may depart from a format before it is given up, and how much of each is kept.
_MOST_DEPARTURES = 3
_KEPT_CHARACTERS = 80
# A mapping with more keys than this is a table whose keys are data.
_MOST_KEYS = 500
# With more keys than this none of them is said to decide others.
_MOST_KEYS_OF_KINDS = 64
# What is nested deeper is not looked into; real seeds have five levels.
_DEEPEST = 24
# How many texts are kept, by the smallest hashes, to learn whether a text is that of one seed.
_SKETCHED = 256
_LONGEST_SKETCHED = 300
_AMP_CACHE_HOST = ".cdn.ampproject.org/"
_WEB = ("https://", "http://")
_PATH = ("/", "./", "../")
# What follows the last dot of a file's name, not of a host's.
_FILE_ENDINGS = frozenset(
    {"css", "csv", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "md", "mp3", "mp4", "pdf"}
    | {"php", "png", "svg", "txt", "webp", "xml", "yaml", "yml", "zip"}
)
_KINDS: Mapping[type, Kind] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}

Seeds = tuple[str, ...]
"""The names of a few seeds: the first ones, in order."""
TextCounts = dict[str, tuple[int, str]]
"""Texts with the count and the first seed of each."""


# Certainly a URI, as nearly all of them are.
_QUICK_URL = re.compile(
    r"https?://[A-Za-z0-9.-]+"
    r"(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)*)?"
)


def _is_url(text: str) -> bool:
    return bool(_QUICK_URL.fullmatch(text)) or ("://" in text and FORMATS["uri"](text))


def _is_iri(text: str) -> bool:
    return "://" in text and FORMATS["iri"](text)


def _is_reference(text: str) -> bool:
    return (text.startswith(_PATH) or "://" in text) and FORMATS["uri-reference"](text)


def _is_host(text: str) -> bool:
    """Whether a text is a host name that nobody takes for a word, a number or a file."""
    last = text.rpartition(".")[2]
    if last == text or not last.isalpha() or len(last) < 2 or last.lower() in _FILE_ENDINGS:
        return False
    return FORMATS["hostname"](text)


TEXT_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date-time": FORMATS["date-time"],
    "date": FORMATS["date"],
    "duration": FORMATS["duration"],
    "uuid": FORMATS["uuid"],
    "email": FORMATS["email"],
    "uri": _is_url,
    "iri": _is_iri,
    "uri-reference": _is_reference,
    "hostname": _is_host,
}
"""The formats that are looked for, the one to prefer first, each with a test that is stricter than
the format where the format would take what is not meant as such."""

# What conforms to one of these conforms to those that follow.
_WIDENING = ("uri", "iri", "uri-reference")


class Occurrences:
    """How often there is a value of some kind, and the first seeds that have one."""

    __slots__ = ("count", "seeds")

    def __init__(self, count: int, seeds: Seeds) -> None:
        self.count = count
        self.seeds = seeds

    def add(self, other: Any) -> None:
        """Add what another part of the seeds has; `other` is of the same class."""
        self.count += other.count
        self.seeds = _first_of(self.seeds, other.seeds)


class Spread(Occurrences):
    """Values that have a size: the least and the greatest."""

    __slots__ = ("least", "most")

    def __init__(self, sizes: Collection[float], count: int, seeds: Sequence[str]) -> None:
        super().__init__(count, _first(seeds))
        self.least, self.most = min(sizes), max(sizes)

    def add(self, other: Any) -> None:
        super().add(other)
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)


class Numbers(Spread):
    """Numbers: the least and the greatest."""

    __slots__ = ()

    def __init__(self, values: Sequence[float], seeds: Sequence[str]) -> None:
        super().__init__(values, len(values), seeds)


class Texts(Spread):
    """Texts: their lengths, which ones if they are few, and what formats they have.

    `choices` are the different texts, each with its count and its first seed, None if there are
    many or long ones. `formats` are the formats that all texts have which are not empty, but for a
    few: for each, the beginnings of these with their count and first seed. `web` counts
    addresses of the web, `cached` those in the AMP cache. `sketch` counts the texts with the
    smallest hashes, by hash.
    """

    __slots__ = (
        "cached",
        "choices",
        "empty",
        "formats",
        "sketch",
        "web",
    )

    def __init__(self, values: Sequence[str], seeds: Sequence[str], *, sketched: bool) -> None:
        counts = Counter(values)
        super().__init__(set(map(len, counts)), len(values), seeds)
        # The first seed with a text comes last, and stays.
        first_seed = dict(zip(reversed(values), reversed(seeds), strict=True))
        self.empty = counts.pop("", 0)
        self.choices: TextCounts | None = None
        if self.most <= _LONGEST_CHOICE and len(counts) <= _MOST_CHOICES:
            self.choices = {text: (count, first_seed[text]) for text, count in counts.items()}
        self.web = sum(count for text, count in counts.items() if text.startswith(_WEB))
        self.cached = sum(count for text, count in counts.items() if _AMP_CACHE_HOST in text)
        self.formats: dict[str, TextCounts] = {}
        not_wider: Iterable[str] = counts
        departures: Iterable[str]
        for name, conforms in TEXT_FORMATS.items():
            if name in _WIDENING:
                not_wider = departures = [text for text in not_wider if not conforms(text)]
            else:
                departures = (text for text in counts if not conforms(text))
            kept = _departures(departures, counts, first_seed)
            if len(kept) <= _MOST_DEPARTURES:
                self.formats[name] = kept
        self.sketch: dict[int, int] = {}
        if sketched:
            hashes = {
                _hash(text): count
                for text, count in counts.items()
                if len(text) <= _LONGEST_SKETCHED
            }
            self.sketch = _smallest(hashes)

    @property
    def is_sampled(self) -> bool:
        """Whether `sketch` does not have all of the texts, as far as anybody knows."""
        return len(self.sketch) == _SKETCHED

    def add(self, other: Texts) -> None:
        super().add(other)
        self.empty += other.empty
        self.web += other.web
        self.cached += other.cached
        if self.choices is not None and other.choices is not None:
            _add_counts(self.choices, other.choices)
        if other.choices is None or (self.choices and len(self.choices) > _MOST_CHOICES):
            self.choices = None
        for name, departures in list(self.formats.items()):
            if name in other.formats:
                _add_counts(departures, other.formats[name])
            if name not in other.formats or len(departures) > _MOST_DEPARTURES:
                del self.formats[name]
        if other.sketch:
            for key, count in other.sketch.items():
                self.sketch[key] = self.sketch.get(key, 0) + count
            self.sketch = _smallest(self.sketch)


class Repetition(NamedTuple):
    """Of how many lists something can be repeated in, in how many it is."""

    lists: int = 0
    repeated: int = 0

    def __add__(self, other: Any) -> Repetition:
        return Repetition(self.lists + other.lists, self.repeated + other.repeated)


class Lists(Spread):
    """Lists: their lengths, what they hold, and whether it is repeated within one.

    `texts` is about lists of texts, `keys` about the texts that their mappings have under a key:
    web addresses and titles.
    """

    __slots__ = ("items", "keys", "texts")

    def __init__(self, values: Sequence[list[Any]], seeds: Sequence[str], depth: int) -> None:
        lengths = list(map(len, values))
        super().__init__(lengths, len(values), seeds)
        owners = list(chain.from_iterable(map(repeat, seeds, lengths)))
        self.items = count_values(list(chain.from_iterable(values)), owners, depth)
        self.texts = Repetition()
        self.keys: dict[str, Repetition] = {}
        for each in values:
            if len(each) > 1:
                self._compare(each)

    def _compare(self, entries: list[Any]) -> None:
        """Look for what entries of a list have in common."""
        types = set(map(type, entries))
        if types == {str}:
            self.texts += Repetition(1, len(set(entries)) < len(entries))
        elif types == {dict}:
            for key, text in entries[0].items():
                if type(text) is str and (key in TITLES or text.startswith(_WEB)):
                    texts = [each[key] for each in entries if type(each.get(key)) is str]
                    texts = list(filter(None, texts))
                    found = Repetition(1, len(set(texts)) < len(texts))
                    self.keys[key] = self.keys.get(key, Repetition()) + found

    def add(self, other: Lists) -> None:
        super().add(other)
        self.items.add(other.items)
        self.texts += other.texts
        for key, found in other.keys.items():
            self.keys[key] = self.keys.get(key, Repetition()) + found


class Key:
    """One key of mappings: how many have it and where, the first seeds with and without it.

    `position` is the sum of its positions among the keys.
    """

    __slots__ = ("count", "lacking", "position", "seeds", "values")

    def __init__(
        self, count: int, position: int, seeds: Seeds, lacking: Seeds, values: Values
    ) -> None:
        self.count = count
        self.position = position
        self.seeds = seeds
        self.lacking = lacking
        self.values = values


Choice = bool | str
Companions = dict[Choice, Counter[str]]
"""By value of a key, how many mappings that have it have each key."""


class Mappings(Occurrences):
    """Mappings: their keys, and which keys come with which value of another key.

    `keys` is None for tables whose keys are data; `values` are then all that their keys lead to.
    `kinds` has the keys with few values, booleans or short texts, and None for all others; it is
    None itself if there are too many keys. `cached` is how many mappings have an address in the AMP
    cache under a key, `beside` how many of these have a web address under another key, and
    `follows` in how many the former is that of the latter.
    """

    __slots__ = ("beside", "cached", "follows", "keys", "kinds", "values")

    def __init__(
        self, values: Sequence[dict[str, Any]], seeds: Sequence[str], depth: int, *, sketched: bool
    ) -> None:
        super().__init__(len(values), _first(seeds))
        self.keys: dict[str, Key] | None = {}
        self.values = Values()
        self.kinds: dict[str, Companions | None] | None = {}
        self.cached: Counter[str] = Counter()
        self.beside: Counter[tuple[str, str]] = Counter()
        self.follows: Counter[tuple[str, str]] = Counter()
        layouts = list(map(tuple, values))
        counts: Counter[str] = Counter()
        positions: Counter[str] = Counter()
        for layout, count in Counter(layouts).items():
            for position, key in enumerate(layout):
                counts[key] += count
                positions[key] += count * position
        if len(counts) > _MOST_KEYS:
            every = list(chain.from_iterable(map(dict.values, values)))
            of_each = list(chain.from_iterable(map(repeat, seeds, map(len, values))))
            self.values = count_values(every, of_each, depth, sketched=sketched)
            self._forget_keys()
            return
        rows_of = _rows(layouts, {key for key, count in counts.items() if count < len(values)})
        if len(counts) > _MOST_KEYS_OF_KINDS:
            self.kinds = None
        for key, count in counts.items():
            having, holders, owners = layouts, values, seeds
            lacking: Seeds = ()
            if rows := rows_of.get(key):
                having = [layouts[row] for row in rows]
                holders = [values[row] for row in rows]
                owners = [seeds[row] for row in rows]
                lacking = _first(
                    seed for seed, layout in zip(seeds, values, strict=True) if key not in layout
                )
            column = list(map(itemgetter(key), holders))
            found = count_values(column, owners, depth, sketched=sketched)
            self.keys[key] = Key(count, positions[key], _first(owners), lacking, found)
            if self.kinds is not None:
                self.kinds[key] = _companions(column, having, found)
            texts = found.kinds.get("string")
            if isinstance(texts, Texts) and texts.cached:
                self._count_cached(key, holders)

    def _count_cached(self, cache: str, values: Sequence[dict[str, Any]]) -> None:
        """Look for the keys of AMP pages whose addresses in the AMP cache are under `cache`."""
        for each in values:
            address = each.get(cache)
            if type(address) is not str or _AMP_CACHE_HOST not in address:
                continue
            self.cached[cache] += 1
            for key, text in each.items():
                if type(text) is str and key != cache and text.startswith(_WEB):
                    follows = AMP_CACHE.quick_accept({"amp": key, "cache": cache})
                    self.beside[key, cache] += 1
                    self.follows[key, cache] += bool(follows(each))

    def _give_up_keys(self) -> None:
        for key in (self.keys or {}).values():
            self.values.add(key.values)
        self._forget_keys()

    def _forget_keys(self) -> None:
        self.keys = self.kinds = None
        self.cached, self.beside, self.follows = Counter(), Counter(), Counter()

    def add(self, other: Mappings) -> None:
        before, others = self.seeds, other.seeds
        super().add(other)
        if self.keys is None or other.keys is None:
            other._give_up_keys()
            self._give_up_keys()
            self.values.add(other.values)
            return
        for name, mine in self.keys.items():
            if name not in other.keys:
                mine.lacking = _first_of(mine.lacking, others)
        for name, new in other.keys.items():
            known = self.keys.get(name)
            if known is None:
                new.lacking = _first_of(new.lacking, before)
                self.keys[name] = new
                continue
            known.count += new.count
            known.position += new.position
            known.seeds = _first_of(known.seeds, new.seeds)
            known.lacking = _first_of(known.lacking, new.lacking)
            known.values.add(new.values)
        if self.kinds is None or other.kinds is None or len(self.keys) > _MOST_KEYS_OF_KINDS:
            self.kinds = None
        else:
            for name, found in other.kinds.items():
                self.kinds[name] = _add_companions(self.kinds.get(name, {}), found)
        self.cached.update(other.cached)
        self.beside.update(other.beside)
        self.follows.update(other.follows)
        if len(self.keys) > _MOST_KEYS:
            self._give_up_keys()


class Values:
    """What is at one place of the seeds, by kind."""

    __slots__ = ("kinds",)

    def __init__(self, kinds: dict[Kind, Occurrences] | None = None) -> None:
        self.kinds = {} if kinds is None else kinds

    @property
    def count(self) -> int:
        """How many values there are, of any kind."""
        return sum(each.count for each in self.kinds.values())

    def add(self, other: Values) -> None:
        """Add what another part of the seeds has; `other` is used up."""
        for kind, found in other.kinds.items():
            mine = self.kinds.get(kind)
            if mine is None:
                self.kinds[kind] = found
            elif mine.__class__ is found.__class__:
                mine.add(found)
            else:
                # One of them is too deep to be looked into, so of both it is only known how many.
                seeds = _first_of(mine.seeds, found.seeds)
                self.kinds[kind] = Occurrences(mine.count + found.count, seeds)


def count_values(
    values: Sequence[Any], seeds: Sequence[str], depth: int = 0, *, sketched: bool = False
) -> Values:
    """Count values at one place; `seeds` has the seed of each, and is in order.

    `depth` is how deep the place is nested: 0 for front matters. Texts are `sketched` where they
    are to be compared across seeds.
    """
    kinds: dict[Kind, Occurrences] = {}
    types = set(map(type, values))
    for each in types:
        column, owners = values, seeds
        if len(types) > 1:
            rows = [row for row, value in enumerate(values) if type(value) is each]
            column, owners = [values[row] for row in rows], [seeds[row] for row in rows]
        kind = _KINDS[each]
        if kind == "string":
            kinds[kind] = Texts(column, owners, sketched=sketched)
        elif kind == "object" and depth < _DEEPEST:
            kinds[kind] = Mappings(column, owners, depth + 1, sketched=depth == 0)
        elif kind == "array" and depth < _DEEPEST:
            kinds[kind] = Lists(column, owners, depth + 1)
        elif kind in ("integer", "number"):
            kinds[kind] = Numbers(column, owners)
        else:
            kinds[kind] = Occurrences(len(column), _first(owners))
    return Values(kinds)


def _rows(layouts: Sequence[tuple[str, ...]], optional: Set[str]) -> dict[str, list[int]]:
    """By optional key the numbers of the mappings that have it."""
    rows: dict[str, list[int]] = {key: [] for key in optional}
    of_layout: dict[tuple[str, ...], list[str]] = {}
    if optional:
        for row, layout in enumerate(layouts):
            if layout not in of_layout:
                of_layout[layout] = [key for key in layout if key in optional]
            for key in of_layout[layout]:
                rows[key].append(row)
    return rows


def _departures(
    texts: Iterable[str], counts: Mapping[str, int], first_seed: Mapping[str, str]
) -> TextCounts:
    """The beginnings of some texts; one too many if there are many."""
    kept: TextCounts = {}
    for text in texts:
        _add_counts(kept, {text[:_KEPT_CHARACTERS]: (counts[text], first_seed[text])})
        if len(kept) > _MOST_DEPARTURES:
            break
    return kept


def _add_counts(mine: TextCounts, others: TextCounts) -> None:
    for text, (count, seed) in others.items():
        have, first = mine.get(text, (0, seed))
        mine[text] = have + count, min(first, seed)


def _companions(
    column: Sequence[Any], layouts: Sequence[tuple[str, ...]], found: Values
) -> Companions | None:
    """Which keys come with which value of a key; None if it has too many or other values."""
    if not found.kinds.keys() <= {"boolean", "string"}:
        return None
    texts = found.kinds.get("string")
    assert texts is None or isinstance(texts, Texts)
    if texts is not None and texts.choices is None:
        return None
    companions: Companions = {}
    for (value, layout), count in Counter(zip(column, layouts, strict=True)).items():
        if value not in companions:
            if len(companions) == _MOST_KINDS:
                return None
            companions[value] = Counter()
        counts = companions[value]
        for key in layout:
            counts[key] += count
    return companions


def _add_companions(mine: Companions | None, others: Companions | None) -> Companions | None:
    if mine is None or others is None:
        return None
    for value, counts in others.items():
        mine.setdefault(value, Counter()).update(counts)
    return mine if len(mine) <= _MOST_KINDS else None


def _hash(text: str) -> int:
    """64 bits of a text, the same in every process."""
    data = text.encode("utf-8", "surrogatepass")
    return crc32(data) << 32 | adler32(data)


def _smallest(hashes: dict[int, int]) -> dict[int, int]:
    """The smallest hashes with their counts; those that are dropped can never come back."""
    if len(hashes) <= _SKETCHED:
        return hashes
    return {each: hashes[each] for each in sorted(hashes)[:_SKETCHED]}


def _first(seeds: Iterable[str]) -> Seeds:
    """The first of some seeds, which are in order."""
    return tuple(seed for seed, _ in islice(groupby(seeds), SAMPLES))


def _first_of(some: Seeds, others: Seeds) -> Seeds:
    if some == others or not others:
        return some
    return tuple(sorted({*some, *others})[:SAMPLES])
