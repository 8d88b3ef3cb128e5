"""The help of a finding in front matter that is JSON.

Rules say what to write in YAML, which nearly all seeds are in. Here what they say is put into JSON:
keys and texts in double quotes, lists in brackets, mappings in braces.
"""

from __future__ import annotations

import json
import re

from seedlint.rules.base import Finding

# Text in backticks, one or two.
_CODE = re.compile(r"``[^\r\n]+?``|`[^`\r\n]+`")
_PAIR = re.compile(r"(?P<key>[^\s\"'{}\[\],:`][^\"{}\[\],:`]*|\"[^\"`]*\"): (?P<value>\S.*)")
_LIST = re.compile(r"\[(?P<items>[^\[\]{}]*)\]")
_ITEM = re.compile(r"- (?P<item>\S.*)")
_ITEMS = re.compile(r"\"[^\"]*\"|[^,\"]+")
_WORD = re.compile(r"true|false|null|…|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# What rules say of the layout of YAML, and the same of JSON.
_PHRASES = (
    (", or each item on a line of its own that begins with `- `", ""),
    ("each item on a line of its own that begins with `- `", 'a list in brackets: `["…"]`'),
    (
        "begin each item with a dash and a space: write",
        "write a list in brackets, with items such as",
    ),
    ("begin each item with a dash and a space", 'write a list in brackets: `["…"]`'),
    (
        "put `- ` before the first key of each entry, and 2 spaces before its other keys:",
        "put each entry in braces, and all of them in brackets:",
    ),
    (
        "put `- ` before the first key of each entry:",
        "put each entry in braces, and all of them in brackets:",
    ),
    ("remove the colon: write", "write"),
    ("replace its dash by a space, or remove its brackets", "remove the brackets around it"),
    ("replace the dash before each key by a space", "write one mapping in braces instead"),
    ("write its keys on lines of their own below:", "write a mapping in braces, with"),
)


def in_json(finding: Finding) -> Finding:
    """The finding with help that is true of JSON."""
    text = finding.help or ""
    for phrase, instead in _PHRASES:
        text = text.replace(phrase, instead)
    return finding._replace(help=_CODE.sub(_code, text))


def _code(match: re.Match[str]) -> str:
    marks = "``" if match[0].startswith("``") else "`"
    written = match[0][len(marks) : -len(marks)]
    return f"{marks}{_written(written)}{marks}"


def _written(yaml: str) -> str:
    """A pair, a list or an item of YAML as JSON; anything else as it is."""
    if item := _ITEM.fullmatch(yaml):
        return _written(item["item"]) if _PAIR.fullmatch(item["item"]) else _value(item["item"])
    if pair := _PAIR.fullmatch(yaml):
        key = pair["key"] if pair["key"].startswith('"') else json.dumps(pair["key"])
        return f"{key}: {_value(pair['value'])}"
    return _value(yaml) if _LIST.fullmatch(yaml) else yaml


def _value(yaml: str) -> str:
    if found := _LIST.fullmatch(yaml):
        items = [each.strip() for each in _ITEMS.findall(found["items"]) if each.strip()]
        return f"[{', '.join(map(_value, items))}]"
    if _WORD.fullmatch(yaml) or yaml.startswith(('"', "[", "{")):
        return yaml
    return json.dumps(yaml, ensure_ascii=False)
