"""What the command line says of slips, and of what it cannot check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import Result, seedlint
from trees import write

CLEAN = "---\nname: fine\n---\n"
WRONG = "---\nname: 5\n---\n"
NOT_YAML = "---\nname: [\n---\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path, "s.json", '{"properties": {"name": {"type": "string"}}}')
    write(tmp_path, "seedlint.toml", 'schema = "s.json"\nexclude = ["archive/"]\n')
    write(tmp_path, "seeds/clean.md", CLEAN)
    write(tmp_path, "seeds/wrong.md", WRONG)
    return tmp_path


def check(tree: Path, *arguments: str) -> Result:
    return seedlint("check", "--output-format", "concise", *arguments, cwd=tree)


@pytest.mark.parametrize(
    ("word", "command"),
    [("lint", "check"), ("fix", "check --fix"), ("infer", "schema infer"), ("explain", "rule"),
     ("version", "--version")],
)  # fmt: skip
def test_a_subcommand_of_other_tools(word: str, command: str, tree: Path) -> None:
    ran = seedlint(word, "seeds", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"  help: the command is `seedlint {command}`\n")
    assert seedlint(*command.split(), "--help", cwd=tree).code == 0
    # A file or folder of this name is checked.
    (tree / word).mkdir()
    (tree / word / "a.md").write_text("---\n---\n")
    assert seedlint(word, cwd=tree).code != 2


@pytest.mark.parametrize(
    ("word", "meant"),
    [("chekc", "check"), ("Check", "check"), ("rules", "rule"), ("rul", "rule")],
)
def test_a_misspelt_subcommand(word: str, meant: str, tree: Path) -> None:
    for others in ((), ("seeds",), ("URL003",), ("seeds", "--jobs=2")):
        ran = seedlint(word, *others, cwd=tree)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            f"seedlint: {word}: no such file or folder\n"
            f"  help: a similar subcommand exists: `{meant}`\n"
        )
    # What is there is checked, whatever it is called.
    write(tree, f"{word}/a.md", CLEAN)
    assert seedlint(word, cwd=tree).code == 0
    # After `check` there are only paths.
    assert "subcommand" not in check(tree, f"{word}x").err


def test_what_is_no_slip_of_a_subcommand(tree: Path) -> None:
    ran = seedlint("rules.md", cwd=tree)
    assert ran.err == "seedlint: rules.md: no such file or folder\n"
    assert seedlint("harbour", cwd=tree).err == "seedlint: harbour: no such file or folder\n"


@pytest.mark.parametrize(
    ("arguments", "said", "command"),
    [
        ([], "no subcommand: name `check` or `infer`", "schema"),
        (["infr"], "no subcommand is called `infr`; did you mean `infer`?", "schema"),
        (
            ["harbour.json"],
            "no subcommand is called `harbour.json`: name `check` or `infer`",
            "schema",
        ),
    ],
)
def test_a_subcommand_of_schema(arguments: list[str], said: str, command: str, tree: Path) -> None:
    ran = seedlint("schema", *arguments, cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"seedlint: {said}\nTry `seedlint {command} --help`.\n"


def test_an_option_without_its_value_names_the_help_of_the_subcommand(tree: Path) -> None:
    for command in ("check", "init"):
        ran = seedlint(command, "--schema", cwd=tree)
        assert ran.err.endswith(f"Try `seedlint {command} --help`.\n")


def test_a_missing_path_does_not_stop_the_others(tree: Path) -> None:
    ran = check(tree, "nowhere.md", "seeds", "gone/")
    assert ran.code == 2
    assert ran.out.startswith("seeds/wrong.md:2:7: SCH003 ")
    assert ran.err == (
        "seedlint: nowhere.md: no such file or folder\n"
        "seedlint: gone/: no such file or folder\n"
        "1 error in 2 seeds checked against s.json; 1 fixable with --fix; "
        "the run is not complete\n"
    )
    assert check(tree, "nowhere.md", "seeds/clean.md", "--exit-zero").code == 2
    names = [f"{number}.md" for number in range(30)]
    ran = check(tree, *names, "seeds/clean.md")
    assert ran.err.count("no such file") == 20
    assert "seedlint: 10 more paths with errors\nno findings in 1 seed " in ran.err
    # Without any other nothing is reported.
    ran = check(tree, "a.md", "b.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 2


def test_the_report_of_a_run_with_a_missing_path(tree: Path) -> None:
    ran = check(tree, "-o", "report", "seeds", "nowhere.md")
    assert ran.code == 2
    assert (tree / "report").read_text().startswith("seeds/wrong.md:2:7: SCH003 ")
    assert check(tree, "-o", "report", "nowhere.md").code == 2
    assert not (tree / "report").exists()


def test_options_after_the_dashes(tree: Path) -> None:
    ran = check(tree, "--", "--output-format", "concise", "seeds/clean.md")
    assert ran.code == 2
    assert ran.err == (
        "seedlint: --output-format: no such file or folder\n"
        "  help: everything after `--` is a path; pre-commit puts `args` there, "
        "so its options belong in `entry`\n"
        "seedlint: concise: no such file or folder\n"
        "no findings in 1 seed checked against s.json; the run is not complete\n"
    )


def test_a_linked_folder_that_is_named(tree: Path) -> None:
    (tree / "linked").symlink_to("seeds")
    ran = check(tree, "linked", "seeds/clean.md")
    assert ran.code == 2
    assert ran.err == (
        "seedlint: linked: a linked folder is not looked into\n"
        "  help: name the folder that it leads to\n"
        "no findings in 1 seed checked against s.json; the run is not complete\n"
    )
    assert check(tree, "linked/").code == 1


def test_standard_input_that_is_excluded(tree: Path) -> None:
    def pipe(name: str, *options: str) -> Result:
        arguments = ("check", "--stdin-filename", name, "--output-format", "concise", *options)
        return seedlint(*arguments, cwd=tree, stdin=WRONG.encode())

    for options in (("--force-exclude",), ("--force-exclude", "-")):
        ran = pipe("archive/old.md", *options)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == (
            "note: 1 file was not checked, because `exclude` matches: archive/old.md\n"
            "no seeds to check\n"
        )
    ran = pipe("notes.txt", "--force-exclude")
    assert "because no pattern of `include` matches: notes.txt" in ran.err
    assert pipe("seeds/a.md", "--force-exclude").code == 1
    # Without the option what is named is checked.
    assert pipe("archive/old.md").code == 1
    # With paths beside it nothing is silently left out.
    ran = pipe("archive/old.md", "seeds/clean.md")
    assert ran.err == "seedlint: --stdin-filename cannot be combined with paths\n"
    unnamed = seedlint("check", "--force-exclude", "-", cwd=tree, stdin=WRONG.encode())
    assert unnamed.code == 1


def test_statistics_as_json(tree: Path) -> None:
    write(tree, "seeds/more.md", WRONG)
    write(tree, "seeds/twice.md", "---\nname: a\nname: b\n---\n")
    ran = check(tree, "--statistics", "--output-format", "json")
    assert ran.code == 1
    assert json.loads(ran.out) == [
        {
            "code": "SCH003",
            "name": "wrong-type",
            "count": 2,
            "fixable": 2,
            "collection": None,
        },
        {
            "code": "YML008",
            "name": "duplicate-key",
            "count": 1,
            "fixable": 0,
            "collection": None,
        },
    ]
    ran = check(tree, "--statistics", "--output-format", "json", "seeds/clean.md")
    assert (ran.code, ran.out) == (0, "[]\n")
    # The report of an earlier run is known for one.
    assert check(tree, "--statistics", "--output-format", "json", "-o", "r").code == 1
    assert check(tree, "-o", "r", "nowhere.md").code == 2
    assert not (tree / "r").exists()


@pytest.mark.parametrize(
    ("broken", "others", "summary"),
    [
        (1, 0, "1 error in 1 seed that could not be checked against s.json"),
        (2, 0, "2 errors in 2 seeds that could not be checked against s.json"),
        (1, 2, "2 errors in 3 seeds: 2 checked against s.json, 1 could not be checked"),
    ],
)
def test_the_summary_does_not_contradict_itself(
    broken: int, others: int, summary: str, tree: Path
) -> None:
    for number in range(broken):
        write(tree, f"broken/{number}.md", NOT_YAML)
    said = check(tree, "broken", *(["seeds"] if others else [])).err
    assert said.startswith(f"{summary}; ")


def test_an_empty_no_color_means_nothing(tree: Path) -> None:
    colour = {"FORCE_COLOR": "1"}
    assert "\x1b" in seedlint("seeds", cwd=tree, env={**colour, "NO_COLOR": ""}).out
    assert "\x1b" not in seedlint("seeds", cwd=tree, env={**colour, "NO_COLOR": "1"}).out


def test_a_selector_in_small_letters_is_named_in_large_ones(tree: Path) -> None:
    ran = check(tree, "--select", "url003")
    assert (ran.code, ran.err) == (
        2,
        "seedlint: --select: no rule is called `url003`; did you mean `URL003`?\n",
    )
    assert seedlint("rule", "url003").out.startswith("# unknown-scheme (URL003)\n")


def test_an_address_for_a_schema(tree: Path) -> None:
    ran = check(tree, "--schema", "https://example.com/x.json")
    assert ran.code == 2
    assert ran.err.startswith("seedlint: https://example.com/x.json: ")
    assert "nothing is fetched" in ran.err
