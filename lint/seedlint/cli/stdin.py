"""What comes from standard input: a seed, or a list of files, which may be a file as well."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable

from seedlint.cli.options import Options
from seedlint.discover import STDIN, Files, LeftOut, Targets, is_left_out
from seedlint.errors import InputError
from seedlint.files import read_regular_file, reason_of
from seedlint.settings import Settings

# How long a list of files may be, in bytes.
_MOST_NAMES = 64 * 1024 * 1024


def find_stdin(options: Options, settings: Settings) -> Targets:
    """The seed on standard input, unless the settings exclude its name. Raises InputError."""
    name = options.stdin_filename
    data = read_stdin(settings.limits.file_bytes)
    targets, left_out = Files(), LeftOut()
    if not (name and options.force_exclude and is_left_out(name, settings, left_out)):
        targets.add(name or "<stdin>", name or "<stdin>", data)
    return Targets(targets, left_out, [])


def read_names(file: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """The paths that a file lists, or standard input: between NULs if it has any, else on lines.

    Between NULs nothing is taken from a name; on lines see `_name_on`.
    """
    if file == STDIN:
        data = read_stdin(_MOST_NAMES)
    else:
        try:
            data, _ = read_regular_file(file, _MOST_NAMES, follow_links=True)
        except (OSError, ValueError) as error:
            message = f"cannot read the list of files: {reason_of(error)}"
            raise InputError(message, path=file) from None
    if len(data) > _MOST_NAMES:
        raise InputError(f"a list of more than {_MOST_NAMES:,} bytes is not read", path=file)
    if b"\0" in data:
        names = [os.fsdecode(name) for name in data.split(b"\0")]
    else:
        first, *others = data.split(b"\n")
        names = [_name_on(first, exists, BOM_UTF8), *(_name_on(line, exists) for line in others)]
    return tuple(name for name in names if name)


def _name_on(line: bytes, exists: Callable[[str], bool], mark: bytes = b"") -> str:
    """The path on a line of a list, without the byte order mark and the CR that it may have.

    They belong to the name if a file is called so: another one must not be checked in its place.
    """
    if not (mark or line.endswith(b"\r")):
        return os.fsdecode(line)
    written = [line, line.removesuffix(b"\r")]
    written += [each.removeprefix(mark) for each in written]
    *longer, shortest = map(os.fsdecode, written)
    return next((each for each in longer if each != shortest and exists(each)), shortest)


def read_stdin(limit: int) -> bytes:
    """At most `limit` + 1 bytes of standard input."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot read standard input: {reason_of(error)}") from None
