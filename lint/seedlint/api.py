"""The public functions, for programs that want findings as data."""

from __future__ import annotations

import os
from collections.abc import Iterable

from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target, find_targets
from seedlint.run import run
from seedlint.settings import Settings, StrPath


def lint_text(
    text: str | bytes, *, schema: StrPath | None = None, filename: str = "<text>"
) -> list[Diagnostic]:
    """The findings of one seed given as text, in order of place.

    `schema` is the path of the contract, None for the article contract that seedlint brings;
    `filename` is what the findings call the seed. Configuration files are not looked for. Raises
    SchemaError when the contract cannot be used.
    """
    settings = Settings(schema=schema)
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    return run(Files([Target(filename, filename, data)]), settings).diagnostics


def lint_paths(
    paths: StrPath | Iterable[StrPath], *, schema: StrPath | None = None
) -> list[Diagnostic]:
    """The findings of files and folders, or of one, in order of path and place.

    Without paths there are no findings. Raises SchemaError when the contract cannot be used,
    InputError when a path does not exist or there are no seeds below it.
    """
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    if not listed:
        return []
    settings = Settings(schema=schema)
    targets = find_targets([os.fspath(path) for path in listed], settings)
    if targets.errors:
        raise targets.errors[0]
    return run(targets.files, settings).diagnostics
