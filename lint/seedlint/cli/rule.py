"""`seedlint rule`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

import click

from seedlint.cli.completion import complete_rule
from seedlint.documentation import rule_url
from seedlint.errors import ConfigError
from seedlint.report.stream import write_report
from seedlint.rules import all_rules
from seedlint.rules.base import Rule
from seedlint.settings import check_selectors


@click.command(name="rule")
@click.argument("code", required=False, shell_complete=complete_rule)
@click.option("--all", "list_all", is_flag=True, help="Explain every rule.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the rules are written.  [default: text]",
)
def command(code: str | None, list_all: bool, output_format: str) -> None:
    """Explain the rule CODE (a code or a name); without CODE, list the rules in one line each."""
    rules = list(all_rules().values())
    if code is not None:
        if list_all:
            raise ConfigError("give a rule or --all, not both")
        named = [rule for rule in rules if code.upper() == rule.code or code == rule.name]
        if not named:
            check_selectors([code], "rule")
            raise ConfigError(f"`{code[:60]}` means several rules; give one code or name")
        rules = named
    if output_format == "json":
        write_report(json.dumps(list(map(_as_object, rules)), indent=2).split("\n"), None)
    elif code is not None and sys.stdout is not None and sys.stdout.isatty():
        _render(rules[0])
    elif code is not None or list_all:
        write_report((line for rule in rules for line in _explain(rule)), None)
    else:
        write_report((_one_line(rule) for rule in rules), None)


def _one_line(rule: Rule) -> str:
    return f"{rule.code:<7} {rule.name:<26} {rule.severity.value:<8} {rule.summary}"


def _explain(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name} ({rule.code})"
    yield ""
    yield f"Severity: {rule.severity.value}"
    if rule.fixable:
        yield f"Fix: {rule.fixable}"
    if rule.optional:
        yield "Off unless its code or its name is selected"
    yield ""
    yield from rule.doc.strip().splitlines()
    yield ""


_FENCE = re.compile(
    r"^```(markdown|json|text|yaml)(?: (fail|fixed|other|pass|schema))?(?: escaped)?"
    r"(?: (?:beside|in) (\S+))?$",
    re.MULTILINE,
)
_CAPTIONS = {
    "fail": "Reported",
    "fixed": "Fixed",
    "other": "In another seed",
    "pass": "Accepted",
    "schema": "With the contract",
}


def _render(rule: Rule) -> None:
    """The rule's page on a terminal; a line above each example says what it shows."""
    from rich.console import Console
    from rich.markdown import Markdown

    def caption(fence: re.Match[str]) -> str:
        language, kind, name = fence.groups()
        said = " in ".join(filter(None, (_CAPTIONS.get(kind or ""), name and f"`{name}`")))
        language = language.replace("markdown", "yaml")
        return f"{said}:\n\n```{language}" if said else f"```{language}"

    text = _FENCE.sub(caption, "\n".join(_explain(rule)))
    # Two blanks at the end of a line keep the next one from being joined to it.
    text = text.replace("\nFix: ", "  \nFix: ", 1)
    if url := rule_url(rule.code):
        text += f"\n<{url}>\n"
    console = Console()
    console.width = min(100, console.width)
    console.print(Markdown(text, code_theme="ansi_dark"))


def _as_object(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "fix": rule.fixable or "none",
        "summary": rule.summary,
        "explanation": rule.doc.strip(),
    }
