"""`html`: one page, useful without script, harmless, and the same bytes each time."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from command import seedlint

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = '</script><script>document.title = "pwned"</script><img src=x onerror=alert(1)>'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text(
        json.dumps(
            {"properties": {"title": {"type": "string", "maxLength": 9}, "n": {"enum": [1]}}}
        )
    )
    for number in range(260):
        name = f"2024-{number % 12 + 1:02}-01-{number}.md"
        (tmp_path / name).write_text(f"---\ntitle: T{number}\nn: {number + 2}\n---\n")
    (tmp_path / "0.md").write_text(f"---\ntitle: '{HOSTILE}'\nn: 1\n---\n")
    return tmp_path


def page(tree: Path, *paths: str) -> str:
    options = ("--isolated", "--no-cache", "--schema", "s.json", "--output-format", "html")
    ran = seedlint("check", *options, *paths, cwd=tree)
    assert ran.err.count("\n") == 1, ran.err
    return ran.out


class Reader(HTMLParser):
    """Collects the elements and the texts of list items."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.items: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag == "li":
            self.items.append("")

    def handle_data(self, data: str) -> None:
        if self.items:
            self.items[-1] += data


def test_the_page_is_the_same_each_time(tree: Path) -> None:
    assert page(tree) == page(tree)


def test_the_page_has_all_findings_and_fetches_nothing(tree: Path) -> None:
    text = page(tree)
    reader = Reader()
    reader.feed(text)
    assert len(reader.items) == 200
    assert HOSTILE[:40] in reader.items[0]
    (island,) = re.findall(
        r'(?s)<script type="application/json" id="findings">(.*?)</script>', text
    )
    found = json.loads(island)
    assert len(found) == 261
    assert {each["place"] for each in found} >= {"0.md:2:8", "2024-01-01-0.md:3:4"}
    assert found[0]["frame"][1].startswith("'</script>")
    for tag, attributes in reader.tags:
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert not {"src", "href", "action"} & attributes.keys()
    assert [tag for tag, _ in reader.tags].count("script") == 2
    (policy,) = (each["content"] for tag, each in reader.tags if "http-equiv" in each)
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "By month" in text
    assert "261 errors in 261 of 261 files" in text
    assert 'id="collection"' not in text


def test_months_without_findings_are_gaps(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"type": "object"}', "utf-8")
    for month in ("2020-11", "2021-02"):
        (tmp_path / f"{month}-03-a.md").write_text("no front matter\n", "utf-8")
    titles = re.findall(r"<rect[^>]*><title>([^<]*)</title>", page(tmp_path))
    assert titles == ["2020-11: 1", "2020-12: 0", "2021-01: 0", "2021-02: 1"]
    (tmp_path / "1950-02-03-a.md").write_text("no front matter\n", "utf-8")
    assert page(tmp_path).count("<rect") == 3


def test_a_page_without_findings(tree: Path) -> None:
    (tree / "clean.md").write_text("---\nn: 1\n---\n")
    assert "No findings" in page(tree, "clean.md")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_the_page_in_a_browser(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    profile = tmp_path_factory.mktemp("profile")
    file = tree / "report.html"
    file.write_text(page(tree), "utf-8")
    done = subprocess.run(
        [
            CHROMIUM or "", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", "--enable-logging=stderr", "--dump-dom", file.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr
    assert "<title>seedlint</title>" in done.stdout
    # The script has run, and shows that there is more.
    assert re.search(r'id="count" role="status">261 findings<', done.stdout)
    assert re.search(r'<button id="more" type="button">', done.stdout)
    assert html.escape(HOSTILE[:30], quote=False) in done.stdout
