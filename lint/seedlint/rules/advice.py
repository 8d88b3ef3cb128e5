"""What to do about a problem of the file, in one line."""

from __future__ import annotations

from seedlint.document.problem import Problem
from seedlint.rules.base import quote

_LONGEST_PROPOSAL = 120


def help_for(problem: Problem, otherwise: str) -> str:
    """What to do about a problem: what the diagnosis advises, with the line to write if it has one.

    `otherwise` is said where nobody knows better.
    """
    advice = problem.advice or otherwise
    if not problem.proposal:
        return advice
    joint = ":" if advice.startswith("write ") else ": write"
    return f"{advice}{joint} {quote(problem.proposal, _LONGEST_PROPOSAL)}"
