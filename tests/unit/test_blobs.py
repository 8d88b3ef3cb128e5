"""Contents that one git process hands out."""

from __future__ import annotations

import sys

import pytest

from seedlint.work_tree import _Blobs


def test_a_git_that_ends_within_a_blob_has_said_nothing() -> None:
    program = "import sys; sys.stdin.readline(); print('x blob 100\\nabc', flush=True)"
    blobs = _Blobs([sys.executable, "-c", program], {})
    with pytest.raises(OSError, match="git has ended"):
        blobs.beginning("x", 1000)
    with pytest.raises(OSError, match="git has ended"):
        blobs.beginning("x", 50)
