"""The fence grammar, and that no line that looks like a fence is passed over in silence."""

from __future__ import annotations

import pytest

from cpu import cpu_limit
from seedlint.document.document import find_front_matter, read_document
from seedlint.document.front_matter import FrontMatter
from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.source import SourceFile
from seedlint.text.span import Span

MISSING = ProblemKind.MISSING_FRONT_MATTER
UNCLOSED = ProblemKind.UNCLOSED_FRONT_MATTER
MALFORMED = ProblemKind.MALFORMED_FENCE
FOREIGN = ProblemKind.FOREIGN_FRONT_MATTER


@pytest.mark.parametrize(
    ("text", "yaml", "closing_line"),
    [
        ("---\na: 1\n---\n", "a: 1\n", 3),
        ("---\na: 1\n---", "a: 1\n", 3),
        ("---\r\na: 1\r\n---\r\nbody", "a: 1\r\n", 3),
        ("---\ra: 1\r---\r", "a: 1\r", 3),
        ("---\na: 1\r\n---\r", "a: 1\r\n", 3),
        ("--- \t\na: 1\n---\t \n", "a: 1\n", 3),
        ("---\n---\n", "", 2),
        ("---\n---", "", 2),
        ("---\n# c\n---", "# c\n", 3),
        ("---\n\n---\n", "\n", 3),
        ("---\na: |\n---\n  b\n---\n", "a: |\n", 3),  # site generators close here as well
        ('---\na: "b\n---\nc"\n---\n', 'a: "b\n', 3),
        ("---\na: 1\n---\n---\nb: 2\n---\n", "a: 1\n", 3),
        ("---\na: 1\n ---\n---\n", "a: 1\n ---\n", 4),  # indented: YAML text
        ("---\na: 1\n----\n---\n", "a: 1\n----\n", 4),
        ("---\na: 1\n---x\n---\n", "a: 1\n---x\n", 4),
        ("---\na: 1\n...\nb\n---\n", "a: 1\n...\nb\n", 5),  # dashes before dots
        ("---\na: 1 # \u2028---\n---\n", "a: 1 # \u2028---\n", 3),
        ("---\na: 1 # \x0c\x85\n---\n", "a: 1 # \x0c\x85\n", 3),
    ],
    ids=repr,
)
def test_found(text: str, yaml: str, closing_line: int) -> None:
    found = find_front_matter(text)
    assert isinstance(found, FrontMatter)
    assert found.opening == Span(0, 3)
    assert text[found.content.start : found.content.end] == yaml
    assert text[found.closing.start : found.closing.end] == "---"
    assert SourceFile("s.md", text).lines.position(found.closing.start).line == closing_line
    assert not found.dots


@pytest.mark.parametrize("text", ["---\na: 1\n...\nbody\n", "---\na: 1\n... \t", "---\n...\n"])
def test_closed_by_dots(text: str) -> None:
    found = find_front_matter(text)
    assert isinstance(found, FrontMatter)
    assert found.dots
    assert text[found.closing.start : found.closing.end] == "..."
    problems = read_document(SourceFile("s.md", text), Limits()).problems
    assert [problem.kind for problem in problems] == [ProblemKind.DOTS_FENCE]


@pytest.mark.parametrize(
    ("text", "kind", "line", "marked"),
    [
        # nothing that looks like a fence
        ("", MISSING, 1, ""),
        ("-", MISSING, 1, "-"),
        ("# Title\n\ntext\n", MISSING, 1, "# Title"),
        ("\n\ntext", MISSING, 1, ""),
        ("text\n---\nsetext\n", MISSING, 1, "text"),
        ("a: 1\nb: 2\n", MISSING, 1, "a: 1"),
        ("- item\n", MISSING, 1, "- item"),
        ("{% comment %}", MISSING, 1, "{% comment %}"),
        ("\x0c---\na: 1\n---\n", MISSING, 1, "\x0c---"),
        # opened, not closed
        ("---", UNCLOSED, 1, "---"),
        ("--- ", UNCLOSED, 1, "---"),
        ("---\n", UNCLOSED, 1, "---"),
        ("---\nfoo", UNCLOSED, 1, "---"),
        ("---\r\na: 1\r\n\r\ntext\r\n", UNCLOSED, 1, "---"),
        # nearly opened
        ("----\na: 1\n----\n", MALFORMED, 1, "----"),
        (" ---\na: 1\n---\n", MALFORMED, 1, " "),
        ("\t---\na: 1\n---\n", MALFORMED, 1, "\t"),
        ("--\na: 1\n---\n", MALFORMED, 1, "--"),
        ("—\na: 1\n—\n", MALFORMED, 1, "—"),
        ("–-\na: 1\n---\n", MALFORMED, 1, "–-"),
        ("\n---\na: 1\n---\n", MALFORMED, 2, "---"),
        ("\r\n  \r\n---\r\na: 1\r\n---\r\n", MALFORMED, 3, "---"),
        ("<!-- c -->\n---\na: 1\n---\n", MALFORMED, 2, "---"),
        ("# c\n---\na: 1\n---\n", MALFORMED, 2, "---"),
        ("---yaml\na: 1\n---\n", MALFORMED, 1, "---yaml"),
        ("--- YML\na: 1\n---\n", MALFORMED, 1, "--- YML"),
        ("--- # c\na: 1\n---\n", MALFORMED, 1, "--- # c"),
        ("--- a: 1\nb: 2\n---\n", MALFORMED, 1, "a: 1"),
        ("===\na: 1\n===\n", MALFORMED, 1, "==="),
        ("```yaml\na: 1\n```\n", MALFORMED, 1, "```yaml"),
        ("- - -\na: 1\n- - -\n", MALFORMED, 1, "- - -"),
        ("a: 1\n---\n", MISSING, 1, "a: 1"),
        ("---<!-- c -->\na: 1\n---\n", MALFORMED, 1, "---<!-- c -->"),
        # nearly closed
        ("---\na: 1\n----\ntext\n", MALFORMED, 3, "----"),
        ("---\na: 1\n --- \ntext\n", MALFORMED, 3, " "),
        ("---\r\na: 1\r\n--\r\ntext\r\n", MALFORMED, 3, "--"),
        ("---\na: 1\n—\n", MALFORMED, 3, "—"),
        ("---\na: 1\n--- end\n", MALFORMED, 3, "--- end"),
        ("---\na: 1\n---text\n", MALFORMED, 3, "---text"),
        # another language
        ("---js\nmodule.exports = 1\n---\n", FOREIGN, 1, "---js"),
        ("---toml\na = 1\n---\n", FOREIGN, 1, "---toml"),
        ("+++\na = 1\n+++\n", FOREIGN, 1, "+++"),
        ("\n+++ \na = 1\n+++\n", FOREIGN, 2, "+++ "),
        # nearly JSON
        ("---JSON\n{}\n---\n", MALFORMED, 1, "---JSON"),
        ("\n---json\n{}\n---\n", MALFORMED, 2, "---json"),
        ("\n;;;\n;;;\n", MALFORMED, 2, ";;;"),
        ('\n{"a": 1}\n', MALFORMED, 2, '{"a": 1}'),
        ('{"a": 1} text\n', MALFORMED, 1, "text"),
        (";;;\n;;;;\ntext\n", MALFORMED, 2, ";;;;"),
        (";;;\n ;;; \ntext\n", MALFORMED, 2, " ;;; "),
        (";;;;\n;;;;\n", MALFORMED, 1, ";;;;"),
        ("---json\n{}\n----\n", MALFORMED, 3, "----"),
        ("---json\n{}\n...\n", UNCLOSED, 1, "---json"),
        (";;;\n", UNCLOSED, 1, ";;;"),
        (";;;", UNCLOSED, 1, ";;;"),
        ("++++++\na = 1\n++++++\n", MALFORMED, 1, "++++++"),
        ("{{< x >}}\n", MISSING, 1, "{{< x >}}"),
        ("{: .note }\ntext\n", MISSING, 1, "{: .note }"),
        ("{toc}\n", MISSING, 1, "{toc}"),
        (";;\n", MISSING, 1, ";;"),
    ],
    ids=repr,
)
def test_not_found(text: str, kind: ProblemKind, line: int, marked: str) -> None:
    found = find_front_matter(text)
    assert isinstance(found, Problem)
    assert found.kind is kind
    assert text[found.span.start : found.span.end] == marked
    assert SourceFile("s.md", text).lines.position(found.span.start).line == line


@pytest.mark.parametrize(
    ("text", "opening", "content", "closing"),
    [
        ("---json\n{}\n---\n", "---json", "{}\n", "---"),
        ("--- json \r\n{}\r\n---", "--- json", "{}\r\n", "---"),
        ("---json\n---\n", "---json", "", "---"),
        (';;;\n"a": 1\n;;;\n', ";;;", '"a": 1\n', ";;;"),
        (";;;\n;;; \t\n", ";;;", "", ";;;"),
        (";;;\n---\n;;;\n", ";;;", "---\n", ";;;"),
        ("{}", "{", "{}", "}"),
        ("{}\n---\n", "{", "{}", "}"),
        ('{"a": "}", "b": {"c": "\\"}"}}  \ntext }\n', "{", '{"a": "}", "b": {"c": "\\"}"}}', "}"),
        ("{\n  'a': 1 }\n", "{", "{\n  'a': 1 }", "}"),
        ("{a: 1}\n", "{", "{a: 1}", "}"),
        # What is not closed is read as far as it goes.
        ("{", "{", "{", ""),
        ('{\n"a": "x}\n', "{", '{\n"a": "x}\n', ""),
    ],
    ids=repr,
)
def test_json(text: str, opening: str, content: str, closing: str) -> None:
    found = find_front_matter(text)
    assert isinstance(found, FrontMatter)
    assert found.language == "JSON"
    spans = (found.opening, found.content, found.closing)
    assert [text[slice(*span)] for span in spans] == [opening, content, closing]


def test_backticks_in_what_is_nearly_a_fence_are_quoted_as_they_are() -> None:
    found = find_front_matter("--- # see `x`\na: 1\n---\n")
    assert isinstance(found, Problem)
    assert found.detail == "``--- # see `x` `` is not a fence"


def test_a_nearly_closing_fence_is_told_with_the_opening_one() -> None:
    found = find_front_matter("---\na: 1\n----\n")
    assert isinstance(found, Problem)
    assert (found.detail, found.related) == ("`----` is not a fence", Span(0, 3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("—\na: 1\n—\n", "the same on line 3"),
        ("***\na: 1\n\n***\n", "the same on line 4"),
        ("----\na: 1\n---\n----\n", "nothing else"),
        ("Title: it is\n\ntext\n---\n", ""),
    ],
)
def test_the_advice_says_what_to_do_with_the_other_fence(text: str, words: str) -> None:
    found = find_front_matter(text)
    assert isinstance(found, Problem)
    assert found.advice.endswith(words) if words else not found.advice


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# c\n---", "---\n\n\n---\n"])
def test_empty_front_matter_is_an_empty_mapping(text: str) -> None:
    document = read_document(SourceFile("s.md", text), Limits())
    assert (document.data, document.is_checkable, document.problems) == ({}, True, [])


def test_the_view_keeps_file_coordinates() -> None:
    text = "---  \r\na: 1\r\n---\r\nbody"
    found = find_front_matter(text)
    assert isinstance(found, FrontMatter)
    assert found.view(text) == "     \r\na: 1\r\n"


@pytest.mark.parametrize("size", [9, 10])
def test_the_size_of_front_matter_is_bounded(size: int) -> None:
    text = f"---\n{'a: 12345'.ljust(size - 1)}\n---\n" + "body\n" * 100
    document = read_document(SourceFile("s.md", text), Limits(front_matter_bytes=9))
    kinds = [problem.kind for problem in document.problems]
    assert kinds == ([] if size == 9 else [ProblemKind.TOO_LARGE])


def test_a_tagged_fence_is_named_by_its_language() -> None:
    found = find_front_matter("---js\nprocess.exit(1)\n---\n")
    assert isinstance(found, Problem)
    assert found.detail == "js"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("---\n", "\n"),
        ("---\n", "a: 1\n"),
        ("---\n", "-"),
        ("---\n", "---x\n"),
        ("---\n", "- \n"),
        ("---\n", " \n"),
        ("---\n", "...x\n"),
        ("---\n", "\n—-"),
        ("--- ", "\t"),
        ("---\n---", " "),
        ("", "-"),
        ("", "\u2014"),
        ("", " "),
        ("", "<!--"),
        ("", "\n"),
        ("---", "a"),
        ("---\n", "--- <!--"),
        ("---\n---", "a"),
        ("---\n", "\n---" + " " * 40 + "!"),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_time_is_linear(head: str, unit: str) -> None:
    text = head + unit * (4_000_000 // len(unit))
    with cpu_limit():
        find_front_matter(text)
