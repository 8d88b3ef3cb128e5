"""The examples in the rules' docstrings, run for real."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from seedlint.check import Checker
from seedlint.contracts import Contract, check_contract
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target
from seedlint.files import shown_path
from seedlint.fix.fixer import Fixer
from seedlint.report import full
from seedlint.rules.base import Rule
from seedlint.run import open_schema, run
from seedlint.settings import ALL, Settings, StrPath
from seedlint.text.source import SourceFile

_FENCE = re.compile(
    r"^```(json (?:schema|fail|pass)|(?:json|yaml|text) beside [\w./-]+"
    r"|markdown (?:fail|pass|other)(?: escaped)?)(?: in (\S+))?\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
NAME = "example.md"
CONTRACT_NAME = "contract.schema.json"


@dataclass(frozen=True)
class Example:
    """One fenced example: `kind` is fail or pass; `others` are seeds of the same run, by name.

    Examples of a rule about contracts are contracts, those of other rules are seeds. `beside` are
    the files beside the schema, by name.
    """

    rule: Rule
    kind: str
    text: str
    schema: str
    others: Mapping[str, str]
    name: str
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> bytes:
        """The bytes of the seed."""
        return as_bytes(self.text)

    @property
    def is_contract(self) -> bool:
        """Whether the example is a contract."""
        return self.rule.on.kind == "contract"


def as_bytes(text: str) -> bytes:
    """The bytes of an example, which need not be UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def examples_of(rule: Rule) -> Iterator[Example]:
    """The fail and pass examples of a rule, in order."""
    schema, others, beside = "{}", dict[str, str](), list[tuple[str, str]]()
    for match in _FENCE.finditer(rule.doc):
        kind, name, text = match.groups()
        if kind.endswith("escaped"):
            text = re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|t)", _unescape, text)
        if kind == "json schema":
            schema = text
        elif " beside " in kind:
            beside.append((kind.split()[2], text))
        elif " other" in kind:
            others[name or f"earlier-{len(others) + 1}.md"] = text
        else:
            name = name or NAME
            yield Example(rule, kind.split()[1], text, schema, dict(others), name, tuple(beside))


def _unescape(match: re.Match[str]) -> str:
    return "\t" if match[1] == "t" else chr(int(match[1][1:], 16))


def fix_example(example: Example) -> str | None:
    """The text of an example with the fixes of its rule; None if there are none."""
    if example.is_contract:
        return None
    with TemporaryDirectory() as folder:
        contract_file = write_contract(example, folder)
        settings = Settings(schema=contract_file, root=Path(folder), fixable=(example.rule.code,))
        fixer = Fixer(Checker(open_schema(settings), settings), unsafe=True)
        fixed = fixer.fix(Target(example.name, example.name, example.data))
        return fixed.new.decode("utf-8", "surrogateescape") if fixed.is_changed else None


def write_contract(example: Example, folder: StrPath) -> Path:
    """Write the schema of an example, and the files beside it; the path of the schema."""
    for name, text in example.beside:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    contract_file = Path(folder, CONTRACT_NAME)
    contract_file.write_text(json.dumps(json.loads(example.schema)), "utf-8")
    return contract_file


def run_example(example: Example) -> tuple[list[Diagnostic], list[str]]:
    """The findings of an example in its own contract, and the lines of the full report."""
    if example.is_contract:
        return _run_contract(example)
    with TemporaryDirectory() as folder:
        contract_file = write_contract(example, folder)
        files = {**example.others, example.name: example.text}
        for name, text in files.items():
            Path(folder, name).write_bytes(as_bytes(text))
        targets = Files(Target(os.path.join(folder, name), name) for name in sorted(files))
        outcome = run(targets, Settings(schema=contract_file, root=Path(folder)))

        def read(name: str) -> SourceFile:
            # Seeds are shown by their names, other files by their paths from here.
            path = Path(folder, name) if name in files else Path(name)
            return SourceFile.from_bytes(name, path.read_bytes())

        lines = full.render(outcome.diagnostics, read, color=False)
        here = f"{shown_path(folder)}/"
        return list(outcome.diagnostics), [line.replace(here, "") for line in lines]


def _run_contract(example: Example) -> tuple[list[Diagnostic], list[str]]:
    """The same for an example that is a contract itself."""
    source = SourceFile.from_bytes(CONTRACT_NAME, example.data)
    with TemporaryDirectory() as folder:
        path = os.path.join(folder, CONTRACT_NAME)
        Path(path).write_bytes(example.data)
        settings = Settings(root=Path(folder), select=(ALL, example.rule.code))
        contract = Contract(Target(path, CONTRACT_NAME))
        found = check_contract(contract, settings).result.diagnostics
    return list(found), list(full.render(found, lambda name: source, color=False))
