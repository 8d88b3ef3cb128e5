"""The scaffold makes a rule of any family that speaks, passes the linters and has a page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from paths import ROOT
from rule_index import defined_bindings
from seedlint.rules import all_rules, rules_bound_to

SPEAKS = """
import sys
from rule_examples import examples_of, run_example
from seedlint.rules import all_rules
rule = next(rule for rule in all_rules().values() if rule.name == sys.argv[1])
for example in examples_of(rule):
    print(example.kind, *(each.code == rule.code for each in run_example(example)[0]))
"""
# What SPEAKS prints: the fail example has one finding, which is the rule's, the pass example none.
SPOKEN = ["fail True", "pass"]
PROBLEM_FAMILIES = sorted(
    {rule.module.split(".")[-2] for rule in all_rules().values() if rule.on.kind == "problem"}
)
# Those of rules that are asked about one seed alone.
BINDINGS = {name: family for name, family in defined_bindings().items() if rules_bound_to(name)}


@dataclass(frozen=True)
class Copy:
    """A copy of the project, for rules to be written into."""

    root: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        safe = ["-P"] if sys.version_info >= (3, 11) else []
        return subprocess.run(
            [sys.executable, *safe, *arguments],
            cwd=self.root,
            env={"PYTHONPATH": f"{self.root / 'lint'}:{self.root / 'tools'}", "PATH": ""},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def scaffold(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("tools/new_rule.py", *arguments)

    def spoken(self, name: str) -> list[str]:
        done = self.python("-c", SPEAKS, name)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / "lint" / "seedlint" / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, old
        file.write_text(text.replace(old, new), "utf-8")

    def lint(self) -> None:
        """Hold what was written against the linters of this project, where they are installed."""
        if find_spec("ruff") is None:
            return
        for command in (["check"], ["format", "--check"]):
            done = self.python("-m", "ruff", *command, "--no-cache", "lint")
            assert done.returncode == 0, done.stdout + done.stderr

    def page(self, name: str) -> str:
        """The page of the rule, the rest of the generated files being up to date as well."""
        done = self.python("tools/docs.py", "--write")
        assert done.returncode == 0, done.stderr
        pages = (self.root / "docs" / "rules").glob("*.md")
        (page,) = (
            text for path in pages if (text := path.read_text("utf-8")).find(f"# {name} (") > 0
        )
        assert self.python("tools/docs.py", "--check").returncode == 0
        return page


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy that nothing is written into, but for the bytecode."""
    root = tmp_path_factory.mktemp("untouched")
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("lint", "schemas", "tools", "docs", "tests/golden/tour"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", root)
    copy = Copy(root)
    assert copy.python("-m", "compileall", "-q", "lint", "tools").returncode == 0
    return copy


@pytest.fixture
def copy(untouched: Copy, tmp_path: Path) -> Copy:
    """A copy of that."""
    shutil.copytree(untouched.root, tmp_path, dirs_exist_ok=True)
    return Copy(tmp_path)


def test_scaffolded_rule_is_found_documented_and_run(copy: Copy) -> None:
    made = copy.scaffold("url", "forgotten-draft")
    assert made.returncode == 0, made.stderr
    module = copy.root / "lint" / "seedlint" / "rules" / "url" / "forgotten_draft.py"
    assert made.stdout == f"{module}\n"
    explained = copy.python("-m", "seedlint", "rule", "forgotten-draft")
    assert explained.returncode == 0, explained.stderr
    assert "# forgotten-draft (URL" in explained.stdout
    assert "seedlint says:" in copy.page("forgotten-draft")
    again = copy.scaffold("url", "forgotten-draft")
    assert again.returncode == 1
    assert "already" in again.stderr


@pytest.mark.slow
@pytest.mark.parametrize("binding", BINDINGS)
def test_rule_on_a_binding(copy: Copy, binding: str) -> None:
    """It speaks of a value that the binding accepts quickly, because it has not said otherwise."""
    made = copy.scaffold(BINDINGS[binding], "forgotten-draft", "--on", binding)
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    assert copy.spoken("forgotten-draft") == SPOKEN
    copy.lint()


NEW_BINDING = """

DRAFT = Binding(
    name="no-draft",
    applies_to=str,
    options={"type": "object"},
    parse=lambda value, options: value,
    quick_accept=lambda options: lambda value: False,
    summary="A text that is finished.",
)
"""


@pytest.mark.slow
@pytest.mark.parametrize("family", ["text", "yaml"])
def test_first_rule_on_a_new_binding(copy: Copy, family: str) -> None:
    """A family may have had none; what the scaffold needs of a binding it asks for."""
    package = copy.root / "lint" / "seedlint" / "rules" / family / "__init__.py"
    imported = "\nfrom seedlint.rules.binding import Binding\n"
    text = package.read_text("utf-8")
    package.write_text(text + imported * (imported not in text) + NEW_BINDING, "utf-8")
    arguments = (family, "forgotten-draft", "--on", "no-draft")
    made = copy.scaffold(*arguments)
    assert "tools/new_rule.py has no examples for the binding no-draft: add them" in made.stderr
    tool = copy.root / "tools" / "new_rule.py"
    example = """_BOUND = {
    "no-draft": ('{"properties": {"title": {"x-seedlint": {"no-draft": {}}}}}', "title: WORD"),"""
    tool.write_text(tool.read_text("utf-8").replace("_BOUND = {", example), "utf-8")
    made = copy.scaffold(*arguments)
    assert made.returncode == 0, made.stderr
    assert copy.spoken("forgotten-draft") == SPOKEN


@pytest.mark.slow
def test_rule_on_a_keyword(copy: Copy) -> None:
    made = copy.scaffold("schema", "text-in-capitals", "--on", "noCapitals")
    assert made.returncode == 0, made.stderr
    assert "to do: say in `_no_capitals` which values it accepts" in made.stderr
    assert copy.spoken("text-in-capitals") == SPOKEN
    copy.lint()
    assert "seedlint says:" in copy.page("text-in-capitals")


@pytest.mark.slow
def test_rule_across_seeds(copy: Copy) -> None:
    made = copy.scaffold("corpus", "excerpt-in-two-seeds", "--on", "excerpt")
    assert made.returncode == 0, made.stderr
    assert "to do: say in `KINDS` what makes two texts the same" in made.stderr
    assert copy.spoken("excerpt-in-two-seeds") == SPOKEN
    copy.lint()
    assert "seedlint says:" in copy.page("excerpt-in-two-seeds")


@pytest.mark.slow
@pytest.mark.parametrize("family", PROBLEM_FAMILIES)
def test_rule_on_a_problem(copy: Copy, family: str) -> None:
    """It speaks when what is left to do is done, and until then docs.py says what that is."""
    made = copy.scaffold(family, "forgotten-draft")
    assert made.returncode == 0, made.stderr
    steps = made.stderr.splitlines()
    assert steps[0].startswith("to do: find it, as `Problem(ProblemKind.FORGOTTEN_DRAFT, span)`")
    assert re.search(r" found in (lint/seedlint/[\w/]+\.py(, |$))+", steps[0])
    assert steps[1].endswith(": lint/seedlint/document/line_reader.py")
    copy.lint()
    silent = copy.python("tools/docs.py", "--write")
    assert silent.returncode == 1
    assert re.fullmatch(
        rf"lint/seedlint/rules/{family}/forgotten_draft\.py: [A-Z]+\d+ forgotten-draft has nothing "
        r"to say of its fail example `title: TODO`, which has no finding\. Its check yields "
        r"nothing, or nothing in lint/seedlint/ makes a `Problem\(ProblemKind\.FORGOTTEN_DRAFT, "
        r"…\)` of the example\.\n",
        silent.stderr,
    )
    copy.edit(
        "document/document.py",
        "    if found.dots:\n",
        '    if (at := source.text.find("TODO")) >= 0:\n'
        "        problems.append(Problem(ProblemKind.FORGOTTEN_DRAFT, Span(at, at + 4)))\n"
        "    if found.dots:\n",
    )
    copy.edit(
        "document/line_reader.py",
        'invisible characters.\n        """\n',
        'invisible characters.\n        """\n'
        '        if b"TODO" in data:\n'
        "            return None\n",
    )
    assert copy.spoken("forgotten-draft") == SPOKEN


@pytest.mark.slow
def test_a_problem_that_has_another_name_now(copy: Copy) -> None:
    """The index of rules has the old name until docs.py writes it."""
    assert copy.scaffold("yaml", "forgotten-draft").returncode == 0
    for path in ("document/problem.py", "rules/yaml/forgotten_draft.py"):
        copy.edit(path, "FORGOTTEN_DRAFT", "OLD_DRAFT")
    silent = copy.python("tools/docs.py", "--write")
    assert "makes a `Problem(ProblemKind.OLD_DRAFT, …)` of the example" in silent.stderr


@pytest.mark.slow
def test_rule_on_a_fault_of_contracts(copy: Copy) -> None:
    made = copy.scaffold("contract", "forgotten-draft")
    assert made.returncode == 0, made.stderr
    assert made.stderr == (
        "to do: report `Fault(FaultKind.FORGOTTEN_DRAFT, message, pointer)` in a module of "
        "lint/seedlint/schema/checks\n"
    )
    copy.lint()
    silent = copy.python("tools/docs.py", "--write")
    assert silent.returncode == 1
    assert "`Fault(FaultKind.FORGOTTEN_DRAFT, …)` of the example." in silent.stderr
    copy.edit(
        "schema/checks/drafts.py",
        '        embedded = at.schema.get("$schema")',
        '        if at.schema.get("title") == "TODO":\n'
        '            yield at.fault(FaultKind.FORGOTTEN_DRAFT, "…", ("title",))\n'
        '        embedded = at.schema.get("$schema")',
    )
    assert copy.spoken("forgotten-draft") == SPOKEN
    assert "seedlint says:" in copy.page("forgotten-draft")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (('"TODO" in str', '"nowhere" in str'), "Its check yields nothing, or `x-seedlint` in"),
        (("since=", "spared=True, since="), "or the rule is `spared` and the binding accepts"),
        (('"x-seedlint": {"url": {}}', '"minLength": 99'), "which has only SCH008. Its check"),
    ],
    ids=["silent", "spared", "unbound"],
)
def test_a_fail_example_without_a_finding_is_refused(
    copy: Copy, broken: tuple[str, str], said: str
) -> None:
    assert copy.scaffold("url", "forgotten-draft").returncode == 0
    copy.edit("rules/url/forgotten_draft.py", *broken)
    before = {path: path.read_bytes() for path in (copy.root / "docs").rglob("*.md")}
    for option in ("--write", "--check"):
        done = copy.python("tools/docs.py", option)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert before == {path: path.read_bytes() for path in (copy.root / "docs").rglob("*.md")}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "x"], "no family nowhere; there are contract, corpus, date, front_matter, "),
        (["url", "x", "--on", "image-size"], "no binding image-size in this family; there is url,"),
        (["schema", "x"], "say with --on which keyword"),
        (["schema", "x", "--on", "maxLength"], "SCH009 text-too-long is about maxLength already"),
        (["schema", "x", "--on", "if"], "not the name of a keyword: if"),
        (["schema", "x", "--on", "title"], "the keyword title asserts nothing"),
        (["schema", "x", "--on", "bound"], "there is a function _bound in lint/seedlint/schema/"),
        (["corpus", "x"], "say with --on which fact"),
        (["corpus", "x", "--on", "link"], "DUP001 duplicate-article is about link already"),
        (["yaml", "x", "--on", "TAG"], "YML011 unsupported-tag is about TAG already"),
        (["yaml", "x", "--on", "tag"], "not the name of a problem: tag"),
        (["url", "no-drafts"], "a rule name says what is wrong, not what to do: no-drafts"),
        (["url", "Draft"], "not a rule name: Draft"),
        (["url", "class"], "not a rule name: class"),
        (["url", "2nd-draft"], "not a rule name: 2nd-draft"),
        (["url", "x" * 51], "longer than 50 characters"),
        # A module of the family that is no rule.
        (["url", "entities"], "there is a module "),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_written(
    untouched: Copy, arguments: list[str], said: str
) -> None:
    before = {path: path.read_bytes() for path in untouched.root.rglob("*.py")}
    done = untouched.scaffold(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert before == {path: path.read_bytes() for path in untouched.root.rglob("*.py")}
