"""`--add-ignores`: writes suppression comments for what there is."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby

from seedlint.check import Checker
from seedlint.cli.check import plural
from seedlint.diagnostic import Diagnostic
from seedlint.discover import read_target
from seedlint.errors import InputError
from seedlint.files import read_regular_file, reason_of
from seedlint.ignores import Answered, answer
from seedlint.report.stream import echo_err
from seedlint.run import Outcome, open_checkers
from seedlint.settings import Settings
from seedlint.text.marks import BOM
from seedlint.text.source import SourceFile
from seedlint.time_limit import TimeLimitExceeded, time_limit

# More than there can be in a seed.
_ALL_FINDINGS = 1_000_000_000


def add_ignores(outcome: Outcome, settings: Settings) -> list[InputError]:
    """Write comments for the findings of a run, and leave the others in the outcome.

    Answers with the files that could not be written. They stay as they are, as does a seed in which
    comments would not answer all findings that can be answered, or would change more.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    every = settings._replace(limits=settings.limits._replace(findings=_ALL_FINDINGS))
    checker_of = open_checkers(every)
    errors: list[InputError] = []
    left: list[Diagnostic] = []
    answered = files = 0
    for path, group in groupby(outcome.diagnostics, lambda each: each.path):
        found = list(group)
        try:
            result = _answer(path, found, outcome, checker_of)
        except OSError as error:
            errors.append(InputError(f"cannot be written: {reason_of(error)}", path=path))
            result = None
        if result is None:
            left += found
        else:
            left += (each._replace(collection=found[0].collection) for each in result.left)
            answered += result.answered
            files += 1
    outcome.diagnostics = left
    outcome.suppressed += answered
    echo_err(f"comments added for {plural(answered, 'finding')} in {plural(files, 'file')}")
    return errors


def _answer(
    path: str,
    found: list[Diagnostic],
    outcome: Outcome,
    checker_of: Callable[[str], Checker],
) -> Answered | None:
    """Write comments into a file; None if there is nothing to write. Raises OSError."""
    if path in outcome.unchecked_paths or path in outcome.unmatched:
        return None
    target = outcome.files.named(path)
    checker = checker_of(target.path)
    most = checker.settings.limits.file_bytes
    data = read_target(target, most)
    if len(data) > most:
        return None
    source = SourceFile.from_bytes(path, data)
    try:
        with time_limit(checker.settings.limits.seconds):
            # As the checker finds them, which knows no collections.
            plain = [each._replace(collection="") for each in found]
            result = answer(source, plain, checker, checker.ignored_in(target.path))
    except TimeLimitExceeded:
        return None
    if result is None or not result.answered:
        return None
    after = result.text.encode("utf-8", "surrogateescape")
    _replace(target.path, data, BOM + after if source.bom else after)
    return result


def _replace(path: str, before: bytes, after: bytes) -> None:
    """Put other bytes in the place of a file, whole or not at all; its mode stays.

    Raises OSError, also for a link and for a file that no longer is as it was.
    """
    data, status = read_regular_file(path, len(before))
    if data != before:
        raise OSError("it was changed during the run")
    if not os.access(path, os.W_OK):
        raise OSError("permission denied")
    temporary = os.path.join(os.path.dirname(path), f".seedlint-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(temporary, flags, 0o600), "wb") as stream:
            stream.write(after)
            if hasattr(os, "fchmod"):
                # Only root may give a file away.
                with suppress(OSError):
                    os.fchown(stream.fileno(), status.st_uid, status.st_gid)
                os.fchmod(stream.fileno(), status.st_mode & 0o7777)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
