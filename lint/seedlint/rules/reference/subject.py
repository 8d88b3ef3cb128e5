"""What the rules of references are given."""

from __future__ import annotations

from collections.abc import Mapping

from seedlint.named_tuple import NamedTuple
from seedlint.rules.reference.local_files import Roots
from seedlint.rules.reference.vocabulary import Place
from seedlint.text.nearest import Lexicon


class Term(NamedTuple):
    """A text that is to be one of the `terms` of a `file`, each with its place there."""

    text: str
    file: str
    terms: Mapping[str, Place]
    lexicon: Lexicon

    def __str__(self) -> str:
        return self.text


class BrokenReference(NamedTuple):
    """A text that no seed of the `collection` ("" for none) has under `key`.

    `near` is what some seed has and may have been meant; `is_defined` says whether any has the key.
    """

    text: str
    collection: str
    key: str
    near: str | None
    is_defined: bool


class NamedFile(NamedTuple):
    """A text that names a file in some folders; `must_be_local` says that no address will do."""

    text: str
    roots: Roots
    must_be_local: bool
