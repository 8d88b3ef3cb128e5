"""What comes from standard input: a seed, or a list of files, which may be a file as well."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8

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


def read_names(file: str) -> tuple[str, ...]:
    """The paths that a file lists, or standard input: between NULs if it has any, else on lines."""
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
    data = data.removeprefix(BOM_UTF8)
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return tuple(os.fsdecode(name) for name in names if name)


def read_stdin(limit: int) -> bytes:
    """At most `limit` + 1 bytes of standard input."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot read standard input: {reason_of(error)}") from None
