"""Begins a rule: `python tools/new_rule.py FAMILY NAME [--on WHAT]`.

FAMILY is a folder of `lint/seedlint/rules/`. The rule is written into one module there, with the
next free code, an example that fails and one that passes. WHAT is what it is about:

    url, image, related, text,   a binding of the family; by default its first
    date, reference
    schema                       a new keyword of JSON Schema, which has no default
    corpus                       a new kind of fact that seeds may share, such as `excerpt`, which
                                 has no default
    contract                     a new fault of contracts; by default made of NAME
    all others                   a new problem, such as TAB_INDENTATION; by default made of NAME
                                 (or for `seed`, if it is named, the binding `file-name`)

A new keyword, fact, fault or problem gets its entry, too, and standard error says what is left to
do. Fill in what is marked with "…" or TODO, then run `python tools/docs.py --write` and the tests.
"""

from __future__ import annotations

import argparse
import ast
import keyword
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import seedlint
from rule_index import defined_bindings
from seedlint import rules
from seedlint.rules import all_rules, rules_bound_to
from seedlint.rules.base import Rule
from seedlint.rules.binding import COLLECTED, Binding

_PACKAGE = Path(str(rules.__file__)).parents[1]
_PROBLEMS = _PACKAGE / "document" / "problem.py"
_KINDS = _PACKAGE / "rules" / "corpus" / "__init__.py"
_FAULTS = _PACKAGE / "rules" / "contract" / "__init__.py"
_KEYWORDS = _PACKAGE / "schema" / "keywords" / "values.py"

# How the names of rules of other linters begin, which say what to do.
NOT_AT_THE_START = ("no-", "disallow-", "banned-", "require-")

# What is checked in the examples of a binding: its contract, and lines that hold a word.
_BOUND = {
    "url": (
        '{"properties": {"value": {"x-seedlint": {"url": {}}}}}',
        'value: "https://example.com/WORD"',
    ),
    "amp-cache": (
        '{"x-seedlint": {"amp-cache": {"amp": "page", "cache": "cached"}}}',
        'page: "https://example.com/WORD"\n'
        'cached: "https://example-com.cdn.ampproject.org/c/s/example.com/WORD"',
    ),
    "same-site": (
        '{"x-seedlint": {"same-site": {"domain": ["domain"], "links": ["page"]}}}',
        'page: "https://www.example.org/WORD"\ndomain: WORD.example.org',
    ),
    "image-size": (
        '{"x-seedlint": {"image-size": {}}}',
        'url: "https://example.com/WORD.jpg"\nwidth: 640\nheight: 480',
    ),
    "text": ('{"properties": {"title": {"x-seedlint": {"text": {}}}}}', "title: WORD"),
    "file": (
        '{"properties": {"image": {"x-seedlint": {"file": {"roots": ["."]}}}}}',
        'image: "https://example.com/WORD"',
    ),
    "vocabulary": (
        '{"$defs": {"words": {"enum": ["TODO", "tides"]}},\n'
        ' "properties": {"type": {"x-seedlint": {"vocabulary": {\n'
        '   "file": "contract.schema.json", "pointer": "/$defs/words/enum"}}}}}',
        "type: WORD",
    ),
    "not-after": (
        '{"x-seedlint": {"not-after": {"today": ["TODO", "tides"]}}}',
        "WORD: 2024-05-01",
    ),
    "ordered-keys": (
        '{"properties": {"a": {}}, "x-seedlint": {"ordered-keys": {}}}',
        "WORD: 1",
    ),
    "file-name": (
        '{"x-seedlint": {"file-name": {"form": "{slug}", "title": "title"}}}',
        "title: WORD &",
    ),
    "unique-by": (
        '{"properties": {"related": {"x-seedlint": {"unique-by": {"titles": ["title"]}}}}}',
        "related:\n  - title: WORD",
    ),
    "not-self": (
        '{"x-seedlint": {"not-self": {"entries": "related", "titles": ["title"]}}}',
        "title: WORD\nrelated:\n  - title: Low tide",
    ),
}

_MODULE = '''"""{title}.

## What it does
Reports …

## Why it matters
…

## Examples
{examples}
"""

from __future__ import annotations

from collections.abc import Iterator

{imports}


@rule("{code}", on={on}, since="{since}")
def {function}({parameter}) -> Iterator[Finding]:
{body}
'''


@dataclass
class Draft:
    """What differs between rules: what one is about, its examples, and the entries it needs.

    `lines` are front matter, or for a rule about contracts all of one. `entries` are the files that
    change beside the module, with their new text; `left` says what the author has to do there.
    """

    on: str
    imports: str
    parameter: str
    body: str
    lines: str
    schema: str = ""
    other: str = ""
    is_contract: bool = False
    entries: dict[Path, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def new_rule(family: str, name: str, on: str | None) -> tuple[list[Path], list[str]]:
    """Write the module of a new rule and the entries it needs: these files, and what is left to do.

    Raises ValueError for what cannot be used, before anything is written.
    """
    relatives = [rule for rule in all_rules().values() if _family_of(rule) == family]
    if not relatives:
        families = sorted({_family_of(rule) for rule in all_rules().values()})
        raise ValueError(f"no family {family}; there are {', '.join(families)}")
    function = name.replace("-", "_")
    path = _PACKAGE / "rules" / family / f"{function}.py"
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or keyword.iskeyword(name):
        raise ValueError(f"not a rule name: {name}")
    if name.startswith(NOT_AT_THE_START):
        raise ValueError(f"a rule name says what is wrong, not what to do: {name}")
    if len(name) > 50:
        raise ValueError(f"longer than 50 characters: {name}")
    if any(rule.name == name for rule in all_rules().values()):
        raise ValueError(f"there is a rule {name} already")
    if path.exists():
        raise ValueError(f"there is a module {path} already")
    draft = _draft(relatives, name, on)
    last = relatives[-1].code
    letters = last.rstrip("0123456789")
    module = _MODULE.format(
        title=name.replace("-", " ").capitalize(),
        examples=_examples(draft),
        imports=draft.imports,
        code=f"{letters}{int(last[len(letters) :]) + 1:03}",
        on=draft.on,
        since=".".join(seedlint.__version__.split(".")[:2]),
        function=function,
        parameter=draft.parameter,
        body=draft.body,
    )
    files = {path: module, **draft.entries}
    for each, text in files.items():
        each.write_text(text, "utf-8", newline="\n")
    return list(files), draft.left


def _family_of(rule: Rule) -> str:
    return rule.module.split(".")[-2]


def _draft(relatives: Sequence[Rule], name: str, on: str | None) -> Draft:
    kind = relatives[0].on.kind
    if kind == "binding" or on in defined_bindings():
        return _on_binding(relatives, on)
    if kind == "contract":
        return _on_fault(relatives, on or name.replace("-", "_").upper())
    if kind == "problem":
        return _on_problem(relatives, on or name.replace("-", "_").upper())
    if on is None:
        raise ValueError(f"say with --on which {'keyword' if kind == 'keyword' else 'fact'}")
    return _on_keyword(on) if kind == "keyword" else _on_fact(on)


def _examples(draft: Draft) -> str:
    if draft.is_contract:
        return "\n".join(
            f"```json {kind}\n{draft.lines.replace('WORD', word)}\n```"
            for kind, word in (("fail", "TODO"), ("pass", "tides"))
        )
    parts = [("json schema", draft.schema)] if draft.schema else []
    if draft.other:
        parts.append(("markdown other", f"---\n{draft.other}\n---"))
    parts += [
        ("markdown fail", f"---\n{draft.lines.replace('WORD', 'TODO')}\n---"),
        ("markdown pass", f"---\n{draft.lines.replace('WORD', 'tides')}\n---"),
    ]
    return "\n".join(f"```{words}\n{text}\n```" for words, text in parts)


def _on_binding(relatives: Sequence[Rule], on: str | None) -> Draft:
    package = import_module(relatives[0].module.rpartition(".")[0])
    constants = {
        found.name: constant
        for constant, found in vars(package).items()
        if isinstance(found, Binding)
    }
    name = on or relatives[0].on.names[0]
    if name not in constants:
        raise ValueError(f"no binding {name} in this family; there is {', '.join(constants)}")
    if name in COLLECTED and not rules_bound_to(name):
        raise ValueError(f"what {name} binds is judged across seeds, by the one rule on it")
    if name not in _BOUND:
        raise ValueError(f"tools/new_rule.py has no examples for the binding {name}: add them")
    schema, lines = _BOUND[name]
    return Draft(
        on=constants[name],
        imports=f"from seedlint.rules.base import Finding, rule\n"
        f"from {package.__name__} import {constants[name]}",
        parameter="subject: object",
        body='    if "TODO" in str(subject):\n        yield Finding("…")',
        schema=schema,
        lines=lines,
    )


def _on_problem(relatives: Sequence[Rule], name: str) -> Draft:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,49}", name):
        raise ValueError(f"not the name of a problem: {name}")
    _refuse_taken("problem", name)
    kinds = [rule.on.names[0] for rule in relatives]
    text = _PROBLEMS.read_text("utf-8")
    if not re.search(rf"^    {name} = ", text, re.MULTILINE):
        text = _insert(text, _last_line_of(text, kinds), f"    {name} = auto()\n")
    return Draft(
        on=f"ProblemKind.{name}",
        imports="from seedlint.document.problem import Problem, ProblemKind\n"
        "from seedlint.rules.base import Finding, rule",
        parameter="problem: Problem",
        body='    yield Finding("…")',
        lines="title: WORD",
        entries={_PROBLEMS: text},
        left=[
            f"find it, as `Problem(ProblemKind.{name}, span)`. Others of the family are found in "
            f"{', '.join(_finders(kinds))}",
            "if the line reader takes such front matter, make it leave it to the YAML reader: "
            f"{_shown(_PACKAGE / 'document' / 'line_reader.py')}",
        ],
    )


def _on_fault(relatives: Sequence[Rule], name: str) -> Draft:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,49}", name):
        raise ValueError(f"not the name of a fault: {name}")
    _refuse_taken("contract", name)
    text = _FAULTS.read_text("utf-8")
    last = _last_line_of(text, [rule.on.names[0] for rule in relatives])
    checks = _shown(_PACKAGE / "schema" / "checks")
    return Draft(
        on=f"FaultKind.{name}",
        imports="from seedlint.rules.base import Finding, rule\n"
        "from seedlint.rules.contract import Fault, FaultKind",
        parameter="fault: Fault",
        body="    yield Finding(fault.message, help=fault.help)",
        lines='{"title": "WORD", "type": "object"}',
        is_contract=True,
        entries={_FAULTS: _insert(text, last, f"    {name} = auto()\n")},
        left=[f"report `Fault(FaultKind.{name}, message, pointer)` in a module of {checks}"],
    )


def _on_keyword(name: str) -> Draft:
    if not re.fullmatch(r"[a-z][A-Za-z]{0,39}", name) or keyword.iskeyword(name):
        raise ValueError(f"not the name of a keyword: {name}")
    _refuse_taken("keyword", name)
    from seedlint.schema.keywords.table import KEYWORDS

    if name in KEYWORDS:
        raise ValueError(f"the keyword {name} asserts nothing, or nothing of its own")
    function = "_" + re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", name)
    test = (
        f"def {function}(site: Site, expected: Any) -> Predicate:\n"
        '    return on(lambda value: "TODO" not in value, str)\n\n\n'
    )
    text = _KEYWORDS.read_text("utf-8")
    if f"def {function}(" in text:
        raise ValueError(f"there is a function {function} in {_shown(_KEYWORDS)} already")
    first, last = _lines_of(text, "KEYWORDS")
    text = _insert(text, last - 1, f'    plain("{name}", {function}),\n')
    text = _insert(text, first - 1, test)
    return Draft(
        on=f'Keyword("{name}")',
        imports="from seedlint.rules.base import Failure, Finding, Keyword, rule",
        parameter="failure: Failure",
        body='    yield Finding("…")',
        schema=f'{{"properties": {{"title": {{"{name}": true}}}}}}',
        lines="title: WORD",
        entries={_KEYWORDS: text},
        left=[f"say in `{function}` which values it accepts: {_shown(_KEYWORDS)}"],
    )


def _on_fact(name: str) -> Draft:
    if not re.fullmatch(r"[a-z]{1,40}", name):
        raise ValueError(f"not the name of a fact: {name}")
    _refuse_taken("cross-file", name)
    option = f"{name}s"
    text = _KINDS.read_text("utf-8")
    _, last = _lines_of(text, "KINDS")
    return Draft(
        on=f'CrossFile("{name}")',
        imports="from seedlint.rules.base import CrossFile, Finding, Related, quote, rule\n"
        "from seedlint.rules.corpus import SharedValue",
        parameter="shared: SharedValue",
        body="    yield Finding(\n"
        '        f"{quote(shared.text)} …",\n'
        "        shared.pointer,\n"
        '        related=(Related(shared.pointer, "…"),),\n'
        "    )",
        schema=f'{{"x-seedlint": {{"unique-across": {{"{option}": ["{name}"]}}}}}}',
        other=f"{name}: TODO",
        lines=f"{name}: WORD",
        entries={
            _KINDS: _insert(text, last - 1, f'    "{name}": Kind("{option}", normalize_title),\n')
        },
        left=[f"say in `KINDS` what makes two texts the same: {_shown(_KINDS)}"],
    )


def _refuse_taken(kind: str, name: str) -> None:
    """Raise ValueError if a rule is about it, because each has one rule."""
    for rule in all_rules().values():
        if rule.on.kind == kind and name in rule.on.names:
            raise ValueError(f"{rule.code} {rule.name} is about {name} already")


def _lines_of(text: str, constant: str) -> tuple[int, int]:
    """The first and the last line of the statement that defines a constant of a module."""
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(each, ast.Name) and each.id == constant for each in targets):
            return node.lineno, node.end_lineno or node.lineno
    raise ValueError(f"no {constant}")


def _last_line_of(text: str, members: Sequence[str]) -> int:
    """The number of the last line that defines one of the members of an enumeration."""
    member = re.compile(rf"    (?:{'|'.join(members)}) = ")
    return max(number for number, line in enumerate(text.split("\n"), 1) if member.match(line))


def _insert(text: str, after: int, added: str) -> str:
    """The text with `added` behind the line with the number `after`."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:after], added, *lines[after:]])


def _finders(kinds: Sequence[str]) -> list[str]:
    """The files outside of the rules that name one of the problems."""
    named = re.compile(rf"\bProblemKind\.(?:{'|'.join(kinds)})\b")
    return [
        _shown(path)
        for path in sorted(_PACKAGE.rglob("*.py"))
        if _PACKAGE / "rules" not in path.parents and named.search(path.read_text("utf-8"))
    ]


def _shown(path: Path) -> str:
    return path.relative_to(_PACKAGE.parents[1]).as_posix()


def main() -> None:
    """Write what the command line asks for and say what is left to do."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("family", metavar="FAMILY")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--on", metavar="WHAT")
    options = parser.parse_args()
    try:
        files, left = new_rule(options.family, options.name, options.on)
    except ValueError as error:
        sys.exit(str(error))
    # In another process, because this one knows the entries as they were.
    subprocess.run([sys.executable, Path(__file__).with_name("rule_index.py")], check=True)
    for path in files:
        print(path)
    for step in left:
        print(f"to do: {step}", file=sys.stderr)


if __name__ == "__main__":
    main()
