"""Paths and fingerprints for code hosts: paths from the root of the repository, with slashes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b

from seedlint.diagnostic import Diagnostic
from seedlint.files import work_tree_of

InRepository = Callable[[str], str]
"""Turns the path of a region into the one from the root of the repository."""

STDIN = "<stdin>"


def repository_paths(here: str, environ: Mapping[str, str]) -> InRepository:
    """Translates paths relative to the folder `here` into paths from the root of its repository.

    The root is the nearest folder with a `.git`, else the workspace of the GitHub job, else `here`.
    A path that leads out of it stays as it is.
    """
    root = _root(here, environ)

    def in_repository(path: str) -> str:
        if path == STDIN:
            return path
        found = os.path.relpath(os.path.join(here, path), root)
        outside = found == os.pardir or found.startswith(os.pardir + os.sep)
        return (path if outside else found).replace(os.sep, "/")

    return in_repository


def _root(here: str, environ: Mapping[str, str]) -> str:
    if (tree := work_tree_of(here)) is not None:
        return tree
    workspace = environ.get("GITHUB_WORKSPACE", "")
    is_inside = os.path.isabs(workspace) and _is_below(here, workspace)
    return workspace if is_inside else here


def _is_below(folder: str, top: str) -> bool:
    return os.path.commonpath([folder, os.path.normpath(top)]) == os.path.normpath(top)


def with_fingerprints(
    diagnostics: Iterable[Diagnostic], in_repository: InRepository
) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with a fingerprint: unique, and unchanged when lines or list items move.

    It comes from the path in the repository and from `Diagnostic.identity`; findings of a file that
    agree in these are numbered. Findings of one file must follow each other.
    """
    path = None
    numbers: Counter[bytes] = Counter()
    for diagnostic in diagnostics:
        if diagnostic.path != path:
            path = diagnostic.path
            numbers.clear()
        parts = (in_repository(diagnostic.path), *diagnostic.identity)
        text = "\0".join(parts).encode("utf-8", "surrogatepass")
        digest = blake2b(text, digest_size=16).digest()
        yield diagnostic, f"{digest.hex()}:{numbers[digest]}"
        numbers[digest] += 1
