"""Torture: the installed command on hostile files, in a folder of its own, with bounds.

`torture` lays out one case beside a good seed and a broken one, runs the command on the folder in
several formats, and holds the result against everything that must be true of every run: exact
findings, exit code, the other files still checked, nothing written, clean streams.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import resource
import stat
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cpu import HANGING
from forks import EXECUTABLE, SERVER, can_fork
from runner import commands_in

MEMORY_KIB = 2 * 1024 * 1024
CPU_SECONDS = 30
FORMATS = ("concise", "json")
SCHEMA = "case.schema.json"
CONFIG = "seedlint.toml"

GOOD = "a-good.md"
BROKEN = "z-broken.md"
GOOD_SEED = b"---\nname: fine\n---\nA good seed.\n"
# A repeated key is a finding whatever the contract says.
BROKEN_SEED = b"---\nname: fine\nname: again\n---\nA broken one.\n"
BROKEN_PLACE = ("YML008", 3, 1)

ANYTHING: Mapping[str, Any] = {"type": "object"}
"""The contract of the cases that are not about contracts."""

WARNINGS = frozenset({"FM010", "YML015", "YML018"})
"""The codes of the list that do not fail a run."""

Place = tuple[str, int, int]
"""Code, line and column of a finding."""

_CONCISE = re.compile(r"(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) (?P<message>.+)")
_LONGEST_MESSAGE = 300


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind, and the CPU time that it took with its workers."""

    code: int
    out: str
    err: str
    cpu: float


@dataclass(frozen=True)
class Case:
    """One case of the list, or one variant of it.

    `seeds` are its files with what must be found in each: exactly these places, in order.
    `schema` is the contract as data, text or bytes; None: the article contract. `others` are more
    files. `config` is the text of a configuration file. `good` is a seed that must come out clean.

    `says` are texts that must occur in the JSON report or on standard error, `never` texts that
    must not occur anywhere. `failure` is what the one line on standard error begins with when the
    run must be refused (exit code 2). `formats` are those to run; `full` adds the one with frames.
    `within` bounds the CPU seconds of each process.
    """

    id: str
    title: str
    seeds: Mapping[str, tuple[bytes, list[Place]]] = field(default_factory=dict)
    schema: Any = field(default_factory=lambda: ANYTHING)
    others: Mapping[str, bytes] = field(default_factory=dict)
    config: str = ""
    good: bytes = GOOD_SEED
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    failure: str | None = None
    full: bool = False
    formats: tuple[str, ...] = FORMATS
    within: int = CPU_SECONDS
    variant: str = ""


def one(
    data: bytes | str, *expected: Place, name: str = "m-victim.md"
) -> dict[str, tuple[bytes, list[Place]]]:
    """The `seeds` of a case that is about one file."""
    return {name: (data if isinstance(data, bytes) else data.encode(), list(expected))}


def seed(yaml: str, end: str = "\n") -> bytes:
    """A seed with the front matter `yaml`, whose first line is line 2 of the file."""
    return f"---{end}{yaml}{end}---{end}Body.{end}".encode()


def params(cases: Iterable[Case]) -> list[Any]:
    """The cases as parameters of a test, each a row of the table."""
    rows = []
    for case in cases:
        name = f"{case.id}-{case.variant}" if case.variant else case.id
        mark = pytest.mark.torture(case.id, case.title)
        slow = [pytest.mark.slow] if case.within > CPU_SECONDS else []
        rows.append(pytest.param(case, id=name, marks=[mark, *slow]))
    return rows


def torture(case: Case, folder: Path) -> None:
    """Run one case on its folder as JSON, and on its own files alone as text."""
    lay_out(case, folder)
    before = snapshot(folder)
    if case.failure is not None:
        for output_format in case.formats:
            ran = run_case(case, folder, output_format, ".")
            assert ran.code == 2, (ran.code, ran.out[:2000], ran.err[:2000])
            check_failure(ran, case.failure)
    else:
        ran = run_case(case, folder, "json", ".")
        found = places(ran.out, "json")
        check_places(case, found, case.seeds)
        assert ran.code == 1, (ran.code, ran.err[:2000])
        assert GOOD not in found, found[GOOD]
        assert BROKEN_PLACE in found.get(BROKEN, []), "the other broken seed was not checked"
        assert set(found) <= {*case.seeds, BROKEN}
        if len(case.formats) > 1:
            # The clean ones alone must exit with 0; without any, all must exit with 1.
            code = min(fails(expected) for _, expected in case.seeds.values())
            names = [name for name in case.seeds if fails(case.seeds[name][1]) == code]
            ran = run_case(case, folder, case.formats[0], *names)
            assert ran.code == code, (ran.code, ran.out[:2000], ran.err[:2000])
            check_places(case, places(ran.out, case.formats[0]), names)
        if case.full:
            assert run_case(case, folder, "full", *case.seeds).code in (0, 1)
    assert snapshot(folder) == before, "the run changed files"


def run_case(case: Case, folder: Path, output_format: str, *paths: str) -> Ran:
    """One run of a case; what must be true of every run is asserted."""
    contract = ("--schema", SCHEMA) if case.schema is not None else ()
    configuration = ("--config", CONFIG) if case.config else ("--isolated",)
    options = ("check", *contract, *configuration, "--output-format", output_format)
    ran = run(folder, *options, *paths, cpu_seconds=case.within)
    check_streams(ran)
    if output_format == "json":
        for text in case.says:
            assert text in ran.out + ran.err, (text, ran.out[:2000], ran.err[:2000])
    for text in case.never:
        assert text not in ran.out + ran.err
    return ran


def check_places(case: Case, found: Mapping[str, list[Place]], names: Iterable[str]) -> None:
    """Each of the files `names` has exactly the findings that are expected."""
    for name in names:
        expected = case.seeds[name][1]
        assert found.get(name, []) == expected, (name, found.get(name, [])[:20])


def fails(expected: list[Place]) -> int:
    """The exit code for a file with these findings."""
    return int(any(code not in WARNINGS for code, _, _ in expected))


def lay_out(case: Case, folder: Path) -> None:
    """Write the files of a case."""
    write(folder / GOOD, case.good)
    write(folder / BROKEN, BROKEN_SEED)
    for name, (data, _) in case.seeds.items():
        write(folder / name, data)
    for name, data in case.others.items():
        write(folder / name, data)
    if case.schema is not None:
        write(folder / SCHEMA, as_bytes(case.schema))
    if case.config:
        write(folder / CONFIG, case.config.encode())


def as_bytes(schema: Any) -> bytes:
    """A contract as the bytes of its file."""
    if isinstance(schema, bytes):
        return schema
    return (schema if isinstance(schema, str) else json.dumps(schema, indent=1)).encode()


def write(path: Path, data: bytes) -> None:
    """Write a file, making its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cpu_seconds: int = CPU_SECONDS,
    memory_kib: int = MEMORY_KIB,
) -> Ran:
    """Run the installed command in `folder`, bounded in CPU time and address space."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), **(env or {})}
    if can_fork(clean):
        limits = {"AS": memory_kib * 1024, "CPU": cpu_seconds}
        ended = SERVER.run(
            arguments, cwd=folder, env=clean, stdin=stdin, limits=limits, timeout=HANGING
        )
        return Ran(ended.code, ended.out.decode("utf-8"), ended.err.decode("utf-8"), ended.cpu)
    # The limits are set by a shell that then becomes the command: a `preexec_fn` is not safe beside
    # the threads of a test runner.
    ulimit = f"ulimit -v {memory_kib} && ulimit -t {cpu_seconds}"
    before = cpu_of_children()
    done = subprocess.run(
        ["/bin/sh", "-c", f'{ulimit} && exec "$0" "$@"', EXECUTABLE, *arguments],
        cwd=folder,
        input=stdin,
        env=clean,
        capture_output=True,
        timeout=HANGING,
        check=False,
    )
    return Ran(
        done.returncode,
        done.stdout.decode("utf-8"),
        done.stderr.decode("utf-8"),
        cpu_of_children() - before,
    )


def cpu_of_children() -> float:
    """The CPU seconds of all children of this process that have ended, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def check_streams(ran: Ran) -> None:
    """No traceback, no control character and no workflow command on either stream; no signal."""
    assert ran.code >= 0, f"ended by signal {-ran.code}"
    for stream in (ran.out, ran.err):
        assert "Traceback" not in stream, stream[-3000:]
        assert "Exception ignored" not in stream, stream[-3000:]
        control = sorted({c for c in stream if is_control(c)} - {"\n"})
        assert not control, control
        assert not commands_in(stream), commands_in(stream)[:5]


def is_control(character: str) -> bool:
    """Whether a terminal, an editor or a log reader may act on the character."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def check_failure(ran: Ran, beginning: str) -> None:
    """The run was refused by one line on standard error, and nothing was reported."""
    lines = [line for line in ran.err.splitlines() if not line.startswith("warning: ")]
    assert lines, "nothing was said"
    assert lines[0].startswith(f"seedlint: {beginning}"), ran.err
    assert all(line.startswith("  help: ") for line in lines[1:]), ran.err
    assert len(lines[0]) < 400
    assert ran.out.strip() in ("", "[]")


def places(out: str, output_format: str) -> dict[str, list[Place]]:
    """The findings of a report by file, in the order given."""
    found: dict[str, list[Place]] = {}
    if output_format == "json":
        for each in json.loads(out):
            assert len(each["message"]) <= _LONGEST_MESSAGE
            place = (each["code"], each["location"]["row"], each["location"]["column"])
            found.setdefault(each["filename"], []).append(place)
        return found
    for line in out.splitlines():
        match = _CONCISE.fullmatch(line)
        assert match, f"not a finding: {line[:300]}"
        # Escapes lengthen what is shown, never by more than the longest of them.
        assert len(match["message"]) <= 10 * _LONGEST_MESSAGE
        place = (match["code"], int(match["line"]), int(match["column"]))
        found.setdefault(match["path"], []).append(place)
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, str]]:
    """Every entry below `folder` with its mode and a hash of its content."""
    entries: dict[str, tuple[int, str]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = b""
        if path.is_symlink():
            content = os.fsencode(os.readlink(path))
        elif stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK):
            content = path.read_bytes()
        relative = path.relative_to(folder).as_posix()
        entries[relative] = (status.st_mode, hashlib.sha256(content).hexdigest())
    return entries
