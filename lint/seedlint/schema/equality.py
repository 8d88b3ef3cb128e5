"""When JSON Schema calls two values equal."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def identity(value: Any) -> str:
    """A text that two JSON values share exactly when JSON Schema calls them equal.

    Numbers compare by value (1 equals 1.0), and no number equals a boolean.
    """
    return json.dumps(_whole_numbers(value), sort_keys=True)


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_whole_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return value
