"""Patterns of a contract that cannot be used, or that other validators read differently."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.pointer import Part, Pointer, value_at
from seedlint.rules.base import Related, quote
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import MOST_LABELS, Check, Contract, Located, Subschema, times
from seedlint.text.patterns import PatternError, compile_pattern

# The total length of all different patterns of a contract, in characters, counting so many more for
# each: they are compiled and kept.
_MAX_PATTERNS = 1_000_000
_PER_PATTERN = 100


class PatternCheck(Check):
    """Patterns that do not compile, are too long in all, or are not portable."""

    def __init__(self, contract: Contract) -> None:
        super().__init__(contract)
        self._patterns: set[str] = set()
        self._size = 0
        # By kind, the places of what is not portable in patterns of the contract's own file.
        self._unportable: dict[str, list[tuple[Pointer, Part, tuple[int, int]]]] = {}

    def at_schema(self, at: Subschema) -> Iterator[Located]:
        if isinstance(pattern := at.schema.get("pattern"), str):
            yield from self._check(at, ("pattern",), pattern, "value")
        if isinstance(patterns := at.schema.get("patternProperties"), dict):
            for pattern in patterns:
                yield from self._check(at, ("patternProperties", pattern), pattern, "key")

    def _check(self, at: Subschema, steps: Pointer, pattern: str, part: Part) -> Iterator[Located]:
        try:
            compiled = compile_pattern(pattern)
        except PatternError as error:
            message = f"pattern cannot be used: {error}"
            within = (error.offset, error.offset + 1)
            from seedlint.text.portability import advise_refused

            help = advise_refused(pattern, error.offset)
            yield at.fault(FaultKind.UNUSABLE_PATTERN, message, steps, part, help, within)
            return
        if pattern not in self._patterns:
            self._patterns.add(pattern)
            before = self._size
            self._size += len(compiled.pattern) + _PER_PATTERN
            if self._size > _MAX_PATTERNS >= before:
                message = "too many or too long patterns in all"
                yield at.fault(FaultKind.UNUSABLE_PATTERN, message, steps, part)
        if self.contract.is_complete and at.source is self.contract.root:
            from seedlint.text.portability import find_unportable

            for each in find_unportable(pattern):
                found = self._unportable.setdefault(each.kind, [])
                found.append(((*at.pointer, *steps), part, (each.start, each.end)))

    def at_end(self) -> Iterator[Located]:
        """Each kind of construct once, at its first place: most are in many patterns."""
        if not self._unportable:
            return
        from seedlint.text.portability import CONSTRUCTS

        root = self.contract.root
        for kind, places in self._unportable.items():
            construct = CONSTRUCTS[kind]
            pointer, part, within = places[0]
            text = pointer[-1] if part == "key" else value_at(root.data, pointer)
            written = quote(str(text)[slice(*within)])
            yield (
                root,
                Fault(
                    FaultKind.UNPORTABLE_PATTERN,
                    f"{written} {construct.reads}{times(len(places))}",
                    pointer,
                    part,
                    construct.instead,
                    within,
                    tuple(
                        Related(at, "here, too", part, within)
                        for at, part, within in places[1 : MOST_LABELS + 1]
                    ),
                ),
            )
