"""DUP: what several seeds of one run share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple
from zlib import adler32, crc32

from seedlint.rules.binding import KEYWORD, Binding
from seedlint.rules.related.folding import fold_link, fold_title

_KEYS = {"type": "array", "items": {"type": "string"}}

BINDING = Binding(
    name="unique-across",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {"links": _KEYS, "titles": _KEYS},
        "additionalProperties": False,
    },
    # One seed alone cannot break it: facts are collected, and compared when all seeds are read.
    prepare=lambda value, options: None,
    ordinary=lambda options: lambda value: True,
    summary="Links and titles that no two seeds of a run may share. At the root of the contract.",
)


class Fact(NamedTuple):
    """What one seed says that no other seed of the run may say.

    `identity` is what is compared, `text` what the seed says, `key` where.
    """

    kind: Literal["link", "title"]
    identity: str
    key: str
    text: str


class Shared(NamedTuple):
    """A fact that an earlier seed has as well."""

    key: str
    text: str


def across_options(schema: Any) -> Mapping[str, Any]:
    """The options of `unique-across` at the root of a contract; empty where it has none."""
    bindings = schema.get(KEYWORD, {}) if isinstance(schema, dict) else {}
    options: Mapping[str, Any] = bindings.get(BINDING.name, {})
    return options


def fingerprints_of(data: Mapping[str, Any], options: Mapping[str, Any]) -> tuple[int, ...]:
    """The fingerprints of the facts of one seed, without repetition.

    64 bits that facts which clash have in common; others hardly ever do. The same for every run and
    machine. Who finds two facts with one fingerprint must compare them.
    """
    identities = {f"{fact.kind} {fact.identity}": None for fact in collect_facts(data, options)}
    written = [identity.encode("utf-8", "surrogatepass") for identity in identities]
    return tuple([crc32(each) << 32 | adler32(each) for each in written])


def collect_facts(data: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of one seed, in the order of the options."""
    for key in options.get("links", ()):
        text = data.get(key)
        if isinstance(text, str) and (identity := fold_link(text)):
            yield Fact("link", identity, key, text)
    for key in options.get("titles", ()):
        text = data.get(key)
        if isinstance(text, str) and (identity := fold_title(text)):
            yield Fact("title", identity, key, text)
