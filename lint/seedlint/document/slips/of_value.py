"""Mistakes in the value of one line: quotes, brackets, and characters that need quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.document.problem import ProblemKind
from seedlint.document.slips.line import SECOND_KEY, WORD_KEY, Line, Slip, is_whole
from seedlint.document.slips.of_brackets import (
    INDICATORS,
    MISSING_COMMA,
    is_collection,
    slips_of_brackets,
)
from seedlint.text.edit import Edit
from seedlint.text.quotes import (
    DOUBLE_MARKS,
    TYPOGRAPHIC_CLOSINGS,
    find_stray_quote,
    quoted,
    style_of,
)
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

# Patterns that few values call for are compiled when one does.
_ADDRESS_WITH_SPACE = r"([A-Za-z]{2,10}:)( +)(//[^\s]+)\Z"
# Pairs on one line, as in braces.
_PAIR = r"[a-z][\w-]{0,59}: [^\s,:\"'{}\[\]#][^,:\"'{}\[\]#]*"
_PAIRS = rf"{_PAIR}(?:, {_PAIR})+"
_NAMES_OF_MARKS = {",": "comma", ";": "semicolon"}
_SPACED_KEY = r"(\w[\w -]{0,58}\w): +(?=\S)"
_MARKED_KEY = rf"([*&!]{{1,3}})({WORD_KEY})(?:\**:|:\*{{1,3}})(?= |\Z)"
# A backslash that begins no escape of YAML: what is before it are whole escapes.
_BAD_ESCAPE = (
    r"(?<!\\)(?:\\\\)*(\\(?:x(?![0-9A-Fa-f]{2})|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8})"
    r"|[^0abt\tnvfre \"/\\N_LPxuU\r\n]))"
)
_QUOTED = {'"': r'(?s)"[^"\\]*(?:\\.[^"\\]*)*"', "'": r"'[^']*(?:''[^']*)*'"}
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
# Another key right behind a closing quote, where two lines were joined.
_GLUED_KEY = r"([a-z][\w-]{0,59}):(?= )"
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_BACKSLASHED_ADDRESS = r"(https?:)[\\/]{2}(\S*)\Z"
_QUOTED_TWICE = r"""(["'])\1+([^"'\\]+)\1{2,}"""
_QUOTED_ADDRESS = r".https?://\S+."
_QUOTED_TEXTS = r"""(?:"[^"]*"|'[^']*')(?: +(?:"[^"]*"|'[^']*'))+"""
_SPACED_NUMBER = r"-( +)[0-9]+(?:\.[0-9]+)?"
# What parts list items on one line, and what an item in brackets cannot have without quotes.
_DASH = r"(?:\A|(?<=\s))-(?=\s|\Z)"
_IN_BRACKETS = r"""[\[\]{},#&*!|>'"%@`:?]"""
# A colon that ends a key.
_COLON = re.compile(r":(?= |\Z)")


def slips_of_value(line: Line) -> Iterator[Slip]:
    """What may be wrong with the value of a line."""
    value, at = line.value, line.value_at
    first, plain = value[0], line.plain_value
    if " //" in plain and (address := re.match(_ADDRESS_WITH_SPACE, plain)):
        yield Slip(
            Span(at + address.start(2), at + address.end(2)),
            "a space inside the address",
            "remove it",
            (Edit(at + address.start(2), at + address.end(2), ""),),
            fix="safe",
        )
    if plain[:1] in TYPOGRAPHIC_CLOSINGS:
        yield from _typographic_quotes(line)
    if first in "\"'":
        yield from _after_closing_quote(line)
        return
    if not plain:
        return
    if line.key and (second := SECOND_KEY.search(plain)) and is_whole(plain[: second.start()]):
        yield _second_key(line, plain, second)
    if line.key and ", " in plain and re.fullmatch(_PAIRS, plain):
        yield Slip(
            Span(at, at + 1),
            f"the keys of {line.name} cannot be on its line",
            "put them in braces",
            (Edit(at, at + len(plain), f"{{{plain}}}"),),
        )
    if first in "[{" or plain.startswith("!["):
        yield from slips_of_brackets(line, plain)
    if not line.key and (spaced := re.match(_SPACED_KEY, plain)):
        # A key of several words.
        rest = plain[spaced.end() :]
        if colon := _COLON.search(rest):
            start = at + spaced.end()
            yield Slip(
                Span(start + colon.start(), start + colon.end()),
                f"colon inside the unquoted value of `{spaced[1]}`",
                "put the value in quotes",
                (Edit(start, at + len(plain), quoted(rest)),),
                ProblemKind.UNQUOTED_COLON,
                fix="unsafe" if line.is_cut else "safe",
            )
    if line.is_bare and _COLON.match(plain):
        yield Slip(
            Span(at, at + 1),
            "the key before this colon is missing",
            "write the key, or remove the line",
            (Edit(line.first, line.end, ""),),
            shows_line=False,
            fix=None,
        )
        return
    key_end = len(line.key)
    if (
        line.key
        and value.startswith(f"{line.key}: ")
        and (colon := re.match(r": +(?=\S)", value[key_end:]))
    ):
        rest = plain[key_end + colon.end() :]
        needs_quotes = rest and rest[0] not in "\"'[{" and _COLON.search(rest)
        yield Slip(
            Span(at, at + len(line.key)),
            f"the key {line.name} is there twice",
            "remove one of the two",
            (Edit(at, at + len(plain), quoted(rest) if needs_quotes else rest),),
            fix=None,
        )
    if line.is_bare and (marked := re.match(_MARKED_KEY, plain)):
        yield Slip(
            Span(at, at + 1),
            f"`{marked[1]}` before a key",
            "remove it",
            (Edit(at, at + marked.end(), f"{marked[2]}:"),),
            fix=None,
        )
    if line.is_bare and not line.column:
        # Text alone is nothing among the keys of the front matter, in quotes or not.
        return
    quote_it = Edit(at, at + len(plain), quoted(plain))
    what = f"the value of {line.name}" if line.key else "the text"
    advice = f"put {what} in {style_of(quote_it.text)} quotes"
    # A quote that is left over may have had a partner where the value begins.
    is_all = not line.is_cut and find_stray_quote(plain) is None
    if first in INDICATORS and (first not in "-?:" or plain[1:2] in ("", " ")):
        # An asterisk at the beginning of a line begins an item in other languages.
        if is_collection(plain) or (first == "*" and plain[1:2] == " " and line.is_bare):
            return
        message = _MEANINGS.get(first, f"`{first}` cannot begin a value")
        if first == "`":
            message = "a backtick cannot begin a value"
        entity = re.match(_ENTITY, plain) if first == "&" else None
        if entity is not None:
            from html import unescape

            quote_it = quote_it._replace(text=quoted(unescape(plain)))
            advice = f"put {what} in {style_of(quote_it.text)} quotes"
            advice = f"write the character that `{entity[0]}` stands for, and {advice}"
        if first == "-" and line.key and (number := re.fullmatch(_SPACED_NUMBER, plain)):
            yield Slip(
                Span(at + 1, at + number.end(1)),
                "a space after the minus sign",
                "remove it",
                (Edit(at + 1, at + number.end(1), ""),),
            )
        if first == "-" and line.key:
            yield from _items_beside_key(line, plain)
            advice = f"begin an item on a line of its own; if it is text, {advice}"
        if plain in ("-", "?") and line.key:
            # What people write for a value that they do not know.
            joint = ", or " if plain == "-" else "; if it is text, "
            advice = f"write a value in its place{joint}{advice}"
        is_certain = (
            first in "*&!@`%"
            or plain.startswith(("{{", "{%"))
            or (first == "[" and "," not in plain)
        )
        yield Slip(
            Span(at, at + 1),
            message,
            advice,
            (quote_it,),
            fix=None
            if entity or len(plain) == 1
            else "safe"
            if is_certain and is_all
            else "unsafe",
        )
    elif line.key and (colon := _COLON.search(plain)):
        message = f"colon inside the unquoted value of {line.name}"
        start = at + colon.start()
        kind = ProblemKind.UNQUOTED_COLON
        is_last = colon.end() == len(plain)
        if is_last:
            # It may be a slip, as in `type: article:`.
            advice = f"remove it, or {advice}"
        yield Slip(
            Span(start, start + 1),
            message,
            advice,
            (quote_it,),
            kind,
            fix="safe" if is_all and not is_last else "unsafe",
        )


def slips_of_comment(line: Line) -> Iterator[Slip]:
    """A value that begins with a number sign, which makes a comment of it."""
    at, text = line.value_at, line.value
    what = f"the value of {line.name}" if line.key else "the item"
    mended = quoted(text)
    yield Slip(
        Span(at, at + 1),
        _MEANINGS["#"],
        f"`#` begins a comment; put {what} in {style_of(mended)} quotes",
        (Edit(at, at + len(text), mended),),
    )


def _second_key(line: Line, text: str, second: re.Match[str]) -> Slip:
    """More keys in `text`, the value of a line; the first of them is `second`."""
    found = [second]
    while (following := SECOND_KEY.search(text, found[-1].end())) and is_whole(
        text[found[-1].end() : following.start()]
    ):
        found.append(following)
    at = line.value_at
    name = f"`{second[1]}`"
    if len(found) > 1:
        name += f" and {len(found) - 1} more" if len(found) > 2 else f" and `{found[1][1]}`"
    marks = {each[0].strip(" ")[0] for each in found if each.start() < each.start(1)}
    marks &= _NAMES_OF_MARKS.keys()
    plural = "s" if len(found) > 1 else ""
    surplus = f", and remove the {_NAMES_OF_MARKS[marks.pop()]}{plural}" if len(marks) == 1 else ""
    return Slip(
        Span(at + second.start(1), at + second.end(1)),
        f"a second key, `{second[1]}`, on the line of {line.name}",
        f"begin a new line before {name}{surplus}",
        tuple(
            Edit(at + each.start(), at + each.start(1), "\n" + " " * line.entry) for each in found
        ),
        shows_line=False,
    )


def _typographic_quotes(line: Line) -> Iterator[Slip]:
    """Typographic quotes around a value that begins with one."""
    text, at = line.plain_value, line.value_at
    if len(text) < 2:
        return
    plain = '"' if text[0] in DOUBLE_MARKS else "'"
    # Also closed by a plain quote, or by the mark that opened it.
    if text[-1] in TYPOGRAPHIC_CLOSINGS[text[0]] + plain + text[0]:
        yield Slip(
            Span(at, at + 1),
            f"`{text[0]}` is a typographic quote, which YAML takes for a letter",
            "write plain quotes",
            (Edit(at, at + len(text), quoted(text[1:-1].strip())),),
        )


def _after_closing_quote(line: Line) -> Iterator[Slip]:
    """Something follows the quote that closes a value."""
    value, at = line.value, line.value_at
    mark = value[0]
    closing = re.match(_QUOTED[mark], value)
    if closing is None:
        return
    rest = value[closing.end() :]
    text = rest.strip()
    if mark == '"' and "\\" in closing[0] and (escape := re.search(_BAD_ESCAPE, closing[0])):
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
            # A full stop may belong to the text.
            fix="safe" if text != "." else "unsafe",
        )
    if comment := re.match(r"/{2,9}|/\*|<!--|--|;|,? ?#", text):
        words = re.sub(r"(?:\*/|-->)\Z", "", text[comment.end() :]).strip()
        yield Slip(
            Span(rest_at, rest_at + comment.end()),
            f"`{comment[0]}` does not begin a comment",
            "begin a comment with a space and `#`",
            (Edit(at + closing.end(), end, f" # {words}"),),
            # Behind the others the text may go on.
            fix="safe" if comment[0][0] in "/<,# " else "unsafe",
        )
    second = SECOND_KEY.match(value, closing.end()) or re.compile(_GLUED_KEY).match(
        value, closing.end()
    )
    if line.key and second:
        yield _second_key(line, value.rstrip(), second)
    if line.key and re.fullmatch(_QUOTED_TEXTS, value.rstrip()):
        gaps = [found.end(1) for found in re.finditer(MISSING_COMMA, value)]
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
    body = value.rstrip()
    if (twice := re.fullmatch(_QUOTED_TWICE, body)) and len(body) > closing.end():
        yield Slip(
            Span(at, at + 1),
            "the quotes are there twice",
            "write one pair of quotes",
            (Edit(at, end, f"{mark}{twice[2]}{mark}"),),
        )
    if line.key and re.fullmatch(_QUOTED_ADDRESS, closing[0]):
        yield Slip(
            after,
            "text after the closing quote of an address",
            "remove it",
            (Edit(at + closing.end(), end, ""),),
            fix=None,
        )
    if body.endswith(mark) and len(body) > closing.end():
        mended, advice = _quotes_inside(body)
        name = "quote" if mark == '"' else "apostrophe"
        last = at + closing.end() - 1
        yield Slip(
            Span(last, last + 1),
            f"this {name} ends the text, which goes on after it",
            advice,
            (Edit(at, end, mended),),
            # It begins a quotation or is inside a word, so the first quote is around all of it.
            fix="safe" if body[closing.end()].isalnum() else "unsafe",
        )
    mended = quoted(body)
    yield Slip(
        Span(after.start, after.end),
        "text after the closing quote",
        f"put the whole value in {style_of(mended)} quotes",
        (Edit(at, end, mended),),
        fix="safe",
    )


def _quotes_inside(value: str) -> tuple[str, str]:
    """A value in quotes that has some of its quotes inside, mended; and what was done."""
    mark, inner = value[0], value[1:-1]
    if mark == '"' and "\\" not in inner:
        return quoted(inner), "put single quotes around the whole"
    if mark == '"':
        mended = re.sub(r'(?<!\\)"', r"\\" + '"', inner)
        return f'"{mended}"', 'write `\\"` for a quote inside'
    if "\\'" in inner and '"' not in inner:
        mended = inner.replace("\\'", "'")
        return f'"{mended}"', "put double quotes around the whole"
    if '"' not in inner and "\\" not in inner:
        return f'"{inner}"', "put double quotes around the whole"
    mended = inner.replace("''", "'").replace("'", "''")
    return f"'{mended}'", "write `''` for an apostrophe inside"


def _bad_escape(line: Line, text: str, escape: re.Match[str]) -> Iterator[Slip]:
    """A backslash in double quotes that was meant as one."""
    at = line.value_at
    span = Span(at + escape.start(1), at + escape.end(1))
    message = f"`{escape[1]}` means nothing in double quotes"
    inner = text[1:-1]
    if address := re.match(_BACKSLASHED_ADDRESS, inner):
        path = re.sub(r"\\+", "/", address[2])
        mended = f'"{address[1]}//{path}"'
        yield Slip(span, message, "write slashes", (Edit(at, at + len(text), mended),), fix=None)
        return
    if "'" not in inner and '\\"' not in inner and "\\\\" not in inner:
        advice = "put single quotes around the whole"
        mended = f"'{inner}'"
    else:
        advice = "write two backslashes for one"
        mended = re.sub(_BAD_ESCAPE, lambda found: found[0].replace("\\", "\\\\", 1), text)
    has_others = text.count("\\") > len(re.findall(_BAD_ESCAPE, text))
    fix: Literal["safe", "unsafe"] = "unsafe" if has_others else "safe"
    yield Slip(span, message, advice, (Edit(at, at + len(text), mended),), fix=fix)


def _items_beside_key(line: Line, plain: str) -> Iterator[Slip]:
    """Several items of a list on the line of its key: `topics: - A - B`."""
    items = [item.strip() for item in re.split(_DASH, plain) if item.strip()]
    if len(items) > 1 and not any(re.search(_IN_BRACKETS, item) for item in items):
        at = line.value_at
        yield Slip(
            Span(at, at + 1),
            "`- ` begins a list item, which has a line of its own",
            "begin each item on a line of its own, or put them in brackets",
            (Edit(at, at + len(plain), f"[{', '.join(items)}]"),),
        )
