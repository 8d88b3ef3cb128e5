"""Group H: output as a channel for whoever wrote the input."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from cpu import HANGING
from harness import EXECUTABLE, Ran, check_streams, run
from live import HOSTILE, check, lay

H1 = pytest.mark.torture("H1", "workflow commands in keys, values, names, options, configuration")
H2 = pytest.mark.torture("H2", "escapes of the GitHub format")
H3 = pytest.mark.torture("H3", "terminal escapes, bidi, zero width: no raw one on any stream")
H4 = pytest.mark.torture("H4", "5,000 findings as annotations")
H5 = pytest.mark.torture("H5", "SARIF with 30,000 results")
H6 = pytest.mark.torture("H6", "paths in SARIF")
H7 = pytest.mark.torture("H7", "JSON is one valid document whatever comes")
H8 = pytest.mark.torture("H8", "LC_ALL=C, ascii, cp1252")
H9 = pytest.mark.torture("H9", "secrets of the environment")

FORMATS = ("full", "concise", "json")
CONTRACT = ("--isolated", "--schema", "case.schema.json")
SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "integer"},
        "pick": {"enum": [1, 2]},
        "form": {"type": "string", "format": "date"},
        "link": {"type": "string", "format": "uri"},
        "list": {"uniqueItems": True, "items": {"type": "string"}},
    },
    "additionalProperties": False,
}
WRONG = b"---\nname: x\n---\n"
MIXED = {
    "lines": "\n::error::x\r::add-mask::y",
    "start": "::error::x",
    "anywhere": "x ##[add-mask]y ##vso[a]b",
    "controls": "\x1b[2J\x07\x9b31m\x7f\u202e\u2066\u200b\ufeff\x85\u2028::error::x\x1b]52;c;e\x07",
}
"""Short mixtures of all that is hostile: messages cut longer texts."""


def hostile_seeds() -> Iterator[tuple[str, bytes]]:
    """Each hostile text as key, value, comment, tag and fence, with escapes and without."""
    for name, text in HOSTILE.items():
        quoted = json.dumps(text).replace("\\ud", "\\\\ud")
        lines = [
            f"{quoted}: {quoted}",
            f"name: {quoted}",
            f"pick: {quoted}",
            f"form: {quoted}",
            f'link: {json.dumps("https://a.example/" + text)[:-1]}"',
            f"list: [{quoted}, {quoted}]",
        ]
        yield f"{name}-quoted.md", "\n".join(["---", *lines, "---", ""]).encode()
        yield f"{name}-plain.md", f"---\n{text}: {text} # {text}\nname: x{text}\n---\n".encode()
        yield f"{name}-block.md", f"---\nname: |\n  {text}\n---\n".encode()
        yield f"{name}-fence.md", f"---{text}\nname: 1\n---{text}\n".encode()
        yield f"{name}-ignore.md", f"---\nname: x # seedlint: ignore[{text}]\n---\n".encode()
        yield f"{name}-tag.md", f"---\nname: !<{text}> x\nlist: *{text}\n--- {text}\n".encode()


@H1
@H3
@pytest.mark.parametrize("output_format", FORMATS)
def test_hostile_keys_and_values(tmp_path: Path, output_format: str) -> None:
    seeds = dict(hostile_seeds())
    lay(tmp_path, seeds, SCHEMA)
    for jobs in ("1", "4"):
        ran = check(tmp_path, "--output-format", output_format, "-j", jobs, ".")
        assert ran.code == 1
        assert f"in {len(seeds)} seeds" in ran.err
        if output_format != "full":
            assert ran.out.count(".md") >= len(seeds)


@pytest.mark.slow
@H1
@H3
@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
def test_hostile_names_options_and_configuration(tmp_path: Path, text: str) -> None:
    name = text.replace("/", "|")
    quoted = json.dumps(text).replace("\\ud", "\\\\ud").replace("\x7f", "\\u007f")
    lay(tmp_path, {"x.md": WRONG, f"{name}/seed.md": WRONG}, SCHEMA)
    (tmp_path / f"{name}.json").write_text('{"type": 5}')
    (tmp_path / f"{name}.toml").write_text(f"{quoted} = 1\n")
    (tmp_path / "value.toml").write_text(f"select = [{quoted}]\n")
    (tmp_path / "limit.toml").write_text(f"[limits]\n{quoted} = 1\n")
    (tmp_path / "schema.toml").write_text(f"schema = {quoted}\n")
    (tmp_path / "raw.toml").write_text(f"x = {text}\n")
    for place, schema in {
        "keyword": f'{{{quoted}: 1, "type": {quoted}}}',
        "pattern": f'{{"pattern": {json.dumps("(" + text)}}}',
        "ref": f'{{"$ref": {quoted}}}',
        "draft": f'{{"$schema": {quoted}}}',
        "binding": f'{{"x-seedlint": {{{quoted}: {{}}}}}}',
        "twice": f"{{{quoted}: 1, {quoted}: 2}}",
        "raw": text,
    }.items():
        (tmp_path / f"{place}.schema").write_text(schema)
    (tmp_path / "format.json").write_text(f'{{"format": {quoted}}}')
    warned = run(tmp_path, "check", "--isolated", "--schema", "format.json", "x.md")
    check_streams(warned)
    assert warned.err.startswith("warning: format.json:1:12: format `")
    refused = [
        (f"{name}.gone", "--schema", "case.schema.json"),
        ("x.md", "--schema", f"{name}.json"),
        ("x.md", "--schema", f"{name}.gone"),
        ("x.md", "--select", text),
        ("x.md", "--ignore", text),
        ("x.md", "--output-format", text),
        ("x.md", "--output-file", f"{name}.gone/report"),
        ("x.md", f"--{text}"),
        ("x.md", "--jobs", text),
    ]
    refused += [("x.md", "--schema", f"{schema.name}") for schema in tmp_path.glob("*.schema")]
    runs = [run(tmp_path, "check", "--isolated", *each) for each in refused]
    runs += [
        run(tmp_path, "check", "--config", config.name, "x.md")
        for config in [*tmp_path.glob("*.toml"), tmp_path / f"{name}.gone"]
    ]
    runs.append(run(tmp_path, "rule", text))
    runs.append(run(tmp_path, f"{text}.gone"))
    for ran in runs:
        check_streams(ran)
        assert ran.code == 2, ran
        assert ran.err.startswith(("seedlint: ", "warning: "))
    for output_format in FORMATS:
        stdin = ("--stdin-filename", text, "-")
        ran = check(tmp_path, "--output-format", output_format, *stdin, stdin=WRONG)
        assert ran.code == 1
        ran = check(tmp_path, "--output-format", output_format, "--", name)
        assert ran.code == 1


@H1
def test_what_a_rule_says_of_itself_is_no_command(tmp_path: Path) -> None:
    for arguments in (("rule",), ("rule", "--all"), ("rule", "--all", "--output-format", "json")):
        ran = run(tmp_path, *arguments)
        assert ran.code == 0
        check_streams(ran)


@H1
def test_an_output_file_is_as_harmless(tmp_path: Path) -> None:
    lay(tmp_path, dict(hostile_seeds()), SCHEMA)
    for output_format in FORMATS:
        assert check(tmp_path, "--output-format", output_format, "-o", "report", ".").code == 1
        check_streams(Ran(1, (tmp_path / "report").read_bytes().decode(), "", 0))


@H2
def test_annotations_can_be_undone(tmp_path: Path) -> None:
    """What a runner makes of a command is what JSON says, whatever path and message hold."""
    key = "100%, a:b::c %0A::x"
    lay(tmp_path, {"a,b:c%0A;::d.md": f'---\n"{key}": 1\n---\n'.encode()}, SCHEMA)
    (tmp_path / ".git").mkdir()
    (wanted,) = json.loads(check(tmp_path, ".").out)
    ran = run(tmp_path, "check", *CONTRACT, "--output-format", "github", ".")
    (line,) = ran.out.splitlines()
    match = re.fullmatch(r"::error ([^\r\n]*?)::(.*)", line)
    assert match is not None
    properties = {
        name: unescape(value, ":", ",")
        for name, _, value in (each.partition("=") for each in match[1].split(","))
    }
    assert properties["file"] == wanted["filename"]
    assert properties["title"] == f"{wanted['code']} {wanted['name']}"
    assert wanted["message"] in unescape(match[2])


def unescape(text: str, *also: str) -> str:
    """As the runner does: the escapes of a command, the percent sign last."""
    for character in ("\r", "\n", *also):
        text = text.replace(f"%{ord(character):02X}", character)
    return text.replace("%25", "%")


@H3
def test_colours_are_all_that_a_terminal_gets(tmp_path: Path) -> None:
    seeds = dict(hostile_seeds())
    lay(tmp_path, seeds, SCHEMA)
    plain = run(tmp_path, "check", *CONTRACT, ".")
    ran = run(tmp_path, "check", *CONTRACT, ".", env={"FORCE_COLOR": "1"})
    assert ran.code == 1
    text = ran.out
    for colour in (
        "\x1b[1;31m",
        "\x1b[1;33m",
        "\x1b[1;36m",
        "\x1b[1;34m",
        "\x1b[1m",
        "\x1b[0m",
        "\x1b[31m",
        "\x1b[32m",
    ):
        text = text.replace(colour, "")
    assert "\x1b" not in text
    check_streams(Ran(1, text, ran.err, 0))
    assert [line.rstrip() for line in text.split("\n")] == [
        line.rstrip() for line in plain.out.split("\n")
    ]


@H4
def test_many_annotations(tmp_path: Path) -> None:
    """All are in the log, errors first, and one line says that GitHub shows ten of a kind."""
    values = "".join(f"  - {number}\n" for number in range(90))
    seed = f"---\nlist:\n{values}---\n".encode()
    lay(tmp_path, {f"{number}.md": seed for number in range(56)}, SCHEMA)
    ran = run(tmp_path, "check", *CONTRACT, "--output-format", "github", ".")
    check_streams(Ran(1, "", ran.err, 0))
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert len(lines) == 56 * 90 + 1
    assert all(line.startswith("::error title=SCH003 ") for line in lines[:-1])
    total = "5040 findings; GitHub shows 10 of each kind, the log all"
    assert lines[-1] == f"::notice title=seedlint::{total}"


@pytest.mark.slow
@H5
def test_large_sarif(tmp_path: Path) -> None:
    """One run with the 5,000 that GitHub shows, and how many are left out."""
    values = "".join(f"  - {number}\n" for number in range(100))
    seed = f"---\nlist:\n{values}---\n".encode()
    lay(tmp_path, {f"{number}.md": seed for number in range(300)}, SCHEMA)
    ran = run(tmp_path, "check", *CONTRACT, "--output-format", "sarif", ".")
    assert ran.code == 1
    assert len(gzip.compress(ran.out.encode())) < 10 * 1024**2
    (log,) = json.loads(ran.out)["runs"]
    assert len(log["results"]) == 5_000
    (notice,) = log["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("25000 of 30000 findings are left out here")


@H6
def test_paths_in_sarif(tmp_path: Path) -> None:
    """Relative URIs, whose characters are escaped, that lead back to the file."""
    names = {"a b.md", "#1.md", "100%.md", "é.md", "x:y.md", "[z]?.md", "sub/%20.md"}
    lay(tmp_path, dict.fromkeys(names, WRONG), SCHEMA)
    (tmp_path / ".git").mkdir()
    ran = run(tmp_path, "check", *CONTRACT, "--output-format", "sarif", ".")
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in json.loads(ran.out)["runs"][0]["results"]
    ]
    assert {unquote(each["uri"]) for each in places} == names
    for each in places:
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", each["uri"])
        assert each["uriBaseId"] == "%SRCROOT%"


@H7
def test_json_is_one_document(tmp_path: Path) -> None:
    seeds = dict(hostile_seeds())
    lay(tmp_path, seeds, SCHEMA)
    arguments = ("check", *CONTRACT, "--output-format", "json")
    for ran in (
        run(tmp_path, *arguments, "."),
        run(tmp_path, *arguments, "-", stdin=b"\xff\xfe\x00"),
        run(tmp_path, *arguments, "-", stdin=b""),
        run(tmp_path, *arguments, "-", stdin=b"---\nname: 1\n---\n"),
    ):
        findings = json.loads(ran.out)
        assert isinstance(findings, list)
        assert ran.out.isascii()
        assert ran.code == int(bool(findings))
    # A run that is refused has nothing to report, and says nothing where a report would be.
    ran = run(tmp_path, *arguments, "missing.md")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.slow
@H8
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "latin-1:strict"},
    ],
    ids=lambda each: ",".join(each.values()),
)
def test_narrow_encodings(tmp_path: Path, environment: dict[str, str]) -> None:
    text = "é ğ 漢字 😀 \u202e “”"
    seed = f'---\n"{text}": 1\nname: "{text}"\n---\n'.encode()
    lay(tmp_path, {f"{text}.md": seed, "a.md": seed}, SCHEMA)
    for output_format in FORMATS:
        for paths in ((".",), (f"{text}.md", "a.md")):
            arguments = ("check", *CONTRACT, "--output-format", output_format, *paths)
            done = subprocess.run(
                [EXECUTABLE, *arguments],
                cwd=tmp_path,
                env={"PATH": "/usr/bin:/bin", **environment},
                capture_output=True,
                timeout=HANGING,
                check=False,
            )
            assert done.returncode == 1, done.stderr
            assert b"4 errors and 4 warnings in 2 seeds" in done.stderr
            narrow = "latin-1" if "latin" in str(environment) else "cp1252"
            wide = environment == {"LC_ALL": "C"}
            out = done.stdout.decode("utf-8" if wide else narrow, "strict")
            check_streams(Ran(1, out, done.stderr.decode(narrow), 0))
            if output_format == "json":
                names = {each["filename"] for each in json.loads(out)}
                assert "a.md" in names
                assert len(names) == 2


@H9
def test_secrets_of_the_environment_are_not_told(tmp_path: Path) -> None:
    secret = "ghs_TOPSECRETVALUE"
    lay(tmp_path, {"x.md": b"---\nname: $GITHUB_TOKEN ${GITHUB_TOKEN}\n---\n"}, SCHEMA)
    (tmp_path / "seedlint.toml").write_text('schema = "$GITHUB_TOKEN"\n')
    (tmp_path / "more.toml").write_text('exclude = ["${GITHUB_TOKEN}"]\nx = 1\n')
    for arguments in (
        ("check", *CONTRACT, "x.md"),
        ("check", "x.md"),
        ("check", "--config", "more.toml", "x.md"),
        ("check", "--isolated", "$GITHUB_TOKEN"),
        ("--help",),
    ):
        ran = run(tmp_path, *arguments, env={"GITHUB_TOKEN": secret, "SEEDLINT_SCHEMA": secret})
        assert secret not in ran.out + ran.err
        check_streams(ran)
