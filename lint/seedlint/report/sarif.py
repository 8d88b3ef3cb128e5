"""`sarif`: SARIF 2.1.0, for code scanning on GitHub and for viewers.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html says what must be there; GitHub
asks for more (https://docs.github.com/en/code-security/code-scanning, "SARIF support"): a place for
each result, paths from the root of the repository, texts for each rule, at most 5,000 results.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from urllib.parse import quote

from seedlint.diagnostic import Diagnostic, Region
from seedlint.documentation import rule_url, site_url
from seedlint.named_tuple import NamedTuple
from seedlint.report.json import render_array
from seedlint.report.repository import STDIN, InRepository, with_fingerprints
from seedlint.report.sanitize import sanitize_json
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub shows no more.
_MOST_RESULTS = 5_000
# Section 3.11: braces are placeholders, and brackets make links.
_MEANINGFUL = re.compile(r"[\\\[\]{}]")
_ESCAPES = {"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"}


class RuleTexts(NamedTuple):
    """What a report says of a rule: its summary, one line, and its documentation, Markdown."""

    severity: Severity
    summary: str
    doc: str


def render(
    diagnostics: Sequence[Diagnostic],
    in_repository: InRepository,
    rule_texts: Callable[[str], RuleTexts],
    version: str,
    about: Sequence[str] = (),
) -> Iterator[str]:
    """The lines of one SARIF log; of more than 5,000 findings the gravest, and how many there are.

    `rule_texts` gives the texts of a rule by its code. `about` are names of what the run is about:
    a log takes the place of an earlier one about the same.
    """
    # Of equally grave ones the first, as from sorting.
    results = nsmallest(
        _MOST_RESULTS,
        with_fingerprints(diagnostics, in_repository),
        key=lambda each: each[0].severity.rank,
    )
    names = {diagnostic.code: diagnostic.name for diagnostic, _ in results}
    numbers = {code: number for number, code in enumerate(sorted(names))}
    driver: dict[str, Any] = {
        "name": "seedlint",
        "semanticVersion": version,
        "rules": [_rule(code, names[code], rule_texts(code)) for code in sorted(names)],
    }
    if site := site_url():
        driver["informationUri"] = site
    head = {"$schema": _SCHEMA, "version": "2.1.0"}
    yield f'{json.dumps(head)[:-1]}, "runs": [{{'
    yield f'"tool": {sanitize_json(json.dumps({"driver": driver}))},'
    yield f'"invocations": {json.dumps([_invocation(len(diagnostics), len(results))])},'
    yield '"columnKind": "unicodeCodePoints",'
    run = "".join(f"{name}/" for name in ("seedlint", *about))
    yield f'"automationDetails": {sanitize_json(json.dumps({"id": run}))},'
    yield '"results":'
    yield from render_array(
        _result(diagnostic, fingerprint, numbers[diagnostic.code], in_repository)
        for diagnostic, fingerprint in results
    )
    yield "}]}"


def _rule(code: str, name: str, texts: RuleTexts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": code,
        "name": name,
        "shortDescription": {"text": _escape(texts.summary)},
        "fullDescription": {"text": _escape(texts.summary)},
        "help": {"text": texts.doc, "markdown": texts.doc},
        "defaultConfiguration": {"level": _LEVELS[texts.severity]},
    }
    if url := rule_url(code):
        found["helpUri"] = url
    return found


def _invocation(count: int, shown: int) -> dict[str, Any]:
    """The `invocation` object: the run was complete; how many findings are left out here."""
    found: dict[str, Any] = {"executionSuccessful": True}
    if count > shown:
        text = f"{count - shown} of {count} findings are left out here, the gravest are not"
        found["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return found


def _result(
    diagnostic: Diagnostic, fingerprint: str, number: int, in_repository: InRepository
) -> dict[str, Any]:
    text = _escape(diagnostic.message)
    if diagnostic.help:
        text += f"\n\nhelp: {_escape(diagnostic.help)}"
    found: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": number,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [_location(diagnostic.region, in_repository)],
        "partialFingerprints": {"seedlint/v1": fingerprint},
    }
    if diagnostic.collection:
        found["properties"] = {"collection": diagnostic.collection}
    if diagnostic.labels:
        found["relatedLocations"] = [
            {
                "id": number,
                **_location(label.region, in_repository),
                "message": {"text": _escape(label.message)},
            }
            for number, label in enumerate(diagnostic.labels, 1)
        ]
    return found


def _location(region: Region, in_repository: InRepository) -> dict[str, Any]:
    path = in_repository(region.path)
    # The standard has no URI for what is not a file. The base is what GitHub and viewers call the
    # root of the repository.
    artifact = {"uri": quote(os.fsencode(path), safe="/"), "uriBaseId": "%SRCROOT%"}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": "stdin"} if path == STDIN else artifact,
            "region": {
                "startLine": region.start.line,
                "startColumn": region.start.column,
                "endLine": region.end.line,
                "endColumn": region.end.column,
            },
        }
    }


def _escape(text: str) -> str:
    return _MEANINGFUL.sub(lambda match: _ESCAPES[match[0]], text)
