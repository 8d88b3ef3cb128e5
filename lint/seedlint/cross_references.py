"""What the seeds under one contract define, refer to in other seeds, and use of vocabularies.

One seed alone cannot answer whether what it refers to exists. Each says in fingerprints what it
defines and refers to, and they are compared when all seeds are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from seedlint.document.pointer import Pointer
from seedlint.fingerprints import Role, fingerprint
from seedlint.rules import all_rules
from seedlint.rules.binding import COLLECTED
from seedlint.rules.reference import REFERS_TO
from seedlint.schema.bound_texts import BoundTexts
from seedlint.schema.evaluate import Evaluator


class Reference(NamedTuple):
    """A text at `pointer` of a seed, to be that of `key` in a seed of the collection."""

    pointer: Pointer
    text: str
    collection: str
    key: str

    @property
    def identity(self) -> int:
        """The fingerprint of what is referred to."""
        return _fingerprint(Role.REFERS, self.collection, self.key, self.text)


class CrossReferences:
    """Finds what the seeds of one collection define and refer to, under their contract."""

    def __init__(self, evaluator: Evaluator, collection: str, defines: Sequence[str] = ()) -> None:
        """`defines` are the keys of these seeds that others refer to."""
        self._collection = collection
        self.defines = tuple(sorted(defines))
        names = {
            name
            for rule in all_rules().values()
            if rule.on.kind == "cross-file" and evaluator.severity_of(rule)
            for name in COLLECTED.intersection(rule.on.names)
        }
        self._texts = BoundTexts(evaluator, names)

    def referred(self) -> Iterator[tuple[str, str]]:
        """Each collection that the contract refers to, with the key."""
        for name, options in self._texts.bindings():
            if name == REFERS_TO.name:
                yield self._target(options)

    def references(self, data: Any) -> list[Reference]:
        """What a seed refers to, each place once for each collection and key."""
        found = (
            Reference(each.pointer, each.text, *self._target(each.options))
            for each in self._texts.find(data)
            if each.name == REFERS_TO.name
        )
        return list(dict.fromkeys(found))

    def definitions(self, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The keys that others refer to, each with a text that the seed has there."""
        for key in self.defines:
            value = data.get(key)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield key, text

    def fingerprints(self, data: Mapping[str, Any]) -> tuple[int, ...]:
        """The fingerprints of all that, without repetition."""
        found = [
            _fingerprint(Role.DEFINES, self._collection, key, text)
            for key, text in self.definitions(data)
        ]
        found += [each.identity for each in self.references(data)]
        return tuple(dict.fromkeys(found))

    def _target(self, options: Mapping[str, Any]) -> tuple[str, str]:
        return options.get("collection", self._collection), options["key"]


def _fingerprint(role: Role, *names: str) -> int:
    return fingerprint(role, repr(names).encode("utf-8", "surrogatepass"))
