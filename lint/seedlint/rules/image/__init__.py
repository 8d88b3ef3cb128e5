"""IMG: sizes of images that cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from seedlint.rules.binding import Binding
from seedlint.rules.image.hints import may_speak_of_size, plainly_says

if TYPE_CHECKING:
    from seedlint.rules.image.subject import ImageSize

# Pixels of a side that floating point numbers can be trusted with.
_ORDINARY = 10**6


def _prepare(value: Mapping[str, Any], options: Mapping[str, Any]) -> ImageSize | None:
    if _is_ordinary(value, options):
        return None
    from seedlint.rules.image.subject import ImageSize, read_side

    width, height = (read_side(value, options, noun) for noun in ("width", "height"))
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
