"""A key that the contract does not know.

## What it does
Reports each key of a closed mapping (`additionalProperties: false`, `unevaluatedProperties: false`)
that the contract does not list, one finding a key, with the nearest known key that the mapping does
not have yet. A key that an alternative knows is not reported while the mapping fits none of the
alternatives: what is wrong with the one that was meant is.

## Why it matters
A misspelt key is silently ignored by whatever reads the seed, and its value is lost.

## Examples
```json schema
{"properties": {"title": {}, "heat": {}}, "additionalProperties": false}
```
```markdown fail
---
titel: Tides
---
```
```markdown pass
---
title: Tides
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.rules.advice import rename_to_near
from seedlint.rules.base import Failure, Finding, Keyword, both, quote, rule

_FOREIGN_COMMENT = re.compile(r"//|/\*|<!--")
# How many words make it likelier that the article got between the keys.
_SENTENCE = 3
_MOST_LISTED = 12


@rule(
    "SCH002",
    on=Keyword("additionalProperties", "unevaluatedProperties"),
    fixable="sometimes",
    since="0.1",
)
def unknown_key(failure: Failure) -> Iterator[Finding]:
    key, known, near = failure.key, failure.about.known, failure.about.meant
    message = f"unknown key {quote(key)}"
    fix = None
    if failure.about.nested:
        if joined := failure.about.joined:
            message = f"unknown keys {both(list(map(quote, (key, *joined))))}"
        help_text = _unfolded(failure)
    elif near and (glued := _without_colon(failure, near)):
        message, help_text = glued
    elif size := _size(failure):
        help_text = f"write `width: {size[0]}` and `height: {size[1]}` in its place"
    elif near:
        message += f"; did you mean {quote(near)}?"
        fix = rename_to_near(key, near, (name.strip("`") for name in known))
        help_text = fix.message
    elif there := _spelt_otherwise(key, failure):
        help_text = f"keep one of the two: {quote(there)} is here as well"
    elif _FOREIGN_COMMENT.match(key):
        help_text = "begin a comment with `#`"
    elif len(key.split()) >= _SENTENCE and not failure.pointer:
        help_text = "if it is text, move it below the closing fence, or into quotes after its key"
    elif known:
        help_text = _known_keys(failure)
    elif failure.keyword == "additionalProperties":
        help_text = "remove it: no key is allowed here"
    else:
        help_text = "remove it"
    yield Finding(message, (key,), part="key", help=help_text, fix=fix)


def _unfolded(failure: Failure) -> str:
    """Help that says where the last of the keys belongs that a key with dots names."""
    *outer, last = failure.about.nested
    lasts = [last, *(key.rpartition(".")[2] for key in failure.about.joined)]
    names = both(list(map(quote, lasts)))
    holder = outer[0]
    inside = failure.instance.get(holder)
    if inside is not None:
        beside = f", beside {quote(next(iter(inside)))}" if inside else ""
        return f"write {names} in {quote(holder)}{beside}"
    if failure.about.in_braces:
        whole = ", ".join(f"{key}: …" for key in lasts)
        for key in reversed(outer):
            whole = f"{key}: {{{whole}}}"
        return f"write {quote(whole)}"
    if len(outer) > 1:
        above = ", ".join(map(quote, outer))
        return f"write {above} and {names} on lines of their own, each indented further"
    where = quote(holder) if holder in failure.instance else f"a line {quote(f'{holder}:')}"
    return f"write {names} below {where}, indented by 2 more spaces"


def _without_colon(failure: Failure, near: str) -> tuple[str, str] | None:
    """Message and help for a key that holds its value, too: `name:Ada`, `{name Ada}`."""
    sign, text = failure.key[len(near) : len(near) + 1], failure.key[len(near) + 1 :].strip()
    is_empty = failure.instance[failure.key] is None
    if not failure.key.startswith(near) or not text:
        return None
    if sign == ":":
        message = f"a space is missing after the colon of {quote(near)}"
    elif sign == " " and (is_empty or text[0] in "\"'"):
        message = f"a colon is missing after {quote(near)}"
    else:
        return None
    if text[0] in "\"'" and not is_empty:
        # The text goes on after a colon of its own.
        return message, f"add it: begin the line with {quote(f'{near}: ')}"
    return message, f"write {quote(f'{near}: {text}')}"


def _size(failure: Failure) -> tuple[str, str] | None:
    """The width and the height in the value, `640x480`, if the mapping lacks both."""
    value = failure.instance[failure.key]
    if not isinstance(value, str) or not value[:1].isdigit():
        return None
    # Few values need it.
    from seedlint.rules.meant import size_in

    missing = {name.strip("`") for name in failure.about.known} - failure.instance.keys()
    return size_in(value) if missing >= {"width", "height"} else None


def _known_keys(failure: Failure) -> str:
    """Help that names the known keys that the mapping does not have yet."""
    missing = [name for name in failure.about.known if name.strip("`") not in failure.instance]
    if not missing:
        return "remove it: all known keys are here already"
    which = " that are not here yet" if len(missing) < len(failure.about.known) else " here"
    if len(missing) > _MOST_LISTED:
        missing = [*missing[: _MOST_LISTED - 1], f"{len(missing) - _MOST_LISTED + 1} more"]
    return f"known keys{which}: {', '.join(missing)}"


def _spelt_otherwise(key: str, failure: Failure) -> str | None:
    """The known key of the same mapping that differs in case only."""
    known = {name.strip("`").lower(): name.strip("`") for name in failure.about.known}
    name = known.get(key.lower())
    return name if name in failure.instance else None
