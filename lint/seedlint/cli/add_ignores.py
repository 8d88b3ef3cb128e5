"""`--add-ignores`: writes comments that suppress what was found."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from seedlint.check import Checker
from seedlint.cli.check import plural
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target
from seedlint.errors import InputError
from seedlint.files import reason_of
from seedlint.findings import Findings
from seedlint.fix.write import replace_file
from seedlint.ignores import Commented, is_suppressible, with_comments
from seedlint.outcome import Outcome
from seedlint.report.stream import echo_err
from seedlint.run import OpenedSchemas, open_checkers
from seedlint.settings import Settings
from seedlint.text.source import SourceFile
from seedlint.time_limit import TimeLimitExceeded, time_limit
from seedlint.workers import resume_collection

# More findings than a seed can have.
_ALL_FINDINGS = 1_000_000_000


def add_ignores(outcome: Outcome, settings: Settings, opened: OpenedSchemas) -> list[InputError]:
    """Write comments for the findings of a run, and leave those without one in the outcome.

    `opened` are the contracts that the run has opened. Gives the files that could not be written.
    A seed stays as it is if comments would not suppress all findings that can be suppressed, or
    would change more.
    """
    resume_collection()
    every = settings._replace(limits=settings.limits._replace(findings=_ALL_FINDINGS))
    checker_of = open_checkers(every, opened)
    errors: list[InputError] = []
    left = Findings()
    suppressed = files = 0
    seeds = {target.shown for target in outcome.checked_files()}
    for path, group in groupby(outcome.diagnostics, lambda each: each.path):
        found = list(group)
        if path not in seeds:
            # It is in a file of the contract.
            left.add(found)
            continue
        try:
            result = _write_comments(path, found, outcome, checker_of)
        except OSError as error:
            errors.append(InputError(f"no comments added: {reason_of(error)}", path=path))
            result = None
        if result is None:
            left.add(found)
        else:
            left.add(each._replace(collection=found[0].collection) for each in result.left)
            suppressed += result.suppressed
            files += 1
    outcome.diagnostics = left
    outcome.suppressed += suppressed
    echo_err(f"comments added for {plural(suppressed, 'finding')} in {plural(files, 'file')}")
    return errors


def _write_comments(
    path: str,
    found: list[Diagnostic],
    outcome: Outcome,
    checker_of: Callable[[Target], Checker],
) -> Commented | None:
    """Write comments into a file; None if there is nothing to write. Raises OSError."""
    if path in outcome.unchecked_paths or path in outcome.unmatched:
        return None
    if not any(map(is_suppressible, found)):
        # It may be in the configuration.
        return None
    target = outcome.files.named(path)
    checker = checker_of(target)
    most = checker.settings.limits.file_bytes
    data = read_target(target, most)
    if len(data) > most:
        return None
    source = SourceFile.from_bytes(path, data)
    try:
        with time_limit(checker.settings.limits.seconds):
            # As the checker gives them: it knows no collections.
            plain = [each._replace(collection="") for each in found]
            result = with_comments(source, plain, checker, checker.ignored_in(target.path))
    except TimeLimitExceeded:
        return None
    if result is None or not result.suppressed:
        return None
    replace_file(target.path, data, source.to_bytes(result.text))
    return result
