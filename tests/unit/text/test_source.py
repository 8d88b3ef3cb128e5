"""Bytes to text."""

from __future__ import annotations

import pytest

from seedlint.text.source import SourceFile


@pytest.mark.parametrize(
    ("data", "text", "bom", "utf16"),
    [
        (b"", "", False, False),
        (b"a\r\nb", "a\r\nb", False, False),
        (b"\xef\xbb\xbfa", "a", True, False),
        (b"\xef\xbb\xbf", "", True, False),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", True, False),
        (b"a\xef\xbb\xbf", "a\ufeff", False, False),
        ("é😀".encode(), "é😀", False, False),
        (b"a\xffb", "a\udcffb", False, False),
        (b"\xe4\xb8", "\udce4\udcb8", False, False),  # a character cut off
        (b"\xed\xa0\x80", "\udced\udca0\udc80", False, False),  # an encoded surrogate
        (b"\xc0\x80", "\udcc0\udc80", False, False),  # an overlong NUL
        (b"\xef\xbb", "\udcef\udcbb", False, False),  # half a byte order mark
        (b"\x00", "\x00", False, False),
        ("\ufeff---\n".encode("utf-16-le"), "---\n", False, True),
        (b"\xff\xfe", "", False, True),
        (b"\xff\xfe\x00", "\ufffd", False, True),
        (b"\xff\xfe\x00\xd8", "\ufffd", False, True),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_from_bytes(data: bytes, text: str, bom: bool, utf16: bool) -> None:
    source = SourceFile.from_bytes("s.md", data)
    assert (source.text, source.bom, source.utf16) == (text, bom, utf16)


def test_big_endian_utf16_is_seen_for_what_it_is() -> None:
    assert SourceFile.from_bytes("s.md", b"\xfe\xff" + "---".encode("utf-16-be")).utf16


@pytest.mark.parametrize("data", [bytes(range(256)), b"---\n\xff\xc3\n---\n", b"\xf0\x9f\x98"])
def test_nothing_is_lost(data: bytes) -> None:
    text = SourceFile.from_bytes("s.md", data).text
    assert text.encode("utf-8", "surrogateescape") == data


def test_columns_do_not_count_the_byte_order_mark() -> None:
    plain, marked = (
        SourceFile.from_bytes("s.md", head + b"ab\ncd") for head in (b"", b"\xef\xbb\xbf")
    )
    assert [plain.lines.position(n) for n in range(6)] == [
        marked.lines.position(n) for n in range(6)
    ]
