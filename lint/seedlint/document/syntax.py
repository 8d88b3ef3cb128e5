"""From a YAML parser's complaint to the character a person would change.

A parser reports where it could not go on, which is often lines after the mistake. The commonest
mistakes are looked for in the text itself, and only when parsing failed.
"""

from __future__ import annotations

import re

from seedlint.document.diagnosis import (
    Reads,
    as_problem,
    diagnose,
    first_that_reads,
    line_at,
    lines_around,
)
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.slips.of_indentation import slips_of_tabs
from seedlint.document.slips.of_line import slips_of_open_quote
from seedlint.text.edit import Edit, apply_edits
from seedlint.text.span import Span, line_end, line_start

# What is looked for in all of the text begins with a line break, which is found sooner than `^`:
# nothing of interest is on the first line, that of the fence. What is rare is compiled when it is
# looked for.
_CONFLICT_MARKER = re.compile(r"\n((?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?|={7})(?=[\r\n]|\Z)")
_MARKER = r"(?m)^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)"
_CONTENT_LINE = r"(?m)^[ ]*([^\s#](?:[^\r\n]*[^\s])?)"
_DIRECTIVE = re.compile(r"\n(%[A-Za-z][^\r\n]*)")
_TAB_INDENT = re.compile(r"[ ]*(\t+)")
_CLOSED_ON_LINE = (
    r"""(?<=")[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"|(?<=')[^'\r\n]*(?:''[^'\r\n]*)*'(?!')"""
)
# `key: "…`, `- "…` or `"key: …`: group 1 is the opening quote, which is not closed on its line.
_OPEN_QUOTE = re.compile(
    r"\n[ ]*(?:- +)*(?:[\w.$-]+:[ ]+(?:- +)*|- +|(?=[\"'][\w.$-]+:(?:[ ]|$)))([\"'])"
    rf"(?!{_CLOSED_ON_LINE})",
    re.MULTILINE,
)
_KEY_LINE = re.compile(r"[ ]*(?:- +)*[\w.$-]+:(?:[ ]|$)|[ ]*- ")
_KEY_AT_LINE = r"(?m)^[ ]*(?:- +)*([\w.$-]+)[ ]*:(?=[ \t\r\n])"
# `key: value` after `{` or `,`, the value unquoted: group 1 is the key, group 2 the value.
_FLOW_VALUE = r"""[{,]\s*([\w.$-]+):[ ]+([^\s"'{\[,}\]][^,}\]\r\n]*)"""
# A colon that is not text in a flow collection.
_FLOW_COLON = r":(?=[\s\[{]|\Z)"
_UNQUOTED_COLON = "colon inside the unquoted value of `{}`"
# YAML 1.2.2, section 7.4.2.
_LONGEST_KEY = 1024
_CLOSERS = {'"': r'(?s)(?:[^"\\]|\\.)*"', "'": r"(?:[^']|'')*'(?!')"}


def explain_syntax_error(
    view: str, offset: int, problem: str, quote_at: int | None = None, *, reads: Reads
) -> Problem:
    """The problem behind a parser's error at `offset` of `view`.

    `problem` is the parser's wording, used to tell errors apart and never shown; `quote_at` the
    opening quote of the value that the parser was inside of, if it was. `reads` tries a mending.
    """
    if marker := _CONFLICT_MARKER.search(view):
        return _explain_conflict(view, marker)
    if (directive := _DIRECTIVE.search(view)) and directive.start(1) <= offset:
        return Problem(ProblemKind.DIRECTIVE, Span(*directive.span(1)), directive[1])
    if "expected <document start>" in problem and (found := _last_marker(view, offset + 3)):
        return _explain_marker(view, found, reads)
    in_escape = any(fragment in problem for fragment in _ESCAPE_PROBLEMS)
    opening = _find_unclosed_quote(view, offset, quote_at is not None)
    if opening is None and not in_escape:
        opening = quote_at
    if opening is not None:
        return _explain_open_quote(view, opening, reads)
    if tab := _find_tab(view, offset):
        return _explain_tab(view, offset, tab, reads)
    if diagnosis := diagnose(view, offset, reads):
        return diagnosis
    if colon := _find_flow_colon(view, offset):
        return colon
    if "mapping values are not allowed" in problem and view[offset : offset + 1] == ":":
        return _explain_colon(view, offset)
    lines = (
        list(re.compile(_CONTENT_LINE).finditer(view, 0, offset))
        if "find expected ':'" in problem
        else []
    )
    if lines:
        # Noticed at the end of the line, or at the next one.
        line = lines[-1]
        message = _wording(problem)
        if re.compile(_KEY_AT_LINE).match(view, line_start(view, line.start(1))):
            # It has its colon.
            message = "a key cannot begin here, because something above it is not finished"
        return Problem(ProblemKind.SYNTAX, Span(line.start(1), line.end(1)), message)
    if in_escape:
        # The parser stops inside the escape.
        offset = max(view.rfind("\\", 0, offset + 1), 0)
    start = min(offset, len(view.rstrip()))
    end = start if view[start : start + 1] in ("\r", "\n", "") else start + 1
    return Problem(ProblemKind.SYNTAX, Span(start, end), _wording(problem))


def _explain_conflict(view: str, marker: re.Match[str]) -> Problem:
    """A line that git left: of a whole conflict, or the only one that somebody overlooked."""
    is_alone = _CONFLICT_MARKER.search(view, marker.end()) is None
    advice = "delete the line: nothing else of the conflict is left" if is_alone else ""
    kind = ProblemKind.MERGE_CONFLICT
    return Problem(kind, Span(*marker.span(1)), marker[1][:7], advice=advice)


def _explain_colon(view: str, offset: int) -> Problem:
    """A colon where none may be: inside an unquoted value, or after a value ran into a new line."""
    key = re.compile(_KEY_AT_LINE).match(view, line_start(view, offset))
    colon = Span(offset, offset + 1)
    if key and offset - key.start(1) > _LONGEST_KEY and key.end() > offset:
        message = f"a key may have at most {_LONGEST_KEY} characters"
        return Problem(ProblemKind.SYNTAX, Span(key.start(1), key.end(1)), message)
    if key and key.end() <= offset:
        return Problem(ProblemKind.UNQUOTED_COLON, colon, _UNQUOTED_COLON.format(key[1]))
    above = _content_above(view, line_start(view, offset))
    if key and above and _column(view, above.start) >= _column(view, key.start(1)):
        return Problem(
            ProblemKind.SYNTAX, above, "this line is neither `key: value` nor a list item"
        )
    if key:
        message = "this line continues the value above, because it is indented deeper"
        return Problem(ProblemKind.SYNTAX, Span(key.start(1), key.end(1)), message)
    return Problem(ProblemKind.SYNTAX, colon, "a key cannot begin here")


def _content_above(view: str, offset: int) -> Span | None:
    """The last line above `offset` that is neither blank nor a comment, without its indentation."""
    lines, here = lines_around(view, max(offset - 1, 0))
    if here is None or lines[here].start >= offset:
        return None
    return Span(lines[here].first, lines[here].end)


def _column(view: str, at: int) -> int:
    return at - line_start(view, at)


def _find_flow_colon(view: str, offset: int) -> Problem | None:
    """A colon inside an unquoted value of a `{…}` that ends a key."""
    opening = view.rfind("{", 0, offset)
    if opening < 0:
        return None
    for value in re.compile(_FLOW_VALUE).finditer(view, opening):
        is_here = value.start(2) <= offset <= value.end() + 1
        if is_here and (colon := re.search(_FLOW_COLON, value[2])):
            at = value.start(2) + colon.start()
            message = _UNQUOTED_COLON.format(value[1])
            return Problem(ProblemKind.UNQUOTED_COLON, Span(at, at + 1), message)
    return None


def _find_tab(view: str, offset: int) -> Span | None:
    """A tab in the indentation of the line that the parser stopped at."""
    tab = _TAB_INDENT.match(view, line_start(view, offset))
    return Span(*tab.span(1)) if tab and offset <= tab.end() else None


def _explain_tab(view: str, offset: int, tab: Span, reads: Reads) -> Problem:
    message = "indentation with a tab"
    if not view[tab.start : line_end(view, tab.start)].strip():
        message = "a tab on a line that is blank otherwise"
        # Blanks before the tab do no harm, and those after it go with it.
        edits = (Edit(tab.start, line_end(view, tab.start), ""),)
        return Problem(ProblemKind.TAB_INDENTATION, tab, message, advice="delete it", edits=edits)
    lines, here = lines_around(view, offset)
    if here is not None and (
        found := first_that_reads(view, offset, slips_of_tabs(lines, here), reads)
    ):
        return found
    return Problem(ProblemKind.TAB_INDENTATION, tab, message)


def _explain_open_quote(view: str, opening: int, reads: Reads) -> Problem:
    """A quoted text that has no end, or ends in the value of another key."""
    line = line_at(view, opening)
    if line is None:
        message = "the quoted text is not closed"
        return Problem(ProblemKind.UNCLOSED_QUOTE, Span(opening, opening + 1), message)
    slips = tuple(slips_of_open_quote(line, opening))
    # The parser's own place is where the text ends that the quote has swallowed.
    found = first_that_reads(view, opening, slips, reads)
    # Where there is more amiss, the line that is shown might not be right.
    return found or as_problem(view, slips[-1])._replace(proposal="")


def _find_unclosed_quote(view: str, offset: int, inside: bool) -> int | None:
    """The opening quote of a value whose closing quote was forgotten.

    Such a value swallows the lines up to the next quote of its kind, so that the parser complains
    there; a quoted text of several lines is legal, one that swallows a line `key:` was not meant.
    A quote that is never closed counts when the parser ended `inside` one: elsewhere it is text.
    """
    position = 0
    last = line_end(view, offset)
    while match := _OPEN_QUOTE.search(view, position, last):
        opening = match.start(1)
        if opening > offset:
            return None
        closing = re.compile(_CLOSERS[match[1]]).match(view, opening + 1)
        if closing is None and not inside:
            position = opening + 1
            continue
        end = closing.end() if closing else len(view)
        lines = view[opening:end].splitlines()
        swallowed = any(_KEY_LINE.match(line) for line in lines[1:])
        if closing is None or (swallowed and end >= offset - 2):
            return opening
        position = end
    return None


def _last_marker(view: str, end: int) -> Span | None:
    """The last `---` or `...` that begins a line before `end`."""
    found = None
    for match in re.compile(_MARKER).finditer(view, 0, end):
        found = Span(match.start(), match.start() + 3)
    return found


def _explain_marker(view: str, marker: Span, reads: Reads) -> Problem:
    """A line that ends the document, and can go if it says nothing else."""
    problem = Problem(ProblemKind.MULTIPLE_DOCUMENTS, marker, view[marker.start : marker.end])
    below = line_end(view, marker.end)
    edit = Edit(marker.start, below + (2 if view.startswith("\r\n", below) else 1), "")
    is_alone = not view[marker.end : below].strip()
    if is_alone and below < len(view) and reads(apply_edits(view, [edit])) is None:
        return problem._replace(edits=(edit,), is_safe=False)
    return problem


def _wording(problem: str) -> str:
    """Our own sentence for what the parser ran into."""
    for fragment, sentence in _SENTENCES:
        if fragment in problem:
            return sentence
    return "this is not YAML"


_ESCAPE_PROBLEMS = ("Unicode character escape", "unknown escape", "hexdecimal number")
_SENTENCES = (
    ("cannot start any token", "a plain value cannot begin with this character"),
    ("expected ',' or ']'", "expected `,` or `]` in the list that began with `[`"),
    ("expected ',' or '}'", "expected `,` or `}` in the mapping that began with `{`"),
    ("expected '-' indicator", "expected `- ` as on the lines before"),
    ("expected key", "expected a key: check the indentation and the quotes before"),
    ("expected <block end>", "expected a key: check the indentation"),
    # Text in a flow collection has been masked, so a bracket or a comma follows this colon.
    ("unexpected ':'", "put a space after this colon, or quotes around the text"),
    ("expected ':'", "expected `:` after the key"),
    ("end of stream", "the text ends before the value does"),
    ("Unicode character escape", "this escape stands for no character"),
    ("hexdecimal number", "expected hexadecimal digits after this escape"),
    ("escape", "unknown escape sequence after `\\`: write `\\\\` for a backslash"),
    ("sequence entries are not allowed", "a list item cannot begin here: put it on its own line"),
    ("node content", "a value cannot begin with this character"),
    ("mapping keys are not allowed", "a key cannot begin here"),
    ("comment or line break", "only a line break may follow `|` or `>`"),
    ("document start", "expected a key: check the indentation"),
    ("alphabetic or numeric", "expected a name after `&` or `*`"),
    ("tag", "not a tag"),
)
