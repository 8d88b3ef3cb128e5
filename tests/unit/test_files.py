"""The one bounded read, and what is said where it fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from seedlint.files import is_inside, read_regular_file, reason_of


def test_a_link_is_followed_only_if_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    link = tmp_path / "link"
    link.symlink_to("file")
    with pytest.raises(OSError, match="symbolic link"):
        read_regular_file(str(link), 10)
    assert read_regular_file(str(link), 10, follow_links=True)[0] == b"abc"
    assert read_regular_file(str(link), 1, follow_links=True)[0] == b"ab"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(2, "No such file or directory"), "no such file or directory"),
        (OSError("it is a symbolic link"), "it is a symbolic link"),
        (ValueError("embedded null byte"), "embedded null byte"),
        (OSError(), "error"),
    ],
)
def test_the_reason_fits_into_a_sentence(error: OSError | ValueError, reason: str) -> None:
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/a/b", True), ("/a/b/c", True), ("/a/b/c/d", True), ("/a", False), ("/a/bc", False)],
)
def test_what_is_inside_a_folder(path: str, expected: bool) -> None:
    at, folder = (os.path.join(os.sep, *each.split("/")) for each in (path, "/a/b"))
    assert is_inside(at, folder) is expected
    assert is_inside(at, os.sep)
