"""Group K: what bindings and `init` reach for beside the seed itself."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest

from harness import Case, Place, check_streams, params, places, run, seed, torture, write
from seedlint.text.toml import loads_toml

K2 = pytest.mark.torture("K2", "an image of which a few bytes claim gigabytes")
K3 = pytest.mark.torture("K3", "what was meant by a reference, among texts that are all alike")
K5 = pytest.mark.torture("K5", "init in folders with odd names")
K6 = pytest.mark.torture("K6", "init where there are links, pipes and devices")

SEED010 = ("SEED010", 2, 7)
URL015 = ("URL015", 2, 9)
FILE_NAME = {"type": "object", "x-seedlint": {"file-name": {"date": "date"}}}
SAME_SITE = {
    "type": "object",
    "x-seedlint": {"same-site": {"domain": ["domain"], "links": ["link"]}},
}
DATED = seed('date: "2023-05-05"')


def linked(host: str) -> bytes:
    return seed(f'domain: example.com\nlink: "https://{host}/"')


CASES = [
    Case(
        "K1",
        "a name that no rule takes for that of a file",
        {
            name: (DATED, found)
            for name, found in {
                "<2022-01-01-a.md": [SEED010],
                "<stdin>.md": [SEED010],
                ".2022-01-01-a.md": [SEED010],
                "2022-01-01-\n::error::.md": [SEED010],
                "index.md": [],
            }.items()
        },
        schema=FILE_NAME,
        good=b"---\nname: fine\n---\nA good seed without a date.\n",
    ),
    Case(
        "K4",
        "links whose host is not below any domain",
        {
            "ipv6.md": (linked("[2001:db8::1]"), [URL015]),
            "local.md": (linked("localhost"), [URL015]),
            "port.md": (linked("LOCALHOST:8080"), [URL015]),
            "user.md": (linked("example.com@localhost"), [URL015]),
            "ipv4.md": (linked("192.0.2.1"), [URL015]),
            "same.md": (linked("www.example.com"), []),
        },
        schema=SAME_SITE,
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_reach(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def image_of_places(items: int) -> bytes:
    """An AVIF image, 5 by 7; each of its items has 65,535 places of no bytes."""
    places_of = b"".join(struct.pack(">HHH", item, 0, 65_535) for item in range(items))
    iloc = box(b"iloc", bytes(6) + struct.pack(">H", items) + places_of)
    size = box(b"ispe", bytes(4) + struct.pack(">II", 5, 7))
    meta = box(b"meta", bytes(4) + iloc + box(b"iprp", box(b"ipco", size)))
    return box(b"ftyp", b"avif" + bytes(4) + b"avif") + meta


@K2
def test_an_image_that_claims_much(tmp_path: Path) -> None:
    pytest.importorskip("imagesize")
    binding = {"image-size": {"roots": ["static"]}}
    contract = {"properties": {"image": {"x-seedlint": binding}}}
    write(tmp_path / "s.json", json.dumps(contract).encode())
    write(tmp_path / "static" / "a.avif", image_of_places(9_000))
    write(tmp_path / "a.md", seed("image:\n  url: a.avif\n  width: 5\n  height: 8"))
    options = ("--schema", "s.json", "--output-format", "json")
    ran = run(
        tmp_path, "check", "--isolated", *options, "a.md", cpu_seconds=5, memory_kib=600 * 1024
    )
    check_streams(ran)
    assert places(ran.out, "json") == {"a.md": [("IMG006", 5, 11)]}


@K3
@pytest.mark.slow
def test_references_among_texts_that_are_alike(tmp_path: Path) -> None:
    contract = {"properties": {"ref": {"x-seedlint": {"refers-to": {"key": "id"}}}, "id": {}}}
    write(tmp_path / "s.json", json.dumps(contract).encode())
    for file in range(10):
        ids = "\n".join(f"- ab{number:06}cdefghijklmnopq{file}" for number in range(9_000))
        write(tmp_path / f"d{file}.md", seed(f"id:\n{ids}"))
    wrong = "\n".join(f"- ab{number:06}cdXfYhijklmnopqQ" for number in range(100))
    write(tmp_path / "r.md", seed(f"ref:\n{wrong}"))
    write(tmp_path / "seedlint.toml", b'schema = "s.json"\n')
    # 100 times 90,000 comparisons take minutes.
    ran = run(tmp_path, "check", "--output-format", "json", ".", cpu_seconds=20)
    check_streams(ran)
    expected: list[Place] = [("REF002", line, 3) for line in range(3, 103)]
    assert places(ran.out, "json") == {"r.md": expected}


ODD_NAMES = [
    b"p[a]*",
    b"!a",
    b"{a,b}",
    b"a\\b",
    b"a?b",
    b"d\x7fe",
    b"a\"b'c",
    b"a\x1b[31m",
    "a\u202eb\u009bc".encode(),
    b"\xff\xfe",
    b"##[error]a",
    b"a\n::error::b",
    b"${{ github.token }}",
    b"-x",
    b"#a",
]


@K5
@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_init_in_folders_with_odd_names(name: bytes, tmp_path: Path) -> None:
    """Settings that are written hold the seeds, and nothing that a runner or a terminal obeys."""
    folder = tmp_path / os.fsdecode(name)
    for number in range(3):
        write(folder / f"{number}.md", seed(f"title: Article {number}"))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".github").mkdir()
    shown = run(tmp_path, "init", "--diff")
    assert shown.code == 1
    check_streams(shown)
    ran = run(tmp_path, "init")
    assert ran.code == 0, ran.err
    check_streams(ran)
    text = (tmp_path / "seedlint.toml").read_text("utf-8")
    assert text.replace("\n", "").isprintable()
    settings = loads_toml(text)
    assert len(settings["include"]) == 1
    checked = run(tmp_path, "check")
    assert (checked.code, checked.err) == (0, f"OK: 3 seeds checked against {settings['schema']}\n")


@K5
@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_init_below_folders_with_odd_names(name: bytes, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(name)
    for number in range(3):
        write(folder / "posts" / f"{number}.md", seed(f"title: Article {number}"))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".github").mkdir()
    write(tmp_path / ".pre-commit-config.yaml", b"repos: []\n")
    ran = run(folder, "init")
    assert ran.code == 0, ran.err
    check_streams(ran)
    workflow = tmp_path / ".github" / "workflows" / "seedlint.yml"
    if workflow.exists():
        assert workflow.read_text("utf-8").replace("\n", "").isprintable()
        assert "${{" not in workflow.read_text("utf-8")
    assert (tmp_path / ".pre-commit-config.yaml").read_bytes() == b"repos: []\n"


@K6
@pytest.mark.parametrize("kind", ["pipe", "device", "link", "folder"])
def test_init_beside_hooks_that_are_no_file(kind: str, tmp_path: Path) -> None:
    write(tmp_path / "posts" / "a.md", seed("title: A"))
    (tmp_path / ".git").mkdir()
    hooks = tmp_path / ".pre-commit-config.yaml"
    if kind == "pipe":
        os.mkfifo(hooks)
    elif kind == "device":
        hooks.symlink_to("/dev/zero")
    elif kind == "link":
        write(tmp_path / "secret", b"seedlint")
        hooks.symlink_to("secret")
    else:
        hooks.mkdir()
    ran = run(tmp_path, "init", cpu_seconds=5)
    assert ran.code == 0
    assert ran.out.startswith("# Add to .pre-commit-config.yaml:\n")
    check_streams(ran)


@K6
@pytest.mark.parametrize("link", [".github", ".github/workflows"])
def test_init_writes_nothing_behind_a_link(link: str, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    write(inside / "posts" / "a.md", seed("title: A"))
    (inside / ".git").mkdir()
    (inside / link).parent.mkdir(exist_ok=True)
    (inside / link).symlink_to(outside)
    ran = run(inside, "init")
    assert ran.code == 0
    check_streams(ran)
    assert "workflows/seedlint.yml is not written, because a folder on the way is a link" in ran.err
    assert not list(outside.iterdir())
