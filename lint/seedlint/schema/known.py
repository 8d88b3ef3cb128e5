"""Contracts that are known to pass every check, so that nothing of what checks need be loaded.

Checking a contract takes longer than checking a thousand seeds against it. The article contract
needs no check: it is part of seedlint, and the tests check it.
"""

from __future__ import annotations

import json
from pathlib import Path
from stat import S_ISREG
from typing import Any

ARTICLE_CONTRACT = "article.schema.json"


def shipped_contract() -> Path:
    """The article contract: inside the installed package, else in the checkout's `schemas/`."""
    package = Path(__file__).parent.parent
    packaged = package / "schemas" / ARTICLE_CONTRACT
    return packaged if packaged.is_file() else package.parent.parent / "schemas" / ARTICLE_CONTRACT


def known_schema(path: Path) -> Any:
    """The JSON Schema at `path` if it is the article contract to the byte, else None.

    Never raises: what is wrong with a contract is said where it is checked.
    """
    shipped = shipped_contract()
    try:
        data = shipped.read_bytes()
        if path != shipped:
            status = path.stat()
            if not S_ISREG(status.st_mode) or status.st_size != len(data):
                return None
            if path.read_bytes() != data:
                return None
        return json.loads(data)
    except (OSError, ValueError):
        return None
