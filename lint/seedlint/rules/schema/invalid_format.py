"""Text that is not of the format the contract names.

## What it does
Reports text that is no date-time, date, hostname, duration, email address and so on, whichever
`format` the contract asserts. URL formats have rules of their own.

## Why it matters
A date that is no date sorts wrongly or stops the build; it looks right until somebody needs it.

## Examples
```json schema
{"properties": {"publishedDateTime": {"format": "date-time"}}}
```
```markdown fail
---
publishedDateTime: 2024-02-30T09:00:00Z
---
```
```markdown pass
---
publishedDateTime: 2024-02-29T09:00:00Z
---
```
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.rules.url.parts import split_url
from seedlint.text.dates import read_date
from seedlint.text.formats import FORMATS, describe

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_OFFSET = re.compile(r"[0-9:.-]+[Tt][0-9:.]+")
_DAY_AND_TIME = re.compile(
    r"[0-9-]{10}([Tt]| +)[0-9]{2}:[0-9]{2}(:[0-9]{2}(?:\.[0-9]+)?)? *([Zz]|[+-][0-9:]+)?"
)
_NO_WWW = re.compile(r"(?i)\b(?:without|no)\W{1,3}www\.")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_AT = re.compile(r" *(?:\(at\)|\[at\]| at ) *")
_LONGEST = 300
# What is put around a value and is no part of it: quotes, brackets, blanks, a comma behind it.
_MARKS = " \u00a0\t\"'<>()[],;\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"


@rule("SCH006", on=Keyword("format"), since="0.1")
def invalid_format(failure: Failure) -> Iterator[Finding]:
    name, text = failure.expected, failure.instance
    noun, _, example = describe(name).partition(" such as ")
    message = f"{quote(text)} is not {describe(name)}"
    if name in ("date", "date-time") and _DAY.match(text):
        if not FORMATS["date"](text[:10]):
            message = f"{quote(text[:10])} is not a day of the calendar"
        elif name == "date-time" and len(text) == 10:
            message = f"{quote(text)} has no time, expected {describe(name)}"
        elif name == "date-time" and _NO_OFFSET.fullmatch(text) and FORMATS[name](text + "Z"):
            message = f"{quote(text)} has no offset from UTC such as `Z` or `+02:00`"
        elif name == "date-time" and (missing := _missing_parts(text)):
            message = f"{quote(text)} is not {noun}: {missing}"
    advise = _ADVICE.get(name)
    advice = advise(text, failure.schema) if advise and len(text) <= _LONGEST else None
    if advice is None and name != "regex" and len(text) <= _LONGEST:
        inner = text.strip(_MARKS)
        if inner != text and inner and "`" not in inner and FORMATS[name](inner):
            advice = f"write `{inner}`"
    if advice is None and name in ("date", "date-time") and len(text) <= _LONGEST:
        advice = _last_day(name, text)
    yield Finding(message, help=advice or f"write one such as {example}")


def _last_day(name: str, text: str) -> str | None:
    """What to write for a day that its month does not have; None if there is no such month."""
    for day in ("31", "30", "29", "28"):
        if FORMATS["date"](text[:8] + day):
            mended = text[:8] + day + text[10:]
            if day < text[8:10] and FORMATS[name](mended):
                return f"write a day that the month has, such as `{mended}`"
            return None
    return None


def _missing_parts(text: str) -> str | None:
    """What a date and time that begins with a valid day lacks; None if nothing."""
    match = _DAY_AND_TIME.fullmatch(text)
    if match is None:
        return None
    missing = [
        what
        for what, is_missing in (
            ("`T` before the time", match[1] not in "Tt"),
            ("the seconds", not match[2]),
            ("the offset from UTC", not match[3]),
        )
        if is_missing
    ]
    if not missing:
        return None
    *most, last = missing
    return (f"{', '.join(most)} and {last} are" if most else f"{last} is") + " missing"


def _advise_date(text: str, schema: Mapping[str, object]) -> str | None:
    found = read_date(text)
    if found is None:
        return None
    if found.other_day:
        return f"write the year first: `{found.day}` or `{found.other_day}`, whichever is meant"
    return f"write `{found.day}`"


def _advise_date_time(text: str, schema: Mapping[str, object]) -> str | None:
    found = read_date(text)
    if found is None:
        return None
    if found.other_day:
        return (
            f"write the year first, and `T` before the time, such as `{found.day}T09:30:00Z` or "
            f"`{found.other_day}T09:30:00Z`, whichever is meant"
        )
    if not found.time:
        return f"write the time behind the day, such as `{found.day}T09:30:00Z`"
    if not found.offset:
        return f"write `{found.day}T{found.time}Z`, or the offset from UTC for the `Z`"
    return f"write `{found.day}T{found.time}{found.offset}`"


def _advise_hostname(text: str, schema: Mapping[str, object]) -> str | None:
    address = text.strip()
    host = split_url(address if "//" in address else f"//{address}").host.rstrip(".").lower()
    if _NO_WWW.search(str(schema.get("description", ""))):
        host = host.removeprefix("www.")
    if "." not in host or host == text or not FORMATS["hostname"](host):
        return None
    return f"write `{host}`"


def _advise_email(text: str, schema: Mapping[str, object]) -> str | None:
    bracketed = _IN_BRACKETS.search(text)
    address = (bracketed[1] if bracketed else text).strip().removeprefix("mailto:")
    address = _AT.sub("@", address, count=1).replace(" ", "")
    if not FORMATS["email"](address) or "`" in address or "." not in address.rpartition("@")[2]:
        return None
    return f"write `{address}`"


_ADVICE: dict[str, Callable[[str, Mapping[str, object]], str | None]] = {
    "date": _advise_date,
    "date-time": _advise_date_time,
    "hostname": _advise_hostname,
    "email": _advise_email,
}
