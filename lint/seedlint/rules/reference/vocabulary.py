"""The terms of a vocabulary: a part of a YAML or JSON file beside the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.pointer import Part, Pointer, format_pointer, unescape_step
from seedlint.rules.base import quote
from seedlint.rules.binding import Options, Surroundings, UnusableOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.binding import DataFile

# One way to write an index.
_INDEX = re.compile("0|[1-9][0-9]{0,8}")

Place = tuple[Pointer, Part]
"""Where the entry of a term is in its file."""


def read_terms(options: Options, surroundings: Surroundings) -> dict[str, Place]:
    """The terms that the options name, each with the place of its entry in the file.

    Raises UnusableOption for a file or a pointer that leads nowhere, SchemaError, with its place
    in the file, for what is not a term.
    """
    try:
        file = surroundings.read(options["file"])
    except UnusableOption as error:
        raise UnusableOption(str(error), ("file",)) from None
    place = _follow(file.data, options.get("pointer", ""))
    if place is None:
        raise UnusableOption(f"this leads nowhere in {quote(options['file'])}", ("pointer",))
    pointer, value = place
    terms: dict[str, Place] = {}
    for term, at in _entries(file, pointer, value, options.get("key")):
        terms.setdefault(term, at)
    if not terms:
        raise file.error("a vocabulary without any term", pointer)
    return terms


def _follow(data: Any, pointer: str) -> tuple[Pointer, Any] | None:
    """The place and the value at a JSON Pointer; None if there is none."""
    steps: list[str | int] = []
    if not pointer:
        return (), data
    if pointer[0] != "/":
        return None
    for written in pointer[1:].split("/"):
        step: str | int = unescape_step(written)
        if isinstance(data, list) and _INDEX.fullmatch(written):
            step = int(written)
            data = data[step] if step < len(data) else None
        elif isinstance(data, dict):
            data = data.get(step)
        else:
            return None
        if data is None:
            return None
        steps.append(step)
    return tuple(steps), data


def _entries(
    file: DataFile, pointer: Pointer, value: Any, key: str | None
) -> Iterator[tuple[str, Place]]:
    if isinstance(value, dict):
        if key is not None:
            raise file.error("`key` needs a list of mappings, and here is a mapping", pointer)
        yield from ((term, ((*pointer, term), "key")) for term in value)
        return
    if not isinstance(value, list):
        where = f"at `{format_pointer(pointer)[:60]}` " if pointer else ""
        raise file.error(f"a vocabulary is a list or a mapping; {where}there is neither", pointer)
    for index, entry in enumerate(value):
        at = (*pointer, index)
        if key is None:
            if isinstance(entry, dict):
                words = "an entry of a vocabulary is a text; for a list of mappings the option "
                raise file.error(f"{words}`key` says which key holds it", at)
            term = entry
        elif not isinstance(entry, dict) or key not in entry:
            raise file.error(f"this entry of the vocabulary has no key {quote(key)}", at)
        else:
            term, at = entry[key], (*at, key)
        if not isinstance(term, str):
            raise file.error("an entry of a vocabulary is a text; others need quotes", at)
        yield term, (at, "value")
