"""The site builds, strictly: no link or anchor is dead, and every page is reached."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from cpu import HANGING
from paths import ROOT
from seedlint.rules import all_rules

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("mkdocs") is None, reason="needs the extra `docs`"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    # Material prints what its authors think of MkDocs 2 otherwise.
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=HANGING, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_every_rule_has_the_address_that_findings_name(site: Path) -> None:
    for code, rule in all_rules().items():
        assert rule.name in (site / "rules" / code / "index.html").read_text("utf-8")


def test_every_page_is_in_the_navigation(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    pages = re.findall(r"<loc>https://seedlint\.example/(.*?)</loc>", sitemap)
    assert len(pages) > 100
    about = (site / "decisions" / "index.html").read_text("utf-8")
    rules = (site / "rules" / "index.html").read_text("utf-8")
    for page in pages:
        name = page.rstrip("/").rpartition("/")[2]
        assert f"{name}/" in home + about + rules, page


def test_a_reader_asks_nobody_else(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        sources = re.findall(r"<(?:script|link|img)\b[^>]*\b(?:src|href)=\"(https?:[^\"]*)", text)
        assert all(each.startswith("https://seedlint.example/") for each in sources), page


def test_search_finds_rules(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text("utf-8")
    assert "rules/URL003/" in index
    assert "messages/" in index
