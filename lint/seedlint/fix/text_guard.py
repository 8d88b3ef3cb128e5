"""The guard for fixes that change the text without naming data.

They mend what cannot be read, or what reads otherwise than it was meant, so the old data are no
measure. No such fix changes a letter or a digit: it is about blanks, quotes and other signs. The
new text is compared with another one that can be read, and that depends on what was changed:

- characters that nobody sees (`compare_marks`);
- values (`compare_values`);
- lines that have no value, or move (`compare_layout`).

A fence leaves nothing to compare with. Each comparison gives the other text, in which the findings
are that were there before, or says what would be wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.diagnostic import Diagnostic
from seedlint.fix.compare_layout import compare_layout
from seedlint.fix.compare_marks import are_marks, compare_marks
from seedlint.fix.compare_values import Values, compare_values
from seedlint.fix.reading import OTHER_DATA, Read, Reading, Reference, why_worse
from seedlint.text.edit import Edit
from seedlint.text.letters import letters


def why_text_differs(
    old: Reading, new: Reading, fixed: Sequence[Diagnostic], edits: Sequence[Edit], read: Read
) -> str | None:
    """Why the edits that turn `old` into `new` must not be made; None if they are sound."""
    if old.document.front_matter is None:
        return None
    if any(letters(old.text[start:end]) != letters(text) for start, end, text in edits):
        return OTHER_DATA
    reference = _compare(old, new, edits, read)
    if isinstance(reference, str):
        return reference
    if old.document.is_checkable:
        return why_worse(old.result.diagnostics, new, fixed)
    # Most seeds have nothing else, and then nothing is looked for in the other text.
    return why_worse(reference.findings, new, ()) if new.result.diagnostics else None


def _compare(old: Reading, new: Reading, edits: Sequence[Edit], read: Read) -> Reference | str:
    values = Values.of(old.text, new.text, edits)
    if are_marks(old.text, edits):
        texts = compare_marks(old, new, edits, read)
        may_move = not old.document.is_checkable or (values is not None and values.keep_keys)
        if not isinstance(texts, str) or not may_move:
            return texts
    reference = compare_values(old, new, values, read) if values else None
    return compare_layout(old, new, edits, read) if reference is None else reference
