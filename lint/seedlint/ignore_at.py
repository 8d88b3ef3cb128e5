"""`ignore-at`: rules that a configuration leaves out at some places of the data.

A pattern is a JSON Pointer in which a step `*` stands for any one step and `**` for any number of
them. It matches the value that it leads to, not what is inside. A key that is missing has no
place of its own, so its pattern is the one that it would have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from seedlint.document.pointer import format_pointer
from seedlint.document.problem import ABOUT_VALUES, ProblemKind
from seedlint.errors import ConfigError
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.settings import selects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seedlint.diagnostic import Diagnostic
    from seedlint.document.document import Document
    from seedlint.rules.base import Rule
    from seedlint.settings import Settings

_ANY, _ANY_NUMBER = "*", "**"
# The one rule whose findings are about what is not there.
_MISSING_KEY = "missing-key"


class IgnoredAt(NamedTuple):
    """One rule, or several by one selector, that a configuration leaves out where `pattern` leads.

    `file` is the configuration that says so, as shown to people, and `key` leads to the selector
    in its tables and lists.
    """

    pattern: str
    selector: str
    file: str = ""
    key: tuple[str | int, ...] = ()


Answers = Callable[["Diagnostic", "Document"], Sequence[int]]
"""Gives the numbers of the entries of `ignore-at` that suppress a finding in a document."""


def check_pointer_pattern(pattern: str) -> None:
    """Raise ConfigError for a pattern that can lead nowhere, or not where it was meant to."""
    if pattern and not pattern.startswith("/"):
        raise ConfigError("a pattern of places begins with `/`, as in `/related/*/webUrl`")
    for step in pattern.split("/"):
        if "*" in step and step not in (_ANY, _ANY_NUMBER):
            raise ConfigError("`*` stands for a whole step, as in `/related/*/webUrl`")


def check_ignored_at(selector: str) -> None:
    """Raise ConfigError for a selector if none of its rules is about values."""
    if not any(selects(selector, rule) and _is_about_data(rule) for rule in all_rules().values()):
        raise ConfigError(
            f"what `{selector}` reports is in no value; `ignore` and `per-file-ignores` take it"
        )


def _is_about_data(rule: Rule) -> bool:
    if rule.on.kind == "problem":
        return ProblemKind[rule.on.names[0]] in ABOUT_VALUES
    return rule.on.kind in ("keyword", "binding", "cross-file")


def answers_of(entries: Sequence[IgnoredAt]) -> Answers:
    """What tells which of some entries suppress a finding."""

    @cache
    def about(code: str) -> Sequence[tuple[int, Sequence[str]]]:
        rule = all_rules()[code]
        return [
            (number, each.pattern.split("/"))
            for number, each in enumerate(entries)
            if selects(each.selector, rule) and _is_about_data(rule)
        ]

    def answers(diagnostic: Diagnostic, document: Document) -> Sequence[int]:
        found = about(diagnostic.code)
        if not found or (place := _place_of(diagnostic, document)) is None:
            return ()
        steps = place.split("/")
        return [number for number, pattern in found if _matches(pattern, steps)]

    return answers


def _place_of(diagnostic: Diagnostic, document: Document) -> str | None:
    """The pointer that patterns are compared with; None if a finding has none."""
    if all_rules()[diagnostic.code].on.kind == "problem":
        if not document.is_checkable:
            return None
        return format_pointer(document.pointer_map.pointer_at(diagnostic.region.start))
    if diagnostic.pointer is not None and diagnostic.name == _MISSING_KEY:
        return diagnostic.pointer + format_pointer((diagnostic.subject,))
    return diagnostic.pointer


def _matches(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    """Whether steps fit those of a pattern. Takes no longer than one times the other."""
    at = wanted = 0
    # Where the last `**` is, and how far it reaches so far.
    retry: tuple[int, int] | None = None
    while at < len(steps):
        if wanted < len(pattern) and pattern[wanted] == _ANY_NUMBER:
            retry = wanted, at
            wanted += 1
        elif wanted < len(pattern) and pattern[wanted] in (_ANY, steps[at]):
            wanted += 1
            at += 1
        elif retry:
            retry = retry[0], retry[1] + 1
            wanted, at = retry[0] + 1, retry[1]
        else:
            return False
    return all(step == _ANY_NUMBER for step in pattern[wanted:])


def unused_entries(settings: Settings, used: Iterable[IgnoredAt]) -> list[IgnoredAt]:
    """The entries that suppress nothing in a run over everything, though their rules were on.

    `used` are those that suppressed a finding.
    """
    every = settings.of_each()
    in_force: Mapping[IgnoredAt, list[Settings]] = {
        entry: [each for each in every if entry in each.ignore_at] or [settings]
        for each in (settings, *every)
        for entry in each.ignore_at
    }
    known = set(used)
    return [
        entry
        for entry, where in in_force.items()
        if entry not in known and any(_are_asked(entry.selector, each) for each in where)
    ]


def _are_asked(selector: str, settings: Settings) -> bool:
    """Whether all rules that a selector means are on."""
    return all(
        settings.severity_of(rule) is not None
        for rule in all_rules().values()
        if selects(selector, rule) and _is_about_data(rule)
    )
