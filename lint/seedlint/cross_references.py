"""What the seeds under one contract define, refer to in other seeds, and use of vocabularies.

One seed alone cannot answer whether what it refers to exists. Each says in fingerprints what it
defines and refers to, and they are compared when all seeds are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from seedlint.cache.schemas import digest_of
from seedlint.document.pointer import Pointer
from seedlint.fingerprints import Role, fingerprint
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.binding import COLLECTED, Surroundings
from seedlint.rules.reference import (
    REFERS_TO,
    TERMS,
    VOCABULARY,
    is_collected,
    read_vocabulary,
)
from seedlint.rules.reference.vocabulary import Place
from seedlint.schema.bound_texts import BoundText, BoundTexts
from seedlint.schema.evaluate import Evaluator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Reference(NamedTuple):
    """A text at `pointer` of a seed, to be that of `key` in a seed of the collection."""

    pointer: Pointer
    text: str
    collection: str
    key: str

    @property
    def fingerprint(self) -> int:
        """The fingerprint of what is referred to."""
        return _fingerprint(Role.REFERS, self.collection, self.key, self.text)


class Vocabulary:
    """The terms of a vocabulary, and where they are."""

    def __init__(self, options: Mapping[str, Any], surroundings: Surroundings) -> None:
        self.terms: Mapping[str, Place] = read_vocabulary(options, surroundings)[TERMS]
        self.file = surroundings.read(options["file"])
        # By what the file says, whatever it is called from the working directory.
        where = options.get("pointer", ""), options.get("key", "")
        self._name = digest_of(self.file.text), *where

    def fingerprint(self, term: str) -> int:
        """The fingerprint of the use of a term."""
        return _fingerprint(Role.USES, *self._name, term)


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
        self._texts = BoundTexts(
            evaluator, lambda name, options: name in names and is_collected(name, options)
        )
        self._surroundings = evaluator.references.surroundings
        # The terms of each vocabulary whose unused ones are reported, by the id of the options.
        self._vocabularies = {
            id(options): Vocabulary(options, self._surroundings)
            for name, options in self._texts.bindings()
            if name == VOCABULARY.name
        }

    def referred(self) -> Iterator[tuple[str, str]]:
        """Each collection that the contract refers to, with the key."""
        for name, options in self._texts.bindings():
            if name == REFERS_TO.name:
                yield self._target(options)

    def vocabularies(self) -> Iterable[Vocabulary]:
        """The vocabularies whose unused terms are reported."""
        return self._vocabularies.values()

    def is_empty(self) -> bool:
        """Whether there is nothing to find."""
        return not self.defines and not any(self._texts.bindings())

    def references(self, data: Any) -> list[Reference]:
        """What a seed refers to, each place once for each collection and key."""
        return list(dict.fromkeys(map(self._reference, self._bound(data, REFERS_TO.name))))

    def _bound(self, data: Any, name: str) -> list[BoundText]:
        return [each for each in self._texts.find(data) if each.name == name]

    def _reference(self, bound: BoundText) -> Reference:
        return Reference(bound.pointer, bound.text, *self._target(bound.options))

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
        for each in self._texts.find(data):
            if each.name == REFERS_TO.name:
                found.append(self._reference(each).fingerprint)
            else:
                found.append(self._vocabularies[id(each.options)].fingerprint(each.text))
        return tuple(dict.fromkeys(found))

    def _target(self, options: Mapping[str, Any]) -> tuple[str, str]:
        return options.get("collection", self._collection), options["key"]


def _fingerprint(role: int, *names: str) -> int:
    return fingerprint(role, repr(names).encode("utf-8", "surrogatepass"))
