"""`--fix`, `--diff` and their companions, as people run them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command import EXECUTABLE, Result, seedlint
from paths import ROOT
from repositories import commit, git
from seedlint.cli.check import check
from seedlint.cli.options import Options
from seedlint.schema.load import LoadedSchema, load_schema

CONTRACT = {
    "properties": {
        "title": {"type": "string"},
        "kind": {"enum": ["article", "video"]},
        "webUrl": {"type": "string", "format": "uri"},
        "topics": {"uniqueItems": True},
    },
    "additionalProperties": False,
}
BROKEN = (
    "---\ntitel: Tides # why\ntopics: [a, b, a]\nwebUrl: http://example.com/a?b&amp;c\n---\nBody\n"
)
SAFE = "---\ntitle: Tides # why\ntopics: [a, b]\nwebUrl: http://example.com/a?b&c\n---\nBody\n"
ALL = SAFE.replace("http:", "https:")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a contract and a seed that has three safe fixes and an unsafe one."""
    (tmp_path / "s.json").write_text(json.dumps(CONTRACT))
    write(tmp_path, BROKEN)
    return tmp_path


def write(folder: Path, text: str | bytes, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(folder: Path, name: str = "a.md") -> str:
    return (folder / name).read_bytes().decode()


def run(folder: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return seedlint(
        "check", "--no-cache", "--schema", "s.json", *arguments, cwd=folder, stdin=stdin
    )


def concise(folder: Path, *arguments: str) -> Result:
    return run(folder, "--output-format", "concise", *arguments)


def test_fix_makes_safe_fixes_and_reports_the_rest(folder: Path) -> None:
    done = concise(folder, "--fix")
    assert read(folder) == SAFE
    assert done.code == 0
    assert done.out == "a.md:4:9: URL012 [warning] `http://example.com` is not encrypted\n"
    assert done.err == (
        "fixed 3 findings in 1 seed\n"
        "1 warning in 1 seed checked against s.json; 1 fixable with --fix --unsafe-fixes\n"
    )
    again = concise(folder, "--fix")
    assert read(folder) == SAFE
    assert "fixed " not in again.err


def test_unsafe_fixes(folder: Path) -> None:
    done = concise(folder, "--fix", "--unsafe-fixes")
    assert read(folder) == ALL
    assert done.err == "fixed 4 findings in 1 seed\nOK: 1 seed checked against s.json\n"
    assert done.out == ""


def test_the_summary_says_how_many_are_fixable(folder: Path) -> None:
    done = concise(folder)
    assert read(folder) == BROKEN
    assert done.err.endswith("; 3 fixable with --fix, 1 more with --unsafe-fixes\n")
    done = run(folder, "--statistics")
    assert "1  SCH015  repeated-item (1 fixable)\n" in done.out
    done = run(folder, "--statistics", "--output-format", "json")
    assert {each["fixable"] for each in json.loads(done.out)} == {1}


def test_fix_only_reports_nothing(folder: Path) -> None:
    done = concise(folder, "--fix-only")
    assert read(folder) == SAFE
    assert (done.code, done.out, done.err) == (0, "", "fixed 3 findings in 1 seed\n")


def test_exit_non_zero_on_fix(folder: Path) -> None:
    assert concise(folder, "--fix-only", "--exit-non-zero-on-fix").code == 1
    assert concise(folder, "--fix-only", "--exit-non-zero-on-fix").code == 0
    write(folder, BROKEN)
    assert concise(folder, "--fix", "--exit-non-zero-on-fix").code == 1
    assert concise(folder, "--fix", "--exit-non-zero-on-fix").code == 0


def test_diff_writes_nothing(folder: Path) -> None:
    done = run(folder, "--diff")
    assert read(folder) == BROKEN
    assert done.code == 1
    assert done.err == "would fix 3 findings in 1 seed\n"
    assert done.out.startswith(
        "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,6 +1,6 @@\n"
    )
    write(folder, SAFE)
    done = run(folder, "--diff")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_standard_input(folder: Path) -> None:
    done = run(
        folder, "--fix", "--output-format", "concise", "-", stdin=b"\xef\xbb\xbf" + BROKEN.encode()
    )
    assert done.out == "\ufeff" + SAFE
    assert done.code == 0
    assert done.err.splitlines()[:2] == [
        "fixed 3 findings in 1 seed",
        "<stdin>:4:9: URL012 [warning] `http://example.com` is not encrypted",
    ]
    # What needs no fix comes back as well, so that an editor can take it.
    done = run(folder, "--fix-only", "--stdin-filename", "x.md", stdin=SAFE.encode())
    assert done.out == SAFE
    done = run(folder, "--diff", "--stdin-filename", "x.md", stdin=BROKEN.encode())
    assert done.out.startswith("diff --git a/x.md b/x.md\n")
    assert done.code == 1


def test_long_files_are_not_cut(folder: Path) -> None:
    (folder / "seedlint.toml").write_text("[limits]\nfile-bytes = 1000\n")
    text = BROKEN + "x" * 1000
    write(folder, text)
    done = concise(folder, "--fix")
    assert read(folder) == text
    assert "note: a.md was not fixed: it has more than 1,000 bytes\n" in done.err
    assert run(folder, "--diff").out == ""
    done = run(folder, "--fix", "-", stdin=text.encode())
    assert (done.code, done.out) == (2, "")
    assert done.err == "seedlint: standard input has more than 1,000 bytes, and is not fixed\n"


def test_settings_choose_fixes(folder: Path) -> None:
    for settings, wanted in (
        ('unfixable = ["SCH"]', BROKEN.replace("&amp;", "&")),
        ('fixable = ["SCH015"]', BROKEN.replace("[a, b, a]", "[a, b]")),
        ('extend-safe-fixes = ["URL012"]', ALL),
        ('fixable = ["ALL"]\nunfixable = ["ALL"]', BROKEN),
    ):
        write(folder, BROKEN)
        (folder / "seedlint.toml").write_text(settings)
        counted = concise(folder)
        concise(folder, "--fix")
        assert read(folder) == wanted
        assert ("fixable" in counted.err) == (wanted != BROKEN)
    (folder / "seedlint.toml").write_text('fixable = ["NOPE"]')
    assert concise(folder).code == 2


def test_suppressed_findings_are_not_fixed(folder: Path) -> None:
    text = "---\ntitel: a # seedlint: ignore[SCH002] as it was sent\n---\n"
    write(folder, text)
    assert concise(folder, "--fix").code == 0
    assert read(folder) == text


def test_refused_fixes_are_said(folder: Path) -> None:
    """Two values that each of two lists asks for: either fix would bring the finding back."""
    lists = [{"enum": ["harbour"]}, {"enum": ["harbuor"]}]
    (folder / "s.json").write_text(json.dumps({"properties": {"a": {"allOf": lists}}}))
    text = "---\na: harbuor\n---\n"
    write(folder, text)
    done = concise(folder, "--fix", "--unsafe-fixes")
    assert read(folder) == text
    assert done.code == 1
    assert "note: a.md:2: SCH004 was not fixed: the finding would stay\n" in done.err


def test_a_fix_that_was_refused_is_offered_no_more(folder: Path) -> None:
    lists = [{"enum": ["harbour"]}, {"enum": ["harbuor"]}]
    (folder / "s.json").write_text(json.dumps({"properties": {"a": {"allOf": lists}}}))
    write(folder, "---\na: harbuor\n---\n")
    before = run(folder)
    assert "fix with --fix" in before.out
    assert before.err.endswith("; 1 fixable with --fix\n")
    after = run(folder, "--fix")
    assert "fix with" not in after.out
    assert "fixable" not in after.err
    assert before.out.startswith(after.out.partition("\n  = help")[0])
    report = json.loads(run(folder, "--fix", "--output-format", "json").out)
    assert [each["fix"] for each in report] == [None]
    # An unsafe fix has not been tried.
    (folder / "s.json").write_text(json.dumps({"properties": {"a": {"const": "ferry"}}}))
    assert "fix with --unsafe-fixes" in run(folder, "--fix").out


def test_a_fix_that_brings_another_finding_is_refused(folder: Path) -> None:
    contract = {
        "properties": {"topics": {"uniqueItems": True, "minItems": 3}},
    }
    (folder / "s.json").write_text(json.dumps(contract))
    text = "---\ntopics: [a, b, a]\n---\n"
    write(folder, text)
    done = concise(folder, "--fix")
    assert read(folder) == text
    assert "SCH015 was not fixed: it would bring " in done.err


def test_mode_is_kept_and_links_are_left_alone(folder: Path) -> None:
    path = write(folder, BROKEN)
    path.chmod(0o640)
    second = write(folder, BROKEN, "b.md")
    os.link(second, folder / "other")
    (folder / "c.md").symlink_to("b.md")
    done = concise(folder, "--fix", "a.md", "b.md", "c.md")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read(folder) == SAFE
    assert read(folder, "b.md") == BROKEN
    assert (folder / "c.md").is_symlink()
    assert "note: b.md was not fixed: it has another name (a hard link)" in done.err
    assert [name for name in os.listdir(folder) if name.startswith(".seedlint")] == []


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write")
def test_read_only_files_and_folders(folder: Path) -> None:
    path = write(folder, BROKEN)
    path.chmod(0o444)
    done = concise(folder, "--fix")
    assert "note: a.md was not fixed: it may not be written to\n" in done.err
    path.chmod(0o644)
    folder.chmod(0o555)
    try:
        done = concise(folder, "--fix")
    finally:
        folder.chmod(0o755)
    assert done.code == 2
    assert "seedlint: a.md: not fixed: permission denied\n" in done.err
    assert read(folder) == BROKEN


def test_leftovers_of_dead_processes_are_removed(folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    dead = write(folder, "x", f".seedlint-fix-{gone.pid}-0123456789abcdef.tmp")
    alive = write(folder, "x", f".seedlint-fix-{os.getpid()}-0123456789abcdef.tmp")
    concise(folder, "--diff")
    assert dead.exists()
    concise(folder, "--fix")
    assert not dead.exists()
    assert alive.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--fix", "--diff"),
        ("--fix", "--since", "HEAD"),
        ("--diff", "--since", "HEAD"),
        ("--fix", "--update-baseline"),
        ("--diff", "--output-file", "x"),
        ("--fix-only", "--report", "sarif=x"),
        ("--diff", "--statistics"),
    ],
)
def test_options_that_contradict_each_other(folder: Path, options: tuple[str, ...]) -> None:
    assert run(folder, *options).code == 2
    assert read(folder) == BROKEN


def test_json_report(folder: Path) -> None:
    done = run(folder, "--output-format", "json")
    fixes = {each["code"]: each["fix"] for each in done.findings}
    assert fixes["SCH002"] == {
        "applicability": "safe",
        "message": "rename it to `title`",
        "edits": [
            {
                "content": "title",
                "location": {"row": 2, "column": 1},
                "end_location": {"row": 2, "column": 6},
            }
        ],
    }
    assert fixes["URL012"]["applicability"] == "unsafe"


HOSTILE = {
    "plain.md": BROKEN,
    "with blank.md": BROKEN,
    'quo"te.md': BROKEN,
    "back\\slash.md": BROKEN,
    "tab\there.md": BROKEN,
    "line\nbreak.md": BROKEN,
    "Müller.md": BROKEN,
    "no-final-break.md": BROKEN.removesuffix("---\nBody\n") + "---",
    "crlf.md": BROKEN.replace("\n", "\r\n"),
    "separators.md": BROKEN.replace("Body", "A\u2028B\x0cC\x85D\x1cE"),
    "lone-cr.md": BROKEN.replace("Body", "A\rB"),
    "bom.md": "\ufeff" + BROKEN,
    "-dash.md": BROKEN,
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_git_applies_the_patch(folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").unlink()
    for name, text in HOSTILE.items():
        write(folder, text, name)
    git(folder, "init", "--quiet")
    git(folder, "config", "core.autocrlf", "false")
    commit(folder)
    patch = subprocess.run(
        [EXECUTABLE, "check", "--no-cache", "--schema", "s.json", "--diff"],
        cwd=folder,
        capture_output=True,
        check=False,
    ).stdout
    (tmp_path / "patch").write_bytes(patch)
    git(folder, "apply", str(tmp_path / "patch"))
    applied = {name: (folder / name).read_bytes() for name in HOSTILE}
    git(folder, "checkout", "--quiet", ".")
    concise(folder, "--fix")
    fixed = {name: (folder / name).read_bytes() for name in HOSTILE}
    assert applied == fixed
    assert all(fixed[name] != text.encode() for name, text in HOSTILE.items())


def _commands(output: bytes) -> list[bytes]:
    """The lines that a runner of GitHub Actions would obey."""
    lines = output.replace(b"\r", b"\n").split(b"\n")
    return [line for line in lines if line.lstrip(b" +-").startswith(b"::") or b"##[" in line]


def test_a_patch_in_a_log_of_ci_has_no_commands(folder: Path, tmp_path: Path) -> None:
    lines = BROKEN.split("---\n", 2)
    text = f"---\n{lines[1]}---\n::error::one\n##[error]three\r ::error::two\n{lines[2]}"
    write(folder, text)
    command = [EXECUTABLE, "check", "--no-cache", "--schema", "s.json", "--diff"]
    environment = {**os.environ, "CI": "true"}
    shown = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False
    ).stdout
    assert b"error" in shown
    assert _commands(shown) == []
    patch = tmp_path / "patch"
    with patch.open("wb") as file:
        subprocess.run(command, cwd=folder, env=environment, stdout=file, check=False)
    assert len(_commands(patch.read_bytes())) == 3
    without = subprocess.run(
        command, cwd=folder, env={**os.environ, "CI": ""}, capture_output=True, check=False
    ).stdout
    assert without == patch.read_bytes()


def test_the_index_is_not_touched(folder: Path) -> None:
    """With a partly staged file nothing is lost: neither what is staged nor what is not."""
    git(folder, "init", "--quiet")
    write(folder, SAFE)
    commit(folder)
    write(folder, BROKEN)
    git(folder, "add", "a.md")
    write(folder, BROKEN + "More\n")
    staged = git(folder, "ls-files", "--stage")
    concise(folder, "--fix")
    assert git(folder, "ls-files", "--stage") == staged
    assert read(folder) == SAFE + "More\n"


def test_workers_and_one_process_fix_alike(folder: Path) -> None:
    for number in range(40):
        write(folder, BROKEN, f"{number}.md")
    concise(folder, "--fix", "--jobs", "2")
    assert all(read(folder, f"{number}.md") == SAFE for number in range(40))


def test_own_seeds_stay() -> None:
    done = seedlint("check", "--no-cache", "--diff", "--unsafe-fixes", "seeds", cwd=ROOT)
    assert (done.code, done.out) == (0, "")


def test_the_contract_is_opened_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def load(*arguments: Any) -> LoadedSchema:
        opened.append(arguments[0])
        return load_schema(*arguments)

    monkeypatch.setattr("seedlint.run.load_schema", load)
    monkeypatch.chdir(folder)
    check(Options(paths=("a.md",), fix=True, schema="s.json", isolated=True, no_cache=True))
    assert read(folder) == SAFE
    assert len(opened) == 1


def test_fix_only_knows_which_seeds_can_be_read(folder: Path) -> None:
    write(folder, "---\ntitle: a: b\n---\n")
    assert run(folder, "a.md").code == 1
    assert run(folder, "--fix-only", "a.md").code == 0
    write(folder, "---\n%: {\n---\n", "b.md")
    write(folder, "---\ntitle: a: b\n---\n")
    assert run(folder, "--fix-only").code == 1
