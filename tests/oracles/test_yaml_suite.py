"""The YAML test suite: never a crash, an error exactly where the suite says so, and its data.

The suite is about YAML 1.2.2; ruamel.yaml's C parser is libyaml 0.1.7 of 2016, which is 1.1 with
much of 1.2. Where the two differ the case stands in a list below with its reason. What is said
there of other readers was measured: libyaml 0.2 (PyYAML 6, also what Ruby and so Jekyll uses),
js-yaml 3 and 4 (gray-matter, Eleventy, Hexo) and `yaml` 2 (Astro).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from paths import ORACLES, needs
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.line_reader import LineReader
from seedlint.document.problem import ProblemKind
from seedlint.document.yaml_tree import parse_yaml
from seedlint.text.source import SourceFile

SUITE = ORACLES / "yaml" / "src"
WARNINGS = {
    ProblemKind.REDEFINED_ANCHOR,
    ProblemKind.AMBIGUOUS_SCALAR,
    ProblemKind.TEXT_CUT_BY_COMMENT,
    ProblemKind.UNUSED_ANCHOR,
    ProblemKind.SWALLOWED_ITEM,
    ProblemKind.ESCAPED_CONTROL_CHARACTER,
    ProblemKind.UNPORTABLE_SYNTAX,
}
# What the suite calls valid YAML and a seed may not hold all the same.
REFUSED_ON_PURPOSE = {
    ProblemKind.MULTIPLE_DOCUMENTS,
    ProblemKind.TAG,
    ProblemKind.TAG_MISMATCH,
    ProblemKind.NON_STRING_KEY,
    ProblemKind.DUPLICATE_KEY,
    ProblemKind.DIRECTIVE,
    ProblemKind.INVALID_MERGE,
    ProblemKind.NOT_JSON_NUMBER,
    *WARNINGS,
}
# Those of them that leave the data as it is.
REFUSED_WITH_DATA = {*WARNINGS, ProblemKind.TAG}
# Valid YAML 1.2 that is refused.
LIBYAML_REFUSES = {
    "a key with nothing before its colon; libyaml 0.2 refuses it too, js-yaml all but CFD4, FRK4": (
        "2JQS 6M2F CFD4 FRK4 M2N8 NHX8 NKF9 S3PD SM9W-1 UKK6"
    ),
    "a colon right before a comma, and nothing before a colon; libyaml 0.2 refuses it too": "4ABK",
    "the colon of a flow mapping on the line after its key, or a key of several lines; "
    "libyaml 0.2 and js-yaml refuse it too": ("4MUZ 4MUZ-1 4MUZ-2 5MUD 9SA2 K3WX NJ66 UT92 VJP3-1"),
    "a tab as separation or as the content of an empty line; libyaml 0.2 refuses it too": (
        "6BCT 6CA3 96NN 96NN-1 A2M4 DK95 DK95-3 DK95-4 Q5MG R4YG Y79Y-1 Y79Y-10"
    ),
    "a name of other characters than letters, digits, hyphens; libyaml 0.2 refuses it too": (
        "2SXE 8XYN W5VH"
    ),
    "a comma after a tag, which libyaml 0.1.7 takes for part of it; libyaml 0.2 does not": "WZ62",
    "a document end with no document before; libyaml 0.2 refuses it too": "HWV9 QT73",
}
SEEDLINT_REFUSES = {
    "a colon in an anchor: libyaml, 0.2 too, ends the anchor before it and reads something else "
    "than js-yaml and `yaml`": "Y2GN",
}
# No YAML 1.2, and taken with a warning (YML026), but for the case in `WITHOUT_A_WORD`.
LIBYAML_ACCEPTS = {
    "a comment without a space before it, as in libyaml 0.2 and js-yaml": "9JBA CVW2 SU5Z",
    "a comment without a space after `>`, as in libyaml 0.2; js-yaml and `yaml` refuse it": "X4QW",
    "continuation lines of a flow list or quoted text at the indentation of the key, as in "
    "libyaml 0.2 and js-yaml": "9C9N QB6E DK95-1 Y79Y-3",
    "a dash alone in a flow list, as in libyaml 0.2; js-yaml and `yaml` refuse it": "G5U8 YJV2",
    "leading lines of a block scalar with more spaces than its text, as in libyaml 0.2 and "
    "js-yaml": "S98Z",
    "a comment glued to a directive, as in libyaml 0.2; directives are refused in front matter": (
        "MUS6"
    ),
}
WITHOUT_A_WORD = {"S98Z"}
# Valid YAML 1.2 that is taken and read as something else.
LIBYAML_MISREADS = {
    "a block scalar whose last line is blank and has no line break, as in libyaml 0.2; in front "
    "matter each line has one": "JEF9-2 L24T-1",
}


def by_name(*lists: dict[str, str]) -> dict[str, str]:
    """The reason of each case that the lists name."""
    return {
        name: reason for each in lists for reason, names in each.items() for name in names.split()
    }


REFUSED = by_name(LIBYAML_REFUSES, SEEDLINT_REFUSES)
ACCEPTED = by_name(LIBYAML_ACCEPTS)
MISREAD = by_name(LIBYAML_MISREADS)


def cases() -> Iterator[Any]:
    for path in sorted(SUITE.glob("*.yaml")):
        previous: dict[str, Any] = {}
        for number, case in enumerate(YAML(typ="safe").load(path.read_text("utf-8"))):
            # A case that says nothing of a field has that of the case before.
            previous = (
                {**previous, **case}
                if "fail" in case
                else {**{key: value for key, value in previous.items() if key != "fail"}, **case}
            )
            name = path.stem if number == 0 else f"{path.stem}-{number}"
            yield pytest.param(name, dict(previous), id=f"{name} {previous.get('name', '')}")


def plain(text: str) -> str:
    """The suite's pictures of invisible characters, made real."""
    text = text.replace("␣", " ").replace("↵", "").replace("∎\n", "").replace("⇔", "\ufeff")
    text = text.replace("←", "\r")
    while "—»" in text or "»" in text:
        for picture in ("————»", "———»", "——»", "—»", "»"):
            text = text.replace(picture, "\t")
    return text


@needs(SUITE)
@pytest.mark.parametrize(("name", "case"), list(cases()) if SUITE.exists() else [("", {})])
def test_error_exactly_where_the_suite_says(name: str, case: dict[str, Any]) -> None:
    if case.get("skip"):
        pytest.skip("skipped by the suite")
    # Front matter never begins at the first line of a file.
    tree = parse_yaml("\n" + plain(case["yaml"]), Limits())
    errors = [p for p in tree.problems if p.kind not in REFUSED_ON_PURPOSE]
    kinds = {problem.kind for problem in tree.problems}
    refused = bool(kinds - WARNINGS)
    if case.get("fail"):
        assert refused or name in ACCEPTED, "accepted, though it is no YAML"
        assert not (refused and name in ACCEPTED), "the exception is out of date"
        if not refused:
            warned = ProblemKind.UNPORTABLE_SYNTAX in kinds
            assert warned != (name in WITHOUT_A_WORD)
    else:
        assert ProblemKind.UNPORTABLE_SYNTAX not in kinds
        assert not errors or name in REFUSED, errors
        assert errors or name not in REFUSED, "the exception is out of date"


def as_json(data: Any) -> str:
    """The same text for the same JSON data; how a number is written does not matter."""
    return json.dumps(json.loads(json.dumps(data), parse_int=float), sort_keys=True)


@needs(SUITE)
@pytest.mark.parametrize(("name", "case"), list(cases()) if SUITE.exists() else [("", {})])
def test_data_of_the_suite(name: str, case: dict[str, Any]) -> None:
    if case.get("skip") or case.get("fail") or case.get("json") is None:
        pytest.skip("no data")
    tree = parse_yaml(plain(case["yaml"]), Limits())
    if {problem.kind for problem in tree.problems} - REFUSED_WITH_DATA:
        pytest.skip("refused")
    # A case without a document has no JSON.
    expected = json.loads(case["json"] or "null")
    if name in MISREAD:
        assert as_json(tree.data) != as_json(expected), "the exception is out of date"
    else:
        assert as_json(tree.data) == as_json(expected)


@needs(SUITE)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_the_line_reader_reads_is_what_the_parser_reads(line_break: str) -> None:
    """It reads a small part of YAML, and nothing of that is read wrong."""
    reader = LineReader(Limits())
    read = 0
    for parameter in cases():
        name, case = parameter.values
        yaml = plain(str(case["yaml"])).removesuffix("\n")
        for text in (yaml, "key:\n" + "".join(f"  {line}\n" for line in yaml.split("\n"))):
            text = f"---\n{text}\n---\n".replace("\n", line_break)
            data = reader.read(text.encode())
            if data is not None:
                document = read_document(SourceFile("seed.md", text), Limits())
                assert not document.problems, (name, text)
                assert repr(document.data) == repr(data.data), (name, text)
                read += 1
    assert read > 25
