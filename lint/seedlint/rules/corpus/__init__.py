"""DUP: what several seeds of one run share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from seedlint.rules.base import Binding
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
    summary="Links and titles that no two seeds of a run may share. At the root of the contract.",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What one seed says that no other seed of the run may say.

    `identity` is what is compared, `text` what the seed says, `key` where.
    """

    kind: Literal["link", "title"]
    identity: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A fact that an earlier seed has as well."""

    key: str
    text: str


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
