"""What a contract can bind to a field, by name, under `x-seedlint`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

JsonSchema = Mapping[str, Any]

KEYWORD = "x-seedlint"
"""The keyword of a contract that binds rules to a field."""


class Binding(NamedTuple):
    """A name under `x-seedlint` that binds a family of rules to a field of the contract.

    `applies_to` is the Python type of the values it looks at (others pass, as with `pattern`);
    `options` is the JSON Schema of its options; `parse` makes what its rules are given from the
    value and the options (None: nothing to check). `quick_accept` makes of the options a test
    that is true only of values of which no rule has anything to say; of others it may be false.
    """

    name: str
    applies_to: type
    options: JsonSchema
    parse: Callable[[Any, Mapping[str, Any]], Any]
    quick_accept: Callable[[Mapping[str, Any]], Callable[[Any], object]]
    summary: str
