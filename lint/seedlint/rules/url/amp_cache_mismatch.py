"""An AMP cache URL that is not the one of the AMP page.

## What it does
Computes the address of the AMP page in the Google AMP cache and reports one that differs. Where
either URL is missing or no usable web address, the other rules speak.

## Why it matters
The address follows from the AMP page's: any other shows another page, or none.

## Examples
```json schema
{"x-seedlint": {"amp-cache": {"amp": "ampWebUrl", "cache": "cdnAmpWebUrl"}}}
```
```markdown fail
---
ampWebUrl: "https://www.example.com/a/amp"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/b/amp"
---
```
```markdown pass
---
ampWebUrl: "https://www.example.com/a/amp"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/amp"
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.rules.base import Finding, Related, rule
from seedlint.rules.url import AMP_CACHE
from seedlint.rules.url.amp_cache_address import amp_cache_address
from seedlint.rules.url.characters import strip_invisible
from seedlint.rules.url.excerpt import excerpt
from seedlint.rules.url.hosts import encoding_problem, host_problem
from seedlint.rules.url.parts import Parts, split_url
from seedlint.rules.url.proposal import propose
from seedlint.rules.url.repair import normalized
from seedlint.rules.url.subject import AmpPair, read_url, without_stray_end

_USUAL_PORTS = {"http": ("80",), "https": ("443",)}
_BLANK = re.compile(r"\s")
_CODE = re.compile(r"%[0-9A-Fa-f]{2}")


@rule("URL014", on=AMP_CACHE, spared=True, fixable="sometimes", since="0.1")
def amp_cache_mismatch(pair: AmpPair) -> Iterator[Finding]:
    page, given = _web_address(pair.amp), _web_address(pair.cache)
    if page is None or given is None:
        return
    address = amp_cache_address(page)
    wanted, found = _comparable(split_url(address)), _comparable(given)
    if found in (wanted, _comparable(split_url(amp_cache_address(_without_path(page))))):
        return
    pairs = enumerate(zip(wanted, found, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(found)))
    if at < len(found):
        message = f"not the AMP cache URL of this page from here on: {excerpt(found, at, at + 1)}"
    else:
        message = f"the AMP cache URL lacks its end: {excerpt(wanted, at, at + 1)}"
    computed = read_url(address, None, "uri")
    place = (pair.cache_key,)
    advice, fix = propose(computed, address, "compute it from the AMP URL", pointer=place)
    yield Finding(
        message,
        pointer=place,
        help=advice,
        related=(Related((pair.amp_key,), "computed from this AMP URL"),),
        fix=fix,
    )


def _web_address(text: str) -> Parts | None:
    """The parts of a usable web address.

    Its writing is repaired first: an entity in one of two URLs is a matter of that URL alone. One
    with a blank inside is not usable: a line may have been broken there. Nor is one that is cut off
    or runs into another.
    """
    text = without_stray_end(text)
    url = read_url(text, None, "uri")
    if _BLANK.search(text.strip()) or url.is_cut or url.run_together:
        return None
    parts = split_url(normalized(text) or strip_invisible(text))
    if (
        parts.scheme not in _USUAL_PORTS
        or parts.is_mistyped
        or parts.repeated_prefix
        or parts.userinfo
    ):
        return None
    if parts.port is not None and parts.port not in _USUAL_PORTS[parts.scheme]:
        return None
    return None if host_problem(parts.host) or encoding_problem(parts.host) else parts


def _comparable(parts: Parts) -> str:
    """What makes two spellings of one address equal; http:// is a matter of another rule."""
    return parts.host.lower() + _CODE.sub(lambda code: code[0].upper(), parts.tail)


def _without_path(page: Parts) -> Parts:
    """`https://example.com/` as `https://example.com`, and the reverse: they are one page."""
    tail = page.tail
    if tail[:1] != "/":
        return page._replace(tail="/" + tail)
    return page._replace(tail=tail[1:]) if tail[1:2] in ("", "?", "#") else page
