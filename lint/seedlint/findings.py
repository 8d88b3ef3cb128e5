"""All findings of a run, in order, within a bound of memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any, overload

    # Most runs find nothing, and importing it takes a millisecond.
    from seedlint.diagnostic import Diagnostic

# How many findings are kept in memory; each takes some 600 bytes.
_MOST_KEPT = 50_000


class Findings(Sequence["Diagnostic"]):
    """Findings by path, and those of a file by place.

    Beyond a number they go to a temporary file without a name, from which each pass reads them
    again, file by file. Passes are what it is made for, not indices.
    """

    def __init__(self, findings: Iterable[Diagnostic] = ()) -> None:
        self._kept: dict[str, list[Diagnostic]] = {}
        # Where the parts are of what was found in a file.
        self._stored: dict[str, tuple[int, ...]] = {}
        self._file: IO[bytes] | None = None
        self._count = self._kept_count = 0
        self.add(findings)

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, findings: Iterable[Diagnostic]) -> None:
        """Add some more."""
        for each in findings:
            self._kept.setdefault(each.path, []).append(each)
            self._count += 1
            self._kept_count += 1
            if self._kept_count > _MOST_KEPT:
                self._store()

    def _store(self) -> None:
        import pickle

        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile(prefix="seedlint-")  # noqa: SIM115
        for path, found in self._kept.items():
            place = self._file.seek(0, 2)
            pickle.dump(found, self._file, pickle.HIGHEST_PROTOCOL)
            self._stored[path] = (*self._stored.get(path, ()), place)
        self._kept.clear()
        self._kept_count = 0

    def _of(self, path: str) -> Sequence[Diagnostic]:
        found = self._kept.get(path, [])
        if path in self._stored:
            found = [*self._read(path), *found]
        # What ties stays in the order in which it was found. Most files have one finding.
        return sorted(found, key=lambda each: each.sort_key()) if len(found) > 1 else found

    def _read(self, path: str) -> Iterator[Diagnostic]:
        import pickle

        assert self._file is not None
        for place in self._stored[path]:
            self._file.seek(place)
            yield from pickle.load(self._file)

    def __iter__(self) -> Iterator[Diagnostic]:
        for path in sorted({*self._kept, *self._stored}):
            yield from self._of(path)

    def __len__(self) -> int:
        return self._count

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Diagnostic: ...
        @overload
        def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...

    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        return list(self)[index]

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
