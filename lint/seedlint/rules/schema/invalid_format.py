"""Text that is not of the format the contract names.

## What it does
Reports text that is not a date-time, date, hostname, duration, email address and so on, whichever
`format` the contract asserts. URL formats have rules of their own.

## Why it matters
A date that is not a date sorts wrongly or stops the build; it looks right until somebody needs it.

## Examples
```json schema
{"properties": {"publishedDateTime": {"format": "date-time"}}}
```
```markdown fail
---
publishedDateTime: 2024-02-30T09:00:00Z
---
```
```markdown fail
---
publishedDateTime: 2024-02-29 09:00 +02:00
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
from collections.abc import Iterator

from seedlint.rules.base import Failure, Finding, Keyword, quote, rule
from seedlint.rules.format_advice import advise_format
from seedlint.text.formats import FORMATS, describe

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_OFFSET = re.compile(r"[0-9:.-]+[Tt][0-9:.]+")
_DAY_AND_TIME = re.compile(
    r"[0-9-]{10}([Tt]| +)[0-9]{2}:[0-9]{2}(:[0-9]{2}(?:\.[0-9]+)?)? *([Zz]|[+-][0-9:]+)?"
)


@rule("SCH006", on=Keyword("format"), fixable="sometimes", since="0.1")
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
    advice = advise_format(name, text, failure.schema)
    yield Finding(
        message,
        help=advice.help if advice else f"write one such as {example}",
        fix=advice.fix if advice else None,
    )


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
    verb = "are" if most or last == "the seconds" else "is"
    return (f"{', '.join(most)} and {last}" if most else last) + f" {verb} missing"
