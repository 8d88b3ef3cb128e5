"""Text of strangers made harmless for terminals and CI logs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedlint.text.marks import RUNNER_COMMAND

# A GitHub Actions runner obeys `::command::` at the start of a line and `##[command]` anywhere,
# an Azure Pipelines agent `##vso[command]` anywhere, TeamCity `##teamcity[command]`.
# As texts: hardly any output needs them compiled.
_COMMAND_AT_START = r"^(\s*):(?=:)"
_COMMAND_IN_PATCH = r"(^[ +-]?\s*|\r\s*):(?=:)"


def escape_unprintable(text: str) -> str:
    """`text` with everything that does not print shown as an escape.

    Control characters, line breaks, direction overrides, zero-width characters, private and
    unassigned code points, lone surrogates: all that Unicode does not call printable.
    """
    if text.isprintable():
        return text
    return "".join(map(escape_character, text))


def escape_character(character: str) -> str:
    """One code point, as itself or as the escape that shows it."""
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        # A byte that is not UTF-8 (see `SourceFile`).
        code -= 0xDC00
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def is_harmless(text: str) -> bool:
    """Whether text inside a line is shown as it is."""
    return text.isprintable() and "##" not in text


def sanitize_characters(text: str) -> Sequence[str]:
    """The code points of text inside a line, each as it is shown there."""
    if is_harmless(text):
        return text
    shown = list(map(escape_character, text))
    for match in re.finditer(RUNNER_COMMAND, text):
        shown[match.start() + 1] = r"\x23"
    return shown


def sanitize_json(text: str) -> str:
    """The same JSON without commands to CI runners."""
    # Two number signs stand in strings only, so the escape is one that JSON knows.
    return re.sub(RUNNER_COMMAND, r"#\\u0023", text)


def sanitize_xml(text: str) -> str:
    """The same XML without commands to CI runners and without unprintable characters."""
    if not text.isprintable():
        text = "".join(each if each.isprintable() else f"&#{ord(each)};" for each in text)
    return re.sub(RUNNER_COMMAND, "#&#35;", text)


def sanitize_patch(line: bytes) -> bytes:
    """One line of a patch that is not a command to any CI runner, otherwise as it is.

    Runners also begin a line after a carriage return.
    """
    if b"::" not in line and b"##" not in line:
        return line
    text = line.decode("utf-8", "surrogateescape")
    text = re.sub(_COMMAND_IN_PATCH, r"\1\\x3a", text)
    text = re.sub(RUNNER_COMMAND, r"#\\x23", text)
    return text.encode("utf-8", "surrogateescape")


def sanitize(line: str) -> str:
    """One line of output that is not a command to any CI runner."""
    line = escape_unprintable(line)
    if "::" in line:
        line = re.sub(_COMMAND_AT_START, r"\1\\x3a", line)
    if "##" in line:
        line = re.sub(RUNNER_COMMAND, r"#\\x23", line)
    return line
