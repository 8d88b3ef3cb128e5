"""SEED: a file as a whole, its name, and the bounds on what one file may cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from seedlint.rules.binding import Binding, Lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.seed.named import NamedSeed
    from seedlint.rules.seed.ordered import OrderedKeys

_KEYS = ("date", "slug", "title")
_KEY = {"type": "string"}
# One or both, with something between them.
_FORM = r"^[^{}/]*(\{date\}([^{}/]+\{slug\})?|\{slug\}([^{}/]+\{date\})?)[^{}/]*$"


def _parse_named(value: Mapping[str, Any], options: Mapping[str, Any]) -> NamedSeed | None:
    from seedlint.rules.seed.named import read_named_seed

    return read_named_seed(value, options)


def _look_up(options: Mapping[str, Any]) -> Iterator[Lookup]:
    for name in _KEYS:
        if name in options:
            yield Lookup((name,), ((options[name],),))


def _quick_accept_order(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    rank = {key: number for number, key in enumerate(options["properties"] or ())}

    def accepts(value: Mapping[str, Any]) -> bool:
        last = 0
        for key in value:
            if key in rank:
                if rank[key] < last:
                    return False
                last = rank[key]
        return True

    return accepts


def _parse_order(value: Mapping[str, Any], options: Mapping[str, Any]) -> OrderedKeys:
    from seedlint.rules.seed.ordered import OrderedKeys

    return OrderedKeys(tuple(value), tuple(options["properties"] or ()))


ORDERED = Binding(
    name="ordered-keys",
    applies_to=dict,
    options={"type": "object", "properties": {}, "additionalProperties": False},
    parse=_parse_order,
    quick_accept=_quick_accept_order,
    summary="A mapping whose keys are in the order of `properties` beside it.",
    beside="properties",
)

NAMED_AFTER = Binding(
    name="file-name",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "form": {
                "description": "What a name looks like without its ending (`{date}-{slug}`).",
                "type": "string",
                "pattern": _FORM,
                "$comment": "takes `{date}`, `{slug}`, or both with something between them",
            },
            "date": {"description": "The key of the date in the name.", **_KEY},
            "days": {
                "description": "How many days the two dates may be apart (1).",
                "type": "integer",
                "minimum": 0,
                "maximum": 36500,
            },
            "slug": {"description": "The key of the slug in the name.", **_KEY},
            "title": {"description": "The key of the title that the slug is made of.", **_KEY},
        },
        "additionalProperties": False,
    },
    parse=_parse_named,
    quick_accept=lambda options: lambda value: False,
    summary="A date and a slug that are also in the name of the file. At the root of the contract.",
    look_up=_look_up,
    needs_file_name=True,
)
