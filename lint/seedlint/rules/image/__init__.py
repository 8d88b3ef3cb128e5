"""IMG: sizes of images that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seedlint.rules.base import Binding, quote
from seedlint.rules.image.written_sizes import may_speak_of_size, plainly_says

_MANY = 10**40
# Pixels of a side that floating point numbers can be trusted with.
_ORDINARY = 10**6


@dataclass(frozen=True, slots=True)
class Side:
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
        """Whether it is less than allowed; what is not positive is no size at all."""
        return self.least is not None and 0 < self.pixels < self.least

    @property
    def is_huge(self) -> bool:
        """Whether it is more than allowed."""
        return self.most is not None and self.pixels > self.most


@dataclass(frozen=True, slots=True)
class ImageSize:
    """The size given for an image; a side that is no whole number is None."""

    width: Side | None
    height: Side | None
    max_aspect_ratio: float | None
    url_key: str
    url: str | None

    @property
    def sides(self) -> Iterator[Side]:
        """Those of the two that are whole numbers."""
        for side in (self.width, self.height):
            if side is not None:
                yield side


def _prepare(value: Mapping[str, Any], options: Mapping[str, Any]) -> ImageSize | None:
    if _is_ordinary(value, options):
        return None
    width, height = (_read_side(value, options, noun) for noun in ("width", "height"))
    if width is None and height is None:
        return None
    url_key = options.get("url", "url")
    url = value.get(url_key)
    return ImageSize(
        width,
        height,
        options.get("maxAspectRatio"),
        url_key,
        url if isinstance(url, str) else None,
    )


def _is_ordinary(value: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """Whether nothing at all is wrong, as with nearly all images: both sides within the bounds."""
    width = value.get(options.get("width", "width"))
    height = value.get(options.get("height", "height"))
    if width.__class__ is not int or height.__class__ is not int:
        return False
    url = value.get(options.get("url", "url"))
    ratio = options.get("maxAspectRatio")
    return (
        options.get("minWidth", 1) <= width <= options.get("maxWidth", _ORDINARY)
        and options.get("minHeight", 1) <= height <= options.get("maxHeight", _ORDINARY)
        and width < _ORDINARY
        and height < _ORDINARY
        and (ratio is None or max(width, height) < ratio * min(width, height))
        and (
            url.__class__ is not str
            or not may_speak_of_size(url)
            or plainly_says(url, width, height)
        )
    )


def _read_side(value: Mapping[str, Any], options: Mapping[str, Any], noun: str) -> Side | None:
    key = options.get(noun, noun)
    pixels = value.get(key)
    # A bool is an int to Python; what is no whole number is the schema's to refuse.
    if not isinstance(pixels, int) or isinstance(pixels, bool):
        return None
    name = noun.title()
    return Side(key, noun, pixels, options.get(f"min{name}"), options.get(f"max{name}"))


_PIXELS = {"type": "integer", "minimum": 1}
BINDING = Binding(
    name="image-size",
    applies_to=dict,
    options={
        "type": "object",
        "properties": {
            "minWidth": {"description": "The least width in pixels.", **_PIXELS},
            "minHeight": {"description": "The least height in pixels.", **_PIXELS},
            "maxWidth": {"description": "The greatest width in pixels.", **_PIXELS},
            "maxHeight": {"description": "The greatest height in pixels.", **_PIXELS},
            "maxAspectRatio": {
                "description": "How many times the shorter side the longer one may be.",
                "type": "number",
                "minimum": 1,
            },
            "width": {"description": "The key of the width (`width`).", "type": "string"},
            "height": {"description": "The key of the height (`height`).", "type": "string"},
            "url": {"description": "The key of the image's URL (`url`).", "type": "string"},
        },
        "additionalProperties": False,
    },
    prepare=_prepare,
    summary="A mapping with the width, the height and the URL of an image.",
)
