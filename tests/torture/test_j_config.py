"""Group J: the configuration, which in a pull request is a stranger's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness import EXECUTABLE, Ran, check_failure, check_streams, run
from live import CLEAN_SEED, WRONG_SEED, check, codes, lay

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
    "unknown-rule": ('\nignore = ["URL999"]\n', "seedlint.toml:2:11: `ignore`: no rule is called"),
    "bad-limit": ("[limits]\ndepth = 0\n", "seedlint.toml:2:1: `depth` must be a whole number"),
    "unknown-limit": ("[limits]\ndeep = 3\n", "seedlint.toml:2:1: unknown setting `deep`"),
    "huge-limit": ("[limits]\ndepth = 100000\n", "seedlint.toml:2:1: `depth` must be"),
    "bad-severity": ('[severity]\nURL = "fatal"\n', "seedlint.toml:2:1: `URL` must be `error`"),
    "bad-fail-on": ('fail-on = "never"\n', "seedlint.toml:1:1: `fail-on` must be"),
    "not-utf8": ("\udcff\n", "seedlint.toml:1:1: not UTF-8"),
    "late-bytes": ("ok = 1 # é\udcff\n", "seedlint.toml:1:11: not UTF-8"),
    "crlf": ("# c\r\nexclude = [1]\r\n", "seedlint.toml:2:12: `exclude` must be a list of texts"),
    "indented": ("  schema = ''\n", "seedlint.toml:1:3: `schema` must be text"),
    "dotted": ("limits.depth = 1.5\n", "seedlint.toml:1:8: `depth` must be a whole number"),
    "inline": ("limits = { depth = 'x' }\n", "seedlint.toml:1:12: `depth` must be"),
    "true": ("[limits]\n\nseconds = true\n", "seedlint.toml:3:1: `seconds` must be"),
    "no-table": ("limits = 5\n", "seedlint.toml:1:1: `limits` must be a table"),
    "tables": ("[[limits]]\ndepth = 1\n", "seedlint.toml:1:3: `limits` must be a table"),
    "ignores": ("[per-file-ignores]\n'a.md' = 'URL'\n", "seedlint.toml:2:1: `a.md` must be a list"),
    "half": ("x = \n", "seedlint.toml:1:5: not TOML: invalid value"),
    "twice": ("a = 1\na = 2\n", "seedlint.toml:2:"),
    "nul": ("\0", "seedlint.toml:1:1: not TOML"),
    "digits": ("x = 1\ny = " + "1" * 5000, "seedlint.toml:2:5: a number that is too long"),
    "deep": ("a = " + "[" * 100_000, "seedlint.toml: nested too deeply"),
    "large": ("#" * 2_000_000, "seedlint.toml: larger than 1 MiB"),
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


@J1
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[project]\nname = 'seedlint'\n[tool.seedlint]\nselct = 1\n", "4:1: unknown setting"),
        ("[tool.seedlint.limits]\ndepth = 0\n", "2:1: `depth` must be"),
        ("[tool]\nseedlint = 5\n", "2:1: expected a table of settings"),
        ("[tool.seedlint]\nx = \n", "2:5: not TOML: invalid value"),
    ],
    ids=["unknown-key", "bad-limit", "no-table", "malformed"],
)
def test_a_bad_pyproject_is_refused_at_its_place(text: str, expected: str, tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": CLEAN_SEED, "pyproject.toml": text.encode()})
    ran = configured(tmp_path, "a.md")
    assert ran.code == 2
    check_failure(ran, f"pyproject.toml:{expected}")


@J2
def test_an_excluded_file_named_by_hand(tmp_path: Path) -> None:
    lay(tmp_path, {"drafts/x.md": WRONG_SEED, "y.md": CLEAN_SEED})
    (tmp_path / "seedlint.toml").write_text('exclude = ["drafts"]\n', "utf-8")
    ran = configured(tmp_path, "drafts/x.md", "y.md")
    assert (ran.code, codes(ran)) == (1, {"drafts/x.md": ["SCH003"]})
    for paths in (("drafts/x.md", "y.md"), ("drafts/x.md",)):
        ran = configured(tmp_path, "--force-exclude", *paths)
        assert ran.code == 0
        assert ran.err.startswith(
            "note: 1 file was not checked, because `exclude` matches: drafts/x.md\n"
        )
    ran = configured(tmp_path, "drafts")
    assert ran.code == 2
    check_failure(ran, "no seeds found in drafts")


@J2
def test_a_glob_for_all_depths_counts_for_none_as_well(tmp_path: Path) -> None:
    lay(tmp_path, {"posts/x.md": WRONG_SEED, "posts/a/b/y.md": WRONG_SEED})
    (tmp_path / "seedlint.toml").write_text('include = ["posts/**/*.md"]\n', "utf-8")
    assert set(codes(configured(tmp_path))) == {"posts/x.md", "posts/a/b/y.md"}


@J2
def test_a_glob_cannot_hang_the_run(tmp_path: Path) -> None:
    lay(tmp_path, {f"{'a/' * 60}{'a' * 200}.md": CLEAN_SEED})
    patterns = ["*a" * 60 + "b", "**/*a/" * 40 + "b", "**/" * 200 + "b"]
    (tmp_path / "seedlint.toml").write_text(f"exclude = {patterns}\n", "utf-8")
    ran = configured(tmp_path)
    assert ran.code == 0
    assert ran.cpu < 5


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
def test_two_contracts_for_one_file(tmp_path: Path) -> None:
    """The first collection takes the file; what none takes is a finding, or left alone aloud."""
    lay(tmp_path, {"a/x.md": WRONG_SEED, "b.md": CLEAN_SEED})
    (tmp_path / "any.json").write_text("{}", "utf-8")
    strict = '[[collections]]\nname = "s"\nfiles = ["a/**"]\nschema = "case.schema.json"\n'
    loose = '[[collections]]\nname = "l"\nfiles = ["**/x.md"]\nschema = "any.json"\n'
    config = tmp_path / "seedlint.toml"
    for text, code in ((strict + loose, 1), (loose + strict, 0)):
        config.write_text(text, "utf-8")
        assert run(tmp_path, "check", "a/x.md").code == code
    unmatched = run(tmp_path, "check", "b.md", "--output-format", "json")
    assert codes(unmatched) == {"b.md": ["SEED008"]}
    config.write_text('unmatched = "ignore"\n' + loose, "utf-8")
    ran = run(tmp_path, "check", "b.md")
    assert "no collection takes 1 file; not checked: b.md" in ran.err


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


@J5
def test_thousands_of_suppressions_cost_little(tmp_path: Path) -> None:
    lines = "".join(f"k{n}: 5 # seedlint: ignore[SCH003]\n" for n in range(5000))
    schema = {"additionalProperties": {"type": "string"}}
    lay(tmp_path, {"x.md": f"---\n{lines}last: 5\n---\n".encode()}, schema)
    ran = check(tmp_path, ".")
    assert codes(ran) == {"x.md": ["SCH003"]}


@J6
@pytest.mark.parametrize(
    "schema",
    [
        "/etc/passwd",
        "../outside.json",
        "a/../../outside.json",
        "link.json",
        "linked/outside.json",
        "https://x.example/s.json",
        "file:///etc/passwd",
        "//server/share/s.json",
        r"\\\\server\\share",
        "C:/s.json",
    ],
)
def test_a_configuration_cannot_reach_for_a_schema(schema: str, tmp_path: Path) -> None:
    lay(tmp_path / "in", {"a.md": CLEAN_SEED})
    (tmp_path / "outside.json").write_text('{"const": "TOPSECRET"}', "utf-8")
    (tmp_path / "in" / "link.json").symlink_to("../outside.json")
    (tmp_path / "in" / "linked").symlink_to("..")
    (tmp_path / "in" / "seedlint.toml").write_text(f'\nschema = "{schema}"\n', "utf-8")
    ran = run(tmp_path / "in", "check", "a.md")
    check_streams(ran)
    assert ran.code == 2
    check_failure(ran, "seedlint.toml:2:1: `schema` ")
    assert "TOPSECRET" not in ran.err


@J6
def test_a_schema_given_by_hand_may_lie_anywhere(tmp_path: Path) -> None:
    lay(tmp_path, {"in/a.md": WRONG_SEED, "in/sub/any.json": b"{}"})
    (tmp_path / "in" / "seedlint.toml").write_text('schema = "sub/../sub/any.json"\n', "utf-8")
    assert run(tmp_path / "in", "check", "a.md").code == 0
    for path in ("../case.schema.json", str(tmp_path / "case.schema.json")):
        assert run(tmp_path / "in", "check", "--schema", path, "a.md").code == 1


@J7
def test_without_the_c_parser_it_fails_in_one_line(tmp_path: Path) -> None:
    # An anchor is nothing for the line reader.
    lay(tmp_path, {"a.md": CLEAN_SEED.replace(b": ", b": &a ", 1)})
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    blocked = "raise ModuleNotFoundError('hidden', name='_ruamel_yaml')\n"
    (hidden / "_ruamel_yaml.py").write_text(blocked, "utf-8")
    ran = configured(tmp_path, "a.md", env={"PYTHONPATH": str(hidden)})
    assert ran.code == 2
    check_failure(ran, "the module `_ruamel_yaml` is missing")


@J7
def test_a_failure_of_its_own_is_one_line_and_no_finding(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": CLEAN_SEED})
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import seedlint.report.json as target\n"
        "def fail(diagnostics): raise RuntimeError('::error::x')\n"
        "target.render = fail\n",
        "utf-8",
    )
    ran = configured(tmp_path, "a.md", env={"PYTHONPATH": str(site)})
    assert ran.code == 2
    check_failure(ran, "internal error, please report it: RuntimeError at ")


@J8
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("env", [{"PYTHONWARNINGS": "error"}, {"PYTHONDEVMODE": "1"}], ids=str)
def test_warnings_are_no_failures(env: dict[str, str], jobs: str, tmp_path: Path) -> None:
    lay(tmp_path, {f"{n}.md": WRONG_SEED if n % 2 else CLEAN_SEED for n in range(40)})
    plain, ran = check(tmp_path, "."), check(tmp_path, "-j", jobs, ".", env=env)
    assert (ran.code, ran.out, ran.err) == (1, plain.out, plain.err)


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
