"""`seedlint schema check`: the reports, options and exit codes of `check`, for contracts."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from command import seedlint
from paths import ROOT
from seedlint.cli.options import FORMATS

TWO_FAULTS = '{\n  "type": "objekt",\n  "requierd": ["title"]\n}\n'
CLEAN = '{"type": "object", "required": ["title"]}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "bad.json").write_text(TWO_FAULTS)
    (tmp_path / "good.json").write_text(CLEAN)
    return tmp_path


def check(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> Any:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return seedlint("schema", "check", *arguments, cwd=folder, stdin=data)


def test_all_findings_with_their_places(folder: Path) -> None:
    ran = check(folder, "bad.json", "good.json", "--output-format", "json")
    assert ran.code == 1
    assert ran.places == [("CON002", 2, 11), ("CON012", 3, 3)]
    assert [each["end_location"]["column"] for each in ran.findings] == [19, 13]
    assert [each["pointer"] for each in ran.findings] == ["/type", "/requierd"]
    assert ran.err == "1 error and 1 warning in 2 contracts\n"


def test_a_clean_contract(folder: Path) -> None:
    ran = check(folder, "good.json")
    assert (ran.code, ran.out, ran.err) == (0, "", "OK: 1 contract\n")
    assert check(folder, "good.json", "-q").err == ""


def test_the_contracts_that_ship_are_clean() -> None:
    names = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "schemas").glob("*.json"))
    ran = seedlint("schema", "check", "--fail-on", "info", *names)
    assert (ran.code, ran.out) == (0, "")
    assert seedlint("schema", "check", "--select", "CON021", names[0], "-q").code == 0


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form: str, folder: Path) -> None:
    ran = check(folder, "bad.json", "--output-format", form)
    assert ran.code == 1
    assert "objekt" in ran.out
    assert check(folder, "good.json", "--output-format", form).code == 0


def test_reports_go_to_files(folder: Path) -> None:
    ran = check(
        folder, "bad.json", "-o", "a.txt", "--report", "sarif=b.sarif", "--output-format", "concise"
    )
    assert (ran.code, ran.out) == (1, "")
    assert (folder / "a.txt").read_text().startswith("bad.json:2:11: CON002 [error] ")
    results = json.loads((folder / "b.sarif").read_text())["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["CON002", "CON012"]
    ran = check(folder, "bad.json", "-o", "bad.json")
    assert ran.code == 2
    assert (folder / "bad.json").read_text() == TWO_FAULTS


def test_statistics(folder: Path) -> None:
    out = check(folder, "bad.json", "--statistics").out
    assert "CON002" in out
    assert "CON012" in out


@pytest.mark.parametrize(
    ("arguments", "code", "codes"),
    [
        ([], 1, ["CON002", "CON012"]),
        (["--ignore", "CON002"], 0, ["CON012"]),
        (["--select", "misspelt-keyword"], 0, ["CON012"]),
        (["--select", "CON012", "--fail-on", "warning"], 1, ["CON012"]),
        (["--ignore", "CON002", "--max-warnings", "0"], 1, ["CON012"]),
        (["--exit-zero"], 0, ["CON002", "CON012"]),
    ],
)
def test_choices(arguments: list[str], code: int, codes: list[str], folder: Path) -> None:
    ran = check(folder, "bad.json", "--output-format", "json", *arguments)
    assert ran.code == code
    assert [each["code"] for each in ran.findings] == codes


def test_descriptions_are_on_request(folder: Path) -> None:
    (folder / "good.json").write_text('{"properties": {"title": {"type": "string"}}}')
    assert check(folder, "good.json", "--select", "ALL", "--fail-on", "info").code == 0
    for selector in ("CON021", "missing-description", "ALL,CON021"):
        ran = check(folder, "good.json", "--select", selector, "--fail-on", "info")
        assert ran.code == 1
        assert "`title` has no description" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.json"], "none.json: no such file"),
        (["."], ".: it is a folder; name the files"),
        ([], "no contract is named, and the configuration names none"),
        ([], "help: name one, as in `seedlint schema check post.schema.json`"),
        (["good.json", "--select", "SCH"], "no rule is left to check"),
        (["good.json", "--ignore", "CON001"], "is always on"),
        (["good.json", "--select", "XYZ"], "no rule is called `XYZ`"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], words: str, folder: Path) -> None:
    ran = check(folder, *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_missing_file_does_not_hide_findings(folder: Path) -> None:
    ran = check(folder, "none.json", "bad.json")
    assert ran.code == 2
    assert "CON002" in ran.out
    assert "none.json: no such file" in ran.err
    ran = check(folder, "none.json", "good.json")
    assert ran.code == 2
    assert ran.err.endswith("\nno findings in 1 contract; the run is not complete\n")


def test_rules_about_contracts_are_none_about_seeds(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: a\n---\n")
    ran = seedlint("check", "--schema", "good.json", "--select", "CON", "a.md", cwd=folder)
    assert ran.code == 2
    assert "no rule is left to check" in ran.err


def test_the_settings_count(folder: Path) -> None:
    settings = folder / "seedlint.toml"
    settings.write_text('schema = "good.json"\nselect = ["SCH"]\n')
    assert check(folder).err == "OK: 1 contract\n"
    assert check(folder, "bad.json").code == 1
    settings.write_text(
        'schema = "bad.json"\nfail-on = "warning"\nignore = ["CON002"]\n'
        '[severity]\nCON012 = "info"\n'
    )
    ran = check(folder)
    assert (ran.code, ran.err) == (0, "1 info in 1 contract\n")
    settings.write_text('schema = "bad.json"\n[per-file-ignores]\n"bad.*" = ["CON"]\n')
    ran = check(folder)
    assert (ran.code, ran.err) == (0, "OK: 1 contract; 2 findings suppressed\n")
    settings.write_text('schema = "good.json"\nformats-unchecked = ["isbn"]\n')
    (folder / "good.json").write_text('{"format": "isbn"}')
    assert check(folder, "--fail-on", "warning").code == 0
    assert check(folder, "--fail-on", "warning", "--isolated", "good.json").code == 1


def test_the_contracts_of_collections(folder: Path) -> None:
    (folder / "seedlint.toml").write_text(
        '[[collections]]\nname = "a"\nfiles = ["a/**"]\nschema = "good.json"\n'
        '[[collections]]\nname = "b"\nfiles = ["b/**"]\nschema = "bad.json"\n'
        '[[collections]]\nname = "c"\nfiles = ["c/**"]\nschema = "bad.json"\n'
    )
    ran = check(folder)
    assert (ran.code, ran.err) == (1, "1 error and 1 warning in 2 contracts\n")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.yaml", "type: object\nproperties:\n  a: {type: 'sting'}\n", ("CON002", 3, 13)),
        ("a.yml", 'properties:\n  a:\n    pattern: "a\\\\d("\n', ("CON007", 3, 19)),
        ("a.jsonc", '// c\n{"type": "sting",}\n', ("CON002", 2, 10)),
        ("a.json", '{"type": "object",}', ("CON001", 1, 18)),
        ("a.json", "[]", ("CON002", 1, 1)),
        ("a.yaml", "a: b: c\n", ("CON001", 1, 5)),
        ("a.json", '{"a": 1, "a": 2}', ("CON001", 1, 10)),
    ],
)
def test_json_and_yaml(name: str, text: str, place: tuple[str, int, int], folder: Path) -> None:
    (folder / name).write_text(text)
    ran = check(folder, name, "--output-format", "json", "--ignore", "CON019")
    assert ran.code == 1
    assert ran.places == [place]


def test_a_schema_inside_another_document(folder: Path) -> None:
    api = {"info": {"type": 5}, "components": {"Post": {"type": "objekt"}, "Page": {}}}
    (folder / "api.json").write_text(json.dumps(api))
    ran = check(folder, "api.json#/components/Post", "--output-format", "json")
    assert [each["pointer"] for each in ran.findings] == ["/components/Post/type"]
    assert check(folder, "api.json#/components/Page").code == 0
    assert "no schema at `#/nowhere`" in check(folder, "api.json#/nowhere").out


def test_of_a_file_that_is_not_named_no_line_is_shown(folder: Path) -> None:
    (folder / "parts").mkdir()
    (folder / "parts" / "secret.json").write_text('{"type": "hunter2",\n "hunter2": "hunter2"}')
    (folder / "parts" / "main.json").write_text('{"$ref": "secret.json"}')
    ran = check(folder, "parts/main.json")
    assert ran.code == 1
    assert "parts/secret.json:1:10" in ran.out
    for form in FORMATS:
        assert "hunter2" not in check(folder, "parts/main.json", "--output-format", form).out
    both = check(folder, "parts/main.json", "parts/secret.json", "--output-format", "json")
    assert both.places == [("CON002", 1, 10), ("CON013", 2, 2)]
    (folder / "seedlint.toml").write_text('[per-file-ignores]\n"secret.json" = ["CON"]\n')
    ran = check(folder, "parts/main.json")
    assert (ran.code, ran.err) == (0, "OK: 1 contract; 2 findings suppressed\n")


def test_many_faults_are_capped(folder: Path) -> None:
    many = {"properties": {f"k{number}": 5 for number in range(300)}}
    (folder / "bad.json").write_text(json.dumps(many))
    ran = check(folder, "bad.json", "--output-format", "json")
    assert len(ran.findings) == 101
    assert ran.findings[-1]["message"].startswith("200 more findings")


def test_the_page(folder: Path) -> None:
    page = (ROOT / "docs" / "schema-check.md").read_text("utf-8")
    contract = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0]
    (folder / "post.schema.json").write_text(contract)
    ran = check(folder, "post.schema.json", "--output-format", "concise")
    assert ran.out == re.findall(r"```text\n(.*?)```", page, re.DOTALL)[0]
    (folder / "seedlint.toml").write_text('schema = "good.json"\n')
    (folder / "post.schema.json").write_text(CLEAN)
    (folder / "api.yaml").write_text("type: object\n")
    (folder / "api.json").write_text(json.dumps({"components": {"Post": {"type": "object"}}}))
    (folder / "draft.yaml").write_text("type: object\n")
    blocks = re.findall(r"```sh\n(seedlint.*?)```", page, re.DOTALL)
    assert len(blocks) == 2
    for line in "".join(blocks).splitlines():
        command, _, file = line.partition(" < ")
        stdin = (folder / file).read_text() if file else None
        ran = check(folder, *shlex.split(command, comments=True)[3:], stdin=stdin)
        assert (ran.code, ran.out) == (0, ""), line


def test_rules_about_contracts_are_not_listed_for_a_seed(folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: a\n---\n")
    ran = seedlint("check", "--show-settings", "a.md", cwd=folder)
    assert "SCH001" in ran.out
    assert "CON0" not in ran.out


def test_what_bindings_name_is_looked_for(folder: Path) -> None:
    bindings = {"vocabulary": {"file": "terms.yaml"}, "urls": {}}
    (folder / "good.json").write_text(json.dumps({"x-seedlint": bindings}, indent=1))
    ran = check(folder, "good.json", "--output-format", "json")
    assert ("CON010", 4, 12) in ran.places
    (folder / "terms.yaml").write_text("- a\n- b: c: d\n")
    ran = check(folder, "good.json", "--output-format", "json")
    assert ran.code == 1
    assert any(each["message"].startswith("terms.yaml:2:") for each in ran.findings)
    (folder / "terms.yaml").write_text("- a\n- b\n")
    ran = check(folder, "good.json", "--output-format", "json")
    assert [each["code"] for each in ran.findings] == ["CON009"]


def test_collections_that_bindings_name_are_those_of_the_settings(folder: Path) -> None:
    bindings = {"refers-to": {"collection": "b", "key": "slug"}}
    (folder / "good.json").write_text(json.dumps({"items": {"x-seedlint": bindings}}))
    assert check(folder, "good.json", "--isolated", "--ignore", "CON011").code == 0
    settings = '[[collections]]\nname = "NAME"\nfiles = ["a/**"]\nschema = "good.json"\n'
    for name, code in (("a", 1), ("b", 0)):
        (folder / "seedlint.toml").write_text(settings.replace("NAME", name))
        (folder / "a").mkdir(exist_ok=True)
        (folder / "a" / "x.md").write_text("---\nslug: x\n---\n")
        assert check(folder).code == code
        # As `check` does.
        assert (seedlint("check", cwd=folder).code == 2) is (code == 1)


def test_standard_input(folder: Path) -> None:
    ran = check(folder, "-", "--output-format", "json", stdin=TWO_FAULTS)
    assert (ran.code, ran.places) == (1, [("CON002", 2, 11), ("CON012", 3, 3)])
    assert {each["filename"] for each in ran.findings} == {"<stdin>"}
    assert '"requierd": ["title"]' in check(folder, "-", stdin=TWO_FAULTS).out
    ran = check(folder, "-", stdin=CLEAN)
    assert (ran.code, ran.out, ran.err) == (0, "", "OK: 1 contract\n")


def test_standard_input_under_a_name(folder: Path) -> None:
    """The name says the language, the folder of references, and which settings apply."""
    text = 'type: object\nproperties:\n  a: {$ref: "other.json"}\n  b: {type: objekt}\n'
    (folder / "schemas").mkdir()
    (folder / "schemas" / "other.json").write_text('{"type": "string"}')
    (folder / "seedlint.toml").write_text('per-file-ignores = {"schemas/old.*" = ["CON002"]}\n')
    name = ("--stdin-filename", "schemas/post.schema.yaml")
    for arguments in (("-", *name), name):
        ran = check(folder, *arguments, "--output-format", "json", stdin=text)
        assert (ran.code, ran.places) == (1, [("CON002", 4, 13)]), ran.err
        assert ran.findings[0]["filename"] == name[1]
    old = check(folder, "-", "--stdin-filename", "schemas/old.yaml", stdin=text)
    assert (old.code, old.err) == (0, "OK: 1 contract; 1 finding suppressed\n")
    # What is on the disk under this name does not count, not even for a reference to itself.
    (folder / "schemas" / "post.schema.json").write_text(TWO_FAULTS)
    itself = json.dumps({"$defs": {"a": {}}, "$ref": "post.schema.json#/$defs/a"})
    ran = check(folder, "-", "--stdin-filename", "schemas/post.schema.json", stdin=itself)
    assert (ran.code, ran.out) == (0, "")


def test_a_schema_inside_standard_input(folder: Path) -> None:
    text = '{"components": {"Post": {"type": "objekt"}, "Other": {"type": "x"}}}'
    name = "api.json#/components/Post"
    ran = check(folder, "--stdin-filename", name, "--output-format", "json", stdin=text)
    assert {each["filename"] for each in ran.findings} == {"api.json"}
    assert [each["pointer"] for each in ran.findings] == ["/components/Post/type"]


def test_standard_input_in_yaml_needs_a_name(folder: Path) -> None:
    ran = check(folder, "-", stdin="type: object\n")
    assert ran.code == 1
    assert "CON001" in ran.out
    assert ran.err.splitlines()[0] == (
        "note: standard input is read as JSON; with YAML in it, "
        "--stdin-filename contract.yaml says so"
    )
    assert "note" not in check(folder, "-", "-q", stdin="type: object\n").err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "CON001"),
        (b"\xff", "not UTF-8"),
        (b'"' + b"x" * 6_000_000 + b'"', "larger than"),
    ],
)
def test_standard_input_that_is_no_contract(folder: Path, data: bytes, words: str) -> None:
    ran = check(folder, "-", "--output-format", "concise", stdin=data)
    assert (ran.code, words in ran.out) == (1, True)


@pytest.mark.parametrize("name", ["#", "#/$defs/a", "", "..", "/", "a\nb.json", "x" * 5000])
def test_any_name_of_standard_input_will_do(folder: Path, name: str) -> None:
    text = '{"$defs": {"a": {"type": "objct"}}, "type": "objct"}'
    ran = check(folder, "-", "--stdin-filename", name, "--output-format", "json", stdin=text)
    assert (ran.code, {each["code"] for each in ran.findings}) == (1, {"CON002"})


def test_of_json_nobody_is_told_that_it_is_not_yaml(folder: Path) -> None:
    assert "note" not in check(folder, "-", stdin='{"type": "object",').err


@pytest.mark.parametrize(
    "arguments",
    [("-", "good.json"), ("-", "-"), ("good.json", "--stdin-filename", "a.json")],
)
def test_standard_input_is_the_one_contract(folder: Path, arguments: tuple[str, ...]) -> None:
    ran = check(folder, *arguments, stdin=CLEAN)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be combined with" in ran.err
