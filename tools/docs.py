"""Writes what is generated (`--write`), or checks that it is up to date (`--check`).

Generated are the rule pages with the real output of their examples, the table of rules, the JSON
Schemas of the configuration and of contracts, tables in docs/schema-check.md, and the picture of
the command that README.md shows.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from contract_schema import contract_schema
from pattern_tables import with_tables
from rule_examples import Example, examples_of, fix_example, run_example
from rule_index import INDEX, defined_bindings, index_source, write_index
from seedlint.config_settings import COLLECTION_ALONE, OF_COLLECTIONS, SETTINGS
from seedlint.rules import all_rules, find_binding
from seedlint.rules.base import Rule
from seedlint.rules.binding import KEYWORD, Binding
from terminal_picture import picture

ROOT = Path(__file__).resolve().parents[1]
# The command that README.md has a picture of.
PICTURED = ("--isolated", "--select", "SCH004,URL010,REL001", "tests/golden/tour")
_FAMILIES = {
    "FM": "front matter and encoding",
    "YML": "YAML",
    "SCH": "JSON Schema keywords",
    "URL": "URLs",
    "IMG": "images",
    "TXT": "texts",
    "DATE": "dates",
    "REL": "related entries",
    "REF": "references",
    "DUP": "across seeds",
    "SEED": "the file as a whole",
    "SUP": "suppressions",
    "CON": "the contract itself",
    "INT": "failures of seedlint",
}


_SCHEMA_FENCE = re.compile(r"^```json schema\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FAIL_FENCE = re.compile(r"^```(markdown|json) fail(.*?\n```)$", re.MULTILINE | re.DOTALL)
_FENCE_WORDS = re.compile(
    r"^```(markdown|json|yaml|text)(?: (?:pass|other|schema|beside [\w./-]+))?(?: escaped)?"
    r"(?: in (\S+))?$",
    re.MULTILINE,
)


def _fence(match: re.Match[str]) -> str:
    """The beginning of an example on a page, with the name of its file if that matters."""
    fence = f"```{match[1]}"
    return f"In `{match[2]}`:\n\n{fence}" if match[2] else fence


def _with_output(output: str, fixed: str | None) -> Callable[[re.Match[str]], str]:
    """A replacement for a failing example: the same, what seedlint says, and the fixed text."""
    after = "" if fixed is None else f"\n\nFixed:\n\n```markdown\n{fixed.rstrip()}\n```"
    said = f"\n\nseedlint says:\n\n```text\n{output}\n```"
    return lambda match: f"```{match[1]}{match[2]}{said}{after}"


_FIXABLE = {
    "": "",
    "safe": " Fix: safe, made by `--fix`.",
    "unsafe": " Fix: unsafe, made by `--fix --unsafe-fixes`.",
    "sometimes": " Fix: sometimes.",
}


class SilentRule(Exception):
    """A rule has nothing to say of an example that it calls failing."""


# What to look at, by the kind of what the rule is asked about.
_WHERE_TO_LOOK = {
    "binding": "Its check yields nothing, or `x-seedlint` in the example's schema does not bind "
    "`{on}` to a value there, or the rule is `spared` and the binding accepts the value quickly.",
    "keyword": "Its check yields nothing, or the example's schema does not use `{on}`, or the "
    "entry of `{on}` in lint/seedlint/schema/keywords/ accepts the value.",
    "problem": "Its check yields nothing, or nothing in lint/seedlint/ makes a "
    "`Problem(ProblemKind.{on}, …)` of the example.",
    "cross-file": "Its check yields nothing, or `unique-across` in the example's schema does not "
    "list keys for `{on}`, or there is no example `markdown other` with the same text.",
    "contract": "Its check yields nothing, or nothing in lint/seedlint/schema/ makes a "
    "`Fault(FaultKind.{on}, …)` of the example.",
}


def _why_silent(example: Example, others: list[str]) -> str:
    rule = example.rule
    found = f"only {', '.join(others)}" if others else "no finding"
    first = next(line for line in example.text.splitlines() if line.strip("- "))
    hint = _WHERE_TO_LOOK[rule.on.kind].format(on=" or ".join(rule.on.names))
    return (
        f"{_home(rule)}: {rule.code} {rule.name} has nothing to say of its fail example "
        f"`{first}`, which has {found}. {hint}"
    )


def rule_page(rule: Rule) -> str:
    """The page of one rule, its examples followed by what seedlint says of them.

    Raises SilentRule for a fail example without a finding of the rule.
    """
    body = rule.doc.strip()
    for example in examples_of(rule):
        if example.kind == "fail":
            diagnostics, report = run_example(example)
            if rule.code not in {each.code for each in diagnostics}:
                raise SilentRule(_why_silent(example, [each.code for each in diagnostics]))
            output = "\n".join(report).rstrip()
            body = _FAIL_FENCE.sub(_with_output(output, fix_example(example)), body, count=1)
    body = _FENCE_WORDS.sub(_fence, body)
    summary, _, rest = body.partition("\n")
    off = " Off unless it is selected by its code or its name." if rule.optional else ""
    about = f"Severity: {rule.severity.value}.{_FIXABLE[rule.fixable]}{off}"
    if bound := [name for name in sorted(defined_bindings()) if _options_shown(rule, name)]:
        about += f" Binding: {', '.join(f'[`{name}`](README.md#{name})' for name in bound)}."
    head = f"# {rule.name} ({rule.code})\n\n{summary}\n\n{about}\n"
    return f"<!-- Generated from {_home(rule)} by tools/docs.py: edit there. -->\n\n{head}{rest}\n"


def _home(rule: Rule) -> str:
    return rule.module.replace(".", "/").join(("lint/", ".py"))


def rule_index() -> str:
    """The page that lists all rules and bindings."""
    lines = ["<!-- Generated by tools/docs.py. -->", "", "# Rules", ""]
    lines += [
        "`seedlint rule CODE` shows the page of a rule in the terminal. What a contract can bind"
    ]
    lines += ["to its fields is listed under [Bindings](#bindings).", ""]
    for family, title in _FAMILIES.items():
        rules = [rule for rule in all_rules().values() if rule.family == family]
        lines += [f"## {family}: {title}", "", "| code | name | severity | fix | what it reports |"]
        lines += ["|---|---|---|---|---|"]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | `{rule.name}` "
            f"| {rule.severity.value}{', off' if rule.optional else ''} "
            f"| {rule.fixable} | {rule.summary.replace('|', chr(92) + '|')} |"
            for rule in rules
        ]
        lines.append("")
    names = sorted(defined_bindings())
    lines += ["## Bindings", "", "What `x-seedlint` can bind to a field of a contract:", ""]
    for name in names:
        lines.append(f"- [`{name}`](#{name}): {_bound(name).summary}")
    lines += ["", "In parentheses is what holds without the option.", ""]
    for name in names:
        lines += _about_binding(name)
    return "\n".join(lines).rstrip() + "\n"


def _bound(name: str) -> Binding:
    binding = find_binding(name)
    assert binding is not None
    return binding


def _about_binding(name: str) -> Iterator[str]:
    """The section on a binding: an example, its options, its rules."""
    binding = _bound(name)
    rules, example = [], dict[str, Any]()
    for rule in all_rules().values():
        shown = _options_shown(rule, name)
        if shown:
            rules.append(f"[{rule.code}]({rule.code}.md)")
        for each in shown:
            example = {**each, **example}
    options = binding.options.get("properties", {})
    written = ",\n".join(
        f'    "{key}": {json.dumps(example[key])}' for key in options if key in example
    )
    inside = f"\n{written}\n  " if written else ""
    yield from (f"### {name}", "", binding.summary, "")
    yield from ("```json", f'"x-seedlint": {{\n  "{name}": {{{inside}}}\n}}', "```", "")
    if options:
        yield from ("| option | meaning |", "|---|---|")
        for option, schema in options.items():
            needed = " Required." if option in binding.options.get("required", ()) else ""
            yield f"| `{option}` | {schema['description']}{needed} |"
        yield ""
    folder = f"examples/bindings/{name}"
    more = f" Example: [{folder}](../../{folder}/)." if (ROOT / folder).is_dir() else ""
    yield from (f"Rules: {', '.join(rules)}.{more}", "")


def _options_shown(rule: Rule, name: str) -> list[dict[str, Any]]:
    """The options of a binding in the examples of a rule on it; none if it is on something else."""
    if rule.on.kind not in ("binding", "cross-file"):
        return []
    fences = _SCHEMA_FENCE.findall(rule.doc)
    return [each for fence in fences for each in _options_in(json.loads(fence), name)]


def _options_in(schema: Any, name: str) -> Iterator[dict[str, Any]]:
    """The options of a binding wherever a schema has it."""
    if isinstance(schema, dict):
        if name in schema.get(KEYWORD, ()):
            yield schema[KEYWORD][name]
        for each in schema.values():
            yield from _options_in(each, name)


def decision_index() -> str:
    """The page that lists the decisions, by their headings."""
    folder = ROOT / "docs" / "decisions"
    headings = {
        path.name: path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        for path in sorted(folder.glob("[0-9]*.md"))
    }
    lines = ["<!-- Generated by tools/docs.py. -->", "", "# Decisions", ""]
    lines += ["Why things are as they are, one page each.", ""]
    # A list in Markdown has numbers of its own.
    lines += [f"- [{heading}]({name})" for name, heading in headings.items()]
    return "\n".join(lines) + "\n"


def config_schema() -> str:
    """The JSON Schema of `[tool.seedlint]`."""

    def of(names: Iterable[str]) -> dict[str, Any]:
        return {
            name: {**SETTINGS[name].schema, "description": SETTINGS[name].description}
            for name in names
        }

    properties = of(SETTINGS)
    properties["collections"] |= {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["name", "files"],
            "properties": {**COLLECTION_ALONE, **of(OF_COLLECTIONS)},
            "additionalProperties": False,
        },
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "seedlint configuration",
        "description": "The table [tool.seedlint] of pyproject.toml, or the whole of seedlint.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return json.dumps(schema, indent=2) + "\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file and what it should hold."""
    yield INDEX, index_source()
    for rule in all_rules().values():
        yield ROOT / "docs" / "rules" / f"{rule.code}.md", rule_page(rule)
    yield ROOT / "docs" / "rules" / "README.md", rule_index()
    yield ROOT / "docs" / "decisions" / "README.md", decision_index()
    yield ROOT / "schemas" / "config.schema.json", config_schema()
    yield ROOT / "schemas" / "contract.schema.json", contract_schema()
    yield ROOT / "docs" / "findings.svg", picture(*PICTURED)
    page = ROOT / "docs" / "schema-check.md"
    yield page, with_tables(page.read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Write with `--write`; with `--check` show what differs and return 1."""
    if arguments not in (["--write"], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = 0
    if arguments == ["--write"] and INDEX.read_text("utf-8") != index_source():
        write_index()
        # What follows asks the rules that this process has found already.
        os.execv(sys.executable, [sys.executable, __file__, *arguments])
    try:
        pages = dict(generated())
    except SilentRule as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in pages.items():
        present = path.read_text("utf-8") if path.exists() else ""
        if present == text:
            continue
        if arguments == ["--write"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            continue
        stale += 1
        name = path.relative_to(ROOT).as_posix()
        lines = difflib.unified_diff(
            present.splitlines(), text.splitlines(), name, f"{name} (generated)", lineterm=""
        )
        print("\n".join(lines))
    for path in sorted((ROOT / "docs" / "rules").glob("*.md")):
        if path in pages:
            continue
        if arguments == ["--write"]:
            path.unlink()
        else:
            stale += 1
            print(f"{path.relative_to(ROOT).as_posix()}: no rule has this page")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
