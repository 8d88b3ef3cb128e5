"""Words that people write in place of a value."""

from __future__ import annotations

NOTHING = frozenset({"none", "nil", "n/a", "na", "nothing", "empty", "tbd", "todo"})
"""Words for "no value", in lower case, which YAML takes for text."""
