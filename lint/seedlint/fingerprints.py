"""Which seeds of a run may say the same, told from a few numbers of each.

Reading a seed twice is cheap, keeping all of them in memory is not. A run keeps the fingerprints of
the facts of a seed; only seeds that have one in common with another are read again and compared.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence


class Role:
    """What a fingerprint is about, in its three highest bits; not an Enum, which a run would make.

    The highest one is set. In fingerprints of facts that no two seeds may share it is not: these
    have no role, and the other bits are theirs.
    """

    DEFINES = 4
    REFERS = 5
    USES = 6
    SPELLS = 7


_ROLE_SHIFT = 61
# All fingerprints from here on have a role.
_FIRST_WITH_ROLE = 1 << 63
_IDENTITY = (1 << _ROLE_SHIFT) - 1


def fingerprint(role: int, identity: bytes) -> int:
    """The fingerprint of what a seed defines or refers to; equal identities, equal lower bits."""
    from hashlib import blake2b

    hashed = int.from_bytes(blake2b(identity, digest_size=8).digest(), "little")
    return role << _ROLE_SHIFT | hashed & _IDENTITY


def fingerprint_of_term(number: int) -> int:
    """The fingerprint of a term that all seeds spell alike; `number` has 61 bits."""
    return Role.SPELLS << _ROLE_SHIFT | number


def only_identity(value: int) -> int:
    """A fingerprint without its role."""
    return value & _IDENTITY


def only_shared(values: Iterable[int]) -> set[int]:
    """Those of facts that no two seeds may share."""
    return {value for value in values if value < _FIRST_WITH_ROLE}


class Fingerprints:
    """The fingerprints of the seeds of a run, 12 bytes each."""

    def __init__(self) -> None:
        self._values = array("Q")
        self._seeds = array("I")

    def add(self, seed: int, values: Iterable[int]) -> None:
        """Note those of the seed with the number `seed`, without repetition."""
        self._values.extend(values)
        self._seeds.extend([seed] * (len(self._values) - len(self._seeds)))

    def add_bytes(self, seed: int, values: bytes) -> None:
        """The same for values as they are in memory, 8 bytes each."""
        self._values.frombytes(values)
        self._seeds.extend([seed] * (len(values) >> 3))

    def extend(self, others: Fingerprints, numbers: Sequence[int] | None = None) -> None:
        """Note those that were noted elsewhere, of seeds with the same numbers.

        With `numbers` seed 0 there is the seed with the first of them, and so on.
        """
        self._values.extend(others._values)
        if numbers is None or numbers == range(len(numbers)):
            self._seeds.extend(others._seeds)
        else:
            self._seeds.extend(numbers[seed] for seed in others._seeds)

    def of(self, seeds: Iterable[int]) -> dict[int, set[int]]:
        """Those of each of `seeds`, in the order of these."""
        found: dict[int, set[int]] = {seed: set() for seed in seeds}
        for value, seed in zip(self._values, self._seeds, strict=True):
            if seed in found:
                found[seed].add(value)
        return found

    def shared(self) -> Fingerprints:
        """Those of facts that no two seeds may share."""
        found = Fingerprints()
        for value, seed in zip(self._values, self._seeds, strict=True):
            if value < _FIRST_WITH_ROLE:
                found.add(seed, (value,))
        return found

    def identities(self, role: int) -> set[int]:
        """What any seed has in this role, without the role."""
        return {value & _IDENTITY for value in self._values if value >> _ROLE_SHIFT == role}

    def seeds_with(self, role: int) -> list[int]:
        """The numbers of the seeds that have something in this role, in order."""
        found = zip(self._values, self._seeds, strict=True)
        return sorted({seed for value, seed in found if value >> _ROLE_SHIFT == role})

    def unanswered(self, first: int) -> list[int]:
        """The seeds, from the number `first` on, that refer to what no seed defines, in order."""
        defined = self.identities(Role.DEFINES)
        return sorted(
            {
                seed
                for value, seed in zip(self._values, self._seeds, strict=True)
                if value >> _ROLE_SHIFT == Role.REFERS
                and seed >= first
                and value & _IDENTITY not in defined
            }
        )

    def terms(self) -> Counter[int]:
        """How many seeds have each term, by the number in its fingerprint."""
        return Counter(
            value & _IDENTITY for value in self._values if value >> _ROLE_SHIFT == Role.SPELLS
        )

    def with_terms(self, numbers: Collection[int]) -> dict[int, list[int]]:
        """The seeds that have each of some terms, in order."""
        found: dict[int, list[int]] = {number: [] for number in numbers}
        for value, seed in zip(self._values, self._seeds, strict=True):
            if value >> _ROLE_SHIFT == Role.SPELLS and value & _IDENTITY in found:
                found[value & _IDENTITY].append(seed)
        return {number: sorted(seeds) for number, seeds in found.items()}

    def candidates(self, first: int) -> list[int]:
        """The numbers of the seeds that share a fingerprint with another, in order.

        At least one of those that share it has the number `first` or a higher one.
        """
        if len(set(self._values)) == len(self._values):
            return []
        owners: dict[int, int] = {}
        shared: set[int] = set()
        for value, seed in zip(self._values, self._seeds, strict=True):
            if owners.setdefault(value, seed) != seed:
                shared.add(value)
        if first:
            shared &= {
                v for v, seed in zip(self._values, self._seeds, strict=True) if seed >= first
            }
        if not shared:
            return []
        return sorted(
            {seed for value, seed in zip(self._values, self._seeds, strict=True) if value in shared}
        )
