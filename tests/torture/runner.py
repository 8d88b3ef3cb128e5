"""What a GitHub Actions runner takes for a command in the output of a step.

Rewritten from the description of its two parsers: every line of both streams is offered first to
the newer one, whose command begins the line after white space (`::name properties::data`), then
to the older one, whose command may stand anywhere in it (`##[name properties]data`). A line is a
command only if the name is a registered one, in any case of letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_REGISTERED = frozenset(
    [
        "add-mask",
        "add-matcher",
        "add-path",
        "debug",
        "echo",
        "endgroup",
        "error",
        "group",
        "notice",
        "remove-matcher",
        "save-state",
        "set-env",
        "set-output",
        "stop-commands",
        "warning",
    ]
)
_LINE_ENDS = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Command:
    """One command as the runner understood it, its escapes undone."""

    name: str
    properties: dict[str, str]
    data: str
    older_syntax: bool = False


def parse_line(line: str) -> Command | None:
    """The command that the runner would carry out on reading `line`."""
    return _newer(line) or _older(line)


def commands_in(output: str) -> list[Command]:
    """Every command in all lines of an output."""
    return [found for line in _LINE_ENDS.split(output) if (found := parse_line(line))]


def _newer(line: str) -> Command | None:
    text = line.lstrip()
    if not text.startswith("::"):
        return None
    head, separator, data = text[2:].partition("::")
    if not separator:
        return None
    return _command(head, ",", data, older_syntax=False)


def _older(line: str) -> Command | None:
    _, opening, rest = line.partition("##[")
    head, closing, data = rest.partition("]")
    if not (opening and closing):
        return None
    return _command(head, ";", data, older_syntax=True)


def _command(head: str, separator: str, data: str, *, older_syntax: bool) -> Command | None:
    name, _, rest = head.partition(" ")
    if name.lower() not in _REGISTERED:
        return None
    properties = {}
    for part in rest.strip().split(separator):
        key, equals, value = part.partition("=")
        if equals:
            properties[key.strip()] = _unescape(value, in_property=True)
    return Command(name, properties, _unescape(data, in_property=False), older_syntax)


def _unescape(text: str, *, in_property: bool) -> str:
    escapes = [("%0D", "\r"), ("%0A", "\n")]
    if in_property:
        escapes += [("%3A", ":"), ("%2C", ",")]
    for escaped, character in [*escapes, ("%25", "%")]:
        text = text.replace(escaped, character)
    return text
