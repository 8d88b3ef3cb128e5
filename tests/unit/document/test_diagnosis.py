"""A diagnosis is tried before it is told, a bounded number of times."""

from __future__ import annotations

import pytest

from cpu import cpu_limit
from seedlint.document.diagnosis import (
    advise_quotes,
    diagnose,
    first_that_reads,
    lines_around,
)
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.slips.line import Slip, read_line
from seedlint.document.slips.of_line import slips_of_line
from seedlint.document.yaml_tree import first_mistake
from seedlint.rules import all_rules
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.source import SourceFile
from seedlint.text.span import Span


def problems(yaml: str, line_break: str = "\n") -> list[Problem]:
    text = f"---\n{yaml}\n---\n".replace("\n", line_break)
    return list(read_document(SourceFile("s.md", text), Limits()).problems)


def never(text: str) -> int | None:
    """A reader that stops at the same mistake whatever is mended."""
    return 0


def test_edits_are_applied_in_order() -> None:
    assert apply_edits("abcdef", (Edit(0, 1, "x"), Edit(2, 2, "-"), Edit(5, 6, ""))) == "xb-cde"


def test_a_mending_that_does_not_help_is_not_proposed() -> None:
    assert diagnose("title:One\nwidth: 3\n", 15, never) is None


def test_a_mending_counts_that_leads_to_a_later_mistake() -> None:
    view = "title:One\nwidth: 3\nauthor: @ada\n"
    found = diagnose(view, 10, lambda text: first_mistake(text, Limits()))
    assert found is not None
    assert (found.span, found.proposal) == (Span(5, 6), "title: One")


def test_the_whole_is_preferred_to_a_part() -> None:
    part = Slip(Span(0, 1), "part", "", (Edit(0, 1, "p"),))
    whole = Slip(Span(0, 1), "whole", "", (Edit(0, 1, "w"),))
    view = "x\ny\nz\n"
    found = first_that_reads(view, 0, [part, whole], lambda t: 4 if t[0] == "p" else None)
    assert found is not None
    assert found.detail == "whole"
    found = first_that_reads(view, 0, [part], lambda t: 4)
    assert found is not None
    assert found.detail == "part"


@pytest.mark.parametrize("size", [1, 100, 10_000, 200_000])
def test_tries_are_bounded(size: int) -> None:
    view = "k: @x\n" * 20 + "a: b\n" * (size // 5) + "\n"
    reads = 0
    read = 0

    def count(text: str) -> int | None:
        nonlocal reads, read
        reads += 1
        read += len(text)
        return 0

    diagnose(view, 100, count)
    assert reads <= 40
    assert read <= 1_100_000


def test_a_long_text_is_not_read_again() -> None:
    def refuse(text: str) -> int | None:
        raise AssertionError("this takes too long")

    assert diagnose("title:One\nwidth: 3\n" + "#" * 2_000_000, 10, refuse) is None


def test_long_lines_are_left_alone() -> None:
    lines, here = lines_around("a: 1\n" + "x" * 5000 + "\nb: 2\n", 5)
    assert [line.key for line in lines] == ["a", "b"]
    assert here == 0


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_end_where_yaml_ends_them(line_break: str) -> None:
    text = "a: 1\n\nb: 2\nc: 3\n# d\ne: 4\n".replace("\n", line_break)
    lines, here = lines_around(text, text.index("c"))
    assert [line.key for line in lines] == ["a", "b", "c", "e"]
    assert here == 2
    assert [text[line.start : line.end] for line in lines] == ["a: 1", "b: 2", "c: 3", "e: 4"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_line_that_is_shown_has_no_line_break(line_break: str) -> None:
    (problem,) = problems("title:One\nwidth: 3", line_break)
    assert problem.proposal == "title: One"


def test_a_long_line_is_described_and_not_shown() -> None:
    (problem,) = problems("title: a: " + "b " * 100)
    assert (problem.advice, problem.proposal) == ("put the value of `title` in double quotes", "")


def test_a_backtick_is_not_shown_in_backticks() -> None:
    (problem,) = problems("title: `One` two")
    assert (problem.advice, problem.proposal) == ("put the value of `title` in double quotes", "")


def test_what_is_noted_on_the_line_of_an_error_is_part_of_it() -> None:
    (problem,) = problems("a: &x 1\n&y *x : 2")
    assert problem.kind is ProblemKind.SYNTAX


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("title: One", ("title", "One", 0, 0)),
        ("  - title: One # c", ("title", "One # c", 2, 4)),
        ("  - One", ("", "One", 2, 4)),
        ("  -", ("", "", 2, 2)),
        ('"a b": c', ("a b", "c", 0, 0)),
        ("a:b", ("", "a:b", 0, 0)),
        ("title:", ("title", "", 0, 0)),
        ("title:  ", ("title", "", 0, 0)),
    ],
)
def test_the_parts_of_a_line(line: str, parts: tuple[str, str, int, int]) -> None:
    read = read_line(line, 0, len(line))
    assert (read.key, read.value, read.column, read.entry) == parts


@pytest.mark.parametrize(
    "line",
    [
        "title: One",
        "- One",
        "  url: https://a.example/b",
        "a: 'b'",
        'a: "b" # c',
        "a: [b, c]",
        "a: 5",
    ],
)
def test_nothing_is_wrong_with_most_lines(line: str) -> None:
    assert list(slips_of_line(read_line(line, 0, len(line)))) == []


@pytest.mark.parametrize("detail", ["", "this is not YAML"])
def test_no_syntax_error_is_without_help(detail: str) -> None:
    rule = all_rules()["YML001"]
    (finding,) = rule.check(Problem(ProblemKind.SYNTAX, Span(0, 0), detail))
    assert finding.help


@pytest.mark.parametrize(
    "line",
    [
        "k: !x" + " " * 1900 + "y",
        "k: [" + "[" * 900 + "](" + "a" * 900,
        "k: [x](" + "a" * 1900,
        'k: "' + 'a" "' * 450 + "x",
        'k: "' + "\\\\" * 900 + '\\q"',
        "k: '" + "a'b " * 450,
        "k: " + "x: " * 600,
        "k: [" + "@a, " * 450 + "b]",
        "w" + " " * 1900 + "x",
        "/" * 1900 + " x",
        "\u00a0" * 1900 + "x",
        "-" * 1900 + "x",
        "- " * 60 + "x: y: z",
        '"' * 1900,
        "k: " + "(" * 1900,
        "k: https:" + " " * 1900 + "/x",
        "\t" * 1900 + "x",
    ],
    ids=lambda line: line[:12],
)
@pytest.mark.parametrize("repeat", [1, 120])
def test_no_line_takes_long(line: str, repeat: int) -> None:
    yaml = "\n".join(["a: 1", *[line] * repeat, "b: c: d"])
    with cpu_limit():
        problems(yaml)


def test_a_mistake_on_every_line_takes_no_look_at_the_whole_file_each() -> None:
    view = "k: !a\n" + "text\n" * 4_000_000
    problem = Problem(ProblemKind.TAG, Span(3, 5), "!a")
    with cpu_limit():
        for _ in range(5_000):
            assert advise_quotes(view, problem).edits


@pytest.mark.parametrize("yaml", ["image: {{url: x, width: 3}", "a: 1\n{\nb: 2", "- a: {{b: c}\n"])
def test_a_brace_to_add_is_only_proposed_where_it_has_been_tried(yaml: str) -> None:
    """With the brace added the same was said again."""
    (problem,) = problems(yaml)
    assert "add `}`" not in (problem.advice or "")
