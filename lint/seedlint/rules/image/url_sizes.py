"""The sizes that an image URL speaks of.

Content systems and resizing services write the size into the URL they give out. It is not always
the size of what they deliver, so one is only `clear` where nothing else in the URL has a say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from seedlint.named_tuple import NamedTuple
from seedlint.rules.url.characters import decode
from seedlint.rules.url.entities import decode_entities

_LONGEST_URL = 4000
# 16x10 is a proportion, and icons are not what anyone gets wrong.
_SMALLEST = 32
_SIZE = "([1-9][0-9]{1,4})"
_BY = f"{_SIZE}[xX×]{_SIZE}"
_ANYWHERE = re.compile(f"(?<![0-9A-Za-z]){_BY}(?![0-9])")
_ONE_SIDED = re.compile(r"(?:0?x[1-9][0-9]{1,4}|[1-9][0-9]{1,4}x0?)", re.IGNORECASE)
_FILE_NAME = re.compile(
    rf"(?:.*[-_.])?{_BY}(?:@([0-9](?:\.[0-9])?)x)?\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)",
    re.IGNORECASE | re.DOTALL,
)
_SEGMENT = re.compile(_BY)
_NAMED = re.compile(rf"(?:tr:)?(w|width|h|height)[_=-]{_SIZE}", re.IGNORECASE)
_NAMED_SCALE = re.compile(r"dpr[_=-]([1-9](?:\.[0-9]+)?)")
_PARAMETER = re.compile(f"{_SIZE}(?:,|[xX×]){_SIZE}")
_NUMBER = re.compile(_SIZE)
_SCALE = re.compile(r"[1-9](?:\.[0-9]+)?")

_PAIR_KEYS = ("resize", "size", "dimensions", "fit")
# Parameters that change the size; beside one of them the path no longer tells it.
_RESIZING_KEYS = frozenset(
    [
        "w",
        "width",
        "h",
        "height",
        "resize",
        "size",
        "dimensions",
        "fit",
        "imwidth",
        "imheight",
        "im",
        "wid",
        "hei",
        "sw",
        "sh",
        "mw",
        "mh",
        "maxwidth",
        "maxheight",
        "max-w",
        "max-h",
        "s",
        "sz",
        "scale",
        "crop",
        "rect",
        "tr",
        "downsize",
        "preset",
        "ar",
        "aspect",
    ]
)


class UrlSize(NamedTuple):
    """A size in a URL.

    `is_name` tells a file that is named after its size from a size that a service was asked for;
    `scale` is how many pixels were asked for each.
    """

    width: int
    height: int
    scale: float = 1.0
    is_name: bool = False


class UrlSizes(NamedTuple):
    """The size that is clearly the picture's, if there is one, and all pairs the URL holds."""

    clear: UrlSize | None
    pairs: tuple[tuple[int, int], ...]


def parse_sizes(url: str) -> UrlSizes:
    """The sizes written in `url`, which need not be well-formed."""
    if len(url) > _LONGEST_URL:
        return UrlSizes(None, ())
    path, _, query = decode_entities(url).partition("#")[0].partition("?")
    path = decode(path)
    parameters = _parameters(query)
    asked = _from_query(parameters)
    in_path = list(_from_segments(path))
    pairs = [(int(a), int(b)) for a, b in _ANYWHERE.findall(path + "?" + decode(query))]
    pairs += [(size.width, size.height) for size in in_path]
    if asked is not None:
        pairs.append((asked.width, asked.height))
    clear = asked
    if not parameters.keys() & _RESIZING_KEYS:
        # A service's segment is applied to the file whose name may hold another size.
        clear = in_path[-1] if in_path else _from_file_name(path)
    if clear is not None and min(clear.width, clear.height) < _SMALLEST:
        clear = None
    return UrlSizes(clear, tuple(pairs))


def _parameters(query: str) -> dict[str, str]:
    """The parameters that have a value, by their names in small letters; the last of a name."""
    found: dict[str, str] = {}
    for field in query.split("&"):
        name, _, value = field.partition("=")
        if value:
            found[decode(name.replace("+", " ")).lower()] = decode(value.replace("+", " "))
    return found


def _from_query(parameters: Mapping[str, str]) -> UrlSize | None:
    """`?w=640&h=360`, `?resize=620,497` and `?fit=1280,720`."""
    zoom = parameters.get("dpr") or parameters.get("zoom") or "1"
    scale = float(zoom) if len(zoom) < 8 and _SCALE.fullmatch(zoom) else 1.0
    for key in _PAIR_KEYS:
        both = _PARAMETER.fullmatch(parameters.get(key, ""))
        if both:
            return UrlSize(int(both[1]), int(both[2]), scale)
    width = _NUMBER.fullmatch(parameters.get("w") or parameters.get("width", ""))
    height = _NUMBER.fullmatch(parameters.get("h") or parameters.get("height", ""))
    if width is None or height is None:
        return None
    return UrlSize(int(width[0]), int(height[0]), scale)


def _from_segments(path: str) -> Iterator[UrlSize]:
    """`/1200x675/`, `/w_1200,h_675/` and `/width=1200,height=675/`."""
    for segment in path.split("/")[:-1]:
        both = _SEGMENT.fullmatch(segment)
        if both:
            yield UrlSize(int(both[1]), int(both[2]))
        elif "," in segment:
            size = _from_names(segment.split(","))
            if size is not None:
                yield size


def _from_names(words: list[str]) -> UrlSize | None:
    sides: dict[str, int] = {}
    scale = 1.0
    for word in words:
        named, zoom = _NAMED.fullmatch(word), _NAMED_SCALE.fullmatch(word)
        if named:
            sides[named[1][0].lower()] = int(named[2])
        elif zoom:
            scale = float(zoom[1])
    return UrlSize(sides["w"], sides["h"], scale) if len(sides) == 2 else None


def _from_file_name(path: str) -> UrlSize | None:
    """`-630x355.jpg`, unless a segment before it speaks of one side alone."""
    *segments, name = path.split("/")
    for segment in segments:
        words = segment.split(",")
        if _ONE_SIDED.fullmatch(segment) or any(map(_NAMED.fullmatch, words)):
            return None
    match = _FILE_NAME.fullmatch(name)
    if match is None:
        return None
    return UrlSize(int(match[1]), int(match[2]), float(match[3] or 1), is_name=True)
