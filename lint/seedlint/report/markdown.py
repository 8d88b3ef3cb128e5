"""`markdown`: a table of findings, for the summary of a job or a comment.

GitHub refuses a summary of more than 1 MiB as a whole, so the table ends before that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from seedlint.diagnostic import Diagnostic, gravest_first
from seedlint.report.repository import InRepository
from seedlint.report.sanitize import escape_unprintable
from seedlint.severity import Severity

_BUDGET = 900 * 1024
# All that means something in Markdown, in GitHub's and GitLab's dialects too.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~@:/&$]")
_QUOTED = re.compile(r"(`[^`]+`)")
# Behind what begins a mention, a reference, an emoji or the rest of an address.
_REFERENCE = re.compile(r"(?<=[@#!~$%&:])(?=\S)")
_ZERO_WIDTH_SPACE = "&#8203;"


def render(diagnostics: Sequence[Diagnostic], in_repository: InRepository) -> Iterator[str]:
    """A heading and a table, errors first; at most 900 KiB of UTF-8."""
    yield "## seedlint"
    yield ""
    if not diagnostics:
        yield "No findings."
        return
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    yield ", ".join(
        f"{counts[severity]} {severity.value}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    )
    yield ""
    yield "| Severity | Place | Rule | Finding |"
    yield "| --- | --- | --- | --- |"
    left = _BUDGET
    for number, diagnostic in enumerate(gravest_first(diagnostics)):
        row = _row(diagnostic, in_repository(diagnostic.path))
        left -= len(row.encode()) + 1
        if left < 0:
            yield ""
            yield f"{len(diagnostics) - number} more findings are not shown here."
            return
        yield row


def _row(diagnostic: Diagnostic, path: str) -> str:
    start = diagnostic.region.start
    text = diagnostic.message + (f"; {diagnostic.help}" if diagnostic.help else "")
    cells = (
        diagnostic.severity.value,
        f"<code>{_plain(f'{path}:{start.line}:{start.column}')}</code>",
        f"{diagnostic.code} {_plain(diagnostic.name)}",
        _prose(text),
    )
    return f"| {' | '.join(cells)} |"


def _prose(text: str) -> str:
    """A sentence, in which what is in backticks becomes code.

    GitHub and GitLab look for mentions, references and addresses in what Markdown has become, where
    a character reference is the character; they look everywhere but in code.
    """
    shown = [
        f"<code>{_plain(part[1:-1])}</code>"
        if number % 2
        else _ZERO_WIDTH_SPACE.join(map(_plain, _REFERENCE.split(part)))
        for number, part in enumerate(_QUOTED.split(text))
    ]
    return "".join(shown)


def _plain(text: str) -> str:
    """`text` so that Markdown shows it as it is: no markup and no command."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", escape_unprintable(text))
