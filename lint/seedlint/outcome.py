"""What comes of a run: the findings, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from seedlint.discover import Files, Target
from seedlint.findings import Findings
from seedlint.result import FileResult
from seedlint.rules import all_rules
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.ignore_at import IgnoredAt


class Outcome:
    """The result of a run.

    `seeds` is the number of files, `unchecked` how many of them could not be validated, `failures`
    on how many seedlint itself failed, `uncompared` how many other files could not be compared
    with; `suppressed` counts the findings that comments or settings answer, `held` those
    that a baseline holds, `older` those that an earlier commit had as well, and `unchecked_held`
    the files among `unchecked` that are not new; `warnings` are about the contract and the cache.
    `unmatched` are files that no collection takes; by collection, `taken` counts those that it
    takes, and `fail_on` says which findings fail the run. `ignored_at` are the entries of
    `ignore-at` that answered a finding. `files` and `schema_files` are what was read; the first
    `context_files` of `files` were only compared with.
    """

    # Not a dataclass: importing `dataclasses` takes 4 ms.
    _COMPARED = (
        "schema",
        "diagnostics",
        "failures",
        "held",
        "older",
        "seeds",
        "suppressed",
        "unchecked_held",
        "unchecked_paths",
        "uncompared",
        "warnings",
    )
    __slots__ = (
        *(name for name in _COMPARED if name != "schema"),
        "_schemas",
        "context_files",
        "fail_on",
        "files",
        "ignored_at",
        "schema_files",
        "taken",
        "unmatched",
    )

    def __init__(self, seeds: int) -> None:
        self.seeds = seeds
        self.warnings: list[str] = []
        self._schemas: list[str] = []
        self.files = Files()
        self.context_files = 0
        self.schema_files: tuple[str, ...] = ()
        self.diagnostics = Findings()
        self.unchecked_paths: set[str] = set()
        self.unchecked_held = 0
        self.uncompared = 0
        self.failures = 0
        self.suppressed = 0
        self.held = 0
        self.older = 0
        self.unmatched: list[str] = []
        self.taken: dict[str, int] = {}
        self.fail_on: dict[str, Severity] = {}
        self.ignored_at: set[IgnoredAt] = set()

    @property
    def unchecked(self) -> int:
        """How many files could not be validated."""
        return len(self.unchecked_paths)

    def checked_files(self) -> Iterator[Target]:
        """The files that the run is about."""
        return islice(self.files, self.context_files, None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Outcome) and all(
            getattr(self, name) == getattr(other, name) for name in self._COMPARED
        )

    def add_schema(self, schema: LoadedSchema) -> None:
        """Note that some of the files are checked against this contract."""
        self._schemas.append(schema.path)
        self.schema_files += schema.files
        self.warn(schema.warnings)

    @property
    def schema(self) -> str:
        """The contract as shown to people, or how many there are; "" if none was needed."""
        names = set(self._schemas)
        if len(names) == 1:
            return self._schemas[0]
        return f"{len(names)} schemas" if names else ""

    def warn(self, warnings: Iterable[str]) -> None:
        """Add warnings, each once, however many collections they are about."""
        self.warnings += [each for each in warnings if each not in self.warnings]

    def add(self, result: FileResult, settings: Settings) -> None:
        """Add the result for one of the files; `settings` are those of its collection."""
        collection = settings.collection
        self.suppressed += result.suppressed
        for number in result.ignored_at:
            self.ignored_at.add(settings.ignore_at[number])
        if result.diagnostics or not result.validated:
            if not result.validated:
                self.unchecked_paths.add(result.path)
            found, rules = result.diagnostics, all_rules()
            for each in found:
                if rules[each.code].is_failure:
                    self.failures += 1
                    break
            if collection:
                found = tuple(each._replace(collection=collection) for each in found)
            self.diagnostics.add(found)

    def add_of_others(self, other: Outcome) -> int:
        """Add the findings of a run about other files; in how many files they are.

        For what follows these are files that the run was not asked about.
        """
        paths = dict.fromkeys(each.path for each in other.diagnostics)
        known = {file.shown for file in self.files}
        missing = Files(other.files.named(path) for path in paths if path not in known)
        self.context_files += len(missing)
        missing.extend(self.files)
        self.files = missing
        self.seeds += len(paths)
        self.fail_on = {**other.fail_on, **self.fail_on}
        self.diagnostics = Findings(chain(self.diagnostics, other.diagnostics))
        return len(paths)

    def remark_on(self, other: FileResult) -> None:
        """Note that a context file could not be read, so that nothing was compared with it."""
        for diagnostic in other.diagnostics:
            if all_rules()[diagnostic.code].transient:
                self.uncompared += 1
                self.warnings.append(f"nothing is compared with {other.path}: {diagnostic.message}")

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at `fail_on` or graver, 2 when the run cannot be trusted.

        A file that could not be checked is never clean, whatever severity the reason has.
        """
        if self.failures:
            return 2
        grave = any(
            each.severity.at_least(self.fail_on.get(each.collection, fail_on))
            for each in self.diagnostics
        )
        return int(grave or self.unchecked - self.unchecked_held + self.uncompared > 0)
