"""What the site has beyond docs/: its first page, the changelog, and the navigation.

`mkdocs.yml` names this module as its hook; https://www.mkdocs.org/user-guide/configuration/#hooks
describes when each function is called. Links out of docs/ lead to the repository.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
# Pages that are kept at the top of the repository, where people and packagers look for them.
_FROM_THE_TOP = {"README.md": "index.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)\s#]+)")

_GUIDES = {
    "Use": ["configuration.md", "ci.md", "fixes.md", "edit.md", "suppressions.md", "api.md"],
    "About": ["security.md", "benchmarks.md", "architecture.md", "changelog.md"],
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put every page of docs/ into the navigation; those that no guide lists go first under Use."""
    docs = Path(config.docs_dir)
    listed = {page for pages in _GUIDES.values() for page in pages}
    others = sorted(path.name for path in docs.glob("*.md") if path.name not in listed)
    config.nav = [
        {"Home": "index.md"},
        {"Use": [*others, *_GUIDES["Use"]]},
        {"Rules": _folder(docs, "rules")},
        {"About": [*_GUIDES["About"], {"Decisions": _folder(docs, "decisions")}]},
    ]
    return config


def _folder(docs: Path, name: str) -> list[Any]:
    pages = sorted(path.name for path in (docs / name).glob("*.md") if path.name != "README.md")
    return [f"{name}/README.md", *(f"{name}/{page}" for page in pages)]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from the top of the repository."""
    for source, target in _FROM_THE_TOP.items():
        text = (ROOT / source).read_text("utf-8")
        files.append(File.generated(config, target, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Make links between README.md, docs/ and the rest of the repository work on the site."""
    home = {target: source for source, target in _FROM_THE_TOP.items()}
    here = page.file.src_uri
    # The place of the page in the repository.
    folder = posixpath.dirname(home.get(here, f"docs/{here}"))

    def lead(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[1]))
        if target in _FROM_THE_TOP:
            on_site = _FROM_THE_TOP[target]
        elif target.startswith("docs/"):
            on_site = target.removeprefix("docs/")
            if (ROOT / target).is_dir():
                on_site += "/README.md"
        else:
            return f"{config.repo_url}/blob/main/{target}"
        return posixpath.relpath(on_site, posixpath.dirname(here) or ".")

    return _LINK.sub(lead, markdown)
