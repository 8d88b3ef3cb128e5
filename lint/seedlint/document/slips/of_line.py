"""Mistakes in one line: blanks, the sign after its key, quotes around all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import WORD_KEY, Line, Slip
from seedlint.document.slips.of_value import slips_of_value
from seedlint.text.edit import Edit
from seedlint.text.marks import ODD_SPACES
from seedlint.text.quotes import TYPOGRAPHIC_CLOSINGS, quoted
from seedlint.text.span import Span, match_end

# Patterns that few lines call for are compiled when one does.
_NAMES = {"\t": "a tab", "\u00a0": "a no-break space", "\u3000": "a full-width space"}
_NAME = r"[\w.$-]{1,60}"
_GLUED_KEY = re.compile(rf"( *(?:- +)*)({_NAME}|\"{_NAME}\"|'{_NAME}') *:(?=[^\s:=])")
_MARK_BEHIND = rf"( *(?:- +)*({_NAME}):)[,;.] *\Z"
_WIDE_COLON = rf"( *(?:- +)*)({WORD_KEY}) *([\uff1a\ufe55\ufe13\u2236\ua789])[ {ODD_SPACES}]*"
_OTHER_SIGN = rf"( *(?:- +)*)({WORD_KEY})( *(?:=>|->|:=|=|;)[ ]*)(?=[^\s=>]|\Z)"
_QUOTED_LINE = rf"""( *(?:- +)*)(["'])({WORD_KEY}): +(.*)\2[ \t]*"""
_STRAY_QUOTE = rf"""( *(?:- +)*)(["'])(?={WORD_KEY}:(?: |\Z))"""
_FOREIGN_COMMENT = r"( *)(/{2,9}|/\*|<!--|--(?!-)|;{1,9}|%{1,9})(?=[ \w]|\Z)"
_ODD_SPACE = rf"[{ODD_SPACES}]+|(?<=[-:])\t+"
_HEAD = rf"[ \t{ODD_SPACES}]*(?:-[ \t{ODD_SPACES}]+)*(?:[\w.$-]{{1,60}}:[ \t{ODD_SPACES}]+)?"
_CLOSINGS = tuple(TYPOGRAPHIC_CLOSINGS.items())
# Words that begin with an apostrophe.
_ELIDED = r"'(?:[Tt]is|[Tt]was|[Tt]il|[Ee]m|[Nn]|[Rr]ound|[Cc]ause|[Bb]out|[0-9]0s)\b"


def slips_of_line(line: Line) -> Iterator[Slip]:
    """What may be wrong with a line by itself, the most certain first."""
    if "\t" in line.text or not line.text.isascii():
        yield from _odd_spaces(line)
    yield from slips_of_key_sign(line)
    yield from _whole_line(line)
    if line.value:
        yield from slips_of_value(line)


def _odd_spaces(line: Line) -> Iterator[Slip]:
    """Blanks that are not spaces: in the indentation, after a dash or after a colon."""
    head = line.text[: match_end(re.compile(_HEAD), line.text, 0)]
    found = list(re.finditer(_ODD_SPACE, head))
    if not found:
        return
    first = found[0]
    name = _NAMES.get(first[0][0], "a blank that is not a plain space")
    code = f" (U+{ord(first[0][0]):04X})" if first[0][0] != "\t" else ""
    span = Span(line.start + first.start(), line.start + first.end())
    edits = tuple(
        Edit(line.start + each.start(), line.start + each.end(), " " * len(each[0]))
        for each in found
    )
    if not line.text[: first.start()].strip(" \t"):
        message = f"indentation with {name}{code}"
        advice = "indent with plain spaces"
        yield Slip(span, message, advice, edits, ProblemKind.TAB_INDENTATION, False, fix="safe")
    else:
        after = "colon" if ":" in line.text[: first.start()] else "dash"
        message = f"{name}{code} after the {after}"
        yield Slip(span, message, "replace it by a plain space", edits, fix="safe")


def slips_of_key_sign(line: Line) -> Iterator[Slip]:
    """No blank after a colon, a colon of another script, another sign for a colon."""
    if line.text.rstrip(" ").endswith((":,", ":;", ":.")) and (
        marked := re.match(_MARK_BEHIND, line.text)
    ):
        at = line.start + marked.end(1)
        yield Slip(
            Span(at, at + 1),
            f"`{line.text[marked.end(1)]}` after the colon of `{marked[2]}`",
            "remove it",
            (Edit(at, line.end, ""),),
        )
    if glued := _GLUED_KEY.match(line.text):
        at = line.start + glued.end()
        if not line.text.startswith("//", glued.end()):
            rest = line.text[glued.end() :].rstrip()
            edits = [Edit(at, at, " ")]
            if re.search(r":(?: |\Z)| #", rest) and rest[0] not in "\"'[{":
                edits = [Edit(at, at + len(rest), " " + quoted(rest))]
            yield Slip(
                Span(at - 1, at),
                "a space is missing after this colon",
                "add it",
                tuple(edits),
                fix="safe",
            )
    if not line.text.isascii() and (wide := re.match(_WIDE_COLON, line.text)):
        sign = wide[3]
        yield Slip(
            Span(line.start + wide.start(3), line.start + wide.end(3)),
            f"`{sign}` (U+{ord(sign):04X}) is not the colon that YAML knows",
            "write a plain colon and a space",
            (Edit(line.start + wide.end(2), line.start + wide.end(), ": "),),
            fix="safe",
        )
    if not line.key and (sign_found := re.match(_OTHER_SIGN, line.text)):
        sign = sign_found[3].strip()
        colon = ": " if sign_found.end() < len(line.text) else ":"
        yield Slip(
            Span(
                line.start + line.text.index(sign, sign_found.start(3)),
                line.start + line.text.index(sign, sign_found.start(3)) + len(sign),
            ),
            f"`{sign}` instead of a colon after `{sign_found[2]}`",
            "write a colon and a space",
            (Edit(line.start + sign_found.end(2), line.start + sign_found.end(), colon),),
        )


def _whole_line(line: Line) -> Iterator[Slip]:
    """Quotes around a whole line; a comment as in another language."""
    first = line.text[line.entry : line.entry + 1]
    if first in "\"'" and (both := re.fullmatch(_QUOTED_LINE, line.text)):
        start = line.start + both.start(2)
        yield Slip(
            Span(start, start + 1),
            "the quotes are around the key as well",
            "put only the value in quotes",
            (Edit(start, line.end, f"{both[3]}: {both[2]}{both[4]}{both[2]}"),),
            fix="safe",
        )
    yield from _quote_before_key(line)
    if first in "/<-;%" and (comment := re.match(_FOREIGN_COMMENT, line.text)):
        start, end = line.start + comment.start(2), line.start + comment.end(2)
        text = line.text[comment.end() :].strip()
        closer = {"/*": "*/", "<!--": "-->"}.get(comment[2])
        if closer and text.endswith(closer):
            text = text[: -len(closer)].rstrip()
        yield Slip(
            Span(start, end),
            f"`{comment[2]}` does not begin a comment",
            "begin a comment with `#`",
            (Edit(start, line.end, f"# {text}".rstrip()),),
            # The others begin an item or a dialogue as well.
            fix="safe" if comment[2][0] in "/<" else "unsafe",
        )


def _quote_before_key(line: Line) -> Iterator[Slip]:
    """A quote at the beginning of a line that has no other."""
    mark = line.text[line.entry : line.entry + 1]
    if mark in "\"'" and line.text.count(mark) == 1 and re.match(_STRAY_QUOTE, line.text):
        at = line.start + line.entry
        yield Slip(
            Span(at, at + 1),
            "this quote is not closed",
            "remove it",
            (Edit(at, at + 1, ""),),
            ProblemKind.UNCLOSED_QUOTE,
            fix="safe",
        )


def _opens_with(text: str, closing: str) -> bool:
    """Whether a text has a mark that `closing` closes."""
    return any(closing in closings and mark in text for mark, closings in _CLOSINGS)


def slips_of_open_quote(line: Line, opening: int) -> Iterator[Slip]:
    """What may be wrong with a text whose quote, opened at the offset `opening`, is not closed."""
    mark = line.text[opening - line.start]
    span = Span(opening, opening + 1)
    message = (
        f"the quoted text of {line.name} is not closed"
        if line.key
        else ("the quoted text is not closed")
    )
    text = line.text[opening - line.start :].rstrip()
    end = opening + len(text)
    yield from _quote_before_key(line)
    if mark == "'" and re.match(_ELIDED, text) and text.count("'") == 1:
        yield Slip(
            span,
            "the apostrophe at the beginning opens a quoted text",
            "put the whole value in double quotes",
            (Edit(opening, end, quoted(text)),),
            ProblemKind.UNCLOSED_QUOTE,
            fix="safe",
        )
    if len(text) > 1 and (text[-1] in "\"'" or text[-1] in "\u201c\u201d\u2018\u2019\u00bb"):
        kind = "" if text[-1] in "\"'" else " is a typographic quote and"
        yield Slip(
            Span(end - 1, end),
            f"`{text[-1]}`{kind} does not close a text that `{mark}` opened",
            "close it with the quote that opened it",
            (Edit(end - 1, end, mark),),
            ProblemKind.UNCLOSED_QUOTE,
            # Another straight quote may be an apostrophe, or close a quotation inside.
            fix="safe" if kind and not _opens_with(text[1:-1], text[-1]) else "unsafe",
        )
    if len(text) == 1:
        # Nothing in quotes is seldom what was meant.
        yield Slip(
            span,
            message,
            "write the text and the closing quote",
            (Edit(end, end, mark),),
            ProblemKind.UNCLOSED_QUOTE,
            shows_line=False,
            fix=None,
        )
        return
    yield Slip(
        span,
        message,
        "add the closing quote",
        (Edit(end, end, mark),),
        ProblemKind.UNCLOSED_QUOTE,
        # The text may end before a comment.
        fix="safe" if " #" not in text else "unsafe",
    )
