"""`concise`, `json` and the statistics."""

from __future__ import annotations

import json

import pytest

from seedlint.diagnostic import Diagnostic, Label, Region
from seedlint.report import concise, statistics
from seedlint.report import json as json_report
from seedlint.severity import Severity
from seedlint.text.span import Position

PLACE = Region("a b.md", Position(3, 4), Position(3, 9))
PLAIN = Diagnostic(PLACE, "SCH003", "wrong-type", Severity.ERROR, "expected `é`", "/a/0")
HOSTILE = Diagnostic(
    Region("x\n::error::y.md", Position(1, 1), Position(1, 1)),
    "FM001",
    "missing-front-matter",
    Severity.WARNING,
    "##[add-mask]true \x1b[2J \udcff",
    None,
    "##vso[x]\u2028",
    (Label(PLACE, "##[note]"),),
)


def test_concise() -> None:
    assert list(concise.render([PLAIN])) == ["a b.md:3:4: SCH003 [error] expected `é`"]
    assert list(concise.render([])) == []


def test_concise_names_the_other_places() -> None:
    first = Region("b.md", Position(6, 14), Position(6, 20))
    labels = (Label(first, "the same link"), Label(PLACE, "see here"))
    assert list(concise.render([PLAIN._replace(severity=Severity.INFO, labels=labels)])) == [
        "a b.md:3:4: SCH003 [info] expected `é` (the same link: b.md:6:14; see here: a b.md:3:4)"
    ]


def test_concise_is_one_neutral_line_a_finding() -> None:
    (line,) = concise.render([HOSTILE])
    assert line.isprintable()
    assert "##[" not in line
    assert line.startswith(r"x\x0a::error::y.md:1:1: FM001 [warning] #\x23[add-mask]true \x1b[2J")
    assert line.endswith(r" (#\x23[note]: a b.md:3:4)")


def test_json() -> None:
    (found,) = json.loads("\n".join(json_report.render([PLAIN])))
    assert (
        found.items()
        >= {
            "code": "SCH003",
            "name": "wrong-type",
            "severity": "error",
            "message": "expected `é`",
            "filename": "a b.md",
            "location": {"row": 3, "column": 4},
            "end_location": {"row": 3, "column": 9},
            "pointer": "/a/0",
            "labels": [],
        }.items()
    )


def test_json_of_nothing() -> None:
    assert json.loads("\n".join(json_report.render([]))) == []


@pytest.mark.parametrize("found", [[], [PLAIN], [PLAIN, HOSTILE, PLAIN]], ids=len)
def test_json_is_laid_out_as_the_library_does(found: list[Diagnostic]) -> None:
    objects = [each.to_dict() for each in found]
    text = "\n".join(json_report.render(found))
    assert text.replace(r"#\u0023", "##") == json.dumps(objects, indent=2)


def test_json_is_neutral_and_loses_nothing() -> None:
    lines = list(json_report.render([HOSTILE]))
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert not any("##[" in line or "##vso[" in line for line in lines)
    (found,) = json.loads("\n".join(lines))
    assert found["message"] == HOSTILE.message
    assert found["filename"] == HOSTILE.path
    assert found["labels"][0]["message"] == "##[note]"


def test_statistics() -> None:
    assert list(statistics.render([HOSTILE, *[PLAIN] * 10])) == [
        "10  SCH003  wrong-type",
        " 1  FM001   missing-front-matter",
    ]
    assert list(statistics.render([])) == []
