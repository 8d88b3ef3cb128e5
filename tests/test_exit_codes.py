"""Every row of the table of exit codes in docs/configuration.md is run."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command import EXECUTABLE, Result, seedlint
from paths import ROOT
from repositories import commit, git

PAGE = (ROOT / "docs" / "configuration.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.*?) \|$", PAGE, re.MULTILINE)

CLEAN = "---\nname: fine\n---\n"
WRONG = "---\nname: 5\n---\n"
WARNED = "---\nname: fine \u200b\n---\n"
SCHEMA = '{"properties": {"name": {"type": "string"}}}'
CONCISE = ("check", "--output-format", "concise")

Case = Callable[[Path], list[Result]]
CASES: dict[str, Case] = {}


def row(text: str) -> Callable[[Case], Case]:
    """The runs of the row with this text, each of which must end with its code."""

    def register(case: Case) -> Case:
        CASES[text] = case
        return case

    return register


def run(folder: Path, config: str | bytes | None, *arguments: str) -> Result:
    """`seedlint check` in a folder with a configuration, `schema` being that of this module."""
    if config is not None:
        data = config if isinstance(config, bytes) else config.encode()
        (folder / "seedlint.toml").write_bytes(data)
    return seedlint(*CONCISE, "--schema", "s.json", *arguments, cwd=folder)


def write(folder: Path, text: str, name: str = "a.md") -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a schema and a clean file, and nothing to be found above it."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, SCHEMA, "s.json")
    write(tmp_path, CLEAN)
    return tmp_path


@row("no findings")
def no_findings(folder: Path) -> list[Result]:
    return [run(folder, None), run(folder, "", "a.md")]


@row("findings below `fail-on`, which is `error` by default")
def below(folder: Path) -> list[Result]:
    write(folder, WARNED)
    return [run(folder, None), run(folder, '[severity]\nALL = "info"\n', "--fail-on", "warning")]


@row("findings, with `--exit-zero`")
def exit_zero(folder: Path) -> list[Result]:
    write(folder, WRONG)
    return [run(folder, None, "--exit-zero")]


@row("every finding is suppressed by comments or settings; the summary counts them")
def suppressed(folder: Path) -> list[Result]:
    write(folder, WRONG)
    by_setting = run(folder, '[per-file-ignores]\n"**" = ["SCH"]\n')
    write(folder, "---\nname: 5 # seedlint: ignore[SCH003] on purpose\n---\n")
    by_comment = run(folder, "")
    write(folder, WRONG)
    by_place = run(folder, '[ignore-at]\n"/name" = ["SCH003"]\n')
    for each in (by_setting, by_comment, by_place):
        assert each.err == "OK: 1 seed checked against s.json; 1 finding suppressed\n"
    return [by_setting, by_comment, by_place]


def held(folder: Path) -> tuple[str, ...]:
    """The options for a baseline that holds a wrong seed."""
    write(folder, WRONG)
    options = ("--baseline", "known.json")
    assert run(folder, None, *options, "--update-baseline").code == 0
    return options


@row("every finding is held in the baseline; the summary counts them")
def baseline(folder: Path) -> list[Result]:
    ran = run(folder, None, *held(folder))
    assert ran.err.endswith("; 1 finding in the baseline\n")
    return [ran]


@row("`--update-baseline`, whatever is found")
def update_baseline(folder: Path) -> list[Result]:
    write(folder, WRONG)
    return [run(folder, 'baseline = "known.json"\n', "--update-baseline")]


@row("more warnings than `--max-warnings` allows")
def max_warnings(folder: Path) -> list[Result]:
    write(folder, WARNED)
    assert run(folder, None, "--max-warnings", "1").code == 0
    ran = run(folder, None, "--max-warnings", "0")
    assert "seedlint: 1 warning, and --max-warnings allows 0\n" in ran.err
    return [ran]


@row("with `--strict-baseline`, a baseline with entries whose findings are gone")
def strict_baseline(folder: Path) -> list[Result]:
    options = held(folder)
    write(folder, CLEAN)
    return [run(folder, None, *options, "--strict-baseline")]


@row("a baseline that is missing or malformed, or an option about one without `--baseline`")
def no_baseline(folder: Path) -> list[Result]:
    write(folder, "{}", "bad.json")
    return [
        run(folder, None, "--baseline", "none.json"),
        run(folder, None, "--baseline", "bad.json"),
        run(folder, None, "--baseline", "bad.json", "--update-baseline"),
        run(folder, None, "--strict-baseline"),
        run(folder, 'baseline = "none.json"\n'),
    ]


@row("`--update-baseline`, and something could not be looked at; the baseline stays as it is")
def no_update(folder: Path) -> list[Result]:
    options = held(folder)
    before = (folder / "known.json").read_bytes()
    ran = run(folder, None, *options, "--update-baseline", "a.md", "gone.md")
    assert (folder / "known.json").read_bytes() == before
    return [ran]


@row("a `--report` that is not `FORMAT=FILE`, or two reports to one file")
def no_report(folder: Path) -> list[Result]:
    return [
        run(folder, None, "--report", "sarif"),
        run(folder, None, "--report", "html5=x"),
        run(folder, None, "--report", "sarif=x", "-o", "x"),
    ]


def committed(folder: Path) -> None:
    """Make the folder a repository, with a wrong seed in its only commit."""
    (folder / ".git").rmdir()
    write(folder, WRONG)
    git(folder, "init", "--quiet")
    commit(folder)


@row("with `--since`, every finding was there before; the summary counts them")
def since(folder: Path) -> list[Result]:
    committed(folder)
    ran = run(folder, None, "--since", "HEAD")
    assert ran.err.endswith("; 1 finding was there before\n")
    return [ran]


@row("a `--since` revision that git does not know, or whose history is not here, or no git")
def no_since(folder: Path) -> list[Result]:
    without = run(folder, None, "--since", "HEAD")
    committed(folder)
    return [without, run(folder, None, "--since", "nothing")]


@row("`--since` together with a baseline or standard input")
def since_and(folder: Path) -> list[Result]:
    return [
        run(folder, None, "--since", "HEAD", "--baseline", "b.json"),
        run(folder, None, "--since", "HEAD", "--update-baseline"),
        run(folder, None, "--since", "HEAD", "-"),
    ]


@row("`--staged`, and no seeds are staged; a note says so")
def nothing_staged(folder: Path) -> list[Result]:
    committed(folder)
    ran = run(folder, None, "--staged")
    assert ran.err.startswith("note: no seeds are staged\n")
    return [ran]


@row("`--staged`, and a seed that is not staged names what the next commit takes away")
def taken_away(folder: Path) -> list[Result]:
    binding = '{"properties": {"of": {"x-seedlint": {"refers-to": {"key": "name"}}}}}'
    write(folder, binding, "s.json")
    write(folder, "", "seedlint.toml")
    write(folder, "---\nname: other\n---\n", "b.md")
    write(folder, "---\nof: other\n---\n", "c.md")
    committed(folder)
    git(folder, "rm", "--quiet", "b.md")
    return [run(folder, None, "--staged")]


@row(
    "`--staged` without git, with a seed in the index that has a merge conflict or is a symbolic "
    "link, or together with standard input"
)
def staged(folder: Path) -> list[Result]:
    without = run(folder, None, "--staged")
    committed(folder)
    with_stdin = run(folder, None, "--staged", "-")
    (folder / "link.md").symlink_to("a.md")
    git(folder, "add", "link.md")
    return [without, with_stdin, run(folder, None, "--staged")]


@row("`--add-ignores`, and a comment suppresses every finding now")
def add_ignores(folder: Path) -> list[Result]:
    write(folder, WRONG)
    ran = run(folder, None, "--add-ignores")
    assert ran.err.startswith("comments added for 1 finding in 1 file\n")
    return [ran, run(folder, None)]


@row("`--add-ignores`, and a seed cannot be written; it stays as it is")
def no_ignores(folder: Path) -> list[Result]:
    write(folder, WRONG, "sub/a.md")
    (folder / "sub").chmod(0o555)
    if os.access(folder / "sub", os.W_OK):
        pytest.skip("this user may write everywhere")
    ran = run(folder, None, "--add-ignores", "sub/a.md")
    (folder / "sub").chmod(0o755)
    assert (folder / "sub" / "a.md").read_text("utf-8") == WRONG
    return [ran]


@row(
    "`--add-ignores` together with `--staged`, `--update-baseline` or standard input, "
    "or where comments suppress nothing"
)
def add_ignores_and(folder: Path) -> list[Result]:
    committed(folder)
    return [
        run(folder, None, "--add-ignores", *others)
        for others in (["--staged"], ["--update-baseline"], ["-"], ["--ignore-suppressions"])
    ]


FIXABLE = "---\nname: fine # seedlint: ignore[URL001] gone\n---\n"
DUPLICATES = '{"properties": {"name": {"uniqueItems": true, "minItems": 2}}}'


@row("`--fix`, and what is left is below `fail-on`")
def fix(folder: Path) -> list[Result]:
    write(folder, FIXABLE)
    ran = run(folder, None, "--fix", "--fail-on", "warning")
    assert (folder / "a.md").read_text() == CLEAN
    write(folder, WARNED)
    return [ran, run(folder, None, "--fix")]


@row("`--fix-only`, whatever is left, unless a file could not be checked")
def fix_only(folder: Path) -> list[Result]:
    write(folder, "---\n- a\n---\n", "b.md")
    assert run(folder, None, "--fix-only").code == 1
    (folder / "b.md").unlink()
    write(folder, WRONG)
    return [run(folder, None, "--fix-only")]


def edit(*arguments: str, folder: Path) -> Result:
    return seedlint("edit", "--schema", "s.json", *arguments, cwd=folder)


@row("`seedlint edit`, and every seed is as it was asked for; new findings are said")
def edited(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    first = edit("--set", "name=5", folder=folder)
    assert "a.md has findings that it did not have before: SCH003" in first.err
    return [first, edit("--set", "name=5", folder=folder)]


@row("`seedlint edit --diff`, and there is something to edit")
def edit_shown(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    return [edit("--set", "name=more", "--diff", folder=folder)]


@row("`seedlint edit` leaves a seed alone; a note says why")
def edit_not_made(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    ran = edit("--delete", "name", folder=folder)
    assert "a.md was left alone: " in ran.err
    return [ran]


@row("`seedlint edit` without anything to edit, or with a key or value that cannot be")
def edit_of_nothing(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    return [edit(folder=folder), edit("--delete", "", folder=folder)]


@row("`--diff`, and there is nothing to fix")
def no_diff(folder: Path) -> list[Result]:
    write(folder, WRONG.replace("5", "[5]"))
    return [run(folder, None, "--diff")]


@row("`--diff`, and there is something to fix")
def diff(folder: Path) -> list[Result]:
    write(folder, FIXABLE)
    return [run(folder, None, "--diff"), run(folder, None, "--diff", "--unsafe-fixes")]


@row("with `--exit-non-zero-on-fix`, something was fixed")
def non_zero(folder: Path) -> list[Result]:
    write(folder, FIXABLE)
    ran = run(folder, None, "--fix", "--exit-non-zero-on-fix")
    write(folder, FIXABLE)
    return [ran, run(folder, None, "--fix-only", "--exit-non-zero-on-fix")]


@row("a finding whose fix was refused; a note says why")
def refused(folder: Path) -> list[Result]:
    write(folder, DUPLICATES, "s.json")
    write(folder, "---\nname: [a, a]\n---\n")
    ran = run(folder, None, "--fix")
    assert ran.err.startswith("note: a.md:2: SCH015 was not fixed: it would bring SCH013\n")
    return [ran]


@row("a fixed file that cannot be written; it stays as it was")
def not_written(folder: Path) -> list[Result]:
    write(folder, FIXABLE)
    # Nothing larger than this many blocks of 512 bytes can be written, as on a full disk.
    options = "check --no-cache --schema s.json --fix-only"
    command = f"trap '' XFSZ; ulimit -f 0; exec {shlex.quote(str(EXECUTABLE))} {options}"
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
    assert (folder / "a.md").read_text() == FIXABLE
    assert not [name for name in os.listdir(folder) if name.startswith(".seedlint")]
    return [Result(done.returncode, done.stdout.decode(), done.stderr.decode())]


@row(
    "`--fix` or `--diff` together with `--since`, `--staged`, `--add-ignores`, "
    "`--update-baseline` or each other, or `--diff` or `--fix-only` with a report"
)
def fix_and(folder: Path) -> list[Result]:
    return [
        run(folder, None, "--fix", "--since", "HEAD"),
        run(folder, None, "--fix", "--staged"),
        run(folder, None, "--fix-only", "--add-ignores"),
        run(folder, None, "--diff", "--update-baseline"),
        run(folder, None, "--fix", "--diff"),
        run(folder, None, "--diff", "--report", "sarif=x"),
        run(folder, None, "--fix-only", "-o", "x"),
    ]


@row("`--files-from` a list that is empty; a note says so")
def empty_list(folder: Path) -> list[Result]:
    write(folder, WRONG)
    write(folder, "", "list")
    ran = run(folder, None, "--files-from", "list")
    assert ran.err.startswith("note: list names no files\n")
    return [ran]


@row("`--show-files`, unless something that was named is not there")
def show_files(folder: Path) -> list[Result]:
    write(folder, WRONG)
    return [run(folder, None, "--show-files")]


@row("a list for `--files-from` that cannot be read")
def no_list(folder: Path) -> list[Result]:
    return [run(folder, None, "--files-from", "none"), run(folder, None, "--files-from", ".")]


@row("a schema that allows everything, `{}` or `true`")
def lenient(folder: Path) -> list[Result]:
    runs = []
    for text in ("{}", "true"):
        write(folder, text, "s.json")
        runs.append(run(folder, None))
    return runs


@row(
    "with `--force-exclude`, every file that was named is left out by `include` or `exclude`; "
    "a note says so"
)
def excluded(folder: Path) -> list[Result]:
    write(folder, CLEAN, "x/b.md")
    ran = run(folder, 'exclude = ["a.md"]', "--force-exclude", "a.md")
    assert ran.err.startswith("note: 1 file was not checked, because `exclude` matches: a.md\n")
    other = run(folder, 'include = ["x/*.md"]', "--force-exclude", "a.md")
    assert other.err.startswith("note: 1 file was not checked, because no pattern of `include` ")
    return [ran, other]


@row(
    "a schema with an unknown keyword or format, a keyword of another draft, or something that no "
    "value can fit, or a cache folder that cannot be used; a warning says so"
)
def warned(folder: Path) -> list[Result]:
    cached = run(folder, "", "--cache-dir", ".")
    assert cached.err.startswith("warning: results of this run are not cached: the cache folder is")
    runs = [cached]
    for schema, words in (
        ('{"typ": "object", "items": {}}', "1:2: unknown keyword `typ`"),
        ('{"items": {"format": "ulid"}}', "1:22: format `ulid` is not known"),
        ('{"items": {}, "additionalItems": {}}', "1:15: `additionalItems` means nothing"),
        ('{"items": {"enum": []}}', "1:12: no value can be valid here"),
    ):
        write(folder, schema, "s.json")
        runs.append(run(folder, ""))
        assert runs[-1].err.startswith(f"warning: s.json:{words}")
    return runs


@row("linked folders and excluded files below a folder that was named; notes say how many")
def left_out(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    write(folder, WRONG, "drafts/b.md")
    write(folder, WRONG, "old/c.md")
    (folder / "linked").symlink_to("drafts")
    write(folder, 'schema = "s.json"\nexclude = ["drafts/", "old/c.md"]\n', "seedlint.toml")
    ran = seedlint(*CONCISE, cwd=folder)
    assert "note: 1 linked folder was not looked into: linked\n" in ran.err
    assert "note: `exclude` leaves out 1 file and 1 folder\n" in ran.err
    return [ran]


@row("a finding at `fail-on` or above, which a collection may set for its files")
def found(folder: Path) -> list[Result]:
    write(folder, WRONG)
    error = run(folder, None)
    write(folder, WARNED)
    return [error, run(folder, None, "--fail-on", "info"), run(folder, 'fail-on = "warning"')]


@row("a file that cannot be read or parsed, whatever rules are ignored")
def unchecked(folder: Path) -> list[Result]:
    runs = []
    for text in ("no front matter\n", "---\na: [\n---\n"):
        write(folder, text)
        runs.append(run(folder, None, "--ignore", "FM,YML,SEED"))
        runs.append(run(folder, '[per-file-ignores]\n"*" = ["ALL"]\n'))
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to("s.json")
    return [*runs, run(folder, None, "--ignore", "SEED")]


@row("a comparison with another file that cannot be made (`SEED006`, `SEED007`, or a warning)")
def not_compared(folder: Path) -> list[Result]:
    schema = {
        "properties": {"x": {"pattern": "^(a|a)*b$"}},
        "x-seedlint": {"unique-across": {"titles": ["title"]}},
    }
    write(folder, json.dumps(schema), "s.json")
    write(folder, f"---\ntitle: T\nx: {'a' * 60}\n---\n", "slow.md")
    write(folder, "---\ntitle: T\n---\n")
    write(folder, 'schema = "s.json"\n[limits]\nseconds = 1\n', "seedlint.toml")
    ran = seedlint(*CONCISE, "a.md", cwd=folder)
    assert ran.err.startswith("warning: nothing is compared with slow.md")
    return [ran]


@row("an unknown option, or a value that the option does not take")
def usage(folder: Path) -> list[Result]:
    return [run(folder, None, "--no-such"), run(folder, None, "--output-format", "xml")]


@row("`--config` together with `--isolated`, or `-` or `--stdin-filename` together with paths")
def contradiction(folder: Path) -> list[Result]:
    return [
        run(folder, "", "--config", "seedlint.toml", "--isolated"),
        run(folder, "", "-", "a.md"),
        run(folder, "", "--stdin-filename", "b.md", "a.md"),
    ]


@row(
    "a path that does not exist, a linked folder that is named, or a folder that cannot be read; "
    "the others are checked all the same"
)
def no_path(folder: Path) -> list[Result]:
    (folder / "link").symlink_to(".")
    runs = [run(folder, None, "a.md", "b.md"), run(folder, None, ""), run(folder, None, "link")]
    assert runs[0].err.endswith(
        "\nno findings in 1 seed checked against s.json; the run is not complete\n"
    )
    (folder / "link").unlink()
    # Nothing is closed to the user that tests run as in CI.
    write(folder, CLEAN, "closed/b.md")
    write(
        folder,
        "import sys\n"
        "def refuse(event, arguments):\n"
        "    if event == 'os.scandir' and 'closed' in str(arguments[0]):\n"
        "        raise PermissionError(13, 'Permission denied')\n"
        "sys.addaudithook(refuse)\n",
        "site/sitecustomize.py",
    )
    env = {"PYTHONPATH": str(folder / "site")}
    for path in (".", "closed"):
        runs.append(seedlint(*CONCISE, "--schema", "s.json", path, cwd=folder, env=env))
        assert "closed/: cannot read the folder: permission denied" in runs[-1].err
    return runs


@row("standard input is closed, or the working directory does not exist")
def nothing_to_read(folder: Path) -> list[Result]:
    runs = []
    for script in ('"$0" - <&-', 'mkdir gone && cd gone && rmdir ../gone && "$0"'):
        done = subprocess.run(
            ["bash", "-c", script, EXECUTABLE],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        runs.append(Result(done.returncode, done.stdout, done.stderr))
    return runs


@row("no file found, or `exclude` leaves none")
def nothing(folder: Path) -> list[Result]:
    none = run(folder, 'include = ["x/*.md"]')
    left = run(folder, 'exclude = ["a.*"]')
    assert "; left out by `exclude`: a.*\n" in left.err
    return [none, left]


@row(
    "nothing to check, as above, and the configuration matches no file at all; "
    "a run with `--force-exclude`, `--staged` or `--files-from` asks that, too"
)
def nothing_included(folder: Path) -> list[Result]:
    write(folder, "", "list")
    named = run(folder, 'include = ["x/*.md"]', "--force-exclude", "a.md")
    listed = run(folder, None, "--files-from", "list")
    committed(folder)
    staged = run(folder, None, "--staged")
    for each in (named, listed, staged):
        assert "seedlint: no seeds found in .\n" in each.err
    return [named, listed, staged]


@row(
    "a configuration that is missing, malformed or too large, or that has a key with too many parts"
)
def bad_config(folder: Path) -> list[Result]:
    return [
        run(folder, None, "--config", "x.toml"),
        run(folder, None, "--config", ""),
        *(run(folder, text) for text in ("x", b"\xff", "#" * 2_000_000, "a." * 20_000 + "a = 1")),
    ]


@row("a configuration that is a folder, a device or a named pipe")
def special_config(folder: Path) -> list[Result]:
    path = folder / "seedlint.toml"
    path.mkdir()
    runs = [run(folder, None), run(folder, None, "--config", "seedlint.toml")]
    path.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        runs += [run(folder, None), run(folder, None, "--config", "seedlint.toml")]
        runs.append(run(folder, None, "--config", os.devnull))
    return runs


@row("a configuration that was found and is a symbolic link")
def linked_config(folder: Path) -> list[Result]:
    runs = []
    write(folder, "", "sub/seedlint.toml")
    for target in ("sub/seedlint.toml", "gone.toml", os.devnull):
        (folder / "seedlint.toml").symlink_to(target)
        runs.append(run(folder, None))
        assert "seedlint.toml: cannot read: it is a symbolic link" in runs[-1].err
        (folder / "seedlint.toml").rename(folder / "pyproject.toml")
        runs.append(run(folder, None))
        (folder / "pyproject.toml").unlink()
    return runs


@row("a configuration, named with `--config`, without settings for seedlint")
def no_table(folder: Path) -> list[Result]:
    write(folder, "[project]\n", "pyproject.toml")
    return [run(folder, None, "--config", "pyproject.toml")]


@row("an unknown setting, a value of the wrong type, or a pattern that cannot match")
def bad_setting(folder: Path) -> list[Result]:
    return [
        run(folder, text)
        for text in ("x = 1", "limits = 5", 'exclude = ["{a,b}.md"]', 'include = ["./a.md"]')
    ]


COLLECTION = '[[collections]]\nname = "one"\nfiles = ["one/*.md"]\n'


@row("a file that no collection takes, unless `fail-on` is `warning`")
def unmatched(folder: Path) -> list[Result]:
    write(folder, CLEAN, "one/b.md")
    ran = run(folder, COLLECTION)
    assert "a.md:1:1: SEED008 [warning]" in ran.out
    assert ran.err == "1 warning in 1 seed checked against s.json; 1 seed in no collection\n"
    assert run(folder, COLLECTION, "--fail-on", "warning").code == 1
    return [ran]


@row("`--show-settings`")
def show_settings(folder: Path) -> list[Result]:
    return [run(folder, COLLECTION, "--show-settings", "one/c.md")]


@row("with `--collection`, every file that was named belongs to another one; a note says so")
def other_collection(folder: Path) -> list[Result]:
    config = COLLECTION + '[[collections]]\nname = "others"\nfiles = ["**/*.md"]\n'
    ran = run(folder, config, "--collection", "one", "a.md")
    assert "note: 1 file outside of the chosen collections left out\n" in ran.err
    return [ran]


@row("a collection that takes no file, in a run without paths")
def empty_collection(folder: Path) -> list[Result]:
    config = COLLECTION + '[[collections]]\nname = "others"\nfiles = ["**/*.md"]\n'
    ran = run(folder, config)
    assert "seedlint: collection `one` takes no file\n" in ran.err
    assert run(folder, config, "a.md").code == 0
    assert run(folder, config, "--collection", "others").code == 0
    assert run(folder, config, "--show-files").code == 2
    return [ran, run(folder, config, "--collection", "one")]


@row("a collection without `name` or `files`, or with a schema that does not exist")
def bad_collection(folder: Path) -> list[Result]:
    (folder / "seedlint.toml").write_text(COLLECTION + 'schema = "none.json"\n', "utf-8")
    gone = seedlint(*CONCISE, "a.md", cwd=folder)
    assert "seedlint.toml:4:1: collection `one`: `schema`: no such file: `none.json`" in gone.err
    no_name, no_files = (COLLECTION.replace(key, "schema") for key in ("name", "files"))
    return [gone, run(folder, no_name), run(folder, no_files)]


@row("`--collection` with a name that no collection has")
def unknown_collection(folder: Path) -> list[Result]:
    return [run(folder, each, "--collection", "onw") for each in (COLLECTION, "")]


@row("`extend` that names a file outside of the folder of the configuration, or itself in the end")
def bad_extend(folder: Path) -> list[Result]:
    write(folder, 'extend = "../seedlint.toml"\n', "config/base.toml")
    return [
        run(folder, f'extend = "{each}"\n')
        for each in ("../base.toml", "seedlint.toml", "config/base.toml", "none.toml")
    ]


@row("a `required-version` that this version is not")
def required_version(folder: Path) -> list[Result]:
    return [run(folder, f'required-version = "{each}"\n') for each in ("<0.1", ">=99", "new")]


@row("a selector that means no rule, or one to ignore that means only rules that are always on")
def bad_selector(folder: Path) -> list[Result]:
    return [
        run(folder, 'select = ["X"]'),
        run(folder, "", "--ignore", "X"),
        run(folder, 'ignore = ["FM001"]'),
    ]


@row("no rule is left: `select` and `ignore` leave out all of them")
def no_rule(folder: Path) -> list[Result]:
    return [
        run(folder, "select = []"),
        run(folder, 'ignore = ["ALL"]'),
        run(folder, 'select = ["INT"]'),
        run(folder, "", "--select", "URL003", "--ignore", "URL003"),
        run(folder, 'select = ["SCH"]', "--ignore", "SCH"),
    ]


@row("a `--root` that is not a folder, or a path outside of it")
def bad_root(folder: Path) -> list[Result]:
    write(folder, CLEAN, "in/b.md")
    return [
        run(folder, None, "--root", "nope"),
        run(folder, None, "--root", "a.md"),
        run(folder, None, "--root", "in", "a.md"),
        run(folder, None, "--root", "in", "."),
    ]


@row("a schema that does not exist, or that cannot be used")
def bad_schema(folder: Path) -> list[Result]:
    names = ("nope.json", "https://x.example/s", ".", "")
    runs = [seedlint(*CONCISE, "--schema", each, cwd=folder) for each in names]
    assert runs[-1].err == "seedlint: no schema is named: its path is empty\n"
    write(folder, 'schema = "nope.json"', "seedlint.toml")
    runs.append(seedlint(*CONCISE, cwd=folder))
    assert "seedlint.toml:1:1: `schema`: no such file: `nope.json`" in runs[-1].err
    write(folder, '{"type": 5}', "s.json")
    return [*runs, run(folder, None)]


@row("a schema whose keywords are all unknown to JSON Schema")
def no_schema(folder: Path) -> list[Result]:
    write(folder, '{"typ": "object"}', "s.json")
    return [run(folder, None)]


@row("a schema with a binding to a key that it does not allow there")
def closed_out(folder: Path) -> list[Result]:
    closed = '{"properties": {"name": {}}, "additionalProperties": false'
    write(folder, closed + ', "x-seedlint": {"unique-across": {"titles": ["nam"]}}}', "s.json")
    ran = run(folder, None)
    assert "s.json:1:105: `unique-across` looks for the key `nam`, which" in ran.err
    return [ran]


@row("a schema with a binding to a file, a place in a file or a collection that there is not")
def bound_to_nothing(folder: Path) -> list[Result]:
    ran = []
    for binding, options in [
        ("vocabulary", {"file": "none.json"}),
        ("vocabulary", {"file": "s.json", "pointer": "/none"}),
        ("refers-to", {"collection": "none", "key": "id"}),
    ]:
        contract = {"properties": {"name": {"x-seedlint": {binding: options}}}}
        write(folder, json.dumps(contract), "s.json")
        ran.append(run(folder, None))
        assert f"`{binding}`: " in ran[-1].err
    return ran


@row("`--schema` given more than once")
def two_schemas(folder: Path) -> list[Result]:
    return [run(folder, None, "--schema", "s.json")]


@row("the report cannot be written")
def unwritable(folder: Path) -> list[Result]:
    write(folder, WRONG)
    return [run(folder, None, "--output-file", "."), run(folder, None, "--output-file", "no/x")]


@row("the target of the report is a symbolic link or a file that the run reads; it is left alone")
def report_over_an_input(folder: Path) -> list[Result]:
    write(folder, CLEAN)
    (folder / "link").symlink_to("elsewhere")
    ran = [
        seedlint(*CONCISE, "--schema", "s.json", "--output-file", name, "a.md", cwd=folder)
        for name in ("a.md", "s.json", "link")
    ]
    assert (folder / "a.md").read_text("utf-8") == CLEAN
    return ran


@row("a worker process is lost (`INT001`)")
def lost_worker(folder: Path) -> list[Result]:
    # An anchor is nothing for the line reader, so a worker takes the file.
    write(folder, WRONG.replace("5", "&a 5"))
    # The worker is killed as the system kills one that takes too much memory.
    write(
        folder,
        "import os, signal, sys\n"
        "parent = os.getpid()\n"
        "def kill(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]) == 'a.md' and os.getpid() != parent:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(kill)\n",
        "site/sitecustomize.py",
    )
    env = {"PYTHONPATH": str(folder / "site")}
    ran = seedlint(*CONCISE, "--schema", "s.json", "a.md", cwd=folder, env=env)
    assert "INT001" in ran.out
    return [ran]


def stopped_by(signum: signal.Signals, folder: Path) -> Result:
    """A run that waits for standard input, and is sent a signal when it does."""
    process = subprocess.Popen(
        [EXECUTABLE, *CONCISE, "--isolated", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background may have them ignore it.
        preexec_fn=lambda: signal.signal(signum, signal.SIG_DFL),
    )
    assert process.stdin
    # It has read what fills the pipe more than once, so it is past its start.
    process.stdin.write("x" * 1_000_000)
    process.stdin.flush()
    process.send_signal(signum)
    out, err = process.communicate(timeout=60)
    return Result(process.returncode, out, err)


@row("SIGINT, as from Ctrl-C")
def interrupted(folder: Path) -> list[Result]:
    return [stopped_by(signal.SIGINT, folder)]


@row("SIGTERM")
def terminated(folder: Path) -> list[Result]:
    return [stopped_by(signal.SIGTERM, folder)]


def test_every_row_is_run() -> None:
    assert sorted(case for _, case in ROWS) == sorted(CASES)


@pytest.mark.parametrize(("code", "case"), ROWS, ids=[case[:50] for _, case in ROWS])
def test_exit_code(code: str, case: str, folder: Path) -> None:
    if sys.platform == "win32" and any(each in case for each in ("SIG", "INT001", "closed")):
        pytest.skip("no signals, no forks and no bash here")
    runs = CASES[case](folder)
    assert runs
    for ran in runs:
        assert ran.code == int(code), ran
        assert "Traceback" not in ran.err
        if code == "2":
            assert "OK" not in ran.err
        if code == "2" and "INT001" not in ran.out:
            # A note may say first what was left out.
            told = [line for line in ran.err.splitlines() if not line.startswith("note: ")]
            assert told[0].startswith("seedlint: ")
            assert ran.out == ""
