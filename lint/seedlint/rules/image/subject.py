"""What the image rules are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import quote
from seedlint.rules.image import side_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.reference.local_files import Roots

_MANY = 10**40


class Side(NamedTuple):
    """The width or the height: its key, its value, and what the contract allows."""

    key: str
    noun: str
    pixels: int
    least: int | None
    most: int | None

    @property
    def text(self) -> str:
        """The number, for a message."""
        # Python refuses to write out integers of some thousand digits.
        return quote(str(self.pixels)) if abs(self.pixels) < _MANY else "an absurd number"

    @property
    def is_plausible(self) -> bool:
        """Whether nothing is wrong with it by itself."""
        return self.pixels > 0 and not self.is_tiny and not self.is_huge

    @property
    def is_tiny(self) -> bool:
        """Whether it is less than allowed; what is not positive is not a size."""
        return self.least is not None and 0 < self.pixels < self.least

    @property
    def is_huge(self) -> bool:
        """Whether it is more than allowed."""
        return self.most is not None and self.pixels > self.most


class ImageSize(NamedTuple):
    """The size given for an image; a side that is not a whole number is None.

    `roots` are the folders that local images are in, if those are looked at.
    """

    width: Side | None
    height: Side | None
    max_aspect_ratio: float | None
    url_key: str
    url: str | None
    roots: Roots | None = None

    @property
    def sides(self) -> Iterator[Side]:
        """Those of the two that are whole numbers."""
        for side in (self.width, self.height):
            if side is not None:
                yield side


def read_side(value: Mapping[str, Any], options: Mapping[str, Any], noun: str) -> Side | None:
    key, least, most = side_options(options, noun)
    pixels = value.get(key)
    # A bool is an int to Python; what is not a whole number is the schema's to refuse.
    if not isinstance(pixels, int) or isinstance(pixels, bool):
        return None
    return Side(key, noun, pixels, least, most)
