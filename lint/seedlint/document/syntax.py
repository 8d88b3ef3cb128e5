"""From a YAML parser's complaint to the character a person would change.

A parser reports where it could not go on, which is often lines after the mistake. The commonest
mistakes are looked for in the text itself, and only when parsing failed.
"""

from __future__ import annotations

import re

from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.span import Span

_CONFLICT_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%[A-Za-z][^\r\n]*", re.MULTILINE)
_TAB_INDENT = re.compile(r"^[ ]*(\t+)", re.MULTILINE)
# `key: "…` or `- "…`: group 1 is the indentation, group 2 the opening quote.
_QUOTED_VALUE = re.compile(r"^([ ]*)(?:- +)*(?:[\w.$-]+:[ ]+(?:- +)*|- +)([\"'])", re.MULTILINE)
_KEY_LINE = re.compile(r"[ ]*(?:- +)*[\w.$-]+:(?:[ ]|$)|[ ]*- ")
_KEY_AT_LINE = re.compile(r"^[ ]*(?:- +)*([\w.$-]+)[ ]*:(?=[ \t\r\n])", re.MULTILINE)
_CLOSERS = {
    '"': re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"(?:[^']|'')*'(?!')", re.DOTALL),
}


def explain_syntax_error(view: str, offset: int, problem: str) -> Problem:
    """The problem behind a parser's error at `offset` of `view`.

    `problem` is the parser's wording, used to tell errors apart and never shown.
    """
    if marker := _CONFLICT_MARKER.search(view):
        return Problem(
            ProblemKind.MERGE_CONFLICT, Span(marker.start(), marker.end()), marker[0][:7]
        )
    if (directive := _DIRECTIVE.search(view)) and directive.start() <= offset:
        span = Span(directive.start(), directive.end())
        return Problem(ProblemKind.DIRECTIVE, span, directive[0])
    if "expected <document start>" in problem:
        return Problem(ProblemKind.SEVERAL_DOCUMENTS, _line_rest(view, offset))
    if quote := _find_unclosed_quote(view, offset):
        return quote
    if tab := _find_tab(view, offset):
        return tab
    if "mapping values are not allowed" in problem and view[offset : offset + 1] == ":":
        return _explain_colon(view, offset)
    start = min(offset, max(len(view) - 1, 0))
    return Problem(ProblemKind.SYNTAX, Span(start, min(start + 1, len(view))), _wording(problem))


def _explain_colon(view: str, offset: int) -> Problem:
    """A colon where none may be: inside an unquoted value, or after a value ran into a new line."""
    line_start = max(view.rfind("\n", 0, offset), view.rfind("\r", 0, offset)) + 1
    key = _KEY_AT_LINE.match(view, line_start)
    colon = Span(offset, offset + 1)
    if key and key.end() <= offset:
        return Problem(ProblemKind.UNQUOTED_COLON, colon, key[1])
    if key:
        message = "this line continues the value above, because it is indented deeper"
        return Problem(ProblemKind.SYNTAX, Span(key.start(1), key.end(1)), message)
    return Problem(ProblemKind.SYNTAX, colon, "a key cannot begin here")


def _find_tab(view: str, offset: int) -> Problem | None:
    """A tab in the indentation of the line that the parser stopped at."""
    for tab in _TAB_INDENT.finditer(view):
        if tab.start() > offset:
            break
        if tab.start() <= offset <= tab.end():
            return Problem(ProblemKind.TAB_INDENTATION, Span(tab.start(1), tab.end(1)))
    return None


def _find_unclosed_quote(view: str, offset: int) -> Problem | None:
    """The opening quote of a value whose closing quote was forgotten.

    Such a value swallows the lines up to the next quote of its kind, so that the parser complains
    there; a quoted text of several lines is legal, one that swallows a line `key:` was not meant.
    """
    position = 0
    while match := _QUOTED_VALUE.search(view, position):
        opening = match.start(2)
        if opening > offset:
            return None
        closing = _CLOSERS[match[2]].match(view, opening + 1)
        end = closing.end() if closing else len(view)
        lines = view[opening:end].splitlines()
        swallowed = any(_KEY_LINE.match(line) for line in lines[1:])
        if closing is None or (swallowed and end >= offset - 2):
            key = _KEY_AT_LINE.match(view, match.start())
            return Problem(
                ProblemKind.UNCLOSED_QUOTE, Span(opening, opening + 1), key[1] if key else ""
            )
        position = end
    return None


def _line_rest(view: str, offset: int) -> Span:
    """From `offset` to the end of its line."""
    match = re.compile(r"[^\r\n]*").match(view, offset)
    assert match is not None
    return Span(offset, max(match.end(), offset))


def _wording(problem: str) -> str:
    """Our own sentence for what the parser ran into."""
    for fragment, sentence in _SENTENCES:
        if fragment in problem:
            return sentence
    return "this is not YAML"


_SENTENCES = (
    ("cannot start any token", "a plain value cannot begin with this character"),
    ("expected ',' or ']'", "expected `,` or `]`: the list that began with `[` is not closed"),
    ("expected ',' or '}'", "expected `,` or `}`: the mapping that began with `{` is not closed"),
    ("expected '-' indicator", "expected `- ` as on the lines before"),
    ("expected key", "expected a key: check the indentation and the quotes before"),
    ("expected <block end>", "expected a key: check the indentation"),
    ("expected ':'", "expected `:` after the key"),
    ("end of stream", "the text ends before the value does"),
    ("escape", "unknown escape sequence after `\\`: write `\\\\` for a backslash"),
    ("sequence entries are not allowed", "a list item cannot begin here: put it on its own line"),
    ("anchor", "expected a name after `&` or `*`"),
    ("tag", "not a tag"),
)
