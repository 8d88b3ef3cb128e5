"""The examples in the rules' docstrings, run for real."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target
from seedlint.files import shown_path
from seedlint.fix.fixer import Fixer
from seedlint.report import full
from seedlint.rules.base import Rule
from seedlint.run import open_schema, run
from seedlint.settings import Settings, StrPath
from seedlint.text.source import SourceFile

_FENCE = re.compile(
    r"^```(json schema|(?:json|yaml|text) beside [\w./-]+"
    r"|markdown (?:fail|pass|other)(?: escaped)?)\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
NAME = "example.md"


@dataclass(frozen=True)
class Example:
    """One fenced example: `kind` is fail or pass; `others` are seeds of the same run.

    `beside` are the files beside the schema, by name.
    """

    rule: Rule
    kind: str
    text: str
    schema: str
    others: tuple[str, ...]
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> bytes:
        """The bytes of the seed."""
        return as_bytes(self.text)


def as_bytes(text: str) -> bytes:
    """The bytes of an example, which need not be UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def examples_of(rule: Rule) -> Iterator[Example]:
    """The fail and pass examples of a rule, in order."""
    schema, others, beside = "{}", [], []
    for match in _FENCE.finditer(rule.doc):
        kind, text = match[1], match[2]
        if kind.endswith("escaped"):
            text = re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|t)", _unescape, text)
        if kind == "json schema":
            schema = text
        elif " beside " in kind:
            beside.append((kind.split()[2], text))
        elif " other" in kind:
            others.append(text)
        else:
            yield Example(rule, kind.split()[1], text, schema, tuple(others), tuple(beside))


def _unescape(match: re.Match[str]) -> str:
    return "\t" if match[1] == "t" else chr(int(match[1][1:], 16))


def fix_example(example: Example) -> str | None:
    """The text of an example with the fixes of its rule; None if there are none."""
    with TemporaryDirectory() as folder:
        contract_file = write_contract(example, folder)
        settings = Settings(schema=contract_file, root=Path(folder), fixable=(example.rule.code,))
        fixer = Fixer(Checker(open_schema(settings), settings), unsafe=True)
        fixed = fixer.fix(Target(NAME, NAME, example.data))
        return fixed.new.decode("utf-8", "surrogateescape") if fixed.is_changed else None


def write_contract(example: Example, folder: StrPath) -> Path:
    """Write the schema of an example, and the files beside it; the path of the schema."""
    for name, text in example.beside:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    contract_file = Path(folder, "contract.schema.json")
    contract_file.write_text(json.dumps(json.loads(example.schema)), "utf-8")
    return contract_file


def run_example(example: Example) -> tuple[list[Diagnostic], list[str]]:
    """The findings of an example in its own contract, and the lines of the full report."""
    with TemporaryDirectory() as folder:
        contract_file = write_contract(example, folder)
        files = {f"earlier-{number}.md": text for number, text in enumerate(example.others, 1)}
        files[NAME] = example.text
        for name, text in files.items():
            Path(folder, name).write_bytes(as_bytes(text))
        targets = Files(Target(os.path.join(folder, name), name) for name in sorted(files))
        outcome = run(targets, Settings(schema=contract_file, root=Path(folder)))

        def read(name: str) -> SourceFile:
            # What is beside the schema is named from the working directory.
            path = Path(folder, name) if name in files else Path(name)
            return SourceFile.from_bytes(name, path.read_bytes())

        lines = full.render(outcome.diagnostics, read, color=False)
        here = f"{shown_path(folder)}/"
        return list(outcome.diagnostics), [line.replace(here, "") for line in lines]
