"""`seedlint check` as people run it: options, streams, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from command import check_json, seedlint
from paths import GOLDEN, ROOT, SEEDS

BROKEN = GOLDEN / "err" / "enum-typo.md"
WARNED = GOLDEN / "err" / "url-insecure-http.md"
ISOLATED_JSON = ("check", "--isolated", "--output-format", "json")
CLEAN = sorted(SEEDS.glob("2024-03*.md"))[0]


def test_check_is_the_default_command() -> None:
    assert seedlint(CLEAN).code == seedlint("check", CLEAN).code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((CLEAN,), 0),
        ((BROKEN,), 1),
        ((CLEAN, BROKEN), 1),
        ((WARNED,), 0),
        ((WARNED, "--fail-on", "warning"), 1),
        ((BROKEN, "--exit-zero"), 0),
        ((BROKEN, "--ignore", "SCH004"), 0),
        ((BROKEN, "--ignore", "invalid-enum-value"), 0),
        ((BROKEN, "--select", "URL,IMG"), 0),
        ((BROKEN, "--ignore", "SCH", "--select", "SCH004"), 1),
        (("no-such-file.md",), 2),
        ((BROKEN, "--ignore", "NOPE"), 2),
        ((BROKEN, "--output-format", "xml"), 2),
        ((BROKEN, "--no-such-option"), 2),
        ((BROKEN, "--schema", "no-such.json"), 2),
        ((BROKEN, "--config", "no-such.toml"), 2),
        ((BROKEN, "--config", "x.toml", "--isolated"), 2),
        (("-", BROKEN), 2),
    ],
)
def test_exit_code(arguments: tuple[str, ...], code: int) -> None:
    result = seedlint("check", *arguments)
    assert result.code == code, result.err
    assert "Traceback" not in result.out + result.err
    if code == 2:
        assert result.out == ""
        assert result.err.startswith("seedlint: ")


def test_findings_on_stdout_and_the_rest_on_stderr() -> None:
    result = seedlint("check", "--isolated", "--output-format", "concise", BROKEN)
    assert len(result.out.splitlines()) == 1
    assert result.err == (
        "1 error in 1 seed checked against article.schema.json; 1 fixable with --fix\n"
    )


def test_quiet_says_nothing_but_findings() -> None:
    assert seedlint("check", "--quiet", CLEAN).err == ""
    assert seedlint("check", "--quiet", BROKEN).err == ""


def test_json_fits_its_published_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    findings = check_json("tests/golden/err").findings
    assert len(findings) > 60
    validator.validate(findings)
    assert check_json(CLEAN).findings == []


def test_output_file_gets_the_findings(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = seedlint("check", "--output-format", "json", "--output-file", target, BROKEN)
    assert (result.code, result.out) == (1, "")
    assert json.loads(target.read_text("utf-8"))[0]["code"] == "SCH004"


def test_output_file_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    result = seedlint("check", "--output-file", tmp_path, BROKEN)
    assert result.code == 2
    assert "could not be written" in result.err


def test_statistics_counts_rules() -> None:
    result = seedlint("check", "--statistics", "--isolated", GOLDEN / "err")
    counts = {line.split()[1]: int(line.split()[0]) for line in result.out.splitlines()}
    assert counts["SCH004"] == 2
    assert sum(counts.values()) == len(check_json("tests/golden/err").findings)


def test_standard_input_has_the_name_it_is_given() -> None:
    data = BROKEN.read_bytes()
    named = seedlint("-", "--stdin-filename", "story.md", "--output-format", "concise", stdin=data)
    assert named.code == 1
    assert named.out.startswith("story.md:8:7: SCH004 ")
    assert (
        seedlint("--stdin-filename", "story.md", "--output-format", "concise", stdin=data) == named
    )
    unnamed = seedlint("-", stdin=data)
    assert " --> <stdin>:8:7\n" in unnamed.out
    assert "8 | type: artcle\n" in unnamed.out


def test_order_does_not_depend_on_jobs_or_arguments() -> None:
    one = seedlint(*ISOLATED_JSON, "-j", "1", "tests/golden/err", "seeds")
    many = seedlint(*ISOLATED_JSON, "-j", "4", "seeds", "tests/golden/err")
    assert one.out == many.out
    assert one.code == many.code == 1


def test_colour_only_when_asked_or_on_a_terminal() -> None:
    assert "\x1b" not in seedlint(BROKEN).out
    assert "\x1b[1;31merror[" in seedlint(BROKEN, env={"FORCE_COLOR": "1"}).out
    assert "\x1b" not in seedlint(BROKEN, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_a_contract_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"required": ["date"]}', "utf-8")
    (tmp_path / "a.md").write_text("---\ntitle: x\n---\n", "utf-8")
    result = check_json("--schema", "c.json", "a.md", cwd=tmp_path)
    assert result.places == [("SCH001", 1, 1)]


def test_suppression_and_its_gate(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"properties": {"heat": {"type": "integer"}}}', "utf-8")
    seed = "---\nheat: hot # seedlint: ignore[SCH003] a figure of speech\n---\n"
    (tmp_path / "a.md").write_text(seed, "utf-8")
    assert check_json("--schema", "c.json", "a.md", cwd=tmp_path).places == []
    gate = check_json("--schema", "c.json", "--ignore-suppressions", "a.md", cwd=tmp_path)
    assert gate.places == [("SCH003", 2, 7)]


def test_an_unchecked_seed_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("no front matter\n", "utf-8")
    result = seedlint("check", "--ignore", "FM", "a.md", cwd=tmp_path)
    assert "in 1 seed that could not be checked against" in result.err


def test_suppressed_findings_are_counted_in_the_summary(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"properties": {"heat": {"type": "integer"}}}', "utf-8")
    seed = "---\nheat: hot # seedlint: ignore[SCH003] a figure of speech\n---\n"
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(seed, "utf-8")
    for jobs in ("1", "4"):
        result = seedlint("check", "--isolated", "--schema", "c.json", "-j", jobs, cwd=tmp_path)
        assert result.code == 0
        assert result.err == "OK: 40 seeds checked against c.json; 40 findings suppressed\n"
    (tmp_path / "a.md").write_text("---\nheat: [\n---\n", "utf-8")
    result = seedlint("check", "--isolated", "--schema", "c.json", cwd=tmp_path)
    assert result.err == (
        "1 error in 41 seeds: 40 checked against c.json, 1 could not be checked; "
        "40 findings suppressed; 1 fixable with --fix --unsafe-fixes\n"
    )
    result = seedlint(
        "check", "--isolated", "--schema", "c.json", "--ignore-suppressions", "1.md", cwd=tmp_path
    )
    assert result.err == "1 error in 1 seed checked against c.json\n"


def test_a_comment_cannot_suppress_every_rule(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"properties": {"heat": {"type": "integer"}}}', "utf-8")
    seed = "---\nheat: hot # seedlint: ignore[ALL]\n# seedlint: ignore[SCH, ALL]\ncold: x\n---\n"
    (tmp_path / "a.md").write_text(seed, "utf-8")
    result = check_json("--schema", "c.json", "a.md", cwd=tmp_path)
    assert result.places == [
        ("SCH003", 2, 7),
        ("SUP003", 2, 30),
        ("SUP001", 3, 20),
        ("SUP003", 3, 25),
    ]


def test_a_configuration_can_refuse_suppressions(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"properties": {"heat": {"type": "integer"}}}', "utf-8")
    (tmp_path / "a.md").write_text("---\nheat: hot # seedlint: ignore[SCH003]\n---\n", "utf-8")
    for value, code in (("true", 0), ("false", 1)):
        text = f'schema = "c.json"\nsuppressions = {value}\n'
        (tmp_path / "seedlint.toml").write_text(text, "utf-8")
        assert seedlint(cwd=tmp_path).code == code


def test_a_comment_that_is_no_suppression_is_reported(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"properties": {"heat": {"type": "integer"}}}', "utf-8")
    comments = ["disable[SCH003]", "allow[ALL]", "ignore-next[SCH003]", "", "ignored SCH003"]
    for comment in comments:
        seed = f"---\nheat: hot # seedlint: {comment}\n---\n"
        (tmp_path / "a.md").write_text(seed, "utf-8")
        result = check_json("--schema", "c.json", "a.md", cwd=tmp_path)
        assert result.places == [("SCH003", 2, 7), ("SUP004", 2, 11)], comment
        # A seed that is clean but for it is no different.
        (tmp_path / "a.md").write_text(seed.replace("hot", "5"), "utf-8")
        result = check_json("--schema", "c.json", "a.md", cwd=tmp_path)
        assert result.places == [("SUP004", 2, 9)], comment


@pytest.mark.parametrize(
    ("arguments", "help_of"),
    [
        (("--jobs", "0"), "seedlint check"),
        (("check", "--no-such"), "seedlint check"),
        (("rule", "--no-such"), "seedlint rule"),
    ],
)
def test_a_usage_error_names_the_help_that_has_the_options(
    arguments: tuple[str, ...], help_of: str
) -> None:
    result = seedlint(*arguments)
    assert result.code == 2
    assert result.err.splitlines()[-1] == f"Try `{help_of} --help`."


def test_more_findings_than_are_looked_at_are_counted(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{}")
    line = "a: " + "x\u200b" * 10_050
    (tmp_path / "a.md").write_text(f"---\n{line}\n---\n", "utf-8")
    arguments = ("check", "--isolated", "--no-cache", "--schema", "c.json")
    ran = seedlint(*arguments, "--output-format", "concise", "a.md", cwd=tmp_path)
    assert ran.out.count("FM010") == 100
    assert "SEED005 [warning] 9950 more findings in this file are not shown" in ran.out
    (tmp_path / "a.md").write_text(f"---\n{line} # seedlint: ignore[FM010]\n---\n", "utf-8")
    ran = seedlint(*arguments, "a.md", cwd=tmp_path)
    assert ran.out == ""
    assert "10,050 findings suppressed" in ran.err
