"""A draft as the text of a contract, which our own checks must pass."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target, read_target
from seedlint.document.limits import Limits
from seedlint.schema.check import ParsedSchema, check_schema
from seedlint.schema.json_source import JsonSource
from seedlint.schema.load import LoadedSchema
from seedlint.settings import Settings
from seedlint.text.marks import RUNNER_COMMAND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAME = "the draft"


def text_of(schema: Any) -> str:
    """The contract as JSON, with what does not print as escapes."""
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    text = "".join(each if each.isprintable() or each == "\n" else _escape(each) for each in text)
    return re.sub(RUNNER_COMMAND, r"#\\u0023", text) + "\n"


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def load_text(text: str) -> LoadedSchema:
    """The contract with this text. Raises SchemaError if it does not pass the checks."""
    source = JsonSource(_NAME, text, json.loads(text))
    files, warnings, _ = check_schema(ParsedSchema(_NAME, source))
    return LoadedSchema(_NAME, text, files.references, warnings=warnings)


def find_departures(
    targets: Sequence[Target], schema: LoadedSchema, limits: Limits
) -> Iterator[Diagnostic]:
    """What departs from the contract in files that have been read, in order.

    What bound rules have to say is left out.
    """
    checker = Checker(schema, Settings(select=("SCH",), suppressions=False, limits=limits))
    for target in targets:
        document = checker.read(target.shown, read_target(target, limits.file_bytes))
        yield from checker.check(document).diagnostics
