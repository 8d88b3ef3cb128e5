"""DUP: what several seeds of one run share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import adler32, crc32

from seedlint.rules import all_rules
from seedlint.rules.binding import KEYWORD, Binding, look_up_listed
from seedlint.rules.related import KEYS
from seedlint.rules.related.normalization import Normalize, normalize_link, normalize_title

if TYPE_CHECKING:
    from seedlint.rules.base import Rule


class Kind(NamedTuple):
    """A kind of fact: the option that lists its keys, and what makes its texts comparable."""

    option: str
    normalize: Normalize


KINDS: Mapping[str, Kind] = {
    "link": Kind("links", normalize_link),
    "title": Kind("titles", normalize_title),
}
"""The kinds of fact that no two seeds may share, by the name that `CrossFile` takes."""

BINDING = Binding(
    name="unique-across",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            kind.option: {"description": f"The keys with {kind.option} to compare.", **KEYS}
            for kind in KINDS.values()
        },
        "additionalProperties": False,
    },
    # One seed alone cannot break it: facts are collected, and compared when all seeds are read.
    parse=lambda value, options: None,
    quick_accept=lambda options: lambda value: True,
    summary="Links and titles that no two seeds of a run may share. At the root of the contract.",
    look_up=lambda options: look_up_listed(options, (kind.option for kind in KINDS.values())),
)


class Fact(NamedTuple):
    """What one seed says that no other seed of the run may say.

    `identity` is what is compared, `text` what the seed says, `key` where.
    """

    kind: str
    identity: str
    key: str
    text: str


class SharedValue(NamedTuple):
    """A fact that an earlier seed has as well."""

    key: str
    text: str


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
    compared = {KINDS[kind].option for kind in kinds}
    return {option: keys for option, keys in options.items() if option in compared}


def fingerprints_of(data: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[int, ...]:
    """The fingerprints of the facts of one seed, without repetition.

    64-bit hashes: equal facts always collide, others almost never, so facts that collide must be
    compared. The same for every run and machine.
    """
    found: dict[int, None] = {}
    # Not by `collect_facts`, which takes nearly twice as long: every clean seed comes here.
    for kind, key, normalize in _compared(options):
        text = data.get(key)
        if text.__class__ is str and (identity := normalize(text)):
            written = f"{kind} {identity}".encode("utf-8", "surrogatepass")
            found[crc32(written) << 32 | adler32(written)] = None
    return tuple(found)


def collect_facts(data: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of one seed, in the order of the options."""
    for kind, key, normalize in _compared(options):
        text = data.get(key)
        if isinstance(text, str) and (identity := normalize(text)):
            yield Fact(kind, identity, key, text)


def _compared(options: Mapping[str, Any]) -> list[tuple[str, str, Normalize]]:
    """The kind, the key and the normalization of each text that is compared."""
    return [
        (name, key, kind.normalize)
        for name, kind in KINDS.items()
        for key in options.get(kind.option, ())
    ]
