"""What cannot be left out is refused, or said, where somebody tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import Result, seedlint

ONLY = "is about files that cannot be checked and is always on; `exclude` leaves out files"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "s.json").write_text('{"required": ["title"]}')
    (tmp_path / "README.md").write_text("# No seed\n")
    (tmp_path / "a.md").write_text("---\ntitle: a\n---\n")
    return tmp_path


def check(tree: Path, config: str | None, *arguments: str) -> Result:
    if config is not None:
        (tree / "seedlint.toml").write_text('schema = "s.json"\n' + config)
    return seedlint("check", "--output-format", "concise", *arguments, cwd=tree)


@pytest.mark.parametrize("selector", ["FM001", "missing-front-matter", "YML001", "SEED007", "INT"])
def test_a_selector_of_nothing_else_is_refused(selector: str, tree: Path) -> None:
    ran = check(tree, "", "--ignore", f"URL,{selector}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"seedlint: --ignore: `{selector}` {ONLY}\n"
    ran = check(tree, f'ignore = ["URL",\n  "{selector}"]\n')
    assert ran.err == f"seedlint: seedlint.toml:3:3: `ignore`: `{selector}` {ONLY}\n"
    ran = check(tree, f'\n[per-file-ignores]\n"README.md" = ["{selector}"]\n')
    assert ran.err == f"seedlint: seedlint.toml:4:16: `README.md`: `{selector}` {ONLY}\n"
    # To select it, or to make it milder, is no mistake.
    assert check(tree, f'select = ["SCH", "{selector}"]\n', "a.md").code == 0
    assert check(tree, f'severity = {{"{selector}" = "info"}}\n', "a.md").code == 0


def test_a_selector_of_others_as_well_is_spoken_of_once(tree: Path) -> None:
    (tree / "b.md").write_text("no front matter either\n")
    for config, arguments in (
        ('ignore = ["FM"]\n', ()),
        ('[per-file-ignores]\n"README.md" = ["FM"]\n"b.md" = ["FM"]\n', ()),
        ("", ("--ignore", "FM")),
    ):
        ran = check(tree, config, *arguments)
        assert ran.code == 1
        assert ran.out.startswith("README.md:1:1: FM001 [error] no front matter\n")
        notes = [line for line in ran.err.splitlines() if line.startswith("note: ")]
        assert notes == [
            "note: `FM` does not leave out FM001, FM002, FM003, FM004, FM006 and 4 more, about "
            "files that cannot be checked; `exclude` leaves out files"
        ]
        assert not check(tree, config, *arguments, "--quiet").err
    # The others of the family are left out.
    (tree / "c.md").write_text("---\ntitle: a\u200b\n---\n")
    assert check(tree, 'fail-on = "info"\n', "c.md").code == 1
    ran = check(tree, 'fail-on = "info"\nignore = ["FM"]\n', "c.md")
    assert (ran.code, ran.out) == (0, "")


def test_the_way_out(tree: Path) -> None:
    assert check(tree, "").code == 1
    assert check(tree, 'exclude = ["README.md"]\n').code == 0


def test_it_is_reported_beside_other_findings(tree: Path) -> None:
    """It used to speak only when nothing else did."""
    (tree / "README.md").write_text("---\ntitle: [\u200bx\n---\n")
    ran = check(tree, "", "--ignore", "YML,SCH", "README.md")
    assert [line.split()[1] for line in ran.out.splitlines()] == ["YML001", "FM010"]


def test_missing_keys_come_in_the_order_of_the_contract(tree: Path) -> None:
    names = ["title", "url", "author", "date", "body"]
    (tree / "s.json").write_text(f'{{"required": {str(names).replace(chr(39), chr(34))}}}')
    (tree / "a.md").write_text("---\nx: 1\n---\n")
    (tree / "b.md").write_text("---\n# A comment\nx: [1,\n  2]\n---\n")
    for name in ("a.md", "b.md"):
        ran = check(tree, "", name)
        found = [line.rpartition(" ")[2].strip("`") for line in ran.out.splitlines()]
        assert found == names


def test_a_baseline_that_lists_each_missing_key_holds_empty_front_matter(tree: Path) -> None:
    (tree / "s.json").write_text('{"required": ["title", "url"]}')
    (tree / "a.md").write_text("---\nx: 1\n---\n")
    ran = check(tree, "", "--baseline", "known.json", "--update-baseline", "a.md")
    assert ran.code == 0, ran.err
    (tree / "a.md").write_text("---\n---\n")
    ran = check(tree, "", "--baseline", "known.json", "a.md")
    assert (ran.code, ran.out) == (0, "")
