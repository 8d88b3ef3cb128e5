"""IMG: sizes of images that cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from seedlint.rules.binding import (
    FOUND_ROOTS,
    ROOTS,
    Binding,
    Lookup,
    Options,
    Surroundings,
    UnusableOption,
)
from seedlint.rules.image.hints import may_contain_size, states_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.image.subject import ImageSize

# Pixels of a side that floating point numbers can be trusted with.
_TRUSTED_PIXELS = 10**6


def side_options(options: Mapping[str, Any], noun: str) -> tuple[str, int | None, int | None]:
    """The key of the width or the height, and the least and the most that the options allow."""
    name = noun.title()
    return options.get(noun, noun), options.get(f"min{name}"), options.get(f"max{name}")


def _parse(value: Mapping[str, Any], options: Mapping[str, Any]) -> ImageSize | None:
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
        options.get(FOUND_ROOTS),
    )


def _never(url: Any) -> bool:
    """Where no image is looked at."""
    return False


def _is_local(url: Any) -> bool:
    from seedlint.rules.reference.local_files import is_address

    return url.__class__ is str and not is_address(url)


def _find_roots(options: Options, surroundings: Surroundings) -> Options:
    if "roots" not in options:
        return options
    try:
        import_module("imagesize")
    except ImportError:
        words = "needs a library: install `seedlint[images]`"
        raise UnusableOption(words, ("roots",)) from None
    from seedlint.rules.reference import find_roots

    return find_roots(options, surroundings)


def _quick_accept(options: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], object]:
    """Whether both sides are within the bounds and the URL says nothing else."""
    width_key, min_width, max_width = side_options(options, "width")
    height_key, min_height, max_height = side_options(options, "height")
    url_key = options.get("url", "url")
    min_width, min_height = min_width or 1, min_height or 1
    max_width = min(max_width or _TRUSTED_PIXELS, _TRUSTED_PIXELS)
    max_height = min(max_height or _TRUSTED_PIXELS, _TRUSTED_PIXELS)
    ratio = options.get("maxAspectRatio", _TRUSTED_PIXELS)
    is_local = _is_local if "roots" in options else _never

    def accepts(value: Mapping[str, Any]) -> bool:
        width, height, url = value.get(width_key), value.get(height_key), value.get(url_key)
        return (
            width.__class__ is int
            and height.__class__ is int
            and min_width <= width <= max_width
            and min_height <= height <= max_height
            and width < ratio * height
            and height < ratio * width
            and (
                url.__class__ is not str
                or not may_contain_size(url)
                or states_size(url, width, height)
            )
            and not is_local(url)
        )

    return accepts


def _look_up(options: Mapping[str, Any]) -> Iterator[Lookup]:
    for name in ("width", "height", "url"):
        if name in options:
            yield Lookup((name,), ((options[name],),))
    if "width" not in options and "height" not in options:
        yield Lookup((), (("width",), ("height",)))


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
            "roots": ROOTS,
        },
        "additionalProperties": False,
    },
    parse=_parse,
    quick_accept=_quick_accept,
    summary="A mapping with the width, the height and the URL of an image.",
    look_up=_look_up,
    complete=_find_roots,
    looks_outside=lambda options: "roots" in options,
)
