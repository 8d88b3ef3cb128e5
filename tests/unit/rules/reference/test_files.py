"""Values that name local files: what leads to one, what leads out, and what is kept of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint
from seedlint.errors import SchemaError
from seedlint.schema.load import load_schema


def contract(**options: Any) -> dict[str, Any]:
    bound = {"x-seedlint": {"file": {"roots": ["static", "content"], **options}}}
    return {"properties": {"image": bound, "images": bound}}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in (
        "static/img/Tides.jpg",
        "static/img/a b.png",
        "static/img/100%.png",
        "static/é/中.jpg",
        "static/twin.png",
        "static/Twin.png",
        "content/low.jpg",
        ".git/config",
        "secret.txt",
        "../outside/passwd",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    static = folder / "static"
    (static / "in").symlink_to("img")
    (static / "out").symlink_to(tmp_path / "outside")
    (static / "passwd.jpg").symlink_to(tmp_path / "outside" / "passwd")
    (static / "dangling.jpg").symlink_to("nowhere.jpg")
    if hasattr(os, "mkfifo"):
        os.mkfifo(static / "pipe.jpg")
    (folder / "seedlint.toml").write_text('schema = "own.json"\n')
    (folder / "own.json").write_text(json.dumps(contract()))
    return folder


def check(site: Path, seed: str, *options: str) -> Result:
    (site / "s.md").write_text(f"---\n{seed}\n---\n", "utf-8")
    command = ("check", "--output-format", "json", "--quiet", "--no-cache", *options, "s.md")
    return seedlint(*command, cwd=site)


def message(site: Path, text: str) -> str | None:
    """What is said of a text; None for nothing."""
    done = check(site, f"image: {json.dumps(text)}")
    assert done.code in (0, 1), done.err
    if not done.findings:
        return None
    (found,) = done.findings
    assert (found["code"], found["location"]) == ("REF004", {"row": 2, "column": 8})
    said: str = found["message"]
    return said


@pytest.mark.parametrize(
    "text",
    [
        "img/Tides.jpg",
        "/img/Tides.jpg",
        "./img/Tides.jpg",
        "img//Tides.jpg",
        "in/Tides.jpg",
        "img/../img/Tides.jpg",
        "img/Tides.jpg?v=2#top",
        "img/a%20b.png",
        "img/a b.png",
        "img/100%25.png",
        "img%2FTides.jpg",
        "/é/中.jpg",
        "/%C3%A9/%E4%B8%AD.jpg",
        "low.jpg",
        "https://example.com/none.jpg",
        "http://example.com/none.jpg",
        "//example.com/none.jpg",
        "data:image/png;base64,AAAA",
    ],
)
def test_what_leads_to_a_file(site: Path, text: str) -> None:
    assert message(site, text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("img/none.jpg", "no file `img/none.jpg` in `static` or `content`"),
        ("", "an empty text names no file in"),
        ("/", "`/` names no file in"),
        ("#top", "`#top` names no file in"),
        ("img", "`img` is a folder in"),
        ("img/", "`img/` is a folder in"),
        ("img/Tides.jpg/", "is written like a folder"),
        ("img/Tides.jpg/x", "no file"),
        ("../secret.txt", "`../secret.txt` leads out of `static` or `content`"),
        ("%2e%2e/secret.txt", "leads out of"),
        ("%2e%2e%2fsecret.txt", "leads out of"),
        ("img/../../secret.txt", "leads out of"),
        ("secret.txt", "no file"),
        ("out/passwd", "leads through a link out of"),
        ("passwd.jpg", "leads through a link out of"),
        ("dangling.jpg", "no regular file in|leads nowhere in|a link"),
        ("pipe.jpg", "is not a regular file in"),
        ("/etc/passwd", "no file"),
        ("C:\\img\\Tides.jpg", "no file"),
        ("img\\Tides.jpg", "no file"),
        ("x" * 5000, "is too long for a file in"),
        ("img/100%.png", None),
    ],
)
def test_what_does_not(site: Path, text: str, said: str | None) -> None:
    found = message(site, text)
    if said is None:
        assert found is None
        return
    assert found is not None
    assert any(each in found for each in said.split("|")), found


@pytest.mark.parametrize(
    ("text", "meant", "applicability"),
    [
        ("/img/tides.JPG?v=1", "/img/Tides.jpg?v=1", "safe"),
        ("img/Tide.jpg", "img/Tides.jpg", "unsafe"),
        ("imgs/Tides.jpg", "img/Tides.jpg", "unsafe"),
        ("TWin.png", "twin.png", "unsafe"),
        ("img/a%20c.png", "img/a%20b.png", "unsafe"),
        ("img/10%25.png", "img/100%25.png", "unsafe"),
        # From the folder of the configuration, or of the seed.
        ("/static/img/Tides.jpg", "/img/Tides.jpg", "unsafe"),
        ("static/img/Tides.jpg?v=1", "img/Tides.jpg?v=1", "unsafe"),
        ("./static/img/Tides.jpg", "img/Tides.jpg", "unsafe"),
        ("../../content/low.jpg", "low.jpg", "unsafe"),
        ("img\\Tides.jpg", "img/Tides.jpg", "unsafe"),
        ("static/img/none.jpg", None, None),
        ("../static/out/passwd", None, None),
        ("imgs/none.jpg", None, None),
        ("outs/passwd", None, None),
        ("pass.jpg", None, None),
    ],
)
def test_what_was_meant(
    site: Path, text: str, meant: str | None, applicability: str | None
) -> None:
    (found,) = check(site, f"image: {text}").findings
    fix = found["fix"]
    assert (fix and fix["applicability"]) == applicability
    assert (fix and fix["edits"][0]["content"]) == meant
    assert ("did you mean" in found["message"]) == (meant is not None)
    if meant:
        assert check(site, f"image: {meant}").findings == []


def test_each_item_of_a_list(site: Path) -> None:
    done = check(site, "images: [low.jpg, none.jpg, 12, null, [none.jpg]]")
    assert done.places == [("REF004", 2, 19)]


def test_addresses_may_be_refused(site: Path) -> None:
    (site / "own.json").write_text(json.dumps(contract(remote="refuse")))
    done = check(site, "images: [low.jpg, https://example.com/a.jpg, //example.com/a.jpg]")
    assert done.places == [("REF005", 2, 19), ("REF005", 2, 46)]


@pytest.mark.parametrize("root", ["../static", "/etc", "a/../../b", "", "a\\b"])
def test_a_root_that_leads_out_is_refused(tmp_path: Path, root: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(contract(roots=["static", root])))
    with pytest.raises(SchemaError, match="a root is a path"):
        load_schema(path)


def test_a_root_that_is_a_link_out_has_no_files(site: Path) -> None:
    (site / "linked").symlink_to(site.parent / "outside")
    (site / "own.json").write_text(json.dumps(contract(roots=["linked"])))
    said = message(site, "passwd")
    assert said is not None
    assert "leads through a link out of" in said


def test_roots_start_from_the_configuration(site: Path) -> None:
    (site / "sub").mkdir()
    (site / "sub" / "s.md").write_text("---\nimage: img/Tides.jpg\n---\n")
    assert seedlint("check", "--no-cache", "s.md", cwd=site / "sub").code == 0
    elsewhere = ("check", "--no-cache", "--isolated", "--schema", "../own.json", "s.md")
    assert seedlint(*elsewhere, cwd=site / "sub").code == 1
    named = ("check", "--no-cache", "--config", "../seedlint.toml", "--root", "..", "s.md")
    assert seedlint(*named, cwd=site / "sub").code == 0


def test_a_root_that_is_not_there_has_no_files(site: Path) -> None:
    (site / "own.json").write_text(json.dumps(contract(roots=["none"])))
    assert message(site, "low.jpg") == "no file `low.jpg` in `none`"


AUDITED = """
import os, sys
seen = []
def audit(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments:
        seen.append(os.path.realpath(str(arguments[0])))
sys.addaudithook(audit)
from seedlint.cli.main import run_command
code = run_command(["check", "--no-cache", "--jobs", "1", "s.md"])
assert code == 1, code
print("\\n".join(path for path in seen if path.startswith(sys.argv[1])))
"""


def test_nothing_outside_is_opened_or_listed(site: Path) -> None:
    texts = ["../secret.txt", "out/passwd", "out/x/y", "passwd.jpg", "%2e%2e/outside/passwd",
             "/../secret.txt", "in/Tides.jpg"]  # fmt: skip
    (site / "s.md").write_text(f"---\nimages: {json.dumps(texts)}\n---\n")
    done = subprocess.run(
        [sys.executable, "-c", AUDITED, str(site.parent)],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    seen = {line for line in lines if line.startswith(str(site.parent))}
    outside = str(site.parent / "outside")
    assert not any(each.startswith(outside) or each.endswith("secret.txt") for each in seen), seen
    assert str(site / "static" / "img") in seen


def test_what_rests_on_files_is_not_kept(site: Path) -> None:
    seeds = site / "seeds"
    seeds.mkdir()
    for number in range(120):
        text = "image: https://example.com/a.jpg" if number % 2 else "image: late.jpg"
        (seeds / f"{number}.md").write_text(f"---\n{text}\n---\n")
    (seeds / "yaml.md").write_text("---\n? image\n: late.jpg\n---\n")
    command = ("check", "--quiet", "--output-format", "concise", "--cache-dir", "../cache", "seeds")

    def found() -> int:
        return len(seedlint(*command, cwd=site).out.splitlines())

    assert [found(), found()] == [61, 61]
    (site / "static" / "late.jpg").write_text("x")
    assert [found(), found()] == [0, 0]
    (site / "static" / "late.jpg").unlink()
    assert [found(), found()] == [61, 61]
    (site / "own.json").write_text(json.dumps(contract(remote="refuse")))
    assert found() == 121
