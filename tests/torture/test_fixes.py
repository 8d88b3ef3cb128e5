"""Fixes on everything that the list holds: what they are not about stays, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import test_a_bytes
import test_b_fences
import test_c_yaml
import test_e_instance
from fixing import fix, make_fixer
from harness import Case, as_bytes

COMMENT = b"# seedlint: ignore[URL001] why"
CASES: list[Case] = [
    *test_a_bytes.CASES,
    *test_b_fences.CASES,
    *test_c_yaml.CASES,
    *test_e_instance.CASES,
]


def contracts(folder: Path) -> Iterator[tuple[Case, Path | None]]:
    for number, case in enumerate(CASES):
        path = None
        if case.failure is None and case.schema is not None:
            path = folder / f"{number}.schema.json"
            path.write_bytes(as_bytes(case.schema))
        if case.failure is None and not case.others and not case.config:
            yield case, path


def with_comment(data: bytes) -> bytes:
    """A seed with a comment below its opening fence that suppresses nothing."""
    end = b"\r\n" if data.partition(b"\n")[0].endswith(b"\r") else b"\n"
    return data.replace(b"---" + end, b"---" + end + COMMENT + end, 1)


@pytest.mark.slow
def test_what_was_put_in_is_taken_out_and_nothing_else(tmp_path: Path) -> None:
    fixed = 0
    for case, contract in contracts(tmp_path):
        fixer = make_fixer(contract, unsafe=True)
        for data, _ in case.seeds.values():
            injected = with_comment(data)
            if len(data) > 100_000 or injected == data:
                continue
            without, found = fix(fixer, data), fix(fixer, injected)
            if "SUP001" not in dict(found.fixed):
                # The front matter cannot be read, so what looks like a comment may be none.
                uncommented = found.new.replace(COMMENT + b"\r\n", b"").replace(
                    COMMENT + b"\n", b""
                )
                assert uncommented == without.new or not found.is_changed
                continue
            fixed += 1
            assert found.new == without.new
            assert not fix(fixer, found.new).is_changed
    assert fixed > 50
