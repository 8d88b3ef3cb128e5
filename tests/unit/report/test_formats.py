"""Formats for machines: each is read back by a reader that is not ours, and says what `json` says.

The texts are those of a stranger who wants a link, a command, a tag or a broken file.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from junitparser import JUnitXml

from paths import ROOT
from seedlint.diagnostic import Diagnostic, Label, Region
from seedlint.report import github, gitlab, junit, markdown, rdjson, sarif
from seedlint.report import json as json_report
from seedlint.report.repository import repository_paths
from seedlint.report.sanitize import sanitize
from seedlint.severity import Severity
from seedlint.text.source import SourceFile
from seedlint.text.span import Position

TEXTS = [
    "plain `text`",
    "%0A::error file=x::pwned",
    "\n::stop-commands::t",
    "\r\n##[add-mask]true",
    "##vso[task.setvariable variable=a]b",
    "]]><script>alert(1)</script>",
    "{0} {1} \\{",
    "[x](https://evil.example) ![i](https://evil.example/i.png) <https://evil.example>",
    "a | b || c",
    "\x1b[2J\x07\x00\ufffe",
    "@somebody #1 https://evil.example",
    "`" * 7 + "~~~ --- ***",
    "é 𝒜 ‮ right",
    "\udc80 surrogate",
    "&lt; &#64; &amp;",
]
PATHS = [
    "seeds/a.md",
    "seeds/b c.md",
    "seeds/ä%20#?.md",
    "seeds/[x](y).md",
    "seeds/::error::.md",
    "seeds/a|b`c`.md",
    "seeds/\udcff.md",
    "seeds/\"<q>'&.md",
    "seeds/line\nbreak.md",
]
LINE = 'title: "😀 é ' + "x" * 40


def diagnostics() -> list[Diagnostic]:
    """Each text under some path, in the order of a run."""
    found = []
    for number, text in enumerate(TEXTS):
        path = PATHS[number % len(PATHS)]
        region = Region(path, Position(2, 9 + number % 3), Position(2, 12))
        label = Label(Region("seeds/a.md", Position(1, 1), Position(3, 1)), text)
        severity = list(Severity)[number % 3]
        found.append(
            Diagnostic(region, "SCH003", "wrong-type", severity, text, "/x/0", text, (label,), text)
        )
    return sorted(found, key=Diagnostic.sort_key)


def in_repository(path: str) -> str:
    return f"sub/{path}"


def read(path: str) -> SourceFile:
    return SourceFile(path, f"---\n{LINE}\n---\n")


class Said(NamedTuple):
    """What a format says of a finding."""

    path: str
    line: int
    column: int
    code: str
    message: str


def expected(show: Callable[[str], str] = str) -> list[Said]:
    """What `json` says, with the texts as the format shows them."""
    text = "\n".join(json_report.render(diagnostics()))
    return sorted(
        Said(
            show(in_repository(each["filename"])),
            each["location"]["row"],
            each["location"]["column"],
            each["code"],
            show(each["message"]),
        )
        for each in json.loads(text)
    )


def rule_texts(code: str) -> sarif.RuleTexts:
    return sarif.RuleTexts(Severity.ERROR, "A value of the wrong type", "A value.\n\n## Why\n")


def sarif_log(found: list[Diagnostic]) -> Any:
    return json.loads("\n".join(sarif.render(found, in_repository, rule_texts, "1.2.3")))


def sarif_text(text: str) -> str:
    """A message as a viewer of SARIF shows it (section 3.11); fails for links and placeholders."""
    shown = ""
    at = 0
    while at < len(text):
        if text[at] == "\\":
            shown += text[at + 1]
            at += 2
        elif text[at] in "{}":
            assert text[at + 1] == text[at], "a placeholder"
            shown += text[at]
            at += 2
        else:
            assert text[at] not in "[]", "a link"
            shown += text[at]
            at += 1
    return shown


def test_sarif_says_the_same() -> None:
    log = sarif_log(diagnostics())
    (run,) = log["runs"]
    said = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        message, _, advice = sarif_text(result["message"]["text"]).rpartition("\n\nhelp: ")
        assert advice == message
        path = unquote_to_bytes(place["artifactLocation"]["uri"]).decode("utf-8", "surrogateescape")
        region = place["region"]
        said.append(
            Said(path, region["startLine"], region["startColumn"], result["ruleId"], message)
        )
    assert sorted(said) == expected()


def test_sarif_is_valid() -> None:
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-schema-2.1.0.json").read_text("utf-8"))
    for found in ([], diagnostics()):
        log = sarif_log(found)
        jsonschema.Draft7Validator(schema).validate(log)
        (run,) = log["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
            assert not uri.startswith("/")
            place = result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert place["uriBaseId"] == "%SRCROOT%"
        prints = [each["partialFingerprints"]["seedlint/v1"] for each in run["results"]]
        assert len(set(prints)) == len(prints)


def test_sarif_keeps_the_gravest() -> None:
    region = Region("a.md", Position(1, 1), Position(1, 2))
    warning = Diagnostic(region, "URL012", "insecure-http", Severity.WARNING, "w")
    error = Diagnostic(region, "SCH003", "wrong-type", Severity.ERROR, "e")
    log = sarif_log([*[warning] * 5_999, error])
    (run,) = log["runs"]
    assert len(run["results"]) == 5_000
    assert run["results"][0]["ruleId"] == "SCH003"
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("1000 of 6000 findings are left out")


COMMAND = re.compile(r"::([a-z-]+)(?: ([^\r\n]*?))?::(.*)")


def unescaped(text: str, *also: str) -> str:
    for character, escape in (*(each.split() for each in also), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def test_github_says_the_same() -> None:
    said = []
    commands = {"error": 0, "warning": 1, "notice": 2}
    order = []
    for line in github.render(diagnostics(), in_repository):
        # One line, one command, and no other kind of command anywhere in it.
        match = COMMAND.fullmatch(line)
        assert match is not None
        assert line.isprintable()
        assert "##[" not in line
        assert "##vso" not in line
        order.append(commands[match[1]])
        properties = dict(each.split("=", 1) for each in match[2].split(","))
        properties = {key: unescaped(each, ": %3A", ", %2C") for key, each in properties.items()}
        assert properties["title"] == "SCH003 wrong-type"
        path = properties["file"]
        row, column = int(properties["line"]), int(properties["col"])
        head, _, advice = unescaped(match[3]).rpartition("\nhelp: ")
        start = f"{path}:{row}:{column}: SCH003 "
        assert head.startswith(start)
        message = head.removeprefix(start)
        assert advice == message
        said.append(Said(path, row, column, "SCH003", message))
    assert order == sorted(order)
    shown = [
        each._replace(path=sanitize(each.path), message=sanitize(f". {each.message}")[2:])
        for each in expected()
    ]
    assert [each[:4] for each in sorted(said)] == [each[:4] for each in sorted(shown)]
    assert {each.message for each in said} == {sanitize(each.message) for each in diagnostics()}


def test_github_has_no_columns_of_several_lines() -> None:
    region = Region("a.md", Position(1, 5), Position(3, 2))
    (line,) = github.render([Diagnostic(region, "A1", "n", Severity.INFO, "m")], str)
    assert line == "::notice title=A1 n,file=a.md,line=1,endLine=3::a.md:1:5: A1 m"


def test_github_says_that_there_are_more() -> None:
    region = Region("a.md", Position(1, 1), Position(1, 2))
    found = [Diagnostic(region, "A1", "n", Severity.ERROR, "m")] * 11
    *_, last = github.render(found, str)
    assert last.startswith("::notice title=seedlint::11 findings; ")


def test_gitlab_says_the_same() -> None:
    report = json.loads("\n".join(gitlab.render(diagnostics(), in_repository)))
    said = []
    for each in report:
        start = each["location"]["positions"]["begin"]
        code, _, message = each["description"].partition(": ")
        said.append(Said(each["location"]["path"], start["line"], start["column"], code, message))
        assert each["severity"] in ("major", "minor", "info")
    assert sorted(said) == expected()
    assert len({each["fingerprint"] for each in report}) == len(report)


def test_gitlab_of_nothing() -> None:
    assert list(gitlab.render([], in_repository)) == ["[]"]


def test_junit_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text("\n".join(junit.render(diagnostics(), in_repository)), "utf-8")
    said = []
    for suite in JUnitXml.fromfile(str(file)):
        for case in suite:
            (failure,) = case.result
            code, row, column = case.name.split(":")[:3]
            said.append(Said(case.classname, int(row), int(column), code, failure.message))

    def legal(text: str) -> str:
        return re.sub("[\x00\x07\x1b\ufffe\udc80\udcff]", "\ufffd", text)

    assert sorted(said) == expected(legal)


def test_junit_is_no_command_and_moves_no_text() -> None:
    for line in junit.render(diagnostics(), in_repository):
        assert line.isprintable()
        assert not re.search(r"##[A-Za-z]*\[|^\s*::", line)


def test_junit_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text("\n".join(junit.render([], in_repository)), "utf-8")
    (suite,) = JUnitXml.fromfile(str(file))
    (case,) = suite
    assert case.is_passed


def test_rdjson_says_the_same_in_bytes() -> None:
    report = json.loads("\n".join(rdjson.render(diagnostics(), in_repository, read)))
    assert report["source"] == {"name": "seedlint"}
    said = []
    for each in report["diagnostics"]:
        start = each["location"]["range"]["start"]
        before = LINE.encode()[: start["column"] - 1].decode()
        path, code = each["location"]["path"], each["code"]["value"]
        said.append(Said(path, start["line"], len(before) + 1, code, each["message"]))
        assert each["severity"] in ("ERROR", "WARNING", "INFO")
        assert each["related_locations"][0]["location"]["path"] == "sub/seeds/a.md"
    assert sorted(said) == expected()


def test_rdjson_of_a_file_that_is_gone() -> None:
    report = json.loads("\n".join(rdjson.render(diagnostics(), in_repository, lambda path: None)))
    assert report["diagnostics"][0]["location"]["range"]["start"] == {"line": 2}


def test_json_lines_say_the_same() -> None:
    found = diagnostics()
    lines = list(json_report.render_lines(found))
    assert all(line.isascii() and "##[" not in line and "##vso" not in line for line in lines)
    assert [json.loads(line) for line in lines] == json.loads("\n".join(json_report.render(found)))


def test_markdown_says_the_same() -> None:
    lines = list(markdown.render(diagnostics(), in_repository))
    rows = lines[lines.index("| --- | --- | --- | --- |") + 1 :]
    assert len(rows) == len(TEXTS)
    said = set()
    for row in rows:
        # Whatever a stranger wrote has no character left that Markdown or HTML know.
        plain = re.sub(r"&#[0-9]+;|</?code>", "", row)
        assert re.fullmatch(r"(\| [^|<>\[\]`*_#@&]*){4}\|", plain), row
        # References are looked for in HTML, outside code.
        prose = html.unescape(re.sub(r"<code>.*?</code>", "", row.split("|")[4]))
        assert not re.search(r"[@#!~$%&:][^\s\u200b]", prose), prose
        row = row.replace("&#8203;", "").replace("<code>", "").replace("</code>", "")
        cells = [html.unescape(each).strip() for each in row[1:-1].split("|")]
        said.add((cells[1], cells[3].replace("`", "")))
    wanted = set()
    for each in diagnostics():
        path, start = in_repository(each.path), each.region.start
        place = f"{path}:{start.line}:{start.column}"
        # What was in backticks is code.
        text = escaped(f"{each.message}; {each.help}").replace("`", "").strip()
        wanted.add((escaped(place), text))
    assert said == wanted


def escaped(text: str) -> str:
    """A text with its unprintable characters shown, as in every report."""
    return "".join(each if each.isprintable() else ESCAPES[each] for each in text)


ESCAPES = {
    "\n": r"\x0a",
    "\r": r"\x0d",
    "\x00": r"\x00",
    "\x07": r"\x07",
    "\x1b": r"\x1b",
    "\u202e": r"\u202e",
    "\ufffe": r"\ufffe",
    # Bytes that are not UTF-8.
    "\udc80": r"\x80",
}
ESCAPES["\udcff"] = r"\xff"


def test_markdown_is_never_too_long() -> None:
    region = Region("a" * 200 + ".md", Position(1, 1), Position(1, 2))
    found = [Diagnostic(region, "A1", "n", Severity.ERROR, "`é`" * 90)] * 3_000
    text = "\n".join(markdown.render(found, str))
    assert len(text.encode()) <= 901 * 1024
    assert re.search(r"\n\n[0-9]+ more findings are not shown here\.\Z", text)


@pytest.mark.parametrize("marker", ["folder", "file"])
def test_paths_are_those_of_the_repository(tmp_path: Path, marker: str) -> None:
    here = tmp_path / "docs" / "news"
    here.mkdir(parents=True)
    if marker == "folder":
        (tmp_path / ".git").mkdir()
    else:
        # As in a worktree and in a submodule.
        (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    name = repository_paths(str(here), {})
    assert name("a.md") == "docs/news/a.md"
    assert name("../a.md") == "docs/a.md"
    assert name(str(here / "b.md")) == "docs/news/b.md"
    assert name("../../../a.md") == "../../../a.md"
    assert name("<stdin>") == "<stdin>"


def test_paths_without_a_repository(tmp_path: Path) -> None:
    here = tmp_path / "checkout" / "news"
    here.mkdir(parents=True)
    assert repository_paths(str(here), {})("a.md") == "a.md"
    workspace = {"GITHUB_WORKSPACE": str(tmp_path / "checkout")}
    assert repository_paths(str(here), workspace)("a.md") == "news/a.md"
    assert repository_paths(str(tmp_path), workspace)("a.md") == "a.md"


RENDERED = {
    "github": lambda found: github.render(found, in_repository),
    "gitlab": lambda found: gitlab.render(found, in_repository),
    "json": json_report.render,
    "json-lines": json_report.render_lines,
    "junit": lambda found: junit.render(found, in_repository),
    "markdown": lambda found: markdown.render(found, in_repository),
    "rdjson": lambda found: rdjson.render(found, in_repository, read),
    "sarif": lambda found: sarif.render(found, in_repository, rule_texts, "1.2.3"),
}


@pytest.mark.parametrize("name", RENDERED)
def test_no_line_is_a_command_or_moves_the_cursor(name: str) -> None:
    for line in "\n".join(RENDERED[name](diagnostics())).split("\n"):
        assert line.isprintable()
        assert not re.search(r"##[A-Za-z]*\[", line)
        own = r"::(?:error|warning|notice) title=" if name == "github" else r"(?!)"
        assert not re.match(r"\s*::", line) or re.match(own, line)
