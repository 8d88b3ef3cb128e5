"""A value whose type is not the one the contract asks for.

## What it does
Reports text where a number is wanted, a list where text is wanted, a key with nothing after it,
and so on. A missing value is reported at its key, since there is nothing else to point at.

## Why it matters
Programs that read the seed fail on such a value or show nonsense, often long after the commit.

## Examples
```json schema
{"properties": {"heat": {"type": "integer"}}}
```
```markdown fail
---
heat: "68"
---
```
```markdown pass
---
heat: 68
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.fix.operation import ProposedFix, RemoveItem, RemovePair
from seedlint.rules.base import Failure, Finding, Keyword, both, rule
from seedlint.rules.json_types import NOUNS, advise, describe
from seedlint.rules.meant import advise_text
from seedlint.rules.retyped import fix_type
from seedlint.text.formats import FORMATS
from seedlint.text.formats import describe as describe_format

_MOST_KEYS = 5


def _advise_format(failure: Failure) -> str | None:
    """What to write in place of a number that is not of the format that text must have here."""
    name = failure.schema.get("format")
    if not isinstance(name, str) or name not in FORMATS:
        return None
    written = failure.about.written or str(failure.instance)
    if FORMATS[name](written):
        return None
    # Few numbers need it.
    from seedlint.rules.format_advice import advise_format

    advice = advise_format(name, written, failure.schema)
    return advice.help if advice else f"write {describe_format(name)}"


@rule("SCH003", on=Keyword("type"), fixable="sometimes", since="0.1")
def wrong_type(failure: Failure) -> Iterator[Finding]:
    kinds = failure.expected if isinstance(failure.expected, list) else [failure.expected]
    expected = tuple(NOUNS.get(kind, str(kind)) for kind in kinds)
    wanted = " or ".join(expected)
    value = failure.instance
    if value is None:
        help_text, fix = "write a value", None
        if failure.pointer and not failure.about.is_required:
            what = "item" if isinstance(failure.pointer[-1], int) else "key"
            help_text = f"write a value, or remove the {what}"
            remove = RemoveItem(()) if what == "item" else RemovePair(())
            fix = ProposedFix(f"remove the {what}", (remove,), is_safe=False)
        yield Finding(f"no value: expected {wanted}", help=help_text, expected=expected, fix=fix)
        return
    found = describe(value, failure.about.written)
    advice = advise(kinds, value)
    if advice is None and "string" in kinds and failure.pointer:
        advice = advise_text(value) if isinstance(failure.pointer[-1], int) else None
    keys = failure.about.keys[0] if failure.about.keys else ()
    is_list_of_mappings = bool(keys) and kinds == ["array"]
    if keys and (advice is None or is_list_of_mappings):
        pairs = [f"`{key}: …`" for key in keys]
        if len(pairs) > _MOST_KEYS:
            pairs[_MOST_KEYS:] = ["so on"]
        if is_list_of_mappings:
            pairs[0] = f"`- {keys[0]}: …`"
        how = "in place of the items" if isinstance(value, list) else "on lines of their own below"
        advice = f"write its keys {how}: {both(pairs)}"
    if advice is None and kinds == ["string"]:
        advice = "write one text; if brackets belong to it, put all of it in quotes"
    fix = None if is_list_of_mappings else fix_type(failure, kinds)
    if isinstance(value, (int, float)) and (of_format := _advise_format(failure)):
        # Quotes alone would not make a date of a number.
        advice, fix = of_format, None
    yield Finding(f"expected {wanted}, found {found}", help=advice, expected=expected, fix=fix)
