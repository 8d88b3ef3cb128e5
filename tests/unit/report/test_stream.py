"""Where a report goes: what makes its lines ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedlint.errors import OutputError
from seedlint.report.stream import write_report


def lines(ended: list[bool], count: int) -> Iterator[str]:
    """Lines that processes might lay out."""
    try:
        for _ in range(count):
            yield "x" * 1000
    finally:
        ended.append(True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_makes_the_lines_has_ended_when_the_disk_is_full() -> None:
    """Not only when somebody collects the error that refers to it."""
    ended: list[bool] = []
    with pytest.raises(OutputError) as caught:
        write_report(lines(ended, 100_000), "/dev/full")
    assert ended == [True]
    assert "no space left" in str(caught.value)
