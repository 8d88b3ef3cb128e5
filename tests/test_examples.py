"""examples/ works as it is, and on real files its contracts raise no false alarm.

`SEEDLINT_UPDATE=1 pytest tests/test_examples.py` writes `expected.txt` anew; read the difference.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from command import seedlint
from paths import CORPUS, ROOT, needs
from rule_index import defined_bindings

EXAMPLES = ROOT / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.rglob("seedlint.toml"))
# Their pages show them; these are about more than one seed, or about files beside them.
WITHOUT_FOLDER = {"amp-cache", "image-size", "not-self", "text", "unique-by", "url"}


def test_each_folder_is_in_the_list() -> None:
    page = (EXAMPLES / "README.md").read_text("utf-8")
    for folder in FOLDERS:
        assert f"]({folder.relative_to(EXAMPLES).as_posix()}/)" in page


def test_each_binding_that_looks_further_has_an_example() -> None:
    shown = {path.name for path in (EXAMPLES / "bindings").iterdir()}
    assert shown == set(defined_bindings()) - WITHOUT_FOLDER, (
        "a binding has a folder in examples/bindings/ or is in WITHOUT_FOLDER"
    )


@pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda folder: folder.relative_to(EXAMPLES).as_posix()
)
def test_what_is_found(folder: Path) -> None:
    """Nothing, or what `expected.txt` says, if the example is about findings."""
    expected = folder / "expected.txt"
    done = seedlint("check", "--no-cache", "--output-format", "concise", cwd=folder)
    if expected.exists():
        if os.environ.get("SEEDLINT_UPDATE"):
            expected.write_text(done.out, "utf-8", newline="\n")
        assert done.out == expected.read_text("utf-8")
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
        at_fault = {line.partition(":")[0] for line in done.out.splitlines()}
        assert at_fault & files, "an example shows what is found"
        assert files - at_fault, "and what is not"
    else:
        assert done.out == "", done.err
    assert "checked against" in done.err


# ---------------------------------------------------------------- real files

REAL = {
    "communities": "communities",
    "courses": "learning-courses",
    "news": "news",
    "people": "people",
    "samples": "samples",
    "videos": "learning-videos",
}
# Each was looked at: an article twice, HTML in an address, a strip of 543 by 41 pixels.
ERRORS = [
    ("news/2021-02-16-power-apps-filtering-by-multi-select-sharepoint-columns.md", "URL010"),
    ("news/2021-02-28-user-on-boarding-walkthrough-powerapps-portal-way.md", "DUP001"),
    ("samples/power-apps-community-responsive-design-template.md", "IMG004"),
    ("videos/daves-tech-tips-sql-query-from-power-apps-using-flow-tutorial.md", "DUP001"),
    (
        "videos/powerapps911-create-mobile-apps-in-project-oakdale-for-microsoft-teams.md",
        "DUP001",
    ),
]
# HTML in texts (which a browser shows as it is written), two zero-width spaces, one address
# without encryption, and one person under two names.
WARNINGS = {"TXT001", "FM010", "URL012", "DUP002"}


@needs(CORPUS)
def test_no_false_alarm_on_the_pages_of_a_real_site(tmp_path: Path) -> None:
    example = EXAMPLES / "community-site"
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "content")
    for kind, folder in REAL.items():
        shutil.copytree(CORPUS / "powerapps" / folder, tmp_path / "content" / kind)
    found = seedlint("check", "--no-cache", "--output-format", "json", cwd=tmp_path).findings
    errors = [
        (each["filename"].removeprefix("content/"), each["code"])
        for each in found
        if each["severity"] == "error"
    ]
    assert sorted(errors) == ERRORS
    assert {each["code"] for each in found if each["severity"] == "warning"} == WARNINGS
