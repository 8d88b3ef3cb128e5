"""The metaschemas of the drafts, as the package `jsonschema-specifications` brings them.

Its data files are read without importing it, because the import takes 40 ms.
"""

from __future__ import annotations

import json
import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOLDERS = {
    "http://json-schema.org/draft-04": "draft4",
    "http://json-schema.org/draft-06": "draft6",
    "http://json-schema.org/draft-07": "draft7",
    "https://json-schema.org/draft/2019-09": "draft201909",
    "https://json-schema.org/draft/2020-12": "draft202012",
}


@cache
def read_metaschema(address: str) -> Any:
    """The metaschema, or the part of one, at an address without a fragment; None for any other."""
    base, _, name = address.rpartition("/")
    folder = _FOLDERS.get(base.removesuffix("/meta"))
    if folder is None or not name.replace("-", "").isalpha():
        return None
    if base.endswith("/meta"):
        path = os.path.join(_schemas(), folder, "vocabularies", name)
    elif name == "schema":
        path = os.path.join(_schemas(), folder, "metaschema.json")
    else:
        return None
    try:
        with open(path, "rb") as stream:
            return json.load(stream)
    except FileNotFoundError:
        return None


@cache
def _schemas() -> str:
    from importlib.util import find_spec

    spec = find_spec("jsonschema_specifications")
    assert spec is not None
    assert spec.origin is not None
    return os.path.join(os.path.dirname(spec.origin), "schemas")
