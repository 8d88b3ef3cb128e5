"""A patch that `git apply` accepts, whatever the names and the texts of the files are."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What git writes in quotes, and how.
_NEEDS_QUOTES = re.compile(rb'[\x00-\x1f"\\\x7f-\xff]')
_SHORT = {
    b"\a": b"\\a",
    b"\b": b"\\b",
    b"\t": b"\\t",
    b"\n": b"\\n",
    b"\v": b"\\v",
    b"\f": b"\\f",
    b"\r": b"\\r",
    b'"': b'\\"',
    b"\\": b"\\\\",
}


def patch_of(name: bytes, old: bytes | None, new: bytes) -> Iterator[bytes]:
    """The lines of a patch from `old` to `new`, with their line breaks, in the format of git.

    `name` is the path of the file, with `/`. `old` is None if there is no file yet.
    """
    # It is needed for `--diff` only.
    from difflib import diff_bytes, unified_diff

    before, after = _name(b"a/" + name), _name(b"b/" + name)
    yield b"diff --git %s %s\n" % (before, after)
    if old is None:
        yield b"new file mode 100644\n"
        before, old = b"/dev/null", b""
    # Without a tab git would take what follows a blank in a name for a date.
    tab = b"\t" if b" " in name and not before.startswith(b'"') else b""
    for number, line in enumerate(
        diff_bytes(unified_diff, _lines(old), _lines(new), before, after, lineterm=b"\n")
    ):
        if number < 2:
            yield line.rstrip(b"\n") + tab + b"\n"
        elif line.endswith(b"\n"):
            yield line
        else:
            yield line + b"\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[bytes]:
    """The lines with their breaks; only a line feed is one to git."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def _name(path: bytes) -> bytes:
    if not _NEEDS_QUOTES.search(path):
        return path
    return b'"' + _NEEDS_QUOTES.sub(lambda match: _escape(match[0]), path) + b'"'


def _escape(byte: bytes) -> bytes:
    return _SHORT.get(byte) or b"\\%03o" % byte[0]
