"""Whether it is worth asking `url_sizes`, which takes many times as long as most URLs need."""

from __future__ import annotations

import re

# A size is two numbers with a mark between them, or two parameters, each the end of `w`, `width`,
# `h` or `height`.
_PAIR = re.compile("[0-9][0-9][xX×][1-9][0-9]")
_PARAMETER = re.compile("[wWhHtT]=[1-9][0-9]")
# Letters and digits of a URL can also be written as entities and codes; those of blanks, brackets,
# colons and slashes only hold numbers apart.
_CODE = re.compile("%(?!2[0789fF]|3[aA])|&(?:#|times)")


def may_contain_size(url: str) -> bool:
    """False only for a URL in which `parse_sizes` finds no clear size; several times as fast."""
    return (
        _PAIR.search(url) is not None
        or ("=" in url and len(_PARAMETER.findall(url)) > 1)
        or "," in url
        or ";" in url
        or (("%" in url or "&" in url) and _CODE.search(url) is not None)
    )


def states_size(url: str, width: int, height: int) -> bool:
    """Whether `width` x `height` is among the pairs that `parse_sizes` finds; False if in doubt."""
    if width < 10 or height < 10 or width > 99_999 or height > 99_999:
        return False
    if "%" in url or ";" in url or "#" in url or "&times" in url:
        return False
    path, _, query = url.partition("?")
    size = f"{width}x{height}"
    before, found, after = path.partition(size)
    if found:
        return before[-1:] in ("-", "_", "/", ".") and after[:1] in ("", "-", "_", "/", ".")
    fields = query.split("&")
    return (
        f"w={width}" in fields
        and f"h={height}" in fields
        # No other parameter that counts, or counts for more.
        and len(_PARAMETER.findall(query)) == 2
        and "," not in query
        and not _PAIR.search(query)
    )
