"""Trees of files for tests; the invented seeds are for the article contract."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from paths import CORPUS

SEED = """---
category: news
title: "The harbour reports on day {number}"
excerpt: "What happened in the harbour on day {number}."
publishedDateTime: 2021-05-08T05:00:00Z
originalUrl: "https://www.harbour-times.example/day/{number}"
webUrl: "https://www.harbour-times.example/day/{number}"
type: article
provider:
  name: Harbour Times
  domain: harbour-times.example
topics:
  - Harbour
secured: "a/b+;c="
---
"""


def seed(number: int) -> str:
    """A clean seed that shares nothing with those of other numbers."""
    return SEED.format(number=number)


def lay_tree(folder: Path) -> None:
    """110 clean seeds, but for one with an error, one with a warning and one that is no YAML."""
    for number in range(110):
        path = folder / f"{number % 3}" / f"{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seed(number), "utf-8")
    (folder / "wrong.md").write_text(seed(5000).replace("type: article", "type: aritcle"))
    (folder / "doubtful.md").write_text(seed(5001).replace('excerpt: "W', 'excerpt: "\u200bW'))
    (folder / "broken.md").write_text(seed(5002).replace('"The', "'The"))


def write(tree: Path, name: str, text: str) -> None:
    """A file of a tree, and the folders that it is in."""
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_front_matter(tree: Path, name: str, yaml: str) -> None:
    """A seed of a tree that is all front matter."""
    write(tree, name, f"---\n{yaml}\n---\n")


def write_seed(tree: Path, name: str, yaml: str) -> None:
    """Write `seeds/NAME.md` of a tree, all front matter."""
    write_front_matter(tree, f"seeds/{name}.md", yaml)


def lay_contract(tree: Path, schema: object) -> None:
    """Write a schema and a configuration that names it, and make an empty folder for seeds."""
    (tree / "seeds").mkdir(parents=True)
    write(tree, "s.json", json.dumps(schema))
    write(tree, "seedlint.toml", 'schema = "s.json"\ninclude = ["seeds/**/*.md"]\n')


def collection(name: str, files: str | Sequence[str], *settings: str) -> str:
    """A collection as TOML, for `seedlint.toml`."""
    patterns = json.dumps([files] if isinstance(files, str) else list(files))
    lines = ["[[collections]]", f'name = "{name}"', f"files = {patterns}", *settings, ""]
    return "\n".join(lines)


def needing(key: str, **more: Any) -> str:
    """A schema that needs a key, which tells in a finding that it was used."""
    return json.dumps({"type": "object", "required": [key], **more})


KINDS = ("communities", "learning-courses", "learning-videos", "news", "people", "samples")


def lay_kinds(tree: Path) -> str:
    """Six kinds of real seeds, and the configuration with a schema for each; its text."""
    shutil.copytree(CORPUS / "powerapps", tree / "content")
    config = 'unmatched = "ignore"\n'
    for kind in KINDS:
        key, more = (
            ("name", [f"{kind}-key"]) if kind in ("communities", "people") else ("title", [])
        )
        schema = {
            "properties": {key: {"type": "string", "maxLength": 50}, "heat": {"maximum": 50}},
            "required": [key, *more],
            "x-seedlint": {"unique-across": {"titles": [key]}},
        }
        write(tree, f"schemas/{kind}.json", json.dumps(schema))
        config += collection(kind, f"content/{kind}/**/*.md", f'schema = "schemas/{kind}.json"')
    write(tree, "seedlint.toml", config)
    return config
