"""What the rules of texts are given."""

from __future__ import annotations

from seedlint.named_tuple import NamedTuple


class BoundText(NamedTuple):
    """A text, and what the contract asks of it.

    `looks_for_entities` and `looks_for_quotes` say whether HTML entities and quotation marks
    without a partner are looked for; `least` and `most` are bounds of its length in code points.
    """

    text: str
    looks_for_entities: bool
    looks_for_quotes: bool
    least: int | None
    most: int | None
