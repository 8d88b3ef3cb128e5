"""What can be wrong with a file before any rule looks at its data."""

from __future__ import annotations

from enum import Enum, auto

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.text.edit import Edit
    from seedlint.text.span import Span


class ProblemKind(Enum):
    """One kind, one rule: the rule whose `on` names the kind finds the words for it."""

    # The one of `Enum` is written in Python and takes as long as all the rest of a look-up.
    __hash__ = object.__hash__

    # the file
    TOO_LARGE = auto()
    NOT_UTF8 = auto()
    UTF16 = auto()
    CONTROL_CHARACTER = auto()
    NONSTANDARD_LINE_BREAK = auto()
    INVISIBLE_CHARACTER = auto()
    # the fence
    MISSING_FRONT_MATTER = auto()
    UNCLOSED_FRONT_MATTER = auto()
    MALFORMED_FENCE = auto()
    FOREIGN_FRONT_MATTER = auto()
    DOTS_FENCE = auto()
    DOUBLED_BRACES = auto()
    # the JSON
    INVALID_JSON = auto()
    # the YAML
    SYNTAX = auto()
    MERGE_CONFLICT = auto()
    TAB_INDENTATION = auto()
    UNCLOSED_QUOTE = auto()
    UNQUOTED_COLON = auto()
    DIRECTIVE = auto()
    MULTIPLE_DOCUMENTS = auto()
    DUPLICATE_KEY = auto()
    NON_STRING_KEY = auto()
    ROOT_NOT_MAPPING = auto()
    TAG = auto()
    TAG_MISMATCH = auto()
    UNKNOWN_ALIAS = auto()
    RECURSIVE_ALIAS = auto()
    REDEFINED_ANCHOR = auto()
    INVALID_MERGE = auto()
    NOT_JSON_NUMBER = auto()
    AMBIGUOUS_SCALAR = auto()
    TEXT_CUT_BY_COMMENT = auto()
    UNUSED_ANCHOR = auto()
    STRAY_QUOTE = auto()
    TYPOGRAPHIC_QUOTES = auto()
    SWALLOWED_ITEM = auto()
    ESCAPED_CONTROL_CHARACTER = auto()
    ROUNDED_INTEGER = auto()
    UNPORTABLE_SYNTAX = auto()
    # the limits
    TOO_DEEP = auto()
    TOO_MANY_NODES = auto()
    TOO_MANY_ALIASED_NODES = auto()
    TOO_MANY_FINDINGS = auto()
    TOO_SLOW = auto()
    # comments to seedlint
    UNUSED_SUPPRESSION = auto()
    UNKNOWN_SUPPRESSION = auto()
    BLANKET_SUPPRESSION = auto()
    UNKNOWN_DIRECTIVE = auto()
    UNUSED_IGNORE_AT = auto()
    # the configuration
    UNMATCHED = auto()
    UNUSED_SCHEMA = auto()
    # seedlint and the machine
    UNREADABLE = auto()
    CRASH = auto()


PREVENTS_CHECKING = frozenset(
    {
        ProblemKind.TOO_LARGE,
        ProblemKind.NOT_UTF8,
        ProblemKind.UTF16,
        ProblemKind.CONTROL_CHARACTER,
        ProblemKind.NONSTANDARD_LINE_BREAK,
        ProblemKind.MISSING_FRONT_MATTER,
        ProblemKind.UNCLOSED_FRONT_MATTER,
        ProblemKind.MALFORMED_FENCE,
        ProblemKind.FOREIGN_FRONT_MATTER,
        ProblemKind.INVALID_JSON,
        ProblemKind.SYNTAX,
        ProblemKind.MERGE_CONFLICT,
        ProblemKind.TAB_INDENTATION,
        ProblemKind.UNCLOSED_QUOTE,
        ProblemKind.UNQUOTED_COLON,
        ProblemKind.DIRECTIVE,
        ProblemKind.MULTIPLE_DOCUMENTS,
        ProblemKind.ROOT_NOT_MAPPING,
        ProblemKind.UNKNOWN_ALIAS,
        ProblemKind.RECURSIVE_ALIAS,
        ProblemKind.TOO_DEEP,
        ProblemKind.TOO_MANY_NODES,
        ProblemKind.TOO_MANY_ALIASED_NODES,
        ProblemKind.TOO_SLOW,
        ProblemKind.UNREADABLE,
        ProblemKind.CRASH,
    }
)
"""The kinds that prevent a file from being checked. No setting or comment hides them."""

ABOUT_VALUES = frozenset(
    {
        ProblemKind.DUPLICATE_KEY,
        ProblemKind.NON_STRING_KEY,
        ProblemKind.TAG,
        ProblemKind.TAG_MISMATCH,
        ProblemKind.REDEFINED_ANCHOR,
        ProblemKind.INVALID_MERGE,
        ProblemKind.NOT_JSON_NUMBER,
        ProblemKind.AMBIGUOUS_SCALAR,
        ProblemKind.TEXT_CUT_BY_COMMENT,
        ProblemKind.UNUSED_ANCHOR,
        ProblemKind.STRAY_QUOTE,
        ProblemKind.TYPOGRAPHIC_QUOTES,
        ProblemKind.SWALLOWED_ITEM,
        ProblemKind.ESCAPED_CONTROL_CHARACTER,
        ProblemKind.ROUNDED_INTEGER,
        ProblemKind.UNPORTABLE_SYNTAX,
    }
)
"""The kinds that are about one value, or its key, of a document that can be checked."""


class Reading(Enum):
    """One of the two ways to read a value: as all of the text that is written, or as less."""

    TEXT = auto()
    OTHER = auto()


class Problem(NamedTuple):
    """A problem and its place in file offsets.

    `detail` is the text at fault, or a sentence about it; `related` is a second place that
    explains it (the first of two equal keys, the opening of an unclosed quote); `limit` the bound
    that was passed. `advice` says how to mend it, and `proposal` is what to write instead (a line,
    a comment), "" if there is none. `refused` is the one of two readings of the
    text that the contract refuses. `edits` mend it, if that is known; they are a guess unless the
    fix `is_safe`.
    """

    kind: ProblemKind
    span: Span
    detail: str = ""
    related: Span | None = None
    limit: int = 0
    advice: str = ""
    proposal: str = ""
    refused: Reading | None = None
    edits: tuple[Edit, ...] = ()
    is_safe: bool = True
