"""The size that is given for an image, and the one in its file."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from command import seedlint
from images import png

CONTRACT = {"properties": {"image": {"x-seedlint": {"image-size": {"roots": ["static"]}}}}}


def jpeg(width: int, height: int, orientation: int = 1, padding: int = 0) -> bytes:
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    parts = [b"\xff\xd8\xff\xe1", struct.pack(">H", len(exif) + 2), exif]
    while padding > 0:
        parts += [b"\xff\xfe", struct.pack(">H", 60_002), b" " * 60_000]
        padding -= 60_000
    parts += [b"\xff\xc0", struct.pack(">HBHHB", 11, 8, height, width, 1), b"\x01\x11\x00"]
    return b"".join(parts) + b"\xff\xd9"


WEBP = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xaf\x04\0" + b"\xa2\x02\0"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
GIVEN = (1200, 675)


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("a.png", png(1200, 675), []),
        ("b.png", png(1200, 630), ["height"]),
        ("c.png", png(675, 1200), ["width", "height"]),
        ("d.png", png(100_000, 100_000), ["width", "height"]),
        ("e.png", png(1200, 630)[:18], []),
        ("f.jpg", jpeg(1200, 675), []),
        ("g.jpg", jpeg(675, 1200, orientation=6), []),
        ("h.jpg", jpeg(1200, 675, orientation=6), ["width", "height"]),
        ("i.jpg", jpeg(640, 480, padding=60_000), ["width", "height"]),
        ("j.jpg", jpeg(640, 480, padding=120_000), []),
        ("k.webp", WEBP, []),
        ("l.gif", b"GIF89a" + struct.pack("<HH", 1200, 674) + b"\0\0\0;", ["height"]),
        ("m.svg", SVG, []),
        ("n.svg", b"\xef\xbb\xbf \n<?xml version='1.0'?>" + SVG, []),
        ("o.jpg", b"", []),
        ("p.txt", b"nothing of the kind", []),
    ],
)
def test_size(tmp_path: Path, name: str, data: bytes, wrong: list[str]) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / name).write_bytes(data)
    (tmp_path / "s.json").write_text(json.dumps(CONTRACT))
    width, height = GIVEN
    (tmp_path / "s.md").write_text(
        f"---\nimage: {{url: /{name}, width: {width}, height: {height}}}\n---\n"
    )
    command = ("check", "--isolated", "--no-cache", "--schema", "s.json", "--output-format", "json")
    done = seedlint(*command, "s.md", cwd=tmp_path)
    assert [each["code"] for each in done.findings] == ["IMG006"] * len(wrong), done.out
    assert [each["pointer"] for each in done.findings] == [f"/image/{side}" for side in wrong]


@pytest.mark.parametrize("url", ["none.png", "https://example.com/a.png", "../a.png", "folder"])
def test_what_is_no_local_file_has_no_size(tmp_path: Path, url: str) -> None:
    (tmp_path / "static" / "folder").mkdir(parents=True)
    (tmp_path / "a.png").write_bytes(png(1, 1))
    (tmp_path / "s.json").write_text(json.dumps(CONTRACT))
    (tmp_path / "s.md").write_text(f"---\nimage: {{url: {url}, width: 20, height: 20}}\n---\n")
    command = ("check", "--isolated", "--no-cache", "--schema", "s.json", "s.md")
    assert seedlint(*command, cwd=tmp_path).code == 0
