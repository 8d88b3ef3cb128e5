"""Mistakes that people make in YAML, as they look in the text.

Each recogniser looks at one line, or at a line and those around it, and yields what may have been
meant: the character to change, a sentence, and the edits that mend it. They may guess wrong:
`diagnosis` believes only what it has read again with the edits made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from seedlint.document.problem import ProblemKind
from seedlint.text.marks import ODD_SPACES
from seedlint.text.span import Span, match_end

_NAMES = {"\t": "a tab", "\u00a0": "a no-break space", "\u3000": "a full-width space"}
_KEY = r"[\w.$@/+-]{1,60}|\"[^\"\r\n]{1,60}\"|'[^'\r\n]{1,60}'"
_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)*)"
    rf"(?:(?P<key>{_KEY})(?P<colon> *:)(?=[ \t]|\Z)[ \t]*)?(?P<value>[^\r\n]*)"
)
_COMMENT = re.compile(r"(?<=[ \t])#.*|\A#.*", re.DOTALL)
_ADDRESS_WITH_SPACE = re.compile(r"([A-Za-z]{2,10}:)( +)(//[^\s]+)\Z")
_NAME = r"[\w.$-]{1,60}"
_GLUED_KEY = re.compile(rf"( *(?:- +)*)({_NAME}|\"{_NAME}\"|'{_NAME}') *:(?=[^\s:])")
_WORD_KEY = r"[A-Za-z_][\w.$-]{0,59}"
_WIDE_COLON = re.compile(
    rf"( *(?:- +)*)({_WORD_KEY}) *([\uff1a\ufe55\ufe13\u2236\ua789])[ {ODD_SPACES}]*"
)
_OTHER_SIGN = re.compile(rf"( *(?:- +)*)({_WORD_KEY})( *(?:=>|->|:=|=|;)[ ]*)(?=[^\s=>])")
_QUOTED_LINE = re.compile(rf"""( *(?:- +)*)(["'])({_WORD_KEY}): +(.*)\2[ \t]*""")
_STRAY_QUOTE = re.compile(rf"""( *(?:- +)*)(["'])(?={_WORD_KEY}:(?: |\Z))""")
_FOREIGN_COMMENT = re.compile(r"( *)(//+|/\*|<!--|--(?!-)|;+|%+)(?=[ \w]|\Z)")
_BULLET = re.compile(rf"( *)([*+\u2022\u00b7\u25cf\u2013\u2014\u2212][ {ODD_SPACES}]+|-(?=[^\s-]))")
_ODD_SPACE = re.compile(rf"[{ODD_SPACES}]+|(?<=[-:])\t+")
_HEAD = re.compile(
    rf"[ \t{ODD_SPACES}]*(?:-[ \t{ODD_SPACES}]+)*(?:[\w.$-]{{1,60}}:[ \t{ODD_SPACES}]+)?"
)
# Words that begin with an apostrophe.
_ELIDED = re.compile(r"'(?:[Tt]is|[Tt]was|[Tt]il|[Ee]m|[Nn]|[Rr]ound|[Cc]ause|[Bb]out|[0-9]0s)\b")
_TYPOGRAPHIC = {
    "\u201c": "\u201d\u201c",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u201d": "\u201d",
}
_TYPOGRAPHIC_SINGLE = {"\u2018": "\u2019\u2018", "\u201a": "\u2018\u2019", "\u2039": "\u203a"}
_SECOND_KEY = re.compile(r"[ ]+([a-z][\w-]*):(?= |\Z)")
_SPACED_KEY = re.compile(r"(\w[\w -]{0,58}\w): +(?=\S)")
_MARKDOWN_LINK = re.compile(r"!?\[[^\[\]]*\]\(<?([^()\s<>]+)[^()]*\)\Z")
_ADDRESS_KEY = re.compile(r"(?i)(?:url|uri|link|href|src|address)\Z")
# A backslash that begins no escape of YAML: what is before it are whole escapes.
_BAD_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*(\\(?:x(?![0-9A-Fa-f]{2})|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8})"
    r"|[^0abt\tnvfre \"/\\N_LPxuU\r\n]))"
)
_CLOSERS = {
    '"': re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL),
    "'": re.compile(r"'[^']*(?:''[^']*)*'", re.DOTALL),
}
_MEANINGS = {
    "[": "a value that begins with `[` is a list",
    "{": "a value that begins with `{` is a mapping",
    "*": "`*` at the beginning of a value refers to another value",
    "&": "`&` at the beginning of a value names it",
    "!": "`!` at the beginning of a value is a type",
    "|": "only a line break may follow `|`",
    ">": "only a line break may follow `>`",
    "#": "`#` begins a comment",
    "-": "`- ` begins a list item",
    "?": "`? ` begins a key",
    ":": "a value cannot begin with a colon",
}
_MISSING_COMMA = re.compile(r"""("[^"]*"|'[^']*') +(?=["']|[\w.$-]{1,60}: )""")
_QUOTED_TEXTS = re.compile(r"""(?:"[^"]*"|'[^']*')(?: +(?:"[^"]*"|'[^']*'))+""")
_MOST_ITEMS = 50
# How many lines above the error a text or list may begin.
_LONGEST_TEXT = 12
_SPECIAL = frozenset("[{*&!|>@`%,]}?:-")


class Edit(NamedTuple):
    """Characters of the text and what replaces them."""

    start: int
    end: int
    text: str


class Slip(NamedTuple):
    """What somebody may have got wrong.

    `message` is the finding, `advice` what to do; `edits` do it, in order. Where `shows_line` the
    mended line says it best.
    """

    span: Span
    message: str
    advice: str
    edits: tuple[Edit, ...]
    kind: ProblemKind = ProblemKind.SYNTAX
    shows_line: bool = True


class Line(NamedTuple):
    """One line with something on it, and its parts, as a person sees them.

    `start` and `end` are offsets, `column` that of its first character, `entry` that of what
    follows its dashes; `key` is "" if there is none, `value` the rest without the blanks around it,
    which begins at `value_at`.
    """

    start: int
    end: int
    text: str
    column: int
    entry: int
    has_dash: bool
    key: str
    value: str
    value_at: int

    @property
    def first(self) -> int:
        """The offset of the first character that is no blank."""
        return self.start + self.column

    @property
    def plain_value(self) -> str:
        """The value without the comment behind it."""
        return _COMMENT.sub("", self.value).rstrip()


def read_line(view: str, start: int, end: int) -> Line:
    """The line that takes up `view[start:end]`, without its line break."""
    text = view[start:end]
    match = _LINE.match(text)
    assert match is not None
    column = len(match["indent"])
    value = match["value"].strip(" \t")
    value_at = match.start("value") + len(match["value"]) - len(match["value"].lstrip(" \t"))
    has_dash = bool(match["dash"])
    if not has_dash and not match["key"] and value == "-":
        has_dash, value = True, ""
    return Line(
        start,
        end,
        text,
        column,
        column + len(match["dash"]),
        has_dash,
        (match["key"] or "").strip("\"'"),
        value,
        start + value_at,
    )


def quoted(text: str) -> str:
    """`text` in the quotes that ask for the fewest changes inside."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


# ------------------------------------------------------------------- slips of one line


def slips_of_line(line: Line) -> Iterator[Slip]:
    """What may be wrong with a line as such, the surest first."""
    yield from _odd_spaces(line)
    yield from _key_sign(line)
    yield from _whole_line(line)
    if line.value:
        yield from slips_of_value(line)


def _odd_spaces(line: Line) -> Iterator[Slip]:
    """Blanks in the indentation, after a dash or after a colon that are no spaces."""
    found = list(_ODD_SPACE.finditer(line.text, 0, match_end(_HEAD, line.text, 0)))
    if not found:
        return
    first = found[0]
    name = _NAMES.get(first[0][0], "a blank that is no plain space")
    code = f" (U+{ord(first[0][0]):04X})" if first[0][0] != "\t" else ""
    span = Span(line.start + first.start(), line.start + first.end())
    edits = tuple(
        Edit(line.start + each.start(), line.start + each.end(), " " * len(each[0]))
        for each in found
    )
    if not line.text[: first.start()].strip(" \t"):
        message = f"indentation with {name}{code}"
        yield Slip(
            span, message, "indent with plain spaces", edits, ProblemKind.TAB_INDENTATION, False
        )
    else:
        after = "colon" if ":" in line.text[: first.start()] else "dash"
        message = f"{name}{code} after the {after}"
        yield Slip(span, message, "replace it by a plain space", edits)


def _key_sign(line: Line) -> Iterator[Slip]:
    """No blank after a colon, a colon of another script, another sign for a colon."""
    if glued := _GLUED_KEY.match(line.text):
        at = line.start + glued.end()
        if not line.text.startswith("//", glued.end()):
            rest = line.text[glued.end() :].rstrip()
            edits = [Edit(at, at, " ")]
            if re.search(r":(?: |\Z)| #", rest) and rest[0] not in "\"'[{":
                edits = [Edit(at, at + len(rest), " " + quoted(rest))]
            yield Slip(
                Span(at - 1, at), "a space is missing after this colon", "add it", tuple(edits)
            )
    if wide := _WIDE_COLON.match(line.text):
        sign = wide[3]
        yield Slip(
            Span(line.start + wide.start(3), line.start + wide.end(3)),
            f"`{sign}` (U+{ord(sign):04X}) is not the colon that YAML knows",
            "write a plain colon and a space",
            (Edit(line.start + wide.end(2), line.start + wide.end(), ": "),),
        )
    if not line.key and (sign_found := _OTHER_SIGN.match(line.text)):
        sign = sign_found[3].strip()
        yield Slip(
            Span(
                line.start + line.text.index(sign, sign_found.start(3)),
                line.start + line.text.index(sign, sign_found.start(3)) + len(sign),
            ),
            f"`{sign}` instead of a colon after `{sign_found[2]}`",
            "write a colon and a space",
            (Edit(line.start + sign_found.end(2), line.start + sign_found.end(), ": "),),
        )


def _whole_line(line: Line) -> Iterator[Slip]:
    """Quotes around a whole line, the comment of another language."""
    if both := _QUOTED_LINE.fullmatch(line.text):
        start = line.start + both.start(2)
        yield Slip(
            Span(start, start + 1),
            "the quotes are around the key as well",
            "put only the value in quotes",
            (Edit(start, line.end, f"{both[3]}: {both[2]}{both[4]}{both[2]}"),),
        )
    yield from _quote_before_key(line)
    if comment := _FOREIGN_COMMENT.match(line.text):
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
        )


def _quote_before_key(line: Line) -> Iterator[Slip]:
    """A quote at the beginning of a line that has no other."""
    if (stray := _STRAY_QUOTE.match(line.text)) and line.text.count(stray[2]) == 1:
        at = line.start + stray.start(2)
        yield Slip(
            Span(at, at + 1),
            "this quote is not closed",
            "remove it",
            (Edit(at, at + 1, ""),),
            ProblemKind.UNCLOSED_QUOTE,
        )


# ------------------------------------------------------------------- slips of a value


def slips_of_value(line: Line) -> Iterator[Slip]:
    """What may be wrong with the value of a line."""
    value, at = line.value, line.value_at
    first = value[0]
    if address := _ADDRESS_WITH_SPACE.match(line.plain_value):
        yield Slip(
            Span(at + address.start(2), at + address.end(2)),
            "a space inside the address",
            "remove it",
            (Edit(at + address.start(2), at + address.end(2), ""),),
        )
    yield from _typographic_quotes(line)
    if first in "\"'":
        yield from _after_closing_quote(line)
        return
    plain = line.plain_value
    if not plain:
        return
    if line.key and (second := _SECOND_KEY.search(plain)) and _is_whole(plain[: second.start()]):
        gap = Span(at + second.start(), at + second.start(1))
        yield Slip(
            Span(gap.end, gap.end + len(second[1])),
            f"a second key, `{second[1]}`, on the line of `{line.key}`",
            f"begin a new line before `{second[1]}`",
            (Edit(gap.start, gap.end, "\n" + " " * line.entry),),
            shows_line=False,
        )
    if first in "[{":
        yield from _brackets(line, plain)
    if not line.key and (spaced := _SPACED_KEY.match(plain)):
        # A key of several words.
        rest = plain[spaced.end() :]
        if colon := re.search(r":(?= |\Z)", rest):
            start = at + spaced.end()
            yield Slip(
                Span(start + colon.start(), start + colon.end()),
                f"colon inside the unquoted value of `{spaced[1]}`",
                "put the value in quotes",
                (Edit(start, at + len(plain), quoted(rest)),),
                ProblemKind.UNQUOTED_COLON,
            )
    quote_it = Edit(at, at + len(plain), quoted(plain))
    what = f"the value of `{line.key}`" if line.key else "the text"
    advice = f"put {what} in {'double' if quote_it.text[0] == chr(34) else 'single'} quotes"
    if first in _SPECIAL and (first not in "-?:" or plain[1:2] in ("", " ")):
        if _is_collection(plain):
            return
        message = _MEANINGS.get(first, f"`{first}` cannot begin a value")
        if first == "`":
            message = "a backtick cannot begin a value"
        yield Slip(Span(at, at + 1), message, advice, (quote_it,))
    elif (colon := re.search(r":(?= |\Z)", plain)) and line.key:
        message = f"colon inside the unquoted value of `{line.key}`"
        start = at + colon.start()
        yield Slip(Span(start, start + 1), message, advice, (quote_it,), ProblemKind.UNQUOTED_COLON)


def slips_of_comment(line: Line) -> Iterator[Slip]:
    """A value that begins with a number sign, which makes a comment of it."""
    at, text = line.value_at, line.value
    mended = quoted(text)
    style = "single" if mended[0] == "'" else "double"
    yield Slip(
        Span(at, at + 1),
        _MEANINGS["#"],
        f"`#` begins a comment; put the value of `{line.key}` in {style} quotes",
        (Edit(at, at + len(text), mended),),
    )


def _is_collection(plain: str) -> bool:
    """Whether a value can only be meant as a list or mapping in brackets."""
    if plain[0] == "[":
        return plain[-1] == "]" and len(plain) > 1
    return plain[0] == "{" and plain[-1] == "}" and plain[1:2] not in ("{", "%")


def _is_whole(text: str) -> bool:
    """Whether a text is certainly all of a value: a number, a word like `true`, or quoted."""
    return re.fullmatch(r"[-+]?[0-9.]+|true|false|\"[^\"]*\"|'[^']*'", text.strip()) is not None


def _typographic_quotes(line: Line) -> Iterator[Slip]:
    text, at = line.plain_value, line.value_at
    for table, plain in ((_TYPOGRAPHIC, '"'), (_TYPOGRAPHIC_SINGLE, "'")):
        if len(text) > 1 and text[0] in table and text[-1] in table[text[0]] + plain:
            inner = text[1:-1]
            yield Slip(
                Span(at, at + 1),
                f"`{text[0]}` is a typographic quote, which YAML takes for a letter",
                "write plain quotes",
                (Edit(at, at + len(text), quoted(inner)),),
            )


def _after_closing_quote(line: Line) -> Iterator[Slip]:
    """Something follows the quote that closes a value."""
    value, at = line.value, line.value_at
    mark = value[0]
    closing = _CLOSERS[mark].match(value)
    if closing is None:
        return
    rest = value[closing.end() :]
    text = rest.strip()
    if mark == '"' and (escape := _BAD_ESCAPE.search(closing[0])):
        yield from _bad_escape(line, closing[0], escape)
    if not text or (text.startswith("#") and rest != text):
        return
    rest_at = at + closing.end() + len(rest) - len(rest.lstrip())
    end = at + len(value.rstrip())
    after = Span(rest_at, end)
    if text in (",", ";", "."):
        name = {",": "comma", ";": "semicolon", ".": "full stop"}[text]
        yield Slip(
            Span(rest_at, rest_at + 1),
            f"a {name} after the closing quote",
            "remove it",
            (Edit(at + closing.end(), end, ""),),
        )
    if comment := re.match(r"//+|/\*|<!--|--|;|,? ?#", text):
        words = re.sub(r"(?:\*/|-->)\Z", "", text[comment.end() :]).strip()
        yield Slip(
            Span(rest_at, rest_at + comment.end()),
            f"`{comment[0]}` does not begin a comment",
            "begin a comment with a space and `#`",
            (Edit(at + closing.end(), end, f" # {words}"),),
        )
    if line.key and _QUOTED_TEXTS.fullmatch(value.rstrip()):
        gaps = [found.end(1) for found in _MISSING_COMMA.finditer(value)]
        yield Slip(
            Span(rest_at, rest_at + 1),
            "a list of texts without brackets and commas",
            "put commas between them and the list in brackets",
            (
                Edit(at, at, "["),
                *(Edit(at + gap, at + gap, ",") for gap in gaps),
                Edit(end, end, "]"),
            ),
        )
    if line.key and re.match(r",\s*[\"'\w]", text):
        yield Slip(
            Span(rest_at, rest_at + 1),
            "a list of texts without brackets",
            "put the list in brackets",
            (Edit(at, end, f"[{value.rstrip()}]"),),
        )
    if (second := re.match(r"([a-z][\w-]*):(?: |\Z)", text)) and line.key and rest != text:
        yield Slip(
            Span(rest_at, rest_at + len(second[1])),
            f"a second key, `{second[1]}`, on the line of `{line.key}`",
            f"begin a new line before `{second[1]}`",
            (Edit(at + closing.end(), rest_at, "\n" + " " * line.entry),),
            shows_line=False,
        )
    body = value.rstrip()
    if body.endswith(mark) and len(body) > closing.end():
        inner = body[1:-1]
        name = "quote" if mark == '"' else "apostrophe"
        if mark == '"' and "\\" not in inner:
            mended = quoted(inner)
            advice = "put single quotes around the whole"
        elif mark == "'" and "\\'" in inner and '"' not in inner:
            mended = '"' + inner.replace("\\'", "'") + '"'
            advice = "put double quotes around the whole"
        elif mark == "'" and '"' not in inner and "\\" not in inner:
            mended = f'"{inner}"'
            advice = "put double quotes around the whole"
        elif mark == "'":
            mended = "'" + inner.replace("''", "'").replace("'", "''") + "'"
            advice = "write `''` for an apostrophe inside"
        else:
            mended = '"' + re.sub(r'(?<!\\)"', r"\\" + '"', inner) + '"'
            advice = 'write `\\"` for a quote inside'
        last = at + closing.end() - 1
        yield Slip(
            Span(last, last + 1),
            f"this {name} ends the text, which goes on behind it",
            advice,
            (Edit(at, end, mended),),
        )
    mended = quoted(body)
    style = "single" if mended[0] == "'" else "double"
    yield Slip(
        Span(after.start, after.end),
        "text after the closing quote",
        f"put the whole value in {style} quotes",
        (Edit(at, end, mended),),
    )


def _bad_escape(line: Line, text: str, escape: re.Match[str]) -> Iterator[Slip]:
    """A backslash in double quotes that was meant as one."""
    at = line.value_at
    span = Span(at + escape.start(1), at + escape.end(1))
    message = f"`{escape[1]}` means nothing in double quotes"
    inner = text[1:-1]
    if "'" not in inner and '\\"' not in inner and "\\\\" not in inner:
        advice = "put single quotes around the whole"
        mended = f"'{inner}'"
    else:
        advice = "write two backslashes for one"
        mended = _BAD_ESCAPE.sub(lambda found: found[0].replace("\\", "\\\\", 1), text)
    yield Slip(span, message, advice, (Edit(at, at + len(text), mended),))


def _brackets(line: Line, plain: str) -> Iterator[Slip]:
    """A bracket that is not closed, is closed by another, or was meant as text."""
    at, first = line.value_at, plain[0]
    closer = "]" if first == "[" else "}"
    noun = "list" if first == "[" else "mapping"
    if link := _MARKDOWN_LINK.match(plain):
        message = "a Markdown link; YAML takes `[` for the beginning of a list"
        if _ADDRESS_KEY.search(line.key):
            yield Slip(
                Span(at, at + 1),
                message,
                "write the address alone",
                (Edit(at, at + len(plain), link[1]),),
            )
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", plain)
    depth = outside.count(first) - outside.count(closer)
    end = at + len(plain)
    if depth == 1 and plain[-1] in "]})" and plain[-1] != closer:
        yield Slip(
            Span(end - 1, end),
            f"`{plain[-1]}` does not close the {noun} that `{first}` began",
            f"close it with `{closer}`",
            (Edit(end - 1, end, closer),),
        )
    if depth >= 1:
        open_end = end - (plain[-1] == ",")
        yield Slip(
            Span(at, at + 1),
            f"the {noun} that begins with `{first}` is not closed",
            f"add `{closer}`",
            (Edit(open_end, end, closer * depth),),
        )
    if depth < 0 and plain[-1] == closer:
        yield Slip(
            Span(end - 1, end),
            f"a `{closer}` too many",
            "remove it",
            (Edit(end + depth, end, ""),),
        )
    closed = plain.rfind(closer)
    if plain[closed + 1 :].strip() in (",", ";"):
        yield Slip(
            Span(at + closed + 1, end),
            f"`{plain[closed + 1 :].strip()}` after the {noun}",
            "remove it",
            (Edit(at + closed + 1, end, ""),),
        )
    yield from _items(line, plain)


def _items(line: Line, plain: str) -> Iterator[Slip]:
    """An item in brackets that needs quotes, or a comma before it."""
    if not _is_collection(plain):
        return
    for gap in islice(_MISSING_COMMA.finditer(plain), _MOST_ITEMS):
        at = line.value_at + gap.end(1)
        yield Slip(Span(at, at + 1), "a comma is missing here", "add it", (Edit(at, at, ","),))
    position = line.value_at + 1
    for item in islice(plain[1:-1].split(","), _MOST_ITEMS):
        text = item.strip()
        start = position + len(item) - len(item.lstrip())
        position += len(item) + 1
        of_key = ""
        if plain[0] == "{" and (key := re.match(r"([\w.$-]{1,60}): +", text)):
            text, start, of_key = text[key.end() :], start + key.end(), f" of `{key[1]}`"
        if not text:
            continue
        if text[0] in "\"'" and text.count(text[0]) == 1:
            end = start + len(text)
            yield Slip(
                Span(start, start + 1),
                "the quoted text is not closed",
                "add the closing quote",
                (Edit(end, end, text[0]),),
                ProblemKind.UNCLOSED_QUOTE,
            )
        elif (colon := re.search(r":(?=[ \[{]|\Z)", text)) and text[0] not in "\"'[{":
            yield Slip(
                Span(start + colon.start(), start + colon.end()),
                f"colon inside the unquoted value{of_key}" if of_key else "colon inside an item",
                "put it in quotes",
                (Edit(start, start + len(text), quoted(text)),),
                ProblemKind.UNQUOTED_COLON,
            )
        elif text[0] in _SPECIAL and text[0] not in "[{-?:":
            name = f"`{text[0]}`" if text[0] != "`" else "a backtick"
            yield Slip(
                Span(start, start + 1),
                f"{name} cannot begin an item",
                "put the item in quotes",
                (Edit(start, start + len(text), quoted(text)),),
            )


def slips_of_open_quote(line: Line, opening: int) -> Iterator[Slip]:
    """What may be wrong with a text whose opening quote, at the offset `opening`, has no other."""
    mark = line.text[opening - line.start]
    span = Span(opening, opening + 1)
    message = (
        f"the quoted text of `{line.key}` is not closed"
        if line.key
        else ("the quoted text is not closed")
    )
    text = line.text[opening - line.start :].rstrip()
    end = opening + len(text)
    yield from _quote_before_key(line)
    if _ELIDED.match(text) and text.count("'") == 1:
        yield Slip(
            span,
            "the apostrophe at the beginning opens a quoted text",
            "put the whole value in double quotes",
            (Edit(opening, end, quoted(text)),),
            ProblemKind.UNCLOSED_QUOTE,
        )
    if len(text) > 1 and (text[-1] in "\"'" or text[-1] in "\u201c\u201d\u2018\u2019\u00bb"):
        kind = "" if text[-1] in "\"'" else " is a typographic quote and"
        yield Slip(
            Span(end - 1, end),
            f"`{text[-1]}`{kind} does not close a text that `{mark}` opened",
            "close it with the quote that opened it",
            (Edit(end - 1, end, mark),),
            ProblemKind.UNCLOSED_QUOTE,
        )
    yield Slip(
        span, message, "add the closing quote", (Edit(end, end, mark),), ProblemKind.UNCLOSED_QUOTE
    )


def slips_of_tabs(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A tab in the indentation of a line, and of those around it."""
    line = lines[here]
    tabs = re.match(r" *(\t+)[ \t]*", line.text)
    assert tabs is not None
    span = Span(line.start + tabs.start(1), line.start + tabs.end(1))
    message = "indentation with a tab"
    indented = [
        (each, found) for each in lines if (found := re.match(r" *\t[ \t]*", each.text)) is not None
    ]
    for width in (2, 4):
        edits = tuple(
            Edit(each.start, each.start + found.end(), found[0].replace("\t", " " * width))
            for each, found in indented
        )
        yield Slip(
            span,
            message,
            f"replace each tab by {_spaces(width)}",
            edits,
            ProblemKind.TAB_INDENTATION,
            shows_line=False,
        )
    for column in sorted({each.column for each in lines[:here]} | {0}, reverse=True):
        yield Slip(
            span,
            message,
            f"indent the line with {_spaces(column)} instead" if column else "remove it",
            (Edit(line.start, line.start + tabs.end(), " " * column),),
            ProblemKind.TAB_INDENTATION,
            shows_line=False,
        )


def slips_of_list_lines(first: Line, lines: Sequence[str]) -> Iterator[Slip]:
    """What is wrong with `lines`, of which `first` is the first, if they are a list."""
    span = Span(first.first, first.end)
    bullet = _BULLET.match(first.text)
    start = first.start + bullet.start(2) if bullet else first.first
    end = first.start + bullet.end(2) if bullet else first.first
    edits = (Edit(start, end, "- "),)
    if any(line.startswith("- ") for line in lines[1:]) and not bullet:
        message, advice = "but the first item has no dash", "begin it with `- `"
    else:
        message = "but the lines do not begin with a dash and a space"
        advice = "begin each of them so"
    yield Slip(span, message, advice, edits)


def slips_of_root(lines: Sequence[Line]) -> Iterator[Slip]:
    """What may be wrong with front matter that is no mapping as a whole."""
    glued = [slip for line in lines for slip in islice(_key_sign(line), 1)]
    if glued:
        yield glued[0]._replace(edits=tuple(edit for slip in glued for edit in slip.edits))
    first = lines[0]
    if first.has_dash:
        yield Slip(
            Span(first.first, first.first + 1),
            "list",
            "remove the dash, and 2 spaces before each line below",
            tuple(
                Edit(line.start, line.start + 2, "")
                for line in lines
                if line.text.startswith(("- ", "  "))
            ),
            ProblemKind.ROOT_NOT_MAPPING,
            shows_line=False,
        )


# ------------------------------------------------------------------- slips between lines


def slips_of_layout(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """What may be wrong with where the line at index `here` begins, or the one before it."""
    line = lines[here]
    yield from _bullets(lines, here)
    yield from _text_beside_bar(lines, here)
    yield from _open_bracket(lines, here)
    yield from _quotes_over_lines(lines, here)
    if here:
        yield from _block_text(lines, here)
        if not line.key:
            yield from _missing_dash(lines, here)
        yield from _first_without_dash(lines, here)
        yield from _item_beside_key(lines, here)
    if here and line.key and lines[here - 1].column <= line.column:
        yield from slips_of_bare_line(lines, here - 1)
    yield from slips_of_bare_line(lines, here)
    if _is_bare(line):
        yield from _runs_on(lines, here)
    yield from _first_of_block(lines, here)
    yield from _comma_above(lines, here)
    yield from _indentation(lines, here)
    if here and line.key:
        yield from _missing_dash(lines, here)
    yield from _runs_on(lines, here)


def _is_bare(line: Line) -> bool:
    """Whether a line has neither a key nor a dash."""
    return not line.key and not line.has_dash


def _bullets(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """List items that begin with another sign than a dash and a space."""
    found = [(line, match) for line in lines if (match := _BULLET.match(line.text))]
    if not found:
        return
    # Those in a row belong together.
    line, match = found[0]
    same = [(each, bullet) for each, bullet in found if bullet[1] == match[1]]
    edits = tuple(
        Edit(each.start + bullet.start(2), each.start + bullet.end(2), "- ")
        for each, bullet in same
    )
    span = Span(line.start + match.start(2), line.start + match.start(2) + 1)
    if match[2] == "-":
        message = "a space is missing after this dash"
    else:
        message = f"`{match[2][0]}` does not begin a list item"
    which = "each item" if len(same) > 1 else "it"
    advice = f"begin {which} with a dash and a space"
    yield Slip(span, message, advice, edits, shows_line=len(same) == 1)


def _block_text(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text under `key: |` that is not indented."""
    for index in range(here, max(here - 5, -1), -1):
        head = lines[index]
        if not (head.key and re.fullmatch(r"[|>][-+0-9]*", head.plain_value)):
            continue
        text: list[Line] = []
        for line in lines[index + 1 :]:
            if line.column <= head.entry and (line.key and text):
                break
            text.append(line)
        low = [line for line in text if line.column <= head.entry]
        if low:
            width = head.entry + 2
            edits = tuple(Edit(line.start, line.start + line.column, " " * width) for line in low)
            yield Slip(
                Span(low[0].first, low[0].first + 1),
                f"the text of `{head.key}` is not indented",
                f"indent each line of the text with {_spaces(width)}",
                edits,
                shows_line=False,
            )
        return


def _open_bracket(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A list or mapping in brackets over several lines that is not closed."""
    for index in range(here, max(here - _LONGEST_TEXT, -1), -1):
        head = lines[index]
        first = head.value[:1]
        if not first or first not in "[{":
            continue
        closer, noun = ("]", "list") if first == "[" else ("}", "mapping")
        last = index
        while last + 1 < len(lines) and lines[last + 1].column > head.entry:
            last += 1
        if last > index:
            end = lines[last]
            text = _COMMENT.sub("", end.text).rstrip(" \t,")
            stop = end.start + len(text)
            yield Slip(
                Span(head.value_at, head.value_at + 1),
                f"the {noun} that begins with `{first}` is not closed",
                f"add `{closer}` behind its last item",
                (Edit(stop, stop, closer),),
                shows_line=False,
            )
        return


def _comma_above(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """No comma at the end of the line above, in brackets over several lines."""
    if here:
        text = lines[here - 1].text.rstrip()
        at = lines[here - 1].start + len(text)
        if text[-1] not in ",[{":
            yield Slip(
                Span(at - 1, at), "a comma is missing after this", "add it", (Edit(at, at, ","),)
            )


def _quotes_over_lines(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A quoted text of several lines that is closed before it ends."""
    for index in range(here, max(here - _LONGEST_TEXT, -1), -1):
        head = lines[index]
        mark = head.value[:1]
        if not mark or mark not in "\"'" or mark in head.value[1:]:
            continue
        closing = next((line for line in lines[index + 1 :] if mark in line.text), None)
        if closing is None:
            return
        at = closing.start + closing.text.index(mark)
        end = closing.start + len(closing.text.rstrip())
        rest = closing.text[closing.text.index(mark) + 1 :].strip()
        other = "'" if mark == '"' else '"'
        if rest in (",", ";", "."):
            yield Slip(
                Span(end - 1, end),
                f"`{rest}` after the closing quote",
                "remove it",
                (Edit(at + 1, end, ""),),
            )
        elif rest and other not in "".join(line.text for line in lines[index : here + 2]):
            style = "single" if other == "'" else "double"
            stop = end - 1 if rest.endswith(mark) else end
            yield Slip(
                Span(at, at + 1),
                "this quote ends the text, which goes on behind it",
                f"put {style} quotes around the whole text",
                (Edit(head.value_at, head.value_at + 1, other), Edit(stop, end, other)),
                shows_line=False,
            )
        return


def _text_beside_bar(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """Text on the line of `|` or `>` that goes on below."""
    head = lines[here]
    bar = re.match(r"([|>][-+0-9]*)[ ]+(?=[^\s#])", head.value)
    below = lines[here + 1] if here + 1 < len(lines) else None
    if bar and below and below.column > head.entry:
        at = head.value_at
        yield Slip(
            Span(at + bar.end(), head.start + len(head.text.rstrip())),
            f"only a line break may follow `{bar[1]}`",
            "begin the text on the line below",
            (Edit(at + bar.end(1), at + bar.end(), "\n" + " " * below.column),),
            shows_line=False,
        )


def _missing_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """An item of a list has no dash."""
    line, above = lines[here], lines[here - 1]
    if not line.has_dash and above.has_dash and line.column == above.column:
        yield Slip(
            Span(line.first, line.end),
            "this list item has no dash",
            "begin it with `- `",
            (Edit(line.first, line.first, "- "),),
        )


def _first_without_dash(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first item or entry of the list that goes on here has no dash."""
    line, above = lines[here], lines[here - 1]
    if line.has_dash:
        # It begins with the first line of its column.
        first = here - 1
        while first and lines[first].column >= above.column and not lines[first].has_dash:
            if lines[first].column == line.column + 2 and lines[first - 1].column < line.column + 2:
                break
            first -= 1
        start = lines[first]
        if not start.has_dash and start.column == line.column + 2:
            yield Slip(
                Span(start.first, start.first + max(len(start.key), 1)),
                "the first entry of the list has no dash",
                "begin it with `- `",
                (Edit(start.first - 2, start.first, "- "),),
            )
        elif not start.has_dash and start.column == line.column and first:
            yield Slip(
                Span(start.first, start.first + max(len(start.key), 1)),
                "the first item of the list has no dash",
                "begin it with `- `",
                (Edit(start.first, start.first, "- "),),
            )


def _item_beside_key(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The first item of a list is on the line of its key."""
    for index in (here, here - 1):
        line = lines[index]
        if not line.key or not line.plain_value:
            continue
        follows = lines[index + 1] if index + 1 < len(lines) else None
        is_item = re.match(r"- +(?=\S)", line.value)
        if follows is not None and follows.has_dash and follows.column >= line.entry:
            indent = "\n" + " " * follows.column + ("" if is_item else "- ")
            yield Slip(
                Span(line.value_at, line.value_at + (1 if is_item else len(line.plain_value))),
                f"the first item of the list is on the line of `{line.key}`",
                "begin it on a line of its own",
                (Edit(line.value_at, line.value_at, indent),),
                shows_line=False,
            )


def slips_of_bare_line(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A line that is neither `key: value` nor an item: wrapped text, or a colon is missing."""
    line = lines[here]
    if not _is_bare(line):
        return
    above = lines[here - 1] if here else None
    below = lines[here + 1] if here + 1 < len(lines) else None
    if re.fullmatch(r" *[a-z][\w-]* *", line.text) and below and below.column > line.column:
        end = line.first + len(line.value)
        yield Slip(
            Span(line.first, end),
            f"a colon is missing after `{line.value}`",
            "add it",
            (Edit(end, end, ":"),),
        )
    if re.fullmatch(r" *[a-z][\w-]* *", line.text):
        yield Slip(
            Span(line.first, line.end),
            f"a colon is missing after `{line.value}`",
            f"write `{line.value}: ` and its value, or remove the line",
            (Edit(line.first, line.end, ""),),
            shows_line=False,
        )
    missing = re.match(rf" *({_WORD_KEY})([ ]+)(?=\S)", line.text)
    wrapped: list[Slip] = []
    if above is not None and above.plain_value and line.column <= above.entry:
        width = above.entry + 2
        owner = f"`{above.key}`" if above.key else "the line above"
        wrapped = [
            Slip(
                Span(line.first, line.end),
                "this line is neither `key: value` nor a list item",
                f"if it goes on with the text of {owner}, indent it with {_spaces(width)}",
                (Edit(line.start, line.start + line.column, " " * width),),
                shows_line=False,
            )
        ]
    looks_wrapped = above is not None and len(above.plain_value.split()) > 3
    has_colon = re.search(r":(?: |\Z)", line.value) is not None
    if missing and not has_colon and not (looks_wrapped and wrapped):
        rest = line.text[missing.end() :].rstrip()
        text = rest if rest[0] in "\"'[{" or " #" not in rest else quoted(rest)
        end = line.start + missing.end(1)
        yield Slip(
            Span(line.first, end),
            f"a colon is missing after `{missing[1]}`",
            "add it",
            (Edit(end, line.start + missing.end() + len(rest), f": {text}"),),
        )
    yield from wrapped


def _indentation(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line has more or fewer spaces before it than its neighbours."""
    line = lines[here]
    if here and lines[0].column > line.column == 0:
        # All the lines above have too many.
        surplus = lines[0].column
        group = lines[:here]
        if all(each.column >= surplus for each in group):
            yield Slip(
                Span(group[0].start, group[0].first),
                f"this line begins at column {surplus + 1}, those below at column 1",
                f"remove {_spaces(surplus)} {_before(group)}",
                tuple(Edit(each.start, each.start + surplus, "") for each in group),
                shows_line=False,
            )
    columns: list[tuple[int, Line]] = []
    least = len(line.text) + 10_000
    for above in reversed(lines[:here]):
        if above.entry < least and above.has_dash and above.key and not line.has_dash:
            columns.append((above.entry, above))
        if above.column < least:
            columns.append((above.column, above))
            least = above.column
        if not above.value and above.key and line.has_dash:
            columns.append((above.entry + 2, above))
    columns = [each for each in columns if each[0] != line.column]
    columns.sort(key=lambda each: abs(each[0] - line.column))
    for column, other in columns[:4]:
        yield from _shift(lines, here, column - line.column, other, column)


def _first_of_block(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """The line above is the first below its key, and out of line with those that follow."""
    if here < 2:
        return
    line, above, parent = lines[here], lines[here - 1], lines[here - 2]
    if not parent.key or parent.value or (line.has_dash and not above.has_dash):
        return
    entry = above.column if line.has_dash else above.entry
    change = line.column - entry
    # Nobody indents by an odd number of spaces on purpose where the next line does not.
    if not change % 2 or (line.column - parent.entry) % 2 or above.column + change < 0:
        return
    if change < 0:
        edit = Edit(above.start, above.start - change, "")
    else:
        edit = Edit(above.start, above.start, " " * change)
    name = f"`{line.key}`" if line.key else "the one"
    yield Slip(
        Span(above.start, above.first),
        f"this line begins at column {entry + 1}, {name} below at column {line.column + 1}",
        f"{'remove' if change < 0 else 'add'} {_spaces(abs(change))} {_before([above])}",
        (edit,),
        shows_line=False,
    )


def _shift(
    lines: Sequence[Line], here: int, change: int, other: Line, column: int
) -> Iterator[Slip]:
    """Move the line, or it and those that belong to it, by `change` spaces."""
    line = lines[here]
    block = [line]
    for below in lines[here + 1 :]:
        if below.column < line.column:
            break
        block.append(below)
    deeper = [line]
    for below in lines[here + 1 :]:
        if below.column <= line.column:
            break
        deeper.append(below)
    name = f"`{other.key}` above" if other.key else "the one above"
    span = Span(line.start, line.first) if line.column else Span(line.first, line.first + 1)
    for group in {1: [line], len(deeper): deeper, len(block): block}.values():
        if change < 0:
            edits = tuple(
                Edit(each.start, each.start - change, "")
                for each in group
                if each.column >= -change
            )
            advice = f"remove {_spaces(-change)} {_before(group)}"
        else:
            edits = tuple(Edit(each.start, each.start, " " * change) for each in group)
            advice = f"add {_spaces(change)} {_before(group)}"
        message = f"this line begins at column {line.column + 1}, {name} at column {column + 1}"
        yield Slip(span, message, advice, edits, shows_line=False)


def _runs_on(lines: Sequence[Line], here: int) -> Iterator[Slip]:
    """A text of several lines that needs quotes around all of it."""
    for index in range(here, max(here - 4, -1), -1):
        head = lines[index]
        if not head.key or not head.plain_value or head.value[0] in "\"'[{|>":
            continue
        last = index
        while last + 1 < len(lines) and lines[last + 1].column > head.entry:
            last += 1
        if last == index:
            return
        end = lines[last]
        texts = [head.value, *(line.text for line in lines[index + 1 : last + 1])]
        mark = '"' if not any('"' in text or "\\" in text for text in texts) else "'"
        if mark == "'" and any("'" in text for text in texts):
            return
        stop = end.start + len(end.text.rstrip())
        style = "double" if mark == '"' else "single"
        words = re.sub(r"[^\w.,!? -]", "", end.value)[-20:].strip()
        yield Slip(
            Span(head.value_at, head.value_at + 1),
            f"the text of `{head.key}` goes on below and needs quotes",
            f"put all of it in {style} quotes, from here to its end after `{words}`",
            (Edit(head.value_at, head.value_at, mark), Edit(stop, stop, mark)),
            shows_line=False,
        )
        return


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count or 'no'} spaces"


def _before(group: Sequence[Line]) -> str:
    first = group[0]
    name = f"`{first.key}`" if first.key else "this line"
    if len(group) == 1:
        return f"before {name}"
    return (
        f"before {name} and the {len(group) - 1} lines below"
        if len(group) > 2
        else (f"before {name} and the line below")
    )
