"""The article contract, which comes with seedlint. Tests check it, so that no run has to."""

from __future__ import annotations

import os
from contextlib import suppress

ARTICLE_SCHEMA = "article.schema.json"


def bundled_schema() -> str:
    """The article contract: inside the installed package, else in the checkout's `schemas/`."""
    package = os.path.dirname(os.path.dirname(__file__))
    packaged = os.path.join(package, "schemas", ARTICLE_SCHEMA)
    if os.path.isfile(packaged):
        return packaged
    checkout = os.path.dirname(os.path.dirname(package))
    return os.path.join(checkout, "schemas", ARTICLE_SCHEMA)


def is_bundled(text: str) -> bool:
    """Whether a file with this text is the article contract."""
    with (
        suppress(OSError, ValueError),
        open(bundled_schema(), encoding="utf-8", newline="") as stream,
    ):
        return text == stream.read()
    return False
