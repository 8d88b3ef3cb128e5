"""`junit`: JUnit XML, in which each finding is a test that has failed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from seedlint.diagnostic import Diagnostic
from seedlint.report.repository import InRepository
from seedlint.report.sanitize import sanitize_xml

# What XML 1.0 does not allow, not even as a reference (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(diagnostics: Sequence[Diagnostic], in_repository: InRepository) -> Iterator[str]:
    """A suite per file; a run without findings is one test that has passed."""
    count = len(diagnostics)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<testsuites name="seedlint" tests="{count or 1}" failures="{count}">'
    if not diagnostics:
        yield '  <testsuite name="seedlint" tests="1" failures="0">'
        yield '    <testcase name="no findings" classname="seedlint"/>'
        yield "  </testsuite>"
    for path, of_file in groupby(diagnostics, lambda each: in_repository(each.path)):
        yield from _suite(path, list(of_file))
    yield "</testsuites>"


def _suite(path: str, diagnostics: list[Diagnostic]) -> Iterator[str]:
    count = len(diagnostics)
    yield f'  <testsuite name={_attribute(path)} tests="{count}" failures="{count}">'
    # Of several tests with one name GitLab shows the first.
    numbers: Counter[str] = Counter()
    for diagnostic in diagnostics:
        start = diagnostic.region.start
        name = f"{diagnostic.code}:{start.line}:{start.column}"
        numbers[name] += 1
        if numbers[name] > 1:
            name += f":{numbers[name]}"
        place = f'file={_attribute(path)} line="{start.line}"'
        yield f'    <testcase name="{name}" classname={_attribute(path)} {place}>'
        kind = f'type="{diagnostic.severity.value}"'
        help_text = f"help: {diagnostic.help}" if diagnostic.help else ""
        yield (
            f"      <failure message={_attribute(diagnostic.message)} {kind}>"
            f"{sanitize_xml(escape(_legal(help_text)))}</failure>"
        )
        yield "    </testcase>"
    yield "  </testsuite>"


def _attribute(text: str) -> str:
    return sanitize_xml(quoteattr(_legal(text)))


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
