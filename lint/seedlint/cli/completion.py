"""Shell completion of rules."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from seedlint.rules import all_rules
from seedlint.settings import ALL


def complete_rule(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes and names of rules that begin with `incomplete`."""
    return [
        CompletionItem(text, help=rule.summary)
        for rule in all_rules().values()
        for text in (rule.code, rule.name)
        if text.startswith(incomplete)
    ]


def complete_selectors(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes and names that complete the last selector in a list."""
    before, comma, last = incomplete.rpartition(",")
    families = dict.fromkeys([ALL, *(rule.family for rule in all_rules().values())])
    items = [CompletionItem(each) for each in families if each.startswith(last)]
    for item in (found := items + complete_rule(ctx, parameter, last)):
        item.value = f"{before}{comma}{item.value}"
    return found
