"""Whether it is worth asking `written_sizes`, which takes many times as long as most URLs need."""

from __future__ import annotations

import re

# A size is two numbers with a mark between them, or two parameters, each the end of `w`, `width`,
# `h` or `height`. Letters and digits of a URL can also be written as entities and codes; those of
# blanks, brackets, colons and slashes hold numbers apart.
_HINT = re.compile("[0-9][0-9][xX×][1-9][0-9]|[,;]|%(?!2[0789fF]|3[aA])|&(?:#|times)")
_PARAMETER_HINT = re.compile("[wWhHtT]=[1-9][0-9]")

_CODED = re.compile("[%;#]|&times")


def may_speak_of_size(url: str) -> bool:
    """False only for a URL in which `read_sizes` finds no clear size; several times as fast."""
    return bool(_HINT.search(url) or ("=" in url and len(_PARAMETER_HINT.findall(url)) > 1))


def plainly_says(url: str, width: int, height: int) -> bool:
    """Whether `width` x `height` is among the pairs that `read_sizes` finds; False if in doubt."""
    if min(width, height) < 10 or max(width, height) > 99_999 or _CODED.search(url):
        return False
    path, _, query = url.partition("?")
    size = f"{width}x{height}"
    if size in path:
        before, _, after = path.partition(size)
        return before[-1:] in ("-", "_", "/", ".") and after[:1] in ("", "-", "_", "/", ".")
    fields = query.split("&")
    return (
        f"w={width}" in fields
        and f"h={height}" in fields
        # No other parameter that counts, or counts for more.
        and len(_PARAMETER_HINT.findall(query)) == 2
        and not _HINT.search(query)
    )
