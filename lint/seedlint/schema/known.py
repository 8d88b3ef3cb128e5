"""Contracts that are known to pass every check, so that nothing of what checks need be loaded.

Checking a contract takes longer than checking a thousand seeds against it. The article contract
needs no check: it is part of seedlint, and the tests check it. Of any other it is remembered, in
the cache folder, that it has passed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from stat import S_ISREG
from typing import Any, NamedTuple

from seedlint.cache_folder import is_own_file, make_own_file, program

ARTICLE_CONTRACT = "article.schema.json"
# Larger contracts are refused where they are checked.
_MOST_BYTES = 5 * 1024 * 1024
# How many contracts are remembered.
_REMEMBERED = 100
_ENDING = ".contract"


class KnownContract(NamedTuple):
    """A contract that has passed every check: the JSON Schema, and the text of all its files."""

    schema: Any
    text: str


def shipped_contract() -> str:
    """The article contract: inside the installed package, else in the checkout's `schemas/`."""
    package = os.path.dirname(os.path.dirname(__file__))
    packaged = os.path.join(package, "schemas", ARTICLE_CONTRACT)
    if os.path.isfile(packaged):
        return packaged
    checkout = os.path.dirname(os.path.dirname(package))
    return os.path.join(checkout, "schemas", ARTICLE_CONTRACT)


def shipped_if(path: str | os.PathLike[str]) -> KnownContract | None:
    """The article contract if that is what stands at `path`, to the byte; else None.

    Never raises: what is wrong with a contract is said where it is checked.
    """
    with suppress(OSError, ValueError):
        data = _read(path)
        if is_shipped(data):
            return KnownContract(json.loads(data), data.decode())
    return None


def is_shipped(data: bytes) -> bool:
    """Whether a file of these bytes is the article contract."""
    with suppress(OSError, ValueError):
        return data == _read(shipped_contract())
    return False


def known_contract(path: str | os.PathLike[str], folder: str | None) -> KnownContract | None:
    """The contract at `path` if the cache `folder` remembers that it has passed every check.

    Never raises either.
    """
    with suppress(OSError, ValueError, RecursionError):
        if folder is not None:
            data = _read(path)
            if is_own_file(_place(folder, path, data)):
                return KnownContract(json.loads(data), data.decode())
    return None


def remember_contract(path: str | os.PathLike[str], text: str, folder: str | None) -> None:
    """Note that the contract at `path`, which is one file with this text, has passed every check.

    A contract that cannot be noted is checked again.
    """
    if folder is None:
        return
    with suppress(OSError):
        place = _place(folder, path, text.encode())
        if os.path.lexists(place) and not is_own_file(place):
            os.unlink(place)
        make_own_file(place)
        with os.scandir(folder) as entries:
            noted = [entry for entry in entries if entry.name.endswith(_ENDING)]
        noted.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for entry in noted[_REMEMBERED:]:
            os.unlink(entry.path)


def _place(folder: str, path: str | os.PathLike[str], data: bytes) -> str:
    """Where a contract is noted: under a digest of all that the checks depend on.

    Its name is part of that, for a contract may refer to itself by name.
    """
    from hashlib import blake2b

    about = (os.path.basename(path), sys.version_info, program())
    digest = blake2b(repr(about).encode("utf-8", "surrogatepass") + data, digest_size=16)
    return os.path.join(folder, digest.hexdigest() + _ENDING)


def _read(path: str | os.PathLike[str]) -> bytes:
    """A regular file. Raises OSError for anything else, ValueError for one that is too large."""
    status = os.stat(path)
    if not S_ISREG(status.st_mode):
        raise OSError("not a regular file")
    with open(path, "rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return data
