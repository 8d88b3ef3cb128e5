"""The help and the fix for a problem of the file, and the fix for a misspelt word."""

from __future__ import annotations

from collections.abc import Iterable

from seedlint.document.problem import Problem
from seedlint.fix.operation import ProposedFix, RenameKey, ReplaceScalar
from seedlint.rules.base import quote
from seedlint.text.nearest import is_certain_slip

_LONGEST_PROPOSAL = 120


def fix_for(problem: Problem, message: str = "") -> ProposedFix | None:
    """The fix for a problem that has edits; None for one that has none.

    The problem's advice describes the fix, or `message` if the problem has no advice. These are the
    words of the help, too, so that reports can say them once.
    """
    if not problem.edits:
        return None
    message = problem.advice or message
    if problem.proposal and message.startswith("write "):
        message = help_for(problem, message)
    elif problem.proposal:
        message = f"write {quote(problem.proposal, _LONGEST_PROPOSAL)}"
    return ProposedFix(message, edits=problem.edits, is_safe=problem.is_safe)


def help_for(problem: Problem, otherwise: str) -> str:
    """The advice of the diagnosis, with the line to write if it proposes one.

    `otherwise` is the help for problems without advice.
    """
    advice = problem.advice or otherwise
    if not problem.proposal:
        return advice
    joint = ":" if advice.startswith("write ") else ": write"
    return f"{advice}{joint} {quote(problem.proposal, _LONGEST_PROPOSAL)}"


def write_near(text: str, near: str, known: Iterable[str]) -> ProposedFix:
    """The fix that writes `near` in place of `text`; safe if no other `known` text is as near."""
    is_safe = is_certain_slip(text, near, known)
    return ProposedFix(f"write {quote(near)}", (ReplaceScalar((), near),), is_safe=is_safe)


def rename_to_near(key: str, near: str, known: Iterable[str]) -> ProposedFix:
    """The fix that renames `key` to `near`; safe if no other `known` key is as near."""
    is_safe = is_certain_slip(key, near, known)
    return ProposedFix(f"rename it to {quote(near)}", (RenameKey((key,), near),), is_safe=is_safe)
