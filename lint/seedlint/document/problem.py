"""What can be wrong with a file before any rule looks at its data."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from seedlint.text.span import Span


class ProblemKind(Enum):
    """One kind, one rule: the rule whose `on` names the kind finds the words for it."""

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
    # seedlint and the machine
    UNREADABLE = auto()
    CRASH = auto()


class Problem(NamedTuple):
    """A problem and its place in file offsets.

    `detail` is the text at fault, or a sentence about it; `related` is a second place that
    explains it (the first of two equal keys, the opening of an unclosed quote); `limit` the bound
    that was passed. `advice` says how it is mended, and `proposal` is the line as it should be
    written, "" if words say it better.
    """

    kind: ProblemKind
    span: Span
    detail: str = ""
    related: Span | None = None
    limit: int = 0
    advice: str = ""
    proposal: str = ""
