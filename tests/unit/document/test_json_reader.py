"""The JSON reader: what is refused, where, and the way out; and what hostile text costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checking import lines_and_codes
from cpu import cpu_limit
from seedlint.check import Checker
from seedlint.document.document import Document, read_document
from seedlint.document.json_reader import find_object_end, read_json
from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.schema.load import load_schema
from seedlint.settings import Settings
from seedlint.text.source import SourceFile
from seedlint.text.span import Span


def read(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read_document(SourceFile("s.md", text), limits)


def problem_of(text: str) -> Problem:
    (problem,) = read_json(text, Span(0, len(text)), Limits()).problems
    return problem


@pytest.mark.parametrize(
    ("text", "marked", "sentence", "advice"),
    [
        ('{"a": 1, }', ",", "a comma before `}`", "remove the comma"),
        ('{"a": [1,\n]}', ",", "a comma before `]`", "remove the comma"),
        ('{"a": 1,, "b": 2}', ",", "expected a key in double quotes", "remove it"),
        ("{'a': 1}", "'a'", "expected a key in double quotes", 'write `"a"`'),
        ("{a: 1}", "a", "expected a key in double quotes", 'write `"a"`'),
        ("{1: 1}", "1", "expected a key in double quotes", 'write `"1"`'),
        ("{“a”: 1}", "“a”", "expected a key in double quotes", 'write `"a"`'),
        ('{"a" 1}', "1", "expected a colon after the key", 'write a colon after `"a"`'),
        ('{"a" = 1}', "=", "expected a colon after the key", "write `:`"),
        ('{"a":: 1}', ":", "expected a value", "remove it"),
        ('{"a": }', "}", "expected a value", "write a value, or `null`"),
        ('{"a": \'it "is"\'}', "'it \"is\"'", "expected a value", 'write `"it \\"is\\""`'),
        ('{"a": Tides come in}', "Tides come in", "expected a value", 'write `"Tides come in"`'),
        ('{"a": #fff}', "#fff", "expected a value", 'write `"#fff"`'),
        ('{"a": True}', "True", "expected a value", "write `true`, or put it in"),
        ('{"a": NaN, "b": 1}', "NaN", "expected a value", "write `null`, or put it in"),
        ('{"a": -Infinity}', "-Infinity", "expected a value", "write `null`, or put it in"),
        ('{"a": 012}', "012", "a number in a form that", 'write `12`; write `"012"` if'),
        ('{"a": .5}', ".5", "a number in a form that", 'write `0.5`; write `".5"` if'),
        ('{"a": 5.}', "5.", "a number in a form that", 'write `5`; write `"5."` if'),
        ('{"a": 1_000}', "1_000", "a number in a form that", 'write `1000`; write `"1_000"` if'),
        ('{"a": 2024-05-01}', "2024-05-01", "a number in a form", 'write `"2024-05-01"` if'),
        ('{"a": "b}', '"b}', "a string without a closing", 'write `"` at the end'),
        ('{"a": "b\nc"}', '"b', "a string without a closing", 'write `"` at the end'),
        ('{"a": "b\tc"}', "\t", "a control character in a string", "write `\\t`"),
        ('{"a": "C:\\temp\\x"}', "\\x", "an escape that JSON does", "write `\\\\` if a backslash"),
        ('{"a": "\\ud83d\\ude00 \\ud83d"}', "\\ud83d", "an escape that is half", "write the char"),
        ('{"a": 1 // b\n}', "// b", "JSON has no comments", "remove it"),
        ('{"a": 1 /* b */ }', "/* b */", "JSON has no comments", "remove it"),
        (
            '{"a": 1 # seedlint: ignore[X]\n}',
            "# seedlint: ignore[X]",
            "JSON has no",
            "remove it; `i",
        ),
        ('{"a": [1}', "}", "expected a comma or `]`", "write `]`"),
        ('{"a": [1, 2', "[", "`[` is not closed", "write `]` after its last item"),
        ('{"a": 1', "{", "`{` is not closed", "write `}` after its last key"),
        ('{"a": "b" "c": 1}', '"c"', "expected a comma or `}`", "write a comma after the value"),
        ('{"a": "b"c"}', "c", "expected a comma or `}`", 'write `\\"` for a quotation mark'),
        ("{} {}", "{", "expected the end of the JSON", "remove what is after"),
        ("", "", "expected a value", "write the keys in braces"),
    ],
    ids=repr,
)
def test_what_is_refused(text: str, marked: str, sentence: str, advice: str) -> None:
    problem = problem_of(text)
    assert problem.kind is ProblemKind.INVALID_JSON
    assert text[slice(*problem.span)] == marked
    assert problem.detail.startswith(sentence)
    assert problem.advice.startswith(advice)


def test_the_second_of_two_halves_is_the_one_at_fault() -> None:
    text = r'{"a": "\\ud83d \ud83d\ude00 \ude00"}'
    assert problem_of(text).span.start == text.rindex("\\ude00")


@pytest.mark.parametrize(
    ("text", "kinds", "data"),
    [
        ('{"a": 1, "a": 2}', ["DUPLICATE_KEY"], {"a": 2}),
        ('{"a": {"b": 1, "b": 1}, "b": 1}', ["DUPLICATE_KEY"], {"a": {"b": 1}, "b": 1}),
        ('{"a": 1e999}', ["NOT_JSON_NUMBER"], {"a": "1e999"}),
        ('{"a": 9007199254740993}', ["ROUNDED_INTEGER"], {"a": 9007199254740993}),
        ('{"a": 1e3, "b": -0, "c": 1.0}', [], {"a": 1000.0, "b": 0, "c": 1.0}),
        ('{"a": "\\u0007 \\b"}', ["ESCAPED_CONTROL_CHARACTER"], {"a": "\x07 \b"}),
        ('{"<<": 1, "on": "yes", "~": null}', [], {"<<": 1, "on": "yes", "~": None}),
        ('{"a": "\\u00e9\\/\\ud83d\\ude00"}', [], {"a": "é/😀"}),
    ],
)  # fmt: skip
def test_the_same_rules_as_for_yaml(text: str, kinds: list[str], data: object) -> None:
    for form in ("---json\n@\n---\n", "@\nbody\n"):
        document = read(form.replace("@", text))
        assert [each.kind.name for each in document.problems] == kinds
        assert repr(document.data) == repr(data)
    inside = read(f";;;\n{text[1:-1]}\n;;;\n")
    assert (inside.data, [each.kind.name for each in inside.problems]) == (data, kinds)


@pytest.mark.parametrize(
    "text", ["---json\n---\n", "---json\n\n \n---\n", ";;;\n;;;\n", "{}", "{ }"]
)
def test_nothing_at_all(text: str) -> None:
    document = read(text)
    assert (document.data, document.is_checkable, document.problems) == ({}, True, [])


@pytest.mark.parametrize("inside", ["[1]", '"a"', "1", "null"])
def test_what_is_no_mapping(inside: str) -> None:
    document = read(f"---json\n{inside}\n---\n")
    (problem,) = document.problems
    assert problem.kind is ProblemKind.INVALID_JSON
    assert problem.detail.startswith("front matter is a ")
    assert not document.is_checkable


def test_characters_are_looked_at_as_everywhere() -> None:
    for form in ("---json\n@\n---\n", "@\nbody \u200b\x01\n", ";;;\n@\n;;;\n"):
        kinds = {
            bad: [each.kind.name for each in read(form.replace("@", f'"a": "{bad}"' if
                  form[0] == ";" else f'{{"a": "{bad}"}}')).problems]
            for bad in ("\u200b", "\x01", "\u2028", "\udcff")
        }  # fmt: skip
        assert kinds == {
            "\u200b": ["INVISIBLE_CHARACTER"],
            "\x01": ["CONTROL_CHARACTER"],
            "\u2028": ["NONSTANDARD_LINE_BREAK"],
            "\udcff": ["NOT_UTF8"],
        }


def test_a_merge_conflict() -> None:
    text = '{\n<<<<<<< ours\n"a": 1\n=======\n"a": 2\n>>>>>>> theirs\n}\n'
    (problem,) = read(text).problems
    assert (problem.kind, problem.detail) == (ProblemKind.MERGE_CONFLICT, "<" * 7)


def test_no_finding_about_layout(tmp_path: Path) -> None:
    """`provider:` without a value and `name:` below it is a mistake of YAML alone."""
    contract = {
        "properties": {
            "provider": {"type": "object", "properties": {"name": {}}},
            "topics": {"type": "array"},
        },
        "additionalProperties": False,
    }
    (tmp_path / "s.json").write_text(json.dumps(contract), "utf-8")
    checker = Checker(load_schema(tmp_path / "s.json"), Settings())
    text = b'---json\n{"provider": null, "name": "x",\n"topics": "a, b"}\n---\n'
    found = checker.check(checker.read("s.md", text)).diagnostics
    assert [(each.code, each.help) for each in found] == [
        ("SCH003", "write a value, or remove the key"),
        ("SCH002", "remove it: all known keys are here already"),
        ("SCH003", 'write `["a", "b"]`'),
    ]
    assert lines_and_codes(tmp_path, contract, "provider:\nname: x") == ["2 SCH003"]


HOSTILE = {
    "deep": '{"a": ' + "[" * 100_000,
    "deep and closed": '{"a": ' * 50_000 + "1" + "}" * 50_000,
    "wide": '{"a": [' + "1," * 100_000 + "1]}",
    "many keys": "{" + ",".join(f'"{n}": {n}' for n in range(20_000)) + "}",
    "one key": "{" + ",".join('"a": 1' for _ in range(20_000)) + "}",
    "digits": '{"a": ' + "9" * 200_000 + "}",
    "exponent": '{"a": 1e' + "9" * 200_000 + "}",
    "fraction": '{"a": 0.' + "9" * 200_000 + "}",
    "a string": '{"a": "' + "x" * 200_000 + '"}',
    "escapes": '{"a": "' + r"\n" * 100_000 + '"}',
    "backslashes": '{"a": "' + "\\\\" * 100_000 + '"}',
    "halves": '{"a": "' + r"\ud800" * 40_000 + '"}',
    "controls": '{"a": "' + r"\u0001" * 40_000 + '"}',
    "quotes": "{" + '"' * 200_000,
    "single quotes": "{" + "'" * 200_000,
    "braces": "{" * 100_000 + "}" * 100_000,
    "blanks": "{" + " " * 200_000 + "x",
    "lines": "{" + "\n" * 200_000 + '"a',
    "commas": '{"a": [' + "," * 200_000,
    "a comment": '{"a": 1 /*' + "*" * 200_000,
    "bare text": '{"a": ' + "x " * 100_000,
    "typographic": '{"a": “' + "x " * 100_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["---json\n@\n---\n", "@", "@\n" + '"{' * 50_000, ";;;\n@\n;;;\n"])
def test_hostile_text_takes_little_time(name: str, form: str) -> None:
    with cpu_limit():
        document = read(form.replace("@", HOSTILE[name]))
        for problem in document.problems[:50]:
            assert problem.span.end <= len(document.source.text)
        document.source_map.span(("a", 5, "b"), "value")


def test_a_megabyte() -> None:
    limits = Limits(front_matter_bytes=8_000_000, nodes=1_000_000, file_bytes=10_000_000)
    for inside in ("x" * 1_000_000, r"\u00e9" * 300_000, "\\\\" * 600_000):
        with cpu_limit():
            document = read(f'---json\n{{"a": "{inside}", "b": 1}}\n---\n', limits)
            assert document.is_checkable
            assert len(document.data["a"]) >= 300_000
            assert document.source_map.span(("b",), "value").end == len(document.source.text) - 6


def test_where_an_object_ends() -> None:
    assert find_object_end('{"a": "}\\"}"} }') == 13
    assert find_object_end("{ {}") is None
    with cpu_limit():
        assert find_object_end("{" + '"' * 1_000_000) is None
