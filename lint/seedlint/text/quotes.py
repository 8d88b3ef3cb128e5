"""Quotation marks: of YAML around a value, at the ends of a text, and backticks in messages."""

from __future__ import annotations

TYPOGRAPHIC_CLOSINGS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
}
"""The marks that close what an opening mark opens, in the languages that have it."""

DOUBLE_MARKS = frozenset('"“”„«»')
"""Marks that are stray at an end of a text if they have no partner in it."""

_MOST_SHOWN = 60
# Single marks are apostrophes as well, so those inside a pair of double marks do not count.
_SINGLE = frozenset("‘’‚‹›")


def is_in_typographic_quotes(text: str) -> bool:
    """Whether one pair of typographic marks wraps the whole text.

    A double one may be closed by a straight quote, or by the mark that opened it.
    """
    if len(text) < 2 or text[0] not in TYPOGRAPHIC_CLOSINGS:
        return False
    closings = TYPOGRAPHIC_CLOSINGS[text[0]]
    if text[0] in DOUBLE_MARKS:
        closings += '"' + text[0]
    if text[-1] not in closings:
        return False
    return (DOUBLE_MARKS if text[0] in DOUBLE_MARKS else _SINGLE).isdisjoint(text[1:-1])


def find_stray_quote(text: str) -> int | None:
    """The index of the only double mark of a text, if it is at the beginning or the end.

    A straight one after a digit means inches. Apostrophes end words, so single marks do not
    count.
    """
    if not text or (text[0] not in DOUBLE_MARKS and text[-1] not in DOUBLE_MARKS):
        return None
    if sum(text.count(mark) for mark in DOUBLE_MARKS) != 1:
        return None
    if text[0] in DOUBLE_MARKS:
        return 0
    is_inches = text[-1] == '"' and text[-2:-1].isdigit()
    return None if is_inches else len(text) - 1


def explain_stray_quote(text: str, at: int) -> tuple[str, str]:
    """What is wrong with a mark that `find_stray_quote` finds at `at`, and what to do about it."""
    where = "end" if at else "beginning"
    message = f"the quotation mark {quote(text[at])} at the {where} of the text has no partner"
    return message, "remove it, or add its partner"


def quote(value: str, limit: int = _MOST_SHOWN) -> str:
    """A text of the seed inside a message: in backticks, on one line, cut at `limit` characters.

    A text with backticks of its own is in two of them, as in Markdown. Control characters are made
    visible where a report is written, line breaks here.
    """
    text = value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\r")
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    if "`" not in text:
        return f"`{text}`"
    before, after = " " * text.startswith("`"), " " * text.endswith("`")
    return f"``{before}{text}{after}``"


def quoted(text: str) -> str:
    """`text` as a YAML value in quotes, in those that ask for the fewest changes inside."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def style_of(value: str) -> str:
    """The style of a value in quotes: `single` or `double`."""
    return "single" if value[0] == "'" else "double"


def propose_quotes(text: str) -> str:
    """How to put quotes around the whole of `text`; a short text is shown in them."""
    value = quoted(text)
    # Backticks would end the quotation in the help.
    if len(text) <= _MOST_SHOWN and text.isprintable() and "`" not in text:
        return f"write `{value}`"
    if style_of(value) == "double":
        return "put the whole value in quotes"
    twice = ", and write each `'` in it twice" if "'" in text else ""
    return f"put the whole value in single quotes{twice}"
