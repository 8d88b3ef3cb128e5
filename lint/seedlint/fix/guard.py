"""The guard before every write: what a fix may have changed, and what it must not.

The text that the edits make is read and checked like any other. Its data must be the old data but
for what the operations say, no finding may be new, and those that are fixed must be gone. So each
pass leaves fewer findings than there were, and fixes that correct each other in a circle are
refused.

Some fixes change the text without naming data: `text_guard` compares the text then.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedlint.diagnostic import Diagnostic
from seedlint.fix.operation import CannotApply, Operation, applied
from seedlint.fix.reading import OTHER_DATA, Read, Reading, why_worse
from seedlint.text.edit import Edit


def why_refused(
    old: Reading, new: Reading, fixed: Sequence[Diagnostic], edits: Sequence[Edit], read: Read
) -> str | None:
    """Why `fixed`, the fixes that turn `old` into `new`, must not be made; None if they are sound.

    `read` reads and checks a text.
    """
    if not new.document.is_checkable or not new.result.validated:
        return "the seed could not be read any more"
    if old.document.is_checkable:
        operations: list[Operation] = []
        for diagnostic in fixed:
            assert diagnostic.fix is not None
            operations += diagnostic.fix.operations
        try:
            wanted = applied(old.document.data, operations)
        except CannotApply:
            return "it is not about what the seed says"
        # `repr` tells 1 from 1.0 and true, and sees the order of keys.
        if repr(wanted) == repr(new.document.data):
            return why_worse(old.result.diagnostics, new, fixed)
        if operations:
            return OTHER_DATA
    # Few fixes come here.
    from seedlint.fix.text_guard import why_text_differs

    return why_text_differs(old, new, fixed, edits, read)
