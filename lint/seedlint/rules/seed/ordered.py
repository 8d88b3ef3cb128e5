"""What the rule on the order of keys is given."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.named_tuple import NamedTuple


class OrderedKeys(NamedTuple):
    """The keys of a mapping, in order, and those that the contract names, in its order."""

    keys: tuple[str, ...]
    properties: tuple[str, ...]

    def first_late(self) -> tuple[str, str] | None:
        """The first key that comes too late, and the first one that it belongs before."""
        rank = self._rank()
        highest = -1
        for key in self.keys:
            if key not in rank:
                continue
            if rank[key] < highest:
                return key, next(k for k in self.keys if rank.get(k, -1) > rank[key])
            highest = rank[key]
        return None

    def in_order(self) -> tuple[str, ...]:
        """The keys in the order of the contract; those that it does not name keep their places."""
        rank = self._rank()
        known: Iterator[str] = iter(
            sorted(filter(rank.__contains__, self.keys), key=rank.__getitem__)
        )
        return tuple(next(known) if key in rank else key for key in self.keys)

    def _rank(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.properties)}
