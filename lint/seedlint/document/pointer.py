"""Places in data, before anybody has looked for their characters."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

Pointer = tuple[str | int, ...]
"""A path into JSON data, unescaped: `("related", 1, "webUrl")`."""

Part: TypeAlias = 'Literal["key", "value", "mapping"]'
"""Which characters of a pointer are meant.

`value` is the value as written, quotes included (for nothing written at all, what stands for it:
the key, or the dash of a list item); `key` the key that holds it; `mapping` the place of a mapping
that lacks something: the key that holds it, in a list its first key.
"""


def format_pointer(pointer: Pointer) -> str:
    """The pointer as RFC 6901 text: `/related/1/webUrl`."""
    return "".join(["/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer])


def unescape_step(step: str) -> str:
    """One step of a pointer that is written as RFC 6901 text, as the name it stands for."""
    return step.replace("~1", "/").replace("~0", "~")


def value_at(data: Any, pointer: Pointer) -> Any:
    """The value at a pointer into data; None if there is none."""
    for step in pointer:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
