"""`--baseline` and its kin, by the installed command: only what is new is reported."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from command import Result, seedlint

SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "related": {"type": "array", "items": {"properties": {"n": {"type": "integer"}}}},
    },
}
OLD = "---\ntitle: 5\nrelated:\n  - n: one\n  - n: two\n---\n"
BROKEN = '---\ntitle: "a\n---\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "seedlint.toml").write_text(
        'schema = "s.json"\ninclude = ["seeds/**/*.md"]\nbaseline = "known.json"\n'
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(OLD)
    (tmp_path / "seeds" / "b.md").write_text(OLD)
    (tmp_path / "seeds" / "broken.md").write_text(BROKEN)
    done = check(tmp_path, "--update-baseline")
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[-1] == "baseline known.json: 7 findings added, 0 removed"
    return tmp_path


def check(tree: Path, *arguments: str, cwd: Path | None = None) -> Result:
    return seedlint("check", "--no-cache", *arguments, cwd=cwd or tree)


def new(tree: Path, *arguments: str) -> list[tuple[str, str]]:
    """File and code of what is reported, from three folders and in two ways the same."""
    done = check(tree, "--output-format", "json", *arguments)
    log = json.loads(check(tree, "--output-format", "sarif", *arguments).out)
    assert len(log["runs"][0]["results"]) == len(done.findings)
    found = [(each["filename"], each["code"]) for each in done.findings]
    if not arguments:
        inside = check(tree, "--output-format", "json", cwd=tree / "seeds").findings
        assert [each["code"] for each in inside] == [code for _, code in found]
    assert done.code == bool(found)
    return found


def test_what_was_wrong_before_is_not_reported(tree: Path) -> None:
    done = check(tree)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[-1] == (
        "no findings in 3 seeds: 2 checked against s.json, 1 could not be checked; "
        "7 findings in the baseline"
    )
    assert new(tree) == []
    # In part, as a hook asks for it.
    assert new(tree, "seeds/a.md") == []


def test_moved_lines_items_and_seeds_are_not_new(tree: Path) -> None:
    before = (tree / "known.json").read_bytes()
    (tree / "seeds" / "a.md").write_text(
        "---\n# a note\nrelated:\n  - n: 1\n  - n: two\n  - n: one\n\ntitle: 5\n---\n"
    )
    assert new(tree) == []
    assert check(tree, "--update-baseline").code == 0
    assert (tree / "known.json").read_bytes() == before
    (tree / "seeds" / "news").mkdir()
    for name in ("a.md", "b.md", "broken.md"):
        os.rename(tree / "seeds" / name, tree / "seeds" / "news" / name)
    assert new(tree) == []
    assert check(tree, "--update-baseline").err.endswith("7 findings added, 7 removed\n")
    assert (tree / "known.json").read_bytes() == before.replace(b"seeds/", b"seeds/news/")


def test_what_is_new_is_reported(tree: Path) -> None:
    (tree / "seeds" / "a.md").write_text(OLD.replace("two", "three").replace("title", "titel"))
    (tree / "seeds" / "c.md").write_text(OLD)
    (tree / "seeds" / "broken.md").write_text(BROKEN.replace('"a', '"b'))
    found = new(tree)
    assert [path for path, _ in found] == [
        "seeds/a.md", "seeds/a.md", "seeds/broken.md", "seeds/c.md", "seeds/c.md", "seeds/c.md",
    ]  # fmt: skip


def test_what_is_no_longer_found_is_named(tree: Path) -> None:
    (tree / "seeds" / "a.md").write_text(OLD.replace("5", "T"))
    os.unlink(tree / "seeds" / "b.md")
    done = check(tree)
    assert done.code == 0
    notes = [line for line in done.err.splitlines() if line.startswith("note: baseline")]
    assert [line.split(": ", 3)[-1] for line in notes] == [
        "SCH003 in seeds/a.md at /title",
        "SCH003 in seeds/b.md at /related/*/n (2 times)",
        "SCH003 in seeds/b.md at /title",
    ]
    assert "\nnote: --prune-baseline removes" in done.err
    strict = check(tree, "--strict-baseline")
    assert strict.code == 1
    assert "error: baseline" in strict.err
    # A part of the seeds says nothing of the others.
    assert "no longer" not in check(tree, "seeds/broken.md").err
    assert "no longer" not in check(tree, "--select", "URL").err
    pruned = check(tree, "--prune-baseline")
    assert pruned.code == 0
    assert "known.json: 4 findings removed" in pruned.err
    assert check(tree, "--strict-baseline").code == 0
    assert len(json.loads((tree / "known.json").read_text())["findings"]) == 3


def test_pruning_adds_nothing(tree: Path) -> None:
    (tree / "seeds" / "c.md").write_text(OLD)
    assert check(tree, "--prune-baseline").code == 1
    assert len(new(tree)) == 3


def test_updating_a_part_leaves_the_rest(tree: Path) -> None:
    (tree / "seeds" / "a.md").write_text("---\ntitle: T\n---\n")
    (tree / "seeds" / "b.md").write_text("---\ntitle: T\n---\n")
    assert check(tree, "--update-baseline", "seeds/a.md").err.endswith(
        "0 findings added, 3 removed\n"
    )
    assert len(json.loads((tree / "known.json").read_text())["findings"]) == 4


def test_the_baseline_of_another_checkout(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As in a gate: contract, settings and baseline of the base, seeds of the head."""
    head = tmp_path_factory.mktemp("head")
    (head / "seeds").mkdir()
    for name in ("a.md", "b.md"):
        (head / "seeds" / name).write_text(OLD)
    (head / "seeds" / "x.md").write_text(OLD)
    config = ("--config", str(tree / "seedlint.toml"), "--output-format", "json")
    found = check(head, *config, "seeds").findings
    assert [each["filename"] for each in found] == ["seeds/x.md"] * 3
    assert check(head, *config, "--baseline", "none.json", "seeds").code == 2


def test_a_baseline_that_is_missing_is_a_failure(tree: Path) -> None:
    os.unlink(tree / "known.json")
    done = check(tree)
    assert (done.code, done.out) == (2, "")
    assert "the baseline does not exist; --update-baseline creates it" in done.err
    assert check(tree, "--isolated", "--schema", "s.json", "--update-baseline", "seeds").code == 2


def test_what_is_gone_from_one_place_is_one_note(tree: Path) -> None:
    (tree / "s.json").write_text(json.dumps({**SCHEMA, "required": ["title", "date", "author"]}))
    assert check(tree, "--update-baseline").code == 0
    (tree / "seeds" / "a.md").write_text(
        OLD.replace("---\ntitle", "---\ndate: 1\nauthor: x\ntitle")
    )
    err = check(tree).err
    assert err.count("no longer found: ") == 1
    assert "no longer found: SCH001 in seeds/a.md (2 times)\n" in err
    for number in range(30):
        (tree / "seeds" / f"{number}.md").write_text("---\ntitle: 5\ndate: 1\nauthor: x\n---\n")
    assert check(tree, "--update-baseline").code == 0
    for number in range(21):
        (tree / "seeds" / f"{number}.md").write_text("---\ntitle: x\ndate: 1\nauthor: x\n---\n")
    assert "no longer found: 1 more finding\n" in check(tree).err


def test_a_baseline_that_cannot_be_written_is_not_called_a_report(tree: Path) -> None:
    done = check(tree, "--baseline", "none/known.json", "--update-baseline")
    assert done.code == 2
    assert "none/known.json: the baseline could not be written: " in done.err


def test_a_baseline_is_never_written_through_a_link_or_over_a_seed(tree: Path) -> None:
    os.unlink(tree / "known.json")
    (tree / "known.json").symlink_to("seeds/a.md")
    assert check(tree, "--update-baseline").code == 2
    assert check(tree, "--baseline", "seeds/a.md", "--update-baseline").code == 2
    assert (tree / "seeds" / "a.md").read_text() == OLD


def test_places_are_named_from_the_working_directory(tree: Path) -> None:
    below = tree / "seeds"
    done = check(tree, "--update-baseline", cwd=below)
    assert done.err.startswith("baseline ../known.json: ")
    (below / "c.md").write_text(OLD)
    shown = [line for line in check(tree, cwd=below).out.splitlines() if "--> " in line]
    assert shown
    assert all(" c.md:" in line for line in shown)
