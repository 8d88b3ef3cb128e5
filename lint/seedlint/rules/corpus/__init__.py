"""DUP: what several seeds of one run share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from zlib import adler32, crc32

from seedlint.document.pointer import value_at
from seedlint.fingerprints import fingerprint_of_term
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.binding import ITEMS, KEYS, KEYWORD, Binding, Lookup, look_up_listed
from seedlint.rules.related.normalization import Normalize, normalize_link, normalize_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.document.pointer import Pointer
    from seedlint.rules.base import Rule


class Kind(NamedTuple):
    """A kind of fact: the option that lists its keys, and what makes its texts comparable."""

    option: str
    normalize: Normalize


KINDS: Mapping[str, Kind] = {
    "link": Kind("links", normalize_link),
    "title": Kind("titles", normalize_title),
    "slug": Kind("slugs", str.casefold),
}
"""The kinds of fact that no two seeds may share, by the name that `CrossFile` takes."""

_FILE_NAMES, _LEAD_IMAGE = "fileNames", "leadImage"
_MOST_TERMS = 1000
SPELLINGS = "spellings"
"""The option that lists keys of terms."""

_OPTIONS: Mapping[str, tuple[str, ...]] = {
    **{name: (kind.option,) for name, kind in KINDS.items()},
    "slug": ("slugs", _FILE_NAMES),
    "image": (_LEAD_IMAGE,),
    "spelling": (SPELLINGS,),
}
# The options that few contracts use.
_MORE = frozenset({_FILE_NAMES, _LEAD_IMAGE, SPELLINGS})


def _look_up(options: Mapping[str, Any]) -> Iterator[Lookup]:
    yield from look_up_listed(options, (kind.option for kind in KINDS.values()))
    yield from look_up_listed(options, [SPELLINGS])
    if _LEAD_IMAGE in options:
        steps = options[_LEAD_IMAGE]["at"]
        path = tuple(ITEMS if step.__class__ is int else step for step in steps)
        yield Lookup((_LEAD_IMAGE, "at"), (path,))


BINDING = Binding(
    name="unique-across",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            **{
                kind.option: {"description": f"Keys with a {name} that no two seeds share.", **KEYS}
                for name, kind in KINDS.items()
            },
            _FILE_NAMES: {
                "description": "Whether names of files, without a date, are slugs (false). "
                "A slug in the seed takes its place.",
                "type": "boolean",
            },
            _LEAD_IMAGE: {
                "description": "An image that not more than so many seeds share.",
                "type": "object",
                "properties": {
                    "at": {
                        "description": "The way to its link: keys, and numbers of items from 0.",
                        "type": "array",
                        "items": {"type": ["string", "integer"], "minimum": 0},
                        "minItems": 1,
                    },
                    "seeds": {
                        "description": "How many seeds may share it.",
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 1_000_000,
                    },
                },
                "required": ["at", "seeds"],
                "additionalProperties": False,
            },
            SPELLINGS: {
                "description": "Keys with terms, such as topics, that all seeds spell alike.",
                **KEYS,
            },
        },
        "additionalProperties": False,
    },
    # One seed alone cannot break it: facts are collected, and compared when all seeds are read.
    parse=lambda value, options: None,
    quick_accept=lambda options: lambda value: True,
    summary="Links, titles and slugs that no two seeds share, and terms that all spell alike. "
    "At the root of the contract.",
    look_up=_look_up,
)


class Fact(NamedTuple):
    """What one seed says that no other seed of the run may say.

    `identity` is what is compared, `text` what the seed says, `pointer` where; that is () for the
    name of the file. `seeds` is how many seeds may say it.
    """

    kind: str
    identity: str
    pointer: Pointer
    text: str
    seeds: int = 1


class SharedValue(NamedTuple):
    """A fact that an earlier seed has as well, or as many of them as may have it."""

    pointer: Pointer
    text: str
    seeds: int = 1


class RareSpelling(NamedTuple):
    """A term that most seeds spell otherwise, and how many spell it either way.

    `is_listed` says that the list has the usual spelling as well, `is_sure` that there is no other
    usual one, and that the two differ in case, hyphens and the like only.
    """

    pointer: Pointer
    text: str
    usual: str
    seeds: int
    usual_seeds: int
    is_listed: bool
    is_sure: bool


def unique_across_options(schema: Any, is_selected: Callable[[Rule], object]) -> Mapping[str, Any]:
    """The options of `unique-across` at the root of a contract; empty where it has none.

    Those of rules that are not selected are left out, so that nobody computes what nobody compares.
    """
    bindings = schema.get(KEYWORD, {}) if isinstance(schema, dict) else {}
    options: Mapping[str, Any] = bindings.get(BINDING.name, {})
    kinds = {
        kind
        for rule in all_rules().values()
        if rule.on.kind == "cross-file" and is_selected(rule)
        for kind in rule.on.names
    }
    compared = {option for kind in kinds for option in _OPTIONS.get(kind, ())}
    return {option: keys for option, keys in options.items() if option in compared}


def fingerprints_of(
    data: Mapping[str, Any], options: Mapping[str, Any], path: str
) -> tuple[int, ...]:
    """The fingerprints of the facts of one seed, which is at `path`, without repetition.

    63-bit hashes: equal facts always collide, others almost never, so facts that collide must be
    compared. The same for every run and machine. Those of terms have a role (see `Role`).
    """
    found: dict[int, None] = {}
    # Not by `collect_facts`, which takes nearly twice as long: every clean seed comes here.
    for name, (option, normalize) in KINDS.items():
        for key in options.get(option, ()):
            text = data.get(key)
            if text.__class__ is str and (identity := normalize(text)):
                found[_fingerprint(name, identity)] = None
    if not _MORE.isdisjoint(options):
        for fact in _more_facts(data, options, path):
            found[_fingerprint(fact.kind, fact.identity)] = None
        if SPELLINGS in options:
            from seedlint.text.spelling import print_of

            for _, text in terms_of(data, options):
                if number := print_of(text):
                    found[fingerprint_of_term(number)] = None
    return tuple(found)


def _fingerprint(kind: str, identity: str) -> int:
    written = f"{kind} {identity}".encode("utf-8", "surrogatepass")
    # The highest bit is left to roles.
    return crc32(written) << 31 ^ adler32(written)


def collect_facts(data: Mapping[str, Any], options: Mapping[str, Any], path: str) -> Iterator[Fact]:
    """The facts of one seed, which is at `path`, in the order of the options."""
    for kind, key, normalize in _compared(options):
        text = data.get(key)
        if isinstance(text, str) and (identity := normalize(text)):
            yield Fact(kind, identity, (key,), text)
    yield from _more_facts(data, options, path)


def _more_facts(data: Mapping[str, Any], options: Mapping[str, Any], path: str) -> Iterator[Fact]:
    """The slug in the name of the file, if the seed has none, and the lead image."""
    slugs = options.get("slugs", ())
    if options.get(_FILE_NAMES) and not any(isinstance(data.get(key), str) for key in slugs):
        from seedlint.text.file_names import read_stem, split_path

        if name := split_path(path):
            dated = read_stem(name.stem)
            slug = dated.slug if dated else name.stem
            # Translations are often in files with one name.
            language = name.ending.rpartition(".")[0]
            yield Fact("slug", (slug + language).casefold(), (), slug)
    if _LEAD_IMAGE in options:
        pointer = tuple(options[_LEAD_IMAGE]["at"])
        link = value_at(data, pointer)
        if isinstance(link, str) and (identity := normalize_link(link)):
            yield Fact("image", identity, pointer, link, options[_LEAD_IMAGE]["seeds"])


def terms_of(data: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """The terms of a seed that all seeds spell alike, with their places; the first thousand."""
    for key in options.get(SPELLINGS, ()):
        value = data.get(key)
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, list):
            for index, each in enumerate(value[:_MOST_TERMS]):
                if isinstance(each, str):
                    yield (key, index), each


def _compared(options: Mapping[str, Any]) -> list[tuple[str, str, Normalize]]:
    """The kind, the key and the normalization of each text that is compared."""
    return [
        (name, key, kind.normalize)
        for name, kind in KINDS.items()
        for key in options.get(kind.option, ())
    ]
