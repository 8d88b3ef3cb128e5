"""The last line of a run on a terminal: what to run next."""

from __future__ import annotations

from collections import Counter

from seedlint.cli.options import Options
from seedlint.cli.reports import Report
from seedlint.outcome import Outcome
from seedlint.settings import Settings

# Reports for people; what comes after others is not read by any.
_FOR_PEOPLE = (("full", None), ("concise", None))
# More findings than somebody reads one by one.
_MANY = 50


def next_step(report: Report, outcome: Outcome, options: Options, settings: Settings) -> str | None:
    """What to run after a run with findings; None if there is nothing to suggest."""
    if report not in _FOR_PEOPLE:
        return None
    found = outcome.diagnostics
    if _lacks_contract(settings) and any(each.code.startswith("SCH") for each in found):
        return (
            "next: without a schema of your own, the article contract applies; "
            "`seedlint init` drafts one from your seeds"
        )
    (most_frequent, _), *_ = Counter(each.code for each in found).most_common(1)
    if options.statistics:
        return f"next: `--select {most_frequent}` lists the most frequent ones"
    if len(found) > _MANY:
        advice = "next: `--statistics` counts them per rule"
        if not (outcome.held or outcome.older):
            advice += "; with `--baseline FILE --update-baseline`, later runs report only new ones"
        return advice
    gravest = min(found, key=lambda each: each.severity.rank)
    return f"next: `seedlint rule {gravest.code}` explains {gravest.code}"


def _lacks_contract(settings: Settings) -> bool:
    """Whether nobody has said what the contract is."""
    return settings.schema is None and settings.config is None
