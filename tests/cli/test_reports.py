"""Formats and `--report`, by the installed command."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint
from paths import ROOT
from seedlint import discover
from seedlint.cli.options import FORMATS
from seedlint.cli.reports import write_reports
from seedlint.diagnostic import Diagnostic, Label, Region
from seedlint.discover import Files, Target
from seedlint.outcome import Outcome
from seedlint.report import full
from seedlint.settings import Settings
from seedlint.severity import Severity
from seedlint.text.marks import RUNNER_COMMAND
from seedlint.text.span import Position

SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}, "n": {"type": "integer"}}}
HOSTILE = '"%0A::error::x ]]> {0} [x](y) | <script>"'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with two wrong seeds, one of them with a name of a stranger."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "site"
    (folder / "seeds").mkdir(parents=True)
    (folder / "s.json").write_text(json.dumps(SCHEMA))
    (folder / "seeds" / "a.md").write_text("---\ntitle: 5\n---\n")
    (folder / "seeds" / "b %20[é].md").write_text(f"---\ntitle: T\nn: {HOSTILE}\n---\n")
    return folder


def check(tree: Path, *arguments: str, env: dict[str, str] | None = None) -> Result:
    options = ("check", "--isolated", "--no-cache", "--schema", str(tree / "s.json"))
    return seedlint(*options, *arguments, cwd=tree, env=env)


def test_all_formats_in_one_run(tree: Path) -> None:
    wanted = [f"--report={name}={name}.out" for name in FORMATS]
    done = check(tree, *wanted, "--output-format", "json", "seeds")
    assert done.code == 1
    for name in FORMATS:
        alone = check(tree, "--output-format", name, "seeds")
        assert alone.code == 1
        assert (tree / f"{name}.out").read_text("utf-8") == alone.out
    assert (tree / "json.out").read_text() == done.out
    assert len(done.findings) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_passes_on_what_a_terminal_or_a_runner_obeys(tree: Path, name: str) -> None:
    (tree / "seeds" / "\x1b[2J\u202e\n::x::##vso[x].md").write_text(
        '---\ntitle: T\nn: "\\e[31m \u202e ##[x] ##vso[x]\\n::error::"\n---\n', "utf-8"
    )
    report = check(tree, "--output-format", name, "seeds").out
    assert "SCH003" in report
    assert not [each for each in report if not each.isprintable() and each != "\n"]
    assert re.search(RUNNER_COMMAND, report) is None
    own = r"::(?:error|warning) title=[A-Z]+[0-9]{3} "
    assert re.search(rf"^\s*(?!{own})::", report, re.MULTILINE) is None


def test_sarif_has_paths_of_the_repository_and_texts_of_the_rules(tree: Path) -> None:
    logs = [
        json.loads(check(tree, "--output-format", "sarif", "seeds").out),
        json.loads(seedlint(
            "check", "--isolated", "--no-cache", "--schema", "../s.json",
            "--output-format", "sarif", "a.md", "b %20[é].md", cwd=tree / "seeds",
        ).out),
    ]  # fmt: skip
    assert logs[0]["runs"][0]["results"] == logs[1]["runs"][0]["results"]
    (run,) = logs[0]["runs"]
    uris = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in run["results"]
    ]
    assert uris == ["site/seeds/a.md", "site/seeds/b%20%2520%5B%C3%A9%5D.md"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "SCH003"
    assert rule["help"]["markdown"].startswith(rule["shortDescription"]["text"])


@pytest.mark.parametrize("name", FORMATS)
def test_a_clean_run_is_a_report_too(tree: Path, name: str) -> None:
    (tree / "seeds" / "a.md").write_text("---\ntitle: T\n---\n")
    done = check(tree, "--report", f"{name}=report", "seeds/a.md")
    assert done.code == 0
    report = (tree / "report").read_text()
    if name in ("full", "concise", "github", "json-lines"):
        assert report == ""
    elif name in ("json", "gitlab"):
        assert report == "[]\n"
    else:
        assert report


def test_github_is_the_format_of_github_actions(tree: Path) -> None:
    env = {"GITHUB_ACTIONS": "true"}
    done = check(tree, "seeds/a.md", env=env)
    assert done.out.startswith("::error title=SCH003 wrong-type,file=site/seeds/a.md,line=2,col=8")
    assert check(tree, "--output-format", "full", "seeds/a.md", env=env).out.startswith("error[")
    check(tree, "-o", "report.txt", "seeds/a.md", env=env)
    assert (tree / "report.txt").read_text().startswith("error[")
    assert check(tree, "seeds/a.md", env={"GITHUB_ACTIONS": "false"}).out.startswith("error[")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--report", "sarif"], "--report: `sarif` is not FORMAT=FILE, such as"),
        (["--report", "sarif="], "--report: `sarif=` is not FORMAT=FILE, such as"),
        (["--report", "sariff=x"], "there is no format `sariff`; did you mean `sarif`?"),
        (["--report", "sarif=x", "--report", "json=./x"], "./x: two reports cannot go to one file"),
        (["--report", "sarif=x", "-o", "x"], "x: two reports cannot go to one file"),
        (["--report", "sarif=-"], "help: `/dev/stdout` is standard output"),
        (["-o", "-"], "help: `/dev/stdout` is standard output"),
    ],
)
def test_what_is_no_report_is_refused(tree: Path, arguments: list[str], message: str) -> None:
    done = check(tree, *arguments, "seeds")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (tree / "x").exists()


def test_a_report_that_cannot_be_written_fails_the_run_but_not_the_others(tree: Path) -> None:
    done = check(tree, "--report", "sarif=none/x", "--report", "gitlab=g.json", "seeds")
    assert done.code == 2
    assert "none/x: the report could not be written: no such file or directory" in done.err
    assert len(json.loads((tree / "g.json").read_text())) == 2
    assert done.out.startswith("error[")


def test_code_hosts_keep_what_several_runs_found_apart(tmp_path: Path) -> None:
    """GitHub takes one log per tool and id, so every folder with settings has one of its own."""
    (tmp_path / ".git").mkdir()
    for name in ("site", "shop/items"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "s.json").write_text('{"required": ["title"]}')
        (tmp_path / name / "seedlint.toml").write_text('schema = "s.json"\n')
        (tmp_path / name / "a.md").write_text("---\nn: 1\n---\n")

    def id_of(folder: str, *command: str) -> str:
        done = seedlint(*command, "--output-format", "sarif", cwd=tmp_path / folder)
        (log,) = json.loads(done.out)["runs"]
        found: str = log["automationDetails"]["id"]
        return found

    config = ("--config", "site/seedlint.toml", "--root")
    assert id_of("site", "check") == id_of("", "check", *config, "site") == "seedlint/site/"
    assert id_of("shop/items", "check") == "seedlint/shop/items/"
    assert id_of("", "check", *config, ".") == "seedlint/"
    assert id_of("site", "schema", "check") == "seedlint/site/schema-check/"
    assert id_of("", "schema", "check", "site/s.json") == "seedlint/schema-check/"
    # Another checkout is judged by this configuration.
    other = tmp_path.parent / "other"
    other.mkdir()
    (other / "a.md").write_text("---\nn: 1\n---\n")
    assert id_of("", "check", *config, str(other)) == "seedlint/"


def test_every_report_that_cannot_be_written_is_named(tree: Path) -> None:
    done = check(tree, "--report", "sarif=none/x", "--report", "gitlab=none/y", "seeds")
    assert done.code == 2
    for name in ("none/x", "none/y"):
        assert f"seedlint: {name}: the report could not be written: " in done.err


def test_a_report_never_replaces_a_seed_or_follows_a_link(tree: Path) -> None:
    before = (tree / "seeds" / "a.md").read_text()
    (tree / "link").symlink_to("seeds/a.md")
    for name in ("seeds/a.md", "link"):
        assert check(tree, "--report", f"json={name}", "seeds").code == 2
        assert (tree / "seeds" / "a.md").read_text() == before


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_that_fails_leaves_no_report_of_an_earlier_one(tree: Path, name: str) -> None:
    assert check(tree, "--report", f"{name}=report", "seeds").code == 1
    assert (tree / "report").stat().st_size
    assert check(tree, "--report", f"{name}=report", "none.md").code == 2
    assert not (tree / "report").exists()


def test_a_report_is_written_even_if_nobody_reads_standard_output(tree: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = check(tree, "--report", "sarif=x.sarif", "-o", f"/dev/fd/{write}", "seeds")
    finally:
        os.close(write)
    assert done.code in (1, 2)
    assert json.loads((tree / "x.sarif").read_text())


def test_the_help_names_all_formats() -> None:
    text = " ".join(seedlint("check", "--help", cwd=ROOT).out.split())
    assert f"[{'|'.join(FORMATS)}]" in text


@pytest.mark.parametrize("name", ["full", "rdjson"])
def test_a_file_that_many_findings_point_to_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    names = [str(tmp_path / f"{number}.md") for number in range(20)]
    for each in names:
        Path(each).write_text("---\ntitle: a\n---\n", "utf-8")
    place = (Position(2, 1), Position(2, 2))
    label = Label(Region(names[0], *place), "here")
    outcome = Outcome(len(names))
    outcome.files = Files([Target(each, each) for each in names])
    outcome.diagnostics = [
        Diagnostic(Region(each, *place), "X001", "n", Severity.ERROR, "m", labels=(label,))
        for each in names[1:]
    ]
    read: list[str] = []
    read_target = discover.read_target

    def counted(target: Target, most: int) -> bytes:
        read.append(target.path)
        return read_target(target, most)

    monkeypatch.setattr(discover, "read_target", counted)
    file = str(tmp_path / "report")
    write_reports([(name, file)], outcome, Settings(), (), statistics=False)
    assert sorted(read) == sorted(names)


SLIPS = [
    "title: 5\n",
    "title: Fähre\nn: '7'  # ä\n",
    "title: Fähre: Fahrplan\nn: 7\n",
    "titel: Fähre\r\nn: 7\r\n",
    "title: “Fähre”\n",
    "n: 7\ntitle: Fähre\nn: 7\n",
    "title: 'Fähre\n",
]


def test_suggestions_of_rdjson_are_what_fix_makes(tree: Path) -> None:
    """A suggestion replaces bytes, by line and column, as reviewdog does."""
    contract = {**SCHEMA, "additionalProperties": False}
    (tree / "s.json").write_text(json.dumps(contract))
    names = [f"seeds/{number}.md" for number in range(len(SLIPS))]
    for name, slip in zip(names, SLIPS, strict=True):
        (tree / name).write_bytes(f"---\n{slip}---\nText.\n".encode())
    options = ("check", "--isolated", "--schema", "s.json", "--no-cache")
    report = seedlint(*options, "--output-format", "rdjson", *names, cwd=tree)
    suggested = {}
    for each in json.loads(report.out)["diagnostics"]:
        path = each["location"]["path"].removeprefix("site/")
        (suggestion,) = each["suggestions"]
        assert path not in suggested
        data = (tree / path).read_bytes()
        ends = [at + 1 for at, byte in enumerate(data) if byte == 0x0A]
        starts = [0, *ends]
        begin, end = (
            starts[place["line"] - 1] + place["column"] - 1
            for place in (suggestion["range"]["start"], suggestion["range"]["end"])
        )
        suggested[path] = data[:begin] + suggestion["text"].encode() + data[end:]
    assert sorted(suggested) == names
    seedlint(*options, "--fix", "--unsafe-fixes", *names, cwd=tree)
    assert suggested == {name: (tree / name).read_bytes() for name in names}


def test_rdjson_suggests_nothing_where_nothing_can_be_mended(tree: Path) -> None:
    report = seedlint(
        *("check", "--isolated", "--schema", "s.json", "--no-cache"),
        *("--output-format", "rdjson", "seeds/b %20[é].md"),
        cwd=tree,
    )
    (found,) = json.loads(report.out)["diagnostics"]
    assert "suggestions" not in found


@pytest.fixture
def many(tree: Path) -> Path:
    """The repository with more findings than one process lays out."""
    for number in range(400):
        (tree / "seeds" / f"n{number}.md").write_text(f"---\ntitle: {number}\n---\n")
    return tree


@pytest.mark.parametrize("color", ["", "1"])
def test_many_findings_are_laid_out_alike_by_one_process_and_by_several(
    many: Path, color: str
) -> None:
    env = {"FORCE_COLOR": color}
    alone, together = (check(many, "--jobs", jobs, "seeds", env=env) for jobs in ("1", "3"))
    assert alone.out.count("error") >= 402
    assert ("\x1b[" in alone.out) is bool(color)
    assert together == alone


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there are no workers")
def test_what_a_worker_cannot_lay_out_the_parent_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parent, usual = os.getpid(), full.render

    def render(found: Sequence[Diagnostic], *args: Any, **more: Any) -> Iterator[str]:
        if os.getpid() != parent and any(each.path == "s7.md" for each in found):
            os._exit(3)
        return usual(found, *args, **more)

    monkeypatch.setattr(full, "render", render)
    outcome = Outcome(1000)
    outcome.diagnostics = [
        Diagnostic(
            Region(f"s{number}.md", Position(1, 1), Position(1, 2)),
            "SCH003", "wrong-type", Severity.ERROR, f"number {number}",
        )
        for number in range(1000)
    ]  # fmt: skip
    write_reports([("full", None)], outcome, Settings(), (), statistics=False, jobs=2)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("error")]
    assert said == [f"error[SCH003 wrong-type]: number {number}" for number in range(1000)]
