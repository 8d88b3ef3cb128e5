"""Parts of a pattern that other validators of JSON Schema refuse or read differently.

seedlint gives every pattern the meaning of ECMA-262. Ajv compiles patterns with the flag `u`, which
refuses much that JavaScript takes without it. Validators in .NET use its own regular expressions,
most of them without the option `ECMAScript`. What seedlint refuses itself is in `patterns.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedlint.named_tuple import NamedTuple
from seedlint.text.patterns import TOKEN

_AJV = "https://ajv.js.org/options.html#unicoderegexp"
_DOTNET = "https://learn.microsoft.com/dotnet/standard/base-types/"
_CLASSES = f"{_DOTNET}character-classes-in-regular-expressions"


class Construct(NamedTuple):
    """What is not portable.

    `reads` is what other tools make of it, as the end of a sentence; `instead` what to write;
    `source` says where that is laid down.
    """

    reads: str
    instead: str
    source: str


CONSTRUCTS = {
    "escape": Construct(
        "is an escape that Ajv refuses", "write the character without the backslash", _AJV
    ),
    "bracket": Construct("has no partner, which Ajv refuses", "write a backslash before it", _AJV),
    "digit": Construct(
        "means the digits of every script in .NET, here only `0` to `9`",
        "write `[0-9]`, or `0-9` in a class",
        _CLASSES,
    ),
    "no-digit": Construct(
        "leaves out the digits of every script in .NET, here only `0` to `9`",
        "write `[^0-9]`",
        _CLASSES,
    ),
    "word": Construct(
        "means the letters of every script in .NET, here only those of ASCII",
        "write `[A-Za-z0-9_]`, or `A-Za-z0-9_` in a class",
        _CLASSES,
    ),
    "no-word": Construct(
        "leaves out the letters of every script in .NET, here only those of ASCII",
        "write `[^A-Za-z0-9_]`",
        _CLASSES,
    ),
    "property": Construct(
        "is a property that .NET does not know",
        "write a short name of a general category, such as `\\p{Lu}`, or the ranges themselves",
        _CLASSES,
    ),
    "code-point": Construct(
        "is an escape that .NET does not know",
        "write the character itself, or `\\u` and four digits",
        f"{_DOTNET}character-escapes-in-regular-expressions",
    ),
    "pair": Construct(
        "is two characters in .NET, which take it apart here",
        "write alternatives, as in `(?:😀|😎)`",
        f"{_DOTNET}character-encoding-introduction",
    ),
    "look-behind": Construct(
        "is a look-behind, which Safari before 16.4 refuses",
        "say it without, for example with `not` beside the pattern",
        "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Regular_expressions"
        "/Lookbehind_assertion#browser_compatibility",
    ),
    "number": Construct(
        "counts groups, and .NET counts those without a name first",
        "give the group a name and write `\\k<name>`",
        f"{_DOTNET}grouping-constructs-in-regular-expressions",
    ),
    "subtraction": Construct(
        "takes characters away in .NET",
        "write a backslash before the `[`",
        f"{_CLASSES}#character-class-subtraction-base_group---excluded_group",
    ),
}
"""Each kind of part that is not portable."""

UNPORTABLE_FORMATS = frozenset(["idn-email", "idn-hostname", "iri", "iri-reference"])
"""Formats that Ajv refuses; those it can have: https://ajv.js.org/packages/ajv-formats.html."""

# General categories as .NET names them; it has no long names and no scripts.
_CATEGORIES = """
L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp
C Cc Cf Cs Co Cn
"""
# ECMA-262, SyntaxCharacter, and the slash: what may be escaped with the flag `u`.
_ESCAPABLE = frozenset("^$\\.*+?()[]{}|/")
_OF_ESCAPE = {"d": "digit", "D": "no-digit", "w": "word", "W": "no-word"}


# What other engines have and ECMA-262 has not, as it begins, and what to write instead.
REFUSED = {
    r"\A": "write `^`",
    r"\Z": "write `$`",
    r"\z": "write `$`",
    r"\h": r"write `[ \t]`",
    "(?P<": "write `(?<name>`, without the `P`",
    "(?P=": r"write `\k<name>`",
    "(?i": "write both letters, as in `[Aa]`",
    "(?#": "remove the comment",
    "(?>": "write `(?:`",
    "+": "remove the second `+`",
}
"""Constructs that no pattern of JSON Schema can have."""


class Part(NamedTuple):
    """A part of a pattern that is not portable: its kind, and where it is."""

    kind: str
    start: int
    end: int


def advise_refused(pattern: str, offset: int) -> str | None:
    """What to write instead of what is refused at an offset of a pattern."""
    return next(
        (advice for start, advice in REFUSED.items() if pattern.startswith(start, offset)), None
    )


def find_unportable(pattern: str) -> Iterator[Part]:
    """The parts of a pattern, which seedlint takes, that are not portable."""
    in_class = False
    has_names = re.search(r"\(\?<[A-Za-z_]", pattern) is not None
    for match in TOKEN.finditer(pattern):
        token, start, end = match[0], match.start(), match.end()
        kind: str | None = None
        if match["escape"]:
            kind = _of_escape(match["escape"], in_class)
            if match["escape"].isdigit() and match["escape"] != "0" and has_names:
                kind = "number"
        elif in_class:
            in_class = token != "]"
            if token == "-" and pattern.startswith("[", end):
                kind = "subtraction"
        elif match["opening"]:
            in_class = True
        elif token in ("{", "}", "]"):
            kind = "bracket"
        elif token.startswith(("(?<=", "(?<!")):
            kind = "look-behind"
        is_pair = token > "\uffff" or (match["escape"] or "").count("u") == 2
        if is_pair and (in_class or pattern[end : end + 1] in ("*", "+", "?", "{")):
            kind = "pair"
        if kind is not None:
            yield Part(kind, start, end)


def _of_escape(escape: str, in_class: bool) -> str | None:
    letter = escape[0]
    if letter in "pP" and len(escape) > 1:
        return None if escape[2:-1] in _CATEGORIES.split() else "property"
    if letter == "u" and escape[1:2] == "{":
        return "code-point"
    if len(escape) > 1 or (escape.isascii() and escape.isalnum()):
        return _OF_ESCAPE.get(escape)
    if escape in _ESCAPABLE or (in_class and escape == "-"):
        return None
    return "escape"
