"""The public functions, for programs that want findings as data."""

from __future__ import annotations

import os
from collections.abc import Iterable

from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target, find_targets
from seedlint.run import run
from seedlint.settings import Settings


def lint_text(
    text: str | bytes, *, schema: str | os.PathLike[str] | None = None, filename: str = "<text>"
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
    paths: Iterable[str | os.PathLike[str]], *, schema: str | os.PathLike[str] | None = None
) -> list[Diagnostic]:
    """The findings of files and folders, in order of path and place.

    Raises SchemaError when the contract cannot be used, InputError when a path is not there or
    nothing is found.
    """
    settings = Settings(schema=schema)
    targets = find_targets([os.fspath(path) for path in paths], settings)
    return run(targets.files, settings).diagnostics
