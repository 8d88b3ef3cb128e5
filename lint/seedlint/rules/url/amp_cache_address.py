"""The address of an AMP page in the Google AMP cache.

The algorithm is that of the AMP project's documentation and of its tool `amp-toolbox-cache-url`.
"""

from __future__ import annotations

import re

from seedlint.rules.url.parts import Parts
from seedlint.text.host_names import LONGEST_LABEL, decode_label, encode_label

_CACHE = "cdn.ampproject.org"
_IMAGE = re.compile(
    r"\.(?:bmp|gif|ico|jpe?g|png|svg|tiff?|webp|avif|jfif|pjpe?g|apng)$", re.IGNORECASE
)
_FONT = re.compile(r"\.(?:eot|otf|ttc|ttf|woff2?)$", re.IGNORECASE)
# Left-to-right and right-to-left as the tool tells them apart, which is coarser than Unicode.
_LEFT_TO_RIGHT = (
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0300-\u0590\u0800-\u1fff\u200e"
    "\u2c00-\ufb1c\ufe00-\ufe6f\ufefd-\U0010ffff]"
)
_RIGHT_TO_LEFT = "[\u0591-\u06ef\u06fa-\u07ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]"


def amp_cache_address(page: Parts) -> str:
    """The URL under which the cache serves the AMP page `page`, a usable web address."""
    host = page.host.lower()
    secure = "/s" if page.scheme == "https" else ""
    return f"https://{cache_subdomain(host)}.{_CACHE}/{_kind(page.tail)}{secure}/{host}{page.tail}"


def cache_subdomain(host: str) -> str:
    """The label that stands for the site `host` (lower case) in the cache."""
    return _readable(host) or _hashed(host)


def _kind(tail: str) -> str:
    """`i` for an image, `r` for a font, `c` for a document."""
    path = re.split("[?#]", tail, maxsplit=1)[0]
    if _IMAGE.search(path):
        return "i"
    return "r" if _FONT.search(path) else "c"


def _readable(host: str) -> str | None:
    """`example-com`; None for a host that cannot be told from its label."""
    if "." not in host or len(host) > LONGEST_LABEL or _looks_encoded(host):
        return None
    try:
        letters = ".".join(map(decode_label, host.split(".")))
        # Compiled when they are met: few hosts need them, and they take as long as a seed.
        if not letters.isascii() and all(
            re.search(letter, letters) for letter in (_LEFT_TO_RIGHT, _RIGHT_TO_LEFT)
        ):
            return None
        label = encode_label(letters.replace("-", "--").replace(".", "-"))
    except ValueError:
        return None
    if len(label) > LONGEST_LABEL:
        return None
    return f"0-{label}-0" if _looks_encoded(label) else label


def _looks_encoded(label: str) -> bool:
    """Hyphens third and fourth are reserved for encodings such as `xn--`."""
    return label[2:4] == "--" and not label.startswith("xn")


def _hashed(host: str) -> str:
    from base64 import b32encode
    from hashlib import sha256

    in_ascii = ".".join(map(encode_label, host.split(".")))
    digest = b32encode(sha256(in_ascii.encode("utf-8", "surrogatepass")).digest())
    return digest.decode("ascii").rstrip("=").lower()
