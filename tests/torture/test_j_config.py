"""Group J: the configuration, which in a pull request is a stranger's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness import EXECUTABLE, Ran, check_failure, check_streams, run
from live import CLEAN_SEED, WRONG_SEED, check, codes, lay, waits

J1 = pytest.mark.torture("J1", "missing, malformed, unknown key, wrong type")
J2 = pytest.mark.torture("J2", "a glob that matches nothing")
J3 = pytest.mark.torture("J3", "a configuration above, in HOME, or not looked for")
J4 = pytest.mark.torture("J4", "two contracts for one file, or none")
J5 = pytest.mark.torture("J5", "suppressions: unknown, unused, blanket; the gate that ignores them")
J6 = pytest.mark.torture("J6", "a schema path that leads out of the configuration's folder")
J7 = pytest.mark.torture("J7", "without the C parser")
J8 = pytest.mark.torture("J8", "odd interpreters: -O, -W error, a low recursion limit")

BAD_CONFIGS = {
    "malformed": ("select = [\n", "seedlint.toml:1:11: not TOML: "),
    "unknown-key": ('selekt = ["URL"]\n', "seedlint.toml:1:1: unknown setting `selekt`; did you"),
    "wrong-type": ('include = "x"\n', "seedlint.toml:1:1: `include` must be a list of texts"),
    "unknown-rule": ('\nignore = ["URL999"]\n', "seedlint.toml:2:1: `ignore`: no rule is called"),
    "bad-limit": ("[limits]\ndepth = 0\n", "seedlint.toml:2:1: `depth` must be a whole number"),
    "unknown-limit": ("[limits]\ndeep = 3\n", "seedlint.toml:2:1: unknown setting `deep`"),
    "huge-limit": ("[limits]\ndepth = 100000\n", "seedlint.toml:2:1: `depth` must be"),
    "bad-severity": ('[severity]\nURL = "fatal"\n', "seedlint.toml:2:1: `URL` must be `error`"),
    "bad-fail-on": ('fail-on = "never"\n', "seedlint.toml:1:1: `fail-on` must be"),
    "not-utf8": ("\udcff\n", "seedlint.toml:1:1: not UTF-8"),
}


def configured(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> Ran:
    """`seedlint check` with whatever configuration is found."""
    options = ("check", "--schema", "case.schema.json", "--output-format", "json")
    ran = run(folder, *options, *arguments, env=env)
    check_streams(ran)
    return ran


@J1
@pytest.mark.parametrize("name", BAD_CONFIGS)
def test_a_bad_configuration_is_refused_at_its_place(name: str, tmp_path: Path) -> None:
    text, expected = BAD_CONFIGS[name]
    lay(tmp_path, {"a.md": CLEAN_SEED})
    (tmp_path / "seedlint.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = configured(tmp_path, "a.md")
    assert ran.code == 2
    check_failure(ran, expected)


@J1
def test_a_configuration_that_is_not_there_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": CLEAN_SEED})
    ran = configured(tmp_path, "--config", "nope.toml", "a.md")
    assert ran.code == 2
    check_failure(ran, "nope.toml: no such configuration file")


@J2
def test_checking_nothing_is_no_success(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": CLEAN_SEED})
    (tmp_path / "seedlint.toml").write_text('include = ["posts/*.md"]\n', "utf-8")
    ran = configured(tmp_path)
    assert ran.code == 2
    check_failure(ran, "no seeds found in .")
    assert "posts/*.md" in ran.err


@J3
def test_the_search_goes_up_to_the_checkout_and_no_further(tmp_path: Path) -> None:
    ignoring = 'ignore = ["SCH"]\n'
    repository = tmp_path / "home" / "repository"
    lay(repository / "posts", {"a.md": WRONG_SEED})
    (tmp_path / "home" / "seedlint.toml").write_text(ignoring, "utf-8")
    assert configured(repository / "posts", "a.md").code == 0
    (repository / ".git").mkdir()
    home = {"HOME": str(tmp_path / "home")}
    assert configured(repository / "posts", "a.md", env=home).code == 1
    (repository / "pyproject.toml").write_text('[tool.seedlint]\nignore = ["SCH"]\n', "utf-8")
    assert configured(repository / "posts", "a.md").code == 0
    assert configured(repository / "posts", "--isolated", "a.md").code == 1


@J3
def test_a_trusted_configuration_can_be_pinned(tmp_path: Path) -> None:
    head, base = tmp_path / "head", tmp_path / "base"
    lay(head, {"a.md": WRONG_SEED})
    (head / "seedlint.toml").write_text('ignore = ["ALL"]\nbroken', "utf-8")
    base.mkdir()
    (base / "seedlint.toml").write_text('fail-on = "error"\n', "utf-8")
    assert configured(head, "--config", "../base/seedlint.toml", "a.md").code == 1


@J4
@waits("one run has one contract; contracts by glob do not exist")
def test_two_contracts_for_one_file() -> None:
    raise AssertionError


@J5
def test_suppressions_are_answered_and_can_be_overruled(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "answered.md": b"---\nname: 5 # seedlint: ignore[SCH003] a number on purpose\n---\n",
            "unused.md": b"---\nname: x # seedlint: ignore[SCH003]\n---\n",
            "unknown.md": b"---\nname: x # seedlint: ignore[NOPE]\n---\n",
            "blanket.md": b"---\nname: 5 # seedlint: ignore\n---\n",
            "text.md": b'---\nname: "# seedlint: ignore[SCH003]"\n---\n',
        },
    )
    ran = check(tmp_path, ".")
    assert codes(ran) == {
        "unused.md": ["SUP001"],
        "unknown.md": ["SUP002"],
        "blanket.md": ["SCH003", "SUP003"],
    }
    gate = check(tmp_path, "--ignore-suppressions", ".")
    assert codes(gate) == {"answered.md": ["SCH003"], "blanket.md": ["SCH003"]}


@J6
@pytest.mark.parametrize(
    "schema", ["/etc/passwd", "../outside.json", "https://x.example/s.json", "a/../../outside.json"]
)
def test_a_configuration_cannot_reach_for_a_schema(schema: str, tmp_path: Path) -> None:
    lay(tmp_path / "in", {"a.md": CLEAN_SEED})
    (tmp_path / "outside.json").write_text('{"const": "TOPSECRET"}', "utf-8")
    (tmp_path / "in" / "seedlint.toml").write_text(f'\nschema = "{schema}"\n', "utf-8")
    ran = run(tmp_path / "in", "check", "a.md")
    check_streams(ran)
    assert ran.code == 2
    check_failure(ran, "seedlint.toml:2:1: `schema` ")
    assert "TOPSECRET" not in ran.err


@J7
def test_without_the_c_parser_it_fails_in_one_line(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": CLEAN_SEED})
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    blocked = "raise ModuleNotFoundError('hidden', name='_ruamel_yaml')\n"
    (hidden / "_ruamel_yaml.py").write_text(blocked, "utf-8")
    ran = configured(tmp_path, "a.md", env={"PYTHONPATH": str(hidden)})
    assert ran.code == 2
    check_failure(ran, "the module `_ruamel_yaml` is missing")


@J8
@pytest.mark.parametrize("options", [["-O"], ["-OO"], ["-W", "error"], ["-X", "utf8=0"]])
def test_odd_interpreters_say_the_same(options: list[str], tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": WRONG_SEED, "b.md": CLEAN_SEED})
    arguments = ["check", "--isolated", "--schema", "case.schema.json", "--output-format", "json"]
    plain = check(tmp_path, ".")
    odd = subprocess.run(
        [sys.executable, *options, str(EXECUTABLE), *arguments, "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (odd.returncode, odd.stdout) == (1, plain.out), odd.stderr


@J8
def test_a_low_recursion_limit_is_a_finding_at_worst(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": WRONG_SEED, "deep.md": b"---\nx: " + b"[" * 60 + b"]" * 60 + b"\n---\n"})
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text("import sys\nsys.setrecursionlimit(400)\n", "utf-8")
    ran = check(tmp_path, "a.md", "deep.md", env={"PYTHONPATH": str(site)})
    assert ran.code in (1, 2)
    assert codes(ran)["a.md"] == ["SCH003"]
