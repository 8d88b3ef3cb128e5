"""The part of a run that is checked against one contract."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from seedlint.discover import Files
from seedlint.fast_path import FastPath
from seedlint.rules.binding import COLLECTED
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings


class Part:
    """The files of a run that are checked against one contract: all, or those of a collection.

    `numbers` are those that the files have in the run; the first `others` are only compared with.
    """

    def __init__(self, settings: Settings, schema: LoadedSchema) -> None:
        self.settings = settings
        self.schema = schema
        self.fast_path = FastPath(schema, settings)
        # The collections, each with a key of their seeds, that the contract refers to.
        self.referred: frozenset[tuple[str, str]] = frozenset()
        if COLLECTED & schema.bindings:
            self.referred = self._refer()
        self.files = Files()
        self.numbers: Sequence[int] = ()
        self.others = 0

    def _refer(self, defines: Sequence[str] = ()) -> frozenset[tuple[str, str]]:
        """Have the run note what the seeds refer to, and what they define under these keys.

        Gives the collections, each with a key of their seeds, that the contract refers to.
        """
        # Few contracts refer to other seeds.
        from seedlint.cross_references import CrossReferences

        found = CrossReferences(self.fast_path.evaluator, self.settings.collection, defines)
        self.fast_path.references = None if found.is_empty() else found
        return frozenset(found.referred())

    def define(self, referred: Iterable[tuple[str, str]]) -> None:
        """Note what others refer to, if it is of the collection of these files."""
        if keys := [key for name, key in referred if name == self.settings.collection]:
            self._refer(keys)

    def take(self, numbers: Sequence[int], seeds: Files, others: int) -> None:
        """Take those of `seeds` with these numbers, which are in order."""
        self.numbers = numbers
        self.others = bisect_left(numbers, others)
        takes_all = len(numbers) == len(seeds)
        self.files = seeds if takes_all else Files(seeds[number] for number in numbers)
