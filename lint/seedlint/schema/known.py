"""Contracts that are known to pass every check, so that nothing of what checks need be loaded.

Checking a contract takes longer than checking a thousand seeds against it. Two kinds need no check:
the article contract, which is part of seedlint and checked by its tests, and one that passed
before, of which a marker was left in the cache. A marker is an empty file that is named after the
digest of the contract's bytes and seedlint's version; it can say nothing wrong about other bytes.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from stat import S_ISREG
from typing import Any

import seedlint

ARTICLE_CONTRACT = "article.schema.json"
_MOST_BYTES = 2 * 1024 * 1024


def shipped_contract() -> Path:
    """The article contract: inside the installed package, else in the checkout's `schemas/`."""
    package = Path(__file__).parent.parent
    packaged = package / "schemas" / ARTICLE_CONTRACT
    return packaged if packaged.is_file() else package.parent.parent / "schemas" / ARTICLE_CONTRACT


def known_schema(path: Path, cache: Path | None) -> Any:
    """The JSON Schema at `path` if it needs no check, else None. Never raises."""
    shipped = shipped_contract()
    try:
        if path == shipped:
            return json.loads(shipped.read_bytes())
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            return None
        data = path.read_bytes()
        if data == shipped.read_bytes() or (cache is not None and _marker(cache, data).exists()):
            return json.loads(data)
    except (OSError, ValueError):
        pass
    return None


def remember_schema(text: str, cache: Path) -> None:
    """Note that the contract `text`, which is one file, passed every check. Never raises."""
    try:
        marker = _marker(cache, text.encode())
        marker.parent.mkdir(exist_ok=True)
        os.close(os.open(marker, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        pass


def _marker(cache: Path, data: bytes) -> Path:
    from hashlib import blake2b

    digest = blake2b(data, digest_size=20, key=seedlint.__version__.encode()).hexdigest()
    return cache / "contracts" / digest
