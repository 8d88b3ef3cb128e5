"""`--output-file`: what is written, when, and what is never written to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from cpu import HANGING
from processes import children_of, wait_until
from seedlint.cli.check_command import command
from trees import seed

WRONG = seed(1).replace("type: article", "type: aritcle")
(_OUTPUT_FORMAT,) = (each for each in command.params if each.name == "output_format")
FORMATS = tuple(_OUTPUT_FORMAT.type.choices)
SEEDS = ("me.md", "other.md")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="needs the devices, permissions and messages of Linux"
)
CONFIG = "seedlint.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a wrong seed, a contract in two files and a configuration."""
    (tmp_path / "me.md").write_text(WRONG, "utf-8")
    (tmp_path / "other.md").write_text(seed(2), "utf-8")
    (tmp_path / "schemas").mkdir()
    contract = {"$ref": "part.json", "x-seedlint": {"unique-across": {"titles": ["title"]}}}
    (tmp_path / "schemas" / "c.json").write_text(json.dumps(contract), "utf-8")
    (tmp_path / "schemas" / "part.json").write_text(
        '{"properties": {"type": {"enum": ["article"]}}}', "utf-8"
    )
    (tmp_path / "seedlint.toml").write_text('schema = "schemas/c.json"\n', "utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes | str]:
    """Every file and link below a folder."""
    return {
        str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def report(folder: Path, target: str | Path, *arguments: str, jobs: str = "1") -> Result:
    return seedlint("check", "-o", target, "-j", jobs, *arguments, cwd=folder)


def check_refused(result: Result, target: str, reason: str) -> None:
    message = f"seedlint: {target}: the report could not be written: {reason}\n"
    assert (result.code, result.out, result.err) == (2, "", message)


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_report_is_the_same_in_a_file_and_on_standard_output(
    folder: Path, output_format: str
) -> None:
    arguments = ("--output-format", output_format, "me.md", "other.md")
    printed = seedlint("check", *arguments, cwd=folder)
    # The name of the report may be as long as a name can be.
    name = "r" * 255
    written = report(folder, name, *arguments)
    assert written == Result(1, "", printed.err)
    assert (folder / name).read_text("utf-8") == printed.out != ""
    mode = (folder / name).stat().st_mode & 0o777
    os.umask(umask := os.umask(0))
    assert mode == 0o666 & ~umask
    assert list(folder.glob(".seedlint-*")) == []


def test_a_new_report_takes_the_place_of_the_old_one_and_has_its_permissions(folder: Path) -> None:
    target = folder / "report"
    target.write_text("x" * 100_000, "utf-8")
    target.chmod(0o640)
    (folder / "kept").hardlink_to(target)
    owner = (target.stat().st_uid, target.stat().st_gid)
    if os.geteuid() == 0:
        os.chown(target, 12345, 12345)
        owner = (12345, 12345)
    assert report(folder, "report", "--output-format", "json", "me.md").code == 1
    assert len(json.loads(target.read_text("utf-8"))) == 1
    status = target.stat()
    assert status.st_mode & 0o777 == 0o640
    assert (status.st_uid, status.st_gid) == owner
    # Whatever else leads to the old file does not see it change.
    assert (folder / "kept").read_text("utf-8") == "x" * 100_000


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write to everything")
def test_a_report_that_may_not_be_written_to_is_not_replaced(folder: Path) -> None:
    (folder / "report").write_text("", "utf-8")
    (folder / "report").chmod(0o444)
    before = contents(folder)
    check_refused(report(folder, "report", "me.md"), "report", "permission denied")
    assert contents(folder) == before


@pytest.mark.parametrize("leads_to", ["victim", "missing", "me.md", "/dev/null", "/dev/stdout"])
def test_a_link_is_refused(folder: Path, leads_to: str) -> None:
    (folder / "victim").write_text("precious", "utf-8")
    (folder / "report").symlink_to(leads_to)
    before = contents(folder)
    check_refused(report(folder, "report", "me.md"), "report", "it is a symbolic link")
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("target", "output_format"),
    [
        *(("me.md", each) for each in FORMATS),
        *((each, "json") for each in ("./me.md", "other.md", "schemas/c.json")),
        *((each, "full") for each in ("schemas/part.json", CONFIG)),
    ],
)
def test_an_input_is_refused(folder: Path, target: str, output_format: str) -> None:
    # `other.md` is not named: it is read to be compared with.
    before = contents(folder)
    result = report(folder, target, "--output-format", output_format, "me.md")
    check_refused(result, target, "this run reads the file")
    assert contents(folder) == before


@pytest.mark.parametrize("target", ["me.md", "schemas/part.json", CONFIG])
def test_an_input_is_refused_under_another_name(folder: Path, target: str) -> None:
    (folder / "report").hardlink_to(folder / target)
    (folder / "around").symlink_to(".")
    before = contents(folder)
    for name in ("report", f"around/{target}", str(folder / target)):
        check_refused(report(folder, name, "me.md"), name, "this run reads the file")
    assert contents(folder) == before


def test_an_input_that_looks_like_a_report_is_left_alone(folder: Path) -> None:
    (folder / "me.md").write_text("a.md:1:1: SCH001 x\n", "utf-8")
    before = contents(folder)
    check_refused(report(folder, "me.md", "me.md"), "me.md", "this run reads the file")
    assert contents(folder) == before


def test_the_contract_that_is_known_from_an_earlier_run_is_an_input(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = str(tmp_path_factory.mktemp("cache"))
    arguments = ("--isolated", "--schema", "schemas/part.json", "--cache-dir", cache, "me.md")
    assert report(folder, "report", *arguments).code == 1
    name = "schemas/part.json"
    check_refused(report(folder, name, *arguments), name, "this run reads the file")
    assert report(folder, "schemas/c.json", *arguments).code == 1


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("", "no such file or directory"),
        ("schemas", "is a directory"),
        ("schemas/", "is a directory"),
        (".", "is a directory"),
        ("missing/report", "no such file or directory"),
        ("missing/", "no such file or directory"),
        ("me.md/report", "not a directory"),
        ("r" * 256, "file name too long"),
        ("/dev/full", "no space left on device"),
        ("/dev/fd/77", "bad file descriptor"),
    ],
)
def test_no_place_for_a_report(folder: Path, target: str, reason: str) -> None:
    before = contents(folder)
    result = report(folder, target, "me.md")
    assert (result.code, result.out) == (2, "")
    place = f"{target}: " if target else ""
    assert result.err == f"seedlint: {place}the report could not be written: {reason}\n"
    assert contents(folder) == before


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command line with the installed command as `$0`."""
    return subprocess.run(
        ["/bin/sh", "-c", command, EXECUTABLE],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_devices_and_pipes_are_written_to(folder: Path) -> None:
    check = '"$0" check --output-format concise me.md -o'
    wanted = seedlint("check", "--output-format", "concise", "me.md", cwd=folder)
    assert wanted.out.startswith("me.md:")
    for target in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        done = shell(folder, f"{check} {target}")
        assert (done.returncode, done.stdout, done.stderr) == (1, wanted.out, wanted.err)
    done = shell(folder, f"{check} /dev/stderr")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", wanted.out + wanted.err)
    done = shell(folder, f"{check} /dev/fd/5 5>report; cat report")
    assert done.stdout == wanted.out
    # What a file had stays when it was opened to be added to.
    done = shell(folder, f"{check} /dev/stdout >>report; cat report")
    assert done.stdout == wanted.out * 2
    done = shell(folder, f"mkfifo pipe; cat pipe & {check} pipe; code=$?; wait; exit $code")
    assert (done.returncode, done.stdout) == (1, wanted.out)
    assert (folder / "pipe").is_fifo()
    assert shell(folder, f"{check} /dev/null").returncode == 1
    # A reader that has gone is no failure, and a stream that is closed is one.
    assert "code 1" in shell(folder, f"{{ {check} /dev/fd/1; echo code $? >&2; }} | true").stderr
    for closed, target in ((">&-", "/dev/stdout"), ("2>&-", "/dev/stderr")):
        assert shell(folder, f"{check} {target} {closed}").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "failure"),
    [
        *((("--output-format", each, seed), "schema") for each in FORMATS for seed in SEEDS),
        (("--statistics", "me.md"), "schema"),
        *((("me.md",), each) for each in ("config", "write", "option")),
    ],
)
def test_the_report_of_an_earlier_run_does_not_outlive_a_failure(
    folder: Path, arguments: tuple[str, ...], failure: str
) -> None:
    assert report(folder, "report", *arguments).code == int("me.md" in arguments)
    assert (folder / "report").exists()
    if failure == "write":
        done = shell(folder, f'ulimit -f 0; "$0" check -o report {" ".join(arguments)}')
        assert "file too large" in done.stderr
        code = done.returncode
    else:
        if failure == "config":
            (folder / CONFIG).write_text("nonsense = 1", "utf-8")
        elif failure == "schema":
            (folder / "schemas" / "part.json").write_text("{", "utf-8")
        more = {"option": ["--select", "NOPE"]}
        code = report(folder, "report", *arguments, *more.get(failure, ())).code
    assert code == 2
    assert not (folder / "report").exists()
    assert list(folder.glob(".seedlint-*")) == []


@pytest.mark.parametrize("target", ["me.md", "schemas/part.json", "schemas/c.json", CONFIG])
def test_a_failure_removes_nothing_but_reports(folder: Path, target: str) -> None:
    """A run that fails early does not know its inputs."""
    for name in ("schemas/c.json", CONFIG):
        saved = (folder / name).read_bytes()
        (folder / name).write_bytes(b"{")
        before = contents(folder)
        assert report(folder, target, "me.md").code == 2
        assert contents(folder) == before
        (folder / name).write_bytes(saved)
    (folder / "report").symlink_to(target)
    before = contents(folder)
    assert report(folder, "report", "missing.md").code == 2
    assert contents(folder) == before


@pytest.fixture
def waiting(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that takes long, with the report of an earlier one."""
    (folder / "report").write_text("[]\n", "utf-8")
    pattern = {"properties": {"type": {"pattern": "^(a+)+$"}}}
    (folder / "schemas" / "c.json").write_text(json.dumps(pattern), "utf-8")
    (folder / "me.md").write_text(f"---\ntype: {'a' * 60}!\n---\n", "utf-8")
    with subprocess.Popen(
        [EXECUTABLE, "check", "-o", "report", "me.md"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_leaves_no_report(
    folder: Path, waiting: subprocess.Popen[str], signum: signal.Signals, code: int
) -> None:
    if signal.getsignal(signum) is signal.SIG_IGN:
        pytest.skip("whoever runs the tests ignores the signal, and so does what they start")
    wait_until(lambda: bool(children_of(waiting.pid)))
    # Until the new report is there, the old one is.
    assert (folder / "report").read_text("utf-8") == "[]\n"
    waiting.send_signal(signum)
    assert waiting.wait(HANGING) == code
    assert not (folder / "report").exists()
    assert list(folder.glob(".seedlint-*")) == []
